import pytest

from matcher.domain import Sessions
from tests.builders import ALL_WEEK, barriers_by_pair, barriers_of, opening, participant, week

BARRED = ["SESSIONS_DO_NOT_FIT"]
MORNINGS = week("mon_am", "tue_am", "wed_am")


@pytest.mark.parametrize(("times", "expected"), [(2, []), (3, []), (4, BARRED)])
def test_holds_where_fewer_are_common_than_wanted(times: int, expected: list[str]) -> None:
    """Three mornings in common: two or three times a week fit, four do not."""
    person = participant(sessions_per_week=times)
    assert barriers_of(person, opening(sessions=MORNINGS)) == expected


def test_only_common_half_days_count() -> None:
    """Three and three with one in common: once a week fits, twice does not."""
    place = opening(sessions=week("wed_am", "thu_am", "fri_am"))
    once, twice = (
        participant(name, available=MORNINGS, sessions_per_week=times)
        for name, times in (("P1", 1), ("P2", 2))
    )
    assert barriers_by_pair(once, twice, place) == {"P1@O1": [], "P2@O1": BARRED}


@pytest.mark.parametrize("half_days", [Sessions(0), week("mon_pm")])
def test_no_half_day_in_common(half_days: Sessions) -> None:
    """Nothing in common fits nobody: everybody comes at least once a week."""
    person = participant(available=MORNINGS, sessions_per_week=1)
    assert barriers_of(person, opening(sessions=half_days)) == BARRED


def test_more_half_days_than_one_has_is_barred_everywhere() -> None:
    """Coming four times with three half-days is a valid person, who fits nowhere."""
    person = participant(available=MORNINGS, sessions_per_week=4)
    found = barriers_by_pair(person, opening("O1"), opening("O2", sessions=MORNINGS))
    assert found == {"P1@O1": BARRED, "P1@O2": BARRED}


def test_the_whole_week() -> None:
    """Ten of ten fit an opening that is open on all, and none that lacks one."""
    person = participant(sessions_per_week=10)
    less = opening("O2", sessions=Sessions(ALL_WEEK & ~1))
    assert barriers_by_pair(person, opening("O1"), less) == {"P1@O1": [], "P1@O2": BARRED}


def test_crowding_is_no_barrier() -> None:
    """Half-days that others have taken are the plan's matter, not the rule's."""
    assert barriers_of(opening(session_seats=0)) == []
