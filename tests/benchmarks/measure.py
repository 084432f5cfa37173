"""What is measured in a process of its own, so that memory is its alone. Prints one JSON line.

Run as ``python measure.py pairs FOLDER`` or ``python measure.py plan FOLDER``.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")
PLAN_DATE = date(2026, 12, 1)


def memory_gb(kind: str) -> float:
    """This process's memory in GB: ``VmRSS`` now, ``VmHWM`` the highest since ``reset``."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1e6
    raise LookupError(kind)


def reset() -> None:
    """Let the highest memory start again from what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and its seconds."""
    start = perf_counter()
    found = work()
    return found, perf_counter() - start


def pairs(folder: Path) -> dict[str, float]:
    """Reading, checking and pairing a data set."""
    from matcher import columns, dataset
    from matcher import pairs as eligible_pairs
    from matcher.policy import Policy

    loaded, read = timed(lambda: dataset.load(folder, PLAN_DATE))
    held = memory_gb("VmRSS")
    reset()
    found, paired = timed(
        lambda: eligible_pairs.eligible(columns.load(loaded.problem, Policy()), Policy())
    )
    return {
        "read": read,
        "pair": paired,
        "pairs": len(found),
        "held": held,
        "beyond": memory_gb("VmHWM") - held,
        "travel_rows": 0
        if loaded.problem.travel_times is None
        else len(loaded.problem.travel_times.minutes),
    }


def plan(folder: Path) -> dict[str, float]:
    """A whole plan from files to files after imports, and the bare flow on the same pairs."""
    import tempfile

    import numpy as np
    from ortools.graph.python import min_cost_flow

    from matcher import columns, dataset
    from matcher import pairs as eligible_pairs
    from matcher.dataset import PlanReport, write_plan
    from matcher.policy import GoalName, Policy
    from matcher.solve import demand
    from matcher.solve.door import plan as best_plan

    policy = Policy()

    def whole() -> object:
        loaded = dataset.load(folder, PLAN_DATE)
        outcome = best_plan(loaded.problem, policy)
        report = PlanReport(
            outcome=outcome,
            plan_date=PLAN_DATE,
            policy=policy,
            digest=loaded.digest,
            participants=len(loaded.problem.participants),
        )
        with tempfile.TemporaryDirectory() as out:
            write_plan(Path(out) / "plan", report)
        return loaded.problem, outcome

    whole()  # loads what is loaded on first use
    (problem, outcome), seconds = timed(whole)
    _, planned = timed(lambda: best_plan(problem, policy))
    table = columns.load(problem, policy)
    task = demand.component(table, eligible_pairs.eligible(table, policy), policy)
    people, openings = len(task.per_week), len(task.seats)
    worth = task.gain[policy.goals.index(GoalName.WAITING)] * 1000
    worth = worth + task.gain[policy.goals.index(GoalName.POINTS)] // 10

    def bare() -> None:
        solver = min_cost_flow.SimpleMinCostFlow()
        source, sink = people + openings, people + openings + 1
        one = np.ones(max(len(task), people), dtype=np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(
            task.participant, people + task.opening, one[: len(task)], -worth
        )
        solver.add_arcs_with_capacity_and_unit_cost(
            np.full(people, source), np.arange(people), one[:people], one[:people] * 0
        )
        solver.add_arcs_with_capacity_and_unit_cost(
            people + np.arange(openings), np.full(openings, sink), task.seats, task.seats * 0
        )
        solver.set_nodes_supplies(np.array([source, sink]), np.array([people, -people]))
        solver.solve_max_flow_with_min_cost()

    bare()
    _, flow = timed(bare)
    goals = {goal.name: goal for goal in outcome.goals}
    return {
        "seconds": seconds,
        "planned": planned,
        "flow": flow,
        "pairs": len(task),
        "placed": goals[GoalName.PLACED].value,
        "placed_bound": goals[GoalName.PLACED].bound,
    } | {f"stage {name}": value for name, value in outcome.seconds.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"pairs": pairs, "plan": plan}[sys.argv[1]](Path(sys.argv[2]))))
