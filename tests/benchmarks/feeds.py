"""A made-up timetable of the size of Stockholm's, by a seed: 19,000 stops, 685,000 rides a day."""

import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

DAY = date(2026, 11, 24)
LINES, PLACES, RIDES = 380, 25, 685_000
CENTRE = (59.33, 18.06)
METRES_PER_DEGREE = 111_195.0
Floats = npt.NDArray[np.float64]


def write_feed(path: Path, seed: int = 1) -> None:
    """Write the feed: lines there and back, half of their trips in the morning."""
    dice = np.random.default_rng(seed)
    trips, calls = _calls(dice)
    tables = {"stops.txt": _stops(dice), "trips.txt": trips, "stop_times.txt": calls}
    tables["calendar_dates.txt"] = {
        "service_id": ["weekday"],
        "date": [f"{DAY:%Y%m%d}"],
        "exception_type": ["1"],
    }
    tables["agency.txt"] = {"agency_timezone": ["Europe/Stockholm"]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, columns in tables.items():
            with archive.open(name, "w") as file:
                pa_csv.write_csv(pa.table(columns), file)


def some_places(number: int, seed: int = 2) -> list[tuple[float, float]]:
    """Places where people live and work, as latitude and longitude."""
    north, east = np.random.default_rng(seed).normal(0, 12_000, (2, number))
    return list(zip(*_degrees(north, east), strict=True))


def _degrees(north: Floats, east: Floats) -> tuple[list[float], list[float]]:
    scale = METRES_PER_DEGREE * np.cos(np.radians(CENTRE[0]))
    latitude = CENTRE[0] + north / METRES_PER_DEGREE
    return latitude.tolist(), (CENTRE[1] + east / scale).tolist()


def _stops(dice: np.random.Generator) -> dict[str, list[str] | list[float]]:
    """Places 450 m apart along winding lines; a stop on each side of the street."""
    heading = dice.uniform(0, 2 * np.pi, (LINES, 1)) + dice.normal(0, 0.25, (LINES, PLACES))
    middle = dice.normal(0, 9_000, (2, LINES, 1))
    steps = 450 * np.stack([np.cos(heading), np.sin(heading)]).cumsum(axis=2)
    place = middle + steps - steps[:, :, PLACES // 2][:, :, None]
    both = np.repeat(place[:, :, :, None], 2, axis=3) + dice.normal(0, 10, (*place.shape, 2))
    latitude, longitude = _degrees(*both.reshape(2, -1))
    flags = dice.choice(["", "0", "1", "2"], len(latitude), p=[0.3, 0.1, 0.55, 0.05])
    return {
        "stop_id": [f"{number:05}" for number in range(len(latitude))],
        "stop_lat": latitude,
        "stop_lon": longitude,
        "wheelchair_boarding": flags.tolist(),
    }


def _calls(dice: np.random.Generator) -> tuple[dict[str, object], dict[str, object]]:
    """The trips of all lines there and back, and where they stop at which time."""
    number = RIDES // (PLACES - 1) + 1
    line, back = np.arange(number) % LINES, np.arange(number) // LINES % 2
    rush = dice.random(number) < 0.5
    start = np.where(rush, dice.normal(7.2, 0.8, number), dice.uniform(5, 24.5, number))
    begins = (start.clip(4, 24.5) * 3600).astype(np.int64)
    legs = dice.integers(45, 120, (number, PLACES - 1))
    after = np.concatenate([np.zeros((number, 1), dtype=np.int64), legs.cumsum(axis=1)], axis=1)
    order = np.arange(PLACES)
    place = np.where(back[:, None] == 1, PLACES - 1 - order, order)
    stop = ((line[:, None] * PLACES + place) * 2 + back[:, None]).ravel()
    clock = pa.array([f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(30 * 3600)])
    times = clock.take(pa.array((begins[:, None] + after).ravel()))
    names = pa.array([f"{trip:06}" for trip in range(number)])
    flags = pa.array(dice.choice(["0", "1", "2"], number, p=[0.1, 0.85, 0.05]).tolist())
    trips = {
        "trip_id": names,
        "service_id": ["weekday"] * number,
        "wheelchair_accessible": flags,
    }
    return trips, {
        "trip_id": names.take(pa.array(np.repeat(np.arange(number), PLACES))),
        "stop_id": pa.array([f"{stop:05}" for stop in range(2 * LINES * PLACES)]).take(
            pa.array(stop)
        ),
        "stop_sequence": np.tile(order, number),
        "arrival_time": times,
        "departure_time": times,
    }
