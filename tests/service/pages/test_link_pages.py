"""A signed link on a phone: looked at, used once, over; its text is in no log."""

import pytest

from api import logs
from api.settings import Settings
from tests.service.pages.reading import Person
from tests.service.visitors import actions, later, visitor
from tests.service.world import World


def made(world: World, settings: Settings, opening: str = "O2") -> str:
    """The address of a link, without the host."""
    manager = world.client(settings, "cafe_manager")
    path = f"/steget/v1/openings/{world.openings[opening]}/capacity-links"
    link = str(manager.post(path).json()["link"])
    assert link.startswith(settings.public_url)
    return link.removeprefix(settings.public_url)


@pytest.fixture
def stranger(world: World, settings: Settings) -> Person:
    """Somebody with a phone, who is not logged in."""
    return Person(visitor(world, settings))


def test_a_link_is_looked_at_and_confirms_by_one_tap(
    stranger: Person, world: World, settings: Settings
) -> None:
    """Looking uses nothing up; then it is over, which is said kindly."""
    link = made(world, settings)
    for _ in range(2):
        assert "2 lediga platser av 2" in stranger.open(link).text
    assert "Is this right?" in stranger.open(link, "en").text
    told = stranger.send(link, does="confirm")
    assert told.status == 200
    assert "Thank you" in told.text
    assert actions(world)[-1] == "capacity.use-link"
    over = stranger.open(link, "sv")
    assert over.status == 410
    assert "Länken gäller inte längre" in over.text
    again = stranger.send(link, does="confirm")
    assert again.status == 410
    assert "inget har ändrats nu" in again.text


def test_another_number_is_written_and_stands_there(
    stranger: Person, world: World, settings: Settings
) -> None:
    """What is no number is told beside the field, and the link can still be used."""
    link = made(world, settings)
    for wrong in ("", "många", "-2", "1,5", "100001"):
        told = stranger.send(link, does="change", free=wrong)
        assert told.status == 422, wrong
        assert "#free" in told.links
        assert told.fields["free"] == wrong
    told = stranger.send(link, does="change", free=5)
    assert "5 lediga platser av 5" in told.text


@pytest.mark.parametrize("link", ["x", "a.b.c", "0" * 200])
def test_what_is_no_link_is_over(stranger: Person, link: str) -> None:
    """Nobody is told whether there ever was one."""
    assert stranger.open(f"/capacity-links/{link}").status == 410


@pytest.mark.parametrize("link", ["å", "x" * 201, "a%20b"])
def test_what_cannot_be_a_link_is_not_there(stranger: Person, link: str) -> None:
    """As any other address."""
    assert stranger.open(f"/capacity-links/{link}").status == 404


def test_a_link_ends(world: World, settings: Settings) -> None:
    """With its time."""
    link = made(world, settings)
    late = Person(visitor(later(world, days=365), settings))
    assert late.open(link).status == 410


def test_a_links_text_is_in_no_log_and_told_to_no_other_page(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither when it is looked at, nor when it is used, nor when it is over, nor when wrong."""
    logs.configure()
    link = made(world, settings)
    phone = Person(visitor(world, settings))
    came = phone.client.get(link)
    assert came.headers["referrer-policy"] == "no-referrer"
    assert came.headers["cache-control"] == "no-store"
    assert 'name="robots" content="noindex' in came.text
    phone.send(link, does="change", free="x")
    phone.send(link, does="confirm")
    phone.open(link)
    phone.open(f"{link}~~{'x' * 200}")
    log = capsys.readouterr().err
    assert '"/capacity-links/{link}"' in log
    assert link.rpartition("/")[2] not in log
