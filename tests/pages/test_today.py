"""A supervisor's first page: who needs something, and one link for each that leads there."""

import re

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.pages.reading import links, words
from tests.service.lives import accepted, desk
from tests.service.visitors import browser
from tests.service.world import World


@pytest.fixture
def north(world: World, settings: Settings) -> TestClient:
    """A browser of a supervisor of North, with whom P1 is shared."""
    return browser(world, settings, "north_supervisor")


def test_who_has_no_place_is_told_with_a_link(world: World, north: TestClient) -> None:
    """P1 has nothing: one link, to the places that are possible; nobody else is named."""
    page = north.get("/")
    assert page.status_code == 200
    assert "Vem behöver något i dag?" in words(page.text)
    assert "Deltagare utan plats 1" in words(page.text)
    assert f"/deltagare/{world.participants['P1']}/platser" in links(page.text)
    assert not {"P2", "P3"} & set(words(page.text).split())


def test_it_is_told_in_english_too(north: TestClient) -> None:
    """The same in the other language."""
    north.cookies.set("steget_language", "en")
    assert "Who needs something today?" in words(north.get("/").text)


def test_every_step_of_a_life_has_its_link(
    world: World, settings: Settings, north: TestClient
) -> None:
    """Proposed, offered, agreed on: the link opens the form of what is to be done."""
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.proposed()
    for step, word in (("offers", "erbjud"), ("acceptances", "ja")):
        where = f"/forslag/{made}?steg={word}"
        assert where in links(north.get("/").text)
        assert f"/forslag/{made}/{word}" in links(north.get(where).text)
        assert supervisor.step(made, step).status_code == 200
    told = words(north.get("/").text)
    assert "Anordnaren har inte svarat." in told
    assert "Se erbjudandet" in told


def test_a_start_that_waits_is_told(world: World, settings: Settings, north: TestClient) -> None:
    """Everybody said yes and no day is agreed on."""
    made = accepted(world, settings)
    page = north.get("/").text
    assert "Första dagen är inte bestämd." in words(page)
    assert f"/forslag/{made}?steg=borja" in links(page)


def test_nothing_waits(world: World, settings: Settings, north: TestClient) -> None:
    """Nobody is shared who looks for anything: that is said, with where to go on."""
    api = world.client(settings, "north_supervisor")
    path = f"/steget/v1/participants/{world.participants['P1']}"
    found = api.get(path)
    body = found.json()["profile"] | {"closed": True}
    assert api.put(path, json=body, headers={"If-Match": found.headers["etag"]}).status_code == 200
    page = north.get("/").text
    assert "Inget väntar på dig i dag." in words(page)
    assert {"/deltagare", "/deltagare/ny"} <= set(links(page))


def test_others_have_other_pages(world: World, settings: Settings) -> None:
    """A coordinator is not shown it; whoever is not logged in is sent to do so."""
    page = browser(world, settings, "north_coordinator").get("/")
    assert page.status_code == 200
    assert "Vem behöver" not in page.text
    assert not re.search(r"\bP1\b", page.text)
