"""Placements in their life, and what was looked for and not found."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.ground import Edited, Keyed, Table


class PlacementRow(Edited, Table):
    """A placement (placering) in its life, from a proposal on.

    One offered or accepted, and one started, for each participant: by partial unique indexes.
    ``waits_until``: the start waits for a seat that is taken until then. ``participant_id`` is
    empty where the participant was erased, or is known only as an occupant of imported tables.
    """

    __tablename__ = "placement"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participant.id"), index=True)
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    sessions: Mapped[int]
    hours_per_week: Mapped[int]
    waits_until: Mapped[date | None]
    offered_until: Mapped[datetime | None]
    provider_yes: Mapped[datetime | None]
    participant_yes: Mapped[datetime | None]
    goes_along: Mapped[bool | None]  # somebody goes along on the first journey
    arrangements: Mapped[bytes | None]  # sealed; written with recorded consent
    consented_at: Mapped[datetime | None]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    recommended: Mapped[int | None] = mapped_column(SmallInteger)  # rank in the recommendation
    ending: Mapped[str | None] = mapped_column(String(40))
    ended_hours: Mapped[int | None] = mapped_column(SmallInteger)
    __table_args__ = (
        Index(
            "uq_placement_one_coming",
            "participant_id",
            unique=True,
            sqlite_where=text("state IN ('offered', 'accepted')"),
            postgresql_where=text("state IN ('offered', 'accepted')"),
        ),
        Index(
            "uq_placement_one_started",
            "participant_id",
            unique=True,
            sqlite_where=text("state = 'started'"),
            postgresql_where=text("state = 'started'"),
        ),
        Index("ix_placement_state_offered_until", "state", "offered_until"),
    )


class PlacementStep(Keyed, Table):
    """A step in a placement's life: who, when, from where to where, why. ``note`` is sealed.

    ``on`` is the day from which it holds, where that is another than the day it was recorded;
    ``hours_per_week`` and ``sessions`` stand where a step sets them.
    """

    __tablename__ = "placement_step"
    placement_id: Mapped[UUID] = mapped_column(
        ForeignKey("placement.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(80))
    step: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(String(10))
    after: Mapped[str] = mapped_column(String(10))
    by: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(40))
    on: Mapped[date | None]
    hours_per_week: Mapped[int | None] = mapped_column(SmallInteger)
    sessions: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[bytes | None]


class UnmetDemandRow(Keyed, Table):
    """What was looked for and not found: field, barriers, municipality; no person."""

    __tablename__ = "unmet_demand"
    on: Mapped[date]  # a day, not a moment: no joining with the log
    field: Mapped[str] = mapped_column(String(40))
    municipality_code: Mapped[str] = mapped_column(String(4))
    barriers: Mapped[list[str]]
