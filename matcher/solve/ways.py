r"""What is best to do with everybody, had they no place: compiled loops.

Found by label correcting (Bellman-Ford) from the ends of the chains of moves (``chains``), opening
by opening:

    best(q) = max(0, max_o worth(q,o) + then(q,o))
    then(q,o) = max(0 if q can join o, max_r best(r) - worth(r,o) over those q can replace)

After a few moves most of it still holds: what led through an opening that has changed is
forgotten, and only that is found anew.

Sources: Ahuja, Magnanti, Orlin, Network Flows (1993), ch. 5 (label correcting) and 9 (reduced
costs); Ramalingam, Reps, J. Algorithms 21 (1996), shortest paths where the network changes.
"""

from typing import NamedTuple

import numpy as np

from matcher.compiled import compiled
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide
from matcher.solve.seating import JOINS, Seating
from matcher.travel.atlas import Masks

LEAST = -(1 << 62)
LOOKS = 6
"""Sweeps between two looks for a chain that closes."""


class Ways(NamedTuple):
    """What is best to do with everybody, had they no place.

    All of shape (participants,): ``best``: what it adds. ``row`` they come to, or ``NOBODY``: they
    go without. ``out``: the row of whom they replace, or ``NOBODY``. ``moves`` in the chain.
    Of shape (openings,): ``anew``: still to be looked at. ``order`` in which they are: what ends a
    chain comes before what leads to it, as far as is known.
    """

    best: Wide
    row: Wide
    out: Wide
    moves: Wide
    anew: Masks
    order: Wide


@compiled
def new_ways(seating: Seating) -> Ways:
    """Ways of which nothing is known yet."""
    people, openings = len(seating.at), len(seating.people)
    ways = Ways(
        np.zeros(people, dtype=np.int64), np.full(people, NOBODY, dtype=np.int64),
        np.full(people, NOBODY, dtype=np.int64), np.zeros(people, dtype=np.int64),
        np.ones(openings, dtype=np.bool_), np.arange(openings),
    )  # fmt: skip
    ways.best[seating.held] = LEAST
    return ways


@compiled
def look(layout: Layout, seating: Seating, ways: Ways) -> None:
    """Finds what is best to do with everybody, in place; ends early where a chain closes."""
    for number in range(4 * seating.longest[0]):
        found = _sweep(layout, seating, ways, ways.anew)
        if not found or (number % LOOKS == LOOKS - 1 and len(turning(layout, ways)) > 0):
            break


@compiled
def _sweep(layout: Layout, seating: Seating, ways: Ways, anew: Masks) -> bool:
    """Looks once at every opening that is to be looked at; whether better ways were found.

    ``anew`` stands apart: read out of the tuple in the inmost loop it took twice the time.
    """
    found = False
    for opening in ways.order:
        if not anew[opening]:
            continue
        anew[opening] = False
        if layout.binds[opening]:
            found |= _reach_tightly(layout, seating, ways, anew, opening)
        elif layout.first[opening] < layout.first[opening + 1]:
            found |= _reach_freely(layout, seating, ways, anew, opening)
    return found


@compiled
def forget(layout: Layout, seating: Seating, ways: Ways, changed: Masks) -> None:
    """Forgets every way through an opening that is otherwise now, or in a circle; in place.

    What is left still holds, so that the next look has little to find.

    Args:
        layout: the component, which may have other seats than before.
        seating: where people are moved or held, seats added, rows opened or barred.
        ways: what was best before.
        changed: (openings,) those where it is otherwise, who is held there too.
    """
    _sort(layout, seating, ways)
    ways.anew[changed] = True
    lost = _lost(layout, ways, changed)
    for person in np.flatnonzero(lost):
        ways.best[person] = 0
        ways.row[person] = ways.out[person] = NOBODY
        ways.moves[person] = 0
        for own in range(layout.own_first[person], layout.own_first[person + 1]):
            ways.anew[layout.opening[layout.own[own]]] = True
    for person in np.flatnonzero(seating.held):
        ways.best[person] = LEAST
        ways.row[person] = ways.out[person] = NOBODY


@compiled
def _sort(layout: Layout, seating: Seating, ways: Ways) -> None:
    """Orders the openings by how long the chain is that is best for a place there."""
    moves = np.zeros(len(seating.people), dtype=np.int64)
    for opening in range(len(moves)):
        first, count = seating.seat_first[opening], seating.people[opening]
        most = 0 if count < layout.seats[opening] else LEAST
        for row in seating.there[first : first + count]:
            person = layout.person[row]
            if not seating.held[person] and ways.best[person] - seating.worth[row] > most:
                most = ways.best[person] - seating.worth[row]
                moves[opening] = ways.moves[person]
    ways.order[:] = np.argsort(moves, kind="mergesort")


@compiled
def _lost(layout: Layout, ways: Ways, changed: Masks) -> Masks:
    """(participants,) whose way passes an opening that has changed, or does not end."""
    unseen, walked, holds, lost = 0, 1, 2, 3
    state = np.full(len(ways.best), unseen)
    for start in range(len(state)):
        person, verdict = start, unseen
        while verdict == unseen:
            row = ways.row[person]
            if state[person] != unseen:  # walked just now: a circle
                verdict = lost if state[person] == walked else state[person]
            elif row != NOBODY and changed[layout.opening[row]]:
                state[person] = verdict = lost
            elif ways.out[person] == NOBODY:
                state[person] = verdict = holds
            else:
                state[person] = walked
                person = layout.person[ways.out[person]]
        person = start
        while state[person] == walked:
            state[person] = verdict
            person = layout.person[ways.out[person]]
    found: Masks = state == lost
    return found


@compiled
def bound(layout: Layout, seating: Seating, ways: Ways, changed: Masks) -> bool:
    """Whether what was found before the last moves still bounds every chain, so none improves.

    It does when nobody's way is worth more than what they have, and no place at an opening that
    has changed is worth more to anybody than their way: summed along a chain, or round a circle,
    that leaves nothing to gain (reduced profits; Ahuja, Magnanti, Orlin, Network Flows, ch. 9).
    """
    if ways.anew.any():
        return False
    for person in range(len(ways.best)):
        row = seating.at[person]
        if ways.best[person] > (0 if row == NOBODY else seating.worth[row]):
            return False
    tried = Ways(
        ways.best.copy(), ways.row.copy(), ways.out.copy(), ways.moves.copy(),
        changed.copy(), ways.order,
    )  # fmt: skip
    return not _sweep(layout, seating, tried, tried.anew)


@compiled
def _reach_freely(layout: Layout, seating: Seating, ways: Ways, anew: Masks, opening: int) -> bool:
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
    layout: Layout, seating: Seating, ways: Ways, anew: Masks, opening: int
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
def turning(layout: Layout, ways: Ways) -> Wide:
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
