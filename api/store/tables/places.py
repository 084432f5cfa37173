"""Providers, sites, surveys, openings and their half-days."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.ground import Document, Edited, Keyed, Table


class ProviderRow(Edited, Table):
    """A provider (anordnare); ``document`` is the domain's Provider."""

    __tablename__ = "provider"
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    document: Mapped[Document]


class SiteRow(Edited, Table):
    """A site (arbetsplats); ``document`` is the domain's Site without its surveys."""

    __tablename__ = "site"
    code: Mapped[str] = mapped_column(String(64), unique=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    municipality_code: Mapped[str] = mapped_column(String(4))
    document: Mapped[Document]


class SurveyRow(Keyed, Table):
    """A survey (tillgänglighetskartläggning), as it was made; a new one never changes an old."""

    __tablename__ = "survey"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    surveyed_on: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(20))
    answers: Mapped[Document]
    created_at: Mapped[datetime]
    user_id: Mapped[UUID | None]


class SurveyDraftRow(Edited, Table):
    """A survey that is being written; a site has one at most, for all who manage it."""

    __tablename__ = "survey_draft"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), unique=True)
    surveyed_on: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(20))
    answers: Mapped[Document]
    user_id: Mapped[UUID | None]


class SiteUnknownsRow(Table):
    """How many wait for each unknown answer about a site, as it was counted on a day.

    ``waiting``: see ``api.store.unknowns``; a number of people in it is never under five.
    """

    __tablename__ = "site_unknowns"
    site_id: Mapped[UUID] = mapped_column(
        ForeignKey("site.id", ondelete="CASCADE"), primary_key=True
    )
    counted_on: Mapped[date]
    waiting: Mapped[Document]


class OpeningRow(Edited, Table):
    """An opening (arbetsträningsplats); ``taken`` counts offered, accepted and started.

    ``document`` is the domain's Opening; its seats, half-days and status stand in columns here.
    """

    __tablename__ = "opening"
    code: Mapped[str] = mapped_column(String(64), unique=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    occupation_group: Mapped[str] = mapped_column(String(4))
    seats: Mapped[int]
    session_seats: Mapped[int]
    sessions: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    taken: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(80))
    document: Mapped[Document]
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= seats", name="seats_hold"),)


class HalfDayRow(Table):
    """How many of an opening's seats a half-day (halvdag) has, and how many are taken."""

    __tablename__ = "half_day"
    opening_id: Mapped[UUID] = mapped_column(
        ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True
    )
    session: Mapped[int] = mapped_column(SmallInteger, primary_key=True)  # 0 mon_am to 9 fri_pm
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= seats", name="seats_hold"),)


class UsedLink(Table):
    """A signed link that has been used: its purpose is done."""

    __tablename__ = "used_link"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    ends_at: Mapped[datetime]


class Revision(Table):
    """Counts changes of what many requests read alike (``places``, ``occupancy``), for caches."""

    __tablename__ = "revision"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
