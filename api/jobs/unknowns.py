"""What each unknown answer would open, counted for every site once a day.

Everybody of every organisation who looks is counted, but for people with protected identity; only
codes are kept (``api.store.unknowns``). A worker does it when it first looks on a day, and never
because somebody answered a question. Only places that have stood for some weeks are counted
(``api.store.settling``).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from api.jobs.insights import unprotected
from api.matching.journeys import with_journeys
from api.matching.problems import problem_of_all
from api.settings import Settings
from api.store import Store, settling, unknowns
from api.store.engine import day_of
from api.store.unknowns import Count

if TYPE_CHECKING:
    from collections.abc import Collection

    from matcher.domain import Problem


def count(store: Store, settings: Settings) -> bool:
    """Count, where nothing has been counted today; whether anything was.

    Raises:
        NoTimesError: there is a store of travel times, and it cannot be read.
    """
    with store.reading() as unit:
        if not unknowns.due(unit):
            return False
    from matcher import columns, insight  # noqa: PLC0415 -- loads OR-Tools
    from matcher.policy import Policy  # noqa: PLC0415 -- as above

    with store.snapshot() as unit:
        problem = problem_of_all(unit, day_of(unit))
        settled = settling.settled(unit, problem)
    policy = Policy()
    counted = _closed(unprotected(problem), settled.openings)
    table = columns.load(with_journeys(counted, settings.travel_store), policy)
    found = [
        Count(
            site=str(one.site_id),
            opening=None if one.opening_id is None else str(one.opening_id),
            field=one.field,
            participants=one.participants,
        )
        for one in insight.unknown_answers(table, policy)
    ]
    with store.writing() as unit:
        if not unknowns.due(unit):  # another worker was faster
            return False
        unknowns.keep(unit, found, settled)
    return True


def _closed(problem: "Problem", settled: "Collection[str]") -> "Problem":
    """As if every opening but these took nobody now; whoever sits there sits there."""
    from matcher.domain import OpeningStatus  # noqa: PLC0415 -- loads numpy

    openings = tuple(
        one if one.opening_id in settled else replace(one, status=OpeningStatus.PAUSED)
        for one in problem.openings
    )
    return replace(problem, openings=openings)
