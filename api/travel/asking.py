"""From a question to calls, and from what they found to answers.

All origins of a site are asked for in one go, each place once and in the order of the map, so
that a server sees places and not who lives there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from math import ceil, inf
from typing import Literal

from api.travel.calls import Caller
from api.travel.pacing import SYSTEM_CLOCK
from api.travel.settings import Deadlines, Server
from api.travel.troubles import CallFailedError, Trouble
from matcher.domain import Mode
from matcher.travel.contract import STOCKHOLM, Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach

MOST_DEADLINES = 7
ABOUT_THE_QUESTION = frozenset({None, Trouble.OUTSIDE, Trouble.REFUSED, Trouble.BROKEN_ANSWER})
"""Why a journey without steps has no minutes though the server answers: it may have with steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one call found out about one origin; ``seconds`` only with ``Reach.MINUTES``."""

    reach: Reach
    seconds: float | None = None
    transfers: int | None = None
    walk_seconds: float | None = None
    step_free: Literal["yes", "no", "unknown"] = "unknown"
    trouble: Trouble | None = None


UNREACHABLE = Finding(reach=Reach.UNREACHABLE)

Batch = Callable[[Sequence[Point], datetime], Sequence[Finding]]
"""Asks a server about a batch of origins for one deadline. May raise ``CallFailedError``."""
Ask = Callable[[Caller, TravelQuestion, Sequence[Point], datetime], Sequence[Finding]]
"""The same, told whom to call and what is asked."""


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


@dataclass(frozen=True, eq=False, kw_only=True)
class ServerProvider:
    """Travel times from a server of one's own (``matcher.travel.contract.TravelProvider``).

    ``callers``: whom to call, by the ways of travelling that are answered for. ``ask``: how this
    kind of server is asked. ``step_free``: the ways of travelling of which it knows more than
    minutes, so that it is asked otherwise for those who need a way without steps. ``troubles``:
    how many journeys could not be known so far, by the reason. Close it after use.
    """

    name: str
    callers: Mapping[Mode, Caller]
    ask: Ask
    batch_size: int = 1
    deadlines: Deadlines = Deadlines.ONE
    step_free: frozenset[Mode] = frozenset()
    troubles: Counter[Trouble] = field(default_factory=Counter, init=False)

    def close(self) -> None:
        """Close the connections."""
        for caller in {id(each): each for each in self.callers.values()}.values():
            caller.close()

    def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
        """One answer for each origin, in their order: the median over the deadlines asked for.

        A server that fails makes its journeys unknown; the source then says why. By a way of
        travelling that is not answered for they are unknown without a call. Where a server knows
        no way without steps it is asked for any way, of which it is then not known whether it has
        steps: that is a question to put, and bars nobody.
        """
        caller = self.callers.get(question.mode)
        if caller is None:
            return self._answers([unknown(Trouble.NOT_OFFERED)] * len(question.origins))
        points = sorted(set(question.origins), key=lambda p: (p.latitude, p.longitude))
        medians = self._medians(caller, question, points)
        if question.step_free and question.mode in self.step_free:
            closed = [point for point in points if _may_have_steps(medians[point])]
            medians |= self._medians(caller, replace(question, step_free=False), closed)
        return self._answers([medians[origin] for origin in question.origins], caller)

    def _medians(
        self, caller: Caller, question: TravelQuestion, points: Sequence[Point]
    ) -> dict[Point, Finding]:
        """What is found of each of these places, in batches."""
        ask = partial(self.ask, caller, question)
        found: dict[Point, list[Finding]] = {point: [] for point in points}
        for deadline in deadlines_of(question, self.deadlines):
            for batch in _batches(points, self.batch_size):
                for point, finding in zip(batch, in_halves(ask, batch, deadline), strict=True):
                    found[point].append(finding)
        return {point: median(findings) for point, findings in found.items()}

    def _answers(
        self, findings: Sequence[Finding], caller: Caller | None = None
    ) -> list[TravelAnswer]:
        self.troubles.update(f.trouble for f in findings if f.trouble is not None)
        who = caller or next(iter(self.callers.values()), None)
        source = self.name if who is None else source_of(self.name, who.server)
        now = (SYSTEM_CLOCK if who is None else who.clock).now()
        return [_answer(finding, source, now) for finding in findings]


def _may_have_steps(finding: Finding) -> bool:
    """Whether the server answered, and knew no way without steps."""
    return finding.reach is not Reach.MINUTES and finding.trouble in ABOUT_THE_QUESTION


def _answer(finding: Finding, source: str, now: datetime) -> TravelAnswer:
    why = f": {finding.trouble.value}" if finding.trouble is not None else ""
    return TravelAnswer(
        reach=finding.reach,
        source=source + why,
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


def in_halves(ask: Batch, batch: Sequence[Point], deadline: datetime) -> Sequence[Finding]:
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
