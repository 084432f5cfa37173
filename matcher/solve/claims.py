"""A claim: could somebody have a place without anything before ``points`` falling?

The plan is made again with the goals before ``points``, and then, as the last tie-break, whether
this one person is placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher import columns, pairs
from matcher.columns import waiting_value
from matcher.domain import OpeningId, Participant, ParticipantId, Problem
from matcher.policy import GoalName, Policy
from matcher.solve import demand, seating
from matcher.solve.components import NOBODY
from matcher.solve.layout import Layout, Wide, lay_out
from matcher.solve.order import NOT_SUMS
from matcher.solve.seating import Seating
from matcher.solve.standing import Standing, chosen_of, pairs_of, solved
from matcher.solve.ways import LEAST, look, new_ways


@dataclass(frozen=True, eq=False, kw_only=True)
class Claim:
    """A plan in which one person is the last tie-break, after the goals before ``points``.

    ``values`` of those goals; ``opening_id`` where the person is placed, or None. ``proven``: no
    plan is better in them, so that without a place there is none that places the person.
    """

    values: tuple[int, ...]
    opening_id: OpeningId | None
    proven: bool


def before_points(names: Sequence[GoalName]) -> int:
    """How many goals stand before ``points``; all, where that is no goal."""
    return names.index(GoalName.POINTS) if GoalName.POINTS in names else len(names)


def claim(
    standing: Standing, participant_id: ParticipantId, problem: Problem, policy: Policy
) -> Claim:
    """The plan made again for a problem that may be otherwise, one person the last tie-break.

    Raises:
        KeyError: the problem has no such participant.
    """
    same = problem is standing.problem and policy is standing.policy
    table = standing.table if same else columns.load(problem, policy)
    found = standing.found if same else pairs.eligible(table, policy)
    whole = demand.component(table, found, policy, standing.former)
    person = problem.participant_at[participant_id]
    names = standing.names[: before_points(standing.names)]
    own = (whole.participant == person).astype(np.int64)
    whole = replace(whole, gain=np.concatenate([whole.gain[: len(names)], own[None, :]]))
    layout = lay_out(whole)
    start = pairs_of(problem, whole, standing.proposals)
    seated, proven = solved(whole, layout, start, prove=standing.proven)
    values = whole.values(chosen_of(layout, seated))
    at = seated.at[person]
    return Claim(
        values=values[:-1],
        opening_id=None if at == NOBODY else problem.openings[layout.opening[at]].opening_id,
        proven=proven and not NOT_SUMS & set(policy.goals),
    )


def may_come(standing: Standing, participant_id: ParticipantId) -> frozenset[OpeningId]:
    """The openings where a place might be found for somebody, were there no barrier.

    At a free seat nothing is lost; else whoever loses least goes, whatever the half-days: a place
    may turn out not to be there, but where chains are exact none is overlooked.

    Raises:
        KeyError: no such participant.
    """
    problem = standing.problem
    names = standing.names[: before_points(standing.names)]
    whole = replace(standing.whole, gain=standing.whole.gain[: len(names)])
    layout = lay_out(whole)
    seated = seating.seat(layout, standing.row[standing.ground_chosen])
    most = _most(problem.participant[participant_id], names, problem)
    nothing = (0,) * len(most)
    found = set()
    for opening, spare in zip(problem.openings, _spare(layout, seated).tolist(), strict=True):
        lost = nothing if spare == 0 else (*seating.unstacked(layout.gain, spare), 0)
        total = tuple(a + b for a, b in zip(lost, most, strict=True))
        if spare != LEAST and total > nothing:
            found.add(opening.opening_id)
    return frozenset(found)


def _most(person: Participant, names: Sequence[GoalName], problem: Problem) -> tuple[int, ...]:
    """At most what placing somebody adds to each goal, and to the tie-break."""
    known = {
        GoalName.WAITING: waiting_value(person, problem.plan_date),
        GoalName.NORM_GOALS: int(person.norm_goal),
    }
    return (*(known.get(name, 1) for name in names), 1)


def _spare(layout: Layout, seated: Seating) -> Wide:
    """(openings,) what the others gain, all goals stacked, where somebody must be let in."""
    ways = new_ways(seated)
    look(layout, seated, ways)
    spare = np.full(len(seated.people), LEAST, dtype=np.int64)
    rows = seated.at[seated.at != NOBODY]
    np.maximum.at(spare, layout.opening[rows], ways.best[layout.person[rows]] - seated.worth[rows])
    free = seated.people < layout.seats
    return np.where(free, np.maximum(spare, 0), spare)
