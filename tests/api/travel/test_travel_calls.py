"""Calls: retries, the pace, the circuit, and answers that are too long or too slow."""

import pickle
import threading
from collections.abc import Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.travel import CallFailedError, Server, Trouble, calls
from api.travel.pacing import SYSTEM_CLOCK, Circuit, TokenBucket
from tests.api.travel import travel_servers as paper

BUSY = httpx.Response(429)
DOWN = httpx.Response(503)
GOOD = paper.ok({"fine": True})


def busy(seconds: str) -> httpx.Response:
    """Too many calls: come back later."""
    return httpx.Response(429, headers={"Retry-After": seconds})


def waits(answers: Sequence[paper.Answer], attempts: int = 4) -> tuple[list[float], int, object]:
    """What was slept, how often was asked, and what came of it."""
    turned, script = paper.TurnedClock(), paper.Script(answers)
    server = Server(base_url="https://router.example", attempts=attempts)
    caller = paper.caller(script, server, turned)
    try:
        outcome: object = caller.get("/x").body
    except CallFailedError as failed:
        outcome = failed.trouble
    caller.close()
    return turned.slept, len(script.requests), outcome


def test_each_pause_is_twice_as_long() -> None:
    """0.5, 1 and 2 seconds with the most of the jitter; then it gives up."""
    assert waits([DOWN]) == ([0.5, 1.0, 2.0], 4, Trouble.SERVER_ERROR)


def test_jitter_takes_off_half_at_most() -> None:
    """With the least of the dice a pause is half as long: callers do not come back together."""
    turned = paper.TurnedClock()
    clock = paper.Clock(
        now=turned.now, ticks=lambda: turned.at, sleep=turned.sleep, chance=lambda: 0.0
    )
    caller = calls.Caller(
        paper.SERVER, transport=httpx.MockTransport(paper.Script([DOWN])), clock=clock
    )
    with pytest.raises(CallFailedError):
        caller.get("/x")
    assert turned.slept == [0.25, 0.5]


def test_no_pause_is_longer_than_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doubling stops."""
    monkeypatch.setattr(calls, "LONGEST_PAUSE_SECONDS", 0.75)
    assert waits([DOWN], 6)[0] == [0.5, 0.75, 0.75, 0.75, 0.75]


def test_a_server_that_comes_back_answers() -> None:
    """A timeout and a 500 are forgotten when the third attempt works."""
    answers = [httpx.ReadTimeout("late"), httpx.Response(500), GOOD]
    assert waits(answers) == ([0.5, 1.0], 3, {"fine": True})


@pytest.mark.parametrize(
    ("said", "slept"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Fri, 20 Nov 2026 12:00:09 GMT", 9.0),
        ("Fri, 20 Nov 2020 12:00:09 GMT", 0.0),
        ("30", 30.0),
    ],
)
def test_retry_after_is_honoured(said: str, slept: float) -> None:
    """As seconds or as a date; a date that has passed is now."""
    assert waits([busy(said), GOOD]) == ([slept], 2, {"fine": True})


@pytest.mark.parametrize("said", ["", "soon", "-5", "1.5", "Fri, 20 Nov 2026 12:00:09 -0000"])
def test_a_retry_after_that_says_nothing_is_as_none(said: str) -> None:
    """It cannot be read: the pause is ours."""
    assert waits([busy(said), GOOD])[:2] == ([0.5], 2)


@pytest.mark.parametrize("said", ["31", "3600", "9" * 400, "Sat, 21 Nov 2026 12:00:00 GMT"])
def test_a_server_that_asks_for_long_is_asked_no_more(said: str) -> None:
    """Coming back sooner than asked would be rude, and waiting that long would hang."""
    assert waits([busy(said), GOOD]) == ([], 1, Trouble.RATE_LIMITED)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 418])
def test_what_will_not_get_better_is_not_retried(status: int) -> None:
    """A wrong key stays wrong; a redirection is not followed to where nobody meant to ask."""
    answer = httpx.Response(status, headers={"Location": "https://elsewhere.example/"})
    assert waits([answer]) == ([], 1, Trouble.REFUSED)


@pytest.mark.parametrize("status", [400, 422])
def test_a_refusal_of_the_question_is_not_retried_and_is_read(status: int) -> None:
    """What stands in it tells whether fewer places would do; it need not be JSON."""
    assert waits([httpx.Response(status, json={"error": "many"})]) == ([], 1, {"error": "many"})
    assert waits([httpx.Response(status, text="<html>")]) == ([], 1, None)


def test_broken_json_is_not_retried() -> None:
    """NaN is none either."""
    answer = httpx.Response(200, text='{"duration": NaN}')
    assert waits([answer]) == ([], 1, Trouble.BROKEN_ANSWER)


def test_an_answer_without_end_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read to the end."""
    monkeypatch.setattr(calls, "MAX_ANSWER_BYTES", 10)
    assert waits([httpx.Response(200, text='{"long": "enough"}')])[2] == Trouble.BROKEN_ANSWER


def test_a_trickle_is_a_timeout() -> None:
    """The time limit is for all of the answer, not for each piece of it."""
    turned = paper.TurnedClock()

    class Trickle(httpx.SyncByteStream):
        def __iter__(self):  # noqa: ANN204
            for _ in range(100):
                turned.at += 4
                yield b" "

    caller = paper.caller(lambda _: httpx.Response(200, stream=Trickle()), turned=turned)
    with pytest.raises(CallFailedError, match=r"^timeout$"):
        caller.get("/x")
    assert turned.at - 1000 == pytest.approx(3 * 12 + 0.5 + 1)


def test_three_failures_open_the_circuit_and_one_trial_closes_it() -> None:
    """While it is open nobody is asked; a minute later one call is, and it decides."""
    turned, script = paper.TurnedClock(), paper.Script([httpx.Response(403)] * 4 + [GOOD])
    caller = paper.caller(script, turned=turned)

    def outcome() -> Trouble | None:
        try:
            caller.get("/x")
        except CallFailedError as failed:
            return failed.trouble
        return None

    refused, is_open = Trouble.REFUSED, Trouble.CIRCUIT_OPEN
    assert [outcome() for _ in range(5)] == [refused, refused, refused, is_open, is_open]
    turned.at += 59
    assert outcome() is is_open
    turned.at += 1
    assert [outcome(), outcome()] == [refused, is_open]
    turned.at += 60
    assert [outcome() for _ in range(3)] == [None, None, None]
    assert len(script.requests) == 7


def test_a_refused_question_does_not_open_the_circuit() -> None:
    """HTTP 400 is about the question: the server is well."""
    caller = paper.caller(paper.Script([paper.bad_request({"error_code": 170})]))
    assert [caller.get("/x").status for _ in range(10)] == [400] * 10


def test_only_one_thread_makes_the_trial() -> None:
    """After the pause one call is let through, the others stay away until it is decided."""
    turned = paper.TurnedClock()
    circuit = Circuit(turned.clock, failures=1)
    circuit.report(worked=False)
    turned.at += 60
    let: list[bool] = []
    threads = [threading.Thread(target=lambda: let.append(circuit.lets_through())) for _ in "1234"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let) == [False, False, False, True]


def test_success_in_between_keeps_the_circuit_closed() -> None:
    """Only failures in a row count."""
    circuit = Circuit(paper.TurnedClock().clock, failures=2)
    for worked in (False, True, False, True, False):
        circuit.report(worked=worked)
    assert circuit.lets_through()


@given(
    per_minute=st.integers(2, 200),
    pauses=st.lists(st.floats(0, 40, allow_nan=False), min_size=1, max_size=150),
)
def test_no_minute_has_more_calls_than_allowed(per_minute: int, pauses: list[float]) -> None:
    """Wherever the minute begins, and however the calls come."""
    turned = paper.TurnedClock()
    bucket = TokenBucket(per_minute, turned.clock)
    times = []
    for pause in pauses:
        turned.at += pause
        bucket.take()
        times.append(turned.at)
    for start in times:
        assert sum(start <= at < start + 59.999 for at in times) <= per_minute


def test_resrobot_is_asked_at_its_pace() -> None:
    """45 a minute: ten minutes of questions take ten minutes, less a few at once."""
    turned = paper.TurnedClock()
    bucket = TokenBucket(45, turned.clock)
    for _ in range(390):
        bucket.take()
    assert turned.at - 1000 == pytest.approx((390 - 6) / (39 / 60))
    assert turned.slept[0] == pytest.approx(60 / 39)


def test_retries_count_as_calls() -> None:
    """A server that is busy is not asked faster than one that is not."""
    turned = paper.TurnedClock()
    server = Server(base_url="https://router.example", calls_per_minute=2)
    caller = paper.caller(paper.Script([busy("0")]), server, turned)
    with pytest.raises(CallFailedError):
        caller.get("/x")
    assert sum(turned.slept) == pytest.approx(120)


def test_an_error_can_be_sent_to_another_process() -> None:
    """It is pickled with its trouble."""
    failed = pickle.loads(pickle.dumps(CallFailedError(Trouble.TIMEOUT)))  # noqa: S301
    assert failed.trouble is Trouble.TIMEOUT


def test_the_clock_of_every_day_runs() -> None:
    """Aware, in UTC; chance is from 0 to 1."""
    assert str(SYSTEM_CLOCK.now().tzinfo) == "UTC"
    assert 0 <= SYSTEM_CLOCK.chance() <= 1
    assert SYSTEM_CLOCK.ticks() <= SYSTEM_CLOCK.ticks()
