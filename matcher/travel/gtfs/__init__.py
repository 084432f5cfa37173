"""The timetable router: journeys by public transport, from a GTFS feed on disk."""

from matcher.travel.gtfs.faults import FeedCode, FeedError, FeedFault
from matcher.travel.gtfs.feed import Feed
from matcher.travel.gtfs.provider import GtfsProvider
from matcher.travel.gtfs.reading import read
from matcher.travel.gtfs.timetable import Timetable, lay_out

__all__ = [
    "Feed",
    "FeedCode",
    "FeedError",
    "FeedFault",
    "GtfsProvider",
    "Timetable",
    "lay_out",
    "read",
]
