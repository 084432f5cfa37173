"""Disclosure control under attack, measured: what is found, and how much is told. None is allowed.

Beside it two ways that are simpler: to hide small figures alone, and to hide whole rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import process_time

import numpy as np
import pytest

from matcher.balance.disclosure import (
    ProtectedRelease,
    ProtectedTable,
    Registry,
    Release,
    Table,
    protect,
)
from tests.benchmarks.conftest import Figures, collected
from tests.matcher.balance.disclosure.attack import Reckoner
from tests.matcher.balance.disclosure.releases import KINDS

pytestmark = pytest.mark.bench

RELEASES = 60
"""How many of each kind are attacked by an integer programme for every hidden figure."""
SEED = 5_000
FEW = 5
Hide = Callable[[Table, ProtectedTable], np.ndarray]


@dataclass
class Tally:
    """What an attack came to."""

    tables: int = 0
    cells: int = 0
    hidden: int = 0
    found: int = 0
    seconds: float = 0.0

    def told(self) -> str:
        """The share of figures that are shown."""
        return f"{100 * (1 - self.hidden / self.cells):.0f} %"


@pytest.fixture(scope="module")
def figures() -> Iterator[Figures]:
    """Figures of disclosure control."""
    yield from collected("disclosure")


def as_protected(_: Table, protected: ProtectedTable) -> np.ndarray:
    """What disclosure control hides."""
    return protected.reasons > 0


def small_alone(table: Table, _: ProtectedTable) -> np.ndarray:
    """What is small and nothing else."""
    return (table.counts > 0) & (table.counts < FEW)


def whole_rows(table: Table, _: ProtectedTable) -> np.ndarray:
    """Every row of the first dimension with something small in it, but for its zeros."""
    few = small_alone(table, _)
    beyond = tuple(range(1, few.ndim))
    return np.broadcast_to(few.any(axis=beyond, keepdims=True), few.shape) & (table.counts > 0)


def otherwise(release: Release, found: ProtectedRelease, hide: Hide) -> ProtectedRelease:
    """The same release with other figures hidden."""
    tables = []
    for table in release.tables:
        protected = found.table(table.name)
        hidden = hide(table, protected)
        values = np.where(hidden, 0, table.counts)
        tables.append(replace(protected, values=values, reasons=hidden.astype(np.uint8)))
    return found if hide is as_protected else replace(found, tables=tuple(tables))


def attacked(hide: Hide) -> Tally:
    """All kinds of releases, each attacked with all that was published before it."""
    tally = Tally()
    for make in KINDS:
        for seed in range(SEED, SEED + RELEASES):
            made = make(np.random.default_rng(seed))
            reckoner, registry = Reckoner(), Registry()
            for release in made if isinstance(made, tuple) else (made,):
                begun = process_time()
                found = protect(release, earlier=registry)
                tally.seconds += process_time() - begun
                registry = registry.with_release(found)
                reckoner.read(release, otherwise(release, found, hide))
                tally.tables += len(release.tables)
            tally.cells += len(reckoner.truth)
            tally.hidden += len(reckoner.hidden - reckoner.shown.keys())
            tally.found += len(reckoner.pinned())
    return tally


def test_attack(figures: Figures) -> None:
    """Tables tried, figures hidden, figures found; and what simpler ways come to."""
    ways = {
        "disclosure control": as_protected,
        "small figures alone": small_alone,
        "whole rows": whole_rows,
    }
    for name, hide in ways.items():
        tally = attacked(hide)
        figures.note(
            f"{tally.tables:,} tables of {len(KINDS)} kinds, {name}: hidden / found",
            f"{tally.hidden:,} / {tally.found:,}",
            "found: 0" if hide is as_protected else "",
        )
        figures.note(f"... figures shown, of {tally.cells:,}", tally.told())
        if hide is as_protected:
            figures.note("... processor seconds to protect them", f"{tally.seconds:.1f} s")
            assert tally.found == 0
