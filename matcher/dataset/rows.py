"""What one row shows against its own table: ids that occur twice, ages, points, orders."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.dataset.parse import Coded, Mask, Sheet, Sheets
from matcher.domain import AGE_YEARS, LATITUDE, LONGITUDE, WishKind
from matcher.errors import Fault, FaultCode

_KEYS = {
    "participants": "participant_id",
    "providers": "provider_id",
    "sites": "site_id",
    "openings": "opening_id",
    "occupations": "occupation_group",
}
_ORDERS = (
    ("openings", "starts_from", "starts_until", FaultCode.DATE_ORDER),
    ("placements", "starts_on", "ends_on", FaultCode.DATE_ORDER),
    ("openings", "hours_min", "hours_max", FaultCode.NUMBER_ORDER),
)


def faults(sheets: Sheets, plan_date: date) -> Iterator[Fault]:
    """Every fault that a row shows without looking into another table."""
    for table, key in _KEYS.items():
        yield from _twice(sheets[table], key)
    yield from _journeys_twice(sheets["travel_times"])
    yield from _placements_twice(sheets["placements"])
    yield from _ages(sheets["participants"], plan_date)
    for table in ("participants", "sites"):
        yield from _points(sheets[table])
    for table, first, last, code in _ORDERS:
        yield from _order(sheets[table], (first, last), code)
    yield from _ranks(sheets["wishes"])


def pair_keys(first: Coded, second: Coded) -> npt.NDArray[np.int64]:
    """(rows,) one whole number for each pair of values; equal pairs have equal ones."""
    return first.codes.astype(np.int64) * max(1, len(second.values)) + second.codes


def _repeated(keys: npt.NDArray[np.int64], given: Mask) -> Mask:
    """(rows,) where the key stands in an earlier row too."""
    at = np.flatnonzero(given)
    ordered = keys[at]
    again = np.zeros(len(keys), dtype=np.bool_)
    if not np.all(ordered[:-1] < ordered[1:]) and np.any(np.diff(np.sort(ordered)) == 0):
        order = np.argsort(ordered, kind="stable")
        again[at[order[np.flatnonzero(np.diff(ordered[order]) == 0) + 1]]] = True
    return again


def _twice(sheet: Sheet, key: str) -> Iterator[Fault]:
    """An id that stands for two things."""
    coded = sheet.columns[key]
    again = _repeated(coded.codes.astype(np.int64), coded.given)
    yield from sheet.faults(again, key, FaultCode.DUPLICATE)


def _journeys_twice(sheet: Sheet) -> Iterator[Fault]:
    """A journey with two rows."""
    person, site = sheet.columns["participant_id"], sheet.columns["site_id"]
    again = _repeated(pair_keys(person, site), person.given & site.given)
    yield from sheet.faults(again, "site_id", FaultCode.DUPLICATE)


def _placements_twice(sheet: Sheet) -> Iterator[Fault]:
    """A placement with two rows alike: it would take two seats."""
    keys = np.zeros(len(sheet), dtype=np.int64)
    for coded in sheet.columns.values():
        _, keys = np.unique(keys * (len(coded.values) + 2) + coded.codes + 2, return_inverse=True)
    given = sheet.columns["participant_id"].given & sheet.columns["opening_id"].given
    yield from sheet.faults(_repeated(keys, given), "opening_id", FaultCode.DUPLICATE)


def _ages(sheet: Sheet, plan_date: date) -> Iterator[Fault]:
    """Nobody is younger or older than work training is for."""
    low, high = AGE_YEARS
    age = plan_date.year - sheet.columns["birth_year"].numbers()
    outside = (age < low) | (age > high)
    yield from sheet.faults(outside, "birth_year", FaultCode.AGE_OUT_OF_RANGE, low=low, high=high)


def _points(sheet: Sheet) -> Iterator[Fault]:
    """Both coordinates or none, in Sweden, the right way round."""
    latitude, longitude = sheet.columns["latitude"], sheet.columns["longitude"]
    if sheet.schema.name == "participants":  # where they are required, an empty one is told
        code = FaultCode.HALF_A_COORDINATE
        yield from sheet.faults(latitude.blank & longitude.given, "latitude", code)
        yield from sheet.faults(longitude.blank & latitude.given, "longitude", code)
    north, east = latitude.numbers(), longitude.numbers()
    outside = latitude.given & longitude.given & ~_in_sweden(north, east)
    swapped = outside & _in_sweden(east, north)
    yield from sheet.faults(swapped, "latitude", FaultCode.SWAPPED_COORDINATES)
    yield from sheet.faults(outside & ~swapped, "latitude", FaultCode.OUTSIDE_SWEDEN)


def _in_sweden(north: npt.NDArray[np.float64], east: npt.NDArray[np.float64]) -> Mask:
    inside: Mask = (
        (north >= LATITUDE[0])
        & (north <= LATITUDE[1])
        & (east >= LONGITUDE[0])
        & (east <= LONGITUDE[1])
    )
    return inside


def _order(sheet: Sheet, columns: tuple[str, str], code: FaultCode) -> Iterator[Fault]:
    """The last is not before the first."""
    first, last = (sheet.columns[name] for name in columns)
    wrong = last.numbers() < first.numbers()
    yield from sheet.faults(wrong, columns[1], code, first=columns[0])


def _ranks(sheet: Sheet) -> Iterator[Fault]:
    """A wish that is sought has a rank, one to avoid has none."""
    wish, rank = sheet.columns["wish"], sheet.columns["rank"]
    unranked = wish.where(lambda v: v == WishKind.SEEK) & rank.blank
    yield from sheet.faults(unranked, "rank", FaultCode.VALUE_MISSING)
    ranked = wish.where(lambda v: v == WishKind.AVOID) & rank.given
    yield from sheet.faults(ranked, "rank", FaultCode.VALUE_UNEXPECTED)
