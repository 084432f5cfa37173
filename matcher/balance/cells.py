"""Counting: people along variables, with totals and what lies over what, into tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.balance.disclosure import Dimension, Table, cell_keys
from matcher.balance.disclosure.noise import RANGE, Keys
from matcher.balance.events import NONE
from matcher.travel.atlas import Ints

Wide = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Variable:
    """What people are counted by: a dimension, and which of its cells each value adds to.

    ``adds``: (axis, values) 1 where somebody with the value counts in the cell. The last value
    stands for ``NONE``: it counts in the total alone.
    """

    dimension: Dimension
    adds: Wide


def variable(name: str, codes: Sequence[str]) -> Variable:
    """A variable of so many values, each a cell of its own, with a total."""
    dimension = Dimension(name, tuple(codes))
    adds = np.eye(len(codes) + 1, dtype=np.int64)
    adds[-1] = 1
    return Variable(dimension=dimension, adds=adds)


def family(
    name: str, over: Sequence[str], under: Sequence[str], parent: Sequence[int]
) -> Variable:
    """A variable in two levels.

    Values are first those under, then those over (somebody of whom no more is known), then
    ``NONE``.

    Args:
        name: of the dimension.
        over: the codes of the upper level.
        under: the codes of the lower level.
        parent: for each of the lower level its place in the upper, or ``NONE`` for none.
    """
    codes = (*over, *under)
    parents = (*[""] * len(over), *("" if at == NONE else over[at] for at in parent))
    adds = np.zeros((len(codes) + 1, len(codes) + 1), dtype=np.int64)
    for value, at in enumerate(parent):
        adds[len(over) + value, value] = 1
        if at != NONE:
            adds[at, value] = 1
    for value in range(len(over)):
        adds[value, len(under) + value] = 1
    adds[-1] = 1
    return Variable(dimension=Dimension(name, codes, parents), adds=adds)


def counted(
    name: str,
    population: str,
    variables: Sequence[Variable],
    values: Sequence[Ints],
    keys: Keys | None = None,
) -> Table:
    """A table of some people, each counted once.

    Args:
        name: of the table.
        population: who is counted.
        variables: at least one.
        values: for each variable what each of the people has, shape (people,).
        keys: (people,) the keys of their records, where the counts get noise.
    """
    shape = tuple(one.adds.shape[1] for one in variables)
    at = np.zeros(len(values[0]), dtype=np.int64)
    for size, column in zip(shape, values, strict=True):
        at = at * size + np.where(column == NONE, size - 1, column)
    cells: Wide = np.bincount(at, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)
    dimensions = tuple(one.dimension for one in variables)
    sums = None
    if keys is not None:
        parts = cell_keys(keys, at, cells.size).reshape(shape).astype(np.int64)
        sums = _with_totals(parts, variables).astype(np.uint64) % np.uint64(RANGE)
    return Table(name, population, dimensions, _with_totals(cells, variables), sums)


def _with_totals(cells: Wide, variables: Sequence[Variable]) -> Wide:
    """Cells of single values as cells of the axes: of codes, what lies over them, and totals."""
    for axis, one in enumerate(variables):
        cells = np.moveaxis(np.tensordot(one.adds, cells, axes=(1, axis)), 0, axis)
    return np.ascontiguousarray(cells)
