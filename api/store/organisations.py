"""Organisations (huvudmän), as whoever sets up the service keeps them."""

from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import Refusal, RefusalCode
from api.store.engine import moment_of
from api.store.tables import Organisation, ProviderRow


def create(session: Session, code: str, name: str, municipality_code: str | None) -> UUID:
    """A new organisation, which plans with the usual policy.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``).
    """
    moment, row = moment_of(session), uuid4()
    session.add(
        Organisation(
            id=row,
            code=code,
            name=name,
            municipality_code=municipality_code,
            policy={},
            version=1,
            created_at=moment,
            updated_at=moment,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        raise Refusal(RefusalCode.ALREADY_THERE) from None
    return row


def page(session: Session, limit: int, offset: int) -> tuple[list[Organisation], int]:
    """Some organisations, by code, and how many there are."""
    some = select(Organisation).order_by(Organisation.code).limit(limit).offset(offset)
    total = session.scalar(select(func.count()).select_from(Organisation)) or 0
    return list(session.scalars(some)), total


def by_code(session: Session, code: str) -> UUID | None:
    """The id of the organisation with a code."""
    return session.scalar(select(Organisation.id).where(Organisation.code == code))


def provider_by_code(session: Session, code: str) -> UUID | None:
    """The id of the provider with a code."""
    return session.scalar(select(ProviderRow.id).where(ProviderRow.code == code))
