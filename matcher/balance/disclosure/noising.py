"""A release with noise: every count is told, none is exact, and none is of few.

The other way to protect tables, for whoever publishes many: nothing is hidden, nothing adds up.
Of the same people it is either this or ``protect``, never both: a registry remembers which.
"""

from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from matcher.balance.disclosure.noise import Keys, Noise, perturbed, record_keys
from matcher.balance.disclosure.registry import Noised, Registry
from matcher.balance.disclosure.release import Kept, ProtectedRelease, ProtectedTable, check_fine
from matcher.balance.disclosure.tables import Release, ReleaseError, ReleaseFault, Rules, Table

SECRET = (32, 64)
"""The least and the most bytes of a secret."""
VARIANCE = 2.0
"""Of the noise where nobody asks for another, in people squared."""
MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Noising:
    """How counts are given noise.

    Args:
        secret: of whoever publishes, 32 to 64 bytes, the same in every release; never shown.
        noise: how much.

    Raises:
        ReleaseError: ``RULES``: the secret is too short or too long.
    """

    secret: bytes = field(repr=False)
    noise: Noise

    def __post_init__(self) -> None:
        if not SECRET[0] <= len(self.secret) <= SECRET[1]:
            raise ReleaseError(ReleaseFault.RULES, "secret")

    @classmethod
    def of(cls, secret: bytes, threshold: int) -> "Noising":
        """Noise by which no count from 1 to one less than the threshold comes out.

        Raises:
            ReleaseError: ``RULES``.
        """
        return cls(secret, Noise(reach=threshold, variance=VARIANCE, least=threshold))

    def keys(self, kind: str, known: npt.NDArray[np.uint64]) -> Keys:
        """The keys of some records under the secret.

        Args:
            kind: of record, so that no two kinds share a key.
            known: (records,) by which each is known again in every frame.
        """
        return record_keys([f"{kind} {one:016x}" for one in known.tolist()], self.secret)

    @property
    def noised(self) -> Noised:
        """What a registry keeps of it."""
        mark = blake2b(key=self.secret, digest_size=MARK_BYTES, person=b"mark").hexdigest()
        one = self.noise
        return Noised(mark=mark, reach=one.reach, variance=one.variance, least=one.least)


def noised(
    release: Release, noising: Noising, rules: Rules | None = None, earlier: Registry | None = None
) -> ProtectedRelease:
    """The release with noise in every count.

    Args:
        release: the tables with their keys, of people without protected identity.
        noising: the secret, and how much.
        rules: what is few, and which dimensions never stand together.
        earlier: everything that has been published before.

    Raises:
        ReleaseError: ``MIXED`` or ``OTHER_NOISE`` with what was published; ``TOO_FINE``; ``KEYS``;
            ``RULES``: noise that would tell counts of few.
    """
    rules, told = rules or Rules(), noising.noised
    (earlier or Registry()).agree(told)
    check_fine(release, rules)
    if told.least < rules.threshold:
        raise ReleaseError(ReleaseFault.RULES, "noise")
    tables = tuple(_noised(table, noising.noise) for table in release.tables)
    return ProtectedRelease(
        name=release.name,
        tables=tables,
        kept=Kept(
            cells=sum(table.values.size for table in tables),
            zero=sum(int((table.values == 0).sum()) for table in tables),
            hidden=0,
        ),
        printed=(),
        nestings=(),
        noise=told,
    )


def _noised(table: Table, noise: Noise) -> ProtectedTable:
    if table.keys is None:
        raise ReleaseError(ReleaseFault.KEYS, table.name)
    return ProtectedTable(
        name=table.name,
        population=table.population,
        dimensions=table.dimensions,
        values=perturbed(table.counts, table.keys, noise),
        reasons=np.zeros(table.counts.shape, dtype=np.uint8),
    )
