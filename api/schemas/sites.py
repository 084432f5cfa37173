"""Sites (arbetsplatser) on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.schemas.plain import Code, Municipality, Name
from api.schemas.wire import Wire
from api.store.sites import SiteFound
from matcher.domain import LATITUDE, LONGITUDE, ProviderId, Site, SiteId

_EXAMPLE: JsonDict = {
    "name": "Kaféet vid torget",
    "municipalityCode": "0180",
    "latitude": 59.3293,
    "longitude": 18.0686,
}
_OUT: JsonDict = {
    "id": "0e0f7f3c-6f0a-4a53-9c3b-6a1f7f0a9b11",
    "code": "kastanjen-1",
    "providerId": "9b2f8f8c-3f4d-4b52-9d64-6f0c2c1a7e55",
    **_EXAMPLE,
    "surveys": 1,
    "lastSurveyedOn": "2026-05-04",
    "updatedAt": "2026-11-20T08:30:00Z",
}


class SiteChange(Wire):
    """What a provider says of a site; its code and its provider are never changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Name
    municipality_code: Municipality
    latitude: float = Field(ge=LATITUDE[0], le=LATITUDE[1], allow_inf_nan=False)
    longitude: float = Field(ge=LONGITUDE[0], le=LONGITUDE[1], allow_inf_nan=False)


class SiteIn(SiteChange):
    """A new site of the own provider."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"code": "kastanjen-1", **_EXAMPLE}]}
    )

    code: Code


class SiteOut(Wire):
    """A site; what was found there is in its survey."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUT]})

    id: UUID
    code: str
    provider_id: UUID
    name: str
    municipality_code: str
    latitude: float
    longitude: float
    surveys: int
    last_surveyed_on: date | None
    updated_at: datetime


def site_of(sent: SiteChange, code: str, provider: str) -> Site:
    """The domain's value of a site that was sent."""
    return Site(
        site_id=SiteId(code),
        provider_id=ProviderId(provider),
        municipality_code=sent.municipality_code,
        latitude=sent.latitude,
        longitude=sent.longitude,
        name=sent.name,
    )


def site_out(found: SiteFound) -> SiteOut:
    """A site as it stands."""
    site = found.site
    days = [survey.surveyed_on for survey in site.surveys if survey.surveyed_on is not None]
    return SiteOut(
        id=found.id,
        code=site.site_id,
        provider_id=found.provider_id,
        name=site.name,
        municipality_code=site.municipality_code,
        latitude=site.latitude,
        longitude=site.longitude,
        surveys=len(site.surveys),
        last_surveyed_on=max(days, default=None),
        updated_at=found.updated_at,
    )
