"""Each person once: which of several events is the one."""

from datetime import date

import pytest

from matcher.balance import persons
from matcher.balance.persons import Period, check_periods, dearest_group, latest_hours, reached
from matcher.balance.words import Ending, Stage
from tests.matcher.balance.frames import DAY, Event, Person, after, frame, wish

SPRING = Period(name="2027 H1", first=date(2027, 1, 1), after=date(2027, 7, 1))
AUTUMN = Period(name="2027 H2", first=date(2027, 7, 1), after=date(2028, 1, 1))


def groups_at(stage: Stage, *parts: Person | Event, period: Period | None = None) -> list[str]:
    """The groups by which people count at a stage, in their order."""
    events = frame(*parts)
    found = reached(events, stage, period)
    return [events.group.names[at] for at in found.of(events.group.codes)]


def test_the_dearest_wish_counts() -> None:
    """Rank 1 before rank 2, in whatever order they stand; two people, each once."""
    parts = [Person("P1"), Person("P2"), wish("P1", "9413", 2), wish("P1", "7231", 1)]
    assert groups_at(Stage.WISHED, *parts, wish("P2", "9412", 3)) == ["7231", "9412"]


def test_of_equal_wishes_the_first_by_name() -> None:
    """Both are the dearest: field and group decide, so that the order of rows does not."""
    two = [wish("P1", "9413"), wish("P1", "9412")]
    assert groups_at(Stage.WISHED, Person("P1"), *two) == ["9412"]
    assert groups_at(Stage.WISHED, Person("P1"), *two[::-1]) == ["9412"]


def test_the_first_start_and_the_last_ending() -> None:
    """What is begun counts by the beginning, what is over by how it ended at last."""
    parts = [
        Person("P1"),
        Event("P1", Stage.STARTED, "9413", after(30)),
        Event("P1", Stage.STARTED, "7231", after(2)),
        Event("P1", Stage.ENDED, "7231", after(20), ending=Ending.INTERRUPTED),
        Event("P1", Stage.ENDED, "9413", after(90), ending=Ending.WORK),
    ]
    assert groups_at(Stage.STARTED, *parts) == ["7231"]
    assert groups_at(Stage.ENDED, *parts) == ["9413"]


def test_what_has_no_day_comes_last() -> None:
    """Of starts and of endings alike one with a day is preferred."""
    for stage, ending in ((Stage.STARTED, ""), (Stage.ENDED, Ending.WORK)):
        parts = [
            Person("P1"),
            Event("P1", stage, "9412", None, ending=ending),
            Event("P1", stage, "9413", ending=ending),
        ]
        assert groups_at(stage, *parts) == ["9413"]


def test_a_period_has_its_first_day_and_not_the_one_after() -> None:
    """Started on 1 January and on 1 July: each half-year has one of them, and 2026 none."""
    parts = [
        Person("P1"),
        Event("P1", Stage.STARTED, "9413", SPRING.first),
        Event("P1", Stage.STARTED, "7231", AUTUMN.first),
        Event("P1", Stage.STARTED, "9412", None),
    ]
    assert groups_at(Stage.STARTED, *parts, period=SPRING) == ["9413"]
    assert groups_at(Stage.STARTED, *parts, period=AUTUMN) == ["7231"]
    before = Period(name="2026", first=date(2026, 1, 1), after=date(2027, 1, 1))
    assert groups_at(Stage.STARTED, *parts, period=before) == []


def test_the_dearest_group_whatever_fields_come_before() -> None:
    """P1 wishes for a field first and a group second; P2 for a field alone."""
    events = frame(
        Person("P1"),
        Person("P2"),
        wish("P1", "repair", 1),
        wish("P1", "9413", 2),
        wish("P2", "hotel"),
    )
    assert dearest_group(events).tolist() == [events.group.names.index("9413"), -1]


def test_hours_of_the_first_and_of_the_latest_placement() -> None:
    """From 6 at the first start to 15 at the end of the second; of P2 nothing is known."""
    events = frame(
        Person("P1"),
        Person("P2"),
        Event("P1", Stage.STARTED, "9413", DAY, hours=(6, 8)),
        Event("P1", Stage.STARTED, "7231", after(60), hours=(8, 10)),
        Event("P1", Stage.ENDED, "7231", after(90), ending=Ending.WORK, hours=(8, 15)),
        Event("P2", Stage.STARTED, "9413"),
    )
    first, last = latest_hours(events)
    assert first.tolist() == [6, -1]
    assert last.tolist() == [15, -1]


def test_members() -> None:
    """Who is among those who reached a stage."""
    events = frame(Person("P1"), Person("P2"), Event("P2", Stage.STARTED, "9413"))
    assert persons.members(events, reached(events, Stage.STARTED)).tolist() == [False, True]


def test_periods_follow_each_other() -> None:
    """In any order, but none overlaps and no name stands twice."""
    check_periods((AUTUMN, SPRING))
    with pytest.raises(ValueError, match="each name once"):
        check_periods((SPRING, SPRING))
    with pytest.raises(ValueError, match="none overlaps"):
        check_periods((SPRING, Period(name="x", first=date(2027, 6, 30), after=AUTUMN.after)))


@pytest.mark.parametrize("name", ["", "all"])
def test_a_period_has_a_name_of_its_own(name: str) -> None:
    """``all`` is everything there is."""
    with pytest.raises(ValueError, match="has a name"):
        Period(name=name, first=DAY, after=after(1))


def test_a_period_is_not_empty() -> None:
    """It ends after it begins."""
    with pytest.raises(ValueError, match="ends after"):
        Period(name="x", first=DAY, after=DAY)
