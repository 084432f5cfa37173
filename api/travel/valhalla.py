"""Valhalla 3.9: streets on foot, by bike and by car, and on foot without steps.

One place that it knows no way from makes it refuse them all, with HTTP 400. They are then asked
for in halves, until that place stands alone. A way that does not exist is ``null``, beside a
distance that means nothing. "Unconnected" (170) is said of places outside the map as well (seen in
3.9.1): which of them have a street nearby is asked for, and only those are unreachable.

That a wheelchair has no way does not tell of steps: in Tampere the walks of 98 of 100 such pairs
had none, but a path of which the map does not know the surface, or knows that it is rough. So the
minutes on foot are told, and of steps that they are unknown (``ServerProvider.to_site``).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from api.travel.asking import (
    UNREACHABLE,
    Batch,
    Finding,
    PointRefusedError,
    ServerProvider,
    in_halves,
    unknown,
)
from api.travel.calls import Caller, Reply
from api.travel.settings import ValhallaSettings
from api.travel.shapes import listing, mapping, number
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach

MATRIX = "/sources_to_targets"
NEAREST = "/locate"
COSTINGS = {Mode.WALK: "pedestrian", Mode.BIKE: "bicycle", Mode.CAR: "auto"}
UNCONNECTED = 170
ALONE = {
    150: unknown(Trouble.REFUSED),  # more places than the server takes
    154: unknown(Trouble.OUTSIDE),  # farther than the server looks
    171: unknown(Trouble.OUTSIDE),  # no street near the place
}
"""What a code of HTTP 400 means for a place that is refused by itself."""


def provider(settings: ValhallaSettings, *, caller: Caller | None = None) -> ServerProvider:
    """Travel times from a Valhalla server. A street has no timetable: it is asked once."""
    return ServerProvider(
        name="valhalla",
        callers=dict.fromkeys(COSTINGS, caller or Caller(settings.server)),
        ask=partial(_ask, settings.snap_metres),
        batch_size=settings.batch_size,
        step_free=frozenset({Mode.WALK}),
    )


def _ask(
    snap_metres: int,
    caller: Caller,
    question: TravelQuestion,
    points: Sequence[Point],
    deadline: datetime,
) -> Sequence[Finding]:
    costing = _costing(question)
    body = {
        "sources": [_place(point, snap_metres) for point in points],
        "targets": [_place(question.site, snap_metres)],
        **costing,
        "verbose": False,
    }
    reply = caller.post(MATRIX, body)
    if reply.status != HTTPStatus.OK and _code(reply) == UNCONNECTED:
        inside = _on_the_map(caller, question, [*points, question.site], snap_metres)
        again = partial(_ask, snap_metres, caller, question)
        return _unconnected(again, points, inside, deadline)
    if reply.status != HTTPStatus.OK:
        raise _refusal(_code(reply))
    matrix = mapping(mapping(reply.body).get("sources_to_targets"))
    rows = listing(matrix.get("durations"), len(points))
    wheelchair = bool(costing["costing_options"])
    return [_found(listing(row, 1)[0], wheelchair=wheelchair) for row in rows]


def _unconnected(
    ask: Batch, points: Sequence[Point], inside: Sequence[bool], deadline: datetime
) -> Sequence[Finding]:
    """Tell the places outside the map from those that no way leads from.

    ``inside``: for each point and, last, for the site, whether it is on the map.
    """
    *known, site_is_known = inside
    if all(inside):
        raise PointRefusedError(UNREACHABLE)
    outside = unknown(Trouble.OUTSIDE)
    if not site_is_known or not any(known):
        return [outside] * len(points)
    rest = [point for point, is_known in zip(points, known, strict=True) if is_known]
    found = iter(in_halves(ask, rest, deadline))
    return [next(found) if is_known else outside for is_known in known]


def _on_the_map(
    caller: Caller, question: TravelQuestion, points: Sequence[Point], snap_metres: int
) -> list[bool]:
    """Whether each place has a street nearby that this way of travelling may use."""
    places = [_place(point, snap_metres) for point in points]
    reply = caller.post(NEAREST, {"locations": places, **_costing(question), "verbose": False})
    if reply.status != HTTPStatus.OK:
        raise CallFailedError(Trouble.REFUSED)
    return [
        bool(listing(mapping(place).get("edges"))) for place in listing(reply.body, len(points))
    ]


def _place(point: Point, snap_metres: int) -> dict[str, float | int]:
    return {"lat": point.latitude, "lon": point.longitude, "search_cutoff": snap_metres}


def _costing(question: TravelQuestion) -> dict[str, object]:
    """The way of travelling; on foot without steps it is a wheelchair's."""
    costing = COSTINGS[question.mode]
    wheelchair = question.step_free and question.mode is Mode.WALK
    options = {costing: {"type": "wheelchair"}} if wheelchair else {}
    return {"costing": costing, "costing_options": options}


def _refusal(code: int | None) -> CallFailedError:
    """What HTTP 400 means: one place among them, or the whole question."""
    alone = None if code is None else ALONE.get(code)
    return CallFailedError(Trouble.REFUSED) if alone is None else PointRefusedError(alone)


def _code(reply: Reply) -> int | None:
    """The code of a refusal."""
    code = reply.body.get("error_code") if isinstance(reply.body, dict) else None
    return code if isinstance(code, int) else None


def _found(seconds: object, *, wheelchair: bool) -> Finding:
    if seconds is None:
        return UNREACHABLE
    return Finding(
        reach=Reach.MINUTES, seconds=number(seconds), step_free="yes" if wheelchair else "unknown"
    )
