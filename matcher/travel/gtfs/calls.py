"""The calls of the trips (``stop_times.txt``), the one table of a feed that is large.

A blank time lies between the nearest known ones before and after it: in the proportion of the
distances told (``shape_dist_traveled``), or evenly where they are not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from matcher.errors import FaultCode
from matcher.travel.gtfs.faults import Faults
from matcher.travel.gtfs.feed import Calls, Stops
from matcher.travel.gtfs.tables import Archive, Shape
from matcher.travel.gtfs.values import HEADER_ROW, NONE, Floats, Ints, Masks, Rows

Wide = npt.NDArray[np.int64]

CALLS = Shape(
    name="stop_times.txt",
    needed=("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"),
    welcome=("pickup_type", "drop_off_type", "shape_dist_traveled"),
)
NOT_POSSIBLE = 1
"""Of ``pickup_type`` and ``drop_off_type``; a stop on demand is a stop."""
FARTHEST = 1_000_000_000


@dataclass(frozen=True, eq=False)
class _Raw:
    """Calls as they stand in the table: all of shape (rows,)."""

    trip: Ints
    sequence: Ints
    stop: Ints
    arrival: Ints
    departure: Ints
    boards: Masks
    alights: Masks
    along: Floats
    row: Wide


def read_calls(
    archive: Archive, stops: Stops, trips: pa.Array, faults: Faults
) -> tuple[Calls, Wide]:
    """The calls of all trips in their order, and (trips + 1,) where those of each begin.

    Nothing is made of them where something was wrong before or is wrong now; then the faults
    tell it.
    """
    empty = np.zeros(0, dtype=np.int32)
    nothing = Calls(
        stop=empty, arrival=empty, departure=empty, boards=empty > 0, alights=empty > 0
    )
    first = np.zeros(len(trips) + 1, dtype=np.int64)
    if not archive.has(CALLS):
        archive.miss(CALLS)
        return nothing, first
    before = len(faults)
    blocks = [_block(rows, stops.ids, trips) for rows in archive.rows(CALLS)]
    if before or len(faults) or not blocks:
        return nothing, first
    raw = _in_order(_all(blocks))
    first[1:] = np.cumsum(np.bincount(raw.trip, minlength=len(trips)))
    _check_order(raw, stops, faults)
    if len(faults):
        return nothing, first
    arrival, departure = _timed(raw, faults)
    calls = Calls(
        stop=raw.stop,
        arrival=arrival,
        departure=departure,
        boards=raw.boards,
        alights=raw.alights,
    )
    return calls, first


def _block(rows: Rows, stops: pa.Array, trips: pa.Array) -> _Raw:
    """One block of the table. A call with one time has it for both."""
    arrival = rows.seconds("arrival_time", needed=False)
    departure = rows.seconds("departure_time", needed=False)
    return _Raw(
        rows.among("trip_id", trips),
        rows.whole("stop_sequence", range(1_000_000_000)),
        rows.among("stop_id", stops),
        np.where(arrival == NONE, departure, arrival),
        np.where(departure == NONE, arrival, departure),
        rows.whole("pickup_type", range(4), blank=0) != NOT_POSSIBLE,
        rows.whole("drop_off_type", range(4), blank=0) != NOT_POSSIBLE,
        rows.number_of("shape_dist_traveled", FARTHEST),
        rows.first + np.arange(rows.number, dtype=np.int64),
    )


def _all(blocks: list[_Raw]) -> _Raw:
    """The blocks together, column by column."""
    names = tuple(_Raw.__dataclass_fields__)
    return _Raw(*(np.concatenate([getattr(block, name) for block in blocks]) for name in names))


def _in_order(raw: _Raw) -> _Raw:
    """The calls trip by trip, in their order; most feeds are so already."""
    key = raw.trip.astype(np.int64) * 1_000_000_000 + raw.sequence
    if not (np.diff(key) < 0).any():
        return raw
    order = np.argsort(key, kind="stable")
    return _Raw(*(getattr(raw, name)[order] for name in _Raw.__dataclass_fields__))


def _check_order(raw: _Raw, stops: Stops, faults: Faults) -> None:
    """Two calls of the same number; ends of a trip without a time; stops without a place."""
    same = raw.trip[1:] == raw.trip[:-1]
    again = np.flatnonzero(same & (raw.sequence[1:] == raw.sequence[:-1])) + 1
    _tell(faults, raw.row[again], "stop_sequence", FaultCode.DUPLICATE)
    ends = np.ones(len(raw.trip) + 1, dtype=np.bool_)
    ends[1:-1] = ~same
    blank = np.flatnonzero((ends[1:] | ends[:-1]) & (raw.arrival == NONE))
    _tell(faults, raw.row[blank], "arrival_time", FaultCode.VALUE_MISSING)
    nowhere = np.isnan(stops.latitude) | np.isnan(stops.longitude)
    lost = np.unique(raw.stop[nowhere[raw.stop]])
    for stop in lost.tolist():
        faults.add(FaultCode.VALUE_MISSING, "stops.txt", HEADER_ROW + 1 + stop, "stop_lat")


def _timed(raw: _Raw, faults: Faults) -> tuple[Ints, Ints]:
    """(calls,) arrivals and departures, blank ones filled in; going back in time is a fault."""
    arrival, departure = raw.arrival.copy(), raw.departure.copy()
    blank = np.flatnonzero(arrival == NONE)
    if len(blank):
        arrival[blank] = departure[blank] = _between(raw, blank)
    same = raw.trip[1:] == raw.trip[:-1]
    back = departure < arrival
    back[1:] |= same & (arrival[1:] < departure[:-1])
    _tell(faults, raw.row[np.flatnonzero(back)], "arrival_time", FaultCode.TIME_ORDER)
    return arrival, departure


def _between(raw: _Raw, blank: Wide) -> Ints:
    """(blank,) seconds between the known times before and after.

    With p and q the known calls around i, and x the distance, or the number of the call:

        t_i = departure_p + (arrival_q - departure_p) (x_i - x_p) / (x_q - x_p)
    """
    known = np.flatnonzero(raw.arrival != NONE)
    after = np.searchsorted(known, blank)
    p, q = known[after - 1], known[after]
    falls = np.zeros(len(raw.along), dtype=np.int64)
    falls[1:] = np.cumsum(~(raw.along[1:] >= raw.along[:-1]))
    length = raw.along[q] - raw.along[p]
    told = (falls[q] == falls[p]) & (length > 0)
    share = (blank - p) / (q - p)
    share[told] = (raw.along[blank] - raw.along[p])[told] / length[told]
    times: Ints = raw.departure[p] + np.floor((raw.arrival[q] - raw.departure[p]) * share)
    return times.astype(np.int32)


def _tell(faults: Faults, rows: Wide, column: str, code: FaultCode) -> None:
    """A fault in each of these rows."""
    told = rows[: faults.room]
    for row in told.tolist():
        faults.add(code, CALLS.name, row, column)
    faults.skip(len(rows) - len(told))
