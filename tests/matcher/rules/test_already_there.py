from datetime import date

import pytest

from matcher.domain import PlacementStatus
from tests.builders import barriers_by_pair, barriers_of, day, opening, participant, placement


def test_holds_at_the_opening_of_the_ongoing_placement_alone() -> None:
    """Whoever is at O1 may be placed anew, but not at O1."""
    found = barriers_by_pair(opening("O1"), opening("O2"), placement())
    assert found == {"P1@O1": ["ALREADY_THERE"], "P1@O2": []}


def test_is_silent_for_others() -> None:
    """That P1 is there bars P1 alone."""
    found = barriers_by_pair(participant("P1"), participant("P2"), placement())
    assert found == {"P1@O1": ["ALREADY_THERE"], "P2@O1": []}


@pytest.mark.parametrize("status", [PlacementStatus.OFFERED, PlacementStatus.PINNED])
def test_is_silent_for_what_is_offered_or_pinned(status: PlacementStatus) -> None:
    """Only an ongoing placement makes somebody already there."""
    assert barriers_of(placement(status=status)) == []


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [(day(-1), []), (day(0), ["ALREADY_THERE"]), (None, ["ALREADY_THERE"])],
)
def test_a_placement_that_has_ended_is_ignored(ends_on: date | None, expected: list[str]) -> None:
    """It counts while its end is empty or not before the plan date; the last day still counts."""
    assert barriers_of(placement(ends_on=ends_on)) == expected


@pytest.mark.parametrize(("ends", "expected"), [(9, []), (10, ["ALREADY_THERE"])])
def test_an_opening_that_starts_later_waits_for_nobody(ends: int, expected: list[str]) -> None:
    """Against an opening from day 10 a placement counts if it ends on day 10 or later."""
    assert barriers_of(opening(starts_from=day(10)), placement(ends_on=day(ends))) == expected


def test_a_start_in_the_past_leaves_the_plan_date() -> None:
    """An opening since day -10 is judged on the plan date: an end on day -5 is over."""
    assert barriers_of(opening(starts_from=day(-10)), placement(ends_on=day(-5))) == []


def test_somebody_unknown_may_be_there() -> None:
    """A placement may name somebody who is no participant; it bars nobody."""
    assert barriers_of(placement(participant_id="X9")) == []
