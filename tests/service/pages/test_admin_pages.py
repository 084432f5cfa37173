"""Users, organisations and the log, as an administrator meets them."""

import pytest
from sqlalchemy import select, update

from api.settings import Settings
from api.store.tables import AuditEntry, User
from tests.service.pages.reading import Person, person
from tests.service.visitors import actions
from tests.service.world import World

SHORT, NEW = "kort", "fyra ord att minnas"
OWN = ("/anvandare", "/anvandare/ny", "/organisationer", "/logg")


@pytest.fixture
def admin(world: World, settings: Settings) -> Person:
    """The administrator."""
    return person(world, settings, "admin")


@pytest.mark.parametrize("path", OWN)
def test_only_an_administrator_sees_them(world: World, settings: Settings, path: str) -> None:
    """What the API refuses a role, no page shows it."""
    assert person(world, settings, "admin").open(path).status == 200
    for user in ("north_supervisor", "cafe_manager", "north_coordinator", "analyst"):
        assert person(world, settings, user).open(path).status == 403


def test_a_user_is_added_and_found_again(admin: Person, world: World) -> None:
    """The form makes a user, whose page then shows what was filled in."""
    organisation = str(world.organisations["north"])
    made = admin.send(
        "/anvandare/ny",
        login="ny@example.se",
        name="Ny Handledare",
        role="supervisor",
        organisationId=organisation,
        language="sv",
        active="yes",
    )
    assert made.status == 200
    assert "Användaren är tillagd" in made.text
    assert made.fields["name"] == "Ny Handledare"
    assert "user.create" in actions(world)
    assert "Ny Handledare" in admin.open("/anvandare").text


def test_what_is_wrong_in_a_user_stands_by_its_field_and_nothing_is_lost(admin: Person) -> None:
    """The summary leads to each field, and what was filled in is still there."""
    told = admin.send("/anvandare/ny", login="två ord", name="", role="coordinator")
    assert told.status == 422
    assert {"#login", "#name", "#organisationId"} <= set(told.links)
    assert {"login", "name", "organisationId"} <= told.ids
    assert told.fields["login"] == "två ord"
    assert "#role" in admin.send("/anvandare/ny", login="x", name="X").links


def test_a_login_that_there_is_already_is_said_so(admin: Person) -> None:
    """A refusal of the whole form stands in the summary."""
    told = admin.send("/anvandare/ny", login="analyst", name="A", role="analyst", language="sv")
    assert told.status == 422
    assert "Det finns redan" in told.text


def test_a_change_of_what_somebody_else_changed_is_not_made(admin: Person, world: World) -> None:
    """The version that was seen goes with the form; another one is refused, and said."""
    path = f"/anvandare/{world.users['analyst']}"
    seen = admin.open(path).fields | {"role": "analyst", "name": "Först", "language": "sv"}
    assert "Sparat" in admin.send(path, **seen).text
    again = admin.send(path, **(seen | {"name": "Sedan"}))
    assert again.status == 422
    assert "Läs om och gör din ändring" in again.text
    with world.store.reading() as unit:
        assert unit.scalar(select(User.name).where(User.login == "analyst")) == "Först"


def test_a_password_is_set_and_a_short_one_is_not(admin: Person, world: World) -> None:
    """Twelve characters, as the API wants them; the page says so beside the field."""
    path = f"/anvandare/{world.users['analyst']}/losenord"
    assert "#password" in admin.send(path, password=SHORT).links
    assert "Lösenordet är angivet" in admin.send(path, password=NEW).text
    assert "user.password" in actions(world)


def test_an_organisation_is_taken_in_once(admin: Person) -> None:
    """The second of the same code is refused."""
    path, given = (
        "/organisationer",
        {"code": "ny", "name": "Ny kommun", "municipalityCode": "0127"},
    )
    made = admin.send(path, **given)
    assert "Ny kommun ny Botkyrka" in made.text
    assert "Det finns redan" in admin.send(path, **given).text


def test_the_log_tells_what_was_done_and_that_it_is_whole(admin: Person, world: World) -> None:
    """What was done stands first; after a change by hand the check says where."""
    admin.send("/organisationer", code="ny", name="Ny")
    assert "organisation.create" in admin.open("/logg").text
    assert "Det finns inget i loggen" in admin.open("/logg?action=nothing.such").text
    assert "Loggen är hel" in admin.send("/logg").text
    with world.store.engine.begin() as unit:
        unit.exec_driver_sql("DROP TRIGGER audit_no_update")
        unit.execute(update(AuditEntry).values(action="nothing.happened"))
    assert "Loggen har ändrats" in admin.send("/logg").text
