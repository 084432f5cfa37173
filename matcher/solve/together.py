"""The bounds of all parts together, each solved on its own (``goals``)."""

from dataclasses import replace

import numpy as np

from matcher.solve import flow, halfdays, prices
from matcher.solve.budget import Budget
from matcher.solve.goals import Solved
from matcher.solve.layout import Wide, lay_out
from matcher.solve.prices import Prices, Task


def bounds(parts: list[Solved], goals: int, budget: Budget) -> tuple[int, ...]:
    """A proven bound of every goal for all components together.

    The bound of goal i holds for every plan that reaches at least the reported values of the
    goals before it. While those are proven in every component, no component can do better to
    make up for another, and their bounds add up. After the first gap they are priced alike.
    """
    proven = min((part.proven for part in parts), default=goals)
    total: list[int] = []
    for goal in range(goals):
        if goal <= proven or len(parts) == 1:
            total.append(sum(part.bounds[goal] for part in parts))
        else:
            total.append(_priced_alike(parts, goal, budget))
    return tuple(total)


def _priced_alike(parts: list[Solved], goal: int, budget: Budget) -> int:
    """The components' bounds at the same multipliers, added up.

    They are those of the largest component with a gap before this goal.
    """
    priced = [(part, led) for part in parts if (led := part.led[goal]) is not None]
    leader, led = max(priced, key=lambda pair: len(pair[0].component))
    unit = prices.unit_of(lay_out(leader.component), goal)
    total = led.units
    for part in parts:
        if part is not leader:
            total += _priced(part, goal, unit, led.multipliers, budget)
    return total // unit


def _priced(part: Solved, goal: int, unit: int, multipliers: Wide, budget: Budget) -> int:
    """A bound of a component's goal at multipliers, in units."""
    component = part.component
    gain = component.gain[goal] * unit + multipliers @ component.gain[:goal]
    seats = halfdays.seat_bound(component)
    alone = replace(component, gain=gain[None, :])
    floors = int(multipliers @ np.array(part.values[:goal], dtype=np.int64))
    ideal = alone.values(flow.best(alone, seats))[0] - floors
    if part.proven == len(part.values):
        return ideal
    layout = lay_out(component)
    task = Task(goal=goal, floors=part.values[:goal], known=part.values[goal], unit=unit,
                held=(True,) * goal)  # fmt: skip
    led = part.led[goal]
    people = flow.person_prices(component, seats, gain) if led is None else led.people
    desks = np.zeros_like(layout.starts) if led is None else led.desks
    start = Prices(people=people, desks=desks, multipliers=multipliers)
    return min(
        ideal,
        prices.lowered(layout, task, start, prices.Work(budget.rounds, stop=budget.stopped)).units,
    )
