"""Why a plan has somebody where it has them, and why not elsewhere: with codes, never with ids.

What stands between is a barrier, or the plan's own goals: then the first goal that would fall is
told, with how many others would lose their place. Who they are is nobody's business here.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher import eligibility, scoring
from matcher.domain import Barrier, OpeningId, ParticipantId, Sessions
from matcher.explain.groups import Possible, recommend
from matcher.explain.whom import Whom, remover
from matcher.outcome import Cause, Effect
from matcher.pairs import looking
from matcher.policy import GoalName
from matcher.solve.standing import Standing, choose, choose_each

WISHES = 10
"""Of so many better wishes it is told what stands between, the dearest first."""


class Reason(StrEnum):
    """Why somebody is not at an opening."""

    THERE = "there"
    NOT_LOOKING = "not_looking"
    BARRIER = "barrier"
    NO_ROOM = "no_room"
    GOAL_FALLS = "goal_falls"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a plan does not have somebody at an opening.

    ``barriers`` with who could remove each, where ``reason`` is ``barrier``; ``goal`` is the first
    in the plan's order that would change: it would fall by so many (``less``), in ``goal_falls``.
    ``there``: they are. ``not_looking``: a pinned or offered placement is theirs already.
    ``no_room``: what is there already holds it all. ``nothing``: it would do just as well, or
    better, where a plan is not proven.
    """

    opening_id: OpeningId
    reason: Reason
    barriers: tuple[tuple[Barrier, Whom | None], ...] = ()
    goal: GoalName | None = None
    less: int = 0
    effect: Effect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why somebody is where a plan has them.

    ``placed``: the opening with its points, journey and needs, on these ``half_days``; None where
    the plan has no place, for this ``cause``, or where a pinned placement is barred today.
    ``next_best``: the possible opening that comes next in order of points. ``better``: openings
    that fit a dearer wish, and what stood between.
    """

    participant_id: ParticipantId
    placed: Possible | None
    half_days: Sessions | None
    pinned: bool
    cause: Cause | None
    next_best: WhyNot | None
    better: tuple[WhyNot, ...]


def why(standing: Standing, participant_id: ParticipantId) -> Why:
    """Why the plan has somebody where it has them, or nowhere.

    Raises:
        KeyError: no such participant.
    """
    found = recommend(standing.table, standing.policy, participant_id)
    mine = [a for a in standing.plan.assignments if a.participant_id == participant_id]
    cause = next(
        (u.cause for u in standing.plan.unplaced if u.participant_id == participant_id), None
    )
    here = mine[0].opening_id if mine else None
    placed = next((one for one in found.possible if one.opening_id == here), None)
    others = [one.opening_id for one in found.possible if one.opening_id != here]
    looks = cause is not None or bool(mine and not mine[0].pinned)
    return Why(
        participant_id=participant_id,
        placed=placed,
        half_days=mine[0].sessions if mine else None,
        pinned=bool(mine and mine[0].pinned),
        cause=cause,
        next_best=why_not(standing, participant_id, others[0]) if others and looks else None,
        better=_better(standing, participant_id, here) if looks else (),
    )


def why_not(standing: Standing, participant_id: ParticipantId, opening_id: OpeningId) -> WhyNot:
    """Why the plan does not have somebody at an opening.

    Raises:
        KeyError: nobody, or no opening, of that name.
    """
    problem = standing.problem
    person = problem.participant_at[participant_id]
    opening = problem.opening_at[opening_id]
    rows = standing.table.rows(
        np.array([person], dtype=np.int32), np.array([opening], dtype=np.int32)
    )
    there = {(row.participant_id, row.opening_id) for row in standing.plan.assignments}
    if (participant_id, opening_id) in there:
        return WhyNot(opening_id=opening_id, reason=Reason.THERE)
    barriers = eligibility.barriers(rows, standing.policy)[0]
    if barriers:
        named = tuple((barrier, remover(barrier)) for barrier in barriers)
        return WhyNot(opening_id=opening_id, reason=Reason.BARRIER, barriers=named)
    if not looking(standing.table)[person]:
        return WhyNot(opening_id=opening_id, reason=Reason.NOT_LOOKING)
    return _told(standing, opening_id, choose(standing, participant_id, opening_id))


def _told(standing: Standing, opening_id: OpeningId, effect: Effect | None) -> WhyNot:
    """What choosing an opening without a barrier would do, as a reason."""
    if effect is None:
        return WhyNot(opening_id=opening_id, reason=Reason.NO_ROOM)
    falls = next((name for name in standing.names if effect.goals[name]), None)
    if falls is None or effect.goals[falls] > 0:
        return WhyNot(opening_id=opening_id, reason=Reason.NOTHING, effect=effect)
    return WhyNot(
        opening_id=opening_id,
        reason=Reason.GOAL_FALLS,
        goal=falls,
        less=-effect.goals[falls],
        effect=effect,
    )


def _better(
    standing: Standing, participant_id: ParticipantId, here: OpeningId | None
) -> tuple[WhyNot, ...]:
    """The openings that fit a dearer wish than where somebody is, and what stood between."""
    problem, policy = standing.problem, standing.policy
    person = problem.participant_at[participant_id]
    openings = np.arange(len(problem.openings), dtype=np.int32)
    rows = standing.table.rows(np.full(len(openings), person, dtype=np.int32), openings)
    wish = scoring.wish(rows, policy)
    now = 0 if here is None else int(wish[problem.opening_at[here]])
    dearer = np.flatnonzero((wish > now) & rows.p.has_seek)
    points = scoring.points(rows, policy)
    bars = eligibility.barred(rows, policy)
    order = sorted(dearer.tolist(), key=lambda at: (-wish[at], bars[at], -points[at], at))
    first = [problem.openings[at].opening_id for at in order[:WISHES]]
    free = [name for name, at in zip(first, order, strict=False) if not bars[at]]
    effects = dict(zip(free, choose_each(standing, participant_id, free), strict=True))
    return tuple(
        _told(standing, name, effects[name])
        if name in effects
        else why_not(standing, participant_id, name)
        for name in first
    )
