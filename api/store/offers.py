"""Offers (erbjudanden) as their provider sees them: what it needs to answer, and nothing else.

A provider sees offers to its own openings while they wait for an answer: the pseudonym, the
start, the half-days, the hours, and what the participant agreed should be arranged. This module
knows no profile; a contract of the imports says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from api.domain import (
    PROVIDER_REASONS,
    DeclinedBy,
    DeclineReason,
    Party,
    Principal,
    Refusal,
    RefusalCode,
    State,
    Step,
)
from api.store import audit, demand, seats, steps
from api.store.editing import OCCUPANCY, turned
from api.store.engine import moment_of
from api.store.steps import Said
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow

AT_ONCE = 500
"""Offers that expire in one unit of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer as its provider sees it; ``sessions`` are half-days as bits."""

    id: UUID
    participant: str
    opening_id: UUID
    opening: str
    starts_on: date | None
    sessions: int
    hours_per_week: int
    offered_until: datetime
    answered: bool
    arrangements: str | None


def some(session: Session, who: Principal, limit: int, offset: int) -> tuple[list[Offer], int]:
    """Some of the offers that wait for a provider, the most urgent first, and how many there are.

    Lists are without what is arranged: that is read one at a time, and noted.
    """
    found = _own(session, who)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ordered = found.order_by(PlacementRow.offered_until, PlacementRow.id)
    rows = session.scalars(ordered.limit(limit).offset(offset)).all()
    return [_offer(session, row, None) for row in rows], total


def one(session: Session, who: Principal, placement: UUID) -> Offer:
    """One offer to a provider, with what is to be arranged; the audit notes that it was read.

    Raises:
        Refusal: there is none that waits for this provider (``NOT_FOUND``).
    """
    row = session.scalar(_own(session, who).where(PlacementRow.id == placement))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    audit.note(session, who, "offer.read", f"placement:{row.id}")
    return _offer(session, row, steps.arrangements_of(session, row))


def accept(session: Session, who: Principal, placement: UUID) -> State:
    """Say yes for the provider.

    Returns:
        Where the placement is now: accepted, if the participant said yes too.

    Raises:
        Refusal: there is no such offer to this provider (``NOT_FOUND``).
    """
    row = steps.locked(session, _own(session, who).where(PlacementRow.id == placement))
    steps.accept(session, row, who, Party.PROVIDER)
    return State(row.state)


def decline(session: Session, who: Principal, placement: UUID, reason: DeclineReason) -> State:
    """Say no for the provider: the seat is free again, and what was lacking is kept.

    Raises:
        Refusal: there is no such offer to this provider (``NOT_FOUND``), or the reason is none
            that a provider can give (``NOT_VALID``).
    """
    if reason not in PROVIDER_REASONS:
        raise Refusal(RefusalCode.NOT_VALID)
    row = steps.locked(session, _own(session, who).where(PlacementRow.id == placement))
    steps.allowed(Step.DECLINE, row, who)
    row.state = str(State.DECLINED)
    said = Said(by=DeclinedBy.PROVIDER, reason=str(reason))
    steps.taken(session, row, who, Step.DECLINE, said)
    seats.release(session, row.opening_id, row.sessions)
    steps.lacking(session, row, str(reason))
    turned(session, OCCUPANCY)
    return State(row.state)


def expire_due(session: Session) -> int:
    """Let offers expire that nobody answered in time: by the clock, for a worker.

    Returns:
        How many did, at most ``AT_ONCE``; those that somebody is just answering wait.
    """
    due = session.scalars(
        select(PlacementRow)
        .where(
            PlacementRow.state == str(State.OFFERED),
            PlacementRow.offered_until <= moment_of(session),
        )
        .order_by(PlacementRow.opening_id, PlacementRow.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        steps.allowed(Step.EXPIRE, row, None)
        row.state = str(State.EXPIRED)
        steps.taken(session, row, None, Step.EXPIRE)
        steps.lacking(session, row, demand.EXPIRED)
    for row in due:
        seats.release(session, row.opening_id, row.sessions)
    if due:
        turned(session, OCCUPANCY)
    return len(due)


def _own(session: Session, who: Principal) -> Select[PlacementRow]:
    """Offers to a provider whose time is not over."""
    return select(PlacementRow).where(
        PlacementRow.provider_id == who.provider_id,
        PlacementRow.state == str(State.OFFERED),
        PlacementRow.offered_until > moment_of(session),
        PlacementRow.participant_id.is_not(None),
    )


def _offer(session: Session, row: PlacementRow, arrangements: str | None) -> Offer:
    pseudonym, opening = session.execute(
        select(ParticipantRow.code, OpeningRow.title)
        .join_from(ParticipantRow, OpeningRow, OpeningRow.id == row.opening_id)
        .where(ParticipantRow.id == row.participant_id)
    ).one()
    assert row.offered_until is not None  # noqa: S101 -- an offer has it
    return Offer(
        id=row.id,
        participant=pseudonym,
        opening_id=row.opening_id,
        opening=opening,
        starts_on=row.starts_on,
        sessions=row.sessions,
        hours_per_week=row.hours_per_week,
        offered_until=row.offered_until,
        answered=row.provider_yes is not None,
        arrangements=arrangements,
    )
