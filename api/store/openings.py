"""Openings (arbetsträningsplatser): list by what is looked for, read, and the own ones changed.

Seats and half-days are changed as capacity alone (``api.store.capacity``), which knows what
placements hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store.editing import PLACES, edited, turned, version_held
from api.store.engine import moment_of
from api.store.places import (
    confirmed_on,
    fill_opening,
    keep_opening,
    named,
    opening_of,
    sites_of,
    total,
)
from api.store.tables import HalfDayRow, OpeningRow, SiteRow
from matcher.domain import Opening, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDayFound:
    """A half-day (0 is Monday morning) of an opening, with its seats."""

    session: int
    seats: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFound:
    """An opening as it stands, with what it has free, where it is, and when it was confirmed.

    ``opening`` says what is offered; seats, half-days and status are those beside it.
    """

    id: UUID
    version: int
    updated_at: datetime
    site_id: UUID
    provider_id: UUID
    opening: Opening
    site: Site
    status: str
    seats: int
    session_seats: int
    taken: int
    half_days: tuple[HalfDayFound, ...]
    confirmed_on: date | None
    confirmed_at: datetime | None
    confirmed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFilter:
    """Which openings; None is all. ``free_seats`` is the fewest that are free."""

    occupation_groups: frozenset[str] | None = None
    municipality_code: str | None = None
    provider_id: UUID | None = None
    status: str | None = None
    free_seats: int | None = None


def page(
    session: Session, which: OpeningFilter, limit: int, offset: int
) -> tuple[Sequence[OpeningFound], int]:
    """Some openings, by code, and how many there are."""
    found = _chosen(which)
    rows = list(session.scalars(found.limit(limit).offset(offset)))
    return _found(session, rows), total(session, found)


def read(session: Session, opening: UUID) -> OpeningFound:
    """An opening.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    row = session.get(OpeningRow, opening)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return _found(session, [row])[0]


def create(session: Session, who: Principal, opening: Opening) -> OpeningFound:
    """Keep a new opening of a site that is there; who makes it says what is free.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``).
    """
    with named(session):
        row = keep_opening(session, opening)
    row.confirmed_at, row.confirmed_by = moment_of(session), who.key
    session.flush()
    return _found(session, [row])[0]


def own(session: Session, who: Principal, opening: UUID) -> Opening:
    """An opening of the own provider, as it was said.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    return opening_of(_own(session, who, opening))


def replace(
    session: Session, who: Principal, opening: UUID, version: int, new: Opening
) -> OpeningFound:
    """Change an own opening, which nobody changed since; its capacity stays.

    Raises:
        Refusal: it is another's, or none (``NOT_FOUND``); or somebody changed it
            (``PRECONDITION_FAILED``).
    """
    row = _own(session, who, opening)
    version_held(session, row, version)
    fill_opening(row, new)
    edited(session, row)
    turned(session, PLACES)
    return _found(session, [row])[0]


def _own(session: Session, who: Principal, opening: UUID) -> OpeningRow:
    found = session.scalar(
        select(OpeningRow).where(
            OpeningRow.id == opening, OpeningRow.provider_id == who.provider_id
        )
    )
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def _chosen(which: OpeningFilter) -> Select[tuple[OpeningRow]]:
    found = select(OpeningRow).order_by(OpeningRow.code)
    if which.occupation_groups is not None:
        found = found.where(OpeningRow.occupation_group.in_(sorted(which.occupation_groups)))
    if which.municipality_code is not None:
        found = found.join(SiteRow, SiteRow.id == OpeningRow.site_id).where(
            SiteRow.municipality_code == which.municipality_code
        )
    if which.provider_id is not None:
        found = found.where(OpeningRow.provider_id == which.provider_id)
    if which.status is not None:
        found = found.where(OpeningRow.status == which.status)
    if which.free_seats is not None:
        found = found.where(OpeningRow.seats - OpeningRow.taken >= which.free_seats)
    return found


def _found(session: Session, rows: Sequence[OpeningRow]) -> list[OpeningFound]:
    ids = [row.id for row in rows]
    half_days: dict[UUID, list[HalfDayFound]] = {}
    for day in session.scalars(
        select(HalfDayRow).where(HalfDayRow.opening_id.in_(ids)).order_by(HalfDayRow.session)
    ):
        one = HalfDayFound(session=day.session, seats=day.seats, taken=day.taken)
        half_days.setdefault(day.opening_id, []).append(one)
    here = {row.site_id for row in rows}
    sites = sites_of(session, session.scalars(select(SiteRow).where(SiteRow.id.in_(here))))
    return [
        OpeningFound(
            id=row.id,
            version=row.version,
            updated_at=row.updated_at,
            site_id=row.site_id,
            provider_id=row.provider_id,
            opening=opening_of(row),
            site=sites[row.site_id],
            status=row.status,
            seats=row.seats,
            session_seats=row.session_seats,
            taken=row.taken,
            half_days=tuple(half_days.get(row.id, ())),
            confirmed_on=confirmed_on(row),
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by,
        )
        for row in rows
    ]
