"""What every source of travel times answers, whichever it is (restid).

A source is asked for the journeys of many origins to one site, since then no server can see who
asks, and one scan of a timetable serves all. It never raises for what it cannot know: a failing
server, a date without timetable or a point outside its area is *unknown*, never *unreachable*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from matcher.domain import Mode
from matcher.travel.reach import Reach

STOCKHOLM = ZoneInfo("Europe/Stockholm")
"""The clock that days and deadlines go by."""
DECIMALS = 3
"""A point is rounded to so many decimals, about 100 m, before anything is done with it."""
MORNING = tuple(time(8 + at // 6, at % 6 * 10) for at in range(7))
"""The deadlines of a journey: 08:00, 08:10 ... 09:00. The median counts, not a lucky departure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place: an area, a locality or a stop, never a street address. Degrees, WGS 84, rounded.

    Raises:
        ValueError: not on Earth.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004
            raise ValueError("a point has a latitude of -90 to 90 and a longitude of -180 to 180")
        object.__setattr__(self, "latitude", round(self.latitude, DECIMALS))
        object.__setattr__(self, "longitude", round(self.longitude, DECIMALS))


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelQuestion:
    """How long is the journey from each origin to the site, to be there by these times?

    ``deadlines`` are times of ``day`` in Stockholm; the answer is the median over them.
    ``step_free``: only a way without steps will do.
    """

    origins: tuple[Point, ...]
    site: Point
    mode: Mode
    day: date
    deadlines: tuple[time, ...] = MORNING
    step_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelAnswer:
    """What a source knows of one journey.

    ``minutes`` only with ``Reach.MINUTES``: whole, rounded up; 0 is an answer. ``low`` and
    ``high``: the band of an estimate. ``transfers`` and ``walk_minutes`` where they are known, of
    the journey that stands for the median. ``step_free``: ``yes`` or ``no`` only where that is
    known.

    Raises:
        ValueError: minutes without ``Reach.MINUTES``, or the other way round; a time of
            computing without a zone; withheld, which is a rule and no answer.
    """

    reach: Reach
    source: str
    computed_at: datetime
    minutes: int | None = None
    is_estimate: bool = False
    low: int | None = None
    high: int | None = None
    transfers: int | None = None
    walk_minutes: int | None = None
    step_free: Literal["yes", "no", "unknown"] = "unknown"

    def __post_init__(self) -> None:
        if self.reach is Reach.WITHHELD:
            raise ValueError("that a journey is withheld is decided elsewhere")
        if (self.minutes is not None) != (self.reach is Reach.MINUTES):
            raise ValueError("minutes are given when the journey is known, and only then")
        if self.computed_at.tzinfo is None:
            raise ValueError("computed_at needs its zone")


class TravelProvider(Protocol):
    """A source of travel times (källa till restider). ``name`` is what settings call it."""

    @property
    def name(self) -> str:
        """What settings call it."""

    def to_site(self, question: TravelQuestion) -> Sequence[TravelAnswer]:
        """One answer for each origin, in their order. Never raises for what it cannot know."""
