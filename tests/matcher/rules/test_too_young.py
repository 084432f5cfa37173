import numpy as np
import pytest

from matcher.eligibility import years
from tests.builders import barriers_of, day, opening, participant

YOUNG = ["TOO_YOUNG"]


@pytest.mark.parametrize(("born", "expected"), [(2007, []), (2008, []), (2009, YOUNG)])
def test_holds_below_the_least_age(born: int, expected: list[str]) -> None:
    """Eighteen asked, in 2026: born in 2008 or before will do."""
    assert barriers_of(participant(birth_year=born), opening(min_age=18)) == expected


@pytest.mark.parametrize(("ready", "expected"), [(30, YOUNG), (31, [])])
def test_age_is_judged_in_the_year_of_the_start(ready: int, expected: list[str]) -> None:
    """Born in 2009: 17 on 2026-12-31, the 30th day; 18 on 2027-01-01, the 31st."""
    person = participant(birth_year=2009, earliest_start=day(ready))
    assert barriers_of(person, opening(min_age=18)) == expected


def test_the_opening_can_start_next_year() -> None:
    """The start is the later of the two: an opening from January helps."""
    person = participant(birth_year=2009)
    assert barriers_of(person, opening(min_age=18, starts_from=day(31))) == []


def test_is_silent_without_a_least_age() -> None:
    """Nothing asked."""
    assert barriers_of(participant(birth_year=2010)) == []


@pytest.mark.parametrize("number", [-366, -335, -334, 0, 30, 31, 395, 396, 10_000])
def test_the_year_of_a_day_number(number: int) -> None:
    """Over new years and leap years the year is the calendar's."""
    moment = day(number)
    assert years(np.array([moment.toordinal()], dtype=np.int32)).tolist() == [moment.year]
