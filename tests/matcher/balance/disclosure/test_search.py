"""The search for moves: walks in both texts, a programme without whole numbers, what is left."""

import numpy as np
import pytest
from scipy import sparse

from matcher.balance.disclosure import Table, paths
from matcher.balance.disclosure.moves import Wanted, farthest, move
from matcher.balance.disclosure.registry import Registry, Snapshot
from matcher.balance.disclosure.sums import cells_of, sums_of
from matcher.balance.disclosure.suppress import Search, suppressed
from matcher.balance.disclosure.system import System, system_of
from matcher.balance.disclosure.tables import Rules
from tests.matcher.balance.disclosure.releases import dimensions
from tests.matcher.loops import in_python

PLAIN = in_python(paths)


def system(*counts: np.ndarray) -> System:
    """What is to be computed with of some tables, each of its own people."""
    tables = [
        (Snapshot(f"p{at}"), Table.of(f"t{at}", f"p{at}", dimensions(one.shape), one))
        for at, one in enumerate(counts)
    ]
    cells = cells_of(tables, Registry(), ())
    return system_of(cells, sums_of(cells, ()), Rules(), np.zeros(len(cells.keys), dtype=np.bool_))


def odd(width: int) -> System:
    """Sums a + b = b + c = a + c = d, which goes up and down in steps of two, or not at all."""
    base = system(np.array([9, 9, 9]))
    assert len(base.value) == 4
    rows = [[1, 1, 0, -1], [0, 1, 1, -1], [1, 0, 1, -1]]
    value = np.array([9, 9, 9, 18])
    everything = np.ones(4, dtype=np.bool_)
    return System(
        cells=base.cells,
        matrix=sparse.csr_array(np.array(rows, dtype=np.float64)),
        value=value,
        low=value - width,
        high=value + width,
        free=everything,
        hidden=everything,
        need=np.full(4, 2),
        width=2,
        weight=np.zeros(4),
    )


def wanted(step: int) -> Wanted:
    """The last of four cells is to go so far, any other may."""
    may = np.ones(4, dtype=np.bool_)
    return Wanted(may=may, steps=np.array([0, 0, 0, step]), cost=np.ones(4))


@pytest.mark.parametrize("step", [2, -2])
def test_two_steps_are_whole(step: int) -> None:
    """Two steps of the sum are one of each part."""
    found = move(odd(9), wanted(step))
    assert found is not None
    assert found.tolist() == [step // 2] * 3 + [step]
    assert farthest(odd(9), wanted(step)).tolist() == found.tolist()


@pytest.mark.parametrize("step", [1, -1])
def test_half_steps_are_none(step: int) -> None:
    """One step of the sum is half of one of each part: no answer; twice as far there is one."""
    assert move(odd(9), wanted(step)) is None
    assert farthest(odd(9), wanted(step)).tolist() == [step] * 3 + [2 * step]
    assert not farthest(odd(1), wanted(step)).any()


def test_nothing_wanted_moves_nothing() -> None:
    """Where the cell that is to move may not, nothing does."""
    nothing = Wanted(
        may=np.zeros(4, dtype=np.bool_), steps=np.array([0, 0, 0, 1]), cost=np.ones(4)
    )
    assert not farthest(odd(9), nothing).any()


def test_what_cannot_move_is_left() -> None:
    """With room for one step only, no cell moves in whole numbers: all four are left."""
    assert suppressed(odd(1)).left.tolist() == [True] * 4
    assert not suppressed(odd(9)).left.any()


def test_alone_a_cell_takes_what_it_needs() -> None:
    """One small cell of a table, protected by the programme alone."""
    search = Search(system(np.array([[3, 9, 9], [9, 9, 9]])))
    small = int(np.flatnonzero(search.open())[0])
    search.alone(small)
    assert not search.left.any()
    assert search.up[small] + search.down[small] >= 2
    assert (search.hidden & search.printable).sum() >= 4


@pytest.mark.parametrize("turn", range(3))
def test_all_move_together(turn: int) -> None:
    """Each turn tries other directions, and each protects the small cells of a table."""
    search = Search(system(np.array([[3, 9, 9], [9, 2, 9], [9, 9, 1]])))
    search.choose(search.open(), turn)
    moved = (search.up + search.down)[search.system.value < 5]
    assert (moved >= 2).all()


@pytest.mark.parametrize("seed", range(3))
def test_walks_are_the_same_in_both_texts(seed: int) -> None:
    """Compiled or not, each walk ends with the same move, and every sum holds."""
    counts = np.random.default_rng(seed).poisson(4.0, (8, 3, 2))
    base = system(counts)
    ways, scratch = paths.ways(base), paths.scratch(base)
    cost = np.where(np.arange(len(base.value)) % 7 == 0, np.inf, 1.0 + base.weight)
    found = 0
    for cell in np.flatnonzero(base.free).tolist():
        cells, steps = paths.walk(ways, scratch, cost, (cell, 2), 40)
        plain, others = PLAIN.walk(PLAIN.ways(base), PLAIN.scratch(base), cost, (cell, 2), 40)
        assert (cells.tolist(), steps.tolist()) == (plain.tolist(), others.tolist())
        moved = np.zeros(len(base.value))
        moved[cells] = steps
        assert not (base.matrix @ moved).any()
        assert (base.value + moved >= base.low)[base.free].all()
        found += len(cells) > 0
    assert found > 0
    assert not scratch.off.any()
    assert not scratch.moved.any()


def test_a_walk_is_no_longer_than_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rectangle has four cells: with room for three there is no walk."""
    base = system(np.array([[3, 9], [9, 9]]))
    cost = np.where(base.value > 9, np.inf, 1.0)
    small = int(np.flatnonzero(base.value == 3)[0])
    start = PLAIN.ways(base), PLAIN.scratch(base), cost, (small, 2), 40
    assert len(PLAIN.walk(*start)[0]) == 4
    monkeypatch.setattr(PLAIN, "DEPTH", 3)
    assert len(PLAIN.walk(*start)[0]) == 0


@pytest.mark.parametrize("rest", [0, 1])
def test_a_remainder_that_can_only_be_nothing_is_nobody(rest: int) -> None:
    """Part + rest = whole, and neither part nor whole can be otherwise: then the rest is known.

    Known to be 0 it tells of nobody; known to be 1 it does, and is left.
    """
    base = system(np.array([9]))
    assert len(base.value) == 2
    value = np.array([9 - rest, 9, rest])
    fixed = System(
        cells=base.cells,
        matrix=sparse.csr_array(np.array([[1.0, -1.0, 1.0]])),
        value=value,
        low=np.array([9 - rest, 9, 0]),
        high=np.array([9 - rest, 9, 99]),
        free=np.ones(3, dtype=np.bool_),
        hidden=np.ones(3, dtype=np.bool_),
        need=np.array([0, 0, 1]),
        width=1,
        weight=np.zeros(3),
    )
    search = suppressed(fixed)
    assert search.nothing.tolist() == [False, False, rest == 0]
    assert search.left.tolist() == [False, False, rest == 1]
