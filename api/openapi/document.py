"""The document of the API: OpenAPI as FastAPI writes it, with what it cannot say.

What the national REST API profile asks for besides is added here, in one place. See
``docs/rest-profile.md``.
"""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any, get_args

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api import problems, routes
from api.auth.sessions import cookie_name
from api.domain import Refusal, RefusalCode
from api.doorway import InSession
from api.openapi.examples import whole
from api.openapi.operations import Context, complete
from api.permissions import NOBODY, OPERATIONS
from api.schemas.problem import Problem
from api.settings import Settings
from api.texts import Language
from api.texts.operations import ABOUT, LIMITATIONS, NO_SERVICE_LEVEL, TAGS

Document = dict[str, Any]

_IN_SESSION = get_args(InSession)[1].dependency
METHODS = ("get", "put", "post", "delete", "patch")
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
_TRACEPARENT = {
    "type": "string",
    "description": "W3C Trace Context: the trace that the request belongs to; "
    "where it cannot be read, a new one begins",
}
_HEADERS: Mapping[str, tuple[str, Mapping[str, Any], object]] = {
    "traceparent": ("The trace to ask about", {"type": "string"}, TRACE),
    "ETag": ("The version, for If-Match", {"type": "string"}, '"3"'),
    "Link": (
        "The next and the previous page (RFC 8288), where there are such",
        {"type": "string"},
        '</steget/v1/openings?limit=20&offset=20>; rel="next"',
    ),
    "Location": ("Where it is", {"type": "string"}, "/steget/v1/plans/9c5b94b1"),
    "Retry-After": ("Seconds to wait", {"type": "integer", "minimum": 0}, 60),
}


def document(app: FastAPI, settings: Settings) -> Document:
    """The whole document."""
    found = app.openapi()
    types = found.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        types.pop(name, None)
    types.update(_problem_types())
    found["info"] = _info(settings)
    found["servers"] = [{"url": settings.public_url, "description": "This service"}]
    found["tags"] = [{"name": name, "description": text} for name, text in _tags(found)]
    found["components"] |= {
        "securitySchemes": _schemes(settings),
        "parameters": {"traceparent": _parameter()},
        "headers": {name: _header(name) for name in _HEADERS},
        "examples": {str(code): _example(code) for code in RefusalCode},
    }
    session_only = frozenset(_session_only())
    editable = _editable(found)
    for path, method, operation in operations(found):
        name = operation["operationId"]
        context = Context(
            method=method,
            path=path,
            allowed=OPERATIONS.get(name, NOBODY),
            in_session=name in session_only,
            editable=path in editable,
            types=types,
        )
        complete(operation, context)
    for one in types.values():
        _tidy(one, types)
    return found


def operations(found: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document: path, method, and what is said of it."""
    for path, methods in found["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def _info(settings: Settings) -> Document:
    return {
        "title": "Steget",
        "version": version("steget"),
        "description": ABOUT,
        "contact": {
            "name": settings.contact_name,
            "url": settings.contact_url or settings.public_url,
            "email": settings.contact_email,
        },
        "license": {"name": "MIT", "url": "https://opensource.org/license/mit"},
        "x-sla": {"description": settings.service_level or NO_SERVICE_LEVEL},
        "x-limitations": {
            "description": LIMITATIONS,
            "requestsPerMinute": settings.requests_per_minute,
            "maxBodyBytes": settings.max_body_bytes,
            "maxUploadBytes": settings.max_upload_bytes,
        },
    }


def _tags(found: Document) -> list[tuple[str, str]]:
    used = {tag for _, _, one in operations(found) for tag in one.get("tags", ())}
    return [(name, text) for name, text in TAGS.items() if name in used]


def _schemes(settings: Settings) -> Document:
    return {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "opaque",
            "description": "A token of a program, made by createToken: scope and last day.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(settings),
            "description": "The session of a login, for pages.",
        },
    }


def _parameter() -> Document:
    return {
        "name": "traceparent",
        "in": "header",
        "required": False,
        "description": _TRACEPARENT["description"],
        "schema": _TRACEPARENT,
        "examples": {"example": {"value": TRACE}},
    }


def _header(name: str) -> Document:
    text, schema, example = _HEADERS[name]
    return {
        "description": text,
        "schema": dict(schema),
        "examples": {"example": {"value": example}},
    }


def _example(code: RefusalCode) -> Document:
    params: dict[str, Any] = {"retry_after": 60} if "many" in code else {}
    refusal = Refusal(code, **params)
    trace = TRACE.split("-")[1]
    return {"value": problems.document(refusal, Language.ENGLISH, trace)}


def _problem_types() -> Document:
    schema = Problem.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    parts: Document = schema.pop("$defs", {})
    return {**parts, "Problem": schema}


def _session_only() -> Iterator[str]:
    """The operations that only somebody who has logged in may call."""
    for router in routes.ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and _needs(route.dependant):
                yield str(route.operation_id)


def _needs(dependant: Dependant) -> bool:
    return dependant.call is _IN_SESSION or any(map(_needs, dependant.dependencies))


def _editable(found: Document) -> frozenset[str]:
    """The paths of what has versions: where If-Match is asked for, and where such a thing is made.

    Also the paths of steps below it, which answer with the thing.
    """
    edited = {
        path
        for path, _, operation in operations(found)
        if any(one["name"].lower() == "if-match" for one in operation.get("parameters", ()))
    }
    things = {path if path.endswith("}") else path.rpartition("/")[0] for path in edited} | edited
    return frozenset(
        path
        for path in found["paths"]
        if path in things
        or any(thing == f"{path}/{thing.rpartition('/')[2]}" for thing in edited)
        or path.rpartition("/")[0] in things
    )


def _tidy(schema: Document, types: Document) -> None:
    """Titles that only repeat a field's name say nothing; examples are whole."""
    for one in schema.get("properties", {}).values():
        one.pop("title", None)
    if "examples" in schema:
        schema["examples"] = [whole(one, schema, types) for one in schema["examples"]]
