"""The first page: what needs doing today, by a function of the role's own module."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.responses import Response

from api.pages import admin, minute, picture, plans, today
from api.pages.visit import Visit, Visiting

router = APIRouter()

HOMES: Mapping[str, Callable[[Visit], Response]] = {
    "supervisor": today.home,
    "provider_manager": minute.home,
    "coordinator": plans.overview,
    "analyst": picture.home,
    "admin": admin.home,
}
"""By role."""


@router.get("/", name="page:home")
def home(visit: Visiting) -> Response:
    """The first page of whoever is logged in."""
    role = "" if visit.me is None else visit.me.role
    return HOMES[role](visit)
