"""The texts in English. Short sentences; what is possible and what it would take."""

from collections.abc import Mapping

FRAMES = {
    "fault": "{place}: {text}.",
    "found": '{place}: found "{value}"; {text}.',
    "no_half_days": "no half-days",
    "from_home": "from home",
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
    "TRAVEL_TOO_LONG minutes low high": (
        "How long does the journey really take? It is estimated at {minutes:minute|minutes},"
        " between {low} and {high}."
    ),
    "TRAVEL_TOO_LONG minutes limit low high": (
        "How long does the journey really take? It is estimated at {minutes:minute|minutes},"
        " between {low} and {high}; the limit is {limit}."
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
    "lowest_points": "least points of anyone placed",
    "stability": "proposals kept from the former plan",
    "parity": "percentage points by which groups lie too far apart, below zero",
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
    "frames": FRAMES,
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
