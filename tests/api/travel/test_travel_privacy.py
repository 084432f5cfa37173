"""No address, coordinate or key in a log, an error's text, a traceback or a repr."""

import logging
import traceback
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from api.travel import CallFailedError, Server, providers, resrobot_server
from api.travel.settings import OsrmSettings, TravelSettings
from matcher.domain import Mode
from tests.api.travel import travel_servers as paper

SECRETS = ("59.237", "17.982", "59.331", "18.059", "59.479", paper.KEY, "/table/", "accessId", "?")
NINE = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
ECHO = {"code": "NoTable", "message": "near 17.982,59.237", "errorText": "s3cret-key 59.237"}
ANSWERS: list[paper.Answer] = [
    paper.ok(ECHO),
    paper.bad_request(ECHO),
    httpx.Response(500, json=ECHO),
    httpx.Response(429, headers={"Retry-After": "1"}, json=ECHO),
    httpx.Response(302, headers={"Location": "https://other/?at=59.237"}),
    httpx.Response(200, text="59.237 is no JSON"),
    httpx.ReadTimeout("GET https://router.example/?at=59.237"),
    httpx.ConnectError("GET https://router.example/?at=59.237"),
]


def leaks(text: str) -> list[str]:
    """What should not be in this text."""
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("at", range(len(ANSWERS)))
def test_nothing_of_a_question_is_logged(caplog: pytest.LogCaptureFixture, at: int) -> None:
    """All logs at DEBUG, of every server and every kind of answer: host, status, seconds."""
    caplog.set_level(logging.DEBUG)
    for make in (paper.motis, paper.valhalla, paper.osrm, paper.otp):
        for mode in (Mode.TRANSIT, Mode.WALK):
            make(paper.Script([ANSWERS[at]])).to_site(paper.question(mode=mode))
    for single in (paper.resrobot, paper.sl):
        single(paper.Script([ANSWERS[at]])).journey(paper.FIRST, paper.SITE, NINE)
    assert caplog.records
    assert leaks(caplog.text) == []
    assert {record.name for record in caplog.records} == {"api.travel.calls"}
    assert all(message.startswith("router.example ") for message in caplog.messages)


@pytest.mark.parametrize("at", range(len(ANSWERS)))
def test_nothing_of_a_question_is_in_an_answer(at: int) -> None:
    """Sources and troubles are words of ours, whatever the server repeats."""
    for make in (paper.motis, paper.valhalla, paper.osrm, paper.otp):
        provider = make(paper.Script([ANSWERS[at]]))
        answers = provider.to_site(paper.question(mode=Mode.WALK))
        assert leaks(repr([answers, provider, provider.troubles])) == []


@pytest.mark.parametrize("at", range(2, len(ANSWERS)))
def test_nothing_of_a_question_is_in_an_error(at: int) -> None:
    """Nor in what the error came from: the errors of httpx hold the request."""
    caller = paper.caller(paper.Script([ANSWERS[at]]))
    with pytest.raises(CallFailedError) as caught:
        caller.get("/table/v1", {"at": "59.237"})
    error = caught.value
    assert leaks("".join(traceback.format_exception_only(error))) == []
    assert (error.__cause__, error.__context__) == (None, None)


def test_keys_are_not_shown() -> None:
    """In no repr of a setting, nor of a caller."""
    server = Server(base_url="https://router.example", key=paper.KEY)
    settings = TravelSettings(resrobot=resrobot_server(paper.KEY), osrm=OsrmSettings(car=server))
    caller = paper.caller(paper.Script([]), server)
    assert paper.KEY not in repr([settings, server, caller, caller.server])
    assert repr(caller) == "Caller('router.example')"


def test_httpx_is_silent_where_a_client_is_made() -> None:
    """It logs each address at INFO."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    paper.caller(paper.Script([]))
    assert {logging.getLogger(name).level for name in ("httpx", "httpcore")} == {logging.WARNING}


def test_an_answer_is_not_in_the_repr_of_a_reply() -> None:
    """A server may repeat the question."""
    reply = paper.caller(paper.Script([paper.ok(ECHO)])).get("/x")
    assert leaks(repr(reply)) == []


def test_nothing_is_called_unless_it_is_configured() -> None:
    """No server is there by default."""
    assert providers(TravelSettings()) == {}
