"""Jobs: queued with what asked for them, claimed by one worker at a time, finished with a result.

A worker holds a job by a lease, which its heartbeats prolong. Every word of a worker is a
conditional update: one that lost its lease, or whose job was cancelled, changes nothing more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, Update, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode, Role
from api.store.engine import changed, moment_of, store_of
from api.store.tables import Document, JobRow

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
CONTENT, ANSWER = "job.content", "job.answer"


class Kind(StrEnum):
    """What a job makes."""

    PLAN = "plan"
    IMPORT = "import"
    INSIGHT = "insight"
    TRAVEL = "travel"
    BALANCE = "balance"


class JobState(StrEnum):
    """Where a job is; the last three are for good."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
GAVE_UP = "gave-up"
"""The fault of a job whose workers died, again and again."""


class LeaseLostError(Exception):
    """A worker speaks of a job that is another's now, or over, or nobody's wish any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A job in the hands of a worker. ``content`` is an upload, opened."""

    id: UUID
    kind: Kind
    worker: str
    organisation_id: UUID | None
    user_id: UUID
    asked: Document
    content: bytes | None
    attempts: int


def queue(
    session: Session, who: Principal, kind: Kind, asked: Document, content: bytes | None = None
) -> JobRow:
    """Queue a job of somebody's organisation; it is there when this unit of work is done."""
    row = uuid4()
    job = JobRow(
        id=row,
        organisation_id=who.organisation_id,
        user_id=who.user_id,
        kind=str(kind),
        state=str(JobState.QUEUED),
        asked=asked,
        content=content and store_of(session).keyring.seal(content, CONTENT, row),
        progress={},
        attempts=0,
        cancel_asked=False,
        created_at=moment_of(session),
    )
    session.add(job)
    session.flush()
    return job


def own(session: Session, who: Principal, job: UUID) -> JobRow:
    """A job that somebody may see.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    found = session.scalar(_own(who).where(JobRow.id == job))
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def of_somebody(
    session: Session, who: Principal, limit: int, offset: int
) -> tuple[list[JobRow], int]:
    """Some of the jobs that somebody may see, newest first, and how many there are."""
    everything = _own(who)
    total = session.scalar(select(func.count()).select_from(everything.subquery())) or 0
    newest = everything.order_by(JobRow.created_at.desc(), JobRow.id)
    return list(session.scalars(newest.limit(limit).offset(offset))), total


def newest_done(session: Session, kind: Kind, organisation: UUID | None) -> JobRow | None:
    """The newest job of a kind that is done, of an organisation, or of none."""
    return session.scalar(
        select(JobRow)
        .where(
            JobRow.kind == str(kind),
            JobRow.state == str(JobState.DONE),
            JobRow.organisation_id == organisation
            if organisation
            else JobRow.organisation_id.is_(None),
        )
        .order_by(JobRow.finished_at.desc(), JobRow.id)
        .limit(1)
    )


def waits(session: Session) -> bool:
    """Whether there is a job to claim; it takes no lock."""
    return bool(session.scalar(select(exists().where(_free(moment_of(session))))))


def claim(session: Session, worker: str, lease: timedelta = LEASE) -> Claimed | None:
    """Take the oldest job that waits, or whose worker is gone.

    A job that was tried too often is failed for good instead.
    """
    moment = moment_of(session)
    job = session.scalar(
        select(JobRow)
        .where(_free(moment))
        .order_by(JobRow.created_at, JobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has no such lock: BEGIN IMMEDIATE is one
    )
    if job is None:
        return None
    if job.cancel_asked:
        _over(job, JobState.CANCELLED, moment)
    elif job.attempts >= MOST_ATTEMPTS:
        _over(job, JobState.FAILED, moment)
        job.fault = GAVE_UP
    if JobState(job.state) in OVER:
        session.flush()
        return None
    job.state, job.worker, job.lease_until = str(JobState.RUNNING), worker, moment + lease
    job.attempts += 1
    session.flush()
    sealed = job.content
    return Claimed(
        id=job.id,
        kind=Kind(job.kind),
        worker=worker,
        organisation_id=job.organisation_id,
        user_id=job.user_id,
        asked=job.asked,
        content=sealed and store_of(session).keyring.open(sealed, CONTENT, job.id),
        attempts=job.attempts,
    )


def heartbeat(
    session: Session, job: Claimed, progress: Document | None, lease: timedelta = LEASE
) -> None:
    """Say that a job is being worked on, and how far it is.

    Raises:
        LeaseLostError: it is no longer this worker's, or is to be cancelled.
    """
    told = {} if progress is None else {"progress": progress}
    held = _held(job).where(~JobRow.cancel_asked)
    if changed(session, held.values(lease_until=moment_of(session) + lease, **told)) != 1:
        raise LeaseLostError


def wanted(session: Session, job: Claimed) -> bool:
    """Whether a job is still its worker's, and nobody asked that it be cancelled."""
    mine = _mine(job)
    return bool(session.scalar(select(exists().where(*mine, ~JobRow.cancel_asked))))


def finish(
    session: Session, job: Claimed, result: Document | None, answer: bytes | None = None
) -> None:
    """Finish a job in the unit of work that writes what it made.

    Raises:
        LeaseLostError: as ``heartbeat``; the unit of work must then not be done.
    """
    sealed = answer and store_of(session).keyring.seal(answer, ANSWER, job.id)
    _end(session, job, JobState.DONE, result=result, answer=sealed)


def fail(session: Session, job: Claimed, fault: str, result: Document | None = None) -> None:
    """Fail a job for good.

    Raises:
        LeaseLostError: as ``heartbeat``.
    """
    _end(session, job, JobState.FAILED, fault=fault, result=result)


def stop(session: Session, job: Claimed) -> None:
    """Let go of a job whose heartbeat failed: cancelled, where that was asked for."""
    asked = _held(job).where(JobRow.cancel_asked)
    changed(session, asked.values(**_ended(session, JobState.CANCELLED)))


def give_back(session: Session, job: Claimed) -> None:
    """Put a job back, since the worker is told to stop; that was no attempt."""
    free = {"worker": None, "lease_until": None, "attempts": JobRow.attempts - 1}
    changed(session, _held(job).values(state=str(JobState.QUEUED), progress={}, **free))


def cancel(session: Session, job: JobRow) -> None:
    """Ask that a job be stopped: at once where it waits, soon where it is being worked on.

    Raises:
        Refusal: it is over (``WRONG_STATE``).
    """
    mine = update(JobRow).where(JobRow.id == job.id)
    waiting = mine.where(JobRow.state == str(JobState.QUEUED))
    running = mine.where(JobRow.state == str(JobState.RUNNING))
    ended = _ended(session, JobState.CANCELLED)
    if changed(session, waiting.values(cancel_asked=True, **ended)) != 1 and (
        changed(session, running.values(cancel_asked=True)) != 1
    ):
        raise Refusal(RefusalCode.WRONG_STATE)
    session.refresh(job)


def _own(who: Principal) -> Select[JobRow]:
    """What somebody asked for where they are now; a coordinator's also what colleagues planned."""
    mine = and_(JobRow.user_id == who.user_id, JobRow.organisation_id == who.organisation_id)
    if who.role is not Role.COORDINATOR:
        return select(JobRow).where(mine)
    ours = and_(
        JobRow.organisation_id == who.organisation_id,
        JobRow.kind.in_([str(Kind.PLAN), str(Kind.INSIGHT), str(Kind.TRAVEL)]),
    )
    return select(JobRow).where(or_(mine, ours))


def _free(moment: datetime) -> ColumnElement[bool]:
    """A job that waits, or whose lease is over."""
    gone = and_(JobRow.state == str(JobState.RUNNING), JobRow.lease_until < moment)
    return or_(JobRow.state == str(JobState.QUEUED), gone)


def _mine(job: Claimed) -> tuple[ColumnElement[bool], ...]:
    """A job is still its worker's."""
    return (
        JobRow.id == job.id,
        JobRow.worker == job.worker,
        JobRow.attempts == job.attempts,
        JobRow.state == str(JobState.RUNNING),
    )


def _held(job: Claimed) -> Update:
    """The update of a job that is still its worker's."""
    return update(JobRow).where(*_mine(job))


def _end(session: Session, job: Claimed, state: JobState, **values: object) -> None:
    held = _held(job).where(~JobRow.cancel_asked)
    if changed(session, held.values(**_ended(session, state), **values)) != 1:
        raise LeaseLostError


def _ended(session: Session, state: JobState) -> dict[str, object]:
    """What is so of every job that is over; an upload is not kept."""
    return {
        "state": str(state),
        "finished_at": moment_of(session),
        "lease_until": None,
        "content": None,
    }


def _over(job: JobRow, state: JobState, moment: datetime) -> None:
    job.state, job.finished_at = str(state), moment
    job.lease_until = job.content = None
