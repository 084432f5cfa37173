"""Computes the travel times of a data set beforehand, site by site, into a store.

Whoever asks is not to be seen: a source is asked for all areas at once, in an order that says
nothing, and for nobody with protected identity. A build that is stopped goes on where it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from api.travel.store import TravelStore
from matcher.domain import Mode, Need, Participant, Problem
from matcher.travel.contract import MORNING, Point, TravelProvider, TravelQuestion
from matcher.travel.reach import Reach

GOOD_FOR_DAYS = 90
"""So long a computed time counts: about as long as a timetable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """How far a build is: sites done of how many, and answers by what they say."""

    done: int
    of: int
    minutes: int
    estimates: int
    unreachable: int
    unknown: int


def build(
    problem: Problem,
    source: TravelProvider,
    store: TravelStore,
    day: date,
    *,
    told: Callable[[Building], None] = lambda _: None,
) -> Building:
    """Ask a source for every journey of a data set that the store does not know yet.

    Args:
        problem: whose areas and sites.
        source: whom to ask.
        store: where the answers go, site by site.
        day: the day the journeys are for.
        told: hears after every question how far it is.
    """
    asking = list(questions(problem, day))
    so_far = Building(done=0, of=len(asking), minutes=0, estimates=0, unreachable=0, unknown=0)
    for question in asking:
        missing = store.missing(question, problem.plan_date)
        if missing:
            rest = replace(question, origins=missing)
            answers = source.to_site(rest)
            store.write(rest, answers, problem.plan_date + timedelta(days=GOOD_FOR_DAYS))
            reaches = [answer.reach for answer in answers]
            so_far = replace(
                so_far,
                minutes=so_far.minutes + reaches.count(Reach.MINUTES),
                estimates=so_far.estimates + sum(answer.is_estimate for answer in answers),
                unreachable=so_far.unreachable + reaches.count(Reach.UNREACHABLE),
                unknown=so_far.unknown + reaches.count(Reach.UNKNOWN),
            )
        so_far = replace(so_far, done=so_far.done + 1)
        told(so_far)
    return so_far


def questions(
    problem: Problem, day: date, deadlines: tuple[time, ...] = MORNING
) -> Iterator[TravelQuestion]:
    """Every question of a data set: for each site, mode, and whether steps will do, all areas."""
    kinds = sorted({kind for person in problem.participants if (kind := how(person)) is not None})
    areas = {
        kind: tuple(
            sorted({area_of(p) for p in problem.participants if how(p) == kind}, key=_place)
        )
        for kind in kinds
    }
    sites = {Point(latitude=s.latitude, longitude=s.longitude) for s in problem.sites}
    for site in sorted(sites, key=_place):
        for mode, step_free in kinds:
            yield TravelQuestion(
                origins=areas[mode, step_free],
                site=site,
                mode=mode,
                day=day,
                deadlines=deadlines,
                step_free=step_free,
            )


def how(person: Participant) -> tuple[Mode, bool] | None:
    """How somebody travels, and whether without steps; None where no journey is ever computed."""
    if person.protected_identity or person.latitude is None or person.longitude is None:
        return None
    return person.travel_mode, Need.STEP_FREE in person.needs or Need.WIDE_PASSAGE in person.needs


def area_of(person: Participant) -> Point:
    """The area, locality or stop that somebody travels from.

    Raises:
        ValueError: none is given.
    """
    if person.latitude is None or person.longitude is None:
        raise ValueError(f"{person.participant_id} has no point")
    return Point(latitude=person.latitude, longitude=person.longitude)


def _place(point: Point) -> tuple[float, float]:
    return point.latitude, point.longitude
