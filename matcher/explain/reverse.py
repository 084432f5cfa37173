"""For an opening: who could come, by the same rules, in the order of the plan's own goals."""

from dataclasses import dataclass

import numpy as np

from matcher import eligibility
from matcher.domain import Barrier, BarrierCode, OpeningId, ParticipantId
from matcher.explain.journeys import Journey, Shown
from matcher.pairs import looking
from matcher.solve import demand
from matcher.solve.standing import Standing

__all__ = ["Candidate", "who_could_come"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could come to an opening, for those who plan.

    ``gains``: what the pair adds to each goal that is a sum, in their order; empty where there are
    questions. ``placed_at``: where the plan has them now. ``questions``: what nobody knows and
    stands between; empty where nothing does. ``journey``: theirs to the opening, whose own
    questions (``about_minutes``, and for a way without steps) stand not between.
    """

    participant_id: ParticipantId
    gains: tuple[int, ...]
    placed_at: OpeningId | None
    journey: Journey
    questions: tuple[Barrier, ...] = ()


def who_could_come(standing: Standing, opening_id: OpeningId) -> tuple[Candidate, ...]:
    """Everybody who looks and has no barrier to an opening, or only unknown needs.

    First those without a question. They stand in the order of what they add to the plan's goals,
    the goals in their order, and of nothing else; equals by pseudonym.

    Raises:
        KeyError: no such opening.
    """
    problem, table = standing.problem, standing.table
    opening = problem.opening_at[opening_id]
    who = np.flatnonzero(looking(table)).astype(np.int32)
    rows = table.rows(who, np.full(len(who), opening, dtype=np.int32))
    placed = dict(standing.proposals)
    added = _added(standing, opening)
    shown = Shown(rows)
    found = []
    for at, barriers in enumerate(eligibility.barriers(rows, standing.policy)):
        if any(barrier.code is not BarrierCode.NEED_UNKNOWN for barrier in barriers):
            continue
        name = problem.participants[who[at]].participant_id
        found.append(
            Candidate(
                participant_id=name,
                gains=added.get(int(who[at]), ()),
                placed_at=placed.get(name),
                journey=shown.journey(at, asking=True),
                questions=barriers,
            )
        )
    return tuple(sorted(found, key=_order))


def _added(standing: Standing, opening: int) -> dict[int, tuple[int, ...]]:
    """What each who has no barrier adds to the goals, in their order, room or not."""
    found = standing.found.take(np.flatnonzero(standing.found.opening == opening))
    gains = demand.gains(standing.table, found, standing.former)
    added = np.array([gains[name] for name in standing.names], dtype=np.int64)
    by_person = added.reshape(len(standing.names), len(found)).T.tolist()
    return dict(zip(found.participant.tolist(), map(tuple, by_person), strict=True))


def _order(one: Candidate) -> tuple[bool, tuple[int, ...], ParticipantId]:
    return bool(one.questions), tuple(-gain for gain in one.gains), one.participant_id
