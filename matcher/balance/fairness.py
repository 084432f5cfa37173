"""Fairness, tried on the data: gender flipped, who is left without a place and why, prices."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher import columns, eligibility, pairs, scoring
from matcher.balance.cells import counted, variable
from matcher.balance.disclosure import Nesting, Table
from matcher.balance.measures import LOOKING, PERSONAL, Counting, groups
from matcher.balance.words import NOT_GIVEN, PARTICIPANTS
from matcher.columns import Rows, bit_count
from matcher.columns import Table as Laid
from matcher.domain import (
    BarrierCode,
    Gender,
    Participant,
    Placement,
    PlacementStatus,
    Problem,
)
from matcher.explain import recommend
from matcher.insight import PriceCurve, price_curve
from matcher.outcome import Cause, Plan
from matcher.policy import Criterion, GoalName, Policy
from matcher.solve.standing import stand
from matcher.travel.atlas import Ints

UNPLACED = "unplaced"
"""The population of those who look for a place and get none."""
CODES = tuple(BarrierCode)
"""In the order of the rules."""
CAUSES = (*CODES, Cause.OPENINGS_FULL.upper(), Cause.SUPERVISOR_FULL.upper())
"""What can stand between somebody and a place: a barrier, or that all they could have is full."""
ASKED = 40
"""Of so many people, spread over all, whole recommendations are compared besides."""
RECOMMENDATION, NORM_GOAL = "RECOMMENDATION", "NORM_GOAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """What it changed to give everybody without a norm goal another gender.

    ``people``: those who look, but for those with protected identity; ``flipped`` of them;
    ``pairs``: of them and an opening, that were judged both ways. ``recommendations`` were made
    whole both ways. ``differences``: barriers and criteria that came out otherwise, and
    ``NORM_GOAL`` or ``RECOMMENDATION``. There must be none.
    """

    people: int
    flipped: int
    pairs: int
    recommendations: int
    differences: tuple[str, ...]


def gender_flip(problem: Problem, policy: Policy) -> Flip:
    """Judge every pair of those who look with everybody's own gender, and with another.

    Women become men, all others women; whoever has a norm goal keeps their own.
    """
    shown = without_protected(problem)
    other = replace(shown, participants=tuple(map(_flipped, shown.participants)))
    sides = columns.load(shown, policy), columns.load(other, policy)
    who = np.flatnonzero(pairs.looking(sides[0])).astype(np.int32)
    openings = np.arange(len(problem.openings), dtype=np.int32)
    found: set[str] = set()
    for one, two in zip(*(pairs.every(side, who, openings) for side in sides), strict=True):
        found |= _different(one, two, policy)
    goals = [pairs.norm_goals(side)[who] for side in sides]
    if not np.array_equal(goals[0], goals[1]):
        found.add(NORM_GOAL)
    asked = [shown.participants[at].participant_id for at in who[:: max(1, len(who) // ASKED)]]
    if any(
        recommend(sides[0], policy, name) != recommend(sides[1], policy, name) for name in asked
    ):
        found.add(RECOMMENDATION)
    return Flip(
        people=len(who),
        flipped=sum(not shown.participants[at].norm_goal for at in who),
        pairs=len(who) * len(openings),
        recommendations=len(asked),
        differences=tuple(sorted(found)),
    )


def _flipped(person: Participant) -> Participant:
    if person.norm_goal:
        return person
    return replace(person, gender=Gender.MAN if person.gender is Gender.WOMAN else Gender.WOMAN)


def _different(one: Rows, two: Rows, policy: Policy) -> set[str]:
    """The barriers and criteria that judge some pairs in two ways."""
    said = eligibility.judged(one, policy) != eligibility.judged(two, policy)
    barriers = {str(code) for code, row in zip(CODES, said, strict=True) if row.any()}
    values = scoring.values(one, policy), scoring.values(two, policy)
    return barriers | {
        name.upper() for name in Criterion if not np.array_equal(values[0][name], values[1][name])
    }


def without_protected(problem: Problem, plan: Plan | None = None) -> Problem:
    """The problem of those whose identity is not protected.

    What a plan gives those whose identity is stays occupied, by nobody.
    """
    hidden = {p.participant_id for p in problem.participants if p.protected_identity}
    held = [
        Placement(
            participant_id=row.participant_id,
            opening_id=row.opening_id,
            status=PlacementStatus.ONGOING,
            sessions=row.sessions,
        )
        for row in (plan.assignments if plan else ())
        if row.participant_id in hidden and not row.pinned
    ]
    kept = tuple(p for p in problem.participants if not p.protected_identity)
    return replace(problem, participants=kept, placements=(*problem.placements, *held))


def price_of_balance(
    problem: Problem, policy: Policy, plan: Plan, threshold: int
) -> PriceCurve | None:
    """What each norm goal that is met costs in points, of those whose identity is not protected.

    None where the plan meets fewer goals than the threshold, but some; corners of so few are left
    out.

    Raises:
        ValueError: the policy does not have norm goals before points.
    """
    shown = without_protected(problem, plan)
    curve = price_curve(stand(shown, policy, plan.proposals), GoalName.NORM_GOALS)
    few = range(1, threshold)
    if curve.now.value in few:
        return None
    told = tuple(corner for corner in curve.corners if corner.value not in few)
    return replace(curve, corners=told, whole=curve.whole and told == curve.corners)


def unplaced(
    counting: Counting, table: Laid, policy: Policy, plan: Plan
) -> tuple[tuple[Table, ...], tuple[Nesting, ...]]:
    """Who is left without a place, by what stands between, and by gender, age and association.

    Of somebody who can have no opening it is the barrier that alone stands before most openings;
    where none stands alone, the one before most. Of equals the first in the order of the rules.

    Args:
        counting: of events that ``planned`` made of the same data set and plan.
        table: the data set, laid out.
        policy: the weighing.
        plan: who is placed.

    Raises:
        ValueError: the events are of other people.
    """
    people = table.problem.participants
    shown = [at for at, p in enumerate(people) if not p.protected_identity]
    if len(shown) != len(counting.events.people):
        raise ValueError("unplaced: the events are of other people")
    place = {people[at].participant_id: number for number, at in enumerate(shown)}
    rows = [row for row in plan.unplaced if row.participant_id in place]
    who = np.array([place[row.participant_id] for row in rows], dtype=np.int32)
    barred = _barriers(table, policy, np.array(shown, dtype=np.int32)[who])
    stands = [
        barrier if row.cause is Cause.NO_ELIGIBLE_OPENING else CAUSES.index(row.cause.upper())
        for row, barrier in zip(rows, barred, strict=True)
    ]
    by = variable("stands_between", (*CAUSES, NOT_GIVEN))
    codes = np.array(stands, dtype=np.int32)
    keys = counting.keys(who)
    made = tuple(
        counted(f"unplaced/{name}", UNPLACED, [one.variable, by], [one.values[who], codes], keys)
        for name, one in groups(counting)
    )
    inside = (Nesting(UNPLACED, outer, over=PERSONAL) for outer in (PARTICIPANTS, LOOKING))
    return made, tuple(inside)


def _barriers(table: Laid, policy: Policy, who: Ints) -> list[int]:
    """For each of some people the barrier to name, as a position in ``CAUSES``, or ``NOT_GIVEN``.

    ``NOT_GIVEN`` where there are no openings, or a way in after all.
    """
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    nothing = [len(CAUSES)] * len(who)
    found = [one for rows in pairs.every(table, who, openings) for one in _named(rows, policy)]
    return found or nothing


def _named(rows: Rows, policy: Policy) -> Iterator[int]:
    openings = len(rows.table.problem.openings)
    said = eligibility.judged(rows, policy)
    bars = said != 0
    alone = bars & (bit_count(said).sum(axis=0) == 1)
    often = (bars.reshape(len(bars), -1, openings)).sum(axis=2)
    single = alone.reshape(len(bars), -1, openings).sum(axis=2)
    counts = np.where(single.any(axis=0), single, often)
    worst = np.where(counts.any(axis=0), counts.argmax(axis=0), len(CAUSES))
    yield from worst.tolist()
