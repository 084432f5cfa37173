"""Titles: what kind of page it is, and never a pseudonym, which stands in the heading alone."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api.pages import ROUTERS
from api.settings import Settings
from tests.service.lives import at_noon, desk
from tests.service.visitors import browser
from tests.service.world import World

OF_A_PERSON = ("participant_id", "proposal_id", "offer_id")
"""Parameters of addresses of pages that are about somebody."""
USERS = ("north_supervisor", "cafe_manager", "north_coordinator", "analyst", "admin")
PSEUDONYM = re.compile(r"\bP[123]\b")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
WRONG: Mapping[str, dict[str, str]] = {
    "page:edit-participant": {"hoursPerWeek": "x"},
    "page:propose": {"hoursPerWeek": "x"},
}
"""Forms with a mistake, which are shown again."""


def pages(ids: Mapping[str, str]) -> dict[str, str]:
    """The address of every page that ids are known for, by the route's name."""
    found = {}
    for route in (one for router in ROUTERS for one in router.routes):
        assert isinstance(route, APIRoute)
        asked = set(re.findall(r"{(\w+)", route.path))
        if route.name.startswith("page:") and "GET" in route.methods and asked <= set(ids):
            found[route.name] = route.path.format(**ids)
    return found


@pytest.fixture
def here(world: World) -> World:
    """The world on the first of December."""
    return at_noon(world)[0]


@pytest.fixture
def ids(here: World, settings: Settings) -> dict[str, str]:
    """Of P1, a proposal of P1 that is offered, and places."""
    supervisor = desk(here, settings, "north_supervisor")
    offered = supervisor.proposed()
    assert supervisor.step(offered, "offers").status_code == 200
    return {
        "participant_id": str(here.participants["P1"]),
        "proposal_id": offered,
        "offer_id": offered,
        "opening_id": str(here.openings["O2"]),
        "site_id": str(here.sites["S1"]),
        "provider_id": str(here.providers["A"]),
        "user_id": str(here.users["north_supervisor"]),
        "word": "toalett",
    }


def title(content: str) -> str:
    """What a page calls itself in the browser's history."""
    (found,) = TITLE.findall(content)
    return unescape(found)


def seen(client: TestClient, path: str) -> list[str]:
    """A page in both languages, if it is for whoever looks."""
    found = []
    for language in ("sv", "en"):
        client.cookies.set("steget_language", language)
        answer = client.get(path)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            found.append(answer.text)
    return found


def test_no_title_has_a_pseudonym(here: World, settings: Settings, ids: dict[str, str]) -> None:
    """On any page, of anybody; pages about somebody have it, but not there."""
    about: set[str] = set()
    addresses = pages(ids)
    for user in USERS:
        client = browser(here, settings, user)
        for name, path in addresses.items():
            for content in seen(client, path):
                assert PSEUDONYM.search(title(content)) is None, name
                if PSEUDONYM.search(content):
                    about.add(name)
    of_a_person = {
        name
        for name, path in addresses.items()
        if any(ids[one] in path for one in OF_A_PERSON) and name != "page:compare"
    }
    assert of_a_person
    assert of_a_person - about == {"page:printout"}, "a page was not seen, or says nobody's name"


def test_no_title_of_a_form_with_mistakes_has_one(
    here: World, settings: Settings, ids: dict[str, str]
) -> None:
    """Where the title says how many mistakes there are."""
    supervisor = browser(here, settings, "north_supervisor")
    for name, fields in WRONG.items():
        answer = supervisor.post(pages(ids)[name], data=fields)
        assert answer.status_code == 422, name
        assert PSEUDONYM.search(title(answer.text)) is None


def test_places_compared_are_nobodys(here: World, settings: Settings, ids: dict[str, str]) -> None:
    """With places to compare, and each group of matches by itself."""
    supervisor = browser(here, settings, "north_supervisor")
    mine = f"/deltagare/{ids['participant_id']}"
    both = "&".join(f"plats={here.openings[code]}" for code in ("O2", "O3"))
    for path in (f"{mine}/jamfor?{both}", f"{mine}/platser?grupp=mojliga"):
        found = seen(supervisor, path)
        assert len(found) == 2, path
        for content in found:
            assert PSEUDONYM.search(content)
            assert PSEUDONYM.search(title(content)) is None


def test_titles_of_one_person_tell_pages_apart(
    here: World, settings: Settings, ids: dict[str, str]
) -> None:
    """WCAG 2.4.2: each says what it is, though not of whom."""
    supervisor = browser(here, settings, "north_supervisor")
    found: dict[str, str] = {}
    for name, path in pages(ids).items():
        if any(ids[one] in path for one in OF_A_PERSON):
            for content in seen(supervisor, path)[:1]:
                assert title(content) not in found.values(), (name, found)
                found[name] = title(content)
    assert len(found) >= 7
