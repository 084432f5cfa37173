"""Placements of a data set: those that already are take their seats.

None is changed, but for the last day of a nameless occupant, where the tables are to count.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.domain import HOLDING, Refusal, RefusalCode, State, Step
from api.store import audit, seats
from api.store.editing import OCCUPANCY, edited, turned
from api.store.engine import changed, moment_of
from api.store.supply import STATUS
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, PlacementStep
from matcher.domain import Placement, PlacementStatus, Problem

STATE: Mapping[PlacementStatus, State] = {status: state for state, status in STATUS.items()}
STEP = {State.STARTED: Step.START, State.OFFERED: Step.OFFER, State.ACCEPTED: Step.ACCEPT}
IMPORT = "import"
"""Who took the first step of a placement that came with a data set."""
ALREADY_PLACED, NOT_SHARED, KEPT_BY_PROVIDER = "already_placed", "not_shared", "kept_by_provider"
Key = tuple[object, ...]


@dataclass(eq=False, slots=True)
class Seated:
    """How many are new, how many got an end, and who was refused: participant and code."""

    new: int = 0
    ending: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    rows: list[PlacementRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """For which organisation placements come in, and how long an offer holds its seat.

    ``known``: the pseudonyms that whoever brings them in may place; None: everybody. ``by``: who
    that is, for the audit. ``kept``: the providers whose managers alone say who takes a seat.
    ``replace``: a nameless occupant who is here with no last day gets the one that the tables say.
    """

    organisation_id: UUID
    offer_days: int
    known: frozenset[str] | None = None
    by: str = IMPORT
    kept: frozenset[UUID] = frozenset()
    replace: bool = False


def seat_placements(session: Session, into: Sitting, problem: Problem) -> Seated:
    """Give everybody of a data set who has a place the seat that they hold.

    Occupants who are no participants of the organisation hold theirs namelessly. A placement that
    is known here already stays as it is.
    """
    people = _people(session, into.organisation_id)
    openings = {row.code: row for row in session.scalars(select(OpeningRow))}
    there, held = _there(session, into.organisation_id)
    seated = Seated()
    for item in problem.placements:
        opening, person = openings[item.opening_id], people.get(item.participant_id)
        if person and into.known is not None and item.participant_id not in into.known:
            seated.refused.append((item.participant_id, NOT_SHARED))  # placed or not: not told
            continue
        key = _key(person, opening.id, item)
        if there[key] > 0:
            there[key] -= 1
            continue
        if into.replace and not person and _gets_an_end(session, into, key, there):
            seated.ending += 1
            continue
        slot = (person, STATE[item.status] is State.STARTED)
        code: str | None
        if person is not None and slot in held:
            code = ALREADY_PLACED
        elif opening.provider_id in into.kept:  # whose managers say yes, and to whom
            code = KEPT_BY_PROVIDER
        else:
            code = _taken(session, opening, item)
        if code is not None:
            seated.refused.append((item.participant_id, code))
            continue
        row = _row(session, into, item, person, opening)
        row.hours_per_week = _hours(problem, item)
        held.add(slot)
        session.add(row)
        seated.new += 1
        seated.rows.append(row)
    session.flush()
    session.add_all(_step(row) for row in seated.rows)
    for row in seated.rows:
        audit.note(session, into.by, "placement.import", f"placement:{row.id}", after=row.state)
    if seated.new or seated.ending:
        turned(session, OCCUPANCY)
    return seated


def _people(session: Session, organisation: UUID) -> Mapping[str, UUID]:
    found = select(ParticipantRow.code, ParticipantRow.id).where(
        ParticipantRow.organisation_id == organisation
    )
    return {code: row for code, row in session.execute(found)}  # noqa: C416 -- rows are no pairs to mypy


def _there(
    session: Session, organisation: UUID
) -> tuple[Counter[Key], set[tuple[UUID | None, bool]]]:
    """The placements that hold a seat now: how many of each kind, and who has which."""
    held = select(PlacementRow).where(
        PlacementRow.organisation_id == organisation,
        PlacementRow.state.in_([str(state) for state in HOLDING]),
    )
    rows = list(session.scalars(held))
    keys: Counter[Key] = Counter(
        (row.participant_id, row.opening_id, row.state)
        if row.participant_id
        else (None, row.opening_id, row.state, row.sessions, row.starts_on, row.ends_on)
        for row in rows
    )
    return keys, {(row.participant_id, row.state == State.STARTED) for row in rows}


def _key(person: UUID | None, opening: UUID, item: Placement) -> Key:
    """What tells placements apart: of a nameless occupant everything that is known."""
    state = str(STATE[item.status])
    if person:
        return person, opening, state
    return None, opening, state, int(item.sessions), item.starts_on, item.ends_on


def _gets_an_end(session: Session, into: Sitting, key: Key, there: Counter[Key]) -> bool:
    """Give a nameless occupant who is here, and like it but for a last day, that last day."""
    _, opening, state, sessions, starts_on, ends_on = key
    endless = (*key[:-1], None)
    if not isinstance(ends_on, date) or there[endless] <= 0:
        return False
    row = session.scalars(
        select(PlacementRow)
        .where(
            PlacementRow.organisation_id == into.organisation_id,
            PlacementRow.participant_id.is_(None),
            PlacementRow.opening_id == opening,
            PlacementRow.state == state,
            PlacementRow.sessions == sessions,
            PlacementRow.starts_on.is_(None)
            if starts_on is None
            else PlacementRow.starts_on == starts_on,
            PlacementRow.ends_on.is_(None),
        )
        .order_by(PlacementRow.id)
        .limit(1)
        .with_for_update()
    ).one()
    there[endless] -= 1
    row.ends_on = ends_on
    row.version += 1
    edited(session, row)
    session.flush()
    audit.note(session, into.by, "placement.import", f"placement:{row.id}", after=row.state)
    return True


def _taken(session: Session, opening: OpeningRow, item: Placement) -> str | None:
    """Take the seat and its half-days, also of a paused opening; why not, where it is full."""
    take = (
        update(OpeningRow)
        .where(OpeningRow.id == opening.id, OpeningRow.taken < OpeningRow.seats)
        .values(taken=OpeningRow.taken + 1)
    )
    if changed(session, take) != 1:
        return code_of(RefusalCode.OPENING_FULL)
    try:
        seats.shift(session, opening.id, 0, int(item.sessions))
    except Refusal as refusal:
        return code_of(refusal.code)
    return None


def code_of(refusal: RefusalCode) -> str:
    """A refusal as the code of a fault."""
    return str(refusal).replace("-", "_")


def _hours(problem: Problem, item: Placement) -> int:
    """How many hours a week somebody comes; 0 where nobody knows."""
    person = problem.participant.get(item.participant_id)
    return person.hours_per_week if person else 0


def _row(
    session: Session, into: Sitting, item: Placement, person: UUID | None, opening: OpeningRow
) -> PlacementRow:
    moment, state = moment_of(session), STATE[item.status]
    agreed = None if state is State.OFFERED else moment
    return PlacementRow(
        id=uuid4(),
        organisation_id=into.organisation_id,
        participant_id=person,
        opening_id=opening.id,
        provider_id=opening.provider_id,
        state=str(state),
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        sessions=int(item.sessions),
        offered_until=moment + timedelta(days=into.offer_days) if agreed is None else None,
        provider_yes=agreed,
        participant_yes=agreed,
        version=1,
        created_at=moment,
        updated_at=moment,
    )


def _step(row: PlacementRow) -> PlacementStep:
    return PlacementStep(
        placement_id=row.id,
        at=row.created_at,
        who=IMPORT,
        step=str(STEP[State(row.state)]),
        before=None,
        after=row.state,
    )
