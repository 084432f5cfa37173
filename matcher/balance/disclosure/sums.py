"""The cells of all tables, each once, and the sums between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.balance.disclosure.coding import Coding
from matcher.balance.disclosure.registry import NO_END, Registry, Snapshot, Within
from matcher.balance.disclosure.tables import ReleaseError, ReleaseFault, Table, Wide
from matcher.travel.atlas import Masks

UNKNOWN = -1
"""Stands for the value of a cell that was hidden earlier and is not counted now."""


class ContradictionError(Exception):
    """What is counted now cannot be true together with what was published earlier."""

    def __init__(self, populations: frozenset[str]) -> None:
        """Keep whose figures have changed; all that there are, where nobody can say."""
        super().__init__(populations)
        self.populations = populations


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Cells:
    """The cells that stand in a table now, or stood in one earlier.

    All (cells,): their number in the ``coding``, ascending; their value (``UNKNOWN`` possible);
    what was said of them earlier (0 to ``NO_END`` where nothing was); whether they are in a table
    ``now``, and whether they were in an ``old`` one.
    """

    coding: Coding
    keys: Wide
    value: Wide
    low: Wide
    high: Wide
    now: Masks
    old: Masks

    def find(self, keys: Wide) -> tuple[Wide, Masks]:
        """Where cells stand, and whether they are there at all."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return at, self.keys[at] == keys


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Sums:
    """Sums over cells: of each its whole, and of each part in which sum it is.

    ``whole``: (sums,). ``part`` and ``sum_of``: (parts,). ``nested``: (sums,) whether it is a
    nesting, and ``guarded`` whether a difference of few in it is to be protected; ``group``: over
    which dimension or nesting it is, as a number.
    """

    whole: Wide
    part: Wide
    sum_of: Wide
    nested: Masks
    guarded: Masks
    group: Wide


def cells_of(
    tables: Sequence[tuple[Snapshot, Table]], earlier: Registry, nestings: Sequence[Within]
) -> Cells:
    """All cells, each once.

    Raises:
        ReleaseError: a cell has two values now; or as ``Coding`` does.
        ContradictionError: a figure is not what it was.
    """
    printed = earlier.tables
    snapshots = [snapshot for snapshot, _ in tables] + [one.snapshot for one in printed]
    snapshots += [snapshot for one in nestings for snapshot in (one.inner, one.outer)]
    dimensions = [d for _, table in tables for d in table.dimensions]
    dimensions += [d for table in printed for d in table.dimensions]
    coding = Coding(snapshots, dimensions)
    own = [coding.keys(snapshot, table.dimensions) for snapshot, table in tables]
    old = [coding.keys(table.snapshot, table.dimensions) for table in printed]
    keys = np.unique(np.concatenate([*own, *old]))
    value = np.full(len(keys), UNKNOWN, dtype=np.int64)
    low = np.zeros(len(keys), dtype=np.int64)
    high = np.full(len(keys), NO_END, dtype=np.int64)
    before = np.zeros(len(keys), dtype=np.bool_)
    for table, at in zip(printed, (np.searchsorted(keys, one) for one in old), strict=True):
        low[at] = np.maximum(low[at], table.low)
        high[at] = np.minimum(high[at], table.high)
        before[at] = True
    for (_, mine), places in zip(tables, own, strict=True):
        at = np.searchsorted(keys, places)
        counts = mine.counts.ravel()
        if ((value[at] != UNKNOWN) & (value[at] != counts)).any():
            raise ReleaseError(ReleaseFault.DISAGREE, mine.name)
        value[at] = counts
    now = value != UNKNOWN
    other = now & ((value < low) | (value > high))
    if other.any():
        names = [one.population for one in coding.snapshots]
        changed = np.unique(keys[other] // coding.size).tolist()
        raise ContradictionError(frozenset(names[at] for at in changed))
    value = np.where(~now & (low == high), low, value)
    return Cells(coding=coding, keys=keys, value=value, low=low, high=high, now=now, old=before)


def _over_dimensions(cells: Cells) -> Iterator[tuple[Wide, Wide]]:
    """For every dimension with totals the parts, and of each the whole that it is in."""
    coding = cells.coding
    for name in coding.digits:
        if not coding.summed[name]:
            continue
        digit = coding.digit(cells.keys, name)
        above = coding.parents(name)
        part = np.flatnonzero(digit)
        mine = digit[part]
        up = above[mine]
        whole, there = cells.find(cells.keys[part] + (up - mine) * coding.stride[name])
        while (~there & (up > 0)).any():  # the parent is in no table: its own parent then
            up = np.where(there, up, above[up])
            whole, there = cells.find(cells.keys[part] + (up - mine) * coding.stride[name])
        yield part[there], whole[there]


def _over_nestings(cells: Cells, nestings: Sequence[Within]) -> Iterator[tuple[Wide, Wide, bool]]:
    """For every nesting the inner cells, the outer ones, and whether they are guarded."""
    coding = cells.coding
    for one in nestings:
        inner, outer = coding.snapshots[one.inner], coding.snapshots[one.outer]
        same = cells.keys // coding.size == inner
        over = coding.digits if one.over is None else one.over
        for name in coding.digits:
            if name not in over:
                same = same & (coding.digit(cells.keys, name) == 0)
        part = np.flatnonzero(same)
        whole, there = cells.find(cells.keys[part] + (outer - inner) * coding.size)
        yield part[there], whole[there], one.guarded


def sums_of(cells: Cells, nestings: Sequence[Within]) -> Sums:
    """Every sum that follows from the dimensions, and every nesting of two cells."""
    wholes: list[Wide] = []
    parts: list[Wide] = []
    sums: list[Wide] = []
    marks: list[tuple[int, bool, bool]] = []
    size = 0
    for part, whole in _over_dimensions(cells):
        own, at = np.unique(whole, return_inverse=True)
        wholes.append(own)
        parts.append(part)
        sums.append(at + size)
        marks.append((len(own), False, True))
        size += len(own)
    for part, whole, guarded in _over_nestings(cells, nestings):
        wholes.append(whole)
        parts.append(part)
        sums.append(np.arange(size, size + len(part)))
        marks.append((len(part), True, guarded))
        size += len(part)
    counts = [count for count, _, _ in marks]
    none = np.zeros(0, dtype=np.int64)
    return Sums(
        whole=np.concatenate([none, *wholes]),
        part=np.concatenate([none, *parts]),
        sum_of=np.concatenate([none, *sums]),
        nested=np.repeat(np.array([nested for _, nested, _ in marks], dtype=np.bool_), counts),
        guarded=np.repeat(np.array([guard for _, _, guard in marks], dtype=np.bool_), counts),
        group=np.repeat(np.arange(len(marks)), counts),
    )
