"""What a store of travel times costs a plan, measured. Nothing is asserted of seconds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import data
from tests.benchmarks.conftest import Figures

pytestmark = pytest.mark.bench

STORED = Path(__file__).parent / "stored.py"


def test_a_plan_of_the_county_with_a_store(stored: Figures) -> None:
    """The shipped county, with a store of the same estimates and without it."""
    command = [sys.executable, str(STORED), str(Path(data.__file__).parent / "mia")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own script
    run: dict[str, float] = json.loads(done.stdout)
    journeys = f"{run['rows']:,.0f} journeys, {run['megabytes']:.0f} MB"
    stored.note(f"Build a county's store, {journeys}", f"{run['build']:.1f} s")
    stored.note(
        f"Read it as a table, {run['pairs']:,.0f} pairs of people and sites",
        f"{run['read']:.2f} s",
    )
    stored.note("steget plan of the county, with the estimate", f"{run['estimate']:.2f} s")
    stored.note("... with the store", f"{run['store']:.2f} s")
    ratio = run["store"] / run["estimate"]
    stored.note("... with the store / with the estimate", f"{ratio:.2f}", "1.20")
    stored.note("Load of the machine at the end, on two cores", f"{run['busy']:.1f}")
