"""One way to plan one data set, in a process of its own: prints a JSON line for every plan.

Run as ``python -m tests.benchmarks.race FOLDER NAME SECONDS``; names are in ``instances.TITLES``.
Memory is capped; whoever needs more ends with an entry that says so.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

from matcher import columns, dataset
from matcher import pairs as eligible_pairs
from matcher.dataset import PlanReport, write_plan
from matcher.domain import Problem
from matcher.outcome import Outcome
from matcher.policy import Limits, Policy
from matcher.solve import apart, demand
from matcher.solve.components import Component
from matcher.solve.door import plan
from tests.benchmarks import peers
from tests.benchmarks.instances import SEATS_ALONE, STEGET
from tests.benchmarks.lawful import faults
from tests.benchmarks.measure import PLAN_DATE, memory_gb, timed
from tests.benchmarks.runs import NOTHING_FOUND, OUT_OF_MEMORY

CAP = 16 << 30
"""Bytes of memory that anybody may ask for."""
POLICY = Policy()
Found = dict[str, object]


def component(problem: Problem) -> Component:
    """The eligible pairs for which there is room: what every peer plans."""
    table = columns.load(problem, POLICY)
    return demand.component(table, eligible_pairs.eligible(table, POLICY), POLICY)


def peer(folder: Path, name: str, limit: float) -> Iterator[Found]:
    """A peer's plans, what it proved and what it took so far; the last one counts."""
    problem, read = timed(lambda: dataset.read(folder, PLAN_DATE))
    part, paired = timed(lambda: component(problem))
    begun, judged = perf_counter(), 0.0
    for answer in peers.PEERS[name](part, limit):
        solved = perf_counter() - begun - judged
        ended = perf_counter()
        yield {
            "pairs": len(part),
            "values": part.values(answer.chosen),
            "bounds": answer.bounds,
            "cut": not answer.ended,
            "memory": _memory(),
            "without_half_days": _without_half_days(part, answer.chosen),
            "faults": faults(part, answer.chosen, half_days=name not in SEATS_ALONE),
            "seconds": {"read": read, "pairs": paired, "solve": solved},
        }
        judged += perf_counter() - ended  # whoever judges a plan takes no time from its maker


def steget(folder: Path, limit: float) -> Iterator[Found]:
    """Steget's plan through its public door, from files to plan files."""
    loaded, read = timed(lambda: dataset.load(folder, PLAN_DATE))
    outcome, planned = timed(lambda: plan(loaded.problem, POLICY, Limits(seconds=limit)))
    _, written = timed(lambda: _write(loaded, outcome))
    memory = _memory()
    paired = outcome.seconds.get("pairs", 0.0)
    part = component(loaded.problem)
    chosen = _chosen(loaded.problem, part, outcome)
    values = tuple(goal.value for goal in outcome.goals)
    wrong = [] if part.values(chosen) == values else ["the goals are not what the pairs add up to"]
    yield {
        "pairs": len(part),
        "values": values,
        "bounds": tuple(goal.bound for goal in outcome.goals),
        "cut": outcome.cut,
        "memory": memory,
        "without_half_days": _without_half_days(part, chosen),
        "faults": faults(part, chosen) + wrong,
        "seconds": {"read": read, "pairs": paired, "solve": planned - paired, "write": written},
        "stages": dict(outcome.seconds),
    }


def _write(loaded: dataset.Dataset, outcome: Outcome) -> None:
    report = PlanReport(
        outcome=outcome,
        plan_date=PLAN_DATE,
        policy=POLICY,
        digest=loaded.digest,
        participants=len(loaded.problem.participants),
    )
    with tempfile.TemporaryDirectory() as out:
        write_plan(Path(out) / "plan", report)


def _chosen(problem: Problem, part: Component, outcome: Outcome) -> peers.Whole:
    """Where the new assignments of a plan stand among the pairs; an unknown pair raises."""
    people = {p.participant_id: at for at, p in enumerate(problem.participants)}
    openings = {o.opening_id: at for at, o in enumerate(problem.openings)}
    pairs = zip(part.participant.tolist(), part.opening.tolist(), strict=True)
    at = {pair: position for position, pair in enumerate(pairs)}
    rows = outcome.plan.assignments if outcome.plan else ()
    chosen = [
        at[people[row.participant_id], openings[row.opening_id]] for row in rows if not row.pinned
    ]
    return np.array(sorted(chosen), dtype=np.int64)


def _without_half_days(part: Component, chosen: peers.Whole) -> int:
    return len(chosen) - len(peers.with_half_days(part, chosen))


def _memory() -> float:
    """The highest memory so far in GB, with that of the largest process started from here."""
    apart.let_go()  # its memory counts once it has ended
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return memory_gb("VmHWM") + children / 1e6


def main(folder: str, name: str, limit: str) -> None:
    """One run, told in a line for each plan, and a last one that says how it ended."""
    resource.setrlimit(resource.RLIMIT_AS, (CAP, CAP))
    start = (Path(folder), float(limit))
    plans = steget(*start) if name == STEGET else peer(start[0], name, start[1])
    entry = NOTHING_FOUND
    try:
        for found in plans:
            _tell(found)
            entry = ""
    except MemoryError:
        entry = OUT_OF_MEMORY
    _tell({"entry": entry})


def _tell(found: Found) -> None:
    """One line at once; what a solver prints stays on the line before."""
    sys.stdout.write(f"\n{json.dumps(found)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
