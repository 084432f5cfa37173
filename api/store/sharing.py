"""Whom a participant is shared with: supervisors of the same organisation, never nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from api.domain import OPEN, Fault, Principal, Refusal, RefusalCode, Role, State
from api.store.tables import ParticipantRow, PlacementRow, Reader, User

_FURTHEST = (State.STARTED, State.ACCEPTED, State.OFFERED, State.PROPOSED)


class Stage(StrEnum):
    """Where somebody is: looks for a place, has a placement under way, or looks no more."""

    NO_PLACE = "noPlace"
    UNDER_WAY = "underWay"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A supervisor of the organisation, and whether the participant is shared with them."""

    user_id: UUID
    name: str
    reads: bool


def of_supervisor(
    session: Session, who: Principal, limit: int, offset: int, stage: Stage | None = None
) -> tuple[list[ParticipantRow], int]:
    """Some of those shared with a supervisor, by pseudonym, and how many there are.

    ``stage``: only those who are there; None is everybody.
    """
    everybody = select(ParticipantRow).where(*shared_with(who))
    if stage is not None:
        everybody = everybody.where(*in_stage(stage))
    total = session.scalar(select(func.count()).select_from(everybody.subquery())) or 0
    page = everybody.order_by(ParticipantRow.code).limit(limit).offset(offset)
    return list(session.scalars(page)), total


def shared_with(who: Principal) -> tuple[ColumnElement[bool], ...]:
    """Whom a supervisor sees, as conditions of participants."""
    mine = select(Reader.participant_id).where(Reader.user_id == who.user_id)
    return (
        ParticipantRow.id.in_(mine),
        ParticipantRow.organisation_id == who.organisation_id,
    )


def in_stage(stage: Stage) -> tuple[ColumnElement[bool], ...]:
    """Who is in a stage, as conditions of participants."""
    if stage is Stage.CLOSED:
        return (ParticipantRow.closed_at.is_not(None),)
    placed = (
        select(PlacementRow.id)
        .where(PlacementRow.participant_id == ParticipantRow.id, _is_open())
        .exists()
    )
    looks = ParticipantRow.closed_at.is_(None)
    return (looks, placed if stage is Stage.UNDER_WAY else ~placed)


def furthest(session: Session, people: Iterable[UUID]) -> Mapping[UUID, State]:
    """How far the placements of some people have come that are not over; others are left out."""
    rows = session.execute(
        select(PlacementRow.participant_id, PlacementRow.state).where(
            PlacementRow.participant_id.in_(list(people)), _is_open()
        )
    )
    found: dict[UUID, State] = {}
    for person, state in rows:
        assert person is not None  # noqa: S101 -- it is one of those that were asked for
        best = found.get(person, State.PROPOSED)
        found[person] = min(best, State(state), key=_FURTHEST.index)
    return found


def _is_open() -> ColumnElement[bool]:
    return PlacementRow.state.in_([str(state) for state in OPEN])


def colleagues(session: Session, row: ParticipantRow) -> list[Colleague]:
    """Every supervisor of the organisation who can log in, by name."""
    reading = _readers(session, row)
    found = select(User.id, User.name).where(*_supervisors(row)).order_by(User.name, User.id)
    return [
        Colleague(user_id=user, name=name, reads=user in reading)
        for user, name in session.execute(found)
    ]


def share(session: Session, row: ParticipantRow, user: UUID) -> None:
    """Share a participant with a supervisor; again does no harm.

    Raises:
        Refusal: the organisation has no such supervisor (``NOT_FOUND``).
    """
    _hold(session, row)
    if session.scalar(select(User.id).where(User.id == user, *_supervisors(row))) is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    if user not in _readers(session, row):
        session.add(Reader(participant_id=row.id, user_id=user))
        session.flush()


def unshare(session: Session, row: ParticipantRow, user: UUID) -> None:
    """Share a participant with somebody no longer.

    Raises:
        Refusal: it is not shared with them (``NOT_FOUND``), or with nobody else (``NOT_VALID``).
    """
    _hold(session, row)
    reading = _readers(session, row)
    if user not in reading:
        raise Refusal(RefusalCode.NOT_FOUND)
    if len(reading) == 1:
        fault = Fault(pointer="path:userId", code="last_reader", detail="share with another first")
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))
    session.execute(delete(Reader).where(Reader.participant_id == row.id, Reader.user_id == user))


def _hold(session: Session, row: ParticipantRow) -> None:
    """Nobody else changes the readers: two who leave at once would leave nobody."""
    session.execute(select(ParticipantRow.id).where(ParticipantRow.id == row.id).with_for_update())


def _readers(session: Session, row: ParticipantRow) -> set[UUID]:
    return set(session.scalars(select(Reader.user_id).where(Reader.participant_id == row.id)))


def _supervisors(row: ParticipantRow) -> tuple[ColumnElement[bool], ...]:
    return (
        User.organisation_id == row.organisation_id,
        User.role == str(Role.SUPERVISOR),
        User.active.is_(True),
    )
