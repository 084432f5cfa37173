"""ResRobot and SL: one journey, its times and transfers, and what their codes mean."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.travel import Journey, Server, SlSettings, Trouble, resrobot, resrobot_server, sl
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NINE = datetime(2026, 11, 24, 9, tzinfo=STOCKHOLM)
Leg = dict[str, object]


def leg(kind: str, start: str, end: str, day: str = "2026-11-24") -> Leg:
    """A leg of ResRobot."""
    origin, destination = {"date": day, "time": start}, {"date": day, "time": end}
    return {"type": kind, "Origin": origin, "Destination": destination}


def trips(*legs: Leg | list[Leg]) -> object:
    """ResRobot's answer: a trip for each list of legs."""
    return {"Trip": [{"duration": "PT37M", "LegList": {"Leg": one}} for one in legs]}


def by_resrobot(*answers: paper.Answer, arrive_by: datetime = NINE) -> Journey:
    """What ResRobot's answer is read as."""
    return paper.resrobot(paper.Script(answers)).journey(paper.FIRST, paper.SITE, arrive_by)


def by_sl(body: object, arrive_by: datetime = NINE) -> Journey:
    """What SL's answer is read as."""
    return paper.sl(paper.Script([paper.ok(body)])).journey(paper.FIRST, paper.SITE, arrive_by)


def test_resrobot_tells_times_and_transfers() -> None:
    """On foot, two rides and a walk between them: one transfer, 37 minutes."""
    legs = [
        leg("WALK", "08:18:00", "08:25:00"),
        leg("JNY", "08:25:00", "08:40:00"),
        leg("TRSF", "08:40:00", "08:44:00"),
        leg("JNY", "08:44:00", "08:55:00"),
    ]
    journey = by_resrobot(paper.ok(trips(legs)))
    assert (journey.reach, journey.minutes, journey.transfers) == (Reach.MINUTES, 37, 1)
    assert journey.departure == datetime(2026, 11, 24, 8, 18, tzinfo=STOCKHOLM)
    assert journey.arrival == datetime(2026, 11, 24, 8, 55, tzinfo=STOCKHOLM)
    assert (journey.source, journey.trouble) == ("resrobot", None)


def test_a_leg_may_stand_alone() -> None:
    """One object instead of a list; a walk has no transfers."""
    journey = by_resrobot(paper.ok(trips(leg("WALK", "08:18:00", "08:25:30"))))
    assert (journey.minutes, journey.transfers) == (8, 0)


def test_the_journey_that_leaves_last_in_time_is_shown() -> None:
    """The one of 08:40 comes too late."""
    body = trips(
        leg("JNY", "08:00:00", "08:30:00"),
        leg("JNY", "08:20:00", "09:00:00"),
        leg("JNY", "08:40:00", "09:01:00"),
    )
    assert by_resrobot(paper.ok(body)).minutes == 40


def test_none_in_time_is_unknown() -> None:
    """There may be one that was not offered."""
    journey = by_resrobot(paper.ok(trips(leg("JNY", "08:40:00", "09:01:00"))))
    assert (journey.reach, journey.trouble) == (Reach.UNKNOWN, Trouble.OUTSIDE)


def test_the_hour_that_comes_twice_is_counted() -> None:
    """On the night of 25 October 2026 01:30 to 03:30 is three hours."""
    body = trips(leg("JNY", "01:30:00", "03:30:00", "2026-10-25"))
    by = datetime(2026, 10, 25, 9, tzinfo=STOCKHOLM)
    assert by_resrobot(paper.ok(body), arrive_by=by).minutes == 180


def test_a_journey_that_ends_before_it_begins_is_broken() -> None:
    """Less than nothing is no journey."""
    journey = by_resrobot(paper.ok(trips(leg("JNY", "08:40:00", "08:30:00"))))
    assert journey.trouble is Trouble.BROKEN_ANSWER


@pytest.mark.parametrize(
    ("status", "code", "reach", "trouble"),
    [
        (200, "SVC_NO_RESULT", Reach.UNREACHABLE, None),
        (400, "SVC_LOC_NEAR", Reach.UNKNOWN, Trouble.WALK_ONLY),
        (400, "API_QUOTA", Reach.UNKNOWN, Trouble.QUOTA),
        (403, "API_AUTH", Reach.UNKNOWN, Trouble.REFUSED),
        (429, "API_TOO_MANY_REQUESTS", Reach.UNKNOWN, Trouble.RATE_LIMITED),
        (400, "SVC_NO_RESULT", Reach.UNREACHABLE, None),
        (400, "WHAT", Reach.UNKNOWN, Trouble.REFUSED),
    ],
)
def test_resrobots_codes(status: int, code: str, reach: Reach, trouble: Trouble | None) -> None:
    """No result comes with HTTP 200, and only that is no way."""
    answer = paper.ok({"errorCode": code, "errorText": "…"})
    answer.status_code = status
    journey = by_resrobot(answer)
    assert (journey.reach, journey.trouble) == (reach, trouble)


def test_resrobot_is_asked_as_documented() -> None:
    """To arrive by, in Stockholm's time, the key in the query and in no header."""
    script = paper.Script([paper.ok(trips(leg("JNY", "08:00:00", "08:30:00")))])
    by = datetime(2026, 11, 24, 8, tzinfo=UTC)
    paper.resrobot(script).journey(paper.FIRST, paper.SITE, by)
    (request,) = script.requests
    assert request.url.path == "/base/trip"
    assert dict(request.url.params) == {
        "format": "json",
        "accessId": paper.KEY,
        "originCoordLat": "59.237",
        "originCoordLong": "17.982",
        "destCoordLat": "59.331",
        "destCoordLong": "18.059",
        "date": "2026-11-24",
        "time": "09:00",
        "searchForArrival": "1",
        "passlist": "0",
    }
    assert "Authorization" not in request.headers


def test_resrobot_needs_a_key() -> None:
    """And is asked at most 45 times a minute."""
    with pytest.raises(ValueError, match="needs a key"):
        resrobot.source(Server(base_url="https://api.resrobot.se/v2.1"))
    assert resrobot_server("k").calls_per_minute == 45


def sl_trip(start: str | None, end: str | None, seconds: int = 930, changes: int = 0) -> object:
    """A journey of SL; without times where they are ``None``."""
    origin = {"coord": [59.257, 18.082]} | ({"departureTimePlanned": start} if start else {})
    destination = {"coord": [59.3, 18.1]} | ({"arrivalTimePlanned": end} if end else {})
    legs = [{"duration": 912, "origin": origin, "destination": destination}]
    times = {"tripDuration": seconds, "tripRtDuration": 912}
    return {**times, "interchanges": changes, "legs": legs}


def test_sl_tells_planned_times() -> None:
    """930 seconds as planned, not the 912 of today: 16 minutes."""
    body = {"journeys": [sl_trip("2026-11-24T07:30:00Z", "2026-11-24T07:45:30Z", changes=2)]}
    journey = by_sl(body)
    assert (journey.minutes, journey.transfers, journey.source) == (16, 2, "sl")
    assert journey.departure == datetime(2026, 11, 24, 8, 30, tzinfo=STOCKHOLM)


def test_sl_without_times_is_read_by_its_duration() -> None:
    """The documented shape has none: the shortest is shown."""
    body = {"systemMessages": [], "journeys": [sl_trip(None, None, 1200), sl_trip(None, None)]}
    journey = by_sl(body)
    assert (journey.minutes, journey.departure, journey.arrival) == (16, None, None)


def test_messages_beside_journeys_do_not_matter() -> None:
    """Errors may come with good answers."""
    body = {
        "systemMessages": [{"type": "error", "code": -4000}],
        "journeys": [sl_trip(None, None)],
    }
    assert by_sl(body).minutes == 16


@pytest.mark.parametrize(
    ("code", "reach", "trouble"),
    [
        (-4000, Reach.UNREACHABLE, None),
        (-10015, Reach.UNREACHABLE, None),
        (-4001, Reach.UNKNOWN, Trouble.OUTSIDE),
        (-4006, Reach.UNKNOWN, Trouble.WALK_ONLY),
        (-4007, Reach.UNKNOWN, Trouble.WALK_ONLY),
        (-9999, Reach.UNKNOWN, Trouble.REFUSED),
    ],
)
def test_sls_codes(code: int, reach: Reach, trouble: Trouble | None) -> None:
    """Only "no journey" is no way; a date outside the timetable is unknown."""
    body = {"systemMessages": [{"type": "error", "code": code}], "journeys": []}
    journey = by_sl(body)
    assert (journey.reach, journey.trouble) == (reach, trouble)


def test_sl_is_asked_as_documented() -> None:
    """Longitude first, and the address of a function to write to."""
    script = paper.Script([paper.ok({"journeys": [sl_trip(None, None)]})])
    settings = SlSettings(contact="resor@example.org", server=paper.SERVER)
    headers = {"User-Contact-Information": settings.contact}
    sl.source(settings, caller=paper.caller(script, headers=headers)).journey(
        paper.FIRST, paper.SITE, NINE
    )
    (request,) = script.requests
    assert request.headers["User-Contact-Information"] == "resor@example.org"
    params = request.url.params
    assert params["name_origin"] == "17.982:59.237:WGS84[dd.ddddd]"
    assert (params["itd_date"], params["itd_time"]) == ("20261124", "0900")
    assert params["itd_trip_date_time_dep_arr"] == "arr"


@pytest.mark.parametrize("make", [paper.resrobot, paper.sl])
def test_a_time_without_a_zone_is_refused(make: object) -> None:
    """That is a fault of the caller, and raises."""
    service = make(paper.Script([]))  # type: ignore[operator]
    with pytest.raises(ValueError, match="zone"):
        service.journey(paper.FIRST, paper.SITE, datetime(2026, 11, 24, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("reach", "minutes", "trouble"),
    [
        (Reach.MINUTES, None, None),
        (Reach.UNREACHABLE, 0, None),
        (Reach.UNKNOWN, None, None),
        (Reach.UNREACHABLE, None, Trouble.TIMEOUT),
    ],
)
def test_a_journey_that_contradicts_itself_is_none(
    reach: Reach, minutes: int | None, trouble: Trouble | None
) -> None:
    """Minutes only when it is known, a trouble only when it is not."""
    with pytest.raises(ValueError, match="only then"):
        Journey(reach=reach, source="x", computed_at=NINE, minutes=minutes, trouble=trouble)
