"""Capacity on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.placements import HalfDays, Id, Moment
from api.schemas.wire import Wire
from matcher.domain import OpeningStatus

Seats = Annotated[int, Field(ge=0, le=100_000, examples=[3])]


class NewCapacity(Wire):
    """How many an opening takes."""

    seats: Seats
    session_seats: Seats | None = Field(
        default=None, description="On each half-day; null: as many as there are seats."
    )
    half_days: HalfDays | None = Field(
        default=None, description="On which half-days; null: on those of now."
    )
    status: OpeningStatus = Field(default=OpeningStatus.OPEN, examples=["open"])


class Capacity(Wire):
    """How many an opening takes and has, and who said so when."""

    opening_id: Id
    opening: str = Field(examples=["Cafébiträde"])
    version: int = Field(examples=[4])
    seats: Seats
    session_seats: Seats
    taken: int = Field(description="Offered, accepted or started", ge=0, examples=[1])
    free: int = Field(ge=0, examples=[2])
    half_days: HalfDays
    status: OpeningStatus = Field(examples=["open"])
    confirmed_at: Moment | None
    confirmed_by: str | None = Field(description="The manager's name", examples=["Kim Ek"])
    confirmed_through: Literal["account", "link"] | None = Field(examples=["account"])
    stale: bool = Field(description="Not confirmed for long (inaktuell)", examples=[False])


class CapacityLink(Wire):
    """A signed link: whoever has it can confirm or change the free seats, once."""

    link: str = Field(description="Shown once; not kept", examples=["http://host/kapacitet#..."])
    token: str = Field(examples=["bw0cVFoOT1ObHApcitjg0Q..."])
    ends_at: Moment


class LinkUse(Wire):
    """What whoever has a link says."""

    free: Seats | None = Field(
        default=None, description="Free seats; null where what stands there is right."
    )


class LinkedCapacity(Wire):
    """What a link shows: the opening and its seats, nothing of who holds them."""

    opening: str = Field(examples=["Cafébiträde"])
    seats: Seats
    free: int = Field(ge=0, examples=[2])
    status: OpeningStatus = Field(examples=["open"])
    confirmed_at: Moment | None
