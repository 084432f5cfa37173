"""One component, goal by goal: flow first, rosters, repair, and the exact model where it is small.

The flow without half-days bounds every goal from above. Where its plan has a roster everywhere,
the bounds are met and nothing more is done. Else people who found no half-days at an opening are
offered the others again (the flow once more without those pairs), and what is small enough is
solved exactly.
"""

from dataclasses import dataclass, replace

import numpy as np

from matcher.solve import exact, flow, halfdays
from matcher.solve.budget import Budget
from matcher.solve.components import Component, Positions
from matcher.travel.atlas import Ints

EXACT_PAIRS = 3_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Solved:
    """The pairs chosen in a component, with their half-days, and bounds goal by goal.

    ``relaxed`` is what the flow without half-days reaches, goal by goal in order. ``bounds``
    holds for as many leading goals as were bounded in order.
    """

    component: Component
    chosen: Positions
    half_days: Ints
    values: tuple[int, ...]
    relaxed: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def proven(self) -> int:
        """How many leading goals are proven."""
        return _same(self.values, self.bounds)

    @property
    def tight(self) -> int:
        """How many leading goals reach what the flow without half-days reaches."""
        return _same(self.values, self.relaxed)


def solve(component: Component, budget: Budget) -> Solved:
    """The best plan of one component that the budget allows, and how good one can be."""
    seats = halfdays.seat_bound(component)
    ideal = flow.best(component, seats)
    relaxed = component.values(ideal)
    chosen = _repaired(component, seats, ideal, budget)
    bounds = relaxed[: _same(component.values(chosen), relaxed) + 1]
    if component.values(chosen) != relaxed and len(component) <= EXACT_PAIRS:
        found = exact.solve(component, chosen, budget)
        chosen = found.chosen
        bounds = found.bounds or bounds
    return Solved(
        component=component,
        chosen=chosen,
        half_days=halfdays.rosters(component, chosen).half_days,
        values=component.values(chosen),
        relaxed=relaxed,
        bounds=bounds,
    )


def bounds(parts: list[Solved], goals: int) -> tuple[int, ...]:
    """A proven bound of every goal for all components together.

    The bound of goal i holds for every plan that reaches at least the reported values of the
    goals before it. While those are proven in every component, no component can do better to
    make up for another, and their bounds add up. After the first gap a goal is bounded by the
    flow alone, on top of the goals that are proven and that the flow reaches.
    """
    proven = min((part.proven for part in parts), default=goals)
    total: list[int] = []
    for goal in range(goals):
        ordered = goal <= proven and all(goal < len(part.bounds) for part in parts)
        each = [
            p.bounds[goal] if ordered else _ceiling(p, min(proven, p.tight), goal) for p in parts
        ]
        total.append(sum(each))
    return tuple(total)


def _ceiling(part: Solved, held: int, goal: int) -> int:
    """The most of one goal by the flow, with the first goals held at their best."""
    order = [*range(min(held, goal)), goal]
    component = part.component
    alone = replace(component, gain=component.gain[order])
    return alone.values(flow.best(alone, halfdays.seat_bound(component)))[-1]


def _repaired(component: Component, seats: Ints, ideal: Positions, budget: Budget) -> Positions:
    """A lawful plan near the ideal one: people without half-days are offered other openings."""
    allowed = np.arange(len(component))
    chosen = ideal
    for _ in range(budget.rounds):
        crowd = halfdays.crowded(component, chosen)
        if not len(crowd) or budget.stopped():
            break
        refused = halfdays.without_last(component, chosen, crowd)
        allowed = np.setdiff1d(allowed, refused, assume_unique=True)
        mask = np.zeros(len(component), dtype=np.bool_)
        mask[allowed] = True
        chosen = allowed[flow.best(component.keep(mask), seats)]
    crowd = halfdays.crowded(component, chosen)
    return np.setdiff1d(chosen, halfdays.without_last(component, chosen, crowd))


def _same(values: tuple[int, ...], others: tuple[int, ...]) -> int:
    """How many leading numbers are the same."""
    pairs = zip(values, others, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(values), len(others)))
