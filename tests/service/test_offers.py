"""What a provider sees of an offer, and what it can answer: nothing beside that, ever."""

import pytest
from sqlalchemy import select

from api.domain import PROVIDER_REASONS
from api.schemas.offers import NewRefusal, Offer, OfferInFull
from api.settings import Settings
from api.store.tables import AuditEntry, UnmetDemandRow
from tests.service.lives import V1, Clock, Desk, at_noon, code, desk, look, state, taken
from tests.service.world import World

SEEN = {
    "id",
    "participant",
    "openingId",
    "opening",
    "startsOn",
    "sessions",
    "hoursPerWeek",
    "offeredUntil",
    "answered",
}
MARK = "hemligt-märke"


@pytest.fixture
def set_world(world: World) -> tuple[World, Clock]:
    """The world on the first of December, and its clock."""
    return at_noon(world)


@pytest.fixture
def here(set_world: tuple[World, Clock]) -> World:
    """The world on the first of December."""
    return set_world[0]


@pytest.fixture
def supervisor(here: World, settings: Settings) -> Desk:
    """The first supervisor of North, whom P1 is shared with."""
    return desk(here, settings, "north_supervisor")


def test_the_types_have_no_other_fields() -> None:
    """Pseudonym, place, start, half-days, hours; and, one at a time, what is to be arranged."""
    assert {str(field.alias) for field in Offer.model_fields.values()} == SEEN
    assert {str(field.alias) for field in OfferInFull.model_fields.values()} == SEEN | {
        "arrangements"
    }
    reasons = NewRefusal.model_json_schema()["properties"]["reason"]["enum"]
    assert set(reasons) == set(PROVIDER_REASONS)


def test_a_provider_sees_an_offer_and_nothing_before_it(
    here: World, supervisor: Desk, settings: Settings
) -> None:
    """A proposal is not seen; an offer is, without the note that the supervisor wrote."""
    manager = here.client(settings, "cafe_manager")
    made = supervisor.proposed(recommended=2, reason="too_far", note=MARK, goesAlong=True)
    assert manager.get(f"{V1}/offers").json()["total"] == 0
    assert code(manager.get(f"{V1}/offers/{made}")) == "not-found"
    supervisor.step(made, "offers", arrangements="Egen rast", consented=True)
    listed = manager.get(f"{V1}/offers")
    one = manager.get(f"{V1}/offers/{made}")
    assert set(listed.json()["items"][0]) == SEEN
    assert (one.json()["participant"], one.json()["arrangements"]) == ("P1", "Egen rast")
    assert MARK not in listed.text + one.text
    read = select(AuditEntry.who).where(AuditEntry.action == "offer.read")
    assert look(here, lambda unit: unit.scalars(read).one()).startswith("provider_manager:")


@pytest.mark.parametrize("over", ["withdrawals", "acceptances"])
def test_a_provider_sees_offers_while_they_wait(
    here: World, supervisor: Desk, settings: Settings, over: str
) -> None:
    """What is taken back, or accepted by both, is not seen any more."""
    manager = here.client(settings, "cafe_manager")
    made = supervisor.offered()
    manager.post(f"{V1}/offers/{made}/acceptances")
    assert manager.get(f"{V1}/offers/{made}").json()["answered"] is True
    supervisor.step(made, over)
    assert code(manager.get(f"{V1}/offers/{made}")) == "not-found"
    assert manager.get(f"{V1}/offers").json()["total"] == 0


def test_an_offer_of_others_does_not_exist(
    here: World, supervisor: Desk, settings: Settings
) -> None:
    """The Garden sees and answers nothing of the Café's; nor anything of any proposal."""
    made = supervisor.offered()
    garden = here.client(settings, "garden_manager")
    assert garden.get(f"{V1}/offers").json()["total"] == 0
    for answer in (
        garden.get(f"{V1}/offers/{made}"),
        garden.post(f"{V1}/offers/{made}/acceptances"),
        garden.post(f"{V1}/offers/{made}/declines", json={"reason": "other"}),
    ):
        assert code(answer) == "not-found"
    cafe = here.client(settings, "cafe_manager")
    for answer in (
        cafe.get(f"{V1}/proposals"),
        cafe.get(f"{V1}/proposals/{made}"),
        cafe.post(f"{V1}/proposals/{made}/acceptances"),
        supervisor.client.get(f"{V1}/offers"),
    ):
        assert code(answer) == "not-allowed"


def test_time_over_is_over(
    here: World, supervisor: Desk, settings: Settings, set_world: tuple[World, Clock]
) -> None:
    """Before the clock has come round, too."""
    made = supervisor.offered()
    set_world[1].forward(days=14)
    manager = here.client(settings, "cafe_manager")
    assert code(manager.post(f"{V1}/offers/{made}/acceptances")) == "not-found"
    assert manager.get(f"{V1}/offers").json()["total"] == 0


def test_a_provider_says_no(here: World, supervisor: Desk, settings: Settings) -> None:
    """The seat is free, the lack is kept; reasons of health are not the provider's to give."""
    made = supervisor.offered()
    manager = here.client(settings, "cafe_manager")
    refused = manager.post(f"{V1}/offers/{made}/declines", json={"reason": "health"})
    assert code(refused) == "not-valid"
    answer = manager.post(f"{V1}/offers/{made}/declines", json={"reason": "place_full"})
    assert answer.json() == {"id": made, "state": "declined"}
    assert (state(here, made), taken(here, "O1")) == ("declined", 0)
    lacks = select(UnmetDemandRow.barriers)
    assert look(here, lambda unit: unit.scalars(lacks).all()) == [["place_full"]]
