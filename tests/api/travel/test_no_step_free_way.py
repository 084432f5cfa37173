"""Where a server knows no way without steps: never a barrier, but a question (real sockets).

The servers listen on this machine and answer as was recorded or documented: otherwise for those
who need a way without steps than for the others.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from api.travel import (
    MotisSettings,
    OtpSettings,
    Server,
    ServerProvider,
    ValhallaSettings,
    motis,
    otp,
    valhalla,
)
from matcher.domain import Mode
from matcher.travel.contract import TravelAnswer
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

Reply = tuple[int, object]
NO_CONNECTION = {
    "data": {
        "planConnection": {
            "routingErrors": [{"code": "NO_TRANSIT_CONNECTION", "description": ""}],
            "edges": [],
        }
    }
}
BUS = {
    "start": "2026-11-24T08:00:00+01:00",
    "end": "2026-11-24T08:25:00+01:00",
    "duration": 1500,
    "accessibilityScore": None,
}
RIDE = {"data": {"planConnection": {"routingErrors": [], "edges": [{"node": BUS}]}}}
NONE = {"street_durations": [{}], "transit_durations": [[]]}
BY_BUS = {"street_durations": [{}], "transit_durations": [[{"duration": 1860, "transfers": 1}]]}


@dataclass(frozen=True)
class Street:
    """A server that listens: its address, what it was asked, whether for a wheelchair."""

    url: str
    asked: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def server(self) -> Server:
        """As settings name it; one attempt, and no waiting."""
        return Server(base_url=self.url, attempts=1)


@contextmanager
def serving(answer: Callable[[str, Any], Reply]) -> Iterator[Street]:
    """A server on loopback that answers a path and a body with a status and JSON."""
    asked: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, body))
            status, found = answer(self.path, body)
            text = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Not to the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Street(f"http://127.0.0.1:{server.server_port}", asked)
        finally:
            server.shutdown()
            thread.join()


def told(
    provider: ServerProvider,
    **question: Any,  # noqa: ANN401 -- whatever it takes
) -> list[TravelAnswer]:
    """What it answers those who need a way without steps."""
    try:
        return provider.to_site(paper.question(step_free=True, **question))
    finally:
        provider.close()


def pairs(answers: list[TravelAnswer]) -> list[tuple[int | Reach, str]]:
    """The minutes, or why there are none, and what is known of steps."""
    known = [answer.step_free for answer in answers]
    return list(zip(paper.told(answers), known, strict=True))


def wheelchair(body: Any) -> bool:  # noqa: ANN401 -- whatever was sent
    """Whether Valhalla is asked for a wheelchair."""
    options: object = body["costing_options"]
    return options == {"pedestrian": {"type": "wheelchair"}}


def column(name: str, target: int, origins: int) -> object:
    """A recorded matrix of Valhalla with one of its targets; the last rows, as many as asked."""
    found = paper.recorded(name)
    matrix = {
        key: [[row[target]] for row in rows[-origins:]]
        for key, rows in found["sources_to_targets"].items()
    }
    return {**found, "sources_to_targets": matrix}


@pytest.mark.parametrize(
    ("target", "found"),
    [(0, [(25, "unknown"), (23, "unknown")]), (1, [(53, "yes"), (18, "unknown")])],
)
def test_valhalla_tells_the_walk_where_a_wheelchair_has_no_way(
    target: int, found: list[tuple[int, str]]
) -> None:
    """Recorded: null, null and 3,126 s, null by wheelchair; on foot 1,475, 1,378 and 2,434, 1,024.

    The places without a way are asked for once more, and only they.
    """

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        name = "valhalla_wheelchair_concise" if wheelchair(body) else "valhalla_concise"
        return 200, column(name, target, len(body["sources"]))

    with serving(answer) as street:
        answers = told(valhalla.provider(ValhallaSettings(server=street.server)), mode=Mode.WALK)
    assert pairs(answers) == found
    assert {a.source for a in answers} == {"valhalla"}
    assert [wheelchair(body) for _, body in street.asked] == [True, False]
    assert len(street.asked[1][1]["sources"]) == [known for _, known in found].count("unknown")


@pytest.mark.parametrize("refusal", ["valhalla_err_unconnected_400", "valhalla_err_distance_400"])
def test_valhalla_tells_the_walk_where_it_refuses_a_wheelchair(refusal: str) -> None:
    """HTTP 400 as recorded, of places that have a street nearby: on foot there is a way."""

    def answer(path: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        if path == "/locate":
            return 200, [{"edges": [{"way_id": 1}]} for _ in body["locations"]]
        if wheelchair(body):
            return 400, paper.recorded(refusal)
        return 200, column("valhalla_concise", 0, len(body["sources"]))

    with serving(answer) as street:
        answers = told(valhalla.provider(ValhallaSettings(server=street.server)), mode=Mode.WALK)
    assert pairs(answers) == [(25, "unknown"), (23, "unknown")]


def test_no_way_on_foot_either_is_unreachable() -> None:
    """Then it is not the steps that bar."""

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        return 200, column("valhalla_wheelchair_concise", 0, len(body["sources"]))

    with serving(answer) as street:
        answers = told(valhalla.provider(ValhallaSettings(server=street.server)), mode=Mode.WALK)
    assert paper.told(answers) == [Reach.UNREACHABLE] * 2
    assert len(street.asked) == 2


def test_a_server_that_fails_in_between_leaves_the_minutes_unknown() -> None:
    """Not unreachable: that there is no way for a wheelchair bars nobody."""

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        if wheelchair(body):
            return 200, column("valhalla_wheelchair_concise", 1, len(body["sources"]))
        return 500, {}

    with serving(answer) as street:
        provider = valhalla.provider(ValhallaSettings(server=street.server))
        answers = told(provider, mode=Mode.WALK)
    assert pairs(answers) == [(53, "yes"), (Reach.UNKNOWN, "unknown")]
    assert answers[1].source == "valhalla: server_error"
    assert sum(provider.troubles.values()) == 1


def test_a_server_that_is_down_is_not_asked_twice() -> None:
    """It said nothing of a wheelchair, and would say nothing of a walk."""
    with serving(lambda *_: (500, {})) as street:
        answers = told(valhalla.provider(ValhallaSettings(server=street.server)), mode=Mode.WALK)
    assert paper.told(answers) == [Reach.UNKNOWN] * 2
    assert len(street.asked) == 1


@pytest.mark.parametrize("mode", [Mode.BIKE, Mode.CAR])
def test_of_a_bike_or_a_car_there_is_no_other_question(mode: Mode) -> None:
    """Only on foot does the wheelchair change what Valhalla is asked."""

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        return 200, column("valhalla_wheelchair_concise", 0, len(body["sources"]))

    with serving(answer) as street:
        answers = told(valhalla.provider(ValhallaSettings(server=street.server)), mode=mode)
    assert paper.told(answers) == [Reach.UNREACHABLE] * 2
    assert len(street.asked) == 1


def test_motis_tells_the_ride_where_a_wheelchair_has_none() -> None:
    """As documented: ``{}`` and ``[]`` by WHEELCHAIR, 1,860 s with one transfer by FOOT."""

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        return 200, NONE if body["pedestrianProfile"] == "WHEELCHAIR" else BY_BUS

    with serving(answer) as street:
        (found,) = told(
            motis.provider(MotisSettings(server=street.server)), origins=(paper.FIRST,)
        )
    assert (found.minutes, found.transfers, found.step_free) == (31, 1, "unknown")


def test_otp_tells_the_ride_where_a_wheelchair_has_none() -> None:
    """As documented: NO_TRANSIT_CONNECTION by wheelchair, 25 minutes without."""

    def answer(_: str, body: Any) -> Reply:  # noqa: ANN401 -- JSON
        return 200, NO_CONNECTION if body["variables"]["w"] else RIDE

    with serving(answer) as street:
        answers = told(otp.provider(OtpSettings(server=street.server)), origins=(paper.FIRST,))
    assert pairs(answers) == [(25, "unknown")]
    assert [body["variables"]["w"] for _, body in street.asked] == [True, False]
