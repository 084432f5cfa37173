"""Servers that exist on paper only, a clock that a test turns, and a question to ask."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from api import travel as servers
from api.travel import (
    JourneySource,
    MotisSettings,
    OsrmSettings,
    OtpSettings,
    Server,
    ServerProvider,
    SlSettings,
    ValhallaSettings,
)
from api.travel.calls import Caller
from api.travel.pacing import Clock
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

RECORDED = Path(__file__).with_name("recorded")
KEY = "s3cret-key"
HOST = "router.example"
SERVER = Server(base_url=f"https://{HOST}/base", key=KEY)
DAY = date(2026, 11, 24)
FIRST = Point(latitude=59.237, longitude=17.982)
SECOND = Point(latitude=59.479, longitude=18.3)
SITE = Point(latitude=59.331, longitude=18.059)

Answer = httpx.Response | Exception
Respond = Callable[[httpx.Request], httpx.Response]


class TurnedClock:
    """Time stands still but for what is slept, and no jitter is drawn: chance is always 1."""

    def __init__(self) -> None:
        """Begin at noon, four days before the journey."""
        self.at = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Wait, without waiting."""
        self.slept.append(seconds)
        self.at += seconds

    def now(self) -> datetime:
        """Noon, and what was slept since."""
        return datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(seconds=self.at - 1000)

    @property
    def clock(self) -> Clock:
        """What is handed in."""
        return Clock(now=self.now, ticks=lambda: self.at, sleep=self.sleep, chance=lambda: 1.0)


@dataclass
class Script:
    """Answers calls in order, the last one for ever, and remembers what was asked."""

    answers: Sequence[Answer]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer the next call."""
        at = min(len(self.requests), len(self.answers) - 1)
        self.requests.append(request)
        answer = self.answers[at]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    @property
    def bodies(self) -> list[Any]:
        """What was sent as JSON."""
        return [body_of(request) for request in self.requests]


def body_of(request: httpx.Request) -> Any:  # noqa: ANN401 -- whatever it takes
    """What was sent as JSON."""
    return json.loads(request.content)


def caller(
    respond: Respond,
    server: Server = SERVER,
    turned: TurnedClock | None = None,
    **more: Any,  # noqa: ANN401 -- whatever it takes
) -> Caller:
    """A caller whose calls end in ``respond``."""
    clock = (turned or TurnedClock()).clock
    return Caller(server, transport=httpx.MockTransport(respond), clock=clock, **more)


def ok(body: object) -> httpx.Response:
    """An answer."""
    return httpx.Response(200, json=body)


def bad_request(body: object) -> httpx.Response:
    """A refusal with its reason."""
    return httpx.Response(400, json=body)


def recorded(name: str) -> Any:  # noqa: ANN401 -- whatever it takes
    """A recorded answer."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def question(*origins: Point, **changes: Any) -> TravelQuestion:  # noqa: ANN401 -- whatever it takes
    """From two places to the site, by transit."""
    given = {"origins": origins or (FIRST, SECOND), "site": SITE, "mode": Mode.TRANSIT, "day": DAY}
    return TravelQuestion(**{**given, **changes})


def points(count: int) -> tuple[Point, ...]:
    """So many different places."""
    return tuple(Point(latitude=59 + at / 1000, longitude=18) for at in range(count))


def told(answers: Sequence[TravelAnswer]) -> list[int | Reach]:
    """The minutes, or why there are none."""
    return [a.reach if a.minutes is None else a.minutes for a in answers]


def motis(respond: Respond, turned: TurnedClock | None = None, **changes: Any) -> ServerProvider:  # noqa: ANN401 -- whatever it takes
    """A MOTIS on paper."""
    settings = MotisSettings(server=SERVER, **changes)
    return servers.motis.provider(settings, caller=caller(respond, turned=turned))


def valhalla(
    respond: Respond,
    turned: TurnedClock | None = None,
    **changes: Any,  # noqa: ANN401 -- whatever it takes
) -> ServerProvider:
    """A Valhalla on paper."""
    settings = ValhallaSettings(server=SERVER, **changes)
    return servers.valhalla.provider(settings, caller=caller(respond, turned=turned))


def osrm(respond: Respond, turned: TurnedClock | None = None, **changes: Any) -> ServerProvider:  # noqa: ANN401 -- whatever it takes
    """An OSRM on paper, for walks."""
    settings = OsrmSettings(walk=SERVER, **changes)
    return servers.osrm.provider(settings, callers={Mode.WALK: caller(respond, turned=turned)})


def otp(respond: Respond, turned: TurnedClock | None = None, **changes: Any) -> ServerProvider:  # noqa: ANN401 -- whatever it takes
    """An OpenTripPlanner on paper."""
    settings = OtpSettings(server=SERVER, **changes)
    return servers.otp.provider(settings, caller=caller(respond, turned=turned))


def resrobot(respond: Respond, turned: TurnedClock | None = None) -> JourneySource:
    """A ResRobot on paper."""
    return servers.resrobot.source(SERVER, caller=caller(respond, turned=turned, headers={}))


def sl(respond: Respond, turned: TurnedClock | None = None) -> JourneySource:
    """An SL on paper."""
    settings = SlSettings(contact="resor@example.org", server=SERVER)
    return servers.sl.source(settings, caller=caller(respond, turned=turned, headers={}))
