"""Whatever is sent to a page, a page answers: never a failure, never what was sent as markup.

Every page route is asked with each odd value in every parameter, field and header.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from urllib.parse import quote_plus
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api import pages
from api.jobs.worker import once
from api.pages import ROUTERS
from api.settings import Settings
from tests.pages import reading
from tests.service.lives import desk
from tests.service.visitors import browser
from tests.service.world import World

ODD: dict[str, bytes] = {
    "nothing": b"",
    "no_utf8": b"\xff\xfe\xed\xa0\x80",
    "no_ascii": "é漢😀²".encode(),
    "nul": b"\x00",
    "lines": b"1\r\nX-Y: z",
    "markup": b"'\"><script>alert(1)</script>",
    "template": b"{{ 7 * 7 }}#{1}%s%d",
    "negative": b"-1",
    "endless": b"inf",
    "no_number": b"nan",
    "huge": b"9" * 4400,
    "no_day": b"2026-13-45",
    "last_day": b"9999-12-31",
    "first_day": b"0001-01-01",
    "number": str(UUID(int=7)).encode(),
    "path": b"/../../etc/passwd",
}
QUERY = (
    *("from", "utan", "visa", "kon", "steg", "slag", "lage", "med", "plats", "grupp", "kommun"),
    *("bransch", "anordnare", "lediga", "action", "ar", "kvartal", "to", "done", "x"),
)
FIELDS = (
    *("version", "key", "on", "hoursPerWeek", "sessions", "note", "reason", "by", "ending"),
    *("free", "seen", "does", "do", "more", "homeLatitude", "homeLongitude", "homeArea"),
    *("weight_wish", "horizon_days", "user", "reads", "password", "name", "endsAt", "role"),
)
BODIES: dict[str, bytes] = {
    "application/json": b"{}",
    "text/plain": b"version=1",
    "multipart/form-data": b"x",
    "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="version"; '
    b'filename="a"\r\n\r\nz\r\n--x--\r\n',
    "application/x-www-form-urlencoded": b"&".join(b"a%d=1" % number for number in range(1200)),
}
HEADERS: dict[str, bytes] = {
    "user-agent": b"\xe9",
    "accept-language": b"\xe5\xe4\xf6",
    "traceparent": b"\xff",
    "cookie": b"steget_language=\xe5; other=\xff",
    "host": b"[",
}
OWNERS = {
    "north_coordinator": ("/planer", "/jobb", "/avvagningar"),
    "analyst": ("/bild", "/efterfragan"),
    "admin": ("/anvandare", "/organisationer", "/logg"),
    "cafe_manager": ("/platser", "/svar", "/arbetsplatser", "/anordnare", "/capacity-links"),
}
"""Whose pages lie where; all others are asked for by a supervisor."""
PAGES: tuple[APIRoute, ...] = tuple(
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.name != "page:log-out"
)
TEMPLATES = Path(pages.__file__).parent / "templates"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class House:
    """Somebody of each role at the pages, and what their addresses are filled with."""

    people: dict[str, TestClient]
    ids: dict[str, object]

    def who(self, path: str) -> TestClient:
        """Whose page it is."""
        found = (user for user, paths in OWNERS.items() if path.startswith(paths))
        return self.people[next(found, "north_supervisor")]

    def routes(self, method: str) -> Iterator[tuple[TestClient, str, str]]:
        """Whose page, its address, and the pattern of that."""
        for route in PAGES:
            if method in (route.methods or ()):
                yield self.who(route.path), route.path.format_map(self.ids), route.path


@pytest.fixture
def house(world: World, settings: Settings) -> House:
    """A placement that is offered, a plan, a link: something is on every page."""
    often = settings.model_copy(update={"requests_per_minute": 10**9})
    people = {user: browser(world, often, user) for user in ("north_supervisor", *OWNERS)}
    offered = desk(world, often, "north_supervisor").offered()
    coordinator, manager = people["north_coordinator"], people["cafe_manager"]
    job = coordinator.post("/steget/v1/plans", json={}).json()["id"]
    assert once(world.store, often, "odd", Event())
    made = manager.post(f"/steget/v1/openings/{world.openings['O2']}/capacity-links").json()
    ids = {
        "participant_id": world.participants["P1"],
        "opening_id": world.openings["O2"],
        "proposal_id": offered,
        "offer_id": offered,
        "site_id": world.sites["S1"],
        "user_id": world.users["north_other"],
        "job_id": job,
        "plan_id": coordinator.get(f"/steget/v1/jobs/{job}").json()["planId"],
        "token_id": uuid4(),
        "link": made["link"].rpartition("/")[2],
        "word": "inne",
        "deed": "erbjud",
    }
    return House(people, ids)


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag if tag != "script" or dict(attrs).get("src") else "script inline")
        self.leads += [value or "" for name, value in attrs if name in {"href", "action", "src"}]


def whole(client: TestClient, method: str, path: str, **sent: object) -> str:
    """What is wrong with an answer; empty where nothing is."""
    came = client.request(method, path, **sent)  # type: ignore[arg-type]  # as the client takes it
    if came.status_code >= 500 or "Traceback" in came.text:
        return f"{came.status_code}"
    lead = came.headers.get("location", "/")
    if not re.match(r"/(?![/\\])", lead) or "x-y" in came.headers:
        return f"leads to {lead}"
    if not came.headers.get("content-type", "").startswith("text/html") or came.is_redirect:
        return ""
    read = _Markup()
    read.feed(came.text)
    if "script inline" in read.tags or any(
        not one.startswith(("/", "#", "?", "mailto:", "https://")) for one in read.leads
    ):
        return "markup"
    return "" if read.tags.count("h1") == 1 else "no heading"


def faults(house: House, method: str, value: bytes) -> list[tuple[str, str]]:
    """Which routes do not stand it to be asked with a value wherever one can be."""
    found = []
    for client, path, pattern in house.routes(method):
        if method == "GET":
            query = "&".join(f"{name}={quote_plus(value[:500])}" for name in QUERY)
            wrong = {whole(client, "GET", f"{path}?{query}")}
        else:
            fields = [*FIELDS, *shown(client, path)]
            content = "&".join(f"{name}={quote_plus(value)}" for name in fields)
            wrong = {whole(client, "POST", path, content=content, headers=FORM)}
        found += [(pattern, one) for one in wrong if one]
    return found


def shown(client: TestClient, path: str) -> list[str]:
    """The fields of the form that stands at an address, if one does."""
    page = client.get(path)
    if page.status_code != 200 or "<main" not in page.text:
        return []
    forms = [one for one in reading.links(page.text) if one == path]
    return list(reading.form(page.text, path).fields) if len(forms) == 1 else []


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_odd_values_are_answered_by_a_page(house: House, method: str) -> None:
    """In every parameter of every page, and in every field of every form."""
    wrong = {name: faults(house, method, value) for name, value in ODD.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.slow
def test_bodies_that_are_no_form_are_answered_by_a_page(house: House) -> None:
    """Of another type, cut off, files where words belong, far too many fields."""
    wrong = [
        (pattern, kind, one)
        for kind, content in BODIES.items()
        for client, path, pattern in house.routes("POST")
        if (one := whole(client, "POST", path, content=content, headers={"content-type": kind}))
    ]
    assert wrong == []


def test_headers_that_are_no_ascii_are_answered_by_a_page(
    world: World, settings: Settings
) -> None:
    """A browser passes on what others have set; somebody's page stays their page."""
    client = browser(world, settings, "north_supervisor")
    kept = "; ".join(f"{key}={value}" for key, value in client.cookies.items()).encode()
    for name, odd in HEADERS.items():
        value = odd + (b"; " + kept if name == "cookie" else b"")
        found = client.get("/konto", headers=[(name.encode(), value)])
        assert (name, found.status_code, found.text.count("<h1")) == (name, 200, 1)


@pytest.mark.parametrize("name", ["no_ascii", "nul", "endless"])
def test_a_version_or_a_place_that_is_none_of_ours_is_a_mistake_in_a_form(
    world: World, settings: Settings, name: str
) -> None:
    """It reaches no header as it is, and is reckoned with nowhere."""
    client = browser(world, settings, "north_supervisor")
    path = f"/deltagare/{world.participants['P1']}/andra"
    form = reading.form(client.get(path).text, path).fields
    for field in ("version", "homeLatitude"):
        given = {key: [one.encode() for one in values] for key, values in form.items()}
        given[field] = [ODD[name]]
        content = "&".join(f"{key}={quote_plus(one)}" for key in given for one in given[key])
        found = client.post(path, content=content, headers=FORM)
        assert found.status_code in {412, 422, 303 if field == "homeLatitude" else 412}
    propose = f"/deltagare/{world.participants['P1']}/foresla/{world.openings['O1']}"
    content = f"key={quote_plus(ODD[name])}&hoursPerWeek={quote_plus(ODD[name])}"
    assert client.post(propose, content=content, headers=FORM).status_code == 422


def test_a_profile_of_others_is_not_even_filled_in(world: World, settings: Settings) -> None:
    """Who may not read a participant gets no form of theirs, not even for more rows."""
    path = f"/deltagare/{world.participants['P1']}/andra"
    for user in ("north_coordinator", "cafe_manager", "analyst"):
        assert browser(world, settings, user).post(path, data={"more": "x"}).status_code == 403
    for sent in ({"more": "x"}, {"version": '"1"'}):
        answer = browser(world, settings, "south_supervisor").post(path, data=sent)
        assert answer.status_code == 404


def test_browsers_are_asked_to_remember_nothing_that_is_filled_in() -> None:
    """What one has written about somebody is not offered to the next at the same machine."""
    files = sorted(TEMPLATES.glob("*.html"))
    fields = [one for file in files for one in re.findall("<input.*", file.read_text())]
    chosen = re.compile(r'type="(hidden|radio|checkbox|\{\{ "radio" if)|autocomplete=')
    assert len(fields) > len(files) / 4
    assert [one for one in fields if not chosen.search(one)] == []
