"""ResRobot 2.1, Trafiklab's planner for all of Sweden: one journey, to show (data CC0).

The key and both places are in the address. A Bronze key has 45 calls a minute and 30,000 a month:
enough to show and to compare, never for a table. It has no setting for wheelchairs.
"""

from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from api.travel.calls import Caller
from api.travel.journeys import Clerk, Journey, Trip, check_aware
from api.travel.settings import Server
from api.travel.shapes import listing, mapping, moment, one_or_many, text
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import Point

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NO_WAY = "SVC_NO_RESULT"
TROUBLES = {
    "API_QUOTA": Trouble.QUOTA,
    "API_TOO_MANY_REQUESTS": Trouble.RATE_LIMITED,
    "SVC_LOC_NEAR": Trouble.WALK_ONLY,
}
"""What a code means. ``SVC_NO_RESULT`` comes with HTTP 200 and is no trouble: there is no way."""


class ResRobot:
    """Shows one journey. Not a source for a table."""

    name = "resrobot"

    def __init__(self, server: Server, *, caller: Caller | None = None) -> None:
        """Make ready; nothing is called yet.

        Raises:
            ValueError: there is no key.
        """
        if not server.key:
            raise ValueError("ResRobot needs a key")
        self._key = server.key
        self._caller = caller or Caller(server, headers={})

    def close(self) -> None:
        """Close the connections."""
        self._caller.close()

    def journey(self, origin: Point, site: Point, arrive_by: datetime) -> Journey:
        """The journey that leaves last and is there in time."""
        check_aware(arrive_by)
        local = arrive_by.astimezone(STOCKHOLM)
        clerk = Clerk(self.name, self._caller.clock.now())
        query: dict[str, str | int | float] = {
            "format": "json",
            "accessId": self._key,
            "originCoordLat": origin.latitude,
            "originCoordLong": origin.longitude,
            "destCoordLat": site.latitude,
            "destCoordLong": site.longitude,
            "date": local.strftime("%Y-%m-%d"),
            "time": local.strftime("%H:%M"),
            "searchForArrival": 1,
            "passlist": 0,
        }
        try:
            reply = self._caller.get("/trip", query)
            return _read(mapping(reply.body), reply.status, clerk, arrive_by)
        except CallFailedError as failed:
            return clerk.unknown(failed.trouble)


def _read(body: dict[str, object], status: int, clerk: Clerk, arrive_by: datetime) -> Journey:
    code = body.get("errorCode")
    if code == NO_WAY:
        return clerk.unreachable()
    if code is not None or status != HTTPStatus.OK:
        return clerk.unknown(TROUBLES.get(str(code), Trouble.REFUSED))
    return clerk.choose([_trip(trip) for trip in one_or_many(body.get("Trip"))], arrive_by)


def _trip(value: object) -> Trip:
    legs = mapping(mapping(value).get("LegList")).get("Leg")
    ways = [mapping(leg) for leg in listing(one_or_many(legs))]
    if not ways:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    departure = _planned(ways[0].get("Origin"))
    arrival = _planned(ways[-1].get("Destination"))
    seconds = (arrival - departure).total_seconds()
    if seconds < 0:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    rides = sum(way.get("type") == "JNY" for way in ways)
    return Trip(seconds=seconds, transfers=max(0, rides - 1), departure=departure, arrival=arrival)


def _planned(stop: object) -> datetime:
    """The time of the timetable, in Stockholm; with its offset, so that hours can be counted."""
    place = mapping(stop)
    wall = f"{text(place.get('date'))}T{text(place.get('time'))}"
    try:
        local = datetime.fromisoformat(wall).replace(tzinfo=STOCKHOLM)
    except ValueError:
        local = None
    return moment(None if local is None else local.isoformat())
