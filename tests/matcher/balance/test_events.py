"""The frame: who is in it, what it refuses, and that it forgets who people are."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.balance.events import NONE, Coded, collect
from matcher.balance.words import SEXES, Ending, Sex, Stage
from matcher.domain import Gender
from tests.matcher.balance.frames import (
    DAY,
    Event,
    Person,
    event_columns,
    frame,
    people_columns,
    wish,
)


def test_columns_say_what_was_given() -> None:
    """One person, a wish and a start; what is not given is ``NONE``."""
    events = frame(
        Person("P1", waiting_since=DAY, hours=9),
        wish("P1", "9413"),
        Event("P1", Stage.STARTED, "7231", opening="O1", hours=(9, 15)),
    )
    assert events.group.names == ("7231", "9413")
    assert events.group.codes.tolist() == [1, 0]
    assert [events.field.names[at] for at in events.field.codes] == ["hotel", "repair"]
    assert events.rank.tolist() == [1, NONE]
    assert events.hours_last.tolist() == [NONE, 15]
    assert events.day.tolist() == [DAY.toordinal()] * 2
    assert events.people.waiting_since.tolist() == [DAY.toordinal()]
    assert events.people.hours.tolist() == [9]
    assert events.people.hours_goal.tolist() == [NONE]
    assert len(events) == 2


@pytest.mark.parametrize("gender", Gender)
def test_a_gender_is_one_of_three_columns(gender: Gender) -> None:
    """Who is neither woman nor man, or has not said, is ``other``."""
    expected = {"woman": Sex.WOMAN, "man": Sex.MAN}.get(gender, Sex.OTHER)
    assert SEXES[frame(Person("P1", gender=gender)).people.sex[0]] is expected


def test_protected_identity_is_nowhere() -> None:
    """Neither the person, nor their events, nor a name that only they have."""
    events = frame(
        Person("P1", association="secret", protected=True),
        Person("P2"),
        Event("P1", Stage.STARTED, "7231", opening="O1", provider="A1"),
        wish("P2", "9413"),
    )
    assert len(events.people) == 1
    assert len(events) == 1
    assert events.people.association.names == ("HBS",)
    assert events.group.names == ("9413",)
    assert events.provider.names == ()


def test_strangers_are_left_out() -> None:
    """An event of somebody who is not among the people counts for nobody."""
    assert len(frame(Person("P1"), wish("P9", "9413"))) == 0


def test_ids_are_forgotten_and_keys_are_kept() -> None:
    """The same salt gives the same key, another another; no id of a person is left."""
    one, same = frame(Person("P-one", supervisor="H-one")), frame(Person("P-one"))
    other = frame(Person("P-one"), salt=b"salt")
    assert one.people.key.tolist() == same.people.key.tolist()
    assert one.people.key.tolist() != other.people.key.tolist()
    assert "P-one" not in repr(one)
    assert "H-one" not in repr(one)


def test_ages_are_those_of_the_year() -> None:
    """Who turns 25 in the year is 25."""
    people = [Person("P1", birth_year=2002), Person("P2", birth_year=2001)]
    assert frame(*people).people.age.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (Event("P1", Stage.ENDED, "9413"), "ending"),
        (Event("P1", Stage.STARTED, "9413", ending=Ending.WORK), "ending"),
        (Event("P1", Stage.WISHED, "9413", rank=1, opening="O1"), "opening"),
        (Event("P1", Stage.WISHED, "9413"), "rank"),
        (Event("P1", Stage.RECOMMENDED, "9413", rank=0), "rank"),
        (Event("P1", Stage.STARTED, "9413", hours=(169, None)), "hours_first"),
        (Event("P1", Stage.STARTED, "9413", day=DAY.replace(year=1900)), "day"),
        (Event("P1", "nowhere", "9413"), "a word that there is not"),
        (Event("P1", Stage.STARTED, "9413", kind="circus"), "a word that there is not"),
        (Event("P1", Stage.ENDED, "9413", ending="bliss"), "a word that there is not"),
    ],
)
def test_an_event_that_cannot_be_is_refused(event: Event, says: str) -> None:
    """The column is named, the value is not."""
    with pytest.raises(ValueError, match=says) as refused:
        frame(Person("P1"), event)
    assert "circus" not in str(refused.value)


@pytest.mark.parametrize("field", ["", "repair"])
def test_a_group_has_one_field(field: str) -> None:
    """None at all, or two, is refused."""
    rows = event_columns([wish("P1", "9413"), wish("P1", "9413", 2)])
    with pytest.raises(ValueError, match="field: a group has one"):
        collect(people_columns([Person("P1")]), replace(rows, field=["hotel", field]))


def test_somebody_who_stands_twice_is_refused() -> None:
    """Shown or hidden; and by keys, where columns are made by other hands."""
    with pytest.raises(ValueError, match="somebody stands twice"):
        frame(Person("P1"), Person("P1", protected=True))
    people = frame(Person("P1"), Person("P2")).people
    with pytest.raises(ValueError, match="somebody stands twice"):
        replace(people, key=np.zeros(2, dtype=np.uint64))


def test_columns_are_of_one_length() -> None:
    """Before they are collected, and after."""
    people, rows = people_columns([Person("P1")]), event_columns([wish("P1", "9413")])
    with pytest.raises(ValueError, match="people: all columns"):
        collect(replace(people, gender=[]), rows)
    with pytest.raises(ValueError, match="events: all columns"):
        collect(people, replace(rows, day=[]))
    events = collect(people, rows)
    with pytest.raises(ValueError, match="events: all columns"):
        replace(events, day=events.day[:0])


def test_words_have_their_own_order() -> None:
    """Endings and kinds that stand otherwise would be read as something else."""
    events = frame(Person("P1"))
    wrong = Coded(codes=events.ending.codes, names=("work",))
    with pytest.raises(ValueError, match="ending and kind"):
        replace(events, ending=wrong)


@pytest.mark.parametrize("names", [("a", "a"), ("",)])
def test_a_name_stands_once_and_is_not_empty(names: tuple[str, ...]) -> None:
    """A code would say two things, or nothing."""
    with pytest.raises(ValueError, match="names"):
        Coded(codes=np.zeros(1, dtype=np.int32), names=names)


def test_a_code_stands_for_something() -> None:
    """Beyond the names there is nothing."""
    with pytest.raises(ValueError, match="codes: out of range"):
        Coded(codes=np.ones(1, dtype=np.int32), names=("a",))


def test_nobody_and_nothing() -> None:
    """An empty frame is a frame."""
    events = frame()
    assert (len(events), len(events.people)) == (0, 0)
