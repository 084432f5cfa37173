"""Places for a participant: possible, to check, falling away; with a map, and to compare some.

Filters stand in the address; they are about places. Gender, also how many women work in an
occupation, is shown only to whoever asks for it (``?kon=visa``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.pages.drawing import Map, county
from api.pages.lists import Offset
from api.pages.visit import Visit, Visiting
from api.schemas.recommendations import (
    Count,
    FallsAwayOut,
    GroupName,
    Place,
    PossibleOut,
    Recommendations,
    ToCheckOut,
)
from api.schemas.trying import ShiftOut
from data.reference import occupations
from matcher.domain import ProviderKind

router = APIRouter()

FEW, MANY = 5, 20
"""Places of each group where all three are shown, and of one group alone."""
MOST_COMPARED = 4
GROUPS: Mapping[str, GroupName] = {
    "mojliga": "possible",
    "att-kolla": "toCheck",
    "faller-bort": "fallsAway",
}
"""The groups, as addresses have them."""
LEVELS = ((1000, "whole"), (700, "much"), (350, "half"), (1, "little"), (0, "none"))
"""From what a criterion gives, of 1000, to words."""
Gendered = Annotated[Literal["", "visa"], Query(alias="kon")]
"""``?kon=visa`` where somebody wants to see gender."""


class Filters(BaseModel):
    """Which places somebody wants to see, as the address has it; empty is any."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    group: Literal["", "mojliga", "att-kolla", "faller-bort"] = Field("", alias="grupp")
    municipality: str = Field("", alias="kommun", max_length=4)
    field: str = Field("", alias="bransch", max_length=40)
    kind: ProviderKind | Literal[""] = Field("", alias="anordnare")
    free: Literal["", "ja"] = Field("", alias="lediga")
    gender: Literal["", "visa"] = Field("", alias="kon")

    @property
    def narrow(self) -> bool:
        """Whether some places are left out by choice."""
        return bool(self.municipality or self.field or self.kind or self.free)

    def query(self, **changed: str) -> str:
        """The same filters but for some, as an address has them: ``?kommun=0180``."""
        kept = self.model_dump(mode="json", by_alias=True) | changed
        found = urlencode({name: value for name, value in kept.items() if value})
        return f"?{found}" if found else "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShown:
    """A group, or a page of it; ``before`` and ``after`` lead to the neighbours."""

    name: GroupName
    key: str
    items: tuple[PossibleOut | ToCheckOut | FallsAwayOut, ...]
    total: int
    whole: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchesPage:
    """What is possible for somebody, and where.

    ``twins``: numbers of places that have one name, so that their links can be told apart.
    ``gender``: the code of the participant's own, None where it is not shown; ``women``: the
    share of women by occupation group, empty then.
    """

    participant_id: UUID
    pseudonym: str
    filters: Filters
    groups: tuple[GroupShown, ...]
    totals: Mapping[str, int]
    shortlist: tuple[PossibleOut, ...]
    municipalities: tuple[Count, ...]
    fields: tuple[Count, ...]
    twins: Mapping[UUID, int]
    map: Map | None
    offset: int
    limit: int
    gender: str | None
    women: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """Up to four places side by side; ``left_out`` is how many more were chosen.

    ``levels``: what each criterion gives, in words, by place. ``show`` and ``hide`` are addresses.
    """

    participant_id: UUID
    pseudonym: str
    compared: tuple[PossibleOut | ToCheckOut | FallsAwayOut, ...]
    twins: Mapping[UUID, int]
    names: Mapping[UUID, GroupName]
    levels: Mapping[UUID, Mapping[str, str]]
    left_out: int
    show: str
    hide: str
    gender: str | None
    women: Mapping[str, float]


@router.get("/deltagare/{participant_id}/platser", name="page:matches")
def matches(
    visit: Visiting, participant_id: UUID, filters: Annotated[Filters, Query()], offset: Offset
) -> Response:
    """Places for a participant in three groups, beside a map."""
    alone = GROUPS.get(filters.group)
    limit = MANY if alone else FEW
    found = visit.api.list_recommendations(
        participant_id,
        group=alone,
        municipality_code=filters.municipality or None,
        field=filters.field or None,
        provider_kind=filters.kind or None,
        free_only=True if filters.free else None,
        limit=limit,
        offset=offset if alone else 0,
    )
    shortlist = () if alone or filters.narrow else _shortlist(visit, participant_id, found)
    numbers = {one.code: one.possible for one in found.municipalities}
    page = MatchesPage(
        participant_id=participant_id,
        pseudonym=found.participant,
        filters=filters,
        groups=_groups(found, filters),
        totals={name: getattr(found, _ATTRIBUTE[name]).total for name in GROUPS.values()},
        shortlist=shortlist,
        municipalities=found.municipalities,
        fields=found.fields,
        twins=twins_of(_items(found)),
        map=county(numbers, filters.municipality or None),
        offset=offset,
        limit=limit,
        gender=gender_of(visit, participant_id, filters.gender),
        women=women(filters.gender),
    )
    return visit.shown("matches.html", page)


@router.get("/deltagare/{participant_id}/jamfor", name="page:compare")
def compare(
    visit: Visiting,
    participant_id: UUID,
    chosen: Annotated[tuple[UUID, ...], Query(alias="plats", max_length=100)] = (),
    kon: Gendered = "",
) -> Response:
    """Up to four places side by side, in the order in which they were chosen."""
    wanted = tuple(dict.fromkeys(chosen))
    compared = wanted[:MOST_COMPARED]
    limit = MOST_COMPARED if compared else 1
    found = visit.api.list_recommendations(
        participant_id, opening_ids=compared or None, limit=limit
    )
    places = {one.opening_id: one for one in _items(found)} if compared else {}
    names = {
        one.opening_id: name
        for name in GROUPS.values()
        for one in getattr(found, _ATTRIBUTE[name]).items
    }
    again = [("plats", str(one)) for one in compared]
    page = ComparePage(
        participant_id=participant_id,
        pseudonym=found.participant,
        compared=tuple(places[one] for one in compared if one in places),
        twins=twins_of(places.values()),
        names=names,
        levels={
            one.opening_id: {row.code: level(row.value) for row in one.criteria}
            for one in (found.possible.items if compared else ())
        },
        left_out=len(wanted) - len(compared),
        show=f"?{urlencode([*again, ('kon', 'visa')])}",
        hide=f"?{urlencode(again)}",
        gender=gender_of(visit, participant_id, kon),
        women=women(kon),
    )
    return visit.shown("compare.html", page)


def level(value: int) -> str:
    """What a criterion gives, 0 to 1000, as the code of words."""
    return next(word for least, word in LEVELS if value >= least)


def gender_of(visit: Visit, participant_id: UUID, asked: str) -> str | None:
    """The participant's gender, where somebody asks for it; else it is not even read."""
    if not asked:
        return None
    return str(visit.api.read_participant(participant_id).value.profile.gender)


def women(asked: str) -> Mapping[str, float]:
    """The share of women in each occupation group (SCB), where somebody asks for it."""
    return _women() if asked else {}


@cache
def _women() -> Mapping[str, float]:
    return {
        row["occupation_group"]: float(row["women_pct"]) / 100
        for row in occupations()
        if row["women_pct"]
    }


_ATTRIBUTE: Mapping[GroupName, str] = {
    "possible": "possible",
    "toCheck": "to_check",
    "fallsAway": "falls_away",
}


def _items(found: Recommendations) -> tuple[PossibleOut | ToCheckOut | FallsAwayOut, ...]:
    return (*found.possible.items, *found.to_check.items, *found.falls_away.items)


def twins_of(items: Iterable[Place | ShiftOut]) -> Mapping[UUID, int]:
    """A number for each of those that have a name together with another."""
    items = tuple({one.opening_id: one for one in items}.values())
    names = Counter((one.title, one.site) for one in items)
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for one in items:
        name = one.title, one.site
        if names[name] > 1:
            seen[name] += 1
            found[one.opening_id] = seen[name]
    return found


def _groups(found: Recommendations, filters: Filters) -> tuple[GroupShown, ...]:
    """The group that was asked for, or the first few of all three."""
    shown = [filters.group] if filters.group else list(GROUPS)
    rows = []
    for key in shown:
        name = GROUPS[key]
        group = getattr(found, _ATTRIBUTE[name])

        def at(offset: int, key: str = key) -> str:
            return filters.query(grupp=key, **{"from": str(offset)})

        rows.append(
            GroupShown(
                name=name,
                key=key,
                items=group.items,
                total=group.total,
                whole=bool(filters.group),
                before=at(max(0, found.offset - found.limit)),
                after=at(found.offset + found.limit),
            )
        )
    return tuple(rows)


def _shortlist(
    visit: Visit, participant_id: UUID, found: Recommendations
) -> tuple[PossibleOut, ...]:
    """Those to talk about; asked for where they are not among the first."""
    known = {one.opening_id: one for one in found.possible.items}
    missing = tuple(one for one in found.shortlist if one not in known)
    if missing:
        more = visit.api.list_recommendations(
            participant_id, group="possible", opening_ids=missing
        )
        known |= {one.opening_id: one for one in more.possible.items}
    return tuple(known[one] for one in found.shortlist if one in known)
