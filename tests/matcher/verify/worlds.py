"""Tiny problems made by hand: one person, one opening, and a plan whose figures one can check.

The plain pair is eligible and stands on one spot. Its points: no wishes 500 * 45, no journey
1000 * 25, nothing wanted 1000 * 15, hours 1000 * 10, start at once 1000 * 5; 77,500 // 100 = 775.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from matcher.domain import (
    Occupation,
    Opening,
    OpeningId,
    Participant,
    ParticipantId,
    Placement,
    PlacementStatus,
    Problem,
    Provider,
    ProviderId,
    ProviderKind,
    Sessions,
    Site,
    SiteId,
    Survey,
    TravelTimes,
    Wish,
    WishKind,
    WishLevel,
    sessions_of,
)
from matcher.outcome import Assignment, Cause, Goal, Plan, Unplaced
from matcher.policy import Policy
from matcher.verify import Rule, violations

TODAY = date(2026, 12, 1)
MONDAY = sessions_of(("mon_am", "mon_pm"))
TUESDAY = sessions_of(("tue_am", "tue_pm"))
TWO_DAYS = Sessions(MONDAY | TUESDAY)
POINTS = 775
SHARES = {"9413": 79.1, "9412": 58.1, "7231": 3.8, "0110": None}
SHARES |= {"6000": 60.0, "6001": 60.1, "4000": 40.0, "3999": 39.9}
FIELDS = {"9413": "hotel", "9412": "hotel", "7231": "repair", "0110": "army"}
OCCUPATIONS = {
    code: Occupation(occupation_group=code, field=FIELDS.get(code, "other"), women_pct=share)
    for code, share in SHARES.items()
}
PLAIN = Policy()


def days(number: int) -> date:
    """So many days after the plan date."""
    return TODAY + timedelta(days=number)


def person(name: str = "P1", **changes: object) -> Participant:
    """Somebody who comes two half-days and ten hours a week, and lives where the site is."""
    plain = {
        "participant_id": ParticipantId(name),
        "birth_year": 1990,
        "municipality_code": "0180",
        "hours_per_week": 10,
        "sessions_per_week": 2,
        "available": TWO_DAYS,
        "max_travel_minutes": 60,
        "latitude": 59.3,
        "longitude": 18.0,
    }
    return Participant(**(plain | changes))


def opening(name: str = "O1", **changes: object) -> Opening:
    """A café assistant's place at site S1, with room for two."""
    plain = {
        "opening_id": OpeningId(name),
        "site_id": SiteId("S1"),
        "occupation_group": "9412",
        "seats": 2,
        "sessions": TWO_DAYS,
    }
    return Opening(**(plain | changes))


def site(name: str = "S1", *surveys: Survey, provider: str = "A1", north: float = 0.0) -> Site:
    """A site, so many degrees north of where everybody lives."""
    return Site(
        site_id=SiteId(name),
        provider_id=ProviderId(provider),
        municipality_code="0180",
        latitude=59.3 + north,
        longitude=18.0,
        surveys=surveys,
    )


def survey(on: date | None = TODAY, **answers: str | float) -> Survey:
    """A survey of that day; ``air__furry_animals`` stands for ``air.furry_animals``."""
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return Survey(surveyed_on=on, answers=named)


def provider(name: str = "A1", **changes: object) -> Provider:
    """An ASF."""
    return Provider(**({"provider_id": ProviderId(name), "kind": ProviderKind.ASF} | changes))


def world(*parts: object, minutes: Mapping[tuple[str, str], int] | None = None) -> Problem:
    """A problem of these parts; the plain person, opening, site or provider where none is given.

    ``minutes`` makes a travel table, with -1 for a row that has no minutes.
    """

    def those(kind: type, *plain: object) -> tuple:
        return tuple(part for part in parts if isinstance(part, kind)) or plain

    return Problem(
        plan_date=TODAY,
        participants=those(Participant, person()),
        providers=those(Provider, provider()),
        sites=those(Site, site()),
        openings=those(Opening, opening()),
        occupations=OCCUPATIONS,
        placements=those(Placement),
        travel_times=None if minutes is None else table(minutes),
    )


def table(minutes: Mapping[tuple[str, str], int]) -> TravelTimes:
    """A travel table of these pairs."""
    people = tuple(sorted({who for who, _ in minutes}))
    sites = tuple(sorted({where for _, where in minutes}))
    rows = sorted(minutes)
    return TravelTimes(
        participant_ids=people,
        site_ids=sites,
        participant=np.array([people.index(who) for who, _ in rows], dtype=np.int32),
        site=np.array([sites.index(where) for _, where in rows], dtype=np.int32),
        minutes=np.array([minutes[row] for row in rows], dtype=np.int32),
    )


def placement(who: str, status: str, where: str = "O1", **changes: object) -> Placement:
    """A placement on Tuesdays since a month ago, without an end."""
    plain = {
        "participant_id": ParticipantId(who),
        "opening_id": OpeningId(where),
        "status": PlacementStatus(status),
        "sessions": TUESDAY,
        "starts_on": days(-30),
    }
    return Placement(**(plain | changes))


def row(who: str = "P1", where: str = "O1", **changes: object) -> Assignment:
    """The plain pair's assignment, on Mondays from the plan date."""
    plain = {
        "participant_id": ParticipantId(who),
        "opening_id": OpeningId(where),
        "starts_on": TODAY,
        "sessions": MONDAY,
        "travel_minutes": 0,
        "points": POINTS,
        "norm_goal_met": False,
    }
    return Assignment(**(plain | changes))


def pinned(who: str = "P1", where: str = "O1", **changes: object) -> Assignment:
    """The row of a plain pinned placement."""
    return row(
        who, where, **({"starts_on": days(-30), "sessions": TUESDAY} | changes), pinned=True
    )


def nobody(who: str = "P1", cause: Cause = Cause.OPENINGS_FULL) -> Unplaced:
    """Somebody who got no place."""
    return Unplaced(participant_id=ParticipantId(who), cause=cause)


def plan(*rows: Assignment | Unplaced) -> Plan:
    """A plan of these rows, in the order given."""
    return Plan(
        assignments=tuple(r for r in rows if isinstance(r, Assignment)),
        unplaced=tuple(r for r in rows if isinstance(r, Unplaced)),
    )


def seek(rank: int, level: str, code: str) -> Wish:
    """A wish for a task."""
    return Wish(kind=WishKind.SEEK, level=WishLevel(level), code=code, rank=rank)


def avoid(level: str, code: str) -> Wish:
    """A task declined."""
    return Wish(kind=WishKind.AVOID, level=WishLevel(level), code=code)


def broken(
    problem: Problem,
    *rows: Assignment | Unplaced,
    policy: Policy = PLAIN,
    goals: tuple[Goal, ...] = (),
) -> list[Rule]:
    """The rules that a plan of these rows breaks, each as often as it does."""
    return [found.rule for found in violations(problem, policy, plan(*rows), goals)]
