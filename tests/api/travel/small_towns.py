"""Small data sets with places, and sources that answer as they are told, for stores and builds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from api.travel.build import Asked
from api.travel.store import open_store
from matcher.domain import Mode, Need, Problem
from matcher.travel.contract import TravelAnswer, TravelProvider, TravelQuestion
from matcher.travel.reach import Reach
from matcher.travel.sources import EstimateProvider
from tests.builders import opening, participant, problem_of, site

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HERE = {"latitude": 59.3, "longitude": 18.0}
THERE = {"latitude": 59.35, "longitude": 18.1}
SECRET = {"latitude": 59.444, "longitude": 18.222}
NOWHERE = {"latitude": None, "longitude": None}


@dataclass
class Scripted:
    """A source that answers by a function, and remembers what it was asked."""

    answer: Callable[[TravelQuestion], TravelAnswer]
    name: str = "scripted"
    questions: list[TravelQuestion] = field(default_factory=list)

    def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
        """The same for every origin."""
        self.questions.append(question)
        return [self.answer(question)] * len(question.origins)


def said(reach: Reach, minutes: int | None = None, **more: object) -> TravelAnswer:
    """An answer."""
    return TravelAnswer(reach=reach, minutes=minutes, source="scripted", computed_at=NOW, **more)


def known(minutes: int = 20) -> Scripted:
    """A source that always knows."""
    return Scripted(lambda _: said(Reach.MINUTES, minutes))


def towns() -> Problem:
    """Two sites; people in two places, one on foot, one without steps, one hidden, one nowhere."""
    return problem_of(
        participant("P1", **HERE),
        participant("P2", **HERE),
        participant("P3", **THERE, travel_mode=Mode.WALK),
        participant("P4", **THERE, needs=frozenset({Need.STEP_FREE})),
        participant("P5", **SECRET, protected_identity=True),
        participant("P6", **NOWHERE),
        site("S1"),
        site("S2", latitude=59.4, longitude=18.2),
        opening("O1"),
        opening("O2", site_id="S2"),
    )


def asked(
    source: TravelProvider, whom: str = "x/1", failures: Callable[[], int] | None = None
) -> Asked:
    """Whom to ask."""
    return Asked(source=source, whom=whom, failures=failures or (lambda: 0))


def estimate() -> Asked:
    """The estimate, at noon."""
    return asked(EstimateProvider(now=NOW), "estimate/helsinki-2015")


def rows(path: Path) -> list[tuple[object, ...]]:
    """All that a store holds, in order."""
    with open_store(path) as store:
        return list(store._connection.execute("SELECT * FROM journeys"))  # noqa: SLF001 -- looked into
