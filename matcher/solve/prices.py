"""Prices on people, and the bound they prove: Lagrangian relaxation with whole rosters.

    L(u, v, m) =  Σ_o max_roster Σ_p [ goal(p,o) + Σ_i m_i gain_i(p,o) - u_p - v_s(p) ]
                  + Σ_p u_p + Σ_s starts(s) v_s - Σ_i m_i floor_i

for prices u >= 0 on every participant (nobody has two places), v >= 0 on every supervisor's
starts, and multipliers m >= 0 on the goals before this one, which a plan must not let fall below
their floors. Every such L bounds the goal from above, for every plan that keeps the floors; the
least one equals the bound of whole rosters per opening (Dantzig and Wolfe). All is in whole
numbers: the goal and its prices in parts of ``unit``, so that no bound hangs on a rounding.

The prices come from the volume algorithm: steps from the best prices so far along an average of
what openings ask for.
Sources: Fisher, Management Science 27 (1981); Barahona and Anbil, Math. Program. 87 (2000).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import fsum

import numpy as np
import numpy.typing as npt

from matcher.solve import rosters
from matcher.solve.components import NOBODY, Positions
from matcher.solve.layout import Layout, Wide

FINE = 1 << 13
"""Units in the largest gain of a goal."""
OUTWEIGH = 4
"""How many times a proven goal outweighs all goals after it."""
FIRST_STEP, LONGER, SHORTER, SHORTEST = 0.1, 1.1, 0.66, 1e-4
PATIENCE = 10
"""Steps without a better bound before steps get shorter."""
LOOK, SLOW = 100, 0.02
"""Ends when so many steps bring less than this share of the gap."""
AVERAGE = (0.02, 0.2)
"""How much the newest request weighs in the average, from and to."""

Floats = npt.NDArray[np.float64]
Shares = tuple[float, float, float]
"""What floors not yet proven may be worth, see ``first_multipliers``."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What is bounded: a goal, the floors of those before it, and the value it is known to reach.

    ``unit``: whole units in one of the goal. ``held``: (goals before,) whether a multiplier stays
    as it is, since its goal is proven; in large parts, since prices prove it.
    """

    goal: int
    floors: tuple[int, ...]
    known: int
    unit: int
    held: tuple[bool, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Prices:
    """Prices in units of the goal, and the bound they prove (rounded down).

    ``people``: (participants,). ``desks``: (supervisors,). ``multipliers``: (goals before,).
    ``units``: the bound in units of the goal, ``bound`` in whole ones, for plans that keep
    ``floors``: (goals before,).
    """

    people: Wide
    desks: Wide
    multipliers: Wide
    units: int = 0
    bound: int = 0
    floors: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Asked:
    """What openings ask for at some prices: L, and how far it oversteps.

    ``slack``: (participants + supervisors + goals before,) what is left of every limit; below 0
    it is overstepped. It is a subgradient of L.
    """

    value: int
    slack: Floats


def unit_of(layout: Layout, goal: int) -> int:
    """Whole units in one of a goal, a power of two, so that its largest gain has ``FINE``."""
    most = max(1, int(np.abs(layout.gain[:, goal]).max(initial=0)))
    return 1 << max(0, (FINE // most).bit_length() - 1)


def worth(layout: Layout, task: Task, multipliers: Wide) -> Wide:
    """(rows,) what every row is worth in units of the goal, before prices."""
    gains = layout.gain[:, : task.goal]
    total: Wide = layout.gain[:, task.goal] * task.unit + gains @ multipliers
    return total


def of_people(layout: Layout, prices: Prices) -> Wide:
    """(participants,) the price of each, with that of the supervisor's start."""
    desks = np.append(prices.desks, 0)  # the last for whoever has none: -1
    total: Wide = prices.people + desks[layout.desk]
    return total


def first_multipliers(layout: Layout, task: Task, shares: Shares) -> Wide:
    """Multipliers to begin with, in units of the goal.

    A proven goal outweighs what comes after it. The largest gain of another is worth a share of
    the goal's own: one share for the first that is not proven, one for those after it. Goals that
    only count get less, so many times as the third says, since their floors are small numbers.
    """
    most = np.abs(layout.gain).max(axis=0, initial=1)
    unproven = [goal for goal in range(task.goal) if not task.held[goal]]
    multipliers = np.zeros(task.goal, dtype=np.int64)
    after = task.unit * int(most[task.goal])
    for goal in range(task.goal - 1, -1, -1):
        if task.held[goal]:
            multipliers[goal] = OUTWEIGH * after
        else:
            share = shares[goal != unproven[0]] / (shares[2] if most[goal] == 1 else 1)
            multipliers[goal] = round(share * task.unit * int(most[task.goal]) / int(most[goal]))
        after += int(multipliers[goal] * most[goal])
    return multipliers


@dataclass(frozen=True, eq=False)
class Work:
    """How much may be done for lower prices.

    ``steps``: at most so many. ``threads`` share the openings, if given; what they find does not
    hang on how many they are. ``stop`` is asked before every step.
    """

    steps: int
    threads: ThreadPoolExecutor | None = None
    stop: Callable[[], bool] = lambda: False


def lowered(layout: Layout, task: Task, start: Prices, work: Work) -> Prices:
    """Prices that prove a bound at least as low as those to begin with.

    Args:
        layout: the component.
        task: what is bounded.
        start: the prices to begin with.
        work: how much may be done.
    """
    ask = _Asker(layout, task, work.threads)
    centre = _point(start)
    best = ask(centre)
    average = best.slack
    lowest, at_lowest = best.value, centre
    length, waits, before = FIRST_STEP, 0, lowest
    for number in range(1, work.steps + 1):
        if lowest // task.unit <= task.known or length < SHORTEST or work.stop():
            break
        if number % LOOK == 0:
            if before - lowest < SLOW * (lowest - task.known * task.unit):
                break
            before = lowest
        slack = np.where((centre <= 0) & (average > 0), 0.0, average)
        size = _dot(slack, slack)
        if size < 1e-9:  # noqa: PLR2004 -- the average is a plan, so the prices are the best
            break
        step = length * (lowest - task.known * task.unit) / size
        trial = np.maximum(0.0, centre - step * slack * ask.scale)
        asked = ask(trial)
        uphill = _dot(np.where(trial > 0, asked.slack, 0.0), slack) >= 0
        average = _averaged(average, asked.slack)
        if asked.value < lowest:
            lowest, centre, at_lowest = asked.value, trial, trial
            length, waits = length * (LONGER if uphill else 1.0), 0
        else:
            waits += 1
            if waits >= PATIENCE:
                length, waits = length * SHORTER, 0
    found = _prices(layout, at_lowest, task)
    return replace(found, units=lowest, bound=lowest // task.unit, floors=task.floors)


def at_floors(prices: Prices, unit: int, floors: tuple[int, ...]) -> Prices:
    """The same prices, and what they prove for plans that keep other floors.

    A floor that has fallen lets more plans in, and L grows by what it was worth; and the reverse.
    """
    change = np.array(prices.floors, dtype=np.int64) - np.array(floors, dtype=np.int64)
    units = prices.units + int(prices.multipliers @ change)
    return replace(prices, units=units, bound=units // unit, floors=floors)


def slack(layout: Layout, task: Task, prices: Prices) -> tuple[int, Wide]:
    """How far prices are from proving what is known, and what every row would take off that.

    Returns:
        L - known in units, and (rows,) at least how much L falls when a row must be chosen. A row
        that takes off more is in no plan that keeps the floors and reaches what is known.
    """
    value = _Asker(layout, task, None)(_point(prices)).value - task.known * task.unit
    lost = np.zeros(len(layout.pair), dtype=np.int64)
    gains = _gains(layout, task, prices)
    rosters.losses(layout, gains, rosters.MUSTS, value, lost)
    return value, lost


def asked(layout: Layout, task: Task, prices: Prices) -> Positions:
    """The rows that openings ask for at these prices, ascending."""
    ask = _Asker(layout, task, None)
    ask(_point(prices))
    return np.flatnonzero(ask.picked)


def _gains(layout: Layout, task: Task, prices: Prices) -> Wide:
    """(rows,) what every row is worth less its prices."""
    return worth(layout, task, prices.multipliers) - of_people(layout, prices)[layout.person]


class _Asker:
    """Asks all openings for their best rosters at given prices."""

    def __init__(self, layout: Layout, task: Task, threads: ThreadPoolExecutor | None) -> None:
        self._layout = layout
        self._task = task
        self._threads = threads
        self.picked = np.zeros(len(layout.pair), dtype=np.bool_)
        self._wanted = np.diff(layout.own_first) > 0
        people, desks = len(layout.desk), len(layout.starts)
        self._floors = np.array(task.floors, dtype=np.int64)
        most = np.abs(layout.gain[:, : task.goal]).max(axis=0, initial=1)
        moves = np.where(np.array(task.held, dtype=np.bool_), 0.0, 1.0 / most)
        self._weight = np.concatenate([np.ones(people + desks), moves])
        self.scale = self._weight
        parts = 1 if threads is None else 16
        cuts = np.linspace(0, len(layout.pair), parts + 1)
        ends = np.searchsorted(layout.first, cuts)
        ends[0], ends[-1] = 0, len(layout.seats)
        self._parts = list(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True))

    def __call__(self, point: Floats) -> Asked:
        layout, task = self._layout, self._task
        prices = _prices(layout, point, task)
        gains = _gains(layout, task, prices)
        total = int(prices.people.sum()) + int(layout.starts @ prices.desks)
        total -= int(prices.multipliers @ self._floors)
        return Asked(total + self._rosters(gains), self._slack())

    def _rosters(self, gains: Wide) -> int:
        def ask(part: tuple[int, int]) -> int:
            return rosters.price(self._layout, gains, rosters.MUSTS, part, self.picked)

        asks = map(ask, self._parts) if not self._threads else self._threads.map(ask, self._parts)
        return sum(asks)

    def _slack(self) -> Floats:
        layout = self._layout
        who = layout.person[self.picked]
        people = np.where(self._wanted, 1.0 - np.bincount(who, minlength=len(layout.desk)), 0.0)
        desk = layout.desk[who]
        used = np.bincount(desk[desk != NOBODY], minlength=len(layout.starts))
        reached = layout.gain[self.picked, : self._task.goal].sum(axis=0)
        slack = np.concatenate([people, layout.starts - used, reached - self._floors])
        weighted: Floats = slack * self._weight
        return weighted


def _averaged(average: Floats, newest: Floats) -> Floats:
    """The mix of the two that oversteps least, within the limits of ``AVERAGE``."""
    apart = newest - average
    square = _dot(apart, apart)
    low, high = AVERAGE
    share = high if square == 0 else min(high, max(low, -_dot(average, apart) / square))
    mixed: Floats = average + share * apart
    return mixed


def _dot(left: Floats, right: Floats) -> float:
    """Their inner product, summed exactly: the same on every machine."""
    return fsum((left * right).tolist())


def _point(prices: Prices) -> Floats:
    parts = [prices.people, prices.desks, prices.multipliers]
    return np.concatenate(parts).astype(np.float64)


def _prices(layout: Layout, point: Floats, task: Task) -> Prices:
    """The point in whole numbers; whatever it is, it proves a bound."""
    whole = np.rint(point).astype(np.int64)
    people, desks = len(layout.desk), len(layout.starts)
    return Prices(
        people=whole[:people],
        desks=whole[people : people + desks],
        multipliers=whole[people + desks : people + desks + task.goal],
    )
