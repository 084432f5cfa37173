"""All goals in any order against trying everything, those that no pair carries among them."""

from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matcher import capacity, columns, groups, pairs
from matcher.domain import Opening, OpeningStatus, Participant, ParticipantId, Problem
from matcher.outcome import Outcome, Proposals, Status
from matcher.policy import DEFAULT_GOALS, GoalName, Limits, Parity, ParityGroups, Policy
from matcher.solve import order
from matcher.solve.budget import Budget
from matcher.solve.door import plan
from tests.builders import opening, participant, problem_of, seek
from tests.examples import examples
from tests.matcher.solve.small import Values, choices, component, fits, lawful, true_bounds
from tests.strategies import crowds, former_plans, goal_orders, parities

SMALL = crowds(most_people=5, most_openings=3)
LOWEST, PARITY, STABILITY = GoalName.LOWEST_POINTS, GoalName.PARITY, GoalName.STABILITY
PLACED, POINTS, NORM = GoalName.PLACED, GoalName.POINTS, GoalName.NORM_GOALS
NO_PARITY = tuple(name for name in GoalName if name is not PARITY)
LITTLE = (
    Limits(),
    Limits(rounds=0, nodes=0),
    Limits(rounds=1, nodes=1),
    Limits(seconds=0.0),
)
Group = frozenset[int]


def waited(person: Participant, problem: Problem) -> int:
    """What somebody adds to waiting: 100, and another 100 for a year, by days."""
    since = person.waiting_since or problem.plan_date
    return 100 + 100 * min(365, max(0, (problem.plan_date - since).days)) // 365


def group_name(person: Participant, problem: Problem, groups: ParityGroups) -> str | int | None:
    """Where somebody belongs; ages by how many of 25, 35, 45 and 55 they have come to."""
    if groups is ParityGroups.ASSOCIATION:
        return person.association
    if groups is ParityGroups.MUNICIPALITY:
        return person.municipality_code
    age = problem.plan_date.year - person.birth_year
    return sum(age >= first for first in (25, 35, 45, 55))


def compared(problem: Problem, parity: Parity | None) -> list[Group]:
    """The groups with enough people; in these problems everybody looks for a place."""
    found = defaultdict(set)
    for number, person in enumerate(problem.participants):
        if parity is not None:
            found[group_name(person, problem, parity.groups)].add(number)
    found.pop(None, None)
    return [frozenset(g) for g in found.values() if parity and len(g) >= parity.smallest_group]


def apart(groups: list[Group], people: set[int], gap: int) -> int:
    """Minus what the placement rates lie apart beyond the gap, in percentage points, up."""
    rates = [Fraction(100 * len(group & people), len(group)) for group in groups]
    return -max(0, ceil(max(rates) - min(rates)) - gap) if rates else 0


def everything(problem: Problem, policy: Policy, former: Proposals = frozenset()) -> list[Values]:
    """The goal values of every lawful plan, in the policy's order; the solver plays no part."""
    found = pairs.eligible(columns.load(problem, policy), policy)
    rows = list(zip(found.participant.tolist(), found.opening.tolist(), strict=True))
    people, places = problem.participants, problem.openings
    room = capacity.left(problem)
    whole = component(
        rows,
        [[1] * len(rows)],
        room.seats.tolist(),
        half_days=room.half_days.tolist(),
        sessions=[people[p].available & places[o].sessions for p, o in rows],
        per_week=[p.sessions_per_week for p in people],
    )
    kept = [(people[p].participant_id, places[o].opening_id) in former for p, o in rows]
    groups = compared(problem, policy.parity)
    gap = policy.parity.gap if policy.parity else 0
    wait = [waited(person, problem) for person in people]
    known, values = {}, set()
    for chosen in choices(whole):
        if lawful(whole, chosen) and fits(whole, chosen, known):
            at = np.array(chosen, dtype=np.int64)
            who = {rows[row][0] for row in chosen}
            worth = {
                PLACED: len(who),
                GoalName.WAITING: sum(wait[number] for number in who),
                NORM: int(found.norm[at].sum()),
                POINTS: int(found.points[at].sum()),
                LOWEST: min(found.points[at].tolist(), default=0),
                STABILITY: sum(kept[row] for row in chosen),
                PARITY: apart(groups, who, gap),
            }
            values.add(tuple(worth[name] for name in policy.goals))
    return sorted(values)


def numbers(outcome: Outcome) -> tuple[Values, Values]:
    """Values and bounds, in the policy's order."""
    return tuple(g.value for g in outcome.goals), tuple(g.bound for g in outcome.goals)


def honest(outcome: Outcome, plans: list[Values]) -> None:
    """The values are those of a lawful plan, no bound is broken by one, and optimal is optimal."""
    values, bounds = numbers(outcome)
    assert values in plans
    true = true_bounds(plans, values)
    assert all(bound >= best for bound, best in zip(bounds, true, strict=True))
    assert (outcome.status is Status.OPTIMAL) is (values == bounds)
    assert outcome.status is not Status.OPTIMAL or values == max(plans)


@given(SMALL, goal_orders(), parities, st.sampled_from(LITTLE), st.data())
@examples(80)
def test_any_goals_in_any_order_are_honest(
    problem: Problem,
    order: tuple[GoalName, ...],
    parity: Parity,
    limits: Limits,
    data: st.DataObject,
) -> None:
    """However little work may be done, and wherever the goals that are no sums stand."""
    policy, former = Policy(goals=order, parity=parity), data.draw(former_plans(problem))
    outcome = plan(problem, policy, limits, former=former)
    event(f"parity {PARITY in order}: {outcome.status}")
    honest(outcome, everything(problem, policy, former))


@given(SMALL, goal_orders(NO_PARITY), st.data())
@examples(60)
def test_without_parity_a_small_plan_is_the_best_and_proven(
    problem: Problem, order: tuple[GoalName, ...], data: st.DataObject
) -> None:
    """All goals but parity, any order: every value is that of the best plan, and its bound too."""
    policy, former = Policy(goals=order), data.draw(former_plans(problem))
    best = max(everything(problem, policy, former))
    assert numbers(plan(problem, policy, former=former)) == (best, best)


@given(SMALL, parities, st.data())
@examples(40)
def test_what_stands_before_parity_loses_nothing_by_it(
    problem: Problem, parity: Parity, data: st.DataObject
) -> None:
    """Listed at any place, and reached or not: the goals before it are as without it."""
    at = data.draw(st.integers(1, len(DEFAULT_GOALS)))
    policy = Policy(goals=(*DEFAULT_GOALS[:at], PARITY, *DEFAULT_GOALS[at:]), parity=parity)
    outcome = plan(problem, policy)
    assert numbers(outcome)[0][:at] == numbers(plan(problem))[0][:at]
    honest(outcome, everything(problem, policy))


@given(SMALL, goal_orders(), parities, st.data())
@examples(30)
def test_the_same_question_gives_the_same_plan(
    problem: Problem, order: tuple[GoalName, ...], parity: Parity, data: st.DataObject
) -> None:
    """Plan, goals, status: all but the seconds."""
    policy, former = Policy(goals=order, parity=parity), data.draw(former_plans(problem))
    once, again = (replace(plan(problem, policy, former=former), seconds={}) for _ in range(2))
    assert once == again


# The lowest points.


def two_wishes(**changes: object) -> Problem:
    """P1 has O1's task as first wish: 1000 points. P2 has no wish: 775. There are two seats."""
    first = participant("P1", wishes=(seek("9413", 1),))
    return problem_of(first, participant("P2"), opening(seats=2, **changes))


@pytest.mark.parametrize(
    ("goals", "best"),
    [
        ((LOWEST,), (1000,)),
        ((LOWEST, PLACED), (1000, 1)),
        ((PLACED, LOWEST), (2, 775)),
        ((NORM, LOWEST), (0, 1000)),
        ((NORM, LOWEST, PLACED), (0, 1000, 1)),
        ((STABILITY, NORM, LOWEST, PLACED), (0, 0, 1000, 1)),
        ((LOWEST, NORM), (1000, 0)),
        ((POINTS, LOWEST), (1775, 775)),
    ],
)
def test_the_lowest_points_anywhere(goals: tuple[GoalName, ...], best: Values) -> None:
    """Before placed it leaves P2 out, as the model says; so it does after goals that are 0."""
    outcome = plan(two_wishes(), Policy(goals=goals), former=frozenset())
    assert numbers(outcome) == (best, best)


@pytest.mark.parametrize("goals", [(LOWEST,), (LOWEST, PLACED), (PLACED, LOWEST), (NORM, LOWEST)])
def test_with_nobody_placed_the_lowest_is_nothing(goals: tuple[GoalName, ...]) -> None:
    """No seat, nobody may come, or the only supervisor takes nobody: 0 of 0."""
    nothing = (0,) * len(goals)
    full = problem_of(participant(supervisor_id="S1"))
    assert (
        numbers(plan(two_wishes(status=OpeningStatus.PAUSED), Policy(goals=goals)))[0] == nothing
    )
    asked = Policy(goals=goals, supervisor_starts=0)
    assert numbers(plan(full, asked)) == (nothing, nothing)


def test_equal_points_are_one_level() -> None:
    """Five people with 775 points each, three seats: nobody is left out for the lowest's sake."""
    people = [participant(f"P{n}") for n in range(5)]
    outcome = plan(problem_of(*people, opening(seats=3)), Policy(goals=(LOWEST, PLACED, POINTS)))
    assert numbers(outcome) == ((775, 3, 2325),) * 2


# Parity.


def associations(first: int, second: int, seats: int) -> Problem:
    """So many people of HBS and of VKS, and seats for some."""
    people = [
        participant(f"P{n}", association="HBS" if n < first else "VKS")
        for n in range(first + second)
    ]
    return problem_of(*people, opening(seats=seats))


@pytest.mark.parametrize(
    ("sizes", "gap", "smallest", "value"),
    [
        ((2, 2, 2), 0, 1, 0),
        ((2, 2, 3), 0, 1, -50),
        ((2, 2, 3), 49, 1, -1),
        ((2, 2, 3), 50, 1, 0),
        ((1, 1, 1), 100, 1, 0),
        ((1, 1, 1), 0, 1, -100),
        ((1, 1, 1), 0, 2, 0),
        ((3, 0, 1), 0, 1, 0),
        ((3, 2, 3), 0, 1, -17),
        ((3, 2, 3), 0, 3, 0),
    ],
)
def test_parity_as_far_as_seats_allow(
    sizes: tuple[int, int, int], gap: int, smallest: int, value: int
) -> None:
    """All seats are taken, then rates are brought together: 2 of 3 and 1 of 2 lie 17 apart."""
    parity = Parity(groups=ParityGroups.ASSOCIATION, gap=gap, smallest_group=smallest)
    policy = Policy(goals=(PLACED, PARITY), parity=parity)
    outcome = plan(associations(*sizes), policy)
    assert numbers(outcome)[0] == (sizes[2], value)
    honest(outcome, everything(associations(*sizes), policy))


# Planning again.


def change(problem: Problem, what: str, data: st.DataObject) -> Problem:
    """One thing is different now: a seat fewer, an opening paused, or somebody new."""
    if what == "newcomer":
        person = data.draw(st.sampled_from(problem.participants))
        new = replace(person, participant_id=ParticipantId("Q"))
        return replace(problem, participants=(*problem.participants, new))
    at = data.draw(st.integers(0, len(problem.openings) - 1))
    changed = [
        less(place, what) if number == at else place
        for number, place in enumerate(problem.openings)
    ]
    return replace(problem, openings=tuple(changed))


def less(place: Opening, what: str) -> Opening:
    """The opening with a seat fewer, or paused."""
    if what == "paused":
        return replace(place, status=OpeningStatus.PAUSED)
    return replace(place, seats=place.seats - 1)


@given(crowds(most_people=4), st.sampled_from(["newcomer", "paused", "a seat fewer"]), st.data())
@examples(60)
def test_after_a_change_as_few_as_possible_move(
    problem: Problem, what: str, data: st.DataObject
) -> None:
    """Of all plans that place as many, none keeps more of the former one."""
    former = plan(problem).plan.proposals
    later = change(problem, what, data)
    policy = Policy(goals=(PLACED, STABILITY, *DEFAULT_GOALS[1:]))
    outcome = plan(later, policy, former=former)
    plans = everything(later, policy, former)
    most = max(values[0] for values in plans)
    kept = max(values[1] for values in plans if values[0] == most)
    assert numbers(outcome)[0][:2] == (most, kept)
    assert outcome.status is Status.OPTIMAL


def test_a_former_plan_that_is_lawful_is_kept_whole() -> None:
    """Stability first: two at their poorer places stay there, and a third joins them."""
    people = [participant(f"P{n}", wishes=(seek("9413", 1),)) for n in range(3)]
    places = [opening("O1", seats=3), opening("O2", seats=2, occupation_group="7231")]
    former = frozenset({("P0", "O2"), ("P1", "O2"), ("P9", "O1"), ("P2", "gone")})
    policy = Policy(goals=(STABILITY, *DEFAULT_GOALS))
    outcome = plan(problem_of(*people, *places), policy, former=former)
    assert Counter(where for _, where in outcome.plan.proposals) == {"O2": 2, "O1": 1}
    assert numbers(outcome)[0][:2] == (2, 3)
    assert outcome.status is Status.OPTIMAL


def answer(chosen: list[int], values: Values, bounds: Values) -> order._Answer:
    """A plan by sums, as if it had been found."""
    rows = np.array(chosen, dtype=np.int64)
    days = np.ones(len(chosen), dtype=np.int32)
    return order._Answer(chosen=rows, half_days=days, values=values, bounds=bounds)  # noqa: SLF001


def two_for_a_seat(names: tuple[GoalName, ...]) -> order._Ask:
    """Two people and one seat; 100 points or 900."""
    whole = component([(0, 0), (1, 0)], [[1, 1], [3, 4]], [1])
    table = columns.load(problem_of(participant("P1"), participant("P2")), Policy())
    points = np.array([100, 900])
    return order._Ask(  # noqa: SLF001
        whole=whole, names=names, points=points, groups=groups.nobody(table),
        budget=Budget(Limits()),
    )  # fmt: skip


def test_what_is_neither_found_nor_refused_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials that fall short without proof leave the plan as it is, and the bound above it."""
    short = answer([], (0, 0, 0), (1, 1, 1))
    monkeypatch.setattr(order, "_sums", lambda *_args, **_more: short)
    ask = two_for_a_seat((PLACED, LOWEST))
    found = order._lowest_kept(ask, answer([0], (1,), (1,)))  # noqa: SLF001
    assert (found.values, found.bounds) == ((1, 100), (1, 900))


def test_a_bound_is_loosened_where_an_earlier_value_fell() -> None:
    """Placed fell from 2 to 1: what was proven of waiting for two holds no longer."""
    ask = two_for_a_seat((PLACED, GoalName.WAITING))
    base, later = answer([0], (2, 3), (2, 3)), answer([1], (1, 4), (1, 4))
    assert order._held(ask, later, base, 2) == (2, 4)  # noqa: SLF001


def test_parity_before_the_lowest_points() -> None:
    """One of each association, and then the least points of anyone: all have the same."""
    parity = Parity(groups=ParityGroups.ASSOCIATION, gap=0, smallest_group=1)
    policy = Policy(goals=(PLACED, PARITY, LOWEST, POINTS), parity=parity)
    outcome = plan(associations(2, 2, 2), policy)
    assert numbers(outcome)[0][:2] == (2, 0)
    assert all(goal.value <= goal.bound for goal in outcome.goals)
