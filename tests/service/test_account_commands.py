"""``users add`` and ``organisations add``: the first account, by which the others are made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api import app
from api.cli.serving import DEMO_PASSWORD
from api.settings import Settings
from api.store import Store
from api.store.tables import AuditEntry, Organisation, User
from tests.service.commanding import FAULTY, Machine, opened, said, set_up
from tests.service.world import settle

PASSWORD = "correct horse battery staple"  # noqa: S105 -- of a test
ROLES = {
    "admin": (),
    "analyst": (),
    "supervisor": ("--organisation", "north"),
    "coordinator": ("--organisation", "north"),
    "provider_manager": ("--provider", "A"),
}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> Machine:
    """A machine with a database of either kind, and a password in the environment."""
    machine = set_up(monkeypatch, tmp_path, empty_url)
    machine.set(password=PASSWORD)
    return machine


@pytest.fixture
def store(machine: Machine, empty_url: str) -> Iterator[Store]:
    """Its store, with the tables and nothing in them."""
    assert machine.folder.is_dir()
    with opened(empty_url) as store:
        yield store


def everybody(store: Store) -> dict[str, User]:
    """Who could log in."""
    with store.reading() as unit:
        return {user.login: user for user in unit.scalars(select(User))}


def status_of_login(store: Store, settings: Settings, login: str, password: str) -> int:
    """What the service answers to a login."""
    body = {"login": login, "password": password}
    with TestClient(app.create(store, settings)) as client:
        return client.post("/steget/v1/sessions", json=body).status_code


def test_the_first_account_logs_in(machine: Machine, store: Store, settings: Settings) -> None:
    """With its password and no other; the database and the audit know no word of it."""
    told = machine.done("users", "add", "Anna@Example.se", "--role", "admin", "--name", "Anna")
    assert told == [said("user_added", login="Anna@Example.se", role="admin")]
    assert status_of_login(store, settings, "anna@example.se", PASSWORD) == 201
    assert status_of_login(store, settings, "anna@example.se", PASSWORD + "!") == 401
    user = everybody(store)["anna@example.se"]
    assert (user.name, user.role, user.language) == ("Anna", "admin", "sv")
    assert PASSWORD not in (user.password_hash or PASSWORD)
    with store.reading() as unit:
        first = unit.scalars(select(AuditEntry).order_by(AuditEntry.number)).first()
        assert first is not None
        assert (first.who, first.action, first.subject, first.detail) == (
            *("command", "user.create", f"user:{user.id}"),
            '{"role":"admin"}',
        )


def test_a_hidden_prompt_asks_for_the_password(
    machine: Machine, store: Store, settings: Settings
) -> None:
    """Twice, where none stands in the environment; it is not shown."""
    machine.set(password=None)
    line = ("users", "add", "anna", "--role", "admin")
    result = machine.run(*line, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert status_of_login(store, settings, "anna", PASSWORD) == 201
    nobody = machine.run("users", "add", "berit", "--role", "admin", typed="")
    assert nobody.exit_code == FAULTY
    assert said("password_missing") in nobody.stderr
    assert set(everybody(store)) == {"anna"}


@pytest.mark.parametrize("password", ["", "too short", "x" * 201, DEMO_PASSWORD])
def test_a_weak_password_is_refused(machine: Machine, store: Store, password: str) -> None:
    """Too short, too long, or the one that everybody knows."""
    machine.set(password=password)
    told = machine.refused("users", "add", "anna", "--role", "admin")
    assert told == said("password_weak", least=12, most=200)
    assert everybody(store) == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_with_its_house(machine: Machine, store: Store, role: str) -> None:
    """Of its organisation or provider; without it, or with another, nobody is added."""
    world = settle(store)
    before = set(everybody(store))
    machine.done("users", "add", "anna", "--role", role, *ROLES[role])
    anna = everybody(store)["anna"]
    house = {"--organisation": world.organisations["north"], "--provider": world.providers["A"]}
    assert (anna.organisation_id or anna.provider_id) == (
        house[ROLES[role][0]] if ROLES[role] else None
    )
    for wrong in {(), ("--organisation", "north"), ("--provider", "A")} - {ROLES[role]}:
        kind = ROLES[role][0].removeprefix("--") if ROLES[role] else "none"
        told = machine.refused("users", "add", "berit", "--role", role, *wrong)
        assert told == said(f"house_{kind}", role=role)
    assert set(everybody(store)) == before | {"anna"}


def test_houses_that_are_not_there(machine: Machine, store: Store) -> None:
    """Said, and nobody is added."""
    for house in (("supervisor", "--organisation"), ("provider_manager", "--provider")):
        told = machine.refused("users", "add", "anna", "--role", house[0], house[1], "nowhere")
        assert told == said("no_house")
    assert everybody(store) == {}


def test_one_login_is_one_person(machine: Machine, store: Store) -> None:
    """Also with other capitals; the first one stays as it was."""
    machine.done("users", "add", "anna", "--role", "admin")
    told = machine.refused("users", "add", "ANNA", "--role", "analyst")
    assert told == said("already_there")
    assert everybody(store)["anna"].role == "admin"


@pytest.mark.parametrize("login", ["", "anna berg", "x" * 255, "anna\x07"])
def test_what_is_no_login(machine: Machine, store: Store, login: str) -> None:
    """As the API would refuse it."""
    assert machine.refused("users", "add", login, "--role", "admin") == said("not_a_login")
    assert everybody(store) == {}


def test_somebody_of_an_identity_provider(
    machine: Machine, store: Store, settings: Settings
) -> None:
    """No password, and none is asked for: nobody logs in with one."""
    machine.set(password=None)
    machine.done("users", "add", "anna", "--role", "admin", "--without-password")
    assert everybody(store)["anna"].password_hash is None
    assert status_of_login(store, settings, "anna", "") == 401


def test_an_organisation_and_its_supervisor(machine: Machine, store: Store) -> None:
    """The controller comes first; a code is used once."""
    line = ("organisations", "add", "0180", "--name", "Stockholm", "--municipality", "0180")
    assert machine.done(*line) == [said("organisation_added", code="0180")]
    assert machine.refused(*line) == said("already_there")
    machine.done("users", "add", "anna", "--role", "supervisor", "--organisation", "0180")
    with store.reading() as unit:
        (row,) = unit.scalars(select(Organisation))
        assert (row.name, row.municipality_code) == ("Stockholm", "0180")
    assert everybody(store)["anna"].organisation_id == row.id


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("a b",), "not_a_code"),
        (("x" * 65,), "not_a_code"),
        (("north", "--municipality", "18"), "not_a_municipality"),
        (("north", "--municipality", "abcd"), "not_a_municipality"),
    ],
)
def test_what_is_no_organisation(
    machine: Machine, store: Store, line: tuple[str, ...], sentence: str
) -> None:
    """Said, and nothing is added."""
    assert machine.refused("organisations", "add", *line) == said(sentence)
    with store.reading() as unit:
        assert unit.scalars(select(Organisation)).all() == []
