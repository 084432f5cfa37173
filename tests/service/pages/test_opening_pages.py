"""Own openings, sites and the provider's facts, as a manager keeps them."""

import pytest

from api.settings import Settings
from tests.service.pages.reading import Person, person
from tests.service.visitors import visitor
from tests.service.world import World

OWN = ("/platser", "/platser/ny", "/arbetsplatser/ny", "/anordnare")
POINT = {"latitude": "59,33", "longitude": "18,07"}


@pytest.fixture
def manager(world: World, settings: Settings) -> Person:
    """The manager of the Café."""
    return person(world, settings, "cafe_manager")


@pytest.mark.parametrize("path", OWN)
def test_only_a_manager_keeps_them(world: World, settings: Settings, path: str) -> None:
    """Others find these things elsewhere, or not at all."""
    manager = person(world, settings, "cafe_manager")
    assert manager.open(path).status == 200
    assert manager.open(path, "en").status == 200
    for user in ("north_supervisor", "north_coordinator", "analyst", "admin"):
        assert person(world, settings, user).open(path).status == 403


@pytest.mark.parametrize("path", ["platser", "arbetsplatser"])
def test_another_providers_are_not_there(
    manager: Person, world: World, settings: Settings, path: str
) -> None:
    """Neither to look at nor to change."""
    other = world.openings["O3"] if path == "platser" else world.sites["S2"]
    own = world.openings["O1"] if path == "platser" else world.sites["S1"]
    assert manager.open(f"/{path}/{other}").status == 404
    assert manager.open(f"/{path}/{own}").status == 200
    assert person(world, settings, "north_supervisor").open(f"/{path}/{own}").status == 403


def test_own_openings_and_sites_are_listed(manager: Person, world: World) -> None:
    """With where they lead."""
    found = manager.open("/platser")
    assert {f"/platser/{world.openings[name]}" for name in ("O1", "O2")} <= set(found.links)
    assert f"/arbetsplatser/{world.sites['S1']}" in found.links
    assert "0 av 57" in found.text


def test_the_terms_of_an_opening_are_changed(manager: Person, world: World) -> None:
    """As the form stands, but for what is otherwise; the occupation by its name or number."""
    path = f"/platser/{world.openings['O1']}"
    before = manager.open(path)
    changed = {
        "title": "Kafébiträde",
        "occupationGroup": "9413",
        "hoursMax": "20",
        "municipality": "0180",
        "insurance": "provided",
        "mayHire": "yes",
        "work-pace": "own_pace",
        "work-liftMaxKg": "5",
    }
    told = manager.send(f"{path}/villkor", **(before.fields | changed))
    assert "Sparat" in told.text
    assert "Kafébiträde" in told.text
    for name in ("title", "hoursMax", "insurance", "mayHire", "work-pace", "work-liftMaxKg"):
        assert told.fields[name] == changed[name], name
    assert told.fields["eligibleMunicipalities"] == "0180"
    assert told.fields["occupationGroup"].startswith("9413 ")
    late = manager.send(f"{path}/villkor", **(before.fields | {"title": "För sent"}))
    assert late.status == 422
    assert "Någon annan har ändrat under tiden" in late.text
    assert late.fields["title"] == "För sent"


def test_what_is_wrong_in_the_terms_stands_by_its_field(manager: Person, world: World) -> None:
    """Also what is wrong about the task; what was written is still there."""
    path = f"/platser/{world.openings['O1']}"
    wrong = {
        "title": "",
        "occupationGroup": "astronaut",
        "hoursMin": "30",
        "hoursMax": "20",
        "work-liftMaxKg": "tungt",
    }
    told = manager.send(f"{path}/villkor", **(manager.open(path).fields | wrong))
    assert told.status == 422
    assert {"#title", "#occupationGroup", "#hoursMax", "#work-liftMaxKg"} <= set(told.links)
    assert {"title", "occupationGroup", "hoursMax", "work-liftMaxKg"} <= told.ids
    assert told.fields["work-liftMaxKg"] == "tungt"


def test_seats_half_days_and_whether_it_takes_anybody(manager: Person, world: World) -> None:
    """Changed together, under the version that was seen; no half-day is a fault."""
    path = f"/platser/{world.openings['O2']}"
    version = manager.open(path).fields["version"]
    given = {"seats": "4", "sessionSeats": "2", "halfDays": "mon_am", "status": "paused"}
    told = manager.send(f"{path}/antal", version=version, **given)
    assert "Antalet är sparat" in told.text
    assert (told.fields["seats"], told.fields["sessionSeats"]) == ("4", "2")
    assert "Pausad" in told.text
    late = manager.send(f"{path}/antal", version=version, **given)
    assert "Någon annan har ändrat under tiden" in late.text
    version = told.fields["version"]
    wrong = manager.send(f"{path}/antal", version=version, **(given | {"seats": "x"}))
    assert wrong.status == 422
    assert "#seats" in wrong.links
    assert wrong.fields["seats"] == "x"


def test_a_link_is_shown_once_and_works(manager: Person, world: World, settings: Settings) -> None:
    """On the page that answers, and never again."""
    path = f"/platser/{world.openings['O1']}"
    made = manager.send(f"{path}/lank")
    link = next(word for word in made.text.split() if "/capacity-links/" in word)
    assert "Kopiera den nu" in made.text
    assert link not in manager.open(path).text
    phone = Person(visitor(world, settings))
    assert "1 ledig plats av 1" in phone.open(link.removeprefix(settings.public_url)).text


def test_a_site_and_an_opening_are_added(manager: Person, world: World) -> None:
    """First what is wrong is told, with what was written; then it is there."""
    told = manager.send("/arbetsplatser/ny", code="två ord", name="", latitude="nord")
    assert told.status == 422
    faults = {"#code", "#name", "#municipalityCode", "#latitude", "#longitude"}
    assert faults <= set(told.links)
    assert told.fields["latitude"] == "nord"
    site = manager.send(
        "/arbetsplatser/ny", code="kaf-2", name="Torget", municipalityCode="0180", **POINT
    )
    assert "Arbetsplatsen är upplagd" in site.text
    assert site.fields["latitude"] == "59.33"
    again = manager.send(
        "/arbetsplatser/ny", code="kaf-2", name="Torget", municipalityCode="0180", **POINT
    )
    assert "Det finns redan" in again.text
    nothing = manager.send("/platser/ny", seats="1")
    assert {"#code", "#siteId", "#title", "#halfDays"} <= set(nothing.links)
    made = manager.send(
        "/platser/ny",
        code="kaf-2-disk",
        siteId=str(world.sites["S1"]),
        seats="3",
        halfDays="mon_am",
        title="Disk",
        occupationGroup="9413",
    )
    assert "Platsen är upplagd" in made.text
    assert made.fields["seats"] == "3"
    assert "Disk" in manager.open("/").text


def test_the_facts_of_a_site_are_changed(manager: Person, world: World) -> None:
    """Under the version that was seen."""
    path = f"/arbetsplatser/{world.sites['S1']}"
    seen = manager.open(path).fields
    facts = {"name": "Nya kaféet", "municipalityCode": "0127"}
    assert "Sparat" in manager.send(path, **(seen | facts)).text
    late = manager.send(path, **(seen | facts | {"name": "Sent"}))
    assert late.status == 422
    assert "Någon annan har ändrat under tiden" in late.text
    assert late.fields["name"] == "Sent"
    wrong = manager.send(path, **(seen | {"name": "", "municipalityCode": "0127"}))
    assert "#name" in wrong.links


def test_the_providers_own_facts_are_changed(manager: Person) -> None:
    """A personal number is never taken for an organisation's."""
    seen = manager.open("/anordnare").fields
    told = manager.send("/anordnare", **(seen | {"name": "Kafé Ek", "equalTreatment": "yes"}))
    assert "Sparat" in told.text
    assert (told.fields["name"], told.fields["equalTreatment"]) == ("Kafé Ek", "yes")
    late = manager.send("/anordnare", **(seen | {"name": "Sent"}))
    assert "Någon annan har ändrat under tiden" in late.text
    now = manager.open("/anordnare").fields
    wrong = manager.send("/anordnare", **(now | {"organisationNumber": "8112189876"}))
    assert wrong.status == 422
    assert "#organisationNumber" in wrong.links
