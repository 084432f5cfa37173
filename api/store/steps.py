"""A step in a placement's life: the one way in which its state changes, whoever takes it.

Every step locks its placement, is judged by ``api.domain.may``, and leaves a ``placement_step``
and an entry in the audit. Nothing of a profile is known here: provider code stands on this module.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Select, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import (
    PERSONAL_REASONS,
    DeclinedBy,
    Ending,
    Party,
    Principal,
    Refusal,
    RefusalCode,
    State,
    Step,
    may,
)
from api.store import audit, demand
from api.store.editing import OCCUPANCY, turned
from api.store.engine import moment_of, store_of
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, PlacementStep

NOTE, ARRANGEMENTS = "placement_step.note", "placement.arrangements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said with a step: on whose behalf, why, from which day, how much, and a note.

    The note is short, sealed, and never of health; ``sessions`` are half-days as bits.
    """

    by: Party | DeclinedBy | None = None
    reason: str | None = None
    on: date | None = None
    hours_per_week: int | None = None
    sessions: int | None = None
    note: str | None = None


NOTHING = Said()
PRIVATE = PERSONAL_REASONS | {Ending.CARE}
"""Reasons that stand with the step, and never in the audit: it outlives an erasure."""


def locked(session: Session, found: Select[PlacementRow]) -> PlacementRow:
    """The one placement that a query finds, locked until the unit of work ends.

    Raises:
        Refusal: it finds none (``NOT_FOUND``).
    """
    row = session.scalar(
        found.with_for_update(of=PlacementRow).execution_options(populate_existing=True)
    )
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return row


def allowed(step: Step, row: PlacementRow, who: Principal | None) -> None:
    """Refuse a step that cannot be taken from where a placement is; None is the clock.

    Raises:
        Refusal: ``WRONG_STATE``.
    """
    if not may(step, State(row.state), None if who is None else who.role):
        raise Refusal(RefusalCode.WRONG_STATE)


def taken(
    session: Session, row: PlacementRow, who: Principal | None, step: Step, said: Said = NOTHING
) -> None:
    """Write a step that was taken: the row as it now stands, the step, and the audit entry.

    Args:
        session: a writing unit of work.
        row: the placement, changed already, and not yet written.
        who: who took it; None is the clock.
        step: which.
        said: what was said with it.

    Raises:
        Refusal: the participant has an offered or accepted, or a started, placement already
            (``ALREADY_PLACED``): the database says so, by its unique indexes.
    """
    state = inspect(row).attrs.state
    before = state.history.deleted[0] if state.history.deleted else inspect(row).key and row.state
    row.version = (row.version or 0) + 1
    row.updated_at = moment_of(session)
    try:
        session.add(row)
        session.flush()
    except IntegrityError:
        raise Refusal(RefusalCode.ALREADY_PLACED) from None
    number = uuid4()
    session.add(
        PlacementStep(
            id=number,
            placement_id=row.id,
            at=moment_of(session),
            who=audit.CLOCK if who is None else who.key,
            step=str(step),
            before=before,
            after=row.state,
            by=None if said.by is None else str(said.by),
            reason=said.reason,
            on=said.on,
            hours_per_week=said.hours_per_week,
            sessions=said.sessions,
            note=_sealed(session, said.note, NOTE, number),
        )
    )
    session.flush()
    audit.note(
        session,
        audit.CLOCK if who is None else who,
        f"placement.{step}",
        f"placement:{row.id}",
        before=before,
        after=row.state,
        by=None if said.by is None else str(said.by),
        reason=None if said.reason in PRIVATE else said.reason,
        hours_per_week=said.hours_per_week,
    )


def accept(session: Session, row: PlacementRow, who: Principal, party: Party) -> None:
    """Note a yes; with both of them the placement is accepted. A second yes changes nothing.

    Raises:
        Refusal: it is not offered, or not any more (``WRONG_STATE``).
    """
    allowed(Step.ACCEPT, row, who)
    moment = moment_of(session)
    if row.offered_until is None or row.offered_until <= moment:
        raise Refusal(RefusalCode.WRONG_STATE)
    if party is Party.PROVIDER:
        if row.provider_yes is not None:
            return
        row.provider_yes = moment
    else:
        if row.participant_yes is not None:
            return
        row.participant_yes = moment
    if row.provider_yes and row.participant_yes:
        row.state = str(State.ACCEPTED)
    taken(session, row, who, Step.ACCEPT, Said(by=party))
    turned(session, OCCUPANCY)


def lacking(session: Session, row: PlacementRow, code: str, field: str | None = None) -> None:
    """Leave a record of unmet demand after a placement that came to nothing.

    Nothing where the reason speaks of a person and not of a lack of places, where nobody knows
    the participant, and for protected identity. The field is the opening's, unless one is said.
    """
    person = (
        None if row.participant_id is None else session.get(ParticipantRow, row.participant_id)
    )
    if person is None or code in PERSONAL_REASONS:
        return
    group = session.scalar(
        select(OpeningRow.occupation_group).where(OpeningRow.id == row.opening_id)
    )
    demand.record(
        session,
        field=field or demand.field_of(group or ""),
        municipality=person.municipality_code,
        barriers=[code],
        protected=person.protected_identity,
    )


def steps(session: Session, placement: UUID) -> list[PlacementStep]:
    """Every step of a placement, in their order."""
    return list(
        session.scalars(
            select(PlacementStep)
            .where(PlacementStep.placement_id == placement)
            .order_by(PlacementStep.at, PlacementStep.id)
        )
    )


def note_of(session: Session, step: PlacementStep) -> str | None:
    """The note of a step, opened."""
    return _opened(session, step.note, NOTE, step.id)


def arrange(session: Session, row: PlacementRow, text: str | None) -> None:
    """Seal what is arranged for a placement, or take it away."""
    row.arrangements = _sealed(session, text, ARRANGEMENTS, row.id)


def arrangements_of(session: Session, row: PlacementRow) -> str | None:
    """What is arranged for a placement, opened; None without recorded consent."""
    if row.consented_at is None:
        return None
    return _opened(session, row.arrangements, ARRANGEMENTS, row.id)


def _sealed(session: Session, text: str | None, column: str, row: UUID) -> bytes | None:
    if text is None:
        return None
    return store_of(session).keyring.seal(text.encode(), column, row)


def _opened(session: Session, sealed: bytes | None, column: str, row: UUID) -> str | None:
    return None if sealed is None else store_of(session).keyring.open(sealed, column, row).decode()
