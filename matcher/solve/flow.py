"""The plan as a min-cost flow: exact in every goal, in order, where half-days do not bind.

    lex max  Σ gain_1(p,o) x(p,o), Σ gain_2(p,o) x(p,o), ...
    s.t.     Σ_o x(p,o) <= 1            every participant at most once
             Σ_p x(p,o) <= seats(o)     every opening within its seats
             Σ_p∈s x(p,o) <= starts     every supervisor within the starts, where limited
             x(p,o) >= 0                whole by itself: a network (transportation) problem

Goals are stacked into one cost as far as 64 bits reach. Beyond that they are solved one after the
other, each on the optimal face of those before: by complementary slackness an arc whose reduced
cost is not 0 carries the same flow in every optimal plan, so it is fixed and taken out.
Source: Ahuja, Magnanti, Orlin, Network Flows (1993), ch. 9 and 11.
"""

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import max_flow

from matcher.solve.apart import min_cost_flow
from matcher.solve.components import NOBODY, Component, Gains, Positions
from matcher.travel.atlas import Ints, Masks

SAFE_RANGE = 1 << 60
"""Costs times nodes stay below this: OR-Tools scales every cost by the number of nodes."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Network:
    """Arcs from ``tail`` to ``head``, the pairs first; ``gain`` is (goals, arcs)."""

    tail: Positions
    head: Positions
    room: Positions
    gain: Gains
    supply: Positions


def best(component: Component, seats: Ints) -> Positions:
    """The pairs of a plan that is best in all goals, in order, when half-days are left out.

    Args:
        component: what to plan.
        seats: (openings,) at most so many at each opening.

    Returns:
        Positions of the chosen pairs in the component, ascending.
    """
    if not len(component):
        return np.zeros(0, dtype=np.int64)
    network = _network(component, seats)
    most = [ceiling(component, goal) for goal in range(len(component.gain))]
    flow = np.zeros(len(network.tail), dtype=np.int64)
    free = np.ones(len(network.tail), dtype=np.bool_)
    supply = network.supply.copy()
    for stage in _stages(network, most):
        cost = _stacked(network.gain, most, stage)
        flow[free] = min_cost_flow(
            network.tail[free], network.head[free], network.room[free], cost[free], supply
        )
        if stage.stop < len(component.gain):
            _fix(network, free, supply, flow, cost)
    return np.flatnonzero(flow[: len(component)])


def _network(component: Component, seats: Ints) -> _Network:
    """People, openings, supervisors and the sink; whoever is not placed flows past to the sink."""
    people, openings = len(component.per_week), len(seats)
    limited = np.flatnonzero(component.supervisor != NOBODY)
    who, members = np.unique(component.supervisor[limited], return_counts=True)
    desk = people + openings + np.searchsorted(who, component.supervisor[limited])
    desks = people + openings + np.arange(len(who))
    sink = people + openings + len(who)
    starts = np.minimum(component.starts, members)
    alone = np.flatnonzero(component.supervisor == NOBODY)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[alone], supply[desks] = 1, starts
    supply[sink] = -supply.sum()
    tail = (component.participant, people + np.arange(openings), alone, desk, desks)
    to_sink = np.full(openings + len(alone), sink)
    head = (people + component.opening, to_sink, limited, np.full(len(desks), sink))
    one = np.ones(len(component), dtype=np.int64)
    room = (one, seats, np.ones(len(alone) + len(limited), dtype=np.int64), starts)
    arcs = sum(len(part) for part in tail)
    gain = np.zeros((len(component.gain), arcs), dtype=np.int64)
    gain[:, : len(component)] = component.gain
    return _Network(
        tail=np.concatenate(tail).astype(np.int64),
        head=np.concatenate(head).astype(np.int64),
        room=np.concatenate(room).astype(np.int64),
        gain=gain,
        supply=supply,
    )


def _stages(network: _Network, most: list[int]) -> list[slice]:
    """Which goals are stacked into one cost: as many as stay within the safe range."""
    highest = SAFE_RANGE // (len(network.supply) + 1)
    stages: list[slice] = []
    first = 0
    for last in range(1, len(most) + 1):
        if last == len(most) or _peak(network.gain, most, slice(first, last + 1)) > highest:
            stages.append(slice(first, last))
            first = last
    return stages


def ceiling(component: Component, goal: int) -> int:
    """An upper limit of a goal: everybody at the opening that gives most."""
    most = np.zeros(len(component.per_week), dtype=np.int64)
    np.maximum.at(most, component.participant, component.gain[goal])
    return int(most.sum())


def _weights(most: list[int], stage: slice) -> list[int]:
    """The factor of each goal of a stage: one unit of it outweighs all goals after it."""
    weights = [1]
    for goal in range(stage.stop - 1, stage.start, -1):
        weights.insert(0, weights[0] * (most[goal] + 1))
    return weights


def _peak(gain: Gains, most: list[int], stage: slice) -> int:
    """The dearest arc when the goals of a stage are stacked."""
    peaks = [int(gain[goal].max(initial=0)) for goal in range(stage.start, stage.stop)]
    return sum(w * peak for w, peak in zip(_weights(most, stage), peaks, strict=True))


def _stacked(gain: Gains, most: list[int], stage: slice) -> Gains:
    """(arcs,) what an arc costs: its gain in the goals of a stage, stacked, and negative."""
    factors = np.array(_weights(most, stage), dtype=np.int64)
    return -(factors @ gain[stage])


def _fix(network: _Network, free: Masks, supply: Positions, flow: Positions, cost: Gains) -> None:
    """Take out, in place, the arcs that carry the same flow in every optimal plan."""
    potential = _potentials(network, free, flow, cost)
    reduced = cost + potential[network.tail] - potential[network.head]
    fixed = free & (reduced != 0)
    np.subtract.at(supply, network.tail[fixed], flow[fixed])
    np.add.at(supply, network.head[fixed], flow[fixed])
    free &= ~fixed


def _potentials(network: _Network, free: Masks, flow: Positions, cost: Gains) -> Gains:
    """(nodes,) shortest distances in the residual network, from anywhere (Bellman-Ford)."""
    forward = free & (flow < network.room)
    back = free & (flow > 0)
    tail = np.concatenate([network.tail[forward], network.head[back]])
    head = np.concatenate([network.head[forward], network.tail[back]])
    length = np.concatenate([cost[forward], -cost[back]])
    distance = np.zeros(len(network.supply), dtype=np.int64)
    while True:  # an optimal flow leaves no negative cycle, so this ends
        nearer = distance.copy()
        np.minimum.at(nearer, head, distance[tail] + length)
        if np.array_equal(nearer, distance):
            return distance
        distance = nearer


def person_prices(component: Component, seats: Ints, worth: Gains) -> Gains:
    """(participants,) what each is worth to others where half-days are left out.

    The price of a participant in an optimal plan by seats alone: how much all others lose by the
    best place of theirs. A best answer of the dual; supervisors' limits are left out.

    Args:
        component: what is planned.
        seats: (openings,) at most so many at each opening.
        worth: (pairs,) what a pair is worth.
    """
    free = replace(
        component, gain=worth[None, :], supervisor=np.full_like(component.supervisor, NOBODY)
    )
    network = _network(free, seats)
    cost = _stacked(network.gain, [0], slice(0, 1))
    all_arcs = np.ones(len(network.tail), dtype=np.bool_)
    flow = min_cost_flow(network.tail, network.head, network.room, cost, network.supply)
    potential = _potentials(network, all_arcs, flow, cost)
    people = len(component.per_week)
    prices = potential[:people] - potential[-1]
    wanted = np.bincount(component.participant, minlength=people) > 0
    found: Gains = np.where(wanted, np.maximum(prices, 0), 0)
    return found


def fullest(component: Component, seats: Ints) -> tuple[int, Masks]:
    """The most people that can be placed by seats alone, and why not more (König's theorem).

    Supervisors' limits are left out.

    Returns:
        How many, and (openings,) those that hold it up: their seats, and everybody who could go
        elsewhere too, are together as many.

    Source: König, Mat. Fiz. Lapok 38 (1931); Ford and Fulkerson, Canad. J. Math. 8 (1956).
    """
    people, openings = len(component.per_week), len(seats)
    full = np.zeros(openings, dtype=np.bool_)
    if not len(component):
        return 0, full
    source, sink = people + openings, people + openings + 1
    seekers, used = np.unique(component.participant), np.unique(component.opening)
    one = np.ones(len(component), dtype=np.int64)
    solver = max_flow.SimpleMaxFlow()
    for tail, head, room in (
        (component.participant, people + component.opening, one),
        (np.full(len(seekers), source), seekers, one[: len(seekers)]),
        (people + used, np.full(len(used), sink), seats[used]),
    ):
        solver.add_arcs_with_capacity(tail, head, room)
    status = solver.solve(source, sink)
    if status != solver.OPTIMAL:
        raise RuntimeError(f"max-flow ended with {status.name}")
    reached = np.asarray(solver.get_source_side_min_cut(), dtype=np.int64)
    full[reached[(reached >= people) & (reached < source)] - people] = True
    return solver.optimal_flow(), full
