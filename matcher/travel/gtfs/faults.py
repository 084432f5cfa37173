"""What can be wrong with a timetable feed: all of it together, cut to the first fifty."""

from dataclasses import dataclass
from enum import StrEnum, auto

LIMIT = 50
"""So many faults are told; a feed with the wrong clock would have a million."""


class FeedCode(StrEnum):
    """What can be wrong. The same word as in ``matcher.errors.FaultCode`` means the same."""

    FILE_MISSING = auto()
    NOT_A_ZIP = auto()
    TABLE_MISSING = auto()
    TABLE_UNREADABLE = auto()
    COLUMN_MISSING = auto()
    COLUMN_TWICE = auto()
    ROW_LENGTH = auto()
    VALUE_MISSING = auto()
    NOT_A_NUMBER = auto()
    NOT_A_WHOLE_NUMBER = auto()
    NOT_A_DATE = auto()
    NOT_A_TIME = auto()
    OUT_OF_RANGE = auto()
    DUPLICATE = auto()
    DANGLING = auto()
    TIME_ORDER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFault:
    """One fault: where it stands and what stands there.

    ``row`` counts as a spreadsheet does: the header is row 1. It is None for a fault of a whole
    table or file.
    """

    code: FeedCode
    table: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = self.table if self.row is None else f"{self.table} row {self.row}"
        column = "" if self.column is None else f", {self.column}"
        value = "" if self.value is None else f": {self.value!r}"
        return f"{place}{column}: {self.code.value}{value}"


class FeedError(ValueError):
    """A feed that cannot be used. ``faults``: the first fifty; ``left_out``: how many more."""

    def __init__(self, faults: tuple[FeedFault, ...], left_out: int = 0) -> None:
        """Keep the faults, in the order of tables and rows."""
        super().__init__(faults, left_out)
        self.faults = faults
        self.left_out = left_out

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults]
        if self.left_out:
            lines.append(f"and {self.left_out} more")
        return "the timetable feed cannot be used: " + "; ".join(lines)


class Faults:
    """Collects faults while a feed is read."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self._first: list[FeedFault] = []
        self._number = 0

    @property
    def room(self) -> int:
        """How many faults are still told."""
        return LIMIT - len(self._first)

    def __len__(self) -> int:
        """How many there are, told or not."""
        return self._number

    def add(self, fault: FeedFault) -> None:
        """One more fault."""
        self._number += 1
        if self.room:
            self._first.append(fault)

    def skip(self, number: int) -> None:
        """So many more, of a kind that was told."""
        self._number += number

    def stop(self) -> None:
        """Nothing, if nothing is wrong.

        Raises:
            FeedError: something is.
        """
        if self._number:
            raise FeedError(tuple(self._first), self._number - len(self._first))
