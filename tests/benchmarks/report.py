"""The tables of docs/performance.md, each between marks of its own."""

import os
import platform
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.instances import SEATS_ALONE, STEGET, TITLES, Instance
from tests.benchmarks.runs import Race, Run

DOC = Path(__file__).parents[2] / "docs" / "performance.md"
PACKAGES = ("ortools", "numpy", "pyarrow", "scipy", "pandas", "matching")
GOALS = ("placed", "waiting", "norm_goals", "points")
EVERYBODY = """
| instance | way | placed | at most | share | waiting | norm goals | points | proven | solve | with pairs | memory |
|---|---|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|
"""  # noqa: E501 -- a row is a line
STEGET_ALONE = """
| instance | what | value | bound | gap | aim |
|---|---|---:|---:|---:|---|
"""
NOTHING = "-"


def machine() -> str:
    """What the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}."


def write(name: str, lines: Iterable[str]) -> None:
    """Replace what stands between the marks of a block; the rest of the document stays.

    Raises:
        LookupError: the document has no such marks.
    """
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = DOC.read_text(encoding="utf-8")
    block = "\n".join([begin, *lines, end])
    pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
    new, count = re.subn(pattern, lambda _: block, text, flags=re.DOTALL)
    if count != 1:
        raise LookupError(begin)
    DOC.write_text(new, encoding="utf-8")


def everybody(race: Race) -> Iterator[str]:
    """Every run of a race, one row each."""
    yield race.machine
    yield EVERYBODY.rstrip("\n")
    last = ""
    for run in race.runs:
        pairs = max(one.pairs for one in race.runs if one.instance == run.instance)
        first = f"{run.instance}, {pairs:,} pairs, {run.limit:.0f} s"
        cells = _figures(run, bound_of(race.runs, run.instance))
        same = run.instance == last
        yield _row("" if same else first, f"{TITLES[run.peer]}{_mark(run)}", *cells)
        last = run.instance


def _figures(run: Run, bound: int | None) -> list[str]:
    if not run.values:
        return [f"**{run.entry}**", *[NOTHING] * 9]
    placed, waiting, norm_goals, points = run.values
    return [
        f"{placed:,}",
        f"{run.bounds[0]:,}" if run.bounds else NOTHING,
        NOTHING if not bound else f"{100 * placed / bound:.2f} %",
        f"{waiting:,}",
        f"{norm_goals:,}",
        f"{points:,}",
        _proven(run),
        _solved(run),
        _seconds(run.from_pairs),
        f"{run.memory:.1f} GB",
    ]


def _solved(run: Run) -> str:
    end = f", then **{run.entry}**" if run.entry else ", cut" if run.cut else ""
    return _seconds(run.seconds["solve"]) + end


def _mark(run: Run) -> str:
    """What is to be known of a plan beside its figures."""
    if run.peer in SEATS_ALONE and run.without_half_days:
        return f" ({run.without_half_days:,} without half-days)"
    return f" (not lawful: {'; '.join(run.faults)})" if run.faults else ""


def _proven(run: Run) -> str:
    """The leading goals that are proven, in words."""
    if not run.bounds:
        return NOTHING
    if run.proven == len(run.values):
        return "all"
    return ", ".join(_words(goal) for goal in GOALS[: run.proven]) or "none"


def bound_of(runs: Iterable[Run], instance: str) -> int | None:
    """The most that can be placed as Steget proves it, or without that as anybody does."""
    here = [run for run in runs if run.instance == instance and run.bounds]
    own = [run.bounds[0] for run in here if run.peer == STEGET]
    return min(own or [run.bounds[0] for run in here], default=None)


def steget(race: Race, instances: Iterable[Instance]) -> Iterator[str]:
    """Every goal of Steget's plans with its bound and aim, and what they took."""
    yield STEGET_ALONE.strip("\n")
    own = {run.instance: run for run in race.runs if run.peer == STEGET}
    for instance in instances:
        run = own.get(instance.name)
        if run is not None:
            yield from _aimed(run, instance)


def _aimed(run: Run, instance: Instance) -> Iterator[str]:
    title = f"{run.instance}, {run.limit:.0f} s"
    if not run.values:
        yield _row(title, f"**{run.entry}**", *[NOTHING] * 4)
        return
    for goal, value, bound in zip(GOALS, run.values, run.bounds, strict=True):
        gap = "0, proven" if value == bound else f"{100 * (bound - value) / bound:.3f} %"
        aim = instance.aims.get(goal, "")
        yield _row(title, _words(goal), f"{value:,}", f"{bound:,}", gap, aim)
        title = ""
    cut = "files to plan files" + (", cut by the clock" if run.cut else "")
    yield _row("", cut, _seconds(run.whole), "", "", instance.aims.get("seconds", ""))
    for stage, seconds in run.stages.items():
        yield _row("", f"... of it {stage}", _seconds(seconds), "", "", "")
    yield _row("", "memory", f"{run.memory:.1f} GB", "", "", instance.aims.get("memory", ""))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _words(goal: str) -> str:
    return goal.replace("_", " ")


def _seconds(seconds: float) -> str:
    decimals = 3 if seconds < 0.1 else 2 if seconds < 100 else 0
    return f"{seconds:.{decimals}f} s"
