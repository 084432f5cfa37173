"""How the service is: whether the database answers, its schema, and whether jobs are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.domain import Fault
from api.store.engine import Store, moment_of
from api.store.jobs import LEASE, JobState
from api.store.migration import Schema, schema
from api.store.tables import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The jobs that wait and those in work.

    A worker shows that it lives by the lease of its job, or by taking one that waits: ``working``
    counts the leases that hold, ``oldest_wait`` is how long the oldest job has waited.
    """

    working: int
    waiting: int
    oldest_wait: timedelta | None

    @property
    def left_alone(self) -> bool:
        """A job waits longer than a lease lasts, and nobody works: there is no worker."""
        return self.working == 0 and self.oldest_wait is not None and self.oldest_wait > LEASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What stands between the service and being ready, and its queue where it is known."""

    faults: tuple[Fault, ...]
    queue: Queue | None = None


def look(store: Store) -> Health:
    """Look whether the service is ready: database, schema, workers."""
    try:
        found = schema(store.engine)
        if found is not Schema.CURRENT:
            fault = Fault(pointer="/schema", code=str(found), detail="expected current")
            return Health(faults=(fault,))
        with store.reading() as unit:
            queue = _queue(unit)
    except SQLAlchemyError:
        return Health(faults=(Fault(pointer="/database", code="no_answer"),))
    if queue.left_alone:
        fault = Fault(pointer="/jobs", code="no_worker", detail="expected a worker")
        return Health(faults=(fault,), queue=queue)
    return Health(faults=(), queue=queue)


def jobs_by_state(store: Store) -> Mapping[str, int] | None:
    """How many jobs are in each state; None where the database does not tell."""
    try:
        with store.reading() as unit:
            counted = unit.execute(select(JobRow.state, func.count()).group_by(JobRow.state))
            found = {state: count for state, count in counted}  # noqa: C416 -- rows, not pairs
    except SQLAlchemyError:
        return None
    return {str(state): found.get(str(state), 0) for state in JobState}


def _queue(session: Session) -> Queue:
    now = moment_of(session)
    waits = JobRow.state == str(JobState.QUEUED)
    waiting = session.scalar(select(func.count()).select_from(JobRow).where(waits)) or 0
    oldest = session.scalar(select(func.min(JobRow.created_at)).where(waits))
    works = (JobRow.state == str(JobState.RUNNING)) & (JobRow.lease_until >= now)
    working = session.scalar(select(func.count()).select_from(JobRow).where(works)) or 0
    return Queue(
        working=working, waiting=waiting, oldest_wait=None if oldest is None else now - oldest
    )
