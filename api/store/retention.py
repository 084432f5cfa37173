"""Retention (gallring): what has been kept as long as it may be is erased.

Participants who no longer look, after the time that the controller sets; logins that ended,
answers kept for repeated requests and uploads, much sooner. Statistics without persons (unmet
demand, rows of placements without their participant) and the audit are kept: the law of records
asks it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from api.domain import HOLDING
from api.store import audit, rights
from api.store.engine import changed, moment_of
from api.store.jobs import OVER
from api.store.tables import (
    JobRow,
    LoginAttempt,
    LoginFailure,
    LoginSession,
    ParticipantRow,
    PlacementRow,
    Replay,
    UsedLink,
)

ANSWERS_KEPT = timedelta(days=1)
"""Answers under an ``Idempotency-Key``."""
FAILURES_KEPT = timedelta(days=1)
FILES_KEPT = timedelta(days=30)
"""Uploads of jobs that are over, and results that name people."""


def due(session: Session, kept: timedelta) -> Mapping[str, int]:
    """How many of each kind have been kept long enough: participants for ``kept``."""
    now = moment_of(session)

    def count(table: type, over: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(over)) or 0

    return {
        "participants": count(ParticipantRow, _closed(now - kept)),
        "sessions": count(LoginSession, LoginSession.ends_at <= now),
        "answers": count(Replay, Replay.at <= now - ANSWERS_KEPT),
        "files": count(JobRow, _files(now)),
    }


def erase_due(session: Session, kept: timedelta) -> Mapping[str, int]:
    """Erase what is due, as ``due`` counts it; each participant with an entry in the audit."""
    found, now = due(session, kept), moment_of(session)
    for row in session.scalars(select(ParticipantRow).where(_closed(now - kept))).all():
        audit.note(session, audit.CLOCK, "participant.retention", f"participant:{row.id}")
        rights.erase(session, None, row, row.version)
    session.execute(delete(LoginSession).where(LoginSession.ends_at <= now))
    session.execute(delete(LoginAttempt).where(LoginAttempt.ends_at <= now))
    session.execute(delete(LoginFailure).where(LoginFailure.at <= now - FAILURES_KEPT))
    session.execute(delete(UsedLink).where(UsedLink.ends_at <= now))
    session.execute(delete(Replay).where(Replay.at <= now - ANSWERS_KEPT))
    changed(session, update(JobRow).where(_files(now)).values(content=None, answer=None))
    return found


def _closed(until: datetime) -> ColumnElement[bool]:
    """Who no longer looks since then, and holds no seat."""
    holds = exists().where(
        PlacementRow.participant_id == ParticipantRow.id,
        PlacementRow.state.in_([str(state) for state in HOLDING]),
    )
    return (ParticipantRow.closed_at <= until) & ~holds


def _files(now: datetime) -> ColumnElement[bool]:
    over = JobRow.state.in_([str(state) for state in OVER])
    kept = or_(JobRow.content.is_not(None), JobRow.answer.is_not(None))
    return over & kept & (JobRow.finished_at <= now - FILES_KEPT)
