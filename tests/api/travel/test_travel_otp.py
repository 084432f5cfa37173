"""OpenTripPlanner: pair by pair, errors in answers that look well, and what is known of steps."""

import pytest

from matcher.domain import Mode
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

Trip = dict[str, object]


def trip(start: str, end: str, seconds: int, score: float | None = None) -> Trip:
    """A trip of the morning, times as hour and minute."""
    day = "2026-11-24T{}:00+01:00"
    told = {"start": day.format(start), "end": day.format(end), "duration": seconds}
    return {"node": {**told, "accessibilityScore": score}}


def plan(*trips: Trip, codes: tuple[str, ...] = ()) -> object:
    """An answer as documented."""
    errors = [{"code": code, "description": "from 59.237"} for code in codes]
    return {"data": {"planConnection": {"routingErrors": errors, "edges": list(trips)}}}


def minutes(body: object, *, step_free: bool = False) -> list[tuple[object, str]]:
    """What is told, and whether it is free of steps, of one origin."""
    asked = paper.question(paper.FIRST, step_free=step_free)
    answers = paper.otp(paper.Script([paper.ok(body)])).to_site(asked)
    return [
        (told, answer.step_free) for told, answer in zip(paper.told(answers), answers, strict=True)
    ]


def test_the_documented_answer_is_read() -> None:
    """2,220 seconds are 37 minutes."""
    assert minutes(plan(trip("08:18", "08:25", 2220, 0.5))) == [(37, "unknown")]


def test_the_question_is_as_documented() -> None:
    """Latest arrival in Stockholm's time, the middle deadline; one call for each origin."""
    script = paper.Script([paper.ok(plan(trip("08:00", "08:20", 1200)))])
    answers = paper.otp(script).to_site(paper.question(step_free=True))
    assert paper.told(answers) == [20, 20]
    assert [r.url.path for r in script.requests] == ["/base/otp/gtfs/v1"] * 2
    variables = script.bodies[0]["variables"]
    assert variables["t"] == "2026-11-24T08:30:00+01:00"
    assert variables["w"] is True
    assert variables["o"] == {
        "location": {"coordinate": {"latitude": 59.237, "longitude": 17.982}}
    }
    assert "first:3" in script.bodies[0]["query"]


def test_the_last_trips_can_be_asked_for() -> None:
    """Where the first three are too early."""
    script = paper.Script([paper.ok(plan())])
    paper.otp(script, last=True).to_site(paper.question(paper.FIRST))
    assert "last:3" in script.bodies[0]["query"]


def test_the_trip_that_leaves_last_and_is_in_time_counts() -> None:
    """The one of 08:20 is too late, that of 07:30 shorter but earlier: 08:00, 25 minutes."""
    trips = (
        trip("07:30", "07:40", 600),
        trip("08:00", "08:25", 1500),
        trip("08:20", "08:31", 660),
    )
    assert minutes(plan(*trips)) == [(25, "unknown")]


@pytest.mark.parametrize(("score", "known"), [(1.0, "yes"), (0.5, "unknown"), (None, "unknown")])
def test_only_a_trip_known_to_be_accessible_is(score: float | None, known: str) -> None:
    """Half known is unknown."""
    assert minutes(plan(trip("08:00", "08:20", 1200, score)), step_free=True) == [(20, known)]


def test_a_trip_known_to_have_steps_is_the_last_choice() -> None:
    """With another, that one counts; alone it is told as what it is, never as no way."""
    steps, level = trip("08:05", "08:20", 900, 0.0), trip("08:00", "08:20", 1200, 1.0)
    assert minutes(plan(steps, level), step_free=True) == [(20, "yes")]
    assert minutes(plan(steps), step_free=True) == [(15, "no")]
    assert minutes(plan(steps)) == [(15, "unknown")]


def test_without_the_question_nothing_is_said_of_steps() -> None:
    """A score of 1 in a plan that was not asked to be free of steps is not told."""
    assert minutes(plan(trip("08:00", "08:20", 1200, 1.0))) == [(20, "unknown")]


@pytest.mark.parametrize(
    ("codes", "reach"),
    [
        (("NO_TRANSIT_CONNECTION",), Reach.UNREACHABLE),
        (("NO_TRANSIT_CONNECTION_IN_SEARCH_WINDOW",), Reach.UNKNOWN),
        (("OUTSIDE_BOUNDS",), Reach.UNKNOWN),
        (("OUTSIDE_SERVICE_PERIOD",), Reach.UNKNOWN),
        (("LOCATION_NOT_FOUND",), Reach.UNKNOWN),
        (("NO_TRANSIT_CONNECTION", "OUTSIDE_SERVICE_PERIOD"), Reach.UNKNOWN),
        (("WALKING_BETTER_THAN_TRANSIT",), Reach.UNKNOWN),
        (("SOMETHING_NEW",), Reach.UNKNOWN),
        ((), Reach.UNKNOWN),
    ],
)
def test_without_trips_the_codes_decide(codes: tuple[str, ...], reach: Reach) -> None:
    """Only "no connection" is no way; a date or a place outside is unknown."""
    assert minutes(plan(codes=codes)) == [(reach, "unknown")]


def test_walking_is_better_is_no_failure() -> None:
    """The walk is among the trips: it counts."""
    body = plan(trip("08:10", "08:20", 600), codes=("WALKING_BETTER_THAN_TRANSIT",))
    assert minutes(body) == [(10, "unknown")]


@pytest.mark.parametrize("start", ["2026-11-24T08:00:00", "soon", "", None, 5])
def test_a_time_without_its_zone_is_broken(start: object) -> None:
    """It could be an hour off."""
    node = {"start": start, "end": "2026-11-24T08:20:00+01:00", "duration": 1200}
    assert minutes(plan({"node": node})) == [(Reach.UNKNOWN, "unknown")]


def test_a_bike_is_not_asked_for() -> None:
    """Streets are other servers' work."""
    script = paper.Script([paper.ok(plan())])
    paper.otp(script).to_site(paper.question(mode=Mode.BIKE))
    assert script.requests == []
