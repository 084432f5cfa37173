"""What the command line says, in both languages: extend both together."""

ENGLISH = {
    "stage_reading": "Reading the data set",
    "stage_planning": "Planning",
    "stage_pairs": "Finding who could go where",
    "stage_solve": "Planning part by part",
    "stage_verify": "Checking the plan against every rule",
    "stage_verifying": "Checking the plan against every rule",
    "stage_generating": "Making up a data set",
    "so_far": "{stage}: {value} \N{EN DASH} {goal}",
    "so_far_bound": "{stage}: {value}, at most {bound} \N{EN DASH} {goal}",
    "cancelled": "Cancelled; nothing was written.",
    "generated": '{rows:row|rows} written to "{folder}". Everything in them is invented.',
    "no_file": 'The file or folder "{file}": {reason}.',
    "plan_written": 'The plan is in the folder "{folder}".',
    "placed": "{placed} of {looking:participant|participants} placed.",
    "pinned": "{pinned:pinned placement|pinned placements} kept.",
    "offered": "{offered:participant|participants} with an offer already: not looking.",
    "unplaced": "{people} without a place: {cause}",
    "more_rows": "... and {more:row|rows} more in assignments.csv.",
    "ask_first": (
        "{people:participant|participants} placed where a need is unknown: questions.csv says what"
        " to ask before a start."
    ),
    "ask_journeys": (
        "{people:participant who needs|participants who need} a journey without steps placed where"
        " none is known: ask before a start."
    ),
    "goal_proven": "{goal}: {value}, proven best",
    "goal_open": "{goal}: {value}, at most {bound} is possible",
    "commonest": (
        "The commonest barriers, over those who look and every place"
        " (protected identities left out)"
    ),
    "cut": "The time was up before the work was done.",
    "person_decides": "This is a proposal. A person decides.",
    "no_plan": "There is no plan to write.",
    "faults": "{faults:fault|faults} found. Nothing was loaded.",
    "more_faults": "There are {more} more.",
    "data_in_order": "The data set is in order.",
    "data_holds": (
        "{participants:participant|participants}, {providers:provider|providers}, "
        "{sites:site|sites}, {openings:opening|openings}."
    ),
    "plan_in_order": "The plan keeps every rule.",
    "plan_breaks": "The plan breaks the rules {times:time|times}.",
    "our_bug": "This is a fault in Steget, not in your data. Nothing was written.",
    "other_data": "The plan was made from other data: another data set, this in another form, "
    "or other travel times.",
    "no_participant": 'There is no participant "{participant}" in the data set.',
    "personal_number": "A participant has a pseudonym, never a personal identity number.",
    "possible": "Possible",
    "to_check": "To check",
    "falls_away": "Falls away for now",
    "more_json": "... and {more} more: --json shows all.",
    "minutes": "{minutes} min",
    "minutes_about": "about {minutes} min",
    "estimated": (
        "Journeys are estimated. By public transport a real one mostly takes from {less} minutes"
        " less to {more} more."
    ),
    "half_days_common": "half-days that suit both: {half_days}",
    "points": "{points:point|points}",
    "starts": "can start {day}",
    "seats_left": "{seats:seat|seats} free",
    "full": "full right now",
    "confirmed": "confirmed {day}",
    "stale": "last confirmed {day}; ask if it still holds",
    "never_confirmed": "not confirmed; ask if it still holds",
    "head_participant": "participant",
    "head_place": "place",
    "head_where": "where",
    "head_start": "start",
    "head_half_days": "half-days",
    "head_journey": "journey",
    "head_points": "points",
    "head_barrier": "barrier",
    "head_pairs": "times",
    "head_alone": "alone",
    "head_people": "participants",
}

SWEDISH = {
    "stage_reading": "Läser datamängden",
    "stage_planning": "Planerar",
    "stage_pairs": "Tar reda på vem som kan vara var",
    "stage_solve": "Planerar del för del",
    "stage_verify": "Prövar planen mot alla regler",
    "stage_verifying": "Prövar planen mot alla regler",
    "stage_generating": "Hittar på en datamängd",
    "so_far": "{stage}: {value} \N{EN DASH} {goal}",
    "so_far_bound": "{stage}: {value}, högst {bound} \N{EN DASH} {goal}",
    "cancelled": "Avbrutet; inget har skrivits.",
    "generated": "{rows:rad|rader} skrevs till ”{folder}”. Alla och allt i dem är påhittat.",
    "no_file": "Filen eller mappen ”{file}”: {reason}.",
    "plan_written": "Planen finns i mappen ”{folder}”.",
    "placed": "{placed} av {looking:deltagare|deltagare} har fått en plats.",
    "pinned": "{pinned:fastställd placering|fastställda placeringar} är kvar.",
    "offered": "{offered:deltagare har|deltagare har} redan ett erbjudande och söker inte.",
    "unplaced": "{people} utan plats: {cause}",
    "more_rows": "... och {more:rad|rader} till i assignments.csv.",
    "ask_first": (
        "{people:deltagare|deltagare} fick en plats där ett behov är okänt: questions.csv säger"
        " vad som ska frågas innan."
    ),
    "ask_journeys": (
        "{people:deltagare|deltagare} som behöver en resa utan trappsteg fick en plats dit ingen"
        " sådan är känd: fråga före starten."
    ),
    "goal_proven": "{goal}: {value}, bevisat bäst",
    "goal_open": "{goal}: {value}, högst {bound} är möjligt",
    "commonest": (
        "De vanligaste hindren, för dem som söker och alla platser (skyddad identitet är inte med)"
    ),
    "cut": "Tiden tog slut innan arbetet var klart.",
    "person_decides": "Det här är ett förslag. En människa bestämmer.",
    "no_plan": "Det finns ingen plan att skriva.",
    "faults": "{faults:fel|fel} hittades. Inget har lästs in.",
    "more_faults": "Det finns {more} till.",
    "data_in_order": "Datamängden är i ordning.",
    "data_holds": (
        "{participants:deltagare|deltagare}, {providers:anordnare|anordnare}, "
        "{sites:arbetsplats|arbetsplatser}, {openings:arbetsträningsplats|arbetsträningsplatser}."
    ),
    "plan_in_order": "Planen följer alla regler.",
    "plan_breaks": "Planen bryter mot reglerna {times:gång|gånger}.",
    "our_bug": "Det här är ett fel i Steget, inte i dina uppgifter. Inget har skrivits.",
    "other_data": "Planen gjordes från andra uppgifter: en annan datamängd, samma i annan form "
    "eller andra restider.",
    "no_participant": "Det finns ingen deltagare ”{participant}” i datamängden.",
    "personal_number": "En deltagare har en pseudonym, aldrig ett personnummer.",
    "possible": "Möjliga",
    "to_check": "Behöver kontrolleras",
    "falls_away": "Faller bort just nu",
    "more_json": "... och {more} till: --json visar alla.",
    "minutes": "{minutes} min",
    "minutes_about": "cirka {minutes} min",
    "estimated": (
        "Resorna är uppskattade. Med kollektivtrafik tar en riktig resa oftast från {less} minuter"
        " mindre till {more} mer."
    ),
    "half_days_common": "halvdagar som passar båda: {half_days}",
    "points": "{points:poäng|poäng}",
    "starts": "kan börja {day}",
    "seats_left": "{seats:ledig plats|lediga platser}",
    "full": "fullt just nu",
    "confirmed": "bekräftat {day}",
    "stale": "bekräftades senast {day}; fråga om det fortfarande stämmer",
    "never_confirmed": "inte bekräftat; fråga om det stämmer",
    "head_participant": "deltagare",
    "head_place": "plats",
    "head_where": "var",
    "head_start": "start",
    "head_half_days": "halvdagar",
    "head_journey": "resa",
    "head_points": "poäng",
    "head_barrier": "hinder",
    "head_pairs": "gånger",
    "head_alone": "ensamt",
    "head_people": "deltagare",
}
