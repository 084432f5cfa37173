"""A release, protected: each cell is shown or hidden, and what was published is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.balance.disclosure.registry import (
    Noised,
    Printed,
    Registry,
    Snapshot,
    Within,
    together,
)
from matcher.balance.disclosure.sums import Cells, ContradictionError, cells_of, sums_of
from matcher.balance.disclosure.suppress import suppressed
from matcher.balance.disclosure.system import system_of
from matcher.balance.disclosure.tables import (
    Dimension,
    Release,
    ReleaseError,
    ReleaseFault,
    Rules,
    Table,
    Wide,
)
from matcher.travel.atlas import Masks

Marks = npt.NDArray[np.uint8]
"""For every cell 0 where it is shown, else the place of its reason in ``REASONS``, from 1."""


class Reason(StrEnum):
    """Why a figure is hidden."""

    FEW = "FEW"
    """It is small, or a small one would follow from it (för få): which of them, nobody is told."""
    REFUSED = "REFUSED"
    """The table is not published: with what was published earlier it would tell too much."""
    RATIO = "RATIO"
    """A part of the ratio is hidden."""
    DENOMINATOR = "DENOMINATOR"
    """The denominator is under the floor."""


REASONS = tuple(Reason)
_FEW, _REFUSED = 1, 2


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ProtectedTable:
    """A table as it may be published; axes and totals as in ``Table``.

    ``values``: the counts, 0 where a cell is hidden: read them together with ``reasons``.
    """

    name: str
    population: str
    dimensions: tuple[Dimension, ...]
    values: Wide
    reasons: Marks

    @property
    def shown(self) -> Masks:
        """Which cells are shown."""
        shown: Masks = self.reasons == 0
        return shown

    def cell(self, *codes: str | None) -> int | Reason:
        """The count of a cell, or why it is hidden; None is a total.

        Raises:
            ValueError: there is no such cell.
        """
        pairs = zip(self.dimensions, codes, strict=True)
        at = tuple(dimension.place(code) for dimension, code in pairs)
        reason = int(self.reasons[at])
        return REASONS[reason - 1] if reason else int(self.values[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much a release tells: cells of all tables, each once; of them those that are 0.

    How many of the hidden ones are small is not kept: it would tell something of them.
    """

    cells: int
    zero: int
    hidden: int


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ProtectedRelease:
    """Tables that may be published together, and what a registry has to keep of them.

    ``noise``: what is in every count; None where figures are hidden instead.
    """

    name: str
    tables: tuple[ProtectedTable, ...]
    kept: Kept
    printed: tuple[Printed, ...]
    nestings: tuple[Within, ...]
    noise: Noised | None = None

    def table(self, name: str) -> ProtectedTable:
        """The table of a name.

        Raises:
            KeyError: there is none.
        """
        return {table.name: table for table in self.tables}[name]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Judged:
    """Some tables, judged: of each cell (cells,) its mark and what the mark says of it.

    ``snapshots``: of every population; ``nestings``: between them; ``refused``: the tables that
    may not be published with the others, by name.
    """

    snapshots: Mapping[str, Snapshot]
    nestings: tuple[Within, ...]
    cells: Cells
    marks: Marks
    low: Wide
    high: Wide
    refused: frozenset[str]

    def marks_of(self, table: Table) -> tuple[Wide, Marks]:
        """Where the cells of a table are, and their marks."""
        keys = self.cells.coding.keys(self.snapshots[table.population], table.dimensions)
        at = np.searchsorted(self.cells.keys, keys)
        return at, self.marks[at]


def protect(
    release: Release, rules: Rules | None = None, earlier: Registry | None = None
) -> ProtectedRelease:
    """The release with every cell shown or hidden so that no hidden one can be found.

    Args:
        release: the tables, of people without protected identity.
        rules: what is few.
        earlier: everything that has been published before.

    Raises:
        ReleaseError: the release contradicts itself, or a table is too fine, or ``MIXED``: what
            was published before has noise.
    """
    rules, earlier = rules or Rules(), earlier or Registry()
    earlier.agree(None)
    check_fine(release, rules)
    tables = release.tables
    while True:
        judged = _agreed(Release(release.name, tables, release.nestings), rules, earlier)
        if not judged.refused:
            break
        tables = tuple(table for table in tables if table.name not in judged.refused)
    published = {table.name for table in tables}
    return ProtectedRelease(
        name=release.name,
        tables=tuple(
            _marked(table, judged) if table.name in published else _refused(table)
            for table in release.tables
        ),
        kept=_kept(judged),
        printed=tuple(_printed(release.name, table, judged) for table in tables),
        nestings=judged.nestings,
    )


def check_fine(release: Release, rules: Rules) -> None:
    """Refuse dimensions that may never stand together.

    Raises:
        ReleaseError: ``TOO_FINE``.
    """
    for table in release.tables:
        names = {one.name for one in table.dimensions}
        if any(names >= fine for fine in rules.never_together):
            raise ReleaseError(ReleaseFault.TOO_FINE, table.name)


def _agreed(release: Release, rules: Rules, earlier: Registry) -> _Judged:
    """The tables, judged; populations whose figures have changed are new ones."""
    names = {name for one in release.nestings for name in (one.inner, one.outer)}
    names |= {table.population for table in release.tables}
    near = earlier.touching(names)
    latest = near.latest()
    revised: frozenset[str] = frozenset()
    while True:
        snapshots = {
            name: Snapshot(name, latest.get(name, 0) + (name in revised)) for name in names
        }
        try:
            return _judged(release, rules, near, snapshots)
        except ContradictionError as error:
            more = (error.populations & latest.keys()) - revised
            if not more:
                raise ReleaseError(ReleaseFault.DISAGREE, release.name) from None
            revised |= more


def _judged(
    release: Release, rules: Rules, earlier: Registry, snapshots: Mapping[str, Snapshot]
) -> _Judged:
    """The tables, judged, if nothing that was published earlier contradicts them."""
    nestings = together(
        [
            *earlier.nestings,
            *(
                Within(
                    snapshots[one.inner],
                    snapshots[one.outer],
                    one.guarded,
                    frozenset(one.over) if one.over else None,
                )
                for one in release.nestings
            ),
        ]
    )
    tables = [(snapshots[table.population], table) for table in release.tables]
    cells = cells_of(tables, earlier, nestings)
    changed = _changed(cells, earlier, snapshots, rules.threshold)
    sums = sums_of(cells, nestings)
    search = suppressed(system_of(cells, sums, rules, changed))
    system = search.system
    count = len(cells.keys)
    value, hidden = system.value[:count], (search.hidden & system.free)[:count]
    marks = np.where(hidden, _FEW, 0).astype(np.uint8)
    low, high = system.low[:count], system.high[:count]
    found = _Judged(
        snapshots=snapshots,
        nestings=nestings,
        cells=cells,
        marks=marks,
        low=np.where(hidden, low, value),
        high=np.where(hidden, high, value),
        refused=frozenset(),
    )
    if search.left.any():
        near = search.sums.T @ (search.sums @ search.left.astype(np.float64)) > 0
        touched = {t.name for t in release.tables if near[:count][found.marks_of(t)[0]].any()}
        every = {table.name for table in release.tables}
        return replace(found, refused=frozenset(touched or every))
    return found


def _changed(
    cells: Cells, earlier: Registry, snapshots: Mapping[str, Snapshot], threshold: int
) -> Masks:
    """(cells,) those that were shown in a former revision, and differ from it by a few people."""
    changed = np.zeros(len(cells.keys), dtype=np.bool_)
    for table in earlier.tables:
        now = snapshots.get(table.snapshot.population, table.snapshot)
        if now != table.snapshot:
            at, there = cells.find(cells.coding.keys(now, table.dimensions))
            differs = abs(cells.value[at] - table.low)
            there &= cells.now[at] & (table.low == table.high)
            changed[at[there & (differs > 0) & (differs < threshold)]] = True
    return changed & (cells.value > 0)


def _marked(table: Table, judged: _Judged) -> ProtectedTable:
    _, marks = judged.marks_of(table)
    reasons = marks.reshape(table.counts.shape)
    return ProtectedTable(
        name=table.name,
        population=table.population,
        dimensions=table.dimensions,
        values=np.where(reasons == 0, table.counts, 0),
        reasons=reasons,
    )


def _refused(table: Table) -> ProtectedTable:
    return ProtectedTable(
        name=table.name,
        population=table.population,
        dimensions=table.dimensions,
        values=np.zeros(table.counts.shape, dtype=np.int64),
        reasons=np.full(table.counts.shape, _REFUSED, dtype=np.uint8),
    )


def _kept(judged: _Judged) -> Kept:
    now = judged.cells.now
    return Kept(
        cells=int(now.sum()),
        zero=int((now & (judged.cells.value == 0)).sum()),
        hidden=int((now & (judged.marks > 0)).sum()),
    )


def _printed(release: str, table: Table, judged: _Judged) -> Printed:
    at, _ = judged.marks_of(table)
    return Printed(
        release=release,
        name=table.name,
        snapshot=judged.snapshots[table.population],
        dimensions=table.dimensions,
        low=judged.low[at],
        high=judged.high[at],
    )
