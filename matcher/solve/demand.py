"""What there is to solve: the pairs for which there is room, and what each adds to every goal."""

import numpy as np
import numpy.typing as npt

from matcher import capacity
from matcher.columns import Table, bit_count, waiting_value
from matcher.outcome import Proposals
from matcher.pairs import Pairs
from matcher.policy import GoalName, Policy
from matcher.solve.components import NOBODY, Component, Gains
from matcher.travel.atlas import Ints


def component(
    table: Table, found: Pairs, policy: Policy, former: Proposals = frozenset()
) -> Component:
    """Everything there is to solve, as one component: the pairs for which there is room at all."""
    people = table.problem.participants
    room = capacity.left(table.problem)
    available = table.p.available[found.participant]
    sessions = capacity.common_with_room(room, found.opening, available)
    per_week = table.p.sessions_per_week
    fits = bit_count(sessions) >= per_week[found.participant]
    rows = np.flatnonzero(fits & (room.seats[found.opening] > 0))
    added = gains(table, found, former)
    return Component(
        pair=rows,
        participant=found.participant[rows],
        opening=found.opening[rows],
        gain=_stacked([added[goal][rows] for goal in policy.goals if goal in added], len(rows)),
        sessions=sessions[rows],
        per_week=per_week,
        supervisor=_supervisors([p.supervisor_id for p in people], policy),
        starts=policy.supervisor_starts or 0,
        seats=room.seats,
        half_days=room.half_days,
    )


def _stacked(gains: list[Gains], pairs: int) -> Gains:
    """(goals, pairs); there may be none that is a sum over pairs."""
    return np.stack(gains) if gains else np.zeros((0, pairs), dtype=np.int64)


def gains(table: Table, found: Pairs, former: Proposals) -> dict[GoalName, npt.NDArray[np.int64]]:
    """(pairs,) for each goal that is a sum over pairs, what a pair adds to it.

    Args:
        table: whom the pairs are about.
        found: the pairs.
        former: the proposals of the plan to stay near.
    """
    today = table.problem.plan_date
    waiting = [waiting_value(p, today) for p in table.problem.participants]
    return {
        GoalName.PLACED: np.ones(len(found), dtype=np.int64),
        GoalName.WAITING: np.array(waiting, dtype=np.int64)[found.participant],
        GoalName.NORM_GOALS: found.norm.astype(np.int64),
        GoalName.POINTS: found.points.astype(np.int64),
        GoalName.STABILITY: _kept(table, found, former),
    }


def _kept(table: Table, found: Pairs, former: Proposals) -> npt.NDArray[np.int64]:
    """(pairs,) 1 where a former plan proposed the same; whom or what it knew alone is left out."""
    problem = table.problem
    people = {p.participant_id: at for at, p in enumerate(problem.participants)}
    openings = {o.opening_id: at for at, o in enumerate(problem.openings)}
    known = [(who, where) for who, where in former if who in people and where in openings]
    keys = [people[who] * len(openings) + openings[where] for who, where in known]
    pair = found.participant.astype(np.int64) * len(openings) + found.opening
    return np.isin(pair, np.array(keys, dtype=np.int64)).astype(np.int64)


def _supervisors(names: list[str | None], policy: Policy) -> Ints:
    """(participants,) the position of each one's supervisor, or ``NOBODY`` when not limited."""
    if policy.supervisor_starts is None:
        return np.full(len(names), NOBODY, dtype=np.int32)
    at = {name: position for position, name in enumerate(dict.fromkeys(filter(None, names)))}
    return np.array([at[name] if name else NOBODY for name in names], dtype=np.int32)
