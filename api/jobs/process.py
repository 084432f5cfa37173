"""A worker in a process of its own, beside the web."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from typing import Protocol

from api.jobs.worker import run
from api.settings import Settings
from api.store import Keyring, Store, make_engine

GRACE = 10.0
"""Seconds that a worker gets to put its job back."""


class Beside(Protocol):
    """A worker process that was started."""

    @property
    def pid(self) -> int | None:
        """Its number."""

    def is_alive(self) -> bool:
        """Whether it works."""


@contextmanager
def beside(url: str, keyring: Keyring, settings: Settings) -> Iterator[Beside]:
    """A worker on a database, for as long as the block runs; it ends with us, whatever happens.

    Args:
        url: of the database.
        keyring: opens what is sealed in it.
        settings: of the service.
    """
    context = get_context("spawn")  # a fork would share open connections
    stop = context.Event()
    process = context.Process(target=_work, args=(url, keyring, settings, stop), daemon=True)
    process.start()
    try:
        yield process
    finally:
        stop.set()
        process.join(GRACE)
        if process.is_alive():
            process.kill()
            process.join()


@dataclass(frozen=True, slots=True)
class _StopOrOrphan:
    """To stop when told, or when the process that started us is gone."""

    told: Event

    def is_set(self) -> bool:
        """Whether to stop."""
        parent = parent_process()
        return self.told.is_set() or (parent is not None and not parent.is_alive())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until told, but not longer than so many seconds."""
        self.told.wait(timeout)
        return self.is_set()


def _work(url: str, keyring: Keyring, settings: Settings, stop: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    run(Store(make_engine(url), keyring), settings, _StopOrOrphan(stop))
