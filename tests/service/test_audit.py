"""The audit: nothing of it can be changed, and whoever changes it all the same is found out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.settings import Settings
from api.store import audit, triggers
from api.store.engine import Store
from tests.service.world import World

ENTRIES = "/steget/v1/audit-entries"
VERIFICATION = f"{ENTRIES}/verification"


def _fill(store: Store, count: int = 5) -> None:
    with store.writing() as unit:
        for number in range(count):
            audit.note(unit, audit.CLOCK, "test.one", f"thing:{number}", number=number)


def _run(store: Store, statement: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(statement))


COPY = "INSERT INTO audit SELECT * FROM audit WHERE number = 2"
STATEMENTS = (
    "UPDATE audit SET who = 'somebody' WHERE number = 2",
    "UPDATE audit SET hash = hash",
    "DELETE FROM audit WHERE number = 5",
    "DELETE FROM audit",
    COPY,
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_entry_is_changed_or_deleted(store: Store, statement: str) -> None:
    """The database refuses, whoever asks it."""
    _fill(store)
    with pytest.raises(DBAPIError):
        _run(store, statement)
    with store.reading() as unit:
        count, _, broken = audit.verify(unit)
    assert (count, broken) == (5, ())


def test_each_databases_own_ways_around_are_closed(store: Store) -> None:
    """SQLite replaces rows without calling it a deletion; PostgreSQL empties tables at once."""
    _fill(store)
    ways = {
        "sqlite": COPY.replace("INSERT", "INSERT OR REPLACE", 1),
        "postgresql": "TRUNCATE audit",
    }
    with pytest.raises(DBAPIError):
        _run(store, ways[store.dialect])


def test_installing_again_does_no_harm(store: Store) -> None:
    """A migration may call it where the tables were made just now."""
    with store.engine.begin() as connection:
        triggers.install(connection)
    _fill(store)
    with pytest.raises(DBAPIError):
        _run(store, STATEMENTS[0])


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        ("UPDATE audit SET who = 'somebody' WHERE number = 3", 3, "hash"),
        ("UPDATE audit SET subject = '' WHERE number = 3", 3, "hash"),
        ("UPDATE audit SET detail = '{}' WHERE number = 3", 3, "hash"),
        ("UPDATE audit SET at = '2020-01-01' WHERE number = 3", 3, "hash"),
        ("UPDATE audit SET hash = before WHERE number = 3", 4, "before"),
        ("DELETE FROM audit WHERE number = 3", 4, "number"),
        ("DELETE FROM audit WHERE number = 1", 2, "number"),
    ],
)
def test_tampering_by_the_owner_is_found(
    world: World, settings: Settings, statement: str, number: int, what: str
) -> None:
    """Who owns the database can take the triggers away; the chain then tells where."""
    _fill(world.store)
    with world.store.engine.begin() as connection:
        triggers.remove(connection)
        connection.execute(text(statement))
        triggers.install(connection)
    found = world.client(settings, "admin").get(VERIFICATION).json()
    assert found["holds"] is False
    assert {"number": number, "what": what} in found["faults"]


def test_the_last_entries_cut_off_are_known_by_the_last_hash(
    world: World, settings: Settings
) -> None:
    """The chain itself cannot tell: that is what the last hash is kept elsewhere for."""
    _fill(world.store)
    client = world.client(settings, "admin")
    before = client.get(VERIFICATION).json()
    assert (before["holds"], before["entries"]) == (True, 5)
    with world.store.engine.begin() as connection:
        triggers.remove(connection)
        connection.execute(text("DELETE FROM audit WHERE number >= 5"))
    after = client.get(VERIFICATION).json()
    assert (after["holds"], after["entries"]) == (True, 4)
    assert before["lastHash"] != after["lastHash"]


def test_entries_are_found_by_what_was_done_to_whom_and_when(
    world: World, settings: Settings
) -> None:
    """Newest first, in pages; and that somebody looked is an entry, too."""
    _fill(world.store)
    client = world.client(settings, "admin")
    answer = client.get(ENTRIES, params={"action": "test.one", "limit": 2, "offset": 1})
    assert answer.json()["total"] == 5
    assert [item["number"] for item in answer.json()["items"]] == [4, 3]
    assert 'rel="next"' in answer.headers["link"]
    item = client.get(ENTRIES, params={"subject": "thing:3"}).json()["items"][0]
    assert (item["number"], item["detail"], item["who"]) == (4, {"number": 3}, "clock")
    looked = client.get(ENTRIES, params={"action": "audit.list"}).json()
    assert looked["total"] == 2
    moment = item["at"]
    assert client.get(ENTRIES, params={"until": moment}).json()["total"] == 0
    since = client.get(ENTRIES, params={"since": moment, "action": "test.one"}).json()
    assert since["total"] == 5


ODD: tuple[tuple[dict[str, str], int], ...] = (
    ({"since": "0001-01-01T00:00:00+23:59"}, 200),  # before the first year there is
    ({"until": "9999-12-31T23:59:59-23:59"}, 200),
    ({"since": "2026-01-01T00:00:00"}, 422),
    ({"action": "a\x00b"}, 422),
    ({"subject": "' OR 1=1"}, 422),
    ({"actoin": "x"}, 422),
)


def test_odd_questions(world: World, settings: Settings) -> None:
    """Answered or refused, never a failure."""
    client = world.client(settings, "admin")
    found = [client.get(ENTRIES, params=params).status_code for params, _ in ODD]
    assert found == [status for _, status in ODD]


def test_only_administrators_see_it(world: World, settings: Settings) -> None:
    """Nobody else, though it names nobody."""
    for user, status in (("north_supervisor", 403), ("analyst", 403), (None, 401)):
        client = world.client(settings, user)
        assert [client.get(path).status_code for path in (ENTRIES, VERIFICATION)] == [status] * 2
