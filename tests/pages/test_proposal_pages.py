"""Pages about proposals: the list, and a placement's whole life by its forms."""

import pytest
from starlette.testclient import TestClient

from api.domain import Role, State, Step, may
from api.pages.proposals import DEEDS
from api.settings import Settings
from tests.pages.reading import form, links, words
from tests.service.lives import TODAY, at_noon, desk, started, state
from tests.service.visitors import browser
from tests.service.world import World


@pytest.fixture
def here(world: World) -> World:
    """The world on the first of December."""
    return at_noon(world)[0]


@pytest.fixture
def north(here: World, settings: Settings) -> TestClient:
    """A browser of a supervisor of North, with whom P1 is shared."""
    return browser(here, settings, "north_supervisor")


@pytest.fixture
def made(here: World, settings: Settings) -> str:
    """A proposal of P1."""
    return desk(here, settings, "north_supervisor").proposed()


def take(north: TestClient, made: str, deed: str, **filled: str | list[str]) -> int:
    """Open the form of a step, fill it in, and send it; its status."""
    page = north.get(f"/forslag/{made}?steg={deed}")
    sent = form(page.text, f"/forslag/{made}/{deed}").sent(**filled)
    return north.post(f"/forslag/{made}/{deed}", data=sent).status_code


def test_every_step_of_a_supervisor_has_a_form() -> None:
    """Whatever the domain lets a supervisor do with a placement that is there."""
    steps = {step for step in Step if any(may(step, one, Role.SUPERVISOR) for one in State)}
    assert {deed.step for deed in DEEDS.values()} == steps


def test_a_whole_life(here: World, settings: Settings, north: TestClient, made: str) -> None:
    """Changed, offered, said yes to, started, more hours, ended: each told in the timeline."""
    assert take(north, made, "andra", sessions=["wed_am"], hoursPerWeek="6") == 303
    offer = {"arrangements": "Egen rast", "consented": "yes", "goesAlong": "yes"}
    assert take(north, made, "erbjud", **offer) == 303
    assert take(north, made, "ja") == 303
    manager = here.client(settings, "cafe_manager")
    assert manager.post(f"/steget/v1/offers/{made}/acceptances").status_code == 200
    assert take(north, made, "borja", on=TODAY) == 303
    assert take(north, made, "timmar", on=TODAY, hoursPerWeek="12", note="Vill mer") == 303
    assert take(north, made, "avsluta", on=TODAY, ending="work", hoursPerWeek="20") == 303
    assert state(here, made) == "ended"
    told = words(north.get(f"/forslag/{made}").text)
    for text in ("ons fm", "Vill mer", "12 timmar i veckan", "Arbete", "Avslutad", "Egen rast"):
        assert text in told
    assert "Här finns inget mer att göra." in told


def test_a_no_has_a_reason(here: World, north: TestClient, made: str) -> None:
    """Whose it is and why; a note if there is one."""
    assert take(north, made, "nej", reason="too_far", note="Lång resa") == 303
    assert state(here, made) == "declined"
    told = words(north.get(f"/forslag/{made}").text)
    assert "För långt bort" in told
    assert "Lång resa" in told


def test_it_can_be_taken_back(here: World, north: TestClient, made: str) -> None:
    """No reason is needed."""
    assert take(north, made, "ta-tillbaka") == 303
    assert state(here, made) == "withdrawn"


def test_faults_stand_beside_their_fields(north: TestClient, made: str) -> None:
    """With what was filled in; nothing is done."""
    page = north.post(f"/forslag/{made}/nej", data={"by": "participant", "note": "Behåll mig"})
    assert page.status_code == 422
    assert 'href="#reason"' in page.text
    assert form(page.text, f"/forslag/{made}/nej").fields["note"] == ["Behåll mig"]
    page = north.post(f"/forslag/{made}/erbjud", data={"arrangements": "Egen rast"})
    assert page.status_code == 422
    assert 'href="#consented"' in page.text
    assert "Egen rast" in page.text


def test_a_day_to_come_is_no_start(here: World, settings: Settings, north: TestClient) -> None:
    """The field says so; a placement that has started cannot start again."""
    made = started(here, settings)
    assert take(north, made, "timmar", on="2027-01-12", hoursPerWeek="12") == 422
    page = north.post(f"/forslag/{made}/avsluta", data={"on": "2027-01-12", "ending": "work"})
    assert "Dag: dagen har inte kommit än" in words(page.text)
    again = north.post(f"/forslag/{made}/borja", data={"on": TODAY})
    assert again.status_code == 422
    assert "Placeringen är inte i ett läge där steget kan tas." in words(again.text)


def test_two_at_once_are_told(
    here: World, settings: Settings, north: TestClient, made: str
) -> None:
    """A form of an older version changes nothing, and comes back with the new one."""
    where = f"/forslag/{made}/andra"
    mine = form(north.get(f"/forslag/{made}?steg=andra").text, where)
    other = browser(here, settings, "north_other")
    assert take(other, made, "andra", hoursPerWeek="20") == 303
    page = north.post(where, data=mine.sent(hoursPerWeek="12"))
    assert page.status_code == 422
    assert "Någon annan har ändrat under tiden." in words(page.text)
    again = form(page.text, where)
    assert again.fields["hoursPerWeek"] == ["12"]
    assert north.post(where, data=again.sent()).status_code == 303


def test_the_list_is_by_state(north: TestClient, made: str) -> None:
    """All, or those in a state; none where there is none."""
    assert f"/forslag/{made}" in links(north.get("/forslag").text)
    assert f"/forslag/{made}" in links(north.get("/forslag?lage=proposed").text)
    empty = north.get("/forslag?lage=ended")
    assert "Inget förslag finns här just nu." in words(empty.text)
    north.cookies.set("steget_language", "en")
    assert "Proposals and placements of your participants" in words(north.get("/forslag").text)


@pytest.mark.parametrize(
    ("user", "status"), [("south_supervisor", 404), ("north_coordinator", 403), ("admin", 403)]
)
def test_it_is_nobody_elses(
    here: World, settings: Settings, made: str, user: str, status: int
) -> None:
    """What is not shared is not there; other roles may not."""
    other = browser(here, settings, user)
    for below in ("", "/utskrift", "/utskrift.pdf"):
        assert other.get(f"/forslag/{made}{below}").status_code == status, below
    assert other.post(f"/forslag/{made}/ja").status_code == status
    assert other.get("/forslag").status_code == (200 if user == "south_supervisor" else 403)


def test_there_are_no_other_steps(north: TestClient, made: str) -> None:
    """An address of none of them is not there; a form that is not possible is not shown."""
    assert north.post(f"/forslag/{made}/annat").status_code == 404
    page = north.get(f"/forslag/{made}?steg=avsluta").text
    assert f"/forslag/{made}/avsluta" not in links(page)
    assert not [link for link in links(page) if "P1" in link]
