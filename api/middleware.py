"""What every request passes on its way in and every answer on its way out. Pure ASGI.

From the outside in: tracing and the log, requests without a body, headers, failures, where a
request comes from, how often, and how large it is. Source of the checks: W3C Trace Context 1;
OWASP cheat sheets on HTTP headers and on cross-site request forgery; Fetch Metadata Request
Headers (W3C).
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import auth
from api.auth.sessions import cookie_name
from api.auth.throttle import Throttle, address_of
from api.domain import Refusal, RefusalCode
from api.metrics import Metrics
from api.permissions import NOBODY, OPERATIONS, PUBLIC
from api.settings import Settings

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Set on every answer that does not say otherwise itself."""
HSTS = "max-age=31536000; includeSubDomains"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UPLOADS = "/imports"
"""Below this, bodies may be as large as ``max_upload_bytes``."""
_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")

Answering = Callable[[Request, Refusal], Response]
Inner = Callable[[Scope, Receive, Send], Awaitable[None]]
_log = structlog.get_logger()


def around(
    app: ASGIApp, settings: Settings, throttle: Throttle, metrics: Metrics, answer: Answering
) -> ASGIApp:
    """An application with everything around it, in order; ``answer`` says why one is refused."""
    app = sized(app, settings)
    app = slowed(app, settings, throttle)
    app = from_here(app, settings)
    app = whole(app, answer)
    app = with_headers(app, settings)
    app = without_body(app)
    return traced(app, metrics)


def traced(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """Continue the caller's trace or begin one; log and count what was asked, by its route."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        trace, flags = _trace_of(Headers(scope=scope).getlist("traceparent"))
        span = secrets.token_hex(8)
        scope["trace_id"] = trace
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["traceparent"] = f"00-{trace}-{span}-{flags}"
            await send(message)

        began = perf_counter()
        with structlog.contextvars.bound_contextvars(trace_id=trace, span_id=span):
            try:
                await app(scope, receive, answer)
            finally:
                seconds = perf_counter() - began
                _note(scope, status, round(1000 * seconds, 1))
                route = getattr(scope.get("route"), "path", None)
                metrics.request(route, scope["method"], status, seconds)

    return inner


def _trace_of(given: list[str]) -> tuple[str, str]:
    """The trace id and flags of a ``traceparent``; new ones where it is missing or malformed."""
    found = _TRACEPARENT.fullmatch(given[0].strip()) if len(given) == 1 else None
    if found is not None:
        version, trace, span, flags, more = found.groups()
        known = version != "ff" and not (version == "00" and more)
        if known and trace.strip("0") and span.strip("0"):
            return trace, flags if version == "00" else f"{int(flags, 16) & 1:02x}"
    return secrets.token_hex(16), "00"


def _note(scope: Scope, status: int, milliseconds: float) -> None:
    route, who = scope.get("route"), scope.get("state", {}).get("who")
    _log.info(
        "request",
        method=scope["method"] if scope["method"].isalpha() else "?",
        route=getattr(route, "path", None),
        operation=getattr(route, "operation_id", None),
        role=None if who is None else str(who.role),
        status=status,
        milliseconds=milliseconds,
    )


def without_body(app: ASGIApp) -> ASGIApp:
    """Answer HEAD as GET, but for the body (RFC 9110, 9.3.2): pages, files, health.

    Operations of the API say in their document which methods they have, and HEAD is none.
    """

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or _is_of_api(scope):
            await app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET"}  # the server looks at its own: it expects no body
        try:
            await app(asked, receive, answer)
        finally:
            scope.update(asked, method="HEAD")  # the route, for the log

    return inner


def _is_of_api(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/steget/")


def with_headers(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Headers that tell browsers to be strict, and caches to keep nothing."""
    wanted = dict(SECURITY)
    if settings.secure_cookies:
        wanted["Strict-Transport-Security"] = HSTS

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, answer)

    return inner


def whole(app: ASGIApp, answered: Answering) -> ASGIApp:
    """Refusals and failures are answered here: with headers, a trace, and nothing told."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        began = False

        async def answer(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await app(scope, receive, answer)
        except Exception as failure:
            if not isinstance(failure, Refusal):
                _log.exception("failure")
            if began or scope["type"] != "http":
                raise
            refusal = failure if isinstance(failure, Refusal) else Refusal(RefusalCode.INTERNAL)
            response = answered(Request(scope), refusal)
            await response(scope, receive, answer)

    return inner


def from_here(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Refuse what another site made a browser send; programs with a token are not asked.

    Every browser says where an unsafe request comes from, in ``Sec-Fetch-Site`` or ``Origin``. A
    request with neither comes from no browser.
    """
    own = urlsplit(settings.public_url)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers = Headers(scope=scope)
            if auth.bearer(headers) is None and not _same_site(headers, own.scheme, own.netloc):
                raise Refusal(RefusalCode.CROSS_SITE)
        await app(scope, receive, send)

    return inner


def _same_site(headers: Headers, scheme: str, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin == f"{scheme}://{host}"


def slowed(app: ASGIApp, settings: Settings, throttle: Throttle) -> ASGIApp:
    """How often an address may ask without being known; the doorway counts those who are."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        address = address_of((scope.get("client") or ("",))[0])
        if not _presents_something(scope, settings):
            throttle.hit("nobody", address)
            await app(scope, receive, send)
            return
        throttle.check("unknown", address)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_unknown(scope, message):
                _count(throttle, address)
            await send(message)

        await app(scope, receive, answer)

    return inner


def _presents_something(scope: Scope, settings: Settings) -> bool:
    """Whether a request brings a token or a session, though it may be none that holds."""
    headers = Headers(scope=scope)
    cookies = cookie_parser("; ".join(headers.getlist("cookie")))
    return auth.bearer(headers) is not None or cookie_name(settings) in cookies


def _is_unknown(scope: Scope, answer: Message) -> bool:
    """Whether nobody looked at what a request brought, or it did not hold: both count alike."""
    operation = getattr(scope.get("route"), "operation_id", None) or ""
    return answer["status"] == 401 or OPERATIONS.get(operation, NOBODY) is PUBLIC  # noqa: PLR2004


def _count(throttle: Throttle, address: str) -> None:
    """Count a token or session that does not hold; the next one is refused, not this."""
    try:
        throttle.hit("unknown", address)
    except Refusal:
        return


def sized(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Refuse bodies that are too large: by what they say, and by what comes."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        most = settings.max_upload_bytes if _is_upload(scope) else settings.max_body_bytes
        said = Headers(scope=scope).get("content-length", "0")
        if said.isascii() and said.isdigit() and int(said[:19]) > most:
            raise Refusal(RefusalCode.TOO_LARGE)
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(413)  # which FastAPI passes on, wherever it reads
            return message

        await app(scope, counted, send)

    return inner


def _is_upload(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.endswith(UPLOADS) or f"{UPLOADS}/" in path
