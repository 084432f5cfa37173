"""The tables. What may never happen twice is refused here: by constraints, not by the program.

What belongs to a participant and matching reads is one sealed document (``participant.profile``);
in clear stand only what lists and aggregates need. No table has a field for a name, an address, a
personal identity number or a diagnosis of a participant.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.store.types import Counter, Json, Moment

Document = dict[str, Any]


class Table(DeclarativeBase):
    """Every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- what SQLAlchemy reads
        datetime: Moment,
        Document: Json,
        list[str]: Json,
        bytes: LargeBinary,
    }


class Keyed:
    """A row with a random id, which tells nothing."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Edited(Keyed):
    """A row that people edit: its version is its ETag, and goes up by one with every change."""

    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


# Who


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


# Participants


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


# Places


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


# Placements


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
    """A step in a placement's life: who, when, from where to where, why. ``note`` is sealed."""

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
    hours_per_week: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[bytes | None]


class UnmetDemandRow(Keyed, Table):
    """What was looked for and not found: field, barriers, municipality; no person."""

    __tablename__ = "unmet_demand"
    on: Mapped[date]  # a day, not a moment: no joining with the log
    field: Mapped[str] = mapped_column(String(40))
    municipality_code: Mapped[str] = mapped_column(String(4))
    barriers: Mapped[list[str]]


# Work


class JobRow(Keyed, Table):
    """Something that takes time: a plan, an import, travel times, insight."""

    __tablename__ = "job"
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))  # queued running done failed cancelled
    asked: Mapped[Document]
    content: Mapped[bytes | None]  # an upload, sealed
    progress: Mapped[Document]
    result: Mapped[Document | None]
    answer: Mapped[bytes | None]  # a result that names people, sealed
    fault: Mapped[str | None] = mapped_column(String(40))
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_job_state_created_at", "state", "created_at"),)


class PlanRow(Edited, Table):
    """A plan (placeringsförslag) that a job made; ``rows`` is sealed JSON of its assignments."""

    __tablename__ = "plan"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), unique=True)
    plan_date: Mapped[date]
    policy: Mapped[Document]
    summary: Mapped[Document]
    rows: Mapped[bytes]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[UUID | None]


class Replay(Table):
    """An answer given under an ``Idempotency-Key``, sealed, to be given again."""

    __tablename__ = "replay"
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256
    id: Mapped[UUID] = mapped_column(default=uuid4)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(SmallInteger)
    answer: Mapped[bytes]
    at: Mapped[datetime]


class AuditEntry(Table):
    """One entry of the audit: append-only by triggers, each hashed with the one before."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))  # text: hashed as it stands
    who: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str] = mapped_column(String(2000))  # canonical JSON of codes and numbers
    before: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
