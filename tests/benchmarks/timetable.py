"""The seconds of travel times by a timetable, in a process of its own. Prints one JSON line.

Run as ``python timetable.py FEED``, a zip file that ``feeds.write_feed`` made.
"""

import json
import os
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from matcher.domain import Mode
from matcher.travel.contract import MORNING, Point, TravelQuestion
from matcher.travel.gtfs import GtfsProvider, lay_out, read
from tests.benchmarks.feeds import DAY, some_places
from tests.benchmarks.measure import timed

SITES, ORIGINS, WORKERS = 600, 1_000, 2
HOURS = (4 * 3600, 9 * 3600)


def points(number: int, seed: int) -> tuple[Point, ...]:
    """Places spread over the county."""
    return tuple(
        Point(latitude=latitude, longitude=longitude)
        for latitude, longitude in some_places(number, seed)
    )


def measured(path: Path) -> dict[str, float]:
    """Reading, laying out a day, one site, all sites."""
    feed, reading = timed(lambda: read(path))
    day, laying = timed(lambda: lay_out(feed, DAY, *HOURS))
    whole = lay_out(feed, DAY, 0, 2 * 86_400)
    source = GtfsProvider(feed, lambda: datetime.now(UTC))
    origins = points(ORIGINS, 2)

    def ask(site: Point, deadlines: tuple[time, ...], *, step_free: bool = False) -> int:
        question = TravelQuestion(
            origins=origins,
            site=site,
            mode=Mode.TRANSIT,
            day=DAY,
            deadlines=deadlines,
            step_free=step_free,
        )
        return sum(answer.minutes is not None for answer in source.to_site(question))

    sites = points(SITES, 3)
    ask(sites[0], (time(9),))
    ask(sites[0], MORNING)
    one = [timed(lambda s=site: ask(s, (time(9),)))[1] for site in sites[:60]]
    with ThreadPoolExecutor(WORKERS) as pool:
        found, every = timed(lambda: list(pool.map(lambda s: ask(s, MORNING), sites)))
    free = [timed(lambda s=site: ask(s, MORNING, step_free=True))[1] for site in sites[:20]]
    half, most = np.percentile(one, [50, 95])
    return {
        "stops": len(whole.stops),
        "rides": len(whole.connections.trip),
        "rides in the morning": len(day.connections.trip),
        "read": reading,
        "lay out": laying,
        "one p50": float(half),
        "one p95": float(most),
        "all sites": every,
        "step-free": float(np.median(free)),
        "reached": sum(found) / (SITES * ORIGINS),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "busy": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))  # noqa: T201
