import pytest

from matcher.policy import Policy
from tests.builders import barriers_of, day, opening, participant

LATE = ["STARTS_TOO_LATE"]


@pytest.mark.parametrize(("ready", "expected"), [(9, []), (10, []), (11, LATE)])
def test_holds_after_the_openings_last_day(ready: int, expected: list[str]) -> None:
    """The last day to start on is day 10: ready on day 10 is in time."""
    found = barriers_of(participant(earliest_start=day(ready)), opening(starts_until=day(10)))
    assert found == expected


@pytest.mark.parametrize(("ready", "expected"), [(90, []), (91, LATE)])
def test_holds_beyond_the_horizon(ready: int, expected: list[str]) -> None:
    """A plan reaches 90 days ahead, the 90th included; who is ready later waits for another."""
    assert barriers_of(participant(earliest_start=day(ready))) == expected


@pytest.mark.parametrize(("opens", "expected"), [(90, []), (91, LATE)])
def test_the_opening_can_be_the_one_that_is_late(opens: int, expected: list[str]) -> None:
    """The later of the two decides."""
    assert barriers_of(opening(starts_from=day(opens))) == expected


@pytest.mark.parametrize(("horizon", "expected"), [(30, []), (29, LATE)])
def test_the_policy_sets_the_horizon(horizon: int, expected: list[str]) -> None:
    """A start on day 30 needs a horizon of 30."""
    person = participant(earliest_start=day(30))
    assert barriers_of(person, policy=Policy(horizon_days=horizon)) == expected


def test_the_horizon_also_ends_a_later_last_day() -> None:
    """A last day beyond the horizon does not stretch it."""
    person, place = participant(earliest_start=day(91)), opening(starts_until=day(200))
    assert barriers_of(person, place) == LATE


def test_ready_long_ago_starts_on_the_plan_date() -> None:
    """Nobody starts in the past: an opening that closed yesterday is too late for all."""
    person = participant(earliest_start=day(-400))
    assert barriers_of(person, opening(starts_from=day(-400))) == []
    assert barriers_of(person, opening(starts_until=day(0))) == []
    assert barriers_of(person, opening(starts_until=day(-1))) == LATE


def test_no_dates_are_no_limits() -> None:
    """Nothing given: it starts on the plan date."""
    assert barriers_of() == []
