"""What Steget is measured against: other ways to plan the same pairs, each at its best.

A peer is a function from a component and a number of seconds to answers, of which the last
counts: those before it are what is left of one that has to be ended. It reads the arrays of
``matcher.solve.components.Component`` and uses nothing else of the engine. Building its model
counts as its time. All keep half-days, except Gale-Shapley, which knows seats alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import floor
from time import monotonic

import numpy as np
import numpy.typing as npt
from matching import Player
from matching.algorithms import hospital_resident
from matching.players import Hospital
from ortools.graph.python import min_cost_flow
from ortools.sat.python import cp_model
from scipy import optimize, sparse

from matcher.solve.components import Component

Whole = npt.NDArray[np.int64]

DAYS = 10
SETS = np.arange(1 << DAYS)
"""Every set of half-days, as bits."""
PLACED, WAITING, POINTS = 0, 1, 3
"""Where the goals stand that single peers look at."""
COST_RANGE = 1 << 60
"""Costs times nodes stay below this: OR-Tools scales every cost by the number of nodes."""
WORKERS = 8
"""More than the cores: below 8, CP-SAT leaves out strategies. With 2 it did not prove in 15 s what
it proves with 8 in 0.1 s (300 x 90)."""
EXACT = {"mip_rel_gap": 0.0, "presolve": True}


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer:
    """What a peer found.

    ``chosen``: positions of the chosen pairs, ascending. ``bounds``: what it proved of the leading
    goals, each with those before it held at its values. ``ended``: whether it has nothing left to
    do; otherwise a better answer follows, or the clock stopped it.
    """

    chosen: Whole
    bounds: tuple[int, ...] = ()
    ended: bool = True


def cp_sat(part: Component, seconds: float) -> Iterator[Answer]:
    """The full model in CP-SAT, goal by goal, each from the last plan and the first from greedy's.

    The next goal is begun when the one before is proven, and has all the time that is left.
    """
    end = monotonic() + seconds
    model, pairs = _full_model(part)
    bounds: list[int] = []
    for gain in part.gain:
        total = cp_model.LinearExpr.weighted_sum(pairs, gain.tolist())
        model.maximize(total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_time_in_seconds = max(0.0, end - monotonic())
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return
        chosen = np.flatnonzero([solver.boolean_value(pair) for pair in pairs])
        bounds.append(floor(solver.best_objective_bound + 1e-6))
        proven = status == cp_model.OPTIMAL
        ended = proven and len(bounds) == len(part.gain)
        yield Answer(chosen=chosen, bounds=tuple(bounds), ended=ended)
        if not proven:
            return
        model.add(total >= int(gain[chosen].sum()))
        model.clear_hints()
        for variable, value in enumerate(solver.response_proto.solution):
            model.add_hint(model.get_bool_var_from_proto_index(variable), bool(value))


def _full_model(part: Component) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Everybody once, seats, and half-days where they can bind; greedy's plan as a hint."""
    model = cp_model.CpModel()
    first = _picked(part)
    pairs = [model.new_bool_var("") for _ in range(len(part))]
    for pair, variable in enumerate(pairs):
        model.add_hint(variable, pair in first)
    for rows in _grouped(part.participant):
        model.add_at_most_one(pairs[row] for row in rows)
    for rows in _grouped(part.opening):
        model.add(sum(pairs[row] for row in rows) <= int(part.seats[part.opening[rows[0]]]))
    comes = _half_day_rows(part)
    days = [model.new_bool_var("") for _ in range(len(comes.pair))]
    for pair, cell, variable in zip(comes.pair.tolist(), comes.cell.tolist(), days, strict=True):
        model.add_hint(variable, cell % DAYS in first.get(pair, ()))
    for rows in _grouped(comes.pair):
        pair = comes.pair[rows[0]]
        week = int(part.per_week[part.participant[pair]])
        model.add(sum(days[row] for row in rows) == week * pairs[pair])
    for rows in _grouped(comes.cell):
        room = int(part.half_days.ravel()[comes.cell[rows[0]]])
        model.add(sum(days[row] for row in rows) <= room)
    return model, pairs


def highs(part: Component, seconds: float) -> Iterator[Answer]:
    """The compact model in HiGHS, goal by goal, with the goals before held; time as in CP-SAT.

    A pair is whole or not; its half-days need not be asked to be whole, since for chosen pairs
    they are a transportation problem, which is whole by itself. Each person has a variable of
    their own, so that to hold a goal takes a row of people and not of pairs: over the long row
    HiGHS presolves for a minute (3,000 x 900) and does not look at its clock.
    """
    end = monotonic() + seconds
    comes = _half_day_rows(part)
    limits = _compact(part, comes)
    pairs, days, people = len(part), len(comes.pair), len(part.per_week)
    whole = np.arange(pairs + days + people) < pairs
    bounds: list[int] = []
    for gain in part.gain:
        goal = _goal(part, gain, days)
        found = optimize.milp(
            -goal,
            integrality=whole.astype(np.int64),
            bounds=optimize.Bounds(0, 1),
            constraints=limits,
            options=EXACT | {"time_limit": max(0.01, end - monotonic())},
        )
        if found.x is None:
            return
        chosen = np.flatnonzero(found.x[:pairs] > 0.5)
        bounds.append(floor(1e-6 - found.mip_dual_bound))
        proven = found.status == 0
        ended = proven and len(bounds) == len(part.gain)
        yield Answer(chosen=chosen, bounds=tuple(bounds), ended=ended)
        if not proven:
            return
        held = sparse.csr_array(goal[None, :])
        limits.append(optimize.LinearConstraint(held, int(gain[chosen].sum()), np.inf))


def _goal(part: Component, gain: Whole, days: int) -> npt.NDArray[np.float64]:
    """A goal over pairs, half-days and people: over people where all their pairs add the same."""
    each = np.zeros(len(part.per_week))
    each[part.participant] = gain
    if (each[part.participant] == gain).all():
        return np.concatenate([np.zeros(len(part)), np.zeros(days), each])
    return np.concatenate([gain, np.zeros(days), np.zeros(len(each))])


def _compact(part: Component, comes: "_HalfDayRows") -> list[optimize.LinearConstraint]:
    """Everybody's pairs are one or none, seats, exactly so many half-days, room of half-days."""
    people, pairs, days = len(part.per_week), len(part), len(comes.pair)
    width = pairs + days + people
    pair, day, person = np.split(np.arange(width), [pairs, pairs + days])
    limited, row = np.unique(comes.pair, return_inverse=True)
    cells, cell = np.unique(comes.cell, return_inverse=True)
    placed = _ones(part.participant, pair, (people, width))
    placed -= _ones(np.arange(people), person, (people, width))
    week = part.per_week[part.participant[limited]]
    weeks = sparse.csr_array((week, (np.arange(len(limited)), limited)), (len(limited), width))
    exactly = _ones(row, day, (len(limited), width)) - weeks
    seats = _ones(part.opening, pair, (len(part.seats), width))
    room = _ones(cell, day, (len(cells), width))
    return [
        optimize.LinearConstraint(sparse.vstack([placed, exactly]), 0, 0),
        optimize.LinearConstraint(seats, -np.inf, part.seats),
        optimize.LinearConstraint(room, -np.inf, part.half_days.ravel()[cells]),
    ]


def flow_alone(part: Component, seconds: float) -> Iterator[Answer]:  # noqa: ARG001 -- it needs no limit
    """The best flow on seats; whoever then finds no half-days is let go, and nobody tries again.

    At each opening those with the fewest half-days come in first, then those who wait longest.
    """
    people, openings = len(part.per_week), len(part.seats)
    sink = people + openings
    solver = min_cost_flow.SimpleMinCostFlow()
    everybody, everywhere = np.arange(people), people + np.arange(openings)
    one = np.ones(max(len(part), people), dtype=np.int64)
    cost = -_worth(part, sink + 1)
    solver.add_arcs_with_capacity_and_unit_cost(
        part.participant, people + part.opening, one[: len(part)], cost
    )
    past = np.full(people, sink)
    solver.add_arcs_with_capacity_and_unit_cost(everybody, past, one[:people], 0 * one[:people])
    ends = np.full(openings, sink)
    solver.add_arcs_with_capacity_and_unit_cost(everywhere, ends, part.seats, 0 * part.seats)
    solver.set_nodes_supplies(everybody, one[:people])
    solver.set_nodes_supplies(np.array([sink]), np.array([-people]))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("a flow in which nobody is placed is always lawful")
    chosen = np.flatnonzero(solver.flows(np.arange(len(part))))
    bound = int(part.gain[PLACED, chosen].sum())  # half-days left out: it can only be too good
    yield Answer(chosen=with_half_days(part, chosen), bounds=(bound,))


def _worth(part: Component, nodes: int) -> Whole:
    """Placed before waiting before points; points are coarser where 64 bits do not reach."""
    most = int(min(len(part.per_week), part.seats.sum()))
    points = part.gain[POINTS]
    while True:
        wait = most * int(points.max(initial=0)) + 1
        second = wait * int(part.gain[WAITING].max(initial=0)) + int(points.max(initial=0))
        place = most * second + 1
        if (place + second) * nodes < COST_RANGE:
            return place * part.gain[PLACED] + wait * part.gain[WAITING] + points
        points = points // 2


def with_half_days(part: Component, chosen: Whole) -> Whole:
    """Those of the chosen pairs that have exact half-days together, let in one by one.

    Whether people have a roster together is judged by the condition of Gale and Hoffman: what
    they must take of any set of half-days is within its room.
    """
    week = part.per_week[part.participant[chosen]]
    order = np.lexsort((chosen, -part.gain[WAITING, chosen], week))
    inside = (SETS[:, None] >> np.arange(DAYS)) & 1
    load: dict[int, Whole] = {}
    room: dict[int, Whole] = {}
    kept = []
    for pair in chosen[order].tolist():
        opening = int(part.opening[pair])
        if opening not in room:
            room[opening] = inside @ part.half_days[opening]
            load[opening] = np.zeros(len(SETS), dtype=np.int64)
        outside = np.bitwise_count(part.sessions[pair] & ~SETS).astype(np.int64)
        must = np.maximum(0, int(part.per_week[part.participant[pair]]) - outside)
        if (load[opening] + must <= room[opening]).all():
            load[opening] += must
            kept.append(pair)
    return np.array(sorted(kept), dtype=np.int64)


def greedy(part: Component, seconds: float) -> Iterator[Answer]:  # noqa: ARG001 -- it needs no limit
    """What a person with a spreadsheet does: whoever waits longest picks first.

    Each takes the opening with most points that has a seat and half-days left, and there the
    first half-days of the week that are free. Nobody is moved afterwards.
    """
    yield Answer(chosen=np.array(sorted(_picked(part)), dtype=np.int64))


def _picked(part: Component) -> dict[int, list[int]]:
    """The pairs of the greedy plan, each with its half-days."""
    seats, room = part.seats.tolist(), part.half_days.tolist()
    waits = np.zeros(len(part.per_week), dtype=np.int64)
    waits[part.participant] = part.gain[WAITING]
    order = np.lexsort((-part.gain[POINTS], part.participant, -waits[part.participant]))
    placed: set[int] = set()
    picked: dict[int, list[int]] = {}
    for pair in order.tolist():
        person, opening = int(part.participant[pair]), int(part.opening[pair])
        if person in placed or seats[opening] <= 0:
            continue
        sessions, week = int(part.sessions[pair]), int(part.per_week[person])
        free = [day for day in range(DAYS) if sessions >> day & 1 and room[opening][day] > 0]
        if len(free) < week:
            continue
        picked[pair] = free[:week]
        for day in picked[pair]:
            room[opening][day] -= 1
        seats[opening] -= 1
        placed.add(person)
    return picked


def gale_shapley(part: Component, seconds: float) -> Iterator[Answer]:  # noqa: ARG001 -- it knows no limit
    """Stable for seats: people rank by points, openings by waiting. Half-days are left out.

    The library's algorithm on its own players: the checks of its game class compare everybody
    with everybody, which takes longer than the algorithm.
    """
    people = {int(p): Player(int(p)) for p in np.unique(part.participant)}
    openings = {int(o): Hospital(int(o), int(part.seats[o])) for o in np.unique(part.opening)}
    for rows in _grouped(part.participant):
        ranked = rows[np.argsort(-part.gain[POINTS, rows], kind="stable")]
        mine = people[int(part.participant[rows[0]])]
        mine.set_prefs([openings[int(o)] for o in part.opening[ranked]])
    for rows in _grouped(part.opening):
        ranked = rows[np.argsort(-part.gain[WAITING, rows], kind="stable")]
        mine = openings[int(part.opening[rows[0]])]
        mine.set_prefs([people[int(p)] for p in part.participant[ranked]])
    hospital_resident(list(people.values()), list(openings.values()), optimal="resident")
    match = np.full(len(part.per_week), -1, dtype=np.int64)
    for person, player in people.items():
        match[person] = -1 if player.matching is None else player.matching.name
    yield Answer(chosen=np.flatnonzero(match[part.participant] == part.opening))


@dataclass(frozen=True, eq=False, kw_only=True)
class _HalfDayRows:
    """One row for each half-day of a pair: ``pair``, and ``cell``, the opening's half-day."""

    pair: Whole
    cell: Whole


def _half_day_rows(part: Component) -> _HalfDayRows:
    """The half-days of the pairs at openings where they can bind.

    They cannot where every half-day has room for as many as the seats let in, or as can come.
    """
    bits = (part.sessions[:, None] >> np.arange(DAYS)) & 1
    comers = np.zeros_like(part.half_days)
    np.add.at(comers, part.opening, bits)
    binds = (np.minimum(comers, part.seats[:, None]) > part.half_days).any(axis=1)
    pair, day = np.nonzero(bits * binds[part.opening][:, None])
    return _HalfDayRows(pair=pair, cell=part.opening[pair].astype(np.int64) * DAYS + day)


def _grouped(labels: npt.NDArray[np.integer]) -> Iterator[Whole]:
    """The positions of each label, in the order of the labels."""
    order = np.argsort(labels, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []


def _ones(row: npt.NDArray[np.integer], column: Whole, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape)


PEERS: Mapping[str, Callable[[Component, float], Iterator[Answer]]] = {
    "cp-sat": cp_sat,
    "highs": highs,
    "flow": flow_alone,
    "greedy": greedy,
    "gale-shapley": gale_shapley,
}
