"""Answers besides the plan, in both languages: why here, why not there, what it would take."""

from collections.abc import Mapping

from api.texts import steps

_ENGLISH_REASONS = {
    "there": "This is where the plan has the participant.",
    "not_looking": "There is a placement or an offer already.",
    "barrier": "Something stands between.",
    "barrier barriers": "{barriers:thing stands|things stand} between.",
    "no_room": "What is decided already takes all the room there.",
    "goal_falls": "The plan as a whole would be poorer.",
    "nothing": "It would do just as well as what the plan proposes.",
}
_SWEDISH_REASONS = {
    "there": "Här har planen deltagaren.",
    "not_looking": "Det finns redan en placering eller ett erbjudande.",
    "barrier": "Något står emellan.",
    "barrier barriers": "{barriers:sak|saker} står emellan.",
    "no_room": "Det som redan är bestämt tar allt utrymme där.",
    "goal_falls": "Planen som helhet skulle bli sämre.",
    "nothing": "Det skulle gå lika bra som det planen föreslår.",
}

_ENGLISH_FALLS = {
    "placed": "{less:fewer participant|fewer participants} would get a place.",
    "waiting": (
        "Long waits would count less: the plan's priority to them would fall by {less} in all."
    ),
    "norm_goals": "{less:fewer own norm goal|fewer own norm goals} would be met.",
    "points": "The plan would have {less:point|points} less in all.",
    "lowest_points": "The lowest points of anybody placed would be {less} less.",
    "stability": "{less:proposal|proposals} less of the former plan would be kept.",
    "parity": "Groups would differ too much by {less:percentage point|percentage points} more.",
}
_SWEDISH_FALLS = {
    "placed": "{less:deltagare|deltagare} färre skulle få en plats.",
    "waiting": (
        "Lång väntan skulle väga mindre: planens företräde för den skulle sjunka med {less}"
        " sammanlagt."
    ),
    "norm_goals": "{less:eget normmål|egna normmål} färre skulle nås.",
    "points": "Planen skulle få {less:poäng|poäng} mindre sammanlagt.",
    "lowest_points": "Den lägsta poängen för någon med plats skulle bli {less} lägre.",
    "stability": "{less:förslag|förslag} färre från den tidigare planen skulle vara kvar.",
    "parity": "Grupper skulle skilja sig för mycket med {less:procentenhet|procentenheter} till.",
}

_ENGLISH_EFFECTS = {
    "lose": "{others:other participant|other participants} would lose their place.",
    "gain": "{others:other participant|other participants} would get a place.",
    "move": "{others:other participant|other participants} would get another place than now.",
    "nobody_loses": "Nobody would lose their place.",
    "same": "Nothing else in the plan would change.",
    "better": "The plan as a whole would be better: it was not the best there is.",
    "open": "It is not proven that it must be so: a better plan may be found.",
}
_SWEDISH_EFFECTS = {
    "lose": "{others:annan deltagare|andra deltagare} skulle förlora sin plats.",
    "gain": "{others:annan deltagare|andra deltagare} skulle få en plats.",
    "move": "{others:annan deltagare|andra deltagare} skulle få en annan plats än nu.",
    "nobody_loses": "Ingen skulle förlora sin plats.",
    "same": "Inget annat i planen skulle ändras.",
    "better": "Planen som helhet skulle bli bättre: den var inte den bästa som finns.",
    "open": "Det är inte bevisat att det måste bli så: det kan finnas en bättre plan.",
}

_ENGLISH_WAYS = {
    "then": "{steps}, there would be a place: {place}.",
    "open_then": "{steps}, nothing that is known would stand between.",
    "and": "{first} and {second}",
    "both": "{first}, and {second}",
    "list": "{first}, {second}",
    "today": "Another plan that is just as good has a place for {participant} already: {place}.",
    "none": "{tried:change was|changes were} tried; none gives a place.",
    "nothing": "No single change, and no two together, would open a place.",
    "proven": "Proven: no smaller step of these kinds is enough.",
    "open": "It is not proven that no smaller step is enough.",
}
_SWEDISH_WAYS = {
    "then": "{steps}, så finns det en plats: {place}.",
    "open_then": "{steps}, så finns det inget känt hinder kvar.",
    "and": "{first} och {second}",
    "both": "{first}, och {second}",
    "list": "{first}, {second}",
    "today": "En annan plan som är lika bra har redan en plats för {participant}: {place}.",
    "none": "{tried:ändring|ändringar} prövades; ingen av dem ger en plats.",
    "nothing": "Ingen ändring för sig, och inga två tillsammans, skulle öppna en plats.",
    "proven": "Bevisat: inget mindre steg av de här slagen räcker.",
    "open": "Det är inte bevisat att inget mindre steg räcker.",
}

_ENGLISH_AUTHORITIES = {
    "municipality": "the municipality",
    "employment_service": "the employment service",
    "social_insurance": "the social insurance agency",
}
_SWEDISH_AUTHORITIES = {
    "municipality": "kommunen",
    "employment_service": "Arbetsförmedlingen",
    "social_insurance": "Försäkringskassan",
}

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
        *("september", "oktober", "november", "december"),
    ),
}

_ENGLISH_EXPLAIN = {
    "not_proven": "The plan is not proven best: this is the best that was found.",
    "remade": (
        "The plan does not fit the data as they are, or can be made better: the answer is for the"
        " plan made again from it, where {people:participant has|participants have} another"
        " proposal."
    ),
    "not_looking": "{participant} has a placement or an offer already, and looks for no place.",
    "placed": "The plan has {participant} here:",
    "pinned": "{participant} has a pinned placement, which every plan keeps:",
    "barred_today": "Today something stands between, but the placement stays.",
    "nowhere": "The plan has no place for {participant}.",
    "points": "{points:point|points}:",
    "criterion": "{criterion}: {value} of {full}, weighs {weight}",
    "starts": "starts {day}",
    "half_days": "half-days: {half_days}",
    "needs_met": "needs that are met: {needs}",
    "wants_met": "good to have, and there: {needs}",
    "next_best": "Next in points",
    "better": "Dearer wishes, and what stood between",
    "nearest": "The smallest steps to a place",
    "shortlist": "To talk about",
    "talk_about": "One of those to talk about: they differ from each other.",
    "why_not": "Why not here",
    "who": "Who could come",
    "order": "In the order of what each adds to the plan's goals; equals by pseudonym.",
    "nobody": "Nobody who looks could come here as things are.",
    "candidate": "{participant}: {now}",
    "now_at": "the plan has {place}",
    "now_here": "the plan has this place",
    "now_nowhere": "without a place in the plan",
    "no_opening": 'There is no opening "{opening}" in the data set.',
    "no_number": "An opening has an id, never a personal identity number.",
}
_SWEDISH_EXPLAIN = {
    "not_proven": "Planen är inte bevisat bäst: det här är det bästa som hittats.",
    "remade": (
        "Planen passar inte uppgifterna som de är, eller går att göra bättre: svaret gäller planen"
        " gjord på nytt från den, där {people:deltagare har|deltagare har} ett annat förslag."
    ),
    "not_looking": (
        "{participant} har redan en placering eller ett erbjudande och söker ingen plats."
    ),
    "placed": "Planen har {participant} här:",
    "pinned": "{participant} har en fastställd placering, som varje plan behåller:",
    "barred_today": "I dag står något emellan, men placeringen är kvar.",
    "nowhere": "Planen har ingen plats för {participant}.",
    "points": "{points:poäng|poäng}:",
    "criterion": "{criterion}: {value} av {full}, väger {weight}",
    "starts": "börjar {day}",
    "half_days": "halvdagar: {half_days}",
    "needs_met": "behov som är uppfyllda: {needs}",
    "wants_met": "bra att ha, och finns: {needs}",
    "next_best": "Närmast i poäng",
    "better": "Önskemål som står högre, och vad som stod emellan",
    "nearest": "De minsta stegen till en plats",
    "shortlist": "Att prata om",
    "talk_about": "En av dem att prata om: de skiljer sig från varandra.",
    "why_not": "Varför inte här",
    "who": "Vilka som kan komma",
    "order": "I ordning efter vad var och en ger planens mål; lika står efter pseudonym.",
    "nobody": "Ingen av dem som söker kan komma hit som det är nu.",
    "candidate": "{participant}: {now}",
    "now_at": "har {place} i planen",
    "now_here": "har den här platsen i planen",
    "now_nowhere": "utan plats i planen",
    "no_opening": "Det finns ingen plats ”{opening}” i datamängden.",
    "no_number": "En plats har ett id, aldrig ett personnummer.",
}


def _months(language: str) -> Mapping[str, str]:
    return {str(number): name for number, name in enumerate(_MONTHS[language], start=1)}


ENGLISH: Mapping[str, Mapping[str, str]] = {
    "reasons": _ENGLISH_REASONS,
    "falls": _ENGLISH_FALLS,
    "effects": _ENGLISH_EFFECTS,
    "steps": steps.ENGLISH_STEPS,
    "asked": steps.ENGLISH_ASKED,
    "ways": _ENGLISH_WAYS,
    "authorities": _ENGLISH_AUTHORITIES,
    "months": _months("en"),
    "explain": _ENGLISH_EXPLAIN,
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "reasons": _SWEDISH_REASONS,
    "falls": _SWEDISH_FALLS,
    "effects": _SWEDISH_EFFECTS,
    "steps": steps.SWEDISH_STEPS,
    "asked": steps.SWEDISH_ASKED,
    "ways": _SWEDISH_WAYS,
    "authorities": _SWEDISH_AUTHORITIES,
    "months": _months("sv"),
    "explain": _SWEDISH_EXPLAIN,
}
