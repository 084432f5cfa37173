"""A feed of three lines and twelve stops, in which every time can be checked by eye.

::

    A1 --10-- A2 --10-- A3 --10-- A4          line A, on a line of longitude
                                   | 334 m on foot: 348 s
                                  B1 --10-- B2 --10-- B3 --10-- B4     line B
    C1 --5-- C2 --5-- C3 --5-- C1             line C, a loop, far away from the others
    N1                                        without service, 334 m from A1

The stops of a line are 0.05 degrees apart (5.6 km), so nobody walks from one to the next.
"""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

TUESDAY = "20261124"
PLACES = {
    "A1": (59.0, 18.0), "A2": (59.05, 18.0), "A3": (59.1, 18.0), "A4": (59.15, 18.0),
    "B1": (59.153, 18.0), "B2": (59.203, 18.0), "B3": (59.253, 18.0), "B4": (59.303, 18.0),
    "C1": (58.5, 18.0), "C2": (58.55, 18.0), "C3": (58.5, 18.1),
    "N1": (58.997, 18.0),
}  # fmt: skip
Table = Sequence[str]
AGENCY: Table = ("agency_name,agency_timezone", "Småtrafiken,Europe/Stockholm")


def calls(trip: str, *times: str) -> list[str]:
    """Rows of stop_times: ``calls("t", "A1 07:00", "A2 07:10")``; "-" for a blank time.

    A third word are pickup and drop-off type, a fourth the distance.
    """
    rows = []
    for number, words in enumerate(times):
        stop, time, *more = words.split()
        time = "" if time == "-" else f"{time}:00"
        types = more[0] if more else "  "
        along = more[1] if len(more) > 1 else ""
        rows.append(f"{trip},{stop},{number},{time},{time},{types[0]},{types[1]},{along}")
    return rows


def mini() -> dict[str, Table]:
    """The tables of the feed: header and rows. Everything runs on Tuesday the 24th."""
    return {
        "agency.txt": AGENCY,
        "stops.txt": [
            "stop_id,stop_lat,stop_lon",
            *(f"{name},{lat},{lon}" for name, (lat, lon) in PLACES.items()),
        ],
        "trips.txt": [
            "trip_id,service_id",
            *(f"{trip},tuesday" for trip in ("a7", "a8", "a24", "b7", "b8", "c7")),
        ],
        "calendar_dates.txt": ["service_id,date,exception_type", f"tuesday,{TUESDAY},1"],
        "stop_times.txt": [
            (
                "trip_id,stop_id,stop_sequence,arrival_time,departure_time,"
                "pickup_type,drop_off_type,shape_dist_traveled"
            ),
            *calls("a7", "A1 07:00", "A2 07:10", "A3 07:20", "A4 07:30"),
            *calls("a8", "A1 07:30", "A2 07:40", "A3 07:50", "A4 08:00"),
            *calls("a24", "A1 23:50", "A2 24:00", "A3 24:10", "A4 24:20"),
            *calls("b7", "B1 07:36", "B2 07:46", "B3 07:56", "B4 08:06"),
            *calls("b8", "B1 08:05", "B2 08:15", "B3 08:25", "B4 08:35"),
            *calls("c7", "C1 07:00", "C2 07:05", "C3 07:10", "C1 07:15"),
        ],
    }


def write(folder: Path, tables: Mapping[str, Table], name: str = "feed.zip") -> Path:
    """A zip file of these tables."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for table, rows in tables.items():
            archive.writestr(table, "".join(f"{row}\n" for row in rows))
    return path
