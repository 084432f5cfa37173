import pytest

from matcher.domain import Wish
from tests.builders import avoid, barriers_by_pair, barriers_of, opening, participant, seek

DECLINED = ["TASK_DECLINED"]


@pytest.mark.parametrize(
    ("declined", "expected"),
    [
        ("9413", DECLINED),  # the group itself
        ("hotel", DECLINED),  # its field
        ("9412", []),  # another group of the same field
        ("repair", []),  # another field
        ("0110", []),  # a group that no opening has
    ],
)
def test_declining_a_group_or_its_field(declined: str, expected: list[str]) -> None:
    """An ``avoid`` wish bars its own group, or every group of its field, and no more."""
    assert barriers_of(participant(wishes=(avoid(declined),))) == expected


@pytest.mark.parametrize("wish", [seek("9413", 1), seek("hotel", 1)])
def test_avoid_wins_over_seek(wish: Wish) -> None:
    """What is both sought and declined is declined."""
    assert barriers_of(participant(wishes=(wish, avoid("9413")))) == DECLINED


def test_seeking_something_else_declines_nothing() -> None:
    """Not being wished for is no barrier."""
    assert barriers_of(participant(wishes=(seek("7231", 1),))) == []


def test_one_persons_wish_is_not_anothers() -> None:
    """P1 declines hotel work, P2 repair: each is barred from the own alone."""
    found = barriers_by_pair(
        participant("P1", wishes=(avoid("hotel"),)),
        participant("P2", wishes=(avoid("7231"),)),
        opening("O1"),
        opening("O2", occupation_group="7231"),
    )
    assert found == {"P1@O1": DECLINED, "P1@O2": [], "P2@O1": [], "P2@O2": DECLINED}
