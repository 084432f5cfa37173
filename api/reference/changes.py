"""What an update would change: rows that come, go, are called or placed otherwise, and shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.reference.tables import Row, Tables
from matcher.occupations import DOMINATED_PCT


class Kind(StrEnum):
    """What can change of a row."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    """A group is in another field."""
    TURNED = "turned"
    """Another side of 40 or 60 per cent: what is norm-breaking there changes."""
    SHARE = "share"
    """The share of women has changed by more than asked for."""
    TOLD = "told"
    """There is a share of women now, or none any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: in which table, of which code with which Swedish label, from what to what."""

    kind: Kind
    table: str
    code: str
    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes, and how many shares changed by less than asked for; years old and new."""

    rows: tuple[Change, ...]
    smaller: int
    years: tuple[str, str]


def changes(old: Tables, new: Tables, points: float) -> Changes:
    """What an update changes.

    Args:
        old: the tables that are there.
        new: those that the sources make.
        points: a share of women that changed by more percentage points is told.
    """
    pairs = (
        ("occupations", "occupation_group", old.occupations, new.occupations),
        ("fields", "field", old.fields, new.fields),
    )
    rows: list[Change] = []
    smaller = 0
    for table, key, before, after in pairs:
        was, will = ({row[key]: row for row in part} for part in (before, after))
        rows += [_change(Kind.ADDED, table, code, will[code]) for code in will if code not in was]
        rows += [_change(Kind.REMOVED, table, code, was[code]) for code in was if code not in will]
        for code in (code for code in will if code in was):
            found = tuple(_of(table, code, (was[code], will[code]), points))
            rows += found
            told = any(one.kind in (Kind.SHARE, Kind.TURNED, Kind.TOLD) for one in found)
            smaller += not told and was[code]["women_pct"] != will[code]["women_pct"]
    return Changes(rows=tuple(rows), smaller=smaller, years=(_year(old), _year(new)))


def _of(table: str, code: str, pair: tuple[Row, Row], points: float) -> Iterator[Change]:
    """The changes of a row that stays."""
    old, new = pair
    for kind, column in ((Kind.RENAMED, "label_sv"), (Kind.MOVED, "field")):
        if old[column] != new[column]:
            yield _change(kind, table, code, new, (old[column], new[column]))
    shares = old["women_pct"], new["women_pct"]
    if "" in shares and shares[0] != shares[1]:
        yield _change(Kind.TOLD, table, code, new, shares)
    elif "" not in shares and table == "occupations" and _side(old) != _side(new):
        yield _change(Kind.TURNED, table, code, new, shares)
    elif "" not in shares and abs(float(shares[1]) - float(shares[0])) > points:
        yield _change(Kind.SHARE, table, code, new, shares)


def _change(
    kind: Kind, table: str, code: str, row: Row, values: tuple[str, str] = ("", "")
) -> Change:
    old, new = values
    return Change(kind=kind, table=table, code=code, label=row["label_sv"], old=old, new=new)


def _side(row: Row) -> int:
    """By whom a group is dominated: women 1, men -1, neither 0."""
    share = float(row["women_pct"])
    return (share > DOMINATED_PCT) - (share < 100 - DOMINATED_PCT)


def _year(tables: Tables) -> str:
    return max((row["year"] for row in tables.occupations), default="")
