"""Cells of a feed as numbers: whole columns at once; ids stay text, so that 0001 is not 1."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matcher.errors import FaultCode
from matcher.travel.gtfs.faults import Faults

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Masks = npt.NDArray[np.bool_]

HEADER_ROW = 1
NONE = -1
"""Stands for a blank cell in a column of whole numbers, positions or seconds."""
_TIME = r"^\d{1,3}:[0-5]\d:[0-5]\d$"
_WHOLE = r"^\d{1,9}$"
_NUMBER = r"^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$"
_DATE = r"^\d{8}$"


class Rows:
    """A block of rows of one table, column by column. All arrays have shape (rows,)."""

    def __init__(
        self,
        table: str,
        first: int,
        number: int,
        columns: Mapping[str, pa.DictionaryArray],
        faults: Faults,
    ) -> None:
        """``number`` rows from row ``first`` of a table; the header is row 1."""
        self.table = table
        self.first = first
        self.number = number
        self._columns = columns
        self._faults = faults

    def text(self, column: str, *, needed: bool = True) -> pa.Array:
        """The cells as they are, without blanks around; "" where the column is missing."""
        words, at = self._cells(column)
        if needed:
            self._refuse(column, np.asarray(pc.equal(words, "")), FaultCode.VALUE_MISSING)
        return words.take(pa.array(at))

    def among(self, column: str, known: pa.Array, *, needed: bool = True) -> Ints:
        """Where each id stands among the known ones; ``NONE`` where the cell is blank.

        Nothing is said of ids where the table that should have them is at fault.
        """
        if not len(known) and len(self._faults):
            return np.full(self.number, NONE, dtype=np.int32)
        words, at = self._cells(column)
        found = pc.fill_null(pc.index_in(words, value_set=known), NONE).to_numpy().astype(np.int32)
        blank = np.asarray(pc.equal(words, ""))
        self._refuse(column, (found == NONE) & ~blank, FaultCode.DANGLING)
        if needed:
            self._refuse(column, blank, FaultCode.VALUE_MISSING)
        positions: Ints = found[at]
        return positions

    def whole(self, column: str, allowed: range, blank: int | None = None) -> Ints:
        """Whole numbers of a range; ``blank`` for a blank cell, which is a fault without it."""
        words, at = self._cells(column)
        good = np.asarray(pc.match_substring_regex(words, _WHOLE))
        found = _cast(words, good, pa.int32(), allowed.start).astype(np.int32)
        legal = {"low": allowed.start, "high": allowed.stop - 1}
        self._check(column, words, good, FaultCode.NOT_A_WHOLE_NUMBER, **legal)
        empty = np.asarray(pc.equal(words, ""))
        if blank is None:
            self._refuse(column, empty, FaultCode.VALUE_MISSING)
        outside = (found < allowed.start) | (found >= allowed.stop)
        self._refuse(column, good & outside, FaultCode.OUT_OF_RANGE, **legal)
        values: Ints = np.where(empty, allowed.start if blank is None else blank, found)[at]
        return values.astype(np.int32)

    def number_of(self, column: str, most: int) -> Floats:
        """Numbers between -``most`` and ``most``; not a number where the cell is blank."""
        words, at = self._cells(column)
        good = np.asarray(pc.match_substring_regex(words, _NUMBER))
        found = _cast(words, good, pa.float64(), 0).astype(np.float64)
        self._check(column, words, good, FaultCode.NOT_A_NUMBER)
        outside = good & (np.abs(found) > most)
        self._refuse(column, outside, FaultCode.OUT_OF_RANGE, low=-most, high=most)
        values: Floats = np.where(good, found, np.nan)[at]
        return values

    def seconds(self, column: str, *, needed: bool = True) -> Ints:
        """Times as seconds of the service day, past 86,400 too; ``NONE`` where blank."""
        words, at = self._cells(column)
        good = np.asarray(pc.match_substring_regex(words, _TIME))
        self._check(column, words, good, FaultCode.NOT_A_TIME)
        if needed:
            self._refuse(column, np.asarray(pc.equal(words, "")), FaultCode.VALUE_MISSING)
        parts = pc.split_pattern(pc.if_else(pa.array(good), words, "0:0:0"), ":")
        found = np.zeros(len(words), dtype=np.int32)
        for place, unit in enumerate((3600, 60, 1)):
            found += unit * pc.cast(pc.list_element(parts, place), pa.int32()).to_numpy()
        times: Ints = np.where(good, found, NONE)[at]
        return times.astype(np.int32)

    def dates(self, column: str) -> Ints:
        """Dates as days of the calendar (``date.toordinal``)."""
        words, at = self._cells(column)
        good = np.asarray(pc.match_substring_regex(words, _DATE))
        found = np.full(len(words), NONE, dtype=np.int32)
        for place in np.flatnonzero(good):
            try:
                found[place] = date.fromisoformat(words[int(place)].as_py()).toordinal()
            except ValueError:
                good[place] = False
        self._check(column, words, good, FaultCode.NOT_A_DATE, example="20261201")
        self._refuse(column, np.asarray(pc.equal(words, "")), FaultCode.VALUE_MISSING)
        days: Ints = found[at]
        return days

    def refuse(self, column: str, rows: Masks, code: FaultCode, **params: str | int) -> None:
        """A fault in each of these rows."""
        numbers = np.flatnonzero(rows)
        told = numbers[: self._faults.room]
        for row in told.tolist():
            self._faults.add(code, self.table, self.first + row, column, **params)
        self._faults.skip(len(numbers) - len(told))

    def _check(
        self, column: str, words: pa.Array, good: Masks, code: FaultCode, **params: str | int
    ) -> None:
        """A fault in each row whose word is neither good nor blank."""
        self._refuse(column, ~good & ~np.asarray(pc.equal(words, "")), code, **params)

    def _refuse(self, column: str, words: Masks, code: FaultCode, **params: str | int) -> None:
        """A fault in each row that has one of these words."""
        if words.any():
            self.refuse(column, words[self._cells(column)[1]], code, **params)

    def _cells(self, column: str) -> tuple[pa.Array, Ints]:
        """The different words of a column, and (rows,) which of them stands where."""
        if column not in self._columns:
            return pa.array([""], pa.string()), np.zeros(self.number, dtype=np.int32)
        cells = self._columns[column]
        return pc.utf8_trim_whitespace(cells.dictionary), cells.indices.to_numpy()


def _cast(words: pa.Array, good: Masks, kind: pa.DataType, otherwise: int) -> Floats | Ints:
    """The good words as numbers; others as ``otherwise``."""
    clean = pc.if_else(pa.array(good), words, str(otherwise))
    numbers: Floats | Ints = pc.cast(clean, kind).to_numpy()
    return numbers
