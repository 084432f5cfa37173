"""Capacity of openings, its confirmation, and the links that need no login."""

from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Header, Path, Response

from api.domain import Refusal, RefusalCode
from api.doorway import Asking, AtSettings, IfMatch, OnceOnly, Reading, Writing, etag
from api.routes.responses import refusals
from api.schemas.capacity import Capacity, CapacityLink, LinkedCapacity, LinkUse, NewCapacity
from api.schemas.placements import HalfDays
from api.settings import Settings
from api.store import Session, capacity, moment_of
from api.store.tables import OpeningRow
from matcher.domain import OpeningStatus, Sessions, session_names, sessions_of

router = APIRouter(tags=["capacity"])

OpeningId = Annotated[UUID, Path(alias="openingId", description="The opening's id")]
LinkText = Annotated[
    str,
    Header(
        alias="Capacity-Link",
        max_length=200,
        description="The token of the link",
        examples=["bw0cVFoOT1ObHApcitjg0Q"],
    ),
]
LINKED = (RefusalCode.NOT_FOUND, RefusalCode.LINK_USED_UP)


@router.get(
    "/openings/{openingId}/capacity",
    operation_id="readCapacity",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def read(
    who: Asking, unit: Reading, settings: AtSettings, response: Response, opening: OpeningId
) -> Capacity:
    """How many the opening takes, how many seats are free, and when that was confirmed."""
    return _answer(unit, settings, capacity.visible(unit, who, opening), response)


@router.put(
    "/openings/{openingId}/capacity",
    operation_id="replaceCapacity",
    responses=refusals(
        RefusalCode.NOT_FOUND,
        RefusalCode.PRECONDITION_REQUIRED,
        RefusalCode.PRECONDITION_FAILED,
        RefusalCode.BELOW_TAKEN,
    ),
)
def change(  # noqa: PLR0913, PLR0917 -- the door hands in each by itself
    who: Asking,
    unit: Writing,
    settings: AtSettings,
    version: IfMatch,
    response: Response,
    opening: OpeningId,
    body: NewCapacity,
) -> Capacity:
    """Change how many the opening takes; that confirms it, too."""
    wanted = capacity.Wanted(
        seats=body.seats,
        session_seats=body.session_seats,
        status=body.status,
        sessions=None if body.half_days is None else sessions_of(body.half_days),
    )
    row = capacity.change(unit, who, opening, version, wanted)
    return _answer(unit, settings, row, response)


@router.post(
    "/openings/{openingId}/confirmations",
    operation_id="confirmCapacity",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def confirm(
    who: Asking, unit: Writing, settings: AtSettings, response: Response, opening: OpeningId
) -> Capacity:
    """Say that it still is right ("Stämmer fortfarande")."""
    return _answer(unit, settings, capacity.confirm(unit, who, opening), response)


@router.post(
    "/openings/{openingId}/capacity-links",
    operation_id="createCapacityLink",
    status_code=201,
    response_model=CapacityLink,
    responses=refusals(RefusalCode.NOT_FOUND, RefusalCode.UNAVAILABLE, RefusalCode.KEY_REUSED),
)
def create_link(
    who: Asking, unit: Writing, settings: AtSettings, once: OnceOnly, opening: OpeningId
) -> Response:
    """Make a link with which somebody can confirm or change the free seats without logging in."""

    def make() -> tuple[CapacityLink, dict[str, str]]:
        text, made = capacity.link(unit, who, opening, _secret(settings))
        url = f"{settings.public_url}/capacity-links/{text}"
        return CapacityLink(link=url, token=text, ends_at=made.ends_at), {}

    return once(make)


@router.get(
    "/capacity-links/capacity", operation_id="readLinkedCapacity", responses=refusals(*LINKED)
)
def read_linked(unit: Reading, settings: AtSettings, link: LinkText) -> LinkedCapacity:
    """What a link is for; reading does not use it up."""
    return _linked(capacity.linked(unit, link, _secret(settings)))


@router.post(
    "/capacity-links/confirmations",
    operation_id="useCapacityLink",
    responses=refusals(*LINKED, RefusalCode.NOT_VALID, RefusalCode.BELOW_TAKEN),
)
def use_link(unit: Writing, settings: AtSettings, link: LinkText, body: LinkUse) -> LinkedCapacity:
    """Confirm, or say how many seats are free; the link is used up by that."""
    return _linked(capacity.use_link(unit, link, _secret(settings), body.free))


def _secret(settings: Settings) -> bytes:
    if settings.secret is None:
        raise Refusal(RefusalCode.UNAVAILABLE)
    return settings.secret.get_secret_value().encode()


def _answer(unit: Session, settings: Settings, row: OpeningRow, response: Response) -> Capacity:
    response.headers["ETag"] = etag(row.version)
    return Capacity(
        opening_id=row.id,
        opening=row.title,
        version=row.version,
        seats=row.seats,
        session_seats=row.session_seats,
        taken=row.taken,
        free=row.seats - row.taken,
        half_days=cast("HalfDays", session_names(Sessions(row.sessions))),
        status=OpeningStatus(row.status),
        confirmed_at=row.confirmed_at,
        confirmed_by=capacity.confirmed_by(unit, row),
        confirmed_through=_through(row),
        stale=capacity.stale(row, moment_of(unit), settings.confirm_days),
    )


def _through(row: OpeningRow) -> Literal["account", "link"] | None:
    if row.confirmed_by is None:
        return None
    return "link" if row.confirmed_by == capacity.BY_LINK else "account"


def _linked(row: OpeningRow) -> LinkedCapacity:
    return LinkedCapacity(
        opening=row.title,
        seats=row.seats,
        free=row.seats - row.taken,
        status=OpeningStatus(row.status),
        confirmed_at=row.confirmed_at,
    )
