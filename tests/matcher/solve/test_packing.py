"""Rosters put together: never less than before, always lawful, and the best of a street."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.policy import Limits
from matcher.solve import packing
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component
from matcher.solve.layout import Layout, Wide, lay_out, rows_of
from matcher.solve.packing import Pool
from tests.examples import examples
from tests.matcher.solve.small import Case, budget, cases, component, is_plan


def standing(layout: Layout, chosen: Wide) -> Wide:
    """(participants,) everybody's row in a plan given by its pairs."""
    at = np.full(len(layout.desk), NOBODY, dtype=np.int64)
    rows = rows_of(layout)[chosen]
    at[layout.person[rows]] = rows
    return at


def pairs(layout: Layout, at: Wide) -> Wide:
    """The pairs of a plan given by everybody's row."""
    return np.sort(layout.pair[at[at != NOBODY]])


def pool_of(layout: Layout, *plans: list[int]) -> Pool:
    """The rosters of some plans."""
    pool: Pool = {}
    for plan in plans:
        packing.see(pool, layout, standing(layout, np.array(plan, dtype=np.int64)))
    return pool


def street(**changes: object) -> Component:
    """Three workshops of two seats, six people: pairs 2 o, 2 o + 1 and 6 + o are at workshop o.

    P0 and P1 could be at the first, P2 and P3 at the second, P4 and P5 at the third; P1 also at
    the second, P3 at the third, P5 at the first.
    """
    where = [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (1, 1), (3, 2), (5, 0)]
    order = sorted(range(9), key=lambda n: where[n])
    return replace(
        component([where[n] for n in order], [[1] * 9], [2, 2, 2]),
        **changes,  # type: ignore[arg-type] # columns by name
    )


def pair(person: int, opening: int, part: Component) -> int:
    """Where a pair stands."""
    found = np.flatnonzero((part.participant == person) & (part.opening == opening))
    return int(found[0])


HALVES = [[(0, 0), (1, 0), (3, 2)], [(2, 1), (3, 1), (5, 0)], [(4, 2), (5, 2), (1, 1)]]
"""Three plans, each with one workshop full as it should be."""


@pytest.mark.parametrize("few", [0, 300])
@pytest.mark.parametrize("region", [1, 2, 600])
def test_the_best_of_each_plan_is_put_together(
    monkeypatch: pytest.MonkeyPatch, region: int, few: int
) -> None:
    """None of the three places more than three; together they place all six."""
    monkeypatch.setattr(packing, "FEW", few)
    monkeypatch.setattr(packing, "REGION", region)
    part = street()
    layout = lay_out(part)
    plans = [sorted(pair(*who, part) for who in half) for half in HALVES]
    pool = pool_of(layout, *plans)
    before = standing(layout, np.array(plans[0]))
    after = packing.packed(layout, pool, before, 0, budget(seconds=60))
    placed = (after != NOBODY).sum()
    assert placed == 6 if region == 600 else placed >= 4  # region by region the third is filled
    assert before.tolist() == standing(layout, np.array(plans[0])).tolist()


@pytest.mark.parametrize(("starts", "placed"), [(6, 6), (5, 4), (4, 4), (3, 3), (0, 0)])
def test_a_supervisor_starts_no_more_than_they_can(starts: int, placed: int) -> None:
    """All six have the same supervisor; rosters of two and of one come whole or not at all."""
    part = street(supervisor=np.zeros(6, dtype=np.int64), starts=starts)
    layout = lay_out(part)
    plans = [sorted(pair(*who, part) for who in half) for half in HALVES]
    pool = pool_of(layout, *plans)
    nobody = np.full(6, NOBODY, dtype=np.int64)
    after = packing.packed(layout, pool, nobody, 0, budget())
    assert (after != NOBODY).sum() == placed


def test_what_is_nearly_chosen_and_does_not_fit_is_not_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two rosters of four, and a supervisor who can start seven: three quarters of the second."""
    monkeypatch.setattr(packing, "FEW", 0)
    part = component(
        [(person, person // 4) for person in range(8)],
        [[1] * 8],
        [4, 4],
        supervisor=[0] * 8,
        starts=7,
    )
    layout = lay_out(part)
    pool = pool_of(layout, [0, 1, 2, 3], [4, 5, 6, 7])
    nobody = np.full(8, NOBODY, dtype=np.int64)
    assert (packing.packed(layout, pool, nobody, 0, budget()) != NOBODY).sum() == 4


def test_one_who_waits_long_does_not_outweigh_two() -> None:
    """A goal before the one that is raised comes first."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1], [5, 5, 90]], [2])
    layout = lay_out(part)
    pool = pool_of(layout, [0, 1], [2])
    nobody = np.full(3, NOBODY, dtype=np.int64)
    assert pairs(layout, packing.packed(layout, pool, nobody, 1, budget())).tolist() == [0, 1]


def test_nothing_seen_changes_nothing() -> None:
    """Nor does a pool of what is there already, nor a stop."""
    part = street()
    layout = lay_out(part)
    at = standing(layout, np.array([0]))
    assert packing.packed(layout, {}, at, 0, budget()).tolist() == at.tolist()
    same = packing.packed(layout, pool_of(layout, [0]), at, 0, budget())
    assert same.tolist() == at.tolist()
    stopped = Budget(Limits(seconds=1), iter([0.0] + [9.0] * 99).__next__)
    everything = pool_of(layout, *(sorted(pair(*w, part) for w in half) for half in HALVES))
    assert packing.packed(layout, everything, at, 0, stopped).tolist() == at.tolist()
    assert stopped.cut


def test_an_answer_that_does_not_come_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model may end without one, such as by the clock."""
    monkeypatch.setattr(packing, "_solved", lambda *_, **__: None)
    part = street()
    layout = lay_out(part)
    pool = pool_of(layout, *(sorted(pair(*w, part) for w in half) for half in HALVES))
    at = standing(layout, np.array([0]))
    assert packing.packed(layout, pool, at, 0, Budget(Limits(seconds=60))).tolist() == at.tolist()


@given(cases(), st.data(), st.sampled_from([0, 2, 300]), st.sampled_from([1, 2, 600]))
@examples(80)
def test_what_is_put_together_is_lawful_and_no_worse(
    case: Case, data: st.DataObject, few: int, region: int
) -> None:
    """From any plan with any rosters that have their half-days; the same every time."""
    part, chosen = case
    assume(len(part))
    layout = lay_out(part)
    pool: Pool = {}
    packing.see(pool, layout, standing(layout, np.sort(chosen)))
    for _ in range(data.draw(st.integers(0, 4))):
        drawn = data.draw(st.permutations(range(len(part))))
        plan: list[int] = []
        for number in drawn:
            if is_plan(part, [*plan, number]):
                plan.append(number)
        packing.see(pool, layout, standing(layout, np.sort(np.array(plan, dtype=np.int64))))
    goal = data.draw(st.integers(0, len(part.gain) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "FEW", few)
        patch.setattr(packing, "REGION", region)
        at = standing(layout, np.sort(chosen))
        after, again = (packing.packed(layout, pool, at, goal, budget()) for _ in range(2))
    assert after.tolist() == again.tolist()
    found = pairs(layout, after)
    assert is_plan(part, found.tolist())
    assert part.values(found) == part.values(np.sort(chosen)) or (
        part.values(found)[: goal + 2] > part.values(np.sort(chosen))[: goal + 2]
    )


def test_many_who_wait_long_do_not_outweigh_more_places() -> None:
    """Stacked, two who wait long are worth three others: what comes of it is not taken."""
    pairs_of = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (6, 1)]
    part = component(pairs_of, [[1] * 7, [0, 0, 0, 90, 90, 0, 0]], [3, 2])
    layout = lay_out(part)
    pool = pool_of(layout, [0, 1, 2, 5, 6], [3, 4, 5, 6])
    at = standing(layout, np.array([0, 1, 2, 5, 6]))
    assert pairs(layout, packing.packed(layout, pool, at, 0, budget())).tolist() == [0, 1, 2, 5, 6]


@pytest.mark.parametrize("nodes", [0, 1])
def test_no_nodes_are_no_harm(nodes: int) -> None:
    """A model that may not be searched gives something lawful, or nothing."""
    part = street()
    layout = lay_out(part)
    pool = pool_of(layout, *(sorted(pair(*w, part) for w in half) for half in HALVES))
    at = standing(layout, np.array([0]))
    after = packing.packed(layout, pool, at, 0, budget(nodes=nodes))
    assert is_plan(part, pairs(layout, after).tolist())
