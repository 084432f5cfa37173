"""What a place is worth, and what it takes to have one: compiled loops over a seating.

What it is worth that somebody leaves is found by label correcting, as chains are, from the other
end: whoever comes leaves a place too, if they had one.

    gap(r)  = max(0, max_q come(q) + worth(q,o))     r at o, q can take r's place
    come(q) = 0 if q has no place, else gap(q) - worth(q)

Where half-days do not bind these are the prices of seats in the dual of the flow: what one more
seat is worth, for all openings at once. Source: Ahuja, Magnanti, Orlin, Network Flows, ch. 9.
"""

import numpy as np

from matcher.compiled import compiled
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide
from matcher.solve.rosters import Loads
from matcher.solve.seating import JOINS, Seating, fits, fits_in, judge, put
from matcher.solve.ways import Ways

SWEEPS = 400
"""Sweeps at most: a chain of so many moves."""


@compiled
def seat_worths(layout: Layout, seating: Seating, musts: Loads) -> Wide:
    """(openings,) what one more seat at each adds, all goals stacked, by chains of moves."""
    gap = np.zeros(len(seating.at), dtype=np.int64)
    for _ in range(SWEEPS):
        found = False
        for opening in range(len(seating.people)):
            found |= _spread(layout, seating, gap, opening)
        if not found:
            break
    worths = np.zeros(len(seating.people), dtype=np.int64)
    for opening in range(len(seating.people)):
        low, high = seating.load_first[opening], seating.load_first[opening + 1]
        left = seating.room[low:high] - seating.load[low:high]
        for row in range(layout.first[opening], layout.first[opening + 1]):
            value = _come(layout, seating, gap, row)
            if value > worths[opening]:
                must = musts[layout.week[row], layout.sessions[row]]
                if not layout.binds[opening] or fits_in(must, left):
                    worths[opening] = value
    return worths


@compiled
def _come(layout: Layout, seating: Seating, gap: Wide, row: int) -> int:
    """What it adds if somebody comes by a row, with what becomes of the place they had."""
    person = layout.person[row]
    if not seating.open[row] or seating.held[person] or seating.at[person] == row:
        return 0
    value = seating.worth[row]
    if seating.at[person] != NOBODY:
        value += gap[person] - seating.worth[seating.at[person]]
    return int(value)


@compiled
def _spread(layout: Layout, seating: Seating, gap: Wide, opening: int) -> bool:
    """Raises what the places of an opening are worth to others, in place; whether any rose."""
    first, count = seating.seat_first[opening], seating.people[opening]
    found = False
    most = 0
    for row in range(layout.first[opening], layout.first[opening + 1]):
        value = _come(layout, seating, gap, row)
        if not layout.binds[opening]:
            most = max(most, value)
            continue
        for place in range(min(count, JOINS)):
            there = layout.person[seating.there[first + place]]
            if seating.takes[row] >> place & 1 and value > gap[there]:
                gap[there] = value
                found = True
    for row in seating.there[first : first + count]:
        if most > gap[layout.person[row]]:
            gap[layout.person[row]] = most
            found = True
    return found


@compiled
def enter(layout: Layout, seating: Seating, ways: Ways, row: int, musts: Loads) -> bool:
    """Somebody takes a place and keeps it; who loses least by it gives way.

    Returns:
        False when even an opening that all others leave has no room; then the seating is broken.
    """
    person, opening = layout.person[row], layout.opening[row]
    if seating.at[person] != row:
        if seating.at[person] != NOBODY:
            left = layout.opening[seating.at[person]]
            put(layout, seating, seating.at[person], -1, musts)
            judge(layout, seating, left, musts)
        put(layout, seating, row, 1, musts)
    seating.held[person] = True
    while not _holds(layout, seating, opening):
        out = _gives_way(layout, seating, ways, opening, musts)
        if out == NOBODY:
            return False
        put(layout, seating, out, -1, musts)
    judge(layout, seating, opening, musts)
    desk = layout.desk[person]
    if desk != NOBODY and seating.free[desk] < 0:
        return _give_up_start(layout, seating, desk, musts)
    return True


@compiled
def _holds(layout: Layout, seating: Seating, opening: int) -> bool:
    """Whether the people at an opening have seats and half-days."""
    if seating.people[opening] > layout.seats[opening]:
        return False
    return not layout.binds[opening] or fits(seating, opening)


@compiled
def _gives_way(layout: Layout, seating: Seating, ways: Ways, opening: int, musts: Loads) -> int:
    """The row of who loses least by leaving, of those whose leaving is enough if there are any."""
    first, count = seating.seat_first[opening], seating.people[opening]
    best, least, enough = NOBODY, 0, False
    for row in seating.there[first : first + count].copy():
        person = layout.person[row]
        if seating.held[person]:
            continue
        put(layout, seating, row, -1, musts)
        does = _holds(layout, seating, opening)
        put(layout, seating, row, 1, musts)
        loss = seating.worth[row] - ways.best[person]
        if best == NOBODY or (does and not enough) or (does == enough and loss < least):
            best, least, enough = row, loss, does
    return int(best)


@compiled
def _give_up_start(layout: Layout, seating: Seating, desk: int, musts: Loads) -> bool:
    """Somebody else of the same supervisor, who loses least, goes without."""
    best = NOBODY
    for person in range(len(seating.at)):
        row = seating.at[person]
        if row == NOBODY or layout.desk[person] != desk or seating.held[person]:
            continue
        if best == NOBODY or seating.worth[row] < seating.worth[seating.at[best]]:
            best = person
    if best == NOBODY:
        return False
    row = seating.at[best]
    put(layout, seating, row, -1, musts)
    judge(layout, seating, layout.opening[row], musts)
    return True


@compiled
def settle(layout: Layout, seating: Seating, rows: Wide, musts: Loads) -> None:
    """People come to an empty seating one by one, as long as there is room; to one place each."""
    for row in rows:
        if seating.at[layout.person[row]] != NOBODY:
            continue
        opening, desk = layout.opening[row], layout.desk[layout.person[row]]
        put(layout, seating, row, 1, musts)
        starts = desk == NOBODY or seating.free[desk] >= 0
        if not starts or not _holds(layout, seating, opening):
            put(layout, seating, row, -1, musts)
    for opening in range(len(seating.people)):
        judge(layout, seating, opening, musts)
