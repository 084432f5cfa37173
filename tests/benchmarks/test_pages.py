"""The page of matches measured: one web process on loopback, the county's demonstration behind it.

Nothing is asserted of seconds. The process is asked by one reader, whose every page is of somebody
else, so that nothing that was made for one page helps the next.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic, perf_counter

import httpx
import numpy as np
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api import app
from api.cli.serving import DEMO_PASSWORD
from api.domain import Role
from api.exchange import demo
from api.settings import Settings, checked
from api.store import Store
from api.store.opening import open_store
from api.store.tables import User
from tests.benchmarks.conftest import Figures, collected
from tests.benchmarks.service_house import PATIENCE, V1, house, load, opened
from tests.pages.county import MORNING

pytestmark = pytest.mark.bench

PEOPLE = 60
ROUNDS = 3
HERE = "tests.benchmarks.test_pages:application"
PAGES = (
    ("the page of matches", "/deltagare/{}/platser"),
    ("... every possible place", "/deltagare/{}/platser?grupp=mojliga"),
    ("the page of a participant", "/deltagare/{}"),
)
AIMS = {"the page of matches": "200 ms"}


def application() -> FastAPI:
    """The service, on the scenario's day."""
    settings = checked(Settings())
    began = monotonic()
    store = open_store(settings)
    clock = lambda: MORNING + timedelta(seconds=monotonic() - began)  # noqa: E731
    return app.create(replace(store, clock=clock), settings)


@pytest.fixture(scope="module")
def figures() -> Iterator[Figures]:
    """Figures of the pages."""
    yield from collected("pages")


def test_the_page_of_matches(figures: Figures, tmp_path: Path) -> None:
    """For each of 60 participants of several supervisors, again and again."""
    url = f"sqlite:///{tmp_path / 'steget.db'}"
    with opened(url) as store, house(url, tmp_path) as there, ExitStack() as stack:
        demo.seed(replace(store, clock=lambda: MORNING), DEMO_PASSWORD)
        base = there.web("web0", HERE, STEGET_PUBLIC_URL="http://127.0.0.1")
        asking = _readers(store, base, stack)
        assert len(asking) == PEOPLE
        for what, path in PAGES:
            _get(asking[0][1], path, asking[0][0])
            wall, cpu = [], []
            for person, reader in asking * ROUNDS:
                before = there.cpu("web0")
                wall.append(_get(reader, path, person))
                cpu.append(there.cpu("web0") - before)
            figures.note(f"{what}, p50 / p95", _milliseconds(wall), AIMS.get(what, ""))
            figures.note("... of that, the server's time on a core", _milliseconds(cpu))
        assert there.failures() == 0
    figures.note("load of the machine while it was measured", f"{load():.1f}")


def _milliseconds(seconds: list[float]) -> str:
    half, most = np.percentile(np.array(seconds) * 1000, [50, 95])
    return f"{half:,.0f} / {most:,.0f} ms"


def _readers(store: Store, base: str, stack: ExitStack) -> list[tuple[str, httpx.Client]]:
    """Participants, each with somebody who reads of them."""
    with store.reading() as unit:
        logins = unit.scalars(
            select(User.login).where(User.role == Role.SUPERVISOR).order_by(User.login)
        ).all()
    found: list[tuple[str, httpx.Client]] = []
    for login in logins:
        reader = stack.enter_context(httpx.Client(base_url=base, timeout=PATIENCE))
        known = {"login": login, "password": DEMO_PASSWORD}
        reader.post(f"{V1}/sessions", json=known).raise_for_status()
        answer = reader.get(f"{V1}/participants", params={"limit": 100}).raise_for_status()
        found += [(one["id"], reader) for one in answer.json()["items"]]
        if len(found) >= PEOPLE:
            break
    return found[:PEOPLE]


def _get(reader: httpx.Client, path: str, person: str) -> float:
    """Seconds until the whole page is there."""
    began = perf_counter()
    answer = reader.get(path.format(person))
    took = perf_counter() - began
    assert answer.status_code == 200, answer.text
    return took
