"""HEAD on what people and machines look at: as GET, but for the body; the API has none."""

import http.client
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from api.pages import rendering
from api.settings import Settings
from tests.pages.county import answering, listening
from tests.service.pages.reading import person
from tests.service.world import World

STYLE = f"/static/{rendering.version()}/style.css"
"""The address of a file."""
CHANGING = {"traceparent", "date", "set-cookie"}
"""Headers that are of one answer alone."""


def alike(client: TestClient, path: str) -> int:
    """The status of HEAD and of GET, which tell the same headers."""
    asked, looked = client.get(path, follow_redirects=False), client.head(path)
    assert looked.content == b""
    assert looked.status_code == asked.status_code
    told = {name: value for name, value in looked.headers.items() if name not in CHANGING}
    assert told == {name: value for name, value in asked.headers.items() if name not in CHANGING}
    return asked.status_code


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 303),
        ("/logga-in", 200),
        ("/om", 200),
        ("/finns-inte", 404),
        (STYLE, 200),
        ("/static/0/finns-inte.css", 404),
        ("/healthz/live", 200),
        ("/healthz/ready", 503),
        ("/steget/v1/openapi.json", 200),
    ],
)
def test_head_is_get_without_a_body(
    world: World, settings: Settings, path: str, status: int
) -> None:
    """Pages, files, what is not there, and what a balancer asks."""
    client = world.client(settings, None)
    client.follow_redirects = False
    assert alike(client, path) == status


def test_head_of_a_page_of_ones_own(world: World, settings: Settings) -> None:
    """With a session, and what others may not is not theirs by another method."""
    supervisor = person(world, settings, "north_supervisor").client
    mine, others = (world.participants[code] for code in ("P1", "P3"))
    assert alike(supervisor, f"/deltagare/{mine}") == 200
    file = supervisor.head(f"/deltagare/{mine}/uppgifter.json")
    assert (file.status_code, file.content) == (200, b"")
    assert file.headers["content-disposition"].startswith("attachment")
    assert alike(supervisor, f"/deltagare/{others}") == 404
    assert supervisor.head("/planer").status_code == 403


def test_the_api_has_the_methods_that_its_document_says(world: World, settings: Settings) -> None:
    """HEAD is none of them, and is refused as before."""
    client = world.client(settings, "north_supervisor")
    assert client.head("/steget/v1/participants").status_code == 405
    paths = client.get("/steget/v1/openapi.json").json()["paths"]
    assert not any("head" in methods for methods in paths.values())


def test_a_server_says_no_more_than_the_headers(world: World, settings: Settings) -> None:
    """On one connection: what follows is read as the next answer."""
    with ExitStack() as stack:
        listener, base = stack.enter_context(listening())
        stack.enter_context(answering(world.app(settings), listener))
        kept = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
        stack.callback(kept.close)
        for method, path in (("HEAD", "/om"), ("HEAD", STYLE), ("GET", "/om")):
            kept.request(method, path)
            answer = kept.getresponse()
            body = answer.read()
            assert (answer.status, bool(body)) == (200, method == "GET")
