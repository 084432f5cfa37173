"""Jobs: one worker each, a lease that can be lost, and nobody's half-done work."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest

from api.domain import Refusal, RefusalCode
from api.jobs import kinds
from api.jobs.desk import Desk, JobFaultError, Made
from api.jobs.worker import once
from api.routes import jobs as routes
from api.settings import Settings
from api.store import Session, Store, jobs
from api.store.jobs import Claimed, JobState, Kind, LeaseLostError
from tests.service.working import QUICK, START, bare, job_row, planner, queued, turn
from tests.service.world import World


def _at(store: Store, minutes: int) -> Store:
    """The same store, so many minutes later."""
    return replace(store, clock=lambda: START + timedelta(minutes=minutes))


def _claim(store: Store, worker: str) -> Claimed | None:
    with store.writing() as unit:
        return jobs.claim(unit, worker)


def test_a_job_is_claimed_once(world: World) -> None:
    """The oldest first; the second worker gets the other one, the third none."""
    first, second = queued(world), queued(world)
    claimed = [_claim(world.store, name) for name in ("a", "b", "c")]
    assert [one and one.id for one in claimed] == [first, second, None]


def test_content_is_sealed_and_gone_afterwards(world: World) -> None:
    """An upload names people: it is no longer there when its job is over."""
    job = queued(world, b"P0001,STEP_FREE")
    assert b"P0001" not in (job_row(world.store, job).content or b"P0001")
    claimed = _claim(world.store, "a")
    assert claimed is not None
    assert claimed.content == b"P0001,STEP_FREE"
    with world.store.writing() as unit:
        jobs.finish(unit, claimed, {"made": 1}, b"named")
    row = job_row(world.store, job)
    assert (row.state, row.content, row.result) == ("done", None, {"made": 1})
    assert b"named" not in (row.answer or b"named")


def test_a_lost_lease_changes_nothing(world: World) -> None:
    """After a minute without a word another worker has it: the first one's result is refused."""
    job = queued(world)
    first = _claim(_at(world.store, 0), "a")
    assert _claim(_at(world.store, 0), "b") is None
    second = _claim(_at(world.store, 2), "b")
    assert first is not None
    assert second is not None
    assert (second.id, second.attempts) == (job, 2)
    for act in (jobs.heartbeat, jobs.finish):
        with pytest.raises(LeaseLostError), world.store.writing() as unit:
            act(unit, first, {"n": 1})
    with pytest.raises(LeaseLostError), world.store.writing() as unit:
        jobs.fail(unit, first, "internal")
    with world.store.writing() as unit:
        jobs.finish(unit, second, {"n": 2})
    assert job_row(world.store, job).result == {"n": 2}


def test_a_heartbeat_keeps_the_lease(world: World) -> None:
    """Heard of every half minute, a job is nobody else's."""
    queued(world)
    job = _claim(_at(world.store, 0), "a")
    assert job is not None
    for minutes in (1, 2):
        later = replace(world.store, clock=lambda m=minutes: START + timedelta(seconds=50 * m))
        with later.writing() as unit:
            jobs.heartbeat(unit, job, {"stage": "solve"})
    later = replace(world.store, clock=lambda: START + timedelta(seconds=140))
    assert _claim(later, "b") is None
    assert job_row(world.store, job.id).progress == {"stage": "solve"}


def test_a_job_that_kills_its_workers_is_given_up(world: World) -> None:
    """Three attempts; then it is failed, and the next job has its turn."""
    job = queued(world)
    for minutes in (0, 2, 4):
        assert _claim(_at(world.store, minutes), "a") is not None
    assert _claim(_at(world.store, 6), "a") is None
    row = job_row(world.store, job)
    assert (row.state, row.fault, row.attempts) == ("failed", "gave-up", 3)


def test_a_job_put_back_was_no_attempt(world: World) -> None:
    """A worker that is told to stop costs the job nothing."""
    job = queued(world)
    claimed = _claim(world.store, "a")
    assert claimed is not None
    with world.store.writing() as unit:
        jobs.give_back(unit, claimed)
    row = job_row(world.store, job)
    assert (row.state, row.attempts, row.worker) == ("queued", 0, None)


def test_cancelling(world: World) -> None:
    """What waits is cancelled at once, what runs when its worker asks, what is over never."""
    waiting, running = queued(world), queued(world)
    with world.store.writing() as unit:
        jobs.cancel(unit, jobs.own(unit, planner(world), waiting))
    claimed = _claim(world.store, "a")
    assert claimed is not None
    assert claimed.id == running
    with world.store.writing() as unit:
        jobs.cancel(unit, jobs.own(unit, planner(world), running))
    assert job_row(world.store, running).state == "running"
    with pytest.raises(LeaseLostError), world.store.writing() as unit:
        jobs.finish(unit, claimed, {})
    with world.store.writing() as unit:
        jobs.stop(unit, claimed)
    assert {job_row(world.store, job).state for job in (waiting, running)} == {"cancelled"}
    with pytest.raises(Refusal) as refusal, world.store.writing() as unit:
        jobs.cancel(unit, jobs.own(unit, planner(world), running))
    assert refusal.value.code is RefusalCode.WRONG_STATE


def test_a_cancelled_job_of_a_dead_worker(world: World) -> None:
    """Nobody starts it again."""
    job = queued(world)
    _claim(_at(world.store, 0), "a")
    with world.store.writing() as unit:
        jobs.cancel(unit, jobs.own(unit, planner(world), job))
    assert _claim(_at(world.store, 2), "b") is None
    assert job_row(world.store, job).state == "cancelled"


def _does(monkeypatch: pytest.MonkeyPatch, work: object) -> None:
    monkeypatch.setattr(kinds, "KINDS", {Kind.PLAN: work})


def test_a_worker_stops_a_job_that_is_cancelled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who works learns of it, and what it made would be refused."""
    job, seen = queued(world), Event()

    def work(desk: Desk) -> Made:
        with world.store.writing() as unit:
            jobs.cancel(unit, jobs.own(unit, planner(world), job))
        while not desk.cancelled():
            seen.wait(0.01)
        seen.set()
        return Made(keep=lambda _: {"never": 1})

    _does(monkeypatch, work)
    assert turn(world.store)
    assert seen.wait(10)
    assert job_row(world.store, job).state == "cancelled"


def test_a_worker_that_is_told_to_stop_puts_its_job_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next worker finds it as it was."""
    job, stop = queued(world), Event()

    def work(desk: Desk) -> Made:
        stop.set()
        while not desk.cancelled():
            stop.wait(0.01)
        return Made(keep=lambda _: {})

    _does(monkeypatch, work)
    assert once(world.store, bare(), "a", stop, QUICK)
    row = job_row(world.store, job)
    assert (row.state, row.attempts) == ("queued", 0)


def test_what_fails_says_a_code_and_keeps_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A job that fails half-way has written nothing; what an error says is told nowhere."""

    def half(unit: Session) -> dict[str, object]:
        jobs.queue(unit, planner(world), Kind.PLAN, {"left": "behind"})
        unit.flush()
        raise ValueError("P0001 needs STEP_FREE")

    def refused(_: Desk) -> Made:
        raise JobFaultError("no-plan", {"status": "infeasible"})

    found = []
    for work in (lambda _: Made(keep=half), refused):
        _does(monkeypatch, work)
        job = queued(world)
        assert turn(world.store)
        row = job_row(world.store, job)
        found.append((row.state, row.fault, row.result))
    assert found == [("failed", "internal", None), ("failed", "no-plan", {"status": "infeasible"})]
    assert not turn(world.store)
    assert "P0001" not in caplog.text
    assert "ValueError" in caplog.text


def test_progress_is_told_while_it_works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the job tells stands in its row before it is done."""
    job = queued(world)

    def work(desk: Desk) -> Made:
        desk.stage("solve")
        wait = Event()
        while job_row(world.store, job).progress != {"stage": "solve"}:
            wait.wait(0.01)
        return Made(keep=lambda _: {"told": True})

    _does(monkeypatch, work)
    assert turn(world.store)
    assert job_row(world.store, job).result == {"told": True}


def test_who_sees_a_job(world: World, settings: Settings) -> None:
    """Whoever asked, and other coordinators of the organisation; for everybody else it is not."""
    job = queued(world)
    codes = {
        name: world.client(settings, name).get(f"/steget/v1/jobs/{job}").status_code
        for name in ("north_coordinator", "south_coordinator", "north_supervisor", "analyst")
    }
    assert codes == {
        "north_coordinator": 200,
        "south_coordinator": 404,
        "north_supervisor": 404,
        "analyst": 404,
    }
    assert world.client(settings, "cafe_manager").get("/steget/v1/jobs").status_code == 403
    listed = world.client(settings, "north_coordinator").get("/steget/v1/jobs").json()
    assert [one["state"] for one in listed["items"]] == [JobState.QUEUED]


def test_progress_as_it_changes(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits, it works, it is done: in this order, each said once, and then the stream ends."""
    monkeypatch.setattr("api.routes.jobs.GLANCE", 0.01)
    job, told, made = queued(world), Event(), Event()

    def work(desk: Desk) -> Made:
        desk.stage("solve")
        made.wait(20)
        return Made(keep=lambda _: {})

    _does(monkeypatch, work)

    def worker() -> None:
        told.wait(20)
        turn(world.store)

    thread = Thread(target=worker)
    thread.start()
    glance = routes.glance

    def seen(*args: Any) -> Any:  # noqa: ANN401 -- what is looked at is handed on
        found = glance(*args)
        told.set()
        if found.progress is not None:
            made.set()
        return found

    monkeypatch.setattr(routes, "glance", seen)
    client = world.client(settings, "north_coordinator")
    with client.stream("GET", f"/steget/v1/jobs/{job}/progress") as stream:
        lines = [line for line in stream.iter_lines() if line]
    thread.join()
    events = list(zip(lines[::2], lines[1::2], strict=True))
    states = [json.loads(data.removeprefix("data: "))["state"] for _, data in events]
    assert (states[0], states[-1]) == ("queued", "done")
    assert set(states[1:-1]) == {"running"}
    assert [name for name, _ in events] == [
        *("event: progress" for _ in states[:-1]),
        "event: over",
    ]
    assert len(set(lines[1::2])) == len(events)


def test_progress_as_events(world: World, settings: Settings) -> None:
    """First what is so, then its end, and the stream is over."""
    job = queued(world)
    client = world.client(settings, "north_coordinator")
    answer = client.post(f"/steget/v1/jobs/{job}/cancellation")
    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    with client.stream("GET", f"/steget/v1/jobs/{job}/progress") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    assert lines[0] == "event: over"
    assert '"state":"cancelled"' in lines[1]
    assert len(lines) == 2
    gone = client.get(f"/steget/v1/jobs/{world.users['admin']}/progress")
    assert gone.status_code == 404
