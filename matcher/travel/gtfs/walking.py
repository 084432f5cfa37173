"""On foot: how long a walk takes, which stops are near, and how one changes between them.

    seconds = 1.3 d / 1.25 m/s, rounded up

with d the straight line through the Earth in metres, 1.25 m/s (4.5 km/h) and a detour of 1.3.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from matcher.travel.contract import Point
from matcher.travel.estimate import EARTH_RADIUS_KM
from matcher.travel.gtfs.feed import FORBIDDEN, UNTOLD, Stops, Transfers
from matcher.travel.gtfs.values import Floats, Ints

Wide = npt.NDArray[np.int64]

METRES_PER_SECOND = 4.5 / 3.6
DETOUR = 1.3
FOOTPATH_METRES = 800
ACCESS_SECONDS = 30 * 60
"""The longest walk to the first stop, and from the last one."""


class Footpaths(NamedTuple):
    """How one changes from a vehicle to the next.

    ``change`` (stops,): the seconds it takes where one is, or ``FORBIDDEN``. The walks to stop u
    are ``first[u]`` to ``first[u + 1]`` - 1; ``stop`` (walks,) where each begins, ``seconds``
    (walks,) what it takes. ``first`` is (stops + 1,).
    """

    change: Ints
    first: Wide
    stop: Ints
    seconds: Ints


class Access(NamedTuple):
    """The stops that places can walk to: ``first`` (places + 1,), ``stop`` and ``seconds``."""

    first: Wide
    stop: Ints
    seconds: Ints


def coordinates(latitude: Floats, longitude: Floats) -> Floats:
    """(places, 3) metres from the middle of the Earth."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    across = np.cos(lat)
    axes = [across * np.cos(lon), across * np.sin(lon), np.sin(lat)]
    return 1000 * EARTH_RADIUS_KM * np.stack(axes, axis=1)


def of_points(points: Sequence[Point]) -> Floats:
    """(points, 3) metres from the middle of the Earth."""
    return coordinates(
        np.array([point.latitude for point in points], dtype=np.float64),
        np.array([point.longitude for point in points], dtype=np.float64),
    )


def walk_seconds(metres: Floats) -> Ints:
    """How long a walk takes whose ends are so far apart in a straight line."""
    seconds: Ints = np.ceil(metres * DETOUR / METRES_PER_SECOND).astype(np.int32)
    return seconds


def access(places: Floats, stops: cKDTree) -> Access:
    """The stops within 30 minutes on foot of each place (places, 3)."""
    farthest = ACCESS_SECONDS * METRES_PER_SECOND / DETOUR
    found: list[list[int]] = list(stops.query_ball_point(places, farthest, return_sorted=True))  # type: ignore[arg-type]
    counts = [len(near) for near in found]
    first = np.zeros(len(places) + 1, dtype=np.int64)
    first[1:] = np.cumsum(counts)
    stop = np.concatenate([np.zeros(0), *found]).astype(np.int32)
    metres = np.linalg.norm(stops.data[stop] - np.repeat(places, counts, axis=0), axis=1)
    return Access(first, stop, walk_seconds(metres))


def footpaths(at: Floats, stops: Stops, transfers: Transfers, served: Wide) -> Footpaths:
    """Walks of up to 800 m between the served stops, and what the feed says of changes.

    A time in the feed replaces that of the walk, also where it is farther; what it says of two
    stops replaces what it says of their stations.

    Args:
        at: (served, 3) metres.
        stops: of the feed.
        transfers: of the feed.
        served: (served,) positions in the feed, ascending.
    """
    pairs = cKDTree(at).query_pairs(FOOTPATH_METRES, output_type="ndarray").astype(np.int64)
    told = [_told(stops, transfers, served, level) for level in range(4)]
    origin = np.concatenate([pairs[:, 0], pairs[:, 1], *(rule[0] for rule in told)])
    target = np.concatenate([pairs[:, 1], pairs[:, 0], *(rule[1] for rule in told)])
    nearby = np.full(2 * len(pairs), UNTOLD, dtype=np.int32)
    seconds = np.concatenate([nearby, *(rule[2] for rule in told)])
    origin, target, seconds = _last_word(origin, target, seconds, len(served))
    walk = walk_seconds(np.linalg.norm(at[origin] - at[target], axis=1))
    seconds = np.where(seconds == UNTOLD, walk, seconds).astype(np.int32)
    same = origin == target
    change = np.zeros(len(served), dtype=np.int32)
    change[origin[same]] = seconds[same]
    apart = ~same & (seconds != FORBIDDEN)
    first = np.zeros(len(served) + 1, dtype=np.int64)
    first[1:] = np.cumsum(np.bincount(target[apart], minlength=len(served)))
    return Footpaths(change, first, origin[apart].astype(np.int32), seconds[apart])


def _last_word(origin: Wide, target: Wide, seconds: Ints, number: int) -> tuple[Wide, Wide, Ints]:
    """Of each pair the last that is said of it; ordered by target, then by origin."""
    key = (target * number + origin)[::-1]
    keys, at = np.unique(key, return_index=True)
    return keys % number, keys // number, seconds[::-1][at]


def _told(stops: Stops, transfers: Transfers, served: Wide, level: int) -> tuple[Wide, Wide, Ints]:
    """What the feed says of changes, as pairs of served stops.

    Args:
        stops: of the feed.
        transfers: of the feed.
        served: (served,) positions in the feed, ascending.
        level: 0: of two stations, for all their stops; 1 and 2: of a stop and a station; 3: of
            two stops.
    """
    origin, row = _ends(stops, served, transfers.origin, wide=level in (0, 2))
    target, at = _ends(stops, served, transfers.target[row], wide=level in (0, 1))
    return origin[at], target, transfers.seconds[row][at]


def _ends(stops: Stops, served: Wide, told: Ints, *, wide: bool) -> tuple[Wide, Wide]:
    """The served stops that are meant, and by which row: the stops themselves, or those within.

    ``wide``: the rows tell stations, and mean the stops of them.
    """
    meant = stops.station[served] if wide else served
    order = np.argsort(meant, kind="stable")
    low = np.searchsorted(meant[order], told, side="left")
    counts = np.searchsorted(meant[order], told, side="right") - low
    rows = np.repeat(np.arange(len(told)), counts)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(low, counts) + step], rows
