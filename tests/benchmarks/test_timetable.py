"""Travel times by a timetable of Stockholm's size, measured. Nothing is asserted of seconds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Figures
from tests.benchmarks.feeds import write_feed

pytestmark = pytest.mark.bench

TIMETABLE = Path(__file__).parent / "timetable.py"


def test_a_timetable_of_the_size_of_stockholms(timetable: Figures, tmp_path: Path) -> None:
    """19,000 stops, 685,000 rides a day, made up; 600 sites, 1,000 origins."""
    path = tmp_path / "feed.zip"
    write_feed(path)
    command = [sys.executable, str(TIMETABLE), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own script
    run: dict[str, float] = json.loads(done.stdout)
    size = f"{run['stops']:,.0f} stops, {run['rides']:,.0f} rides a day"
    timetable.note(f"Read a feed, {size}", f"{run['read']:.1f} s")
    morning = f"{run['rides in the morning']:,.0f} rides from 04:00 to 09:00"
    timetable.note(f"Lay out a morning, {morning}", f"{run['lay out']:.2f} s")
    one = f"{1000 * run['one p50']:.0f} / {1000 * run['one p95']:.0f} ms"
    timetable.note("1,000 origins to one site by 09:00, p50 / p95 of 60", one, "150 ms, 20 ms")
    timetable.note(
        "... to 600 sites, median of seven deadlines, two threads",
        f"{run['all sites']:.0f} s",
        "6 min, 30 s",
    )
    timetable.note("... to one of them without steps", f"{1000 * run['step-free']:.0f} ms")
    timetable.note("Pairs with a way", f"{100 * run['reached']:.0f} %")
    timetable.note("Memory at most", f"{run['memory']:.2f} GB", "2 GB")
    timetable.note("Load of the machine at the end, on two cores", f"{run['busy']:.1f}")
