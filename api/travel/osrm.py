"""OSRM: streets on foot, by bike or by car, with a server for each.

Places are in the address, longitude first. OSRM takes the nearest street however far it is, so
how far that was is looked at. It knows nothing of steps: who needs a way without them is told the
minutes on foot, and that it is not known whether there are any.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from api.travel.asking import UNREACHABLE, Finding, PointRefusedError, ServerProvider, unknown
from api.travel.calls import Caller, Reply
from api.travel.settings import OsrmSettings
from api.travel.shapes import listing, mapping, number
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach

PROFILES = {Mode.WALK: "foot", Mode.BIKE: "bike", Mode.CAR: "driving"}
ALONE = {"TooBig": unknown(Trouble.REFUSED), "NoSegment": unknown(Trouble.OUTSIDE)}
"""What a code of HTTP 400 means for a place that is refused by itself; others refuse the lot."""


def provider(
    settings: OsrmSettings, *, callers: Mapping[Mode, Caller] | None = None
) -> ServerProvider:
    """Travel times from OSRM servers. A street has no timetable: it is asked once."""
    servers = {Mode.WALK: settings.walk, Mode.BIKE: settings.bike, Mode.CAR: settings.car}
    return ServerProvider(
        name="osrm",
        callers={
            mode: (callers or {}).get(mode) or Caller(server)
            for mode, server in servers.items()
            if server is not None
        },
        ask=partial(_ask, settings.snap_metres),
        batch_size=settings.batch_size,
    )


def _ask(
    snap_metres: int,
    caller: Caller,
    question: TravelQuestion,
    points: Sequence[Point],
    _: datetime,
) -> list[Finding]:
    places = ";".join(f"{p.longitude},{p.latitude}" for p in (*points, question.site))
    count = len(points)
    reply = caller.get(
        f"/table/v1/{PROFILES[question.mode]}/{places}",
        {
            "sources": ";".join(str(at) for at in range(count)),
            "destinations": str(count),
            "annotations": "duration",
            "generate_hints": "false",
        },
    )
    body = _checked(reply)
    rows = [listing(row, 1)[0] for row in listing(body.get("durations"), count)]
    starts = [_metres(start) for start in listing(body.get("sources"), count)]
    end = _metres(listing(body.get("destinations"), 1)[0])
    return [
        _found(seconds, inside=max(start, end) <= snap_metres)
        for seconds, start in zip(rows, starts, strict=True)
    ]


def _found(seconds: object, *, inside: bool) -> Finding:
    if not inside:
        return unknown(Trouble.OUTSIDE)
    if seconds is None:
        return UNREACHABLE
    return Finding(reach=Reach.MINUTES, seconds=number(seconds))


def _metres(waypoint: object) -> float:
    """How far off the nearest street is."""
    return number(mapping(waypoint).get("distance"))


def _checked(reply: Reply) -> dict[str, object]:
    """The table, where the answer is one."""
    body = reply.body if isinstance(reply.body, dict) else {}
    code = body.get("code")
    if reply.status == HTTPStatus.OK and code == "Ok":
        return body
    if isinstance(code, str) and code in ALONE:
        raise PointRefusedError(ALONE[code])
    raise CallFailedError(
        Trouble.BROKEN_ANSWER if reply.status == HTTPStatus.OK else Trouble.REFUSED
    )
