"""Whatever a server does wrong: unknown for every origin, with the reason, and never a number."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from api.travel import Trouble
from matcher.domain import Mode
from matcher.travel.contract import TravelAnswer
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

NINE = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
PROVIDERS = {
    "motis": (paper.motis, Mode.TRANSIT),
    "valhalla": (paper.valhalla, Mode.WALK),
    "osrm": (paper.osrm, Mode.WALK),
    "otp": (paper.otp, Mode.TRANSIT),
}
SINGLE = {"resrobot": paper.resrobot, "sl": paper.sl}
FAILURES: dict[str, tuple[paper.Answer, Trouble]] = {
    "timeout": (httpx.ReadTimeout("late"), Trouble.TIMEOUT),
    "connection timeout": (httpx.ConnectTimeout("late"), Trouble.TIMEOUT),
    "no connection": (httpx.ConnectError("nobody"), Trouble.NO_CONNECTION),
    "hangs up": (httpx.RemoteProtocolError("gone"), Trouble.NO_CONNECTION),
    "busy": (httpx.Response(429), Trouble.RATE_LIMITED),
    "busy for a while": (
        httpx.Response(429, headers={"Retry-After": "7"}),
        Trouble.RATE_LIMITED,
    ),
    "error": (httpx.Response(500, json={"error": "no"}), Trouble.SERVER_ERROR),
    "unavailable": (httpx.Response(503, text="<html>"), Trouble.SERVER_ERROR),
    "wrong key": (httpx.Response(401), Trouble.REFUSED),
    "forbidden": (httpx.Response(403, json={"errorCode": "API_AUTH"}), Trouble.REFUSED),
    "moved": (httpx.Response(302, headers={"Location": "https://other/"}), Trouble.REFUSED),
    "no such page": (httpx.Response(404), Trouble.REFUSED),
    "broken json": (httpx.Response(200, text='{"a": [1, '), Trouble.BROKEN_ANSWER),
    "a page": (httpx.Response(200, text="<html>busy</html>"), Trouble.BROKEN_ANSWER),
    "nothing": (httpx.Response(200), Trouble.BROKEN_ANSWER),
    "null": (httpx.Response(200, text="null"), Trouble.BROKEN_ANSWER),
    "empty list": (httpx.Response(200, text="[]"), Trouble.BROKEN_ANSWER),
    "empty object": (httpx.Response(200, text="{}"), Trouble.BROKEN_ANSWER),
    "deep": (httpx.Response(200, text="[" * 100_000), Trouble.BROKEN_ANSWER),
    "a number": (httpx.Response(200, text="0"), Trouble.BROKEN_ANSWER),
    "bad zip": (
        httpx.Response(200, headers={"Content-Encoding": "identity"}, content=b"\x1f\x8b"),
        Trouble.BROKEN_ANSWER,
    ),
}
WRONG_SHAPES: dict[str, list[object]] = {
    "motis": [
        {"street_durations": [], "transit_durations": []},
        {"street_durations": [{}], "transit_durations": [[]]},
        {"street_durations": [{}, {}], "transit_durations": [[]]},
        {"street_durations": [{}, {}, {}], "transit_durations": [[], [], []]},
        {"street_durations": [None, None], "transit_durations": [None, None]},
        {"street_durations": [{"duration": -1}, {}], "transit_durations": [[], []]},
        {"street_durations": [{"duration": "9"}, {}], "transit_durations": [[], []]},
        {"street_durations": [{}, {}], "transit_durations": [[{"duration": None}], []]},
        {"street_durations": [{}, {}], "transit_durations": [[{"duration": 60}], []]},
        {"street_durations": None, "transit_durations": None},
    ],
    "valhalla": [
        {"sources_to_targets": None},
        {"sources_to_targets": []},
        {"sources_to_targets": {"durations": []}},
        {"sources_to_targets": {"durations": [[1]]}},
        {"sources_to_targets": {"durations": [[1], [2], [3]]}},
        {"sources_to_targets": {"durations": [[1, 2], [3, 4]]}},
        {"sources_to_targets": {"durations": [[], []]}},
        {"sources_to_targets": {"durations": [1, 2]}},
        {"sources_to_targets": {"durations": [[True], [1]]}},
        {"sources_to_targets": {"durations": [[-1], [1]]}},
        {"sources_to_targets": {"durations": [[1e300], [1]]}},
        {"sources_to_targets": {"durations": None, "distances": [[0.0], [0.0]]}},
    ],
    "osrm": [
        {"code": "Ok"},
        {"code": "Ok", "durations": []},
        {"code": "Ok", "durations": [[1]], "sources": [{"distance": 1}]},
        {"code": "Ok", "durations": [[1], [2]], "sources": [], "destinations": []},
        {"code": "Ok", "durations": None, "sources": None, "destinations": None},
        {"code": "NoTable", "message": "no"},
        {"code": None},
    ],
    "otp": [
        {"data": None},
        {"data": {"planConnection": None}},
        {"data": {"planConnection": {"edges": []}}},
        {"data": {"planConnection": {"routingErrors": [], "edges": []}}},
        {"data": {"planConnection": {"routingErrors": [], "edges": [None]}}},
        {"data": {"planConnection": {"routingErrors": [], "edges": [{"node": None}]}}},
        {"data": {"planConnection": {"routingErrors": [None], "edges": []}}},
        {"data": {"planConnection": {"routingErrors": [{"code": 5}], "edges": []}}},
        {"errors": [{"message": "no such field"}]},
        {"errors": [{"message": "half"}], "data": {"planConnection": None}},
    ],
    "resrobot": [
        {"Trip": None},
        {"Trip": []},
        {"Trip": [None]},
        {"Trip": [{}]},
        {"Trip": [{"LegList": {"Leg": []}}]},
        {"Trip": [{"LegList": {"Leg": [{"Origin": {}, "Destination": {}}]}}]},
        {"Trip": [{"LegList": {"Leg": [{"Origin": {"date": "x", "time": "y"}}]}}]},
        {"errorCode": "WHAT", "errorText": "from 59.237 to"},
    ],
    "sl": [
        {"journeys": None},
        {"journeys": []},
        {"journeys": [None]},
        {"journeys": [{}]},
        {"journeys": [{"tripDuration": None}]},
        {"journeys": [{"tripDuration": 60, "legs": [None]}]},
        {"journeys": {}, "systemMessages": [{"code": "x"}]},
        {"journeys": [], "systemMessages": [None]},
        {"systemMessages": [{"type": "error", "code": -1}]},
    ],
}


def ask(name: str, respond: paper.Respond) -> tuple[list[TravelAnswer], Any]:
    """The answers of a provider, and the provider."""
    make, mode = PROVIDERS[name]
    provider = make(respond)
    answers = list(provider.to_site(paper.question(mode=mode)))
    provider.close()
    return answers, provider


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_failing_server_makes_every_journey_unknown(name: str, failure: str) -> None:
    """Unknown, in source and in troubles, with the reason; no minutes, no transfers."""
    answer, trouble = FAILURES[failure]
    answers, provider = ask(name, paper.Script([answer]))
    assert [a.reach for a in answers] == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert all(a.minutes is None and a.transfers is None for a in answers)
    assert {a.source for a in answers} == {f"{name}: {trouble}"}
    assert dict(provider.troubles) == {trouble: 2}
    assert all(a.computed_at.utcoffset() is not None for a in answers)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", SINGLE)
def test_a_failing_service_makes_the_journey_unknown(name: str, failure: str) -> None:
    """The same of those that show a single journey."""
    answer, trouble = FAILURES[failure]
    service = SINGLE[name](paper.Script([answer]))
    journey = service.journey(paper.FIRST, paper.SITE, NINE)
    service.close()
    assert (journey.reach, journey.minutes, journey.trouble) == (Reach.UNKNOWN, None, trouble)


@pytest.mark.parametrize(
    ("name", "at"), [(name, at) for name in PROVIDERS for at in range(len(WRONG_SHAPES[name]))]
)
def test_another_shape_makes_every_journey_unknown(name: str, at: int) -> None:
    """A list too short, too long, null, text for a number: none is read as a journey."""
    answers, provider = ask(name, paper.Script([paper.ok(WRONG_SHAPES[name][at])]))
    assert [a.reach for a in answers] == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert sum(provider.troubles.values()) == 2


@pytest.mark.parametrize(
    ("name", "at"), [(name, at) for name in SINGLE for at in range(len(WRONG_SHAPES[name]))]
)
def test_another_shape_makes_the_single_journey_unknown(name: str, at: int) -> None:
    """The same of those that show a single journey."""
    service = SINGLE[name](paper.Script([paper.ok(WRONG_SHAPES[name][at])]))
    journey = service.journey(paper.FIRST, paper.SITE, NINE)
    service.close()
    assert (journey.reach, journey.minutes) == (Reach.UNKNOWN, None)
    assert journey.trouble is not None


@pytest.mark.parametrize("body", [{"error": "bad time"}, [], None, {"code": "InvalidOptions"}])
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_question_that_is_refused_leaves_its_journeys_unknown(name: str, body: object) -> None:
    """HTTP 400 without one of the codes that are known is not retried and is no answer."""
    script = paper.Script([paper.bad_request(body)])
    answers, _ = ask(name, script)
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert len(script.requests) == (2 if name == "otp" else 1)


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_way_that_the_server_does_not_offer_is_unknown_without_a_call(name: str) -> None:
    """A timetable server is not asked for a bike, nor a street server for transit."""
    make, mode = PROVIDERS[name]
    other = Mode.BIKE if mode is Mode.TRANSIT else Mode.TRANSIT
    script = paper.Script([paper.ok({})])
    answers = make(script).to_site(paper.question(mode=other))
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert {a.source for a in answers} == {f"{name}: not_offered"}
    assert script.requests == []


@pytest.mark.parametrize("name", PROVIDERS)
def test_nobody_asks_for_nothing(name: str) -> None:
    """Without origins there are no answers and no calls; without deadlines it is unknown."""
    make, mode = PROVIDERS[name]
    script = paper.Script([paper.ok({})])
    provider = make(script)
    assert provider.to_site(paper.question(mode=mode, origins=())) == []
    answers = provider.to_site(paper.question(mode=mode, deadlines=()))
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert script.requests == []
