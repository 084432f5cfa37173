"""What comes out of a planning: a plan, why the engine stopped, how good a plan can be at best."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.domain import Need, OpeningId, ParticipantId, Sessions
from matcher.policy import GoalName

Proposals = frozenset[tuple[ParticipantId, OpeningId]]
"""Who is proposed where; start and half-days play no part, and the pinned are no proposals."""


class Status(StrEnum):
    """Why the engine stopped.

    ``optimal`` only when every goal meets its bound; ``feasible`` a lawful plan with a gap.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NOTHING_FOUND = "nothing_found"


class Cause(StrEnum):
    """Why somebody who looks for a place got none."""

    NO_ELIGIBLE_OPENING = "no_eligible_opening"
    OPENINGS_FULL = "openings_full"
    SUPERVISOR_FULL = "supervisor_full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One participant at one opening (placering): start date and exactly the half-days.

    ``travel_minutes`` is None where none are known or shown (protected identity, or a pinned pair
    that is barred today), ``points`` None for such a pinned pair. ``ask`` are the required needs
    of which nobody knows at the place, where the policy allows them: to be asked before a start.
    ``from_home``: the work is done from home, so that the minutes are 0.
    """

    participant_id: ParticipantId
    opening_id: OpeningId
    starts_on: date | None
    sessions: Sessions
    travel_minutes: int | None
    points: int | None
    norm_goal_met: bool
    pinned: bool = False
    ask: tuple[Need, ...] = ()
    from_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Somebody who looks for a place and got none, and why."""

    participant_id: ParticipantId
    cause: Cause
    nearest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The value a plan reaches in one goal, and a proven bound.

    No plan that reaches at least the reported values of the goals before it exceeds ``bound``.
    """

    name: GoalName
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether the value is the best there is."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A proposed set of assignments (placeringsförslag), both parts sorted by participant_id.

    A proposal: a person decides.
    """

    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...]

    @property
    def proposals(self) -> Proposals:
        """Who is proposed where, without the pinned."""
        new = (row for row in self.assignments if not row.pinned)
        return frozenset((row.participant_id, row.opening_id) for row in new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a choice does to a plan: the plan made again with it, less the plan as it stands.

    ``goals``: the change of each goal that is a sum. ``lose``, ``gain`` and ``move``: how many
    others lose their place, get one, or go elsewhere. ``proven``: no plan with this choice is
    better, and none without it is better than the plan as it stands.
    """

    goals: Mapping[GoalName, int]
    lose: int
    gain: int
    move: int
    proven: bool

    @property
    def harmless(self) -> bool:
        """Whether no goal falls and nobody loses a place."""
        return not self.lose and all(change >= 0 for change in self.goals.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a planning came to (utfall). ``cut`` when the clock stopped it before its work did."""

    status: Status
    plan: Plan | None
    goals: tuple[Goal, ...] = ()
    cut: bool = False
    seconds: Mapping[str, float] = field(default_factory=dict)
