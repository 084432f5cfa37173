"""Improves a lawful plan by small moves, as long as one helps.

Somebody without a place comes in where there is room; or in the place of another who moves to a
place with room; or, where the goals in their order gain by it, in the place of another who
leaves. Somebody with a place moves to a better one with room, or trades places with another. Every
move keeps all limits, half-days included, and raises the goals in lexicographic order, so this
ends.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from matcher.solve import halfdays, squeeze
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions

SWEEPS = 3
"""How often everybody is looked at: the first sweep finds nearly all there is."""

Gain = tuple[int, ...]
Move = tuple[Gain, list[int], list[int]]
"""What a move adds to the goals, the pairs that leave, the pairs that come."""


def improve(component: Component, chosen: Positions, budget: Budget) -> Positions:
    """A plan at least as good in the goals' order, and as lawful.

    Args:
        component: what is planned.
        chosen: the pairs of a lawful plan.
        budget: whether the clock has stopped the work.

    Returns:
        Positions of the chosen pairs, ascending.
    """
    board = _Board(component, chosen)
    for _ in range(SWEEPS):
        moved = False
        for person in board.order():
            if budget.stopped():
                return board.chosen()
            moved |= board.make(_best(board, person))
        if not moved:
            break
    return board.chosen()


class _Board:
    """A plan that moves are made on; ``at`` is each participant's pair, or ``NOBODY``."""

    def __init__(self, component: Component, chosen: Positions) -> None:
        openings = np.arange(len(component.seats), dtype=np.int32)
        self._component = component
        self._binds = halfdays.binding(component).tolist()
        self._room = squeeze.room(component, openings)
        self._load = np.zeros_like(self._room)
        self._free = component.seats.tolist()
        self._starts: Counter[int] = Counter()
        self._participant = component.participant.tolist()
        self._opening = component.opening.tolist()
        self._supervisor = component.supervisor.tolist()
        ends = zip(self._participant, self._opening, strict=True)
        self._pair = {pair: at for at, pair in enumerate(ends)}
        people = np.arange(len(component.per_week) + 1)
        self._first = np.searchsorted(component.participant, people).tolist()
        self._here: list[list[int]] = [[] for _ in self._free]
        self.at = [NOBODY] * len(component.per_week)
        for pair in chosen.tolist():
            self._put(pair, 1)

    def chosen(self) -> Positions:
        """The pairs of the plan, ascending."""
        return np.array(sorted(pair for pair in self.at if pair != NOBODY), dtype=np.int64)

    def order(self) -> list[int]:
        """Those without a place, who would gain most first; then those with one."""
        waiting = [p for p, pair in enumerate(self.at) if pair == NOBODY and self.pairs(p)]
        placed = [p for p, pair in enumerate(self.at) if pair != NOBODY]
        most = {p: max(map(self.gain, self.pairs(p))) for p in waiting}
        return sorted(waiting, key=lambda p: (_minus(most[p]), p)) + placed

    def pairs(self, person: int) -> range:
        """The pairs of a participant."""
        return range(self._first[person], self._first[person + 1])

    def trade(self, pair: int, other: int) -> int | None:
        """The pair by which the person of one pair goes to the opening of another, if any."""
        return self._pair.get((self._participant[pair], self._opening[other]))

    def here(self, pair: int) -> list[int]:
        """The chosen pairs at the opening of a pair."""
        return self._here[self._opening[pair]]

    def person(self, pair: int) -> int:
        """The participant of a pair."""
        person: int = self._participant[pair]
        return person

    def gain(self, pair: int) -> Gain:
        """What a pair adds to the goals."""
        return tuple(self._component.gain[:, pair].tolist())

    def fits(self, pair: int, leaving: int | None = None) -> bool:
        """Whether there is room for a pair, once another at the same opening has left."""
        opening = self._opening[pair]
        if leaving is None and self._free[opening] <= 0:
            return False
        if not self._binds[opening]:
            return True
        load = self._load[opening] + self._musts(pair)
        if leaving is not None:
            load -= self._musts(leaving)
        return bool((load <= self._room[opening]).all())

    def may_start(self, person: int, leaving: int | None = None) -> bool:
        """Whether the supervisor can take one more start, once another has given theirs up."""
        desk = self._supervisor[person]
        if desk == NOBODY or (leaving is not None and self._supervisor[leaving] == desk):
            return True
        return self._starts[desk] < self._component.starts

    def make(self, move: Move | None) -> bool:
        """Make a move, if there is one."""
        if move is None:
            return False
        _, leave, come = move
        for pair in leave:
            self._put(pair, -1)
        for pair in come:
            self._put(pair, 1)
        return True

    def _put(self, pair: int, sign: int) -> None:
        opening, person = self._opening[pair], self._participant[pair]
        self._free[opening] -= sign
        self._starts[self._supervisor[person]] += sign
        if self._binds[opening]:
            self._load[opening] += sign * self._musts(pair)
        if sign > 0:
            self._here[opening].append(pair)
            self.at[person] = pair
        else:
            self._here[opening].remove(pair)
            self.at[person] = NOBODY

    def _musts(self, pair: int) -> squeeze.Loads:
        return squeeze.musts(self._component, pair).astype(np.int32)


def _best(board: _Board, person: int) -> Move | None:
    """The best move for a participant, of the first kind that has one."""
    kinds = (
        (_better, _trades) if board.at[person] != NOBODY else (_comes_in, _another_moves, _swaps)
    )
    for kind in kinds:
        moves = list(kind(board, person))
        if moves:
            return max(moves, key=lambda move: move[0])
    return None


def _better(board: _Board, person: int) -> Iterator[Move]:
    """Somebody with a place moves to a better one with room."""
    here = board.at[person]
    for pair in board.pairs(person):
        gain = _sum(board.gain(pair), _minus(board.gain(here)))
        if _helps(gain) and board.fits(pair):
            yield gain, [here], [pair]


def _trades(board: _Board, person: int) -> Iterator[Move]:
    """Two with a place each trade them."""
    mine = board.at[person]
    for pair in board.pairs(person):
        for other in board.here(pair):
            back = None if pair == mine else board.trade(other, mine)
            if back is None or other == pair:
                continue
            leaving = _minus(_sum(board.gain(mine), board.gain(other)))
            gain = _sum(board.gain(pair), board.gain(back), leaving)
            if _helps(gain) and board.fits(pair, other) and board.fits(back, mine):
                yield gain, [mine, other], [pair, back]


def _comes_in(board: _Board, person: int) -> Iterator[Move]:
    """Somebody without a place comes in where there is room."""
    if board.may_start(person):
        for pair in board.pairs(person):
            if board.fits(pair):
                yield board.gain(pair), [], [pair]


def _another_moves(board: _Board, person: int) -> Iterator[Move]:
    """Somebody comes in, in the place of another who moves to a place with room."""
    if not board.may_start(person):
        return
    for pair in board.pairs(person):
        for other in board.here(pair):
            if board.fits(pair, leaving=other):
                yield from _moved(board, pair, other)


def _moved(board: _Board, pair: int, other: int) -> Iterator[Move]:
    for elsewhere in board.pairs(board.person(other)):
        if elsewhere != other and elsewhere not in board.here(pair) and board.fits(elsewhere):
            gain = _sum(board.gain(pair), board.gain(elsewhere), _minus(board.gain(other)))
            if _helps(gain):
                yield gain, [other], [pair, elsewhere]


def _swaps(board: _Board, person: int) -> Iterator[Move]:
    """Somebody comes in, in the place of another who leaves, where the goals gain by it."""
    for pair in board.pairs(person):
        for other in board.here(pair):
            gain = _sum(board.gain(pair), _minus(board.gain(other)))
            if not _helps(gain) or not board.may_start(person, board.person(other)):
                continue
            if board.fits(pair, leaving=other):
                yield gain, [other], [pair]


def _sum(*gains: Gain) -> Gain:
    return tuple(map(sum, zip(*gains, strict=True)))


def _minus(gain: Gain) -> Gain:
    return tuple(-value for value in gain)


def _helps(gain: Gain) -> bool:
    """Whether the goals gain, in their order."""
    return next((value > 0 for value in gain if value), False)
