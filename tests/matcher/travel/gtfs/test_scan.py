"""The scan: when must one leave each stop, to be at a site in time."""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.travel.gtfs import Timetable, lay_out, read, scan
from matcher.travel.gtfs.walking import Access
from tests.matcher.loops import in_python
from tests.matcher.travel.gtfs import oracle
from tests.matcher.travel.gtfs.oracle import World, worlds
from tests.matcher.travel.gtfs.small import Table, calls, mini, write

PLAIN = in_python(scan)
DAY = date(2026, 11, 24)
RIGHTS = (scan.ANY, scan.NOT_REFUSED, scan.STEP_FREE)
MORNING = (6 * 3600, 9 * 3600)
Leave = dict[str, tuple[float, int, int]]


def at_stops(table: Timetable, site: dict[int, int]) -> Access:
    """A site within these seconds on foot of stops of the feed, where they are served."""
    near = {at: site[stop] for at, stop in enumerate(table.stops.tolist()) if stop in site}
    return Access(
        np.array([0, len(near)]),
        np.array(list(near), dtype=np.int32),
        np.array(list(near.values()), dtype=np.int32),
    )


def leave(folder: Path, site: str, deadline: int, **more: Table) -> Leave:
    """When to leave each stop of the mini feed to be at another by a minute of the day.

    With how many rides, and how many seconds on foot; stops without a way are left out.
    """
    feed = read(write(folder, mini() | {f"{name}.txt": rows for name, rows in more.items()}))
    table = lay_out(feed, DAY, 5 * 3600, 26 * 3600)
    ids = feed.stops.ids.to_pylist()
    near = at_stops(table, {ids.index(site): 0})
    span = (5 * 3600, deadline * 60)
    labels = scan.latest(table.connections, table.walks, near, span, scan.ANY)
    assert (labels == PLAIN.latest(table.connections, table.walks, near, span, scan.ANY)).all()
    rows = zip(
        table.stops.tolist(),
        (scan.seconds_of(labels) / 60).tolist(),
        scan.rides_of(labels).tolist(),
        scan.walked_of(labels).tolist(),
        strict=True,
    )
    return {
        ids[stop]: (minute, rides, walked)
        for stop, minute, rides, walked in rows
        if labels[table.stops.tolist().index(stop)] != scan.NEVER
    }


def test_one_line(tmp_path: Path) -> None:
    """To be at A4 at 07:59 one takes the trip of 07:00; at 08:00 that of 07:30."""
    early = {"A1": (420, 1, 0), "A2": (430, 1, 0), "A3": (440, 1, 0), "A4": (479, 0, 0)}
    assert leave(tmp_path, "A4", 479) == early
    late = {"A1": (450, 1, 0), "A2": (460, 1, 0), "A3": (470, 1, 0), "A4": (480, 0, 0)}
    assert leave(tmp_path, "A4", 480) == late


def test_a_change_on_foot(tmp_path: Path) -> None:
    """Line A is at A4 at 07:30; 347 s later, at 07:35:47, one is in time for B1 at 07:36."""
    assert leave(tmp_path, "B4", 486) == {
        "A1": (420, 2, 347),
        "A2": (430, 2, 347),
        "A3": (440, 2, 347),
        "A4": (456 - 347 / 60, 1, 347),
        "B1": (456, 1, 0),
        "B2": (466, 1, 0),
        "B3": (476, 1, 0),
        "B4": (486, 0, 0),
    }


def test_a_change_missed_by_a_minute(tmp_path: Path) -> None:
    """At A4 at 08:00 one is at B1 at 08:05:47: the trip of 08:05 is gone, and 07:00 it must be.

    Were it one of 08:06, one could leave at 07:30.
    """
    assert leave(tmp_path, "B4", 515)["A1"] == (420, 2, 347)
    tables = mini()["stop_times.txt"]
    later = [row for row in tables if not row.startswith("b8")]
    later += calls("b8", "B1 08:06", "B2 08:15", "B3 08:25", "B4 08:35")
    assert leave(tmp_path, "B4", 515, stop_times=later)["A1"] == (450, 2, 347)


def test_a_loop(tmp_path: Path) -> None:
    """To be at C1 at 07:15 one need not leave it; from C2 one rides round. C3 at 07:09: no way."""
    assert leave(tmp_path, "C1", 435) == {"C1": (435, 0, 0), "C2": (425, 1, 0), "C3": (430, 1, 0)}
    assert leave(tmp_path, "C3", 429) == {"C3": (429, 0, 0)}


def test_past_midnight(tmp_path: Path) -> None:
    """The trip of 23:50 is at A3 at 24:10."""
    assert leave(tmp_path, "A3", 24 * 60 + 10)["A1"] == (23 * 60 + 50, 1, 0)


def test_pickup_and_drop_off(tmp_path: Path) -> None:
    """Not on at A2, not off at A3, but through both; a stop on demand is a stop."""
    rows = [mini()["stop_times.txt"][0]]
    rows += calls("a7", "A1 07:00", "A2 07:10 10", "A3 07:20 01", "A4 07:30 23")
    assert leave(tmp_path, "A4", 450, stop_times=rows) == {
        "A1": (420, 1, 0),
        "A3": (440, 1, 0),
        "A4": (450, 0, 0),
    }
    assert leave(tmp_path, "A3", 450, stop_times=rows) == {"A3": (450, 0, 0)}


def test_times_for_a_change_at_a_stop(tmp_path: Path) -> None:
    """Two trips meet at A2 at 07:10: with 1 minute to change it is missed, and if forbidden."""
    rows = [mini()["stop_times.txt"][0], *calls("a7", "A1 07:00", "A2 07:10")]
    rows += calls("a8", "A2 07:10", "A3 07:20")
    head = "from_stop_id,to_stop_id,transfer_type,min_transfer_time"
    assert leave(tmp_path, "A3", 440, stop_times=rows)["A1"] == (420, 2, 0)
    for rule in ("A2,A2,2,60", "A2,A2,3,"):
        found = leave(tmp_path, "A3", 440, stop_times=rows, transfers=[head, rule])
        assert found == {"A2": (430, 1, 0), "A3": (440, 0, 0)}


def test_rides_that_take_no_time(tmp_path: Path) -> None:
    """At 07:00 sharp from B1 to A1, to A2, to A3, by three trips, in whatever order they stand."""
    trips = [calls("a7", "A1 07:00", "A2 07:00"), calls("a8", "A2 07:00", "A3 07:00")]
    trips += [calls("b7", "B1 07:00", "A1 07:00")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)):
        rows = [mini()["stop_times.txt"][0], *(row for at in order for row in trips[at])]
        assert leave(tmp_path, "A3", 421, stop_times=rows)["B1"] == (420, 3, 0)


def test_fewer_rides_at_the_same_time(tmp_path: Path) -> None:
    """From A1 at 07:00 by one trip or by two: one is told."""
    rows = [mini()["stop_times.txt"][0]]
    rows += calls("a7", "A1 07:00", "A2 07:10", "A3 07:20") + calls("a8", "A2 07:12", "A3 07:20")
    assert leave(tmp_path, "A3", 441, stop_times=rows)["A1"] == (420, 1, 0)


@settings(max_examples=150)
@given(worlds(), st.integers(7 * 60, 8 * 60 + 20), st.sampled_from([0, 1, 2]))
def test_one_second_later_is_too_late(world: World, minute: int, level: int) -> None:
    """Leaving each stop when the scan says, some journey is in time, with those rides and walks.

    Leaving a second later none is; where it says never, none is at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        feed = read(write(Path(folder), world.tables()))
    table = lay_out(feed, DAY, *MORNING)
    span = (MORNING[0], minute * 60)
    site = at_stops(table, world.site)
    labels = scan.latest(table.connections, table.walks, site, span, RIGHTS[level])
    plain = PLAIN.latest(table.connections, table.walks, site, span, RIGHTS[level])
    assert (labels == plain).all()
    for at, stop in enumerate(table.stops.tolist()):
        if labels[at] == scan.NEVER:
            assert not in_time(world.journeys(stop, MORNING[0], level, 6), span[1])
            continue
        when, rides, walked = (
            int(part(labels[at])) for part in (scan.seconds_of, scan.rides_of, scan.walked_of)
        )
        assert (rides, walked) in in_time(world.journeys(stop, when, level, rides), span[1])
        assert not in_time(world.journeys(stop, when + 1, level, 6), span[1])


def in_time(found: oracle.Found, deadline: int) -> set[tuple[int, int]]:
    """The rides and walks of the journeys that are there by the deadline."""
    return {(rides, walked) for arrival, rides, walked in found if arrival <= deadline}


@pytest.mark.parametrize("module", [scan, PLAIN], ids=["compiled", "plain"])
def test_from_places(module: object) -> None:
    """Of the stops that a place can walk to the one where that ends latest; else never."""
    ten = (600 << scan.TIME_BITS) + scan.ARRIVED
    labels = np.array([scan.NEVER, ten, ten + (50 << scan.TIME_BITS)])
    seconds = np.array([5, 10, 30, 1], dtype=np.int32)
    near = Access(np.array([0, 0, 3, 4]), np.array([0, 1, 2, 0], dtype=np.int32), seconds)
    found = module.from_places(labels, near)
    assert found.tolist()[::2] == [scan.NEVER, scan.NEVER]
    assert scan.seconds_of(found[1]) == 620
    assert scan.walked_of(found[1]) == 30
