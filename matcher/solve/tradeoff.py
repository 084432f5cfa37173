"""Two goals weighed against each other: the plan with the most of their weighted sum."""

from dataclasses import replace

import numpy as np

from matcher.policy import GoalName
from matcher.solve.layout import lay_out
from matcher.solve.standing import Standing, chosen_of, solved

Values = tuple[int, ...]


def weighed(standing: Standing, goal: GoalName, weights: tuple[int, int]) -> tuple[Values, bool]:
    """What a plan reaches that weighs a goal against ``points``, the goals before it first.

    Args:
        standing: the plan to begin from.
        goal: one that stands before ``points``.
        weights: whole numbers for a unit of the goal, and for a point. Where one is 0, that goal
            still decides between equals.

    Returns:
        The values of all goals, in the policy's order, and whether it is proven best.
    """
    whole, names = standing.whole, standing.names
    first, last = names.index(goal), names.index(GoalName.POINTS)
    one, point = weights
    total = one * whole.gain[first] + point * whole.gain[last]
    ties = whole.gain[[last if point == 0 else first]]
    asked = replace(whole, gain=np.concatenate([whole.gain[:first], total[None, :], ties]))
    layout = lay_out(asked)
    seated, proven = solved(asked, layout, standing.chosen, prove=standing.proven)
    return whole.values(chosen_of(layout, seated)), proven
