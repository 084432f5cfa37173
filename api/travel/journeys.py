"""A single journey, to show the one that was chosen (en resa): when to leave, when one is there.

These come from public services that see both places. They are asked for one journey that somebody
looks at, never for a table, and never for a person with protected identity; the caller sees to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Protocol

from api.travel.troubles import Trouble
from matcher.travel.contract import Point
from matcher.travel.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a service knows of one journey.

    ``minutes`` only with ``Reach.MINUTES``, whole, rounded up. The times are of the timetable,
    without delays; ``None`` where the service does not tell them.
    """

    reach: Reach
    source: str
    computed_at: datetime
    minutes: int | None = None
    transfers: int | None = None
    departure: datetime | None = None
    arrival: datetime | None = None
    trouble: Trouble | None = None

    def __post_init__(self) -> None:
        if (self.minutes is not None) != (self.reach is Reach.MINUTES):
            raise ValueError("minutes are given when the journey is known, and only then")
        if (self.trouble is not None) != (self.reach is Reach.UNKNOWN):
            raise ValueError("a trouble is told when the journey is unknown, and only then")


class JourneySource(Protocol):
    """A service that is asked for one journey."""

    @property
    def name(self) -> str:
        """What settings call it."""

    def journey(self, origin: Point, site: Point, arrive_by: datetime) -> Journey:
        """The journey that is there in time. Never raises for what it cannot know.

        Args:
            origin: an area's, a locality's or a stop's point.
            site: where to.
            arrive_by: aware.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One of the trips a service offers, before one is chosen; a time is told or not."""

    seconds: float
    transfers: int | None
    departure: datetime | None
    arrival: datetime | None


class Clerk:
    """Writes down the journeys of one service."""

    def __init__(self, source: str, now: datetime) -> None:
        """Remember whose answer it is and when it was given."""
        self._source = source
        self._now = now

    def choose(self, trips: Sequence[Trip], arrive_by: datetime) -> Journey:
        """The trip in time that leaves last; where no times are told, the shortest.

        No trip in time among those offered makes the journey unknown: there may be others.
        """
        fits = [trip for trip in trips if trip.arrival is None or trip.arrival <= arrive_by]
        if not fits:
            return self.unknown(Trouble.OUTSIDE if trips else Trouble.BROKEN_ANSWER)
        long_ago = datetime.min.replace(tzinfo=UTC)
        trip = max(fits, key=lambda one: (one.departure or long_ago, -one.seconds))
        return Journey(
            reach=Reach.MINUTES,
            source=self._source,
            computed_at=self._now,
            minutes=ceil(round(trip.seconds, 3) / 60),
            transfers=trip.transfers,
            departure=trip.departure,
            arrival=trip.arrival,
        )

    def unreachable(self) -> Journey:
        """The service was asked and knows no way."""
        return Journey(reach=Reach.UNREACHABLE, source=self._source, computed_at=self._now)

    def unknown(self, trouble: Trouble) -> Journey:
        """The service could not say."""
        return Journey(
            reach=Reach.UNKNOWN, source=self._source, computed_at=self._now, trouble=trouble
        )


def check_aware(moment: datetime) -> None:
    """Refuse a time without a zone: it could be an hour off.

    Raises:
        ValueError: it has none.
    """
    if moment.tzinfo is None:
        raise ValueError("arrive_by needs its zone")
