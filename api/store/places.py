"""Providers, sites, surveys and openings: rows made of the domain's values, and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.domain import Principal, Refusal, RefusalCode, Role
from api.store.editing import PLACES, turned
from api.store.engine import moment_of
from api.store.tables import (
    Document,
    HalfDayRow,
    OpeningRow,
    ProviderRow,
    SiteRow,
    SurveyRow,
    Table,
)
from matcher.domain import SESSIONS, Opening, Provider, Site, Survey, SurveyMethod

Row = TypeVar("Row", bound=Table)

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


def fill_provider(row: ProviderRow, provider: Provider) -> None:
    """Write another value into a row; its code stays."""
    row.name, row.kind = provider.name, str(provider.kind)
    row.document = _document(_PROVIDER, provider)


def fill_site(row: SiteRow, site: Site) -> None:
    """Write another value into a row; its code, provider and surveys stay."""
    row.name, row.municipality_code = site.name, site.municipality_code
    row.document = _document(_SITE, replace(site, surveys=()))


def fill_opening(row: OpeningRow, opening: Opening) -> None:
    """Write another value into a row; its code, site and capacity stay."""
    row.title, row.occupation_group = opening.title, opening.occupation_group
    row.document = _document(_OPENING, opening)


def provider_of(row: ProviderRow) -> Provider:
    """The domain's value of a row."""
    return _PROVIDER.validate_python(row.document)


def opening_of(row: OpeningRow) -> Opening:
    """The domain's value of a row."""
    plain = _OPENING.validate_python(row.document)
    return replace(plain, work=MappingProxyType(dict(row.document["work"])))  # 5 kg, not 5.0


def sites(session: Session) -> Iterator[tuple[SiteRow, Site]]:
    """Every site with its surveys, by code."""
    rows = list(session.scalars(select(SiteRow).order_by(SiteRow.code)))
    surveyed = _surveys(session, select(SurveyRow))
    for row in rows:
        yield row, _site_of(row, surveyed)


def sites_of(session: Session, rows: Iterable[SiteRow]) -> dict[UUID, Site]:
    """Some sites with their surveys, by id."""
    chosen = {row.id: row for row in rows}
    surveyed = _surveys(session, select(SurveyRow).where(SurveyRow.site_id.in_(chosen)))
    return {row.id: _site_of(row, surveyed) for row in chosen.values()}


def _site_of(row: SiteRow, surveyed: Mapping[UUID, list[Survey]]) -> Site:
    plain = _SITE.validate_python(row.document)
    return replace(plain, surveys=tuple(surveyed.get(row.id, ())))


def _surveys(session: Session, which: Select[SurveyRow]) -> dict[UUID, list[Survey]]:
    surveys: dict[UUID, list[Survey]] = {}
    for row in session.scalars(which.order_by(SurveyRow.created_at, SurveyRow.id)):
        surveys.setdefault(row.site_id, []).append(survey_of(row))
    return surveys


def survey_of(row: SurveyRow) -> Survey:
    """The domain's value of a row."""
    return Survey(
        surveyed_on=row.surveyed_on,
        method=None if row.method is None else SurveyMethod(row.method),
        answers=MappingProxyType(dict(row.answers)),
    )


@contextmanager
def named(session: Session) -> Iterator[None]:
    """Keep something new under a code of its own; the database says whether it is.

    Raises:
        Refusal: there is one with that code (``ALREADY_THERE``); the unit of work is lost.
    """
    try:
        yield
        session.flush()
    except IntegrityError:
        raise Refusal(RefusalCode.ALREADY_THERE) from None


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows of a list: ``limit`` of them from ``offset`` on."""

    limit: int
    offset: int


def part_of(session: Session, found: Select[Row], part: Part) -> tuple[Sequence[Row], int]:
    """Some rows of what a query finds, and how many it finds in all."""
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    rows = session.scalars(found.limit(part.limit).offset(part.offset)).all()
    return rows, session.scalar(counted) or 0


def seen(found: Select[Row], who: Principal, provider: InstrumentedAttribute[UUID]) -> Select[Row]:
    """What somebody may see of what a query finds: a manager the own provider's, others all."""
    if who.role is Role.PROVIDER_MANAGER:
        return found.where(provider == who.provider_id)
    return found


def provider_document(provider: Provider) -> Document:
    """What a row keeps of a provider."""
    return _document(_PROVIDER, provider)


def site_document(site: Site) -> Document:
    """What a row keeps of a site: everything but its surveys."""
    return _document(_SITE, replace(site, surveys=()))


def opening_document(opening: Opening) -> Document:
    """What a row keeps of an opening."""
    return _document(_OPENING, opening)


def _document(adapter: TypeAdapter[Any], value: object) -> Document:
    """A value as JSON; mappings that may not be changed are written like others."""
    found: Document = adapter.dump_python(value, mode="json", fallback=dict, warnings=False)
    return found


def _id_of(session: Session, table: type[ProviderRow], code: str) -> UUID:
    return session.scalars(select(table.id).where(table.code == code)).one()
