import numpy as np
import pytest

from matcher import capacity
from matcher.domain import Opening, Placement, PlacementStatus
from tests.builders import day, opening, placement, problem_of, week


def left(place: Opening, *there: Placement) -> tuple[int, dict[int, int]]:
    """Seats left, and the half-days by their number where any are left."""
    found = capacity.left(problem_of(place, *there))
    (half_days,) = found.half_days
    return int(found.seats[0]), {int(d): int(half_days[d]) for d in np.flatnonzero(half_days)}


def test_an_empty_opening_has_all_its_seats_on_its_half_days() -> None:
    """Without a number of its own each half-day has room for every seat; other half-days none."""
    assert left(opening(seats=3, sessions=week("mon_am", "fri_pm"))) == (3, {0: 3, 9: 3})


def test_half_days_can_have_less_room_than_seats() -> None:
    """Three people, one at a time."""
    place = opening(seats=3, session_seats=1, sessions=week("mon_am", "mon_pm"))
    assert left(place) == (3, {0: 1, 1: 1})


@pytest.mark.parametrize("status", PlacementStatus)
def test_whoever_is_there_takes_a_seat_and_half_days(status: PlacementStatus) -> None:
    """Ongoing, offered or pinned, participant or not."""
    there = placement(participant_id="X1", status=status, sessions=week("mon_am"))
    place = opening(seats=2, sessions=week("mon_am", "mon_pm"))
    assert left(place, there) == (1, {0: 1, 1: 2})


@pytest.mark.parametrize(("ends", "seats"), [(9, 1), (10, 0)])
def test_whoever_leaves_before_one_could_start_takes_nothing(ends: int, seats: int) -> None:
    """The opening starts on day 10: who ends on day 9 is gone, who ends on day 10 is not."""
    there = placement(ends_on=day(ends))
    assert left(opening(starts_from=day(10)), there)[0] == seats


def test_an_overdrawn_opening_has_nothing_left() -> None:
    """Three people on one seat: nothing is left, and nothing is owed."""
    there = [placement(participant_id=f"X{n}", sessions=week("mon_am")) for n in range(3)]
    place = opening(seats=1, sessions=week("mon_am", "mon_pm"))
    assert left(place, *there) == (0, {1: 1})


def test_half_days_outside_the_opening_take_nothing_from_it() -> None:
    """A placement on Friday at an opening that now has Monday: a seat, and no half-day."""
    there = placement(sessions=week("fri_pm"))
    assert left(opening(seats=2, sessions=week("mon_am")), there) == (1, {0: 2})
