"""Jobs, plans, answers kept for a repeated request, and the audit."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    ForeignKey,
    Index,
    SmallInteger,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.ground import Document, Edited, Keyed, Table
from api.store.types import Counter


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


class ReleaseRow(Keyed, Table):
    """A release of figures (utlämnande): ``published`` is all that has been told until then.

    What is told next may not tell more by its difference. ``number`` lets only one be the next.
    """

    __tablename__ = "release"
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    job_id: Mapped[UUID] = mapped_column(unique=True)
    published: Mapped[Document]
    reports: Mapped[bytes]  # a zip of what can be had: pages, workbooks, tables; sealed


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
