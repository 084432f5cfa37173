"""The timetable router: journeys by public transport, from a GTFS feed on disk."""

from matcher.travel.gtfs.feed import Feed, running
from matcher.travel.gtfs.provider import GtfsProvider
from matcher.travel.gtfs.reading import read
from matcher.travel.gtfs.timetable import Timetable, lay_out

__all__ = [
    "Feed",
    "GtfsProvider",
    "Timetable",
    "lay_out",
    "read",
    "running",
]
