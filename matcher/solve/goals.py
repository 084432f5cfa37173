"""One component, goal by goal: flow, then prices with whole rosters, ruin and recreate, proof.

The flow without half-days bounds every goal from above; where its plan has a roster everywhere it
is the best there is. Else:

1. chains of moves (``chains``) repair and improve the plan, in all goals at once;
2. where the first goal counts people and few are missing, a model of the openings where half-days
   bind (``benders``) places the last ones, or proves that there are none; then, goal by goal:
3. prices on people (``starts``, ``prices``) bound the goal, goals before it held at their floors;
4. ruin and recreate (``anneal``) raises the goal, led by those prices; where much is missing, the
   rosters it came through are put together anew (``packing``);
5. the prices rule out pairs that are in no plan as good; what is left, where it is little, goes
   to an exact model (``exact``), which proves the plan or gives a better one.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np

from matcher.solve import (
    anneal,
    benders,
    chains,
    exact,
    flow,
    halfdays,
    packing,
    prices,
    rosters,
    seating,
    starts,
)
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions
from matcher.solve.layout import Wide, lay_out
from matcher.solve.prices import Prices, Task
from matcher.travel.atlas import Ints

THREADED = 100_000
"""Openings of larger components are shared among threads."""
LARGE, SEATS = 200_000, 4
"""In components of more pairs work is sparer: none are ruled out, prices are sought less often.
Where half-days bind, a pair counts once for so many seats of its opening."""
EXACT_PAIRS, BINDING_PAIRS = 6_000, 500
"""An exact model has at most so many pairs, and so many where half-days bind ..."""
CORE_PAIRS, OPEN_CORE_PAIRS = 2_500, 1_500
"""... of more, so many of the likeliest are taken, fewer where a goal before is not proven ..."""
CORES = 4
"""... and so often, as long as it helps."""
REPAIRS = 12
"""Repairs of the flow's plan, each a flow: at most so many ..."""
REPAIRED_PAIRS = 500_000
"""... and at most so many pairs in all."""
CHAIN_ROUNDS, FEW_ROUNDS = 2_000, 10
"""Rounds of chains, at most, and between two looks at the clock."""
LARGE_ROUNDS = 300
"""In large components so many."""
WIDE, NEAR, FEW = 50, 200, 2
"""A gap is wide, or no longer near, from one part in so many of the bound and more than so few."""
LONGER = 8
"""How much longer prices are sought once a plan is known."""
PACKED, LONG, DICE = 2, 3, 1_000
"""Where much is missing and goals before are proven ruin and recreate runs so often, so many times
as long (in large parts not), with other dice, and what it came through is packed."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Solved:
    """The pairs chosen in a component, with their half-days, and bounds goal by goal.

    ``relaxed`` is what the flow without half-days reaches, goal by goal in order. ``bounds`` holds
    for every plan of this component that reaches its values of the goals before. ``led`` are the
    lowest prices found for each bound; None where the flow proves it.
    """

    component: Component
    chosen: Positions
    half_days: Ints
    values: tuple[int, ...]
    relaxed: tuple[int, ...]
    bounds: tuple[int, ...]
    led: tuple[Prices | None, ...]

    @property
    def proven(self) -> int:
        """How many leading goals are proven."""
        return _same(self.values, self.bounds)


def solve(component: Component, budget: Budget) -> Solved:
    """The best plan of one component that the budget allows, and how good one can be."""
    seats = halfdays.seat_bound(component)
    ideal = flow.best(component, seats)
    relaxed = component.values(ideal)
    chosen = _repaired(component, seats, ideal, budget)
    bounds: tuple[int, ...] = relaxed
    led: tuple[Prices | None, ...] = (None,) * len(relaxed)
    if component.values(chosen) != relaxed:
        with ThreadPoolExecutor(budget.workers) as pool:
            threads = pool if len(component) > THREADED else None
            chosen, bounds, led = _Climb(component, relaxed, budget, threads).climb(chosen)
    return Solved(
        component=component,
        chosen=chosen,
        half_days=halfdays.rosters(component, chosen).half_days,
        values=component.values(chosen),
        relaxed=relaxed,
        bounds=bounds,
        led=led,
    )


def _repaired(component: Component, seats: Ints, ideal: Positions, budget: Budget) -> Positions:
    """A lawful plan near the ideal one: people without half-days are offered other openings."""
    allowed = np.ones(len(component), dtype=np.bool_)
    chosen = ideal
    rounds = min(REPAIRS, REPAIRED_PAIRS // max(1, len(component)), budget.rounds)
    for _ in budget.pieces(rounds, 1):
        crowd = halfdays.crowded(component, chosen)
        if not len(crowd):
            break
        allowed[halfdays.without_last(component, chosen, crowd)] = False
        chosen = np.flatnonzero(allowed)[flow.best(component.keep(allowed), seats)]
    crowd = halfdays.crowded(component, chosen)
    return np.setdiff1d(chosen, halfdays.without_last(component, chosen, crowd))


def relaxed(component: Component) -> tuple[int, ...]:
    """What the flow reaches without half-days: a bound of the first goal."""
    return component.values(flow.best(component, halfdays.seat_bound(component)))


class _Climb:
    """Raises one component's goals in their order."""

    def __init__(
        self,
        component: Component,
        relaxed: tuple[int, ...],
        budget: Budget,
        threads: ThreadPoolExecutor | None,
    ) -> None:
        self._part = component
        self._relaxed = relaxed
        self._budget = budget
        self._threads = threads
        self._layout = lay_out(component)
        hot = np.flatnonzero(self._layout.binds)
        weight = np.diff(self._layout.first)[hot] @ self._layout.seats[hot]
        self._large = max(len(component), int(weight) // SEATS) > LARGE
        self._search = anneal.search(self._layout, budget, large=self._large)
        self._market = starts.market(component, self._layout, large=self._large)
        self._possible = np.ones(len(component), dtype=np.bool_)
        self._ruled_out_at: tuple[int, ...] = ()
        self._most_first = relaxed[0]
        self._alone = [flow.ceiling(component, goal) for goal in range(len(relaxed))]

    def climb(
        self, chosen: Positions
    ) -> tuple[Positions, tuple[int, ...], tuple[Prices | None, ...]]:
        """The pairs, and every goal's bound with the prices that lead to it."""
        bounds: list[int] = []
        led: list[Prices | None] = []
        chosen = self._placed(self._chained(chosen))
        for goal in range(len(self._relaxed)):
            if not self._tight(chosen, goal + 1):
                both = zip(bounds, led, strict=True)
                by_prices = tuple(p.bound if p and self._large else b for b, p in both)
                chosen, bound, found = self._raised(goal, chosen, by_prices)
                bounds.append(bound)
                led.append(found)
            if self._tight(chosen, goal + 1):  # then so are those before, however they came there
                bounds = list(self._relaxed[: goal + 1])
                led = [None] * (goal + 1)
            self._hold(chosen, bounds, led)
            self._budget.tell(goal, self._part.values(chosen)[goal], bounds[-1])
        return chosen, tuple(bounds), tuple(led)

    def _hold(self, chosen: Positions, bounds: list[int], led: list[Prices | None]) -> None:
        """Moves bounds, in place, to the floors of the plan as it is now.

        A chain may raise one goal and let a later one fall. What was proven for plans that keep a
        floor is not proven for those that keep a lower one; but prices say what that is worth.
        """
        values = self._part.values(chosen)
        for goal, found in enumerate(led):
            if found is None:
                continue
            unit = prices.unit_of(self._layout, goal)
            led[goal] = moved = prices.at_floors(found, unit, values[:goal])
            known = self._alone[goal] if _fell(values, found.floors) else bounds[goal]
            bounds[goal] = min(known, self._capped(moved))

    def _placed(self, chosen: Positions) -> Positions:
        """More people placed, where few are missing (``benders``), and a bound of how many."""
        known, relaxed = self._part.values(chosen)[0], self._relaxed[0]
        if known == relaxed or _wide(known, relaxed, NEAR):
            return chosen
        found = benders.most_placed(self._part, chosen, self._budget)
        self._most_first = min(relaxed, found.bound)
        if found.chosen is chosen:
            return chosen
        return max(chosen, self._chained(found.chosen), key=self._part.values)

    def _tight(self, chosen: Positions, goals: int) -> bool:
        """Whether so many leading goals reach what the flow does."""
        return self._part.values(chosen)[:goals] == self._relaxed[:goals]

    def _raised(
        self, goal: int, chosen: Positions, bounds: tuple[int, ...]
    ) -> tuple[Positions, int, Prices]:
        task = self._task(goal, chosen, bounds)
        work, seed = self._work(self._budget.rounds), self._budget.seed
        steps = not (self._large and self._market.few_bind)  # there they lead no further
        if goal == 0 and task.known == self._most_first and not steps:  # whatever prices say
            return chosen, task.known, starts.none(self._market, task, work)
        least = found = starts.likeliest(self._market, task, chosen, work, seed)
        if self._capped(least) > task.known and steps:
            most = int(self._layout.gain[:, goal].max()) * task.unit
            found = self._lowered(task, starts.beside(least, most, seed), work.steps)
            least = min(least, found, key=attrgetter("units"))
        lower, bound = found is least and steps, self._capped(least)
        if bound > task.known:
            self._budget.tell(goal, task.known, bound)
            wide = _wide(task.known, bound)
            counts = int(self._layout.gain[:, goal].max()) == 1
            if all(task.held) and wide:
                chosen = self._packed(task, found, chosen, bound)
            elif all(task.held) or not self._large or (wide and not counts):
                chosen = self._searched(task, found, chosen, anneal.Run(warm=wide))
            task = self._task(goal, chosen, bounds)
            least, found = (prices.at_floors(p, task.unit, task.floors) for p in (least, found))
            bound = self._capped(least)
        if bound > task.known and (not self._large or lower):
            longer = LONGER if all(task.held) and not self._large else 1
            found = self._lowered(task, found, longer * self._budget.rounds)
            least = min(least, found, key=attrgetter("units"))
            bound = self._capped(least)
        if (
            bound > task.known
            and not self._large
            and (all(task.held) or len(self._part) <= EXACT_PAIRS)
        ):
            chosen, bound = self._proven(task, (least, found), chosen, bound)
        return chosen, bound, least

    def _task(self, goal: int, chosen: Positions, bounds: tuple[int, ...]) -> Task:
        values = self._part.values(chosen)
        return Task(
            goal=goal,
            floors=values[:goal],
            known=values[goal],
            unit=prices.unit_of(self._layout, goal),
            held=tuple(map(int.__eq__, values[:goal], bounds)),
        )

    def _lowered(self, task: Task, start: Prices, steps: int) -> Prices:
        return prices.lowered(self._layout, task, start, self._work(steps))

    def _work(self, steps: int) -> prices.Work:
        return prices.Work(steps, self._threads, self._budget.stopped)

    def _capped(self, found: Prices) -> int:
        """The prices' bound or, while it still holds, that of the flow or of ``benders``."""
        goal = len(found.floors)
        if goal == 0:
            return min(found.bound, self._most_first)
        tight = found.floors == self._relaxed[:goal]
        return min(found.bound, self._relaxed[goal] if tight else self._alone[goal])

    def _searched(
        self, task: Task, found: Prices, chosen: Positions, run: anneal.Run
    ) -> Positions:
        """A plan no worse, by ruin and recreate."""
        rows = self._market.row[chosen]
        return self._chained(self._pairs(anneal.annealed(self._search, task, found, rows, run)))

    def _packed(self, task: Task, found: Prices, chosen: Positions, bound: int) -> Positions:
        """A plan no worse: searched for longer, and put together of what was come through."""
        layout = self._layout
        pool: packing.Pool = {}
        for turn in range(PACKED):
            times = 1 if self._large else LONG
            run = anneal.Run(warm=True, times=times, dice=turn * DICE, pool=pool)
            chosen = self._searched(task, found, chosen, run)
            at = np.full(len(layout.desk), NOBODY, dtype=np.int64)
            rows = self._market.row[chosen]
            at[layout.person[rows]] = rows
            packing.see(pool, layout, at)
            at = packing.packed(layout, pool, at, task.goal, self._budget)
            chosen = self._chained(self._pairs(at))
            if self._part.values(chosen)[task.goal] >= bound:
                break
        return chosen

    def _pairs(self, at: Wide) -> Positions:
        """The pairs of a plan that is given by everybody's row, ascending."""
        return np.sort(self._layout.pair[at[at != NOBODY]])

    def _chained(self, chosen: Positions) -> Positions:
        """A plan improved by chains of moves, in all goals, until none is left."""
        seated = seating.seat(self._layout, self._market.row[chosen])
        rounds = LARGE_ROUNDS if self._large else CHAIN_ROUNDS
        for first, last in self._budget.pieces(rounds, FEW_ROUNDS):
            if not chains.improve(self._layout, seated, rosters.MUSTS, last - first):
                break
        return self._pairs(seated.at)

    def _proven(
        self, task: Task, found: tuple[Prices, Prices], chosen: Positions, bound: int
    ) -> tuple[Positions, int]:
        """Rules pairs out; what is left, if little, is solved exactly, else the likeliest first.

        The prices of the lowest bound rule out; the last ones, which tell more pairs apart, say
        what is likely.

        The likeliest pairs, those that the prices all but choose, mostly hold a best plan: with
        it known, the same prices rule out nearly all others.
        """
        if _fell((*task.floors, task.known), self._ruled_out_at):
            self._possible[:] = True
        held = all(task.held)
        most = CORE_PAIRS if held else OPEN_CORE_PAIRS
        for _ in range(CORES if held else 1):
            self._ruled_out_at = (*task.floors, task.known)
            slack, lost = prices.slack(self._layout, task, found[0])
            self._possible[self._layout.pair] &= lost <= slack
            by_pair = np.empty_like(lost)
            by_pair[self._layout.pair] = prices.slack(self._layout, task, found[1])[1]
            by_pair[chosen] = -1
            likeliest = np.argsort(by_pair, kind="stable")
            likeliest = likeliest[self._possible[likeliest]]
            bind = np.cumsum(self._layout.binds[self._part.opening[likeliest]])
            left = likeliest[bind <= BINDING_PAIRS]
            whole = len(left) == len(likeliest) <= EXACT_PAIRS
            left = np.sort(left if whole else left[:most])
            if self._budget.stopped():
                break
            answer = self._exact(task, left)
            if answer.chosen is not None:
                chosen = self._chained(left[answer.chosen])
                values = self._part.values(chosen)
                if _fell(values, self._ruled_out_at):
                    break  # chains have raised a goal before; of what is left something else holds
                task = replace(task, floors=values[: task.goal], known=values[task.goal])
            if whole:
                return chosen, bound if answer.bound is None else min(bound, answer.bound)
            if answer.chosen is None and most == EXACT_PAIRS:
                break
            if answer.chosen is None:
                most = EXACT_PAIRS
        return chosen, bound

    def _exact(self, task: Task, left: Positions) -> exact.Exact:
        """A better plan among some pairs."""
        mask = np.zeros(len(self._part), dtype=np.bool_)
        mask[left] = True
        rest = self._part.keep(mask)
        return exact.better(rest, task.goal, task.floors, task.known, self._budget)


def _fell(values: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Whether any of the leading goals is lower than before."""
    return any(map(int.__lt__, values, before))


def _wide(known: int, bound: int, share: int = WIDE) -> bool:
    """Whether a gap is wide, or wider than another share of the bound."""
    return bound - known > max(FEW, bound // share)


def _same(values: tuple[int, ...], others: tuple[int, ...]) -> int:
    """How many leading numbers are the same."""
    pairs = zip(values, others, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(values), len(others)))
