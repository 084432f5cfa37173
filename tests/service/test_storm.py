"""A small storm on real web processes, and a few that are killed in it; the large: benchmarks."""

from pathlib import Path

import pytest

from tests.benchmarks.service_house import house, opened
from tests.benchmarks.service_judge import wrong
from tests.benchmarks.service_kills import killed
from tests.benchmarks.service_people import crowd
from tests.benchmarks.service_rush import rush
from tests.benchmarks.service_storm import storm

CLIENTS, EACH, KILLS = 8, 50, 5

pytestmark = pytest.mark.slow


def test_forty_offers_for_three_seats(empty_url: str, tmp_path: Path) -> None:
    """Three hold, the others are told that it is full, by two processes that know of no other."""
    with opened(empty_url) as store, house(empty_url, tmp_path) as there:
        there.web("web0")
        there.web("web1")
        found = rush(store, there, 40, 3)
    assert found.answers == {"200 done": 3, "409 opening-full": 37}
    assert found.held == found.taken == 3


def test_a_small_storm(empty_url: str, tmp_path: Path) -> None:
    """Nothing overbooked at any moment, every answer in the audit, nothing failed."""
    with opened(empty_url) as store, house(empty_url, tmp_path) as there:
        town = crowd(store, 60, 8)
        there.web("web0")
        there.web("web1")
        found = storm(town, store, there.addresses, CLIENTS, lambda did: did >= EACH)
        with store.reading() as unit:
            assert wrong(unit, town, found.done, every=True) == []
        assert there.failures() == 0
    assert not [code for code in found.answers if code.startswith("5")]
    assert len(found.done) > CLIENTS * EACH // 2


def test_killed_in_a_storm(empty_url: str, tmp_path: Path) -> None:
    """What was acknowledged before a process was killed is there; its jobs are another's."""
    with opened(empty_url) as store, house(empty_url, tmp_path) as there:
        town = crowd(store, 60, 8)
        there.web("web0")
        there.web("web1")
        there.worker()
        found = killed(town, store, there, KILLS, CLIENTS)
        with store.reading() as unit:
            assert wrong(unit, town, found.storm.done, every=False) == []
    assert sum(found.kills.values()) == KILLS
    assert set(found.jobs) <= {"done", "failed"}
    assert found.storm.done
