"""Calls to a server: time limits, retries, pace, and nothing in a log that should not be there.

Of a call only the host, the status and the seconds are logged. Query strings hold coordinates and
keys, and httpx would log them: its loggers are set to WARNING where the client is made.
"""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NoReturn

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from api.travel.pacing import SYSTEM_CLOCK, Circuit, Clock, TokenBucket
from api.travel.settings import Server
from api.travel.troubles import CallFailedError, Trouble

_log = logging.getLogger(__name__)

MAX_ANSWER_BYTES = 20_000_000
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
"""No retry waits longer. A server that asks for more is asked no more for this question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server said: 200 with JSON, or 400 with JSON or without (``None``)."""

    status: int
    body: object = field(repr=False)


class Caller:
    """Calls one server. Safe to share between threads; ``close`` it."""

    def __init__(
        self,
        server: Server,
        *,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """Make the client; nothing is called yet.

        Args:
            server: whom to call.
            headers: sent with each call; by default the key as a bearer token, if there is one.
            transport: what carries the calls, in tests.
            clock: time and chance.
        """
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        if headers is None:
            headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        self.server = server
        self.clock = clock
        self._client = httpx.Client(
            base_url=server.base_url,
            headers={"Accept": "application/json", "User-Agent": "steget", **headers},
            timeout=server.timeout_seconds,
            follow_redirects=False,  # coordinates go where they were meant to go
            trust_env=server.trust_environment,
            transport=transport,
        )
        pace = server.calls_per_minute
        self._bucket = None if pace is None else TokenBucket(pace, clock)
        self._circuit = Circuit(clock)

    def __repr__(self) -> str:
        return f"Caller({self.server.host!r})"

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, query: Mapping[str, str | int | float] | None = None) -> Reply:
        """Ask by GET. ``path`` is below the base URL, or a whole address there.

        Raises:
            CallFailedError: no answer; whatever the cause.
        """
        return self._call(self._client.build_request("GET", path, params=query))

    def post(self, path: str, body: object) -> Reply:
        """Ask by POST, with JSON.

        Raises:
            CallFailedError: no answer; whatever the cause.
        """
        return self._call(self._client.build_request("POST", path, json=body))

    def _call(self, request: httpx.Request) -> Reply:
        """One call with its retries, unless the server is being left alone."""
        if not self._circuit.lets_through():
            raise CallFailedError(Trouble.CIRCUIT_OPEN)
        retrying = Retrying(
            stop=stop_after_attempt(self.server.attempts),
            retry=retry_if_exception(_may_do_better),
            wait=self._pause,
            sleep=self.clock.sleep,
            reraise=True,
        )
        worked = False
        try:
            reply = retrying(self._attempt, request)
            worked = True
        finally:
            self._circuit.report(worked=worked)
        return reply

    def _pause(self, state: RetryCallState) -> float:
        """How long the server asks for; else 0.5 s, 1 s, 2 s ..., each with half of it by dice."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, CallFailedError) and error.wait_seconds is not None:
            return error.wait_seconds
        pause = FIRST_PAUSE_SECONDS * 2.0 ** (state.attempt_number - 1)
        return min(pause, LONGEST_PAUSE_SECONDS) * (1 + self.clock.chance()) / 2

    def _attempt(self, request: httpx.Request) -> Reply:
        """One attempt, logged by host, status and seconds.

        The error of httpx holds the address, so ours is raised after it has been let go of.
        """
        if self._bucket is not None:
            self._bucket.take()
        start = self.clock.ticks()
        outcome: Reply | CallFailedError
        try:
            outcome = self._exchange(request, start + self.server.timeout_seconds)
        except httpx.TimeoutException:
            outcome = CallFailedError(Trouble.TIMEOUT, again=True)
        except httpx.TransportError:
            outcome = CallFailedError(Trouble.NO_CONNECTION, again=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            outcome = CallFailedError(Trouble.BROKEN_ANSWER)
        except CallFailedError as failed:
            outcome = failed
        told = outcome.status if isinstance(outcome, Reply) else outcome.trouble.value
        _log.info("%s %s %.2f s", self.server.host, told, self.clock.ticks() - start)
        if isinstance(outcome, CallFailedError):
            raise outcome
        return outcome

    def _exchange(self, request: httpx.Request, deadline: float) -> Reply:
        """Send and read, all of it before the deadline: a slow trickle is a timeout as well."""
        response = self._client.send(request, stream=True)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if self.clock.ticks() > deadline:
                    raise CallFailedError(Trouble.TIMEOUT, again=True)
                if len(content) > MAX_ANSWER_BYTES:
                    raise CallFailedError(Trouble.BROKEN_ANSWER)
        finally:
            response.close()
        return self._judge(response, bytes(content))

    def _judge(self, response: httpx.Response, content: bytes) -> Reply:
        """An answer where there is one; 400 and 422 may be one about the question."""
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            busy = status == HTTPStatus.TOO_MANY_REQUESTS
            wait = self._asked_for(response)
            raise CallFailedError(
                Trouble.RATE_LIMITED if busy else Trouble.SERVER_ERROR,
                again=wait is None or wait <= LONGEST_PAUSE_SECONDS,
                wait_seconds=wait,
            )
        if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
            return Reply(status=status, body=_json_or_none(content))
        if status != HTTPStatus.OK:
            raise CallFailedError(Trouble.REFUSED)
        return Reply(status=status, body=_json(content))

    def _asked_for(self, response: httpx.Response) -> float | None:
        """The seconds of ``Retry-After``, given as a number or as a date; not below 0."""
        said = response.headers.get("Retry-After", "").strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        with suppress(ValueError, TypeError):
            return max(0.0, (parsedate_to_datetime(said) - self.clock.now()).total_seconds())
        return None


def _may_do_better(error: BaseException) -> bool:
    return isinstance(error, CallFailedError) and error.again


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _json_or_none(content: bytes) -> object:
    with suppress(ValueError, RecursionError):
        body: object = json.loads(content, parse_constant=_no_number)
        return body
    return None


def _json(content: bytes) -> object:
    body = _json_or_none(content)
    if body is None:  # also the word null: no server's whole answer
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return body
