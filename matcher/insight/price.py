"""The price of a goal: what one more of it costs in points, as a curve.

The goals before it come first, as ever; between it and ``points`` a plan is made for every
exchange rate at which the best plan changes. What is found are the corners of the curve (the
supported plans): between two of them one more costs what the slope says. Source: Aneja, Nair,
Management Science 25 (1979), bicriteria transportation.
"""

from dataclasses import dataclass

from matcher.policy import GoalName
from matcher.solve.standing import Standing
from matcher.solve.tradeoff import weighed

CORNERS = 24
"""Corners of a curve, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """A plan on the curve: what it has of the goal, and its points."""

    value: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceCurve:
    """What a goal costs in points, least of the goal first; ``now`` is the plan as it stands.

    ``proven``: every corner is the best plan of its kind. ``whole``: no corner is missing.
    """

    goal: GoalName
    corners: tuple[Corner, ...]
    now: Corner
    proven: bool
    whole: bool

    @property
    def prices(self) -> tuple[float, ...]:
        """Points that one more costs, between each corner and the next."""
        ends = zip(self.corners, self.corners[1:], strict=False)
        return tuple((a.points - b.points) / (b.value - a.value) for a, b in ends)


def price_curve(standing: Standing, goal: GoalName) -> PriceCurve:
    """What a goal costs in points, from none of it asked for to all that can be had.

    Args:
        standing: the plan as it stands.
        goal: one that stands before ``points`` in its policy.

    Raises:
        ValueError: the goal does not stand before ``points``, or is no sum over pairs.
    """
    names = standing.names
    if goal not in names[: names.index(GoalName.POINTS) if GoalName.POINTS in names else 0]:
        raise ValueError(f"{goal} does not stand before points in this policy")
    search = _Search(standing, goal)
    low, high = search.corner(0, 1), search.corner(1, 0)
    search.between(low, high)
    return PriceCurve(
        goal=goal,
        corners=tuple(Corner(value=v, points=p) for v, p in search.supported()),
        now=search.read(standing.values),
        proven=search.proven,
        whole=search.whole,
    )


class _Search:
    """Halves the curve at the exchange rate of its ends, until no plan lies beyond."""

    def __init__(self, standing: Standing, goal: GoalName) -> None:
        self._standing = standing
        self._goal = goal
        self._found: set[tuple[int, int]] = set()
        self._at = standing.names.index(goal), standing.names.index(GoalName.POINTS)
        self.proven = self.whole = True

    def read(self, values: tuple[int, ...]) -> Corner:
        """What values say of the goal and of points."""
        return Corner(value=values[self._at[0]], points=values[self._at[1]])

    def corner(self, one: int, point: int) -> tuple[int, int]:
        """The best plan at an exchange rate."""
        values, proven = weighed(self._standing, self._goal, (one, point))
        self.proven = self.proven and proven
        found = self.read(values)
        self._found.add((found.value, found.points))
        return found.value, found.points

    def between(self, low: tuple[int, int], high: tuple[int, int]) -> None:
        """All corners between two."""
        pending = [(low, high)]
        while pending:
            left, right = pending.pop(0)
            gained, paid = right[0] - left[0], left[1] - right[1]
            if gained <= 1 or paid <= 0:
                continue
            if len(self._found) == CORNERS:
                self.whole = False
                return
            new = self.corner(paid, gained)
            if paid * new[0] + gained * new[1] > paid * left[0] + gained * left[1]:
                pending += [(left, new), (new, right)]

    def supported(self) -> list[tuple[int, int]]:
        """The corners that no other two, or one, outweigh, least of the goal first."""
        hull: list[tuple[int, int]] = []
        for point in sorted(self._found, key=lambda p: (p[0], p[1])):
            while hull and hull[-1][1] <= point[1]:
                hull.pop()
            while len(hull) > 1 and not _turns(hull[-2], hull[-1], point):
                hull.pop()
            hull.append(point)
        return hull


def _turns(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether the middle lies above the line from the first to the last."""
    rise = (middle[1] - first[1]) * (last[0] - first[0])
    return rise > (last[1] - first[1]) * (middle[0] - first[0])
