import pytest

from tests.builders import Minutes, barriers_by_pair, barriers_of, opening, participant, site

UNREACHABLE = ["TRAVEL_UNREACHABLE"]


@pytest.mark.parametrize("minutes", [{("P1", "S9"): 5}, {("P9", "S1"): 5}, {("P9", "S9"): 5}, {}])
def test_holds_for_a_pair_that_is_not_in_the_table(minutes: Minutes) -> None:
    """Where there is a table it is the only source: what is not in it cannot be reached.

    P1 stands next door to S1, so the estimate would have said 0 minutes.
    """
    assert barriers_of(participant(), minutes=minutes) == UNREACHABLE


def test_is_silent_for_a_pair_in_the_table() -> None:
    """Only the missing pairs are barred, not their neighbours."""
    found = barriers_by_pair(
        *(participant("P1"), participant("P2")),
        *(site("S1"), site("S2"), opening("O1"), opening("O2", site_id="S2")),
        minutes={("P1", "S2"): 5, ("P2", "S1"): 5},
    )
    assert found == {"P1@O1": UNREACHABLE, "P1@O2": [], "P2@O1": [], "P2@O2": UNREACHABLE}


def test_is_silent_without_a_table() -> None:
    """The estimate finds a way everywhere, if only a long one."""
    assert barriers_of(participant(), site(latitude=69.0)) != UNREACHABLE


def test_zero_minutes_is_reachable() -> None:
    """Zero is minutes."""
    assert barriers_of(participant(), minutes={("P1", "S1"): 0}) == []
