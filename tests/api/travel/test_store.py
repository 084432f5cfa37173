"""The file of travel times: what is written is read, what is something else is refused."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.travel.store import StoreError, asked_of, open_store, place_number, way_number
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach
from tests.api.travel.small_towns import rows, said

TUESDAY = date(2026, 11, 24)
FIRST, SECOND = Point(latitude=59.3, longitude=18.0), Point(latitude=59.35, longitude=18.1)
SITE = Point(latitude=59.4, longitude=18.2)
QUESTION = TravelQuestion(origins=(FIRST, SECOND), site=SITE, mode=Mode.TRANSIT, day=TUESDAY)
ANSWERS = (
    said(Reach.MINUTES, 30, is_estimate=True, low=5, high=45),
    said(Reach.UNREACHABLE),
)
points = st.builds(
    Point,
    latitude=st.integers(-90_000, 90_000).map(lambda n: n / 1000),
    longitude=st.integers(-180_000, 180_000).map(lambda n: n / 1000),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two answers that count until Tuesday."""
    file = tmp_path / "a store?#%.db"
    with open_store(file, make=True) as store:
        store.write(QUESTION, ANSWERS, ["key", "key"], TUESDAY)
    return file


def test_what_is_written_is_read(path: Path) -> None:
    """By point and as columns; -1 stands for what there is none of."""
    with open_store(path) as store:
        known = store.known(QUESTION, TUESDAY)
        columns = store.columns(place_number(SITE), TUESDAY)
    assert known[FIRST] == ("key", Reach.MINUTES, True, "scripted")
    assert known[SECOND] == ("key", Reach.UNREACHABLE, False, "scripted")
    assert columns.origin.tolist() == [place_number(FIRST), place_number(SECOND)]
    assert columns.way.tolist() == [way_number(Mode.TRANSIT, step_free=False)] * 2
    assert columns.reach.tolist() == [Reach.MINUTES, Reach.UNREACHABLE]
    assert columns.minutes.tolist() == [30, -1]
    assert (columns.low.tolist(), columns.high.tolist()) == ([5, -1], [45, -1])


def test_expired_rows_do_not_count(path: Path) -> None:
    """On the last day they do, the day after they do not."""
    with open_store(path) as store:
        after = TUESDAY + timedelta(days=1)
        assert store.known(QUESTION, after) == {}
        assert len(store.columns(place_number(SITE), after).origin) == 0
        assert len(store.columns(place_number(SITE), TUESDAY).origin) == 2


def test_the_last_answer_counts(path: Path) -> None:
    """There is one for a journey, whatever was asked for it."""
    with open_store(path, make=True) as store:
        store.write(QUESTION, [said(Reach.MINUTES, 9)] * 2, ["other"] * 2, TUESDAY)
        assert store.columns(place_number(SITE), TUESDAY).minutes.tolist() == [9, 9]
        assert {known.asked for known in store.known(QUESTION, TUESDAY).values()} == {"other"}


def test_ways_of_travelling_are_told_apart(path: Path) -> None:
    """Of a journey on foot, or without steps, nothing is known."""
    walk = TravelQuestion(origins=(FIRST,), site=SITE, mode=Mode.WALK, day=TUESDAY)
    free = TravelQuestion(
        origins=(FIRST,), site=SITE, mode=Mode.TRANSIT, day=TUESDAY, step_free=True
    )
    with open_store(path) as store:
        assert store.known(walk, TUESDAY) == store.known(free, TUESDAY) == {}


def test_all_of_a_site_or_nothing(path: Path) -> None:
    """An answer too few, and nothing is written."""
    before = rows(path)
    with open_store(path, make=True) as store, pytest.raises(ValueError, match="shorter"):
        store.write(QUESTION, ANSWERS[:1], ["key"] * 2, TUESDAY)
    assert rows(path) == before


@given(points, points)
def test_place_numbers_are_told_apart(one: Point, other: Point) -> None:
    """Two points have one number only if they are one."""
    assert (place_number(one) == place_number(other)) is (one == other)
    assert 0 <= place_number(one) < 2**37


def test_way_numbers_are_told_apart() -> None:
    """Every mode, with steps and without."""
    numbers = [way_number(mode, step_free=free) for mode in Mode for free in (False, True)]
    assert numbers == list(range(2 * len(Mode)))


def test_the_key_of_a_question() -> None:
    """The day of the week, the deadlines and who is asked; nothing of a place."""
    key = asked_of(QUESTION, "gtfs/12345678")
    assert key == "2 08:00,08:10,08:20,08:30,08:40,08:50,09:00 gtfs/12345678"


def other_program(path: Path) -> None:
    """A database of another program, whose version is 1 as well."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE journeys (origin INTEGER)")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    """A store of a version that is not known yet."""
    with open_store(path, make=True):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()


@pytest.mark.parametrize("make", [True, False])
@pytest.mark.parametrize("kind", ["text", "other", "newer", "folder"])
def test_something_else_is_refused_and_left_alone(tmp_path: Path, kind: str, make: bool) -> None:  # noqa: FBT001 -- a case
    """A text, another program's database, a newer store, a folder."""
    path = tmp_path / "file.db"
    {
        "text": lambda: path.write_text("participant_id,latitude\n" * 100),
        "other": lambda: other_program(path),
        "newer": lambda: newer(path),
        "folder": path.mkdir,
    }[kind]()
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError), open_store(path, make=make):
        pass
    assert (path.read_bytes() if path.is_file() else None) == before


def test_an_empty_file_is_a_store_only_to_be_made(tmp_path: Path) -> None:
    """As ``mktemp`` leaves one."""
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(StoreError), open_store(path):
        pass
    with open_store(path, make=True) as store:
        assert len(store.columns(place_number(SITE), TUESDAY).origin) == 0


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    """A misspelt name would else make everything unknown."""
    path = tmp_path / "missing.db"
    with pytest.raises(FileNotFoundError), open_store(path):
        pass
    assert not path.exists()
    with pytest.raises(FileNotFoundError), open_store(tmp_path / "no" / "s.db", make=True):
        pass


def test_a_store_that_is_being_written_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's build is told of as a busy file, not as a broken one."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, **more, timeout=0))
    other = connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OSError, match="busy"), open_store(path, make=True) as store:
        store.write(QUESTION, ANSWERS, ["key"] * 2, TUESDAY)
    other.close()


def test_a_broken_store_is_refused(path: Path) -> None:
    """Its header is ours, the rest is not."""
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    with pytest.raises(StoreError), open_store(path):
        pass


def test_nothing_of_a_person_is_in_the_file(path: Path) -> None:
    """No column could hold it."""
    with open_store(path) as store:
        names = [row[1] for row in store._connection.execute("PRAGMA table_info(journeys)")]  # noqa: SLF001 -- looked into
    assert names == [
        *("origin", "site", "mode", "step_free", "asked"),
        *("reach", "minutes", "source", "is_estimate", "low", "high"),
        *("transfers", "walk_minutes", "way_step_free", "computed_at", "expires_on"),
    ]
