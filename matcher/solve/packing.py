"""The best plan that can be put together of rosters seen before: set packing, by diving.

Ruin and recreate comes through thousands of rosters, most of them good where they stood. Which
of those that are seen now and then go together best is a problem of its own:

    max  Σ_r worth(r) x(r)
    s.t. Σ_{r at o} x(r) <= 1          every opening has one roster
         Σ_{r with p} x(r) <= 1        everybody is in one of them
         Σ_r people(r,s) x(r) <= starts(s)
         x in {0, 1}

Its relaxation is nearly whole. What it all but chooses is chosen, and what still fits is solved
again, until few rosters are left; they go to an exact model (HiGHS). Many openings are solved
region by region, everybody who stands outside one held where they are.
Sources: Rochat and Taillard, J. Heuristics 1 (1995); Taillard and Voss, POPMUSIC (2002).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide
from matcher.travel.atlas import Masks

REGION = 600
"""At most so many openings are packed at once."""
SURE = 0.7
"""What the relaxation chooses at least so far is chosen; of two that share anybody only one."""
FEW, NODES = 300, 20
"""So few rosters go to the exact model, and so many of its nodes are looked at."""
GAP = 1e-5
"""The exact model stops so near its bound, as a part of it."""

Pool = dict[tuple[int, ...], None]
"""Rosters in the order they were seen, each as its rows, ascending."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Rosters:
    """``rows``: one roster after the other; ``of``: (rows,) which one each belongs to.

    ``opening``, ``worth``: (rosters,).
    """

    rows: Wide
    of: Wide
    opening: Wide
    worth: Wide

    def keep(self, mask: Masks) -> "_Rosters":
        """Some of them."""
        rows = mask[self.of]
        number = np.cumsum(mask) - 1
        return _Rosters(
            rows=self.rows[rows],
            of=number[self.of[rows]],
            opening=self.opening[mask],
            worth=self.worth[mask],
        )


def see(pool: Pool, layout: Layout, at: Wide) -> None:
    """The rosters of a plan join a pool.

    Args:
        pool: is added to.
        layout: the component.
        at: (participants,) each one's row, or ``NOBODY``.
    """
    rows = np.sort(at[at != NOBODY])  # rows stand by opening
    ends = np.flatnonzero(np.diff(layout.opening[rows])) + 1
    flat = rows.tolist()
    for first, last in zip([0, *ends], [*ends, len(flat)], strict=True):
        pool[tuple(flat[first:last])] = None
    pool.pop((), None)


def packed(layout: Layout, pool: Pool, at: Wide, goal: int, budget: Budget) -> Wide:
    """(participants,) each one's row in a plan that is no worse, by goals up to the one after.

    Args:
        layout: the component.
        pool: rosters that have their half-days.
        at: (participants,) each one's row in a lawful plan, or ``NOBODY``.
        goal: the goal that is raised.
        budget: nodes and seconds.
    """
    if not pool:
        return at
    goals = layout.gain[:, : goal + 2]
    worth = _stacked(goals)
    seen = _rosters(layout, pool, worth)
    now = at.copy()
    for region in _regions(layout, np.unique(seen.opening), budget.seed):
        if budget.stopped():
            break
        inside = np.zeros(len(layout.seats), dtype=np.bool_)
        inside[region] = True
        stays = now != NOBODY
        stays[stays] = ~inside[layout.opening[now[stays]]]
        could = inside[seen.opening]
        could[seen.of[stays[layout.person[seen.rows]]]] = False
        chosen = _dived(layout, seen.keep(could), now[stays], budget)
        then = np.where(stays, now, NOBODY)
        then[layout.person[chosen]] = chosen
        now = max(now, then, key=lambda plan: tuple(goals[plan[plan != NOBODY]].sum(axis=0)))
    return now


def _stacked(goals: Wide) -> Wide:
    """(rows,) goals in one number: one of a goal outweighs what anybody adds to those after."""
    total = np.zeros(len(goals), dtype=np.int64)
    for gain in goals.T:
        total = total * (1 + int(gain.max(initial=0))) + gain
    return total


def _rosters(layout: Layout, pool: Pool, worth: Wide) -> _Rosters:
    rows = np.array([row for roster in pool for row in roster], dtype=np.int64)
    lengths = np.array([len(roster) for roster in pool], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    return _Rosters(
        rows=rows,
        of=np.repeat(np.arange(len(lengths)), lengths),
        opening=layout.opening[rows[starts]],
        worth=np.add.reduceat(worth[rows], starts),
    )


def _regions(layout: Layout, openings: Wide, seed: int) -> Iterator[Wide]:
    """Openings in equal parts, each grown by who shares most people with it, for its size."""
    parts = -(-len(openings) // REGION)
    dice = np.random.default_rng(seed)
    left = np.zeros(len(layout.seats), dtype=np.bool_)
    left[openings] = True
    size = np.maximum(1, np.diff(layout.first))
    for part in range(parts, 0, -1):
        most = -(-int(left.sum()) // part)
        near = np.zeros(len(layout.seats), dtype=np.int64)
        last = int(dice.choice(np.flatnonzero(left)))
        region = [last]
        left[last] = False
        while len(region) < most:
            for person in layout.person[layout.first[last] : layout.first[last + 1]]:
                own = layout.own[layout.own_first[person] : layout.own_first[person + 1]]
                near[layout.opening[own]] += 1
            last = int(np.argmax(np.where(left, near / size, -1.0)))
            region.append(last)
            left[last] = False
        yield np.sort(np.array(region, dtype=np.int64))


def _dived(layout: Layout, rosters: _Rosters, stays: Wide, budget: Budget) -> Wide:
    """The rows of rosters that go together, beside whoever stays."""
    limits, room = _limits(layout, rosters, stays)
    left = np.flatnonzero(_fits(limits, room) & (rosters.worth > 0))
    chosen: list[int] = []
    while len(left) and not budget.stopped():
        few = len(left) <= FEW
        x = _solved((limits[:, left], room), rosters.worth[left], budget, whole=few)
        if x is None:
            break
        likeliest = np.argsort(-x, kind="stable")
        sure = np.count_nonzero(x >= SURE)
        for column in left[likeliest[: max(1, sure)]]:
            taken = limits[:, [column]].toarray().ravel()
            if (taken <= room).all():
                chosen.append(int(column))
                room = room - taken
        if few:
            break
        left = left[_fits(limits, room)[left]]
    return rosters.rows[np.isin(rosters.of, chosen)]


def _limits(layout: Layout, rosters: _Rosters, stays: Wide) -> tuple[sparse.csc_array, Floats]:
    """(limits, rosters) what each takes of openings, people and starts, and what there is."""
    openings, people = len(layout.seats), len(layout.desk)
    desk = layout.desk[layout.person[rosters.rows]]
    limited = desk != NOBODY
    first = np.array([0, openings, openings + people])
    row = np.concatenate(
        [
            first[0] + rosters.opening,
            first[1] + layout.person[rosters.rows],
            first[2] + desk[limited],
        ]
    )
    column = np.concatenate([np.arange(len(rosters.worth)), rosters.of, rosters.of[limited]])
    begun = layout.desk[layout.person[stays]]
    starts = layout.starts - np.bincount(begun[begun != NOBODY], minlength=len(layout.starts))
    room = np.concatenate([np.ones(openings + people), starts])
    shape = (len(room), len(rosters.worth))
    return sparse.csc_array((np.ones(len(row)), (row, column)), shape), room


def _fits(limits: sparse.csc_array, room: Floats) -> Masks:
    """(rosters,) whether one fits into the room that is left."""
    taken = limits.tocoo()
    fits = np.ones(limits.shape[1], dtype=np.bool_)
    fits[taken.col[taken.data > room[taken.row]]] = False
    return fits


def _solved(
    within: tuple[sparse.csc_array, Floats], worth: Wide, budget: Budget, *, whole: bool
) -> Floats | None:
    """(rosters,) how far each is chosen: in parts, or whole as far as nodes reach; or nothing."""
    limits, room = within
    rows = np.diff(limits.tocsr().indptr) > 1
    options: dict[str, float] = {"mip_rel_gap": GAP, "node_limit": min(NODES, budget.nodes)}
    if (seconds := budget.seconds_left()) is not None:
        options["time_limit"] = max(0.01, seconds)
    found = optimize.milp(
        -worth.astype(np.float64),
        integrality=np.full(len(worth), int(whole)),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(limits.tocsr()[rows], -np.inf, room[rows]),
        options=options,  # type: ignore[arg-type] # a plain dict is one
    )
    x: Floats | None = found.x
    return x
