"""What a participant has a right to: everything that is stored of them, and to be forgotten.

Source: GDPR, articles 15, 17 and 20. What stays after erasure has no person in it: placements for
the counts of seats and of endings, records of unmet demand, and the audit, which the law of
records wants kept; the random number in it leads nowhere any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import HOLDING, Fault, Principal, Refusal, RefusalCode, State, Step
from api.store import jobs, plans, replays, steps
from api.store.editing import version_held
from api.store.engine import store_of
from api.store.tables import (
    AuditEntry,
    JobRow,
    ParticipantRow,
    PlacementRow,
    PlacementStep,
    PlanRow,
    Replay,
    User,
)
from matcher.domain import OpeningId
from matcher.outcome import Assignment

OVER = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A placement with its steps, and what was written in it, opened."""

    row: PlacementRow
    arrangements: str | None
    steps: tuple[tuple[PlacementStep, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a plan has of a participant: the assignment, or why there is none."""

    plan: PlanRow
    assignment: Assignment | None
    cause: str | None

    @property
    def opening_id(self) -> OpeningId | None:
        """Where, by code."""
        return self.assignment.opening_id if self.assignment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was erased."""

    placements: int
    notes: int
    plans: int
    answers: int


def placements(session: Session, row: ParticipantRow) -> tuple[Placed, ...]:
    """Every placement of a participant, oldest first, with everything written in it."""
    found = session.scalars(
        select(PlacementRow)
        .where(PlacementRow.participant_id == row.id)
        .order_by(PlacementRow.created_at, PlacementRow.id)
    )
    return tuple(
        Placed(
            row=one,
            arrangements=_opened(session, one.arrangements, steps.ARRANGEMENTS, one.id),
            steps=tuple(
                (step, _opened(session, step.note, steps.NOTE, step.id))
                for step in _steps(session, one)
            ),
        )
        for one in found
    )


def proposed(session: Session, row: ParticipantRow) -> Iterator[Proposed]:
    """What every plan that is kept has of a participant, oldest first."""
    for plan in _plans(session, row):
        content = plans.opened(session, plan)
        for assignment in content.assignments:
            if assignment.participant_id == row.code:
                yield Proposed(plan=plan, assignment=assignment, cause=None)
        for one in content.unplaced:
            if one.participant_id == row.code:
                yield Proposed(plan=plan, assignment=None, cause=str(one.cause))


def entries(session: Session, row: ParticipantRow) -> Iterator[AuditEntry]:
    """Every entry of the audit about a participant, or about a placement of theirs."""
    mine = select(PlacementRow.id).where(PlacementRow.participant_id == row.id)
    subjects = [f"participant:{row.id}", *(f"placement:{one}" for one in session.scalars(mine))]
    yield from session.scalars(
        select(AuditEntry).where(AuditEntry.subject.in_(subjects)).order_by(AuditEntry.number)
    )


def erase(session: Session, who: Principal | None, row: ParticipantRow, version: int) -> Erased:
    """Forget a participant: the profile, notes, proposals, and answers that were kept.

    Raises:
        Refusal: it was changed meanwhile (``PRECONDITION_FAILED``); a placement holds a seat, and
            has to be withdrawn or ended first (``WRONG_STATE``).
    """
    version_held(session, row, version)
    mine = select(PlacementRow).where(PlacementRow.participant_id == row.id)
    held = mine.order_by(PlacementRow.id).with_for_update()  # nobody offers one meanwhile
    session.scalars(held.execution_options(populate_existing=True)).all()
    found = placements(session, row)
    if any(State(one.row.state) in HOLDING for one in found):
        fault = Fault(pointer="/placements", code="holds_a_seat", detail="withdraw or end it")
        raise Refusal(RefusalCode.WRONG_STATE, faults=(fault,))
    erased = Erased(
        placements=len(found),
        notes=sum(_forget(session, who, one) for one in found),
        plans=sum(_forget_in_plan(session, plan, row.code) for plan in _plans(session, row)),
        answers=_forget_answers(session, row) + _forget_jobs(session, row),
    )
    session.delete(row)
    session.flush()
    return erased


def _forget(session: Session, who: Principal | None, placed: Placed) -> int:
    """A placement without its participant and what was written; how many texts that was."""
    row = placed.row
    if State(row.state) is State.PROPOSED:
        row.state = str(State.WITHDRAWN)
        steps.taken(session, row, who, Step.WITHDRAW)
    texts = [placed.arrangements, *(note for _, note in placed.steps)]
    row.participant_id = row.arrangements = None
    for step, _ in placed.steps:
        step.note = None
    session.flush()
    return sum(text is not None for text in texts)


def _forget_in_plan(session: Session, row: PlanRow, code: str) -> bool:
    """A plan without a participant; whether it had them."""
    plan = plans.opened(session, row)
    rest = replace(
        plan,
        assignments=tuple(one for one in plan.assignments if one.participant_id != code),
        unplaced=tuple(one for one in plan.unplaced if one.participant_id != code),
    )
    if rest == plan:
        return False
    plans.reseal(session, row, rest)
    return True


def _forget_answers(session: Session, row: ParticipantRow) -> int:
    """Answers kept under an ``Idempotency-Key`` that are about a participant."""
    kept = session.scalars(
        select(Replay)
        .join(User, User.id == Replay.user_id)
        .where(User.organisation_id == row.organisation_id)
    )
    mine = [one for one in kept if replays.tells(session, one, str(row.id))]
    for one in mine:
        session.delete(one)
    return len(mine)


def _forget_jobs(session: Session, row: ParticipantRow) -> int:
    """What was uploaded to jobs that are over, and their answers that name a participant."""
    found = session.scalars(
        select(JobRow).where(JobRow.organisation_id == row.organisation_id, JobRow.state.in_(OVER))
    )
    count = 0
    for job in found:
        answer = _opened(session, job.answer, jobs.ANSWER, job.id)
        count += job.content is not None
        job.content = None
        if answer is not None and row.code in answer:
            job.answer = None
            count += 1
    return count


def _plans(session: Session, row: ParticipantRow) -> list[PlanRow]:
    found = select(PlanRow).where(PlanRow.organisation_id == row.organisation_id)
    return list(session.scalars(found.order_by(PlanRow.created_at, PlanRow.id)))


def _steps(session: Session, row: PlacementRow) -> list[PlacementStep]:
    found = select(PlacementStep).where(PlacementStep.placement_id == row.id)
    return list(session.scalars(found.order_by(PlacementStep.at, PlacementStep.id)))


def _opened(session: Session, sealed: bytes | None, column: str, row: UUID) -> str | None:
    if sealed is None:
        return None
    return store_of(session).keyring.open(sealed, column, row).decode()
