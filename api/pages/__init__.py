"""The pages: what people see, written on the server, of what the API tells them.

One module a subject; a view asks the API and fills a template. Nothing here reaches the store.
"""

from asyncio import Semaphore

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response

from api import problems
from api.client import ProblemError
from api.domain import Refusal
from api.pages import (
    about,
    account,
    admin,
    errors,
    explanation,
    home,
    linked,
    login,
    matches,
    minute,
    offers,
    openings,
    participants,
    picture,
    plans,
    policies,
    printout,
    profile,
    proposals,
    proposing,
    rendering,
    sites,
    surveying,
)
from api.pages.visit import SEE_OTHER, LoggedOutError

TURNS = 12
"""Pages of a process that are written at once; each asks the API, which has turns of its own.

The two together are fewer than the server's threads (40), so whoever asks gets the thread that
answers.
"""
API = ("/steget/", "/healthz/", "/metrics")
"""Addresses of programs: what is wrong there is told as a problem document."""

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    login.router,
    account.router,
    matches.router,
    explanation.router,
    proposing.router,
    plans.router,
    picture.router,
    policies.router,
    admin.router,
    about.router,
    profile.router,
    participants.router,
    proposals.router,
    printout.router,
    linked.router,
    minute.router,
    offers.router,
    openings.router,
    sites.router,
    surveying.router,
)
"""Every subject."""


def install(app: FastAPI) -> None:
    """Add the pages to an application, and what is said where something fails in one."""
    app.state.page_turns = Semaphore(TURNS)
    files = rendering.Files(directory=rendering.STATIC)
    app.mount("/static", GZipMiddleware(files, minimum_size=500), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(LoggedOutError, _logged_out)
    app.add_exception_handler(ProblemError, _refused)
    for kind in (Refusal, HTTPException, RequestValidationError):
        _also_for_people(app, kind)


def answer(request: Request, refusal: Refusal) -> Response:
    """What was refused before a view was reached: a page for people, a problem for programs."""
    if request.scope["path"].startswith(API):
        return problems.answer(request, refusal)
    return errors.refused(request, refusal.code)


def _also_for_people(app: FastAPI, kind: type[Exception]) -> None:
    for_programs = app.exception_handlers[kind]

    def told(request: Request, failure: Exception) -> Response:
        if request.scope["path"].startswith(API):
            found = for_programs(request, failure)
            assert isinstance(found, Response)  # noqa: S101 -- ours are no coroutines
            return found
        return errors.failed(request, failure)

    app.add_exception_handler(kind, told)


def _logged_out(_: Request, failure: Exception) -> Response:
    assert isinstance(failure, LoggedOutError)  # noqa: S101 -- what it is registered for
    return RedirectResponse(failure.login, SEE_OTHER)


def _refused(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, ProblemError)  # noqa: S101 -- what it is registered for
    return errors.refused(request, failure.code)
