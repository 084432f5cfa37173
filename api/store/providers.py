"""Providers (anordnare): list, read, and the own one changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store.editing import PLACES, edited, turned, version_held
from api.store.places import (
    Part,
    fill_provider,
    keep_provider,
    named,
    part_of,
    provider_of,
    seen,
)
from api.store.tables import ProviderRow
from matcher.domain import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFound:
    """A provider as it stands, with its number here and its version."""

    id: UUID
    version: int
    updated_at: datetime
    provider: Provider


def page(session: Session, who: Principal, part: Part) -> tuple[list[ProviderFound], int]:
    """Some of the providers that somebody sees, by code, and how many these are."""
    found = seen(select(ProviderRow).order_by(ProviderRow.code), who, ProviderRow.id)
    rows, total = part_of(session, found, part)
    return [_found(row) for row in rows], total


def read(session: Session, who: Principal, provider: UUID) -> ProviderFound:
    """A provider.

    Raises:
        Refusal: there is none with that id that somebody sees (``NOT_FOUND``).
    """
    found = select(ProviderRow).where(ProviderRow.id == provider)
    row = session.scalar(seen(found, who, ProviderRow.id))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return _found(row)


def some(session: Session, ids: Sequence[UUID]) -> dict[UUID, ProviderFound]:
    """Some providers, by id."""
    rows = session.scalars(select(ProviderRow).where(ProviderRow.id.in_(ids)))
    return {row.id: _found(row) for row in rows}


def own_code(session: Session, who: Principal) -> str:
    """The code of the provider that a manager keeps.

    Raises:
        Refusal: somebody keeps none (``NOT_FOUND``).
    """
    found = session.scalar(select(ProviderRow.code).where(ProviderRow.id == who.provider_id))
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def create(session: Session, provider: Provider) -> ProviderFound:
    """Keep a new provider.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``).
    """
    with named(session):
        row = keep_provider(session, provider)
    return _found(row)


def replace(
    session: Session, who: Principal, provider: UUID, version: int, new: Provider
) -> ProviderFound:
    """Change the own provider, which nobody changed since.

    Raises:
        Refusal: it is another's, or none (``NOT_FOUND``); or somebody changed it
            (``PRECONDITION_FAILED``).
    """
    row = session.get(ProviderRow, provider)
    if row is None or row.id != who.provider_id:
        raise Refusal(RefusalCode.NOT_FOUND)
    version_held(session, row, version)
    fill_provider(row, new)
    edited(session, row)
    turned(session, PLACES)
    return _found(row)


def _found(row: ProviderRow) -> ProviderFound:
    return ProviderFound(
        id=row.id, version=row.version, updated_at=row.updated_at, provider=provider_of(row)
    )
