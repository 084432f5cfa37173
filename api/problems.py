"""Refusals as problem documents (RFC 9457): the one table from a refusal to an HTTP status.

A problem never repeats what was sent: codes, pointers, and what was expected.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import texts
from api.domain import Fault, Refusal, RefusalCode
from api.texts import Language

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[RefusalCode, HTTPStatus] = {
    RefusalCode.NOT_AUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    RefusalCode.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    RefusalCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    RefusalCode.LOGIN_FAILED: HTTPStatus.UNAUTHORIZED,
    RefusalCode.TOO_MANY_TRIES: HTTPStatus.TOO_MANY_REQUESTS,
    RefusalCode.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    RefusalCode.CROSS_SITE: HTTPStatus.FORBIDDEN,
    RefusalCode.MALFORMED: HTTPStatus.BAD_REQUEST,
    RefusalCode.NOT_VALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    RefusalCode.MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    RefusalCode.UNKNOWN_PARAMETER: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.PRECONDITION_REQUIRED: HTTPStatus.PRECONDITION_REQUIRED,
    RefusalCode.PRECONDITION_FAILED: HTTPStatus.PRECONDITION_FAILED,
    RefusalCode.KEY_REUSED: HTTPStatus.CONFLICT,
    RefusalCode.ALREADY_THERE: HTTPStatus.CONFLICT,
    RefusalCode.LAST_ADMIN: HTTPStatus.CONFLICT,
    RefusalCode.WRONG_STATE: HTTPStatus.CONFLICT,
    RefusalCode.OPENING_FULL: HTTPStatus.CONFLICT,
    RefusalCode.HALF_DAY_FULL: HTTPStatus.CONFLICT,
    RefusalCode.OPENING_PAUSED: HTTPStatus.CONFLICT,
    RefusalCode.ALREADY_PLACED: HTTPStatus.CONFLICT,
    RefusalCode.BELOW_TAKEN: HTTPStatus.CONFLICT,
    RefusalCode.NOT_YET_FREE: HTTPStatus.CONFLICT,
    RefusalCode.NOT_CONSENTED: HTTPStatus.CONFLICT,
    RefusalCode.BARRED: HTTPStatus.CONFLICT,
    RefusalCode.LINK_USED_UP: HTTPStatus.GONE,
    RefusalCode.NO_TRAVEL_STORE: HTTPStatus.CONFLICT,
    RefusalCode.METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    RefusalCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    RefusalCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_OF_STATUS = {
    404: RefusalCode.NOT_FOUND,
    405: RefusalCode.METHOD,
    413: RefusalCode.TOO_LARGE,
    415: RefusalCode.MEDIA_TYPE,
    400: RefusalCode.MALFORMED,
}
TYPE = "urn:steget:problem:"


def answer(request: Request, refusal: Refusal) -> JSONResponse:
    """A refusal as a problem document, in the language that was asked for."""
    status = STATUS[refusal.code]
    language = language_of(request)
    headers = {"Content-Language": str(language)}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in refusal.params:  # seconds
        headers["Retry-After"] = str(refusal.params["retry_after"])
    told = document(refusal, language, request.scope.get("trace_id", ""))
    return JSONResponse(told, int(status), headers, media_type=MEDIA_TYPE)


def document(refusal: Refusal, language: Language, trace: str) -> dict[str, object]:
    """The problem document itself; ``trace``: as in the log."""
    return {
        "type": TYPE + refusal.code,
        "title": texts.say(language, f"refusals.{refusal.code}"),
        "status": int(STATUS[refusal.code]),
        "detail": texts.say(language, f"refusal_details.{refusal.code}", **refusal.params),
        "instance": f"urn:steget:trace:{trace}",
        "code": str(refusal.code),
        "errors": [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.detail}
            for fault in refusal.faults
        ],
    }


def install(app: FastAPI) -> None:
    """Every failure of an application becomes a problem document."""

    def refused(request: Request, failure: Exception) -> JSONResponse:
        assert isinstance(failure, Refusal)  # noqa: S101 -- what the table below registers
        return answer(request, failure)

    def not_valid(request: Request, failure: Exception) -> JSONResponse:
        assert isinstance(failure, RequestValidationError)  # noqa: S101
        return answer(request, _of_validation(request, failure))

    def by_status(request: Request, failure: Exception) -> JSONResponse:
        assert isinstance(failure, HTTPException)  # noqa: S101
        code = _OF_STATUS.get(failure.status_code, RefusalCode.MALFORMED)
        return answer(request, Refusal(code))

    def unexpected(request: Request, _: Exception) -> JSONResponse:
        return answer(request, Refusal(RefusalCode.INTERNAL))

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, not_valid)
    app.add_exception_handler(HTTPException, by_status)
    app.add_exception_handler(Exception, unexpected)


def _of_validation(request: Request, failure: RequestValidationError) -> Refusal:
    """Every fault with its place and code; what was sent is not repeated."""
    errors = failure.errors()
    if any(error["loc"][0] == "body" for error in errors) and not _readable(request):
        return Refusal(RefusalCode.MEDIA_TYPE)
    if any(error["type"] == "json_invalid" for error in errors):
        return Refusal(RefusalCode.MALFORMED)
    return Refusal(
        RefusalCode.NOT_VALID,
        faults=tuple(
            Fault(pointer=_pointer(_told(error)), code=error["type"], detail=_expected(error))
            for error in errors
        ),
    )


def _readable(request: Request) -> bool:
    """Whether a body came as what FastAPI reads: JSON, or the fields of a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    main, _, sub = kind.partition("/")
    json = main == "application" and (sub == "json" or sub.endswith("+json"))
    return json or kind == "multipart/form-data"


def _told(error: Mapping[str, Any]) -> tuple[object, ...]:
    """Where a fault is; a name that nobody knows is what was sent, and is not repeated."""
    place: tuple[object, ...] = error["loc"]
    return (*place[:-1], "?") if error["type"] == "extra_forbidden" else place


def _pointer(place: tuple[object, ...]) -> str:
    kind, *rest = place
    path = "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in rest)
    return f"/{path}" if kind == "body" else f"{kind}:{path}"


def _expected(error: Mapping[str, object]) -> str:
    """What was expected, as far as it is known without what was sent."""
    context = error.get("ctx")
    if not isinstance(context, Mapping):
        return ""
    known = ("expected", "ge", "gt", "le", "lt", "min_length", "max_length", "pattern")
    return ", ".join(f"{name}: {context[name]}" for name in known if name in context)


def language_of(request: Request) -> Language:
    """Swedish, unless English is asked for first."""
    asked = request.headers.get("accept-language", "").strip().lower()
    return Language.ENGLISH if asked.startswith("en") else Language.SWEDISH
