"""Half-days: an exact roster for every opening, and what to let go where none exists.

A roster gives every participant k different half-days among those the two have in common, within
the room of each half-day. For chosen people that is a transportation problem, solved exactly by
one max-flow for all openings at once.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow

from matcher.capacity import members
from matcher.domain import SESSIONS
from matcher.solve.components import Component, Positions
from matcher.travel.atlas import Ints, Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Rosters:
    """Rosters for chosen pairs: ``half_days`` (chosen,) as bits, ``full`` (chosen,) whether all k.

    Where an opening has no roster for all its people, some of them are not ``full``.
    """

    half_days: Ints
    full: Masks


def rosters(component: Component, chosen: Positions) -> Rosters:
    """An exact roster for every opening that has one for the pairs chosen there."""
    rows, day = np.nonzero(members(component.sessions[chosen]))
    wanted = component.per_week[component.participant[chosen]]
    used, place = np.unique(
        component.opening[chosen][rows] * len(SESSIONS) + day, return_inverse=True
    )
    source, sink = len(chosen) + len(used), len(chosen) + len(used) + 1
    solver = max_flow.SimpleMaxFlow()
    one = np.ones(len(rows), dtype=np.int64)
    solver.add_arcs_with_capacity(rows, len(chosen) + place, one)
    solver.add_arcs_with_capacity(np.full(len(chosen), source), np.arange(len(chosen)), wanted)
    room = component.half_days.ravel()[used]
    ends = np.full(len(used), sink)
    solver.add_arcs_with_capacity(len(chosen) + np.arange(len(used)), ends, room)
    status = solver.solve(source, sink)
    if len(chosen) and status != solver.OPTIMAL:
        raise RuntimeError(f"max-flow ended with {status.name}")
    given = np.asarray(solver.flows(np.arange(len(rows))), dtype=np.int64) if len(rows) else one
    half_days = np.zeros(len(chosen), dtype=np.int32)
    np.bitwise_or.at(half_days, rows, (given << day).astype(np.int32))
    return Rosters(half_days=half_days, full=np.bitwise_count(half_days) == wanted)


def crowded(component: Component, chosen: Positions) -> Ints:
    """The openings that have no roster for the pairs chosen there."""
    full = rosters(component, chosen).full
    found: Ints = np.unique(component.opening[chosen[~full]])
    return found


def binding(component: Component) -> Masks:
    """(openings,) whether half-days can bind there: more can come on one than it has room for."""
    comers = np.zeros_like(component.half_days)
    np.add.at(comers, component.opening, members(component.sessions))
    most = np.minimum(comers, component.seats[:, None])
    return np.asarray((most > component.half_days).any(axis=1), dtype=np.bool_)


def elsewhere(component: Component, hot: Masks, there: Positions) -> Masks:
    """(pairs,) those that are not ``hot``, of people who are not at ``there``."""
    away = np.zeros(len(component.per_week), dtype=np.bool_)
    away[component.participant[there]] = True
    return ~hot & ~away[component.participant]


def seat_bound(component: Component) -> Ints:
    """(openings,) at most how many people fit: seats, and the fewest half-days they could take."""
    bound = component.seats.copy()
    order = np.argsort(component.per_week[component.participant], kind="stable")
    order = order[np.argsort(component.opening[order], kind="stable")]
    first = np.searchsorted(component.opening[order], np.arange(len(bound) + 1))
    room = component.half_days.sum(axis=1)
    for opening in np.flatnonzero(binding(component)):
        rows = order[first[opening] : first[opening + 1]]
        half_days = np.cumsum(component.per_week[component.participant[rows]])
        fits = int(np.searchsorted(half_days, room[opening], side="right"))
        bound[opening] = min(bound[opening], fits)
    return bound


def without_last(component: Component, chosen: Positions, crowd: Ints) -> Positions:
    """The pairs to let go at crowded openings so that the others have a roster.

    At each, people are taken in one by one, those with the fewest half-days first, then by what
    they add to the goals; whoever no longer fits is let go. Exact when all come equally often.
    """
    dropped: list[int] = []
    for opening in crowd:
        there = chosen[component.opening[chosen] == opening]
        dropped += _turned_away(component, there)
    return np.array(dropped, dtype=np.int64)


def _turned_away(component: Component, there: Positions) -> list[int]:
    week = component.per_week[component.participant[there]]
    keys = (*(-component.gain[::-1, there]), week)
    taken: list[int] = []
    away: list[int] = []
    for pair in there[np.lexsort(keys)]:
        fits = rosters(component, np.array([*taken, pair])).full.all()
        (taken if fits else away).append(int(pair))
    return away
