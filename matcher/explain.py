"""For one participant: what is possible, what to check and with whom, what falls away and why.

Nothing is ranked away in silence: every opening stands in exactly one of the three groups. The
groups rest on the same rules as the plan, called on the same columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from matcher import capacity, eligibility, needs, scoring
from matcher.columns import Rows, Table, bit_count
from matcher.domain import (
    Barrier,
    BarrierCode,
    Insurer,
    Need,
    Opening,
    OpeningId,
    Participant,
    ParticipantId,
    YesNoUnknown,
)
from matcher.pairs import looking
from matcher.policy import Criterion, Policy
from matcher.travel import estimate
from matcher.travel.reach import Reach

STALE_DAYS = 30


class Whom(StrEnum):
    """Whom to ask, or who could remove a barrier."""

    SITE = "site"
    PARTICIPANT = "participant"
    AUTHORITY = "authority"
    TRAVEL_PLANNER = "travel_planner"
    COORDINATOR = "coordinator"


REMOVERS: Mapping[BarrierCode, Whom] = {
    BarrierCode.TRAVEL_TOO_LONG: Whom.PARTICIPANT,
    BarrierCode.HOURS_TOO_FEW: Whom.SITE,
    BarrierCode.HOURS_TOO_MANY: Whom.SITE,
    BarrierCode.SESSIONS_DO_NOT_FIT: Whom.PARTICIPANT,
    BarrierCode.STARTS_TOO_LATE: Whom.SITE,
    BarrierCode.OPENING_PAUSED: Whom.SITE,
    BarrierCode.MUNICIPALITY_NOT_SERVED: Whom.COORDINATOR,
    BarrierCode.ENROLMENT_REQUIRED: Whom.AUTHORITY,
    BarrierCode.NOT_INSURED: Whom.AUTHORITY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: Whom.COORDINATOR,
    BarrierCode.REMOTE_ONLY: Whom.SITE,
}
"""Who could remove a barrier. What is not here is nobody's to give up, or not to be asked for."""

EASY_FIXES = frozenset(
    {Need.SCENT_FREE, Need.CLEAR_WAYFINDING, Need.EASY_TEXT, Need.QUIET, Need.COMPANION}
)
"""Needs that a site can often meet without building: soap, signs, meeting up, text, music."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that nobody knows and that stands between: what, and whom to ask."""

    barrier: Barrier
    whom: Whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A journey as it is shown: ``low`` and ``high`` are the band of an estimate."""

    reach: Reach
    minutes: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """An opening without a barrier. ``questions`` only where the policy allows unknown needs."""

    opening_id: OpeningId
    points: int
    values: Mapping[Criterion, int]
    journey: Journey
    starts_on: date
    common_half_days: int
    needs_met: tuple[Need, ...]
    wants_met: tuple[Need, ...]
    seats_left: int
    confirmed_on: date | None
    stale: bool
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """An opening where everything that stands between is unknown, with what to ask."""

    opening_id: OpeningId
    journey: Journey
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FallsAway:
    """An opening with a known barrier: every barrier, and who could remove it (None: nobody)."""

    opening_id: OpeningId
    journey: Journey
    barriers: tuple[tuple[Barrier, Whom | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """All openings for one participant, in three groups. Advice: a person decides."""

    participant_id: ParticipantId
    possible: tuple[Possible, ...]
    to_check: tuple[ToCheck, ...]
    falls_away: tuple[FallsAway, ...]


def recommend(table: Table, policy: Policy, participant_id: ParticipantId) -> Recommendation:
    """All openings for one participant: possible, to check, falls away.

    Raises:
        KeyError: no such participant.
    """
    problem = table.problem
    person = problem.participant[participant_id]
    at = problem.participants.index(person)
    seats = capacity.left(problem).seats
    possible, to_check, falls_away = [], [], []
    for number, opening in enumerate(problem.openings):
        row = table.rows(np.array([at], dtype=np.int32), np.array([number], dtype=np.int32))
        barriers = eligibility.barriers(row, policy)
        questions = tuple(_question(b, row, person, opening) for b in barriers)
        asked = tuple(q for q in questions if q is not None)
        if not barriers:
            possible.append(_possible(row, policy, opening, int(seats[number])))
        elif len(asked) == len(barriers):
            to_check.append(
                ToCheck(opening_id=opening.opening_id, journey=_journey(row), questions=asked)
            )
        else:
            falls_away.append(_falls_away(row, opening, barriers))
    return Recommendation(
        participant_id=participant_id,
        possible=tuple(sorted(possible, key=_rank)),
        to_check=tuple(
            sorted(to_check, key=lambda found: (len(found.questions), found.opening_id))
        ),
        falls_away=tuple(
            sorted(falls_away, key=lambda found: (len(found.barriers), found.opening_id))
        ),
    )


def _rank(found: Possible) -> tuple[int, bool, int, str]:
    """Most points first; then confirmed before stale, short journeys before long."""
    minutes = found.journey.minutes
    return -found.points, found.stale, 10**6 if minutes is None else minutes, found.opening_id


def _possible(row: Rows, policy: Policy, opening: Opening, seats_left: int) -> Possible:
    today = row.table.problem.plan_date
    unknown = needs.needs_of(int(eligibility.unknown_needs(row)[0]))
    confirmed = opening.updated_at
    return Possible(
        opening_id=opening.opening_id,
        points=int(scoring.points(row, policy)[0]),
        values={name: int(value[0]) for name, value in scoring.values(row, policy).items()},
        journey=_journey(row),
        starts_on=date.fromordinal(int(row.start[0])),
        common_half_days=int(bit_count(row.p.available & row.o.sessions)[0]),
        needs_met=needs.needs_of(int((row.p.needs & row.met)[0])),
        wants_met=needs.needs_of(int((row.p.wants & row.met)[0])),
        seats_left=seats_left,
        confirmed_on=confirmed,
        stale=confirmed is None or (today - confirmed).days > STALE_DAYS,
        questions=tuple(
            Question(barrier=Barrier(code=BarrierCode.NEED_UNKNOWN, detail=need), whom=Whom.SITE)
            for need in unknown
        ),
    )


def _falls_away(row: Rows, opening: Opening, barriers: tuple[Barrier, ...]) -> FallsAway:
    return FallsAway(
        opening_id=opening.opening_id,
        journey=_journey(row),
        barriers=tuple((barrier, remover(barrier)) for barrier in barriers),
    )


def remover(barrier: Barrier) -> Whom | None:
    """Who could remove a barrier; None when nobody can, or nobody should be asked to."""
    if barrier.code is BarrierCode.NEED_UNMET:
        return Whom.SITE if Need(barrier.detail) in EASY_FIXES else None
    if barrier.code is BarrierCode.NEED_UNKNOWN:
        return Whom.SITE
    return REMOVERS.get(barrier.code)


def _question(
    barrier: Barrier, row: Rows, person: Participant, opening: Opening
) -> Question | None:
    """The question behind a barrier that rests on something unknown; None when it is known."""
    problem = row.table.problem
    provider = problem.provider[problem.site[opening.site_id].provider_id]
    asks = {
        BarrierCode.NEED_UNKNOWN: (True, Whom.SITE),
        BarrierCode.TRAVEL_UNKNOWN: (True, Whom.TRAVEL_PLANNER),
        BarrierCode.TRAVEL_TOO_LONG: (_may_fit(row, person), Whom.TRAVEL_PLANNER),
        BarrierCode.NOT_INSURED: (person.insured_by is Insurer.UNKNOWN, Whom.AUTHORITY),
        BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: (
            provider.equal_treatment is YesNoUnknown.UNKNOWN,
            Whom.COORDINATOR,
        ),
    }
    unknown, whom = asks.get(barrier.code, (False, Whom.SITE))
    return Question(barrier=barrier, whom=whom) if unknown else None


def _may_fit(row: Rows, person: Participant) -> bool:
    """Whether an estimate exceeds the limit, but its band does not."""
    journey = _journey(row)
    return journey.low is not None and journey.low <= person.max_travel_minutes


def _journey(row: Rows) -> Journey:
    """The journey of a pair; with its band when it is estimated."""
    reach, minutes = Reach(int(row.reach[0])), int(row.minutes[0])
    if reach is not Reach.MINUTES:
        return Journey(reach=reach)
    problem = row.table.problem
    if problem.travel_times is not None or row.remote[0]:
        return Journey(reach=reach, minutes=minutes)
    mode = problem.participants[int(row.participant[0])].travel_mode
    low, high = estimate.band(minutes, mode)
    return Journey(reach=reach, minutes=minutes, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierCount:
    """How often a barrier stands between a participant and an opening.

    ``pairs`` in which it occurs, in how many of them it is the only one, and how many
    ``participants`` meet it somewhere.
    """

    code: BarrierCode
    pairs: int
    alone: int
    participants: int


def barrier_counts(table: Table, policy: Policy) -> tuple[BarrierCount, ...]:
    """How often each barrier occurs over all pairs of those who are looking, commonest first."""
    found = np.zeros((len(eligibility.BARRIERS), 3), dtype=np.int64)
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    for person in np.flatnonzero(looking(table)).astype(np.int32):
        rows = table.rows(np.full(len(openings), person), openings)
        bars = np.stack([rule(rows, policy) != 0 for rule in eligibility.BARRIERS])
        alone = bars & (bars.sum(axis=0) == 1)
        found += np.stack([bars.sum(axis=1), alone.sum(axis=1), bars.any(axis=1)], axis=1)
    counts = [
        BarrierCount(
            code=BarrierCode(rule.__name__.upper()),
            pairs=int(pairs),
            alone=int(alone),
            participants=int(people),
        )
        for rule, (pairs, alone, people) in zip(eligibility.BARRIERS, found, strict=True)
    ]
    return tuple(sorted(counts, key=lambda count: (-count.pairs, count.code)))
