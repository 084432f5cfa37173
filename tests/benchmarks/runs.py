"""Starts the runs of the race one after the other, and keeps what came of them in a file.

The figures of ``make bench`` and of ``make bench-all`` are kept beside each other, so that tables
and the picture are drawn from both and neither wipes the other.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from tests.benchmarks.instances import BLOCKS, TITLES, Instance

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "performance-runs.json"
NOT_FINISHED = "did not finish"
OUT_OF_MEMORY = "out of memory"
NOTHING_FOUND = "nothing found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one way to plan came to on one instance.

    ``entry``: did not finish, out of memory, nothing found, or how it failed; the rest is then of
    its last plan, if it had one. ``bounds`` are those proven of the leading goals. ``cut``: the
    clock stopped it.
    ``memory`` in GB. ``without_half_days``: how many of its people have none.
    """

    instance: str
    peer: str
    limit: float
    entry: str = ""
    pairs: int = 0
    values: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    cut: bool = False
    memory: float = 0.0
    without_half_days: int = 0
    faults: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def proven(self) -> int:
        """How many leading goals are proven."""
        pairs = zip(self.values, self.bounds, strict=False)
        same = [value == bound for value, bound in pairs]
        return same.index(False) if False in same else len(same)

    @property
    def whole(self) -> float:
        """Seconds from the files on: for Steget to plan files, for others to chosen pairs."""
        return sum(self.seconds.values())

    @property
    def from_pairs(self) -> float:
        """Seconds from the tables in memory to the plan, the making of pairs included."""
        return self.seconds["pairs"] + self.seconds["solve"]


def run(instance: Instance, folder: Path, peer: str) -> Run:
    """One run in a process of its own, ended when the limit is long past."""
    command = [sys.executable, "-m", "tests.benchmarks.race", str(folder), peer]
    process = subprocess.Popen(  # noqa: S603 -- our own script
        [*command, str(instance.limit)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that what it starts in its group ends with it
    )
    try:
        out, err = process.communicate(timeout=instance.longest)
        entry = _failure(process.returncode, err)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, entry = process.communicate()[0], NOT_FINISHED
    found: dict[str, Any] = {"instance": instance.name, "peer": peer, "limit": instance.limit}
    for line in out.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return _run_of(found | ({"entry": entry, "cut": True} if entry else {}))


def _failure(code: int, err: str) -> str:
    """How a process failed; empty when it did not."""
    if code == 0:
        return ""
    if code == -signal.SIGKILL or "bad_alloc" in err or "MemoryError" in err:
        return OUT_OF_MEMORY
    return f"failed: {(err.splitlines() or [f'exit code {code}'])[-1]}"


def _run_of(found: Mapping[str, Any]) -> Run:
    lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
    return Run(**{**found, **lists})


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """The runs of one block of docs/performance.md, in its order, and the machine."""

    machine: str
    runs: tuple[Run, ...]


def keep(block: str, run: Run, machine: str) -> None:
    """Put a run in the place of an earlier one; what the block no longer has is dropped."""
    races = kept()
    old = races[block].runs if block in races else ()
    names = [instance.name for instance in BLOCKS[block]]
    order = {(name, peer): at for at, (name, peer) in enumerate(product(names, TITLES))}
    by_key = {(one.instance, one.peer): one for one in (*old, run)}
    own = tuple(by_key[key] for key in order if key in by_key)
    races[block] = Race(machine=machine, runs=own)
    text = json.dumps({name: asdict(races[name]) for name in sorted(races)}, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")


def kept() -> dict[str, Race]:
    """The runs of every block that has been run."""
    if not KEPT.exists():
        return {}
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    return {
        name: Race(machine=race["machine"], runs=tuple(map(_run_of, race["runs"])))
        for name, race in told.items()
    }


def latest(races: Mapping[str, Race]) -> tuple[Run, ...]:
    """One run for each instance and way: where two blocks have one, that of the later block."""
    both = [run for block in BLOCKS if block in races for run in races[block].runs]
    return tuple({(run.instance, run.peer): run for run in both}.values())
