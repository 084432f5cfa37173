"""What tests of jobs share: a worker's turn, and small data sets as uploads."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from api.domain import Principal, Role
from api.jobs.worker import Pace, once
from api.settings import Settings
from api.store import Store, jobs
from api.store.jobs import Kind
from api.store.tables import JobRow
from matcher.dataset import tables_of, write_tables
from matcher.domain import Problem
from tests.service.world import World

QUICK = Pace(idle=0.01, beat=0.01, lease=60.0, chores=60.0)
BASE = "/steget/v1"


START = datetime(2026, 12, 1, 8, tzinfo=UTC)


def planner(world: World) -> Principal:
    """The coordinator of North."""
    return Principal(
        user_id=world.users["north_coordinator"],
        role=Role.COORDINATOR,
        organisation_id=world.organisations["north"],
    )


def queued(world: World, content: bytes | None = None) -> UUID:
    """A plan's job that waits."""
    with world.store.writing() as unit:
        asked = {"planDate": "2026-12-01"}
        return jobs.queue(unit, planner(world), Kind.PLAN, asked, content).id


def job_row(store: Store, job: UUID) -> JobRow:
    """A job as it stands."""
    with store.reading() as unit:
        found = unit.get(JobRow, job)
        assert found is not None
        return found


def bare() -> Settings:
    """Settings that are none of the machine's."""
    return Settings(secret="s" * 40, _env_file=None)


def turn(store: Store, worker: str = "w1", settings: Settings | None = None) -> bool:
    """One job, from claim to end; whether there was one."""
    return once(store, settings or bare(), worker, Event(), QUICK)


def zipped(problem: Problem) -> bytes:
    """A problem as an upload."""
    content = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(content, "w") as archive:
        write_tables(tables_of(problem), Path(folder))
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, file.name)
    return content.getvalue()


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Any files as a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def upload(client: TestClient, content: bytes, name: str = "data.zip", **form: str) -> Any:  # noqa: ANN401 -- what the client gives
    """Send an upload."""
    return client.post(f"{BASE}/imports", files={"file": (name, content)}, data=form)


def brought(client: TestClient, store: Store, content: bytes, **form: str) -> dict[str, Any]:
    """Send an upload, let a worker bring it in, and read what came of it."""
    answer = upload(client, content, planDate="2026-12-01", **form)
    assert answer.status_code == 202, answer.text
    assert turn(store)
    found: dict[str, Any] = client.get(answer.headers["Location"]).json()
    return found
