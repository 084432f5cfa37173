"""Computed travel times in an SQLite file: by points, mode, day and source; nothing of a person.

A site's answers are written in one transaction, so that a build that is killed goes on where it
was. A row is as good as its timetable: it expires, and another version of a source is another row.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.domain import Mode
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

Wide = npt.NDArray[np.int64]

VERSION = 1
"""Of the file's layout; another one is refused, never misread."""

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
    PRIMARY KEY (site, mode, step_free, asked, origin)
) WITHOUT ROWID
"""
_COLUMNS = (
    *("origin", "site", "mode", "step_free", "asked"),
    *("reach", "minutes", "source", "is_estimate", "low", "high"),
    *("transfers", "walk_minutes", "way_step_free", "computed_at", "expires_on"),
)


class StoreError(Exception):
    """A file that is no store of travel times, or of another version."""


class Columns(NamedTuple):
    """What a plan needs of every answer; all of shape (answers,).

    ``origin`` and ``site`` are ``place_number``; ``way``: which mode, and step-free or not
    (``way_number``). ``minutes``, ``low`` and ``high`` are -1 where there are none.
    """

    origin: Wide
    site: Wide
    way: Wide
    reach: Wide
    minutes: Wide
    low: Wide
    high: Wide


class TravelStore:
    """Travel times in a file. Used as a context: it is closed at its end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep an open file; use ``open_store``."""
        self._connection = connection

    def write(
        self, question: TravelQuestion, answers: Sequence[TravelAnswer], expires_on: date
    ) -> None:
        """Keep a site's answers, all or none; those of the same question are replaced.

        Raises:
            ValueError: not as many answers as origins.
        """
        rows = [
            _row(question, origin, answer, expires_on)
            for origin, answer in zip(question.origins, answers, strict=True)
        ]
        marks = ", ".join("?" * len(_COLUMNS))
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO journeys ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 -- names of ours
                rows,
            )

    def missing(self, question: TravelQuestion, today: date) -> tuple[Point, ...]:
        """The origins of a question of which nothing that still counts is known."""
        rows = self._connection.execute(
            "SELECT origin FROM journeys WHERE site = ? AND mode = ? AND step_free = ?"
            " AND asked = ? AND expires_on >= ? AND reach != ?",
            (
                *(place_number(question.site), str(question.mode), question.step_free),
                *(asked(question), today.isoformat(), _LOST),
            ),
        )
        known = {number for (number,) in rows}
        return tuple(point for point in question.origins if place_number(point) not in known)

    def columns(self, today: date) -> Columns:
        """What still counts of all that is stored, as columns."""
        modes = "".join(f" WHEN '{mode}' THEN {2 * at}" for at, mode in enumerate(Mode))
        rows = self._connection.execute(
            f"SELECT origin, site, CASE mode{modes} END + step_free, reach, ifnull(minutes, -1),"  # noqa: S608 -- words of ours
            " ifnull(low, -1), ifnull(high, -1) FROM journeys WHERE expires_on >= ?",
            (today.isoformat(),),
        ).fetchall()
        return Columns(*np.array(rows, dtype=np.int64).reshape(-1, 7).T)

    def sources(self) -> dict[str, int]:
        """Who answered how many journeys."""
        rows = self._connection.execute(
            "SELECT source, count(*) FROM journeys GROUP BY source ORDER BY source"
        )
        return dict(rows.fetchall())


def place_number(point: Point) -> int:
    """One whole number for a point: its thousandths of degrees."""
    north, east = (round(angle * 1000) for angle in (point.latitude, point.longitude))
    return (north + 90_000) * 400_000 + east + 180_000


def way_number(mode: Mode, *, step_free: bool) -> int:
    """One whole number for how somebody travels."""
    return 2 * list(Mode).index(mode) + step_free


_LOST = int(Reach.UNKNOWN)


@contextmanager
def open_store(path: Path) -> Iterator[TravelStore]:
    """Open a store, made when it is not there.

    Raises:
        StoreError: the file is something else, or of another version.
        OSError: the folder is not there, or may not be written to.
    """
    try:
        connection = sqlite3.connect(path)
    except sqlite3.OperationalError as error:
        raise OSError(None, "cannot be opened", str(path)) from error
    try:
        _prepared(connection)
        yield TravelStore(connection)
    finally:
        connection.close()


def _prepared(connection: sqlite3.Connection) -> None:
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version != VERSION and (version or tables):
            raise StoreError("no store of travel times of this version")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_TABLES)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    except sqlite3.DatabaseError as error:
        raise StoreError("no store of travel times") from error


def asked(question: TravelQuestion) -> str:
    """What else a question asks: kind of day and deadlines, as a key."""
    times: Iterable[str] = (f"{deadline:%H:%M}" for deadline in question.deadlines)
    return f"{question.day:%u} {','.join(times)}"


def _row(
    question: TravelQuestion, origin: Point, answer: TravelAnswer, expires_on: date
) -> tuple[object, ...]:
    return (
        *(place_number(origin), place_number(question.site), str(question.mode)),
        *(question.step_free, asked(question)),
        *(int(answer.reach), answer.minutes, answer.source, answer.is_estimate),
        *(answer.low, answer.high, answer.transfers, answer.walk_minutes, answer.step_free),
        *(answer.computed_at.isoformat(), expires_on.isoformat()),
    )
