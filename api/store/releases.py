"""Releases of figures (utlämnanden): what has been told, so that the next tells no more by it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.store.engine import moment_of, store_of
from api.store.tables import Document, ReleaseRow

COLUMN = "release.reports"


class OvertakenError(Exception):
    """Another release was made meanwhile: this one did not know of it."""


def newest(session: Session) -> tuple[int, Document | None]:
    """The number of the newest release, and all that has been told until then; 0 before any."""
    row = session.scalar(select(ReleaseRow).order_by(ReleaseRow.number.desc()).limit(1))
    return (0, None) if row is None else (row.number, row.published)


def reports(session: Session) -> tuple[int, bytes] | None:
    """The number of the newest release, and the zip of its reports; None where there is none."""
    row = session.scalar(select(ReleaseRow).order_by(ReleaseRow.number.desc()).limit(1))
    if row is None:
        return None
    return row.number, store_of(session).keyring.open(row.reports, COLUMN, row.id)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class New:
    """A release that is made: by which job, after which, all that is told until then, reports."""

    job: UUID
    after: int
    published: Document
    reports: bytes


def keep(session: Session, new: New) -> None:
    """Keep a release as the one after another.

    Raises:
        OvertakenError: there is one after it already.
    """
    row = uuid4()
    session.add(
        ReleaseRow(
            id=row,
            number=new.after + 1,
            at=moment_of(session),
            job_id=new.job,
            published=new.published,
            reports=store_of(session).keyring.seal(new.reports, COLUMN, row),
        )
    )
    try:
        session.flush()
    except IntegrityError:
        raise OvertakenError from None
