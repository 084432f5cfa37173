"""The exact model against trying everything; and what it may say when its work is cut short."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from matcher.solve import exact
from matcher.solve.components import Component
from tests.examples import examples
from tests.matcher.solve.small import (
    Values,
    all_values,
    budget,
    component,
    components,
    crowded,
    is_plan,
    kept,
)

Case = tuple[Component, Values, int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component, floors of the goals before one, mostly kept by some plan, and what is known."""
    part = draw(st.one_of(components(), crowded()))
    goal = draw(st.integers(0, len(part.gain) - 1))
    values = draw(st.sampled_from(all_values(part)))
    floors = tuple(max(0, v + draw(st.sampled_from([-3, -1, 0, 0, 0, 1]))) for v in values[:goal])
    return part, floors, max(0, values[goal] - draw(st.integers(0, 3)))


def most(case: Case) -> int:
    """What a plan that keeps the floors can reach, or what is known if none reaches more."""
    part, floors, known = case
    reached = [v[len(floors)] for v in all_values(part) if kept(v, floors)]
    return max([known, *reached])


def is_better(case: Case, found: exact.Exact) -> bool:
    """Whether what was found is a lawful plan that keeps the floors and beats what is known."""
    part, floors, known = case
    assert found.chosen is not None
    values = part.values(found.chosen)
    return is_plan(part, found.chosen.tolist()) and kept(values, (*floors, known + 1))


@given(cases())
@examples(150)
def test_a_better_plan_is_found_where_there_is_one(case: Case) -> None:
    """All plans tried: the best that keeps the floors, or none and the word that there is none."""
    part, floors, known = case
    found = exact.better(part, len(floors), floors, known, budget())
    assert found.bound == most(case)
    if most(case) == known:
        assert found.chosen is None
    else:
        assert is_better(case, found)
        assert part.values(found.chosen)[len(floors)] == found.bound


@given(cases(), st.sampled_from([0, 1]), st.sampled_from([None, 0.0, 1000.0]))
@examples(80)
def test_cut_short_it_claims_nothing_that_is_not_so(
    case: Case, nodes: int, seconds: float | None
) -> None:
    """With hardly any nodes or no time: no plan or a better one, no bound or a true one."""
    part, floors, known = case
    found = exact.better(part, len(floors), floors, known, budget(nodes=nodes, seconds=seconds))
    assert found.chosen is None or is_better(case, found)
    assert found.bound is None or found.bound >= most(case)


SHORT = component(
    [(0, 0), (1, 0), (2, 0)],
    [[1, 1, 1], [2, 3, 0]],
    [3],
    half_days=[[0, 1, 2]],
    sessions=[0b100, 0b110, 0b110],
    per_week=[1, 2, 1],
)
"""Room for two of three: P0 and P1, who add 5 to the second goal, or P0 and P2, who add 2."""


def test_a_goal_to_which_persons_add_and_one_to_which_pairs_add() -> None:
    """The first is held over people, the second over pairs: P0 and P1 are the best two."""
    assert exact.better(SHORT, 0, (), 1, budget()).bound == 2
    found = exact.better(SHORT, 1, (2,), 2, budget())
    assert (found.chosen.tolist(), found.bound) == ([0, 1], 5)


def test_nothing_better_is_said() -> None:
    """5 is known, and there is no more: no plan, and 5 as bound; nor do three ever fit."""
    for floors, known in [((2,), 5), ((3,), 0)]:
        found = exact.better(SHORT, 1, floors, known, budget())
        assert (found.chosen, found.bound) == (None, known)


def test_a_component_without_pairs() -> None:
    """Nothing to choose from: nothing is better than what is known."""
    found = exact.better(component([], [[]], [1]), 0, (), 0, budget())
    assert (found.chosen, found.bound) == (None, 0)


@pytest.mark.parametrize(("starts", "placed"), [(0, 1), (1, 2), (2, 3)])
def test_supervisors_within_their_starts(starts: int, placed: int) -> None:
    """Two of three people share a supervisor: the limit is on the two alone."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], supervisor=[0, 0, -1],
                     starts=starts)  # fmt: skip
    assert exact.better(part, 0, (), 0, budget()).bound == placed


@pytest.mark.parametrize(
    ("dual", "bound"), [(None, None), (-np.inf, None), (-6.5, 6), (-5.9999999, 6), (-1.0, 3)]
)
def test_what_an_interrupted_search_proves(
    monkeypatch: pytest.MonkeyPatch, dual: float | None, bound: int | None
) -> None:
    """HiGHS minimises: its bound of -6.5 is ours of 6, one of nothing is none.

    A bound below what is known, 3, says that nothing is better.
    """
    ended = optimize.OptimizeResult(status=1, x=None, mip_dual_bound=dual)
    monkeypatch.setattr(exact.optimize, "milp", lambda *_, **__: ended)
    found = exact.better(SHORT, 1, (0,), 3, budget())
    assert (found.chosen, found.bound) == (None, bound)


def test_an_interrupted_search_keeps_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan but no proof: the plan, and the bound that stands."""
    found = np.array([1.0, 0.9999999, 1e-7, *[0.0] * 20])
    ended = optimize.OptimizeResult(status=1, x=found, mip_dual_bound=-7.2)
    monkeypatch.setattr(exact.optimize, "milp", lambda *_, **__: ended)
    answer = exact.better(SHORT, 1, (0,), 3, budget())
    assert (answer.chosen.tolist(), answer.bound) == ([0, 1], 7)


def test_larger_models_have_fewer_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 nodes for up to 500 pairs, 500 for a thousand; and the seconds that are left."""
    options: list[dict[str, float]] = []

    def milp(*_: object, **given_: object) -> optimize.OptimizeResult:
        options.append(given_["options"])
        return optimize.OptimizeResult(status=2, x=None, mip_dual_bound=None)

    monkeypatch.setattr(exact.optimize, "milp", milp)
    for people in (10, 1000):
        part = component([(who, 0) for who in range(people)], [[1] * people], [people])
        exact.better(part, 0, (), 0, budget(seconds=7.0))
    assert [given_["node_limit"] for given_ in options] == [1000, 500]
    assert [given_["time_limit"] for given_ in options] == [7.0, 7.0]


@pytest.mark.parametrize("chosen", [[0.0, 0.0], [1.0, 1.0]], ids=["too little", "no roster"])
def test_an_answer_that_only_nearly_holds_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, chosen: list[float]
) -> None:
    """Two want the one half-day: nobody is worse than what is known, both have no roster."""
    part = component([(0, 0), (1, 0)], [[1, 1]], [2], half_days=[[1]], sessions=[1, 1])
    rest = np.zeros(100)
    said = optimize.OptimizeResult(x=np.concatenate([chosen, rest]), status=0, mip_dual_bound=-2.0)
    monkeypatch.setattr(optimize, "milp", lambda *_args, **_more: said)
    found = exact.better(part, 0, (), 0, budget())
    assert (found.chosen, found.bound) == (None, None)
