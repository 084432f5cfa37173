"""Pages about participants: the list, a profile, sharing, export and erasing."""

import json

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.pages.reading import form, links, words
from tests.service.lives import accepted, desk
from tests.service.visitors import browser
from tests.service.world import World


@pytest.fixture
def north(world: World, settings: Settings) -> TestClient:
    """A browser of a supervisor of North, with whom P1 is shared."""
    return browser(world, settings, "north_supervisor")


@pytest.fixture
def person(world: World) -> str:
    """The address of P1."""
    return f"/deltagare/{world.participants['P1']}"


def test_the_list_has_filters(world: World, settings: Settings, north: TestClient) -> None:
    """Without a place, under way, closed; an empty list says so."""
    assert "P1 Söker plats" in words(north.get("/deltagare").text)
    assert "P1" in words(north.get("/deltagare?visa=utan-plats").text)
    assert "Ingen finns här just nu." in words(north.get("/deltagare?visa=pagar").text)
    desk(world, settings, "north_supervisor").offered()
    assert "P1 Erbjuden" in words(north.get("/deltagare?visa=pagar").text)
    assert north.get("/deltagare?visa=annat").status_code == 404


@pytest.mark.parametrize("language", ["sv", "en"])
def test_gender_is_shown_when_asked_for(
    world: World, settings: Settings, language: str, north: TestClient
) -> None:
    """Without it by default, also in what the page is made of."""
    north.cookies.set("steget_language", language)
    api = world.client(settings, "north_supervisor")
    path = f"/steget/v1/participants/{world.participants['P1']}"
    found = api.get(path)
    body = found.json()["profile"] | {"gender": "nonbinary"}
    assert api.put(path, json=body, headers={"If-Match": found.headers["etag"]}).status_code == 200
    page = f"/deltagare/{world.participants['P1']}"
    name = {"sv": "Icke-binär", "en": "Non-binary"}[language]
    assert name not in north.get(page).text
    assert name in north.get(f"{page}?kon=visa").text


@pytest.mark.parametrize(
    ("user", "status"), [("south_supervisor", 404), ("north_coordinator", 403), ("admin", 403)]
)
def test_it_is_nobody_elses(
    world: World, settings: Settings, person: str, user: str, status: int
) -> None:
    """What is not shared is not there; other roles may not."""
    other = browser(world, settings, user)
    for below in ("", "/andra", "/radera", "/uppgifter.json"):
        assert other.get(person + below).status_code == status, below
    refused = other.get("/deltagare/ny").status_code
    assert refused == (200 if user == "south_supervisor" else 403)


def test_addresses_tell_nothing(north: TestClient, person: str) -> None:
    """No pseudonym, need or wish stands in any address."""
    for page in ("/", "/deltagare", person, f"{person}/andra", f"{person}/radera"):
        found = [link for link in links(north.get(page).text) if "P1" in link or "9413" in link]
        assert found == [], page


def test_sharing_with_a_colleague_and_no_longer(
    world: World, north: TestClient, person: str
) -> None:
    """Whoever leaves sees it no longer; the last one cannot leave."""
    mine, other = (str(world.users[name]) for name in ("north_supervisor", "north_other"))
    gone = north.post(f"{person}/dela", data={"user": other, "reads": "no"})
    assert (gone.status_code, gone.headers["location"]) == (303, f"{person}?done=unshared")
    stays = north.post(f"{person}/dela", data={"user": mine, "reads": "no"})
    assert stays.status_code == 422
    assert 'role="alert"' in stays.text
    back = north.post(f"{person}/dela", data={"user": other, "reads": "yes"})
    assert back.headers["location"] == f"{person}?done=shared"
    left = north.post(f"{person}/dela", data={"user": mine, "reads": "no"})
    assert left.headers["location"] == "/deltagare?done=unshared"
    assert north.get(person).status_code == 404
    assert north.post(f"{person}/dela", data={"user": "nobody"}).status_code == 404


def test_everything_that_is_stored_can_be_fetched(north: TestClient, person: str) -> None:
    """A file of JSON, whose name tells nothing."""
    file = north.get(f"{person}/uppgifter.json")
    assert file.headers["content-disposition"] == 'attachment; filename="uppgifter.json"'
    assert json.loads(file.content)["participant"]["profile"]["code"] == "P1"


def test_erasing_asks_first_and_says_what_stays(north: TestClient, person: str) -> None:
    """A page that asks, then one that says what was done; afterwards there is nobody."""
    asked = north.get(f"{person}/radera").text
    assert "Det går inte att ångra." in words(asked)
    assert "Loggen finns kvar" in words(asked)
    done = north.post(f"{person}/radera", data=form(asked, f"{person}/radera").sent())
    assert done.status_code == 200
    assert "P1 är raderad." in words(done.text)
    assert north.get(person).status_code == 404


def test_who_holds_a_seat_is_not_erased(
    world: World, settings: Settings, north: TestClient, person: str
) -> None:
    """The page says why, and nothing is erased."""
    accepted(world, settings)
    asked = form(north.get(f"{person}/radera").text, f"{person}/radera")
    refused = north.post(f"{person}/radera", data=asked.sent())
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert north.get(person).status_code == 200
