"""Whether it lives, whether it is ready, and what it counts: outside the versioned API."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text
from starlette.testclient import TestClient

from api import app
from api.domain import Principal, Role
from api.settings import Settings
from api.store import Keyring, Store, jobs, make_engine
from api.store.jobs import LEASE, Kind
from tests.service.commanding import KEY, opened
from tests.service.world import settle

READY = {"status": "ready", "jobsWorking": 0, "jobsWaiting": 0, "oldestWaitSeconds": None}
HERE, ELSEWHERE = ("127.0.0.1", 50000), ("192.0.2.1", 50000)
TOKEN = "of-a-test-0123456789"  # noqa: S105 -- of a test


@pytest.fixture
def store(empty_url: str) -> Iterator[Store]:
    """A store that migrations made."""
    with opened(empty_url) as store:
        yield store


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[Store]:
    """A store whose database does not answer."""
    engine = make_engine(f"sqlite:///{tmp_path / 'no' / 'folder' / 'steget.db'}")
    yield Store(engine, Keyring({1: KEY}))
    engine.dispose()


def client(store: Store, settings: Settings, address: tuple[str, int] = ELSEWHERE) -> TestClient:
    """A client at an address, with no login."""
    made: FastAPI = app.create(store, settings)
    return TestClient(made, client=address, raise_server_exceptions=False)


def faults(store: Store, settings: Settings) -> list[tuple[str, str]]:
    """What is told of a service that is not ready, as a problem."""
    answer = client(store, settings).get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def at(store: Store, moment: datetime) -> Store:
    """The store at a moment."""
    return replace(store, clock=lambda: moment)


def queued(store: Store) -> None:
    """A job waits."""
    world = settle(store)
    who = Principal(
        user_id=world.users["north_coordinator"],
        role=Role.COORDINATOR,
        organisation_id=world.organisations["north"],
    )
    with store.writing() as unit:
        jobs.queue(unit, who, Kind.PLAN, {})


def test_it_lives_without_a_database(nowhere: Store, settings: Settings) -> None:
    """The process answers; nothing else is asked."""
    answer = client(nowhere, settings).get("/healthz/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


def test_it_is_ready(store: Store, settings: Settings) -> None:
    """The database answers, the schema is ours, nothing waits."""
    answer = client(store, settings).get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (200, READY)


def test_not_ready_without_a_database(nowhere: Store, settings: Settings) -> None:
    """A code; not the URL."""
    assert faults(nowhere, settings) == [("/database", "no_answer")]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer"),
        ("DELETE FROM alembic_version", "older"),
    ],
)
def test_not_ready_on_another_schema(
    store: Store, settings: Settings, statement: str, code: str
) -> None:
    """Also when it was changed while the service ran."""
    with store.engine.begin() as connection:
        connection.execute(text(statement))
    assert faults(store, settings) == [("/schema", code)]


def test_not_ready_when_nobody_works(store: Store, settings: Settings) -> None:
    """A job may wait as long as a lease lasts; after that there is no worker, unless one works."""
    moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    queued(at(store, moment))
    told = client(at(store, moment + LEASE), settings).get("/healthz/ready").json()
    assert told == READY | {"jobsWaiting": 1, "oldestWaitSeconds": 60}
    late = at(store, moment + LEASE + timedelta(seconds=1))
    assert faults(late, settings) == [("/jobs", "no_worker")]
    with late.writing() as unit:
        assert jobs.claim(unit, "a worker") is not None
    queued_too = at(store, moment + LEASE + timedelta(seconds=2))
    told = client(queued_too, settings).get("/healthz/ready").json()
    assert told == READY | {"jobsWorking": 1}


def test_metrics_count_routes_and_no_ids(store: Store, settings: Settings) -> None:
    """A template, a method and a class of status; what a caller makes up is ``other``."""
    here = client(store, settings, HERE)
    ids = [str(UUID(int=number)) for number in (7, 8)]
    for user in ids:
        here.get(f"/steget/v1/users/{user}")
    here.get("/healthz/live")
    here.get("/steget/v1/secret-name")
    here.request("BREW", "/healthz/live")
    told = here.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    (of_users,) = re.findall(r"seconds_count\{(.*users.*)\} (.*)", told.text)
    assert of_users[1] == "2.0"
    assert re.fullmatch(r'method="GET",route="[a-z/]*/\{\w+\}",status="4xx"', of_users[0])
    live = 'method="{}",route="/healthz/live",status="{}"'
    for labels in (
        live.format("GET", "2xx"),
        live.format("other", "4xx"),
        'method="GET",route="other",status="4xx"',
    ):
        assert f"steget_request_seconds_count{{{labels}}} 1.0" in told.text
    for word in (*ids, "secret-name", "BREW"):
        assert word not in told.text


def test_metrics_tell_jobs_by_state(store: Store, nowhere: Store, settings: Settings) -> None:
    """Every state, zeros too; nothing of jobs where the database does not tell."""
    queued(store)
    told = client(store, settings, HERE).get("/metrics").text
    states = {"queued": 1, "running": 0, "done": 0, "failed": 0, "cancelled": 0}
    for state, count in states.items():
        assert f'steget_jobs{{state="{state}"}} {count}.0' in told
    assert "steget_jobs" not in client(nowhere, settings, HERE).get("/metrics").text


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_metrics_without_a_token_are_for_this_machine(
    store: Store, settings: Settings, host: str
) -> None:
    """Not for others, not for what a proxy passes on; an empty token is none."""
    for some in (settings, settings.model_copy(update={"metrics_token": SecretStr("")})):
        here = client(store, some, (host, 50000))
        assert here.get("/metrics").status_code == 200
        assert here.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 403
        assert client(store, some).get("/metrics").status_code == 403


def test_metrics_with_a_token(store: Store, settings: Settings) -> None:
    """From anywhere with it; from nowhere without, or with another."""
    some = settings.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    for headers, status in (
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({}, 401),
    ):
        assert client(store, some).get("/metrics", headers=headers).status_code == status
        assert client(store, some, HERE).get("/metrics", headers=headers).status_code == status


def test_none_of_it_is_in_the_document(store: Store, settings: Settings) -> None:
    """The document describes the versioned API alone."""
    document = client(store, settings).get("/steget/v1/openapi.json").json()
    assert not [path for path in document["paths"] if "health" in path or "metrics" in path]
