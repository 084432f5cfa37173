"""What takes a barrier away: it does, one step less does not, and nobody is asked for a need."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.changes import applied
from matcher.domain import (
    Barrier,
    BarrierCode,
    Enrolment,
    Insurance,
    Need,
    OpeningStatus,
    Problem,
    Remote,
    WorksRemotely,
)
from matcher.explain.remedies import (
    CHANGEABLE,
    GOOD,
    REMEDIES,
    Case,
    Dimension,
    Step,
    one_more_seat,
    remedies,
)
from matcher.explain.whom import Whom
from matcher.needs import FORMULAS, Truth, judge
from matcher.outcome import Plan
from matcher.policy import Policy
from matcher.verify.sheet import Pair, Sheet
from tests.builders import (
    all_rows,
    avoid,
    day,
    opening,
    participant,
    placement,
    problem_of,
    site,
    surveyed,
    week,
)
from tests.examples import examples
from tests.matcher.explain.asked import TINY, less, weighed

STRICT = Policy(require_equal_treatment=True)
GIVEN_UP = {
    BarrierCode.ALREADY_THERE,
    BarrierCode.TASK_DECLINED,
    BarrierCode.EXCLUDED,
    BarrierCode.TRAVEL_UNKNOWN,
    BarrierCode.TRAVEL_UNREACHABLE,
    BarrierCode.TOO_YOUNG,
    BarrierCode.NO_COMMON_LANGUAGE,
}
"""Nobody's to give up, or nothing that somebody can decide."""


def barriers(problem: Problem, policy: Policy, person: int = 0, place: int = 0) -> set[str]:
    """What stands between, by the verifier's rules."""
    who, where = problem.participants[person], problem.openings[place]
    sheet = Sheet(problem, policy, Plan(assignments=(), unplaced=()), where.opening_id)
    pair = Pair(sheet, who, where)
    return {f"{b.rule}".upper() + (f":{b.detail}" if b.detail else "") for b in pair.barriers}


def case_of(problem: Problem, policy: Policy, person: int = 0, place: int = 0) -> Case:
    """The pair as the remedies see it."""
    minutes = all_rows(problem, policy).minutes[person * len(problem.openings) + place]
    who, where = problem.participants[person], problem.openings[place]
    return Case(problem=problem, policy=policy, person=who, opening=where, minutes=int(minutes))


def ways(
    problem: Problem, policy: Policy, person: int = 0, place: int = 0
) -> list[tuple[Step, ...]]:
    """The ways for a pair."""
    found = []
    for text in sorted(barriers(problem, policy, person, place)):
        code, _, detail = text.partition(":")
        found.append(Barrier(code=BarrierCode(code), detail=detail))
    return remedies(case_of(problem, policy, person, place), tuple(found))


def left(problem: Problem, policy: Policy, changes: list, person: int, place: int) -> set[str]:
    """What stands between after some changes."""
    return barriers(*applied(problem, policy, changes), person, place)


@given(TINY, weighed())
@examples(60)
def test_a_way_takes_every_barrier_away_and_a_step_less_does_not(
    problem: Problem, policy: Policy
) -> None:
    """Of any pair that is barred; what is nobody's to give up has no way at all."""
    for person in range(len(problem.participants)):
        for place in range(len(problem.openings)):
            found = barriers(problem, policy, person, place)
            told = ways(problem, policy, person, place) if found else []
            codes = {text.partition(":")[0] for text in found}
            for way in told:
                home = any(c.name == "remote" for step in way for c in step.changes)
                assert home or not codes & GIVEN_UP
                assert 1 <= len(way) <= 2
                changes = [change for step in way for change in step.changes]
                assert not left(problem, policy, changes, person, place)
                for at, step in enumerate(way):
                    rest = [c for s in way[:at] + way[at + 1 :] for c in s.changes]
                    for some in less(step):
                        assert left(problem, policy, [*rest, *some], person, place)


CASES = [
    ("TRAVEL_TOO_LONG:70", {"minutes": {("P1", "S1"): 70}}, [], ["minutes 10 participant"]),
    ("HOURS_TOO_FEW", {}, [opening(hours_min=12)], ["hours 4 site"]),
    ("HOURS_TOO_MANY", {}, [opening(hours_max=5)], ["hours 3 site"]),
    ("SESSIONS_DO_NOT_FIT", {}, [opening(sessions=week("mon_am", "tue_am")),
     participant(available=week("mon_am", "wed_am"))],
     ["half_days 1 participant", "half_days 1 site"]),
    ("STARTS_TOO_LATE", {}, [opening(starts_from=day(95), starts_until=day(99))],
     ["days 5 site"]),
    ("STARTS_TOO_LATE", {}, [participant(earliest_start=day(20)), opening(starts_until=day(15))],
     ["days 5 site", "days 5 participant"]),
    ("OPENING_PAUSED", {}, [opening(status=OpeningStatus.PAUSED)], ["rule 1 site"]),
    ("MUNICIPALITY_NOT_SERVED", {}, [opening(eligible_municipalities=frozenset({"0126"}))],
     ["rule 1 coordinator"]),
    ("ENROLMENT_REQUIRED", {}, [opening(eligible_enrolment=frozenset(list(Enrolment)[:2]))],
     ["rule 1 authority", "rule 1 authority"]),
    ("NOT_INSURED", {}, [opening(insurance=Insurance.REQUIRED)], ["rule 1 authority"]),
    ("REMOTE_ONLY", {}, [participant(remote=WorksRemotely.ONLY)], ["rule 1 site"]),
    ("NO_EQUAL_TREATMENT_AGREEMENT", {"policy": STRICT}, [], ["rule 1 coordinator"]),
    ("NEED_UNKNOWN:QUIET", {}, [participant(needs=frozenset({Need.QUIET}))], ["survey 2 site"]),
    ("NEED_UNMET:QUIET", {}, [participant(needs=frozenset({Need.QUIET})), site(surveys=(surveyed(
     ("sensory.noise_category", "quiet"), ("sensory.background_music", "yes")),))],
     ["survey 1 site"]),
    ("NEED_UNMET:CLEAR_WAYFINDING", {}, [participant(needs=frozenset({Need.CLEAR_WAYFINDING})),
     site(surveys=(surveyed(("arrival.wayfinding_sign", "missing"),
     ("arrival.meet_up_offered", "no")),))], ["survey 1 site", "survey 1 site"]),
]  # fmt: skip


@pytest.mark.parametrize(("barrier", "more", "parts", "steps"), CASES)
def test_each_barrier_has_its_remedies(
    barrier: str, more: dict, parts: list, steps: list[str]
) -> None:
    """How much of what, and who could do it."""
    policy = more.get("policy", Policy())
    problem = problem_of(*parts, minutes=more.get("minutes"))
    assert barriers(problem, policy) == {barrier}
    told = ways(problem, policy)
    assert [f"{s.dimension} {s.amount} {s.whom}" for (s,) in told] == steps


@pytest.mark.parametrize(
    ("barrier", "parts", "minutes"),
    [
        ("ALREADY_THERE", [placement(sessions=week("mon_am"))], None),
        ("TASK_DECLINED", [participant(wishes=(avoid("9413"),))], None),
        ("EXCLUDED", [participant(excluded_sites=frozenset({"S1"}))], None),
        ("TRAVEL_UNKNOWN", [participant(latitude=None, longitude=None)], None),
        ("TRAVEL_UNREACHABLE", [], {}),
        ("TOO_YOUNG", [participant(birth_year=2010), opening(min_age=18)], None),
        ("NO_COMMON_LANGUAGE", [opening(languages=frozenset({"sv"}))], None),
        ("NEED_UNMET:ACCESSIBLE_TOILET", [participant(needs=frozenset({Need.ACCESSIBLE_TOILET})),
         site(surveys=(surveyed(("toilet.type", "none")),))], None),
        ("NEED_UNMET:SEATED_WORK", [participant(needs=frozenset({Need.SEATED_WORK})),
         opening(work={"work.posture": "standing"})], None),
        ("TRAVEL_TOO_LONG:9999", [], {("P1", "S1"): 9999}),
    ],
)  # fmt: skip
def test_what_nobody_can_or_should_give_up(
    barrier: str, parts: list, minutes: dict | None
) -> None:
    """No way: a no, a need that takes building, age, language, what nobody decides."""
    problem = problem_of(*parts, minutes=minutes)
    assert barriers(problem, Policy()) == {barrier}
    assert ways(problem, Policy()) == []


def test_a_dog_is_to_come_and_there_are_to_be_no_animals() -> None:
    """Two needs that no place can meet at once have no way."""
    both = frozenset({Need.ASSISTANCE_DOG, Need.NO_ANIMALS})
    assert ways(problem_of(participant(needs=both)), Policy()) == []


def test_three_barriers_are_too_many() -> None:
    """At most two steps are told."""
    place = opening(hours_min=12, status=OpeningStatus.PAUSED)
    assert ways(problem_of(place, minutes={("P1", "S1"): 70}), Policy()) == []


def test_what_a_start_can_be() -> None:
    """A later last day; or both earlier, where only one of them is late."""
    late = problem_of(opening(starts_from=day(20), starts_until=None), participant())
    assert barriers(late, Policy(horizon_days=10)) == {"STARTS_TOO_LATE"}
    (way,) = ways(late, Policy(horizon_days=10))
    assert (way[0].amount, way[0].changes[0].value, way[0].before) == (10, day(10), (day(20),))
    gone = problem_of(opening(starts_until=day(-5)))
    (way,) = ways(gone, Policy())
    assert (way[0].amount, way[0].changes[0].value) == (5, day(0))


def test_work_from_home_needs_no_journey() -> None:
    """The opening's word alone; a need of the task remains, a need of the site falls."""
    person = participant(remote=WorksRemotely.ONLY, needs=frozenset({Need.QUIET, Need.OWN_PACE}))
    problem = problem_of(person, opening(remote=Remote.NO), minutes={("P1", "S1"): 70})
    (way,) = ways(problem, Policy())
    assert sorted(f"{step.dimension} {step.amount}" for step in way) == ["rule 1", "survey 1"]


def test_a_seat_or_room_on_every_half_day() -> None:
    """A seat; and where half-days are told apart, one more on each."""
    problem = problem_of()
    names = [s.changes[0].name for s in one_more_seat(case_of(problem, Policy()))]
    assert names == ["seats"]
    problem = problem_of(opening(session_seats=1))
    steps = one_more_seat(case_of(problem, Policy()))
    assert [(s.changes[0].name, s.changes[0].value) for s in steps] == [
        ("seats", 2),
        ("session_seats", 2),
    ]
    assert {(s.dimension, s.amount, s.whom) for s in steps} == {(Dimension.SEATS, 1, Whom.SITE)}


@given(st.sampled_from(list(Need)))
def test_good_answers_meet_a_need_and_fewer_leave_it_open(need: Need) -> None:
    """All of them meet it; without any, nobody knows."""
    order = list(Need).index(need)
    assert judge([GOOD[need]])[0, order] == Truth.MET
    assert judge([{}])[0, order] == Truth.UNKNOWN
    least = min(
        count
        for count in range(1, len(GOOD[need]) + 1)
        for some in combinations(GOOD[need].items(), count)
        if judge([dict(some)])[0, order] == Truth.MET
    )
    problem = problem_of(participant(needs=frozenset({need})))
    assert {step.amount for (step,) in ways(problem, Policy())} == {least}


def test_every_barrier_has_a_remedy_or_is_nobodys_to_give_up() -> None:
    """And what a site is asked to change, is asked for by some need."""
    others = {BarrierCode.NEED_UNMET, BarrierCode.NEED_UNKNOWN, BarrierCode.REMOTE_ONLY}
    told = {code for code in BarrierCode if code in REMEDIES} | GIVEN_UP | others
    assert told == set(BarrierCode)
    assert not REMEDIES.keys() & GIVEN_UP
    assert {name for need in FORMULAS for name in GOOD[need]} >= CHANGEABLE
