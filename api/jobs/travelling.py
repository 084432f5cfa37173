"""Travel times (restider) of an organisation, computed into the store that plans read."""

from datetime import date
from typing import TYPE_CHECKING

from api.jobs.desk import NO_TIMES, Desk, JobFaultError, Made, NotWantedError, Told
from api.matching.problems import problem_of_organisation
from api.store import Session

if TYPE_CHECKING:
    from api.travel.build import Building
    from api.travel.chains import Sources
    from matcher.domain import Problem

NOT_SET = "no-travel-store"
SOURCES = "travel-sources"
"""A timetable, curves or the order of the sources that this worker cannot use."""
NO_TUESDAY = "no-tuesday"
"""The timetable has none to ask for."""


def build(desk: Desk) -> Made:
    """Ask for the journeys of everybody who looks, to every site, that are not known yet.

    With protected identity nothing is asked. What is known stays known where this is stopped.
    """
    desk.stage("reading")
    if desk.settings.travel_store is None or desk.job.organisation_id is None:
        raise JobFaultError(NOT_SET)
    asked = desk.job.asked
    with desk.store.snapshot() as unit:
        problem = problem_of_organisation(
            unit, desk.job.organisation_id, date.fromisoformat(asked["planDate"])
        )
    given = asked["day"] and date.fromisoformat(asked["day"])
    result = _built(desk, problem, given)

    def keep(_: Session) -> Told:
        return result

    return Made(keep=keep)


def _built(desk: Desk, problem: "Problem", given: date | None) -> Told:
    from api.travel.build import build as fill  # noqa: PLC0415 -- loads numpy
    from api.travel.configured import asked as chain  # noqa: PLC0415 -- as above
    from api.travel.renewal import renewed  # noqa: PLC0415 -- as above
    from api.travel.store import StoreError  # noqa: PLC0415 -- as above

    path = desk.settings.travel_store
    assert path is not None  # noqa: S101 -- whoever asks has looked
    with _sources(desk) as sources:
        day = given or _tuesday(problem.plan_date, sources)
        asked = chain(desk.settings, sources)
        try:
            with renewed(path, problem.plan_date, lambda: desk.stage("waiting")) as store:
                done = fill(problem, asked, store, day, told=lambda so_far: _tell(desk, so_far))
        except (StoreError, OSError):
            raise JobFaultError(NO_TIMES) from None
        return _result(problem, done, sources, day)


def _sources(desk: Desk) -> "Sources":
    from api.travel.chains import SourcesError  # noqa: PLC0415 -- loads numpy
    from api.travel.configured import sources  # noqa: PLC0415 -- as above
    from matcher.errors import BadInputError  # noqa: PLC0415 -- as above
    from matcher.travel.calibrate import CalibrationError  # noqa: PLC0415 -- as above

    desk.stage("timetable")
    try:
        return sources(desk.settings)
    except (BadInputError, CalibrationError, SourcesError, OSError):
        raise JobFaultError(SOURCES) from None


def _tuesday(plan_date: date, sources: "Sources") -> date:
    from api.travel.chains import next_tuesday  # noqa: PLC0415 -- loads numpy

    found = next_tuesday(plan_date, sources.feed)
    if found is None:
        raise JobFaultError(NO_TUESDAY)
    return found


def _tell(desk: Desk, so_far: "Building") -> None:
    """How far it is, in questions.

    Raises:
        NotWantedError: nobody wants it any more.
    """
    if desk.cancelled():
        raise NotWantedError
    desk.tell({"stage": "asking", "done": so_far.done, "of": so_far.of})


def _result(problem: "Problem", done: "Building", sources: "Sources", day: date) -> Told:
    """Counts by source and trouble: no place, and nobody."""
    return {
        "day": day.isoformat(),
        "fresh": done.fresh,
        "minutes": done.minutes,
        "estimates": done.estimates,
        "unreachable": done.unreachable,
        "unknown": done.unknown,
        "withoutPoint": sum(
            p.latitude is None for p in problem.participants if not p.protected_identity
        ),
        "sources": dict(sorted(done.sources.items())),
        "troubles": {
            source: {str(why): count for why, count in found.items()}
            for source, found in sources.troubles().items()
        },
    }
