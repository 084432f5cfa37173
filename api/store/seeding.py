"""Filling an empty store: users, and the places of a whole problem at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from api.domain import Role
from api.store import places
from api.store.engine import SWEDEN, moment_of
from api.store.tables import Edited, ProviderRow, User
from matcher.domain import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who logs in with a password."""

    login: str
    name: str
    role: Role
    password_hash: str
    organisation_id: UUID | None = None
    provider_id: UUID | None = None


def anybody(session: Session) -> bool:
    """Whether there is a user, or a provider, already."""
    return bool(session.scalar(select(exists().where(User.id.is_not(None))))) or bool(
        session.scalar(select(exists().where(ProviderRow.id.is_not(None))))
    )


def keep_user(session: Session, new: NewUser) -> UUID:
    """Keep a new user; written with the unit of work, or with whatever needs them before."""
    moment, row = moment_of(session), uuid4()
    session.add(
        User(
            id=row,
            login=new.login,
            name=new.name,
            role=str(new.role),
            organisation_id=new.organisation_id,
            provider_id=new.provider_id,
            password_hash=new.password_hash,
            version=1,
            created_at=moment,
            updated_at=moment,
        )
    )
    return row


def keep_places(session: Session, problem: Problem) -> None:
    """Keep every provider, site, survey and opening of a problem.

    A site has been there since its first survey, an opening since it was confirmed, or since
    somebody began there: the first day that the problem speaks of, or today.
    """
    for provider in problem.providers:
        places.keep_provider(session, provider)
    session.flush()
    for site in problem.sites:
        days = [one.surveyed_on for one in site.surveys]
        _dated(session, places.keep_site(session, site), days)
    begun = defaultdict(list)
    for one in problem.placements:
        begun[one.opening_id].append(one.starts_on)
    for opening in problem.openings:
        days = [opening.updated_at, *begun[opening.opening_id]]
        _dated(session, places.keep_opening(session, opening), days)
    session.flush()


def _dated(session: Session, row: Edited, days: Iterable[date | None]) -> None:
    """Say since when something is here: since the first of some days, unless that is to come."""
    known = [datetime.combine(day, time(), SWEDEN) for day in days if day is not None]
    row.created_at = min([*known, moment_of(session)])


def provider_id(session: Session, code: str) -> UUID:
    """The number of a provider."""
    return session.scalars(select(ProviderRow.id).where(ProviderRow.code == code)).one()
