r"""Chains of moves: one takes the place of another, who goes elsewhere, and so on: compiled loops.

A chain begins with somebody who has no place, or leaves one. Whoever comes takes a free seat or
somebody's place, who goes on; it ends at a free seat, with somebody who goes without, or where it
began. Where half-days do not bind, chains are the paths and cycles of the flow's residual network:
a plan that none can improve is the best there is. Where they bind, somebody can take another's
place if the opening then has a roster (condition of Gale and Hoffman, ``rosters``). What is best
to do with somebody who has no place is found by label correcting (Bellman-Ford) from the ends:

    best(q) = max(0, max_o worth(q,o) + then(q,o))
    then(q,o) = max(0 if q can join o, max_r best(r) - worth(r,o) over those q can replace)

Sources: Ahuja, Magnanti, Orlin, Network Flows (1993), ch. 5 and 9; Thompson, Psaraftis, Oper. Res.
41 (1993), cyclic transfers; Ahuja, Orlin, Sharma, Math. Program. 91 (2001), multi-exchange.
"""

from typing import NamedTuple

import numpy as np

from matcher.compiled import compiled
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide
from matcher.solve.rosters import Loads
from matcher.solve.seating import JOINS, Seating, judge, move
from matcher.travel.atlas import Masks

LEAST = -(1 << 62)
LOOKS = 6
"""Sweeps between two looks for a chain that closes."""


class Ways(NamedTuple):
    """What is best to do with everybody, had they no place: all of shape (participants,).

    ``best``: what it adds. ``row`` they come to, or ``NOBODY``: they go without. ``out``: the row
    of whom they replace, or ``NOBODY``. ``moves`` in the chain.
    """

    best: Wide
    row: Wide
    out: Wide
    moves: Wide


@compiled
def improve(layout: Layout, seating: Seating, musts: Loads, rounds: int) -> bool:
    """Lets chains improve a plan, in place, the best first, all goals in their order.

    Returns:
        Whether more rounds could improve it further.
    """
    ways = new_ways(len(seating.at))
    used = np.zeros(len(seating.people), dtype=np.bool_)
    for _ in range(rounds):
        search(layout, seating, ways)
        used[:] = False
        helped = barred = 0
        for start in _starts(layout, seating, ways):
            come, gone = chain(layout, seating, ways, start)
            if not _improves(layout, seating, (come, gone), used):
                continue
            if move(layout, seating, come, gone, musts):
                helped += 1
                _mark(layout, come, used)
                _mark(layout, gone, used)
            else:
                barred += _bar(layout, seating, come)
        for opening in np.flatnonzero(used):
            judge(layout, seating, int(opening), musts)
        if helped:
            seating.barred[:] = False
        elif barred == 0:
            return False
    return True


@compiled
def _improves(
    layout: Layout, seating: Seating, moves: tuple[list[int], list[int]], used: Masks
) -> bool:
    """Whether a chain adds something, where no other one has changed anything yet."""
    come, gone = moves
    if _worth(seating, come) <= _worth(seating, gone):
        return False
    if _clash(layout, come, used) or _clash(layout, gone, used):
        return False
    return _allowed(layout, seating, come, gone)


@compiled
def new_ways(people: int) -> Ways:
    """Ways still to be found."""
    return Ways(
        np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64),
        np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64),
    )  # fmt: skip


@compiled
def search(layout: Layout, seating: Seating, ways: Ways) -> None:
    """Finds what is best to do with everybody, in place; ends early where a chain closes."""
    ways.best[:] = 0
    ways.row[:] = NOBODY
    ways.out[:] = NOBODY
    ways.moves[:] = 0
    for person in np.flatnonzero(seating.held):
        ways.best[person] = LEAST
    anew = np.ones(len(seating.people), dtype=np.bool_)
    for number in range(4 * seating.longest[0]):
        found = False
        for opening in range(len(anew)):
            if not anew[opening]:
                continue
            anew[opening] = False
            if layout.binds[opening]:
                found |= _reach_tightly(layout, seating, ways, opening, anew)
            elif layout.first[opening] < layout.first[opening + 1]:
                found |= _reach_freely(layout, seating, ways, opening, anew)
        if not found or (number % LOOKS == LOOKS - 1 and len(_turning(layout, ways)) > 0):
            break


@compiled
def _reach_freely(layout: Layout, seating: Seating, ways: Ways, opening: int, anew: Masks) -> bool:
    """An opening where half-days do not bind: all can take the same place, the best there is."""
    first, count = seating.seat_first[opening], seating.people[opening]
    most, who, moves = LEAST, NOBODY, 0
    if count < layout.seats[opening]:
        most = 0
    for row in seating.there[first : first + count]:
        person = layout.person[row]
        if not seating.held[person] and ways.best[person] - seating.worth[row] > most:
            most, who = ways.best[person] - seating.worth[row], row
            moves = ways.moves[person]
    if most == LEAST or moves >= seating.longest[0]:
        return False
    found = False
    for row in range(layout.first[opening], layout.first[opening + 1]):
        person = layout.person[row]
        value = seating.worth[row] + most
        if value <= ways.best[person] or not seating.open[row]:
            continue
        if not seating.held[person] and seating.at[person] != row:
            _lead(layout, seating, ways, anew, (row, who, value, moves + 1))
            found = True
    return found


@compiled
def _reach_tightly(
    layout: Layout, seating: Seating, ways: Ways, opening: int, anew: Masks
) -> bool:
    """An opening where half-days bind: some can take some people's places."""
    first, count = seating.seat_first[opening], seating.people[opening]
    found = False
    for row in range(layout.first[opening], layout.first[opening + 1]):
        person, takes = layout.person[row], seating.takes[row]
        if takes == 0 or seating.barred[row] or not seating.open[row] or seating.held[person]:
            continue
        if takes >> JOINS & 1 and seating.worth[row] > ways.best[person]:
            _lead(layout, seating, ways, anew, (row, NOBODY, seating.worth[row], 1))
            found = True
        for place in range(min(count, JOINS)):
            out = seating.there[first + place]
            other = layout.person[out]
            if not takes >> place & 1 or seating.held[other]:
                continue
            value = seating.worth[row] + ways.best[other] - seating.worth[out]
            if value > ways.best[person] and ways.moves[other] < seating.longest[0]:
                _lead(layout, seating, ways, anew, (row, out, value, ways.moves[other] + 1))
                found = True
    return found


@compiled
def _lead(
    layout: Layout, seating: Seating, ways: Ways, anew: Masks, way: tuple[int, int, int, int]
) -> None:
    """A better way for somebody; who could take their place is to be looked at anew."""
    row, out, value, moves = way
    person = layout.person[row]
    ways.best[person], ways.row[person] = value, row
    ways.out[person], ways.moves[person] = out, moves
    if seating.at[person] != NOBODY:
        anew[layout.opening[seating.at[person]]] = True


@compiled
def _turning(layout: Layout, ways: Ways) -> Wide:
    """Somebody of every chain that closes."""
    seen = np.zeros(len(ways.best), dtype=np.int64)
    turning = np.empty(len(ways.best), dtype=np.int64)
    count = 0
    for start in range(len(ways.best)):
        person = start
        while person != NOBODY and seen[person] == 0:
            seen[person] = start + 1
            out = ways.out[person]
            person = NOBODY if out == NOBODY else layout.person[out]
        if person != NOBODY and seen[person] == start + 1:
            turning[count] = person
            count += 1
    return turning[:count]


@compiled
def _starts(layout: Layout, seating: Seating, ways: Ways) -> Wide:
    """With whom to begin: those of chains that close, then those whose chain adds most."""
    adds = ways.best.copy()
    for person in range(len(adds)):
        if seating.at[person] != NOBODY:
            adds[person] -= seating.worth[seating.at[person]]
    order = np.argsort(-adds, kind="mergesort")
    return np.concatenate((_turning(layout, ways), order[: (adds > 0).sum()]))


@compiled
def chain(layout: Layout, seating: Seating, ways: Ways, start: int) -> tuple[list[int], list[int]]:
    """The rows that come and those that go in somebody's chain; none come if it never ends."""
    come = [0 for _ in range(0)]
    gone = [0 for _ in range(0)]
    person = start
    while True:
        if seating.at[person] != NOBODY:
            gone.append(seating.at[person])
        if ways.row[person] == NOBODY:
            return come, gone
        if len(come) == seating.longest[0]:
            break
        come.append(ways.row[person])
        out = ways.out[person]
        if out == NOBODY or layout.person[out] == start:
            return come, gone
        person = layout.person[out]
    come.clear()
    return come, gone


@compiled
def _worth(seating: Seating, rows: list[int]) -> int:
    total = 0
    for row in rows:
        total += seating.worth[row]
    return total


@compiled
def _clash(layout: Layout, rows: list[int], used: Masks) -> bool:
    """Whether a chain passes an opening that another one has changed."""
    shared = False
    for row in rows:
        shared |= used[layout.opening[row]]
    return shared


@compiled
def _mark(layout: Layout, rows: list[int], used: Masks) -> None:
    for row in rows:
        used[layout.opening[row]] = True


@compiled
def _allowed(layout: Layout, seating: Seating, come: list[int], gone: list[int]) -> bool:
    """Whether the supervisors have as many starts: a chain's last may give way to its first."""
    first = layout.person[come[0]]
    desk = layout.desk[first]
    if seating.at[first] != NOBODY or desk == NOBODY or seating.free[desk] > 0:
        return True
    return len(come) == len(gone) and layout.desk[layout.person[gone[-1]]] == desk


@compiled
def _bar(layout: Layout, seating: Seating, come: list[int]) -> int:
    """Bars the rows by which a chain came a second time to where half-days bind; how many."""
    count = 0
    for place in range(len(come)):
        opening = layout.opening[come[place]]
        for before in come[:place]:
            if layout.binds[opening] and layout.opening[before] == opening:
                count += not seating.barred[come[place]]
                seating.barred[come[place]] = True
    return count
