"""The doorway of the API: who asks, the unit of work, versions, pages, and requests sent twice.

Only here a transaction is opened. Routes say what they need in their signature:

    def change(who: Asking, unit: Writing, version: IfMatch, ...) -> ...:
"""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Query, Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import ParamTypes
from pydantic import BaseModel

from api import auth
from api.domain import Fault, Principal, Refusal, RefusalCode
from api.permissions import OPERATIONS
from api.settings import Settings
from api.store import Session, Store, replays
from api.store import store_of as unit_store

MOST, USUAL = 100, 20
"""Items of a page: at most, and unless asked otherwise."""
VERSION_DIGITS = 10
"""A version has fewer, in every database."""
TURNS = 12
"""Requests of a process that are at the database at once; the others wait, and hold nothing.

Fewer than the server's threads (40) and an engine's connections (15): whoever has begun a unit of
work gets the thread that ends it. Without turns a hundred at once stand still: all threads wait
for a lock whose holder waits for a thread.
"""


async def _turn(request: Request) -> AsyncIterator[Store]:
    async with request.app.state.turns:
        yield request.app.state.store


AtStore = Annotated[Store, Depends(_turn, scope="function")]
"""The store itself, for what reads and writes in units of its own; whoever has it has a turn."""


async def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


AtSettings = Annotated[Settings, Depends(_settings)]
"""The settings of the application."""


def _reading(store: AtStore) -> Iterator[Session]:
    with store.reading() as unit:
        yield unit


def _writing(store: AtStore) -> Iterator[Session]:
    with store.writing() as unit:
        yield unit


Reading = Annotated[Session, Depends(_reading, scope="function")]
"""A unit of work that changes nothing."""
Writing = Annotated[Session, Depends(_writing, scope="function")]
"""A unit of work: done, audit and all, before the answer goes out; or not at all."""


OTHERS_PARAMETERS = frozenset({"finishOidcLogin"})
"""Operations that an identity provider calls, which may add to what it says (RFC 6749, 4.1.2)."""


async def known_parameters(request: Request) -> None:
    """Parameters that an operation does not have are refused, not passed over.

    Asked of every operation of the API, before who asks.
    """
    route = request.scope["route"]
    if not request.query_params or route.operation_id in OTHERS_PARAMETERS:
        return
    known = {
        field.alias
        for field in get_flat_params(route.dependant)
        if getattr(field.field_info, "in_", None) == ParamTypes.query
    }
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        faults = tuple(
            Fault(pointer="query:?", code="unknown", detail=f"known: {', '.join(sorted(known))}")
            for _ in unknown
        )
        raise Refusal(RefusalCode.UNKNOWN_PARAMETER, faults=faults)


def _asking(request: Request, store: AtStore) -> Principal:
    """Whoever asks, if they may: by the table of permissions and the scope of a token."""
    app = request.app.state
    with store.reading() as unit:
        visit = auth.recognise(unit, request.headers, request.cookies, app.settings)
    if visit is None:
        raise Refusal(RefusalCode.NOT_AUTHENTICATED)
    who = visit.who
    app.throttle.hit("principal", who.key)
    if visit.unseen:
        with store.writing() as unit:
            auth.note_seen(unit, visit)
    operation = request.scope["route"].operation_id
    allowed = OPERATIONS[operation]
    if allowed is not None and who.role not in allowed:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    if who.scope is not None and operation not in who.scope:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    request.state.who, request.state.session = who, visit.session
    return who


Asking = Annotated[Principal, Depends(_asking)]
"""Somebody who may call this operation; what they reach by it the queries decide."""


def _in_session(request: Request, _: Asking) -> str:
    found: str | None = request.state.session
    if found is None:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return found


InSession = Annotated[str, Depends(_in_session)]
"""The SHA-256 of the session's id, for what is done only by somebody who has logged in."""


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def _if_match(if_match: Annotated[str, Header(max_length=40)] = "") -> int:
    if not if_match:
        raise Refusal(RefusalCode.PRECONDITION_REQUIRED)
    number = if_match.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < VERSION_DIGITS):
        raise Refusal(RefusalCode.PRECONDITION_FAILED)
    return int(number)


IfMatch = Annotated[int, Depends(_if_match)]
"""The version that somebody has seen and wants to change."""
IF_SENT = "The version that you have seen; left out, the step is judged by the state alone."


def _if_match_sent(
    if_match: Annotated[str, Header(max_length=40, description=IF_SENT, examples=['"3"'])] = "",
) -> int | None:
    return _if_match(if_match) if if_match else None


IfMatchSent = Annotated[int | None, Depends(_if_match_sent)]
"""The same where it need not be said: steps overwrite nothing that somebody else has written."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which items of a list: ``limit`` of them from ``offset`` on."""

    limit: int
    offset: int


async def _window(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Items of a page")] = USUAL,
    offset: Annotated[int, Query(ge=0, le=1 << 31, description="Items passed over")] = 0,
) -> Window:
    return Window(limit, offset)


Paging = Annotated[Window, Depends(_window)]


def links(request: Request, window: Window, total: int) -> str:
    """The ``Link`` header of a page (RFC 8288): next and prev, where they are."""
    found = []
    for rel, offset in (
        ("next", window.offset + window.limit),
        ("prev", max(0, window.offset - window.limit)),
    ):
        if (rel == "next" and offset < total) or (rel == "prev" and window.offset > 0):
            url = request.url.include_query_params(limit=window.limit, offset=offset)
            found.append(f'<{url.path}?{url.query}>; rel="{rel}"')
    return ", ".join(found)


Model = TypeVar("Model", bound=BaseModel)


class Once:
    """A request that creates, done once: the same key again gets the same answer."""

    def __init__(self, unit: Session, who: Principal, key: str, body: bytes) -> None:
        """Keep what tells one request from another."""
        self._unit, self._who, self._key = unit, who, key
        self._body = unit_store(unit).keyring.mark(body, "replay.body_hash")

    def __call__(
        self,
        make: Callable[[], tuple[Model, dict[str, str]]],
        status: int = 201,
        kept_as: Callable[[Model], BaseModel] | None = None,
    ) -> Response:
        """Do it, or give the answer of the first time.

        Args:
            make: what is done; the answer and its headers.
            status: of the answer.
            kept_as: what is kept of an answer that holds what is shown but once.

        Raises:
            Refusal: the key was used for another request (``KEY_REUSED``).
        """
        earlier = replays.find(self._unit, self._who.user_id, self._key) if self._key else None
        if earlier is not None:
            if earlier.body_hash != self._body:
                raise Refusal(RefusalCode.KEY_REUSED)
            return _response(earlier.content, earlier.status, earlier.headers)
        model, headers = make()
        content = _json(model)
        if self._key:
            again = content if kept_as is None else _json(kept_as(model))
            kept = replays.Kept(
                body_hash=self._body, status=status, headers=headers, content=again
            )
            replays.keep(self._unit, self._who.user_id, self._key, kept)
        return _response(content, status, headers)


def given(model: BaseModel, headers: dict[str, str], status: int = 200) -> Response:
    """An answer with headers of its own."""
    return _response(_json(model), status, headers)


def _json(model: BaseModel) -> bytes:
    return model.model_dump_json(by_alias=True).encode()


def _response(content: bytes, status: int, headers: dict[str, str]) -> Response:
    return Response(content, status, headers, media_type="application/json")


async def _body(request: Request) -> bytes:
    route = request.scope["route"]
    return f"{request.method} {route.operation_id} {request.url.path}\n".encode() + (
        await request.body()
    )


def _once(
    unit: Writing,
    who: Asking,
    body: Annotated[bytes, Depends(_body)],
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Once:
    return Once(unit, who, idempotency_key, body)


OnceOnly = Annotated[Once, Depends(_once)]
"""What keeps a request from being done twice, in the unit of work of the route."""
