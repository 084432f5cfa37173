"""The first page: what needs doing today, for each role."""

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.visit import Visiting

router = APIRouter()


@router.get("/", name="page:home")
def home(visit: Visiting) -> Response:
    """The first page of whoever is logged in."""
    return visit.shown("home.html")
