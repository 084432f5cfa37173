"""Logging in with a password, sessions of browsers, and whose forms they send."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from api.auth import forms, sessions
from api.settings import Settings
from api.store import accounts
from api.store.tables import LoginSession, User
from tests.service.visitors import (
    ME,
    PASSWORD,
    SESSIONS,
    actions,
    browser,
    give_password,
    later,
    visitor,
)
from tests.service.world import World

SECURE = {"secure_cookies": True, "public_url": "https://testserver"}


def _sessions(world: World) -> list[LoginSession]:
    with world.store.reading() as unit:
        return list(unit.scalars(select(LoginSession)))


def test_logging_in_makes_a_session_that_logging_out_ends(
    world: World, settings: Settings
) -> None:
    """The table holds the SHA-256 of what the cookie holds, and after logging out nothing."""
    give_password(world, "north_supervisor")
    client = visitor(world, settings)
    answer = client.post(SESSIONS, json={"login": " North_Supervisor ", "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["role"] == "supervisor"
    assert answer.json()["id"] == str(world.users["north_supervisor"])
    assert "createToken" in answer.json()["operations"]
    assert "listUsers" not in answer.json()["operations"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/;" in cookie
    number = client.cookies[sessions.COOKIE]
    assert [row.hash for row in _sessions(world)] == [hashlib.sha256(number.encode()).hexdigest()]
    assert client.get(ME).json() == answer.json()
    assert client.delete(f"{SESSIONS}/current").status_code == 204
    assert _sessions(world) == []
    client.cookies.set(sessions.COOKIE, number)
    assert client.get(ME).status_code == 401
    assert actions(world) == ["session.create", "session.end"]


def test_nobody_learns_who_has_a_login(world: World, settings: Settings) -> None:
    """No such user, no password, a wrong one, and one who may not any more: the same answer."""
    give_password(world, "north_supervisor")
    give_password(world, "north_other")
    with world.store.writing() as unit:
        unit.get_one(User, world.users["north_other"]).active = False
    client = visitor(world, settings)
    found = set()
    for login, password in (
        ("nobody-at-all", PASSWORD),
        ("south_supervisor", PASSWORD),
        ("north_supervisor", "another password"),
        ("north_other", PASSWORD),
    ):
        answer = client.post(SESSIONS, json={"login": login, "password": password})
        found.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
        assert "set-cookie" not in answer.headers
    assert len(found) == 1
    assert found.pop()[:2] == (401, "login-failed")
    assert actions(world) == ["session.refuse"] * 4


def test_a_login_gives_a_new_session_and_ends_the_former(world: World, settings: Settings) -> None:
    """A session that somebody planted before the login is worth nothing after it."""
    give_password(world, "analyst")
    client = visitor(world, settings)
    client.cookies.set(sessions.COOKIE, "planted")
    client.post(SESSIONS, json={"login": "analyst", "password": PASSWORD})
    first = client.cookies.get(sessions.COOKIE, domain="testserver.local")
    client.post(SESSIONS, json={"login": "analyst", "password": PASSWORD})
    second = client.cookies.get(sessions.COOKIE, domain="testserver.local")
    assert len({"planted", first, second}) == 3
    assert len(_sessions(world)) == 1


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 401)])
def test_a_session_ends_when_it_lies_idle(
    world: World, settings: Settings, minutes: int, status: int
) -> None:
    """Half an hour here: a minute before it holds, a minute after it does not."""
    settings = settings.model_copy(update={"session_idle_minutes": 30})
    number = browser(world, settings, "analyst").cookies[sessions.COOKIE]
    client = visitor(later(world, minutes=minutes), settings)
    client.cookies.set(sessions.COOKIE, number)
    assert client.get(ME).status_code == status


def test_a_session_ends_however_much_it_is_used(world: World, settings: Settings) -> None:
    """Two hours here, used every half hour."""
    settings = settings.model_copy(update={"session_hours": 2})
    number = browser(world, settings, "analyst").cookies[sessions.COOKIE]
    found = []
    for minutes in (30, 60, 90, 119, 121):
        client = visitor(later(world, minutes=minutes), settings)
        client.cookies.set(sessions.COOKIE, number)
        found.append(client.get(ME).status_code)
    assert found == [200, 200, 200, 200, 401]


def test_when_a_session_was_seen_is_written_once_a_minute(
    world: World, settings: Settings
) -> None:
    """Not with every request: reading stays reading."""
    number = browser(world, settings, "analyst").cookies[sessions.COOKIE]
    begun = _sessions(world)[0].seen_at
    for seconds, moved in ((30, False), (90, True)):
        client = visitor(later(world, seconds=seconds), settings)
        client.cookies.set(sessions.COOKIE, number)
        assert client.get(ME).status_code == 200
        assert (_sessions(world)[0].seen_at > begun) is moved


def test_sessions_that_are_over_are_removed(world: World, settings: Settings) -> None:
    """At the next login of anybody."""
    browser(world, settings, "analyst")
    give_password(world, "admin")
    after = later(world, hours=settings.session_hours + 1)
    visitor(after, settings).post(SESSIONS, json={"login": "admin", "password": PASSWORD})
    assert [row.user_id for row in _sessions(world)] == [world.users["admin"]]


def test_a_hash_with_old_parameters_is_made_anew(world: World, settings: Settings) -> None:
    """At the login, when the password is known."""
    old = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with world.store.writing() as unit:
        accounts.keep_password(unit, world.users["analyst"], old)
    client = visitor(world, settings)
    for _ in range(2):
        answer = client.post(SESSIONS, json={"login": "analyst", "password": PASSWORD})
        assert answer.status_code == 201
    with world.store.reading() as unit:
        new = unit.get_one(User, world.users["analyst"]).password_hash
    assert new is not None
    assert "m=65536" in new


def test_changing_the_own_password_ends_what_was_opened_with_it(
    world: World, settings: Settings
) -> None:
    """Other sessions and tokens; this session goes on. The password until now must be known."""
    give_password(world, "analyst")
    here, there = (browser(world, settings, "analyst") for _ in range(2))
    program = world.client(settings, "analyst")
    new = "another horse, another staple"
    wrong = here.put(f"{ME}/password", json={"current": new, "password": new})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "login-failed")
    assert (there.get(ME).status_code, program.get(ME).status_code) == (200, 200)
    right = here.put(f"{ME}/password", json={"current": PASSWORD, "password": new})
    assert right.status_code == 204
    asked = (here, there, program)
    assert [client.get(ME).status_code for client in asked] == [200, 401, 401]
    tried = [
        here.post(SESSIONS, json={"login": "analyst", "password": word}).status_code
        for word in (PASSWORD, new)
    ]
    assert tried == [401, 201]


def test_behind_tls_the_cookie_is_of_this_host_alone(world: World, settings: Settings) -> None:
    """``__Host-`` and Secure; a cookie without the prefix, which a neighbour can set, is none."""
    settings = settings.model_copy(update=SECURE)
    give_password(world, "analyst")
    client = visitor(world, settings)
    answer = client.post(SESSIONS, json={"login": "analyst", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-steget_session=")
    assert "; secure" in cookie.lower()
    assert "domain" not in cookie.lower()
    assert client.get(ME).status_code == 200
    number = client.cookies["__Host-steget_session"]
    client.cookies.clear()
    client.cookies.set("steget_session", number)
    assert client.get(ME).status_code == 401


FROM: tuple[tuple[dict[str, str], int], ...] = (
    ({}, 204),
    ({"Sec-Fetch-Site": "same-origin"}, 204),
    ({"Sec-Fetch-Site": "none"}, 204),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://testserver"}, 204),
    ({"Origin": "http://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
)


def test_what_another_site_sends_is_refused(world: World, settings: Settings) -> None:
    """Whatever is not safe, when a browser sends it for another site: nothing was done."""
    for headers, status in FROM:
        client = browser(world, settings, "analyst")
        answer = client.delete(f"{SESSIONS}/current", headers=headers)
        assert answer.status_code == status, headers
        if status == 403:
            assert answer.json()["code"] == "cross-site"
            assert client.get(ME, headers=headers).status_code == 200
        else:
            assert client.get(ME).status_code == 401


def test_a_program_with_a_token_may_come_from_anywhere(world: World, settings: Settings) -> None:
    """No browser adds a token by itself: what comes with one was meant."""
    client = world.client(settings, "analyst")
    answer = client.delete(
        "/steget/v1/tokens/00000000-0000-0000-0000-000000000000",
        headers={"Origin": "http://elsewhere.example"},
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_form_holds_for_its_session_alone() -> None:
    """Another session, another secret, another token: no."""
    token = forms.form_token("s" * 32, "session")
    assert forms.form_token_holds("s" * 32, "session", token)
    assert not forms.form_token_holds("s" * 32, "another", token)
    assert not forms.form_token_holds("t" * 32, "session", token)
    assert not forms.form_token_holds("s" * 32, "session", token + "é")


def test_a_session_that_lies_ahead_of_the_clock_is_no_longer_than_it_may_be(
    world: World, settings: Settings
) -> None:
    """The end stands in the row; no use moves it."""
    browser(world, settings, "analyst")
    row = _sessions(world)[0]
    assert row.ends_at - row.created_at == timedelta(hours=settings.session_hours)
    assert row.created_at <= datetime.now(UTC)
