import pytest

from tests.builders import barriers_of, participant

UNKNOWN = ["TRAVEL_UNKNOWN"]
NOWHERE = participant(latitude=None, longitude=None)
HERE = ("P1", "S1")


def test_holds_without_a_point() -> None:
    """Where nobody knows where the participant lives, nobody knows the journey."""
    assert barriers_of(NOWHERE) == UNKNOWN


def test_holds_where_the_table_has_no_minutes() -> None:
    """A row of the table with empty minutes: it has been asked, and is not known."""
    assert barriers_of(participant(), minutes={HERE: -1}) == UNKNOWN


@pytest.mark.parametrize("minutes", [0, 30])
def test_is_silent_where_the_table_knows(minutes: int) -> None:
    """The table needs no point; zero minutes is an answer."""
    assert barriers_of(NOWHERE, minutes={HERE: minutes}) == []


def test_a_pair_outside_the_table_is_not_unknown() -> None:
    """It is unreachable; unknown and unreachable are two things, and never both."""
    assert barriers_of(NOWHERE, minutes={("P1", "S9"): 30}) == ["TRAVEL_UNREACHABLE"]


def test_next_door_is_known() -> None:
    """Zero minutes by the estimate is no lack of knowledge."""
    assert barriers_of(participant()) == []
