"""Sites (arbetsplatser) and their surveys: list, read, change the own ones, add surveys."""

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
    fill_site,
    keep_site,
    keep_survey,
    named,
    part_of,
    seen,
    sites_of,
    survey_of,
)
from api.store.tables import SiteRow, SurveyRow
from matcher.domain import Site, Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFound:
    """A site as it stands, with all its surveys, its number here and its version."""

    id: UUID
    version: int
    updated_at: datetime
    provider_id: UUID
    site: Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFound:
    """A survey as it was made."""

    id: UUID
    created_at: datetime
    survey: Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFilter:
    """Which sites; None is all."""

    municipality_code: str | None = None
    provider_id: UUID | None = None


def page(
    session: Session, who: Principal, which: SiteFilter, part: Part
) -> tuple[list[SiteFound], int]:
    """Some of the sites that somebody sees, by code, and how many these are."""
    found = seen(select(SiteRow).order_by(SiteRow.code), who, SiteRow.provider_id)
    if which.municipality_code is not None:
        found = found.where(SiteRow.municipality_code == which.municipality_code)
    if which.provider_id is not None:
        found = found.where(SiteRow.provider_id == which.provider_id)
    rows, total = part_of(session, found, part)
    return _found(session, rows), total


def read(session: Session, who: Principal, site: UUID) -> SiteFound:
    """A site.

    Raises:
        Refusal: there is none with that id that somebody sees (``NOT_FOUND``).
    """
    return _found(session, [_seen(session, who, site)])[0]


def some(session: Session, ids: Sequence[UUID]) -> dict[UUID, SiteFound]:
    """Some sites, by id."""
    rows = list(session.scalars(select(SiteRow).where(SiteRow.id.in_(ids))))
    return {found.id: found for found in _found(session, rows)}


def of_providers(session: Session, ids: Sequence[UUID]) -> Sequence[SiteFound]:
    """The sites of some providers, by code."""
    found = select(SiteRow).where(SiteRow.provider_id.in_(ids)).order_by(SiteRow.code)
    return _found(session, list(session.scalars(found)))


def create(session: Session, site: Site) -> SiteFound:
    """Keep a new site of a provider that is there.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``).
    """
    with named(session):
        row = keep_site(session, site)
    return _found(session, [row])[0]


def replace(session: Session, who: Principal, site: UUID, version: int, new: Site) -> SiteFound:
    """Change an own site, which nobody changed since.

    Raises:
        Refusal: it is another's, or none (``NOT_FOUND``); or somebody changed it
            (``PRECONDITION_FAILED``).
    """
    row = own(session, who, site)
    version_held(session, row, version)
    fill_site(row, new)
    edited(session, row)
    turned(session, PLACES)
    return _found(session, [row])[0]


def own(session: Session, who: Principal, site: UUID) -> SiteRow:
    """A site of the own provider.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    found = session.scalar(
        select(SiteRow).where(SiteRow.id == site, SiteRow.provider_id == who.provider_id)
    )
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def add_survey(session: Session, who: Principal, site: UUID, survey: Survey) -> SurveyFound:
    """Keep a survey of an own site beside those that there are.

    Raises:
        Refusal: the site is another's, or none (``NOT_FOUND``).
    """
    return _survey(keep_survey(session, own(session, who, site).id, survey, who.user_id))


def surveys(
    session: Session, who: Principal, site: UUID, part: Part
) -> tuple[list[SurveyFound], int]:
    """Some surveys of a site, the newest first, and how many there are.

    Raises:
        Refusal: there is no site with that id that somebody sees (``NOT_FOUND``).
    """
    found = (
        select(SurveyRow)
        .where(SurveyRow.site_id == _seen(session, who, site).id)
        .order_by(
            SurveyRow.surveyed_on.desc().nulls_last(), SurveyRow.created_at.desc(), SurveyRow.id
        )
    )
    rows, total = part_of(session, found, part)
    return [_survey(row) for row in rows], total


def survey(session: Session, who: Principal, site: UUID, one: UUID) -> SurveyFound:
    """A survey of a site.

    Raises:
        Refusal: there is none with that id that somebody sees (``NOT_FOUND``).
    """
    row = session.get(SurveyRow, one)
    if row is None or row.site_id != _seen(session, who, site).id:
        raise Refusal(RefusalCode.NOT_FOUND)
    return _survey(row)


def _seen(session: Session, who: Principal, site: UUID) -> SiteRow:
    found = select(SiteRow).where(SiteRow.id == site)
    row = session.scalar(seen(found, who, SiteRow.provider_id))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return row


def _survey(row: SurveyRow) -> SurveyFound:
    return SurveyFound(id=row.id, created_at=row.created_at, survey=survey_of(row))


def _found(session: Session, rows: Sequence[SiteRow]) -> list[SiteFound]:
    values = sites_of(session, rows)
    return [
        SiteFound(
            id=row.id,
            version=row.version,
            updated_at=row.updated_at,
            provider_id=row.provider_id,
            site=values[row.id],
        )
        for row in rows
    ]
