"""Answers to give (att svara på): what a provider is offered, a yes, or a no with its reason."""

from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.pages import forms
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.lists import LIMIT, Listed, Offset, listed
from api.pages.reference import Choice
from api.pages.visit import Visit, Visiting
from api.schemas.offers import NewRefusal, Offer, OfferInFull, ProviderReason
from api.texts import GROUPS

router = APIRouter()

PATH = "/svar"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersPage:
    """Some of what waits."""

    offers: Listed[Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """One offer, and the form to say no with."""

    offer: OfferInFull
    reasons: tuple[Choice, ...]
    form: Form
    faults: tuple[FormFault, ...] = ()


@router.get(PATH, name="page:offers")
def offers(visit: Visiting, offset: Offset) -> Response:
    """What waits for an answer, the most urgent first."""
    found = visit.api.list_offers(limit=LIMIT, offset=offset)
    return visit.shown("offers.html", OffersPage(offers=listed(found, PATH)))


@router.get(f"{PATH}/{{offer_id}}", name="page:offer")
def offer(visit: Visiting, offer_id: UUID) -> Response:
    """One offer, with what the participant agreed should be arranged."""
    return _page(visit, offer_id)


@router.post(f"{PATH}/{{offer_id}}/ja", name="page:accept-offer")
def accept(visit: Visiting, offer_id: UUID) -> Response:
    """Say yes."""
    answered = visit.api.accept_offer(offer_id)
    return visit.gone_to(PATH, "offer_agreed" if answered.state == "accepted" else "offer_yes")


@router.post(f"{PATH}/{{offer_id}}/nej", name="page:decline-offer")
def decline(visit: Visiting, offer_id: UUID, form: Filled) -> Response:
    """Say no, and why; the seat is free again."""
    try:
        body = forms.body(NewRefusal, {"reason": form.text("reason")})
        visit.api.decline_offer(offer_id, body)
    except FormError as wrong:
        return _page(visit, offer_id, form, wrong.faults)
    except ProblemError as problem:
        return _page(visit, offer_id, form, forms.faults_of(problem))
    return visit.gone_to(PATH, "offer_no")


def _page(
    visit: Visit, offer_id: UUID, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    texts = GROUPS[visit.language]["page_reason"]
    page = OfferPage(
        offer=visit.api.read_offer(offer_id),
        reasons=tuple((str(one), texts[one]) for one in get_args(ProviderReason)),
        form=form,
        faults=faults,
    )
    return visit.shown("offer.html", page, 422 if faults else 200)
