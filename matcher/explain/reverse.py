"""For an opening: who could come, by the same rules, in the order of the plan's own goals."""

from dataclasses import dataclass

import numpy as np

from matcher import eligibility
from matcher.domain import Barrier, BarrierCode, OpeningId, ParticipantId
from matcher.pairs import looking
from matcher.solve.standing import Standing

__all__ = ["Candidate", "who_could_come"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could come to an opening, for those who plan.

    ``gains``: what the pair adds to each goal of the policy, in their order. ``placed_at``: where
    the plan has them now. ``questions``: what nobody knows and stands between; empty where nothing
    does.
    """

    participant_id: ParticipantId
    gains: tuple[int, ...]
    placed_at: OpeningId | None
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
    found = []
    for at, barriers in enumerate(eligibility.barriers(rows, standing.policy)):
        if any(barrier.code is not BarrierCode.NEED_UNKNOWN for barrier in barriers):
            continue
        name = problem.participants[who[at]].participant_id
        pair = None if barriers else standing.pair(name, opening_id)
        gains = () if pair is None else tuple(standing.whole.gain[:, pair].tolist())
        found.append(
            Candidate(
                participant_id=name,
                gains=gains,
                placed_at=placed.get(name),
                questions=barriers,
            )
        )
    return tuple(sorted(found, key=_order))


def _order(one: Candidate) -> tuple[bool, tuple[int, ...], ParticipantId]:
    return bool(one.questions), tuple(-gain for gain in one.gains), one.participant_id
