"""What would take a barrier away: changes, each in its own dimension, counted in steps.

A step is one minute, one half-day, one hour, one day, one answer of the survey, one seat, or one
rule. Nobody is asked to give up a need, a no or an exclusion: those have no remedy here. A site is
asked to change what it can change without building; what nobody knows it is asked to answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, islice, product
from types import MappingProxyType

import numpy as np

from matcher import needs
from matcher.changes import Change, Subject, before
from matcher.columns import valid_answers
from matcher.domain import (
    MAX_TRAVEL_MINUTES,
    SESSIONS,
    Barrier,
    BarrierCode,
    Insurer,
    Need,
    Opening,
    OpeningStatus,
    Participant,
    Problem,
    Remote,
    Sessions,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.explain.whom import Whom
from matcher.policy import Policy
from matcher.survey import WORK_FIELDS, Answer


class Dimension(StrEnum):
    """What a step is one of."""

    MINUTES = "minutes"
    DAYS = "days"
    HOURS = "hours"
    SURVEY = "survey"
    HALF_DAYS = "half_days"
    SEATS = "seats"
    RULE = "rule"


SIZES: Mapping[Dimension, int] = MappingProxyType(
    {
        Dimension.MINUTES: 1,
        Dimension.DAYS: 1,
        Dimension.HOURS: 10,
        Dimension.SURVEY: 15,
        Dimension.HALF_DAYS: 20,
        Dimension.SEATS: 30,
        Dimension.RULE: 30,
    }
)
"""How large one step is beside others, in minutes of travel: only an order to show them in."""

ALTERNATIVES = 12
"""Ways out of one barrier, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change in one dimension: ``amount`` steps, and who could make it.

    ``before``: what counted there, change by change; None where nothing is known, or too old.
    """

    dimension: Dimension
    amount: int
    changes: tuple[Change, ...]
    before: tuple[object, ...]
    whom: Whom

    @property
    def size(self) -> int:
        """How large it is, to be shown in order."""
        return self.amount * SIZES[self.dimension]


_STEP_FREE: Mapping[str, Answer] = {
    "entrance.step_count": 0,
    "entrance.ramp": "fixed",
    "entrance.ramp_slope_pct": 8,
    "levels.work_floor": 0,
    "levels.inside_steps": 0,
    "lift.type": "passenger",
    "lift.reaches_work": "yes",
    "lift.in_service": "yes",
    "entrance.threshold_mm": 25,
}
GOOD: Mapping[Need, Mapping[str, Answer]] = MappingProxyType(
    {
        Need.STEP_FREE: _STEP_FREE,
        Need.WIDE_PASSAGE: {
            **_STEP_FREE,
            "entrance.door_clear_width_cm": 85,
            "inside.min_passage_cm": 90,
            "inside.turning_space_cm": 150,
        },
        Need.ACCESSIBLE_TOILET: {"toilet.type": "rwc"},
        Need.SCENT_FREE: {
            "hygiene.soap": "unscented",
            "air.cleaning_products": "unscented",
            "air.scent_policy": "recommended",
        },
        Need.NO_ANIMALS: {"air.furry_animals": "never"},
        Need.ASSISTANCE_DOG: {"air.furry_animals": "assistance_only"},
        Need.QUIET: {"sensory.noise_category": "conversation", "sensory.background_music": "no"},
        Need.LOW_STIMULUS: {"sensory.low_stimulus_room": "yes"},
        Need.FEW_PEOPLE: {"sensory.people_in_room": "3-5"},
        Need.SHORT_WALK: {"arrival.stop_walk_m": 300},
        Need.CLEAR_WAYFINDING: {
            "arrival.wayfinding_sign": "clear",
            "arrival.meet_up_offered": "on_request",
        },
        Need.HEARING_LOOP: {"sensory.hearing_loop": "yes"},
        Need.VISUAL_ALARM: {"safety.visual_alarm": "yes"},
        Need.EASY_TEXT: {"info.written_instructions": "easy_text"},
        Need.SUPERVISOR: {"staff.supervisor_on_site": "always"},
        Need.COMPANION: {"staff.companion_allowed": "yes"},
        Need.PRIVATE_TOILET: {"toilet.gender_neutral": "yes"},
        Need.SEATED_WORK: {"work.posture": "alternating"},
        Need.LIGHT_LIFTING: {"work.lift_max_kg": 5},
        Need.OWN_PACE: {"work.pace": "own_pace"},
        Need.PREDICTABLE: {"work.predictability": "fixed_routine"},
        Need.NO_CUSTOMERS: {"work.customer_contact": "none"},
    }
)
"""The least answers with which each need is met."""

CHANGEABLE = frozenset(
    {
        *("hygiene.soap", "air.cleaning_products", "air.scent_policy"),
        *("arrival.wayfinding_sign", "arrival.meet_up_offered", "info.written_instructions"),
        *("sensory.background_music", "staff.companion_allowed"),
    }
)
"""What a site can change without building: soap, a sign, meeting up, text, music, company."""

_TASK = frozenset(field.name for field in WORK_FIELDS)


@dataclass(frozen=True, eq=False, kw_only=True)
class Case:
    """One participant and one opening of a problem, with its minutes (-1: none known)."""

    problem: Problem
    policy: Policy
    person: Participant
    opening: Opening
    minutes: int

    def step(self, dimension: Dimension, amount: int, whom: Whom, *changes: Change) -> Step:
        """A step with what stood there before it."""
        known = tuple(self._before(change) for change in changes)
        return Step(dimension=dimension, amount=amount, changes=changes, before=known, whom=whom)

    def _before(self, change: Change) -> object:
        if change.subject is not Subject.SITE:
            return before(self.problem, self.policy, change)
        site = self.problem.site[self.opening.site_id]
        return valid_answers(site, self.policy, self.problem.plan_date).get(change.name)

    def own(self, name: str, value: object) -> Change:
        """A change of the participant's."""
        return Change(
            subject=Subject.PARTICIPANT, id=self.person.participant_id, name=name, value=value
        )

    def there(self, name: str, value: object) -> Change:
        """A change of the opening's."""
        return Change(subject=Subject.OPENING, id=self.opening.opening_id, name=name, value=value)


Remedy = Callable[[Case], list[Step]]


def remedies(case: Case, barriers: tuple[Barrier, ...]) -> list[tuple[Step, ...]]:
    """Ways to take all barriers of a pair away, each of at most two steps.

    Needs of one place are answered together: a survey is one dimension. Work from home takes away
    the journey and the needs of the site.
    """
    ways = [] if _at_home_only(barriers) else _together(case, barriers)
    if _could_be_from_home(case) and (_at_home_only(barriers) or any(map(_of_site, barriers))):
        rest = [b for b in barriers if not _of_site(b) and b.code is not BarrierCode.REMOTE_ONLY]
        ways += [(_from_home(case), *steps) for steps in (_together(case, rest) if rest else [()])]
    return [steps for steps in ways if 1 <= len(steps) <= 2]  # noqa: PLR2004 -- one or two


def _together(case: Case, barriers: Iterable[Barrier]) -> list[tuple[Step, ...]]:
    """Ways to take barriers away one by one, but needs together; none where one has no remedy."""
    asked = [Need(b.detail) for b in barriers if b.code in _NEEDS]
    codes = [b.code for b in barriers if b.code not in _NEEDS]
    if any(code not in REMEDIES for code in codes):
        return []
    choices = [REMEDIES[code](case) for code in codes]
    if asked:
        choices.append(_answers(case, asked))
    return list(islice(product(*choices), ALTERNATIVES))


def _at_home_only(barriers: Iterable[Barrier]) -> bool:
    return any(barrier.code is BarrierCode.REMOTE_ONLY for barrier in barriers)


def _could_be_from_home(case: Case) -> bool:
    home, there = case.person.remote, case.opening.remote
    return home is not WorksRemotely.NO and there is not Remote.YES


def _of_site(barrier: Barrier) -> bool:
    """Whether it falls when the work is done from home: the journey, and needs of the site."""
    if barrier.code in _NEEDS:
        return Need(barrier.detail) not in needs.WORK_NEEDS
    return barrier.code in _JOURNEYS


_JOURNEYS = frozenset(
    {
        BarrierCode.TRAVEL_TOO_LONG,
        BarrierCode.TRAVEL_UNKNOWN,
        BarrierCode.TRAVEL_UNREACHABLE,
    }
)
_NEEDS = frozenset({BarrierCode.NEED_UNMET, BarrierCode.NEED_UNKNOWN})


def one_more_seat(case: Case) -> list[Step]:
    """A seat more, or room for one more on every half-day."""
    opening = case.opening
    found = [case.step(Dimension.SEATS, 1, Whom.SITE, case.there("seats", opening.seats + 1))]
    if opening.session_seats is not None:
        more = case.there("session_seats", opening.session_seats + 1)
        found.append(case.step(Dimension.SEATS, 1, Whom.SITE, more))
    return found


def _answers(case: Case, asked: list[Need]) -> list[Step]:
    """The fewest answers of the survey with which all these needs are met."""
    site = case.problem.site[case.opening.site_id]
    known = valid_answers(site, case.policy, case.problem.plan_date)
    answers = {n: a for n, a in known.items() if n not in _TASK} | dict(case.opening.work)
    wanted: dict[str, Answer] = {}
    for need in asked:
        for name, answer in GOOD[need].items():
            if wanted.get(name, answer) != answer:
                return []  # a dog is to come, and there are to be no animals
            if name not in answers or name in CHANGEABLE:
                wanted[name] = answer
    wanted = {name: answer for name, answer in wanted.items() if answers.get(name) != answer}
    steps = []
    for chosen in _fewest(answers, wanted, asked):
        changes = [
            case.there(name, answer)
            if name in _TASK
            else Change(subject=Subject.SITE, id=site.site_id, name=name, value=answer)
            for name, answer in chosen.items()
        ]
        steps.append(case.step(Dimension.SURVEY, len(changes), Whom.SITE, *changes))
    return steps


def _fewest(
    answers: Mapping[str, Answer], wanted: Mapping[str, Answer], asked: list[Need]
) -> Iterator[dict[str, Answer]]:
    """The smallest sets of answers with which all needs are met; several of the same size."""
    order = [list(Need).index(need) for need in asked]
    for count in range(1, len(wanted) + 1):
        sets = [dict(some) for some in combinations(wanted.items(), count)]
        truths = needs.judge([dict(answers) | some for some in sets])[:, order]
        met = np.flatnonzero((truths == needs.Truth.MET).all(axis=1))
        if len(met):
            yield from (sets[at] for at in met[:ALTERNATIVES].tolist())
            return


def _longer_journey(case: Case) -> list[Step]:
    more = case.minutes - case.person.max_travel_minutes
    if case.minutes > MAX_TRAVEL_MINUTES[1]:
        return []
    own = case.own("max_travel_minutes", case.minutes)
    return [case.step(Dimension.MINUTES, more, Whom.PARTICIPANT, own)]


def _fewer_hours(case: Case) -> list[Step]:
    hours = case.person.hours_per_week
    less = case.there("hours_min", hours)
    return [case.step(Dimension.HOURS, case.opening.hours_min - hours, Whom.SITE, less)]


def _more_hours(case: Case) -> list[Step]:
    hours, most = case.person.hours_per_week, case.opening.hours_max
    more = case.there("hours_max", hours)
    return [case.step(Dimension.HOURS, hours - (most or 0), Whom.SITE, more)]


def _more_half_days(case: Case) -> list[Step]:
    """The participant comes on more half-days, or the opening takes people on more."""
    mine, theirs = case.person.available, case.opening.sessions
    missing = case.person.sessions_per_week - (mine & theirs).bit_count()
    steps = []
    for whom, name, have, others, change in (
        (Whom.PARTICIPANT, "available", mine, theirs, case.own),
        (Whom.SITE, "sessions", theirs, mine, case.there),
    ):
        days = [bit for bit in range(len(SESSIONS)) if others & ~have & 1 << bit]
        for some in islice(combinations(days, missing), ALTERNATIVES):
            more = Sessions(have | sum(1 << bit for bit in some))
            steps.append(case.step(Dimension.HALF_DAYS, missing, whom, change(name, more)))
    return steps


def _sooner_or_later(case: Case) -> list[Step]:
    """A later last day of the opening, an earlier first day, or the participant earlier."""
    problem, opening, person = case.problem, case.opening, case.person
    horizon = problem.plan_date + timedelta(days=case.policy.horizon_days)
    free = person.earliest_start or date.min
    opens = opening.starts_from or date.min
    start = max(free, opens, problem.plan_date)
    last = min(opening.starts_until or date.max, horizon)
    steps = []
    if start <= horizon:
        later = case.there("starts_until", start)
        steps.append(case.step(Dimension.DAYS, (start - last).days, Whom.SITE, later))
    if max(free, problem.plan_date) <= last < opens:
        sooner = case.there("starts_from", last)
        steps.append(case.step(Dimension.DAYS, (opens - last).days, Whom.SITE, sooner))
    if max(opens, problem.plan_date) <= last < free:
        own = case.own("earliest_start", last)
        steps.append(case.step(Dimension.DAYS, (free - last).days, Whom.PARTICIPANT, own))
    return steps


def _open_again(case: Case) -> list[Step]:
    return [_rule(case, Whom.SITE, case.there("status", OpeningStatus.OPEN))]


def _serve(case: Case) -> list[Step]:
    served = case.opening.eligible_municipalities | {case.person.municipality_code}
    return [_rule(case, Whom.COORDINATOR, case.there("eligible_municipalities", served))]


def _enrol(case: Case) -> list[Step]:
    return [
        _rule(case, Whom.AUTHORITY, case.own("enrolled_with", case.person.enrolled_with | {other}))
        for other in sorted(case.opening.eligible_enrolment)
    ]


def _insure(case: Case) -> list[Step]:
    return [_rule(case, Whom.AUTHORITY, case.own("insured_by", Insurer.MUNICIPALITY))]


def _from_home(case: Case) -> Step:
    return _rule(case, Whom.SITE, case.there("remote", Remote.YES))


def _agree(case: Case) -> list[Step]:
    provider = case.problem.site[case.opening.site_id].provider_id
    agreed = Change(
        subject=Subject.PROVIDER, id=provider, name="equal_treatment", value=YesNoUnknown.YES
    )
    return [_rule(case, Whom.COORDINATOR, agreed)]


def _rule(case: Case, whom: Whom, change: Change) -> Step:
    return case.step(Dimension.RULE, 1, whom, change)


REMEDIES: Mapping[BarrierCode, Remedy] = MappingProxyType(
    {
        BarrierCode.TRAVEL_TOO_LONG: _longer_journey,
        BarrierCode.HOURS_TOO_FEW: _fewer_hours,
        BarrierCode.HOURS_TOO_MANY: _more_hours,
        BarrierCode.SESSIONS_DO_NOT_FIT: _more_half_days,
        BarrierCode.STARTS_TOO_LATE: _sooner_or_later,
        BarrierCode.OPENING_PAUSED: _open_again,
        BarrierCode.MUNICIPALITY_NOT_SERVED: _serve,
        BarrierCode.ENROLMENT_REQUIRED: _enrol,
        BarrierCode.NOT_INSURED: _insure,
        BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: _agree,
    }
)
"""What would take each barrier away. What is not here is nobody's to give up."""
