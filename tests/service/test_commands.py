"""The commands that keep a service: what they do, in the database, and what they refuse."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from api.store import Store, audit, triggers
from api.store.sealing import key_number
from api.store.tables import AuditEntry, ParticipantRow, Table
from api.texts import Language
from tests.service.commanding import (
    FAULTY,
    KEY,
    NEW,
    Machine,
    opened,
    run_sql,
    said,
    set_up,
    written,
)
from tests.service.databases import new_postgres
from tests.service.world import World, settle


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> Machine:
    """A machine with an empty database of either kind."""
    return set_up(monkeypatch, tmp_path, empty_url)


@pytest.fixture
def here(machine: Machine, empty_url: str) -> Iterator[World]:
    """The world, on the machine's database."""
    assert machine.folder.is_dir()
    with opened(empty_url) as store:
        yield settle(store)


@pytest.fixture
def elsewhere(machine: Machine, empty_url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the other kind."""
    if empty_url.startswith("postgresql"):
        yield f"sqlite:///{machine.folder / 'other.db'}"
        return
    with new_postgres(request.getfixturevalue("postgres")) as url:
        yield url


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the audit."""
    with store.reading() as unit:
        return {
            table.name: sorted(map(tuple, unit.execute(select(table)).all()), key=repr)
            for table in Table.metadata.sorted_tables
            if table.name != "audit"
        }


def actions(store: Store) -> list[str]:
    """What the audit says was done by commands, in order."""
    mine = select(AuditEntry.action).where(AuditEntry.who == "command")
    with store.reading() as unit:
        return list(unit.scalars(mine.order_by(AuditEntry.number)))


def test_migrate(machine: Machine) -> None:
    """An empty database gets the tables; again there is nothing to do."""
    assert machine.done("migrate") == [said("migrated")]
    assert machine.done("migrate") == [said("schema_current")]
    assert machine.done("retention", "--dry-run")


def test_migrate_leaves_a_newer_schema_alone(machine: Machine, here: World) -> None:
    """What a newer version has made is not touched."""
    run_sql(here.store, "UPDATE alembic_version SET version_num = '9999'")
    assert machine.refused("migrate") == said("schema_newer")


COMMANDS = (
    *(("serve", "--port", "18080"), ("worker",), ("backup", "b"), ("restore", "b")),
    *(("audit", "verify"), ("retention",), ("keys", "rotate")),
    ("users", "add", "anna", "--role", "admin"),
    ("organisations", "add", "north"),
)
SPOILED = {
    "older": "DELETE FROM alembic_version",
    "newer": "UPDATE alembic_version SET version_num = '9999'",
}


@pytest.mark.parametrize("schema", ["none", "older", "newer"])
def test_nothing_works_on_another_schema(machine: Machine, empty_url: str, schema: str) -> None:
    """Empty, older and newer: a sentence that says what to do, and nothing is done."""
    if schema != "none":
        with opened(empty_url) as store:
            run_sql(store, SPOILED[schema])
    for command in COMMANDS:
        for language in Language:
            told = machine.refused("--lang", language, *command)
            assert told == said(f"schema_{schema}", language), command
    assert not (machine.folder / "b").exists()


def test_a_backup_moves_to_the_other_kind_and_back(
    machine: Machine, here: World, elsewhere: str, empty_url: str
) -> None:
    """SQLite to PostgreSQL and back, or the other way round: the same rows, and the chain."""
    before = contents(here.store)
    with here.store.writing() as unit:
        audit.note(unit, audit.CLOCK, "test.one", "x")
    (told,) = machine.done("backup", "first")
    rows = sum(map(len, before.values())) + 1
    assert told == said("backed_up", rows=rows)
    machine.set(database_url=elsewhere)
    machine.done("migrate")
    assert machine.done("restore", "first") == [
        said("restored", rows=rows),
        said("chain_holds", entries=2),
    ]
    assert machine.refused("restore", "first") == said("backup_not_empty")
    machine.done("backup", "second")
    with opened(elsewhere) as other:
        assert contents(other) == before
        assert actions(other) == ["backup.restore", "backup.write"]
    back = f"sqlite:///{machine.folder / 'back.db'}"
    machine.set(database_url=back)
    machine.done("migrate")
    machine.done("restore", "second")
    with opened(back) as store:
        assert contents(store) == before
    machine.set(database_url=empty_url)
    assert machine.done("audit", "verify")[0] == said("chain_holds", entries=2)


def test_backups_that_are_none(machine: Machine, here: World) -> None:
    """Nothing is overwritten, and nothing is read that is not whole and ours."""
    (machine.folder / "mine").write_text("mine")
    assert machine.refused("backup", "mine") == said("backup_exists")
    assert machine.run("backup", "no/such/folder").exit_code == FAULTY
    assert machine.run("restore", "nowhere").exit_code == FAULTY
    machine.done("backup", "whole")
    machine.set(database_url=f"sqlite:///{machine.folder / 'fresh.db'}")
    machine.done("migrate")
    assert machine.refused("restore", "mine") == said("backup_no_backup")
    whole = (machine.folder / "whole").read_bytes()
    (machine.folder / "cut").write_bytes(whole[:-9])
    assert machine.refused("restore", "cut") == said("backup_keys")
    machine.set(keys=written(1, NEW))
    assert machine.refused("restore", "whole") == said("backup_keys")
    assert here.users


def test_the_audit_is_verified(machine: Machine, here: World) -> None:
    """It holds; and an entry that the owner of the database changed is found."""
    with here.store.writing() as unit:
        for number in range(3):
            audit.note(unit, audit.CLOCK, "test.one", "x", number=number)
    with here.store.reading() as unit:
        last = audit.verify(unit)[1]
    assert machine.done("audit", "verify") == [
        said("chain_holds", entries=3),
        said("head", hash=last),
    ]
    with here.store.engine.begin() as connection:
        triggers.remove(connection)
    run_sql(here.store, "UPDATE audit SET action = 'test.two' WHERE number = 2")
    broken = machine.run("audit", "verify")
    assert (broken.exit_code, broken.stdout.splitlines(), broken.stderr.splitlines()) == (
        FAULTY,
        [said("broken", number=2, what="hash")],
        [said("chain_broken", entries=3, broken=1)],
    )


def test_keys_change(machine: Machine, here: World) -> None:
    """A new key beside the old one; everything is sealed again; the old one is not needed."""
    (key,) = machine.done("keys", "new")
    assert len(base64.b64decode(key)) == 32
    machine.set(keys=f"2:{key}")
    assert machine.refused("keys", "rotate") == said("keys_missing_one")
    machine.set(keys=f"{written(1, KEY)},2:{key}")
    assert machine.done("keys", "rotate") == [said("rotated", values=3, newest=2)]
    with here.store.reading() as unit:
        profiles = unit.scalars(select(ParticipantRow.profile)).all()
        assert {key_number(profile) for profile in profiles} == {2}
    machine.set(keys=f"2:{key}")
    assert machine.done("keys", "rotate") == [said("rotated", values=0, newest=2)]
    assert actions(here.store) == ["keys.rotate", "keys.rotate"]


def test_a_database_that_fails_while_a_command_works(machine: Machine, here: World) -> None:
    """A sentence with the kind of failure, and nothing of what the database said."""
    run_sql(here.store, "ALTER TABLE login_session RENAME COLUMN ends_at TO ended_at")
    refused = machine.refused("retention")
    kinds = ("OperationalError", "ProgrammingError")
    assert refused in {said("database_failed", kind=kind) for kind in kinds}
