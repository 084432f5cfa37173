"""The scan of a timetable, backward from a site: when must one leave each stop (compiled loops).

Connections are read from the last departure to the first. With what is known of later ones:

    aboard(trip) = the best of reach(v) over its stops v with reach(v) >= arrival there
    leave(u)     = departure at u, once aboard(trip) is known
    reach(s)     = the best of: deadline - walk to the site, leave(s) - change(s),
                   leave(u) - walk(s,u) over the footpaths from s to u

``leave`` is by boarding, ``reach`` by getting off; two labels, since footpaths are not
transitively closed: who has walked to a stop cannot walk on from it. A label is one number, and
the larger one is better: a later time; at the same time fewer rides, then less walking. So the
time is the latest there is, and rides and walk are those of one journey that has it.

Source: Dibbelt, Pajor, Strasser, Wagner, Connection Scan Algorithm, ACM J. Exp. Algor. 23 (2018).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.compiled import compiled
from matcher.travel.gtfs.feed import FORBIDDEN, Bytes
from matcher.travel.gtfs.values import Ints
from matcher.travel.gtfs.walking import Access, Footpaths

Labels = npt.NDArray[np.int64]
"""Time in seconds * 2^28 + (255 - rides) * 2^20 + (2^20 - 1 - seconds on foot)."""

TIME_BITS = 28
RIDE = 1 << 20
ARRIVED = (255 << 20) + RIDE - 1
"""The part of a label below its time, of who is there: no rides, no walking."""
BELOW = (1 << TIME_BITS) - 1
NEVER = -(1 << 62)
BOARD, ALIGHT = 1, 2
ANY, NOT_REFUSED, STEP_FREE = 0, 2, 4
"""By how much the rights of a connection are shifted: all; no known step; known step-free."""


class Connections(NamedTuple):
    """Rides from one stop to the next, ascending by departure, then arrival: (connections,).

    Stops are positions among the served ones, times seconds of the day. ``rights``: bits
    ``BOARD`` and ``ALIGHT``, three times: for everybody, then without what is known to have
    steps, then with only what is known to have none.
    """

    origin: Ints
    target: Ints
    departure: Ints
    arrival: Ints
    trip: Ints
    rights: Bytes


@compiled
def latest(
    connections: Connections, walks: Footpaths, site: Access, span: tuple[int, int], rights: int
) -> Labels:
    """When one must leave each stop at the latest, to be at the site in time.

    It is one loop, without calls for each connection: they would make it four times slower.

    Args:
        connections: of the day.
        walks: between stops.
        site: the stops from which the site can be walked to; one place.
        span: (earliest departure, deadline), seconds of the day.
        rights: ``ANY``, ``NOT_REFUSED`` or ``STEP_FREE``.

    Returns:
        (stops,) labels; ``NEVER`` where there is no way.
    """
    origin, target, departure, arrival, trips, allowed = connections
    leave = np.full(len(walks.change), NEVER, np.int64)
    reach = from_site(site, span[1], len(walks.change))
    aboard = np.zeros(trips.max() + 1 if len(trips) else 0, np.int64)
    low = int(np.searchsorted(departure, span[0]))
    at = int(np.searchsorted(departure, span[1] + 1)) - 1
    while at >= low:
        begin = at if arrival[at] > departure[at] else together(departure, at, low)
        again = True
        while again:
            again = False
            for row in range(at, begin - 1, -1):
                may, trip, there = allowed[row] >> rights, trips[row], reach[target[row]]
                if may & ALIGHT and there >> TIME_BITS >= arrival[row]:
                    rest = (there & BELOW) - RIDE
                    if rest > aboard[trip]:
                        aboard[trip] = rest
                        again = at > begin
                if may & BOARD and aboard[trip] > 0:
                    label = (int(departure[row]) << TIME_BITS) + aboard[trip]
                    if label > leave[origin[row]]:
                        leave[origin[row]] = label
                        spread(walks, reach, origin[row], label)
                        again = at > begin
        at = begin - 1
    return np.maximum(leave, reach)


@compiled
def from_site(site: Access, deadline: int, stops: int) -> Labels:
    """(stops,) labels of who gets off, as far as the site can be walked to."""
    reach = np.full(stops, NEVER, np.int64)
    for at in range(len(site.stop)):
        there = (deadline << TIME_BITS) + ARRIVED
        reach[site.stop[at]] = later(there, site.seconds[at])
    return reach


@compiled
def together(departure: Ints, at: int, low: int) -> int:
    """The first of the connections that leave when this one does, and like it take no time.

    One of these may lead to another, in any order.
    """
    while at > low and departure[at - 1] == departure[at]:
        at -= 1
    return at


@compiled
def spread(walks: Footpaths, reach: Labels, stop: int, label: int) -> None:
    """Who can leave a stop can get off there before, or near it and walk; in place."""
    change, first, origins, seconds = walks
    if change[stop] != FORBIDDEN:
        reach[stop] = max(reach[stop], label - (int(change[stop]) << TIME_BITS))
    for walk in range(first[stop], first[stop + 1]):
        origin = origins[walk]
        reach[origin] = max(reach[origin], later(label, seconds[walk]))


@compiled
def later(label: int, seconds: int) -> int:
    """The label of who walks so long before it."""
    return int(label) - (int(seconds) << TIME_BITS) - int(seconds)


@compiled
def from_places(labels: Labels, places: Access) -> Labels:
    """(places,) the best label of each place, over the stops that it can walk to."""
    first, stops, seconds = places
    found = np.full(len(first) - 1, NEVER, np.int64)
    for place in range(len(found)):
        for at in range(first[place], first[place + 1]):
            label = labels[stops[at]]
            if label != NEVER:
                found[place] = max(found[place], later(label, seconds[at]))
    return found


def seconds_of(labels: Labels) -> Labels:
    """The times of labels, seconds of the day."""
    return labels >> TIME_BITS


def rides_of(labels: Labels) -> Labels:
    """How many rides a journey has."""
    return 255 - ((labels & BELOW) >> 20)


def walked_of(labels: Labels) -> Labels:
    """How many seconds of a journey are on foot."""
    return RIDE - 1 - (labels & (RIDE - 1))
