"""What is said of changes and of two plans beside each other: extend both languages together."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "changes": {
        "stage_changing": "Making the plan again with the changes",
        "head_goal": "goal",
        "head_before": "before",
        "head_after": "after",
        "head_change": "change",
        "gained": "{people:participant gains a place|participants gain a place}",
        "lost": "{people:participant loses the place|participants lose their places}",
        "moved": "{people:participant moves|participants move} to another place",
        "rescheduled": (
            "{people:participant stays there|participants stay there} on other half-days or from"
            " another day: {names}"
        ),
        "kept": "{people:participant keeps the place|participants keep their places}",
        "more": "and {more} more",
        "proven": "Proven: before and after the change no plan is better in these goals.",
        "not_proven": (
            "Not proven: the plan made again is one that holds, but before or after the change"
            " there may be a better one."
        ),
        "both_proven": (
            "Proven: each of the plans is the best there is for what it was made from."
        ),
        "not_both_proven": "Not proven: there may be better plans than these.",
        "improved": (
            "Even without a change the plan can be made better than it is written; what differs is"
            " counted from there."
        ),
        "other_files": (
            "The plans were made from different files: what differs may come from the data."
        ),
        "other_day": "The plans are for different days: {before} and {after}.",
        "other_policy": "The plans were made with different policies.",
        "other_weights": "Their points are counted by different weights and cannot be compared.",
        "not_compared": "Not compared here: {goals}.",
        "nothing_to_change": "Say what is to be otherwise: --set or --opening.",
        "over_the_plan": "The plan that is asked about lies there.",
        "no_goals": "None of the goals is compared here: there is no plan to write.",
    },
}

SWEDISH: Mapping[str, Mapping[str, str]] = {
    "changes": {
        "stage_changing": "Gör om planen med ändringarna",
        "head_goal": "mål",
        "head_before": "före",
        "head_after": "efter",
        "head_change": "skillnad",
        "gained": "{people:deltagare får en plats|deltagare får en plats}",
        "lost": "{people:deltagare mister sin plats|deltagare mister sin plats}",
        "moved": "{people:deltagare flyttas|deltagare flyttas} till en annan plats",
        "rescheduled": (
            "{people:deltagare är kvar där|deltagare är kvar där} på andra halvdagar eller från en"
            " annan dag: {names}"
        ),
        "kept": "{people:deltagare behåller sin plats|deltagare behåller sin plats}",
        "more": "och {more} till",
        "proven": "Bevisat: före och efter ändringen finns ingen bättre plan för de här målen.",
        "not_proven": (
            "Inte bevisat: den nya planen håller, men före eller efter ändringen kan det finnas en"
            " bättre."
        ),
        "both_proven": (
            "Bevisat: var och en av planerna är den bästa som finns för det som den gjordes från."
        ),
        "not_both_proven": "Inte bevisat: det kan finnas bättre planer än de här.",
        "improved": (
            "Även utan ändring går planen att göra bättre än den är skriven; skillnaden räknas"
            " därifrån."
        ),
        "other_files": (
            "Planerna gjordes från olika filer: det som skiljer kan komma från uppgifterna."
        ),
        "other_day": "Planerna gäller olika dagar: {before} och {after}.",
        "other_policy": "Planerna gjordes med olika avvägningar.",
        "other_weights": "Deras poäng räknas med olika vikter och går inte att jämföra.",
        "not_compared": "Jämförs inte här: {goals}.",
        "nothing_to_change": "Säg vad som ska vara annorlunda: --set eller --opening.",
        "over_the_plan": "Planen som frågan gäller finns där.",
        "no_goals": "Inget av målen jämförs här: det finns ingen plan att skriva.",
    },
}
