"""The error tree. Codes and parameters; the door makes sentences of them.

::

    StegetError
    ├── BadInputError          what came in is wrong: exit code 2
    │   ├── DatasetError       a data set with faults; nothing of it is loaded
    │   ├── PolicyError        a policy with faults
    │   ├── PlanFilesError     a plan folder that cannot be read
    │   ├── ChangeError        changes that cannot be made
    │   └── FeedError          a timetable feed with faults
    └── PlanRejectedError      a plan that breaks a rule: our bug, never the user's
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class FaultCode(StrEnum):
    """What can be wrong with a cell, a row or a table."""

    TABLE_MISSING = auto()
    TABLE_UNREADABLE = auto()
    TABLE_NOT_UTF8 = auto()
    TABLE_SEMICOLONS = auto()
    FOLDER_MISSING = auto()
    COLUMN_MISSING = auto()
    COLUMN_TWICE = auto()
    ROW_LENGTH = auto()
    TOO_LARGE = auto()
    VALUE_MISSING = auto()
    NOT_AN_ID = auto()
    PERSONAL_NUMBER = auto()
    NOT_A_WHOLE_NUMBER = auto()
    NOT_A_NUMBER = auto()
    NOT_A_DATE = auto()
    NOT_ONE_OF = auto()
    NOT_A_LANGUAGE = auto()
    OUT_OF_RANGE = auto()
    UNKNOWN_MUNICIPALITY = auto()
    UNKNOWN_OCCUPATION_GROUP = auto()
    UNKNOWN_FIELD = auto()
    DUPLICATE = auto()
    DANGLING = auto()
    AGE_OUT_OF_RANGE = auto()
    SWAPPED_COORDINATES = auto()
    OUTSIDE_SWEDEN = auto()
    HALF_A_COORDINATE = auto()
    DATE_ORDER = auto()
    NUMBER_ORDER = auto()
    OUTSIDE_OPENING = auto()
    UNKNOWN_KEY = auto()
    WEIGHTS_SUM = auto()
    NOT_TOML = auto()
    FILE_MISSING = auto()
    TABLE_TWICE = auto()
    TABLE_EMPTY = auto()
    COLUMN_UNNAMED = auto()
    MACRO_WORKBOOK = auto()
    NOT_A_TEXT = auto()
    VALUE_UNEXPECTED = auto()
    PINNED_TWICE = auto()
    PARITY_MISSING = auto()
    NOT_A_LIST = auto()
    NOT_A_TABLE = auto()
    NOT_JSON = auto()
    NOT_A_FILE = auto()
    QUOTE_OPEN = auto()
    GOALS_DIFFER = auto()
    STATUS_DIFFERS = auto()
    COUNT_DIFFERS = auto()
    FORMER_MISSING = auto()
    FORMER_UNASKED = auto()
    FORMER_DIFFERS = auto()
    CHANGE_UNREADABLE = auto()
    CHANGE_FIXED = auto()
    CHANGE_REFUSED = auto()
    TABLE_UNKNOWN = auto()
    COLUMN_UNKNOWN = auto()
    NOT_A_ZIP = auto()
    NOT_A_TIME = auto()
    TIME_ORDER = auto()
    NOT_A_TIME_ZONE = auto()
    TIME_ZONES_DIFFER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: where it stands, what stands there, what was expected.

    ``row`` counts as a spreadsheet does: the header is row 1. It is None for a fault of a whole
    table or file. ``value`` is what was found, as text. ``params`` fill the sentence.
    """

    code: FaultCode
    table: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


class StegetError(Exception):
    """Whatever Steget raises on purpose."""


class BadInputError(StegetError):
    """What came in is wrong; ``faults`` names everything that is, together.

    ``left_out``: how many more there are, where so many are alike that not all are told.
    """

    def __init__(self, faults: tuple[Fault, ...], left_out: int = 0) -> None:
        """Keep the faults, in the order of the tables and rows."""
        super().__init__(faults, left_out)
        self.faults = faults
        self.left_out = left_out

    def __str__(self) -> str:
        number = len(self.faults) + self.left_out
        return f"{number} fault(s), the first: {self.faults[0] if self.faults else '-'}"


class DatasetError(BadInputError):
    """A data set with faults. Nothing of it is loaded."""


class PolicyError(BadInputError):
    """A policy with faults."""


class PlanFilesError(BadInputError):
    """A plan folder that cannot be read."""


class ChangeError(BadInputError):
    """Changes with faults; none of them is made."""


class FeedError(BadInputError):
    """A timetable feed with faults. Nothing of it is used."""


class PlanRejectedError(StegetError):
    """The verifier refused a plan of ours: a bug in Steget. ``violations`` names the rules."""

    def __init__(self, violations: tuple[str, ...]) -> None:
        """Keep the violations as text, so that the error can be pickled and logged."""
        super().__init__(violations)
        self.violations = violations


class PlanCancelledError(Exception):
    """Nobody wants the plan any more; none was made."""
