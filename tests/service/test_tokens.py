"""Tokens of programs: made by somebody who logged in, for some operations, for some time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.settings import Settings
from api.store import users
from api.store.tables import ApiToken, Replay
from tests.service.visitors import ME, actions, browser, later
from tests.service.world import World

TOKENS = "/steget/v1/tokens"


def _ask(**more: object) -> dict[str, Any]:
    ends = datetime.now(UTC) + timedelta(days=30)
    return {"name": "Nightly", "endsAt": ends.isoformat(), **more}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_is_shown_once_and_opens_what_its_scope_says(
    world: World, settings: Settings
) -> None:
    """Its SHA-256 alone is kept; another operation of the role is refused."""
    client = browser(world, settings, "analyst")
    answer = client.post(TOKENS, json=_ask(scope=["readMe"]))
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["location"] == f"{TOKENS}/{made['id']}"
    nobody = world.client(settings, None)
    assert nobody.get(ME, headers=_bearer(made["token"])).status_code == 200
    assert nobody.get(TOKENS, headers=_bearer(made["token"])).json()["code"] == "not-allowed"
    listed = client.get(TOKENS)
    assert made["token"] not in listed.text
    assert [item["name"] for item in listed.json()["items"]] == ["Nightly", "test"]
    assert listed.json()["items"][0]["usedAt"] is not None
    with world.store.reading() as unit:
        row = unit.get_one(ApiToken, UUID(made["id"]))
        assert made["token"] not in (row.hash, row.name)
        assert len(row.hash) == 64


def test_the_same_request_again_does_not_show_it_again(world: World, settings: Settings) -> None:
    """The answer that is kept never held it."""
    client = browser(world, settings, "analyst")
    ask, key = _ask(), {"Idempotency-Key": "k1"}
    first = client.post(TOKENS, json=ask, headers=key).json()
    again = client.post(TOKENS, json=ask, headers=key)
    assert again.status_code == 201
    assert again.json() == {**first, "token": None}
    with world.store.reading() as unit:
        answer = unit.scalars(select(Replay)).one()
        content = world.store.keyring.open(answer.answer, "replay.answer", answer.id)
    assert first["token"].encode() not in content
    other = client.post(TOKENS, json=_ask(name="Another"), headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")


CANNOT_BE: tuple[tuple[dict[str, object], str], ...] = (
    ({"scope": ["readMe", "listUsers"]}, "/scope/1"),  # of another role
    ({"scope": ["noSuchOperation"]}, "/scope/0"),
    ({"scope": ["createSession"]}, "/scope/0"),  # needs no token
    ({"endsAt": "2020-01-01T00:00:00Z"}, "/endsAt"),
    ({"endsAt": "9999-12-31T23:59:59-23:59"}, "/endsAt"),
    ({"endsAt": "2027-01-01T00:00:00"}, "/endsAt"),  # of no time zone
    ({"name": ""}, "/name"),
)


def test_a_token_that_cannot_be(world: World, settings: Settings) -> None:
    """What the role may not do, no end or one too far: nothing is made."""
    client = browser(world, settings, "analyst")
    for more, pointer in CANNOT_BE:
        answer = client.post(TOKENS, json=_ask(**more))
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert actions(world) == []


def test_a_token_cannot_make_a_token(world: World, settings: Settings) -> None:
    """Else whoever found one would never lose it again."""
    answer = world.client(settings, "analyst").post(TOKENS, json=_ask())
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_revoked_or_over_it_opens_nothing(world: World, settings: Settings) -> None:
    """From the moment on, and at its end; and with its user."""
    client = browser(world, settings, "analyst")
    first, second, third = (client.post(TOKENS, json=_ask()).json() for _ in range(3))
    assert client.delete(f"{TOKENS}/{first['id']}").status_code == 204
    assert client.delete(f"{TOKENS}/{first['id']}").status_code == 204  # still revoked
    nobody = world.client(settings, None)
    assert nobody.get(ME, headers=_bearer(first["token"])).status_code == 401
    assert nobody.get(ME, headers=_bearer(second["token"])).status_code == 200
    after = later(world, days=31).client(settings, None)
    assert after.get(ME, headers=_bearer(second["token"])).status_code == 401
    with world.store.writing() as unit:
        users.one(unit, world.users["analyst"]).active = False
    assert nobody.get(ME, headers=_bearer(third["token"])).status_code == 401


def test_the_token_of_another_is_not_there(world: World, settings: Settings) -> None:
    """Neither listed nor revoked."""
    made = browser(world, settings, "analyst").post(TOKENS, json=_ask()).json()
    other = browser(world, settings, "admin")
    assert made["id"] not in other.get(TOKENS).text
    answer = other.delete(f"{TOKENS}/{made['id']}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    nobody = world.client(settings, None)
    assert nobody.get(ME, headers=_bearer(made["token"])).status_code == 200


def test_an_administrator_ends_a_token(world: World, settings: Settings) -> None:
    """Found by its user, never shown."""
    made = browser(world, settings, "analyst").post(TOKENS, json=_ask()).json()
    admin = world.client(settings, "admin")
    at = f"/steget/v1/users/{world.users['analyst']}/tokens"
    assert made["id"] in admin.get(at).text
    assert made["token"] not in admin.get(at).text
    assert admin.delete(f"{at}/{made['id']}").status_code == 204
    nobody = world.client(settings, None)
    assert nobody.get(ME, headers=_bearer(made["token"])).status_code == 401
    assert actions(world) == ["token.create", "token.revoke"]
