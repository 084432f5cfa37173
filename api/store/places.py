"""Providers, sites, surveys and openings: rows made of the domain's values, and back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.editing import PLACES, turned
from api.store.engine import moment_of
from api.store.tables import Document, HalfDayRow, OpeningRow, ProviderRow, SiteRow, SurveyRow
from matcher.domain import SESSIONS, Opening, Provider, Site, Survey

_PROVIDER, _SITE, _OPENING = TypeAdapter(Provider), TypeAdapter(Site), TypeAdapter(Opening)


def keep_provider(session: Session, provider: Provider) -> ProviderRow:
    """Keep a new provider."""
    moment = moment_of(session)
    row = ProviderRow(
        id=uuid4(),
        code=str(provider.provider_id),
        name=provider.name,
        kind=str(provider.kind),
        document=_document(_PROVIDER, provider),
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    turned(session, PLACES)
    return row


def keep_site(session: Session, site: Site) -> SiteRow:
    """Keep a new site of a provider that is there, with its surveys."""
    moment = moment_of(session)
    row = SiteRow(
        id=uuid4(),
        code=str(site.site_id),
        provider_id=_id_of(session, ProviderRow, str(site.provider_id)),
        name=site.name,
        municipality_code=site.municipality_code,
        document=_document(_SITE, replace(site, surveys=())),
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    session.flush()
    for survey in site.surveys:
        keep_survey(session, row.id, survey)
    turned(session, PLACES)
    return row


def keep_survey(
    session: Session, site: UUID, survey: Survey, user: UUID | None = None
) -> SurveyRow:
    """Keep a survey beside those that there are."""
    row = SurveyRow(
        id=uuid4(),
        site_id=site,
        surveyed_on=survey.surveyed_on,
        method=None if survey.method is None else str(survey.method),
        answers=dict(survey.answers),
        created_at=moment_of(session),
        user_id=user,
    )
    session.add(row)
    session.flush()
    turned(session, PLACES)
    return row


def keep_opening(session: Session, opening: Opening) -> OpeningRow:
    """Keep a new opening of a site that is there; nobody holds a seat of it yet."""
    moment = moment_of(session)
    site = session.scalars(select(SiteRow).where(SiteRow.code == str(opening.site_id))).one()
    per_half_day = opening.seats if opening.session_seats is None else opening.session_seats
    row = OpeningRow(
        id=uuid4(),
        code=str(opening.opening_id),
        site_id=site.id,
        provider_id=site.provider_id,
        title=opening.title,
        occupation_group=opening.occupation_group,
        seats=opening.seats,
        session_seats=per_half_day,
        sessions=int(opening.sessions),
        status=str(opening.status),
        taken=0,
        document=_document(_OPENING, opening),
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    session.flush()
    session.add_all(
        HalfDayRow(opening_id=row.id, session=at, seats=per_half_day, taken=0)
        for at in range(len(SESSIONS))
        if opening.sessions >> at & 1
    )
    session.flush()
    turned(session, PLACES)
    return row


def provider_of(row: ProviderRow) -> Provider:
    """The domain's value of a row."""
    return _PROVIDER.validate_python(row.document)


def opening_of(row: OpeningRow) -> Opening:
    """The domain's value of a row."""
    return _OPENING.validate_python(row.document)


def sites(session: Session) -> Iterator[tuple[SiteRow, Site]]:
    """Every site with its surveys, by code."""
    surveys: dict[UUID, list[Survey]] = {}
    for row in session.scalars(select(SurveyRow).order_by(SurveyRow.created_at, SurveyRow.id)):
        surveys.setdefault(row.site_id, []).append(survey_of(row))
    for site in session.scalars(select(SiteRow).order_by(SiteRow.code)):
        plain = _SITE.validate_python(site.document)
        yield site, replace(plain, surveys=tuple(surveys.get(site.id, ())))


def survey_of(row: SurveyRow) -> Survey:
    """The domain's value of a row."""
    return TypeAdapter(Survey).validate_python(
        {"surveyed_on": row.surveyed_on, "method": row.method, "answers": row.answers}
    )


def _document(adapter: TypeAdapter[Any], value: object) -> Document:
    """A value as JSON; mappings that may not be changed are written like others."""
    found: Document = adapter.dump_python(value, mode="json", fallback=dict, warnings=False)
    return found


def _id_of(session: Session, table: type[ProviderRow], code: str) -> UUID:
    return session.scalars(select(table.id).where(table.code == code)).one()
