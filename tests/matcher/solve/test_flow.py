"""The flow against trying everything, where half-days are left out."""

import numpy as np
import pytest
from hypothesis import assume, given

from matcher.solve import flow
from matcher.solve.components import NOBODY, Component
from tests.examples import examples
from tests.matcher.solve.small import all_values, component, components


def reached(part: Component, seats: list[int] | None = None) -> tuple[int, ...]:
    """What the flow reaches."""
    room = part.seats if seats is None else np.array(seats, dtype=np.int32)
    return part.values(flow.best(part, room))


@given(components())
@examples(120)
def test_every_goal_in_order_is_the_best_there_is(part: Component) -> None:
    """Seats and supervisors kept, each participant once: no choice is better in any goal."""
    assert reached(part) == max(all_values(part, half_days=False))


@given(components())
@examples(120)
def test_stage_by_stage_reaches_the_same(part: Component) -> None:
    """With a range so small that every goal is solved by itself, on the best face of those before.

    Whatever the range, the values are the same.
    """
    best = max(all_values(part, half_days=False))
    for safe in (0, 40, 5_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(flow, "SAFE_RANGE", safe)
            assert reached(part) == best, safe


def test_stages_and_stack_agree_on_a_crowd() -> None:
    """Two hundred people, thirty openings, half as many seats: stacked or staged, the same."""
    dice = np.random.default_rng(7)
    pairs = [(who, int(where)) for who in range(200) for where in dice.permutation(30)[:8]]
    ones, norms = np.ones(len(pairs)), dice.integers(0, 2, len(pairs))
    waiting, points = dice.integers(100, 201, 200), dice.integers(0, 1001, len(pairs))
    gain = [ones, waiting[[who for who, _ in pairs]], norms, points]
    part = component(sorted(pairs), gain, [3] * 30, supervisor=list(range(20)) * 10, starts=4)
    stacked = reached(part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "SAFE_RANGE", 0)
        assert reached(part) == stacked


@given(components())
@examples(30)
def test_a_small_range_really_makes_stages(part: Component) -> None:
    """Else the test before proves nothing: a range of nothing gives a stage to each goal."""
    assume(len(part) and (part.gain.max(axis=1) > 0).all())
    network = flow._network(part, part.seats)  # noqa: SLF001
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "SAFE_RANGE", 0)
        most = [flow.ceiling(part, goal) for goal in range(len(part.gain))]
        stages = flow._stages(network, most)  # noqa: SLF001
    assert stages == [slice(goal, goal + 1) for goal in range(len(part.gain))]


@given(components())
@examples(30)
def test_the_choice_is_in_order_and_each_person_is_there_once(part: Component) -> None:
    """Positions ascending; and every pair is of another participant."""
    chosen = flow.best(part, part.seats)
    assert chosen.tolist() == sorted(set(chosen.tolist()))
    assert len(set(part.participant[chosen].tolist())) == len(chosen)


def test_nobody_and_nothing() -> None:
    """A component without pairs has the empty plan."""
    part = component([], [[], []], seats=[2])
    assert flow.best(part, part.seats).tolist() == []


def test_goals_beyond_64_bits_stay_in_order() -> None:
    """Four goals of up to 10^6 stack to 10^24, far beyond 2^63: so they are solved in stages.

    P0 and P1 both want O0's one seat. In the first three goals it makes no difference who has it;
    the last one gives P1 a single unit more.
    """
    million = 10**6
    gain = [[million, million]] * 3 + [[million - 1, million]]
    part = component([(0, 0), (1, 0)], gain, seats=[1])
    assert flow.best(part, part.seats).tolist() == [1]


def test_a_dear_goal_is_not_bought_with_many_cheap_units() -> None:
    """One unit of the first goal outweighs any number of the second."""
    part = component([(0, 0), (0, 1)], [[1, 0], [0, 1_000_000]], seats=[1, 1])
    assert reached(part) == (1, 0)


def test_seats_may_be_fewer_than_the_component_has() -> None:
    """The bound from half-days is handed in: two of three seats."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 2, 3]], seats=[3])
    assert reached(part, [2]) == (5,)
    assert reached(part, [0]) == (0,)


@pytest.mark.parametrize(("starts", "placed"), [(0, 1), (1, 2), (2, 3), (9, 3)])
def test_supervisors_within_their_starts(starts: int, placed: int) -> None:
    """Two people share a supervisor, the third has none: the limit is on the two alone."""
    pairs = [(0, 0), (1, 0), (2, 0)]
    part = component(pairs, [[1, 1, 1]], [3], supervisor=[0, 0, NOBODY], starts=starts)
    assert reached(part) == (placed,)


def test_a_flow_that_ends_badly_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """More sent than received: the solver says so, and nothing is made of it."""
    part = component([(0, 0)], [[1]], seats=[1])
    true = flow._network  # noqa: SLF001

    def unbalanced(*given: object) -> object:
        network = true(*given)
        network.supply[0] += 1
        return network

    monkeypatch.setattr(flow, "_network", unbalanced)
    with pytest.raises(RuntimeError, match="min-cost flow"):
        flow.best(part, part.seats)
