"""Providers (anordnare): everybody may look; a manager keeps the own one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response

from api.domain import RefusalCode
from api.doorway import Asking, IfMatch, OnceOnly, Paging, Reading, Writing, etag, links
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.providers import (
    ProviderChange,
    ProviderIn,
    ProviderOut,
    provider_of,
    provider_out,
)
from api.store import audit, providers
from api.store.places import Part

router = APIRouter(tags=["providers"])

ProviderId = Annotated[UUID, Path(alias="providerId", description="The provider's id")]
LOCATION = {"headers": {"Location": {"schema": {"type": "string"}}}}
CREATES = refusals(RefusalCode.NOT_VALID, RefusalCode.KEY_REUSED, RefusalCode.ALREADY_THERE)
CHANGES = refusals(
    RefusalCode.NOT_FOUND,
    RefusalCode.NOT_VALID,
    RefusalCode.PRECONDITION_REQUIRED,
    RefusalCode.PRECONDITION_FAILED,
)
READS = refusals(RefusalCode.NOT_FOUND)


@router.get("/providers", operation_id="listProviders")
def list_providers(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[ProviderOut]:
    """Every provider, by code; a manager sees the own one."""
    found, total = providers.page(unit, who, Part(window.limit, window.offset))
    response.headers["Link"] = links(request, window, total)
    items = tuple(provider_out(one) for one in found)
    return Page[ProviderOut](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/providers",
    operation_id="createProvider",
    status_code=201,
    response_model=ProviderOut,
    responses={201: LOCATION, **CREATES},
)
def create_provider(
    who: Asking, unit: Writing, once: OnceOnly, body: Annotated[ProviderIn, Body()]
) -> Response:
    """Take a new provider in; its managers get their accounts from an administrator."""

    def make() -> tuple[ProviderOut, dict[str, str]]:
        found = providers.create(unit, provider_of(body, body.code))
        audit.note(unit, who, "provider.create", f"provider:{found.id}")
        place = f"/steget/v1/providers/{found.id}"
        return provider_out(found), {"Location": place, "ETag": etag(found.version)}

    return once(make)


@router.get("/providers/{providerId}", operation_id="readProvider", responses=READS)
def read_provider(
    who: Asking, unit: Reading, provider: ProviderId, response: Response
) -> ProviderOut:
    """A provider."""
    found = providers.read(unit, who, provider)
    response.headers["ETag"] = etag(found.version)
    return provider_out(found)


@router.put("/providers/{providerId}", operation_id="replaceProvider", responses=CHANGES)
def replace_provider(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Writing,
    provider: ProviderId,
    version: IfMatch,
    body: Annotated[ProviderChange, Body()],
    response: Response,
) -> ProviderOut:
    """Change the own provider; its code stays."""
    code = providers.own_code(unit, who)
    found = providers.replace(unit, who, provider, version, provider_of(body, code))
    audit.note(unit, who, "provider.replace", f"provider:{found.id}", version=found.version)
    response.headers["ETag"] = etag(found.version)
    return provider_out(found)
