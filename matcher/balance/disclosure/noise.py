"""Cell-key noise: small changes of counts, the same for the same people wherever they stand.

Every record has a random key of its own; the keys of those who are counted in a cell add up to
the cell's key; and a table says for each count and key what is added. So a figure of the same
people is the same in every table, and a repeated question tells nothing new. One person more gives
the cells they are in another key, and so a change drawn anew: such a figure moves by anything from
1 - 2 ``reach`` to 1 + 2 ``reach``, and all others not at all. 0 stays 0. Totals get noise of their
own: perturbed tables do not add up, and must say so.

No small count comes out: what is told is 0 or at least ``least``, so that no figure looks like one
of few people. A cell of few becomes 0 or ``least`` and more, by chance, and its mean stays true.

Source: Fraser, Wooton, A proposed method for confidentialising tabular output to protect against
differencing, UNECE (2005); Marley, Leaver, A method for confidentialising user-defined tables,
ISI (2011); the perturbation of highest entropy: Giessing, Computational issues in the design of
transition probabilities, PSD (2016), where counts that may not come out are one of its conditions.
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
INSIDE = 0.1
"""A variance stays so far, in parts of what is possible, from the ends of it."""


@dataclass(frozen=True, slots=True)
class Noise:
    """How much is added.

    Args:
        reach: the most that is added or taken away.
        variance: of what is added, in people squared; its mean is 0. A count from which no noise
            of that variance leads to what may be told has the nearest that does.
        least: the smallest number but 0 that is told; at most ``reach``, but for 1.

    Raises:
        ReleaseError: ``RULES``: no noise has so large or so small a variance, or keeps to what
            may be told.
    """

    reach: int = 2
    variance: float = 1.0
    least: int = 1

    def __post_init__(self) -> None:
        most = self.reach**2 / 2
        if not 1 <= self.reach <= FARTHEST or not LEAST <= self.variance <= most:
            raise ReleaseError(ReleaseFault.RULES, "noise")
        if not 1 <= self.least <= self.reach:
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
    """The counts with noise: 0 stays 0, all others become 0 or ``least`` and more.

    None becomes negative, and totals do not add up.

    Args:
        counts: of any shape.
        keys: of the cells, same shape; that of a total is the sum of its parts' keys.
        noise: how much.
    """
    noise = noise or Noise()
    table = np.cumsum(probabilities(noise), axis=1)
    table[:, -1] = 1.0  # a sum of parts may be less by a hair
    row = np.minimum(counts, len(table) - 1)
    chance = keys.astype(np.float64) / RANGE
    step = (table[row] <= chance[..., np.newaxis]).sum(axis=-1) - noise.reach
    return np.where(counts == 0, 0, counts + step)


@cache
def probabilities(noise: Noise) -> Floats:
    """How likely each change is: (counts, changes from -reach to reach).

    Row n is that of count n, the last that of all larger ones. Each has mean 0 and, where what may
    be told allows it, the variance asked for; of all such the most even.
    """
    rows = [np.eye(2 * noise.reach + 1)[noise.reach]]
    rows += [_row(noise, count) for count in range(1, noise.least + noise.reach + 1)]
    return np.stack(rows)


def _row(noise: Noise, count: int) -> Floats:
    """The distribution of highest entropy on the changes that may be, with mean and variance.

    It is an exponential of a quadratic; its two numbers make a convex function least.
    """
    reach = noise.reach
    near = range(count - reach, count + reach + 1)
    steps = np.array([one - count for one in near if one == 0 or one >= noise.least])
    up, down = steps[steps >= 0], -steps[steps <= 0]
    low, high = up.min() * down.min(), up.max() * down.max()  # of two steps alone
    inside = INSIDE * (high - low)
    variance = min(max(noise.variance, low + inside if low else 0.0), high - inside)
    moments = np.array([0.0, variance / reach**2])
    powers = np.stack([steps / reach, (steps / reach) ** 2])

    def steepness(tilt: Floats) -> tuple[float, Floats]:
        exponent = tilt @ powers
        weight = np.exp(exponent - exponent.max())
        whole = weight.sum()
        value = float(np.log(whole) + exponent.max() - tilt @ moments)
        return value, powers @ weight / whole - moments

    tilt = optimize.minimize(steepness, np.zeros(2), jac=True, method="BFGS", tol=1e-10).x
    exponent = tilt @ powers
    weight = np.exp(exponent - exponent.max())
    row = np.zeros(2 * reach + 1)
    row[reach + steps] = weight / weight.sum()
    return row
