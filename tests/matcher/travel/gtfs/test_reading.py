"""Feeds as they come: what is read of them, and what is refused, all faults together."""

import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import FaultCode, FeedError
from matcher.travel.gtfs import read, running
from matcher.travel.gtfs.feed import FORBIDDEN, UNTOLD
from tests.matcher.travel.gtfs.small import AGENCY, calls, mini, write

C = FaultCode


def refused(folder: Path, tables: dict[str, list[str]]) -> list[tuple[object, ...]]:
    """The faults of a feed: code, table, row, column. No cell is repeated."""
    with pytest.raises(FeedError) as caught:
        read(write(folder, tables))
    assert {f.value for f in caught.value.faults} == {None}
    return [(f.code, f.table, f.row, f.column) for f in caught.value.faults]


def test_the_mini_feed(tmp_path: Path) -> None:
    """12 stops, 6 trips with 24 calls; a time past midnight is past 86,400 seconds."""
    feed = read(write(tmp_path, mini()))
    assert (len(feed.stops.ids), len(feed.trips.ids), len(feed.calls.stop)) == (12, 6, 24)
    assert feed.calls.departure[:4].tolist() == [25_200, 25_800, 26_400, 27_000]
    assert feed.calls.arrival[8:12].tolist() == [85_800, 86_400, 87_000, 87_600]
    assert feed.trips.first.tolist() == [0, 4, 8, 12, 16, 20, 24]
    assert len(feed.digest) == 64


def test_ids_are_text(tmp_path: Path) -> None:
    """0001 and 1 are two stops; blanks around an id are none of it; a byte order mark is none."""
    tables = {
        "agency.txt": AGENCY,
        "stops.txt": ["\ufeffstop_id, stop_lat ,stop_lon", "0001 ,59,18", '"1",59,18.1'],
        "trips.txt": ["trip_id,service_id", "007,x"],
        "calendar_dates.txt": ["service_id,date,exception_type"],
        "stop_times.txt": [
            "trip_id,stop_id,stop_sequence,arrival_time,departure_time",
            "007,1,5,8:00:00,8:00:30",
            "007, 0001,4,07:50:00,",
        ],
    }
    feed = read(write(tmp_path, tables))
    assert feed.stops.ids.to_pylist() == ["0001", "1"]
    assert feed.calls.stop.tolist() == [0, 1]
    assert feed.calls.departure.tolist() == [28_200, 28_830]
    assert feed.calls.arrival.tolist() == [28_200, 28_800]


def test_blank_times_lie_between(tmp_path: Path) -> None:
    """By the distances where all are told and grow, else evenly."""
    tables = mini()
    tables["trips.txt"] += ["even,tuesday", "far,tuesday", "falls,tuesday"]
    tables["stop_times.txt"] += [
        *calls("even", "A1 07:00", "A2 -", "A3 -", "A4 07:30"),
        *calls("far", "A1 07:00 00 1", "A2 - 00 2.5", "A3 - 00 3", "A4 07:40 00 5"),
        *calls("falls", "A1 07:00 00 1", "A2 - 00 3", "A3 - 00 2", "A4 07:30 00 5"),
    ]
    feed = read(write(tmp_path, tables))
    minutes = (feed.calls.departure[-12:] / 60 - 420).tolist()
    assert minutes == [0, 10, 20, 30, 0, 15, 20, 40, 0, 10, 20, 30]


def test_days(tmp_path: Path) -> None:
    """By the week within its range; an exception adds a day or takes one away."""
    tables = mini()
    tables["calendar.txt"] = [
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        "tuesday,1,0,0,0,0,0,0,20261116,20261130",
        "nobody,1,1,1,1,1,1,1,20260101,20261231",
    ]
    tables["calendar_dates.txt"] += ["tuesday,20261123,2", "nobody,20261123,1"]
    services = read(write(tmp_path, tables)).services
    days = [day for day in range(1, 31) if running(services, date(2026, 11, day).toordinal())[0]]
    assert days == [16, 24, 30]


def test_wheelchair_flags(tmp_path: Path) -> None:
    """A stop without a flag has that of its station; a trip without one is unknown."""
    tables = mini()
    tables["stops.txt"] = [
        "stop_id,stop_lat,stop_lon,parent_station,wheelchair_boarding",
        *("S1,,,,1", "S2,,,,2", "A1,59,18,S1,", "A2,59,18,S1,2", "A3,59,18,S2,0", "A4,59,18,,"),
        *("B1,59,18,S2,1", "B2,59,18,,0", "B3,59,18,,1", "B4,59,18,,2"),
        *("C1,59,18,,", "C2,59,18,,", "C3,59,18,,"),
    ]
    tables["trips.txt"] = [
        "trip_id,service_id,wheelchair_accessible",
        *("a7,x,", "a8,x,0", "a24,x,1", "b7,x,2", "b8,x,", "c7,x,"),
    ]
    feed = read(write(tmp_path, tables))
    assert feed.stops.step_free.tolist() == [1, 2, 1, 2, 2, 0, 1, 0, 1, 2, 0, 0, 0]
    assert feed.trips.step_free.tolist() == [0, 0, 1, 2, 0, 0]
    assert np.isnan(feed.stops.latitude[0])


def test_transfers(tmp_path: Path) -> None:
    """What is said of certain lines or trips, or of neither stop, is left out."""
    tables = mini()
    tables["transfers.txt"] = [
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_route_id,from_trip_id",
        *("A4,B1,2,120,,", "A4,A4,3,,,", "B1,A4,,,,", "A1,A2,2,,,", "A1,A3,1,5,,"),
        *("A2,A3,2,60,r,", "A2,A4,2,60,,t", "A3,A4,4,,,", ",A4,2,60,,"),
    ]
    moves = read(write(tmp_path, tables)).transfers
    found = list(zip(moves.origin.tolist(), moves.target.tolist(), moves.seconds, strict=True))
    assert found == [
        *((3, 4, 120), (3, 3, FORBIDDEN), (4, 3, UNTOLD), (0, 1, UNTOLD), (0, 2, UNTOLD))
    ]


def test_missing_tables(tmp_path: Path) -> None:
    """An empty feed misses all that is needed; either calendar would do."""
    assert refused(tmp_path, {"routes.txt": []}) == [
        (C.TABLE_MISSING, name, None, None)
        for name in ("agency", "stops", "trips", "calendar", "stop_times")
    ]


def test_headers(tmp_path: Path) -> None:
    """A missing column, one that stands there twice, a table without even a header.

    That no stop or trip is known then is not told of every call.
    """
    tables = mini()
    tables["stops.txt"] = ["stop_id,stop_lat"]
    tables["trips.txt"] = ["trip_id,service_id,trip_id"]
    tables["calendar_dates.txt"] = []
    assert refused(tmp_path, tables) == [
        (C.COLUMN_MISSING, "stops", None, "stop_lon"),
        (C.COLUMN_TWICE, "trips", None, "trip_id"),
        *(
            (C.COLUMN_MISSING, "calendar_dates", None, name)
            for name in ("service_id", "date", "exception_type")
        ),
    ]


def test_cells(tmp_path: Path) -> None:
    """Every kind of cell that cannot be read, in the order of tables, columns and rows."""
    tables = mini()
    tables["stops.txt"] += ["A1,59,18", ",59,18", "x,91,18", "y,59,east"]
    tables["calendar_dates.txt"] += ["tuesday,20261301,1", "tuesday,1/1,1", "tuesday,,3"]
    tables["frequencies.txt"] = [
        "trip_id,start_time,end_time,headway_secs",
        *("a7,,07:00:00,600", "zz,06:00:00,07:00:00,0", "a7,6.00,07:61:00,ten"),
    ]
    tables["stop_times.txt"] = [
        tables["stop_times.txt"][0] + ",x",
        "a7,A1,0,07:00:00,07:00:00,9,0,far,",
        "a7,A1,",
    ]
    assert refused(tmp_path, tables) == [
        (C.VALUE_MISSING, "stops", 15, "stop_id"),
        (C.DUPLICATE, "stops", 14, "stop_id"),
        (C.OUT_OF_RANGE, "stops", 16, "stop_lat"),
        (C.NOT_A_NUMBER, "stops", 17, "stop_lon"),
        (C.NOT_A_DATE, "calendar_dates", 3, "date"),
        (C.NOT_A_DATE, "calendar_dates", 4, "date"),
        (C.VALUE_MISSING, "calendar_dates", 5, "date"),
        (C.OUT_OF_RANGE, "calendar_dates", 5, "exception_type"),
        (C.DANGLING, "frequencies", 3, "trip_id"),
        (C.NOT_A_TIME, "frequencies", 4, "start_time"),
        (C.VALUE_MISSING, "frequencies", 2, "start_time"),
        (C.NOT_A_TIME, "frequencies", 4, "end_time"),
        (C.NOT_A_WHOLE_NUMBER, "frequencies", 4, "headway_secs"),
        (C.OUT_OF_RANGE, "frequencies", 3, "headway_secs"),
        (C.OUT_OF_RANGE, "stop_times", 2, "pickup_type"),
        (C.NOT_A_NUMBER, "stop_times", 2, "shape_dist_traveled"),
        (C.ROW_LENGTH, "stop_times", 3, None),
    ]


def test_unknown_ids(tmp_path: Path) -> None:
    """Calls of trips and at stops that no table has, and a station that is none."""
    tables = mini()
    tables["stops.txt"][0] += ",parent_station"
    tables["stops.txt"][1:] = [f"{row}," for row in tables["stops.txt"][1:-1]] + ["N1,59,18,S"]
    assert refused(tmp_path, tables) == [(C.DANGLING, "stops", 13, "parent_station")]
    tables = mini()
    tables["stop_times.txt"] += (
        calls("a7", "Z1 08:00") + calls("z", "A1 08:00") + calls("", "A1 08:00")
    )
    assert refused(tmp_path, tables) == [
        (C.DANGLING, "stop_times", 27, "trip_id"),
        (C.VALUE_MISSING, "stop_times", 28, "trip_id"),
        (C.DANGLING, "stop_times", 26, "stop_id"),
    ]


def test_order_of_calls(tmp_path: Path) -> None:
    """Two calls of one number; ends without a time; a stop without a place."""
    tables = mini()
    tables["stops.txt"][1] = "A1,,"
    tables["trips.txt"] += ["twice,tuesday", "open,tuesday"]
    tables["stop_times.txt"] += [
        *("twice,A2,1,07:00:00,07:00:00,,,", "twice,A3,1,07:10:00,07:10:00,,,"),
        *calls("open", "A2 -", "A3 08:00", "A4 -"),
    ]
    assert refused(tmp_path, tables) == [
        (C.DUPLICATE, "stop_times", 27, "stop_sequence"),
        (C.VALUE_MISSING, "stop_times", 28, "arrival_time"),
        (C.VALUE_MISSING, "stop_times", 30, "arrival_time"),
        (C.VALUE_MISSING, "stops", 2, "stop_lat"),
    ]


def test_back_in_time(tmp_path: Path) -> None:
    """An arrival before the departure from the stop before; a departure before its arrival."""
    tables = mini()
    tables["trips.txt"] += ["back,tuesday"]
    tables["stop_times.txt"] += [
        *("back,A1,0,07:00:00,07:00:00,,,", "back,A2,1,06:59:00,07:10:00,,,"),
        "back,A3,2,07:20:00,07:19:59,,,",
    ]
    assert refused(tmp_path, tables) == [
        (C.TIME_ORDER, "stop_times", 27, "arrival_time"),
        (C.TIME_ORDER, "stop_times", 28, "arrival_time"),
    ]


def test_fifty_faults_and_the_number_of_the_rest(tmp_path: Path) -> None:
    """Sixty times that are none: fifty are told, and that there are sixty."""
    tables = mini()
    tables["stop_times.txt"] += [f"a7,A1,{n},soon,07:00:00,,," for n in range(60)]
    with pytest.raises(FeedError) as caught:
        read(write(tmp_path, tables))
    assert [fault.row for fault in caught.value.faults] == [*range(26, 76)]
    assert caught.value.left_out == 10
    assert str(caught.value).startswith("60 fault(s), the first: ")
    assert "soon" not in str(caught.value)


def test_faults_of_order_beyond_fifty(tmp_path: Path) -> None:
    """Sixty calls of one number: fifty are told."""
    tables = mini()
    tables["stop_times.txt"] += ["a7,A1,9,08:00:00,08:00:00,,,"] * 61
    with pytest.raises(FeedError) as caught:
        read(write(tmp_path, tables))
    assert (len(caught.value.faults), caught.value.left_out) == (50, 10)


def test_rows_of_the_wrong_length_beyond_fifty(tmp_path: Path) -> None:
    """Sixty rows with one cell: fifty are told, with the number of their cells."""
    tables = mini()
    tables["stop_times.txt"] += ["a7"] * 60
    with pytest.raises(FeedError) as caught:
        read(write(tmp_path, tables))
    assert (len(caught.value.faults), caught.value.left_out) == (50, 10)
    first = caught.value.faults[0]
    assert (first.code, first.table, first.row) == (C.ROW_LENGTH, "stop_times", 26)
    assert first.params == {"found": 1, "expected": 8}


def test_what_was_expected_is_told(tmp_path: Path) -> None:
    """The range of a number, and how a feed writes a day."""
    tables = mini()
    tables["stops.txt"] += ["x,91,18"]
    tables["calendar_dates.txt"] += ["tuesday,2026-12-01,0"]
    with pytest.raises(FeedError) as caught:
        read(write(tmp_path, tables))
    assert [dict(fault.params) for fault in caught.value.faults] == [
        {"low": -90, "high": 90},
        {"example": "20261201"},
        {"low": 1, "high": 2},
    ]


def codes(path: Path) -> list[tuple[object, ...]]:
    """What is wrong with a file: code, table, what else is told."""
    with pytest.raises(FeedError) as caught:
        read(path)
    return [(f.code, f.table, dict(f.params)) for f in caught.value.faults]


def test_files_that_are_no_feed(tmp_path: Path) -> None:
    """A file that is not there, one that is no zip file, one whose table is damaged or no text."""
    assert codes(tmp_path / "nowhere.zip") == [(C.FILE_MISSING, "nowhere.zip", {})]
    (tmp_path / "page.zip").write_text("<html>")
    assert codes(tmp_path / "page.zip") == [(C.NOT_A_ZIP, "page.zip", {})]
    path = write(tmp_path, mini())
    content = path.read_bytes()
    path.write_bytes(content.replace(b"c7,C1", b"c7,C9"))
    broken = {"feed": "feed.zip"}
    assert codes(path) == [(C.TABLE_UNREADABLE, "stop_times", broken)]
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in mini().items():
            archive.writestr(name, "\n".join(rows).replace("A1", "\xe5").encode("latin-1"))
    assert (C.TABLE_UNREADABLE, "stops", broken) in codes(path)


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([], [(C.VALUE_MISSING, None)]),
        (["A,"], [(C.VALUE_MISSING, 2)]),
        (["A,Europe/Stockholm", "B,Europe/Atlantis"], [(C.NOT_A_TIME_ZONE, 3)]),
        (["A,../../etc/passwd", "B,Europe", "C,å"], [(C.NOT_A_TIME_ZONE, n) for n in (2, 3, 4)]),
        (["A,Europe/Stockholm", "B,Europe/Helsinki"], [(C.TIME_ZONES_DIFFER, None)]),
    ],
)
def test_one_time_zone(tmp_path: Path, rows: list[str], faults: list[object]) -> None:
    """The format wants it, the same for all agencies: else nobody knows when anything runs."""
    tables = mini() | {"agency.txt": ["agency_name,agency_timezone", *rows]}
    column = "agency_timezone"
    assert refused(tmp_path, tables) == [(code, "agency", row, column) for code, row in faults]


def test_agencies_of_one_time_zone(tmp_path: Path) -> None:
    """Several are no fault; the zone is that of the feed, and names of stops are for people."""
    tables = mini() | {"agency.txt": ["agency_timezone", "Europe/Helsinki", "Europe/Helsinki"]}
    tables["stops.txt"][0] += ",stop_name"
    tables["stops.txt"][1:] = [f"{row},Torget" for row in tables["stops.txt"][1:]]
    feed = read(write(tmp_path, tables))
    assert feed.zone.key == "Europe/Helsinki"
    assert set(feed.stops.names.to_pylist()) == {"Torget"}
