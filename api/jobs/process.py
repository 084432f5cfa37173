"""A worker in a process of its own, beside the web."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol

from api import logs
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
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(url, keyring, settings, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process
    finally:
        ours.close()
        process.join(GRACE)
        if process.is_alive():
            process.kill()
            process.join()


@dataclass(slots=True)
class _Line:
    """To stop when the line to whoever started us is cut, as it is when they are gone, or killed.

    An event would be shared: with a worker killed while it waits for one, setting it never ends.
    """

    line: Connection
    ended: bool = False

    def end(self, *_: object) -> None:
        """Somebody wants this worker alone to end."""
        self.ended = True

    def is_set(self) -> bool:
        """Whether to stop."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until told, but not longer than so many seconds."""
        return self.ended or self.line.poll(timeout) or self.ended


def _work(url: str, keyring: Keyring, settings: Settings, line: Connection) -> None:
    logs.configure_once()
    stop = _Line(line)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    signal.signal(signal.SIGTERM, stop.end)
    run(Store(make_engine(url), keyring), settings, stop)
