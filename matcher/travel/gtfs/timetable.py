"""The timetable of one day: its rides in the hours that matter, and the walks between them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from matcher.travel.gtfs.feed import Bytes, Feed, Frequencies, Trips, running
from matcher.travel.gtfs.scan import ALIGHT, BOARD, NOT_REFUSED, STEP_FREE, Connections
from matcher.travel.gtfs.values import Masks
from matcher.travel.gtfs.walking import Footpaths, coordinates, footpaths

Wide = npt.NDArray[np.int64]

DAY_SECONDS = 86_400
YES, NO = 1, 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Timetable:
    """What runs on a day, between two of its seconds.

    ``stops`` (served,): the positions in the feed of those that are served then; all else counts
    by positions among them. ``tree``: the same stops in space. ``runs``: whether any trip begins
    on the day at all, at whatever hour.
    """

    day: date
    stops: Wide
    tree: cKDTree
    connections: Connections
    walks: Footpaths
    runs: bool


@dataclass(frozen=True, eq=False)
class _Runs:
    """Trips as they run: positions in the feed, and seconds to be added; both (runs,)."""

    trip: Wide
    shift: Wide


def lay_out(feed: Feed, day: date, earliest: int, latest: int) -> Timetable:
    """The timetable of a day between two seconds of it, both included.

    Trips of the day before that run past midnight are part of it.
    """
    today = _of_day(feed, day.toordinal(), 0)
    before = _of_day(feed, day.toordinal() - 1, -DAY_SECONDS)
    runs = _Runs(
        np.concatenate([before.trip, today.trip]), np.concatenate([before.shift, today.shift])
    )
    runs = _between(feed, runs, earliest, latest)
    call, run = _rides(feed.trips, runs)
    departure = feed.calls.departure[call] + runs.shift[run]
    arrival = feed.calls.arrival[call + 1] + runs.shift[run]
    matters = (departure >= earliest) & (arrival <= latest)
    call, run = call[matters], run[matters]
    departure, arrival = departure[matters], arrival[matters]
    order = np.lexsort((arrival, departure))
    call, run = call[order], run[order]
    ends = np.stack([feed.calls.stop[call], feed.calls.stop[call + 1]])
    served, positions = np.unique(ends, return_inverse=True)
    origin, target = positions.reshape(2, -1).astype(np.int32)
    at = coordinates(feed.stops.latitude[served], feed.stops.longitude[served])
    return Timetable(
        day=day,
        stops=served.astype(np.int64),
        tree=cKDTree(at),
        connections=Connections(
            origin,
            target,
            departure[order].astype(np.int32),
            arrival[order].astype(np.int32),
            run.astype(np.int32),
            _rights(feed, call, runs.trip[run]),
        ),
        walks=footpaths(at, feed.stops, feed.transfers, served.astype(np.int64)),
        runs=len(today.trip) > 0,
    )


def _of_day(feed: Feed, day: int, shift: int) -> _Runs:
    """The trips that begin on a day; those with a frequency as often as they run."""
    runs = running(feed.services, day)[feed.trips.service]
    runs &= np.diff(feed.trips.first) > 1
    repeated, shifts = _repeated(feed.frequencies, feed, runs)
    runs[feed.frequencies.trip] = False
    once = np.flatnonzero(runs)
    return _Runs(
        np.concatenate([once, repeated]),
        np.concatenate([np.zeros(len(once), dtype=np.int64), shifts]) + shift,
    )


def _repeated(table: Frequencies, feed: Feed, runs: Masks) -> tuple[Wide, Wide]:
    """Which trips run by frequency, and (runs,) how much later than their calls say."""
    rows = np.flatnonzero(runs[table.trip] & (table.end > table.start))
    start, headway = table.start[rows].astype(np.int64), table.headway[rows]
    counts = -(-(table.end[rows] - start) // headway)
    of_row = np.repeat(np.arange(len(rows)), counts)
    number = np.arange(len(of_row)) - np.repeat(np.cumsum(counts) - counts, counts)
    trip = table.trip[rows].astype(np.int64)
    begins = feed.calls.departure[feed.trips.first[trip]]
    return trip[of_row], (start - begins)[of_row] + number * headway[of_row]


def _between(feed: Feed, runs: _Runs, earliest: int, latest: int) -> _Runs:
    """The runs that are under way at some time between two seconds."""
    first, last = feed.trips.first[runs.trip], feed.trips.first[runs.trip + 1] - 1
    begins = feed.calls.departure[first] + runs.shift
    ends = feed.calls.arrival[last] + runs.shift
    matters = (begins <= latest) & (ends >= earliest)
    return _Runs(runs.trip[matters], runs.shift[matters])


def _rides(trips: Trips, runs: _Runs) -> tuple[Wide, Wide]:
    """From each call but the last of each run: the call, and the run; in the order of the trip."""
    first = trips.first[runs.trip]
    counts = trips.first[runs.trip + 1] - first - 1
    run = np.repeat(np.arange(len(counts)), counts)
    step = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[run] + step, run


def _rights(feed: Feed, call: Wide, trip: Wide) -> Bytes:
    """(connections,) who may board and alight: see ``Connections``."""
    calls, flags = feed.calls, feed.stops.step_free
    rights = np.zeros(len(call), dtype=np.uint8)
    ends = ((BOARD, call, calls.boards[call]), (ALIGHT, call + 1, calls.alights[call + 1]))
    for right, at, may in ends:
        vehicle, stop = feed.trips.step_free[trip], flags[calls.stop[at]]
        known = (vehicle == YES) & (stop == YES)
        refused = (vehicle == NO) | (stop == NO)
        rights |= np.where(may, right, 0).astype(np.uint8)
        rights |= np.where(may & ~refused, right << NOT_REFUSED, 0).astype(np.uint8)
        rights |= np.where(may & known, right << STEP_FREE, 0).astype(np.uint8)
    return rights
