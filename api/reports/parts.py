"""What a report is made of, whatever it is written as: sections, tables, cells, pictures."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    """A percentage with its interval: three columns in a workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its words, and the number where it is one; ``hidden`` where it is kept back."""

    text: str
    number: float | None = None
    low: int | None = None
    high: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a column, and what it holds."""

    head: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Of one row of a picture the numbers, one for each series; None where hidden."""

    label: str
    values: tuple[float | None, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A picture of bars; the table beside it says the same."""

    series: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A picture of points from left to right, joined; the table beside it says the same."""

    across: str
    up: str
    points: tuple[tuple[int, int], ...]
    now: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table. The first column names the rows. ``code`` is its own among all of a report."""

    code: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    picture: Bars | Curve | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report under a heading."""

    code: str
    heading: str
    words: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: its language, its title, of what it is, and its sections in order."""

    language: str
    title: str
    of: str
    words: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table, in order."""
        return tuple(sheet for section in self.sections for sheet in section.sheets)
