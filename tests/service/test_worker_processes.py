"""Workers as processes: each job is done once, whoever is killed."""

import os
import signal
import time
from collections import Counter
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select

from api.domain import State
from api.jobs import beside, chores
from api.jobs.desk import Desk, Made
from api.jobs.worker import Pace, run
from api.settings import Settings
from api.store import Store, jobs, make_engine, seats
from api.store.jobs import Kind
from api.store.tables import JobRow, Organisation, PlacementRow, PolicyChange
from tests.service.conftest import KEYRING
from tests.service.working import START, job_row, planner, queued
from tests.service.world import World

SHORT = Pace(idle=0.05, beat=0.05, lease=3.0, chores=3600.0)
JOBS, WORKERS = 24, 4


def _slowly(desk: Desk) -> Made:
    """Some work; it leaves a row behind that may be there once."""
    organisation = desk.job.organisation_id
    assert organisation is not None
    time.sleep(0.2 if desk.job.attempts > 1 else 0.4)

    def keep(unit: jobs.Session) -> dict[str, object]:
        row = PolicyChange(
            organisation_id=organisation,
            at=START,
            user_id=desk.job.user_id,
            why=str(desk.job.id),
            before={},
            after={},
        )
        unit.add(row)
        return {"attempt": desk.job.attempts}

    return Made(keep=keep)


def _work(url: str, started: Any) -> None:  # noqa: ANN401 -- an event of processes
    """A worker process whose plans are nothing but time."""
    from api.jobs import kinds  # noqa: PLC0415 -- in the other process

    kinds.KINDS = {Kind.PLAN: _slowly}
    started.set()
    run(Store(make_engine(url), KEYRING), Settings(_env_file=None), Event(), SHORT)


def _killed(process: BaseProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _working(store: Store, pid: int | None) -> bool:
    """Whether a process has a job in its hands."""
    with store.reading() as unit:
        found = unit.scalars(select(JobRow.worker).where(JobRow.state == "running")).all()
    return any(worker and f":{pid}:" in worker for worker in found)


@pytest.mark.slow
def test_every_job_is_done_once_though_one_worker_is_killed(
    world: World, database_url: str
) -> None:
    """Four processes, one killed in the middle of a job: its job is done by another."""
    for _ in range(JOBS):
        queued(world)
    context = get_context("spawn")
    started = [context.Event() for _ in range(WORKERS)]
    workers = [context.Process(target=_work, args=(database_url, one)) for one in started]
    for worker in workers:
        worker.start()
    try:
        assert all(one.wait(60) for one in started)
        victim = workers[0]
        for _ in range(6000):
            if _working(world.store, victim.pid):
                break
            time.sleep(0.01)
        _killed(victim)
        states: Counter[str] = Counter()
        for _ in range(1200):
            with world.store.reading() as unit:
                states = Counter(unit.scalars(select(JobRow.state)))
            if states["done"] == JOBS:
                break
            time.sleep(0.1)
    finally:
        for worker in workers[1:]:
            _killed(worker)
    assert states == {"done": JOBS}
    with world.store.reading() as unit:
        attempts = sorted(unit.scalars(select(JobRow.attempts)))
        made = unit.scalars(select(PolicyChange.why)).all()
    assert attempts == [1] * (JOBS - 1) + [2]
    assert len(made) == len(set(made)) == JOBS


@pytest.mark.slow
def test_the_services_own_worker(world: World, database_url: str, settings: Settings) -> None:
    """It works while the block runs; killed, its job is there for the next one."""
    asked = {"planDate": "2026-12-01", "policy": None, "former": None, "seconds": None, "seed": 0}
    with world.store.writing() as unit:
        job = jobs.queue(unit, planner(world), Kind.PLAN, asked).id
    with beside(database_url, KEYRING, settings) as process:
        assert process.is_alive()
        for _ in range(1200):
            if job_row(world.store, job).state == "done":
                break
            time.sleep(0.1)
    assert not process.is_alive()
    row = job_row(world.store, job)
    assert (row.state, row.attempts) == ("done", 1)
    assert row.result is not None
    assert set(row.result) == {"planId"}


def test_chores(world: World, settings: Settings) -> None:
    """An offer whose time is over expires, also while nobody asks."""
    with world.store.writing() as unit:
        organisation = unit.scalars(select(Organisation.id)).first()
        unit.add(
            PlacementRow(
                organisation_id=organisation,
                participant_id=world.participants["P1"],
                opening_id=world.openings["O3"],
                provider_id=world.providers["B"],
                state=str(State.OFFERED),
                sessions=0,
                hours_per_week=8,
                offered_until=START,
                version=1,
                created_at=START,
                updated_at=START,
            )
        )
        seats.hold(unit, world.openings["O3"], 0)
    later = replace(world.store, clock=lambda: START.replace(year=2027))
    chores.do(later, settings)
    with world.store.reading() as unit:
        assert unit.scalars(select(PlacementRow.state)).all() == [str(State.EXPIRED)]
        assert unit.scalar(select(func.count()).select_from(JobRow)) == 0
