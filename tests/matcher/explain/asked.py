"""Tiny worlds with a plan as it stands, to be asked things."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import strategies as st

from matcher.changes import Change
from matcher.domain import Gender, Problem, Sessions
from matcher.explain.remedies import Dimension, Step
from matcher.outcome import Proposals, Status
from matcher.policy import GoalName, Policy
from matcher.solve.door import plan
from matcher.solve.order import NOT_SUMS
from matcher.solve.standing import Standing, stand
from tests.builders import day, opening, participant, problem_of, seek
from tests.strategies import crowds, goal_orders, lively, policies

SUMMED = tuple(name for name in GoalName if name not in NOT_SUMS)
NO_FORMER = tuple(name for name in SUMMED if name is not GoalName.STABILITY)


@st.composite
def tight(draw: st.DrawFn) -> Problem:
    """People who can come on the same few half-days, where there is room for fewer."""
    days = draw(st.integers(2, 4))
    habits = draw(st.lists(st.integers(1, (1 << days) - 1), min_size=1, max_size=3))
    people = draw(st.integers(3, 5))
    free = [draw(st.sampled_from(habits)) for _ in range(people)]
    return problem_of(
        *(
            participant(
                f"P{number}",
                available=Sessions(own),
                sessions_per_week=draw(st.integers(1, min(2, own.bit_count()))),
                waiting_since=draw(st.sampled_from([None, day(-70), day(-400)])),
                wishes=(seek("9413", draw(st.integers(1, 6))), seek("7231", 3)),
                supervisor_id=draw(st.sampled_from([None, "H"])),
                gender=draw(st.sampled_from(Gender)),
                norm_goal=draw(st.booleans()),
                hours_per_week=draw(st.sampled_from([8, 8, 12])),
            )
            for number, own in enumerate(free)
        ),
        *(
            opening(
                f"O{number}",
                seats=draw(st.integers(1, 4)),
                session_seats=draw(st.sampled_from([1, 1, 2])),
                sessions=Sessions(draw(st.integers(1, (1 << days) - 1))),
                occupation_group=draw(st.sampled_from(["9413", "7231"])),
                hours_max=draw(st.sampled_from([None, None, 10])),
            )
            for number in range(draw(st.integers(1, 3)))
        ),
    )


TINY = st.one_of(tight(), crowds(most_people=5), lively(most_people=5, most_openings=4))


@st.composite
def weighed(draw: st.DrawFn, among: tuple[GoalName, ...] = SUMMED) -> Policy:
    """A policy with some of these goals in any order."""
    return replace(draw(policies()), goals=draw(goal_orders(among)))


def standing_of(
    problem: Problem, policy: Policy | None = None, former: Proposals = frozenset()
) -> Standing:
    """The plan of a problem, as it stands."""
    asked = policy or Policy()
    outcome = plan(problem, asked, former=former)
    proven = outcome.status is Status.OPTIMAL
    return stand(problem, asked, outcome.plan.proposals, former=former, proven=proven)


def less(step: Step) -> Iterator[tuple[Change, ...]]:
    """What is smaller by one than a step; of half-days and answers every proper subset."""
    change, was = step.changes[0], step.before[0]
    if step.dimension is Dimension.SURVEY:
        for count in range(step.amount):
            yield from combinations(step.changes, count)
    elif step.amount == 1:
        yield ()
    elif step.dimension is Dimension.HALF_DAYS:
        more = [1 << bit for bit in range(10) if change.value & ~was & 1 << bit]
        for count in range(step.amount):
            for some in combinations(more, count):
                yield (replace(change, value=Sessions(was | sum(some))),)
    elif step.dimension is Dimension.DAYS:
        nearer = 1 if change.name in ("starts_from", "earliest_start") else -1
        yield (replace(change, value=change.value + timedelta(days=nearer)),)
    else:
        nearer = 1 if change.name == "hours_min" else -1
        yield (replace(change, value=change.value + nearer),)
