"""Cell-key noise: small changes of counts, the same for the same people wherever they stand.

Every record has a random key of its own; the keys of those who are counted in a cell add up to
the cell's key; and a table says for each count and key what is added. So a figure is the same in
every table, a repeated question tells nothing new, and two figures that differ by one person
differ by more than one, or not at all. 0 stays 0. Totals get noise of their own: perturbed
tables do not add up, and must say so.

Source: Fraser, Wooton, A proposed method for confidentialising tabular output to protect against
differencing, UNECE (2005); Marley, Leaver, A method for confidentialising user-defined tables,
ISI (2011); the perturbation of highest entropy: Giessing, Computational issues in the design of
transition probabilities, PSD (2016).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import optimize

from matcher.balance.disclosure.tables import ReleaseError, ReleaseFault, Wide
from matcher.travel.atlas import Floats

Keys = npt.NDArray[np.uint64]
"""Keys of records and of cells: from 0 to ``RANGE`` - 1."""
RANGE = 1 << 32
FARTHEST = 100
LEAST = 0.1
"""The bounds of what may be asked for."""


@dataclass(frozen=True, slots=True)
class Noise:
    """How much is added.

    Args:
        reach: the most that is added or taken away.
        variance: of what is added, in people squared; its mean is 0.

    Raises:
        ReleaseError: ``RULES``: no noise has so large or so small a variance.
    """

    reach: int = 2
    variance: float = 1.0

    def __post_init__(self) -> None:
        most = self.reach**2 / 2
        if not 1 <= self.reach <= FARTHEST or not LEAST <= self.variance <= most:
            raise ReleaseError(ReleaseFault.RULES, "noise")


def record_keys(ids: Sequence[str], secret: bytes) -> Keys:
    """The key of every record: the same for the same id and secret, and nothing to guess it by.

    Args:
        ids: of people, such as their pseudonyms.
        secret: at most 64 bytes, kept by whoever publishes, and for ever the same.
    """
    digests = (blake2b(one.encode(), key=secret, digest_size=4).digest() for one in ids)
    return np.frombuffer(b"".join(digests), dtype="<u4").astype(np.uint64)


def cell_keys(keys: Keys, cell: npt.NDArray[np.integer], cells: int) -> Keys:
    """The key of every cell: the sum of the keys of its records, modulo ``RANGE``.

    Args:
        keys: (records,) of the records.
        cell: (records,) in which cell each is counted.
        cells: how many there are.
    """
    sums = np.zeros(cells, dtype=np.uint64)
    np.add.at(sums, cell, keys)
    return sums % np.uint64(RANGE)


def perturbed(counts: Wide, keys: Keys, noise: Noise | None = None) -> Wide:
    """The counts with noise: 0 stays 0, none becomes negative, totals do not add up.

    Args:
        counts: of any shape.
        keys: of the cells, same shape; that of a total is the sum of its parts' keys.
        noise: how much.
    """
    noise = noise or Noise()
    table = np.cumsum(probabilities(noise), axis=1)
    row = np.minimum(counts, len(table) - 1)
    chance = keys.astype(np.float64) / RANGE
    step = (table[row] <= chance[..., np.newaxis]).sum(axis=-1) - noise.reach
    return np.where(counts == 0, 0, counts + step)


@cache
def probabilities(noise: Noise) -> Floats:
    """How likely each change is: (counts, changes from -reach to reach).

    Row n is that of count n, the last that of all larger ones. Each has mean 0 and, where a
    count that cannot be negative allows it, the variance asked for; of all such the most even.
    """
    rows = [np.eye(2 * noise.reach + 1)[noise.reach]]
    rows += [_row(noise, -min(noise.reach, count)) for count in range(1, noise.reach + 1)]
    return np.stack(rows)


def _row(noise: Noise, lowest: int) -> Floats:
    """The distribution of highest entropy on lowest ... reach, with the mean and variance.

    It is an exponential of a quadratic; its two numbers make a convex function least.
    """
    steps = np.arange(lowest, noise.reach + 1, dtype=np.float64)
    largest = -lowest * noise.reach  # that of a distribution on the two ends alone
    moments = np.array([0.0, min(noise.variance, 0.9 * largest)])
    powers = np.stack([steps, steps**2])

    def least(tilt: Floats) -> tuple[float, Floats]:
        exponent = tilt @ powers
        weight = np.exp(exponent - exponent.max())
        whole = weight.sum()
        value = float(np.log(whole) + exponent.max() - tilt @ moments)
        return value, powers @ weight / whole - moments

    tilt = optimize.minimize(least, np.zeros(2), jac=True, method="BFGS", tol=1e-10).x
    exponent = tilt @ powers
    weight = np.exp(exponent - exponent.max())
    row = np.zeros(2 * noise.reach + 1)
    row[noise.reach + lowest :] = weight / weight.sum()
    return row
