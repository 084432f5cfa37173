"""Refusals as problem documents (RFC 9457): the one table from a refusal to an HTTP status.

A problem never repeats what was sent: codes, pointers, and what was expected.
"""

from collections.abc import Mapping
from http import HTTPStatus

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
    RefusalCode.TOO_MANY_TRIES: HTTPStatus.TOO_MANY_REQUESTS,
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
    language = _language(request)
    document = {
        "type": TYPE + refusal.code,
        "title": texts.say(language, f"refusals.{refusal.code}"),
        "status": int(status),
        "detail": texts.say(language, f"refusal_details.{refusal.code}", **refusal.params),
        "instance": str(request.scope.get("path_template", request.url.path)),
        "code": str(refusal.code),
        "errors": [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.detail}
            for fault in refusal.faults
        ],
    }
    headers = {"Content-Language": str(language)}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(document, int(status), headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every failure of an application becomes a problem document."""

    def refused(request: Request, failure: Exception) -> JSONResponse:
        assert isinstance(failure, Refusal)  # noqa: S101 -- what the table below registers
        return answer(request, failure)

    def not_valid(request: Request, failure: Exception) -> JSONResponse:
        assert isinstance(failure, RequestValidationError)  # noqa: S101
        return answer(request, _of_validation(failure))

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


def _of_validation(failure: RequestValidationError) -> Refusal:
    """Every fault with its place and code; what was sent is not repeated."""
    errors = failure.errors()
    if any(error["type"] == "json_invalid" for error in errors):
        return Refusal(RefusalCode.MALFORMED)
    return Refusal(
        RefusalCode.NOT_VALID,
        faults=tuple(
            Fault(pointer=_pointer(error["loc"]), code=error["type"], detail=_expected(error))
            for error in errors
        ),
    )


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


def _language(request: Request) -> Language:
    """Swedish, unless English is asked for first."""
    asked = request.headers.get("accept-language", "").strip().lower()
    return Language.ENGLISH if asked.startswith("en") else Language.SWEDISH
