"""Settings: all off, addresses that cannot be used refused, and the deadlines asked for."""

from datetime import time

import pytest

from api.travel import (
    Deadlines,
    MotisSettings,
    OsrmSettings,
    OtpSettings,
    Server,
    SlSettings,
    TravelSettings,
    ValhallaSettings,
    journey_sources,
    providers,
    resrobot_server,
)
from api.travel.asking import Finding, deadlines_of, median, unknown
from api.travel.settings import NEVER
from api.travel.troubles import Trouble
from matcher.travel.contract import MORNING, TravelProvider
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

OWN = Server(base_url="http://127.0.0.1:8123")


def test_all_is_off_by_default() -> None:
    """Neither a table's source nor a journey's."""
    assert providers(TravelSettings()) == {}
    assert journey_sources(TravelSettings()) == {}


def test_what_is_configured_is_there_by_its_name() -> None:
    """All four, and both that show a journey; making them calls nobody."""
    settings = TravelSettings(
        motis=MotisSettings(server=OWN),
        valhalla=ValhallaSettings(server=OWN),
        osrm=OsrmSettings(walk=OWN),
        otp=OtpSettings(server=OWN),
        resrobot=resrobot_server("key"),
        sl=SlSettings(contact="resor@example.org"),
        deadlines=Deadlines.ALL,
    )
    made = providers(settings)
    of_tables: dict[str, TravelProvider] = dict(made)
    assert list(of_tables) == ["motis", "valhalla", "osrm", "otp"]
    assert list(journey_sources(settings)) == ["resrobot", "sl"]
    for source in (*made.values(), *journey_sources(settings).values()):
        source.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "router.example",
        "ftp://router.example",
        "https://",
        "https://user:s3cret@router.example",
        "https://router.example/?key=s3cret",
        "https://router.example/#s3cret",
        "http://[::1",
        "http://router.example:s3cret",
        *(f"https://{host}/x" for host in NEVER),
        "https://Router.Project-OSRM.org.",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    """Public servers as well; the sentence does not repeat what may be a key."""
    with pytest.raises(ValueError, match=r"base_url|public") as caught:
        Server(base_url=url)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"timeout_seconds": 0},
        {"timeout_seconds": 121},
        {"timeout_seconds": float("nan")},
        {"attempts": 0},
        {"attempts": 7},
        {"calls_per_minute": 1},
        {"key": "nyckel-å"},
        {"key": "two\nlines"},
    ],
)
def test_numbers_have_their_range(changes: dict[str, object]) -> None:
    """And a key can be sent in a header."""
    with pytest.raises(ValueError, match=r".+") as caught:
        Server(base_url="https://router.example", **changes)
    assert "nyckel" not in str(caught.value)


@pytest.mark.parametrize("make", [MotisSettings, ValhallaSettings])
def test_a_batch_has_one_place_at_least(make: type) -> None:
    """None would never end."""
    with pytest.raises(ValueError, match="batch_size"):
        make(server=OWN, batch_size=0)
    with pytest.raises(ValueError, match="batch_size"):
        OsrmSettings(batch_size=0)


@pytest.mark.parametrize("contact", ["", "nobody", "å@example.org", "a@example.org\nX: y"])
def test_sl_wants_an_address_to_write_to(contact: str) -> None:
    """One that can stand in a header."""
    with pytest.raises(ValueError, match="mail address"):
        SlSettings(contact=contact)


def test_the_version_is_told_in_the_source() -> None:
    """So that times of two versions are not mixed unseen."""
    server = Server(base_url="https://router.example", version="3.9.1")
    made = providers(TravelSettings(valhalla=ValhallaSettings(server=server)))["valhalla"]
    assert {a.source for a in made.to_site(paper.question())} == {"valhalla/3.9.1: not_offered"}
    made.close()


def hours(setting: Deadlines, deadlines: tuple[time, ...]) -> list[str]:
    """The times asked for."""
    asked = deadlines_of(paper.question(deadlines=deadlines), setting)
    return [moment.strftime("%H:%M%z") for moment in asked]


def test_one_deadline_is_the_middle_one() -> None:
    """Whatever their order; of two in the middle the later; in Stockholm's winter time."""
    assert hours(Deadlines.ONE, MORNING[::-1]) == ["08:30+0100"]
    assert hours(Deadlines.ONE, MORNING[:4]) == ["08:20+0100"]
    assert hours(Deadlines.ONE, ()) == []


def test_all_deadlines_are_seven_at_most() -> None:
    """Spread over the list, the first and the last among them."""
    assert len(hours(Deadlines.ALL, MORNING)) == 7
    many = tuple(time(hour) for hour in range(19))
    assert hours(Deadlines.ALL, many) == [f"{hour:02}:00+0100" for hour in range(0, 19, 3)]
    assert hours(Deadlines.ALL, MORNING[:1]) == ["08:00+0100"]


def found(*seconds: int | None) -> list[Finding]:
    """Findings of so many seconds; ``None`` is no way."""
    return [
        Finding(reach=Reach.UNREACHABLE if s is None else Reach.MINUTES, seconds=s)
        for s in seconds
    ]


def test_the_median_takes_no_way_for_the_longest() -> None:
    """Half of them without a way: the longer of the two in the middle, no way."""
    assert median(found(3, 1, 2)).seconds == 2
    assert median(found(1, None, 2)).seconds == 2
    assert median(found(1, None, None)).reach is Reach.UNREACHABLE
    assert median(found(1, 2, None, None)).reach is Reach.UNREACHABLE
    assert median(found(0)).seconds == 0


def test_one_unknown_makes_the_median_unknown() -> None:
    """What it would have been is not guessed."""
    findings = [*found(1, 2), unknown(Trouble.TIMEOUT), *found(3, 4)]
    assert median(findings) == unknown(Trouble.TIMEOUT)
