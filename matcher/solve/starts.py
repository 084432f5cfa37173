"""Prices to begin with: the flow's, or those split between the flow and openings that bind.

Prices prove a bound whatever they are (``prices``). Those of the flow know nothing of half-days.
Where few openings bind they can be split (Lagrangian decomposition), and each half is small:

    u      the flow's prices where half-days do not bind, without those who are where they bind
    h      prices in a problem of its own: the openings where half-days bind, their pairs that give
           more than the flow would lose, and of each what it gives beyond that
    u + h  prices in the whole

The flow is exact in its half, and a step in the other takes thousandths of a second; steps with a
million pairs at once take long and lead nowhere. Openings then ask for some others than those the
flow was made without; the flow's prices without those are mixed in, in shares of 1/2, 1/3, ...
(Frank and Wolfe), as long as the bound falls.
Sources: Guignard and Kim, Math. Program. 39 (1987); Frank and Wolfe, Naval Res. Logist. Q. 3
(1956).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

import numpy as np

from matcher.solve import flow, halfdays, prices
from matcher.solve.components import NOBODY, Component, Gains, Positions
from matcher.solve.layout import Layout, Wide, lay_out, rows_of
from matcher.solve.prices import Prices, Shares, Task, Work
from matcher.travel.atlas import Ints, Masks

TRIED: tuple[Shares, ...] = ((0, 4, 8), (2, 2, 8), (32, 32, 8), (256, 32, 8))
LARGE_TRIED: tuple[Shares, ...] = ((0, 4, 8), (0, 10, 20))
"""In large parts, for goals that tell a person's places apart; for others the first alone."""
FEW_BIND = 8
"""Prices are split where at most one pair in so many is at an opening where half-days bind ..."""
TURNS, BIDS = 3, 3
"""... so many times for goals that tell places apart, else once; with so many times the steps."""
BESIDE = 0.05
"""How far beside the flow's prices others begin, as a share of the largest gain."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Market:
    """A component as prices see it.

    ``row``: (pairs,) where each stands in the layout. ``hot``: (pairs,) whether half-days bind at
    its opening. ``by_place``: (goals,) whether one tells apart the places of a person, and not
    just by 1. ``few_bind``: whether prices are split.
    """

    component: Component
    layout: Layout
    row: Positions
    hot: Masks
    by_place: tuple[bool, ...]
    few_bind: bool
    large: bool


def market(component: Component, layout: Layout, *, large: bool) -> Market:
    """What stays the same while prices of a component are sought; it is not empty."""
    first = np.flatnonzero(np.diff(component.participant, prepend=-1))
    high = np.maximum.reduceat(component.gain, first, axis=1)
    low = np.minimum.reduceat(component.gain, first, axis=1)
    hot = layout.binds[component.opening]
    return Market(
        component=component,
        layout=layout,
        row=rows_of(layout),
        hot=hot,
        by_place=tuple(bool(np.any(tells)) for tells in high > low + 1),
        few_bind=FEW_BIND * int(hot.sum()) <= len(component),
        large=large,
    )


def none(market: Market, task: Task, work: Work) -> Prices:
    """Nobody costs anything: what that proves of the first goal."""
    free = np.zeros(len(market.layout.desk), dtype=np.int64)
    return _proof(market, task, (free, free[:0]), work)


def likeliest(market: Market, task: Task, chosen: Positions, work: Work, seed: int) -> Prices:
    """The prices that prove most, at the most promising multipliers for goals not yet proven.

    In large parts, where prices are split and there is no choice of multipliers, the flow's own
    are not asked: they take seconds, and proved less wherever that was measured.

    Args:
        market: the component.
        task: what is bounded.
        chosen: the pairs of a lawful plan.
        work: how much may be done; where prices are split ``BIDS`` times as many steps a turn.
        seed: of the dice.
    """
    tries = LARGE_TRIED if market.large else TRIED
    once = all(task.held) or (market.large and not market.by_place[task.goal])
    first = [prices.first_multipliers(market.layout, task, t) for t in tries]
    found: list[Prices] = []
    if not (once and market.large and market.few_bind):
        flows = (_flow(market, task, m, work) for m in (first[:1] if once else first))
        found.append(min(flows, key=attrgetter("units")))
    if market.few_bind:
        at = found[0].multipliers if found else first[0]
        turns = split(market, _worth(market, task, at), chosen, work, seed)
        before = None
        for people in islice(turns, TURNS if market.by_place[task.goal] else 1):
            found.append(_proof(market, task, (people, at), work))
            if work.stop() or (before is not None and found[-1].units >= before):
                break
            before = found[-1].units
    return min(found, key=attrgetter("units"))


def beside(found: Prices, most: int, seed: int) -> Prices:
    """Prices a little below others: where those of the flow stand, no direction is clear.

    Args:
        found: the others.
        most: the largest gain, in the units of the prices.
        seed: of the dice.
    """
    dice = np.random.default_rng(seed)
    lower = dice.integers(0, 1 + round(BESIDE * most), len(found.people))
    return replace(found, people=np.maximum(0, found.people - lower))


def split(
    market: Market, worth: Gains, chosen: Positions, work: Work, seed: int
) -> Iterator[Wide]:
    """Turn after turn, without end: (participants,) the price of each. Later ones may be worse.

    Args:
        market: the component. Limits of supervisors are left out.
        worth: (pairs,) what a pair is worth, in any unit.
        chosen: the pairs of a lawful plan.
        work: how much may be done.
        seed: of the dice.
    """
    whole = replace(market.component, gain=worth[None, :])
    there = chosen[market.hot[chosen]]
    lost = _lost(whole, market.hot, there)
    turn = 1
    while True:
        turn += 1
        more = worth - lost[whole.participant]
        part = _bidding(whole, market.hot & (more > 0), more)
        known = int(np.maximum(more[there], 0).sum())
        bid, asked = _bid(part, known, work, seed)
        people = lost.copy()
        who = whole.participant[part.pair]
        people[who] = lost[who] + bid[part.participant]
        yield people
        there = _dearest(whole.participant, more, part.pair[asked])
        lost = lost + (_lost(whole, market.hot, there) - lost) // turn


def _flow(market: Market, task: Task, multipliers: Wide, work: Work) -> Prices:
    """The flow's prices."""
    part, worth = market.component, _worth(market, task, multipliers)
    people = flow.person_prices(part, halfdays.seat_bound(part), worth)
    return _proof(market, task, (people, multipliers), work)


def _worth(market: Market, task: Task, multipliers: Wide) -> Wide:
    """(pairs,) what each is worth before prices."""
    return prices.worth(market.layout, task, multipliers)[market.row]


def _proof(market: Market, task: Task, at: tuple[Wide, Wide], work: Work) -> Prices:
    """What prices of people prove at multipliers."""
    people, multipliers = at
    desks = np.zeros_like(market.layout.starts)
    start = Prices(people=people, desks=desks, multipliers=multipliers)
    return prices.lowered(market.layout, task, start, replace(work, steps=0))


def _lost(component: Component, hot: Masks, there: Positions) -> Wide:
    """(participants,) what the flow loses with each, where these pairs stand at hot openings."""
    people, openings, worth = component.participant, component.opening, component.gain[0]
    rest = halfdays.elsewhere(component, hot, there)
    lost = flow.person_prices(component.keep(rest), component.seats, worth[rest])
    seat = np.zeros(len(component.seats), dtype=np.int64)
    np.maximum.at(seat, openings[rest], worth[rest] - lost[people[rest]])
    np.maximum.at(lost, people[~hot], worth[~hot] - seat[openings[~hot]])
    return lost


def _bidding(component: Component, wanted: Masks, more: Gains) -> Component:
    """Some pairs and their people alone, with one goal; ``pair``: where each stands among all."""
    rows = np.flatnonzero(wanted)
    who, local = np.unique(component.participant[rows], return_inverse=True)
    return replace(
        component.keep(wanted),
        pair=rows,
        participant=local.astype(component.participant.dtype),
        gain=more[None, rows],
        per_week=component.per_week[who],
        supervisor=np.full(len(who), NOBODY, dtype=component.supervisor.dtype),
    )


def _bid(part: Component, known: int, work: Work, seed: int) -> tuple[Wide, Positions]:
    """(participants,) prices among openings where half-days bind, and the pairs asked for then."""
    layout = lay_out(part)
    task = Task(goal=0, floors=(), known=known, unit=1, held=())
    people = flow.person_prices(part, halfdays.seat_bound(part), part.gain[0])
    start = Prices(people=people, desks=people[:0], multipliers=people[:0])
    most = int(part.gain.max(initial=0))
    bids = Work(BIDS * work.steps, stop=work.stop)
    found = min(
        prices.lowered(layout, task, beside(start, most, seed), bids),
        prices.lowered(layout, task, start, Work(0)),
        key=attrgetter("units"),
    )
    return found.people, layout.pair[prices.asked(layout, task, found)]


def _dearest(people: Ints, more: Gains, asked: Positions) -> Positions:
    """Of the pairs asked for, everybody's that gives most, ascending."""
    by_gain = asked[np.argsort(-more[asked], kind="stable")]
    return np.sort(by_gain[np.unique(people[by_gain], return_index=True)[1]])
