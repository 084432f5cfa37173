"""Plans on the wire: by pseudonyms; nothing of what anybody needs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from api.schemas import Wire
from api.schemas.jobs import JOB, PLAN

EXAMPLE_POLICY = {"unknown_needs": "check", "weights": {"wish": 50, "travel": 20}}


class PlanAsked(Wire):
    """What a plan is to be made of. What is left out is as the organisation has it."""

    plan_date: date | None = Field(
        default=None, description="The day it is seen from; today", examples=["2026-12-01"]
    )
    policy: Mapping[str, Any] | None = Field(
        default=None,
        description="The keys of a policy file; missing ones have their defaults",
        examples=[{"unknown_needs": "check"}],
    )
    former: UUID | None = Field(
        default=None, description="The plan to stay near, with the goal stability", examples=[PLAN]
    )
    seconds: int | None = Field(
        default=None, ge=1, le=86_400, description="An emergency stop by the clock", examples=[600]
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="For exact models")


class Goal(Wire):
    """What a plan reaches in a goal, and what no plan exceeds."""

    name: str = Field(examples=["placed"])
    value: int = Field(examples=[812])
    bound: int = Field(examples=[812])


class Plan(Wire):
    """A plan, without persons. ``cut``: the clock stopped it. ``unplaced``: how many, by cause."""

    id: UUID = Field(examples=[PLAN])
    job_id: UUID = Field(examples=[JOB])
    plan_date: date
    created_at: datetime
    status: str = Field(examples=["optimal"])
    cut: bool
    goals: tuple[Goal, ...]
    participants: int
    looking: int
    placed: int
    pinned: int
    unplaced: Mapping[str, int] = Field(examples=[{"openings_full": 3}])
    policy: Mapping[str, Any] = Field(examples=[{"unknown_needs": "exclude"}])
    former: UUID | None = None
    adopted_at: datetime | None = None


class Assignment(Wire):
    """Who is proposed where: a pseudonym and an opening. ``pinned``: it was so already."""

    participant_id: UUID
    participant: str = Field(description="The pseudonym", examples=["P0001"])
    opening_id: UUID
    opening: str = Field(examples=["O001"])
    title: str = Field(examples=["Kafébiträde"])
    site: str = Field(examples=["Hagens kafé"])
    starts_on: date | None
    sessions: tuple[str, ...] = Field(examples=[["mon_am", "wed_am"]])
    points: int | None
    norm_goal_met: bool
    pinned: bool
    from_home: bool


class Unplaced(Wire):
    """Who looks for a place and got none, and why."""

    participant_id: UUID
    participant: str = Field(description="The pseudonym", examples=["P0004"])
    cause: str = Field(examples=["openings_full"])


class Move(Wire):
    """Where somebody is in one plan and in another, by code; nothing is no place."""

    participant: str = Field(examples=["P0001"])
    before: str | None = Field(examples=["O001"])
    after: str | None = Field(examples=["O002"])


class GoalChange(Wire):
    """A goal in both plans; nothing where a plan does not have it."""

    name: str = Field(examples=["placed"])
    before: int | None
    after: int | None


class Comparison(Wire):
    """What is different in this plan from the other one."""

    goals: tuple[GoalChange, ...]
    gained: tuple[Move, ...]
    lost: tuple[Move, ...]
    moved: tuple[Move, ...]
    rescheduled: tuple[str, ...] = Field(description="Same opening, other half-days or day")
    kept: int


class Waiting(Wire):
    """A proposal whose seat is taken until a day (väntar till)."""

    participant: str = Field(examples=["P0001"])
    placement_id: UUID
    waits_until: date


class NotProposed(Wire):
    """A row of the plan that became no proposal, and why."""

    participant: str = Field(examples=["P0002"])
    opening: str = Field(examples=["O002"])
    code: str = Field(examples=["barred"])
    barriers: tuple[str, ...] = Field(
        default=(),
        description="Of `barred`: what is known by now to stand between; a need is not named",
        examples=[["NEED_UNMET"]],
    )


class Adoption(Wire):
    """What came of taking a plan over: proposals, those that wait, and what was not proposed."""

    plan_id: UUID = Field(examples=[PLAN])
    proposed: int
    waiting: tuple[Waiting, ...]
    not_proposed: tuple[NotProposed, ...]
