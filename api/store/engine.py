"""The database: one engine, units of work that read or write, and the keys of what is sealed.

SQLite in write-ahead mode by default, PostgreSQL by URL; one code for both. A writing unit takes
the write lock of SQLite at its beginning (``BEGIN IMMEDIATE``): nothing is read that another
writes meanwhile, and nobody fails half way for a lock.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from time import monotonic, sleep
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, CursorResult, Delete, Engine, Update, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.domain import Refusal, RefusalCode
from api.store import audit
from api.store.sealing import Keyring

__all__ = ["Session", "Store", "changed", "day_of", "make_engine", "moment_of", "now", "store_of"]

GIVEN_UP = frozenset({"40P01", "40001"})
"""What PostgreSQL says of a transaction that it ended for another: deadlock, serialization."""
BUSY_SECONDS = 30
"""So long a writer waits for the write lock of SQLite."""
AGAIN_SECONDS = 0.002
"""After so long it looks again. SQLite itself would sleep up to 0.1 s, and find it taken again."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what is acknowledged outlives a power cut
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "secure_delete=ON",
)
SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, eq=False, slots=True)
class Store:
    """A database with the keys that open what is sealed in it, and the clock it is written by."""

    engine: Engine
    keyring: Keyring
    clock: Callable[[], datetime] = now

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A unit of work that changes nothing; it sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield self._session(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A unit of work that changes nothing, and sees one moment however long it takes."""
        with self.engine.connect() as connection:
            if self.dialect == "postgresql":  # a transaction of SQLite sees one moment anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield self._session(connection)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A unit of work: all of it happens, or nothing; what it noted for the audit, too.

        Raises:
            Refusal: the database gave it up for another that it stood in the way of (a deadlock);
                nothing was done, and it can be tried again (``UNAVAILABLE``).
        """
        with _given_up(), _one_writer(self.engine):
            options = self.engine.connect().execution_options(sqlite_begin="IMMEDIATE")
            with options as connection, connection.begin():
                session = self._session(connection)
                yield session
                session.flush()
                for _, act in sorted(session.info.get("at_the_end", {}).items()):
                    act()
                audit.append(session)

    def _session(self, connection: Connection) -> Session:
        session = Session(
            connection, join_transaction_mode="rollback_only", expire_on_commit=False
        )
        session.info.update(store=self, keyring=self.keyring, now=self.clock())
        return session


def at_the_end(session: Session, name: str, act: Callable[[], None]) -> None:
    """Do something once, under its name, when all else of a writing unit of work is done.

    Everybody's last acts come in the same order: two never wait for each other.
    """
    session.info.setdefault("at_the_end", {})[name] = act


def store_of(session: Session) -> Store:
    """The store that a unit of work belongs to."""
    found: Store = session.info["store"]
    return found


def moment_of(session: Session) -> datetime:
    """When the unit of work began: one moment for everything that it writes."""
    found: datetime = session.info["now"]
    return found


def day_of(session: Session) -> date:
    """The day in Sweden on which the unit of work began."""
    return moment_of(session).astimezone(SWEDEN).date()


def changed(session: Session, statement: Update | Delete) -> int:
    """How many rows were changed: a condition in it decides, not what was read before."""
    done = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount


def make_engine(url: str, **options: Any) -> Engine:  # noqa: ANN401 -- what SQLAlchemy takes
    """An engine for a URL; ``postgresql://`` means psycopg 3."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        engine.update_execution_options(one_writer=Lock())
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def _given_up() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in GIVEN_UP:
            raise Refusal(RefusalCode.UNAVAILABLE) from None
        raise


@contextmanager
def _one_writer(engine: Engine) -> Iterator[None]:
    """One writer of a process at a time where the database is SQLite; nothing in PostgreSQL.

    Whoever waits for SQLite's own lock sleeps and looks again while others take it: with eight
    clients one write in a hundred waited for seconds.
    """
    door: Lock | None = engine.get_execution_options().get("one_writer")
    mine = door is not None and door.acquire(timeout=BUSY_SECONDS)
    try:
        yield
    finally:
        if door is not None and mine:
            door.release()


def _prepare(dbapi: Any, _: object) -> None:  # noqa: ANN401 -- sqlite3's connection
    dbapi.isolation_level = None  # SQLAlchemy emits BEGIN, not sqlite3
    for pragma in PRAGMAS:
        dbapi.execute("PRAGMA " + pragma)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("sqlite_begin") != "IMMEDIATE":
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    until = monotonic() + BUSY_SECONDS
    while not _taken(connection, patient=monotonic() > until):
        sleep(AGAIN_SECONDS)


def _taken(connection: Connection, *, patient: bool) -> bool:
    """Whether SQLite's write lock is ours now; the last time (``patient``) it may fail."""
    dbapi = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    dbapi.execute("PRAGMA busy_timeout=0")
    try:
        dbapi.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if patient or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        dbapi.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return True
