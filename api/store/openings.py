"""Openings (arbetsträningsplatser): list by what is looked for, read, and the own ones changed.

Seats and half-days are changed as capacity alone (``api.store.capacity``), which knows what
placements hold.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store import capacity
from api.store.editing import PLACES, edited, turned, version_held
from api.store.engine import moment_of
from api.store.places import (
    Part,
    fill_opening,
    keep_opening,
    named,
    opening_of,
    part_of,
    seen,
    sites_of,
)
from api.store.supply import opening_now
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
    """An opening as it stands, with what it has free, where it is, and how fresh that is.

    ``confirmed_at`` is when somebody last said here that the capacity is right; ``stale`` says
    that it is too long ago.
    """

    id: UUID
    version: int
    updated_at: datetime
    site_id: UUID
    provider_id: UUID
    opening: Opening
    site: Site
    session_seats: int
    taken: int
    half_days: tuple[HalfDayFound, ...]
    confirmed_at: datetime | None
    by_link: bool
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFilter:
    """Which openings; None is all. ``free_seats`` is the fewest that are free."""

    occupation_groups: frozenset[str] | None = None
    municipality_code: str | None = None
    provider_id: UUID | None = None
    status: str | None = None
    free_seats: int | None = None


def page(
    session: Session, who: Principal, which: OpeningFilter, part: Part, confirm_days: int
) -> tuple[list[OpeningFound], int]:
    """Some of the openings that somebody sees, by code, and how many these are."""
    found = seen(_chosen(which), who, OpeningRow.provider_id)
    rows, total = part_of(session, found, part)
    return _found(session, rows, confirm_days), total


def read(session: Session, who: Principal, opening: UUID, confirm_days: int) -> OpeningFound:
    """An opening; ``stale`` after so many days without a confirmation.

    Raises:
        Refusal: there is none with that id that somebody sees (``NOT_FOUND``).
    """
    found = select(OpeningRow).where(OpeningRow.id == opening)
    row = session.scalar(seen(found, who, OpeningRow.provider_id))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return _found(session, [row], confirm_days)[0]


def create(session: Session, who: Principal, opening: Opening) -> UUID:
    """Keep a new opening of a site that is there; who makes it says what is free.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``).
    """
    with named(session):
        row = keep_opening(session, opening)
    row.confirmed_at, row.confirmed_by = moment_of(session), who.key
    session.flush()
    return row.id


def replace(
    session: Session, who: Principal, opening: UUID, version: int, terms: Mapping[str, Any]
) -> None:
    """Change an own opening, which nobody changed since; its capacity stays.

    Args:
        session: a writing unit of work.
        who: a manager of its provider.
        opening: which.
        version: the one that was seen.
        terms: what changes, by the names of the domain's Opening.

    Raises:
        Refusal: it is another's, or none (``NOT_FOUND``); or somebody changed it
            (``PRECONDITION_FAILED``).
    """
    row = _own(session, who, opening)
    version_held(session, row, version)
    fill_opening(row, dataclasses.replace(opening_of(row), **terms))
    edited(session, row)
    turned(session, PLACES)


def _own(session: Session, who: Principal, opening: UUID) -> OpeningRow:
    found = session.scalar(
        select(OpeningRow).where(
            OpeningRow.id == opening, OpeningRow.provider_id == who.provider_id
        )
    )
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def _chosen(which: OpeningFilter) -> Select[OpeningRow]:
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


def _found(session: Session, rows: Sequence[OpeningRow], confirm_days: int) -> list[OpeningFound]:
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
            opening=opening_now(row),
            site=sites[row.site_id],
            session_seats=row.session_seats,
            taken=row.taken,
            half_days=tuple(half_days.get(row.id, ())),
            confirmed_at=row.confirmed_at,
            by_link=row.confirmed_by == capacity.BY_LINK,
            stale=capacity.stale(row, moment_of(session), confirm_days),
        )
        for row in rows
    ]
