"""Figures: measured here, printed, and written into docs/performance.md."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.generate import county
from matcher.dataset import write_tables
from tests.benchmarks import report, runs
from tests.benchmarks.instances import BLOCKS, SEED, TITLES, Instance
from tests.benchmarks.runs import Run

Folders = Callable[[Instance], Path]


class Figures:
    """Rows of (what, figure, aim), in the order in which they are measured."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self.rows: list[tuple[str, str, str]] = []

    def note(self, what: str, figure: str, aim: str = "") -> None:
        """Keep a figure and print it."""
        self.rows.append((what, figure, aim))
        print(f"\n{what}: {figure}" + (f" (aim: {aim})" if aim else ""))  # noqa: T201


def collected(block: str) -> Iterator[Figures]:
    """Collects the figures of a run; at its end they replace a block of docs/performance.md."""
    found = Figures()
    yield found
    lines = [report.machine(), "", "| what | measured | aim |", "|---|---:|---:|"]
    lines += [f"| {what} | {figure} | {aim} |" for what, figure, aim in found.rows]
    report.write(block, lines)


@pytest.fixture(scope="session")
def figures() -> Iterator[Figures]:
    """Figures of reading, pairing and a county's plan."""
    yield from collected("figures")


@pytest.fixture(scope="session")
def answers() -> Iterator[Figures]:
    """Figures of the answers besides the plan."""
    yield from collected("answers")


@pytest.fixture(scope="session")
def timetable() -> Iterator[Figures]:
    """Figures of the timetable router."""
    yield from collected("timetable")


@pytest.fixture(scope="session")
def stored() -> Iterator[Figures]:
    """Figures of a store of travel times."""
    yield from collected("stored")


@pytest.fixture(scope="session")
def service() -> Iterator[Figures]:
    """Figures of the service."""
    yield from collected("service")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Where the data set of an instance lies in Parquet: made when it is first asked for."""
    made: dict[str, Path] = {}

    def folder(instance: Instance) -> Path:
        if instance.name not in made:
            made[instance.name] = tmp_path_factory.mktemp("instance")
            write_tables(county(instance.size, SEED), made[instance.name], "parquet")
        return made[instance.name]

    return folder


@pytest.fixture(scope="session")
def race(folders: Folders) -> Iterator[Callable[[str, Instance, str], Run]]:
    """Runs, prints and keeps; at the end tables and picture are made of all that is kept."""

    def one(block: str, instance: Instance, peer: str) -> Run:
        run = runs.run(instance, folders(instance), peer)
        runs.keep(block, run, report.machine())
        print(f"\n{run.instance}, {TITLES[peer]}: {run.entry or run.values} {run.seconds}")  # noqa: T201
        return run

    yield one
    from tests.benchmarks import picture  # noqa: PLC0415 -- who draws nothing waits for nothing

    kept = runs.kept()
    for block in BLOCKS:
        if block in kept:
            report.write(block, report.everybody(kept[block]))
            report.write(f"{block}: Steget", report.steget(kept[block], BLOCKS[block]))
    picture.draw(runs.latest(kept))
