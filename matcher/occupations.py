"""SSYK 2012 groups: their field, and by whom they are dominated.

SCB calls a distribution even between 40 and 60 per cent; beyond that a group is dominated. It is
judged on the four-digit group, never on the field: café assistants are 79 % women inside an even
field, dog day-care 83 % inside a field dominated by men.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from data import reference
from matcher.domain import Gender, Occupation

DOMINATED_PCT = 60.0


@cache
def shipped() -> Mapping[str, Occupation]:
    """The shipped reference by group: SCB's register of occupations; see data/SOURCES.md."""
    return MappingProxyType(
        {row["occupation_group"]: occupation(row) for row in reference.occupations()}
    )


def occupation(row: Mapping[str, str]) -> Occupation:
    """An occupation from the text cells of one row of the occupations table."""
    return Occupation(
        occupation_group=row["occupation_group"],
        field=row["field"],
        label_sv=row["label_sv"],
        label_en=row["label_en"],
        women_pct=float(row["women_pct"]) if row["women_pct"] else None,
        year=int(row["year"]) if row["year"] else None,
        source=row["source"],
    )


def dominant(group: Occupation) -> Gender | None:
    """The gender that dominates a group: more than 60 % of it; None when even or not known."""
    if group.women_pct is None:
        return None
    if group.women_pct > DOMINATED_PCT:
        return Gender.WOMAN
    return Gender.MAN if group.women_pct < 100 - DOMINATED_PCT else None


def norm_breaking(gender: Gender, group: Occupation) -> bool:
    """Whether the group is dominated by the other gender than one's own (normbrytande).

    For other or undisclosed gender: never.
    """
    other = {Gender.WOMAN: Gender.MAN, Gender.MAN: Gender.WOMAN}.get(gender)
    return other is not None and dominant(group) is other
