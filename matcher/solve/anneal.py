"""Ruin and recreate as a search: from a plan, led by prices, cooling, for so many rounds."""

from dataclasses import dataclass

import numpy as np

from matcher.solve import packing, prices, rosters, ruin
from matcher.solve.budget import Budget
from matcher.solve.layout import Layout, Wide
from matcher.solve.packing import Pool
from matcher.solve.prices import Prices, Task

PIECE = 1_000
"""Rounds between two looks at the clock, and at the rosters."""
LEAST_ROUNDS = 4_000
HOT_SHARE = 16
"""Rounds go by openings: all, or so many for each where half-days bind (half, if large)."""
COLD = 0.03
"""The heat to begin with, as a share of a goal's largest gain."""
COLD_ONES = 0.1
"""... of a goal that only counts."""
TIE = 16
"""What later goals count when rosters are chosen, as a part of the goal that is raised."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Search:
    """Where is searched, and how much.

    ``hot``: openings in use where half-days bind. ``seekers``: people who could have a place.
    """

    layout: Layout
    hot: Wide
    seekers: Wide
    rounds: int
    budget: Budget


@dataclass(frozen=True, kw_only=True)
class Run:
    """One search: whether it begins warm, how many times as long it is, and with which dice.

    ``pool``: what the rosters it comes through join, if anything.
    """

    warm: bool
    times: int = 1
    dice: int = 0
    pool: Pool | None = None


def search(layout: Layout, budget: Budget, *, large: bool) -> Search:
    """The search in a component."""
    used = np.diff(layout.first) > 0
    hot = np.flatnonzero(layout.binds & used)
    share = HOT_SHARE // 2 if large else HOT_SHARE
    most = min(int(used.sum()), share * len(hot)) * budget.rounds
    return Search(
        layout=layout,
        hot=hot,
        seekers=np.flatnonzero(np.diff(layout.own_first) > 0),
        rounds=most if budget.rounds == 0 else max(LEAST_ROUNDS, most),
        budget=budget,
    )


def annealed(search: Search, task: Task, found: Prices, chosen: Wide, run: Run) -> Wide:
    """(participants,) everybody's row in the best plan that was met, no worse than the first.

    Args:
        search: where.
        task: the goal that is raised, and the floors before it.
        found: the prices that lead.
        chosen: the rows of a lawful plan.
        run: how.
    """
    layout, budget = search.layout, search.budget
    aim = ruin.Aim(
        worth=prices.worth(layout, task, found.multipliers) + _ties(layout, task.goal),
        price=prices.of_people(layout, found),
        goal=task.goal,
        seekers=search.seekers,
        hot=search.hot,
    )
    board = ruin.board(layout, chosen, budget.seed + task.goal + run.dice)
    most = int(layout.gain[:, task.goal].max())
    hottest = 0.0 if not run.warm else COLD_ONES if most == 1 else COLD * most
    fills = bool((layout.gain[:, task.goal] == most).all())
    rounds = run.times * search.rounds
    for first, last in budget.pieces(rounds, PIECE):
        if fills:
            aim = aim._replace(hot=ruin.short(layout, board.at, search.hot))
        hot, cold = (hottest * (1 - at / rounds) for at in (first, last))
        ruin.ruin(layout, board, aim, rosters.MUSTS, (hot, cold, last - first))
        if run.pool is not None:
            packing.see(run.pool, layout, board.at)
        budget.tell(task.goal, int(board.best_total[task.goal]), None)
    return board.best_at


def _ties(layout: Layout, goal: int) -> Wide:
    """(rows,) a little for all goals after one, so that they decide between equals."""
    after = range(goal + 1, layout.gain.shape[1])
    units = np.array([prices.unit_of(layout, later) for later in after], dtype=np.int64)
    ties: Wide = layout.gain[:, goal + 1 :] @ units // TIE
    return ties
