"""JobTech and SCB on this machine: a real server with answers in the documented form.

The recorded answers are ours: the groups, labels and numbers of data/reference, written as
JobTech's GraphQL and PxWeb write them, with two groups of SCB's under 1210 and two that JobTech
lacks.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api.reference import sources

RECORDED = Path(__file__).with_name("recorded")
Body = Any
Edit = Callable[[Body], object]


def recorded(name: str, *edits: Edit) -> Body:
    """A recorded answer, with something changed."""
    body = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    for edit in edits:
        edit(body)
    return body


@dataclass
class Sources:
    """Both servers: what they answer, as JSON or as a bare status, and what they were asked."""

    taxonomy: Body = field(default_factory=lambda: recorded("taxonomy"))
    register: Body = field(default_factory=lambda: recorded("yreg54bas"))
    asked: list[tuple[str, Body]] = field(default_factory=list)
    url: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What the command is told."""
        return ("--taxonomy", f"{self.url}/taxonomy", "--register", f"{self.url}/register")

    def answer(self, path: str, body: Body) -> tuple[int, Body]:
        """The answer to a question; a question of another form is refused."""
        parts = urlsplit(path)
        self.asked.append((parts.path, body))
        if parts.path == "/taxonomy/graphql":
            fits = parse_qs(parts.query) == {"query": [sources.TAXONOMY_QUERY]}
            said = self.taxonomy
        else:
            fits = parts.path == f"/register{sources.REGISTER_PATH}"
            said = self.register
        if not fits:
            return 404, {}
        return (said, {}) if isinstance(said, int) else (200, said)


@contextmanager
def serving(there: Sources) -> Iterator[Sources]:
    """Both sources on one loopback server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(None)

        def do_POST(self) -> None:
            self._tell(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _tell(self, body: Body) -> None:
            status, said = there.answer(self.path, body)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Not to the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        there.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield there
        finally:
            server.shutdown()
            thread.join()
