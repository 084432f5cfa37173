"""A single journey, to show the one that was chosen (en resa): when to leave, when one is there.

These come from public services that see both places. They are asked for one journey that somebody
looks at, never for a table, and never for a person with protected identity; the caller sees to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from math import ceil

from api.travel.calls import Caller
from api.travel.shapes import mapping
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import STOCKHOLM, Point
from matcher.travel.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A part of a trip: a ride, or a way on foot. ``None`` where the service does not tell.

    ``line`` is what the ride is called, ``towards`` where it goes; ``start`` and ``end`` are the
    names of the stops. The times are of the timetable.
    """

    ride: bool
    line: str | None = None
    towards: str | None = None
    start: str | None = None
    end: str | None = None
    departure: datetime | None = None
    arrival: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a service knows of one journey.

    ``minutes`` only with ``Reach.MINUTES``, whole, rounded up. The times are of the timetable,
    without delays; ``None`` where the service does not tell them. ``legs``: its parts in order.
    """

    reach: Reach
    source: str
    computed_at: datetime
    minutes: int | None = None
    transfers: int | None = None
    departure: datetime | None = None
    arrival: datetime | None = None
    trouble: Trouble | None = None
    legs: tuple[Leg, ...] = ()

    def __post_init__(self) -> None:
        if (self.minutes is not None) != (self.reach is Reach.MINUTES):
            raise ValueError("minutes are given when the journey is known, and only then")
        if (self.trouble is not None) != (self.reach is Reach.UNKNOWN):
            raise ValueError("a trouble is told when the journey is unknown, and only then")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One of the trips a service offers, before one is chosen; a time is told or not."""

    seconds: float
    transfers: int | None
    departure: datetime | None
    arrival: datetime | None
    legs: tuple[Leg, ...]


Ask = Callable[[Point, Point, datetime], Mapping[str, str | int | float]]
"""The question from an origin to a site, to be there by a time of Stockholm."""
Read = Callable[[dict[str, object], int], Sequence[Trip] | None]
"""The trips that an answer with its status offers; ``None``: there is no way.

May raise ``CallFailedError``.
"""


@dataclass(frozen=True, eq=False, kw_only=True)
class JourneySource:
    """A service that is asked for one journey at ``path``; never a source for a table. Close it.

    ``ask`` may hold a key.
    """

    name: str
    caller: Caller
    path: str
    ask: Ask = field(repr=False)
    read: Read = field(repr=False)

    def close(self) -> None:
        """Close the connections."""
        self.caller.close()

    def journey(self, origin: Point, site: Point, arrive_by: datetime) -> Journey:
        """The journey that leaves last and is there in time; unknown where that cannot be known.

        Args:
            origin: an area's, a locality's or a stop's point.
            site: where to.
            arrive_by: with its zone.

        Raises:
            ValueError: the time has no zone: it could be an hour off.
        """
        if arrive_by.tzinfo is None:
            raise ValueError("arrive_by needs its zone")
        found = partial(Journey, source=self.name, computed_at=self.caller.clock.now())
        query = self.ask(origin, site, arrive_by.astimezone(STOCKHOLM))
        try:
            reply = self.caller.get(self.path, query)
            trips = self.read(mapping(reply.body), reply.status)
            if trips is None:
                return found(reach=Reach.UNREACHABLE)
            trip = _chosen(trips, arrive_by)
        except CallFailedError as failed:
            return found(reach=Reach.UNKNOWN, trouble=failed.trouble)
        return found(
            reach=Reach.MINUTES,
            minutes=ceil(round(trip.seconds, 3) / 60),
            transfers=trip.transfers,
            departure=trip.departure,
            arrival=trip.arrival,
            legs=trip.legs,
        )


def _chosen(trips: Sequence[Trip], arrive_by: datetime) -> Trip:
    """The trip in time that leaves last; where no times are told, the shortest.

    Raises:
        CallFailedError: none of them is in time; there may be others.
    """
    fits = [trip for trip in trips if trip.arrival is None or trip.arrival <= arrive_by]
    if not fits:
        raise CallFailedError(Trouble.OUTSIDE if trips else Trouble.BROKEN_ANSWER)
    long_ago = datetime.min.replace(tzinfo=UTC)
    return max(fits, key=lambda one: (one.departure or long_ago, -one.seconds))
