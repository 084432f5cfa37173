"""How the client calls: addresses, versions, keys, problems, and trying again.

A request is sent again only where that does no harm: reads, and creations with an
``Idempotency-Key`` (every creation gets one). What fails is a ``ProblemError``.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Generic, Self, TypeVar
from uuid import uuid4

import httpx
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from api.schemas.problem import Problem, ProblemFault

PREFIX = "/steget/v1"
TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds between two tries, at most."""
PROGRESS_WAIT = 60.0
"""Seconds without a sign of life from a stream."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """What came, and what is needed to change it: its version (ETag), and where it is."""

    value: Value
    etag: str | None
    location: str | None


class ProblemError(Exception):
    """The service refused, or could not; nothing was changed.

    Args:
        problem: the problem document.
        retry_after: seconds to wait before another try; None where that is not told.
    """

    def __init__(self, problem: Problem, retry_after: int | None = None) -> None:
        """Keep what was told."""
        super().__init__(problem, retry_after)
        self.problem, self.retry_after = problem, retry_after

    def __str__(self) -> str:
        """The code, and where the faults are."""
        faults = "".join(f"; {one.pointer}: {one.code}" for one in self.faults)
        return f"{self.problem.status} {self.code}{faults}"

    @property
    def code(self) -> str:
        """Why: stable, for programs."""
        return self.problem.code

    @property
    def faults(self) -> tuple[ProblemFault, ...]:
        """Every fault in what was sent."""
        return self.problem.errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What goes with a request besides its address.

    ``version``: the ETag of what is to be changed; ``key``: the ``Idempotency-Key``.
    """

    params: Mapping[str, object] | None = None
    body: BaseModel | None = None
    files: Mapping[str, tuple[str, bytes]] | None = None
    form: Mapping[str, object] | None = None
    version: str | None = None
    key: str | None = None
    headers: Mapping[str, str] | None = None


NOTHING = Sent()


class Calls:
    """A connection to the service, as somebody."""

    def __init__(self, http: httpx.Client, token: str | None = None) -> None:
        """Call through ``http``, whose base address is that of the service.

        Args:
            http: also with a transport of its own, as for an application in the same process.
            token: a token of the API; None for a session in the cookies of ``http``, or nobody.
        """
        self._http = http
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(self, method: str, path: str, sent: Sent = NOTHING) -> httpx.Response:
        """Send a request, again where that does no harm.

        Raises:
            ProblemError: it was refused.
            httpx.TransportError: the service was not reached.
        """
        if method != "GET" and sent.key is None:
            return self._once(method, path, sent)
        return _again(lambda: self._once(method, path, sent))

    def _value(self, kind: type[Value], method: str, path: str, sent: Sent = NOTHING) -> Value:
        """What came, as a value of a type."""
        return _read(kind, self._ask(method, path, sent).content)

    def _answer(
        self, kind: type[Value], method: str, path: str, sent: Sent = NOTHING
    ) -> Answer[Value]:
        """What came, with its version and place."""
        came = self._ask(method, path, sent)
        value = _read(kind, came.content)
        return Answer(value, came.headers.get("etag"), came.headers.get("location"))

    def _once(self, method: str, path: str, sent: Sent) -> httpx.Response:
        content = None if sent.body is None else written(sent.body)
        came = self._http.request(
            method,
            PREFIX + path,
            params=_plain(sent.params),
            content=content,
            files=sent.files,
            data=_plain(sent.form),
            headers=self._with(sent),
            follow_redirects=False,
        )
        if came.status_code >= HTTPStatus.BAD_REQUEST:
            raise problem_of(came)
        return came

    def _with(self, sent: Sent) -> dict[bytes, bytes]:
        """As bytes: what is no ASCII is refused by the service, as any version that is none."""
        headers = self._headers | dict(sent.headers or {})
        if sent.body is not None:
            headers["Content-Type"] = "application/json"
        if sent.version is not None:
            headers["If-Match"] = sent.version
        if sent.key is not None:
            headers["Idempotency-Key"] = sent.key
        return {name.encode(): value.encode() for name, value in headers.items()}

    def _events(self, kind: type[Value], path: str) -> Iterator[Value]:
        """The data of server-sent events, as they come."""
        headers = self._headers | {"Accept": "text/event-stream"}
        timeout = httpx.Timeout(PROGRESS_WAIT)
        with self._http.stream("GET", PREFIX + path, headers=headers, timeout=timeout) as came:
            if came.status_code >= HTTPStatus.BAD_REQUEST:
                came.read()
                raise problem_of(came)
            for data in events(came.iter_lines()):
                yield _read(kind, data)


def new_key(given: str | None) -> str:
    """An ``Idempotency-Key``: the given one, else one that nobody has used."""
    return given or str(uuid4())


def written(body: BaseModel) -> bytes:
    """A body as JSON; secrets in clear, since they are sent to be known."""

    def other(value: object) -> object:
        if isinstance(value, SecretStr):
            return value.get_secret_value()
        return to_jsonable_python(value)

    told = body.model_dump(by_alias=True, exclude_unset=True)
    return json.dumps(told, default=other, ensure_ascii=False).encode()


def events(lines: Iterator[str]) -> Iterator[str]:
    """The data of every event of a stream (HTML Standard, 9.2.6); comments are passed over."""
    data: list[str] = []
    for line in lines:
        if line.startswith("data:"):
            data.append(line.removeprefix("data:").removeprefix(" "))
        elif not line and data:
            yield "\n".join(data)
            data = []


def problem_of(came: httpx.Response) -> ProblemError:
    """What an answer says is wrong; of something else than the service, its status alone."""
    try:
        problem = Problem.model_validate_json(came.content)
    except ValidationError:
        problem = Problem(
            type="about:blank",
            title=came.reason_phrase,
            status=came.status_code,
            detail="",
            instance="",
            code="unknown",
            errors=(),
        )
    wait = came.headers.get("retry-after", "")
    return ProblemError(problem, int(wait) if wait.isascii() and wait.isdigit() else None)


def _again(call: Callable[[], httpx.Response]) -> httpx.Response:
    retrying = Retrying(
        retry=retry_if_exception(_passing),
        stop=stop_after_attempt(TRIES),
        wait=_wait,
        reraise=True,
    )
    return retrying(call)


def _passing(failure: BaseException) -> bool:
    """Whether another try may succeed."""
    if isinstance(failure, ProblemError):
        busy = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
        return failure.problem.status in busy and (failure.retry_after or 0) <= LONGEST_WAIT
    return isinstance(failure, httpx.TransportError)


def _wait(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    if isinstance(failure, ProblemError) and failure.retry_after is not None:
        return float(failure.retry_after)
    return min(LONGEST_WAIT, 0.2 * 2.0**state.attempt_number)


def _plain(params: Mapping[str, object] | None) -> dict[str, Any] | None:
    """Parameters as text; what is None is left out."""
    if params is None:
        return None
    return {name: to_jsonable_python(one) for name, one in params.items() if one is not None}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 -- any type of the wire
    return TypeAdapter(kind)


def _read(kind: type[Value], content: bytes | str) -> Value:
    adapter: TypeAdapter[Value] = _adapter(kind)  # type: ignore[arg-type]  # types have hashes
    return adapter.validate_json(content)
