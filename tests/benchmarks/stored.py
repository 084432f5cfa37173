"""The seconds of ``steget plan`` with the estimate and with a store of the same estimates.

In a process of its own, after a plan that nobody times, in alternating order, so that whatever
else the machine does meets both. Prints one JSON line. Run as ``python stored.py FOLDER``.
"""

import json
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from typer.testing import CliRunner

from api.cli import app
from api.travel.store import open_store
from api.travel.times import times_of
from matcher import dataset
from tests.benchmarks.measure import PLAN_DATE, timed

RUNS = 3
ON_THE_DAY = ("--plan-date", PLAN_DATE.isoformat(), "--quiet")


def steget(*line: object) -> None:
    """Run a command.

    Raises:
        RuntimeError: it failed.
    """
    done = CliRunner().invoke(app, [str(part) for part in line])
    if done.exit_code:
        raise RuntimeError(done.output)


def measured(folder: Path, at: Path) -> dict[str, float]:
    """Building a store, reading it, and planning without and with it."""
    store = at / "times.db"
    _, built = timed(lambda: steget("travel", "build", folder, "--store", store, *ON_THE_DAY))
    ways: dict[str, tuple[object, ...]] = {"estimate": (), "store": ("--travel", store)}
    seconds: dict[str, list[float]] = {name: [] for name in ways}

    def planned(name: str, out: Path) -> float:
        line = ("plan", folder, "--out", out, *ways[name], *ON_THE_DAY)
        return timed(lambda: steget(*line))[1]

    for name in ways:
        planned(name, at / f"warm {name}")
    for run in range(RUNS):
        for name in list(ways)[:: 1 if run % 2 == 0 else -1]:
            seconds[name].append(planned(name, at / f"{name} {run}"))
    problem = dataset.load(folder, PLAN_DATE).problem
    with open_store(store) as opened:
        times, reading = timed(lambda: times_of(opened, problem, PLAN_DATE))
    return {
        "build": built,
        "read": reading,
        "rows": len(times.minutes),
        "pairs": int(times.people.sum()),
        "megabytes": store.stat().st_size / 1e6,
        "busy": os.getloadavg()[0],
        **{name: median(found) for name, found in seconds.items()},
    }


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        print(json.dumps(measured(Path(sys.argv[1]), Path(name))))  # noqa: T201
