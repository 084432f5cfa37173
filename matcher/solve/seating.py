"""A plan seated: who is where, opening by opening, and who could take whose place there.

It is changed in place by chains of moves (``chains``).
"""

from typing import NamedTuple, TypeVar

import numpy as np

from matcher.compiled import compiled
from matcher.solve.components import NOBODY, Gains
from matcher.solve.layout import Layout, Wide
from matcher.solve.rosters import MUSTS, Loads, rooms_of
from matcher.travel.atlas import Masks

Arrays = TypeVar("Arrays", bound=NamedTuple)
LENGTHS = (100, 50, 25, 12, 6, 3)
"""Moves in a chain, at most: the most for which the goals, stacked, stay within the range."""
SAFE_RANGE = 1 << 61
JOINS = 62
"""The bit of a row that can join without anybody leaving; those below stand for people there."""


class Seating(NamedTuple):
    """A plan opening by opening, changed in place, and who could take whose place.

    ``at``: (participants,) each one's row, or ``NOBODY``. ``free``: (supervisors,) starts left.
    ``people``: (openings,) how many are there; their rows stand in ``there`` from
    ``seat_first[o]`` on. Where half-days bind, ``load`` and ``room`` hold what people there must
    take of every set of half-days, and its room, from ``load_first[o]`` up to
    ``load_first[o + 1]``; ``takes``: (rows,) the people there, as bits, whose place the row could
    take, and ``JOINS``. ``worth``: (rows,) all goals stacked. ``held``: (participants,) who is not
    moved. ``open``: (rows,) what may be chosen. ``barred``: (rows,) what led nowhere. ``longest``:
    (1,) moves in a chain.
    """

    at: Wide
    free: Wide
    people: Wide
    there: Wide
    seat_first: Wide
    load: Loads
    room: Loads
    load_first: Wide
    takes: Wide
    worth: Wide
    held: Masks
    open: Masks
    barred: Masks
    longest: Wide


def seat(layout: Layout, chosen: Wide) -> Seating:
    """The seating of a lawful plan, given by its rows."""
    people, rows = len(layout.desk), len(layout.pair)
    worth, longest = stacked(layout.gain)
    seats = np.minimum(layout.seats, np.diff(layout.first)) + 1  # room for one more to try
    sets = np.where(layout.binds, 1 << np.diff(layout.room_first), 0)
    load_first = np.concatenate([[0], np.cumsum(sets)])
    room = np.zeros(load_first[-1], dtype=np.int32)
    for opening in np.flatnonzero(layout.binds):
        half_days = layout.room[layout.room_first[opening] : layout.room_first[opening + 1]]
        room[load_first[opening] : load_first[opening + 1]] = rooms_of(half_days)
    made = Seating(
        at=np.full(people, NOBODY, dtype=np.int64),
        free=layout.starts.copy(),
        people=np.zeros(len(seats), dtype=np.int64),
        there=np.full(int(seats.sum()), NOBODY, dtype=np.int64),
        seat_first=np.concatenate([[0], np.cumsum(seats)]),
        load=np.zeros(load_first[-1], dtype=np.int32),
        room=room,
        load_first=load_first,
        takes=np.zeros(rows, dtype=np.int64),
        worth=worth,
        held=np.zeros(people, dtype=np.bool_),
        open=np.ones(rows, dtype=np.bool_),
        barred=np.zeros(rows, dtype=np.bool_),
        longest=np.array([longest]),
    )
    fill(layout, made, chosen, MUSTS)
    return made


def stacked(gain: Gains) -> tuple[Wide, int]:
    """(rows,) all goals in one number, the dearest first, and how long a chain may be for it.

    Args:
        gain: (rows, goals).

    Raises:
        OverflowError: not even for short chains.
    """
    factors, longest = _factors(gain)
    return gain @ np.array(factors[1:], dtype=np.int64), longest


def unstacked(gain: Gains, total: int) -> tuple[int, ...]:
    """What a chain adds to every goal, from what it adds to all of them stacked."""
    factors, _ = _factors(gain)
    found: list[int] = []
    for goal in range(len(factors) - 1, 0, -1):
        span = factors[goal - 1] // factors[goal]
        part = (total + span // 2) % span - span // 2
        found.insert(0, part)
        total = (total - part) // span
    return tuple(found)


def _factors(gain: Gains) -> tuple[list[int], int]:
    """What one of each goal is worth in the last: the whole range first; and the moves."""
    most = [int(gain[:, goal].max(initial=0)) for goal in range(gain.shape[1])]
    for longest in LENGTHS:
        factors = [1]
        for peak in reversed(most):
            factors.insert(0, factors[0] * (2 * (longest + 1) * peak + 1))
        if factors[0] < SAFE_RANGE:
            return factors, longest
    raise OverflowError("goals too large to be stacked")


@compiled
def fill(layout: Layout, seating: Seating, chosen: Wide, musts: Loads) -> None:
    """People come to an empty seating."""
    for row in chosen:
        put(layout, seating, row, 1, musts)
    for opening in range(len(seating.people)):
        judge(layout, seating, opening, musts)


@compiled
def move(layout: Layout, seating: Seating, come: list[int], gone: list[int], musts: Loads) -> bool:
    """Some go and others come, in place; nothing is changed where no roster would be left."""
    for row in gone:
        put(layout, seating, row, -1, musts)
    for row in come:
        put(layout, seating, row, 1, musts)
    for row in come:
        if layout.binds[layout.opening[row]] and not fits(seating, layout.opening[row]):
            for back in come:
                put(layout, seating, back, -1, musts)
            for back in gone:
                put(layout, seating, back, 1, musts)
            for back in gone:  # those there may stand in another order now
                judge(layout, seating, layout.opening[back], musts)
            return False
    return True


@compiled
def fits(seating: Seating, opening: int) -> bool:
    """Whether the people at an opening where half-days bind have a roster."""
    low, high = seating.load_first[opening], seating.load_first[opening + 1]
    return fits_in(seating.load[low:high], seating.room[low:high])


@compiled
def put(layout: Layout, seating: Seating, row: int, sign: int, musts: Loads) -> None:
    """Somebody comes (1) or goes (-1)."""
    opening, person = layout.opening[row], layout.person[row]
    first = seating.seat_first[opening]
    if sign > 0:
        seating.there[first + seating.people[opening]] = row
        seating.people[opening] += 1
        seating.at[person] = row
    else:
        place = first
        while seating.there[place] != row:
            place += 1
        seating.people[opening] -= 1
        seating.there[place] = seating.there[first + seating.people[opening]]
        seating.at[person] = NOBODY
    if layout.desk[person] != NOBODY:
        seating.free[layout.desk[person]] -= sign
    if layout.binds[opening]:
        load = seating.load[seating.load_first[opening] : seating.load_first[opening + 1]]
        must = musts[layout.week[row], layout.sessions[row]]
        for index in range(len(load)):
            load[index] += np.int32(sign * must[index])


@compiled
def judge(layout: Layout, seating: Seating, opening: int, musts: Loads) -> None:
    """Who could join an opening where half-days bind, and who take whose place there."""
    if not layout.binds[opening]:
        return
    low, high = seating.load_first[opening], seating.load_first[opening + 1]
    left = seating.room[low:high] - seating.load[low:high]
    first, count = seating.seat_first[opening], min(seating.people[opening], JOINS)
    without = np.empty((count, high - low), dtype=np.int32)
    for place in range(count):
        out = seating.there[first + place]
        other = musts[layout.week[out], layout.sessions[out]]
        for index in range(high - low):
            without[place, index] = left[index] + other[index]
    joins = seating.people[opening] < layout.seats[opening]
    for row in range(layout.first[opening], layout.first[opening + 1]):
        seating.takes[row] = 0
        if seating.at[layout.person[row]] == row:
            continue
        must = musts[layout.week[row], layout.sessions[row]]
        if joins and fits_in(must, left):
            seating.takes[row] |= np.int64(1) << JOINS
        for place in range(count):
            if fits_in(must, without[place]):
                seating.takes[row] |= np.int64(1) << place


@compiled
def fits_in(must: Loads, left: Loads) -> bool:
    """Whether somebody's half-days fit into what is left, set by set."""
    over = np.int32(0)  # below 0 as soon as one is: without a look in between many go at once
    for index in range(len(left)):
        over |= np.int32(left[index] - must[index])
    return bool(over >= 0)


def copied(arrays: Arrays) -> Arrays:
    """The same arrays again, to be changed: of a seating, or of what is known of it."""
    return arrays._replace(**{name: part.copy() for name, part in arrays._asdict().items()})
