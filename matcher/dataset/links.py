"""What one table shows against another: ids that lead nowhere, codes that no reference knows."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import eq

import numpy as np
import numpy.typing as npt

from data import reference
from matcher import occupations
from matcher.dataset.parse import Coded, Mask, Sheet, Sheets
from matcher.dataset.schema import Kind
from matcher.domain import PlacementStatus, WishLevel
from matcher.errors import Fault, FaultCode

Names = AbstractSet[object]
_KEYS = {
    "participants": "participant_id",
    "providers": "provider_id",
    "sites": "site_id",
    "openings": "opening_id",
}
_EXCLUDED = {"site": "sites", "provider": "providers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a code or an id may name; None where that cannot be told, and nothing is checked."""

    ids: Mapping[str, Names | None]
    groups: Names | None
    fields: Names | None
    municipalities: Names


def known(sheets: Sheets, torn: AbstractSet[str]) -> Known:
    """The ids of the tables that are whole, and the codes of the references in force."""
    ids = {
        table: None if table in torn else set(sheets[table].columns[key].values)
        for table, key in _KEYS.items()
    }
    groups: Names | None = set(occupations.shipped())
    fields: Names | None = {group.field for group in occupations.shipped().values()}
    if "occupations" in torn:
        groups = fields = None
    elif sheets["occupations"].there:
        columns = sheets["occupations"].columns
        groups = set(columns["occupation_group"].values)
        fields = set(columns["field"].values)
    municipalities = set(reference.municipalities())
    return Known(ids=ids, groups=groups, fields=fields, municipalities=municipalities)


def faults(sheets: Sheets, names: Known, plan_date: date) -> Iterator[Fault]:
    """Every fault that a row shows against another table or a reference."""
    for sheet in sheets.values():
        yield from _references(sheet, names)
        yield from _codes(sheet, names)
    yield from _exclusions(sheets["exclusions"], names)
    yield from _wishes(sheets["wishes"], names)
    yield from _placements(sheets, plan_date)


def _references(sheet: Sheet, names: Known) -> Iterator[Fault]:
    """An id that nothing has."""
    for column in sheet.schema.columns:
        if column.kind is Kind.REFERENCE:
            strange = _strange(sheet.columns[column.name], names.ids[column.table])
            code = FaultCode.DANGLING
            yield from sheet.faults(strange, column.name, code, table=column.table)


def _codes(sheet: Sheet, names: Known) -> Iterator[Fault]:
    """A municipality or an occupation group that no reference knows."""
    for column in sheet.schema.columns:
        name, coded = column.name, sheet.columns[column.name]
        if column.kind is Kind.MUNICIPALITY:
            strange = _strange(coded, names.municipalities)
            yield from sheet.faults(strange, name, FaultCode.UNKNOWN_MUNICIPALITY)
        elif column.kind is Kind.GROUP:
            strange = _strange(coded, names.groups)
            yield from sheet.faults(strange, name, FaultCode.UNKNOWN_OCCUPATION_GROUP)
        elif column.kind is Kind.MUNICIPALITIES:
            yield from _served(sheet, name, names.municipalities)


def _served(sheet: Sheet, name: str, known_: Names) -> Iterator[Fault]:
    """A list of municipalities with one that is not there."""
    coded = sheet.columns[name]
    unknown = [sorted(value - known_) if value else [] for value in coded.values]  # type: ignore[operator]  # sets of codes
    wrong = np.array([*(bool(codes) for codes in unknown), False, False])[coded.codes]
    for at in np.flatnonzero(wrong).tolist():
        for text in unknown[coded.codes[at]]:
            yield sheet.fault(at, name, FaultCode.UNKNOWN_MUNICIPALITY, text=text)


def _exclusions(sheet: Sheet, names: Known) -> Iterator[Fault]:
    """An excluded site or provider that is not there."""
    for kind, table in _EXCLUDED.items():
        strange = _strange(sheet.columns["id"], names.ids[table])
        strange &= sheet.columns["kind"].where(partial(eq, kind))
        yield from sheet.faults(strange, "id", FaultCode.DANGLING, table=table)


def _wishes(sheet: Sheet, names: Known) -> Iterator[Fault]:
    """A wish for a group or a field that no reference knows."""
    for level, codes, code in (
        (WishLevel.GROUP, names.groups, FaultCode.UNKNOWN_OCCUPATION_GROUP),
        (WishLevel.FIELD, names.fields, FaultCode.UNKNOWN_FIELD),
    ):
        strange = _strange(sheet.columns["code"], codes)
        strange &= sheet.columns["level"].where(partial(eq, level))
        yield from sheet.faults(strange, "code", code)


def active(sheets: Sheets, plan_date: date) -> Mask:
    """(placements,) which of them occupy a seat: those that do not end before they could."""
    placements, openings = sheets["placements"], sheets["openings"]
    row = rows_of(placements.columns["opening_id"], openings.columns["opening_id"])
    starts_from = np.append(openings.columns["starts_from"].numbers(), np.nan)[row]
    first = np.fmax(starts_from, plan_date.toordinal())
    ends_on = placements.columns["ends_on"]
    mask: Mask = ends_on.blank | (ends_on.numbers() >= first)
    return mask


def _placements(sheets: Sheets, plan_date: date) -> Iterator[Fault]:
    """Half-days that the opening does not have, and a person pinned to two places at once."""
    placements, openings = sheets["placements"], sheets["openings"]
    counts = active(sheets, plan_date)
    row = rows_of(placements.columns["opening_id"], openings.columns["opening_id"])
    offered = np.append(bits(openings.columns["sessions"]), -1)[row]
    outside = counts & (bits(placements.columns["sessions"]) & ~offered != 0)
    yield from placements.faults(outside, "sessions", FaultCode.OUTSIDE_OPENING)
    person = placements.columns["participant_id"]
    ours = ~_strange(person, set(sheets["participants"].columns["participant_id"].values))
    pinned = placements.columns["status"].where(lambda v: v == PlacementStatus.PINNED)
    held = np.flatnonzero(counts & pinned & ours & person.given)
    _, first = np.unique(person.codes[held], return_index=True)
    again = np.zeros(len(placements), dtype=np.bool_)
    again[np.delete(held, first)] = True
    yield from placements.faults(again, "participant_id", FaultCode.PINNED_TWICE)


def _strange(coded: Coded, names: Names | None) -> Mask:
    """(rows,) where there is a value that is none of these; nowhere if they cannot be told."""
    if names is None:
        return np.zeros(len(coded.codes), dtype=np.bool_)
    return coded.where(lambda value: value not in names)


def rows_of(reference_: Coded, key: Coded) -> npt.NDArray[np.int64]:
    """(rows,) the row in which each referred id stands, -1 where it does not."""
    rows = {value: at for at, value in enumerate(key.cells()) if value is not None}
    distinct = [rows.get(value, -1) for value in reference_.values]
    found: npt.NDArray[np.int64] = np.array([*distinct, -1, -1], dtype=np.int64)[reference_.codes]
    return found


def bits(sessions: Coded) -> npt.NDArray[np.int64]:
    """(rows,) sets of half-days as bits; none where the cell is empty, all where it is faulty."""
    distinct = [0 if value is None else value for value in sessions.values]
    found: npt.NDArray[np.int64] = np.array([*distinct, -1, 0], dtype=np.int64)[sessions.codes]
    return found
