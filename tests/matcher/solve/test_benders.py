"""The openings where half-days bind all at once, against trying everything."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.solve import benders, exact, flow, goals, halfdays, prices, starts
from matcher.solve.components import Component, Positions
from matcher.solve.layout import Layout
from matcher.solve.prices import Floats, Prices, Task
from tests.examples import examples
from tests.matcher.solve.small import (
    all_plans,
    all_values,
    budget,
    component,
    components,
    crowded,
    drawn,
    is_plan,
)

Case = tuple[Component, Positions]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component whose first goal counts everybody alike, and a lawful plan."""
    part = draw(st.one_of(components(), crowded()))
    part.gain[0] = draw(st.sampled_from([1, 3]))
    return part, np.sort(drawn(draw, part))


def with_the_rest(part: Component, chosen: Positions) -> int:
    """How many have a place if those where half-days bind stay there, by trying everything."""
    hot = halfdays.binding(part)[part.opening]
    there = set(chosen[hot[chosen]].tolist())
    plans = (set(plan.tolist()) for plan, _ in all_plans(part))
    return max(len(plan) for plan in plans if {row for row in plan if hot[row]} == there)


@given(cases())
@examples(150)
def test_nobody_more_can_be_placed(case: Case) -> None:
    """With the rest placed beside them, as many as in any plan; and the bound says so.

    Where nothing is tried the plan is the same, and the bound is everybody.
    """
    part, chosen = case
    found = benders.most_placed(part, chosen, budget())
    best = max(all_values(part))[0]
    assert is_plan(part, found.chosen.tolist())
    assert np.array_equal(found.chosen, np.sort(found.chosen))
    limited = (part.supervisor >= 0).any()
    if len(part) and halfdays.binding(part)[part.opening].any() and not limited:
        each = int(part.gain[0, 0])
        assert found.bound == best
        assert with_the_rest(part, found.chosen) * each == best
    else:
        assert found.chosen is chosen
        assert found.bound >= best


@given(cases(), st.integers(0, 2), st.sampled_from([0, 1]), st.sampled_from([None, 0.0, 1000.0]))
@examples(80)
def test_cut_short_it_claims_nothing_that_is_not_so(
    case: Case, rounds: int, nodes: int, seconds: float | None
) -> None:
    """A lawful plan, and a bound that holds."""
    part, chosen = case
    found = benders.most_placed(part, chosen, budget(rounds, nodes, seconds))
    assert is_plan(part, found.chosen.tolist())
    assert found.bound >= max(all_values(part))[0]


CAFE, GARDEN, LIBRARY = range(3)


def town() -> Component:
    """P0, P1 and P2 could be at the café: three seats, two mornings, and one can come on each.

    P0 could come on either, P1 on the first only; P2 needs both. P2 could go to the garden too,
    and so could P3, who has nothing else; it has one seat. P0 could be at the library.
    """
    return component(
        [(0, CAFE), (0, LIBRARY), (1, CAFE), (2, CAFE), (2, GARDEN), (3, GARDEN)],
        [[1] * 6, [100, 100, 100, 500, 500, 100]],
        [3, 1, 1],
        half_days=[[1, 1], [1, 1], [1, 1]],
        sessions=[3, 3, 1, 3, 3, 3],
        per_week=[1, 1, 2, 1],
    )


def test_two_at_the_cafe_leave_one_without() -> None:
    """Everybody but one can be placed: P2 takes both mornings, or P3 stays without the garden.

    From P2 at the café and P3 in the garden: P0 goes to the library, and nobody beside P2 is at
    the café. By seats alone all four would have a place.
    """
    part = town()
    found = benders.most_placed(part, np.array([3, 5]), budget())
    assert found.bound == max(all_values(part))[0] == 3
    assert with_the_rest(part, found.chosen) == 3
    assert part.values(flow.best(part, part.seats))[0] == 4


def test_where_everybody_is_free_no_model_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """P0 and P3 could share a morning at the café, where one can come, but the library has room.

    P1 and P2 both want the one seat in the garden: the flow alone tells that three are placed.
    """
    monkeypatch.setattr(exact.Model, "solved", None)
    part = component(
        [(0, CAFE), (0, LIBRARY), (1, GARDEN), (2, GARDEN), (3, CAFE), (3, LIBRARY)],
        [[1] * 6],
        [2, 1, 2],
        half_days=[[1, 1], [2, 2], [2, 2]],
        sessions=[1, 3, 3, 3, 1, 3],
    )
    found = benders.most_placed(part, np.array([1, 2]), budget())
    assert (found.chosen.tolist(), found.bound) == ([1, 2], 3)


def test_to_stay_decides_only_between_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    """P2, who is at the café already, is worth a little more than P1; less than half a person.

    P0 could be elsewhere, so that nobody is gained by P0 at the café.
    """
    costs: list[list[float]] = []

    def gives_up(model: exact.Model, cost: Floats, *_: object) -> object:
        costs.append(cost[: len(model.component)].tolist())
        return SimpleNamespace(x=None, mip_dual_bound=None)

    monkeypatch.setattr(exact.Model, "solved", gives_up)
    benders.most_placed(town(), np.array([3, 5]), budget())
    assert costs == [[-1.0, -1.25]]


def test_what_the_flow_confirms_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that ends early may know no better bound than four; the next one is the same."""
    asked: list[int] = []

    def ended_early(model: exact.Model, *_: object) -> object:
        asked.append(model.width)
        x = np.zeros(model.width)
        x[-1] = 2.0  # nobody at the café, two elsewhere
        return SimpleNamespace(x=x, mip_dual_bound=-4.25)

    monkeypatch.setattr(exact.Model, "solved", ended_early)
    found = benders.most_placed(town(), np.array([3, 5]), budget())
    assert found.bound == 4
    assert len(asked) == 1


def test_a_goal_that_prices_do_not_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four people by seats three have a place, proven; prices that nobody lowers say four.

    So in a large part it does not outweigh what comes after it.
    """
    lowered = prices.lowered

    def never(layout: Layout, task: Task, start: Prices, _: object) -> Prices:
        return lowered(layout, task, start, prices.Work(0))

    monkeypatch.setattr(goals, "LARGE", -1)
    monkeypatch.setattr(prices, "lowered", never)
    found = goals.solve(town(), budget())
    assert (found.values[0], found.bounds[0], found.proven >= 1) == (3, 3, True)
    first, second = found.led
    assert first is not None
    assert second is not None
    assert first.bound == 4
    assert second.multipliers.tolist() == [0]


def test_where_prices_are_split_a_proven_goal_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody costs anything then, which says no more than seats do, and it does not outweigh."""
    monkeypatch.setattr(goals, "LARGE", -1)
    monkeypatch.setattr(starts, "FEW_BIND", 0)
    found = goals.solve(town(), budget())
    assert (found.values[0], found.bounds[0], found.proven >= 1) == (3, 3, True)
    first, second = found.led
    assert first is not None
    assert second is not None
    assert first.people.tolist() == [0] * 4
    assert second.multipliers.tolist() == [0]


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(replace(town(), supervisor=np.zeros(4, int), starts=3), id="limited starts"),
        pytest.param(replace(town(), gain=np.array([[1, 1, 1, 2, 2, 1]])), id="some count more"),
    ],
)
def test_where_it_is_no_help_nothing_is_tried(part: Component) -> None:
    """The same plan, and a bound that nobody could pass."""
    chosen = np.array([3])
    found = benders.most_placed(part, chosen, budget())
    assert found.chosen is chosen
    assert found.bound == 4 * part.gain[0].max()


def test_a_large_model_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the flow alone tells holds all the same."""
    monkeypatch.setattr(benders, "HOT_PAIRS", 1)
    monkeypatch.setattr(exact.Model, "solved", None)
    chosen = np.array([3, 5])
    found = benders.most_placed(town(), chosen, budget())
    assert (found.bound, with_the_rest(town(), found.chosen)) == (4, 3)


def test_an_answer_that_is_no_plan_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """In floating point an answer may only nearly hold: everybody at the café has no roster."""
    asked: list[int] = []

    def wrong(model: exact.Model, *_: object) -> object:
        asked.append(model.width)
        return SimpleNamespace(x=np.ones(model.width), mip_dual_bound=-2.0)

    monkeypatch.setattr(exact.Model, "solved", wrong)
    found = benders.most_placed(town(), np.array([3, 5]), budget())
    assert asked
    assert is_plan(town(), found.chosen.tolist())
    assert found.bound >= max(all_values(town()))[0]


@given(st.one_of(components(), components(loose=True)))
@examples(80)
def test_what_holds_the_flow_up(part: Component) -> None:
    """König: seats of the openings named, and everybody who could go elsewhere, are as many."""
    count, full = flow.fullest(part, part.seats)
    part.supervisor[:] = -1
    part.gain[0] = 1
    assert count == max(all_values(part, half_days=False))[0]
    elsewhere = np.unique(part.participant[~full[part.opening]])
    assert count == part.seats[full].sum() + len(elsewhere)
