"""Backup and restore, and keys that change: nothing lost, nothing readable without the keys."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text

from api.store import Keyring, SealError, Store, audit, make_engine, profiles
from api.store.backup import BackupError, restore, write
from api.store.migration import upgrade
from api.store.rotation import SEALED, rotate
from api.store.sealing import key_number
from api.store.tables import ParticipantRow, Table
from tests.service.world import settle

COPY = (
    "UPDATE participant SET profile = (SELECT profile FROM participant WHERE code = 'P1')"
    " WHERE code = 'P2'"
)
OLD, NEW = b"k" * 32, b"n" * 32


@pytest.fixture
def store(empty_url: str) -> Iterator[Store]:
    """A store that migrations made."""
    engine = make_engine(empty_url)
    upgrade(engine)
    yield Store(engine, Keyring({1: OLD}))
    engine.dispose()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another, empty store, always SQLite: a backup goes from one kind to the other."""
    engine = make_engine(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(engine)
    yield Store(engine, Keyring({1: OLD}))
    engine.dispose()


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.reading() as unit:
        return {
            table.name: sorted(map(tuple, unit.execute(select(table)).all()), key=repr)
            for table in Table.metadata.sorted_tables
        }


def filled(store: Store) -> None:
    """The world, with something in the audit."""
    settle(store)
    with store.writing() as unit:
        audit.note(unit, audit.CLOCK, "test.one", "x")


def test_everything_comes_back(store: Store, other: Store, tmp_path: Path) -> None:
    """Row for row, from either database into SQLite; and the chain holds there."""
    filled(store)
    count = write(store, tmp_path / "backup")
    assert count == sum(map(len, contents(store).values()))
    assert restore(other, tmp_path / "backup") == count
    assert contents(other) == contents(store)
    with other.reading() as unit:
        assert audit.verify(unit)[2] == ()


def test_back_into_the_same_kind(store: Store, tmp_path: Path) -> None:
    """Emptied and restored: the same rows."""
    filled(store)
    before = contents(store)
    write(store, tmp_path / "backup")
    with store.engine.begin() as connection:
        for table in reversed(Table.metadata.sorted_tables):
            if table.name != "audit":
                connection.execute(table.delete())
    with pytest.raises(BackupError, match="not_empty"):
        restore(store, tmp_path / "backup")
    assert contents(store)["audit"] == before["audit"]


def test_only_while_it_is_whole(store: Store, other: Store, tmp_path: Path) -> None:
    """Cut, changed, or opened with other keys: refused, and nothing was restored."""
    filled(store)
    file = tmp_path / "backup"
    write(store, file)
    whole = file.read_bytes()
    other_end = whole[:-1] + bytes([whole[-1] ^ 1])
    for spoiled in (whole[:-1], whole[: len(whole) // 2], other_end, b"", whole[:20]):
        file.write_bytes(spoiled)
        with pytest.raises(BackupError):
            restore(other, file)
    file.write_bytes(whole)
    with pytest.raises(BackupError, match="keys"):
        restore(replace(other, keyring=Keyring({1: NEW})), file)
    assert not any(contents(other).values())


def test_nothing_is_overwritten(store: Store, tmp_path: Path) -> None:
    """A file that is there stays."""
    (tmp_path / "backup").write_text("mine")
    with pytest.raises(BackupError, match="exists"):
        write(store, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "mine"


def test_nothing_readable_in_it(store: Store, tmp_path: Path) -> None:
    """No pseudonym, no login, no code stands in the file."""
    filled(store)
    write(store, tmp_path / "backup")
    content = (tmp_path / "backup").read_bytes()
    assert not any(word in content for word in (b"participant", b"north_supervisor", b"9413"))


def test_keys_change(store: Store) -> None:
    """Everything is under the new key after, opens with it alone, and again is nothing to do."""
    filled(store)
    both = replace(store, keyring=Keyring({1: OLD, 2: NEW}))
    assert rotate(both) == 3
    assert rotate(both) == 0
    new = replace(store, keyring=Keyring({2: NEW}))
    with new.reading() as unit:
        for row in unit.scalars(select(ParticipantRow)):
            assert key_number(row.profile) == 2
            assert profiles.profile_of(unit, row).participant_id == row.code
    with store.reading() as unit, pytest.raises(SealError, match="key 2 is not here"):
        profiles.profile_of(unit, unit.scalars(select(ParticipantRow)).first())


def test_every_sealed_column_is_known() -> None:
    """A column of bytes is a sealed one; one that rotation forgot would be lost with its key."""
    of_bytes = {
        f"{table.name}.{column.name}"
        for table in Table.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert {bound for _, bound in SEALED} == of_bytes


def test_what_was_sealed_elsewhere_does_not_open(store: Store) -> None:
    """A sealed profile copied to another row is refused."""
    filled(store)
    with store.engine.begin() as connection:
        connection.execute(text(COPY))
    with store.reading() as unit:
        row = unit.scalars(select(ParticipantRow).where(ParticipantRow.code == "P2")).one()
        with pytest.raises(SealError, match="another row"):
            profiles.profile_of(unit, row)
