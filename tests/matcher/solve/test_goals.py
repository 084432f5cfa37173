"""A component goal by goal: the optimum with enough work, true bounds with any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.solve import exact, flow, goals, halfdays
from matcher.solve.components import Component, split
from tests.matcher.solve.small import (
    all_values,
    budget,
    component,
    components,
    crowded,
    days_of,
    solved,
    true_bounds,
)

WORK = st.tuples(st.sampled_from([0, 1, 2, 40]), st.sampled_from([0.0, 1e-5, 1e-4, 1e-3]))


@given(st.one_of(components(), crowded()))
@settings(max_examples=120)
def test_with_enough_work_every_goal_is_proven(whole: Component) -> None:
    """All lawful plans tried: no goal can be better, in order, and every bound says so."""
    _, values, bounds = solved(whole, budget())
    assert values == bounds == max(all_values(whole))


@given(components(loose=True), WORK)
@settings(max_examples=60)
def test_where_half_days_do_not_bind_no_work_is_needed(
    whole: Component, work: tuple[int, float]
) -> None:
    """The flow alone proves every goal."""
    _, values, bounds = solved(whole, budget(*work))
    assert values == bounds == max(all_values(whole))


@given(crowded(), WORK)
@settings(max_examples=200)
def test_with_little_work_the_bounds_are_true(whole: Component, work: tuple[int, float]) -> None:
    """No plan that reaches the values of the goals before exceeds a bound; and ours is lawful."""
    _, values, bounds = solved(whole, budget(*work))
    everything = all_values(whole)
    assert values in everything
    assert all(b >= t for b, t in zip(bounds, true_bounds(everything, values), strict=True))


@given(st.lists(crowded(), min_size=2, max_size=2), WORK)
@settings(max_examples=60)
def test_bounds_of_parts_that_stand_apart_are_true_together(
    pair: list[Component], work: tuple[int, float]
) -> None:
    """Two components at once, each cut short in its own way: what one lacks another may not give.

    All pairs of plans are tried: the bounds hold for every one that reaches the values before.
    """
    number = min(len(part.gain) for part in pair)
    each = [first_goals(part, number) for part in pair]
    how = budget(*work)
    parts = [goals.solve(part, how) for whole in each for part in split(whole)]
    values = tuple(sum(part.values[goal] for part in parts) for goal in range(number))
    one, other = (all_values(part) for part in each)
    everything = {tuple(map(sum, zip(a, b, strict=True))) for a in one for b in other}
    bounds = goals.bounds(parts, number)
    assert all(
        b >= t for b, t in zip(bounds, true_bounds(sorted(everything), values), strict=True)
    )


def first_goals(part: Component, number: int) -> Component:
    """The component with its first goals alone."""
    return Component(
        **{
            name: getattr(part, name)[:number] if name == "gain" else getattr(part, name)
            for name in part.__dataclass_fields__
        }
    )


@given(crowded(), WORK)
@settings(max_examples=60)
def test_the_bound_of_the_first_goal_is_never_above_the_flows(
    whole: Component, work: tuple[int, float]
) -> None:
    """The flow without half-days bounds it: an exact model cut short cannot unsay that."""
    parts, _, bounds = solved(whole, budget(*work))
    assert bounds[0] <= sum(part.relaxed[0] for part in parts)


@pytest.mark.parametrize("effort", [1e-9, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3])
def test_the_lower_of_two_bounds_is_told(effort: float) -> None:
    """Four people on four half-days: the flow knows that 850 + 480 + 380 = 1710 is the most.

    It thinks that three fit. An exact model that had only begun once said 1759, and that was told.
    In truth P0, P1 and P3 fit, two, one and one half-days: 850 + 480 + 143 = 1473.
    """
    part = component(
        [(0, 0), (1, 0), (2, 0), (3, 0)],
        [[850, 480, 380, 143]],
        [4],
        half_days=[[1, 2, 1]],
        sessions=[0b111] * 4,
        per_week=[2, 1, 2, 1],
    )
    _, (value,), (bound,) = solved(part, budget(rounds=0, effort=effort))
    assert value <= 1473 <= bound <= 1710


@given(crowded(), WORK)
@settings(max_examples=60)
def test_a_budget_never_makes_it_worse(whole: Component, work: tuple[int, float]) -> None:
    """With some exact work the plan is at least as good as with none, in order of the goals."""
    rounds, effort = work
    without = solved(whole, budget(rounds, 0.0))[1]
    assert solved(whole, budget(rounds, effort))[1] >= without


@given(crowded(), WORK)
@settings(max_examples=60)
def test_everybody_chosen_has_all_half_days(whole: Component, work: tuple[int, float]) -> None:
    """Exactly k of the common half-days, whatever work was done."""
    for part in solved(whole, budget(*work))[0]:
        mine = part.component
        weeks = mine.per_week[mine.participant[part.chosen]]
        assert [len(days_of(days)) for days in part.half_days] == weeks.tolist()
        assert (part.half_days & ~mine.sessions[part.chosen] == 0).all()


@given(crowded(), WORK)
@settings(max_examples=40)
def test_twice_is_the_same(whole: Component, work: tuple[int, float]) -> None:
    """The same component and the same work: the same pairs, half-days and bounds."""
    once, again = (solved(whole, budget(*work)) for _ in range(2))
    assert once[1:] == again[1:]
    for a, b in zip(once[0], again[0], strict=True):
        assert np.array_equal(a.chosen, b.chosen)
        assert np.array_equal(a.half_days, b.half_days)


@given(st.one_of(components(), crowded()))
@settings(max_examples=40)
def test_parts_add_up(whole: Component) -> None:
    """Solved apart or, put side by side as one, the values are the same: parts are independent."""
    together = goals.solve(whole, budget())
    assert together.values == solved(whole, budget())[1]


def test_no_parts_reach_nothing_and_that_is_proven() -> None:
    """An empty plan of an empty problem is the best there is."""
    assert goals.bounds([], 4) == (0, 0, 0, 0)


def test_too_large_for_the_exact_model_is_repaired_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One half-day for two: one is placed, and the flow's bound is what can be said.

    Two seats and one half-day of room for one: the bound on seats already says that one fits.
    """
    part = component([(0, 0), (1, 0)], [[1, 1], [2, 5]], [2], half_days=[[1]], sessions=[1, 1])
    monkeypatch.setattr(goals, "EXACT_PAIRS", 0)
    monkeypatch.setattr(exact, "solve", lambda *_: pytest.fail("too large for the exact model"))
    found = goals.solve(part, budget())
    assert found.values == found.bounds == (1, 5)


TRIANGLE = component(
    [(0, 0), (1, 0), (2, 0)],
    [[1, 1, 1], [1, 2, 3]],
    [3],
    half_days=[[1, 1, 1]],
    sessions=[0b011, 0b011, 0b011],
    per_week=[1, 1, 1],
)
"""Three people, once each, all on the same two of three half-days: two of them fit."""


def test_a_gap_is_shown_as_a_gap() -> None:
    """No rounds, no exact work: by the sum of half-days three fit, in truth two. Both are said.

    The first goal reaches 2 of at most 3. The second is bounded by the flow alone, which places
    all three: 1 + 2 + 3.
    """
    _, values, bounds = solved(TRIANGLE, budget(rounds=0, effort=0.0))
    assert (values, bounds) == ((2, 5), (3, 6))


def test_the_gap_is_closed_by_the_exact_model() -> None:
    """With work the bound comes down to the truth: the two who add most."""
    _, values, bounds = solved(TRIANGLE, budget())
    assert values == bounds == (2, 5)


def test_the_ceiling_holds_what_is_proven_and_tight() -> None:
    """After a gap in the second goal the third is bounded with the first held at its best.

    P0 at O0 gives (1, 9, 0), at O1 (1, 0, 7). Only O1 has room enough, so the second goal has a
    gap; the bound of the third is what the flow can reach with one placed: 7.
    """
    part = component([(0, 0), (0, 1)], [[1, 1], [9, 0], [0, 7]], [1, 1])
    gap = goals.Solved(
        component=part,
        chosen=np.array([1]),
        half_days=np.array([1]),
        values=(1, 0, 7),
        relaxed=part.values(flow.best(part, halfdays.seat_bound(part))),
        bounds=(1, 9),
    )
    assert gap.relaxed == (1, 9, 0)
    assert (gap.proven, gap.tight) == (1, 1)
    assert goals.bounds([gap], 3) == (1, 9, 7)
