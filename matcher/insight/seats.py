"""Where one more seat would do most: what it adds to every goal of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain import OpeningId
from matcher.policy import GoalName
from matcher.solve.standing import Standing
from matcher.solve.trials import seat_worths


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWorth:
    """What one more seat at an opening adds to the plan, everybody planned anew.

    ``goals``: in the order of the policy; a later goal may fall where an earlier one rises.
    ``proven``: both plans are the best there are, with that seat and without it.
    """

    opening_id: OpeningId
    goals: Mapping[GoalName, int]
    proven: bool


def seats(standing: Standing) -> tuple[SeatWorth, ...]:
    """What one more seat at every opening adds to the plan: worth most first, then by id."""
    openings = standing.problem.openings
    found = [
        SeatWorth(opening_id=opening.opening_id, goals=worth.goals, proven=worth.proven)
        for opening, worth in zip(openings, seat_worths(standing), strict=True)
    ]
    return tuple(sorted(found, key=lambda seat: (_dearest(seat.goals), seat.opening_id)))


def _dearest(goals: Mapping[GoalName, int]) -> list[int]:
    return [-value for value in goals.values()]
