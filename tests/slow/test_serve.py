"""``steget serve`` as a process on loopback: it starts, works, counts, and ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from api.cli.serving import DEMO_PASSWORD
from tests.service.commanding import KEY, SECRET, opened, written

pytestmark = pytest.mark.slow
STEGET = [sys.executable, "-c", "from api.cli import main; main()", "--lang", "en"]
ROOT = Path(__file__).parents[2]
V1 = "/steget/v1"
PATIENCE = 120.0
"""Seconds until something that will never happen fails a test; nothing is timed."""


@dataclass(frozen=True)
class Served:
    """A service that runs, and a client that has not logged in."""

    process: subprocess.Popen[str]
    client: httpx2.Client
    temporary: Path

    def end(self, how: signal.Signals, *, group: bool) -> tuple[int, str]:
        """End it; its exit code, and what it said at the end."""
        (os.killpg if group else os.kill)(self.process.pid, how)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def children_of(pid: int) -> set[int]:
    """The processes that a process has started, and theirs (Linux)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Which of some processes are there after a while: they may need a moment to end."""
    until = time.monotonic() + PATIENCE
    while left := {pid for pid in pids if Path(f"/proc/{pid}").exists()}:
        if time.monotonic() > until:
            return left
        time.sleep(0.1)
    return left


@contextmanager
def served(folder: Path, *options: str, **settings: str) -> Iterator[Served]:
    """``steget serve`` on a free port, until it is ready."""
    port, temporary = free_port(), folder / "temporary"
    temporary.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEGET_")}
    environment = kept | {"TMPDIR": str(temporary)} | settings
    with subprocess.Popen(  # noqa: S603 -- our own command
        [*STEGET, "serve", "--port", str(port), *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        base = f"http://127.0.0.1:{port}"
        try:
            with httpx2.Client(base_url=base, timeout=PATIENCE) as client:
                wait_until_ready(process, client)
                yield Served(process, client, temporary)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_until_ready(process: "subprocess.Popen[str]", client: httpx2.Client) -> None:
    """Ask until it answers."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            if client.get("/healthz/ready").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise AssertionError(process.communicate(timeout=5)[1] if process.poll() else "never ready")


def log_in(client: httpx2.Client, login: str) -> None:
    """As a browser does."""
    body = {"login": login, "password": DEMO_PASSWORD}
    answer = client.post(f"{V1}/sessions", json=body)
    assert answer.status_code == 201, answer.text


def test_the_demonstration_plans_and_ends(tmp_path: Path) -> None:
    """Somebody logs in, a plan is made by the worker; Ctrl-C ends both and leaves nothing."""
    with served(tmp_path, "--demo") as service:
        log_in(service.client, "samordnare-0181")
        started = service.client.post(f"{V1}/plans", json={})
        assert started.status_code in {201, 202}, started.text
        where, until = started.headers["Location"], time.monotonic() + PATIENCE
        while (job := service.client.get(where).json())["state"] in {"queued", "running"}:
            assert time.monotonic() < until
            time.sleep(0.5)
        assert job["state"] == "done", job
        others = children_of(service.process.pid)
        assert others
        code, errors = service.end(signal.SIGINT, group=True)
        assert (code, "Traceback" in errors) == (0, False), errors
        assert alive(others) == set()
        assert list(service.temporary.iterdir()) == []


@pytest.mark.parametrize("group", [True, False])
def test_a_service_manager_ends_it(tmp_path: Path, group: bool) -> None:  # noqa: FBT001
    """SIGTERM, to the service alone or to its worker too; it waits for neither in vain."""
    url = f"sqlite:///{tmp_path / 'steget.db'}"
    with opened(url):
        pass
    with served(tmp_path, **set_up(url)) as service:
        others = children_of(service.process.pid)
        code, errors = service.end(signal.SIGTERM, group=group)
        assert (code, "Traceback" in errors) == (0, False), errors
        assert alive(others) == set()


def test_it_ends_though_its_worker_was_killed(tmp_path: Path) -> None:
    """The worker is gone in the middle of waiting; ending the service does not wait for it."""
    url = f"sqlite:///{tmp_path / 'steget.db'}"
    with opened(url):
        pass
    with served(tmp_path, **set_up(url)) as service:
        others = children_of(service.process.pid)
        for pid in others:
            os.kill(pid, signal.SIGKILL)
        code, errors = service.end(signal.SIGINT, group=False)
        assert (code, "Traceback" in errors) == (0, False), errors


def test_two_web_processes_count_together(tmp_path: Path) -> None:
    """Whichever answers, the metrics are those of both; and all end together."""
    url = f"sqlite:///{tmp_path / 'steget.db'}"
    with opened(url):
        pass
    with served(tmp_path, "--processes", "2", "--no-worker", **set_up(url)) as service:
        for _ in range(40):  # a new connection each: either process may get it
            httpx2.get(service.client.base_url.join("/healthz/live"))
        metrics = service.client.base_url.join("/metrics")
        told = [httpx2.get(metrics).text.splitlines() for _ in range(10)]
        counted = 'steget_request_seconds_count{method="GET",route="/healthz/live",status="2xx"}'
        assert all(f"{counted} 40.0" in lines for lines in told)
        others = children_of(service.process.pid)
        code, errors = service.end(signal.SIGTERM, group=False)
        assert (code, "Traceback" in errors) == (0, False), errors
        assert alive(others) == set()
        assert list(service.temporary.iterdir()) == []


def set_up(url: str) -> dict[str, str]:
    """The least settings of a service."""
    return {
        "STEGET_DATABASE_URL": url,
        "STEGET_KEYS": written(1, KEY),
        "STEGET_SECRET": SECRET,
    }
