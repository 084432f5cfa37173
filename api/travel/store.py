"""Computed travel times in an SQLite file: by points and ways of travelling; nothing of a person.

A site's answers are written in one transaction, so that a build that is killed goes on where it
was. There is one answer for a journey, the last one; it keeps what was asked of whom, so that
another kind of day or another timetable is asked again, and it expires.
"""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.domain import Mode
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

Wide = npt.NDArray[np.int64]

VERSION = 1
"""Of the file's layout; another one is refused, never misread."""
OURS = 0x53544754
"""The mark of our files in SQLite's header ("STGT"): other programs have a version 1 as well."""

_TABLES = """
CREATE TABLE IF NOT EXISTS journeys (
    origin INTEGER NOT NULL,
    site INTEGER NOT NULL,
    mode TEXT NOT NULL,
    step_free INTEGER NOT NULL,
    asked TEXT NOT NULL,
    reach INTEGER NOT NULL,
    minutes INTEGER,
    source TEXT NOT NULL,
    is_estimate INTEGER NOT NULL,
    low INTEGER,
    high INTEGER,
    transfers INTEGER,
    walk_minutes INTEGER,
    way_step_free TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    PRIMARY KEY (site, mode, step_free, origin)
) WITHOUT ROWID
"""
_COLUMNS = (
    *("origin", "site", "mode", "step_free", "asked"),
    *("reach", "minutes", "source", "is_estimate", "low", "high"),
    *("transfers", "walk_minutes", "way_step_free", "computed_at", "expires_on"),
)


_SAID = (
    "origin, CASE mode"
    + "".join(f" WHEN '{mode}' THEN {2 * at}" for at, mode in enumerate(Mode))
    + " END + step_free, reach, ifnull(minutes, -1), ifnull(low, -1), ifnull(high, -1),"
    " CASE way_step_free WHEN 'yes' THEN 1 WHEN 'no' THEN 0 ELSE -1 END"
)
"""The columns of ``Columns``."""
_CHANGES = slice(24, 28)
"""Of SQLite's header: how often the file was written to."""


class StoreError(Exception):
    """A file that is no store of travel times, or of another version."""


class Columns(NamedTuple):
    """What a plan needs of the answers for a site; all of shape (answers,).

    ``origin`` is ``place_number``; ``way``: which mode, and step-free or not (``way_number``).
    ``minutes``, ``low`` and ``high`` are -1 where there are none. ``step_free``: 1 where the way
    is known to be without steps, 0 where it is known not to be, -1 where nobody knows.
    """

    origin: Wide
    way: Wide
    reach: Wide
    minutes: Wide
    low: Wide
    high: Wide
    step_free: Wide


class Known(NamedTuple):
    """What is stored of one journey. ``asked``: what was asked of whom."""

    asked: str
    reach: Reach
    is_estimate: bool
    source: str


class TravelStore:
    """Travel times in a file; see ``open_store``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep an open file; use ``open_store``."""
        self._connection = connection

    def write(
        self,
        question: TravelQuestion,
        answers: Sequence[TravelAnswer],
        asked: Sequence[str],
        expires_on: date,
    ) -> None:
        """Keep a site's answers, all or none; what was known of these journeys is replaced.

        Args:
            question: what was asked.
            answers: one for each origin.
            asked: of each answer what was asked of whom (``asked_of``).
            expires_on: the last day that they count.

        Raises:
            ValueError: not as many answers as origins.
        """
        rows = [
            _row(question, *each, expires_on)
            for each in zip(question.origins, answers, asked, strict=True)
        ]
        marks = ", ".join("?" * len(_COLUMNS))
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO journeys ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 -- names of ours
                rows,
            )

    def known(self, question: TravelQuestion, today: date) -> Mapping[Point, Known]:
        """What still counts of a question's journeys, whatever was asked for them."""
        rows = self._connection.execute(
            "SELECT origin, asked, reach, is_estimate, source FROM journeys"
            " WHERE site = ? AND mode = ? AND step_free = ? AND expires_on >= ?",
            (
                *(place_number(question.site), str(question.mode)),
                *(question.step_free, today.isoformat()),
            ),
        )
        stored = {
            number: Known(asked, Reach(reach), bool(estimate), source)
            for number, asked, reach, estimate, source in rows
        }
        numbers = {point: place_number(point) for point in question.origins}
        return {point: stored[at] for point, at in numbers.items() if at in stored}

    def columns(self, site: int, today: date) -> Columns:
        """What still counts of the journeys to a site (``place_number``), as columns.

        Of one site only, since a county has more journeys than should be read at once.
        """
        rows = self._connection.execute(
            f"SELECT {_SAID} FROM journeys WHERE site = ? AND expires_on >= ?",  # noqa: S608 -- words of ours
            (site, today.isoformat()),
        ).fetchall()
        return _columns(rows)

    def columns_from(
        self, origin: int, way: int, sites: Sequence[int], today: date
    ) -> tuple[Wide, Columns]:
        """What still counts of the journeys from one area to some sites (``place_number``).

        Args:
            origin: the area (``place_number``).
            way: how somebody travels (``way_number``).
            sites: where to.
            today: what expired before it does not count.

        Returns:
            (answers,) the site of each answer, and the answers.
        """
        mode, step_free = list(Mode)[way // 2], way % 2
        rows = self._connection.execute(
            f"SELECT site, {_SAID} FROM json_each(?) CROSS JOIN journeys ON site = value"  # noqa: S608 -- words of ours
            " WHERE mode = ? AND step_free = ? AND origin = ? AND expires_on >= ?",
            (json.dumps(list(sites)), str(mode), step_free, origin, today.isoformat()),
        ).fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64), _columns(
            [row[1:] for row in rows]
        )

    def copy_into(self, path: Path) -> None:
        """Write everything into another file, which has nothing in it."""
        target = sqlite3.connect(path)
        try:
            self._connection.backup(target)
        finally:
            target.close()

    def forget(self, today: date) -> None:
        """Take out what no longer counts: places of people who may be gone are not kept on."""
        with self._connection:
            self._connection.execute(
                "DELETE FROM journeys WHERE expires_on < ?", (today.isoformat(),)
            )


def _columns(rows: Sequence[Sequence[int]]) -> Columns:
    return Columns(*np.array(rows, dtype=np.int64).reshape(-1, len(Columns._fields)).T)


def place_number(point: Point) -> int:
    """One whole number for a point: its thousandths of degrees."""
    north, east = (round(angle * 1000) for angle in (point.latitude, point.longitude))
    return (north + 90_000) * 400_000 + east + 180_000


def way_number(mode: Mode, *, step_free: bool) -> int:
    """One whole number for how somebody travels."""
    return 2 * list(Mode).index(mode) + step_free


@contextmanager
def open_store(path: Path, *, make: bool = False) -> Iterator[TravelStore]:
    """Open a store to be read, or one to be written to, made when it is not there.

    Raises:
        StoreError: the file is something else, or of another version.
        OSError: it is not there, may not be read or written to, or is being written to.
    """
    _check_file(path, make=make)
    try:
        connection = sqlite3.connect(_address(path, make=make), uri=True)
        try:
            _check_ours(connection, empty=make)
            if make:
                _prepare(connection)
            yield TravelStore(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        code = _CODES.get(error.sqlite_errorcode & 0xFF, errno.EIO)
        raise OSError(code, os.strerror(code), str(path)) from error
    except sqlite3.DatabaseError as error:
        raise StoreError("no store of travel times") from error


def copy_store(path: Path, target: Path) -> None:
    """A copy of a store as it stands, made at one stroke; what was at the target is gone.

    Raises:
        StoreError, OSError: as ``open_store``.
    """
    with open_store(path) as store, NamedTemporaryFile(dir=target.parent, delete=False) as beside:
        half = Path(beside.name)
        try:
            store.copy_into(half)
            shutil.copymode(path, half)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)


def stamp(path: Path) -> tuple[int, ...] | None:
    """What is another whenever a store was written to, or is another file; None: it is not there.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            about, head = os.fstat(file.fileno()), file.read(_CHANGES.stop)
    except FileNotFoundError:
        return None
    changes = int.from_bytes(head[_CHANGES], "big")
    return about.st_ino, about.st_mtime_ns, about.st_size, changes


_CODES = {
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
}


def _check_file(path: Path, *, make: bool) -> None:
    """Nothing, where there is a plain file, or one may be made.

    Raises:
        StoreError: there is a folder or a device.
        OSError: there is nothing, or no folder to make it in.
    """
    if path.exists():
        if not path.is_file():
            raise StoreError("no store of travel times")
    elif not (make and path.absolute().parent.is_dir()):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _address(path: Path, *, make: bool) -> str:
    """To be read, a file is opened for writing as well where it may be.

    Else what a build that was killed left half done could not be taken back.
    """
    return f"{path.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"


def _check_ours(connection: sqlite3.Connection, *, empty: bool) -> None:
    """Refuse what is no store of ours; ``empty``: a file without anything will do.

    Raises:
        StoreError: it is none.
    """
    names = ("application_id", "user_version")
    marks = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if marks != (OURS, VERSION) and not (empty and marks == (0, 0) and not tables):
        raise StoreError("no store of travel times of this version")


def _prepare(connection: sqlite3.Connection) -> None:
    """The table and the marks, all or none."""
    with connection:
        connection.execute("BEGIN")
        connection.execute(_TABLES)
        connection.execute(f"PRAGMA application_id = {OURS}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def asked_of(question: TravelQuestion, whom: str) -> str:
    """What else a question asks, and of whom: kind of day, deadlines and sources, as a key."""
    times = ",".join(f"{deadline:%H:%M}" for deadline in question.deadlines)
    return f"{question.day:%u} {times} {whom}"


def _row(
    question: TravelQuestion, origin: Point, answer: TravelAnswer, asked: str, expires_on: date
) -> tuple[object, ...]:
    return (
        *(place_number(origin), place_number(question.site), str(question.mode)),
        *(question.step_free, asked),
        *(int(answer.reach), answer.minutes, answer.source, answer.is_estimate),
        *(answer.low, answer.high, answer.transfers, answer.walk_minutes, answer.step_free),
        *(answer.computed_at.isoformat(), expires_on.isoformat()),
    )
