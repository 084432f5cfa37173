"""The service measured: web processes and a worker on loopback, on both databases.

Nothing is asserted of seconds; of what must hold, everything. ``make bench-service``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from api.store import Store
from tests.benchmarks import service_advice as advice
from tests.benchmarks.conftest import Figures
from tests.benchmarks.service_house import House, house, load, opened
from tests.benchmarks.service_judge import wrong
from tests.benchmarks.service_kills import killed
from tests.benchmarks.service_people import county, crowd
from tests.benchmarks.service_rush import rush
from tests.benchmarks.service_storm import Storm, storm
from tests.service.conftest import postgres  # noqa: F401 -- a fixture
from tests.service.databases import new_postgres

pytestmark = [
    pytest.mark.bench,
    # connections of a storm's threads, which ended with the storm, are closed by nobody
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

OPERATIONS = int(os.environ.get("STEGET_BENCH_OPERATIONS", "20000"))
KILLS = int(os.environ.get("STEGET_BENCH_KILLS", "50"))
"""Fewer for a first look; the figures say how many there were."""
CLIENTS = 32
AT_ONCE, SEATS = 200, 3
ASKED, ASKING = 1600, 16
STAGES = ("auth", "read", "decrypt", "match", "explain", "audit", "serialise")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Either of them."""
    which: str = request.param
    return which


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'steget.db'}"
        return
    with new_postgres(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def kind(database: str) -> str:
    """What it is called."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[database]


@contextmanager
def at_work(url: str, folder: Path) -> Iterator[tuple[Store, House]]:
    """An empty database, and a house on it with two web processes."""
    with opened(url) as store, house(url, folder) as there:
        yield store, there


def milliseconds(seconds: list[float]) -> str:
    """The median and the 99th percentile."""
    half, most = np.percentile(np.array(seconds) * 1000, [50, 99])
    return f"{half:,.0f} / {most:,.0f} ms"


def note_storm(service: Figures, kind: str, found: Storm, kept: str) -> None:
    """What a storm did, and how fast."""
    answered = sum(found.answers.values())
    service.note(
        f"{kind}, {kept}: {answered:,} operations, {CLIENTS} clients, a second",
        f"{answered / found.took:.0f}",
    )
    service.note("... p50 / p99", milliseconds(found.everything))
    service.note("... done", f"{len(found.done):,}, {found.expired:,} offers expired")


def test_two_hundred_offers(
    service: Figures,
    kind: str,
    database_url: str,
    tmp_path: Path,
) -> None:
    """Everybody at once on the last three seats."""
    with at_work(database_url, tmp_path) as (store, there):
        there.web("web0")
        there.web("web1")
        found = rush(store, there, AT_ONCE, SEATS)
        assert found.answers == {"200 done": SEATS, "409 opening-full": AT_ONCE - SEATS}
        assert found.held == found.taken == SEATS
        assert there.failures() == 0
    service.note(f"{kind}: {AT_ONCE} offers at once for {SEATS} seats, held", f"{SEATS}", "3")
    service.note("... p50 / p99", milliseconds(found.seconds))


def test_a_storm(
    service: Figures,
    kind: str,
    database_url: str,
    tmp_path: Path,
) -> None:
    """Nothing overbooked at any moment, and an entry in the audit for all that was done."""
    with at_work(database_url, tmp_path) as (store, there):
        town = crowd(store, 400, 40)
        there.web("web0")
        there.web("web1")
        there.worker()
        each = -(-OPERATIONS // CLIENTS)
        found = storm(town, store, there.addresses, CLIENTS, lambda did: did >= each)
        with store.reading() as unit:
            assert wrong(unit, town, found.done, every=True) == []
        assert there.failures() == 0
    assert not [code for code in found.answers if code.startswith("5")]
    note_storm(service, kind, found, "a storm")
    service.note("... overbooked, entries missing, chain broken, 5xx", "0", "0")


def test_killed(
    service: Figures,
    kind: str,
    database_url: str,
    tmp_path: Path,
) -> None:
    """``kill -9`` again and again: what was acknowledged is there, and jobs end."""
    with at_work(database_url, tmp_path) as (store, there):
        town = crowd(store, 400, 40)
        there.web("web0")
        there.web("web1")
        there.worker()
        found = killed(town, store, there, KILLS, CLIENTS)
        with store.reading() as unit:
            assert wrong(unit, town, found.storm.done, every=False) == []
    assert set(found.jobs) <= {"done", "failed"}
    webs = found.kills["web0"] + found.kills["web1"]
    which = f"web {webs} times, worker {found.kills['worker']}"
    service.note(f"{kind}: kill -9 in a storm, {which}: acknowledged and lost", "0", "0")
    service.note("... acknowledged", f"{len(found.storm.done):,}")
    service.note("... without an answer", f"{found.storm.unanswered:,}")
    jobs = ", ".join(f"{count} {state}" for state, count in sorted(found.jobs.items()))
    service.note("... jobs", jobs)


def test_recommendations(
    service: Figures,
    kind: str,
    database_url: str,
    tmp_path: Path,
) -> None:
    """The county's recommendations, their floor, and the web beside a plan."""
    with at_work(database_url, tmp_path) as (store, there):
        people = county(store)
        there.web("web0")
        there.web("web1")
        addresses = there.addresses
        found = advice.recommendations(people, addresses, ASKED, ASKING)
        bare = advice.floor(there, people, tmp_path, ASKED, ASKING)
        there.worker()
        beside = advice.beside_a_plan(people, addresses[0])
        assert found.refused == bare.refused == there.failures() == 0
    assert beside.state == "done"
    service.note(
        f"{kind}: recommendations in a county, {ASKING} clients, two processes, p50 / p99",
        milliseconds(found.seconds),
        "p99 300 ms",
    )
    service.note("... a second", f"{ASKED / found.took:.0f}")
    stages = ", ".join(f"{name} {np.mean(found.stages[name]):.1f}" for name in STAGES)
    service.note("... mean milliseconds of each stage", stages)
    service.note("... a bare route with the same bytes", milliseconds(bare.seconds))
    service.note("... a cheap request, nothing else done", milliseconds(beside.before))
    service.note(
        f"... the same while a worker plans the county ({beside.plan:.0f} s)",
        milliseconds(beside.meanwhile),
    )
    service.note("... load of the machine at the end", f"{load():.1f}")
