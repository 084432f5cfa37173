"""The texts in English. Short sentences; what is possible and what it would take."""

from collections.abc import Mapping

FAULTS = {
    "table_missing": "the table is missing",
    "table_unreadable": "this cannot be read as a table; save it again as CSV, Parquet or .xlsx",
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
    "not_built": "this cannot be chosen yet",
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
}

WITHHELD = {
    "personal_number": "The value is not shown: it looks like a personal identity number.",
    "sensitive": "The value is not shown: the column is sensitive.",
    "name": "The name is not shown: it looks like a personal identity number.",
}

PLACES = {
    "table": 'Table "{table}"',
    "file": '"{table}"',
    "unnamed": "A file or sheet",
    "row": "row {row:d}",
    "line": "line {row:d}",
    "column": "column {column}",
    "setting": "setting {column}",
}

FRAMES = {
    "fault": "{place}: {text}.",
    "found": '{place}: found "{value}"; {text}.',
    "no_half_days": "no half-days",
    "from_home": "from home",
}

NOTICES = {
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
        "on {half_days:half-day|half-days} a week more people are placed here than there is room"
        " for; at most {people:person|people} too many"
    ),
}

BARRIERS = {
    "OPENING_PAUSED": "The place takes nobody right now.",
    "ALREADY_THERE": "The participant is already there.",
    "TASK_DECLINED": "The participant has said no to this kind of task.",
    "EXCLUDED": "The place is excluded for this participant.",
    "NEED_UNMET": "A need is not met at the place.",
    "NEED_UNMET need": "Not met at the place: {need}.",
    "NEED_UNKNOWN": "It is unknown whether a need is met \N{EN DASH} ask the site.",
    "NEED_UNKNOWN need": "Unknown \N{EN DASH} ask the site. It is about: {need}.",
    "TRAVEL_TOO_LONG": "The journey takes longer than the participant can travel.",
    "TRAVEL_TOO_LONG minutes": (
        "The journey takes {minutes:minute|minutes}, longer than the participant can travel."
    ),
    "TRAVEL_TOO_LONG minutes limit": (
        "The journey takes {minutes:minute|minutes}; the limit is {limit}."
    ),
    "TRAVEL_TOO_LONG minutes limit low high": (
        "The journey takes about {minutes:minute|minutes}, between {low} and {high};"
        " the limit is {limit}."
    ),
    "TRAVEL_UNKNOWN": "The travel time is unknown.",
    "TRAVEL_UNREACHABLE": "There is no way to get there in time.",
    "HOURS_TOO_FEW": "The place asks for more hours a week than the participant comes.",
    "HOURS_TOO_FEW limit": "The place asks for at least {limit:hour|hours} a week.",
    "HOURS_TOO_MANY": "The place has fewer hours a week than the participant comes.",
    "HOURS_TOO_MANY limit": "The place has at most {limit:hour|hours} a week.",
    "SESSIONS_DO_NOT_FIT": "Too few half-days suit both the participant and the place.",
    "SESSIONS_DO_NOT_FIT limit": (
        "Fewer than {limit:half-day|half-days} a week suit both the participant and the place."
    ),
    "STARTS_TOO_LATE": "There is no start date that suits both, within the time planned for.",
    "MUNICIPALITY_NOT_SERVED": "The place is for people who live in other municipalities.",
    "ENROLMENT_REQUIRED": "The place is for people enrolled with another authority.",
    "NOT_INSURED": "The place asks for an insurance that is not confirmed.",
    "TOO_YOUNG": "The participant is younger than the place allows on the day of the start.",
    "TOO_YOUNG limit": "The place is for people who are at least {limit:year|years} old.",
    "NO_COMMON_LANGUAGE": "The participant and the place have no language in common.",
    "REMOTE_ONLY": "The participant works from home only, and the place is not for that.",
    "NO_EQUAL_TREATMENT_AGREEMENT": "The provider has no confirmed agreement on equal treatment.",
}

QUESTIONS = {
    "NEED_UNKNOWN:STEP_FREE": (
        "Are there steps or high thresholds between the street and the work, and if so a fixed"
        " ramp and a lift that works?"
    ),
    "NEED_UNKNOWN:WIDE_PASSAGE": (
        "How wide are the entrance door and the narrowest passage, and how large is the space to"
        " turn in?"
    ),
    "NEED_UNKNOWN:ACCESSIBLE_TOILET": "Is there a toilet with room for a wheelchair?",
    "NEED_UNKNOWN:SCENT_FREE": (
        "Are soap and cleaning products unscented, and are people asked not to wear scent?"
    ),
    "NEED_UNKNOWN:NO_ANIMALS": "Are there ever furry animals at the place?",
    "NEED_UNKNOWN:ASSISTANCE_DOG": "May an assistance dog come along?",
    "NEED_UNKNOWN:QUIET": "Can people talk without raising their voice, and is there music on?",
    "NEED_UNKNOWN:LOW_STIMULUS": "Is there a calm room to rest in?",
    "NEED_UNKNOWN:FEW_PEOPLE": "How many people work in the same room?",
    "NEED_UNKNOWN:SHORT_WALK": "How many metres is the walk from the nearest stop?",
    "NEED_UNKNOWN:CLEAR_WAYFINDING": (
        "Are there clear signs to the right entrance, or can somebody meet up the first time?"
    ),
    "NEED_UNKNOWN:HEARING_LOOP": "Is there a hearing loop?",
    "NEED_UNKNOWN:VISUAL_ALARM": "Does the fire alarm show with light?",
    "NEED_UNKNOWN:EASY_TEXT": "Are there instructions in easy text or pictures?",
    "NEED_UNKNOWN:SUPERVISOR": "Is a supervisor always there during the working hours?",
    "NEED_UNKNOWN:COMPANION": "May a support person come along and take part?",
    "NEED_UNKNOWN:PRIVATE_TOILET": "Is there a toilet and a changing room for any gender?",
    "NEED_UNKNOWN:SEATED_WORK": "Can the work be done sitting, or by turns sitting and standing?",
    "NEED_UNKNOWN:LIGHT_LIFTING": "How many kilos is the heaviest lift in the work?",
    "NEED_UNKNOWN:OWN_PACE": "Can one work at one's own pace?",
    "NEED_UNKNOWN:PREDICTABLE": "Are the tasks the same from day to day?",
    "NEED_UNKNOWN:NO_CUSTOMERS": "Can the work be done without meeting customers?",
    "TRAVEL_UNKNOWN": "How long does the journey take?",
    "TRAVEL_TOO_LONG": "How long does the journey really take? The travel time is estimated.",
    "TRAVEL_TOO_LONG minutes": (
        "How long does the journey really take? It is estimated at {minutes:minute|minutes}."
    ),
    "TRAVEL_TOO_LONG minutes limit": (
        "How long does the journey really take? It is estimated at {minutes:minute|minutes};"
        " the limit is {limit}."
    ),
    "NOT_INSURED": "Who insures the participant during the work training?",
    "NO_EQUAL_TREATMENT_AGREEMENT": "Has the provider an agreement on equal treatment?",
}

ASKING = {
    "site": "Ask the site: {question}",
    "participant": "Ask the participant: {question}",
    "authority": "Ask the authority that has the case: {question}",
    "travel_planner": "Look in a travel planner: {question}",
    "coordinator": "Ask the coordinator: {question}",
}

WHOM = {
    "site": "the site",
    "participant": "the participant",
    "authority": "the authority that has the case",
    "travel_planner": "a travel planner",
    "coordinator": "the coordinator",
}

REMOVING = {
    "site": "The site could change this.",
    "participant": "Only the participant can choose to change this.",
    "authority": "The authority that has the case could change this.",
    "travel_planner": "A travel planner could show another journey.",
    "coordinator": "The coordinator could change this.",
}

NEEDS = {
    "STEP_FREE": "step-free all the way",
    "WIDE_PASSAGE": "wide doors and passages",
    "ACCESSIBLE_TOILET": "a toilet with room for a wheelchair",
    "SCENT_FREE": "free from scents",
    "NO_ANIMALS": "no furry animals",
    "ASSISTANCE_DOG": "an assistance dog may come along",
    "QUIET": "a low sound level",
    "LOW_STIMULUS": "a calm room to rest in",
    "FEW_PEOPLE": "at most five people in the room",
    "SHORT_WALK": "a short walk from the stop",
    "CLEAR_WAYFINDING": "easy to find",
    "HEARING_LOOP": "a hearing loop",
    "VISUAL_ALARM": "a fire alarm that can be seen",
    "EASY_TEXT": "instructions in easy text or pictures",
    "SUPERVISOR": "a supervisor always there",
    "COMPANION": "a support person may take part",
    "PRIVATE_TOILET": "a toilet for any gender",
    "SEATED_WORK": "work that can be done sitting",
    "LIGHT_LIFTING": "no heavy lifting",
    "OWN_PACE": "one's own pace",
    "PREDICTABLE": "fixed routines",
    "NO_CUSTOMERS": "no contact with customers",
}

MEETS = {
    "STEP_FREE": (
        "No steps from the street to the work, and a threshold of at most 25 mm. At the entrance"
        " a fixed ramp will do, with a slope of at most 8 in 100; inside, a lift that works."
    ),
    "WIDE_PASSAGE": (
        "Step-free all the way, an entrance door of at least 85 cm, passages of at least 90 cm"
        " and 150 cm to turn in."
    ),
    "ACCESSIBLE_TOILET": "A toilet with room for a wheelchair.",
    "SCENT_FREE": (
        "Unscented soap and cleaning products, and a word to everybody about not wearing scent."
    ),
    "NO_ANIMALS": "There are never furry animals at the place.",
    "ASSISTANCE_DOG": "An assistance dog may come along.",
    "QUIET": "People can talk without raising their voice, and no music is on.",
    "LOW_STIMULUS": "There is a calm room to rest in.",
    "FEW_PEOPLE": "There are at most five people in the same room.",
    "SHORT_WALK": "The walk from the nearest stop is at most 300 metres.",
    "CLEAR_WAYFINDING": "Clear signs to the right entrance, or somebody who can meet up.",
    "HEARING_LOOP": "There is a hearing loop.",
    "VISUAL_ALARM": "The fire alarm shows with light.",
    "EASY_TEXT": "There are instructions in easy text or pictures.",
    "SUPERVISOR": "A supervisor is always there.",
    "COMPANION": "A support person may come along and take part.",
    "PRIVATE_TOILET": "There is a toilet and a changing room for any gender.",
    "SEATED_WORK": "The work is done sitting, or by turns.",
    "LIGHT_LIFTING": "Nothing heavier than 5 kg is lifted.",
    "OWN_PACE": "The work is done at one's own pace.",
    "PREDICTABLE": "The tasks follow a fixed routine.",
    "NO_CUSTOMERS": "The work is done without meeting customers.",
}

GOALS = {
    "placed": "participants placed",
    "waiting": "priority to long waits (100 to 200 for each)",
    "norm_goals": "own norm goals met",
    "points": "points in all",
}

CRITERIA = {
    "wish": "the participant's wishes",
    "travel": "a short journey",
    "want": "what would be good to have",
    "hours": "room for more hours",
    "start": "an early start",
}

STATUSES = {
    "optimal": "Proven: no plan is better in any of the goals, in their order.",
    "feasible": "A lawful plan. It is not proven that no plan is better.",
    "infeasible": "No plan can keep all the rules.",
    "nothing_found": "No plan was found in the work allowed. There may be one.",
}

CAUSES = {
    "no_eligible_opening": "Every place has a barrier today.",
    "openings_full": "The places that would do are full.",
    "supervisor_full": "The supervisor has all the new starts that fit in this plan.",
}

VIOLATIONS = {
    "SEATS": "More people than the place has seats.",
    "SESSION_SEATS": "More people on a half-day than the place has room for.",
    "SESSIONS_COUNT": "Not as many half-days as the participant comes.",
    "SESSIONS_OUTSIDE": "A half-day that does not suit both.",
    "START_DATE": "Not the first possible start date.",
    "TRAVEL_MINUTES": "The travel time is not the right one.",
    "POINTS": "The points are not the right ones.",
    "NORM_GOAL": "What is said of the norm goal is not so.",
    "PLACED_TWICE": "Somebody is placed twice.",
    "NOT_LOOKING": "Somebody who is not looking for a place is in the plan.",
    "UNKNOWN_ID": "The plan names what the data set does not have.",
    "PINNED_MOVED": "A pinned placement was not kept as it is.",
    "UNACCOUNTED": "Somebody who is looking stands neither as placed nor as unplaced, or as both.",
    "CAUSE": "The cause given is not so.",
    "GOAL_VALUE": "The value given for a goal is not so.",
    "GOAL_BOUND": "A goal has a value beyond its bound.",
    "SUPERVISOR_STARTS": "A supervisor has more new starts than allowed.",
    "ORDER": "The rows are not in order.",
}

REACH = {
    "MINUTES": "no minutes given",
    "MINUTES minutes": "{minutes:minute|minutes}",
    "MINUTES minutes low high": "about {minutes:minute|minutes}, between {low} and {high}",
    "UNREACHABLE": "no way to get there in time",
    "UNKNOWN": "travel time unknown",
    "WITHHELD": "journey not shown",
}

HALF_DAYS = {
    "mon_am": "Mon am",
    "mon_pm": "Mon pm",
    "tue_am": "Tue am",
    "tue_pm": "Tue pm",
    "wed_am": "Wed am",
    "wed_pm": "Wed pm",
    "thu_am": "Thu am",
    "thu_pm": "Thu pm",
    "fri_am": "Fri am",
    "fri_pm": "Fri pm",
}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "faults": FAULTS,
    "withheld": WITHHELD,
    "places": PLACES,
    "frames": FRAMES,
    "notices": NOTICES,
    "barriers": BARRIERS,
    "questions": QUESTIONS,
    "asking": ASKING,
    "whom": WHOM,
    "removing": REMOVING,
    "needs": NEEDS,
    "meets": MEETS,
    "goals": GOALS,
    "criteria": CRITERIA,
    "statuses": STATUSES,
    "causes": CAUSES,
    "violations": VIOLATIONS,
    "reach": REACH,
    "half_days": HALF_DAYS,
}
