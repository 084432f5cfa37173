"""A data set as one Excel workbook: a sheet for each table. Formulas are never evaluated.

Every id is written as text, and every text as text: nothing in a sheet becomes a formula or a
link. XlsxWriter writes, calamine reads.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import xlsxwriter  # type: ignore[import-untyped]  # it has no annotations
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above

from matcher.dataset.cells import cell_text, number_text, tidy, with_free_text
from matcher.dataset.files import refusal
from matcher.dataset.schema import Column, Kind, TableSchema
from matcher.errors import DatasetError, Fault, FaultCode

MAX_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_CELLS = 10_000_000
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_PART = "xl/workbook.xml"
_OTHER_KINDS = {"xl/workbook.bin", "content.xml"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CELL = re.compile(rb"""(?<=[\s"'])r\s*=\s*["']([A-Za-z]*)([0-9]*)([^"'<>]{0,16})""")
_MOST_LETTERS = 3
_MOST_DIGITS = 7
_CHUNK = 1 << 20
_OVERLAP = 64
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
_WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC)


def read_workbook(
    path: Path, schemas: Mapping[str, TableSchema]
) -> tuple[dict[str, pa.Table], list[Fault], list[str]]:
    """The tidy tables in a workbook, what is wrong with it, and the names of its other sheets."""
    refused = _refused(path)
    if refused is not None:
        return {}, [refused], []
    try:
        sheets, others = _sheets(path, schemas)
    except Exception:  # noqa: BLE001 -- a broken workbook makes the reader raise anything
        return {}, [_fault(path, FaultCode.TABLE_UNREADABLE)], []
    tables = {name: _table(records, schemas[name]) for name, records in sheets.items()}
    faults = [
        Fault(code=FaultCode.TABLE_EMPTY, table=name)
        for name, table in tables.items()
        if table is None
    ]
    return {name: table for name, table in tables.items() if table is not None}, faults, others


def _sheets(
    path: Path, schemas: Mapping[str, TableSchema]
) -> tuple[dict[str, list[tuple[object, ...]]], list[str]]:
    """The cells of the sheets that are tables, and the names of the others."""
    with pd.ExcelFile(path, engine="calamine") as book:
        names = [str(name) for name in book.sheet_names]
        known = [name for name in names if name in schemas]
        frames = pd.read_excel(book, sheet_name=known, header=None, dtype=object, na_filter=False)
    records = {
        name: list(frame.itertuples(index=False, name=None)) for name, frame in frames.items()
    }
    return records, [name for name in names if name not in schemas]


def write_workbook(
    tables: Mapping[str, pa.Table], path: Path, schemas: Mapping[str, TableSchema]
) -> None:
    """Write tidy tables as one workbook.

    Raises:
        DatasetError: a table has more rows, or a cell more characters, than a sheet can hold.
        OSError: the workbook cannot be written.
    """
    too_long = [name for name, table in tables.items() if table.num_rows >= MAX_ROWS]
    if too_long:
        raise DatasetError(tuple(Fault(code=FaultCode.TOO_LARGE, table=n) for n in too_long))
    with TemporaryDirectory(ignore_cleanup_errors=True) as rows, path.open("wb") as file:
        try:
            with xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": rows}) as book:
                book.set_properties({"created": _WRITTEN_ON})
                for name, table in tables.items():
                    _write_sheet(book.add_worksheet(name), table, schemas[name])
        except FileCreateError as error:  # it wraps what the system said
            raise error.args[0] from None


def _write_sheet(
    sheet: "xlsxwriter.worksheet.Worksheet", table: pa.Table, schema: TableSchema
) -> None:
    columns = [schema.column(name) for name in table.column_names]
    for at, name in enumerate(table.column_names):
        sheet.write_string(0, at, name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        _offer_choices(sheet, at, column)
    row = 0
    for batch in with_free_text(table, schema, armour=True).to_batches():
        cells = [column.cast(pa.string()).to_pylist() for column in batch.columns]
        for record in zip(*cells, strict=True):
            row += 1
            for at, text in enumerate(record):
                if text is not None:
                    _write_cell(sheet, (row, at), text, columns[at])


def _offer_choices(
    sheet: "xlsxwriter.worksheet.Worksheet", at: int, column: Column | None
) -> None:
    """Let a cell that holds one code be filled in from a list of them."""
    if column is None or column.kind not in {Kind.CHOICE, Kind.YES_NO}:
        return
    codes = [str(code) for code in column.choices or ("yes", "no")]
    listed = {"validate": "list", "source": codes, "ignore_blank": True}
    sheet.data_validation(1, at, MAX_ROWS - 1, at, listed)


def _write_cell(
    sheet: "xlsxwriter.worksheet.Worksheet",
    at: tuple[int, int],
    text: str,
    column: Column | None,
) -> None:
    number = _number(text, column)
    if number is not None:
        sheet.write_number(*at, number)
    elif sheet.write_string(*at, text) != 0:
        table, name = str(sheet.get_name()), column.name if column else None
        params = {"most": MAX_TEXT}
        fault = Fault(
            code=FaultCode.TOO_LARGE, table=table, row=at[0] + 1, column=name, params=params
        )
        raise DatasetError((fault,))


def _number(text: str, column: Column | None) -> float | None:
    """The number a cell can hold without changing its text."""
    if column is None or column.kind not in {Kind.WHOLE, Kind.DECIMAL}:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number_text(number) == text and abs(number) < 10**15 else None


def _table(records: Iterable[tuple[object, ...]], schema: TableSchema) -> pa.Table | None:
    """A sheet's records as a tidy table; None without a header."""
    rows = iter(records)
    header = [(cell_text(name, None) or "").strip() for name in next(rows, ())]
    if not any(header):
        return None
    columns = [schema.column(name) for name in header]
    body = list(rows)
    arrays = [
        pa.array([cell_text(row[at], column) for row in body], type=pa.string())
        for at, column in enumerate(columns)
    ]
    table = pa.Table.from_arrays(arrays, names=header)
    return with_free_text(tidy(table, schema), schema, armour=False)


def _refused(path: Path) -> Fault | None:
    """Why a workbook is not even opened: macros, or more than a machine should take in."""
    try:
        code = refusal(path, MAX_BYTES)
        if code is None:
            with zipfile.ZipFile(path) as archive:
                code = _refusal(archive)
    except Exception:  # noqa: BLE001 -- a broken archive makes the reader raise anything
        code = FaultCode.TABLE_UNREADABLE
    return None if code is None else _fault(path, code)


def _refusal(archive: zipfile.ZipFile) -> FaultCode | None:
    parts = archive.namelist()
    names = {name.lower() for name in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        return FaultCode.MACRO_WORKBOOK
    if _PART not in names or names & _OTHER_KINDS:
        return FaultCode.TABLE_UNREADABLE
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
        return FaultCode.TOO_LARGE
    too_large = any(_area(archive, name) > MAX_CELLS for name in parts)
    return FaultCode.TOO_LARGE if too_large else None


def _area(archive: zipfile.ZipFile, name: str) -> int:
    """How many cells the square from A1 to the farthest cell of a part has.

    The reader makes them all, and takes the process down if it cannot. Any part may be a sheet.

    Raises:
        ValueError: the part is written so that its cells cannot be told.
    """
    rows = columns = 1
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            if not tail and chunk.startswith(_UTF16):
                raise ValueError(name)
            for letters, row, rest in set(_CELL.findall(tail + chunk)):
                if rest or len(letters) > _MOST_LETTERS or len(row) > _MOST_DIGITS:
                    raise ValueError(name)
                rows = max(rows, int(row or 1))
                columns = max(columns, _column_number(letters.upper()))
            tail = chunk[-_OVERLAP:]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _fault(path: Path, code: FaultCode) -> Fault:
    return Fault(code=code, table=path.name)
