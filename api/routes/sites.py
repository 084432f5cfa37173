"""Sites (arbetsplatser) and their surveys: everybody may look; a manager keeps the own ones.

A survey is never changed: what was found later stands beside it, and the newest answer counts.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response

from api.domain import Fault, Refusal, RefusalCode
from api.doorway import Asking, IfMatch, OnceOnly, Paging, Reading, Writing, etag, links
from api.exchange import a11y
from api.exchange.samples import shown
from api.routes.providers import CHANGES, CREATES, LOCATION, READS
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.plain import Municipality
from api.schemas.sites import SiteChange, SiteIn, SiteOut, site_of, site_out
from api.schemas.surveys import (
    CurrentSurvey,
    SurveyIn,
    SurveyOut,
    current_survey,
    survey_of,
    survey_out,
)
from api.store import audit, providers, sites
from api.store.engine import day_of
from api.store.places import Part
from api.store.sites import SiteFilter

router = APIRouter(tags=["sites"])

SiteId = Annotated[UUID, Path(alias="siteId", description="The site's id")]
SurveyId = Annotated[UUID, Path(alias="surveyId", description="The survey's id")]


def _which(
    municipality: Annotated[Municipality | None, Query(alias="municipalityCode")] = None,
    provider: Annotated[UUID | None, Query(alias="providerId")] = None,
) -> SiteFilter:
    return SiteFilter(municipality_code=municipality, provider_id=provider)


Which = Annotated[SiteFilter, Depends(_which)]


@router.get("/sites", operation_id="listSites", responses=refusals(RefusalCode.NOT_VALID))
def list_sites(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking, unit: Reading, which: Which, window: Paging, request: Request, response: Response
) -> Page[SiteOut]:
    """The sites of a municipality, or of a provider, or all, by code; a manager's own."""
    found, total = sites.page(unit, who, which, Part(window.limit, window.offset))
    response.headers["Link"] = links(request, window, total)
    items = tuple(site_out(one) for one in found)
    return Page[SiteOut](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/sites",
    operation_id="createSite",
    status_code=201,
    response_model=SiteOut,
    responses={201: LOCATION, **CREATES},
)
def create_site(
    who: Asking, unit: Writing, once: OnceOnly, body: Annotated[SiteIn, Body()]
) -> Response:
    """A new site of the own provider."""

    def make() -> tuple[SiteOut, dict[str, str]]:
        provider = providers.own_code(unit, who)
        found = sites.create(unit, site_of(body, body.code, provider))
        audit.note(unit, who, "site.create", f"site:{found.id}")
        place = f"/steget/v1/sites/{found.id}"
        return site_out(found), {"Location": place, "ETag": etag(found.version)}

    return once(make)


@router.get("/sites/{siteId}", operation_id="readSite", responses=READS)
def read_site(who: Asking, unit: Reading, site: SiteId, response: Response) -> SiteOut:
    """A site."""
    found = sites.read(unit, who, site)
    response.headers["ETag"] = etag(found.version)
    return site_out(found)


@router.put("/sites/{siteId}", operation_id="replaceSite", responses=CHANGES)
def replace_site(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Writing,
    site: SiteId,
    version: IfMatch,
    body: Annotated[SiteChange, Body()],
    response: Response,
) -> SiteOut:
    """Change an own site; its code, its provider and its surveys stay."""
    code = sites.own(unit, who, site).code
    provider = providers.own_code(unit, who)
    found = sites.replace(unit, who, site, version, site_of(body, code, provider))
    audit.note(unit, who, "site.replace", f"site:{found.id}", version=found.version)
    response.headers["ETag"] = etag(found.version)
    return site_out(found)


@router.get("/sites/{siteId}/survey", operation_id="readSiteSurvey", responses=READS)
def read_site_survey(who: Asking, unit: Reading, site: SiteId) -> CurrentSurvey:
    """The newest answer to every question about a site, with when and how it was found.

    ``null`` is unknown. An answer whose source does not count any more is shown, but is unknown
    to the matching.
    """
    return current_survey(sites.read(unit, who, site), day_of(unit))


@router.get("/sites/{siteId}/surveys", operation_id="listSurveys", responses=READS)
def list_surveys(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking, unit: Reading, site: SiteId, window: Paging, request: Request, response: Response
) -> Page[SurveyOut]:
    """Every survey of a site as it was made, the newest first."""
    found, total = sites.surveys(unit, who, site, Part(window.limit, window.offset))
    response.headers["Link"] = links(request, window, total)
    items = tuple(survey_out(one) for one in found)
    return Page[SurveyOut](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/sites/{siteId}/surveys",
    operation_id="createSurvey",
    status_code=201,
    response_model=SurveyOut,
    responses={201: LOCATION, **CREATES, **READS},
)
def create_survey(
    who: Asking, unit: Writing, site: SiteId, once: OnceOnly, body: Annotated[SurveyIn, Body()]
) -> Response:
    """A new survey of an own site; it stands beside those that there are."""

    def make() -> tuple[SurveyOut, dict[str, str]]:
        if body.surveyed_on > day_of(unit):
            fault = Fault(pointer="/surveyedOn", code="future", detail="expected: not to come")
            raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))
        found = sites.add_survey(unit, who, site, survey_of(body))
        answers = len(found.survey.answers)
        audit.note(unit, who, "survey.create", f"survey:{found.id}", answers=answers)
        place = f"/steget/v1/sites/{site}/surveys/{found.id}"
        return survey_out(found), {"Location": place}

    return once(make)


@router.get("/sites/{siteId}/surveys/{surveyId}", operation_id="readSurvey", responses=READS)
def read_survey(who: Asking, unit: Reading, site: SiteId, survey: SurveyId) -> SurveyOut:
    """A survey as it was made."""
    return survey_out(sites.survey(unit, who, site, survey))


@router.get(
    "/sites/{siteId}/a11y",
    operation_id="exportSiteAccessibility",
    responses=READS | {200: shown("place_info")[200] | {"description": "An A11yJSON PlaceInfo"}},
)
def export_site_accessibility(who: Asking, unit: Reading, site: SiteId) -> dict[str, Any]:
    """What counts today of a site's survey, as A11yJSON 31.1; what is unknown is left out."""
    return a11y.place_info(sites.read(unit, who, site).site, day_of(unit))
