"""Real Valhalla and OSRM on loopback, over Tampere: the recorded answers once more.

Skipped unless STEGET_TEST_VALHALLA or STEGET_TEST_OSRM tell where one listens. How to start them
with the map of Tampere stands in the design notes on travel.
"""

import os

import pytest

from api.travel import OsrmSettings, Server, ValhallaSettings, osrm, valhalla
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from tests.api.travel import travel_servers as paper

ORIGINS = (Point(latitude=61.4975, longitude=23.7615), Point(latitude=61.5, longitude=23.8))
SITE = Point(latitude=61.49, longitude=23.79)
STOCKHOLM = Point(latitude=59.33, longitude=18.06)
NORTH = Point(latitude=61.7, longitude=23.8)
"""Twenty kilometres outside the map."""


def walk(*origins: Point) -> TravelQuestion:
    """On foot, in Tampere."""
    return paper.question(*(origins or ORIGINS), site=SITE, mode=Mode.WALK)


def address(variable: str) -> Server:
    """Where the server listens, or the reason to skip."""
    url = os.environ.get(variable)
    if not url:
        pytest.skip(f"{variable} is not set to the address of a server with the map of Tampere")
    return Server(base_url=url)


def test_valhalla_itself() -> None:
    """Within two minutes of what was recorded, as points are rounded; two are outside."""
    provider = valhalla.provider(ValhallaSettings(server=address("STEGET_TEST_VALHALLA")))
    first, second = provider.to_site(walk())
    far = provider.to_site(walk(*ORIGINS, NORTH, STOCKHOLM))
    provider.close()
    assert first.minutes == pytest.approx(25, abs=2)
    assert second.minutes == pytest.approx(23, abs=2)
    assert [a.minutes for a in far[:2]] == [first.minutes, second.minutes]
    assert [a.source for a in far[2:]] == ["valhalla: outside"] * 2


def test_osrm_itself() -> None:
    """The same; two are far from every street of the map."""
    provider = osrm.provider(OsrmSettings(walk=address("STEGET_TEST_OSRM")))
    first, second, *far = provider.to_site(walk(*ORIGINS, NORTH, STOCKHOLM))
    provider.close()
    assert first.minutes == pytest.approx(25, abs=2)
    assert second.minutes == pytest.approx(23, abs=2)
    assert [a.source for a in far] == ["osrm: outside"] * 2


def test_valhalla_itself_without_steps() -> None:
    """By wheelchair 53 minutes where it has a way; where it has none, 18 on foot: no bar."""
    provider = valhalla.provider(ValhallaSettings(server=address("STEGET_TEST_VALHALLA")))
    question = paper.question(
        *ORIGINS, site=Point(latitude=61.505, longitude=23.82), mode=Mode.WALK, step_free=True
    )
    first, second = provider.to_site(question)
    provider.close()
    assert first.minutes == pytest.approx(53, abs=3)
    assert second.minutes == pytest.approx(18, abs=2)
    assert (first.step_free, second.step_free) == ("yes", "unknown")
