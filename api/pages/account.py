"""One's own account: the password, and the tokens of programs."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.forms import FormFault
from api.pages.visit import Visiting

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """The forms."""

    faults: tuple[FormFault, ...] = ()


@router.get("/konto", name="page:account")
def account(visit: Visiting) -> Response:
    """Who I am here."""
    return visit.shown("account.html", AccountPage())
