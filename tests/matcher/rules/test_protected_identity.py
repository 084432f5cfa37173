"""Protected identity: travel is never computed, only looked up where a table has the row."""

import pytest

from matcher.domain import Remote, WorksRemotely
from matcher.policy import Criterion, Policy
from matcher.travel.reach import Reach
from tests.builders import (
    Minutes,
    all_rows,
    barriers_of,
    opening,
    participant,
    problem_of,
    site,
    value_of,
)

HIDDEN = participant(protected_identity=True)
FAR = site(latitude=69.0)
HERE = ("P1", "S1")


@pytest.mark.parametrize("minutes", [None, {}, {HERE: -1}, {("P1", "S9"): 5}])
def test_without_minutes_travel_is_withheld(minutes: Minutes | None) -> None:
    """No table, no row, no minutes: no barrier, 500 for travel, and no minutes are shown.

    The site is far away: had the journey been computed, it would have been too long.
    """
    rows = all_rows(problem_of(HIDDEN, FAR, minutes=minutes), Policy())
    assert barriers_of(HIDDEN, FAR, minutes=minutes) == []
    assert value_of(Criterion.TRAVEL, HIDDEN, FAR, minutes=minutes) == 500
    assert (rows.reach.tolist(), rows.minutes.tolist()) == ([Reach.WITHHELD], [-1])


@pytest.mark.parametrize(
    ("minutes", "expected", "value"),
    [(0, [], 1000), (60, [], 0), (61, ["TRAVEL_TOO_LONG:61"], 0)],
)
def test_a_row_of_the_table_counts(minutes: int, expected: list[str], value: int) -> None:
    """Minutes that somebody has put into the table are minutes like others."""
    assert barriers_of(HIDDEN, minutes={HERE: minutes}) == expected
    assert value_of(Criterion.TRAVEL, HIDDEN, minutes={HERE: minutes}) == value


def test_a_point_is_never_used() -> None:
    """With and without a point the answer is the same: the point is not looked at."""
    nowhere = participant(protected_identity=True, latitude=None, longitude=None)
    assert value_of(Criterion.TRAVEL, nowhere) == value_of(Criterion.TRAVEL, HIDDEN) == 500


def test_from_home_it_is_nought_minutes() -> None:
    """The remote rule needs no journey: 0 minutes, and nothing is withheld."""
    person = participant(protected_identity=True, remote=WorksRemotely.PARTLY)
    rows = all_rows(problem_of(person, opening(remote=Remote.YES)), Policy())
    assert (rows.reach.tolist(), rows.minutes.tolist()) == ([Reach.MINUTES], [0])
    assert value_of(Criterion.TRAVEL, person, opening(remote=Remote.YES)) == 1000
