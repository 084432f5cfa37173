"""Small worlds for tests: one person and one opening that fit, until a test changes something.

The person P1 stands at the site S1 (0 minutes away), comes two of ten half-days and eight hours a
week, and nothing bars P1 from O1. ``problem_of`` takes any parts and fills in what is missing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from matcher import columns, eligibility, scoring
from matcher.columns import Rows
from matcher.domain import (
    Occupation,
    Opening,
    OpeningId,
    Participant,
    ParticipantId,
    Placement,
    PlacementStatus,
    Problem,
    Provider,
    ProviderId,
    ProviderKind,
    Sessions,
    Site,
    SiteId,
    Survey,
    TravelTimes,
    Wish,
    WishKind,
    WishLevel,
    sessions_of,
)
from matcher.policy import Criterion, Policy

PLAN_DATE = date(2026, 12, 1)
ALL_WEEK = Sessions((1 << 10) - 1)
OCCUPATIONS = {
    "9413": Occupation(occupation_group="9413", field="hotel", women_pct=79.1),
    "9412": Occupation(occupation_group="9412", field="hotel", women_pct=58.1),
    "7231": Occupation(occupation_group="7231", field="repair", women_pct=3.8),
    "0110": Occupation(occupation_group="0110", field="army"),
}
"""Dominated by women, even, dominated by men, not known."""

PARTICIPANT = Participant(
    participant_id=ParticipantId("P1"),
    birth_year=1990,
    municipality_code="0180",
    hours_per_week=8,
    sessions_per_week=2,
    available=ALL_WEEK,
    max_travel_minutes=60,
    latitude=59.3,
    longitude=18.0,
)
PROVIDER = Provider(provider_id=ProviderId("A1"), kind=ProviderKind.ASF)
SITE = Site(
    site_id=SiteId("S1"),
    provider_id=ProviderId("A1"),
    municipality_code="0180",
    latitude=59.3,
    longitude=18.0,
)
OPENING = Opening(
    opening_id=OpeningId("O1"),
    site_id=SiteId("S1"),
    occupation_group="9413",
    seats=1,
    sessions=ALL_WEEK,
)
PLACEMENT = Placement(
    participant_id=ParticipantId("P1"),
    opening_id=OpeningId("O1"),
    status=PlacementStatus.ONGOING,
)
KINDS = (Participant, Provider, Site, Opening, Placement)
DEFAULTS = {Participant: (PARTICIPANT,), Provider: (PROVIDER,), Site: (SITE,), Opening: (OPENING,)}

Part = Participant | Provider | Site | Opening | Placement
Minutes = Mapping[tuple[str, str], int]
"""The rows of a travel table: -1 where the minutes are not known."""


def participant(name: str = "P1", **changes: object) -> Participant:
    """P1, or somebody else, with some fields changed."""
    return replace(PARTICIPANT, participant_id=ParticipantId(name), **changes)


def provider(name: str = "A1", **changes: object) -> Provider:
    """A1, or another provider, with some fields changed."""
    return replace(PROVIDER, provider_id=ProviderId(name), **changes)


def site(name: str = "S1", **changes: object) -> Site:
    """S1, or another site, with some fields changed."""
    return replace(SITE, site_id=SiteId(name), **changes)


def opening(name: str = "O1", **changes: object) -> Opening:
    """O1, or another opening, with some fields changed."""
    return replace(OPENING, opening_id=OpeningId(name), **changes)


def placement(**changes: object) -> Placement:
    """P1's ongoing placement at O1, with some fields changed."""
    return replace(PLACEMENT, **changes)


def surveyed(*answers: tuple[str, str | float], days_ago: int | None = 0) -> Survey:
    """A survey with these answers, made so many days before the plan date; None: undated."""
    made = None if days_ago is None else day(-days_ago)
    return Survey(surveyed_on=made, answers=MappingProxyType(dict(answers)))


def day(number: int) -> date:
    """The day so many days after the plan date."""
    return PLAN_DATE + timedelta(days=number)


def week(*names: str) -> Sessions:
    """The half-days with these names."""
    return sessions_of(names)


def seek(code: str, rank: int) -> Wish:
    """A sought group (four digits) or field."""
    return Wish(kind=WishKind.SEEK, level=_level(code), code=code, rank=rank)


def avoid(code: str) -> Wish:
    """A declined group (four digits) or field."""
    return Wish(kind=WishKind.AVOID, level=_level(code), code=code)


def _level(code: str) -> WishLevel:
    return WishLevel.GROUP if code.isdigit() else WishLevel.FIELD


def problem_of(*parts: Part, minutes: Minutes | None = None) -> Problem:
    """A problem of these parts; of each kind that is left out, the one above.

    ``minutes`` makes a travel table of exactly these rows, which is then the only source.
    """
    chosen = {kind: tuple(p for p in parts if isinstance(p, kind)) for kind in KINDS}
    chosen = {kind: chosen[kind] or DEFAULTS.get(kind, ()) for kind in KINDS}
    return Problem(
        plan_date=PLAN_DATE,
        participants=chosen[Participant],
        providers=chosen[Provider],
        sites=chosen[Site],
        openings=chosen[Opening],
        occupations=OCCUPATIONS,
        placements=chosen[Placement],
        travel_times=None if minutes is None else _travel_times(minutes),
    )


def _travel_times(minutes: Minutes) -> TravelTimes:
    people = tuple(sorted({person for person, _ in minutes}))
    places = tuple(sorted({place for _, place in minutes}))
    rows = sorted(minutes)
    return TravelTimes(
        participant_ids=people,
        site_ids=places,
        participant=np.array([people.index(person) for person, _ in rows], dtype=np.int32),
        site=np.array([places.index(place) for _, place in rows], dtype=np.int32),
        minutes=np.array([minutes[row] for row in rows], dtype=np.int32),
    )


def all_rows(problem: Problem, policy: Policy) -> Rows:
    """Every pair of a participant and an opening, by participant, then opening."""
    table = columns.load(problem, policy)
    people, openings = len(problem.participants), len(problem.openings)
    return table.rows(
        np.repeat(np.arange(people, dtype=np.int32), openings),
        np.tile(np.arange(openings, dtype=np.int32), people),
    )


def barriers_of(
    *parts: Part, policy: Policy | None = None, minutes: Minutes | None = None
) -> list[str]:
    """The barriers of the first participant and the first opening, as ``CODE`` or ``CODE:detail``.

    Every barrier is there, so an expected list also says that no other rule holds.
    """
    rows = all_rows(problem_of(*parts, minutes=minutes), policy or Policy())
    found = eligibility.barriers(rows, policy or Policy())
    return [str(barrier) for barrier in found[0]]


def barriers_by_pair(
    *parts: Part, policy: Policy | None = None, minutes: Minutes | None = None
) -> dict[str, list[str]]:
    """The barriers of every pair, by ``P1@O1``."""
    problem = problem_of(*parts, minutes=minutes)
    rows = all_rows(problem, policy or Policy())
    people, openings = problem.participants, problem.openings
    names = [f"{p.participant_id}@{o.opening_id}" for p in people for o in openings]
    found = eligibility.barriers(rows, policy or Policy())
    return dict(zip(names, ([str(b) for b in some] for some in found), strict=True))


def value_of(
    criterion: Criterion,
    *parts: Part,
    policy: Policy | None = None,
    minutes: Minutes | None = None,
) -> int:
    """What one criterion gives the first participant and the first opening."""
    rows = all_rows(problem_of(*parts, minutes=minutes), policy or Policy())
    return int(scoring.values(rows, policy or Policy())[criterion][0])


def points_of(*parts: Part, policy: Policy | None = None, minutes: Minutes | None = None) -> int:
    """The points of the first participant and the first opening."""
    rows = all_rows(problem_of(*parts, minutes=minutes), policy or Policy())
    return int(scoring.points(rows, policy or Policy())[0])
