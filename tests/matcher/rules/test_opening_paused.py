import pytest

from matcher.domain import OpeningStatus
from tests.builders import barriers_of, opening


@pytest.mark.parametrize(
    ("status", "expected"), [(OpeningStatus.PAUSED, ["OPENING_PAUSED"]), (OpeningStatus.OPEN, [])]
)
def test_holds_for_a_paused_opening_alone(status: OpeningStatus, expected: list[str]) -> None:
    """A paused opening takes nobody; an open one may."""
    assert barriers_of(opening(status=status)) == expected


def test_a_full_opening_is_not_paused() -> None:
    """No seat left is no barrier: the plan counts seats, and a full opening is still shown."""
    assert barriers_of(opening(seats=0)) == []
