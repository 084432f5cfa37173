"""What has been published before: the knowledge of whoever would compute more from it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Protocol

import numpy as np

from matcher.balance.disclosure.tables import Dimension, ReleaseError, ReleaseFault, Wide

NO_END = np.iinfo(np.int64).max // 4
"""Stands for a cell of which no largest value is told."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A population as it was at some releases; corrected data make another ``revision`` of it."""

    population: str
    revision: int = 0


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Printed:
    """A table as it was published: of every cell, how small and how large it may be.

    ``low`` and ``high``: (cells,) the same number where the cell was shown; for a hidden one what
    its mark says. No hidden count is in here: a registry tells nobody more than was published.
    """

    release: str
    name: str
    snapshot: Snapshot
    dimensions: tuple[Dimension, ...]
    low: Wide
    high: Wide


@dataclass(frozen=True, slots=True)
class Within:
    """A nesting of two snapshots; ``over`` is None where it holds for every cell."""

    inner: Snapshot
    outer: Snapshot
    guarded: bool = True
    over: frozenset[str] | None = None


def together(nestings: Iterable[Within]) -> tuple[Within, ...]:
    """Also what follows: those within the inner are within the outer's outer.

    Two that lie within each other are the same people, and their differences are 0.
    """
    found = {(one.inner, one.outer, one.over): one for one in nestings}
    fresh = list(found.values())
    while fresh:
        more = []
        for one in fresh:
            for other in list(found.values()):
                if one.outer == other.inner:
                    more.append(_through(one, other))
                if other.outer == one.inner:
                    more.append(_through(other, one))
        fresh = [
            one
            for one in more
            if one.inner != one.outer and (one.inner, one.outer, one.over) not in found
        ]
        found |= {(one.inner, one.outer, one.over): one for one in fresh}
    return tuple(found.values())


def _through(one: Within, other: Within) -> Within:
    over = other.over if one.over is None else one.over
    if one.over is not None and other.over is not None:
        over = one.over & other.over
    return Within(one.inner, other.outer, one.guarded and other.guarded, over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noised:
    """With what noise counts were published: how much, and a ``mark`` of the secret (no part)."""

    mark: str
    reach: int
    variance: float
    least: int


class Published(Protocol):
    """What a registry keeps of a release."""

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Its tables, as published."""

    @property
    def nestings(self) -> tuple[Within, ...]:
        """How their populations lie in each other and in earlier ones."""

    @property
    def noise(self) -> Noised | None:
        """The noise in its counts; None where figures were hidden."""


@dataclass(frozen=True, eq=False, slots=True)
class Registry:
    """Everything that has been released (förteckning över det som lämnats ut), oldest first.

    Either tables with hidden figures, or the ``noise`` of those that were published with noise:
    both of the same people tell what each keeps. Of noise no table is kept: the same figure is the
    same again, whatever was told of it.

    Raises:
        ReleaseError: ``MIXED``: it has both.
    """

    tables: tuple[Printed, ...] = ()
    nestings: tuple[Within, ...] = field(default=())
    noise: Noised | None = None

    def __post_init__(self) -> None:
        self.agree(self.noise)

    def agree(self, noise: Noised | None) -> None:
        """Refuse to publish with this noise, or with none, beside what was published.

        Raises:
            ReleaseError: ``MIXED``, ``OTHER_NOISE``.
        """
        if (self.tables and noise) or (self.noise and not noise):
            raise ReleaseError(ReleaseFault.MIXED, "registry")
        if self.noise and self.noise != noise:
            raise ReleaseError(ReleaseFault.OTHER_NOISE, "registry")

    def with_release(self, published: "Published") -> "Registry":
        """With one release more."""
        nestings = dict.fromkeys((*self.nestings, *published.nestings))
        noise = self.noise or published.noise
        return Registry((*self.tables, *published.printed), tuple(nestings), noise)

    def latest(self) -> Mapping[str, int]:
        """For every population that has been published its latest revision."""
        latest: dict[str, int] = {}
        for table in self.tables:
            at = table.snapshot
            latest[at.population] = max(at.revision, latest.get(at.population, 0))
        return latest

    def touching(self, populations: set[str]) -> "Registry":
        """Only what was said of these populations, and of those nested with them, far or near."""
        near = set(populations)
        while True:
            more = {
                name
                for one in self.nestings
                for name in (one.inner.population, one.outer.population)
                if near & {one.inner.population, one.outer.population}
            }
            if more <= near:
                break
            near |= more
        return Registry(
            tuple(one for one in self.tables if one.snapshot.population in near),
            tuple(one for one in self.nestings if one.inner.population in near),
        )

    def to_json(self) -> str:
        """As text, to be kept; ``of_json`` reads it."""
        dimensions = {
            json.dumps([one.name, one.codes, one.parents, one.total]): None
            for one in chain.from_iterable(table.dimensions for table in self.tables)
        }
        numbers = {text: at for at, text in enumerate(dimensions)}
        tables = [
            {
                "release": table.release,
                "name": table.name,
                "population": table.snapshot.population,
                "revision": table.snapshot.revision,
                "dimensions": [
                    numbers[json.dumps([one.name, one.codes, one.parents, one.total])]
                    for one in table.dimensions
                ],
                "low": table.low.tolist(),
                "high": [None if one == NO_END else one for one in table.high.tolist()],
            }
            for table in self.tables
        ]
        nestings = [
            {
                "inner": [one.inner.population, one.inner.revision],
                "outer": [one.outer.population, one.outer.revision],
                "guarded": one.guarded,
                "over": None if one.over is None else sorted(one.over),
            }
            for one in self.nestings
        ]
        written = {
            "dimensions": [json.loads(text) for text in dimensions],
            "tables": tables,
            "nestings": nestings,
            **({"noise": asdict(self.noise)} if self.noise else {}),
        }
        return json.dumps(written, ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> "Registry":
        """What ``to_json`` wrote; where it says of no noise, figures were hidden.

        Raises:
            ValueError, KeyError, TypeError: it did not.
            ReleaseError: ``CODES``, ``MIXED``.
        """
        read = json.loads(text)
        dimensions = [
            Dimension(name, tuple(codes), tuple(parents), total)
            for name, codes, parents, total in read["dimensions"]
        ]
        tables = tuple(
            Printed(
                release=one["release"],
                name=one["name"],
                snapshot=Snapshot(one["population"], one["revision"]),
                dimensions=tuple(dimensions[at] for at in one["dimensions"]),
                low=np.array(one["low"], dtype=np.int64),
                high=np.array(
                    [NO_END if cell is None else cell for cell in one["high"]], dtype=np.int64
                ),
            )
            for one in read["tables"]
        )
        nestings = tuple(
            Within(
                Snapshot(*one["inner"]),
                Snapshot(*one["outer"]),
                one["guarded"],
                None if one["over"] is None else frozenset(one["over"]),
            )
            for one in read["nestings"]
        )
        return cls(tables, nestings, Noised(**read["noise"]) if "noise" in read else None)
