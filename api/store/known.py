"""What things are called: on the wire by random numbers, in the engine by codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.domain import HOLDING, Principal, Role
from api.store.tables import (
    OpeningRow,
    ParticipantRow,
    PlacementRow,
    ProviderRow,
    Reader,
    SiteRow,
)
from matcher.domain import OpeningId, ParticipantId, ProviderId, SiteId


@dataclass(frozen=True, eq=False, kw_only=True)
class Names:
    """Providers, sites and openings by code."""

    providers: Mapping[ProviderId, UUID]
    sites: Mapping[SiteId, UUID]
    openings: Mapping[OpeningId, UUID]


def places(session: Session) -> Names:
    """What every provider, site and opening is called."""
    providers = session.execute(select(ProviderRow.code, ProviderRow.id))
    sites = session.execute(select(SiteRow.code, SiteRow.id))
    openings = session.execute(select(OpeningRow.code, OpeningRow.id))
    return Names(
        providers={ProviderId(code): row for code, row in providers},
        sites={SiteId(code): row for code, row in sites},
        openings={OpeningId(code): row for code, row in openings},
    )


def titles(session: Session, openings: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """What openings and their sites are called, for people."""
    found = (
        select(OpeningRow.id, OpeningRow.title, SiteRow.name)
        .join(SiteRow, SiteRow.id == OpeningRow.site_id)
        .where(OpeningRow.id.in_(tuple(openings)))
    )
    return {row: (title, site) for row, title, site in session.execute(found)}


def holders(session: Session) -> tuple[UUID, ...]:
    """Every participant who holds a seat, of whatever organisation."""
    found = select(PlacementRow.participant_id).where(
        PlacementRow.state.in_([str(state) for state in HOLDING])
    )
    return tuple(row for row in session.scalars(found) if row is not None)


def visible(session: Session, who: Principal) -> dict[ParticipantId, UUID]:
    """Those who look and of whom somebody may know, by pseudonym.

    To a supervisor those who are shared with them; to a coordinator all of the organisation.
    """
    found = select(ParticipantRow.code, ParticipantRow.id).where(
        ParticipantRow.organisation_id == who.organisation_id, ParticipantRow.closed_at.is_(None)
    )
    if who.role is not Role.COORDINATOR:
        found = found.join(Reader, Reader.participant_id == ParticipantRow.id).where(
            Reader.user_id == who.user_id
        )
    return {ParticipantId(code): row for code, row in session.execute(found)}


def state_of_people(session: Session, organisation: UUID) -> tuple[object, ...]:
    """What is another whenever somebody of an organisation comes, goes or changes.

    The versions count what the moments miss: of two units, the one that began first may end last.
    """
    found = select(
        func.count(), func.max(ParticipantRow.updated_at), func.sum(ParticipantRow.version)
    ).where(ParticipantRow.organisation_id == organisation)
    return tuple(session.execute(found).one())
