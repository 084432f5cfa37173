"""Which cells are hidden beside the small ones, and the proof that none can be found.

Each cell of which too much is known is moved, and whatever moves with it is hidden too. Short
moves come first, then one cheapest move of all that is left, then each that is left alone. A move
is the proof: the tables with it added could be the true ones.
"""

import numpy as np

from matcher.balance.disclosure import paths
from matcher.balance.disclosure.moves import Wanted, farthest, move
from matcher.balance.disclosure.system import System
from matcher.balance.disclosure.tables import Wide
from matcher.travel.atlas import Masks

NODES = 200
"""How many steps a walk may try."""
TURNS = 3
"""How often a move is asked of all that are left, before each is taken alone."""
OPPOSITE = 2
"""In which turn neighbours go in opposite directions."""
RINGS = 2
"""How far around a cell that is left alone moves are looked for, before they are everywhere."""
TOUCH = 0.01
"""The cost of moving what is hidden anyway: little, so that moves stay short."""


class Search:
    """What is hidden so far, and what moves have shown. All (all cells,).

    ``up``, ``down``: how far moves take each cell at least. ``left``: what no move was found for.
    ``nothing``: remainders of earlier releases that can be nothing but 0.
    """

    def __init__(self, system: System) -> None:
        """Begin with what must be hidden."""
        self.system = system
        self.hidden = system.hidden.copy()
        self.up = np.zeros(len(system.value), dtype=np.int64)
        self.down = np.zeros(len(system.value), dtype=np.int64)
        self.sums = abs(system.matrix)
        self.left = np.zeros(len(system.value), dtype=np.bool_)
        self.nothing = np.zeros(len(system.value), dtype=np.bool_)
        self.printable = np.arange(len(system.value)) < len(system.cells.keys)

    def open(self) -> Masks:
        """Cells of which too much is known so far; not those that nothing helps."""
        short = self.up + self.down < self.need()
        return self.system.free & ~self.left & ~self.nothing & short

    def need(self) -> Wide:
        """How far apart each cell's bounds have to be: all that is hidden as far as the small.

        Later nobody knows any more which of them were small.
        """
        more = self.hidden & ~self.system.hidden & self.printable
        need: Wide = np.where(more, self.system.width, self.system.need)
        return need

    def steps(self, which: Masks, turn: int) -> Wide:
        """How far each of some cells is to go; in another direction in another turn."""
        system = self.system
        size = np.where(which, self.need(), 0)
        up, down = system.high - system.value, system.value - system.low
        sign = np.where(up >= size, 1, -1)
        if turn == 1:
            sign = np.where(down >= size, -1, 1)
        if turn == OPPOSITE:  # neighbours in opposite directions
            sign = np.where((up >= size) & (np.cumsum(which) % 2 == 0) | (down < size), 1, -1)
        steps: Wide = size * sign
        return steps

    def take(self, found: Wide) -> None:
        """Hide what has moved, and note how far."""
        self.hidden |= found != 0
        self.up = np.maximum(self.up, found)
        self.down = np.maximum(self.down, -found)

    def choose(self, which: Masks, turn: int) -> None:
        """Move some cells that are open, and hide whatever moves with them."""
        which = which & self.open()
        if not which.any():
            return
        cost = np.where(self.hidden, TOUCH, self.system.weight)
        steps = self.steps(which, turn)
        found = move(self.system, Wanted(may=self.system.free, steps=steps, cost=cost))
        if found is not None:
            self.take(found)
        elif which.sum() > 1:
            half = np.cumsum(which) * 2 <= which.sum()
            self.choose(which & half, turn)
            self.choose(which & ~half, turn)

    def walk(self, ways: paths.Ways, scratch: paths.Scratch) -> None:
        """Short moves of whatever is open, one after the other."""
        cost = np.where(self.hidden, TOUCH, self.system.weight)
        needs = self.need()
        for cell in np.flatnonzero(self.open()).tolist():
            need = int(needs[cell])
            steps = (min(need, int(ways.up[cell])), -min(need, int(ways.down[cell])))
            found = []
            for step in steps if self.up[cell] + self.down[cell] < need else ():
                if step:
                    cells, by = paths.walk(ways, scratch, cost, (cell, step), NODES)
                    found += [(float(cost[cells].sum()), cells, by)] if len(cells) else []
            for _, cells, by in sorted(found, key=lambda one: one[0]):
                if self.up[cell] + self.down[cell] < need:
                    self.hidden[cells] = True
                    cost[cells] = TOUCH
                    self.up[cells] = np.maximum(self.up[cells], by)
                    self.down[cells] = np.maximum(self.down[cells], -by)

    def _near(self, cell: int) -> Masks:
        """The free cells that are in sums with a cell, or with those that are."""
        near = np.zeros(len(self.hidden), dtype=np.bool_)
        near[cell] = True
        for _ in range(RINGS):
            near = self.system.free & (self.sums.T @ (self.sums @ near.astype(np.float64)) > 0)
        return near

    def alone(self, cell: int) -> None:
        """Protect one cell by whatever it takes; ``left`` says where nothing does."""
        need = int(self.need()[cell])
        near = self._near(cell)
        for may in (near & self.hidden, near, self.system.free):
            for sign in (1, -1):
                missing = need - self.up[cell] - self.down[cell]
                if missing > 0:
                    steps = np.zeros(len(self.hidden), dtype=np.int64)
                    done = self.up[cell] if sign > 0 else self.down[cell]
                    steps[cell] = sign * (missing + done)
                    cost = np.where(self.hidden, TOUCH, self.system.weight)
                    self.take(farthest(self.system, Wanted(may=may, steps=steps, cost=cost)))
        short = self.up[cell] + self.down[cell] < need
        self.nothing[cell] = short and self._is_nothing(cell)
        self.left[cell] = short and not self.nothing[cell]

    def _is_nothing(self, cell: int) -> bool:
        """Whether a remainder can be nothing but 0, whatever is hidden: then it is nobody.

        Of an earlier release we know no more than its readers, so that a remainder has to be
        unsure, lest it is few; but nobody is found in one that is nothing. A move in parts of
        people is none, and where not even such a one leads up, none does.
        """
        system = self.system
        if self.printable[cell] or system.value[cell] > 0 or self.up[cell] > 0:
            return False
        steps = np.zeros(len(self.hidden), dtype=np.int64)
        steps[cell] = 1
        cost = np.where(self.hidden, TOUCH, system.weight)
        found = move(system, Wanted(may=system.free, steps=steps, cost=cost))
        return found is not None and found[cell] == 0


def suppressed(system: System) -> Search:
    """What to hide, and of what it is not certain that it cannot be found (``left``)."""
    search = Search(system)
    ways, scratch = paths.ways(system), paths.scratch(system)
    search.walk(ways, scratch)
    for turn in range(TURNS):
        search.choose(search.open(), turn)
        search.walk(ways, scratch)
    while search.open().any():
        search.alone(int(np.flatnonzero(search.open())[0]))
    return search
