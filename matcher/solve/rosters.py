r"""The best roster of one opening at given worths, exactly: compiled loops.

    max  Σ_p∈S worth(p)     S a set of people who have a roster together, |S| <= seats

People have a roster exactly when for every set H of half-days (condition of Gale and Hoffman)

    Σ_p∈S max(0, k(p) - |A(p) \\ H|) <= Σ_h∈H room(h)

so a roster is judged by adding vectors over the sets H. The search is depth first over people in
order of worth; a knapsack over seats and half-days, solved once, bounds what the rest can add.
Source: Gale, Pacific J. Math. 7 (1957); Hoffman, Proc. Symp. Appl. Math. 10 (1960); Martello and
Toth, Knapsack Problems (1990), ch. 2.
"""

import numpy as np
import numpy.typing as npt

from matcher.compiled import compiled
from matcher.domain import SESSIONS
from matcher.solve.layout import Layout, Wide
from matcher.travel.atlas import Masks

NOBODY = -1
TABLE = 1_000_000
"""Entries of the knapsack; where it would be larger, it leaves out the half-days."""
CLOSE, GIANT = 10_000, 100_000
"""Seats times people of an opening, up to which everybody there is looked at closely; beyond the
second, the first roster that is found is taken, and the knapsack bounds it."""
NODES = 50_000
"""Rosters looked at; beyond them the best one so far and the knapsack's bound are given."""

Loads = npt.NDArray[np.int32]

_EVERY = np.arange(1 << len(SESSIONS), dtype=np.int32)
_OUTSIDE = np.bitwise_count(_EVERY[:, None] & ~_EVERY[None, :]).astype(np.int32)
_WEEKS = np.arange(len(SESSIONS) + 1, dtype=np.int32)[:, None, None]
MUSTS: npt.NDArray[np.int32] = np.maximum(0, _WEEKS - _OUTSIDE)
"""(half-days a week, sets A, sets H) what somebody must take of H."""


@compiled
def best(
    layout: Layout, opening: int, rows: Wide, worth: Wide, musts: Loads
) -> tuple[int, int, Wide]:
    """The most that people among some rows of an opening are worth together.

    Args:
        layout: the component.
        opening: whose roster.
        rows: (n,) the rows that may come.
        worth: (n,) what each is worth; only those above 0 come.
        musts: ``MUSTS``, handed in because compiled loops hold no large constants.

    Returns:
        The worth of the roster, a bound of it (the same unless the search was given up), and
        the positions of its people in ``rows``.
    """
    if not layout.binds[opening]:
        return _by_worth(worth, max(0, layout.seats[opening]))
    room = layout.room[layout.room_first[opening] : layout.room_first[opening + 1]]
    load = np.zeros(1 << len(room), dtype=np.int32)
    seats, total = layout.seats[opening], room.sum()
    people = _worthwhile(layout, rows, worth, seats, total)
    value, bound, chosen = _search(
        (worth[people], layout.week[rows[people]], layout.sessions[rows[people]]),
        (room, load), musts, (seats, total),
    )  # fmt: skip
    return value, bound, people[chosen]


@compiled
def best_with(
    layout: Layout, opening: int, people: tuple[Wide, Wide], musts: Loads, forced: int
) -> int:
    """A bound of the most that people are worth together, half-days binding, if one must come."""
    rows, worth = people
    room = layout.room[layout.room_first[opening] : layout.room_first[opening + 1]]
    week = layout.week[rows[forced]]
    load = musts[week, layout.sessions[rows[forced]]][: 1 << len(room)].copy()
    others = worth.copy()
    others[forced] = 0
    seats, total = layout.seats[opening] - 1, room.sum() - week
    kept = _worthwhile(layout, rows, others, seats, total)
    _, bound, _ = _search(
        (worth[kept], layout.week[rows[kept]], layout.sessions[rows[kept]]),
        (room, load), musts, (seats, total),
    )  # fmt: skip
    return int(worth[forced] + bound)


@compiled
def _by_worth(worth: Wide, seats: int) -> tuple[int, int, Wide]:
    """Where half-days do not bind: those worth most, as many as there are seats."""
    people = np.empty(min(seats, len(worth)), dtype=np.int64)
    count = value = 0
    for person in range(len(worth) if seats > 0 else 0):
        full = count == len(people)
        if worth[person] <= 0 or (full and worth[person] <= worth[people[count - 1]]):
            continue
        place = count - 1 if full else count  # insertion: dearest first, the first among equals
        value += worth[person] - (worth[people[place]] if full else 0)
        while place > 0 and worth[people[place - 1]] < worth[person]:
            people[place] = people[place - 1]
            place -= 1
        people[place] = person
        count += not full
    return value, value, people[:count]


@compiled
def _worthwhile(layout: Layout, rows: Wide, worth: Wide, seats: int, total: int) -> Wide:
    """Those who can be in a best roster, dearest first.

    Left out is whoever is worth nothing, and whoever is beaten, by people who come as often, at
    all of the same half-days and are worth as much, as often as a roster can hold such people.
    """
    kept = np.flatnonzero(worth > 0)
    order = np.argsort(layout.week[rows[kept]] - 16 * worth[kept], kind="mergesort")
    kept = kept[order]
    count = 0
    for person in kept:
        week, sessions = layout.week[rows[person]], layout.sessions[rows[person]]
        beaten, most = 0, min(seats, total // week)
        for other in kept[:count]:
            if layout.week[rows[other]] == week:
                beaten += layout.sessions[rows[other]] & sessions == sessions
                if beaten == most:
                    break
        if beaten < most:
            kept[count] = person
            count += 1
    return kept[:count]


@compiled
def _knapsack(worth: Wide, week: Wide, seats: int, total: int) -> Wide:
    """(n + 1, seats + 1, half-days + 1) the most that people from n on can add."""
    deep = len(worth) * (seats + 1) * (total + 1) <= TABLE
    table = np.zeros((len(worth) + 1, seats + 1, total + 1 if deep else 1), dtype=np.int64)
    for person in range(len(worth) - 1, -1, -1):
        takes = week[person] if deep else 0
        for seat in range(seats + 1):
            for left in range(table.shape[2]):
                most = table[person + 1, seat, left]
                if seat > 0 and left >= takes:
                    most = max(most, table[person + 1, seat - 1, left - takes] + worth[person])
                table[person, seat, left] = most
    return table


@compiled
def rooms_of(room: Wide) -> Loads:
    """(sets,) the room in every set of half-days."""
    rooms = np.zeros(1 << len(room), dtype=np.int32)
    for day in range(len(room)):
        rooms[1 << day : 2 << day] = rooms[: 1 << day] + room[day]
    return rooms


@compiled
def _joins(loads: Loads, depth: int, must: Loads, rooms: Loads) -> bool:
    """Whether one more has a roster with the others; their load goes one deeper."""
    fits = True
    for index in range(len(rooms)):
        load = loads[depth, index] + must[index]
        loads[depth + 1, index] = load
        fits &= load <= rooms[index]
    return fits


@compiled
def _search(
    people: tuple[Wide, Wide, Wide],
    half_days: tuple[Wide, Loads],
    musts: Loads,
    most: tuple[int, int],
) -> tuple[int, int, Wide]:
    """Depth first, dearest first.

    ``people`` are their worth, half-days a week and sessions; ``half_days`` the room and the load
    to begin with; ``most`` the seats and the half-days to share.
    """
    worth, week, sessions = people
    room, load = half_days
    seats, total = most
    if len(worth) == 0 or seats <= 0 or total <= 0:
        return 0, 0, week[:0]
    seats = min(seats, len(worth), total // week.min())
    table = _knapsack(worth, week, seats, total)
    deep = table.shape[2] > 1
    rooms = rooms_of(room)
    loads = np.zeros((seats + 1, len(rooms)), dtype=np.int32)
    loads[0] = load
    chosen, kept = np.zeros(seats + 1, dtype=np.int64), np.zeros(seats + 1, dtype=np.int64)
    held = best_value = value = depth = at = nodes = 0
    left = total
    most_nodes = NODES if len(worth) * seats <= GIANT else len(worth)
    while True:
        found = False
        while depth < seats and at < len(worth) and nodes < most_nodes:
            if value + table[at, seats - depth, left if deep else 0] <= best_value:
                break
            if week[at] <= left:
                nodes += 1
                found = _joins(loads, depth, musts[week[at], sessions[at]], rooms)
                if found:
                    break
            at += 1
        if found:
            chosen[depth] = at
            depth, value, left = depth + 1, value + worth[at], left - week[at]
            if value > best_value:
                best_value, held = value, depth
                kept[:depth] = chosen[:depth]
        elif depth == 0:
            break
        else:
            depth -= 1
            at = chosen[depth]
            value, left = value - worth[at], left + week[at]
        at += 1
    bound = table[0, seats, total if deep else 0] if nodes >= most_nodes else best_value
    return best_value, bound, kept[:held]


@compiled
def price(
    layout: Layout, worth: Wide, musts: Loads, between: tuple[int, int], picked: Masks
) -> int:
    """The best rosters of some openings at worths; marks their rows in ``picked``, in place.

    Returns:
        A bound of what they are worth together.
    """
    total = 0
    for opening in range(between[0], between[1]):
        low, high = layout.first[opening], layout.first[opening + 1]
        picked[low:high] = False
        rows = np.arange(low, high)
        _, bound, people = best(layout, opening, rows, worth[low:high], musts)
        picked[rows[people]] = True
        total += bound
    return total


@compiled
def losses(layout: Layout, worth: Wide, musts: Loads, enough: int, lost: Wide) -> None:
    """(rows,) at least how much less the opening is worth with this row, in place.

    Where it is clear that more than ``enough`` is lost, it is not looked at closely; nor at very
    large openings.
    """
    for opening in range(len(layout.seats)):
        low, high = layout.first[opening], layout.first[opening + 1]
        close = (high - low) * layout.seats[opening] <= CLOSE
        rows = np.arange(low, high)
        value, bound, people = best(layout, opening, rows, worth[low:high], musts)
        least = 0  # what the last seat is worth
        if len(people) == layout.seats[opening] and len(people) > 0:
            least = worth[low + people].min()
        for row in range(high - low):
            gone = -worth[low + row]
            if not layout.binds[opening]:
                gone += least
            elif close and gone <= enough:
                gone = bound - best_with(layout, opening, (rows, worth[low:high]), musts, row)
            lost[low + row] = max(0, gone)
        if value == bound:
            lost[low + people] = 0
