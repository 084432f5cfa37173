"""Cells as numbers: the same cell has the same number in whichever table it stands."""

import math
from collections.abc import Iterable

import numpy as np

from matcher.balance.disclosure.registry import Snapshot
from matcher.balance.disclosure.tables import Dimension, ReleaseError, ReleaseFault, Wide


class Coding:
    """Every cell of some tables as one whole number: digits for snapshot and dimensions."""

    def __init__(self, snapshots: Iterable[Snapshot], dimensions: Iterable[Dimension]) -> None:
        """Number snapshots, and for each dimension the codes of all tables.

        Raises:
            ReleaseError: ``DISAGREE``, a code with two parents; ``TOO_LARGE``.
        """
        self.snapshots = {one: at for at, one in enumerate(dict.fromkeys(snapshots))}
        self.above: dict[str, dict[str, str]] = {}
        self.summed: dict[str, bool] = {}
        for one in dimensions:
            known = self.above.setdefault(one.name, {})
            for code, parent in one.above().items():
                known[code] = known.get(code) or parent  # a flat list says of no parent
                if parent and known[code] != parent:
                    raise ReleaseError(ReleaseFault.DISAGREE, one.name)
            self.summed[one.name] = self.summed.get(one.name, True) and one.total
        self.digits = {
            name: {code: at + 1 for at, code in enumerate(codes)}
            for name, codes in self.above.items()
        }
        self.stride: dict[str, int] = {}
        size = 1
        for name, codes in self.digits.items():
            self.stride[name] = size
            size *= len(codes) + 1
        self.size = size
        if size * max(1, len(self.snapshots)) >= np.iinfo(np.int64).max:
            raise ReleaseError(ReleaseFault.TOO_LARGE, max(self.digits, key=len))

    def keys(self, snapshot: Snapshot, dimensions: tuple[Dimension, ...]) -> Wide:
        """The number of every cell of a table, in the order of its axes laid end to end."""
        shape = tuple(one.axis for one in dimensions)
        keys = np.full(shape, self.snapshots[snapshot] * self.size, dtype=np.int64)
        for axis, one in enumerate(dimensions):
            digits = [self.digits[one.name][code] for code in one.codes] + [0] * one.total
            along = [1] * len(shape)
            along[axis] = len(digits)
            keys += self.stride[one.name] * np.array(digits, dtype=np.int64).reshape(along)
        return keys.reshape(math.prod(shape))

    def digit(self, keys: Wide, name: str) -> Wide:
        """Which code of a dimension each cell has; 0 where it is not broken down by it."""
        digit: Wide = keys // self.stride[name] % (len(self.digits[name]) + 1)
        return digit

    def parents(self, name: str) -> Wide:
        """For every digit of a dimension that of its parent."""
        digits = {"": 0, **self.digits[name]}
        above = [digits[parent] for parent in self.above[name].values()]
        return np.array([0, *above], dtype=np.int64)
