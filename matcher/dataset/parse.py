"""A table of text as columns of values: each distinct text is read once, however long the table.

A column becomes codes into its distinct values. Loops run over distinct texts and over faulty
rows, never over all rows of a large table.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from matcher.dataset.cells import tidy
from matcher.dataset.echo import echo
from matcher.dataset.schema import Column, TableSchema
from matcher.dataset.tables import heads
from matcher.dataset.values import READERS, Trouble, UnfitError
from matcher.errors import Fault, FaultCode

FIRST_ROW = 2
EMPTY = -1
FAULTY = -2
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column: for each row a code into its distinct ``values``, or EMPTY, or FAULTY.

    ``codes`` has shape (rows,). ``texts`` are the values as they were written.
    """

    codes: Codes
    values: tuple[object, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def given(self) -> Mask:
        """(rows,) where there is a value."""
        mask: Mask = self.codes >= 0
        return mask

    @property
    def blank(self) -> Mask:
        """(rows,) where the cell is empty; a faulty one is not."""
        mask: Mask = self.codes == EMPTY
        return mask

    def cells(self) -> list[object]:
        """The value of each row, None where there is none."""
        values = [*self.values, None, None]
        return [values[code] for code in self.codes.tolist()]

    def numbers(self) -> npt.NDArray[np.float64]:
        """(rows,) numbers as they are, dates as days; NaN where there is none."""
        return self.mapped(_as_number)

    def mapped(self, value: Callable[[object], float]) -> npt.NDArray[np.float64]:
        """(rows,) a number made of each distinct value; NaN where there is none."""
        distinct = [np.nan if v is None else value(v) for v in self.values]
        found: npt.NDArray[np.float64] = np.array([*distinct, np.nan, np.nan])[self.codes]
        return found

    def where(self, holds: Callable[[object], bool]) -> Mask:
        """(rows,) where the value is there and this holds of it."""
        distinct = [v is not None and holds(v) for v in self.values]
        found: Mask = np.array([*distinct, False, False])[self.codes]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table that has been read: its columns, and in which row of its file each row stands.

    ``rows`` has shape (rows,). ``extra`` names the columns that the schema does not have.
    ``there`` is False for a table that the data set does without.
    """

    schema: TableSchema
    rows: npt.NDArray[np.int64]
    columns: Mapping[str, Coded]
    extra: tuple[str, ...] = ()
    there: bool = True

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as values by column, without the empty cells."""
        names = [column.name for column in self.schema.columns]
        columns = [self.columns[name].cells() for name in names]
        for row in zip(*columns, strict=True):
            yield {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}

    def faults(
        self, where: Mask, column: str, code: FaultCode, **params: str | int
    ) -> Iterator[Fault]:
        """A fault of each cell of a column in these rows."""
        for at in np.flatnonzero(where).tolist():
            yield self.fault(at, column, code, params)

    def fault(
        self,
        at: int,
        column: str,
        code: FaultCode,
        params: Mapping[str, str | int] | None = None,
        *,
        text: str | None = None,
    ) -> Fault:
        """A fault of one cell; of the cell, or of the ``text`` in it, it shows what it may."""
        coded = self.columns[column]
        if text is None and coded.codes[at] >= 0:
            text = coded.texts[coded.codes[at]]
        place = (self.schema.name, self.schema.column(column), int(self.rows[at]))
        return _fault(place, (code, text, params or {}))


Sheets = Mapping[str, Sheet]
"""The tables of a data set by name, every one, those that it does without as ``absent``."""


def parse(table: pa.Table, schema: TableSchema) -> tuple[Sheet, list[Fault]]:
    """A table of text as values, and the faults of its cells. Blank rows are left out."""
    table, faults = heads(tidy(table, schema), schema)
    filled = ~_blank(table)
    rows = np.flatnonzero(filled) + FIRST_ROW
    columns: dict[str, Coded] = {}
    for column in schema.columns:
        if column.name not in table.column_names and column.may_miss:
            columns[column.name] = Coded(np.full(len(rows), EMPTY, dtype=np.int32))
            continue
        if column.name not in table.column_names:
            code = FaultCode.COLUMN_MISSING
            faults.append(Fault(code=code, table=schema.name, row=1, column=column.name))
            columns[column.name] = Coded(np.full(len(rows), FAULTY, dtype=np.int32))
            continue
        codes, texts = encoded(table.column(column.name))
        codes = codes if len(codes) == len(rows) else codes[filled]
        coded, found = _read(column, codes, texts)
        columns[column.name] = coded
        faults += _faults((schema.name, column), rows, codes, (texts, found))
    known = {column.name for column in schema.columns}
    extra = tuple(name for name in table.column_names if name not in known)
    return Sheet(schema, rows, MappingProxyType(columns), extra), faults


def absent(schema: TableSchema) -> Sheet:
    """A table that is not there: it has no rows."""
    nothing = Coded(np.zeros(0, dtype=np.int32))
    columns = {column.name: nothing for column in schema.columns}
    return Sheet(schema, np.zeros(0, dtype=np.int64), MappingProxyType(columns), there=False)


def encoded(values: pa.ChunkedArray) -> tuple[Codes, tuple[str, ...]]:
    """(rows,) codes into the distinct texts of a tidy column, EMPTY where it is."""
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    array = values.combine_chunks()
    return _codes(array.indices), tuple(array.dictionary.to_pylist())


def _codes(indices: pa.Array) -> Codes:
    """(rows,) the indices of a dictionary-encoded column, EMPTY where there is none."""
    raw = _buffer(indices, np.dtype(np.int32))
    if not indices.null_count:
        return raw
    return np.where(_is_null(indices), np.int32(EMPTY), raw)


def _is_null(values: pa.Array | pa.ChunkedArray) -> Mask:
    """(rows,) where there is no value."""
    nulls = values.is_null().cast(pa.uint8())
    whole = nulls.combine_chunks() if isinstance(nulls, pa.ChunkedArray) else nulls
    return _buffer(whole, np.dtype(np.uint8)).astype(np.bool_)


def _buffer(values: pa.Array, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """(rows,) the numbers as they lie in memory; ``to_numpy`` would import pandas."""
    if not len(values):
        return np.zeros(0, dtype=kind)
    return np.frombuffer(values.buffers()[1], kind, len(values), values.offset * kind.itemsize)


def _blank(table: pa.Table) -> Mask:
    """(rows,) where every cell is empty."""
    blank = np.ones(table.num_rows, dtype=np.bool_)
    for column in sorted(table.columns, key=lambda c: int(c.null_count)):
        if not column.null_count:
            return np.zeros(table.num_rows, dtype=np.bool_)
        blank &= _is_null(column)
    return blank


def _read(
    column: Column, codes: Codes, texts: tuple[str, ...]
) -> tuple[Coded, dict[int, tuple[Trouble, ...]]]:
    """A column's values, and what is wrong with which of its distinct texts."""
    values: list[object] = []
    troubles: dict[int, tuple[Trouble, ...]] = {}
    read = READERS[column.kind]
    for at, text in enumerate(texts):
        try:
            values.append(read(column, text))
        except UnfitError as unfit:
            values.append(None)
            troubles[at] = unfit.troubles
    if troubles:
        new = [FAULTY if at in troubles else at for at in range(len(texts))]
        codes = np.array([*new, EMPTY], dtype=np.int32)[codes]
    return Coded(codes, tuple(values), texts), troubles


def _faults(
    at: tuple[str, Column],
    rows: npt.NDArray[np.int64],
    codes: Codes,
    found: tuple[tuple[str, ...], dict[int, tuple[Trouble, ...]]],
) -> list[Fault]:
    """The faults of one column, row by row."""
    table, column = at
    texts, troubles = found
    faults: list[Fault] = []
    if column.required:
        missing = rows[codes == EMPTY].tolist()
        code = FaultCode.VALUE_MISSING
        faults += [Fault(code=code, table=table, row=r, column=column.name) for r in missing]
    if not troubles:
        return faults
    unfit = np.array([*(code in troubles for code in range(len(texts))), False])[codes]
    for row, code in zip(rows[unfit].tolist(), codes[unfit].tolist(), strict=True):
        faults += [_fault((table, column, row), trouble) for trouble in troubles[code]]
    return faults


def _fault(
    at: tuple[str, Column | None, int],
    trouble: tuple[FaultCode, str | None, Mapping[str, str | int]],
) -> Fault:
    """A fault of one cell, given by table, column and row, that shows no more than it may."""
    (table, column, row), (code, text, params) = at, trouble
    value, withheld = (None, {}) if text is None else echo(column, text)
    return Fault(
        code=code,
        table=table,
        row=row,
        column=column.name if column else None,
        value=value,
        params={**params, **withheld},
    )


def _as_number(value: object) -> float:
    return float(value.toordinal()) if isinstance(value, date) else float(value)  # type: ignore[arg-type]  # numbers and dates only
