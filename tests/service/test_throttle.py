"""Slowing down whoever guesses, and whoever asks too much; nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.auth.throttle import Throttle, address_of
from api.domain import Refusal, RefusalCode
from api.settings import Settings
from api.store.tables import LoginFailure
from tests.service.visitors import (
    ME,
    PASSWORD,
    SESSIONS,
    browser,
    give_password,
    later,
    ready,
    visitor,
)
from tests.service.world import World

FEW = {"login_failures": 3, "login_window_minutes": 10}
WRONG = "not the right password"


@pytest.fixture
def strict(settings: Settings) -> Settings:
    """Three failures in ten minutes."""
    return settings.model_copy(update=FEW)


def _log_in(
    world: World, settings: Settings, password: str, *, address: str = "192.0.2.1"
) -> tuple[int, str]:
    return _log_in_by(visitor(world, settings, address), password)


def _log_in_by(client: TestClient, password: str) -> tuple[int, str]:
    answer = client.post(SESSIONS, json={"login": "analyst", "password": password})
    return answer.status_code, answer.headers.get("retry-after", "")


def test_after_some_failures_even_the_right_password_waits(world: World, strict: Settings) -> None:
    """Until the window is over; the answer says how long. From elsewhere nothing has changed."""
    give_password(world, "analyst")
    assert [_log_in(world, strict, WRONG)[0] for _ in range(3)] == [401] * 3
    status, wait = _log_in(world, strict, PASSWORD)
    assert status == 429
    assert 590 <= int(wait) <= 600
    assert _log_in(world, strict, PASSWORD, address="192.0.2.2")[0] == 201
    assert _log_in(later(world, minutes=11), strict, PASSWORD)[0] == 201


@pytest.mark.slow
def test_logins_that_succeed_are_not_counted(world: World, strict: Settings) -> None:
    """A good user logs in as often as they like, and starts anew after each success."""
    give_password(world, "analyst")
    found = [
        _log_in(world, strict, password)[0]
        for password in (WRONG, WRONG, *[PASSWORD] * 4, WRONG, WRONG, PASSWORD)
    ]
    assert found == [401, 401, 201, 201, 201, 201, 401, 401, 201]


@pytest.mark.slow
def test_many_guesses_at_once_are_no_more_guesses(world: World, strict: Settings) -> None:
    """Six begin before any has failed; three are answered."""
    give_password(world, "analyst")
    clients = [ready(visitor(world, strict, "192.0.2.1")) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        found = pool.map(lambda client: _log_in_by(client, WRONG)[0], clients)
        assert sorted(found) == [401] * 3 + [429] * 3


def test_a_login_that_is_nobodys_is_counted_alike(world: World, strict: Settings) -> None:
    """Else the counting would tell who has a login."""
    client = visitor(world, strict)
    body = {"login": "nobody-at-all", "password": WRONG}
    found = [client.post(SESSIONS, json=body).status_code for _ in range(4)]
    assert found == [401, 401, 401, 429]


def test_the_own_password_cannot_be_guessed_either(world: World, strict: Settings) -> None:
    """In a session that somebody left open."""
    give_password(world, "analyst")
    client = browser(world, strict, "analyst")
    body = {"current": WRONG, "password": PASSWORD}
    found = [client.put(f"{ME}/password", json=body).status_code for _ in range(4)]
    assert found == [401, 401, 401, 429]


def test_failures_that_do_not_count_are_removed(world: World, strict: Settings) -> None:
    """At the next login of anybody; and no row tells whose login it was."""
    give_password(world, "analyst")
    body = {"login": "nobody-at-all", "password": WRONG}
    visitor(world, strict).post(SESSIONS, json=body)
    with world.store.reading() as unit:
        row = unit.scalars(select(LoginFailure)).one()
        assert len(row.who) == 64
    assert _log_in(later(world, minutes=11), strict, PASSWORD)[0] == 201
    with world.store.reading() as unit:
        assert unit.scalar(select(func.count()).select_from(LoginFailure)) == 0


def test_somebody_who_asks_too_much_waits_and_nobody_else(
    world: World, settings: Settings
) -> None:
    """By person, however many tokens or sessions they use."""
    settings = settings.model_copy(update={"requests_per_minute": 3})
    client = browser(world, settings, "analyst")
    found = [client.get(ME) for _ in range(4)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 429]
    assert found[-1].json()["code"] == "too-many-requests"
    assert 1 <= int(found[-1].headers["retry-after"]) <= 60
    client.cookies.clear()
    as_analyst = {"Authorization": f"Bearer {world.tokens['analyst']}"}
    assert client.get(ME, headers=as_analyst).status_code == 429
    as_admin = {"Authorization": f"Bearer {world.tokens['admin']}"}
    assert client.get(ME, headers=as_admin).status_code == 200


def test_an_address_that_asks_too_much_waits(world: World, settings: Settings) -> None:
    """Without a token; and with tokens that are none, which are guesses."""
    settings = settings.model_copy(update={"requests_per_minute": 3})
    client = visitor(world, settings)
    found = [client.get("/steget/v1/api-info").status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]
    guesses = [
        client.get(ME, headers={"Authorization": f"Bearer guess{number}"}).status_code
        for number in range(4)
    ]
    assert guesses == [401, 401, 401, 429]


def test_each_key_has_a_count_of_its_own() -> None:
    """And checking does not count."""
    throttle = Throttle(1)
    throttle.hit("a", "1")
    throttle.hit("a", "2")
    throttle.check("b", "1")
    throttle.hit("b", "1")
    with pytest.raises(Refusal) as refusal:
        throttle.check("a", "1")
    assert refusal.value.code is RefusalCode.TOO_MANY_REQUESTS


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),  # what one household has
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_what_counts_as_one_address(host: str | None, address: str) -> None:
    """An IPv4 address, or the 64 bits of a network."""
    assert address_of(host) == address
