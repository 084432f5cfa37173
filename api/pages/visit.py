"""A visit to a page: whoever looks, in which language, and the API as they may use it.

Views say in their signature what they need:

    def participants(visit: Visiting) -> Response:
        found = visit.api.list_participants()
        return visit.shown("participants.html", Found(found.items))
"""

from collections.abc import AsyncIterator
from dataclasses import Field, dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Protocol
from urllib.parse import quote

import httpx
from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.client import Client, ProblemError
from api.domain import Refusal, RefusalCode
from api.pages import rendering
from api.pages.calling import PASSED_ON, InProcess
from api.schemas.accounts import Me
from api.settings import Settings
from api.texts import Language, say

LOGIN = "/logga-in"
LANGUAGE = "steget_language"
"""The cookie of a language that was chosen; else the account's counts, else the browser's."""
SEE_OTHER = 303
HTMX = "hx-request"


class Context(Protocol):
    """What a template is given: a frozen dataclass of its own for each page."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody looks at a page; ``me`` is None where nobody is logged in."""

    request: Request
    api: Client
    cookies: list[str]
    settings: Settings
    me: Me | None
    language: Language

    @property
    def part(self) -> bool:
        """Whether a script asks for a part of the page alone."""
        return HTMX in self.request.headers

    @property
    def today(self) -> date:
        """The day it is in Sweden, to be filled in where a form asks for one."""
        return datetime.now(rendering.SWEDEN).date()

    def says(self, key: str, **params: object) -> str:
        """A text of the pages, in the reader's language."""
        return say(self.language, f"page_{key}", **params)

    def only(self, operation: str) -> None:
        """Go on only if whoever looks may call an operation.

        Raises:
            Refusal: they may not (``NOT_ALLOWED``).
        """
        if self.me is None or operation not in self.me.operations:
            raise Refusal(RefusalCode.NOT_ALLOWED)

    def shown(self, template: str, context: Context | None = None, status: int = 200) -> Response:
        """A page, or a part of one, with what it is given."""
        known = () if context is None else fields(context)
        given = {one.name: getattr(context, one.name) for one in known}
        frame = rendering.Frame(
            language=self.language,
            me=self.me,
            path=self.request.url.path,
            address=_address(self.request),
            demo=self.settings.demo,
        )
        content = rendering.render(template, frame, given)
        headers = {
            "Content-Language": str(self.language),
            "Vary": "Cookie, Accept-Language, HX-Request",
        }
        return HTMLResponse(content, status, headers)

    def gone_to(self, path: str, done: str | None = None) -> Response:
        """Another page, to be read with GET; ``done``: the code of what was done, shown there."""
        joint = "&" if "?" in path else "?"
        answer = RedirectResponse(path if done is None else f"{path}{joint}done={done}", SEE_OTHER)
        for cookie in self.cookies:
            answer.headers.append("set-cookie", cookie)
        return answer


class LoggedOutError(Exception):
    """Nobody is logged in, and the page is for somebody.

    Args:
        path: where they wanted to go.
    """

    def __init__(self, path: str) -> None:
        """Keep where they wanted to go."""
        super().__init__(path)
        self.path = path

    @property
    def login(self) -> str:
        """Where to log in, and come back from."""
        return LOGIN if self.path == "/" else f"{LOGIN}?to={quote(self.path)}"


def _caller(request: Request, cookies: list[str]) -> httpx.Client:
    """Whoever asks the API for a page; the cookies that it sets are kept in a list."""

    def keep(came: httpx.Response) -> None:
        cookies.extend(came.headers.get_list("set-cookie"))

    # As bytes, as they came: a browser may send what is no ASCII.
    passed = {
        name.encode(): request.headers[name].encode("latin-1")
        for name in (*PASSED_ON, "cookie")
        if name in request.headers
    }
    chosen = request.cookies.get(LANGUAGE)
    if chosen in set(Language):
        passed[b"accept-language"] = str(chosen).encode()
    address = request.client.host if request.client else ""
    settings: Settings = request.app.state.settings
    return httpx.Client(
        transport=InProcess(request.app, address),
        base_url=settings.public_url,
        headers=passed,
        event_hooks={"response": [keep]},
    )


async def _turn(request: Request) -> AsyncIterator[None]:
    async with request.app.state.page_turns:
        yield


Turn = Annotated[None, Depends(_turn, scope="function")]


def _passing(request: Request, _: Turn) -> Visit:
    cookies: list[str] = []
    caller = _caller(request, cookies)
    api = Client(caller)
    settings: Settings = request.app.state.settings
    try:
        me = api.read_me() if "cookie" in request.headers else None
    except ProblemError as problem:
        if problem.problem.status != httpx.codes.UNAUTHORIZED:
            raise
        me = None
    request.state.reader = me
    language = language_of(request, me)
    caller.headers["accept-language"] = str(language)  # the API's sentences are the page's
    return Visit(
        request=request,
        api=api,
        cookies=cookies,
        settings=settings,
        me=me,
        language=language,
    )


Passing = Annotated[Visit, Depends(_passing)]
"""Anybody, logged in or not."""


def _visiting(visit: Passing) -> Visit:
    if visit.me is None:
        raise LoggedOutError(_address(visit.request))
    return visit


Visiting = Annotated[Visit, Depends(_visiting)]
"""Somebody who is logged in; what they may do the API decides."""


def _address(request: Request) -> str:
    """Where to come back to: what was read, not what was sent."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def language_of(request: Request, me: Me | None) -> Language:
    """The language that was chosen here, else the account's, else the browser's; Swedish first."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in set(Language):
        return Language(chosen)
    if me is not None:
        return Language(me.language)
    asked = request.headers.get("accept-language", "").strip().lower()
    return Language.ENGLISH if asked.startswith("en") else Language.SWEDISH
