"""A server of flesh and blood on this machine: real sockets, real time limits."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from api.travel import Server, ValhallaSettings, valhalla
from api.travel.calls import Caller
from api.travel.pacing import SYSTEM_CLOCK, Clock
from matcher.domain import Mode
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

IMPATIENT = Clock(
    now=SYSTEM_CLOCK.now, ticks=SYSTEM_CLOCK.ticks, sleep=lambda _: None, chance=lambda: 1.0
)
GOOD = json.dumps({"sources_to_targets": {"durations": [[60], [120]]}}).encode()


@contextmanager
def serving(behaviour: str) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that behaves so, its address and the paths it was asked for."""
    paths: list[str] = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            paths.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            if behaviour == "silent":
                stop.wait(5)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(GOOD)))
            self.end_headers()
            self._write()

        def _write(self) -> None:
            pieces = [GOOD] if behaviour == "good" else [GOOD[at : at + 1] for at in range(60)]
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                if behaviour == "trickle" and stop.wait(0.1):
                    return

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return

        def log_message(self, *_: object) -> None:
            """Not to the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", paths
        finally:
            stop.set()
            server.shutdown()
            thread.join()


def ask(address: str) -> tuple[list[object], list[str], float]:
    """The minutes, the sources and the seconds it took; two attempts of 0.3 s."""
    server = Server(base_url=address, timeout_seconds=0.3, attempts=2)
    caller = Caller(server, clock=IMPATIENT)
    provider = valhalla.provider(ValhallaSettings(server=server), caller=caller)
    start = time.monotonic()
    answers = provider.to_site(paper.question(mode=Mode.WALK))
    provider.close()
    return list(paper.told(answers)), [a.source for a in answers], time.monotonic() - start


def test_a_real_server_answers() -> None:
    """Over a socket, without a proxy."""
    with serving("good") as (address, paths):
        assert ask(address)[:2] == ([1, 2], ["valhalla", "valhalla"])
    assert paths == ["/sources_to_targets"]


@pytest.mark.parametrize("behaviour", ["silent", "trickle"])
def test_a_slow_server_is_a_timeout(behaviour: str) -> None:
    """One that says nothing, and one that says a letter every tenth of a second."""
    with serving(behaviour) as (address, paths):
        told, sources, seconds = ask(address)
    assert told == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert sources == ["valhalla: timeout"] * 2
    assert len(paths) == 2
    assert 0.5 < seconds < 4


def test_nobody_there_is_no_connection() -> None:
    """A port that nothing listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}")[1] == ["valhalla: no_connection"] * 2
