"""Hypothesis strategies for whole problems: small, lawful, and with everything in them."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st

from matcher.domain import (
    SESSIONS,
    Enrolment,
    Gender,
    Insurance,
    Insurer,
    Mode,
    Need,
    Occupation,
    Opening,
    OpeningId,
    OpeningStatus,
    Participant,
    ParticipantId,
    Placement,
    PlacementStatus,
    Problem,
    Provider,
    ProviderId,
    ProviderKind,
    Remote,
    Sessions,
    Site,
    SiteId,
    Survey,
    TravelTimes,
    Wish,
    WishKind,
    WishLevel,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.outcome import Proposals
from matcher.policy import GoalName, Parity, ParityGroups, Policy
from matcher.survey import SITE_FIELDS, WORK_FIELDS, Answer, SurveyField

PLAN_DATE = date(2026, 12, 1)
MUNICIPALITIES = ("0126", "0180")
ASSOCIATIONS = ("HBS", "VKS")
LANGUAGES = ("sv", "en", "ar")
OCCUPATIONS = {
    "9413": Occupation(occupation_group="9413", field="hotel", women_pct=79.1),
    "9412": Occupation(occupation_group="9412", field="hotel", women_pct=58.1),
    "7231": Occupation(occupation_group="7231", field="repair", women_pct=3.8),
    "0110": Occupation(occupation_group="0110", field="army", women_pct=None),
}
FIELDS = ("hotel", "repair", "army")

half_days = st.integers(1, (1 << len(SESSIONS)) - 1).map(Sessions)
mostly_all_week = st.one_of(st.just(Sessions((1 << len(SESSIONS)) - 1)), half_days)
days = st.integers(-400, 200).map(lambda n: PLAN_DATE + timedelta(days=n))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """The strategy's values, or None."""
    return st.one_of(st.none(), strategy)


def subsets(values: object, most: int) -> st.SearchStrategy:
    """Frozen sets of at most so many of these values."""
    return st.frozensets(st.sampled_from(list(values)), max_size=most)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """A lawful wish."""
    kind = draw(st.sampled_from(WishKind))
    level = draw(st.sampled_from(WishLevel))
    code = draw(st.sampled_from(FIELDS if level is WishLevel.FIELD else tuple(OCCUPATIONS)))
    rank = None if kind is WishKind.AVOID else draw(st.integers(1, 7))
    return Wish(kind=kind, level=level, code=code, rank=rank)


@st.composite
def participants(draw: st.DrawFn, number: int) -> Participant:
    """A participant who often fits somewhere, and sometimes nowhere."""
    located = draw(st.integers(0, 9)) > 0
    return Participant(
        participant_id=ParticipantId(f"P{number:02}"),
        birth_year=draw(st.integers(1961, 2010)),
        association=draw(maybe(st.sampled_from(ASSOCIATIONS))),
        municipality_code=draw(st.sampled_from(MUNICIPALITIES)),
        hours_per_week=draw(st.integers(4, 20)),
        sessions_per_week=draw(st.integers(1, 5)),
        available=draw(mostly_all_week),
        max_travel_minutes=draw(st.integers(20, 90)),
        gender=draw(st.sampled_from(Gender)),
        latitude=59.3 + draw(st.integers(0, 10)) / 100 if located else None,
        longitude=18.0 + draw(st.integers(0, 10)) / 100 if located else None,
        supervisor_id=draw(st.sampled_from([None, "S1", "S2"])),
        enrolled_with=draw(subsets(Enrolment, 2)),
        insured_by=draw(st.sampled_from(Insurer)),
        earliest_start=draw(maybe(days)),
        waiting_since=draw(maybe(days)),
        hours_goal=draw(maybe(st.integers(4, 40))),
        travel_mode=draw(st.sampled_from(Mode)),
        needs=draw(subsets(Need, 1)),
        wants=draw(subsets(Need, 3)),
        languages=draw(subsets(LANGUAGES, 2)),
        remote=draw(st.sampled_from([*WorksRemotely, WorksRemotely.NO, WorksRemotely.NO])),
        norm_goal=draw(st.booleans()),
        protected_identity=draw(st.integers(0, 7)) == 0,
        wishes=tuple(draw(st.lists(wishes(), max_size=3))),
        excluded_sites=draw(subsets([SiteId("S0"), SiteId("S1")], 1)),
        excluded_providers=draw(st.sampled_from([frozenset(), frozenset({ProviderId("A1")})])),
    )


def answers(field: SurveyField) -> st.SearchStrategy[Answer]:
    """Answers to a question of the survey; what a need asks for comes often."""
    if field.choices:
        return st.sampled_from(field.choices)
    return st.sampled_from([0, 5, 8, 25, 90, 150, 300, 9999])


SITE_ANSWERS = {field.name: answers(field) for field in SITE_FIELDS if field.name != "survey.note"}
WORK_ANSWERS = {field.name: answers(field) for field in WORK_FIELDS}


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """A survey with some questions answered."""
    names = draw(st.lists(st.sampled_from(sorted(SITE_ANSWERS)), max_size=12, unique=True))
    return Survey(
        surveyed_on=draw(maybe(st.integers(-900, 10).map(lambda n: PLAN_DATE + timedelta(n)))),
        answers=MappingProxyType({name: draw(SITE_ANSWERS[name]) for name in names}),
    )


@st.composite
def openings(draw: st.DrawFn, number: int) -> Opening:
    """An opening that often takes anybody."""
    names = draw(st.lists(st.sampled_from(sorted(WORK_ANSWERS)), max_size=5, unique=True))
    starts_from = draw(maybe(days))
    return Opening(
        opening_id=OpeningId(f"O{number:02}"),
        site_id=SiteId(f"S{draw(st.integers(0, 2))}"),
        occupation_group=draw(st.sampled_from(sorted(OCCUPATIONS))),
        seats=draw(st.integers(0, 3)),
        sessions=draw(mostly_all_week),
        session_seats=draw(maybe(st.integers(0, 2))),
        hours_min=draw(st.sampled_from([0, 0, 8])),
        hours_max=draw(maybe(st.integers(8, 40))),
        starts_from=starts_from,
        starts_until=draw(maybe(st.integers(0, 99).map(lambda n: PLAN_DATE + timedelta(n)))),
        eligible_municipalities=draw(st.sampled_from([frozenset(), frozenset({"0126"})])),
        eligible_enrolment=draw(st.sampled_from([frozenset(), frozenset(list(Enrolment)[:2])])),
        insurance=draw(st.sampled_from(Insurance)),
        min_age=draw(st.sampled_from([None, None, 18, 20])),
        languages=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"sv"})])),
        remote=draw(st.sampled_from([*Remote, Remote.NO, Remote.NO])),
        status=draw(st.sampled_from([*[OpeningStatus.OPEN] * 5, OpeningStatus.PAUSED])),
        work=MappingProxyType({name: draw(WORK_ANSWERS[name]) for name in names}),
    )


@st.composite
def placements(draw: st.DrawFn, people: int, places: tuple[Opening, ...]) -> Placement:
    """A placement of a participant, or of somebody who is not one."""
    opening = draw(st.sampled_from(places))
    return Placement(
        participant_id=ParticipantId(f"P{draw(st.integers(0, people + 2)):02}"),
        opening_id=opening.opening_id,
        status=draw(st.sampled_from(PlacementStatus)),
        sessions=Sessions(draw(half_days) & opening.sessions),
        starts_on=draw(maybe(days)),
        ends_on=draw(maybe(days)),
    )


@st.composite
def travel_times(draw: st.DrawFn, people: int, sites: int) -> TravelTimes:
    """A table of journeys in which some pairs are missing and some minutes are empty."""
    cells = draw(st.lists(st.integers(-30, 70), min_size=people * sites, max_size=people * sites))
    kept = [at for at, minutes in enumerate(cells) if minutes >= -20]
    return TravelTimes(
        participant_ids=tuple(f"P{n:02}" for n in range(people)),
        site_ids=tuple(f"S{n}" for n in range(sites)),
        participant=np.array([at // sites for at in kept], dtype=np.int32),
        site=np.array([at % sites for at in kept], dtype=np.int32),
        minutes=np.array([max(-1, cells[at]) for at in kept], dtype=np.int32),
    )


@st.composite
def problems(draw: st.DrawFn, most_people: int = 7, most_openings: int = 5) -> Problem:
    """A whole problem, small enough to be solved exactly."""
    people = draw(st.integers(0, most_people))
    places = tuple(draw(openings(n)) for n in range(draw(st.integers(0, most_openings))))
    occupied = draw(st.lists(placements(people, places), max_size=3)) if places else []
    pinned = {p.participant_id: p for p in occupied if p.status is PlacementStatus.PINNED}
    others = [p for p in occupied if p.status is not PlacementStatus.PINNED]
    table = draw(maybe(travel_times(people, 3))) if people else None
    agreements = draw(st.lists(st.sampled_from(YesNoUnknown), min_size=2, max_size=2))
    return Problem(
        plan_date=PLAN_DATE,
        participants=tuple(draw(participants(n)) for n in range(people)),
        providers=tuple(
            Provider(provider_id=ProviderId(f"A{n}"), kind=ProviderKind.ASF, equal_treatment=yes)
            for n, yes in enumerate(agreements)
        ),
        sites=tuple(
            Site(
                site_id=SiteId(f"S{n}"),
                provider_id=ProviderId(f"A{n % 2}"),
                municipality_code=MUNICIPALITIES[n % 2],
                latitude=59.3 + n / 30,
                longitude=18.0 + n / 30,
                surveys=tuple(draw(st.lists(surveys(), max_size=2))),
            )
            for n in range(3)
        ),
        openings=places,
        occupations=OCCUPATIONS,
        placements=(*pinned.values(), *others),
        travel_times=table,
    )


parities = st.builds(
    Parity,
    groups=st.sampled_from(ParityGroups),
    gap=st.one_of(st.integers(0, 100), st.sampled_from([0, 0, 10])),
    smallest_group=st.integers(1, 3),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A lawful policy."""
    return Policy(
        unknown_needs=draw(st.sampled_from(["exclude", "check"])),
        horizon_days=draw(st.sampled_from([1, 30, 90])),
        require_equal_treatment=draw(st.booleans()),
        supervisor_starts=draw(st.sampled_from([None, None, 0, 1, 2])),
        parity=draw(parities),
    )


LEARNED = tuple(GoalName)
"""The goals that the engine can strive for: all there are. Parity needs its settings too."""


@st.composite
def goal_orders(draw: st.DrawFn, among: tuple[GoalName, ...] = LEARNED) -> tuple[GoalName, ...]:
    """Some goals, at least one, in any order."""
    return tuple(draw(st.permutations(among))[: draw(st.integers(1, len(among)))])


@st.composite
def former_plans(draw: st.DrawFn, problem: Problem) -> Proposals:
    """What a former plan may have proposed: one place each, also to who or what is gone since."""
    people = [p.participant_id for p in problem.participants]
    places = [*(o.opening_id for o in problem.openings), OpeningId("gone")]
    who = draw(st.frozensets(st.sampled_from([*people, ParticipantId("gone")])))
    return frozenset((name, draw(st.sampled_from(places))) for name in sorted(who))


@st.composite
def crowds(draw: st.DrawFn, most_people: int = 8, most_openings: int = 3) -> Problem:
    """Many people who could go nearly anywhere, few seats and fewer half-days: capacity binds."""
    return Problem(
        plan_date=PLAN_DATE,
        participants=tuple(
            Participant(
                participant_id=ParticipantId(f"P{n:02}"),
                birth_year=draw(st.sampled_from([1965, 1990, 2005])),
                municipality_code=draw(st.sampled_from(MUNICIPALITIES)),
                association=draw(maybe(st.sampled_from(ASSOCIATIONS))),
                hours_per_week=8,
                sessions_per_week=draw(st.integers(1, 4)),
                available=draw(mostly_all_week),
                max_travel_minutes=60,
                gender=draw(st.sampled_from(Gender)),
                latitude=59.3 + draw(st.integers(0, 9)) / 1000,
                longitude=18.0,
                supervisor_id=draw(st.sampled_from(["S1", "S2"])),
                waiting_since=draw(maybe(days)),
                norm_goal=draw(st.booleans()),
                wishes=tuple(draw(st.lists(wishes(), max_size=2))),
            )
            for n in range(draw(st.integers(2, most_people)))
        ),
        providers=(Provider(provider_id=ProviderId("A0"), kind=ProviderKind.ASF),),
        sites=(
            Site(
                site_id=SiteId("S0"),
                provider_id=ProviderId("A0"),
                municipality_code="0180",
                latitude=59.3,
                longitude=18.0,
            ),
        ),
        openings=tuple(
            Opening(
                opening_id=OpeningId(f"O{n:02}"),
                site_id=SiteId("S0"),
                occupation_group=draw(st.sampled_from(sorted(OCCUPATIONS))),
                seats=draw(st.integers(1, 4)),
                sessions=draw(mostly_all_week),
                session_seats=draw(maybe(st.integers(1, 2))),
            )
            for n in range(draw(st.integers(1, most_openings)))
        ),
        occupations=OCCUPATIONS,
    )


@st.composite
def lively(draw: st.DrawFn, most_people: int = 7, most_openings: int = 5) -> Problem:
    """A whole problem with mostly easy people and openings: many pairs have no barrier."""
    problem = draw(problems(most_people, most_openings))
    easy = st.integers(0, 4).map(bool)
    return replace(
        problem,
        participants=tuple(_easy_going(p) if draw(easy) else p for p in problem.participants),
        openings=tuple(_open_to_all(o) if draw(easy) else o for o in problem.openings),
        travel_times=problem.travel_times if draw(st.integers(0, 3)) == 0 else None,
    )


def _easy_going(person: Participant) -> Participant:
    """The same person, who needs nothing, excludes nothing, and can travel far and often."""
    return replace(
        person,
        birth_year=1990,
        hours_per_week=8,
        max_travel_minutes=120 + person.max_travel_minutes,
        latitude=person.latitude or 59.3,
        longitude=person.longitude or 18.0,
        enrolled_with=frozenset(Enrolment),
        insured_by=Insurer.MUNICIPALITY,
        earliest_start=None,
        needs=frozenset(),
        languages=frozenset(LANGUAGES),
        remote=WorksRemotely.NO,
        wishes=tuple(wish for wish in person.wishes if wish.kind is WishKind.SEEK),
        excluded_sites=frozenset(),
        excluded_providers=frozenset(),
    )


def _open_to_all(place: Opening) -> Opening:
    """The same opening, that takes anybody from today."""
    return replace(
        place,
        seats=1 + place.seats,
        hours_min=0,
        hours_max=None,
        starts_from=None,
        starts_until=None,
        eligible_municipalities=frozenset(),
        status=OpeningStatus.OPEN,
    )
