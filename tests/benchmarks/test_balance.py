"""The balance, measured: the county, and a million events. Nothing is asserted."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import data
from tests.benchmarks.conftest import Figures, collected

pytestmark = pytest.mark.bench

BALANCE = Path(__file__).parent / "balance.py"


@pytest.fixture(scope="module")
def figures() -> Iterator[Figures]:
    """Figures of the balance."""
    yield from collected("balance")


def measured(*what: str) -> dict[str, float]:
    """The figures of one run in a process of its own."""
    command = [sys.executable, str(BALANCE), *what]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own script
    found: dict[str, float] = json.loads(run.stdout)
    return found


def kept(run: dict[str, float]) -> str:
    """How much of what was counted is shown."""
    return (
        f"{run['shown']:,.0f} of {run['cells']:,.0f} ({100 * run['shown'] / run['cells']:.0f} %)"
    )


def test_the_mia_county(figures: Figures) -> None:
    """The shipped county with its plan: events, tables, suppression."""
    run = measured("county", str(Path(data.__file__).parent / "mia"))
    total = run["lay"] + run["balance"]
    what = f"MIA county with its plan, {run['events']:,.0f} events, balance and suppression"
    figures.note(what, f"{total:.2f} s", "2 s")
    figures.note(f"... cells shown, {run['tables']:.0f} tables", kept(run))
    figures.note("... memory beyond the data set", f"{run['beyond']:.2f} GB")
    pairs = f"Gender flip, {run['flip pairs']:,.0f} pairs, judged twice"
    figures.note(pairs, f"{run['flip']:.1f} s")
    figures.note("... differences", f"{run['flip differences']:.0f}", "0")
    figures.note(
        "Price of a norm goal, those with protected identity left out", f"{run['price']:.1f} s"
    )


def test_a_million_events(figures: Figures) -> None:
    """From columns of text to protected tables."""
    run = measured("million")
    what = f"{run['events']:,.0f} events of {run['people']:,.0f} people, balance and suppression"
    figures.note(what, f"{run['collect'] + run['balance']:.1f} s", "30 s")
    figures.note("... of it columns of text into the frame", f"{run['collect']:.1f} s")
    figures.note(f"... cells shown, {run['tables']:.0f} tables", kept(run))
    figures.note("... memory, the given columns too", f"{run['memory']:.2f} GB", "2 GB")
    figures.note("... of it the given columns, before", f"{run['held']:.2f} GB")
