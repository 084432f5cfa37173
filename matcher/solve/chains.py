r"""Chains of moves: one takes the place of another, who goes elsewhere, and so on: compiled loops.

A chain begins with somebody who has no place, or leaves one. Whoever comes takes a free seat or
somebody's place, who goes on; it ends at a free seat, with somebody who goes without, or where it
began. Where half-days do not bind, chains are the paths and cycles of the flow's residual network:
a plan that none can improve is the best there is. Where they bind, somebody can take another's
place if the opening then has a roster (condition of Gale and Hoffman, ``rosters``). What is best
to do with somebody who has no place is found from the ends (``ways``).

Sources: Ahuja, Magnanti, Orlin, Network Flows (1993), ch. 5 and 9; Thompson, Psaraftis, Oper. Res.
41 (1993), cyclic transfers; Ahuja, Orlin, Sharma, Math. Program. 91 (2001), multi-exchange.
"""

import numpy as np

from matcher.compiled import compiled
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide
from matcher.solve.rosters import MUSTS, Loads
from matcher.solve.seating import Seating, copied, judge, move
from matcher.solve.ways import Ways, bound, forget, look, new_ways, turning
from matcher.travel.atlas import Masks

ROUNDS = 2_000
"""Rounds of chains, at most, for a plan that is asked something."""


@compiled
def improve(layout: Layout, seating: Seating, musts: Loads, rounds: int) -> bool:
    """Lets chains improve a plan, in place, the best first, all goals in their order.

    Returns:
        Whether more rounds could improve it further.
    """
    return improve_from(layout, seating, new_ways(seating), musts, rounds)


@compiled
def improve_from(layout: Layout, seating: Seating, ways: Ways, musts: Loads, rounds: int) -> bool:
    """``improve`` from ways that are known, but for what was forgotten; in place, they too."""
    used = np.zeros(len(seating.people), dtype=np.bool_)
    for _ in range(rounds):
        look(layout, seating, ways)
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
        for row in np.flatnonzero(seating.barred):
            used[layout.opening[row]] = True
        if helped:
            seating.barred[:] = False
        elif barred == 0:
            return False
        if bound(layout, seating, ways, used):
            return False
        forget(layout, seating, ways, used)
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
def _starts(layout: Layout, seating: Seating, ways: Ways) -> Wide:
    """With whom to begin: those of chains that close, then those whose chain adds most."""
    adds = ways.best.copy()
    for person in range(len(adds)):
        if seating.at[person] != NOBODY:
            adds[person] -= seating.worth[seating.at[person]]
    order = np.argsort(-adds, kind="mergesort")
    return np.concatenate((turning(layout, ways), order[: (adds > 0).sum()]))


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


def improve_again(
    layout: Layout, seatings: tuple[Seating, Seating], ways: Ways, rows: Wide
) -> None:
    """Lets chains improve, in place, what only little tells from a plan that none improves.

    Args:
        layout: the component, as it is now.
        seatings: that plan, and what is to be improved.
        ways: what is best to do with everybody in that plan; they are left as they are.
        rows: (n,) of the openings where seats are added, or people held.
    """
    before, trial = seatings
    moved = before.at != trial.at
    used = np.concatenate([before.at[moved], trial.at[moved]])
    other = (before.open != trial.open) | (before.barred != trial.barred)
    changed = np.zeros(len(trial.people), dtype=np.bool_)
    for some in (rows, used[used != NOBODY], np.flatnonzero(other)):
        changed[layout.opening[some]] = True
    ways = copied(ways)
    forget(layout, trial, ways, changed)
    improve_from(layout, trial, ways, MUSTS, ROUNDS)
