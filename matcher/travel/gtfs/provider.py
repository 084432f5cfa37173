"""Travel times by a timetable: one scan a deadline tells it for all who come to a site."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from matcher.domain import Mode
from matcher.travel.contract import STOCKHOLM, Point, TravelAnswer, TravelQuestion
from matcher.travel.gtfs import scan
from matcher.travel.gtfs.feed import Feed
from matcher.travel.gtfs.timetable import Timetable, lay_out
from matcher.travel.gtfs.values import Floats, Masks
from matcher.travel.gtfs.walking import Access, access, coordinates, of_points, walk_seconds
from matcher.travel.reach import Reach

Wide = npt.NDArray[np.int64]
Steps = npt.NDArray[np.int8]

LONGEST_SECONDS = 4 * 3600
"""A way that takes longer is none, on foot too: no timetable is laid out for it."""
AREA_METRES = 10_000
"""A point farther from every stop is outside the feed's area: nothing is known of it."""
KEPT = 4
"""So many timetables, and so many sets of origins, are kept for the next question."""
TOO_LONG = 1 << 30
"""Stands for the seconds of a journey that is none."""
MINUTE = 60
NOON_SECONDS = 12 * 3600
_KNOWN: Mapping[int, Literal["yes", "no", "unknown"]] = {1: "yes", 0: "unknown", -1: "no"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Journeys:
    """The journeys that stand for the median of the deadlines: all of shape (origins,).

    ``seconds`` to be there, ``TOO_LONG`` where there is no way; ``rides``, 0 all the way on foot;
    ``walked`` in seconds.
    """

    seconds: Wide
    rides: Wide
    walked: Wide


class GtfsProvider:
    """Travel times by a feed (``matcher.travel.contract.TravelProvider``).

    It answers for public transport only. Deadlines are moments: Stockholm's 08:00 is 09:00 in a
    feed of Helsinki. Several threads may ask at once.
    """

    name = "gtfs"

    def __init__(self, feed: Feed, now: Callable[[], datetime]) -> None:
        """By a feed that was read; ``now`` tells the time of computing, with its zone."""
        self._feed = feed
        self._now = now
        self._lock = threading.Lock()
        used = np.unique(feed.calls.stop)
        at = coordinates(feed.stops.latitude[used], feed.stops.longitude[used])
        self._area = cKDTree(at)
        self._timetable = lru_cache(KEPT)(self._laid_out)
        self._origins = lru_cache(KEPT)(self._walks)

    def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
        """One answer for each origin, in their order.

        Unknown by other modes, on a day without trips, and outside the area of the feed.
        """
        source = f"{self.name}/{self._feed.digest[:8]}/{question.day.isoformat()}"
        unknown = TravelAnswer(reach=Reach.UNKNOWN, source=source, computed_at=self._now())
        if question.mode is not Mode.TRANSIT or not question.deadlines or not question.origins:
            return [unknown] * len(question.origins)
        day, deadlines = self._by_the_feed(question)
        with self._lock:  # else two threads lay out the same day
            table = self._timetable(day, deadlines[0], deadlines[-1])
            origins = self._origins(table, question.origins)
        site = of_points([question.site])
        known = origins.inside & self._inside(site)
        if not table.runs or not known.any():
            return [unknown] * len(question.origins)
        straight = walk_seconds(np.linalg.norm(origins.at - site, axis=1)).astype(np.int64)
        search = _Search(table, origins.near, access(site, table.tree), deadlines)
        found, steps = _found(search, straight, step_free=question.step_free)
        return _answers(found, steps, known, unknown)

    def _by_the_feed(self, question: TravelQuestion) -> tuple[date, tuple[int, ...]]:
        """The service day on which the last deadline is, and the seconds of it, ascending.

        The format counts from twelve hours before noon, which is midnight but on the days when
        the clock is changed.
        """
        zone = self._feed.zone
        told = (datetime.combine(question.day, at, STOCKHOLM) for at in question.deadlines)
        moments = sorted(at.astimezone(UTC) for at in told)
        day = moments[-1].astimezone(zone).date()
        noon = datetime.combine(day, time(12), zone).astimezone(UTC)
        return day, tuple(NOON_SECONDS + int((at - noon).total_seconds()) for at in moments)

    def _inside(self, places: Floats) -> Masks:
        """(places,) which are in the area of the feed."""
        near: Masks = np.asarray(self._area.query(places)[0]) <= AREA_METRES
        return near

    def _laid_out(self, day: date, first: int, last: int) -> Timetable:
        return lay_out(self._feed, day, first - LONGEST_SECONDS, last)

    def _walks(self, table: Timetable, origins: tuple[Point, ...]) -> "_Origins":
        at = of_points(origins)
        return _Origins(at, self._inside(at), access(at, table.tree))


@dataclass(frozen=True, eq=False)
class _Origins:
    """Where people come from: (origins, 3) metres, whether in the area, stops on foot."""

    at: Floats
    inside: Masks
    near: Access


@dataclass(frozen=True, eq=False)
class _Search:
    """One question: the timetable, the walks at both ends, the deadlines in seconds."""

    table: Timetable
    origins: Access
    site: Access
    deadlines: tuple[int, ...]

    def rides(self, rights: int) -> Journeys:
        """The median journeys by at least one ride or stop, without those all the way on foot."""
        seconds = np.empty((len(self.deadlines), len(self.origins.first) - 1), dtype=np.int64)
        labels = np.empty_like(seconds)
        for row, deadline in enumerate(self.deadlines):
            span = (deadline - LONGEST_SECONDS, deadline)
            leave = scan.latest(self.table.connections, self.table.walks, self.site, span, rights)
            labels[row] = scan.from_places(leave, self.origins)
            seconds[row] = deadline - scan.seconds_of(labels[row])
        seconds[seconds > LONGEST_SECONDS] = TOO_LONG
        middle = np.argsort(seconds, axis=0, kind="stable")[len(self.deadlines) // 2]
        every = np.arange(seconds.shape[1])
        label = labels[middle, every]
        return Journeys(
            seconds=seconds[middle, every],
            rides=scan.rides_of(label),
            walked=scan.walked_of(label),
        )


def _found(search: _Search, straight: Wide, *, step_free: bool) -> tuple[Journeys, Steps]:
    """The journeys, and what is known of steps: 1 without, -1 with, 0 unknown.

    A way all on foot is no longer by one deadline than by another, so the smaller of it and the
    median is the median of the smaller ones. What the streets are like the feed does not tell:
    no way all on foot is known to be without steps, and none by a stop is shorter than it. Where
    every way in time is known to have steps, such a way is told as what it is: that somebody can
    not take it is for a person to say.

    Args:
        search: the question.
        straight: (origins,) seconds to the site all the way on foot.
        step_free: a way that may be without steps, where there is one.
    """
    anyhow = _or_on_foot(search.rides(scan.ANY), straight)
    if not step_free:
        return anyhow, np.zeros(len(straight), dtype=np.int8)
    found = _or_on_foot(search.rides(scan.NOT_REFUSED), straight)
    sure = search.rides(scan.STEP_FREE)
    better = sure.seconds < straight
    refused = ~better & (found.seconds == TOO_LONG) & (anyhow.seconds < TOO_LONG)
    chosen = _instead(_instead(found, sure, better), anyhow, refused)
    return chosen, better.astype(np.int8) - refused.astype(np.int8)


def _instead(found: Journeys, others: Journeys, where: Masks) -> Journeys:
    """Others, where they are wanted."""
    return Journeys(
        seconds=np.where(where, others.seconds, found.seconds),
        rides=np.where(where, others.rides, found.rides),
        walked=np.where(where, others.walked, found.walked),
    )


def _or_on_foot(found: Journeys, straight: Wide) -> Journeys:
    """Those all the way on foot, where that takes no longer and is not too long."""
    on_foot = (straight <= found.seconds) & (straight <= LONGEST_SECONDS)
    return Journeys(
        seconds=np.where(on_foot, straight, found.seconds),
        rides=np.where(on_foot, 0, found.rides),
        walked=np.where(on_foot, straight, found.walked),
    )


def _answers(
    found: Journeys, steps: Steps, known: Masks, unknown: TravelAnswer
) -> list[TravelAnswer]:
    """Journeys as answers: minutes are rounded up."""
    source, computed_at = unknown.source, unknown.computed_at
    unreachable = TravelAnswer(reach=Reach.UNREACHABLE, source=source, computed_at=computed_at)
    columns = (
        found.seconds < TOO_LONG,
        -(-found.seconds // MINUTE),
        np.maximum(found.rides - 1, 0),
        -(-found.walked // MINUTE),
    )
    rows = zip(known.tolist(), steps.tolist(), *(c.tolist() for c in columns), strict=True)
    return [
        unknown
        if not inside
        else unreachable
        if not there
        else TravelAnswer(
            reach=Reach.MINUTES,
            source=source,
            computed_at=computed_at,
            minutes=minutes,
            transfers=transfers,
            walk_minutes=walked,
            step_free=_KNOWN[free],
        )
        for inside, free, there, minutes, transfers, walked in rows
    ]
