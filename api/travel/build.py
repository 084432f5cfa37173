"""Computes the travel times of a data set beforehand, site by site, into a store.

Whoever asks is not to be seen: a source is asked for all areas at once, in an order that says
nothing, and for nobody with protected identity. A build that is stopped goes on where it was.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from api.travel.store import Known, TravelStore, asked_of
from api.travel.troubles import Trouble
from matcher.domain import Mode, Participant, Problem
from matcher.needs import TRAVELS_STEP_FREE
from matcher.travel.contract import MORNING, Point, TravelProvider, TravelQuestion
from matcher.travel.reach import Reach

GOOD_FOR_DAYS = 90
"""So long a computed time counts: about as long as a timetable."""
NO_FAILURES = frozenset({Trouble.NOT_OFFERED, Trouble.OUTSIDE, Trouble.WALK_ONLY})
"""What a source will say again: it is no use to ask once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom a build asks.

    ``whom`` tells sources and their versions apart: of another one everything is asked again.
    ``failures`` counts the journeys of which a source could not tell so far though it might.
    ``ahead``: what expires within it is asked again already. ``deadlines``: the times of the day
    to be there by; the median over them counts.
    """

    source: TravelProvider
    whom: str
    failures: Callable[[], int] = lambda: 0
    ahead: timedelta = timedelta()
    deadlines: tuple[time, ...] = MORNING


@dataclass(frozen=True, kw_only=True)
class Building:
    """How far a build is, in questions; and the journeys of these, by what is known of them.

    ``minutes`` are all known ones, ``estimates`` those of them that are estimates. ``sources``:
    how many journeys each source answered. ``fresh``: how many were asked for now.
    """

    done: int
    of: int
    fresh: int = 0
    minutes: int = 0
    estimates: int = 0
    unreachable: int = 0
    unknown: int = 0
    sources: Mapping[str, int] = field(default_factory=dict)


def build(
    problem: Problem,
    asked: Asked,
    store: TravelStore,
    day: date,
    *,
    told: Callable[[Building], None] = lambda _: None,
) -> Building:
    """Ask for every journey of a data set that the store does not know yet.

    What nobody knew is asked again, and so is what a failing source left to the next one.

    Args:
        problem: whose areas and sites.
        asked: whom to ask.
        store: where the answers go, site by site.
        day: the day the journeys are for.
        told: hears after every question how far it is.
    """
    asking = list(questions(problem, day, asked.deadlines))
    so_far = Building(done=0, of=len(asking))
    told(so_far)
    for question in asking:
        fresh = _ask(question, asked, store, problem.plan_date)
        known = store.known(question, problem.plan_date)
        so_far = _with(so_far, list(known.values()), fresh)
        told(so_far)
    return so_far


def _ask(question: TravelQuestion, asked: Asked, store: TravelStore, today: date) -> int:
    """Ask for the journeys of a question that are not answered; how many these were."""
    key = asked_of(question, asked.whom)
    known = store.known(question, today + asked.ahead)
    missing = tuple(point for point in question.origins if not _answered(known.get(point), key))
    if not missing:
        return 0
    rest = replace(question, origins=missing)
    failures = asked.failures()
    answers = asked.source.to_site(rest)
    firm = asked.failures() == failures
    still = {point for point, one in store.known(question, today).items() if _answered(one, key)}
    found = [
        (point, answer, key if firm or not answer.is_estimate else "")
        for point, answer in zip(missing, answers, strict=True)
        if firm or point not in still  # no makeshift in the place of what counts some days yet
    ]
    kept = replace(question, origins=tuple(point for point, _, _ in found))
    store.write(
        kept,
        [answer for _, answer, _ in found],
        [asked_for for _, _, asked_for in found],
        today + timedelta(days=GOOD_FOR_DAYS),
    )
    return len(missing)


def _answered(known: Known | None, key: str) -> bool:
    return known is not None and known.asked == key and known.reach is not Reach.UNKNOWN


def _with(so_far: Building, known: list[Known], fresh: int) -> Building:
    """One more question, and what is known of its journeys."""
    reaches = Counter(each.reach for each in known)
    return replace(
        so_far,
        done=so_far.done + 1,
        fresh=so_far.fresh + fresh,
        minutes=so_far.minutes + reaches[Reach.MINUTES],
        estimates=so_far.estimates + sum(each.is_estimate for each in known),
        unreachable=so_far.unreachable + reaches[Reach.UNREACHABLE],
        unknown=so_far.unknown + reaches[Reach.UNKNOWN],
        sources=Counter(so_far.sources) + Counter(each.source for each in known),
    )


def questions(
    problem: Problem, day: date, deadlines: tuple[time, ...] = MORNING
) -> Iterator[TravelQuestion]:
    """Every question of a data set: for each site, mode, and whether steps will do, all areas."""
    areas: dict[tuple[Mode, bool], set[Point]] = {}
    for person in problem.participants:
        kind = how(person)
        if kind is not None:
            areas.setdefault(kind, set()).add(area_of(person))
    origins = {kind: tuple(sorted(points, key=_place)) for kind, points in sorted(areas.items())}
    sites = {Point(latitude=s.latitude, longitude=s.longitude) for s in problem.sites}
    for site in sorted(sites, key=_place):
        for (mode, step_free), points in origins.items():
            yield TravelQuestion(
                origins=points,
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
    return person.travel_mode, not TRAVELS_STEP_FREE.isdisjoint(person.needs)


def area_of(person: Participant) -> Point:
    """The area, locality or stop that somebody travels from.

    Raises:
        ValueError: none is given.
    """
    if person.latitude is None or person.longitude is None:
        raise ValueError("a participant without a point has no area")
    return Point(latitude=person.latitude, longitude=person.longitude)


def _place(point: Point) -> tuple[float, float]:
    return point.latitude, point.longitude
