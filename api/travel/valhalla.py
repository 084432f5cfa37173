"""Valhalla 3.9: streets on foot, by bike and by car, and on foot without steps.

One place that it knows no way from makes it refuse them all, with HTTP 400. They are then asked
for in halves, until that place stands alone. A way that does not exist is ``null``, beside a
distance that means nothing. "Unconnected" (170) is said of places outside the map as well (seen in
3.9.1): which of them have a street nearby is asked for, and only those are unreachable.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from api.travel.asking import (
    UNREACHABLE,
    Desk,
    Finding,
    PointRefusedError,
    in_halves,
    source_of,
    unknown,
)
from api.travel.calls import Caller, Reply
from api.travel.settings import Deadlines, ValhallaSettings
from api.travel.shapes import listing, mapping, number
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
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


class Valhalla:
    """Travel times from a Valhalla server. A street has no timetable: it is asked once."""

    name = "valhalla"

    def __init__(self, settings: ValhallaSettings, *, caller: Caller | None = None) -> None:
        """Make ready; nothing is called yet."""
        self._settings = settings
        self._caller = caller or Caller(settings.server)
        self._desk = Desk(
            source_of(self.name, settings.server),
            batch_size=settings.batch_size,
            deadlines=Deadlines.ONE,
            clock=self._caller.clock,
        )
        self.troubles = self._desk.troubles

    def close(self) -> None:
        """Close the connections."""
        self._caller.close()

    def to_site(self, question: TravelQuestion) -> Sequence[TravelAnswer]:
        """One answer for each origin, in their order."""
        if question.mode not in COSTINGS:
            return self._desk.refuse(question, Trouble.NOT_OFFERED)
        return self._desk.answers(question, partial(self._ask, question))

    def _ask(
        self, question: TravelQuestion, points: Sequence[Point], deadline: datetime
    ) -> Sequence[Finding]:
        costing = _costing(question)
        body = {
            "sources": [self._place(point) for point in points],
            "targets": [self._place(question.site)],
            **costing,
            "verbose": False,
        }
        reply = self._caller.post(MATRIX, body)
        if reply.status != HTTPStatus.OK:
            if _code(reply) == UNCONNECTED:
                return self._unconnected(question, points, deadline)
            raise _refusal(_code(reply))
        matrix = mapping(mapping(reply.body).get("sources_to_targets"))
        rows = listing(matrix.get("durations"), len(points))
        wheelchair = bool(costing["costing_options"])
        return [_found(listing(row, 1)[0], wheelchair=wheelchair) for row in rows]

    def _unconnected(
        self, question: TravelQuestion, points: Sequence[Point], deadline: datetime
    ) -> Sequence[Finding]:
        """Tell the places outside the map from those that no way leads from."""
        *known, site_is_known = self._on_the_map(question, [*points, question.site])
        if all(known) and site_is_known:
            raise PointRefusedError(UNREACHABLE)
        outside = unknown(Trouble.OUTSIDE)
        if not site_is_known or not any(known):
            return [outside] * len(points)
        inside = [point for point, is_known in zip(points, known, strict=True) if is_known]
        found = iter(in_halves(partial(self._ask, question), inside, deadline))
        return [next(found) if is_known else outside for is_known in known]

    def _on_the_map(self, question: TravelQuestion, points: Sequence[Point]) -> list[bool]:
        """Whether each place has a street nearby that this way of travelling may use."""
        places = [self._place(point) for point in points]
        body = {"locations": places, **_costing(question), "verbose": False}
        reply = self._caller.post(NEAREST, body)
        if reply.status != HTTPStatus.OK:
            raise CallFailedError(Trouble.REFUSED)
        return [
            bool(listing(mapping(place).get("edges")))
            for place in listing(reply.body, len(points))
        ]

    def _place(self, point: Point) -> dict[str, float | int]:
        return {
            "lat": point.latitude,
            "lon": point.longitude,
            "search_cutoff": self._settings.snap_metres,
        }


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
