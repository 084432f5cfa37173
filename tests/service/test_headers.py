"""What every answer carries, and what is stopped before it reaches anything."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from api import app, logs, middleware
from api.settings import Settings
from api.store import Keyring, Store, make_engine
from api.store.tables import Table
from tests.service.visitors import SESSIONS

INFO = "/steget/v1/api-info"
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"
SECRETIVE = "hemliga-behov"


def _application(settings: Settings) -> FastAPI:
    """The application on a database in memory, with routes that fail."""
    engine = make_engine("sqlite://")
    Table.metadata.create_all(engine)
    found = app.create(Store(engine, Keyring({1: b"k" * 32})), settings)

    @found.get("/fails/{what}")
    def fails(what: str) -> None:
        raise ValueError(what)

    @found.post("/any/imports")
    @found.post("/takes")
    async def takes(request: Request) -> int:
        return len(await request.body())

    return found


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """Somebody without a token."""
    found = _application(settings)
    yield TestClient(found, raise_server_exceptions=False)
    found.state.store.engine.dispose()


def test_every_answer_is_strict(client: TestClient) -> None:
    """What is there, what is not, what is refused and what fails: the same headers."""
    for answer, status in (
        (client.get(INFO), 200),
        (client.get("/nothing"), 404),
        (client.put(INFO), 405),
        (client.get("/steget/v1/me"), 401),
        (client.post(SESSIONS, json={}), 422),
        (client.post(SESSIONS, json={}, headers={"Sec-Fetch-Site": "cross-site"}), 403),
        (client.get("/fails/x"), 500),
    ):
        assert answer.status_code == status
        for name, value in middleware.SECURITY.items():
            assert answer.headers[name] == value
        assert "strict-transport-security" not in answer.headers
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", answer.headers["traceparent"])
        assert "server" not in answer.headers
    policy = middleware.SECURITY["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_behind_tls_browsers_are_told_to_stay_there(settings: Settings) -> None:
    """HSTS, where cookies are secure."""
    secure = settings.model_copy(update={"secure_cookies": True})
    client = TestClient(_application(secure))
    assert client.get(INFO).headers["strict-transport-security"] == middleware.HSTS


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (f"00-{TRACE}-{PARENT}-01", f"{TRACE}-01"),
        (f"00-{TRACE}-{PARENT}-00", f"{TRACE}-00"),
        (f"cc-{TRACE}-{PARENT}-01-what-is-to-come", f"{TRACE}-01"),
        (f"00-{TRACE}-{PARENT}-01-more", None),
        (f"ff-{TRACE}-{PARENT}-01", None),
        (f"00-{'0' * 32}-{PARENT}-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        (f"00-{TRACE.upper()}-{PARENT}-01", None),
        (f"00-{TRACE}-{PARENT}", None),
        ("hemligt", None),
        ("", None),
    ],
)
def test_a_trace_goes_on_or_begins(client: TestClient, sent: str, kept: str | None) -> None:
    """W3C Trace Context: the caller's trace id, a span of our own; a new one for what is none."""
    found = client.get(INFO, headers={"traceparent": sent}).headers["traceparent"]
    version, trace, span, flags = found.split("-")
    assert version == "00"
    assert span != PARENT
    assert (f"{trace}-{flags}" == kept) if kept else (trace != TRACE)


def test_two_traces_are_none(client: TestClient) -> None:
    """Nobody knows which; a problem names its trace, as the log does."""
    twice = [("traceparent", f"00-{TRACE}-{PARENT}-01")] * 2
    assert TRACE not in client.get(INFO, headers=twice).headers["traceparent"]
    problem = client.get("/steget/nothing", headers=dict(twice[:1])).json()
    assert problem["instance"] == f"urn:steget:trace:{TRACE}"


def test_the_log_tells_the_route_and_not_the_address(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """Method, route, status, time and trace, as JSON; no path, query, header or body."""
    logs.configure()
    client.get(
        f"/fails/{SECRETIVE}?q={SECRETIVE}",
        headers={"X-Any": SECRETIVE, "traceparent": f"00-{TRACE}-{PARENT}-01"},
    )
    client.post(SESSIONS, json={"login": SECRETIVE, "password": SECRETIVE, SECRETIVE: 1})
    client.request("GET", f"/{SECRETIVE}")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    failure, first, second, third = lines
    assert (first["route"], first["status"], first["method"]) == ("/fails/{what}", 500, "GET")
    assert first["trace_id"] == failure["trace_id"] == TRACE
    assert first["milliseconds"] >= 0
    assert (second["operation"], second["status"]) == ("createSession", 422)
    assert (third["route"], third["status"]) == (None, 404)
    assert failure["exception"][0]["type"] == "ValueError"
    assert any("fails" in frame for frame in failure["exception"][0]["frames"])
    assert SECRETIVE not in json.dumps(lines)


def _fail() -> None:
    """Fail for several reasons, each of which repeats what was sent."""
    try:
        int(SECRETIVE)
    except ValueError as cause:
        raise ExceptionGroup(SECRETIVE, [KeyError(SECRETIVE)]) from cause


def test_what_is_sensitive_is_masked_should_anybody_log_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By its key, however deep; of exceptions neither the message nor the cause's."""
    logs.configure()
    log = structlog.get_logger()
    log.info("one", password=SECRETIVE, deep={"needs": [SECRETIVE], "more": {"url": SECRETIVE}})
    try:
        _fail()
    except ExceptionGroup:
        log.exception("two")
        logging.getLogger("somebody.elses").exception("three")
    lines = capsys.readouterr().err
    assert SECRETIVE not in lines
    first, second, third = (json.loads(line) for line in lines.splitlines())
    hidden = {first["password"], first["deep"]["needs"], first["deep"]["more"]["url"]}
    assert hidden == {logs.MASK}
    types = [stack["type"] for stack in second["exception"]]
    assert types == ["ExceptionGroup", "ValueError"]
    assert third["exception"][0]["exceptions"][0][0]["type"] == "KeyError"


def _chunks(size: int) -> Iterator[bytes]:
    """A body whose length nobody said."""
    for _ in range(0, size, 1000):
        yield b"x" * 1000


def test_a_body_that_is_too_large_is_refused(settings: Settings) -> None:
    """By its header, or as it comes; an upload may be larger."""
    small = settings.model_copy(update={"max_body_bytes": 5000, "max_upload_bytes": 20000})
    client = TestClient(_application(small))
    for content in (b"x" * 6000, _chunks(6000)):
        answer = client.post(
            SESSIONS, content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 413
        assert answer.json()["code"] == "too-large"
        assert answer.headers["content-type"] == "application/problem+json"
    fits = client.post(
        SESSIONS, content=_chunks(4000), headers={"Content-Type": "application/json"}
    )
    assert fits.json()["code"] == "malformed"
    assert client.post("/any/imports", content=b"x" * 6000).status_code == 200
    assert client.post("/any/imports", content=b"x" * 21000).status_code == 413
    assert client.post("/takes", content=b"x" * 6000).status_code == 413
