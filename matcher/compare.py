"""Two plans compared: who gains a place, who loses one, who moves, each goal before and after.

For those who plan: the answer names pseudonyms. Nothing of a participant's needs is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain import OpeningId, ParticipantId
from matcher.outcome import Goal, Plan
from matcher.policy import GoalName


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where somebody is in one plan and in another; None is no place."""

    participant_id: ParticipantId
    before: OpeningId | None
    after: OpeningId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """A goal in both plans; None where a plan does not have it."""

    name: GoalName
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two plans, each part sorted by participant_id.

    ``kept``: how many have the same opening in both. ``rescheduled``: who has it on other
    half-days, or from another day. Pinned placements count like others.
    """

    goals: tuple[GoalChange, ...]
    gained: tuple[Move, ...]
    lost: tuple[Move, ...]
    moved: tuple[Move, ...]
    rescheduled: tuple[ParticipantId, ...]
    kept: int


def compare(
    before: Plan, after: Plan, goals_before: Sequence[Goal], goals_after: Sequence[Goal]
) -> Difference:
    """What differs between two plans of the same people.

    Args:
        before: a plan.
        after: another plan.
        goals_before: what the one reaches.
        goals_after: what the other reaches.
    """
    first = {row.participant_id: row for row in before.assignments}
    second = {row.participant_id: row for row in after.assignments}
    gained, lost, moved = [], [], []
    rescheduled: list[ParticipantId] = []
    kept = 0
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name), second.get(name)
        move = Move(
            participant_id=name,
            before=one.opening_id if one else None,
            after=other.opening_id if other else None,
        )
        if one is None:
            gained.append(move)
        elif other is None:
            lost.append(move)
        elif move.before != move.after:
            moved.append(move)
        else:
            kept += 1
            if (one.sessions, one.starts_on) != (other.sessions, other.starts_on):
                rescheduled.append(name)
    return Difference(
        goals=_goals(goals_before, goals_after),
        gained=tuple(gained),
        lost=tuple(lost),
        moved=tuple(moved),
        rescheduled=tuple(rescheduled),
        kept=kept,
    )


def _goals(before: Sequence[Goal], after: Sequence[Goal]) -> tuple[GoalChange, ...]:
    """Every goal of either plan, in the order of the first, then of the second."""
    first = {goal.name: goal.value for goal in before}
    second = {goal.name: goal.value for goal in after}
    return tuple(
        GoalChange(name=name, before=first.get(name), after=second.get(name))
        for name in dict.fromkeys([*first, *second])
    )
