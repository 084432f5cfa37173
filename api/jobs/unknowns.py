"""What each unknown answer would open, counted for every site once a day.

Everybody of every organisation who looks is counted, but for people with protected identity; only
codes are kept (``api.store.unknowns``). A worker does it when it first looks on a day, and never
because somebody answered a question.
"""

from api.jobs.insights import unprotected
from api.matching.journeys import with_journeys
from api.matching.problems import problem_of_all
from api.settings import Settings
from api.store import Store, unknowns
from api.store.engine import day_of
from api.store.unknowns import Count


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
    policy = Policy()
    table = columns.load(with_journeys(unprotected(problem), settings.travel_store), policy)
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
        unknowns.keep(unit, found)
    return True
