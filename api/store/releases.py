"""Releases of figures (utlämnanden): what has been told, so that the next tells no more by it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.store.engine import moment_of
from api.store.tables import Document, ReleaseRow


class OvertakenError(Exception):
    """Another release was made meanwhile: this one did not know of it."""


def newest(session: Session) -> tuple[int, Document | None]:
    """The number of the newest release, and all that has been told until then; 0 before any."""
    row = session.scalar(select(ReleaseRow).order_by(ReleaseRow.number.desc()).limit(1))
    return (0, None) if row is None else (row.number, row.published)


def keep(session: Session, job: UUID, number: int, published: Document) -> None:
    """Keep a release as the one after ``number``.

    Raises:
        OvertakenError: there is one after it already.
    """
    row = ReleaseRow(number=number + 1, at=moment_of(session), job_id=job, published=published)
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise OvertakenError from None
