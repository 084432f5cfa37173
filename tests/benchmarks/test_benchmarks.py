"""Benchmarks: figures are printed and kept, never asserted. ``make bench`` runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import data
from tests.benchmarks.conftest import Figures, Folders
from tests.benchmarks.instances import ALSO

pytestmark = pytest.mark.bench

MEASURE = Path(__file__).parent / "measure.py"
RUNS = 3


def measured(what: str, folder: Path) -> dict[str, float]:
    """The run with the median of the first figure, of three runs in processes of their own."""
    command = [sys.executable, str(MEASURE), what, str(folder)]
    runs: list[dict[str, float]] = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 -- our own script
        for _ in range(RUNS)
    ]
    return sorted(runs, key=lambda run: next(iter(run.values())))[RUNS // 2]


@pytest.fixture(scope="module")
def country(folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """30,000 participants, 9,000 openings, in Parquet: with 5 million travel rows and without."""
    with_table = folders(ALSO)
    without = tmp_path_factory.mktemp("estimate") / "dataset"
    shutil.copytree(with_table, without, ignore=shutil.ignore_patterns("travel_times*"))
    return with_table, without


def test_pairs_of_a_country_from_a_table(country: tuple[Path, Path], figures: Figures) -> None:
    """A million eligible pairs from loaded tables, with 5 million rows of travel times."""
    run = measured("pairs", country[0])
    size = f"30,000 x 9,000, {run['travel_rows'] / 1e6:.1f} million travel rows"
    figures.note(f"Read and check {size}, Parquet", f"{run['read']:.1f} s", "15 s")
    figures.note(f"Eligible pairs with points, {size}", f"{run['pair']:.1f} s", "5 s")
    figures.note("... pairs found", f"{run['pairs']:,.0f}", "1,000,000")
    figures.note("... memory beyond the tables", f"{run['beyond']:.2f} GB", "2 GB")
    figures.note("... memory of the tables", f"{run['held']:.2f} GB")


def test_pairs_of_a_country_by_the_estimate(country: tuple[Path, Path], figures: Figures) -> None:
    """The same people and places with estimated travel: the sites in reach are found by a tree."""
    run = measured("pairs", country[1])
    figures.note("The same with the estimate: read and check", f"{run['read']:.1f} s", "15 s")
    figures.note("... eligible pairs with points", f"{run['pair']:.1f} s", "5 s")
    figures.note("... pairs found", f"{run['pairs']:,.0f}")
    figures.note("... memory beyond the tables", f"{run['beyond']:.2f} GB", "2 GB")


def test_the_mia_county(figures: Figures) -> None:
    """A whole plan of the shipped county, from files to files, and the bare flow beside it."""
    run = measured("plan", Path(data.__file__).parent / "mia")
    figures.note(
        "MIA county, files to plan files, after imports", f"{run['seconds']:.2f} s", "3 s"
    )
    figures.note("... placed, and its proven bound", f"{run['placed']} / {run['placed_bound']}")
    for stage in ("pairs", "solve", "verify"):
        figures.note(f"... of it {stage}", f"{run[f'stage {stage}']:.2f} s")
    figures.note(f"Bare min-cost flow on the same {run['pairs']:,} pairs", f"{run['flow']:.3f} s")
    figures.note(
        "Whole plan (pairs to verified) / bare flow", f"{run['planned'] / run['flow']:.0f}"
    )
