"""SL's journey planner, version 3: one journey in Stockholm county, to show.

No key; SL asks for moderate use and a mail address to reach whoever calls. Longitude comes first
in the question. It has no setting for wheelchairs. Shapes as documented, not run.
"""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

from api.travel.calls import Caller
from api.travel.journeys import JourneySource, Leg, Trip
from api.travel.settings import SlSettings
from api.travel.shapes import listing, mapping, moment, number, words
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import Point

ON_FOOT = "footpath"
"""What SL calls a way on foot, where another leg has the kind of vehicle."""
NO_WAY = frozenset({-4000, -10015})
TROUBLES = {-4001: Trouble.OUTSIDE, -4006: Trouble.WALK_ONLY, -4007: Trouble.WALK_ONLY}
"""What a code means: a date outside the timetable, only a walk, the same place."""


def source(settings: SlSettings, *, caller: Caller | None = None) -> JourneySource:
    """SL, told whom to write to."""
    headers = {"User-Contact-Information": settings.contact}
    return JourneySource(
        name="sl",
        caller=caller or Caller(settings.server, headers=headers),
        path="/trips",
        ask=_query,
        read=_read,
    )


def _query(origin: Point, site: Point, arrive_by: datetime) -> dict[str, str | int | float]:
    return {
        "type_origin": "coord",
        "name_origin": _place(origin),
        "type_destination": "coord",
        "name_destination": _place(site),
        "calc_number_of_trips": 3,
        "itd_date": arrive_by.strftime("%Y%m%d"),
        "itd_time": arrive_by.strftime("%H%M"),
        "itd_trip_date_time_dep_arr": "arr",
        "route_type": "leasttime",
    }


def _place(point: Point) -> str:
    return f"{point.longitude}:{point.latitude}:WGS84[dd.ddddd]"


def _read(body: dict[str, object], status: int) -> list[Trip] | None:
    """Journeys count, whatever messages come with them; without one the messages tell why."""
    offered = listing(body.get("journeys") or [])
    if offered and status == HTTPStatus.OK:
        return [_trip(mapping(trip)) for trip in offered]
    codes = set(_codes(body))
    if codes & NO_WAY:
        return None
    told = [trouble for code, trouble in TROUBLES.items() if code in codes]
    silent = Trouble.BROKEN_ANSWER if status == HTTPStatus.OK and not codes else Trouble.REFUSED
    raise CallFailedError(told[0] if told else silent)


def _codes(body: dict[str, object]) -> Iterator[int]:
    for message in listing(body.get("systemMessages") or []):
        code = mapping(message).get("code")
        if isinstance(code, int):
            yield code


def _trip(trip: dict[str, object]) -> Trip:
    """Planned times: a delay today says nothing of the journey to come."""
    legs = [mapping(leg) for leg in listing(trip.get("legs") or [])]
    first, last = (legs[0].get("origin"), legs[-1].get("destination")) if legs else (None, None)
    changes = trip.get("interchanges")
    return Trip(
        seconds=number(trip.get("tripDuration")),
        transfers=None if changes is None else int(number(changes)),
        departure=_planned(first, "departureTimePlanned"),
        arrival=_planned(last, "arrivalTimePlanned"),
        legs=tuple(_leg(leg) for leg in legs),
    )


def _leg(leg: dict[str, object]) -> Leg:
    origin, destination, vehicle = (
        part if isinstance(part := leg.get(name), dict) else {}
        for name in ("origin", "destination", "transportation")
    )
    kind, towards = vehicle.get("product"), vehicle.get("destination")
    named = words(kind.get("name")) if isinstance(kind, dict) else None
    ride = bool(vehicle) and named != ON_FOOT
    return Leg(
        ride=ride,
        line=(words(vehicle.get("name")) or named) if ride else None,
        towards=words(towards.get("name")) if ride and isinstance(towards, dict) else None,
        start=words(origin.get("name")),
        end=words(destination.get("name")),
        departure=_planned(origin, "departureTimePlanned"),
        arrival=_planned(destination, "arrivalTimePlanned"),
    )


def _planned(stop: object, name: str) -> datetime | None:
    value = mapping(stop).get(name) if isinstance(stop, dict) else None
    return None if value is None else moment(value)
