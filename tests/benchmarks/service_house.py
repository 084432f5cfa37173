"""The service as it runs: web processes and workers of their own on one database, on loopback.

A process that is killed is started again, as whatever supervises it on a machine would do.
"""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import clock_gettime, monotonic, sleep

import httpx

from api.store import Keyring, Store, make_engine
from api.store.tables import Table

KEY = b"k" * 32
KEYRING = Keyring({1: KEY})
V1 = "/steget/v1"
PATIENCE = 120.0
ROOT = Path(__file__).parents[2]
WEB = "api.app:from_environment"
WORKER = "from tests.benchmarks.service_house import work; work()"
LEASE = 5.0
"""Seconds after which the job of a killed worker is another's; 60 unless a test is in a hurry."""


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """An empty database with every table, as its own process sees it."""
    engine = make_engine(url, pool_size=4, max_overflow=60)
    Table.metadata.create_all(engine)
    yield Store(engine, KEYRING)
    engine.dispose()


class House:
    """Web processes ``web0``, ``web1`` ... and perhaps a ``worker``, by name."""

    def __init__(self, url: str, folder: Path) -> None:
        """Nothing runs yet; the logs will lie in the folder."""
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ports: dict[str, int] = {}
        self._environment = os.environ | {
            "STEGET_DATABASE_URL": url,
            "STEGET_KEYS": f"1:{base64.b64encode(KEY).decode()}",
            "STEGET_SECRET": secrets.token_urlsafe(32),
            "STEGET_REQUESTS_PER_MINUTE": "100000000",
            "STEGET_OFFER_DAYS": "1",
            "PYTHONPATH": str(ROOT),
        }

    @property
    def addresses(self) -> list[str]:
        """Where the web processes listen."""
        return [f"http://127.0.0.1:{port}" for port in self._ports.values()]

    @property
    def names(self) -> list[str]:
        """Every process."""
        return list(self._running)

    def web(self, name: str, application: str = WEB, **environment: str) -> str:
        """Start a web process, and wait until it answers; its address."""
        port = self._ports.setdefault(name, _free_port())
        command = [sys.executable, "-m", "uvicorn", application, "--factory"]
        command += ["--port", str(port), "--no-access-log", "--no-server-header"]
        self._environment |= environment
        self._start(name, command)
        address = f"http://127.0.0.1:{port}"
        _until_it_answers(f"{address}/healthz/live")
        return address

    def worker(self, name: str = "worker") -> None:
        """Start a worker."""
        self._start(name, [sys.executable, "-c", WORKER])

    def kill(self, name: str) -> None:
        """End a process at once, as a power cut does (``kill -9``), and start it again."""
        process = self._running[name]
        process.send_signal(signal.SIGKILL)
        process.wait()
        if name in self._ports:
            self.web(name)
        else:
            self.worker(name)

    def cpu(self, name: str) -> float:
        """Seconds that a process has had a core (Linux: ``clock_getcpuclockid(3)``)."""
        return clock_gettime((~self._running[name].pid << 3) | 2)

    def failures(self) -> int:
        """Lines of the logs that tell of a failure of ours: answers with 5xx, and tracebacks."""
        logs = [file.read_text(encoding="utf-8") for file in self._folder.glob("*.log")]
        signs = ('"level": "error"', "Traceback (most recent", '"status": 500')
        return sum(
            line.count(sign) > 0 for log in logs for line in log.split("\n") for sign in signs
        )

    def close(self) -> None:
        """End every process."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def _start(self, name: str, command: list[str]) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 -- our own command
                command, env=self._environment, stdout=log, stderr=log, cwd=self._folder
            )


@contextmanager
def house(url: str, folder: Path) -> Iterator[House]:
    """A house on a database; it is empty again when the block ends."""
    made = House(url, folder)
    try:
        yield made
    finally:
        made.close()


def work() -> None:
    """A worker's process: as ``steget worker``, with a lease that tests can wait for."""
    from threading import Event  # noqa: PLC0415 -- of this process alone

    from api import jobs, logs  # noqa: PLC0415 -- as above
    from api.jobs.worker import Pace  # noqa: PLC0415 -- as above
    from api.settings import Settings, checked  # noqa: PLC0415 -- as above
    from api.store.opening import open_store  # noqa: PLC0415 -- as above

    logs.configure_once()
    settings = checked(Settings())
    jobs.run(open_store(settings), settings, Event(), Pace(idle=0.2, lease=LEASE))


def load() -> float:
    """How many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def _until_it_answers(url: str) -> None:
    end = monotonic() + PATIENCE
    while True:
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            if monotonic() > end:
                raise
            sleep(0.05)
        else:
            return
