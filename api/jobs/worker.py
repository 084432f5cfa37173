"""A worker: claims jobs, works on them in a thread, and prolongs its lease meanwhile."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from os import getpid
from queue import Empty, SimpleQueue
from socket import gethostname
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from api.jobs import chores, kinds
from api.jobs.desk import Desk, JobFaultError, Made, Told
from api.settings import Settings
from api.store import Session, Store, audit, jobs
from api.store.jobs import Claimed, LeaseLostError

LOG = logging.getLogger("steget.jobs")
PATIENCE = 5.0
"""Seconds that what is done once a day gets to end, when a worker is to stop."""
INTERNAL = "internal"
"""The fault of a job that failed for a reason of ours."""


class Stop(Protocol):
    """Whether a worker is to stop: an ``Event``, of threads or of processes."""

    def is_set(self) -> bool:
        """Whether it is."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is, but not longer than so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a worker does what, in seconds.

    ``idle``: looks for a job; ``beat``: asks whether its job is still wanted; ``lease``: how long
    a job is its own without a word; ``chores``: does what has to be done now and then.
    """

    idle: float = 1.0
    beat: float = 0.5
    lease: float = jobs.LEASE.total_seconds()
    chores: float = 60.0


USUAL = Pace()


def run(store: Store, settings: Settings, stop: Stop, pace: Pace = USUAL) -> None:
    """Work until told to stop; a job that is being worked on then is put back.

    Args:
        store: where the jobs are.
        settings: of the service.
        stop: tells when.
        pace: how often to look.
    """
    worker = f"{gethostname()[:40]}:{getpid()}:{secrets.token_hex(4)}"
    due, daily = monotonic(), Thread()
    while not stop.is_set():
        if monotonic() >= due:
            _unharmed(lambda: chores.do(store, settings))
            if not daily.is_alive():  # jobs do not wait for it
                daily = Thread(target=_daily, args=(store, settings), daemon=True)
                daily.start()
            due = monotonic() + pace.chores
        if not _unharmed(lambda: once(store, settings, worker, stop, pace)):
            stop.wait(pace.idle)
    if daily.is_alive():
        daily.join(PATIENCE)


def _daily(store: Store, settings: Settings) -> None:
    _unharmed(lambda: chores.daily(store, settings))


def once(store: Store, settings: Settings, worker: str, stop: Stop, pace: Pace = USUAL) -> bool:
    """Work on the job that has waited longest, if any waits; whether one did."""
    with store.reading() as unit:
        if not jobs.waits(unit):
            return False
    with store.writing() as unit:
        job = jobs.claim(unit, worker, timedelta(seconds=pace.lease))
    if job is not None:
        _Work(store=store, settings=settings, job=job, pace=pace).until_over(stop)
    return True


def _unharmed(act: Callable[[], object]) -> bool:
    """Do something; a database that is away for a moment ends no worker."""
    try:
        return bool(act())
    except Exception as error:  # noqa: BLE001 -- what it says may hold data: only its kind is told
        LOG.error("worker: %s", type(error).__name__)  # noqa: TRY400 -- as above
        return False


@dataclass(eq=False, kw_only=True)
class _Work:
    """One job in the hands of a worker."""

    store: Store
    settings: Settings
    job: Claimed
    pace: Pace
    told: Told | None = None
    unwanted: Event = field(default_factory=Event)
    results: "SimpleQueue[Made | BaseException]" = field(default_factory=SimpleQueue)

    def until_over(self, stop: Stop) -> None:
        """Work until it is done, fails, is cancelled or lost, or the worker is to stop."""
        last, spoken = self.told, monotonic()
        Thread(target=self._make, daemon=True).start()
        while True:
            try:
                result = self.results.get(timeout=self.pace.beat)
            except Empty:
                if stop.is_set():
                    self._let_go(jobs.give_back)
                    return
                told, now = self.told, monotonic()
                word = told != last or now - spoken > self.pace.lease / 4
                if not (self._beat(told) if word else self._wanted()):
                    self._let_go(jobs.stop)
                    return
                if word:
                    last, spoken = told, now
                continue
            self._settle(result)
            return

    def _make(self) -> None:
        desk = Desk(
            store=self.store,
            settings=self.settings,
            job=self.job,
            tell=self._tell,
            cancelled=self.unwanted.is_set,
        )
        try:
            self.results.put(kinds.KINDS[self.job.kind](desk))
        except BaseException as error:  # noqa: BLE001 -- it is judged by whoever waits
            self.results.put(error)

    def _tell(self, told: Told) -> None:
        self.told = told

    def _wanted(self) -> bool:
        with self.store.reading() as unit:
            return jobs.wanted(unit, self.job)

    def _beat(self, told: Told | None) -> bool:
        try:
            with self.store.writing() as unit:
                jobs.heartbeat(unit, self.job, told, timedelta(seconds=self.pace.lease))
        except LeaseLostError:
            return False
        return True

    def _let_go(self, how: Callable[..., None]) -> None:
        self.unwanted.set()
        with self.store.writing() as unit:
            how(unit, self.job)

    def _settle(self, result: Made | BaseException) -> None:
        """Write what was made, or why nothing was; nothing, where the job is lost meanwhile."""
        try:
            error = self._kept(result) if isinstance(result, Made) else result
            if error is not None:
                self._failed(error)
        except LeaseLostError:
            self._let_go(jobs.stop)

    def _kept(self, made: Made) -> Exception | None:
        if not self._beat(self.told):
            raise LeaseLostError
        try:
            with self.store.writing() as unit:
                result = made.keep(unit)
                jobs.finish(unit, self.job, result)
                self._note(unit, "job.done")
        except LeaseLostError:
            raise
        except Exception as error:  # noqa: BLE001 -- it is told as a code
            return error
        return None

    def _failed(self, error: BaseException) -> None:
        known = isinstance(error, JobFaultError)
        if not known:
            LOG.error("job %s: %s", self.job.id, type(error).__name__)
        code = error.code if isinstance(error, JobFaultError) else INTERNAL
        result = error.result if isinstance(error, JobFaultError) else None
        with self.store.writing() as unit:
            jobs.fail(unit, self.job, code, result)
            self._note(unit, "job.failed", code)

    def _note(self, unit: Session, action: str, code: str | None = None) -> None:
        kind = str(self.job.kind)
        audit.note(unit, audit.CLOCK, action, f"job:{self.job.id}", kind=kind, code=code)
