"""Events of a data set and a plan: what can be told before the service has a history.

Wished, recommended and proposed are of the plan date; accepted, started and ended come from the
table ``placements`` alone. An offer is no stage of its own, so an offered placement leaves none.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import NamedTuple

import numpy as np

from matcher import columns, pairs
from matcher.balance.events import EventColumns, Events, PeopleColumns, collect
from matcher.balance.words import Ending, Stage
from matcher.columns import Table
from matcher.domain import (
    OpeningId,
    Participant,
    Placement,
    PlacementStatus,
    Problem,
    Wish,
    WishKind,
    WishLevel,
)
from matcher.explain import STALE_DAYS
from matcher.outcome import Plan
from matcher.policy import Policy

RECOMMENDED = 5
"""So many openings, the first in the order of a recommendation, count as recommended."""
FAR = 1 << 20
"""Minutes that stand for a journey of which none are known, in an order."""


class _Row(NamedTuple):
    """One event; the fields of ``EventColumns``."""

    participant_id: str
    stage: str
    day: date | None
    opening: str = ""
    group: str = ""
    field: str = ""
    provider: str = ""
    kind: str = ""
    rank: int | None = None
    ending: str = ""
    hours_first: int | None = None
    hours_last: int | None = None
    reason: str = ""


def planned(
    problem: Problem, policy: Policy, plan: Plan | None = None, salt: bytes = b""
) -> Events:
    """The events of a data set, and of a plan for it where there is one.

    Args:
        problem: who looks for what, and what there is.
        policy: the weighing, by which openings are recommended.
        plan: whose assignments are the proposals; what it keeps as pinned is none.
        salt: as ``collect`` takes it.
    """
    table = columns.load(problem, policy)
    rows = [
        *_wishes(problem),
        *_recommended(table, policy),
        *_proposed(problem, plan),
        *_placements(problem),
    ]
    return collect(_people(table), _columns(rows), salt)


def sought(problem: Problem, policy: Policy) -> EventColumns:
    """What those who look for a place wish for and are recommended: for a history's events.

    Args:
        problem: who looks for what, and what there is.
        policy: the weighing, by which openings are recommended.
    """
    return _columns([*_wishes(problem), *_recommended(columns.load(problem, policy), policy)])


def _columns(rows: list[_Row]) -> EventColumns:
    names = [field.name for field in fields(EventColumns)]
    made = (
        dict(zip(names, zip(*rows, strict=True), strict=True))
        if rows
        else dict.fromkeys(names, ())
    )
    return EventColumns(**made)


def _people(table: Table) -> PeopleColumns:
    people = table.problem.participants
    return PeopleColumns(
        year=table.problem.plan_date.year,
        participant_id=[p.participant_id for p in people],
        protected=[p.protected_identity for p in people],
        gender=[p.gender for p in people],
        birth_year=[p.birth_year for p in people],
        association=[p.association or "" for p in people],
        municipality=[p.municipality_code for p in people],
        supervisor=[p.supervisor_id or "" for p in people],
        norm_goal=[p.norm_goal for p in people],
        waiting_since=[p.waiting_since for p in people],
        hours=[p.hours_per_week for p in people],
        hours_goal=[p.hours_goal for p in people],
        looks=pairs.looking(table).tolist(),
    )


def _wishes(problem: Problem) -> Iterator[_Row]:
    """What is sought and not also declined."""
    for person in problem.participants:
        declined = {wish.code for wish in person.wishes if wish.kind is WishKind.AVOID}
        for wish in person.wishes:
            by_group = wish.level is WishLevel.GROUP
            field = problem.occupations[wish.code].field if by_group else wish.code
            if wish.kind is WishKind.SEEK and not {wish.code, field} & declined:
                yield _wish(person, wish, field, problem.plan_date)


def _wish(person: Participant, wish: Wish, field: str, day: date) -> _Row:
    by_group = wish.level is WishLevel.GROUP
    group = wish.code if by_group else ""
    return _Row(person.participant_id, Stage.WISHED, day, "", group, field, rank=wish.rank)


def _recommended(table: Table, policy: Policy) -> Iterator[_Row]:
    """The first openings for each who looks, in the order of ``explain.recommend``."""
    problem = table.problem
    found = pairs.eligible(table, policy)
    confirmed = [
        opening.updated_at is not None
        and (problem.plan_date - opening.updated_at).days <= STALE_DAYS
        for opening in problem.openings
    ]
    stale = ~np.array(confirmed, dtype=np.bool_)[found.opening]
    minutes = np.where(found.minutes < 0, FAR, found.minutes)
    order = np.lexsort((found.opening, minutes, stale, -found.points, found.participant))
    who, where = found.participant[order], found.opening[order]
    first = np.searchsorted(who, np.arange(len(problem.participants)))
    rank = np.arange(len(who)) - first[who] + 1
    for at in np.flatnonzero(rank <= RECOMMENDED).tolist():
        person, opening = problem.participants[who[at]], problem.openings[where[at]]
        yield _at(problem, opening.opening_id)._replace(
            participant_id=person.participant_id,
            stage=Stage.RECOMMENDED,
            day=problem.plan_date,
            rank=int(rank[at]),
        )


def _proposed(problem: Problem, plan: Plan | None) -> Iterator[_Row]:
    for row in plan.assignments if plan else ():
        if not row.pinned:
            yield _at(problem, row.opening_id)._replace(
                participant_id=row.participant_id, stage=Stage.PROPOSED, day=problem.plan_date
            )


def _placements(problem: Problem) -> Iterator[_Row]:
    """What has been decided, and what of it has begun or is over on the plan date."""
    today = problem.plan_date
    for placement in problem.placements:
        if placement.status is PlacementStatus.OFFERED:
            continue
        row = _at(problem, placement.opening_id)
        row = row._replace(participant_id=placement.participant_id)
        yield row._replace(stage=Stage.ACCEPTED)
        if not _begun(placement, today):
            continue
        yield row._replace(stage=Stage.STARTED, day=placement.starts_on)
        if placement.ends_on is not None and placement.ends_on < today:
            yield row._replace(stage=Stage.ENDED, day=placement.ends_on, ending=Ending.UNKNOWN)


def _begun(placement: Placement, today: date) -> bool:
    """Whether somebody is there, or was: what is ongoing without a day has begun."""
    if placement.starts_on is None:
        return placement.status is PlacementStatus.ONGOING
    return placement.starts_on <= today


def _at(problem: Problem, opening_id: OpeningId) -> _Row:
    """What an event at an opening says of the opening."""
    opening = problem.opening[opening_id]
    provider = problem.provider[problem.site[opening.site_id].provider_id]
    return _Row(
        participant_id="",
        stage="",
        day=None,
        opening=opening_id,
        group=opening.occupation_group,
        field=problem.occupations[opening.occupation_group].field,
        provider=provider.provider_id,
        kind=provider.kind,
    )
