"""A timetable feed as columns: stops, trips, their calls, on which days, and changes between.

Positions are those of the rows in the feed. Wheelchair flags are 1 yes, 2 no, 0 unknown; a stop
without one has that of its station. Times are seconds of the service day, and pass 86,400.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from matcher.travel.gtfs.values import NONE, Floats, Ints, Masks

Bytes = npt.NDArray[np.uint8]

FORBIDDEN = -1
"""The seconds of a change that is not possible."""
UNTOLD = -2
"""The seconds of a change that is possible, and takes what the walk takes."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Stops:
    """All of shape (stops,). ``station``: the position of the parent, or ``NONE``.

    ``names`` for people, "" where there is none.

    ``latitude`` and ``longitude`` in degrees; not a number where there is none. ``step_free``:
    whether a wheelchair can board, 0 to 2.
    """

    ids: pa.Array
    names: pa.Array
    latitude: Floats
    longitude: Floats
    station: Ints
    step_free: Bytes


@dataclass(frozen=True, eq=False, kw_only=True)
class Trips:
    """All of shape (trips,), but ``first``: (trips + 1,) where the calls of each begin.

    ``service``: a position among the services. ``step_free``: 0 to 2.
    """

    ids: pa.Array
    service: Ints
    step_free: Bytes
    first: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Calls:
    """Where the trips stop, trip by trip in order: all of shape (calls,).

    ``arrival`` and ``departure`` in seconds; no call is without times, and none goes back.
    ``boards`` and ``alights``: whether one can.
    """

    stop: Ints
    arrival: Ints
    departure: Ints
    boards: Masks
    alights: Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Services:
    """The days of the services.

    By the week: ``service``, ``begins`` and ``ends`` (rows,) as days of the calendar, both
    included, ``weekdays`` (rows, 7) from Monday. ``changed``, ``day`` and ``runs`` (exceptions,):
    on this day this service runs, or does not, whatever the week says.
    """

    number: int
    service: Ints
    begins: Ints
    ends: Ints
    weekdays: Masks
    changed: Ints
    day: Ints
    runs: Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Frequencies:
    """Trips that are repeated: all of shape (rows,), seconds; ``end`` is not included."""

    trip: Ints
    start: Ints
    end: Ints
    headway: Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Transfers:
    """Changes between stops, or all stops of stations: all of shape (rows,).

    ``seconds`` it takes, ``FORBIDDEN`` or ``UNTOLD``.
    """

    origin: Ints
    target: Ints
    seconds: Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Feed:
    """All of a feed that the router needs. ``digest``: SHA-256 of its zip file, in hexadecimal.

    ``zone``: the time zone whose clock its days and times go by.
    """

    digest: str
    zone: ZoneInfo
    stops: Stops
    trips: Trips
    calls: Calls
    services: Services
    frequencies: Frequencies
    transfers: Transfers


def running(services: Services, day: int) -> Masks:
    """(services,) which run on a day of the calendar: by the week, then by the exceptions."""
    within = (services.begins <= day) & (day <= services.ends)
    weekly = within & services.weekdays[:, (day - 1) % 7]
    found = np.zeros(services.number, dtype=np.bool_)
    found[services.service[weekly]] = True
    today = services.day == day
    found[services.changed[today]] = services.runs[today]
    return found


def inherited(own: Bytes, station: Ints) -> Bytes:
    """(stops,) flags, where an unknown one is that of the station."""
    parent = np.where(station == NONE, 0, own[station]).astype(np.uint8)
    return np.where(own == 0, parent, own).astype(np.uint8)
