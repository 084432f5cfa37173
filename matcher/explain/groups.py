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
from matcher.capacity import Capacity
from matcher.columns import Rows, Table
from matcher.domain import (
    Barrier,
    BarrierCode,
    Insurer,
    Need,
    Opening,
    OpeningId,
    Participant,
    ParticipantId,
    Sessions,
    YesNoUnknown,
)
from matcher.policy import Criterion, Policy
from matcher.travel import estimate
from matcher.travel.atlas import Ints
from matcher.travel.reach import Reach

STALE_DAYS = 30
FAR = 1_000_000
"""Minutes that stand for a journey of which none are known, in an order."""


class Whom(StrEnum):
    """Whom to ask, or who could remove a barrier."""

    SITE = "site"
    PARTICIPANT = "participant"
    AUTHORITY = "authority"
    TRAVEL_PLANNER = "travel_planner"
    COORDINATOR = "coordinator"


REMOVERS: Mapping[BarrierCode, Whom] = {
    BarrierCode.TRAVEL_TOO_LONG: Whom.PARTICIPANT,
    BarrierCode.TRAVEL_UNKNOWN: Whom.TRAVEL_PLANNER,
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
    """A journey as it is shown: ``low`` and ``high`` are the band of an estimate.

    ``from_home``: there is none, the work is done from home.
    """

    reach: Reach
    minutes: int | None = None
    low: int | None = None
    high: int | None = None
    from_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """An opening without a barrier.

    ``full``: no seat is left, or too few half-days with room for this participant. ``questions``
    only where the policy allows unknown needs.
    """

    opening_id: OpeningId
    points: int
    values: Mapping[Criterion, int]
    journey: Journey
    starts_on: date
    common_half_days: Sessions
    needs_met: tuple[Need, ...]
    wants_met: tuple[Need, ...]
    seats_left: int
    full: bool
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
    case = _case(table, policy, participant_id)
    possible: list[Possible] = []
    to_check: list[ToCheck] = []
    falls_away: list[FallsAway] = []
    for at, barriers in enumerate(eligibility.barriers(case.rows, policy)):
        questions = tuple(q for b in barriers if (q := _question(b, case, at)) is not None)
        if not barriers:
            possible.append(_possible(case, at))
        elif len(questions) == len(barriers):
            to_check.append(_to_check(case, at, questions))
        else:
            falls_away.append(_falls_away(case, at, barriers))
    return Recommendation(
        participant_id=participant_id,
        possible=tuple(sorted(possible, key=_rank)),
        to_check=tuple(sorted(to_check, key=_nearness)),
        falls_away=tuple(sorted(falls_away, key=lambda one: (len(one.barriers), one.opening_id))),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Case:
    """One participant and every opening: ``rows`` has one row for each opening, in order."""

    person: Participant
    rows: Rows
    points: Ints
    values: Mapping[Criterion, Ints]
    room: Capacity

    def opening(self, at: int) -> Opening:
        return self.rows.table.problem.openings[at]


def _case(table: Table, policy: Policy, participant_id: ParticipantId) -> _Case:
    problem = table.problem
    person = problem.participant[participant_id]
    openings = np.arange(len(problem.openings), dtype=np.int32)
    here = np.full(len(openings), problem.participants.index(person), dtype=np.int32)
    rows = table.rows(here, openings)
    return _Case(
        person=person,
        rows=rows,
        points=scoring.points(rows, policy),
        values=scoring.values(rows, policy),
        room=capacity.left(problem),
    )


def _nearness(found: ToCheck) -> tuple[int, int, str]:
    """Fewest questions first, then short journeys before long and unknown ones."""
    minutes = found.journey.minutes
    return len(found.questions), FAR if minutes is None else minutes, found.opening_id


def _rank(found: Possible) -> tuple[int, bool, int, str]:
    """Most points first; then confirmed before stale, short journeys before long."""
    minutes = found.journey.minutes
    return -found.points, found.stale, FAR if minutes is None else minutes, found.opening_id


def _possible(case: _Case, at: int) -> Possible:
    rows, opening = case.rows, case.opening(at)
    confirmed = opening.updated_at
    return Possible(
        opening_id=opening.opening_id,
        points=int(case.points[at]),
        values={name: int(value[at]) for name, value in case.values.items()},
        journey=_journey(case, at),
        starts_on=date.fromordinal(int(rows.start[at])),
        common_half_days=Sessions(int((rows.p.available & rows.o.sessions)[at])),
        needs_met=needs.needs_of(int((rows.p.needs & rows.met)[at])),
        wants_met=needs.needs_of(int((rows.p.wants & rows.met)[at])),
        seats_left=int(case.room.seats[at]),
        full=not capacity.has_room(case.room, rows)[at],
        confirmed_on=confirmed,
        stale=confirmed is None or (rows.table.problem.plan_date - confirmed).days > STALE_DAYS,
        questions=_asks(case, at),
    )


def _asks(case: _Case, at: int) -> tuple[Question, ...]:
    """What to ask the site: the required needs of which nobody knows."""
    unknown = needs.needs_of(int(eligibility.unknown_needs(case.rows)[at]))
    barriers = (Barrier(code=BarrierCode.NEED_UNKNOWN, detail=need) for need in unknown)
    return tuple(Question(barrier=barrier, whom=Whom.SITE) for barrier in barriers)


def _to_check(case: _Case, at: int, questions: tuple[Question, ...]) -> ToCheck:
    also = tuple(ask for ask in _asks(case, at) if ask not in questions)
    return ToCheck(
        opening_id=case.opening(at).opening_id,
        journey=_journey(case, at),
        questions=questions + also,
    )


def _falls_away(case: _Case, at: int, barriers: tuple[Barrier, ...]) -> FallsAway:
    return FallsAway(
        opening_id=case.opening(at).opening_id,
        journey=_journey(case, at),
        barriers=tuple((barrier, remover(barrier)) for barrier in barriers),
    )


def remover(barrier: Barrier) -> Whom | None:
    """Who could remove a barrier; None when nobody can, or nobody should be asked to."""
    if barrier.code is BarrierCode.NEED_UNMET:
        return Whom.SITE if Need(barrier.detail) in EASY_FIXES else None
    if barrier.code is BarrierCode.NEED_UNKNOWN:
        return Whom.SITE
    return REMOVERS.get(barrier.code)


def _question(barrier: Barrier, case: _Case, at: int) -> Question | None:
    """The question behind a barrier that rests on something unknown; None when it is known."""
    problem = case.rows.table.problem
    provider = problem.provider[problem.site[case.opening(at).site_id].provider_id]
    asks = {
        BarrierCode.NEED_UNKNOWN: (True, Whom.SITE),
        BarrierCode.TRAVEL_UNKNOWN: (True, Whom.TRAVEL_PLANNER),
        BarrierCode.TRAVEL_TOO_LONG: (_may_fit(case, at), Whom.TRAVEL_PLANNER),
        BarrierCode.NOT_INSURED: (case.person.insured_by is Insurer.UNKNOWN, Whom.AUTHORITY),
        BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: (
            provider.equal_treatment is YesNoUnknown.UNKNOWN,
            Whom.COORDINATOR,
        ),
    }
    unknown, whom = asks.get(barrier.code, (False, Whom.SITE))
    return Question(barrier=barrier, whom=whom) if unknown else None


def _may_fit(case: _Case, at: int) -> bool:
    """Whether an estimate exceeds the limit, but its band does not."""
    low = _journey(case, at).low
    return low is not None and low <= case.person.max_travel_minutes


def _journey(case: _Case, at: int) -> Journey:
    """The journey to an opening; with its band when it is estimated."""
    rows = case.rows
    reach, minutes = Reach(int(rows.reach[at])), int(rows.minutes[at])
    if reach is not Reach.MINUTES:
        return Journey(reach=reach)
    if rows.remote[at]:
        return Journey(reach=reach, minutes=minutes, from_home=True)
    if rows.table.problem.travel_times is not None:
        return Journey(reach=reach, minutes=minutes)
    low, high = estimate.band(minutes, case.person.travel_mode)
    return Journey(reach=reach, minutes=minutes, low=low, high=high)
