"""Many small changes to a plan as it stands, one at a time: what does each add to every goal?

All are tried on one layout that has room for any of them, in which the plan is seated once. A
trial is a copy with one change, improved by chains of moves: without binding half-days and
supervisors' limits that is the best there is. Where they bind, few pairs are solved exactly too.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import cached_property
from os import cpu_count

import numpy as np

from matcher import capacity
from matcher.domain import SEATS, Problem
from matcher.outcome import Proposals
from matcher.pairs import Pairs
from matcher.policy import GoalName
from matcher.solve import chains, demand, places, seating
from matcher.solve.components import NOBODY, Component, Positions, split
from matcher.solve.layout import Layout, Wide, lay_out
from matcher.solve.rosters import MUSTS
from matcher.solve.seating import Seating
from matcher.solve.standing import ROUNDS, Standing, _limited, chosen_of, copied, solved
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


@dataclass(frozen=True, eq=False, kw_only=True)
class _Ground:
    """The plan seated among all pairs that any change asks for, with what there is today.

    ``whole``: those pairs. ``usable``: (pairs,) which there are today. ``layout`` has today's
    seats; ``seated`` has place for one more at each opening.
    """

    standing: Standing
    whole: Component
    usable: Masks
    layout: Layout
    seated: Seating

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What the plan reaches."""
        return self.whole.values(chosen_of(self.layout, self.seated))

    @cached_property
    def part_of(self) -> Wide:
        """(pairs,) which independent part each is in."""
        number = np.empty(len(self.whole), dtype=np.int64)
        everything = replace(self.whole, pair=np.arange(len(number)))
        for at, part in enumerate(split(everything)):
            number[part.pair] = at
        return number

    def warm(self) -> None:
        """Make now what trials need, so that several threads can run them at once."""
        _ = self.values, self.part_of, self.limited

    @cached_property
    def limited(self) -> bool:
        """Whether anything but seats binds, with all that is asked for."""
        return _limited(self.whole)

    def adds(self, stacked: int) -> Worth:
        """What one chain adds, all goals in one number, where nothing else is to be proven."""
        added = seating.unstacked(self.layout.gain, stacked)
        goals = dict(zip(self.standing.names, added, strict=True))
        return Worth(goals=goals, proven=self.standing.proven)

    def again(self, layout: Layout, trial: Seating, changed: Wide) -> Worth:
        """What a trial comes to, improved.

        Args:
            layout: with the seats of the trial.
            trial: the seating, changed in place; what it may use is ``open``.
            changed: (n,) the rows that the change gives room or opens.
        """
        chains.improve(layout, trial, MUSTS, ROUNDS)
        chosen, proven = chosen_of(layout, trial), False
        if self.standing.proven:
            usable = np.zeros(len(self.whole), dtype=np.bool_)
            usable[layout.pair] = trial.open
            usable &= np.isin(self.part_of, self.part_of[layout.pair[changed]])
            whole = replace(self.whole, seats=layout.seats.astype(np.int32))
            chosen, proven = _proved(whole, usable, chosen)
        pairs = zip(self.standing.names, self.whole.values(chosen), self.values, strict=True)
        return Worth(goals={name: new - old for name, new, old in pairs}, proven=proven)


def seat_worths(standing: Standing) -> list[Worth]:
    """(openings,) what one more seat at each opening adds to the plan, in the problem's order.

    Where nothing but seats binds they are the prices of seats in the dual of the flow, found by
    one pass; those worth most are confirmed by solving again. Otherwise every seat is tried.
    """
    more = replace(standing.table, problem=_one_seat_more(standing.problem))
    whole = demand.component(more, standing.found, standing.policy, _former(standing))
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
    whole = demand.component(standing.table, found, standing.policy, _former(standing))
    sign = sign[whole.pair]
    ground = _ground(standing, whole, sign == NOBODY, whole.seats)
    sign = sign[ground.layout.pair]
    order = np.argsort(sign, kind="stable")
    bounds = np.searchsorted(sign[order], np.arange(int(group.max(initial=-1)) + 2))
    helps = _may_help(ground)

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
    layout, trial = ground.layout, copied(ground.seated)
    seats = layout.seats.copy()
    seats[opening] = ground.whole.seats[opening]
    layout = layout._replace(seats=seats)
    seating.judge(layout, trial, opening, MUSTS)
    trial.barred[:] = False
    return ground.again(layout, trial, np.arange(*layout.first[opening : opening + 2]))


def _opened(ground: _Ground, rows: Wide, *, helps: bool) -> Worth:
    """Some rows opened; where none of them helps a chain, nothing is gained."""
    if not helps and not (ground.limited and ground.standing.proven):
        return ground.adds(0)
    trial = copied(ground.seated)
    trial.open[rows] = True
    return ground.again(ground.layout, trial, rows)


def _may_help(ground: _Ground) -> Masks:
    """(rows,) whether a row would shorten somebody's way, were it open.

    With prices of people and of places from one and the same search: where no row of several pays
    at these, no chain through any of them improves the plan, nor through several at once.
    """
    layout, seated = ground.layout, ground.seated
    ways = chains.new_ways(len(seated.at))
    chains.search(layout, seated, ways)
    there = seated.at[seated.at != NOBODY]
    then = np.where(seated.people < layout.seats, 0, chains.LEAST)
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
    chains.improve(layout, seated, MUSTS, ROUNDS)
    ground = _Ground(standing=standing, whole=whole, usable=usable, layout=layout, seated=seated)
    ground.warm()
    return ground


def _proved(whole: Component, usable: Masks, chosen: Positions) -> tuple[Positions, bool]:
    """A plan at least as good in some parts, if they are few pairs, and whether it is the best."""
    part, at = whole.keep(usable), np.flatnonzero(usable)
    if not len(at) or not _limited(part):
        return chosen, True
    if len(at) > FEW:
        return chosen, False
    layout = lay_out(part)
    seated, proven = solved(part, layout, np.flatnonzero(np.isin(at, chosen)))
    better = at[chosen_of(layout, seated)]
    return np.sort(np.concatenate([chosen[~usable[chosen]], better])), proven


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


def _former(standing: Standing) -> Proposals:
    """The former plan, as far as there is room today for what it proposed."""
    if GoalName.STABILITY not in standing.names:
        return frozenset()
    whole, problem = standing.whole, standing.problem
    kept = np.flatnonzero(whole.gain[standing.names.index(GoalName.STABILITY)])
    return frozenset(
        (problem.participants[person].participant_id, problem.openings[opening].opening_id)
        for person, opening in zip(whole.participant[kept], whole.opening[kept], strict=True)
    )
