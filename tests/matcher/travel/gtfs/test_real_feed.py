"""A real timetable: Tampere, against answers of other engines (``shared/data/tampere``)."""

import csv
import os
from collections import defaultdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import pytest

from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.gtfs import GtfsProvider, lay_out, read, scan
from matcher.travel.gtfs.feed import Feed
from matcher.travel.gtfs.walking import Access, Footpaths

FOLDER = os.environ.get("STEGET_TEST_FEED")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(FOLDER is None, reason="STEGET_TEST_FEED names no folder with a real feed"),
]
DAY = date(2022, 1, 18)
EIGHT, NOON = 8 * 3600, 12 * 3600


@pytest.fixture(scope="module")
def feed() -> Feed:
    """The feed of Tampere."""
    return read(Path(FOLDER) / "tampere.zip")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of answers."""
    with (Path(FOLDER) / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_counts(feed: Feed) -> None:
    """The day has 40,269 rides, and 20,684 of them from 06:00 to 09:00."""
    assert len(lay_out(feed, DAY, 0, 2 * 86_400).connections.trip) == 40_269
    assert len(lay_out(feed, DAY, 6 * 3600, 9 * 3600).connections.trip) == 20_684


def test_rides_without_walking(feed: Feed) -> None:
    """30 stops to 1,141 from 08:00: the first arrival is the first that one can leave 08:00 for.

    To be there then one can leave at 08:00 or later, to be there a second before one cannot. Who
    is not there at noon cannot be. All 34,230 pairs agree.
    """
    table = lay_out(feed, DAY, EIGHT, NOON)
    number = len(table.stops)
    none = np.zeros(0, dtype=np.int32)
    walks = Footpaths(np.zeros(number, np.int32), np.zeros(number + 1, np.int64), none, none)
    ids = feed.stops.ids.to_pylist()
    at = {ids[stop]: place for place, stop in enumerate(table.stops.tolist())}
    asked = defaultdict(list)
    for row in rows("stop_pairs_0800.csv"):
        asked[row["to_stop_id"], row["seconds"]].append(row["from_stop_id"])
    different = []
    for (site, seconds), origins in asked.items():
        near = np.array([at[site]] if site in at else [], dtype=np.int32)
        access = Access(np.array([0, len(near)]), near, np.zeros(len(near), dtype=np.int32))
        deadline = EIGHT + int(seconds) if seconds else NOON + 1
        then, before = (
            scan.latest(table.connections, walks, access, (EIGHT, end), scan.ANY) >= at_eight
            for end in (deadline, deadline - 1)
        )
        late = set(np.flatnonzero(before).tolist())
        for origin in origins:
            place = at.get(origin)
            possible = place is not None and bool(then[place]), place in late
            if possible != (bool(seconds), False):
                different.append((origin, site, seconds))
    assert different == []
    assert sum(map(len, asked.values())) == 34_230


at_eight = EIGHT << scan.TIME_BITS
"""Labels of who can leave at 08:00 or later are no smaller."""


def test_door_to_door_by_nine(feed: Feed) -> None:
    """Against real streets, of 2,450 pairs: bias 2.3, mean error 4.2, 90 % within 9.6 minutes.

    That is of exact seconds from exact points. Whole minutes, rounded up, and points rounded to
    three decimals make it 3.0, 4.7 and 10.4.
    """
    points = [
        Point(latitude=float(row["latitude"]), longitude=float(row["longitude"]))
        for row in rows("points.csv")
    ]
    source = GtfsProvider(feed, lambda: datetime.now(UTC))
    real = defaultdict(dict)
    for row in rows("door_to_door.csv"):
        if row["arrive_0900_s"]:
            pair = int(row["origin"]), int(row["destination"])
            real[pair[1]][pair[0]] = float(row["arrive_0900_s"]) / 60
    errors = []
    for site, wanted in real.items():
        question = TravelQuestion(
            origins=tuple(points),
            site=points[site],
            mode=Mode.TRANSIT,
            day=DAY,
            deadlines=(time(8),),  # nine in Tampere
        )
        answers = source.to_site(question)
        errors += [answers[origin].minutes - found for origin, found in wanted.items()]
    wrong = np.abs(errors)
    print(f"\n{len(errors)} pairs: bias {np.mean(errors):.2f}, {wrong.mean():.2f}")  # noqa: T201
    assert len(errors) == 2_450
    assert abs(np.mean(errors)) <= 3.2
    assert wrong.mean() <= 4.9
    assert np.percentile(wrong, 90) <= 10.6


def test_a_second_later_is_too_late(feed: Feed) -> None:
    """Latest departures by 09:00 from all stops to three points, looked up by a forward search."""
    table = lay_out(feed, DAY, 6 * 3600, 9 * 3600)
    ends = np.repeat(np.arange(len(table.stops)), np.diff(table.walks.first))
    walks = defaultdict(list)
    pairs = (table.walks.stop.tolist(), ends.tolist(), table.walks.seconds.tolist())
    for origin, target, seconds in zip(*pairs, strict=True):
        walks[origin].append((target, seconds))
    moves = list(zip(*(column.tolist() for column in table.connections[:5]), strict=True))
    rights = table.connections.rights.tolist()
    change = table.walks.change.tolist()
    checked = 0
    for site in (5, 300, 700):
        access = Access(np.array([0, 1]), np.array([site], np.int32), np.array([60], np.int32))
        labels = scan.latest(
            table.connections, table.walks, access, (6 * 3600, 9 * 3600), scan.ANY
        )
        leave = scan.seconds_of(labels).tolist()
        for stop in range(0, len(leave), 12):
            if leave[stop] > 0:
                checked += 1
                for later, possible in ((0, True), (1, False)):
                    arrival = earliest((moves, rights, walks, change), stop, leave[stop] + later)
                    there = arrival[site] + 60 <= 9 * 3600
                    assert there == possible
    assert checked > 200


def earliest(world: tuple[object, ...], origin: int, start: int) -> dict[int, float]:
    """When one gets off at each stop at the earliest, or is there on foot: a forward scan."""
    moves, rights, walks, change = world
    board = defaultdict(lambda: float("inf"), {origin: start})
    off = defaultdict(lambda: float("inf"), {origin: start})
    for target, seconds in walks[origin]:
        board[target] = min(board[target], start + seconds)
    aboard = set()
    for (u, v, dep, arr, trip), right in zip(moves, rights, strict=True):
        if trip not in aboard and not (board[u] <= dep and right & scan.BOARD):
            continue
        aboard.add(trip)
        if right & scan.ALIGHT and arr < off[v]:
            off[v] = arr
            board[v] = min(board[v], arr + change[v])
            for target, seconds in walks[v]:
                board[target] = min(board[target], arr + seconds)
    return off
