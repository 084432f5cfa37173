"""What is no fault but worth knowing about a data set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

import numpy as np

from matcher.dataset import links
from matcher.dataset.echo import echo
from matcher.dataset.parse import Mask, Sheet, Sheets
from matcher.dataset.tables import Reading
from matcher.domain import SESSIONS

_DAYS = range(len(SESSIONS))


class NoticeCode(StrEnum):
    """What is worth knowing."""

    TABLE_IGNORED = auto()
    COLUMN_IGNORED = auto()
    PLACEMENT_WITHOUT_SESSIONS = auto()
    OPENING_OVERFULL = auto()
    FORMER_UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing worth knowing: where it stands, and parameters for the sentence.

    ``row`` is counted as in a spreadsheet; with ``params["rows"]`` it is the first of so many.
    A file, sheet or column whose name may not be shown has none here, and says so in
    ``params["withheld"]``.
    """

    code: NoticeCode
    table: str
    row: int | None = None
    column: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


def notices(reading: Reading, sheets: Sheets, plan_date: date) -> tuple[Notice, ...]:
    """What is ignored, placements that hold no half-day, and openings that hold too much."""
    counts = links.active(sheets, plan_date)
    return (
        *_ignored(reading, sheets),
        *_without_sessions(sheets, counts),
        *_overfull(sheets, counts),
    )


def _ignored(reading: Reading, sheets: Sheets) -> Iterator[Notice]:
    """Files, sheets and columns that no data set has."""
    for name in sorted(reading.ignored):
        shown, withheld = _name(name)
        yield Notice(code=NoticeCode.TABLE_IGNORED, table=shown or "", params=withheld)
    for table, sheet in sheets.items():
        for name in sheet.extra:
            shown, withheld = _name(name)
            code = NoticeCode.COLUMN_IGNORED
            yield Notice(code=code, table=table, column=shown, params=withheld)


def _name(name: str) -> tuple[str | None, Mapping[str, str]]:
    """A name as a notice may show it, and why it is withheld if it is."""
    shown, _ = echo(None, name)
    return shown, {"withheld": "name"} if shown is None else {}


def _without_sessions(sheets: Sheets, counts: Mask) -> Iterator[Notice]:
    """Placements that take a seat but no half-day."""
    placements = sheets["placements"]
    rows = placements.rows[np.flatnonzero(counts & placements.columns["sessions"].blank)]
    if len(rows):
        yield Notice(
            code=NoticeCode.PLACEMENT_WITHOUT_SESSIONS,
            table="placements",
            row=int(rows[0]),
            column="sessions",
            params={"rows": len(rows)},
        )


def _overfull(sheets: Sheets, counts: Mask) -> Iterator[Notice]:
    """Openings whose placements take more seats, or more on a half-day, than there are.

    Where ``session_seats`` is empty the seats say it all.
    """
    openings, columns = sheets["openings"], sheets["placements"].columns
    at = links.rows_of(columns["opening_id"], openings.columns["opening_id"])[counts]
    taken = links.bits(columns["sessions"])[counts]
    held = np.bincount(at, minlength=len(openings))
    more = held - openings.columns["seats"].numbers()
    for row in np.flatnonzero(more > 0).tolist():
        yield _too_much(openings, row, "seats", {"seats": int(more[row])})
    on = [np.bincount(at[taken >> day & 1 > 0], minlength=len(openings)) for day in _DAYS]
    above = np.stack(on) - openings.columns["session_seats"].numbers()
    half_days = (above > 0).sum(axis=0)
    for row in np.flatnonzero(half_days).tolist():
        params = {"half_days": int(half_days[row]), "people": int(above[:, row].max())}
        yield _too_much(openings, row, "session_seats", params)


def _too_much(openings: Sheet, at: int, column: str, params: Mapping[str, int]) -> Notice:
    code, row = NoticeCode.OPENING_OVERFULL, int(openings.rows[at])
    return Notice(code=code, table="openings", row=row, column=column, params=params)
