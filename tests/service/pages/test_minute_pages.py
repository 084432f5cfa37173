"""The manager's minute: confirmed and changed by one tap, with and without a script."""

import pytest

from api.jobs import unknowns
from api.settings import Settings
from api.store.unknowns import Count, keep
from tests.service.lives import desk
from tests.service.pages.reading import Person, person
from tests.service.test_unknowns import NEWS, at, keep_people, long_there
from tests.service.visitors import actions, later
from tests.service.world import World

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def manager(world: World, settings: Settings) -> Person:
    """The manager of the Café."""
    return person(world, settings, "cafe_manager")


def test_every_opening_stands_there_with_what_is_free(manager: Person, world: World) -> None:
    """The own ones, and no one else's; in English too."""
    found = manager.open("/")
    assert found.status == 200
    for name in ("O1", "O2"):
        assert f"/platser/{world.openings[name]}/bekrafta" in found.forms
    assert str(world.openings["O3"]) not in " ".join(found.forms)
    assert "1 ledig av 1, 0 upptagna" in found.text
    assert "2 lediga av 2, 0 upptagna" in found.text
    assert "Still right" in manager.open("/", "en").text


def test_one_tap_confirms(manager: Person, world: World, settings: Settings) -> None:
    """And the page says so; another provider's opening is not there."""
    assert "ännu inte bekräftad" in manager.open("/").text
    told = manager.send(f"/platser/{world.openings['O1']}/bekrafta")
    assert "Platsen är bekräftad" in told.text
    assert actions(world)[-1] == "capacity.confirm"
    assert manager.send(f"/platser/{world.openings['O3']}/bekrafta").status == 404
    supervisor = person(world, settings, "north_supervisor")
    assert supervisor.send(f"/platser/{world.openings['O1']}/bekrafta").status == 403


def test_what_nobody_has_confirmed_for_long_is_told_in_words(
    world: World, settings: Settings
) -> None:
    """Until one tap has confirmed all."""
    old = later(world, days=60)
    manager = person(old, settings, "cafe_manager")
    found = manager.open("/")
    assert "2 platser behöver bekräftas" in found.text
    assert "Aldrig bekräftad" in found.text
    told = manager.send("/platser/bekrafta")
    assert "Alla platser är bekräftade. Tack!" in told.text
    assert "platser behöver bekräftas" not in told.text
    assert actions(world)[-2:] == ["capacity.confirm"] * 2


def test_one_more_free_seat_is_one_tap(manager: Person, world: World) -> None:
    """What was seen goes with it; who has seen something else changes nothing, and is told."""
    path = f"/platser/{world.openings['O2']}/lediga"
    told = manager.send(path, seen="2-0", free=3)
    assert "Antalet är sparat och bekräftat" in told.text
    assert "3 lediga av 3, 0 upptagna" in told.text
    late = manager.send(path, seen="2-0", free=1)
    assert late.status == 422
    assert "Någon annan har ändrat platsen under tiden" in late.text
    assert "3 lediga av 3" in late.text


@pytest.mark.parametrize("free", ["", "-1", "tre", "1,5", "100001"])
def test_what_is_no_number_of_seats_changes_nothing(
    manager: Person, world: World, free: str
) -> None:
    """It is said on the page."""
    told = manager.send(f"/platser/{world.openings['O2']}/lediga", seen="2-0", free=free)
    assert told.status == 422
    assert "2 lediga av 2" in told.text


def test_with_a_script_the_row_alone_comes(manager: Person, world: World) -> None:
    """And a sentence for whoever does not see it change; a fault comes in the row, too."""
    path = f"/platser/{world.openings['O2']}/lediga"
    fields = {"seen": "2-0", "free": "3"}
    came = manager.client.post(path, data=fields, headers=SCRIPT)
    assert came.status_code == 200
    assert "<html" not in came.text
    assert f'id="seat-{world.openings["O2"]}"' in came.text
    assert "Antalet är sparat och bekräftat" in came.text
    again = manager.client.post(path, data=fields, headers=SCRIPT)
    assert again.status_code == 200
    assert "Någon annan har ändrat platsen under tiden" in again.text
    assert "sparat" not in again.text


def test_what_waits_stands_first(manager: Person, world: World, settings: Settings) -> None:
    """With until when, and where to answer."""
    assert "Att svara på 1" not in manager.open("/").text
    offer = desk(world, settings, "north_supervisor").offered()
    found = manager.open("/")
    assert "Att svara på 1 P1 till" in found.text
    assert "Svara senast" in found.text
    assert f"/svar/{offer}" in found.links


def test_what_would_help_most_is_told_as_it_was_counted(world: World, settings: Settings) -> None:
    """Not at all before a worker has counted; then a few, or the number, and where to answer."""
    today = at(world)
    manager = person(today, settings, "cafe_manager")
    assert "Det räknas en gång om dygnet" in manager.open("/").text
    keep_people(world, 2)
    long_there(world)
    assert unknowns.count(today.store, settings)
    found = manager.open("/")
    assert "några få till" in found.text
    site = world.sites["S1"]
    assert f"/arbetsplatser/{site}/kartlaggning/toalett#hygiene-soap" in found.links
    assert "a few more" in manager.open("/", "en").text


def test_nobody_waits_where_everything_needed_is_known(world: World, settings: Settings) -> None:
    """Which is said, not left empty."""
    today = at(world)
    long_there(world)
    assert unknowns.count(today.store, settings)
    manager = person(today, settings, "cafe_manager")
    assert "Inget svar som saknas skulle öppna" in manager.open("/").text


def test_a_new_place_is_not_one_where_nobody_waits(world: World, settings: Settings) -> None:
    """It says when anybody is counted there."""
    today = at(world)
    keep_people(world, 2)
    long_there(world, 27)
    assert unknowns.count(today.store, settings)
    manager = person(today, settings, "cafe_manager")
    assert "Inget att visa än. En plats räknas när den har funnits" in manager.open("/").text
    assert "few" not in manager.open("/", "en").text


def test_an_answer_about_a_task_leads_to_its_opening(world: World, settings: Settings) -> None:
    """Where the question stands with how many wait."""
    today = at(world)
    with today.store.writing() as unit:
        keep(unit, [Count(site="S1", opening="O1", field="work.pace", participants=9)], NEWS)
    manager = person(today, settings, "cafe_manager")
    path = f"/platser/{world.openings['O1']}"
    found = manager.open("/")
    assert f"{path}#work-pace" in found.links
    assert "9 personer till" in found.text
    assert "9 personer till kan kanske komma" in manager.open(path).text
