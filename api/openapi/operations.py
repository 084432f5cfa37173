"""What FastAPI cannot say of an operation: who may call it, what it may refuse, how it is traced.

Everything is told of what stands elsewhere (permissions, refusals, parameters), never twice.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from api.domain import RefusalCode, Role
from api.doorway import IF_SENT, OTHERS_PARAMETERS
from api.openapi.examples import Schema, example_of
from api.permissions import Allowed
from api.problems import MEDIA_TYPE, STATUS
from api.texts.operations import ROLES, SWEDISH

Operation = MutableMapping[str, Any]

PROBLEM = "#/components/schemas/Problem"
JSON = "application/json"
FILES: Mapping[str, str] = {
    "text/event-stream": 'event: over\ndata: {"state": "done", "kind": "plan"}\n\n',
    "application/zip": "PK... (the bytes of a zip with a CSV file for each table)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "PK... (a workbook)",
    "text/csv": "branch,gender,placed\r\nHotell och restaurang,woman,12\r\n",
}
"""What is shown of answers that are no JSON."""
SAFE = frozenset({"get", "head", "options"})
_ALWAYS = (RefusalCode.TOO_MANY_REQUESTS,)
_KNOWN = (
    RefusalCode.NOT_AUTHENTICATED,
    RefusalCode.NOT_ALLOWED,
)
_BODY = (
    RefusalCode.MALFORMED,
    RefusalCode.NOT_VALID,
    RefusalCode.TOO_LARGE,
    RefusalCode.MEDIA_TYPE,
)
_EDIT = (RefusalCode.PRECONDITION_REQUIRED, RefusalCode.PRECONDITION_FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of an operation from elsewhere.

    ``allowed``: the roles that may call it, None for everybody; ``in_session``: only after a
    login, not with a token; ``editable``: what its path leads to has versions.
    """

    method: str
    path: str
    allowed: Allowed
    in_session: bool
    editable: bool
    types: Mapping[str, Schema]


def complete(operation: Operation, context: Context) -> None:
    """Fill in an operation of the document."""
    own = _own_codes(operation)
    _describe(operation, context)
    _secure(operation, context)
    operation["responses"] = {
        status: answer for status, answer in operation["responses"].items() if status[0] in "23"
    }
    for status, answer in operation["responses"].items():
        _success(operation, context, status, answer)
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        _show_media(kind, media, context.types)
    for parameter in _parameters(operation):
        _show(parameter, context.types)
    codes = sorted({*own, *_general(operation, context)}, key=list(RefusalCode).index)
    operation["responses"] |= _refusals(codes)
    parameters = operation.setdefault("parameters", [])
    parameters.append({"$ref": "#/components/parameters/traceparent"})


def _own_codes(operation: Operation) -> set[RefusalCode]:
    """The refusals that the route itself names (``api.routes.responses``)."""
    known = set(RefusalCode)
    said = (answer.get("description", "") for answer in operation["responses"].values())
    return {RefusalCode(word) for text in said for word in text.split(", ") if word in known}


def _describe(operation: Operation, context: Context) -> None:
    """English first, Swedish after it, then who may."""
    english = operation.get("description", "")
    first, _, _ = english.partition("\n\n")
    summary = " ".join(first.split()).partition(". ")[0].rstrip(".")
    operation["summary"] = summary
    swedish = SWEDISH.get(operation["operationId"], "")
    parts = [english, f"På svenska: {swedish}" if swedish else "", _who(context.allowed)]
    operation["description"] = "\n\n".join(part for part in parts if part)


def _who(allowed: Allowed) -> str:
    if allowed is None:
        return "Who may: everybody, without a login (alla, utan inloggning)."
    if allowed == frozenset(Role):
        return "Who may: everybody who has logged in (alla som har loggat in)."
    return f"Who may: {', '.join(ROLES[role] for role in Role if role in allowed)}."


def _secure(operation: Operation, context: Context) -> None:
    if context.allowed is None:
        operation["security"] = []
        return
    schemes = ("session",) if context.in_session else ("bearer", "session")
    operation["security"] = [{scheme: []} for scheme in schemes]
    operation["x-roles"] = [str(role) for role in Role if role in context.allowed]


def _parameters(operation: Operation) -> Iterator[MutableMapping[str, Any]]:
    for parameter in operation.get("parameters", ()):
        if "$ref" not in parameter:
            yield parameter


def _names(operation: Operation, place: str) -> set[str]:
    return {one["name"].lower() for one in _parameters(operation) if one["in"] == place}


def _general(operation: Operation, context: Context) -> set[RefusalCode]:
    """What can be refused before a route is asked: by who asks, and by what was sent."""
    codes = set(_ALWAYS)
    if operation["operationId"] not in OTHERS_PARAMETERS:
        codes.add(RefusalCode.UNKNOWN_PARAMETER)
    headers = _names(operation, "header")
    if context.allowed is not None:
        codes.update(_KNOWN)
    if context.method not in SAFE:
        codes.add(RefusalCode.CROSS_SITE)
    if "requestBody" in operation:
        codes.update(_BODY)
    if operation.get("parameters"):
        codes.add(RefusalCode.NOT_VALID)
    if _names(operation, "path"):
        codes.add(RefusalCode.NOT_FOUND)
    if "if-match" in headers:
        sent = any(one.get("description") == IF_SENT for one in _parameters(operation))
        codes.update(_EDIT[1:] if sent else _EDIT)
    if "idempotency-key" in headers:
        codes.add(RefusalCode.KEY_REUSED)
    return codes


def _refusals(codes: list[RefusalCode]) -> dict[str, Any]:
    """The problem documents of some codes by status, and the default one."""
    found: dict[str, Any] = {}
    for code in codes:
        status = str(int(STATUS[code]))
        if status not in found:
            phrase = HTTPStatus(int(status)).phrase
            found[status] = _problem(phrase, *([("Retry-After",)] if status == "429" else []))
        found[status]["description"] += f", {code}" if ":" in _text(found, status) else f": {code}"
        shown = found[status]["content"][MEDIA_TYPE]["examples"]
        shown[str(code)] = {"$ref": f"#/components/examples/{code}"}
    found["default"] = _problem("Any other problem: internal, unavailable, method")
    found["default"]["content"][MEDIA_TYPE]["examples"] = {
        "internal": {"$ref": "#/components/examples/internal"}
    }
    return dict(sorted(found.items()))


def _text(found: Mapping[str, Any], status: str) -> str:
    text: str = found[status]["description"]
    return text


def _problem(text: str, headers: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "description": text,
        "headers": _headers("traceparent", *headers),
        "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}, "examples": {}}},
    }


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _success(operation: Operation, context: Context, status: str, answer: Operation) -> None:
    """An answer that is no problem: its words, headers and example."""
    if answer.get("description", "") in {"", "Successful Response"}:
        answer["description"] = _words(status)
    names = ["traceparent"]
    if {"limit", "offset"} <= _names(operation, "query"):
        names.append("Link")
    elif context.editable and status in {"200", "201"}:
        names.append("ETag")
    if status in {"201", "202", "303"}:
        names.append("Location")
    answer["headers"] = answer.get("headers", {}) | _headers(*names)
    for kind, media in answer.get("content", {}).items():
        _show_media(kind, media, context.types)


def _words(status: str) -> str:
    return {
        "200": "Done; here it is.",
        "201": "Made; where it is stands in Location.",
        "202": "Begun; where its progress is told stands in Location.",
        "204": "Done; there is nothing to say.",
        "303": "Go on at the address in Location.",
    }.get(status, HTTPStatus(int(status)).phrase)


def _show(where: MutableMapping[str, Any], types: Mapping[str, Schema]) -> None:
    """An example beside a schema, unless there is one."""
    if "example" in where:
        where["examples"] = {"example": {"value": where.pop("example")}}
    if not where.get("examples"):
        where["examples"] = {"example": {"value": example_of(where.get("schema", {}), types)}}


def _show_media(kind: str, media: MutableMapping[str, Any], types: Mapping[str, Schema]) -> None:
    """An example of what goes in or comes out; of what is no JSON, words."""
    if kind in FILES and not media.get("examples"):
        media["examples"] = {"example": {"value": FILES[kind]}}
    _show(media, types)
