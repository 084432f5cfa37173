"""For one participant: what is possible, what to check and with whom, what falls away and why.

Nothing is ranked away in silence: every opening stands in exactly one of the three groups. The
groups rest on the same rules as the plan, called on the same columns.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, overload

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
    Sessions,
)
from matcher.explain.asking import Question, about_minutes, about_needs, question
from matcher.explain.journeys import Journey, Shown
from matcher.explain.whom import Whom, remover
from matcher.outcome import Effect
from matcher.policy import Criterion, Policy
from matcher.solve.standing import Standing, choose_each
from matcher.travel.atlas import Ints, Masks, Positions
from matcher.travel.reach import Reach

Item = TypeVar("Item")

STALE_DAYS = 30
FAR = 1_000_000
"""Minutes that stand for a journey of which none are known, in an order."""
EFFECTS = 40
"""Of so many possible openings, those first in order, the effect on the plan is told."""

_CODES = tuple(BarrierCode(rule.__name__.upper()) for rule in eligibility.BARRIERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """An opening without a barrier.

    ``full``: no seat is left, or too few half-days with room for this participant. ``questions``:
    what does not stand between and is asked all the same: needs of which nobody knows, where the
    policy allows them, and minutes whose band reaches above the limit.
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
    """An opening where everything that stands between is unknown, with what to ask.

    Asked is besides what is asked of a possible opening, if there is such a thing.
    """

    opening_id: OpeningId
    journey: Journey
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FallsAway:
    """An opening with a known barrier: every barrier, and who could remove it (None: nobody)."""

    opening_id: OpeningId
    journey: Journey
    barriers: tuple[tuple[Barrier, Whom | None], ...]


class Told(Sequence[Item]):
    """A group in its order; each opening in it is told when somebody looks at it, and then kept.

    There are hundreds in a county, of which people look at the first few.
    """

    def __init__(self, order: Positions, tell: Callable[[int], Item]) -> None:
        """Keep the order, and what tells an opening by its position."""
        self._order = order.tolist()
        self._tell = tell
        self._told: dict[int, Item] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._order)

    @property
    def positions(self) -> tuple[int, ...]:
        """Where each of them stands among the problem's openings; none is told for it."""
        return tuple(self._order)

    def among(self, wanted: Container[int]) -> "Told[Item]":
        """Those at wanted positions, in the same order; none is told for it."""
        kept = [at for at in self._order if at in wanted]
        return Told(np.array(kept, dtype=np.int32), self._tell)

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        """One of them, or some."""
        if isinstance(at, slice):
            return tuple(self._one(position) for position in self._order[at])
        return self._one(self._order[at])

    def __eq__(self, other: object) -> bool:
        """Whether the same is told in the same order."""
        return isinstance(other, Told) and self[:] == other[:]

    def __hash__(self) -> int:
        """By what is told."""
        return hash(self[:])

    def __repr__(self) -> str:
        """All that is told."""
        return repr(self[:])

    def _one(self, position: int) -> Item:
        if position not in self._told:
            self._told[position] = self._tell(position)
        return self._told[position]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """All openings for one participant, in three groups. Advice: a person decides."""

    participant_id: ParticipantId
    possible: Sequence[Possible]
    to_check: Told[ToCheck]
    falls_away: Told[FallsAway]


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
    many = eligibility.how_many(said)
    return Recommendation(
        participant_id=participant_id,
        possible=_with_effects(tuple(possible), participant_id, standing),
        to_check=Told(_nearest_first(case, ~free & ~known, many), named.to_check),
        falls_away=Told(_fewest_first(known, many), named.falls_away),
    )


def known_barriers(
    table: Table, policy: Policy, participant_id: ParticipantId, opening_id: OpeningId
) -> tuple[Barrier, ...]:
    """What is known to stand between somebody and one opening, in the order of the rules.

    Empty exactly where the opening is possible or to be checked: what is unknown is no barrier.

    Raises:
        KeyError: no such participant, or no such opening.
    """
    case = _case(table, policy, participant_id, STALE_DAYS)
    at = table.problem.opening_at[opening_id]
    known = np.where(_asked(case), 0, eligibility.judged(case.rows, policy))
    return eligibility.named(known[:, at], int(case.rows.minutes[at]))


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

    All arrays have shape (openings,); sets of needs are bits. ``besides``: the unknown needs that
    bar nothing, which are asked about all the same.
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
    besides: Ints
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
        unknown=(unknown := eligibility.unknown_needs(rows)),
        besides=unknown & ~eligibility.need_unknown(rows, policy),
        shown=Shown(rows),
        stale_days=stale_days,
    )


class _Namer:
    """Openings that are not possible, as values; the many that are alike are made once."""

    def __init__(self, case: _Case, said: Ints) -> None:
        self._case = case
        self._said = np.ascontiguousarray(said.T)
        self._barriers: dict[tuple[bytes, int], tuple[tuple[Barrier, Whom | None], ...]] = {}

    def falls_away(self, at: int) -> FallsAway:
        """An opening that falls away: nothing is to be asked of the journey there."""
        return FallsAway(
            opening_id=self._case.opening(at).opening_id,
            journey=self._case.shown.journey(at, asking=False),
            barriers=self.barriers(at),
        )

    def to_check(self, at: int) -> ToCheck:
        """An opening where everything that stands between is unknown, with what to ask."""
        between = tuple(question(barrier) for barrier, _ in self.barriers(at))
        journey = self._case.shown.journey(at, asking=True)
        return ToCheck(
            opening_id=self._case.opening(at).opening_id,
            journey=journey,
            questions=between + _besides(self._case.besides, at, journey),
        )

    def barriers(self, at: int) -> tuple[tuple[Barrier, Whom | None], ...]:
        """Every barrier at an opening, and who could remove it."""
        said, minutes = self._said[at], int(self._case.rows.minutes[at])
        key = (said.tobytes(), minutes)
        if key not in self._barriers:
            named = eligibility.named(said, minutes)
            self._barriers[key] = tuple((barrier, remover(barrier)) for barrier in named)
        return self._barriers[key]


def _fewest_first(which: Masks, many: Ints) -> Positions:
    """Fewest barriers first; openings stand in the order of their ids."""
    at = np.flatnonzero(which)
    return at[np.argsort(many[at], kind="stable")]


def _nearest_first(case: _Case, which: Masks, many: Ints) -> Positions:
    """Fewest questions first, then short journeys before long and unknown ones, then by id."""
    at = np.flatnonzero(which)
    rows = case.rows
    minutes = np.where(rows.reach[at] == Reach.MINUTES, rows.minutes[at], FAR)
    besides = bit_count(case.besides[at]) + case.shown.near_limit[at]
    return at[np.lexsort((minutes, many[at] + besides))]


def _rank(found: Possible) -> tuple[int, bool, int, str]:
    """Most points first; then confirmed before stale, short journeys before long."""
    minutes = found.journey.minutes
    return -found.points, found.stale, FAR if minutes is None else minutes, found.opening_id


def _possible(case: _Case, at: int) -> Possible:
    rows, opening = case.rows, case.opening(at)
    confirmed = opening.updated_at
    journey = case.shown.journey(at, asking=True)
    return Possible(
        opening_id=opening.opening_id,
        points=int(case.points[at]),
        values={name: int(value[at]) for name, value in case.values.items()},
        journey=journey,
        starts_on=date.fromordinal(int(rows.start[at])),
        common_half_days=Sessions(int(case.common[at])),
        needs_met=needs.needs_of(int(case.needs_met[at])),
        wants_met=needs.needs_of(int(case.wants_met[at])),
        seats_left=int(case.seats[at]),
        full=bool(case.full[at]),
        confirmed_on=confirmed,
        stale=confirmed is None
        or (rows.table.problem.plan_date - confirmed).days > case.stale_days,
        questions=_besides(case.unknown, at, journey),
    )


def _besides(unknown: Ints, at: int, journey: Journey) -> tuple[Question, ...]:
    """What is asked though it does not stand between: about needs, and about the journey."""
    return about_needs(int(unknown[at])) + about_minutes(journey)


def _asked(case: _Case) -> Masks:
    """(rules, openings) whether a barrier of that rule would rest on something unknown there."""
    asked = np.zeros((len(_CODES), len(case.points)), dtype=np.bool_)
    asked[_CODES.index(BarrierCode.NEED_UNKNOWN)] = True
    asked[_CODES.index(BarrierCode.TRAVEL_UNKNOWN)] = True
    asked[_CODES.index(BarrierCode.TRAVEL_TOO_LONG)] = case.shown.unsure
    asked[_CODES.index(BarrierCode.NOT_INSURED)] = case.person.insured_by is Insurer.UNKNOWN
    asked[_CODES.index(BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT)] = case.rows.o.agreement_unknown
    return asked
