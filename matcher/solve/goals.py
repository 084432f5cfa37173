"""One component, goal by goal: flow first, rosters, repair, and the exact model where it is small.

The flow without half-days bounds every goal from above. Where its plan has a roster everywhere,
the bounds are met and nothing more is done. Else people who found no half-days at an opening are
offered the others again (the flow once more without those pairs), and what is small enough is
solved exactly.
"""

from dataclasses import dataclass, replace

import numpy as np

from matcher.solve import exact, flow, halfdays, moves
from matcher.solve.budget import Budget
from matcher.solve.components import Component, Positions
from matcher.travel.atlas import Ints

EXACT_PAIRS = 3_000
PRICE_UNIT = 1 << 10
HIGHEST_POWER = 20


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
    if component.values(chosen) != relaxed:
        chosen = moves.improve(component, chosen, budget)
    bounds = relaxed[: _same(component.values(chosen), relaxed) + 1]
    if component.values(chosen) != relaxed and len(component) <= EXACT_PAIRS:
        found = exact.solve(component, chosen, budget)
        chosen = found.chosen
        bounds = _tightest(component.values(chosen), relaxed, found.bounds)
    return Solved(
        component=component,
        chosen=chosen,
        half_days=halfdays.rosters(component, chosen).half_days,
        values=component.values(chosen),
        relaxed=relaxed,
        bounds=bounds,
    )


def _tightest(
    values: tuple[int, ...], relaxed: tuple[int, ...], exact: tuple[int, ...]
) -> tuple[int, ...]:
    """The lower of the flow's bound and the exact model's, for every leading goal that has one.

    The flow's bound of a goal holds while the goals before it reach what the flow does.
    """
    flows = relaxed[: _same(values, relaxed) + 1]
    both = tuple(min(pair) for pair in zip(flows, exact, strict=False))
    return both + max(flows, exact, key=len)[len(both) :]


def bounds(parts: list[Solved], goals: int) -> tuple[int, ...]:
    """A proven bound of every goal for all components together.

    The bound of goal i holds for every plan that reaches at least the reported values of the
    goals before it. While those are proven in every component, no component can do better to
    make up for another, and their bounds add up. After the first gap that no longer holds: see
    ``_after_gap``.
    """
    proven = min((part.proven for part in parts), default=goals)
    total: list[int] = []
    for goal in range(goals):
        if goal <= proven and all(goal < len(part.bounds) for part in parts):
            total.append(sum(part.bounds[goal] for part in parts))
        else:
            total.append(_after_gap(parts, min(proven, goal - 1), goal))
    return tuple(total)


def _after_gap(parts: list[Solved], gap: int, goal: int) -> int:
    """A bound of one goal for every plan that reaches the reported value of the goal ``gap``.

        min over price >= 0 of  max { goal(x) + price · (gap(x) - reported) : x a flow }

    The flow leaves out half-days, and all goals between the two. It holds the goals before the
    gap at their best where the component's plan reaches what its flow does, and they are proven.
    The function is convex in the price, which is a power of two over ``PRICE_UNIT``.
    Source: Lagrangian relaxation; Fisher, Management Science 27 (1981).
    """
    reported = sum(part.values[gap] for part in parts)
    bounds: list[int] = []
    low, high = 0, HIGHEST_POWER
    while low <= high:  # a flow that falls short of what is reported shows a price too low
        power = (low + high) // 2
        price = 1 << power
        flows = [_priced(part, gap, goal, price) for part in parts]
        most, reached = (sum(column) for column in zip(*flows, strict=True))
        bounds.append((most - price * reported) // PRICE_UNIT)
        low, high = (power + 1, high) if reached < reported else (low, power - 1)
    return min(bounds)


def _priced(part: Solved, gap: int, goal: int, price: int) -> tuple[int, int]:
    """The most a component's flow reaches of two goals at a price, and of ``gap`` alone then."""
    component = part.component
    held = component.gain[: min(gap, part.tight)]
    priced = PRICE_UNIT * component.gain[goal] + price * component.gain[gap]
    alone = replace(component, gain=np.vstack([held, priced[None, :]]))
    chosen = flow.best(alone, halfdays.seat_bound(component))
    return alone.values(chosen)[-1], component.values(chosen)[gap]


def _repaired(component: Component, seats: Ints, ideal: Positions, budget: Budget) -> Positions:
    """A lawful plan near the ideal one: people without half-days are offered other openings."""
    allowed = np.arange(len(component))
    chosen = ideal
    for _ in budget.each_round():
        crowd = halfdays.crowded(component, chosen)
        if not len(crowd):
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
