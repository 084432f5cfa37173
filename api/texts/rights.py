"""What stays when a participant is erased, and why, in both languages."""

from collections.abc import Mapping

_ENGLISH = {
    "placements": (
        "Placements stay without the participant and without notes: seats and endings are counted."
    ),
    "audit": (
        "The audit stays, with a random number in place of a person: the law of records asks who"
        " did what, and when. The number leads nowhere any more."
    ),
    "unmet_demand": "What was looked for and not found stays: no person was ever in it.",
    "backups": "Backups are not changed; they are overwritten when their time is over.",
}
_SWEDISH = {
    "placements": (
        "Placeringar finns kvar utan deltagaren och utan anteckningar, för att platser och avslut"
        " ska kunna räknas."
    ),
    "audit": (
        "Loggen finns kvar med ett slumptal i stället för en person: arkivlagen kräver att det går"
        " att se vem som gjorde vad, och när. Slumptalet leder inte längre till någon."
    ),
    "unmet_demand": (
        "Uppgifter om vad som söktes men inte fanns är kvar: där har det aldrig funnits någon"
        " person."
    ),
    "backups": "Säkerhetskopior ändras inte. De skrivs över när deras tid är ute.",
}

ENGLISH: Mapping[str, Mapping[str, str]] = {"kept": _ENGLISH}
SWEDISH: Mapping[str, Mapping[str, str]] = {"kept": _SWEDISH}
KEPT = tuple(_ENGLISH)
"""The codes, in order."""
