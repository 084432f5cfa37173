import pytest

from tests.builders import barriers_of, opening, participant


@pytest.mark.parametrize(("hours", "expected"), [(9, []), (10, []), (11, ["HOURS_TOO_MANY"])])
def test_holds_above_the_most_hours(hours: int, expected: list[str]) -> None:
    """Ten hours at most: ten fit, eleven do not."""
    assert barriers_of(participant(hours_per_week=hours), opening(hours_max=10)) == expected


def test_is_silent_where_no_limit_is_given() -> None:
    """An empty limit is none."""
    assert barriers_of(participant(hours_per_week=60)) == []


def test_a_limit_of_zero_is_a_limit() -> None:
    """Zero is not empty."""
    assert barriers_of(participant(), opening(hours_max=0)) == ["HOURS_TOO_MANY"]


def test_the_hours_goal_does_not_count() -> None:
    """Aiming higher than the opening takes costs points, and bars nothing."""
    assert barriers_of(participant(hours_goal=20), opening(hours_max=8)) == []
