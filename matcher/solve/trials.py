"""Many small changes to a plan as it stands, one at a time: what does each add to every goal?

All are tried on one layout that has room for any of them, in which the plan is seated once. A
trial is a copy with one change, improved by chains of moves: without binding half-days and
supervisors' limits that is the best there is. Where half-days bind, the same trial without them
bounds it, if the plan as it stands is as good as any without them; few pairs are solved exactly.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import cached_property
from os import cpu_count

import numpy as np

from matcher import capacity
from matcher.domain import SEATS, Problem
from matcher.pairs import Pairs
from matcher.policy import GoalName
from matcher.solve import chains, demand, halfdays, places, seating
from matcher.solve.components import NOBODY, Component, Positions, split
from matcher.solve.layout import Layout, Wide, lay_out
from matcher.solve.rosters import MUSTS
from matcher.solve.seating import Seating, copied
from matcher.solve.standing import Standing, chosen_of, limited, solved
from matcher.solve.ways import LEAST, Ways, look, new_ways
from matcher.travel.atlas import Ints, Masks

SAMPLE = 5
"""Seats whose worth, found by one pass, is confirmed by solving again."""
FEW = 500
"""Parts of at most so many pairs are solved exactly, once for every change to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a change adds to every goal that is a sum; ``proven``: before and after are the best.

    Goals are in the order of the policy, so that a later one may fall where an earlier one rises.
    """

    goals: Mapping[GoalName, int]
    proven: bool


Change = Callable[[Layout, Seating, Wide], Layout]
"""Changes a seating in place and gives its layout; (openings,) the seats there are with it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Bound:
    """The plan seated where half-days bind nowhere: nothing there is better than the plan.

    An opening has at most as many seats as its half-days could hold; ``most``: (openings,) the
    same with what a change adds.
    """

    layout: Layout
    seated: Seating
    most: Wide

    @cached_property
    def ways(self) -> Ways:
        """What is best to do with everybody."""
        return _ways(self.layout, self.seated)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Ground:
    """The plan seated among all pairs that any change asks for, with what there is today.

    ``whole``: those pairs, with the seats that changes add. ``layout`` has today's seats;
    ``seated`` has place for one more at each opening.
    """

    standing: Standing
    whole: Component
    layout: Layout
    seated: Seating

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What the plan reaches."""
        return self.whole.values(chosen_of(self.layout, self.seated))

    @cached_property
    def ways(self) -> Ways:
        """What is best to do with everybody."""
        return _ways(self.layout, self.seated)

    @cached_property
    def part_of(self) -> Wide:
        """(pairs,) which independent part each is in."""
        number = np.empty(len(self.whole), dtype=np.int64)
        everything = replace(self.whole, pair=np.arange(len(number)))
        for at, part in enumerate(split(everything)):
            number[part.pair] = at
        return number

    @cached_property
    def limited(self) -> bool:
        """Whether anything but seats binds, with all that is asked for."""
        return limited(self.whole)

    @cached_property
    def bound(self) -> _Bound | None:
        """What bounds a trial; None where there is no need, or the plan itself is not so good."""
        whole, layout = self.whole, self.layout
        wanted = self.standing.proven and self.limited
        if not wanted or bool((whole.supervisor != NOBODY).any()):
            return None
        today = replace(whole, seats=layout.seats.astype(np.int32))
        most = halfdays.seat_bound(whole).astype(np.int64)
        layout = layout._replace(binds=np.zeros_like(layout.binds), seats=most)
        seated = seating.seat(layout, self.seated.at[self.seated.at != NOBODY])
        seated.open[:] = self.seated.open
        layout = layout._replace(seats=halfdays.seat_bound(today).astype(np.int64))
        chains.improve(layout, seated, MUSTS, chains.ROUNDS)
        if whole.values(chosen_of(layout, seated)) != self.values:
            return None
        return _Bound(layout=layout, seated=seated, most=most)

    def warm(self) -> None:
        """Make now what trials need, so that several threads can run them at once."""
        _ = self.values, self.ways, self.part_of, self.limited, self.bound
        if self.bound is not None:
            _ = self.bound.ways

    def adds(self, stacked: int) -> Worth:
        """What one chain adds, all goals in one number, where nothing else is to be proven."""
        added = seating.unstacked(self.layout.gain, stacked)
        goals = dict(zip(self.standing.names, added, strict=True))
        return Worth(goals=goals, proven=self.standing.proven)

    def again(self, change: Change, changed: Wide) -> Worth:
        """What the plan has more with a change, improved.

        Args:
            change: what is tried.
            changed: (n,) the rows that the change gives room or opens.
        """
        trial = copied(self.seated)
        layout = change(self.layout, trial, self.whole.seats.astype(np.int64))
        chains.improve_again(layout, (self.seated, trial), self.ways, changed)
        chosen = chosen_of(layout, trial)
        proven = self.standing.proven
        if proven and self.limited:
            proven = self._bounded(change, changed, chosen)
        if self.standing.proven and not proven:
            chosen, proven = self._exact(layout, trial, changed)
        pairs = zip(self.standing.names, self.whole.values(chosen), self.values, strict=True)
        return Worth(goals={name: new - old for name, new, old in pairs}, proven=proven)

    def _bounded(self, change: Change, changed: Wide, chosen: Positions) -> bool:
        """Whether nothing is better than some pairs, even if half-days were left out."""
        if self.bound is None:
            return False
        trial = copied(self.bound.seated)
        layout = change(self.bound.layout, trial, self.bound.most)
        chains.improve_again(layout, (self.bound.seated, trial), self.bound.ways, changed)
        return self.whole.values(chosen_of(layout, trial)) == self.whole.values(chosen)

    def _exact(self, layout: Layout, trial: Seating, changed: Wide) -> tuple[Positions, bool]:
        """A plan at least as good where something changed, if that is few pairs; if the best."""
        chosen = chosen_of(layout, trial)
        usable = np.zeros(len(self.whole), dtype=np.bool_)
        usable[layout.pair] = trial.open
        usable &= np.isin(self.part_of, self.part_of[layout.pair[changed]])
        at = np.flatnonzero(usable)
        if not len(at) or len(at) > FEW:
            return chosen, not len(at)
        part = replace(self.whole, seats=layout.seats.astype(np.int32)).keep(usable)
        laid_out = lay_out(part)
        seated, proven = solved(part, laid_out, np.flatnonzero(np.isin(at, chosen)))
        better = at[chosen_of(laid_out, seated)]
        return np.sort(np.concatenate([chosen[~usable[chosen]], better])), proven


def seat_worths(standing: Standing) -> list[Worth]:
    """(openings,) what one more seat at each opening adds to the plan, in the problem's order.

    Where nothing but seats binds they are the prices of seats in the dual of the flow, found by
    one pass; those worth most are confirmed by solving again. Otherwise every seat is tried.
    """
    more = replace(standing.table, problem=_one_seat_more(standing.problem))
    whole = demand.component(more, standing.found, standing.policy, standing.former)
    today = capacity.left(standing.problem)
    ground = _ground(standing, whole, np.ones(len(whole), dtype=np.bool_), today.seats)

    def one(opening: int) -> Worth:
        return _one_more(ground, opening)

    if not ground.limited:
        stacked = places.seat_worths(ground.layout, copied(ground.seated), MUSTS)
        found = [ground.adds(int(value)) for value in stacked]
        dearest = np.argsort(-stacked, kind="stable")[:SAMPLE].tolist()
        if [found[opening] for opening in dearest] == _each(one, dearest):
            return found
    return _each(one, range(len(whole.seats)))


def opened_worths(standing: Standing, more: Pairs, group: Positions) -> list[Worth]:
    """(groups,) what each group of pairs adds to the plan, were they possible, one at a time.

    Args:
        standing: the plan.
        more: pairs that have a barrier today, sorted by participant, then opening.
        group: (more,) the group of each, from 0.
    """
    found, sign = _together(standing, more, group)
    whole = demand.component(standing.table, found, standing.policy, standing.former)
    sign = sign[whole.pair]
    ground = _ground(standing, whole, sign == NOBODY, whole.seats)
    sign = sign[ground.layout.pair]
    order = np.argsort(sign, kind="stable")
    bounds = np.searchsorted(sign[order], np.arange(int(group.max(initial=-1)) + 2))
    where = ground.bound or ground
    helps = _may_help(where.layout, where.seated, where.ways)

    def one(number: int) -> Worth:
        rows = order[bounds[number] : bounds[number + 1]]
        return _opened(ground, rows, helps=bool(helps[rows].any()))

    return _each(one, range(len(bounds) - 1))


def _each(one: Callable[[int], Worth], numbers: Positions | range | list[int]) -> list[Worth]:
    """Trials, as many at a time as there are cores: compiled loops hold no lock."""
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        return list(pool.map(one, numbers))


def _one_more(ground: _Ground, opening: int) -> Worth:
    """One more seat at an opening."""

    def change(layout: Layout, trial: Seating, most: Wide) -> Layout:
        seats = layout.seats.copy()
        seats[opening] = most[opening]
        layout = layout._replace(seats=seats)
        seating.judge(layout, trial, opening, MUSTS)
        trial.barred[:] = False
        return layout

    return ground.again(change, np.arange(*ground.layout.first[opening : opening + 2]))


def _opened(ground: _Ground, rows: Wide, *, helps: bool) -> Worth:
    """Some rows opened; where none of them helps a chain, nothing is gained."""
    to_prove = ground.limited and ground.standing.proven and ground.bound is None
    if not helps and not to_prove:
        return ground.adds(0)

    def change(layout: Layout, trial: Seating, _: Wide) -> Layout:
        trial.open[rows] = True
        return layout

    return ground.again(change, rows)


def _ways(layout: Layout, seated: Seating) -> Ways:
    """What is best to do with everybody."""
    ways = new_ways(seated)
    look(layout, seated, ways)
    return ways


def _may_help(layout: Layout, seated: Seating, ways: Ways) -> Masks:
    """(rows,) whether a row would shorten somebody's way, were it open.

    With prices of people and of places from one and the same search: where no row of several pays
    at these, no chain through any of them improves the plan, nor through several at once.
    """
    there = seated.at[seated.at != NOBODY]
    then = np.where(seated.people < layout.seats, 0, LEAST)
    left = ways.best[layout.person[there]] - seated.worth[there]
    np.maximum.at(then, layout.opening[there], left)
    best = ways.best.copy()
    loose = there[~layout.binds[layout.opening[there]]]  # all can take the same place there
    stays = seated.worth[loose] + np.minimum(0, then[layout.opening[loose]])
    best[layout.person[loose]] = np.maximum(best[layout.person[loose]], stays)
    helps: Masks = seated.worth + then[layout.opening] > best[layout.person]
    return helps


def _ground(standing: Standing, whole: Component, usable: Masks, seats: Ints) -> _Ground:
    """The standing plan seated among more pairs, with the seats there are today."""
    layout = lay_out(whole)
    there = np.isin(_keys(whole), _keys(standing.whole)[standing.chosen])
    seated = seating.seat(layout, np.flatnonzero(there[layout.pair]))
    layout = layout._replace(seats=seats.astype(np.int64))
    seated.open[:] = usable[layout.pair]
    for opening in np.flatnonzero(layout.binds).tolist():
        seating.judge(layout, seated, opening, MUSTS)
    chains.improve(layout, seated, MUSTS, chains.ROUNDS)
    ground = _Ground(standing=standing, whole=whole, layout=layout, seated=seated)
    ground.warm()
    return ground


def _keys(component: Component) -> Positions:
    """(pairs,) one whole number for each."""
    return component.participant.astype(np.int64) * len(component.seats) + component.opening


def _together(standing: Standing, more: Pairs, group: Positions) -> tuple[Pairs, Positions]:
    """Eligible pairs and others, sorted, and the group of each: ``NOBODY`` of the eligible."""
    columns = {
        f.name: np.concatenate([getattr(standing.found, f.name), getattr(more, f.name)])
        for f in fields(Pairs)
    }
    openings = len(standing.problem.openings)
    order = np.argsort(columns["participant"].astype(np.int64) * openings + columns["opening"])
    number = np.concatenate([np.full(len(standing.found), NOBODY, dtype=np.int64), group])
    return Pairs(**columns).take(order), number[order]


def _one_seat_more(problem: Problem) -> Problem:
    """The problem with one more seat at every opening."""
    more = (replace(o, seats=min(SEATS[1], o.seats + 1)) for o in problem.openings)
    return replace(problem, openings=tuple(more))
