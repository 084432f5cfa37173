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
Prepared = Callable[[bool], tuple[str, World | None]]


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
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Databases to be copied: with every table, and the world in it (True) or nothing."""
    folder = tmp_path_factory.mktemp("prepared")
    with ExitStack() as stack:
        yield cache(lambda inhabited: _prepare(stack.enter_context(new_sqlite(folder)), inhabited))


@pytest.fixture(scope="session")
def prepared_postgresql(postgres: str) -> Iterator[Prepared]:
    """The same on PostgreSQL."""
    with ExitStack() as stack:
        yield cache(
            lambda inhabited: _prepare(stack.enter_context(new_postgres(postgres)), inhabited)
        )


def _prepare(url: str, inhabited: bool) -> tuple[str, World | None]:  # noqa: FBT001
    engine = make_engine(url)
    Table.metadata.create_all(engine)
    world = settle(Store(engine, KEYRING)) if inhabited else None
    if engine.dialect.name == "sqlite":
        _whole(engine)
    engine.dispose()
    return url, world


def _whole(engine: Engine) -> None:
    """What stands in the write-ahead log goes into the file, which is copied alone."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def kind(request: pytest.FixtureRequest) -> str:
    """Of which kind the database is; the fast tests look at one, `make test-all` at both."""
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
def empty_url(new_database: NewDatabase) -> Iterator[str]:
    """An empty database, of either kind."""
    with new_database() as url:
        yield url


@pytest.fixture
def prepared(kind: str, request: pytest.FixtureRequest) -> Prepared:
    """The databases of the kind to be copied."""
    found: Prepared = request.getfixturevalue(f"prepared_{kind}")
    return found


@pytest.fixture
def database_url(
    new_database: NewDatabase, prepared: Prepared, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database with every table, and nothing in it, or the ``world`` where a test wants that."""
    template, _ = prepared("world" in request.fixturenames)
    with new_database(template) as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The store of the test's database."""
    engine = make_engine(database_url)
    yield Store(engine, KEYRING)
    engine.dispose()


@pytest.fixture
def world(store: Store, prepared: Prepared) -> World:
    """Two organisations and two providers, with everybody who works there: see ``World``."""
    _, found = prepared(True)  # noqa: FBT003 -- with the world in it
    assert found is not None
    own = {name: dict(ids) for name, ids in vars(found).items() if isinstance(ids, dict)}
    return replace(found, store=store, **own)  # what a test adds is no other test's


@pytest.fixture
def settings() -> Settings:
    """Settings that are none of the machine's."""
    return Settings(secret="s" * 40, public_url="http://testserver", _env_file=None)
