"""What is said of travel times, their sources and stores: extend both languages together."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "travel": {
        "stage_timetable": "Reading the timetable",
        "stage_fitting": "Fitting the curves",
        "asking": "Asking for travel times: {done} of {of}",
        "store_says": (
            'Travel times from "{store}": {known:journey|journeys} known, {estimates} of them'
            " estimated; {unknown} unknown."
        ),
        "store_and_table": (
            "The data set has a table of travel times, which is then the only source: leave one of"
            " the two out."
        ),
        "no_store": "This file is no store of travel times, or one of another version.",
        "source_unknown": "There is no source of this name. There are: {sources}.",
        "source_twice": "Each source stands there once.",
        "source_not_given": 'Say where the source "{source}" is: {where}.',
        "source_not_asked": "It is not among the sources that are asked: add it to --sources.",
        "address": (
            "The address of a server of your own: http://host or https://host, without user,"
            " question mark or fragment. Public servers must not see where participants live."
        ),
        "no_tuesday": "The timetable has no Tuesday from {day} on: take a newer one, or --day.",
        "no_times": "Times of the day, such as 08:00,08:10,08:20.",
        "one_geocoder": "One place server is asked: leave the others out.",
        "place_line": "{name} ({where}): latitude {latitude}, longitude {longitude}",
        "thanks_geonames": "Places: GeoNames (geonames.org), CC BY 4.0, adapted.",
        "thanks_openstreetmap": "Places: © OpenStreetMap contributors, ODbL.",
        "stopped": (
            "Stopped. What is known so far is in the store; the same command goes on there."
        ),
        "built": 'The travel times for {day} are in the store "{store}".',
        "built_minutes": "{minutes:journey|journeys} known, {estimates} of them estimated",
        "built_unreachable": "{journeys:journey has|journeys have} no way there in time",
        "built_unknown": "{journeys:journey is|journeys are} unknown",
        "built_fresh": "{journeys} asked for now; the others were in the store",
        "without_point": (
            "{people:participant has|participants have} no point on the map: their journeys are"
            " unknown."
        ),
        "by_source": "By source:",
        "source_line": "{source}: {journeys:journey|journeys}",
        "source_failed": "{source}: {journeys:journey|journeys} unknown, since {why}",
        "failing": (
            "The source {source} could not tell {journeys:journey|journeys}, since {why}. The"
            " same command asks again."
        ),
        "few_pairs": "There are {pairs} pairs; at least {least} are needed.",
        "one_destination": "All pairs lead to one destination; at least two are needed.",
        "falling_curve": (
            "The curve falls somewhere between 0 and {farthest} km: these are no travel times, or"
            " too few."
        ),
        "no_pairs": "There are no pairs in the table.",
        "fitted": "{mode}: {start} + {per_km} d + {per_root} √d minutes, d in km",
        "fitted_on": (
            "{pairs:pair|pairs} to {destinations:destination|destinations}, up to {farthest} km"
        ),
        "fitted_errors": (
            "on average {mean} minutes off, nine of ten within {nine}, {bias} too long on average"
        ),
        "wrong_side": (
            "of 100 pairs on the wrong side of a limit: {at_30} at 30 minutes, {at_45} at 45,"
            " {at_60} at 60, {at_75} at 75"
        ),
        "fitted_band": (
            "nine of ten real journeys take from {less:minute|minutes} less to {more} more"
        ),
        "curve_written": (
            'The curve "{name}" is in the file "{file}": give it to build as --curve.'
        ),
        "not_written": "Nothing is written without --out.",
        "minutes_band": "about {minutes} min ({low} to {high})",
        "one_time": "One time of the day, such as 08:30.",
        "no_point": "A point is a latitude and a longitude in degrees, such as 59.199,17.833.",
        "wrong_settings": "A setting of Steget in the environment (STEGET_...) is not valid.",
        "travel_planner": (
            "{setting} has an address, a key or a contact that cannot be used: an address is"
            " https://host, a contact a mail address of a function."
        ),
        "off_resrobot": (
            "ResRobot is off: set STEGET_TRAVEL_RESROBOT_KEY, or STEGET_TRAVEL_RESROBOT_KEY_FILE,"
            " to a key from Trafiklab."
        ),
        "off_sl": (
            "SL is off: set STEGET_TRAVEL_SL_CONTACT to the mail address of a function, which SL"
            " can write to."
        ),
        "resrobot": "ResRobot",
        "sl": "SL",
        "trip": "From {start} to {end}, to be there by {time} on {day}",
        "trip_unknown": "The journey is unknown: {planner} was asked, but it failed, since {why}.",
        "trip_no_way": "There is no way to get there in time.",
        "trip_minutes": "{minutes:minute|minutes} in all.",
        "trip_changes": "{minutes:minute|minutes} in all, {changes:change|changes}.",
        "ride": "a ride",
        "on_foot": "on foot",
        "towards": "{line} towards {towards}",
        "leg_from": "from {place}",
        "leg_to": "to {place}",
        "thanks_resrobot": "Journey: ResRobot, Trafiklab, CC0. By the timetable, without delays.",
        "thanks_sl": "Journey: SL, Trafiklab. By the timetable, without delays.",
        "mode_transit": "By public transport",
        "mode_car": "By car",
    },
    "step_free": {
        "unknown": "{asked}",
        "no": "The journey as it is known has steps. {asked}",
        "ask_unknown": "Can the whole journey be made without steps?",
        "ask_no": "Is there another way there, without steps?",
    },
    "troubles": {
        "timeout": "it did not answer in time",
        "no_connection": "there was no connection",
        "rate_limited": "it was asked too often",
        "server_error": "it reported a fault of its own",
        "refused": "it would not answer the question",
        "broken_answer": "its answer could not be read",
        "circuit_open": "it was left alone after several failures",
        "quota": "the quota was used up",
        "outside": "the place or the date is outside what it knows",
        "walk_only": "the places are too near each other",
        "not_offered": "it does not answer for this way of travelling",
    },
    "place_kinds": {
        "municipality": "main town of the municipality",
        "locality": "locality",
        "stop": "stop",
        "other": "place",
    },
    "place_refusals": {
        "empty": "Write the name of a place: an area, a town or a stop.",
        "too_long": "This is too long to be the name of a place.",
        "street_address": (
            "Write the area or the stop, not the street: where somebody lives is never asked for"
            " more closely than that."
        ),
        "postcode": (
            "Write the area or the town, not the postcode: the point of a postcode can be far off."
        ),
        "number": (
            "Write the name without the number: numbers are not looked up, since one could be a"
            " personal identity number."
        ),
    },
    "searches": {
        "nobody_knows": "Nobody knows a place of this name. Try the nearest town, or a stop.",
        "several": "{places:place has|places have} this name: choose one.",
        "failed": "The name could not be looked up in the place server, since {why}. Try again.",
    },
}

SWEDISH: Mapping[str, Mapping[str, str]] = {
    "travel": {
        "stage_timetable": "Läser tidtabellen",
        "stage_fitting": "Anpassar kurvorna",
        "asking": "Frågar efter restider: {done} av {of}",
        "store_says": (
            "Restider från ”{store}”: {known:resa|resor} kända, {estimates} av dem uppskattade;"
            " {unknown} okända."
        ),
        "store_and_table": (
            "Datamängden har en egen tabell med restider, som då är den enda källan: ta bort en av"
            " de två."
        ),
        "no_store": "Filen är inget restidslager, eller ett av en annan version.",
        "source_unknown": "Det finns ingen källa med det namnet. Det finns: {sources}.",
        "source_twice": "Varje källa står där en gång.",
        "source_not_given": "Säg var källan ”{source}” finns: {where}.",
        "source_not_asked": "Den är inte med bland källorna: lägg till den i --sources.",
        "address": (
            "Adressen till en egen server: http://värd eller https://värd, utan användare,"
            " frågetecken eller fragment. Publika servrar får inte se var deltagare bor."
        ),
        "no_tuesday": "Tidtabellen har ingen tisdag från {day}: ta en nyare, eller ange --day.",
        "no_times": "Klockslag, till exempel 08:00,08:10,08:20.",
        "one_geocoder": "En platsserver får frågan: ta bort de andra.",
        "place_line": "{name} ({where}): latitud {latitude}, longitud {longitude}",
        "thanks_geonames": "Ortsdata: GeoNames (geonames.org), CC BY 4.0, bearbetad.",
        "thanks_openstreetmap": "Ortsdata: © OpenStreetMaps bidragsgivare, ODbL.",
        "stopped": (
            "Avbrutet. Det som är känt finns i lagret; samma kommando fortsätter därifrån."
        ),
        "built": "Restiderna för {day} finns i lagret ”{store}”.",
        "built_minutes": "{minutes:resa är känd|resor är kända}, {estimates} av dem uppskattade",
        "built_unreachable": "{journeys:resa går|resor går} inte att göra i tid",
        "built_unknown": "{journeys:resa är okänd|resor är okända}",
        "built_fresh": "{journeys} har frågats om nu; de andra fanns i lagret",
        "without_point": (
            "{people:deltagare har|deltagare har} ingen punkt på kartan: resorna är okända."
        ),
        "by_source": "Per källa:",
        "source_line": "{source}: {journeys:resa|resor}",
        "source_failed": "{source}: {journeys:resa okänd|resor okända}, eftersom {why}",
        "failing": (
            "Källan {source} kunde inte svara om {journeys:resa|resor}, eftersom {why}. Samma"
            " kommando frågar igen."
        ),
        "few_pairs": "Det finns {pairs} par; minst {least} behövs.",
        "one_destination": "Alla par leder till ett mål; minst två behövs.",
        "falling_curve": (
            "Kurvan faller någonstans mellan 0 och {farthest} km: det här är inga restider, eller"
            " för få."
        ),
        "no_pairs": "Det finns inga par i tabellen.",
        "fitted": "{mode}: {start} + {per_km} d + {per_root} √d minuter, d i km",
        "fitted_on": "{pairs:par|par} till {destinations:mål|mål}, upp till {farthest} km",
        "fitted_errors": (
            "i snitt {mean} minuter fel, nio av tio inom {nine}, i snitt {bias} för långt"
        ),
        "wrong_side": (
            "av 100 par på fel sida om en gräns: {at_30} vid 30 minuter, {at_45} vid 45, {at_60}"
            " vid 60, {at_75} vid 75"
        ),
        "fitted_band": (
            "nio av tio riktiga resor tar från {less:minut|minuter} mindre till {more} mer"
        ),
        "curve_written": "Kurvan ”{name}” finns i filen ”{file}”: ge den till build som --curve.",
        "not_written": "Inget skrivs utan --out.",
        "minutes_band": "cirka {minutes} min ({low} till {high})",
        "one_time": "Ett klockslag, till exempel 08:30.",
        "no_point": "En punkt är latitud och longitud i grader, till exempel 59.199,17.833.",
        "wrong_settings": "En av Stegets inställningar i miljön (STEGET_...) är inte giltig.",
        "travel_planner": (
            "{setting} har en adress, en nyckel eller en kontakt som inte går att använda: en"
            " adress är https://värd, en kontakt en funktions e-postadress."
        ),
        "off_resrobot": (
            "ResRobot är avstängt: sätt STEGET_TRAVEL_RESROBOT_KEY, eller"
            " STEGET_TRAVEL_RESROBOT_KEY_FILE, till en nyckel från Trafiklab."
        ),
        "off_sl": (
            "SL är avstängt: sätt STEGET_TRAVEL_SL_CONTACT till en funktions e-postadress, som SL"
            " kan skriva till."
        ),
        "resrobot": "ResRobot",
        "sl": "SL",
        "trip": "Från {start} till {end}, framme senast {time} den {day}",
        "trip_unknown": "Resan är okänd: {planner} fick frågan, men det gick inte eftersom {why}.",
        "trip_no_way": "Det går inte att komma dit i tid.",
        "trip_minutes": "{minutes:minut|minuter} sammanlagt.",
        "trip_changes": "{minutes:minut|minuter} sammanlagt, {changes:byte|byten}.",
        "ride": "en färd",
        "on_foot": "till fots",
        "towards": "{line} mot {towards}",
        "leg_from": "från {place}",
        "leg_to": "till {place}",
        "thanks_resrobot": "Resan: ResRobot, Trafiklab, CC0. Enligt tidtabell, utan förseningar.",
        "thanks_sl": "Resan: SL, Trafiklab. Enligt tidtabell, utan förseningar.",
        "mode_transit": "Med kollektivtrafik",
        "mode_car": "Med bil",
    },
    "step_free": {
        "unknown": "{asked}",
        "no": "Resan som den är känd har trappsteg. {asked}",
        "ask_unknown": "Går hela resan att göra utan trappsteg?",
        "ask_no": "Finns det en annan väg dit, utan trappsteg?",
    },
    "troubles": {
        "timeout": "den inte svarade i tid",
        "no_connection": "det inte fanns någon förbindelse",
        "rate_limited": "den fick för många frågor",
        "server_error": "den hade ett eget fel",
        "refused": "den inte ville svara på frågan",
        "broken_answer": "svaret inte gick att läsa",
        "circuit_open": "den fick vara i fred efter flera fel",
        "quota": "kvoten tog slut",
        "outside": "platsen eller dagen är utanför det som den känner till",
        "walk_only": "platserna är för nära varandra",
        "not_offered": "den inte svarar för det här färdsättet",
    },
    "place_kinds": {
        "municipality": "kommunens huvudort",
        "locality": "ort",
        "stop": "hållplats",
        "other": "plats",
    },
    "place_refusals": {
        "empty": "Skriv namnet på ett område, en ort eller en hållplats.",
        "too_long": "Det här är för långt för att vara ett ortnamn.",
        "street_address": (
            "Skriv området eller hållplatsen, inte gatan: noggrannare än så frågas det aldrig var"
            " någon bor."
        ),
        "postcode": (
            "Skriv området eller orten, inte postnumret: ett postnummers punkt kan ligga långt"
            " fel."
        ),
        "number": (
            "Skriv namnet utan nummer: nummer slås inte upp, för de kan vara personnummer."
        ),
    },
    "searches": {
        "nobody_knows": (
            "Ingen känner till en ort med det namnet. Prova närmaste större ort, eller en"
            " hållplats."
        ),
        "several": "{places:ort har|orter har} det namnet: välj en.",
        "failed": "Namnet gick inte att slå upp i platsservern, eftersom {why}. Försök igen.",
    },
}
