"""Profiles (yrkesprofiler) of participants: sealed at rest, opened here and nowhere else.

The code of providers and analysts never imports this module: a contract of the imports says so.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode, Role
from api.store.editing import edited, version_held
from api.store.engine import changed, moment_of, store_of
from api.store.tables import ParticipantRow, Reader
from matcher.domain import Participant

COLUMN = "participant.profile"
PROFILE = TypeAdapter(Participant)
UNMET_DAYS = 90
"""For so long a profile that is not changed leaves no other record of unmet demand."""


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
    try:
        session.flush()
    except IntegrityError:  # of the unique constraint: two at once cannot both be first
        raise Refusal(RefusalCode.ALREADY_THERE) from None
    session.add_all(Reader(participant_id=row.id, user_id=reader) for reader in readers)
    session.flush()
    return row


def keep_all(
    session: Session, organisation: UUID, people: Iterable[tuple[Participant, Iterable[UUID]]]
) -> list[UUID]:
    """Keep many new participants at once, each shared with some; their pseudonyms are free."""
    moment = moment_of(session)
    rows: list[UUID] = []
    readers: list[Reader] = []
    for profile, shared in people:
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
        rows.append(row.id)
        readers += [Reader(participant_id=row.id, user_id=reader) for reader in shared]
    session.flush()
    session.add_all(readers)
    session.flush()
    return rows


def replace(
    session: Session,
    row: ParticipantRow,
    profile: Participant,
    version: int,
    *,
    closed: bool = False,
) -> None:
    """Change a profile that nobody changed since; the pseudonym stays.

    ``closed``: they look for no place any more.

    Raises:
        Refusal: somebody did (``PRECONDITION_FAILED``).
    """
    version_held(session, row, version)
    row.unmet_on = None
    row.closed_at = (row.closed_at or moment_of(session)) if closed else None
    _fill(session, row, profile)
    edited(session, row)


def first_unmet(session: Session, participant: UUID) -> bool:
    """Whether unmet demand is to be noted of a profile now: once in a while, not each time.

    Noted is that it was, so that a second one who asks at the same moment does not count it again.
    """
    day = moment_of(session).date()
    noted = (
        update(ParticipantRow)
        .where(
            ParticipantRow.id == participant,
            or_(
                ParticipantRow.unmet_on.is_(None),
                ParticipantRow.unmet_on < day - timedelta(days=UNMET_DAYS),
            ),
        )
        .values(unmet_on=day)
    )
    return changed(session, noted) == 1


def _fill(session: Session, row: ParticipantRow, profile: Participant) -> None:
    row.gender = str(profile.gender)
    row.birth_year = profile.birth_year
    row.municipality_code = profile.municipality_code
    row.association = profile.association
    row.protected_identity = profile.protected_identity
    row.profile = seal(session, profile, row.id)
