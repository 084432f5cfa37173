"""OpenTripPlanner 2: transit pair by pair, with what is known of steps (stegfritt).

GraphQL tells its errors with HTTP 200. Of the trips that arrive in time the one that leaves last
counts: it is the one people take.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Literal

from api.travel.asking import UNREACHABLE, Finding, ServerProvider, unknown
from api.travel.calls import Caller
from api.travel.settings import Deadlines, OtpSettings
from api.travel.shapes import listing, mapping, moment, number, text
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach

PATH = "/otp/gtfs/v1"
QUERY = (
    "query($o:PlanLabeledLocationInput!,$d:PlanLabeledLocationInput!,"
    "$t:OffsetDateTime!,$w:Boolean){planConnection(origin:$o,destination:$d,"
    "dateTime:{latestArrival:$t},%s:3,preferences:{accessibility:{wheelchair:{enabled:$w}}})"
    "{routingErrors{code description}edges{node{start end duration accessibilityScore}}}}"
)
NO_WAY = frozenset({"NO_TRANSIT_CONNECTION"})
OUTSIDE = frozenset({"OUTSIDE_BOUNDS", "OUTSIDE_SERVICE_PERIOD", "LOCATION_NOT_FOUND"})
STEP_FREE, WITH_STEPS = 1.0, 0.0
"""Accessibility scores: all of the trip is known to be accessible, or known not to be."""
_KNOWN: Mapping[float | None, Literal["yes", "no"]] = {STEP_FREE: "yes", WITH_STEPS: "no"}


def provider(
    settings: OtpSettings, *, deadlines: Deadlines = Deadlines.ONE, caller: Caller | None = None
) -> ServerProvider:
    """Travel times from an OpenTripPlanner server, one call for each origin. Transit only.

    With ``step_free`` a trip that is known to have steps is told only where there is no other, and
    as what it is; ``yes`` is told only of a trip that is known to have none.
    """
    return ServerProvider(
        name="otp",
        callers={Mode.TRANSIT: caller or Caller(settings.server)},
        ask=partial(_ask, QUERY % ("last" if settings.last else "first")),
        deadlines=deadlines,
        step_free=frozenset({Mode.TRANSIT}),
    )


def _ask(
    query: str,
    caller: Caller,
    question: TravelQuestion,
    points: Sequence[Point],
    deadline: datetime,
) -> list[Finding]:
    (origin,) = points
    variables = {
        "o": _place(origin),
        "d": _place(question.site),
        "t": deadline.isoformat(),
        "w": question.step_free,
    }
    reply = caller.post(PATH, {"query": query, "variables": variables})
    body = mapping(reply.body) if reply.status == HTTPStatus.OK else {}
    if reply.status != HTTPStatus.OK or body.get("errors"):
        raise CallFailedError(Trouble.REFUSED)
    plan = mapping(mapping(body.get("data")).get("planConnection"))
    trips = [_trip(edge) for edge in listing(plan.get("edges"))]
    found = _chosen(trips, deadline, step_free=question.step_free)
    return [found or _without_trips(plan)]


@dataclass(frozen=True, slots=True)
class _Trip:
    start: datetime
    end: datetime
    seconds: float
    score: float | None


def _place(point: Point) -> dict[str, object]:
    place = {"latitude": point.latitude, "longitude": point.longitude}
    return {"location": {"coordinate": place}}


def _trip(edge: object) -> _Trip:
    node = mapping(mapping(edge).get("node"))
    score = node.get("accessibilityScore")
    return _Trip(
        start=moment(node.get("start")),
        end=moment(node.get("end")),
        seconds=number(node.get("duration")),
        score=None if score is None else number(score),
    )


def _chosen(trips: Sequence[_Trip], deadline: datetime, *, step_free: bool) -> Finding | None:
    """The trip in time that leaves last, and of those the shortest."""
    in_time = [trip for trip in trips if trip.end <= deadline]
    if not in_time:
        return None
    level = [trip for trip in in_time if not (step_free and trip.score == WITH_STEPS)]
    trip = max(level or in_time, key=lambda one: (one.start, -one.seconds))
    found = Finding(reach=Reach.MINUTES, seconds=trip.seconds)
    known = _KNOWN.get(trip.score) if step_free else None
    return found if known is None else replace(found, step_free=known)


def _without_trips(plan: dict[str, object]) -> Finding:
    """What it means that no trip fits: no way only where the server says so."""
    errors = listing(plan.get("routingErrors"))
    codes = {text(mapping(error).get("code")) for error in errors}
    if codes & OUTSIDE:
        return unknown(Trouble.OUTSIDE)
    if codes & NO_WAY:
        return UNREACHABLE
    return unknown(Trouble.BROKEN_ANSWER if not codes else Trouble.REFUSED)
