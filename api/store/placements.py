"""A placement's life as supervisors lead it: proposed, offered, accepted, started, ended.

Only those whom a participant is shared with take steps. Offered, accepted and started hold a seat
and its half-days; every step that changes what is held does it in the same unit of work.

Somebody who has started one placement may be offered another, but not start it while the first
goes on: the first is ended before, or in the same step, on the same day, as *continued*
(fortsatt), when the supervisor says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.domain import (
    HOLDING,
    DeclinedBy,
    DeclineReason,
    Ending,
    Fault,
    Party,
    Principal,
    Refusal,
    RefusalCode,
    State,
    Step,
)
from api.store import demand, places, profiles, seats, steps
from api.store.editing import OCCUPANCY, turned
from api.store.engine import day_of, moment_of
from api.store.steps import Said
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, Reader
from matcher.domain import Participant, WishKind, WishLevel


def seen(session: Session, who: Principal, placement: UUID, version: int) -> None:
    """Hold a placement in the version that somebody has seen, until the unit of work ends.

    Raises:
        Refusal: ``NOT_FOUND``; it has another one by now (``PRECONDITION_FAILED``).
    """
    row = steps.locked(session, shared(who).where(PlacementRow.id == placement))
    if row.version != version:
        raise Refusal(RefusalCode.PRECONDITION_FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What goes with an offer: how many days it holds, and what the provider has to arrange.

    Arrangements (anpassningar) go only with the participant's consent, recorded now.
    """

    days: int
    goes_along: bool | None = None  # None: as it was proposed
    arrangements: str | None = None
    consented: bool = False


def offer(session: Session, who: Principal, placement: UUID, terms: Terms) -> PlacementRow:
    """Offer a proposal to its provider: from now on it holds a seat and its half-days.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``, ``NOT_CONSENTED``, ``NOT_YET_FREE`` (it waits
            for a day that has not come), ``ALREADY_PLACED``, ``OPENING_PAUSED``, ``OPENING_FULL``,
            ``HALF_DAY_FULL``.
    """
    row = _own(session, who, placement, Step.OFFER)
    moment = moment_of(session)
    if terms.arrangements is not None and not terms.consented:
        raise Refusal(RefusalCode.NOT_CONSENTED)
    if row.waits_until is not None and row.waits_until > day_of(session):
        raise Refusal(RefusalCode.NOT_YET_FREE)
    row.state = str(State.OFFERED)
    row.offered_until = moment + timedelta(days=terms.days)
    row.consented_at = moment if terms.consented else None
    if terms.goes_along is not None:
        row.goes_along = terms.goes_along
    steps.arrange(session, row, terms.arrangements)
    steps.taken(session, row, who, Step.OFFER)
    seats.hold(session, row.opening_id, row.sessions)
    turned(session, OCCUPANCY)
    return row


def accept(session: Session, who: Principal, placement: UUID) -> PlacementRow:
    """Record that the participant says yes.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``.
    """
    row = _own(session, who, placement, Step.ACCEPT)
    steps.accept(session, row, who, Party.PARTICIPANT)
    return row


def decline(session: Session, who: Principal, placement: UUID, said: Said) -> PlacementRow:
    """Record that the participant, or the supervisor, says no; and what was lacking, if it was.

    Where the place was not what the participant wishes, the lack is of the first wish's field.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``.
    """
    row = _own(session, who, placement, Step.DECLINE)
    assert said.reason is not None  # noqa: S101 -- a decline has one
    assert said.by is not DeclinedBy.PROVIDER  # noqa: S101 -- see offers
    _over(session, row, who, Step.DECLINE, said)
    field = None
    if said.reason == str(DeclineReason.NOT_MY_WISH):
        person = session.get_one(ParticipantRow, row.participant_id)
        field = wished_field(profiles.profile_of(session, person))
    steps.lacking(session, row, said.reason, field)
    return row


def withdraw(session: Session, who: Principal, placement: UUID, said: Said) -> PlacementRow:
    """Take back a proposal, an offer, or what was accepted and has not started.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``.
    """
    row = _own(session, who, placement, Step.WITHDRAW)
    _over(session, row, who, Step.WITHDRAW, said)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first day, and whether the placement that goes on now ends by it as *continued*."""

    on: date
    ends_earlier: bool = False


def start(session: Session, who: Principal, placement: UUID, beginning: Beginning) -> PlacementRow:
    """Record that an accepted placement has started.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``, ``NOT_VALID`` (a day that has not come),
            ``NOT_YET_FREE`` (before the day it waits for, or before the opening takes people),
            ``ALREADY_PLACED`` (another one goes on).
    """
    row = _own(session, who, placement, Step.START)
    _not_in_future(session, beginning.on)
    opening = session.get_one(OpeningRow, row.opening_id)
    for first in (row.waits_until, places.opening_of(opening).starts_from):
        if first is not None and beginning.on < first:
            raise Refusal(RefusalCode.NOT_YET_FREE)
    earlier = _going_on(session, row) if beginning.ends_earlier else None
    if earlier is not None:
        _end(
            session,
            earlier,
            who,
            Ended(on=beginning.on, ending=Ending.CONTINUED, hours_per_week=earlier.hours_per_week),
        )
    row.state, row.starts_on = str(State.STARTED), beginning.on
    said = Said(on=beginning.on, hours_per_week=row.hours_per_week, sessions=row.sessions)
    steps.taken(session, row, who, Step.START, said)
    if earlier is not None:
        seats.release(session, earlier.opening_id, earlier.sessions)
    turned(session, OCCUPANCY)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week from a day on, and other half-days (bits) where they change."""

    on: date
    hours_per_week: int
    sessions: int | None = None
    note: str | None = None


def change_hours(
    session: Session, who: Principal, placement: UUID, version: int, hours: Hours
) -> PlacementRow:
    """Step up, or down, the hours of a started placement; its half-days follow.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``, ``PRECONDITION_FAILED``, ``NOT_VALID``,
            ``HALF_DAY_FULL``.
    """
    row = _own(session, who, placement, Step.CHANGE_HOURS)
    if row.version != version:
        raise Refusal(RefusalCode.PRECONDITION_FAILED)
    _within(session, row, hours.on)
    before, after = row.sessions, row.sessions if hours.sessions is None else hours.sessions
    opening = session.get_one(OpeningRow, row.opening_id)
    if not after or after & ~(opening.sessions | before):
        expected = "half-days of the opening"
        fault = Fault(pointer="/sessions", code="not_in_opening", detail=expected)
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))
    row.hours_per_week, row.sessions = hours.hours_per_week, after
    said = Said(on=hours.on, hours_per_week=hours.hours_per_week, sessions=after, note=hours.note)
    steps.taken(session, row, who, Step.CHANGE_HOURS, said)
    seats.shift(session, row.opening_id, before, after)
    turned(session, OCCUPANCY)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last day, how it ended (avslut), and the hours a week that were reached, if known."""

    on: date
    ending: Ending
    hours_per_week: int | None = None
    note: str | None = None


def end(session: Session, who: Principal, placement: UUID, ended: Ended) -> PlacementRow:
    """Record how a started placement ended; its seat is free again.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``, ``NOT_VALID`` (a day before its start or to come).
    """
    row = _own(session, who, placement, Step.END)
    _end(session, row, who, ended)
    seats.release(session, row.opening_id, row.sessions)
    turned(session, OCCUPANCY)
    return row


def _end(session: Session, row: PlacementRow, who: Principal, ended: Ended) -> None:
    _within(session, row, ended.on)
    row.state, row.ends_on = str(State.ENDED), ended.on
    row.ending, row.ended_hours = str(ended.ending), ended.hours_per_week
    said = Said(
        on=ended.on,
        reason=str(ended.ending),
        hours_per_week=ended.hours_per_week,
        note=ended.note,
    )
    steps.taken(session, row, who, Step.END, said)


def _over(session: Session, row: PlacementRow, who: Principal, step: Step, said: Said) -> None:
    """It comes to nothing; what it held is free."""
    held = State(row.state) in HOLDING
    row.state = str(State.DECLINED if step is Step.DECLINE else State.WITHDRAWN)
    steps.taken(session, row, who, step, said)
    if held:
        seats.release(session, row.opening_id, row.sessions)
        turned(session, OCCUPANCY)


def _own(session: Session, who: Principal, placement: UUID, step: Step) -> PlacementRow:
    """A placement of somebody shared with a supervisor, locked, if the step can be taken."""
    row = steps.locked(session, shared(who).where(PlacementRow.id == placement))
    steps.allowed(step, row, who)
    return row


def shared(who: Principal) -> Select[PlacementRow]:
    """Every placement of those who are shared with a supervisor."""
    return (
        select(PlacementRow)
        .join(Reader, Reader.participant_id == PlacementRow.participant_id)
        .where(Reader.user_id == who.user_id, PlacementRow.organisation_id == who.organisation_id)
    )


def _going_on(session: Session, row: PlacementRow) -> PlacementRow | None:
    """The started placement of the same participant, locked."""
    return session.scalar(
        select(PlacementRow)
        .where(
            PlacementRow.participant_id == row.participant_id,
            PlacementRow.state == str(State.STARTED),
        )
        .with_for_update()
    )


def _within(session: Session, row: PlacementRow, on: date) -> None:
    _not_in_future(session, on)
    if row.starts_on is not None and on < row.starts_on:
        fault = Fault(pointer="/on", code="before_start", detail="not before the first day")
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))


def _not_in_future(session: Session, on: date) -> None:
    if on > day_of(session):
        fault = Fault(pointer="/on", code="in_future", detail="today, or earlier")
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))


def wished_field(profile: Participant) -> str | None:
    """The field of a participant's first wish, for unmet demand; None where nothing is wished."""
    wishes = [wish for wish in profile.wishes if wish.kind is WishKind.SEEK]
    if not wishes:
        return None
    first = min(wishes, key=lambda wish: wish.rank or 0)
    return first.code if first.level is WishLevel.FIELD else demand.field_of(first.code)
