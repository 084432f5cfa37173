"""Who asks, and whom it is about: organisations, users, participants."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.ground import Document, Edited, Keyed, Table


class Organisation(Edited, Table):
    """A controller (huvudman), the tenant. ``policy`` is what its plans are made with."""

    __tablename__ = "organisation"
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    municipality_code: Mapped[str | None] = mapped_column(String(4))
    policy: Mapped[Document]


class PolicyChange(Keyed, Table):
    """A turn of a policy number: who, when, why, before and after."""

    __tablename__ = "policy_change"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    at: Mapped[datetime]
    user_id: Mapped[UUID]
    why: Mapped[str] = mapped_column(String(500))
    before: Mapped[Document]
    after: Mapped[Document]


class User(Edited, Table):
    """Somebody who logs in; never a participant."""

    __tablename__ = "user"
    login: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    oidc_subject: Mapped[str | None] = mapped_column(String(500), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint(
            "(role IN ('supervisor', 'coordinator')) = (organisation_id IS NOT NULL)"
            " AND (role = 'provider_manager') = (provider_id IS NOT NULL)",
            name="role_has_its_house",
        ),
    )


class LoginSession(Table):
    """A session of a browser; the cookie holds the id, the table its SHA-256."""

    __tablename__ = "login_session"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class ApiToken(Keyed, Table):
    """A token of a program; only its SHA-256 is kept. ``scope``: operation ids, empty for all."""

    __tablename__ = "api_token"
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[list[str]]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class LoginFailure(Keyed, Table):
    """A login that failed, by the hash of (login, address): failures alone are counted."""

    __tablename__ = "login_failure"
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    __table_args__ = (Index("ix_login_failure_who_at", "who", "at"),)


class LoginAttempt(Table):
    """A login at an identity provider under way: state, nonce and PKCE verifier."""

    __tablename__ = "login_attempt"
    state: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    back_to: Mapped[str] = mapped_column(String(500))
    ends_at: Mapped[datetime]


class ParticipantRow(Edited, Table):
    """A participant (deltagare) by a pseudonym. ``profile`` is sealed JSON: see ``profiles``."""

    __tablename__ = "participant"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(64))
    gender: Mapped[str] = mapped_column(String(20))
    birth_year: Mapped[int] = mapped_column(SmallInteger)
    municipality_code: Mapped[str] = mapped_column(String(4))
    association: Mapped[str | None] = mapped_column(String(200))
    protected_identity: Mapped[bool]
    profile: Mapped[bytes]
    closed_at: Mapped[datetime | None]  # no longer looking; retention counts from here
    unmet_on: Mapped[date | None]  # when a record of unmet demand was last left
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)


class Reader(Table):
    """Whom a participant is shared with; SE and CM often share one."""

    __tablename__ = "reader"
    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
