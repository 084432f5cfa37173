import pytest

from matcher.domain import Mode, Remote, WorksRemotely
from tests.builders import barriers_of, opening, participant, site

LIMIT = participant(max_travel_minutes=60)
HERE = ("P1", "S1")


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, []), (60, []), (61, ["TRAVEL_TOO_LONG:61"])]
)
def test_holds_beyond_the_limit(minutes: int, expected: list[str]) -> None:
    """Sixty minutes are within sixty; the sixty-first is too long, and is said."""
    assert barriers_of(LIMIT, minutes={HERE: minutes}) == expected


@pytest.mark.parametrize(("degrees", "expected"), [(0.0290, []), (0.0292, ["TRAVEL_TOO_LONG:61"])])
def test_an_estimate_counts_as_minutes(degrees: float, expected: list[str]) -> None:
    """On foot 18.57 min/km; a degree of latitude is 111.195 km.

    0.0290° are 59.9 minutes, rounded up 60; 0.0292° are 60.3, rounded up 61.
    """
    walker = participant(max_travel_minutes=60, travel_mode=Mode.WALK)
    assert barriers_of(walker, site(latitude=59.3 + degrees)) == expected


def test_nothing_is_too_long_where_nothing_is_known() -> None:
    """Unknown is not long."""
    assert barriers_of(LIMIT, minutes={HERE: -1}) == ["TRAVEL_UNKNOWN"]


def test_from_home_no_journey_is_too_long() -> None:
    """Who works from home travels 0 minutes, whatever the table says."""
    person = participant(max_travel_minutes=1, remote=WorksRemotely.PARTLY)
    assert barriers_of(person, opening(remote=Remote.YES), minutes={HERE: 500}) == []
