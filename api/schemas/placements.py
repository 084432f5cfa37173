"""Placements on the wire, for supervisors and coordinators; providers have types of their own."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.domain import DeclineReason, Ending, Passable, State, Step
from api.schemas.wire import Wire

HalfDay = Literal[
    "mon_am",
    "mon_pm",
    "tue_am",
    "tue_pm",
    "wed_am",
    "wed_pm",
    "thu_am",
    "thu_pm",
    "fri_am",
    "fri_pm",
]
HalfDays = Annotated[
    tuple[HalfDay, ...],
    Field(min_length=1, max_length=10, examples=[["mon_am", "wed_am"]]),
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31), examples=["2026-12-07"])]
HoursPerWeek = Annotated[int, Field(ge=1, le=60, examples=[8])]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    Field(
        description="Short; never about health, never a name. Sealed at rest.",
        examples=["Ville hellre börja efter jul"],
    ),
]
Arrangements = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    Field(
        description="What the provider has to arrange, in the participant's own words.",
        examples=["Egen rast kl. 10"],
    ),
]
Id = Annotated[UUID, Field(examples=["6f0d1c54-5a0e-4f53-9b1c-0a5c8ad8e0d1"])]
Moment = Annotated[datetime, Field(examples=["2026-12-01T08:30:00Z"])]


class NewProposal(Wire):
    """What a supervisor proposes for somebody who is shared with them."""

    participant_id: Id
    opening_id: Id
    sessions: HalfDays
    hours_per_week: HoursPerWeek
    starts_on: Day | None = None
    ends_on: Day | None = None
    goes_along: bool | None = Field(
        default=None,
        description="Whether somebody goes along on the first journey; null is not known yet.",
        examples=[True],
    )
    recommended: int | None = Field(
        default=None,
        ge=1,
        le=1000,
        description="Its rank among what was recommended; null where it was found otherwise.",
        examples=[1],
    )
    reason: DeclineReason | None = Field(
        default=None,
        description="Why not the first suggestion; needed when `recommended` is more than 1.",
        examples=["too_far"],
    )
    despite: frozenset[Passable] = Field(
        default=frozenset(),
        description="Known barriers to pass over deliberately; `note` says why. No other can be.",
        examples=[["TRAVEL_TOO_LONG"]],
    )
    note: Note | None = None


class RevisedProposal(Wire):
    """A proposal as it shall be, before it is offered."""

    sessions: HalfDays
    hours_per_week: HoursPerWeek
    starts_on: Day | None = None
    ends_on: Day | None = None
    goes_along: bool | None = Field(default=None, examples=[True])


class Proposal(Wire):
    """A placement in its life, by the participant's pseudonym."""

    id: Id
    version: int = Field(examples=[1])
    participant_id: Id
    participant: str = Field(description="The pseudonym", examples=["P-1042"])
    opening_id: Id
    opening: str = Field(examples=["Cafébiträde"])
    provider: str = Field(examples=["Arbetsmarknadsenheten"])
    state: State = Field(examples=["offered"])
    starts_on: Day | None
    ends_on: Day | None
    sessions: HalfDays
    hours_per_week: HoursPerWeek
    waits_until: Day | None = Field(description="The day until which its seat is taken")
    offered_until: Moment | None
    provider_yes: Moment | None
    participant_yes: Moment | None
    goes_along: bool | None = Field(examples=[True])
    plan_id: UUID | None
    recommended: int | None = Field(examples=[1])
    ending: Ending | None = Field(examples=["work"])
    ended_hours: int | None = Field(examples=[20])
    created_at: Moment
    updated_at: Moment


class StepTaken(Wire):
    """One step in a placement's life."""

    at: Moment
    role: str = Field(description="Of whoever took it; `clock` is nobody", examples=["supervisor"])
    step: Step = Field(examples=["offer"])
    before: State | None = Field(examples=["proposed"])
    after: State = Field(examples=["offered"])
    by: str | None = Field(description="On whose behalf", examples=["participant"])
    reason: str | None = Field(examples=["too_far"])
    on: Day | None
    hours_per_week: int | None = Field(examples=[8])
    sessions: tuple[HalfDay, ...] | None = Field(examples=[["mon_am", "wed_am"]])
    note: str | None = Field(examples=[None])


class ProposalInFull(Proposal):
    """A placement with what was agreed, and every step so far: for its supervisors."""

    arrangements: str | None = Field(examples=["Egen rast kl. 10"])
    consented_at: Moment | None
    steps: tuple[StepTaken, ...]


class NewOffer(Wire):
    """What goes with an offer to the provider."""

    arrangements: Arrangements | None = None
    consented: bool = Field(
        default=False,
        description="The participant consents that the provider sees the arrangements.",
        examples=[True],
    )
    goes_along: bool | None = Field(
        default=None,
        description="Whether somebody goes along on the first journey; null: as proposed.",
        examples=[True],
    )


class NewDecline(Wire):
    """Who says no, and why."""

    by: Literal["participant", "supervisor"] = Field(examples=["participant"])
    reason: DeclineReason = Field(examples=["too_far"])
    note: Note | None = None


class NewWithdrawal(Wire):
    """Why a proposal or an offer is taken back, if that is said."""

    reason: DeclineReason | None = Field(default=None, examples=["other_activity"])
    note: Note | None = None


class NewStart(Wire):
    """The first day, and what becomes of a placement that still goes on."""

    on: Day
    ends_earlier: bool = Field(
        default=False,
        description="End the placement that goes on now, on that day, as `continued`.",
        examples=[False],
    )


class NewHours(Wire):
    """Hours a week from a day on; the half-days too, where they change."""

    on: Day
    hours_per_week: HoursPerWeek
    sessions: HalfDays | None = None
    note: Note | None = None


class NewEnding(Wire):
    """The last day, how it ended, and the hours a week that were reached (null: not known)."""

    on: Day
    ending: Ending = Field(examples=["work"])
    hours_per_week: int | None = Field(default=None, ge=0, le=60, examples=[20])
    note: Note | None = None
