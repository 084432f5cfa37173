"""Pages for what cannot be shown: not there, not allowed, too often, our fault."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from api import problems
from api.domain import Refusal, RefusalCode
from api.pages import rendering
from api.pages.visit import language_of
from api.schemas.accounts import Me
from api.settings import Settings
from api.texts import say

_OF_STATUS = {404: RefusalCode.NOT_FOUND, 405: RefusalCode.NOT_FOUND}


def failed(request: Request, failure: Exception) -> Response:
    """A page for what a view, or the way to it, ran into."""
    if isinstance(failure, Refusal):
        return refused(request, failure.code)
    if isinstance(failure, HTTPException):
        return refused(request, _OF_STATUS.get(failure.status_code, RefusalCode.MALFORMED))
    assert isinstance(failure, RequestValidationError)  # noqa: S101 -- nothing else is registered
    in_address = any(one["loc"][0] in ("path", "query") for one in failure.errors())
    return refused(request, RefusalCode.NOT_FOUND if in_address else RefusalCode.NOT_VALID)


def refused(request: Request, code: str) -> Response:
    """A page for a refusal."""
    me: Me | None = getattr(request.state, "reader", None)
    known = RefusalCode(code) if code in set(RefusalCode) else RefusalCode.INTERNAL
    language = language_of(request, me)
    settings: Settings = request.app.state.settings
    frame = rendering.Frame(
        language=language, me=me, path=request.url.path, address="/", demo=settings.demo
    )
    told = {
        "title": say(language, f"refusals.{known}"),
        "detail": say(language, f"refusal_details.{known}"),
        "trace": request.scope.get("trace_id", ""),
    }
    content = rendering.render("refused.html", frame, told)
    return HTMLResponse(content, int(problems.STATUS[known]), {"Content-Language": str(language)})
