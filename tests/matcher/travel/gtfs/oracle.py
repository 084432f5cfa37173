"""Small timetables, and every journey through them, found by trying them all, forward in time.

Nothing here knows how the router scans: it gets on, rides, gets off and walks.
"""

from dataclasses import dataclass, field
from math import asin, ceil, radians, sin, sqrt

from hypothesis import strategies as st

from tests.matcher.travel.gtfs.small import AGENCY, TUESDAY, Table

ANY, NOT_REFUSED, STEP_FREE = range(3)
NO = 2
Found = set[tuple[int, int, int]]


@dataclass(frozen=True)
class Call:
    """A trip at a stop: seconds, pickup and drop-off type."""

    stop: int
    arrival: int
    departure: int
    pickup: int
    drop_off: int


@dataclass(frozen=True)
class World:
    """Stops by latitude on one line of longitude, with wheelchair flags; trips; told changes.

    ``site``: stops from which the site can be walked to, and the seconds.
    """

    latitudes: tuple[float, ...]
    flags: tuple[int, ...]
    trips: tuple[tuple[int, tuple[Call, ...]], ...]
    told: dict[tuple[int, int], tuple[int, int]]
    site: dict[int, int]
    walks: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        served = {call.stop for _, calls in self.trips for call in calls if len(calls) > 1}
        for u in served:
            for v in served:
                metres = distance(self.latitudes[u], self.latitudes[v])
                kind, told = self.told.get((u, v), (None, None))
                if kind == 3 or (kind is None and metres > 800):
                    continue
                walk = 0 if u == v else ceil(metres * 1.3 * 3.6 / 4.5)
                self.walks[u, v] = told if kind == 2 else walk

    def tables(self) -> dict[str, Table]:
        """The same as a feed."""
        stop_times = [
            f"{trip},{c.stop},{at},{clock(c.arrival)},{clock(c.departure)},{c.pickup},{c.drop_off}"
            for trip, (_, calls) in enumerate(self.trips)
            for at, c in enumerate(calls)
        ]
        trips = [f"{trip},x,{flag}" for trip, (flag, _) in enumerate(self.trips)]
        stops = enumerate(zip(self.latitudes, self.flags, strict=True))
        return {
            "agency.txt": AGENCY,
            "stops.txt": [
                "stop_id,stop_lat,stop_lon,wheelchair_boarding",
                *(f"{stop},{latitude},18,{flag}" for stop, (latitude, flag) in stops),
            ],
            "trips.txt": ["trip_id,service_id,wheelchair_accessible", *trips],
            "calendar_dates.txt": ["service_id,date,exception_type", f"x,{TUESDAY},1"],
            "stop_times.txt": [
                (
                    "trip_id,stop_id,stop_sequence,arrival_time,departure_time,"
                    "pickup_type,drop_off_type"
                ),
                *stop_times,
            ],
            "transfers.txt": [
                "from_stop_id,to_stop_id,transfer_type,min_transfer_time",
                *(f"{u},{v},{kind},{told}" for (u, v), (kind, told) in self.told.items()),
            ],
        }

    def may(self, trip: int, stop: int, level: int) -> bool:
        """Whether one may get on or off there, by the wheelchair flags alone."""
        flags = (self.trips[trip][0], self.flags[stop])
        if level == STEP_FREE:
            return flags == (1, 1)
        return level == ANY or NO not in flags

    def journeys(self, stop: int, time: int, level: int, most: int) -> Found:
        """Every (arrival at the site, rides, seconds on foot) with at most so many rides."""
        found: Found = set()
        seen = set()
        left = [("start", stop, time, 0, 0)]
        while left:
            state = left.pop()
            if state in seen:
                continue
            seen.add(state)
            how, here, now, rides, walked = state
            if how != "board" and here in self.site:
                found.add((now + self.site[here], rides, walked + self.site[here]))
            if how == "start":
                left.append(("board", here, now, 0, 0))
            if how != "board":
                for (u, v), seconds in self.walks.items():
                    if u == here and (how == "off" or u != v):
                        on_foot = 0 if u == v else seconds
                        left.append(("board", v, now + seconds, rides, walked + on_foot))
            elif rides < most:
                for off, at in self._rides(here, now, level):
                    left.append(("off", off, at, rides + 1, walked))
        return found

    def _rides(self, stop: int, now: int, level: int) -> set[tuple[int, int]]:
        found = set()
        for trip, (_, calls) in enumerate(self.trips):
            for at, on in enumerate(calls):
                if on.stop != stop or on.departure < now or on.pickup == 1:
                    continue
                for off in calls[at + 1 :]:
                    allowed = self.may(trip, stop, level) and self.may(trip, off.stop, level)
                    if off.drop_off != 1 and allowed:
                        found.add((off.stop, off.arrival))
        return found


def distance(latitude: float, other: float) -> float:
    """Metres between two places on one line of longitude (haversine)."""
    half = sin(radians(latitude - other) / 2) ** 2
    return 2 * 6371008.8 * asin(sqrt(half))


def clock(seconds: int) -> str:
    """07:05:09."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five stops, mostly within 800 m of the next; four trips, some in no time."""
    number = draw(st.integers(2, 5))
    apart = st.sampled_from([0.002, 0.004, 0.006, 0.02])
    steps = draw(st.lists(apart, min_size=5, max_size=5))
    latitudes = tuple(round(59 + sum(steps[:stop]), 3) for stop in range(number))
    stops = st.integers(0, number - 1)
    minutes = st.sampled_from([0, 0, 1, 3, 5, 10])
    types = st.sampled_from([0, 0, 0, 1, 2])
    trips = []
    for _ in range(draw(st.integers(1, 4))):
        now, calls = 7 * 3600 + 60 * draw(st.integers(0, 30)), []
        for stop in draw(st.lists(stops, min_size=2, max_size=4)):
            arrival = now + 60 * draw(minutes)
            now = arrival + 30 * draw(st.sampled_from([0, 0, 1]))
            calls.append(Call(stop, arrival, now, draw(types), draw(types)))
        trips.append((draw(st.sampled_from([1, 1, 0, 2])), tuple(calls)))
    kinds = st.sampled_from([(2, 0), (2, 90), (2, 600), (3, ""), (0, "")])
    return World(
        latitudes=latitudes,
        flags=tuple(draw(st.sampled_from([1, 1, 0, 2])) for _ in range(number)),
        trips=tuple(trips),
        told=draw(st.dictionaries(st.tuples(stops, stops), kinds, max_size=3)),
        site=draw(st.dictionaries(stops, st.sampled_from([0, 45, 300]), min_size=1, max_size=2)),
    )
