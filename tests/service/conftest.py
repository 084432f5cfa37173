"""The service on a real database of its own for each test: SQLite and PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.settings import Settings
from api.store import Keyring, Store, make_engine
from api.store.tables import Table
from tests.service.databases import new_postgres, new_sqlite, postgres_server
from tests.service.world import World, settle

KEYRING = Keyring({1: b"k" * 32})
NewDatabase = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server: ``STEGET_TEST_DATABASE_URL``, or one of our own."""
    given = os.environ.get("STEGET_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, bool], tuple[str, World | None]]]:
    """Databases to be copied: of a kind, with every table, and the world in it or nothing."""
    folder = tmp_path_factory.mktemp("prepared")
    with ExitStack() as stack:

        @cache
        def prepare(kind: str, inhabited: bool) -> tuple[str, World | None]:  # noqa: FBT001
            if kind == "sqlite":
                url = stack.enter_context(new_sqlite(folder))
            else:
                url = stack.enter_context(new_postgres(request.getfixturevalue("postgres")))
            engine = make_engine(url)
            Table.metadata.create_all(engine)
            world = settle(Store(engine, KEYRING)) if inhabited else None
            if kind == "sqlite":
                _whole(engine)
            engine.dispose()
            return url, world

        yield prepare


def _whole(engine: Engine) -> None:
    """What stands in the write-ahead log goes into the file, which is copied alone."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Of which kind the database is."""
    found: str = request.param
    return found


@pytest.fixture
def new_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Makes databases of the kind, empty or copied."""
    if kind == "sqlite":
        return lambda *template: new_sqlite(tmp_path, *template)
    server: str = request.getfixturevalue("postgres")
    return lambda *template: new_postgres(server, *template)


@pytest.fixture
def database_url(new_database: NewDatabase) -> Iterator[str]:
    """An empty database, of either kind."""
    with new_database() as url:
        yield url


@pytest.fixture
def store(
    kind: str,
    new_database: NewDatabase,
    prepared: Callable[[str, bool], tuple[str, World | None]],
    request: pytest.FixtureRequest,
) -> Iterator[Store]:
    """A store with every table, and nothing in it, or the ``world`` where a test wants that."""
    template, _ = prepared(kind, "world" in request.fixturenames)
    with new_database(template) as url:
        engine = make_engine(url)
        yield Store(engine, KEYRING)
        engine.dispose()


@pytest.fixture
def world(
    kind: str, store: Store, prepared: Callable[[str, bool], tuple[str, World | None]]
) -> World:
    """Two organisations and two providers, with everybody who works there: see ``World``."""
    _, found = prepared(kind, True)  # noqa: FBT003 -- with the world in it
    assert found is not None
    return replace(found, store=store)


@pytest.fixture
def settings() -> Settings:
    """Settings that are none of the machine's."""
    return Settings(secret="s" * 40, public_url="http://testserver", _env_file=None)
