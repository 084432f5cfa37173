"""Offers on the wire, for the provider that they are made to: there are no other fields."""

from typing import Literal

from pydantic import Field

from api.schemas.placements import Day, HalfDays, HoursPerWeek, Id, Moment
from api.schemas.wire import Wire


class Offer(Wire):
    """An offer that waits for the provider's answer."""

    id: Id
    participant: str = Field(description="The pseudonym", examples=["P-1042"])
    opening_id: Id
    opening: str = Field(examples=["Cafébiträde"])
    starts_on: Day | None
    sessions: HalfDays
    hours_per_week: HoursPerWeek
    offered_until: Moment
    answered: bool = Field(
        description="The provider has said yes; the participant not yet.", examples=[False]
    )


class OfferInFull(Offer):
    """An offer with what the participant agreed should be arranged."""

    arrangements: str | None = Field(examples=["Egen rast kl. 10"])


ProviderReason = Literal[
    "needs_not_met",
    "hours",
    "place_full",
    "no_insurance",
    "enrolment_rule",
    "chemistry",
    "other",
]


class NewRefusal(Wire):
    """Why the provider says no."""

    reason: ProviderReason = Field(examples=["place_full"])


class Answered(Wire):
    """Where the placement is after the provider's answer."""

    id: Id
    state: Literal["offered", "accepted", "declined"] = Field(
        description="`offered`: the participant has not said yes yet.", examples=["accepted"]
    )
