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
    days = _Days(component)
    width = len(component) + len(days.pair) + len(component.per_week)
    goals = np.stack([_over(component, gain, width) for gain in component.gain[: goal + 1]])
    limits = [
        *_limits(component, days, width),
        optimize.LinearConstraint(sparse.csr_array(goals), np.array([*floors, known + 1]), np.inf),
    ]
    left = budget.seconds_left()
    nodes = budget.nodes * min(1.0, MANY_PAIRS / len(component))
    options: dict[str, float] = {"mip_rel_gap": 0.0, "node_limit": round(nodes)}
    if left is not None:
        options["time_limit"] = max(0.01, left)
    found = optimize.milp(
        -goals[goal],
        integrality=(np.arange(width) < len(component)).astype(np.int64),
        bounds=optimize.Bounds(0, 1),
        constraints=limits,
        options=options,  # type: ignore[arg-type] # a plain dict is one
    )
    if found.status == INFEASIBLE:
        return Exact(chosen=None, bound=known)
    chosen = None if found.x is None else np.flatnonzero(found.x[: len(component)] > 0.5)  # noqa: PLR2004 -- x is 0 or 1
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


class _Days:
    """The half-days that binding pairs can take: ``pair`` and ``cell`` (opening, half-day)."""

    def __init__(self, component: Component) -> None:
        binds = np.flatnonzero(halfdays.binding(component)[component.opening])
        row, day = np.nonzero(members(component.sessions[binds]))
        self.pair: Positions = binds[row]
        self.cell: Positions = component.opening[self.pair].astype(np.int64) * len(SESSIONS) + day


def _over(component: Component, gain: Gains, width: int) -> npt.NDArray[np.float64]:
    """A goal over all variables: over people where all their pairs add the same, else pairs."""
    row = np.zeros(width)
    each = np.zeros(len(component.per_week))
    each[component.participant] = gain
    if (each[component.participant] == gain).all():
        row[width - len(each) :] = each
    else:
        row[: len(gain)] = gain
    return row


def _limits(component: Component, days: _Days, width: int) -> list[optimize.LinearConstraint]:
    pairs, people = len(component), len(component.per_week)
    pair = np.arange(pairs)
    person = np.arange(width - people, width)
    placed = _ones(component.participant, pair, (people, width))
    placed = placed - _ones(np.arange(people), person, (people, width))
    bound, row = np.unique(days.pair, return_inverse=True)
    cells, cell = np.unique(days.cell, return_inverse=True)
    day = pairs + np.arange(len(days.pair))
    week = component.per_week[component.participant[bound]]
    weeks = sparse.csr_array((week, (np.arange(len(bound)), bound)), (len(bound), width))
    exactly = _ones(row, day, (len(bound), width)) - weeks
    desk = component.supervisor
    limited = np.flatnonzero(desk != NOBODY)
    desks = _ones(desk[limited], person[limited], (int(desk.max(initial=-1)) + 1, width))
    starts = np.full(desks.shape[0], component.starts)
    most = sparse.vstack(
        [
            _ones(component.opening, pair, (len(component.seats), width)),
            _ones(cell, day, (len(cells), width)),
            desks,
        ]
    )
    room = np.concatenate([component.seats, component.half_days.ravel()[cells], starts])
    return [
        optimize.LinearConstraint(sparse.vstack([placed, exactly]).tocsr(), 0, 0),
        optimize.LinearConstraint(most.tocsr(), -np.inf, room),
    ]


def _ones(
    row: npt.NDArray[np.integer], column: npt.NDArray[np.integer], shape: tuple[int, int]
) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape)
