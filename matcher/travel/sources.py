"""Sources of travel times that need no server: the estimate, and a chain of sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from matcher.domain import Mode
from matcher.travel import estimate
from matcher.travel.contract import Point, TravelAnswer, TravelProvider, TravelQuestion
from matcher.travel.estimate import DEFAULT, Curves
from matcher.travel.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateProvider:
    """Minutes from the distance alone, always with their band; it knows nothing of steps.

    ``now`` is when it is asked: the clock is handed in.
    """

    now: datetime
    curves: Curves = DEFAULT
    name: str = field(default="estimate", init=False)

    def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
        """An estimate for each origin; nothing is ever unknown to it."""
        origins = np.array([(p.latitude, p.longitude) for p in question.origins]).reshape(-1, 2)
        site = np.full(len(origins), question.site.latitude)
        east = np.full(len(origins), question.site.longitude)
        km = estimate.great_circle_km(origins[:, 0], origins[:, 1], site, east)
        minutes = estimate.minutes(km, question.mode, self.curves).tolist()
        return [self._answer(int(each), question.mode) for each in minutes]

    def _answer(self, minutes: int, mode: Mode) -> TravelAnswer:
        low, high = estimate.band(minutes, mode, self.curves)
        return TravelAnswer(
            reach=Reach.MINUTES,
            minutes=minutes,
            source=f"estimate/{self.curves.name}",
            is_estimate=True,
            computed_at=self.now,
            low=low,
            high=high,
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """Sources one after the other: what one does not know the next is asked.

    ``source`` of an answer tells who gave it. What nobody knows stays unknown, as the last said.
    """

    sources: tuple[TravelProvider, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a chain has at least one source")

    @property
    def name(self) -> str:
        """The names of its sources, in their order."""
        return ",".join(source.name for source in self.sources)

    def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
        """One answer for each origin, from the first source that knows."""
        answers: list[TravelAnswer | None] = [None] * len(question.origins)
        for source in self.sources:
            open_ = [at for at, known in enumerate(answers) if _unknown(known)]
            if not open_:
                break
            for at, answer in zip(open_, _asked(source, question, open_), strict=True):
                answers[at] = answer
        return [answer for answer in answers if answer is not None]


def _unknown(answer: TravelAnswer | None) -> bool:
    return answer is None or answer.reach is Reach.UNKNOWN


def _asked(
    source: TravelProvider, question: TravelQuestion, at: list[int]
) -> Sequence[TravelAnswer]:
    """What a source answers for some of the origins."""
    origins: tuple[Point, ...] = tuple(question.origins[one] for one in at)
    return source.to_site(
        TravelQuestion(
            origins=origins,
            site=question.site,
            mode=question.mode,
            day=question.day,
            deadlines=question.deadlines,
            step_free=question.step_free,
        )
    )
