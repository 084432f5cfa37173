"""OSRM: streets on foot, by bike or by car, with a server for each.

Places are in the address, longitude first. OSRM takes the nearest street however far it is, so
how far that was is looked at. It knows nothing of steps: on foot without steps is *unknown*.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from api.travel.asking import UNREACHABLE, Desk, Finding, PointRefusedError, source_of, unknown
from api.travel.calls import Caller, Reply
from api.travel.pacing import SYSTEM_CLOCK
from api.travel.settings import OsrmSettings
from api.travel.shapes import listing, mapping, number
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

PROFILES = {Mode.WALK: "foot", Mode.BIKE: "bike", Mode.CAR: "driving"}
ALONE = {"TooBig": unknown(Trouble.REFUSED), "NoSegment": unknown(Trouble.OUTSIDE)}
"""What a code of HTTP 400 means for a place that is refused by itself; others refuse the lot."""


class Osrm:
    """Travel times from OSRM servers. A street has no timetable: it is asked once."""

    name = "osrm"

    def __init__(
        self, settings: OsrmSettings, *, callers: Mapping[Mode, Caller] | None = None
    ) -> None:
        """Make ready; nothing is called yet."""
        self._settings = settings
        self.troubles: Counter[Trouble] = Counter()
        servers = {Mode.WALK: settings.walk, Mode.BIKE: settings.bike, Mode.CAR: settings.car}
        self._callers = {
            mode: (callers or {}).get(mode) or Caller(server)
            for mode, server in servers.items()
            if server is not None
        }

    def close(self) -> None:
        """Close the connections."""
        for caller in self._callers.values():
            caller.close()

    def to_site(self, question: TravelQuestion) -> Sequence[TravelAnswer]:
        """One answer for each origin, in their order."""
        caller = self._callers.get(question.mode)
        if caller is None or (question.step_free and question.mode is Mode.WALK):
            clock = caller.clock if caller else SYSTEM_CLOCK
            desk = Desk(self.name, clock=clock, troubles=self.troubles)
            return desk.refuse(question, Trouble.NOT_OFFERED)
        desk = Desk(
            source_of(self.name, caller.server),
            clock=caller.clock,
            batch_size=self._settings.batch_size,
            troubles=self.troubles,
        )
        return desk.answers(question, partial(self._ask, caller, question))

    def _ask(
        self, caller: Caller, question: TravelQuestion, points: Sequence[Point], _: datetime
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
        starts = listing(body.get("sources"), count)
        end = listing(body.get("destinations"), 1)[0]
        if self._is_off_the_map(end):
            return [unknown(Trouble.OUTSIDE)] * count
        return [self._found(seconds, start) for seconds, start in zip(rows, starts, strict=True)]

    def _found(self, seconds: object, start: object) -> Finding:
        if self._is_off_the_map(start):
            return unknown(Trouble.OUTSIDE)
        if seconds is None:
            return UNREACHABLE
        return Finding(reach=Reach.MINUTES, seconds=number(seconds))

    def _is_off_the_map(self, waypoint: object) -> bool:
        """Whether the nearest street is farther off than a place may be from one."""
        return number(mapping(waypoint).get("distance")) > self._settings.snap_metres


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
