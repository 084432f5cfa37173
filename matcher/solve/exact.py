"""CP-SAT for what is small: all goals in order, half-days included.

    lex max  Σ gain_g(p,o) x(p,o)                     for each goal g in order
    s.t.     the flow's limits (see ``flow``)
             Σ_h y(p,o,h) = k(p) x(p,o)               exactly k half-days
             Σ_p y(p,o,h) <= room(o,h)                each half-day within its room
             x, y in {0, 1}                           y only where half-days can bind

Goals are optimised one after the other, each held at its value for those that follow. Work is
counted in deterministic time, with one worker and a seed: the same input gives the same plan.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
from ortools.sat.python import cp_model

from matcher.domain import SESSIONS
from matcher.solve import halfdays
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions
from matcher.travel.atlas import Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Exact:
    """What the exact model reached: the pairs, and a bound for each goal it got to."""

    chosen: Positions
    bounds: tuple[int, ...]


def solve(component: Component, start: Positions, budget: Budget) -> Exact:
    """The best plan of a component in all goals, in order, as far as the budget reaches.

    Args:
        component: what to plan.
        start: the pairs of a lawful plan to begin with; nothing worse comes back.
        budget: how much work may be done; what is done is counted.

    Returns:
        The pairs, ascending, and the bounds of the leading goals. The bound of a goal holds for
        every plan that reaches at least this one's values of the goals before it.
    """
    model = _Model(component)
    chosen, bounds = start, []
    for goal in range(len(component.gain)):
        found, bound = model.maximise(goal, chosen, budget)
        if bound is None:
            break
        chosen = found
        bounds.append(bound)
        model.hold(goal, component.values(chosen)[goal])
    return Exact(chosen=chosen, bounds=tuple(bounds))


class _Model:
    """The model of one component, and its variables."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.model = cp_model.CpModel()
        self.x = [self.model.new_bool_var("") for _ in range(len(component))]
        self._limits()
        self._half_days()

    def _limits(self) -> None:
        part = self.component
        for people in _grouped(part.participant):
            self.model.add_at_most_one(self.x[pair] for pair in people)
        for opening in _grouped(part.opening):
            seats = int(part.seats[part.opening[opening[0]]])
            if seats < len(opening):
                self.model.add(sum(self.x[pair] for pair in opening) <= seats)
        supervisor = part.supervisor[part.participant]
        for desk in _grouped(supervisor):
            if supervisor[desk[0]] != NOBODY and part.starts < len(desk):
                self.model.add(sum(self.x[pair] for pair in desk) <= part.starts)

    def _half_days(self) -> None:
        part = self.component
        binds = halfdays.binding(part)
        for opening in _grouped(part.opening):
            if binds[part.opening[opening[0]]]:
                self._roster(opening)

    def _roster(self, pairs: Positions) -> None:
        part = self.component
        comers: list[list[cp_model.IntVar]] = [[] for _ in SESSIONS]
        for pair in pairs:
            days = [day for day in range(len(SESSIONS)) if part.sessions[pair] >> day & 1]
            comes = {day: self.model.new_bool_var("") for day in days}
            week = int(part.per_week[part.participant[pair]])
            self.model.add(sum(comes.values()) == week * self.x[pair])
            for day, variable in comes.items():
                comers[day].append(variable)
        room = part.half_days[part.opening[pairs[0]]]
        for day, variables in enumerate(comers):
            if len(variables) > room[day]:
                self.model.add(sum(variables) <= int(room[day]))

    def total(self, goal: int) -> cp_model.LinearExpr | int:
        gain = self.component.gain[goal]
        rows = np.flatnonzero(gain)
        if not len(rows):
            return 0
        variables = [self.x[pair] for pair in rows]
        return cp_model.LinearExpr.weighted_sum(variables, [int(g) for g in gain[rows]])

    def hold(self, goal: int, value: int) -> None:
        """Let no later plan fall below this value of a goal."""
        self.model.add(self.total(goal) >= value)

    def maximise(
        self, goal: int, start: Positions, budget: Budget
    ) -> tuple[Positions, int | None]:
        """The best pairs found for one goal, and its bound; None when nothing was proven."""
        if budget.effort <= 0 or budget.stopped():
            return start, None
        self.model.maximize(self.total(goal))
        self.model.clear_hints()  # type: ignore[no-untyped-call] # its own module lacks it
        for pair, variable in enumerate(self.x):
            self.model.add_hint(variable, bool(np.isin(pair, start)))
        solver = _solver(budget)
        status = solver.solve(self.model)
        budget.spend(solver.response_proto.deterministic_time)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return start, None
        chosen = np.flatnonzero([solver.boolean_value(variable) for variable in self.x])
        if self.component.values(chosen) < self.component.values(start):
            chosen = start  # as good in this goal, but worse in one that comes after it
        return chosen, floor(solver.best_objective_bound + 1e-6)


def _solver(budget: Budget) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = budget.seed
    solver.parameters.max_deterministic_time = budget.effort
    left = budget.seconds_left()
    if left is not None:
        solver.parameters.max_time_in_seconds = left
    return solver


def _grouped(labels: Ints) -> list[Positions]:
    """The positions of each label, in the order of the labels."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []
