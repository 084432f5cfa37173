"""The public pages: how it works (om), privacy (integritet), accessibility (tillgänglighet)."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.visit import Passing

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What those who run the service say of themselves."""

    contact: str
    email: str
    offer_days: int
    retention_days: int
    session_minutes: int


@router.get("/om", name="page:about")
def about(visit: Passing) -> Response:
    """How Steget finds places, in plain words."""
    return visit.shown("about.html", _told(visit))


@router.get("/integritet", name="page:privacy")
def privacy(visit: Passing) -> Response:
    """What is kept about whom, who sees it, and for how long."""
    return visit.shown("privacy.html", _told(visit))


@router.get("/tillganglighet", name="page:accessibility")
def accessibility(visit: Passing) -> Response:
    """The accessibility statement (tillgänglighetsredogörelse; lag 2018:1937)."""
    return visit.shown("accessibility.html", _told(visit))


def _told(visit: Passing) -> Told:
    settings = visit.settings
    return Told(
        contact=settings.contact_name,
        email=settings.contact_email,
        offer_days=settings.offer_days,
        retention_days=settings.retention_days,
        session_minutes=settings.session_idle_minutes,
    )
