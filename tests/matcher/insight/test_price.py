"""The price of a goal: corners of a curve that nothing outweighs."""

from itertools import pairwise

import pytest

from matcher import insight
from matcher.insight import PriceCurve, price, price_curve
from matcher.policy import GoalName, Policy
from matcher.solve.standing import Standing, stand
from tests.builders import opening, participant, problem_of, seek


def standing(policy: Policy | None = None) -> Standing:
    """Three people and three seats at two openings; two of them care for the work."""
    problem = problem_of(
        participant("P1", wishes=(seek("9413", rank=1),)),
        participant("P2", wishes=(seek("9413", rank=5),)),
        participant("P3"),
        opening("O1", seats=1),
        opening("O2", seats=2),
    )
    return stand(problem, policy or Policy(), frozenset())


def is_a_curve(curve: PriceCurve) -> None:
    """More of the goal costs points, and ever more."""
    for one, other in pairwise(curve.corners):
        assert one.value < other.value
        assert one.points > other.points
    assert list(curve.prices) == sorted(curve.prices)


@pytest.mark.parametrize("goal", [GoalName.PLACED, GoalName.WAITING, GoalName.NORM_GOALS])
def test_more_of_a_goal_costs_more_and_more(goal: GoalName) -> None:
    """Corners rise in the goal and fall in points, and the last has as much as the plan."""
    found = standing()
    curve = price_curve(found, goal)
    is_a_curve(curve)
    assert curve.whole
    assert curve.proven
    assert curve.corners[-1].value >= curve.now.value
    assert curve.now.value == found.values[found.names.index(goal)]


@pytest.mark.parametrize("goal", [GoalName.POINTS, GoalName.STABILITY, GoalName.PARITY])
def test_a_goal_that_does_not_stand_before_points_has_no_price(goal: GoalName) -> None:
    """Points are what is paid with; a goal that is not there cannot be bought."""
    with pytest.raises(ValueError, match="does not stand before points"):
        price_curve(standing(), goal)


def test_without_points_nothing_has_a_price() -> None:
    """A policy without the goal points has nothing to pay with."""
    with pytest.raises(ValueError, match="does not stand before points"):
        price_curve(standing(Policy(goals=(GoalName.PLACED,))), GoalName.PLACED)


class _Plans:
    """Plans made up: what the engine would answer at an exchange rate."""

    def __init__(self, *plans: tuple[int, int]) -> None:
        self.plans = plans

    def __call__(
        self, found: Standing, _: GoalName, weights: tuple[int, int]
    ) -> tuple[tuple[int, ...], bool]:
        """The plan with most, the goal placed first among equals."""
        one, point = weights
        value, points = max(self.plans, key=lambda p: (one * p[0] + point * p[1], p))
        values = dict.fromkeys(found.names, 0)
        values |= {GoalName.PLACED: value, GoalName.POINTS: points}
        return tuple(values.values()), True


def test_all_corners_are_found_and_nothing_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four plans on a hull, two below it, one on a line between two corners."""
    hull = [(0, 100), (4, 96), (7, 84), (9, 60)]
    plans = _Plans(*hull, (5, 80), (8, 70), (2, 98))
    monkeypatch.setattr(price, "weighed", plans)
    curve = insight.price_curve(standing(), GoalName.PLACED)
    corners = [(c.value, c.points) for c in curve.corners]
    assert corners == hull
    assert curve.prices == (1.0, 4.0, 12.0)


def test_of_many_corners_some_are_missing_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A curve of forty corners is cut, and a corner that another outweighs is left out."""
    monkeypatch.setattr(price, "weighed", _Plans(*((n, 4000 - n * n) for n in range(40))))
    curve = price_curve(standing(), GoalName.PLACED)
    assert not curve.whole
    assert len(curve.corners) <= price.CORNERS
    is_a_curve(curve)


def test_what_another_outweighs_is_no_corner() -> None:
    """As many points for more of the goal, more points for more, and what lies below a line."""
    search = price._Search(standing(), GoalName.PLACED)  # noqa: SLF001 -- what is found is given
    search._found |= {(0, 100), (1, 100), (2, 70), (3, 80), (4, 79)}  # noqa: SLF001
    assert search.supported() == [(1, 100), (4, 79)]
