"""What is no fault but worth knowing about a data set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

import numpy as np

from matcher.dataset import links
from matcher.dataset.echo import echo
from matcher.dataset.parse import Sheets
from matcher.dataset.tables import Reading


class NoticeCode(StrEnum):
    """What is worth knowing."""

    TABLE_IGNORED = auto()
    COLUMN_IGNORED = auto()
    PLACEMENT_WITHOUT_SESSIONS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing worth knowing: where it stands, and parameters for the sentence.

    ``row`` is the first of ``params["rows"]`` such rows, counted as in a spreadsheet.
    """

    code: NoticeCode
    table: str
    row: int | None = None
    column: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


def notices(reading: Reading, sheets: Sheets, plan_date: date) -> tuple[Notice, ...]:
    """Files, sheets and columns that are ignored, and placements that hold no half-day."""
    found = [
        Notice(code=NoticeCode.TABLE_IGNORED, table=echo(None, name)[0] or "")
        for name in sorted(reading.ignored)
    ]
    for name, sheet in sheets.items():
        found += [
            Notice(code=NoticeCode.COLUMN_IGNORED, table=name, column=echo(None, extra)[0])
            for extra in sheet.extra
        ]
    placements = sheets["placements"]
    without = links.active(sheets, plan_date) & placements.columns["sessions"].blank
    rows = placements.rows[np.flatnonzero(without)]
    if len(rows):
        notice = Notice(
            code=NoticeCode.PLACEMENT_WITHOUT_SESSIONS,
            table="placements",
            row=int(rows[0]),
            column="sessions",
            params={"rows": len(rows)},
        )
        found.append(notice)
    return tuple(found)
