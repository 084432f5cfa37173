"""The timetable of a day: which rides there are, and how one changes."""

from datetime import date
from pathlib import Path

import numpy as np

from matcher.travel.gtfs import Timetable, lay_out, read
from matcher.travel.gtfs.feed import FORBIDDEN, Feed
from tests.matcher.travel.gtfs.small import Table, calls, mini, write

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
Ride = tuple[str, str, int, int]


def feed_of(folder: Path, **more: Table) -> Feed:
    """The mini feed with other or more tables: ``trips=[...]``."""
    return read(write(folder, mini() | {f"{name}.txt": rows for name, rows in more.items()}))


def names(feed: Feed, table: Timetable) -> list[str]:
    """What the served stops are called."""
    return [feed.stops.ids[int(stop)].as_py() for stop in table.stops]


def rides(feed: Feed, table: Timetable) -> list[Ride]:
    """From, to, departure, arrival: the times in minutes."""
    stops, moves = names(feed, table), table.connections
    return [
        (stops[u], stops[v], dep // 60, arr // 60)
        for u, v, dep, arr in zip(*(column.tolist() for column in moves[:4]), strict=True)
    ]


def footpaths(feed: Feed, table: Timetable) -> dict[tuple[str, str], int]:
    """The seconds of each walk between stops, and of changes at one, where they are not 0."""
    stops, walks = names(feed, table), table.walks
    ends = np.repeat(np.arange(len(stops)), np.diff(walks.first))
    found = {
        (stops[u], stops[v]): seconds
        for u, v, seconds in zip(walks.stop.tolist(), ends, walks.seconds.tolist(), strict=True)
    }
    return found | {
        (stop, stop): seconds
        for stop, seconds in zip(stops, walks.change.tolist(), strict=True)
        if seconds
    }


def test_only_the_hours_that_matter(tmp_path: Path) -> None:
    """Between 07:05 and 07:46: what leaves before or arrives later is left out."""
    feed = feed_of(tmp_path)
    assert rides(feed, lay_out(feed, TUESDAY, 425 * 60, 466 * 60)) == [
        ("C2", "C3", 425, 430),
        ("C3", "C1", 430, 435),
        ("A2", "A3", 430, 440),
        ("A3", "A4", 440, 450),
        ("A1", "A2", 450, 460),
        ("B1", "B2", 456, 466),
    ]


def test_after_midnight(tmp_path: Path) -> None:
    """On Wednesday nothing begins, but the trip of Tuesday night goes on until 00:20."""
    feed = feed_of(tmp_path)
    table = lay_out(feed, WEDNESDAY, -3600, 3600)
    assert not table.runs
    assert rides(feed, table) == [
        *(("A1", "A2", -10, 0), ("A2", "A3", 0, 10), ("A3", "A4", 10, 20))
    ]
    assert rides(feed, lay_out(feed, TUESDAY, 86_000, 90_000)) == [
        ("A2", "A3", 1440, 1450),
        ("A3", "A4", 1450, 1460),
    ]


def test_a_day_without_anything(tmp_path: Path) -> None:
    """On Monday there are no rides, no stops and no walks."""
    feed = feed_of(tmp_path)
    table = lay_out(feed, MONDAY, 0, 86_400)
    assert not table.runs
    assert (rides(feed, table), names(feed, table), footpaths(feed, table)) == ([], [], {})


def test_a_holiday(tmp_path: Path) -> None:
    """A Tuesday that the calendar has and the exceptions take away."""
    calendar = [
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        "tuesday,1,1,1,1,1,0,0,20261101,20261130",
    ]
    days = ["service_id,date,exception_type", "tuesday,20261124,2"]
    feed = feed_of(tmp_path, calendar=calendar, calendar_dates=days)
    assert lay_out(feed, MONDAY, 0, 86_400).runs
    assert not lay_out(feed, TUESDAY, 0, 86_400).runs


def test_frequencies(tmp_path: Path) -> None:
    """From 06:00 every 20 minutes until 07:00, not at 07:00; the times of the trip are a pattern.

    The loop leaves every 25 minutes: at 06:00, 06:25, 06:50. A row that ends as it begins is none.
    """
    frequencies = [
        "trip_id,start_time,end_time,headway_secs,exact_times",
        *("b7,06:00:00,07:00:00,1200,1", "c7,06:00:00,06:51:00,1500,0"),
        "a7,06:00:00,06:00:00,60,0",
    ]
    feed = feed_of(tmp_path, frequencies=frequencies)
    found = rides(feed, lay_out(feed, TUESDAY, 0, 8 * 3600))
    assert [dep for u, v, dep, _ in found if (u, v) == ("B1", "B2")] == [360, 380, 400]
    assert [dep for u, v, dep, _ in found if (u, v) == ("C3", "C1")] == [370, 395, 420]
    assert [dep for u, v, dep, _ in found if (u, v) == ("A1", "A2")] == [450]


def test_footpaths(tmp_path: Path) -> None:
    """A4 and B1 are 0.003 degrees apart: 333.6 m, with the detour 433.7 m, 346.9 seconds.

    N1 is as near to A1, but has no service.
    """
    feed = feed_of(tmp_path)
    table = lay_out(feed, TUESDAY, 0, 86_400)
    assert footpaths(feed, table) == {("A4", "B1"): 347, ("B1", "A4"): 347}


def test_what_the_feed_says_of_changes(tmp_path: Path) -> None:
    """A told time replaces the walk; a forbidden one is none; A1 to B4 is told from afar.

    From A1 to B4 are 0.303 degrees, 33,692 m: 35,040 seconds on foot.
    """
    transfers = [
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time",
        *("A4,B1,2,60", "B1,A4,3,", "A2,A2,2,120", "A3,A3,3,", "A1,B4,0,", "N1,A1,2,5"),
    ]
    feed = feed_of(tmp_path, transfers=transfers)
    assert footpaths(feed, lay_out(feed, TUESDAY, 0, 86_400)) == {
        ("A1", "B4"): 35_040,
        ("A4", "B1"): 60,
        ("A2", "A2"): 120,
        ("A3", "A3"): FORBIDDEN,
    }


def test_what_the_feed_says_of_stations(tmp_path: Path) -> None:
    """It holds for all stops within; what is said of a stop goes before it, of two stops first."""
    stops = [
        "stop_id,stop_lat,stop_lon,parent_station",
        *("A1,59,18,S", "A2,59,18.2,S", "A3,59,18.4,T", "A4,59,18.6,T", "S,,,", "T,,,"),
        *(f"{name},58,{number}," for number, name in enumerate(OTHERS)),
    ]
    transfers = [
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time",
        *("A1,A3,2,3", "A2,T,2,2", "S,T,2,1", "S,S,2,9", "S,A4,3,"),
    ]
    feed = feed_of(tmp_path, stops=stops, transfers=transfers)
    found = footpaths(feed, lay_out(feed, TUESDAY, 0, 86_400))
    assert {ends: seconds for ends, seconds in found.items() if ends[0] in {"A1", "A2"}} == {
        ("A1", "A1"): 9,
        ("A1", "A2"): 9,
        ("A2", "A1"): 9,
        ("A2", "A2"): 9,
        ("A1", "A3"): 3,
        ("A2", "A3"): 2,
    }


OTHERS = ("B1", "B2", "B3", "B4", "C1", "C2", "C3")


def test_rides_are_in_order(tmp_path: Path) -> None:
    """By departure, then arrival; a trip that takes no time between stops keeps its order."""
    trips = ["trip_id,service_id", "x,tuesday", "y,tuesday"]
    times = [
        mini()["stop_times.txt"][0],
        *calls("x", "A1 07:00", "A2 07:00", "A3 07:00", "A4 07:10"),
        *calls("y", "B1 06:50", "B2 07:00", "B3 07:05"),
    ]
    feed = feed_of(tmp_path, trips=trips, stop_times=times)
    assert rides(feed, lay_out(feed, TUESDAY, 0, 86_400)) == [
        ("B1", "B2", 410, 420),
        ("A1", "A2", 420, 420),
        ("A2", "A3", 420, 420),
        ("B2", "B3", 420, 425),
        ("A3", "A4", 420, 430),
    ]
