"""Organisations (huvudmän): administrators take them in and give their users accounts."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from api.domain import RefusalCode
from api.doorway import Asking, OnceOnly, Paging, Reading, Writing, links
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.organisations import OrganisationIn, OrganisationOut
from api.store import audit, organisations

router = APIRouter(tags=["admin"])


@router.get("/organisations", operation_id="listOrganisations")
def list_organisations(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[OrganisationOut]:
    """Every organisation, by code."""
    _ = who
    found, total = organisations.page(unit, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(
        OrganisationOut(
            id=one.id, code=one.code, name=one.name, municipality_code=one.municipality_code
        )
        for one in found
    )
    return Page[OrganisationOut](
        items=items, total=total, limit=window.limit, offset=window.offset
    )


@router.post(
    "/organisations",
    operation_id="createOrganisation",
    status_code=201,
    response_model=OrganisationOut,
    responses=refusals(RefusalCode.NOT_VALID, RefusalCode.KEY_REUSED, RefusalCode.ALREADY_THERE),
)
def create_organisation(
    who: Asking, unit: Writing, once: OnceOnly, body: Annotated[OrganisationIn, Body()]
) -> Response:
    """Take an organisation in; it plans with the usual policy until its coordinator turns it."""

    def make() -> tuple[OrganisationOut, dict[str, str]]:
        made = organisations.create(unit, body.code, body.name, body.municipality_code)
        audit.note(unit, who, "organisation.create", f"organisation:{made}")
        return OrganisationOut(id=made, **dict(body)), {}

    return once(make)
