"""Reads a table of real travel times that the estimate is to be fitted to."""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.dataset.files import content, refusal
from matcher.domain import Mode
from matcher.errors import BadInputError, Fault, FaultCode
from matcher.travel.contract import Point
from matcher.travel.estimate import great_circle_km

PLACES = ("from_latitude", "from_longitude", "to_latitude", "to_longitude")
NEEDED = (*PLACES, "minutes")
MORE = ("mode", "source", "day")
RANGES = {
    **dict.fromkeys(("from_latitude", "to_latitude"), (-90, 90)),
    **dict.fromkeys(("from_longitude", "to_longitude"), (-180, 180)),
    "minutes": (0, 1440),
}
MODES = (Mode.TRANSIT, Mode.CAR)
MAX_BYTES = 200_000_000
MAX_SOURCE = 100
SOURCE = rf"^[^\x00-\x1f\x7f]{{1,{MAX_SOURCE}}}$"
"""What the name of a source looks like: a line of text."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Pairs:
    """Real journeys of one way of travelling; all arrays of shape (pairs,).

    ``sources``: who told them, each once, sorted; ``days``: for which days, the first and the
    last. Both as far as they are given.
    """

    km: npt.NDArray[np.float64]
    minutes: npt.NDArray[np.float64]
    destination: npt.NDArray[np.int64]
    sources: tuple[str, ...] = ()
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    mode: Mode
    origin: Point
    target: Point
    minutes: float
    source: str
    day: date | None


def read_pairs(path: Path) -> Mapping[Mode, Pairs]:
    """The journeys of a CSV file, by way of travelling.

    Raises:
        BadInputError: with every fault of the file; no place is repeated in them.
    """
    head, rows = _cells(path)
    faults: list[Fault] = []
    found = [_row(cells, path.stem, faults) for cells in _named(head, rows, path.stem, faults)]
    if faults:
        raise BadInputError(tuple(faults))
    kept = [row for row in found if row is not None]
    return {
        mode: _pairs(some) for mode in MODES if (some := [row for row in kept if row.mode is mode])
    }


def _cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file.

    Raises:
        BadInputError: it cannot be read, or lacks a column.
    """
    try:
        refused = refusal(path, MAX_BYTES)
        text = "" if refused else content(path).decode("utf-8-sig")
    except OSError:
        refused = FaultCode.FILE_MISSING
    except ValueError:
        refused = FaultCode.TABLE_NOT_UTF8
    if refused:
        raise BadInputError((Fault(code=refused, table=path.name),))
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error:
        raise BadInputError((Fault(code=FaultCode.QUOTE_OPEN, table=path.name),)) from None
    head = [name.strip() for name in head]
    _check_head(head, path.stem)
    return head, rows


def _check_head(head: Sequence[str], table: str) -> None:
    faults = [
        Fault(code=FaultCode.COLUMN_MISSING, table=table, column=name)
        for name in NEEDED
        if name not in head
    ]
    faults += [
        Fault(code=FaultCode.COLUMN_TWICE, table=table, column=name)
        for name in (*NEEDED, *MORE)
        if head.count(name) > 1
    ]
    if len(head) == 1 and ";" in head[0]:
        faults = [Fault(code=FaultCode.TABLE_SEMICOLONS, table=table)]
    elif not any(head):
        faults = [Fault(code=FaultCode.TABLE_EMPTY, table=table)]
    if faults:
        raise BadInputError(tuple(faults))


def _named(
    head: Sequence[str], rows: Sequence[Sequence[str]], table: str, faults: list[Fault]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows that are not blank, numbered as in a spreadsheet."""
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            params = {"found": len(cells), "expected": len(head)}
            faults.append(Fault(code=FaultCode.ROW_LENGTH, table=table, row=number, params=params))
            continue
        yield number, dict(zip(head, (cell.strip() for cell in cells), strict=True))


def _row(numbered: tuple[int, Mapping[str, str]], table: str, faults: list[Fault]) -> _Row | None:
    """A row, where nothing is wrong with it."""
    row, cells = numbered
    before = len(faults)
    values: dict[str, float] = {}
    for column in NEEDED:
        value = _number(cells[column], RANGES[column])
        if isinstance(value, float):
            values[column] = value
        else:
            low, high = RANGES[column]
            params = {"low": low, "high": high} if value is FaultCode.OUT_OF_RANGE else {}
            faults.append(Fault(code=value, table=table, row=row, column=column, params=params))
    mode = cells.get("mode") or Mode.TRANSIT
    if mode not in MODES:
        expected = {"expected": ", ".join(MODES)}
        faults.append(
            Fault(code=FaultCode.NOT_ONE_OF, table=table, row=row, column="mode", params=expected)
        )
    source, day = cells.get("source", ""), _day(cells.get("day", ""))
    if source and not re.fullmatch(SOURCE, source):
        most = {"most": MAX_SOURCE}
        faults.append(
            Fault(code=FaultCode.NOT_A_TEXT, table=table, row=row, column="source", params=most)
        )
    if isinstance(day, FaultCode):
        faults.append(Fault(code=day, table=table, row=row, column="day"))
        return None
    if len(faults) > before:
        return None
    origin, target = (
        Point(latitude=values[f"{end}_latitude"], longitude=values[f"{end}_longitude"])
        for end in ("from", "to")
    )
    return _Row(Mode(mode), origin, target, values["minutes"], source, day)


def _day(text: str) -> date | FaultCode | None:
    """The day of a cell, or what is wrong with it; None where it is empty."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return FaultCode.NOT_A_DATE
    return found if found is None or found.isoformat() == text else FaultCode.NOT_A_DATE


def _number(text: str, legal: tuple[int, int]) -> float | FaultCode:
    """The number of a cell, or what is wrong with it."""
    if not text:
        return FaultCode.VALUE_MISSING
    try:
        value = math.nan if "_" in text else float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        return FaultCode.NOT_A_NUMBER
    return value if legal[0] <= value <= legal[1] else FaultCode.OUT_OF_RANGE


def _pairs(rows: Sequence[_Row]) -> Pairs:
    ends = [
        np.array([(p.latitude, p.longitude) for p in points]).T
        for points in ([row.origin for row in rows], [row.target for row in rows])
    ]
    days = sorted(row.day for row in rows if row.day is not None)
    places = {point: at for at, point in enumerate(dict.fromkeys(row.target for row in rows))}
    return Pairs(
        km=great_circle_km(*ends[0], *ends[1]),
        minutes=np.array([row.minutes for row in rows]),
        destination=np.array([places[row.target] for row in rows], dtype=np.int64),
        sources=tuple(sorted({row.source for row in rows} - {""})),
        days=(days[0], days[-1]) if days else None,
    )
