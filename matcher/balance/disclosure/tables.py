"""What is to be published: tables of counts, and who lies within whom."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.errors import StegetError

Wide = npt.NDArray[np.int64]
"""Counts and keys of cells."""


class ReleaseFault(StrEnum):
    """What can be wrong with a release; each is an error of the program, or of its data."""

    SHAPE = "SHAPE"
    """A table's counts do not have the shape of its dimensions."""
    CODES = "CODES"
    """A code is empty or there twice, or a parent is no code, or lies within itself."""
    TWICE = "TWICE"
    """Two tables have one name, or a table has a dimension twice."""
    NEGATIVE = "NEGATIVE"
    """A count is less than 0."""
    DISAGREE = "DISAGREE"
    """One cell has two values, or a dimension is told in two ways."""
    EXCEEDS = "EXCEEDS"
    """The parts are more than the whole."""
    NOT_NESTED = "NOT_NESTED"
    """The inner population has more people than the outer, or populations lie in a ring."""
    TOO_FINE = "TOO_FINE"
    """A table has dimensions that may never stand together."""
    TOO_LARGE = "TOO_LARGE"
    """The dimensions have more combinations than can be numbered."""
    RULES = "RULES"
    """A number of the rules is out of its range."""
    KEYS = "KEYS"
    """Noise is asked for in a table of which nobody knows the keys."""
    MIXED = "MIXED"
    """Of these people hidden exact counts were published, and now noise is asked for; or the other
    way round. Both together tell what each keeps."""
    OTHER_NOISE = "OTHER_NOISE"
    """Of these people counts with other noise were published: the mean of both would tell more."""


class ReleaseError(StegetError):
    """A release that cannot be protected because it contradicts itself, or may not be.

    Args:
        code: what is wrong.
        where: the table, dimension or population; never a count.
    """

    def __init__(self, code: ReleaseFault, where: str) -> None:
        """Keep both, so that the error can be pickled."""
        super().__init__(code, where)
        self.code = code
        self.where = where


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is broken down by. The same name is the same variable in every table.

    Args:
        name: such as ``gender``.
        codes: the categories, in the table's order.
        parents: in a hierarchy (a field over its occupation groups) the code that each code lies
            in, ``""`` where it lies in the total alone; nothing where there is no hierarchy.
        total: whether the last place of the axis is the total. Without one (steg, where a person
            stands in several) no sum is taken over it.

    Raises:
        ReleaseError: ``CODES``.
    """

    name: str
    codes: tuple[str, ...]
    parents: tuple[str, ...] = ()
    total: bool = True

    def __post_init__(self) -> None:
        known = {*self.codes, ""}
        above = self.above() if len(self.parents) in {0, len(self.codes)} else {}
        line = set(above.values())
        for _ in self.codes:  # as many steps as there are codes lead out of any hierarchy
            line = {above.get(code, "") for code in line}
        told = len(known) == len(above) + 1 == len(self.codes) + 1
        if not told or not known.issuperset(above.values()) or line - {""}:
            raise ReleaseError(ReleaseFault.CODES, self.name)

    @property
    def axis(self) -> int:
        """How long the table's axis is."""
        return len(self.codes) + self.total

    def above(self) -> dict[str, str]:
        """The parent of every code."""
        return dict(zip(self.codes, self.parents or ("",) * len(self.codes), strict=True))

    def place(self, code: str | None) -> int:
        """Where a code stands on the axis; None is the total.

        Raises:
            ValueError: there is no such code, or no total.
        """
        if code is None and self.total:
            return len(self.codes)
        return self.codes.index("" if code is None else code)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Counts of people, broken down by some dimensions, each with its total last.

    Args:
        name: of the table; no other of the release has it.
        population: who is counted, such as ``accepted 2026``. Cells with the same population and
            the same codes (totals left out) are one cell, in whichever table they stand.
        dimensions: none for a single figure.
        counts: shape ``(d.axis for d in dimensions)``. People who are under no code of a
            dimension may be in its total alone: they are protected like a cell.
        keys: of the cells, shape as ``counts``, where noise may be asked for: the sums of the keys
            of those who are counted, as ``noise.cell_keys`` makes them.

    Raises:
        ReleaseError: ``SHAPE``, ``NEGATIVE``, ``TWICE``.
    """

    name: str
    population: str
    dimensions: tuple[Dimension, ...]
    counts: Wide
    keys: npt.NDArray[np.uint64] | None = None

    def __post_init__(self) -> None:
        shapes = {one.shape for one in (self.counts, self.keys) if one is not None}
        if shapes != {tuple(one.axis for one in self.dimensions)}:
            raise ReleaseError(ReleaseFault.SHAPE, self.name)
        if (self.counts < 0).any():
            raise ReleaseError(ReleaseFault.NEGATIVE, self.name)
        if len({one.name for one in self.dimensions}) != len(self.dimensions):
            raise ReleaseError(ReleaseFault.TWICE, self.name)

    @classmethod
    def of(
        cls, name: str, population: str, dimensions: tuple[Dimension, ...], counts: Wide
    ) -> "Table":
        """A table of counts without totals: shape ``(len(d.codes) ...)``; they are added.

        In a hierarchy the total is the sum of those that lie in it alone.
        """
        for axis, one in enumerate(dimensions):
            if one.total:
                tops = [not parent for parent in one.above().values()]
                whole = np.compress(tops, counts, axis).sum(axis=axis, keepdims=True)
                counts = np.concatenate([counts, whole], axis=axis)
        return cls(name, population, dimensions, counts.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Nesting:
    """Everybody in the ``inner`` population is in the ``outer`` one too.

    Accepted in proposed, a quarter in its year, what was so far at the last release in what is
    so far now. ``guarded``: a difference of a few people between two figures is itself a few
    people, and is kept from being found as a small cell is. ``over``: the dimensions by which
    everybody is in the same place in both, all where it names none: who was proposed a café may
    start in a garden.
    """

    inner: str
    outer: str
    guarded: bool = True
    over: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Release:
    """Tables that are published together.

    Raises:
        ReleaseError: ``TWICE``.
    """

    name: str
    tables: tuple[Table, ...]
    nestings: tuple[Nesting, ...] = ()

    def __post_init__(self) -> None:
        if len({table.name for table in self.tables}) != len(self.tables):
            raise ReleaseError(ReleaseFault.TWICE, self.name)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is few, and how far from the truth whoever computes must stay.

    Args:
        threshold: counts from 1 to one less are small (få) and hidden.
        protection: the least difference between the largest and the smallest value that a small
            cell can have in the eyes of somebody who knows all that is published, and how.
        floor: the smallest denominator of a percentage.
        never_together: sets of dimensions that no table may have all of.

    Raises:
        ReleaseError: ``RULES``. With a threshold of 2 the mark would tell the count.
    """

    threshold: int = 5
    protection: int = 2
    floor: int = 20
    never_together: tuple[frozenset[str], ...] = (
        frozenset({"association", "branch", "gender", "need"}),
    )

    def __post_init__(self) -> None:
        for name, low, high in (
            ("threshold", 3, 1000),
            ("protection", 1, self.threshold - 2),
            ("floor", 1, 1_000_000),
        ):
            if not low <= getattr(self, name) <= high:
                raise ReleaseError(ReleaseFault.RULES, name)
