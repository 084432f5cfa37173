"""The sources that a build asks, one after the other, and the day that it asks for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Self

from api.travel import ServerProvider
from api.travel.build import NO_FAILURES, Asked
from api.travel.troubles import Trouble
from matcher.travel.contract import TravelProvider
from matcher.travel.estimate import Curves
from matcher.travel.gtfs import Feed, GtfsProvider, running
from matcher.travel.sources import Chain, EstimateProvider

USUAL_ORDER = ("gtfs", "motis", "otp", "valhalla", "osrm", "estimate")
"""The best first; the estimate, which always knows, last."""
TUESDAY = 1
WEEKS = 60
"""So many weeks from the plan date on a timetable is searched for a Tuesday."""


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
