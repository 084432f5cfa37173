"""MOTIS 2.9 or later: transit from many places to one, in batches (restider med kollektivtrafik).

What is documented and not run: whether the duration of a journey that is to arrive by a time has
the wait at the site in it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from api.travel.asking import UNREACHABLE, Finding, PointRefusedError, ServerProvider, unknown
from api.travel.calls import Caller, Reply
from api.travel.settings import Deadlines, MotisSettings
from api.travel.shapes import listing, mapping, number
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach

PATH = "/api/experimental/one-to-many-intermodal"
TOO_MANY = "onetomany_max_many"
"""Named where MOTIS refuses more places than its setting allows: they are asked in halves."""


def provider(
    settings: MotisSettings, *, deadlines: Deadlines = Deadlines.ONE, caller: Caller | None = None
) -> ServerProvider:
    """Travel times from a MOTIS server. Transit only; on foot all the way where that is faster.

    With ``step_free`` the ways on foot are those of a wheelchair, where it has any; whether the
    vehicles take one is not told, so ``step_free`` of an answer is ``unknown``.
    """
    return ServerProvider(
        name="motis",
        callers={Mode.TRANSIT: caller or Caller(settings.server)},
        ask=partial(_ask, settings.max_travel_minutes),
        batch_size=settings.batch_size,
        deadlines=deadlines,
        step_free=frozenset({Mode.TRANSIT}),
    )


def _ask(
    most: int,
    caller: Caller,
    question: TravelQuestion,
    points: Sequence[Point],
    deadline: datetime,
) -> list[Finding]:
    """The question as MOTIS wants it: ``"lat;lon"``, and minutes in one place only.

    The distances and times on foot are always told, as their defaults change between versions.
    """
    body = {
        "one": _place(question.site),
        "many": [_place(point) for point in points],
        "time": deadline.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "arriveBy": True,
        "maxTravelTime": most,
        "maxMatchingDistance": 250,
        "maxPreTransitTime": 1500,
        "maxPostTransitTime": 1500,
        "maxDirectTime": 3600,
        "directMode": "WALK",
        "preTransitModes": ["WALK"],
        "postTransitModes": ["WALK"],
        "transitModes": ["TRANSIT"],
        "pedestrianProfile": "WHEELCHAIR" if question.step_free else "FOOT",
        "useRoutedTransfers": True,
    }
    reply = caller.post(PATH, body)
    if reply.status != HTTPStatus.OK:
        raise _refusal(reply)
    found = mapping(reply.body)
    streets = listing(found.get("street_durations"), len(points))
    rides = listing(found.get("transit_durations"), len(points))
    return [_shortest(street, ride) for street, ride in zip(streets, rides, strict=True)]


def _refusal(reply: Reply) -> CallFailedError:
    """More places than this server takes, or another question that it refuses."""
    error = reply.body.get("error") if isinstance(reply.body, dict) else None
    if isinstance(error, str) and TOO_MANY in error:
        return PointRefusedError(unknown(Trouble.REFUSED))
    return CallFailedError(Trouble.REFUSED)


def _place(point: Point) -> str:
    return f"{point.latitude};{point.longitude}"


def _shortest(street: object, rides: object) -> Finding:
    """The shortest way of one origin; ``{}`` and ``[]`` are none."""
    ways = [_ride(mapping(ride)) for ride in listing(rides)]
    on_foot = mapping(street)
    if on_foot:
        seconds = number(on_foot.get("duration"))
        ways.append(
            Finding(reach=Reach.MINUTES, seconds=seconds, transfers=0, walk_seconds=seconds)
        )
    return min(ways, key=lambda way: way.seconds or 0.0, default=UNREACHABLE)


def _ride(ride: dict[str, object]) -> Finding:
    return Finding(
        reach=Reach.MINUTES,
        seconds=number(ride.get("duration")),
        transfers=int(number(ride.get("transfers"))),
    )
