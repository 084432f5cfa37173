"""The eligible pairs: made once, without a solver, in columns.

A barred pair has no row, so no bug of a solver can choose it. Rows are made block by block from
the sites within each participant's reach: an index that skips only what a travel rule or
``OPENING_PAUSED`` bars (tests/properties).
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from matcher import eligibility, occupations, scoring
from matcher.columns import Columns, Rows, Table, active
from matcher.domain import Gender, PlacementStatus
from matcher.policy import Policy
from matcher.travel.atlas import Ints, Journeys, Masks
from matcher.travel.table import runs

PEOPLE_AT_A_TIME = 1024
ROWS_AT_A_TIME = 1 << 18


@dataclass(frozen=True, eq=False)
class Pairs(Columns):
    """Every eligible pair of a participant who is looking, sorted by participant, then opening.

    All arrays have shape (pairs,): positions in the problem, minutes (-1: withheld), the start as
    a day number, points 0..1000, and whether the pair meets a norm goal.
    """

    participant: Ints
    opening: Ints
    minutes: Ints
    start: Ints
    points: Ints
    norm: Masks

    def __len__(self) -> int:
        return len(self.opening)


def looking(table: Table) -> Masks:
    """(participants,) who looks for a place: nobody with an active pinned or offered placement."""
    problem = table.problem
    settled = {
        placement.participant_id
        for placement in problem.placements
        if placement.status is not PlacementStatus.ONGOING and active(placement, problem)
    }
    return np.array(
        [p.participant_id not in settled for p in problem.participants], dtype=np.bool_
    )


def eligible(table: Table, policy: Policy) -> Pairs:
    """Every pair without a barrier, with its points, of the participants who are looking."""
    norm = norm_goals(table)
    parts = [_eligible(rows, policy, norm) for rows in _candidates(table)]
    return _sorted(parts, len(table.problem.openings))


def of(table: Table, policy: Policy, participant_id: str, opening_id: str) -> Pairs:
    """The pair of one participant, looking or not, and one opening: none when it is barred."""
    people = [p.participant_id for p in table.problem.participants]
    openings = [o.opening_id for o in table.problem.openings]
    person = np.array([bisect_left(people, participant_id)], dtype=np.int32)
    opening = np.array([bisect_left(openings, opening_id)], dtype=np.int32)
    return _eligible(table.rows(person, opening), policy, norm_goals(table))


def _eligible(rows: Rows, policy: Policy, norm: Masks) -> Pairs:
    free = np.flatnonzero(~eligibility.barred(rows, policy))
    rows = rows.take(free)
    groups = rows.o.group
    meets = norm[rows.participant, groups] & (scoring.wish(rows, policy) > 0)
    return Pairs(
        participant=rows.participant,
        opening=rows.opening,
        minutes=rows.minutes,
        start=rows.start,
        points=scoring.points(rows, policy),
        norm=meets,
    )


def norm_goals(table: Table) -> Masks:
    """(participants, groups) whether the group is norm-breaking for somebody with that goal."""
    problem = table.problem
    groups = dict.fromkeys(o.occupation_group for o in problem.openings)
    breaking = {
        gender: [occupations.norm_breaking(gender, problem.occupations[g]) for g in groups]
        for gender in Gender
    }
    nothing = [False] * len(groups)
    rows = [breaking[p.gender] if p.norm_goal else nothing for p in problem.participants]
    return np.array(rows, dtype=np.bool_).reshape(len(problem.participants), len(groups))


def _candidates(table: Table) -> Iterator[Rows]:
    """Every pair that travel and ``OPENING_PAUSED`` leave, in blocks of at most some rows."""
    who = np.flatnonzero(looking(table)).astype(np.int32)
    open_ = np.flatnonzero(table.o.open).astype(np.int32)
    near = who[~table.p.protected[who]]
    yield from _near(table, near, open_)
    yield from every(table, near[table.p.remote[near]], open_[table.o.remote[open_]])
    yield from every(table, who[table.p.protected[who]], open_)


def _near(table: Table, who: Ints, openings: Ints) -> Iterator[Rows]:
    """The pairs within the participants' reach that are not done from home."""
    at_site = openings[np.argsort(table.o.site[openings], kind="stable")]
    first = np.searchsorted(table.o.site[at_site], np.arange(len(table.problem.sites) + 1))
    wanted = np.zeros(len(table.problem.participants), dtype=np.bool_)
    wanted[who] = True
    for low in range(0, len(wanted), PEOPLE_AT_A_TIME):
        high = min(low + PEOPLE_AT_A_TIME, len(wanted))
        journeys = table.atlas.within(low, high, table.p.max_travel_minutes)
        journeys = journeys.keep(wanted[journeys.participant])
        for part in _parts(len(journeys.site), max(1, ROWS_AT_A_TIME // _per_site(first))):
            some = journeys.keep(part)
            journey, opening = _expand(some, first, at_site)
            away = ~(table.p.remote[some.participant[journey]] & table.o.remote[opening])
            yield table.rows_on(some.keep(journey[away]), opening[away])


def _per_site(first: npt.NDArray[np.int64]) -> int:
    counts = np.diff(first)
    return max(1, round(counts.mean())) if len(counts) else 1


def _expand(
    journeys: Journeys, first: npt.NDArray[np.int64], at_site: Ints
) -> tuple[npt.NDArray[np.int64], Ints]:
    """For every opening at the end of every journey: which journey, and which opening."""
    counts = first[journeys.site + 1] - first[journeys.site]
    journey = np.repeat(np.arange(len(counts)), counts)
    return journey, at_site[runs(first[journeys.site], counts)]


def every(table: Table, who: Ints, openings: Ints) -> Iterator[Rows]:
    """All pairs of these participants and openings, in blocks of whole participants."""
    if not len(openings):
        return
    people = max(1, ROWS_AT_A_TIME // len(openings))
    for low in range(0, len(who), people):
        some = who[low : low + people]
        yield table.rows(np.repeat(some, len(openings)), np.tile(openings, len(some)))


def _parts(rows: int, size: int) -> Iterator[slice]:
    return (slice(low, low + size) for low in range(0, rows, size))


def _sorted(parts: list[Pairs], openings: int) -> Pairs:
    """All parts as one, sorted by participant, then opening."""
    if not parts:
        nothing, no = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)
        return Pairs(nothing, nothing, nothing, nothing, nothing, no)
    columns = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Pairs)}
    order = np.argsort(columns["participant"].astype(np.int64) * openings + columns["opening"])
    return Pairs(**columns).take(order)
