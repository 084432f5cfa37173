"""Prices prove bounds: whatever they are, no lawful plan that keeps the floors exceeds them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.solve import prices
from matcher.solve.components import NOBODY, Component
from matcher.solve.layout import lay_out
from matcher.solve.prices import Prices, Task, Work
from tests.examples import examples
from tests.matcher.solve.small import all_plans, component, components, crowded, is_plan, kept

STEPS = st.sampled_from([0, 1, 5, 40, 250])
Case = tuple[Component, Task, Prices]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component, a goal, floors that some plan keeps, what it reaches, and any prices."""
    part = draw(st.one_of(components(), crowded()))
    assume(len(part))
    layout = lay_out(part)
    goal = draw(st.integers(0, len(part.gain) - 1))
    values = draw(st.sampled_from(sorted({values for _, values in all_plans(part)})))
    task = Task(
        goal=goal,
        floors=tuple(max(0, v - draw(st.sampled_from([0, 0, 1, 5]))) for v in values[:goal]),
        known=values[goal],
        unit=prices.unit_of(layout, goal),
        held=tuple(draw(st.booleans()) for _ in range(goal)),
    )

    def dice(most: int, count: int) -> np.ndarray:
        number = st.integers(0, most) if draw(st.booleans()) else st.just(0)
        return np.array([draw(number) for _ in range(count)], dtype=np.int64)

    start = Prices(
        people=dice(20_000, len(layout.desk)),
        desks=dice(5_000, len(layout.starts)),
        multipliers=dice(10_000, goal),
    )
    return part, task, start


def best_kept(part: Component, task: Task) -> int:
    """The most that a plan which keeps the floors reaches, by trying all plans."""
    return max(v[task.goal] for _, v in all_plans(part) if kept(v, task.floors))


def said(found: Prices) -> tuple[object, ...]:
    """All that prices say, to compare."""
    lists = (found.people.tolist(), found.desks.tolist(), found.multipliers.tolist())
    return (*lists, found.units, found.bound)


@given(cases(), STEPS)
@examples(150)
def test_no_plan_that_keeps_the_floors_exceeds_the_bound(case: Case, steps: int) -> None:
    """From any prices, after any number of steps; the bound is in whole units, rounded down."""
    part, task, start = case
    found = prices.lowered(lay_out(part), task, start, Work(steps))
    assert found.bound == found.units // task.unit >= best_kept(part, task)
    assert min(found.people.min(), found.desks.min(initial=0)) >= 0
    assert (found.multipliers >= 0).all()
    assert (found.multipliers == start.multipliers)[np.array(task.held, dtype=np.bool_)].all()


@given(cases(), STEPS, st.data())
@examples(60)
def test_at_other_floors_prices_prove_what_they_would_prove_there(
    case: Case, steps: int, data: st.DataObject
) -> None:
    """Moved to any floors, lower or higher: the same as asking all openings again."""
    part, task, start = case
    layout = lay_out(part)
    found = prices.lowered(layout, task, start, Work(steps))
    floors = tuple(data.draw(st.integers(0, 2 * floor + 3)) for floor in task.floors)
    moved = prices.at_floors(found, task.unit, floors)
    anew = prices.lowered(layout, replace(task, floors=floors), found, Work(0))
    assert said(moved) == said(anew)
    assert found.floors == task.floors
    assert moved.floors == anew.floors == floors


@given(cases(), STEPS)
@examples(60)
def test_steps_never_raise_the_bound(case: Case, steps: int) -> None:
    """The prices to begin with are kept until better ones are found; so when it is stopped."""
    part, task, start = case
    layout = lay_out(part)
    first = prices.lowered(layout, task, start, Work(0))
    assert prices.lowered(layout, task, start, Work(steps)).units <= first.units
    stopped = prices.lowered(layout, task, start, Work(steps, stop=lambda: True))
    assert said(stopped) == said(first)
    assert stopped.people.tolist() == start.people.tolist()


@given(cases(), st.sampled_from([5, 40]))
@examples(30)
def test_threads_change_nothing(case: Case, steps: int) -> None:
    """None, one, two or three threads: the same prices, to the last unit."""
    part, task, start = case
    layout = lay_out(part)
    alone = said(prices.lowered(layout, task, start, Work(steps)))
    for workers in (1, 2, 3):
        with ThreadPoolExecutor(workers) as pool:
            assert said(prices.lowered(layout, task, start, Work(steps, pool))) == alone


@given(cases(), STEPS)
@examples(80)
def test_what_openings_ask_for_is_what_the_bound_counts(case: Case, steps: int) -> None:
    """Rosters that are lawful one by one, and with all prices and floors they add up to it."""
    part, task, start = case
    layout = lay_out(part)
    found = prices.lowered(layout, task, start, Work(steps))
    asked = prices.asked(layout, task, found)
    worth = prices.worth(layout, task, found.multipliers)
    price = prices.of_people(layout, found)
    total = int(worth[asked].sum() - price[layout.person[asked]].sum())
    total += int(found.people.sum() + layout.starts @ found.desks)
    assert total - int(found.multipliers @ np.array(task.floors, dtype=int)) == found.units
    for opening in range(len(part.seats)):
        there = asked[layout.opening[asked] == opening]
        free = replace(part, supervisor=np.full_like(part.supervisor, NOBODY))
        assert is_plan(free, layout.pair[there].tolist())


@given(cases(), st.sampled_from([0, 40]))
@examples(120)
def test_what_is_ruled_out_is_in_no_plan_as_good(case: Case, steps: int) -> None:
    """Every pair of every plan that keeps the floors and reaches what is known stays within."""
    part, task, start = case
    layout = lay_out(part)
    found = prices.lowered(layout, task, start, Work(steps))
    left, lost = prices.slack(layout, task, found)
    assert left == found.units - task.known * task.unit
    by_pair = np.empty_like(lost)
    by_pair[layout.pair] = lost
    assert (by_pair >= 0).all()
    for chosen, values in all_plans(part):
        if kept(values, (*task.floors, task.known)):
            assert (by_pair[chosen] <= left).all()


@given(cases())
@examples(40)
def test_units_are_a_power_of_two_and_the_largest_gain_has_enough(case: Case) -> None:
    """At least half of ``FINE`` and at most all of it; one unit for gains beyond that."""
    part, task, _ = case
    most = max(1, int(part.gain[task.goal].max()))
    assert task.unit.bit_count() == 1
    assert prices.FINE < 2 * most * task.unit <= 2 * prices.FINE


def task_of(part: Component, known: int) -> Task:
    """The first goal of a component, alone."""
    return Task(goal=0, floors=(), known=known, unit=prices.unit_of(lay_out(part), 0), held=())


def nothing(part: Component) -> Prices:
    """No prices."""
    layout = lay_out(part)
    none = np.zeros(0, dtype=np.int64)
    zero = np.zeros_like(layout.desk)
    return Prices(people=zero, desks=np.zeros_like(layout.starts), multipliers=none)


@pytest.mark.parametrize("seats", [[1, 1], [2, 3]])
def test_two_openings_that_ask_for_the_same_person(seats: list[int]) -> None:
    """P0 is worth 8 at either of two openings: without prices 16 is claimed, with them 8."""
    part = component([(0, 0), (0, 1)], [[8, 8]], seats)
    layout = lay_out(part)
    assert prices.lowered(layout, task_of(part, 8), nothing(part), Work(0)).bound == 16
    assert prices.lowered(layout, task_of(part, 8), nothing(part), Work(200)).bound == 8


def test_a_supervisor_with_one_start() -> None:
    """Three people of one supervisor who can take one: 9, 5 and 4 are claimed, 9 is the most."""
    part = component(
        [(0, 0), (1, 1), (2, 2)], [[9, 5, 4]], [1, 1, 1], supervisor=[0] * 3, starts=1
    )
    layout = lay_out(part)
    assert prices.lowered(layout, task_of(part, 9), nothing(part), Work(0)).bound == 18
    assert prices.lowered(layout, task_of(part, 9), nothing(part), Work(300)).bound == 9


def test_a_floor_before_the_goal() -> None:
    """One seat: P0 counts for the first goal, P1 adds 7 to the second; with the floor, 0 is left.

    At a multiplier of one unit for each the opening would take P1; at 7 or more either is worth
    the floor.
    """
    part = component([(0, 0), (1, 0)], [[1, 0], [0, 7]], [1])
    layout = lay_out(part)
    unit = prices.unit_of(layout, 1)
    task = Task(goal=1, floors=(1,), known=0, unit=unit, held=(False,))
    start = Prices(people=np.zeros(2, dtype=np.int64), desks=np.zeros(0, dtype=np.int64),
                   multipliers=np.zeros(1, dtype=np.int64))  # fmt: skip
    assert prices.lowered(layout, task, start, Work(0)).bound == 7
    assert prices.lowered(layout, task, start, Work(300)).bound == 0


def test_whole_rosters_bound_more_than_half_days_one_by_one() -> None:
    """Three on the same two of three half-days of one: by half-days three fit, in truth two.

    No prices are needed: the opening's best roster has two people.
    """
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], half_days=[[1, 1, 1]],
                     sessions=[3, 3, 3])  # fmt: skip
    assert prices.lowered(lay_out(part), task_of(part, 2), nothing(part), Work(0)).bound == 2
