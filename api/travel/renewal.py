"""A store that is filled while others read it: a copy beside it, which takes its place when whole.

Readers see one whole build after the other, never half of one. A build that is stopped or killed
leaves its copy, and the next goes on with it. One build at a time, of whatever process.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from api.travel.store import StoreError, TravelStore, copy_store, open_store

BUILDING, LOCK = ".building", ".lock"
"""What is added to a store's name for the copy that is filled, and the file that is locked."""
GLANCE = 0.5
"""Seconds between two looks whether another build is over."""


@contextmanager
def renewed(path: Path, today: date, wait: Callable[[], None]) -> Iterator[TravelStore]:
    """A store to be filled, which takes the place of the one at ``path`` when the block is done.

    What has expired is taken out of it. Where the block fails the copy is kept for the next build.

    Args:
        path: the store that others read; it need not be there yet.
        today: what expired before it is taken out.
        wait: called every half second while another build is at it; what it raises ends this one.

    Raises:
        StoreError: the file is something else, or of another version.
        OSError: it may not be read or written to.
    """
    copy = path.with_name(path.name + BUILDING)
    with _alone(path.with_name(path.name + LOCK), wait):
        _begin(path, copy)
        with open_store(copy, make=True) as store:
            store.forget(today)
            yield store
        _journal_of(path).unlink(missing_ok=True)  # of a write that was killed: not the new file's
        copy.replace(path)


def _begin(path: Path, copy: Path) -> None:
    """Leave the copy of a build that was stopped; else make one of what there is."""
    if not path.exists() or (copy.exists() and copy.stat().st_mtime_ns > path.stat().st_mtime_ns):
        return
    for old in (copy, _journal_of(copy)):
        old.unlink(missing_ok=True)
    copy_store(path, copy)


def _journal_of(path: Path) -> Path:
    """Where SQLite keeps what takes a write back: played into any file of that name."""
    return path.with_name(path.name + "-journal")


@contextmanager
def _alone(lock: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Nobody else is in such a block on the same file; the lock ends with whoever holds it."""
    try:
        connection = sqlite3.connect(lock, timeout=GLANCE, isolation_level=None)
        try:
            while not _locked(connection):
                wait()
            yield
        finally:
            with suppress(sqlite3.Error):
                connection.rollback()
            connection.close()
    except sqlite3.DatabaseError as error:
        raise StoreError("the lock of a store cannot be taken") from error


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
