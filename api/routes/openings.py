"""Openings (arbetsträningsplatser): everybody may look; a manager keeps the own ones.

What is changed here is what an opening offers and asks for. How many it takes is its capacity.
"""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response

from api.domain import Fault, Refusal, RefusalCode
from api.doorway import (
    Asking,
    AtSettings,
    IfMatch,
    OnceOnly,
    Paging,
    Reading,
    Window,
    Writing,
    etag,
    links,
)
from api.routes.providers import CHANGES, CREATES, LOCATION, READS
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.openings import (
    OpeningChange,
    OpeningIn,
    OpeningOut,
    opening_of,
    opening_out,
    terms_of,
)
from api.schemas.plain import Municipality, OccupationGroup, fields
from api.store import audit, openings, sites
from api.store.engine import day_of
from api.store.openings import OpeningFilter
from api.store.places import Part
from matcher.domain import SEATS, OpeningStatus

router = APIRouter(tags=["openings"])

OpeningId = Annotated[UUID, Path(alias="openingId", description="The opening's id")]


def _groups(
    field: Annotated[
        str | None, Query(max_length=40, description="A field of JobTech's, such as ScKy_FHB_7wT")
    ] = None,
    group: Annotated[OccupationGroup | None, Query(alias="occupationGroup")] = None,
) -> frozenset[str] | None:
    """The occupation groups that are looked for; None is all."""
    if field is None:
        return None if group is None else frozenset({group})
    found = known_field(field)
    return found if group is None else found & {group}


def known_field(field: str) -> frozenset[str]:
    """The occupation groups of a field.

    Raises:
        Refusal: there is no such field (``NOT_VALID``).
    """
    found = frozenset(code for code, here in fields().items() if here == field)
    if not found:
        fault = Fault(pointer="query:field", code="unknown_field", detail="expected: JobTech's")
        raise Refusal(RefusalCode.NOT_VALID, faults=(fault,))
    return found


def _where(
    municipality: Annotated[Municipality | None, Query(alias="municipalityCode")] = None,
    provider: Annotated[UUID | None, Query(alias="providerId")] = None,
) -> OpeningFilter:
    return OpeningFilter(municipality_code=municipality, provider_id=provider)


def _which(
    where: Annotated[OpeningFilter, Depends(_where)],
    groups: Annotated[frozenset[str] | None, Depends(_groups)],
    status: Annotated[OpeningStatus | None, Query()] = None,
    free: Annotated[
        int | None,
        Query(alias="freeSeats", ge=0, le=SEATS[1], description="At least so many free seats"),
    ] = None,
) -> OpeningFilter:
    return replace(where, occupation_groups=groups, status=status, free_seats=free)


class Listing:
    """Which openings, and which of them on this page."""

    def __init__(self, which: Annotated[OpeningFilter, Depends(_which)], window: Paging) -> None:
        """Keep what was asked for."""
        self.which = which
        self.window: Window = window


@router.get("/openings", operation_id="listOpenings", responses=refusals(RefusalCode.NOT_VALID))
def list_openings(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Reading,
    asked: Annotated[Listing, Depends()],
    settings: AtSettings,
    request: Request,
    response: Response,
) -> Page[OpeningOut]:
    """The openings that are looked for, by code; a manager sees the own ones."""
    window = asked.window
    part = Part(window.limit, window.offset)
    found, total = openings.page(unit, who, asked.which, part, settings.confirm_days)
    response.headers["Link"] = links(request, window, total)
    items = tuple(opening_out(one, day_of(unit)) for one in found)
    return Page[OpeningOut](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/openings",
    operation_id="createOpening",
    status_code=201,
    response_model=OpeningOut,
    responses={201: LOCATION, **CREATES},
)
def create_opening(
    who: Asking,
    unit: Writing,
    once: OnceOnly,
    settings: AtSettings,
    body: Annotated[OpeningIn, Body()],
) -> Response:
    """A new opening at an own site; who makes it confirms its capacity thereby."""

    def make() -> tuple[OpeningOut, dict[str, str]]:
        try:
            site = sites.own(unit, who, body.site_id).code
        except Refusal as refusal:
            fault = Fault(pointer="/siteId", code="not_yours", detail="expected: an own site")
            raise Refusal(RefusalCode.NOT_VALID, faults=(fault,)) from refusal
        made = openings.create(unit, who, opening_of(body, site))
        found = openings.read(unit, who, made, settings.confirm_days)
        audit.note(unit, who, "opening.create", f"opening:{made}", seats=body.seats)
        place = f"/steget/v1/openings/{made}"
        return opening_out(found, day_of(unit)), {
            "Location": place,
            "ETag": etag(found.version),
        }

    return once(make)


@router.get("/openings/{openingId}", operation_id="readOpening", responses=READS)
def read_opening(
    who: Asking, unit: Reading, opening: OpeningId, settings: AtSettings, response: Response
) -> OpeningOut:
    """An opening, with its free seats and half-days and how much is known of its site."""
    found = openings.read(unit, who, opening, settings.confirm_days)
    response.headers["ETag"] = etag(found.version)
    return opening_out(found, day_of(unit))


@router.put("/openings/{openingId}", operation_id="replaceOpening", responses=CHANGES)
def replace_opening(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Writing,
    opening: OpeningId,
    version: IfMatch,
    body: Annotated[OpeningChange, Body()],
    settings: AtSettings,
    response: Response,
) -> OpeningOut:
    """Change what an own opening offers and asks for; its code, site and capacity stay."""
    openings.replace(unit, who, opening, version, terms_of(body))
    found = openings.read(unit, who, opening, settings.confirm_days)
    audit.note(unit, who, "opening.replace", f"opening:{opening}", version=found.version)
    response.headers["ETag"] = etag(found.version)
    return opening_out(found, day_of(unit))
