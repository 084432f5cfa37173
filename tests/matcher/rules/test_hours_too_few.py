import pytest

from tests.builders import barriers_of, opening, participant


@pytest.mark.parametrize(("hours", "expected"), [(9, ["HOURS_TOO_FEW"]), (10, []), (11, [])])
def test_holds_below_the_least_hours(hours: int, expected: list[str]) -> None:
    """Ten hours asked: nine are too few, ten are enough."""
    assert barriers_of(participant(hours_per_week=hours), opening(hours_min=10)) == expected


def test_is_silent_where_nothing_is_asked() -> None:
    """No least hours: one hour will do."""
    assert barriers_of(participant(hours_per_week=1)) == []


def test_the_hours_goal_does_not_count() -> None:
    """What counts are the hours the participant comes with now."""
    person = participant(hours_per_week=9, hours_goal=20)
    assert barriers_of(person, opening(hours_min=10)) == ["HOURS_TOO_FEW"]
