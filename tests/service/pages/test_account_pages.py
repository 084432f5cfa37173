"""Logging in and out, the own account, the language, what is public, what cannot be shown."""

import pytest

from api.settings import Settings
from tests.service.pages.reading import Person, person
from tests.service.visitors import PASSWORD, give_password, visitor
from tests.service.world import World

SHORT, NEW = "kort", "fyra ord att minnas"
PUBLIC = ("/om", "/integritet", "/tillganglighet", "/logga-in")


@pytest.fixture
def stranger(world: World, settings: Settings) -> Person:
    """Nobody yet."""
    return Person(visitor(world, settings))


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_public_pages_are_for_everybody(stranger: Person, path: str, language: str) -> None:
    """Each has its heading, in both languages, and knows nobody."""
    found = stranger.client.get(path, headers={"Accept-Language": language})
    assert found.status_code == 200
    assert f'<html lang="{language}">' in found.text
    assert found.text.count("<h1>") == 1
    assert "/logga-ut" not in found.text


def test_who_logs_in_comes_where_they_wanted(stranger: Person, world: World) -> None:
    """To the login, and back; a wrong password says so and keeps the login."""
    give_password(world, "admin")
    away = stranger.client.get("/logg?action=user.create")
    assert away.headers["location"] == "/logga-in?to=/logg%3Faction%3Duser.create"
    wrong = stranger.send("/logga-in", login="admin", password=SHORT, to="/logg")
    assert wrong.status == 401
    assert wrong.fields["login"] == "admin"
    assert "#login" in wrong.links
    right = stranger.send("/logga-in", login="admin", password=PASSWORD, to="/logg")
    assert "Vem som gjorde vad" in right.text
    assert "Du är utloggad" in stranger.send("/logga-ut").text
    assert stranger.client.get("/logg").status_code == 303


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org", "/\\example.org", "x"])
def test_a_login_leads_to_no_other_host(stranger: Person, world: World, to: str) -> None:
    """Only a path of this host is gone to."""
    give_password(world, "admin")
    fields = {"login": "admin", "password": PASSWORD, "to": to}
    assert stranger.client.post("/logga-in", data=fields).headers["location"] == "/"


def test_a_language_is_chosen_and_stays(stranger: Person) -> None:
    """A cookie remembers it, and it goes before what the browser asks for."""
    assert "Log in" in stranger.send("/sprak", language="en", to="/logga-in").text
    asked = stranger.client.get("/logga-in", headers={"Accept-Language": "sv"})
    assert "Log in" in asked.text
    assert "Logga in" in stranger.send("/sprak", language="sv", to="/logga-in").text


def test_a_password_is_changed_by_whoever_knows_it(world: World, settings: Settings) -> None:
    """The one until now has to be right, and the new one long enough."""
    give_password(world, "analyst")
    me = person(world, settings, "analyst")
    path = "/konto/losenord"
    assert "#current" in me.send(path, current="fel", password=NEW).links
    assert "#password" in me.send(path, current=PASSWORD, password=SHORT).links
    assert "Ditt lösenord är bytt" in me.send(path, current=PASSWORD, password=NEW).text


def test_a_key_is_shown_once_and_can_be_ended(world: World, settings: Settings) -> None:
    """It works as a token of the API until it is ended; the page never shows it again."""
    me = person(world, settings, "analyst")
    assert "#endsAt" in me.send("/konto/nycklar", name="blad", endsAt="i morgon").links
    ends = me.open("/konto").fields["endsAt"]
    made = me.send("/konto/nycklar", name="blad", endsAt=ends)
    key = next(word for word in made.text.split() if word.startswith("steget_"))
    later = me.open("/konto")
    assert key not in later.text
    assert "blad" in later.text
    stranger = visitor(world, settings)
    bearer = {"Authorization": f"Bearer {key}"}
    assert stranger.get("/steget/v1/me", headers=bearer).status_code == 200
    end = next(form for form in later.forms if form.endswith("/avsluta"))
    assert "Nyckeln är avslutad" in me.send(end).text
    assert stranger.get("/steget/v1/me", headers=bearer).status_code == 401


def test_what_is_not_there_and_what_is_refused_are_pages(
    stranger: Person, world: World, settings: Settings
) -> None:
    """People get a page with a way on; programs a problem document, as before."""
    assert "Gå till första sidan" in stranger.open("/finns/inte").text
    me = person(world, settings, "admin")
    assert me.open("/anvandare/inget-nummer").status == 404
    crossing = {"Sec-Fetch-Site": "cross-site"}
    crossed = me.client.post("/logga-ut", headers=crossing)
    assert crossed.status_code == 403
    assert "<h1>" in crossed.text
    assert me.open("/konto").status == 200
    program = me.client.get("/steget/v1/nothing")
    assert program.headers["content-type"] == "application/problem+json"
    assert me.client.post("/steget/v1/tokens", headers=crossing).status_code == 403
