"""Tables as CSV: UTF-8, comma, header row.

Two readers with one answer. The fast one is trusted where it finds one record on every line; a
file with blank lines, line breaks inside cells, or anything wrong goes to the one that counts
rows as a spreadsheet does.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from matcher.dataset.cells import tidy, with_free_text
from matcher.dataset.files import content
from matcher.dataset.schema import TableSchema
from matcher.errors import Fault, FaultCode

BOM = b"\xef\xbb\xbf"
CHUNK_ROWS = 100_000
HEADER_ROW = 1
_HEADER_BYTES = 1 << 20


def read_csv(path: Path, schema: TableSchema) -> tuple[pa.Table | None, list[Fault]]:
    """The tidy table in a CSV file, and what is wrong with the file.

    The table is None when nothing can be made of it. A row of the wrong length is left empty in
    it, so that the others keep their place.
    """
    data = content(path).removeprefix(BOM)
    faults: list[Fault] = []
    table = _read_fast(data, schema)
    if table is None:
        table, faults = _read_carefully(data, schema)
    if table is not None:
        table = with_free_text(tidy(table, schema), schema, armour=False)
    return table, faults


def write_csv(table: pa.Table, path: Path, schema: TableSchema) -> None:
    """Write a tidy table: one line feed after every row, quotes only where they must be."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.column_names)
        for batch in with_free_text(table, schema, armour=True).to_batches(CHUNK_ROWS):
            columns = [column.cast(pa.string()).to_pylist() for column in batch.columns]
            writer.writerows(zip(*columns, strict=True))


def _read_fast(data: bytes, schema: TableSchema) -> pa.Table | None:
    """The table, if there is exactly one record on every line; else None."""
    try:
        first = data[:_HEADER_BYTES].splitlines()[0].decode()
        header = next(csv.reader([first], strict=True))
        kind = pa.dictionary(pa.int32(), pa.string()) if schema.large else pa.string()
        table = pa_csv.read_csv(
            pa.py_buffer(data),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(header, kind)),
        )
    except (pa.ArrowException, UnicodeDecodeError, csv.Error, IndexError, StopIteration):
        return None
    regular = table.num_rows + HEADER_ROW == _lines(data) and table.column_names == header
    return table if regular and len(header) > 1 and not _odd_quotes(data) else None


def _odd_quotes(data: bytes) -> bool:
    """Whether some quotation mark has no other: the fast reader would close a cell by itself."""
    return data.count(b'"') % 2 > 0


def _lines(data: bytes) -> int:
    """How many lines there are, by any of the three line ends."""
    ends = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    return ends + (not data.endswith((b"\n", b"\r")))


def _read_carefully(data: bytes, schema: TableSchema) -> tuple[pa.Table | None, list[Fault]]:
    """The table record by record, with every fault of its rows."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        row = _records(data[: error.start].decode())
        return None, [Fault(code=FaultCode.TABLE_NOT_UTF8, table=schema.name, row=row)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[Fault] = []
    odd = _odd_quotes(data)
    records = _Records(reader, schema, faults, odd=odd)
    try:
        header = next(reader, [])
    except csv.Error as error:
        return None, [_broken(schema, HEADER_ROW, error, odd=odd)]
    wrong = _wrong_header(header, schema)
    if wrong is not None:
        return None, [wrong]
    chunks = [
        pa.record_batch([pa.array(cells, type=pa.string()) for cells in columns], names=header)
        for columns in records.columns(len(header))
    ]
    fields = pa.schema([pa.field(name, pa.string()) for name in header])
    return pa.Table.from_batches(chunks, schema=fields), faults


def _wrong_header(header: list[str], schema: TableSchema) -> Fault | None:
    if not any(name.strip() for name in header):
        return Fault(code=FaultCode.TABLE_EMPTY, table=schema.name)
    if (len(header) == 1 and ";" in header[0]) or header[0].strip().startswith("sep=;"):
        return Fault(code=FaultCode.TABLE_SEMICOLONS, table=schema.name, row=HEADER_ROW)
    return None


class _Records:
    """The records of one file after its header, with the faults found on the way."""

    def __init__(
        self,
        reader: Iterator[list[str]],
        schema: TableSchema,
        faults: list[Fault],
        *,
        odd: bool,
    ) -> None:
        self._odd = odd
        self._reader = reader
        self._schema = schema
        self._faults = faults
        self._row = HEADER_ROW

    def columns(self, width: int) -> Iterator[list[list[str | None]]]:
        """Columns of at most ``CHUNK_ROWS`` rows; blank and faulty rows are empty."""
        rows: list[list[str | None]] = []
        for record in self._records():
            rows.append(self._fitted(record, width))
            if len(rows) == CHUNK_ROWS:
                yield [list(cells) for cells in zip(*rows, strict=True)]
                rows = []
        if rows:
            yield [list(cells) for cells in zip(*rows, strict=True)]

    def _records(self) -> Iterator[list[str]]:
        try:
            for record in self._reader:
                self._row += 1
                yield record
        except csv.Error as error:
            fault = _broken(self._schema, self._row + 1, error, odd=self._odd)
            self._faults.append(fault)

    def _fitted(self, record: list[str], width: int) -> list[str | None]:
        if len(record) == width:
            return list(record)
        if any(cell.strip() for cell in record):
            params = {"expected": width, "found": len(record)}
            fault = Fault(
                code=FaultCode.ROW_LENGTH, table=self._schema.name, row=self._row, params=params
            )
            self._faults.append(fault)
        return [None] * width


def _records(text: str) -> int:
    """In which record a text ends."""
    return max(1, sum(1 for _ in csv.reader(io.StringIO(text + ".", newline=""))))


def _broken(schema: TableSchema, row: int, error: csv.Error, *, odd: bool) -> Fault:
    """Where a record breaks off: at a quotation mark, unless a cell is merely too long."""
    too_long = "limit" in str(error) and not odd
    code = FaultCode.TABLE_UNREADABLE if too_long else FaultCode.QUOTE_OPEN
    return Fault(code=code, table=schema.name, row=row)
