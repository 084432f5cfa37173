"""From a question to calls, and from what they found to answers.

All origins of a site are asked for in one go, each place once and in the order of the map, so
that a server sees places and not who lives there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, inf
from typing import Literal
from zoneinfo import ZoneInfo

from api.travel.pacing import Clock
from api.travel.settings import Deadlines, Server
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MOST_DEADLINES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one call found out about one origin; ``seconds`` only with ``Reach.MINUTES``."""

    reach: Reach
    seconds: float | None = None
    transfers: int | None = None
    walk_seconds: float | None = None
    step_free: Literal["yes", "unknown"] = "unknown"
    trouble: Trouble | None = None


UNREACHABLE = Finding(reach=Reach.UNREACHABLE)

Ask = Callable[[Sequence[Point], datetime], Sequence[Finding]]
"""Asks a server about a batch of origins for one deadline. May raise ``CallFailedError``."""


class PointRefusedError(CallFailedError):
    """One of the origins made the server refuse them all: they are asked for in halves.

    ``alone`` is what it means for an origin that is refused by itself.
    """

    def __init__(self, alone: Finding) -> None:
        """Keep what a single refused origin is to be told."""
        super().__init__(alone.trouble or Trouble.REFUSED)
        self.alone = alone


def unknown(trouble: Trouble) -> Finding:
    """A journey that could not be known, and why."""
    return Finding(reach=Reach.UNKNOWN, trouble=trouble)


def source_of(name: str, server: Server) -> str:
    """How a server is called in the answers: ``valhalla/3.9.1``, or without its version."""
    return f"{name}/{server.version}" if server.version else name


class Desk:
    """Asks one server all of a question, in batches, and answers in the order of the origins.

    Attributes:
        troubles: how many journeys could not be known so far, by the reason.
    """

    def __init__(
        self,
        source: str,
        *,
        clock: Clock,
        batch_size: int = 1,
        deadlines: Deadlines = Deadlines.ONE,
        troubles: Counter[Trouble] | None = None,
    ) -> None:
        """Remember who is asked and how; ``troubles`` may be shared with another desk."""
        self.troubles = Counter() if troubles is None else troubles
        self._source = source
        self._batch_size = batch_size
        self._deadlines = deadlines
        self._clock = clock

    def answers(self, question: TravelQuestion, ask: Ask) -> list[TravelAnswer]:
        """One answer for each origin: the median over the deadlines asked for.

        A server that fails makes its journeys unknown; the source then says why.
        """
        points = sorted(set(question.origins), key=lambda p: (p.latitude, p.longitude))
        found: dict[Point, list[Finding]] = {point: [] for point in points}
        for deadline in deadlines_of(question, self._deadlines):
            for batch in _batches(points, self._batch_size):
                for point, finding in zip(batch, in_halves(ask, batch, deadline), strict=True):
                    found[point].append(finding)
        medians = {point: median(findings) for point, findings in found.items()}
        return self._answers([medians[origin] for origin in question.origins])

    def refuse(self, question: TravelQuestion, trouble: Trouble) -> list[TravelAnswer]:
        """Unknown for every origin, without a call."""
        return self._answers([unknown(trouble)] * len(question.origins))

    def _answers(self, findings: Sequence[Finding]) -> list[TravelAnswer]:
        self.troubles.update(f.trouble for f in findings if f.trouble is not None)
        now = self._clock.now()
        return [self._answer(finding, now) for finding in findings]

    def _answer(self, finding: Finding, now: datetime) -> TravelAnswer:
        why = f": {finding.trouble.value}" if finding.trouble is not None else ""
        return TravelAnswer(
            reach=finding.reach,
            source=self._source + why,
            computed_at=now,
            minutes=_minutes(finding.seconds),
            transfers=finding.transfers,
            walk_minutes=_minutes(finding.walk_seconds),
            step_free=finding.step_free,
        )


def deadlines_of(question: TravelQuestion, setting: Deadlines) -> list[datetime]:
    """The times to arrive by, in Stockholm's zone: the middle one, or up to seven, spread out."""
    times = sorted(question.deadlines)
    if not times:
        return []
    chosen = times[len(times) // 2 :][:1]
    if setting is Deadlines.ALL:
        count = min(len(times), MOST_DEADLINES)
        last = max(1, count - 1)
        chosen = [times[round(at * (len(times) - 1) / last)] for at in range(count)]
    return [datetime.combine(question.day, at, tzinfo=STOCKHOLM) for at in chosen]


def median(findings: Sequence[Finding]) -> Finding:
    """The middle one, no way being the longest; of two in the middle the longer.

    One unknown among them makes the journey unknown: what it would have been is not guessed.
    """
    for finding in findings:
        if finding.reach is Reach.UNKNOWN:
            return finding
    if not findings:
        return unknown(Trouble.NOT_OFFERED)
    ranked = sorted(findings, key=lambda f: inf if f.seconds is None else f.seconds)
    return ranked[len(ranked) // 2]


def in_halves(ask: Ask, batch: Sequence[Point], deadline: datetime) -> Sequence[Finding]:
    """Ask for a batch; in halves where one of its points is refused; never raise."""
    try:
        return ask(batch, deadline)
    except PointRefusedError as refused:
        if len(batch) == 1:
            return [refused.alone]
    except CallFailedError as failed:
        return [unknown(failed.trouble)] * len(batch)
    half = len(batch) // 2
    return [*in_halves(ask, batch[:half], deadline), *in_halves(ask, batch[half:], deadline)]


def _batches(points: Sequence[Point], size: int) -> Iterator[Sequence[Point]]:
    for first in range(0, len(points), size):
        yield points[first : first + size]


def _minutes(seconds: float | None) -> int | None:
    """Whole minutes, rounded up; a thousandth of a second is noise."""
    return None if seconds is None else ceil(round(seconds, 3) / 60)
