"""Providers (anordnare) on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.schemas.plain import Code, Name, OrganisationNumber
from api.schemas.wire import Wire
from api.store.providers import ProviderFound
from matcher.domain import Provider, ProviderId, ProviderKind, YesNoUnknown

_EXAMPLE: JsonDict = {
    "kind": "asf",
    "name": "Kafé Kastanjen",
    "organisationNumber": "5560360793",
    "equalTreatment": "yes",
}
_OUT: JsonDict = {
    "id": "9b2f8f8c-3f4d-4b52-9d64-6f0c2c1a7e55",
    "code": "kastanjen",
    **_EXAMPLE,
    "updatedAt": "2026-11-20T08:30:00Z",
}


class ProviderChange(Wire):
    """What a provider says of itself; its code is never changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: ProviderKind
    name: Name
    organisation_number: OrganisationNumber | None = None
    equal_treatment: Literal["yes", "no"] | None = Field(
        default=None, description="Agreement on equal treatment; null is unknown"
    )


class ProviderIn(ProviderChange):
    """A new provider."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "kastanjen", **_EXAMPLE}]})

    code: Code


class ProviderOut(Wire):
    """A provider."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUT]})

    id: UUID
    code: str
    kind: ProviderKind
    name: str
    organisation_number: str | None
    equal_treatment: Literal["yes", "no"] | None
    updated_at: datetime


def provider_of(sent: ProviderChange, code: str) -> Provider:
    """The domain's value of a provider that was sent."""
    return Provider(
        provider_id=ProviderId(code),
        kind=sent.kind,
        name=sent.name,
        organisation_number=sent.organisation_number,
        equal_treatment=YesNoUnknown(sent.equal_treatment or YesNoUnknown.UNKNOWN),
    )


def provider_out(found: ProviderFound) -> ProviderOut:
    """A provider as it stands."""
    provider = found.provider
    equal = provider.equal_treatment
    return ProviderOut.model_validate(
        {
            "id": found.id,
            "code": provider.provider_id,
            "kind": provider.kind,
            "name": provider.name,
            "organisation_number": provider.organisation_number,
            "equal_treatment": None if equal is YesNoUnknown.UNKNOWN else str(equal),
            "updated_at": found.updated_at,
        }
    )
