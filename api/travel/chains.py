"""The sources that a build asks, one after the other, and the day that it asks for."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import Self

from api import travel
from api.travel import ServerProvider
from api.travel.build import NO_FAILURES, Asked
from api.travel.troubles import Trouble
from matcher.travel.contract import MORNING, TravelProvider
from matcher.travel.estimate import Curves
from matcher.travel.gtfs import Feed, GtfsProvider, running
from matcher.travel.sources import Chain, EstimateProvider

USUAL_ORDER = ("gtfs", "motis", "otp", "valhalla", "osrm", "estimate")
"""The best first; the estimate, which always knows, last."""
TUESDAY = 1
WEEKS = 60
"""So many weeks from the plan date on a timetable is searched for a Tuesday."""
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, eq=False, kw_only=True)
class Sources:
    """Everything that may be asked; ``servers`` by name. Used as a context: servers are closed."""

    curves: Curves
    feed: Feed | None
    servers: Mapping[str, ServerProvider]

    def __enter__(self) -> Self:
        """The same."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections to the servers."""
        with ExitStack() as stack:
            for server in self.servers.values():
                stack.callback(server.close)

    def asked(self, order: Sequence[str], now: datetime) -> Asked:
        """A chain of these sources in this order.

        Args:
            order: names of sources that there are.
            now: when the estimate is asked.
        """
        chain: list[TravelProvider] = []
        whom: list[str] = []
        for name in order:
            if name == "estimate":
                chain.append(EstimateProvider(now=now, curves=self.curves))
                whom.append(f"{name}/{self.curves.name}")
            elif name == "gtfs" and self.feed is not None:
                chain.append(GtfsProvider(self.feed, lambda: now))
                whom.append(f"{name}/{self.feed.digest[:8]}")
            else:
                chain.append(self.servers[name])
                whom.append(name)
        return Asked(source=Chain(tuple(chain)), whom=",".join(whom), failures=self._failures)

    def troubles(self) -> dict[str, dict[Trouble, int]]:
        """For each server that failed how many journeys it could not tell, by the reason."""
        found = {}
        for name, server in self.servers.items():
            failed = Counter(
                {why: number for why, number in server.troubles.items() if why not in NO_FAILURES}
            )
            if failed:
                found[name] = dict(sorted(failed.items()))
        return found

    def _failures(self) -> int:
        return sum(sum(failed.values()) for failed in self.troubles().values())


class SourcesError(Exception):
    """Sources that cannot be asked.

    Args:
        code: ``source_unknown``, ``source_twice``, ``source_not_given``, ``source_not_asked``,
            ``address`` or ``no_times``.
        source: which, where it is one of ``USUAL_ORDER``; what was given is not repeated.
    """

    def __init__(self, code: str, source: str = "") -> None:
        """Keep what is said."""
        super().__init__(code, source)
        self.code, self.source = code, source


def ordered(names: str | None, given: Collection[str]) -> tuple[str, ...]:
    """The names of the sources to ask, in order; the estimate is always there.

    Args:
        names: as somebody wrote them, ``gtfs,estimate``; None: the usual order.
        given: the sources that there are. Each is asked.

    Raises:
        SourcesError: one is unknown, named twice, not there, or there and not named.
    """
    there = {*given, "estimate"}
    if names is None:
        return tuple(name for name in USUAL_ORDER if name in there)
    order = tuple(name.strip() for name in names.split(","))
    if len(set(order)) < len(order):
        raise SourcesError("source_twice")
    for name in order:
        if name not in USUAL_ORDER:
            raise SourcesError("source_unknown")
        if name not in there:
            raise SourcesError("source_not_given", name)
    for name in given:
        if name not in order:
            raise SourcesError("source_not_asked", name)
    return order


def deadlines(written: str | None) -> tuple[time, ...]:
    """The times of the day to be there by, ascending, each once.

    Args:
        written: as somebody wrote them, ``08:00,08:10``; None: those of a morning.

    Raises:
        SourcesError: one of them is no time (``no_times``).
    """
    if written is None:
        return MORNING
    texts = {text.strip() for text in written.split(",")}
    if not all(_TIME.fullmatch(text) for text in texts):
        raise SourcesError("no_times")
    return tuple(time.fromisoformat(text) for text in sorted(texts))


def servers_at(addresses: Mapping[str, str | None]) -> dict[str, ServerProvider]:
    """The servers of one's own at these addresses, by the name of the source.

    Raises:
        SourcesError: an address is none, or that of a public server (``address``).
    """
    at = {}
    for name, url in addresses.items():
        try:
            at[name] = None if url is None else travel.Server(base_url=url)
        except ValueError:
            raise SourcesError("address", name) from None
    motis, otp, valhalla, osrm = (at[name] for name in ("motis", "otp", "valhalla", "osrm"))
    settings = travel.TravelSettings(
        motis=None if motis is None else travel.MotisSettings(server=motis),
        otp=None if otp is None else travel.OtpSettings(server=otp),
        valhalla=None if valhalla is None else travel.ValhallaSettings(server=valhalla),
        osrm=None if osrm is None else travel.OsrmSettings(walk=osrm),
    )
    return travel.providers(settings)


def next_tuesday(day: date, feed: Feed | None = None) -> date | None:
    """The first Tuesday on or after a day; of a timetable, the first on which anything runs.

    Returns:
        None where the timetable has none within 60 weeks.
    """
    first = day + timedelta(days=(TUESDAY - day.weekday()) % 7)
    if feed is None:
        return first
    weeks = (first + timedelta(weeks=week) for week in range(WEEKS))
    return next((tuesday for tuesday in weeks if _runs(feed, tuesday)), None)


def _runs(feed: Feed, day: date) -> bool:
    """Whether any trip begins on a day."""
    return bool(running(feed.services, day.toordinal())[feed.trips.service].any())
