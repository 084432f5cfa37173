"""Profiles (yrkesprofiler) of participants: sealed at rest, opened here and nowhere else.

The code of providers and analysts never imports this module: a contract of the imports says so.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode, Role
from api.store.editing import edited, version_held
from api.store.engine import moment_of, store_of
from api.store.tables import ParticipantRow, Reader
from matcher.domain import Participant

COLUMN = "participant.profile"
PROFILE = TypeAdapter(Participant)


def profile_of(session: Session, row: ParticipantRow) -> Participant:
    """Open a participant's profile."""
    content = store_of(session).keyring.open(row.profile, COLUMN, row.id)
    return PROFILE.validate_json(content)


def seal(session: Session, profile: Participant, row: UUID) -> bytes:
    """Seal a profile for the row with that id."""
    return store_of(session).keyring.seal(PROFILE.dump_json(profile), COLUMN, row)


def mine(session: Session, who: Principal, participant: UUID) -> ParticipantRow:
    """A participant that is shared with somebody.

    Raises:
        Refusal: there is none with that id that this supervisor may see (``NOT_FOUND``).
    """
    found = session.scalar(
        select(ParticipantRow)
        .join(Reader, Reader.participant_id == ParticipantRow.id)
        .where(
            ParticipantRow.id == participant,
            ParticipantRow.organisation_id == who.organisation_id,
            Reader.user_id == who.user_id,
        )
    )
    if found is None or who.role is not Role.SUPERVISOR:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def shared_with(session: Session, who: Principal) -> Iterator[ParticipantRow]:
    """Everybody shared with a supervisor, by pseudonym."""
    yield from session.scalars(
        select(ParticipantRow)
        .join(Reader, Reader.participant_id == ParticipantRow.id)
        .where(
            Reader.user_id == who.user_id, ParticipantRow.organisation_id == who.organisation_id
        )
        .order_by(ParticipantRow.code)
    )


def everybody(
    session: Session, organisation: UUID
) -> Iterator[tuple[ParticipantRow, Participant]]:
    """Everybody of an organisation who looks, opened: for plans, which a worker makes."""
    rows = session.scalars(
        select(ParticipantRow)
        .where(ParticipantRow.organisation_id == organisation, ParticipantRow.closed_at.is_(None))
        .order_by(ParticipantRow.code)
    )
    for row in rows:
        yield row, profile_of(session, row)


def create(
    session: Session, organisation: UUID, profile: Participant, readers: Iterable[UUID]
) -> ParticipantRow:
    """Keep a new participant, shared with some.

    Raises:
        Refusal: the organisation has one with that pseudonym (``ALREADY_THERE``).
    """
    taken = session.scalar(
        select(ParticipantRow.id).where(
            ParticipantRow.organisation_id == organisation,
            ParticipantRow.code == profile.participant_id,
        )
    )
    if taken is not None:
        raise Refusal(RefusalCode.ALREADY_THERE)
    moment = moment_of(session)
    row = ParticipantRow(
        id=uuid4(),
        organisation_id=organisation,
        code=str(profile.participant_id),
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    _fill(session, row, profile)
    session.add(row)
    session.flush()
    session.add_all(Reader(participant_id=row.id, user_id=reader) for reader in readers)
    session.flush()
    return row


def replace(session: Session, row: ParticipantRow, profile: Participant, version: int) -> None:
    """Change a profile that nobody changed since.

    Raises:
        Refusal: somebody did (``PRECONDITION_FAILED``).
    """
    version_held(session, row, version)
    _fill(session, row, profile)
    edited(session, row)


def _fill(session: Session, row: ParticipantRow, profile: Participant) -> None:
    row.gender = str(profile.gender)
    row.birth_year = profile.birth_year
    row.municipality_code = profile.municipality_code
    row.association = profile.association
    row.protected_identity = profile.protected_identity
    row.profile = seal(session, profile, row.id)
