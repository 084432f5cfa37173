"""Answers to give, as a manager meets them: a yes, a no with its reason; nothing of a person."""

import pytest

from api.settings import Settings
from tests.service.lives import desk, state
from tests.service.pages.reading import Person, person
from tests.service.world import World


@pytest.fixture
def manager(world: World, settings: Settings) -> Person:
    """The manager of the Café."""
    return person(world, settings, "cafe_manager")


def offered(world: World, settings: Settings, **told: object) -> str:
    """An offer to the Café, with what is to be arranged."""
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.proposed()
    assert supervisor.step(made, "offers", **told).status_code == 200
    return made


def test_nothing_waits_until_something_is_offered(
    manager: Person, world: World, settings: Settings
) -> None:
    """Then it stands in the list with until when."""
    assert "Inget väntar på ert svar just nu" in manager.open("/svar").text
    offer = offered(world, settings)
    found = manager.open("/svar")
    assert "1 erbjudande väntar" in found.text
    assert "Svara senast" in found.text
    assert f"/svar/{offer}" in found.links
    assert "1 offer waits" in manager.open("/svar", "en").text


def test_an_offer_tells_what_is_to_be_arranged_and_nothing_else_of_the_person(
    manager: Person, world: World, settings: Settings
) -> None:
    """What the participant agreed to; no need, no gender, no age."""
    offer = offered(world, settings, arrangements="Egen rast kl. 10", consented=True)
    found = manager.open(f"/svar/{offer}")
    assert "Egen rast kl. 10" in found.text
    assert "Mån" in found.text
    for never in ("Kön", "Ålder", "Född", "Behov"):
        assert never not in found.text.replace("Behov är inte uppfyllda", "")


def test_a_yes_waits_for_the_participant_and_then_agrees(
    manager: Person, world: World, settings: Settings
) -> None:
    """Said once; the page tells where it stands."""
    offer = offered(world, settings)
    told = manager.send(f"/svar/{offer}/ja")
    assert "Ert ja är noterat" in told.text
    found = manager.open(f"/svar/{offer}")
    assert "Deltagaren har inte svarat än" in found.text
    assert f"/svar/{offer}/ja" not in found.forms


def test_the_last_yes_settles_it(manager: Person, world: World, settings: Settings) -> None:
    """Where the participant has said yes before."""
    offer = offered(world, settings)
    accepted = desk(world, settings, "north_supervisor").step(offer, "acceptances")
    assert accepted.status_code == 200
    assert "Platsen är klar" in manager.send(f"/svar/{offer}/ja").text


def test_a_no_needs_its_reason(manager: Person, world: World, settings: Settings) -> None:
    """Without one the page says so; with one the seat is free again, and the offer is gone."""
    offer = offered(world, settings)
    told = manager.send(f"/svar/{offer}/nej")
    assert told.status == 422
    assert "#reason" in told.links
    assert manager.send(f"/svar/{offer}/nej", reason="health").status == 422
    assert "Ert nej är noterat" in manager.send(f"/svar/{offer}/nej", reason="hours").text
    assert state(world, offer) == "declined"
    assert manager.open(f"/svar/{offer}").status == 404


@pytest.mark.parametrize("user", ["garden_manager", "north_supervisor", "analyst", None])
def test_an_offer_is_its_providers(world: World, settings: Settings, user: str | None) -> None:
    """Others' are not there; other roles may not look."""
    offer = offered(world, settings)
    if user is None:
        stranger = person(world, settings, "admin")
        stranger.client.cookies.clear()
        assert "/logga-in" in stranger.open(f"/svar/{offer}").forms
        return
    who = person(world, settings, user)
    assert who.open(f"/svar/{offer}").status == (404 if user == "garden_manager" else 403)
    assert who.send(f"/svar/{offer}/ja").status == (404 if user == "garden_manager" else 403)
