"""Dice: every chance in the generator, drawn from a seed so that it can be drawn again."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Texts = NDArray[np.object_]
Options = Mapping[str, float] | Mapping[str | None, float]
"""What may stand in a cell and how often, as weights; `None` is an empty cell."""


class Dice:
    """One stream of chance, named, so that changing one table leaves the others as they were.

    Only `Generator.random` is drawn from; all else is worked out here. NumPy promises to keep the
    bits of PCG64, not the algorithms of its distributions, and shipped files are compared with
    what the generator makes.
    """

    def __init__(self, seed: int, stream: str) -> None:
        """Start the stream of that name for this seed (a whole number, 0 or more)."""
        self._random = np.random.Generator(np.random.PCG64([seed, crc32(stream.encode())]))

    def unit(self, *shape: int) -> Floats:
        """Numbers from 0 up to, never including, 1."""
        return self._random.random(shape)

    def bell(self, *shape: int) -> Floats:
        """Numbers around 0 of standard deviation 1, never beyond 3: three uniform ones added."""
        drawn: Floats = (self._random.random((3, *shape)).sum(axis=0) - 1.5) * 2
        return drawn

    def chance(self, share: float, count: int) -> Mask:
        """True for about that share."""
        return self.unit(count) < share

    def whole(self, low: int, high: int, count: int) -> Ints:
        """Whole numbers from low to high, both included, all as likely."""
        return low + np.floor(self.unit(count) * (high - low + 1)).astype(np.int64)

    def index(self, weights: Sequence[float] | Floats, count: int) -> Ints:
        """Places in a list of weights, each as likely as its weight."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found: Ints = np.searchsorted(edges, self.unit(count) * edges[-1], side="right")
        return found

    def spread(self, weights: Sequence[float] | Floats, count: int) -> Ints:
        """As `index`, but every option as often as its weight says, to within one."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        drawn = (np.arange(count) + self.unit(count)) / max(1, count) * edges[-1]
        found: Ints = np.searchsorted(edges, drawn, side="right")
        return found[self.order(count)]

    def index_by_row(self, weights: Floats) -> Ints:
        """For each row of weights (rows, options) one place in it."""
        edges = np.cumsum(weights, axis=1)
        drawn = self.unit(len(weights))[:, None] * edges[:, -1:]
        found: Ints = (edges <= drawn).sum(axis=1)
        return found

    def choose(self, options: Options, count: int) -> Texts:
        """Options, each as likely as its weight."""
        values = np.array(list(options), dtype=object)
        return values[self.index(list(options.values()), count)]

    def numbers(self, options: Mapping[int, float], count: int) -> Ints:
        """Whole numbers, each as likely as its weight."""
        values = np.array(list(options), dtype=np.int64)
        return values[self.index(list(options.values()), count)]

    def order(self, count: int) -> Ints:
        """The numbers 0 .. count-1 in a random order."""
        return np.argsort(self.unit(count), kind="stable")

    def subsets(self, weights: Floats, sizes: Ints) -> Mask:
        """For each row as many different options as its size, heavy ones rather than light.

        Args:
            weights: (options,) or (rows, options); an option of weight 0 comes last.
            sizes: (rows,) how many to take.

        Returns:
            (rows, options) true where taken.
        """
        shape = (len(sizes), weights.shape[-1])
        keys = np.log1p(-self.unit(*shape)) / np.maximum(np.broadcast_to(weights, shape), 1e-9)
        ranks = np.argsort(np.argsort(-keys, axis=1, kind="stable"), axis=1, kind="stable")
        taken: Mask = ranks < sizes[:, None]
        return taken
