"""Short moves, found by walking from sum to sum.

From one cell that has to move: each sum that no longer holds is mended by one more of its cells,
until all hold. Of the cells that could mend a sum those are tried first that cost little and
leave few other sums to be mended, so that rectangles, cubes and the ways through totals come
first. What this does not find, ``moves`` may.

Source: the hypercube method, Repsilber, in: Hundepool et al., Statistical Disclosure Control
(2012), ch. 4; here over any sums, not only those of one table.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.balance.disclosure.registry import NO_END
from matcher.balance.disclosure.system import System
from matcher.balance.disclosure.tables import Wide
from matcher.compiled import compiled
from matcher.travel.atlas import Floats

DEPTH = 200
"""The most cells of a short move."""
WIDTH = 5
"""How many cells of a sum are tried."""
NEW = -2
"""Marks a step of a walk of which nothing has been looked at."""
MENDING = 3.0
"""What a sum that is left to mend counts for, in costs of cells."""


class Ways(NamedTuple):
    """Which cells are in which sums, and which sums a cell is in; both with signs.

    ``cells[first[s] : first[s + 1]]`` are those of sum s, ``signs`` theirs; ``own_sums`` and
    ``own_signs`` from ``own_first`` are the sums of a cell.
    """

    first: npt.NDArray[np.int32]
    cells: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int64]
    own_first: npt.NDArray[np.int32]
    own_sums: npt.NDArray[np.int32]
    own_signs: npt.NDArray[np.int64]
    up: Wide
    down: Wide


class Scratch(NamedTuple):
    """Room to work in: how far each sum is off, how far each cell has moved; 0 between calls."""

    off: Wide
    moved: Wide


def ways(system: System) -> Ways:
    """The free cells of a system, their sums, and how far they may go up and down."""
    rows = system.matrix.multiply(system.free[np.newaxis, :].astype(np.float64)).tocsr()
    rows.eliminate_zeros()
    rows.sort_indices()
    columns = rows.tocsc()
    return Ways(
        first=rows.indptr.astype(np.int32),
        cells=rows.indices.astype(np.int32),
        signs=rows.data.astype(np.int64),
        own_first=columns.indptr.astype(np.int32),
        own_sums=columns.indices.astype(np.int32),
        own_signs=columns.data.astype(np.int64),
        up=np.where(system.high == NO_END, NO_END, system.high - system.value),
        down=system.value - system.low,
    )


def scratch(system: System) -> Scratch:
    """Room for walks."""
    return Scratch(
        off=np.zeros(system.matrix.shape[0], dtype=np.int64),
        moved=np.zeros(len(system.value), dtype=np.int64),
    )


@compiled
def _shift(ways: Ways, scratch: Scratch, cell: int, step: int) -> int:
    """Move a cell, and tell how many more sums are off than before."""
    more = 0
    for at in range(ways.own_first[cell], ways.own_first[cell + 1]):
        of = ways.own_sums[at]
        before = scratch.off[of]
        scratch.off[of] = before + ways.own_signs[at] * step
        more += int(scratch.off[of] != 0) - int(before != 0)
    scratch.moved[cell] += step
    return more


@compiled
def _worst(ways: Ways, scratch: Scratch, trail: Wide, size: int) -> int:
    """The shortest sum that is off, among those of the cells on the trail; -1 where none is."""
    best, shortest = -1, 1 << 30
    for place in range(size):
        cell = trail[place]
        for at in range(ways.own_first[cell], ways.own_first[cell + 1]):
            of = ways.own_sums[at]
            length = ways.first[of + 1] - ways.first[of]
            if scratch.off[of] != 0 and length < shortest:
                best, shortest = of, length
    return best


@compiled
def _candidates(ways: Ways, scratch: Scratch, cost: Floats, of: int, found: Wide) -> int:
    """The best cells that mend a sum, best first, into ``found``; tells how many."""
    score = np.empty(len(found))
    size = 0
    for at in range(ways.first[of], ways.first[of + 1]):
        cell = ways.cells[at]
        step = -scratch.off[of] * ways.signs[at]
        if (
            scratch.moved[cell] != 0
            or not cost[cell] < np.inf
            or step > ways.up[cell]
            or -step > ways.down[cell]
        ):
            continue
        more = 0
        for own in range(ways.own_first[cell], ways.own_first[cell + 1]):
            before = scratch.off[ways.own_sums[own]]
            more += int(before + ways.own_signs[own] * step != 0) - int(before != 0)
        mine = cost[cell] + MENDING * more
        if size == len(found) and mine >= score[size - 1]:
            continue
        if size < len(found):
            size += 1
        place = size - 1
        while place > 0 and score[place - 1] > mine:
            score[place] = score[place - 1]
            found[place] = found[place - 1]
            place -= 1
        score[place] = mine
        found[place] = cell
    return size


@compiled
def walk(
    ways: Ways, scratch: Scratch, cost: Floats, start: tuple[int, int], nodes: int
) -> tuple[Wide, Wide]:
    """The cheapest short move that begins with a cell and a step.

    Args:
        ways: the sums.
        scratch: zeros; zeros again afterwards.
        cost: (all cells,) of moving each at all; infinite for those that may not.
        start: the cell, and how far up or (negative) down.
        nodes: how many steps may be tried.

    Returns:
        The cells of the move and their steps; nothing where none was found.
    """
    trail = np.zeros(DEPTH + 1, dtype=np.int64)
    queue = np.zeros((DEPTH + 1, WIDTH), dtype=np.int64)
    waiting = np.zeros(DEPTH + 1, dtype=np.int64)
    turn = np.zeros(DEPTH + 1, dtype=np.int64)
    best_cells = best_steps = np.zeros(0, dtype=np.int64)
    best, spent = np.inf, 0.0
    trail[0] = start[0]
    off = _shift(ways, scratch, start[0], start[1])
    level = 1
    mend = np.zeros(DEPTH + 1, dtype=np.int64)
    mend[1] = NEW
    while level > 0:
        if mend[level] == NEW:  # just come here
            mend[level] = -1
            waiting[level] = 0
            turn[level] = 0
            if off == 0:
                best = spent
                best_cells = trail[:level].copy()
                best_steps = scratch.moved[best_cells]
            elif level < DEPTH:
                mend[level] = _worst(ways, scratch, trail, level)
                waiting[level] = _candidates(ways, scratch, cost, mend[level], queue[level])
        if turn[level] < waiting[level] and nodes > 0:
            cell = queue[level, turn[level]]
            turn[level] += 1
            if spent + cost[cell] >= best:
                continue
            nodes -= 1
            of = mend[level]
            step = 0
            for at in range(ways.own_first[cell], ways.own_first[cell + 1]):
                if ways.own_sums[at] == of:
                    step = -scratch.off[of] * ways.own_signs[at]
            off += _shift(ways, scratch, cell, step)
            spent += cost[cell]
            trail[level] = cell
            level += 1
            mend[level] = NEW
        else:
            level -= 1
            cell = trail[level]
            off += _shift(ways, scratch, cell, -scratch.moved[cell])
            spent -= cost[cell] if level > 0 else 0.0
    return best_cells, best_steps
