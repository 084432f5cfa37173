"""All that is said of one group of people as cells and sums: what whoever computes reckons with.

A cell is what stands in a table, or what nobody prints and yet follows: the *remainder* of a
whole over its listed parts, and the *difference* of a figure and the same figure for people who
are among them. Every sum is ``whole = parts + remainder`` or ``outer = inner + difference``.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse
from scipy.sparse.csgraph import connected_components

from matcher.balance.disclosure.registry import NO_END
from matcher.balance.disclosure.sums import UNKNOWN, Cells, ContradictionError, Sums
from matcher.balance.disclosure.tables import ReleaseError, ReleaseFault, Rules, Wide
from matcher.travel.atlas import Floats, Masks


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class System:
    """Cells, sums, and what is known of the cells before anything is computed.

    The first cells are those of ``cells``; then one remainder or difference for sums that have
    one. ``matrix``: (sums, all cells), its product with the true values is 0. All others (all
    cells,):

    - ``value``: the true one, or a possible one where even we do not know it;
    - ``low``, ``high``: what a hidden cell may be, for somebody who knows the rules: not 0;
    - ``free``: not known to everybody from the start (0, or published earlier);
    - ``hidden``: may not be shown whatever else is;
    - ``need``: how far apart its least and largest possible value have to be, 0 for no matter;
      ``width`` of them for every other cell that comes to be hidden;
    - ``weight``: what it costs to hide it, 0 for what is not shown anyway.
    """

    cells: Cells
    matrix: sparse.csr_array
    value: Wide
    low: Wide
    high: Wide
    free: Masks
    hidden: Masks
    need: Wide
    width: int
    weight: Floats


def system_of(cells: Cells, sums: Sums, rules: Rules, changed: Masks) -> System:
    """What can be computed with, and what has to be kept from being computed.

    Args:
        cells: of the tables now and earlier.
        sums: over them.
        rules: what is few.
        changed: (cells,) those whose figure differs by a few from an earlier revision's.

    Raises:
        ReleaseError: ``EXCEEDS``, ``NOT_NESTED``.
        ContradictionError: what is counted now cannot lie within what was published earlier.
    """
    count = len(cells.keys)
    rest, told = _rests(cells, sums)
    kept = np.flatnonzero(sums.nested | ~told | (rest > 0))
    matrix = _matrix(count, sums, kept)
    values = np.concatenate([cells.value, np.where(told, rest, UNKNOWN)[kept]])
    lows = np.concatenate([cells.low, np.zeros(len(kept), dtype=np.int64)])
    highs = np.concatenate([cells.high, np.full(len(kept), NO_END)])
    full = _full(sums, told & (rest > 0))
    least = np.concatenate([np.zeros(count, dtype=np.bool_), full[kept]])
    value = _possible(matrix, values, (lows, highs), least)
    if value is None:
        raise ContradictionError(frozenset(one.population for one in cells.coding.snapshots))
    few = (value > 0) & (value < rules.threshold)
    wholes = np.bincount(sums.whole[~sums.nested], minlength=count)
    free = np.ones(len(value), dtype=np.bool_)
    free[:count] = (value[:count] > 0) & (lows != highs)[:count]
    free[count:] = ~full[kept] | told[kept] | (value[count:] > 0)
    free[count:] &= _undecided(matrix, free)[kept]
    lows[:count] = np.maximum(lows[:count], cells.now)  # nobody hides 0
    small = free[:count] & (few[:count] & cells.now | changed)
    hidden = small | free[:count] & cells.old
    guard = few[count:] & told[kept] & sums.guarded[kept]
    unsure = ~told[kept] & ~sums.nested[kept]
    need = np.concatenate(
        [
            hidden * rules.protection,
            free[count:] * np.where(guard, rules.protection, unsure),
        ]
    )
    cost = 1.0 + 3 * wholes + np.log1p(value[:count])  # totals last, and what is large
    weight = np.concatenate([np.where(free[:count] & ~hidden, cost, 0.0), np.zeros(len(kept))])
    need = np.where(_linked(matrix, free, cells.now), np.minimum(need, highs - lows), 0)
    return System(
        cells=cells,
        matrix=matrix,
        value=value,
        low=lows,
        high=highs,
        free=free,
        hidden=np.concatenate([hidden, free[count:]]),
        need=need.astype(np.int64),
        width=rules.protection,
        weight=weight,
    )


def _rests(cells: Cells, sums: Sums) -> tuple[Wide, Masks]:
    """What each sum leaves over, and whether all of it is known to us.

    Raises:
        ReleaseError: ``EXCEEDS``, ``NOT_NESTED``: less than nothing, now.
        ContradictionError: less than nothing, of now and earlier together.
    """
    size = len(sums.whole)
    parts = np.zeros(size, dtype=np.int64)
    np.add.at(parts, sums.sum_of, cells.value[sums.part])
    told = cells.value[sums.whole] != UNKNOWN
    told[sums.sum_of[cells.value[sums.part] == UNKNOWN]] = False
    rest: Wide = cells.value[sums.whole] - parts
    short = told & (rest < 0)
    if short.any():
        names = [one.population for one in cells.coding.snapshots]
        at = np.flatnonzero(short)[0]
        mine = np.append(sums.part[sums.sum_of == at], sums.whole[at])
        if not cells.now[mine].all():
            raise ContradictionError(frozenset(names))
        code = ReleaseFault.NOT_NESTED if sums.nested[at] else ReleaseFault.EXCEEDS
        raise ReleaseError(code, names[cells.keys[sums.whole[at]] // cells.coding.size])
    return rest, told


def _full(sums: Sums, over: Masks) -> Masks:
    """(sums,) whether a reader takes the parts for all there are: nobody is known to be left over.

    Of a dimension in which somebody is (a wish for a field, and for no group in it) none is full.
    """
    known = np.unique(sums.group[over & ~sums.nested])
    full: Masks = ~sums.nested & ~np.isin(sums.group, known)
    return full


def _matrix(count: int, sums: Sums, kept: Wide) -> sparse.csr_array:
    """(sums, cells and rests): 1 for parts and rests, -1 for wholes."""
    size = len(sums.whole)
    rows = np.concatenate([sums.sum_of, np.arange(size), kept])
    columns = np.concatenate([sums.part, sums.whole, count + np.arange(len(kept))])
    signs = np.ones(len(rows))
    signs[len(sums.part) : len(sums.part) + size] = -1
    shape = (size, count + len(kept))
    return sparse.coo_array((signs, (rows, columns)), shape=shape).tocsr()


def _possible(
    matrix: sparse.csr_array, value: Wide, bounds: tuple[Wide, Wide], least: Masks
) -> Wide | None:
    """Values with something in the place of every unknown one, as little left over as can be.

    Any values that fit what was published do: whoever computes cannot tell them from the true
    ones. What is ``least`` is taken to be nothing, where that can be, as whoever computes will
    take it. None where nothing fits.
    """
    unknown = np.flatnonzero(value == UNKNOWN)
    if not len(unknown):
        return value
    known = np.where(value == UNKNOWN, 0, value)
    rows = np.flatnonzero(abs(matrix[:, unknown]).sum(axis=1))
    side = -(matrix[rows] @ known)
    high = bounds[1][unknown].astype(np.float64)
    found = optimize.milp(
        least[unknown].astype(np.float64),
        integrality=np.ones(len(unknown), dtype=np.int64),
        bounds=optimize.Bounds(bounds[0][unknown], np.where(high == NO_END, np.inf, high)),
        constraints=optimize.LinearConstraint(matrix[rows][:, unknown], side, side),
    )
    if found.x is None:
        return None
    value = value.copy()
    value[unknown] = np.round(found.x)
    return value


def _undecided(matrix: sparse.csr_array, free: Masks) -> Masks:
    """(sums,) whether more than one cell of it is not known to everybody."""
    several: Masks = (abs(matrix) @ free.astype(np.float64)) > 1
    return several


def _linked(matrix: sparse.csr_array, free: Masks, now: Masks) -> Masks:
    """(all cells,) those that sums lead to from a cell that is counted now.

    Of the others nothing new is told; that they are safe was found at their own release.
    """
    size = matrix.shape[0]
    sums, columns = matrix[:, np.flatnonzero(free)].nonzero()
    both = (sums, size + np.flatnonzero(free)[columns])
    graph = sparse.coo_array((np.ones(len(sums)), both), shape=(size + len(free),) * 2)
    label = connected_components(graph, directed=False)[1][size:]
    linked: Masks = free & np.isin(label, label[: len(now)][now])
    return linked
