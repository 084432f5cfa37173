"""Proposals (förslag): somebody is proposed a place, by a supervisor or by an adopted plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from api.domain import (
    OPEN,
    DeclineReason,
    Fault,
    Passable,
    Principal,
    Refusal,
    RefusalCode,
    Role,
    State,
    Step,
)
from api.store import audit, profiles, seats, steps
from api.store.editing import edited
from api.store.engine import day_of, moment_of
from api.store.placements import shared
from api.store.steps import Said
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, ProviderRow
from matcher.domain import OpeningStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is proposed: who, where, when, and which suggestion it comes from.

    ``sessions`` are half-days as bits. ``recommended`` is the rank of a recommendation (1 is the
    first); a choice against the first has a ``reason``. ``waits_until`` comes from a plan; for
    what a person chooses it is found by the seats that are held. ``barriers``: codes of what is
    known to stand between the two; ``despite``: what is passed over, and ``note`` says why.
    """

    participant_id: UUID
    opening_id: UUID
    sessions: int
    hours_per_week: int
    starts_on: date | None = None
    ends_on: date | None = None
    goes_along: bool | None = None
    waits_until: date | None = None
    plan_id: UUID | None = None
    recommended: int | None = None
    reason: DeclineReason | None = None
    note: str | None = None
    barriers: tuple[str, ...] = ()
    despite: frozenset[Passable] = frozenset()


def propose(session: Session, who: Principal, draft: Draft) -> PlacementRow:
    """Propose a placement of somebody who is shared with the supervisor; it holds nothing yet.

    Raises:
        Refusal: ``NOT_FOUND``, ``NOT_VALID``, ``OPENING_PAUSED``, ``ALREADY_THERE`` (somebody who
            is proposed, or goes, there already), ``WRONG_STATE`` (who looks no more), ``BARRED``
            (a known barrier that is not passed over).
    """
    person = profiles.mine(session, who, draft.participant_id)
    opening = session.get(OpeningRow, draft.opening_id)
    there = _open_pairs(session, PlacementRow.participant_id == person.id)
    _proposable(person, opening, draft, there)
    assert opening is not None  # noqa: S101 -- said above
    passed = _passed(draft)
    waits = draft.waits_until
    if waits is None and draft.plan_id is None:
        waits = _waits(session, opening, draft.sessions)
    row = _proposed(session, who, opening, draft, waits)
    if passed:
        codes = ",".join(passed)
        audit.note(session, who, "placement.despite", f"placement:{row.id}", barriers=codes)
    return row


def _passed(draft: Draft) -> tuple[str, ...]:
    """The barriers that are passed over, where no other stands between.

    Raises:
        Refusal: another does (``BARRED``, each as a fault), or nobody says why (``NOT_VALID``).
    """
    if not draft.despite.issuperset(draft.barriers):
        can = frozenset(Passable)
        raise Refusal(
            RefusalCode.BARRED,
            faults=tuple(
                Fault(
                    pointer="/openingId",
                    code=code,
                    detail="despite, with a note" if code in can else "",
                )
                for code in draft.barriers
            ),
        )
    if draft.barriers and draft.note is None:
        expected = "why it is proposed all the same"
        fault = Fault(pointer="/note", code="missing", detail=expected)
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))
    return draft.barriers


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What can be changed while a placement is proposed; ``sessions`` are half-days as bits."""

    sessions: int
    hours_per_week: int
    starts_on: date | None = None
    ends_on: date | None = None
    goes_along: bool | None = None


def revise(
    session: Session, who: Principal, placement: UUID, version: int, revised: Revised
) -> PlacementRow:
    """Change a proposal before it is offered, such as one of a plan.

    Raises:
        Refusal: ``NOT_FOUND``, ``WRONG_STATE``, ``PRECONDITION_FAILED``, ``NOT_VALID``.
    """
    row = steps.locked(session, shared(who).where(PlacementRow.id == placement))
    if row.state != str(State.PROPOSED):
        raise Refusal(RefusalCode.WRONG_STATE)
    if row.version != version:
        raise Refusal(RefusalCode.PRECONDITION_FAILED)
    opening = session.get_one(OpeningRow, row.opening_id)
    _sound(opening, revised)
    row.sessions, row.hours_per_week = revised.sessions, revised.hours_per_week
    row.starts_on, row.ends_on = revised.starts_on, revised.ends_on
    row.goes_along = revised.goes_along
    row.waits_until = _waits(session, opening, revised.sessions)
    row.version += 1
    edited(session, row)
    audit.note(
        session,
        who,
        "placement.revise",
        f"placement:{row.id}",
        hours_per_week=row.hours_per_week,
    )
    return row


def propose_all(
    session: Session, who: Principal, drafts: Sequence[Draft]
) -> tuple[PlacementRow | Refusal, ...]:
    """Propose what a plan says, for the organisation of whoever adopts it.

    Args:
        session: a writing unit of work.
        who: a coordinator, or a supervisor; participants of other organisations are not found.
        drafts: the rows of a plan, with ``plan_id``, and ``waits_until`` where a seat is taken.

    Returns:
        For each draft, in their order, the proposal or why there is none; nothing is undone for
        the ones that were refused.
    """
    people = {
        row.id: row
        for row in session.scalars(
            select(ParticipantRow).where(ParticipantRow.organisation_id == who.organisation_id)
        )
    }
    openings = {row.id: row for row in session.scalars(select(OpeningRow))}
    there = _open_pairs(session, PlacementRow.organisation_id == who.organisation_id)
    found: list[PlacementRow | Refusal] = []
    for draft in drafts:
        opening = openings.get(draft.opening_id)
        try:
            _proposable(people.get(draft.participant_id), opening, draft, there)
            _passed(draft)
        except Refusal as refusal:
            found.append(refusal)
            continue
        assert opening is not None  # noqa: S101 -- said above
        found.append(_proposed(session, who, opening, draft, draft.waits_until))
        there.add((draft.participant_id, draft.opening_id))
    return tuple(found)


def _open_pairs(session: Session, which: ColumnElement[bool]) -> set[tuple[UUID | None, UUID]]:
    rows = session.execute(
        select(PlacementRow.participant_id, PlacementRow.opening_id).where(
            which,
            PlacementRow.state.in_([str(state) for state in OPEN]),
        )
    )
    return {(person, opening) for person, opening in rows}


def _proposable(
    person: ParticipantRow | None,
    opening: OpeningRow | None,
    draft: Draft,
    there: set[tuple[UUID | None, UUID]],
) -> None:
    if person is None or opening is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    if person.closed_at is not None:
        raise Refusal(RefusalCode.WRONG_STATE)
    _sound(opening, draft)
    if opening.status == str(OpeningStatus.PAUSED):
        raise Refusal(RefusalCode.OPENING_PAUSED)
    if (person.id, opening.id) in there:
        raise Refusal(RefusalCode.ALREADY_THERE)


def _sound(opening: OpeningRow, said: Draft | Revised) -> None:
    """Refuse half-days that the opening has not, days in the wrong order, a missing reason."""
    faults = []
    if not said.sessions or said.sessions & ~opening.sessions:
        expected = "half-days of the opening"
        faults.append(Fault(pointer="/sessions", code="not_in_opening", detail=expected))
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        faults.append(Fault(pointer="/endsOn", code="before_start"))
    if isinstance(said, Draft) and (said.recommended or 1) > 1 and said.reason is None:
        expected = "why the first suggestion was not taken"
        faults.append(Fault(pointer="/reason", code="missing", detail=expected))
    if faults:
        raise Refusal(RefusalCode.NOT_VALID, faults=tuple(faults))


def _waits(session: Session, opening: OpeningRow, sessions: int) -> date | None:
    """The day until which its seat is taken; None where it is free, or nobody knows."""
    today = day_of(session)
    free = seats.free_from(session, opening, sessions, today)
    return None if free == today else free


def _proposed(
    session: Session, who: Principal, opening: OpeningRow, draft: Draft, waits: date | None
) -> PlacementRow:
    assert who.organisation_id is not None  # noqa: S101 -- the table of users says so
    row = PlacementRow(
        id=uuid4(),
        organisation_id=who.organisation_id,
        participant_id=draft.participant_id,
        opening_id=opening.id,
        provider_id=opening.provider_id,
        state=str(State.PROPOSED),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        sessions=draft.sessions,
        hours_per_week=draft.hours_per_week,
        waits_until=waits,
        goes_along=draft.goes_along,
        plan_id=draft.plan_id,
        recommended=draft.recommended,
        created_at=moment_of(session),
    )
    said = Said(
        reason=None if draft.reason is None else str(draft.reason),
        hours_per_week=draft.hours_per_week,
        sessions=draft.sessions,
        note=draft.note,
    )
    steps.taken(session, row, who, Step.PROPOSE, said)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A placement with the words that a list needs: pseudonym, place and provider."""

    row: PlacementRow
    participant: str
    opening: str
    provider: str


def one(session: Session, who: Principal, placement: UUID) -> Shown:
    """One placement of somebody who is shared with a supervisor.

    Raises:
        Refusal: there is none (``NOT_FOUND``).
    """
    found = next(_shown(session, _visible(who).where(PlacementRow.id == placement)), None)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which placements: in a state, of a participant; None is any."""

    state: State | None = None
    participant_id: UUID | None = None
    limit: int = 20
    offset: int = 0


def some(session: Session, who: Principal, sought: Sought) -> tuple[list[Shown], int]:
    """Some of the placements that somebody may see, newest first, and how many there are.

    Supervisors see those of the participants shared with them, coordinators all of the
    organisation.
    """
    found = _visible(who)
    if sought.state is not None:
        found = found.where(PlacementRow.state == str(sought.state))
    if sought.participant_id is not None:
        found = found.where(PlacementRow.participant_id == sought.participant_id)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ordered = found.order_by(PlacementRow.created_at.desc(), PlacementRow.id)
    return list(_shown(session, ordered.limit(sought.limit).offset(sought.offset))), total


def _visible(who: Principal) -> Select[PlacementRow]:
    if who.role is Role.COORDINATOR:
        return select(PlacementRow).where(
            PlacementRow.organisation_id == who.organisation_id,
            PlacementRow.participant_id.is_not(None),
        )
    return shared(who)


def _shown(session: Session, found: Select[PlacementRow]) -> Iterator[Shown]:
    rows = session.execute(
        found.join(ParticipantRow, ParticipantRow.id == PlacementRow.participant_id)
        .join(OpeningRow, OpeningRow.id == PlacementRow.opening_id)
        .join(ProviderRow, ProviderRow.id == PlacementRow.provider_id)
        .add_columns(ParticipantRow.code, OpeningRow.title, ProviderRow.name)
    )
    for row, participant, opening, provider in rows:
        yield Shown(row=row, participant=participant, opening=opening, provider=provider)
