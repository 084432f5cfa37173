"""ResRobot 2.1, Trafiklab's planner for all of Sweden: one journey, to show (data CC0).

The key and both places are in the address. A Bronze key has 45 calls a minute and 30,000 a month:
enough to show and to compare, never for a table. It has no setting for wheelchairs.
"""

from datetime import datetime
from functools import partial
from http import HTTPStatus

from api.travel.calls import Caller
from api.travel.journeys import JourneySource, Leg, Trip
from api.travel.settings import Server
from api.travel.shapes import listing, mapping, moment, one_or_many, text, words
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import STOCKHOLM, Point

NO_WAY = "SVC_NO_RESULT"
TROUBLES = {
    "API_QUOTA": Trouble.QUOTA,
    "API_TOO_MANY_REQUESTS": Trouble.RATE_LIMITED,
    "SVC_LOC_NEAR": Trouble.WALK_ONLY,
}
"""What a code means. ``SVC_NO_RESULT`` comes with HTTP 200 and is no trouble: there is no way."""


def source(server: Server, *, caller: Caller | None = None) -> JourneySource:
    """ResRobot, by a key.

    Raises:
        ValueError: there is no key.
    """
    if not server.key:
        raise ValueError("ResRobot needs a key")
    return JourneySource(
        name="resrobot",
        caller=caller or Caller(server, headers={}),
        path="/trip",
        ask=partial(_query, server.key),
        read=_read,
    )


def _query(
    key: str, origin: Point, site: Point, arrive_by: datetime
) -> dict[str, str | int | float]:
    return {
        "format": "json",
        "accessId": key,
        "originCoordLat": origin.latitude,
        "originCoordLong": origin.longitude,
        "destCoordLat": site.latitude,
        "destCoordLong": site.longitude,
        "date": arrive_by.strftime("%Y-%m-%d"),
        "time": arrive_by.strftime("%H:%M"),
        "searchForArrival": 1,
        "passlist": 0,
    }


def _read(body: dict[str, object], status: int) -> list[Trip] | None:
    code = body.get("errorCode")
    if code == NO_WAY:
        return None
    if code is not None or status != HTTPStatus.OK:
        raise CallFailedError(TROUBLES.get(str(code), Trouble.REFUSED))
    return [_trip(trip) for trip in one_or_many(body.get("Trip"))]


def _trip(value: object) -> Trip:
    found = mapping(mapping(value).get("LegList")).get("Leg")
    ways = [mapping(leg) for leg in listing(one_or_many(found))]
    if not ways:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    departure = _planned(ways[0].get("Origin"))
    arrival = _planned(ways[-1].get("Destination"))
    seconds = (arrival - departure).total_seconds()
    if seconds < 0:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    legs = tuple(_leg(way) for way in ways)
    return Trip(
        seconds=seconds,
        transfers=max(0, sum(leg.ride for leg in legs) - 1),
        departure=departure,
        arrival=arrival,
        legs=legs,
    )


def _leg(way: dict[str, object]) -> Leg:
    origin, destination = mapping(way.get("Origin")), mapping(way.get("Destination"))
    ride = way.get("type") == "JNY"
    return Leg(
        ride=ride,
        line=words(way.get("name")) if ride else None,
        towards=words(way.get("direction")) if ride else None,
        start=words(origin.get("name")),
        end=words(destination.get("name")),
        departure=_planned(origin),
        arrival=_planned(destination),
    )


def _planned(stop: object) -> datetime:
    """The time of the timetable, in Stockholm; with its offset, so that hours can be counted."""
    place = mapping(stop)
    wall = f"{text(place.get('date'))}T{text(place.get('time'))}"
    try:
        local = datetime.fromisoformat(wall).replace(tzinfo=STOCKHOLM)
    except ValueError:
        local = None
    return moment(None if local is None else local.isoformat())
