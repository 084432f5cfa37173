"""Ruin and recreate: some openings near each other are emptied and filled again, over and over.

A few openings that share people let everybody go. One after the other they take the best roster
(``rosters``) of whoever is free, at what each is worth less a share of the person's price: a
person whom others need more is dearer. The new rosters stay if the goals, in their order, are no
worse; or, while it is warm, whatever goals after the one that is raised lose, and now and then if
that one is a little worse, the less often the colder it is.
Sources: Schrimpf et al., J. Comput. Phys. 159 (2000), ruin and recreate; Kirkpatrick, Gelatt,
Vecchi, Science 220 (1983), annealing.
"""

from typing import NamedTuple

import numpy as np

from matcher.compiled import compiled
from matcher.solve.layout import Layout, Wide
from matcher.solve.rosters import Loads, best
from matcher.travel.atlas import Masks

NOBODY = -1
OPENINGS = 10
"""At most so many openings are emptied at once."""
FEW = 4
"""... when those who were let go trade places among themselves."""
SEATS = 64
"""Those emptied have at most so many seats together, so that a round stays short."""
TRIES, LINGER = 40, 0.7
"""How often to look for somebody without a place, and how often not to take another instead."""


class Board(NamedTuple):
    """A plan that is being changed in place, the best one so far, and room to work in.

    ``at``: (participants,) each one's row, or ``NOBODY``. ``free``: (supervisors,) starts left.
    ``total``: (goals,). ``best_at`` and ``best_total`` are those of the best plan. ``dice`` is the
    state of the random numbers. ``emptied``: (openings,) whether one is among those emptied.
    ``barred``: (participants,) whether somebody may not come now.
    """

    at: Wide
    free: Wide
    total: Wide
    best_at: Wide
    best_total: Wide
    dice: Wide
    emptied: Masks
    barred: Masks


class Aim(NamedTuple):
    """What a run of rounds strives for.

    ``worth``: (rows,) what a row is worth at multipliers of all goals. ``price``: (participants,)
    what each is worth to others. ``goal`` is the position of the goal that is being raised.
    ``seekers``: people who could have a place. ``hot``: openings to begin at more often than at
    others, such as those where half-days bind.
    """

    worth: Wide
    price: Wide
    goal: int
    seekers: Wide
    hot: Wide


def board(layout: Layout, chosen: Wide, seed: int) -> Board:
    """The board of a lawful plan, given by its rows."""
    at = np.full(len(layout.desk), NOBODY, dtype=np.int64)
    at[layout.person[chosen]] = chosen
    total = layout.gain[chosen].sum(axis=0)
    return Board(
        at=at, free=_starts_left(layout, at), total=total,
        best_at=at.copy(), best_total=total.copy(),
        dice=np.array([(seed * 2_654_435_761 + 88_172_645_463_325_252) % (1 << 62) + 1]),
        emptied=np.zeros(len(layout.seats), dtype=np.bool_),
        barred=np.zeros(len(layout.desk), dtype=np.bool_),
    )  # fmt: skip


def short(layout: Layout, at: Wide, openings: Wide) -> Wide:
    """Of some openings those with a free seat: only where half-days bind can one still be filled.

    Elsewhere chains have left no seat free that anybody could come to.

    Args:
        layout: the component.
        at: (participants,) each one's row, or ``NOBODY``.
        openings: (n,) where half-days bind.
    """
    taken = np.bincount(layout.opening[at[at != NOBODY]], minlength=len(layout.seats))
    return openings[taken[openings] < layout.seats[openings]]


def _starts_left(layout: Layout, at: Wide) -> Wide:
    """(supervisors,) how many more each can start."""
    desks = layout.desk[at != NOBODY]
    left: Wide = layout.starts - np.bincount(desks[desks != NOBODY], minlength=len(layout.starts))
    return left


@compiled
def ruin(
    layout: Layout, board: Board, aim: Aim, musts: Loads, cooling: tuple[float, float, int]
) -> None:
    """Rounds on a board, in place.

    Args:
        layout: the component.
        board: the plan.
        aim: what the rounds strive for.
        musts: ``rosters.MUSTS``.
        cooling: the heat to begin with and to end with, and how many rounds.
    """
    hot, cold, rounds = cooling
    near = np.empty(OPENINGS, dtype=np.int64)
    for number in range(rounds):
        among = aim.goal > 0 and _draw(board.dice, 2) == 0
        count = _near(layout, board, aim, near[: FEW if among else OPENINGS])
        if count == 0:
            continue
        before = board.total.copy()
        gone = _empty(layout, board, near[:count])
        share = min(1.0, max(0.0, 1.2 * _unit(board.dice) - 0.1))
        if among:
            _bar_others(layout, board, near[:count], gone)
        come = [0 for _ in range(0)]
        for opening in near[:count]:
            rows, worth = _offers(layout, board, aim, opening, share)
            if len(rows):
                _, _, people = best(layout, opening, rows, worth, musts)
                come.extend(_seated(layout, board, rows[people]))
        warmth = hot + (cold - hot) * number / rounds
        if _stays(board.total - before, aim.goal, warmth, _unit(board.dice)):
            _remember(board)
        else:
            for row in come:
                _put(layout, board, row, -1)
            for row in gone:
                _put(layout, board, row, 1)
        if among:
            _let_all(layout, board, near[:count])
        board.emptied[near[:count]] = False


@compiled
def _next(dice: Wide) -> int:
    """The next random number of 63 bits (xorshift; Marsaglia, J. Stat. Softw. 8, 2003)."""
    state = dice[0]
    state ^= state << 13
    state ^= (state >> 7) & 0x1FFFFFFFFFFFFFF
    state ^= state << 17
    dice[0] = state
    return int(state & 0x7FFFFFFFFFFFFFFF)


@compiled
def _draw(dice: Wide, count: int) -> int:
    """A random number of 0 up to count."""
    return int((_next(dice) >> 20) % count)


@compiled
def _unit(dice: Wide) -> float:
    """A random number from 0 to 1."""
    return (_next(dice) >> 10) / (1 << 53)


@compiled
def _seed(layout: Layout, board: Board, aim: Aim) -> int:
    """An opening to begin with: one where half-days bind, or one of somebody without a place."""
    if len(aim.hot) and (len(aim.seekers) == 0 or _draw(board.dice, 2)):
        return int(aim.hot[_draw(board.dice, len(aim.hot))])
    person = aim.seekers[_draw(board.dice, len(aim.seekers))]
    for _ in range(TRIES):
        if board.at[person] == NOBODY or _unit(board.dice) > LINGER:
            break
        person = aim.seekers[_draw(board.dice, len(aim.seekers))]
    return _choice(layout, board.dice, person)


@compiled
def _choice(layout: Layout, dice: Wide, person: int) -> int:
    """One of the openings that somebody could have."""
    low, high = layout.own_first[person], layout.own_first[person + 1]
    return int(layout.opening[layout.own[low + _draw(dice, high - low)]])


@compiled
def _near(layout: Layout, board: Board, aim: Aim, near: Wide) -> int:
    """Fills ``near`` with openings that share people with each other; how many there are."""
    wanted = 1 + _draw(board.dice, len(near))
    near[0] = _seed(layout, board, aim)
    seats = layout.seats[near[0]]
    if seats > SEATS:
        return 0
    board.emptied[near[0]] = True
    count = 1
    for _ in range(2 * OPENINGS):
        if count == wanted:
            break
        opening = near[_draw(board.dice, count)]
        low, high = layout.first[opening], layout.first[opening + 1]
        person = layout.person[low + _draw(board.dice, high - low)]
        row = board.at[person]
        other = layout.opening[row]
        if row == NOBODY or _draw(board.dice, 2):
            other = _choice(layout, board.dice, person)
        if not board.emptied[other] and seats + layout.seats[other] <= SEATS:
            board.emptied[other] = True
            near[count] = other
            seats += layout.seats[other]
            count += 1
    for last in range(count - 1, 0, -1):
        swap = _draw(board.dice, last + 1)
        near[last], near[swap] = near[swap], near[last]
    return count


@compiled
def _put(layout: Layout, board: Board, row: int, sign: int) -> None:
    """Somebody comes (1) or leaves (-1)."""
    person = layout.person[row]
    board.at[person] = row if sign > 0 else NOBODY
    if layout.desk[person] != NOBODY:
        board.free[layout.desk[person]] -= sign
    for goal in range(len(board.total)):
        board.total[goal] += sign * layout.gain[row, goal]


@compiled
def _empty(layout: Layout, board: Board, openings: Wide) -> list[int]:
    """Lets everybody at some openings go; their rows."""
    gone = [0 for _ in range(0)]
    for opening in openings:
        for row in range(layout.first[opening], layout.first[opening + 1]):
            if board.at[layout.person[row]] == row:
                gone.append(row)  # noqa: PERF401 -- a compiled loop
    for row in gone:
        _put(layout, board, row, -1)
    return gone


@compiled
def _bar_others(layout: Layout, board: Board, openings: Wide, gone: list[int]) -> None:
    """Nobody may come but those who were let go: they trade places among themselves."""
    for opening in openings:
        board.barred[layout.person[layout.first[opening] : layout.first[opening + 1]]] = True
    for row in gone:
        board.barred[layout.person[row]] = False


@compiled
def _let_all(layout: Layout, board: Board, openings: Wide) -> None:
    """Everybody may come again."""
    for opening in openings:
        board.barred[layout.person[layout.first[opening] : layout.first[opening + 1]]] = False


@compiled
def _offers(
    layout: Layout, board: Board, aim: Aim, opening: int, share: float
) -> tuple[Wide, Wide]:
    """The rows of whoever is free for an opening, and their worth less a share of their price."""
    low, high = layout.first[opening], layout.first[opening + 1]
    rows, worth = np.empty(high - low, dtype=np.int64), np.empty(high - low, dtype=np.int64)
    count = 0
    for row in range(low, high):
        person = layout.person[row]
        if board.at[person] != NOBODY or board.barred[person]:
            continue
        value = aim.worth[row] - np.int64(share * aim.price[person])
        if value > 0:
            rows[count], worth[count] = row, value
            count += 1
    return rows[:count], worth[:count]


@compiled
def _seated(layout: Layout, board: Board, rows: Wide) -> list[int]:
    """Lets people come, dearest first, as far as each supervisor's starts reach; their rows."""
    come = [0 for _ in range(0)]
    for row in rows:
        desk = layout.desk[layout.person[row]]
        if desk == NOBODY or board.free[desk] > 0:
            _put(layout, board, row, 1)
            come.append(row)
    return come


@compiled
def _stays(change: Wide, goal: int, heat: float, chance: float) -> bool:
    """Whether a change of the goals is kept: none of those before the goal may fall."""
    for at in range(goal):
        if change[at] < 0:
            return False
    for at in range(len(change)):
        if change[at] > 0:
            return True
        if change[at] < 0:
            return heat > 0 and (at > goal or chance < np.exp(change[at] / heat))
    return True


@compiled
def _remember(board: Board) -> None:
    """Keeps the plan if it is the best so far, by the goals in their order."""
    for at in range(len(board.total)):
        if board.total[at] < board.best_total[at]:
            return
        if board.total[at] > board.best_total[at]:
            board.best_at[:] = board.at
            board.best_total[:] = board.total
            return
