"""Users, as administrators keep them: who they are, what they may do, and when they may not."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from api.domain import Role
from api.settings import Settings
from api.store.tables import User
from tests.service.visitors import ME, PASSWORD, SESSIONS, actions, browser, ready, visitor
from tests.service.world import World

USERS = "/steget/v1/users"
NOWHERE = "00000000-0000-0000-0000-000000000000"


def _analyst(**more: object) -> dict[str, object]:
    return {"login": "Ny@Example.se", "name": "Ny", "role": "analyst", **more}


def _at(client: TestClient, world: World, user: str) -> tuple[str, dict[str, Any], str]:
    """Where a user stands, what the administrator sees, and its ETag."""
    path = f"{USERS}/{world.users[user]}"
    answer = client.get(path)
    return path, answer.json(), answer.headers["etag"]


def _body(seen: dict[str, Any], **more: object) -> dict[str, object]:
    """What was seen, to be written again."""
    kept = ("login", "name", "role", "language", "active", "oidcSubject")
    house = {name: seen[name] for name in ("organisationId", "providerId") if seen[name]}
    return {**{name: seen[name] for name in kept}, **house, **more}


def test_a_new_user_logs_in_with_the_password_that_was_set(
    world: World, settings: Settings
) -> None:
    """Made, given a password, and in; whoever asks twice makes one."""
    admin = world.client(settings, "admin")
    key = {"Idempotency-Key": "one"}
    made = admin.post(USERS, json=_analyst(), headers=key)
    assert made.status_code == 201
    assert made.headers["etag"] == '"1"'
    assert made.json()["login"] == "ny@example.se"
    assert made.json()["hasPassword"] is False
    path = made.headers["location"]
    assert admin.post(USERS, json=_analyst(), headers=key).json() == made.json()
    assert admin.put(f"{path}/password", json={"password": PASSWORD}).status_code == 204
    assert admin.get(path).json()["hasPassword"] is True
    client = visitor(world, settings)
    answer = client.post(SESSIONS, json={"login": "ny@example.se", "password": PASSWORD})
    assert answer.status_code == 201
    assert actions(world) == ["user.create", "user.password", "session.create"]


WRONG: tuple[tuple[dict[str, object], int, str], ...] = (
    ({"role": "supervisor"}, 422, "not-valid"),  # of no organisation
    ({"role": "analyst", "organisationId": NOWHERE}, 422, "not-valid"),
    ({"role": "provider_manager", "organisationId": NOWHERE}, 422, "not-valid"),
    ({"role": "supervisor", "organisationId": NOWHERE}, 404, "not-found"),
    ({"role": "provider_manager", "providerId": NOWHERE}, 404, "not-found"),
    ({"role": "king"}, 422, "not-valid"),
    ({"login": "ANALYST"}, 409, "already-there"),
    ({"login": "with space"}, 422, "not-valid"),
    ({"login": "with\x00nothing"}, 422, "not-valid"),
    ({"name": ""}, 422, "not-valid"),
    ({"language": "fi"}, 422, "not-valid"),
    ({"oidcSubject": "no issuer"}, 422, "not-valid"),
    ({"password": PASSWORD}, 422, "not-valid"),  # set apart
)


def test_a_user_that_cannot_be(world: World, settings: Settings) -> None:
    """Role and house fit, both are there, and nobody else has the login: else nothing is made."""
    admin = world.client(settings, "admin")
    for more, status, code in WRONG:
        answer = admin.post(USERS, json=_analyst(**more))
        assert (answer.status_code, answer.json()["code"]) == (status, code), more
    assert admin.get(USERS).json()["total"] == len(world.users)
    assert actions(world) == []


def test_a_password_that_is_too_short_is_not_repeated(world: World, settings: Settings) -> None:
    """What is wrong with it is said, not what it was."""
    admin = world.client(settings, "admin")
    answer = admin.put(f"{USERS}/{world.users['analyst']}/password", json={"password": "hemligt"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/password"
    assert "hemligt" not in answer.text


def test_a_new_password_ends_sessions_and_tokens(world: World, settings: Settings) -> None:
    """Whoever knew the former is out, and so is what they made with it; others' goes on."""
    client, program = browser(world, settings, "analyst"), world.client(settings, "analyst")
    assert program.get(ME).status_code == 200
    admin = world.client(settings, "admin")
    path = f"{USERS}/{world.users['analyst']}/password"
    assert admin.put(path, json={"password": PASSWORD}).status_code == 204
    assert [one.get(ME).status_code for one in (client, program, admin)] == [401, 401, 200]


def test_two_who_edit_at_once_do_not_overwrite_each_other(
    world: World, settings: Settings
) -> None:
    """428 without a version, 412 with an old one; nothing is changed."""
    admin = world.client(settings, "admin")
    path, seen, tag = _at(admin, world, "analyst")
    new = _body(seen, name="Anna")
    assert admin.put(path, json=new).status_code == 428
    changed = admin.put(path, json=new, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "Anna")
    assert changed.headers["etag"] != tag
    late = admin.put(path, json=_body(seen, name="Bo"), headers={"If-Match": tag})
    assert (late.status_code, late.json()["code"]) == (412, "precondition-failed")
    assert admin.delete(path, headers={"If-Match": tag}).status_code == 412
    assert admin.get(path).json() == changed.json()
    taken = _body(changed.json(), login="admin")
    tag = changed.headers["etag"]
    assert admin.put(path, json=taken, headers={"If-Match": tag}).json()["code"] == "already-there"


def test_another_role_or_house_ends_what_was_opened_before(
    world: World, settings: Settings
) -> None:
    """Another name does not; a token made for one role is none of another's."""
    client = browser(world, settings, "north_supervisor")
    admin = world.client(settings, "admin")
    path, seen, tag = _at(admin, world, "north_supervisor")
    tag = admin.put(path, json=_body(seen, name="Anna"), headers={"If-Match": tag}).headers["etag"]
    assert client.get(ME).status_code == 200
    moved = _body(seen, organisationId=str(world.organisations["south"]))
    assert admin.put(path, json=moved, headers={"If-Match": tag}).status_code == 200
    assert client.get(ME).status_code == 401
    assert world.client(settings, "north_supervisor").get(ME).status_code == 401


def test_who_is_deactivated_is_out_and_comes_back_only_anew(
    world: World, settings: Settings
) -> None:
    """Sessions and tokens end for good; the row stays, for the audit names it."""
    client = browser(world, settings, "analyst")
    admin = world.client(settings, "admin")
    path, seen, tag = _at(admin, world, "analyst")
    assert admin.delete(path, headers={"If-Match": tag}).status_code == 204
    assert client.get(ME).status_code == 401
    assert world.client(settings, "analyst").get(ME).status_code == 401
    _, after, tag = _at(admin, world, "analyst")
    assert after["active"] is False
    back = admin.put(path, json=_body(seen, active=True), headers={"If-Match": tag})
    assert back.json()["active"] is True
    assert world.client(settings, "analyst").get(ME).status_code == 401
    assert actions(world) == ["user.deactivate", "user.replace"]


def test_an_administrator_is_always_left(world: World, settings: Settings) -> None:
    """The last one can neither be deactivated nor become something else; with two, one can."""
    admin = world.client(settings, "admin")
    path, seen, tag = _at(admin, world, "admin")
    match = {"If-Match": tag}
    for answer in (
        admin.delete(path, headers=match),
        admin.put(path, json=_body(seen, role="analyst"), headers=match),
        admin.put(path, json=_body(seen, active=False), headers=match),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "last-admin")
    second = {"login": "second", "name": "Second", "role": "admin"}
    assert admin.post(USERS, json=second).status_code == 201
    assert admin.delete(path, headers=match).status_code == 204
    with world.store.reading() as unit:
        left = unit.scalars(
            select(User.login).where(User.role == Role.ADMIN, User.active.is_(True))
        )
        assert list(left) == ["second"]


def test_two_administrators_cannot_remove_each_other_at_once(
    world: World, settings: Settings
) -> None:
    """However the two requests meet, one administrator is left."""
    admin = world.client(settings, "admin")
    second = {"login": "second", "name": "Second", "role": "admin"}
    other = admin.post(USERS, json=second).json()["id"]
    paths = (f"{USERS}/{world.users['admin']}", f"{USERS}/{other}")
    clients = [ready(world.client(settings, "admin")) for _ in paths]

    def remove(client: TestClient, path: str) -> int:
        return client.delete(path, headers={"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(remove, clients, paths))
    with world.store.reading() as unit:
        admins = unit.scalars(select(User.active).where(User.role == Role.ADMIN))
        assert sorted(admins) == [False, True]
    assert found.count(204) == 1


def test_users_come_in_pages_without_their_secrets(world: World, settings: Settings) -> None:
    """By login; no hash of anything."""
    admin = world.client(settings, "admin")
    answer = admin.get(USERS, params={"limit": 2, "offset": 1})
    assert [item["login"] for item in answer.json()["items"]] == ["analyst", "cafe_manager"]
    assert answer.json()["total"] == len(world.users)
    assert 'rel="next"' in answer.headers["link"]
    assert 'rel="prev"' in answer.headers["link"]
    assert "argon2" not in answer.text
    assert "hash" not in answer.text.lower()


def test_only_administrators_keep_users(world: World, settings: Settings) -> None:
    """Everybody else may not even look; and who is not there is not found."""
    path = f"{USERS}/{world.users['analyst']}"
    for user in ("north_supervisor", "north_coordinator", "cafe_manager", "analyst"):
        client = world.client(settings, user)
        found = [
            client.get(USERS),
            client.get(path),
            client.post(USERS, json=_analyst()),
            client.put(f"{path}/password", json={"password": PASSWORD}),
            client.delete(path, headers={"If-Match": '"1"'}),
            client.get(f"{path}/tokens"),
        ]
        assert {answer.status_code for answer in found} == {403}
    admin = world.client(settings, "admin")
    for answer in (
        admin.get(f"{USERS}/{NOWHERE}"),
        admin.get(f"{USERS}/{NOWHERE}/tokens"),
        admin.put(f"{USERS}/{NOWHERE}/password", json={"password": PASSWORD}),
        admin.delete(f"{USERS}/{NOWHERE}", headers={"If-Match": '"1"'}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
