"""Reads a feed from its zip file: every fault is found before anything is refused."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matcher.errors import FaultCode
from matcher.travel.gtfs.calls import read_calls
from matcher.travel.gtfs.faults import Faults
from matcher.travel.gtfs.feed import (
    FORBIDDEN,
    UNTOLD,
    Feed,
    Frequencies,
    Services,
    Stops,
    Transfers,
    Trips,
    inherited,
)
from matcher.travel.gtfs.tables import Archive, Shape, unpacked
from matcher.travel.gtfs.values import NONE, Ints, Masks, Rows

Scalar = TypeVar("Scalar", bound=np.generic)

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AGENCIES = Shape(name="agency.txt", needed=("agency_timezone",))
STOPS = Shape(
    name="stops.txt",
    needed=("stop_id", "stop_lat", "stop_lon"),
    welcome=("stop_name", "parent_station", "wheelchair_boarding"),
)
TRIPS = Shape(
    name="trips.txt", needed=("trip_id", "service_id"), welcome=("wheelchair_accessible",)
)
CALENDAR = Shape(name="calendar.txt", needed=("service_id", *WEEK, "start_date", "end_date"))
EXCEPTIONS = Shape(name="calendar_dates.txt", needed=("service_id", "date", "exception_type"))
FREQUENCIES = Shape(
    name="frequencies.txt", needed=("trip_id", "start_time", "end_time", "headway_secs")
)
PARTICULAR = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")
TRANSFERS = Shape(
    name="transfers.txt",
    needed=("from_stop_id", "to_stop_id"),
    welcome=("transfer_type", "min_transfer_time", *PARTICULAR),
)
TIMED, TOLD, NOT_POSSIBLE, OF_TRIPS = 1, 2, 3, range(4, 6)
"""Kinds of transfers: waited for; with a time; not possible; of trips with each other."""
FLAG = range(3)
ADDED = 1
LONGEST_CHANGE = 86_400


def read(path: Path) -> Feed:
    """The feed in a zip file.

    What a change takes between certain lines or trips only is left out, and so are stairs and
    lifts inside a station (``pathways.txt``). A service without days never runs. All agencies
    have one time zone, as the format wants it, and all times are of it.

    Raises:
        FeedError: something is wrong with it.
    """
    faults = Faults()
    with unpacked(path, faults) as archive:
        zone = _zone(archive, faults)
        stops = _stops(archive, faults)
        trips, names = _trips(archive)
        services = _services(archive, names)
        transfers = _transfers(archive, stops.ids)
        frequencies = _frequencies(archive, trips.ids)
        calls, first = read_calls(archive, stops, trips.ids, faults)
    faults.stop()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Feed(
        digest=digest,
        zone=zone,
        stops=stops,
        trips=Trips(ids=trips.ids, service=trips.service, step_free=trips.step_free, first=first),
        calls=calls,
        services=services,
        frequencies=frequencies,
        transfers=transfers,
    )


def _rows(archive: Archive, shape: Shape, *, needed: bool = False) -> list[Rows]:
    """All rows of a small table."""
    if archive.has(shape):
        return list(archive.rows(shape))
    if needed:
        archive.miss(shape)
    return []


def _zone(archive: Archive, faults: Faults) -> ZoneInfo:
    """The time zone that all agencies have; UTC where that is at fault."""
    before, column = len(faults), "agency_timezone"
    rows = _rows(archive, AGENCIES, needed=True)
    names = _together(r.text(column) for r in rows)
    zones = {name: _zone_of(name) for name in names.unique().to_pylist() if name}
    wrong = np.array([bool(n) and zones[n] is None for n in names.to_pylist()], dtype=np.bool_)
    _refuse(rows, column, wrong, FaultCode.NOT_A_TIME_ZONE)
    found = [zone for zone in zones.values() if zone is not None]
    if len(found) > 1:
        faults.add(FaultCode.TIME_ZONES_DIFFER, AGENCIES.name, column=column)
    if not zones and len(faults) == before:
        faults.add(FaultCode.VALUE_MISSING, AGENCIES.name, column=column)
    return found[0] if found else ZoneInfo("UTC")


def _zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of zones
        return None


def _stops(archive: Archive, faults: Faults) -> Stops:
    before = len(faults)
    rows = _rows(archive, STOPS, needed=True)
    ids = _ids(rows, "stop_id")
    latitude = _joined((r.number_of("stop_lat", 90) for r in rows), np.float64)
    longitude = _joined((r.number_of("stop_lon", 180) for r in rows), np.float64)
    known = ids[:0] if len(faults) > before else ids
    station = _joined((r.among("parent_station", known, needed=False) for r in rows), np.int32)
    own = _joined((r.whole("wheelchair_boarding", FLAG, blank=0) for r in rows), np.uint8)
    return Stops(
        ids=ids,
        names=_together(r.text("stop_name", needed=False) for r in rows),
        latitude=latitude,
        longitude=longitude,
        station=station,
        step_free=inherited(own, station) if len(ids) else own,
    )


def _trips(archive: Archive) -> tuple[Trips, pa.Array]:
    """The trips, still without calls, and the ids of their services."""
    rows = _rows(archive, TRIPS, needed=True)
    ids = _ids(rows, "trip_id")
    services = _together(r.text("service_id") for r in rows)
    names = services.unique()
    trips = Trips(
        ids=ids,
        service=_positions(services, names),
        step_free=_joined(
            (r.whole("wheelchair_accessible", FLAG, blank=0) for r in rows), np.uint8
        ),
        first=np.zeros(1, dtype=np.int64),
    )
    return trips, names


def _services(archive: Archive, names: pa.Array) -> Services:
    """The days of the services that have trips; the calendar may be either table, or both."""
    if not archive.has(EXCEPTIONS) and not archive.has(CALENDAR):
        archive.miss(CALENDAR)
    weeks, days = _rows(archive, CALENDAR), _rows(archive, EXCEPTIONS)
    weekdays = [
        np.stack([r.whole(name, range(2)) for name in WEEK], axis=1).astype(np.bool_)
        for r in weeks
    ]
    service = _joined((_positions(r.text("service_id"), names) for r in weeks), np.int32)
    changed = _joined((_positions(r.text("service_id"), names) for r in days), np.int32)
    begins = _joined((r.dates("start_date") for r in weeks), np.int32)
    ends = _joined((r.dates("end_date") for r in weeks), np.int32)
    day = _joined((r.dates("date") for r in days), np.int32)
    kind = _joined((r.whole("exception_type", range(1, 3)) for r in days), np.int32)
    weekly, special = service != NONE, changed != NONE
    table = np.concatenate([np.zeros((0, len(WEEK)), dtype=np.bool_), *weekdays])
    return Services(
        number=len(names),
        service=service[weekly],
        begins=begins[weekly],
        ends=ends[weekly],
        weekdays=table[weekly],
        changed=changed[special],
        day=day[special],
        runs=kind[special] == ADDED,
    )


def _frequencies(archive: Archive, trips: pa.Array) -> Frequencies:
    rows = _rows(archive, FREQUENCIES)
    return Frequencies(
        trip=_joined((r.among("trip_id", trips) for r in rows), np.int32),
        start=_joined((r.seconds("start_time") for r in rows), np.int32),
        end=_joined((r.seconds("end_time") for r in rows), np.int32),
        headway=_joined((r.whole("headway_secs", range(1, 86_401)) for r in rows), np.int32),
    )


def _transfers(archive: Archive, stops: pa.Array) -> Transfers:
    """The changes between stops that hold whatever line one comes with."""
    rows = _rows(archive, TRANSFERS)
    parts = [_changes(r, stops) for r in rows]
    return Transfers(
        origin=_joined((part.origin for part in parts), np.int32),
        target=_joined((part.target for part in parts), np.int32),
        seconds=_joined((part.seconds for part in parts), np.int32),
    )


def _changes(rows: Rows, stops: pa.Array) -> Transfers:
    kind = rows.whole("transfer_type", range(6), blank=0)
    told = rows.whole("min_transfer_time", range(LONGEST_CHANGE + 1), blank=UNTOLD)
    seconds = np.where(kind == TOLD, told, UNTOLD)
    seconds = np.where(kind == NOT_POSSIBLE, FORBIDDEN, seconds).astype(np.int32)
    origin = rows.among("from_stop_id", stops, needed=False)
    target = rows.among("to_stop_id", stops, needed=False)
    general = (origin != NONE) & (target != NONE) & ~np.isin(kind, OF_TRIPS)
    for name in PARTICULAR:
        general &= np.asarray(pc.equal(rows.text(name, needed=False), ""))
    return Transfers(origin=origin[general], target=target[general], seconds=seconds[general])


def _ids(rows: Sequence[Rows], column: str) -> pa.Array:
    """The ids of a table; one that stands there twice is a fault."""
    ids = _together(r.text(column) for r in rows)
    if pc.count_distinct(ids).as_py() < len(ids):
        again = _positions(ids, ids) != np.arange(len(ids))
        _refuse(rows, column, again, FaultCode.DUPLICATE)
    return ids


def _refuse(rows: Sequence[Rows], column: str, wrong: Masks, code: FaultCode) -> None:
    """A fault in each of these rows of a table."""
    start = 0
    for part in rows:
        part.refuse(column, wrong[start : start + part.number], code)
        start += part.number


def _positions(ids: pa.Array, names: pa.Array) -> Ints:
    """Where each id first stands among the names; ``NONE`` where it does not."""
    found: Ints = pc.fill_null(pc.index_in(ids, value_set=names), NONE).to_numpy()
    return found.astype(np.int32)


def _together(parts: Iterable[pa.Array]) -> pa.Array:
    return pa.concat_arrays([pa.array([], pa.string()), *parts])


def _joined(parts: Iterable[npt.NDArray[np.generic]], kind: type[Scalar]) -> npt.NDArray[Scalar]:
    """The arrays one after the other, as one of this kind."""
    return np.concatenate([np.zeros(0, dtype=kind), *(part.astype(kind) for part in parts)])
