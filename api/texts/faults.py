"""What is said of what comes in, faults and notices, in both languages: extend both together."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "faults": {
        "table_missing": "the table is missing",
        "table_unreadable": (
            "this cannot be read as a table; save it again as CSV, Parquet or .xlsx"
        ),
        "table_unreadable feed": (
            'this cannot be read as a table; get the timetable "{feed}" anew'
        ),
        "table_not_utf8": "the file is not in UTF-8; save it again as CSV UTF-8",
        "table_semicolons": "the columns stand with semicolons between them; save with commas",
        "folder_missing": "there is no folder or workbook of this name that can be opened",
        "column_missing": "the column is missing",
        "column_twice": "the column stands there twice; keep one",
        "row_length": "the row does not have as many cells as the header",
        "row_length found expected": (
            "the row has {found:cell|cells} and the header {expected}; look for a comma or a"
            " quotation mark that is missing or too many"
        ),
        "too_large": "this is larger than what can be taken in",
        "too_large most": "this is too large; at most {most} characters fit in a cell",
        "too_large rows most": "there are {rows} rows; at most {most} can be taken in",
        "value_missing": "the cell is empty; a value is needed",
        "not_an_id": "expected an id: a letter or digit first, then no blanks, commas or quotes",
        "not_an_id most": (
            "expected an id: a letter or digit first, then no blanks, commas or quotes; at most"
            " {most} characters"
        ),
        "personal_number": "a personal identity number may not stand here; use a pseudonym",
        "not_a_whole_number": "expected a whole number",
        "not_a_whole_number low high": "expected a whole number from {low:d} to {high:d}",
        "not_a_number": "expected a number, with a point before the decimals",
        "not_a_date": "expected a date, such as 2026-12-01",
        "not_a_date example": "expected a date, such as {example}",
        "not_one_of": "this is none of the values that can stand here",
        "not_one_of expected": "expected one of: {expected}",
        "not_a_language": "expected a language code, such as sv or ar",
        "out_of_range": "the number is too small or too large",
        "out_of_range low high": "expected a number from {low:d} to {high:d}",
        "unknown_municipality": "expected the code of a Swedish municipality, such as 0180",
        "unknown_occupation_group": (
            "expected an occupation group that is known, by SSYK 2012, for example 5131"
        ),
        "unknown_field": "expected an occupation field that is known",
        "duplicate": "the same already stands there; keep one",
        "dangling": "there is nothing with this id",
        "dangling table": 'there is nothing with this id in the table "{table}"',
        "age_out_of_range": "the year of birth gives an age that cannot be right",
        "age_out_of_range low high": "work training is for ages {low} to {high}",
        "swapped_coordinates": "the place is outside Sweden; latitude and longitude seem swapped",
        "outside_sweden": "the place is outside Sweden",
        "half_a_coordinate": "give both latitude and longitude, or neither",
        "date_order": "the last day is before the first",
        "date_order first": "this is a day before {first}",
        "number_order": "the most is less than the least",
        "number_order first": "this is less than {first}",
        "outside_opening": "the place does not have all of these half-days",
        "unknown_key": "there is no setting of this name",
        "weights_sum": "the weights do not have the right sum",
        "weights_sum expected sum": "the weights have the sum {sum}; it must be {expected}",
        "not_toml": "this cannot be read as TOML",
        "file_missing": "there is no file of this name that can be opened",
        "table_twice": "the table stands there in two files; keep one",
        "table_empty": "there is no header; the first row must name the columns",
        "column_unnamed": "a column has no name",
        "column_unnamed position": "column number {position:d} has values but no name",
        "macro_workbook": "a workbook with macros is not opened; save it as .xlsx without them",
        "not_a_text": "expected text",
        "not_a_text most": "expected text without control characters, at most {most} characters",
        "value_unexpected": "this cell must be empty",
        "pinned_twice": "the participant is already pinned to a place",
        "parity_missing": (
            "the goals have parity among them; give the groups to compare (groups) and how many"
            " percentage points their placement rates may lie apart (gap)"
        ),
        "not_a_list": "expected a list",
        "not_a_table": "expected a group of settings",
        "not_json": "this cannot be read as JSON",
        "not_a_file": "this is no ordinary file but a folder, a device or a pipe",
        "quote_open": "a quotation mark is not closed; look for one that is missing or too many",
        "goals_differ": "these are not the goals of the policy, in its order",
        "goals_differ expected": "expected the goals of the policy, in its order: {expected}",
        "status_differs": "the values and bounds of the goals say something else",
        "status_differs expected": "by the values and bounds of the goals it is {expected}",
        "count_differs": "the tables of the plan have another number",
        "count_differs expected": "by the tables of the plan it is {expected}",
        "former_missing": (
            "the goal stability keeps to a former plan; give the folder of that plan with --former"
        ),
        "former_unasked": (
            "a former plan counts only if the goals of the policy have stability among them; list"
            " stability where it should stand, or leave --former out"
        ),
        "former_differs": (
            "this is not the former plan that the plan was made with: its assignments.csv is"
            " another"
        ),
        "change_unreadable": (
            "this is no change; write it as openings.O012.seats=3 or policy.horizon_days=120"
        ),
        "change_unreadable number": (
            "change number {number:d} is none; write it as openings.O012.seats=3 or"
            " policy.horizon_days=120"
        ),
        "change_fixed": "this cannot be tried out; change it in the data set",
        "change_refused": "these changes cannot be made one after the other, as they are written",
        "table_unknown": "there is no table of this name",
        "table_unknown expected": "expected one of: {expected}",
        "column_unknown": "there is no column of this name",
        "column_unknown table": 'there is no column of this name in the table "{table}"',
        "not_a_zip": "this is no zip file",
        "not_a_time": "expected a time, such as 08:05:00",
        "time_order": "the trip goes back in time here",
        "not_a_time_zone": "expected a time zone, such as Europe/Stockholm",
        "time_zones_differ": "the agencies have different time zones; a feed has one",
    },
    "withheld": {
        "personal_number": "The value is not shown: it looks like a personal identity number.",
        "sensitive": "The value is not shown: the column is sensitive.",
        "name": "The name is not shown: it looks like a personal identity number.",
    },
    "places": {
        "table": 'Table "{table}"',
        "file": '"{table}"',
        "unnamed": "A file or sheet",
        "row": "row {row:d}",
        "line": "line {row:d}",
        "column": "column {column}",
        "setting": "setting {column}",
    },
    "notices": {
        "table_ignored": "this is no table of the data set and is not read",
        "column_ignored": "the column is not known and is not read",
        "placement_without_sessions": "without half-days a placement takes a seat but no half-day",
        "placement_without_sessions rows": (
            "without half-days a placement takes a seat but no half-day;"
            " {rows:such placement|such placements} in all"
        ),
        "opening_overfull": "more people are placed here than there is room for",
        "opening_overfull seats": (
            "ongoing, offered and pinned placements take {seats:seat|seats} more than there are"
        ),
        "opening_overfull half_days people": (
            "on {half_days:half-day|half-days} a week more people are placed here than there is"
            " room for; at most {people:person|people} too many"
        ),
        "former_unknown": (
            "the former plan names people or places that are not in the data set; they are left"
            " out"
        ),
        "former_unknown rows": (
            "{rows:proposal|proposals} of the former plan left out: the person or the place is not"
            " in the data set"
        ),
    },
}

SWEDISH: Mapping[str, Mapping[str, str]] = {
    "faults": {
        "table_missing": "tabellen saknas",
        "table_unreadable": "går inte att läsa som tabell; spara om som CSV, Parquet eller .xlsx",
        "table_unreadable feed": (
            "går inte att läsa som tabell; hämta tidtabellen ”{feed}” på nytt"
        ),
        "table_not_utf8": "filen är inte i UTF-8; spara om som CSV UTF-8",
        "table_semicolons": "kolumnerna skiljs åt med semikolon; spara om med komma",
        "folder_missing": "det finns ingen mapp eller arbetsbok med det namnet som går att öppna",
        "column_missing": "kolumnen saknas",
        "column_twice": "kolumnen finns två gånger; behåll en",
        "row_length": "raden har inte lika många celler som rubrikraden",
        "row_length found expected": (
            "raden har {found:cell|celler} och rubrikraden {expected}; se efter om ett kommatecken"
            " eller citattecken saknas eller står där för mycket"
        ),
        "too_large": "det är större än vad som går att ta emot",
        "too_large most": "det är för stort; i en cell får det plats högst {most} tecken",
        "too_large rows most": "det finns {rows} rader; högst {most} går att ta emot",
        "value_missing": "cellen är tom; här behövs ett värde",
        "not_an_id": (
            "här ska stå ett id: först en bokstav eller siffra, sedan inga blanksteg, kommatecken"
            " eller citattecken"
        ),
        "not_an_id most": (
            "här ska stå ett id: först en bokstav eller siffra, sedan inga blanksteg, kommatecken"
            " eller citattecken; högst {most} tecken"
        ),
        "personal_number": "här får inget personnummer stå; använd en pseudonym",
        "not_a_whole_number": "här ska stå ett heltal",
        "not_a_whole_number low high": "här ska stå ett heltal från {low:d} till {high:d}",
        "not_a_number": "här ska stå ett tal, med punkt före decimalerna",
        "not_a_date": "här ska stå ett datum, till exempel 2026-12-01",
        "not_a_date example": "här ska stå ett datum, till exempel {example}",
        "not_one_of": "värdet är inget av dem som kan stå här",
        "not_one_of expected": "här ska stå något av: {expected}",
        "not_a_language": "här ska stå en språkkod, till exempel sv eller ar",
        "out_of_range": "talet är för litet eller för stort",
        "out_of_range low high": "här ska stå ett tal från {low:d} till {high:d}",
        "unknown_municipality": "här ska stå koden för en svensk kommun, till exempel 0180",
        "unknown_occupation_group": (
            "här ska stå en känd yrkesgrupp enligt SSYK 2012, till exempel 5131"
        ),
        "unknown_field": "här ska stå ett känt yrkesområde",
        "duplicate": "samma sak står redan där; behåll en",
        "dangling": "det finns inget med detta id",
        "dangling table": "det finns inget med detta id i tabellen ”{table}”",
        "age_out_of_range": "födelseåret ger en ålder som inte kan stämma",
        "age_out_of_range low high": "arbetsträning är för den som är {low} till {high} år",
        "swapped_coordinates": (
            "platsen är utanför Sverige; latitud och longitud verkar ha bytt plats"
        ),
        "outside_sweden": "platsen är utanför Sverige",
        "half_a_coordinate": "ange både latitud och longitud, eller ingendera",
        "date_order": "sista dagen är före den första",
        "date_order first": "det är en dag före {first}",
        "number_order": "det högsta är mindre än det lägsta",
        "number_order first": "det är mindre än {first}",
        "outside_opening": "platsen har inte alla de här halvdagarna",
        "unknown_key": "det finns ingen inställning med det namnet",
        "weights_sum": "vikterna har inte rätt summa",
        "weights_sum expected sum": "vikterna har summan {sum}; den ska vara {expected}",
        "not_toml": "går inte att läsa som TOML",
        "file_missing": "det finns ingen fil med det namnet som går att öppna",
        "table_twice": "tabellen finns i två filer; behåll en",
        "table_empty": "det finns ingen rubrikrad; den första raden ska ge kolumnerna namn",
        "column_unnamed": "en kolumn saknar namn",
        "column_unnamed position": "kolumn nummer {position:d} har värden men inget namn",
        "macro_workbook": "en arbetsbok med makron öppnas inte; spara om som .xlsx utan makron",
        "not_a_text": "här ska stå text",
        "not_a_text most": "här ska stå text utan styrtecken, högst {most} tecken",
        "value_unexpected": "den här cellen ska vara tom",
        "pinned_twice": "deltagaren är redan fastställd på en plats",
        "parity_missing": (
            "parity finns bland målen; ange vilka grupper som ska jämföras (groups) och hur många"
            " procentenheter deras andelar placerade får skilja sig åt (gap)"
        ),
        "not_a_list": "här ska stå en lista",
        "not_a_table": "här ska stå en grupp av inställningar",
        "not_json": "går inte att läsa som JSON",
        "not_a_file": "det är ingen vanlig fil, utan till exempel en mapp eller en enhet",
        "quote_open": (
            "ett citattecken är inte stängt; se efter om något saknas eller är för mycket"
        ),
        "goals_differ": "det är inte avvägningarnas mål, i deras ordning",
        "goals_differ expected": "här ska avvägningarnas mål stå, i deras ordning: {expected}",
        "status_differs": "målens värden och gränser säger något annat",
        "status_differs expected": "målens värden och gränser säger {expected}",
        "count_differs": "planens tabeller har ett annat antal",
        "count_differs expected": "enligt planens tabeller är det {expected}",
        "former_missing": (
            "målet stability håller fast vid en tidigare plan; ange den planens mapp med --former"
        ),
        "former_unasked": (
            "en tidigare plan räknas bara om stability finns bland avvägningarnas mål; skriv in"
            " stability där det ska stå, eller ta bort --former"
        ),
        "former_differs": (
            "det här är inte den tidigare plan som planen gjordes med: dess assignments.csv är"
            " en annan"
        ),
        "change_unreadable": (
            "det är ingen ändring; skriv den som openings.O012.seats=3 eller"
            " policy.horizon_days=120"
        ),
        "change_unreadable number": (
            "ändring nummer {number:d} är ingen; skriv den som openings.O012.seats=3 eller"
            " policy.horizon_days=120"
        ),
        "change_fixed": "det här går inte att pröva; ändra det i datamängden",
        "change_refused": "ändringarna går inte att göra en efter en, så som de står",
        "table_unknown": "det finns ingen tabell med det namnet",
        "table_unknown expected": "här ska stå något av: {expected}",
        "column_unknown": "det finns ingen kolumn med det namnet",
        "column_unknown table": "det finns ingen kolumn med det namnet i tabellen ”{table}”",
        "not_a_zip": "det är ingen zip-fil",
        "not_a_time": "här ska stå ett klockslag, till exempel 08:05:00",
        "time_order": "turen går bakåt i tiden här",
        "not_a_time_zone": "här ska stå en tidszon, till exempel Europe/Stockholm",
        "time_zones_differ": "trafikföretagen har olika tidszoner; en tidtabell har en",
    },
    "withheld": {
        "personal_number": "Värdet visas inte: det liknar ett personnummer.",
        "sensitive": "Värdet visas inte: kolumnen är känslig.",
        "name": "Namnet visas inte: det liknar ett personnummer.",
    },
    "places": {
        "table": "Tabellen ”{table}”",
        "file": "”{table}”",
        "unnamed": "En fil eller ett blad",
        "row": "rad {row:d}",
        "line": "rad {row:d}",
        "column": "kolumn {column}",
        "setting": "inställning {column}",
    },
    "notices": {
        "table_ignored": "det är ingen tabell i datamängden och läses inte",
        "column_ignored": "kolumnen är inte känd och läses inte",
        "placement_without_sessions": "utan halvdagar tar en placering en plats men ingen halvdag",
        "placement_without_sessions rows": (
            "utan halvdagar tar en placering en plats men ingen halvdag; sammanlagt"
            " {rows:sådan placering|sådana placeringar}"
        ),
        "opening_overfull": "fler är placerade här än det finns rum för",
        "opening_overfull seats": (
            "pågående, erbjudna och fastställda placeringar tar {seats:plats|platser} mer än det"
            " finns"
        ),
        "opening_overfull half_days people": (
            "på {half_days:halvdag|halvdagar} i veckan är fler placerade här än det finns rum för;"
            " som mest {people:person|personer} för många"
        ),
        "former_unknown": (
            "den tidigare planen nämner personer eller platser som inte finns i datamängden; de"
            " räknas inte"
        ),
        "former_unknown rows": (
            "{rows:förslag|förslag} i den tidigare planen räknas inte: personen eller platsen"
            " finns inte i datamängden"
        ),
    },
}
