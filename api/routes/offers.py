"""``/offers``: what a provider has to answer. Nothing here reaches a profile."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from api.domain import DeclineReason, RefusalCode, State
from api.doorway import Asking, Paging, Reading, Writing, links
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.offers import Answered, NewRefusal, Offer, OfferInFull
from api.store import offers
from matcher.domain import Sessions, session_names

router = APIRouter(tags=["offers"])

OfferId = Annotated[UUID, Path(alias="offerId", description="The offer's id")]
MISSING = refusals(RefusalCode.NOT_FOUND)


@router.get("/offers", operation_id="listOffers")
def list_waiting(
    request: Request, response: Response, who: Asking, unit: Reading, window: Paging
) -> Page[Offer]:
    """The offers that wait for the own provider's answer, the most urgent first."""
    found, total = offers.some(unit, who, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    return Page(
        items=tuple(Offer.model_validate(_fields(offer)) for offer in found),
        total=total,
        limit=window.limit,
        offset=window.offset,
    )


@router.get("/offers/{offerId}", operation_id="readOffer", responses=MISSING)
def read(who: Asking, unit: Writing, offer: OfferId) -> OfferInFull:
    """One offer, with what the participant agreed should be arranged; the reading is noted."""
    found = offers.one(unit, who, offer)
    return OfferInFull.model_validate(_fields(found) | {"arrangements": found.arrangements})


@router.post("/offers/{offerId}/acceptances", operation_id="acceptOffer", responses=MISSING)
def accept(who: Asking, unit: Writing, offer: OfferId) -> Answered:
    """Say yes for the provider."""
    return _answered(offer, offers.accept(unit, who, offer))


@router.post("/offers/{offerId}/declines", operation_id="declineOffer", responses=MISSING)
def decline(who: Asking, unit: Writing, offer: OfferId, body: NewRefusal) -> Answered:
    """Say no for the provider; the seat is free again."""
    reason = DeclineReason(body.reason)
    return _answered(offer, offers.decline(unit, who, offer, reason))


def _answered(offer: UUID, state: State) -> Answered:
    return Answered.model_validate({"id": offer, "state": state.value})


def _fields(offer: offers.Offer) -> dict[str, object]:
    copied = set(Offer.model_fields) - {"sessions"}
    return {name: getattr(offer, name) for name in copied} | {
        "sessions": session_names(Sessions(offer.sessions))
    }
