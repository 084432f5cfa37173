"""Moves: whole numbers added to hidden cells so that every sum still holds.

Tables with a move added are tables that could be the true ones: nobody who sees only what is
shown can tell them apart. So a cell that some move changes cannot be found, and how far moves
take it up and down is how little is known of it. Moves are found as circulations are: a linear
programme, whose corners are whole numbers where every cell is in at most two sums, and whole
numbers asked for where they are not.

Source: Fischetti, Salazar-Gonzalez, Solving the cell suppression problem on tabular data with
linear constraints, Management Science 47 (2001) 1008-1027; Kelly, Golden, Assad, Cell suppression,
Networks 22 (1992) 397-417.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from matcher.balance.disclosure.registry import NO_END
from matcher.balance.disclosure.system import System
from matcher.balance.disclosure.tables import Wide
from matcher.travel.atlas import Floats, Masks

REWARD = 1000.0
"""What one step of a cell that has to move is worth, against the weights of hiding others."""
EPSILON = 1e-6
INNER_POINT = 1_000
"""From so many cells on the inner point method is the faster one."""
TIMES = 6
"""How many times a move in parts of people is taken, at most, to make it whole."""
NODES = 50
"""How many branches a search for whole numbers may try: work is counted, not time."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Wanted:
    """What a move is to do. All (all cells,).

    ``may``: which cells may change. ``steps``: how far a cell has to go, up or (negative) down;
    0 for those that need not. ``cost``: of one step of each.
    """

    may: Masks
    steps: Wide
    cost: Floats


def move(system: System, wanted: Wanted) -> Wide | None:
    """The cheapest move that takes as many cells as far as is wanted.

    Returns:
        (all cells,) what is added to each; 0 everywhere where nothing can be done. None where
        the programme's answer is no whole numbers: want less.
    """
    columns = np.flatnonzero(wanted.may & system.free)
    found = np.zeros(len(system.value))
    found[columns] = _solved(system, wanted, columns)
    whole = np.round(found)
    return None if (abs(found - whole) > EPSILON).any() else whole.astype(np.int64)


def farthest(system: System, wanted: Wanted) -> Wide:
    """A move of one cell, as far as wanted or as it can go; cheapest where that is whole.

    Where the cheapest is in parts of people, some times as much of it is a move too, if there is
    room; else whole numbers are looked for among the cells that it moves.

    Returns:
        (all cells,) what is added to each; 0 everywhere where it cannot move.
    """
    columns = np.flatnonzero(wanted.may & system.free)
    found = np.zeros(len(system.value), dtype=np.int64)
    if not wanted.steps[columns].any():
        return found
    parts = _solved(system, wanted, columns)
    up, down = _room(system, columns)
    for times in range(1, TIMES + 1):
        whole = np.round(times * parts)
        near = (abs(times * parts - whole) < EPSILON).all()
        if near and (whole <= up).all() and (-whole <= down).all():
            found[columns] = whole
            return found
    moved = abs(parts) > EPSILON
    columns, up, down = columns[moved], up[moved], down[moved]
    steps = wanted.steps[columns]
    answer = optimize.milp(
        -np.sign(steps).astype(np.float64),
        integrality=np.ones(len(columns), dtype=np.int64),
        bounds=optimize.Bounds(
            np.where(steps < 0, np.maximum(steps, -down), -down),
            np.where(steps > 0, np.minimum(steps, up), up),
        ),
        constraints=optimize.LinearConstraint(system.matrix[:, columns], 0.0, 0.0),
        options={"node_limit": NODES},
    )
    found[columns] = 0 if answer.x is None else np.round(answer.x)
    return found


def _solved(system: System, wanted: Wanted, columns: npt.NDArray[np.intp]) -> Floats:
    """(columns,) the best move of these cells alone.

    Every cell has a column up and one down at its cost, and one for what is wanted of it.
    """
    own = system.matrix[:, columns]
    own = own[np.flatnonzero(abs(own).sum(axis=1))]
    steps = wanted.steps[columns]
    goal = np.flatnonzero(steps)
    signs = np.sign(steps[goal]).astype(np.float64)
    matrix = sparse.csc_array(sparse.hstack([own, -own, own[:, goal] * signs[np.newaxis, :]]))
    up, down = _room(system, columns)
    reach = np.where(signs > 0, up[goal], down[goal])
    wish = np.minimum(abs(steps[goal]), reach)
    up[goal] = np.where(signs > 0, reach - wish, 0.0)
    down[goal] = np.where(signs < 0, reach - wish, 0.0)
    cost = wanted.cost[columns]
    ends = np.concatenate([up, down, wish])
    answer = optimize.linprog(  # type: ignore[call-overload]  # its stubs know no sparse A_eq
        np.concatenate([cost, cost, cost[goal] - REWARD]),
        A_eq=matrix,
        b_eq=np.zeros(matrix.shape[0]),
        bounds=np.stack([np.zeros(len(ends)), ends], axis=1),
        method="highs-ipm" if len(columns) > INNER_POINT else "highs-ds",
    )
    size = len(columns)
    result: Floats = answer.x[:size] - answer.x[size : 2 * size]
    result[goal] += signs * answer.x[2 * size :]
    return result


def _room(system: System, columns: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """How far each cell may go up, and down."""
    up = (system.high - system.value)[columns].astype(np.float64)
    up[system.high[columns] == NO_END] = np.inf
    return up, (system.value - system.low)[columns].astype(np.float64)
