"""What is left of a component, once prices have ruled pairs out, as a mixed-integer model (HiGHS).

    max  Σ gain_goal(p,o) x(p,o)
    s.t. the limits of the flow (see ``flow``)
         Σ gain_i(p,o) x(p,o) >= floor_i            for the goals before
         Σ gain_goal(p,o) x(p,o) >= known + 1       so that nothing in it proves ``known`` best
         Σ_h y(p,o,h) = k(p) x(p,o)                 exactly k half-days, where they bind
         Σ_p y(p,o,h) <= room(o,h)                  each half-day within its room
         x in {0, 1}, 0 <= y <= 1                   for chosen x, y is a transportation problem

A person has a variable of their own, Σ_o x(p,o), by which goals that hang on the person alone are
held: HiGHS presolves long rows of pairs for minutes. Work is bounded by branch-and-bound nodes.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from matcher.capacity import members
from matcher.domain import SESSIONS
from matcher.solve import halfdays
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Gains, Positions

NEARLY_WHOLE = 1e-5
MANY_PAIRS = 500
"""In larger models fewer nodes are looked at, since each takes longer."""
OPTIMAL, INFEASIBLE = 0, 2
"""Statuses of SciPy's ``milp``."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Exact:
    """A better plan's pairs, or None, and a bound of the goal, or None where none was proven."""

    chosen: Positions | None
    bound: int | None


def better(
    component: Component, goal: int, floors: tuple[int, ...], known: int, budget: Budget
) -> Exact:
    """The best plan for one goal that is better than what is known, if there is one.

    Args:
        component: what is left to choose from.
        goal: which goal is raised.
        floors: what the goals before it must reach.
        known: what the goal is known to reach.
        budget: how many nodes may be looked at, and seconds.
    """
    if not len(component):
        return Exact(chosen=None, bound=known)
    model = Model(component)
    goals = np.stack([_over(model, gain) for gain in component.gain[: goal + 1]])
    floor_rows = optimize.LinearConstraint(
        sparse.csr_array(goals), np.array([*floors, known + 1]), np.inf
    )
    found = model.solved(-goals[goal], [floor_rows], budget)
    if found.status == INFEASIBLE:
        return Exact(chosen=None, bound=known)
    chosen = None if found.x is None else model.pairs_in(found.x)
    if chosen is not None and not _holds(component, chosen, (*floors, known + 1)):
        return Exact(chosen=None, bound=None)  # what is nearly whole is not always lawful
    proven = found.mip_dual_bound
    if found.status == OPTIMAL and chosen is not None:
        return Exact(chosen=chosen, bound=int(component.gain[goal, chosen].sum()))
    if proven is None or not np.isfinite(proven):
        return Exact(chosen=chosen, bound=None)
    return Exact(chosen=chosen, bound=max(known, floor(NEARLY_WHOLE - proven)))


def _holds(component: Component, chosen: Positions, floors: tuple[int, ...]) -> bool:
    """Whether an answer in floating point holds in whole numbers: goals and rosters."""
    reached = zip(component.values(chosen), floors, strict=False)
    if not all(value >= floor for value, floor in reached):
        return False
    return bool(halfdays.rosters(component, chosen).full.all())


class Model:
    """Who can be where at once, as limits on variables x, then y, then one a person, then others.

    ``people``: (participants,) the positions of the variables Σ_o x(p,o). ``width``: how many
    variables there are, the others among them, which are at least 0 and at most ``most``.
    """

    def __init__(self, component: Component, others: int = 0, most: float = 1.0) -> None:
        """The limits of a component, and room for some variables more."""
        binds = np.flatnonzero(halfdays.binding(component)[component.opening])
        row, day = np.nonzero(members(component.sessions[binds]))
        pair: Positions = binds[row]
        cell = component.opening[pair].astype(np.int64) * len(SESSIONS) + day
        self.component = component
        first = len(component) + len(pair)
        self.people: Positions = np.arange(first, first + len(component.per_week))
        self.width = first + len(self.people) + others
        self._limits = self._made(pair, cell)
        self._upper = np.ones(self.width)
        self._upper[self.width - others :] = most

    def solved(
        self,
        cost: npt.NDArray[np.float64],
        more: list[optimize.LinearConstraint],
        budget: Budget,
    ) -> optimize.OptimizeResult:
        """The least cost within the limits and some more, as far as nodes and seconds reach."""
        pairs = len(self.component)
        left = budget.seconds_left()
        nodes = budget.nodes * min(1.0, MANY_PAIRS / pairs)
        options: dict[str, float] = {"mip_rel_gap": 0.0, "node_limit": round(nodes)}
        if left is not None:
            options["time_limit"] = max(0.01, left)
        return optimize.milp(
            cost,
            integrality=(np.arange(self.width) < pairs).astype(np.int64),
            bounds=optimize.Bounds(0, self._upper),
            constraints=[*self._limits, *more],
            options=options,  # type: ignore[arg-type] # a plain dict is one
        )

    def pairs_in(self, x: npt.NDArray[np.float64]) -> Positions:
        """The pairs that an answer chooses."""
        return np.flatnonzero(x[: len(self.component)] > 0.5)  # noqa: PLR2004 -- x is 0 or 1

    def _made(
        self, pair_of_day: Positions, cell_of_day: Positions
    ) -> list[optimize.LinearConstraint]:
        component, width = self.component, self.width
        pairs, people = len(component), len(self.people)
        pair = np.arange(pairs)
        placed = _ones(component.participant, pair, (people, width))
        placed = placed - _ones(np.arange(people), self.people, (people, width))
        bound, row = np.unique(pair_of_day, return_inverse=True)
        cells, cell = np.unique(cell_of_day, return_inverse=True)
        day = pairs + np.arange(len(pair_of_day))
        week = component.per_week[component.participant[bound]]
        weeks = sparse.csr_array((week, (np.arange(len(bound)), bound)), (len(bound), width))
        exactly = _ones(row, day, (len(bound), width)) - weeks
        desk = component.supervisor
        limited = np.flatnonzero(desk != NOBODY)
        count = int(desk.max(initial=-1)) + 1
        desks = _ones(desk[limited], self.people[limited], (count, width))
        most = sparse.vstack(
            [
                _ones(component.opening, pair, (len(component.seats), width)),
                _ones(cell, day, (len(cells), width)),
                desks,
            ]
        )
        starts = np.full(count, component.starts)
        room = np.concatenate([component.seats, component.half_days.ravel()[cells], starts])
        return [
            optimize.LinearConstraint(sparse.vstack([placed, exactly]).tocsr(), 0, 0),
            optimize.LinearConstraint(most.tocsr(), -np.inf, room),
        ]


def _over(model: Model, gain: Gains) -> npt.NDArray[np.float64]:
    """A goal over all variables: over people where all their pairs add the same, else pairs."""
    who = model.component.participant
    row = np.zeros(model.width)
    each = np.zeros(len(model.people))
    each[who] = gain
    if (each[who] == gain).all():
        row[model.people] = each
    else:
        row[: len(gain)] = gain
    return row


def _ones(
    row: npt.NDArray[np.integer], column: npt.NDArray[np.integer], shape: tuple[int, int]
) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape)
