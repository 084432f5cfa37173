"""For one participant: what is possible, what to check and with whom, what falls away and why.

Nothing is ranked away in silence: every opening stands in exactly one of the three groups. The
groups rest on the same rules as the plan, called on the same columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matcher import capacity, eligibility, needs, scoring
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
)
from matcher.explain.journeys import Journey, Shown
from matcher.explain.whom import Whom, remover
from matcher.outcome import Effect
from matcher.policy import Criterion, Policy
from matcher.solve.standing import Standing, choose_each
from matcher.travel.atlas import Ints, Masks

STALE_DAYS = 30
FAR = 1_000_000
"""Minutes that stand for a journey of which none are known, in an order."""
EFFECTS = 40
"""Of so many possible openings, those first in order, the effect on the plan is told."""

_WHOM_TO_ASK: Mapping[BarrierCode, Whom] = {
    BarrierCode.NEED_UNKNOWN: Whom.SITE,
    BarrierCode.TRAVEL_UNKNOWN: Whom.TRAVEL_PLANNER,
    BarrierCode.TRAVEL_TOO_LONG: Whom.TRAVEL_PLANNER,
    BarrierCode.NOT_INSURED: Whom.AUTHORITY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: Whom.COORDINATOR,
}
_CODES = tuple(BarrierCode(rule.__name__.upper()) for rule in eligibility.BARRIERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that nobody knows and that stands between: what, and whom to ask."""

    barrier: Barrier
    whom: Whom


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
    effect: Effect | None = None


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


def recommend(
    table: Table,
    policy: Policy,
    participant_id: ParticipantId,
    standing: Standing | None = None,
    *,
    stale_days: int = STALE_DAYS,
) -> Recommendation:
    """All openings for one participant: possible, to check, falls away.

    Args:
        table: the problem.
        policy: the weighing.
        participant_id: for whom.
        standing: the plan as it stands; with it, every possible opening (at most ``EFFECTS``)
            carries what choosing it would do to the plan.
        stale_days: an opening that nobody has confirmed for longer is marked, and stands after its
            equals.

    Raises:
        KeyError: no such participant.
    """
    case = _case(table, policy, participant_id, stale_days)
    said = eligibility.judged(case.rows, policy)
    bars, asked = said != 0, _asked(case)
    free = ~bars.any(axis=0)
    known = (bars & ~asked).any(axis=0)
    named = _Namer(case, said)
    possible = sorted((_possible(case, int(at)) for at in np.flatnonzero(free)), key=_rank)
    unsure, away = np.flatnonzero(~free & ~known).tolist(), np.flatnonzero(known).tolist()
    to_check = [_to_check(case, at, named.questions(at)) for at in unsure]
    openings = table.problem.openings
    falls_away = [
        FallsAway(
            opening_id=openings[at].opening_id,
            journey=named.journey(at),
            barriers=named.barriers(at),
        )
        for at in away
    ]
    falls_away.sort(key=lambda one: len(one.barriers))  # openings stand in the order of their ids
    return Recommendation(
        participant_id=participant_id,
        possible=_with_effects(tuple(possible), participant_id, standing),
        to_check=tuple(sorted(to_check, key=_nearness)),
        falls_away=tuple(falls_away),
    )


def _with_effects(
    possible: tuple[Possible, ...], participant_id: ParticipantId, standing: Standing | None
) -> tuple[Possible, ...]:
    """The first of the possible openings with what choosing them does to the plan."""
    if standing is None:
        return possible
    first, rest = possible[:EFFECTS], possible[EFFECTS:]
    effects = choose_each(standing, participant_id, [one.opening_id for one in first])
    told = (replace(one, effect=e) for one, e in zip(first, effects, strict=True))
    return (*told, *rest)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Case:
    """One participant and every opening: ``rows`` has one row for each opening, in order.

    All arrays have shape (openings,); sets of needs are bits.
    """

    person: Participant
    rows: Rows
    points: Ints
    values: Mapping[Criterion, Ints]
    seats: Ints
    full: Masks
    common: Ints
    needs_met: Ints
    wants_met: Ints
    unknown: Ints
    shown: Shown
    stale_days: int

    def opening(self, at: int) -> Opening:
        return self.rows.table.problem.openings[at]


def _case(table: Table, policy: Policy, participant_id: ParticipantId, stale_days: int) -> _Case:
    problem = table.problem
    person = problem.participant[participant_id]
    openings = np.arange(len(problem.openings), dtype=np.int32)
    at = problem.participant_at[participant_id]
    rows = table.rows(np.full(len(openings), at, dtype=np.int32), openings)
    room = capacity.left(problem)
    return _Case(
        person=person,
        rows=rows,
        points=scoring.points(rows, policy),
        values=scoring.values(rows, policy),
        seats=room.seats,
        full=~capacity.has_room(room, rows),
        common=rows.p.available & rows.o.sessions,
        needs_met=rows.p.needs & rows.met,
        wants_met=rows.p.wants & rows.met,
        unknown=eligibility.unknown_needs(rows),
        shown=Shown(rows),
        stale_days=stale_days,
    )


class _Namer:
    """Barriers and journeys of openings as values; the many that are alike are made once."""

    def __init__(self, case: _Case, said: Ints) -> None:
        self._case = case
        self._said = np.ascontiguousarray(said.T)
        self._barriers: dict[tuple[bytes, int], tuple[tuple[Barrier, Whom | None], ...]] = {}
        self._journeys: dict[tuple[int, ...], Journey] = {}

    def journey(self, at: int) -> Journey:
        """The journey to an opening that falls away: there nothing is to be asked."""
        key = self._case.shown.key(at)
        if key not in self._journeys:
            self._journeys[key] = self._case.shown.journey(at, asking=False)
        return self._journeys[key]

    def barriers(self, at: int) -> tuple[tuple[Barrier, Whom | None], ...]:
        """Every barrier at an opening, and who could remove it."""
        said, minutes = self._said[at], int(self._case.rows.minutes[at])
        key = (said.tobytes(), minutes)
        if key not in self._barriers:
            named = eligibility.named(said, minutes)
            self._barriers[key] = tuple((barrier, remover(barrier)) for barrier in named)
        return self._barriers[key]

    def questions(self, at: int) -> tuple[Question, ...]:
        """What to ask where everything that stands between is unknown."""
        return tuple(
            Question(barrier=barrier, whom=_WHOM_TO_ASK[barrier.code])
            for barrier, _ in self.barriers(at)
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
        journey=case.shown.journey(at, asking=True),
        starts_on=date.fromordinal(int(rows.start[at])),
        common_half_days=Sessions(int(case.common[at])),
        needs_met=needs.needs_of(int(case.needs_met[at])),
        wants_met=needs.needs_of(int(case.wants_met[at])),
        seats_left=int(case.seats[at]),
        full=bool(case.full[at]),
        confirmed_on=confirmed,
        stale=confirmed is None
        or (rows.table.problem.plan_date - confirmed).days > case.stale_days,
        questions=_asks(case, at),
    )


def _asks(case: _Case, at: int) -> tuple[Question, ...]:
    """What to ask the site: the required needs of which nobody knows."""
    unknown = needs.needs_of(int(case.unknown[at]))
    barriers = (Barrier(code=BarrierCode.NEED_UNKNOWN, detail=need) for need in unknown)
    return tuple(Question(barrier=barrier, whom=Whom.SITE) for barrier in barriers)


def _to_check(case: _Case, at: int, questions: tuple[Question, ...]) -> ToCheck:
    also = tuple(ask for ask in _asks(case, at) if ask not in questions)
    return ToCheck(
        opening_id=case.opening(at).opening_id,
        journey=case.shown.journey(at, asking=True),
        questions=questions + also,
    )


def _asked(case: _Case) -> Masks:
    """(rules, openings) whether a barrier of that rule would rest on something unknown there."""
    limit = case.person.max_travel_minutes
    asked = np.zeros((len(_CODES), len(case.points)), dtype=np.bool_)
    asked[_CODES.index(BarrierCode.NEED_UNKNOWN)] = True
    asked[_CODES.index(BarrierCode.TRAVEL_UNKNOWN)] = True
    low = case.shown.low
    asked[_CODES.index(BarrierCode.TRAVEL_TOO_LONG)] = (low >= 0) & (low <= limit)
    asked[_CODES.index(BarrierCode.NOT_INSURED)] = case.person.insured_by is Insurer.UNKNOWN
    asked[_CODES.index(BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT)] = case.rows.o.agreement_unknown
    return asked
