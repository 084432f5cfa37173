"""A plan that breaks exactly one rule names exactly that rule, and its lawful twin none."""

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from matcher.domain import (
    BarrierCode,
    Enrolment,
    Insurance,
    Insurer,
    Need,
    OpeningStatus,
    Problem,
    Remote,
    Sessions,
    WorksRemotely,
    YesNoUnknown,
    sessions_of,
)
from matcher.outcome import Assignment, Cause, Goal, Plan, Unplaced
from matcher.policy import GoalName, Policy
from matcher.verify import Rule, Violation, causes, violations
from tests.matcher.verify.worlds import (
    PLAIN,
    TODAY,
    TUESDAY,
    avoid,
    days,
    nobody,
    opening,
    person,
    pinned,
    placement,
    plan,
    provider,
    row,
    site,
    survey,
    world,
)


class Case(NamedTuple):
    """A problem, a plan, and what it was made with."""

    problem: Problem
    plan: Plan
    policy: Policy = PLAIN
    goals: tuple[Goal, ...] = ()


def case(problem: Problem, *rows: Assignment | Unplaced, policy: Policy = PLAIN) -> Case:
    """A case without goals."""
    return Case(problem, plan(*rows), policy)


def goal(value: int, bound: int) -> tuple[Goal, ...]:
    """A claim of how many are placed."""
    return (Goal(name=GoalName.PLACED, value=value, bound=bound),)


QUIET = {"needs": frozenset({Need.NO_ANIMALS})}
AGREED = Policy(require_equal_treatment=True)
ONE_START = Policy(supervisor_starts=1)
HELPED = world(person("P1", supervisor_id="H1"), person("P2", supervisor_id="H1"))
TWO = world(person("P1"), person("P2"))
BUSY = placement("X", "ongoing")
PINNED = world(placement("P1", "pinned"))
FULL = world(person("P1"), opening(seats=1), BUSY)

LAWFUL: Mapping[Rule, Case] = {
    Rule.OPENING_PAUSED: case(world(opening(status=OpeningStatus.OPEN)), row()),
    Rule.ALREADY_THERE: case(
        world(opening("O1"), opening("O2"), placement("P1", "ongoing", "O2")), row()
    ),
    Rule.TASK_DECLINED: case(world(person(wishes=(avoid("group", "9413"),))), row()),
    Rule.EXCLUDED: case(world(person(excluded_sites=frozenset({"S2"}))), row()),
    Rule.NEED_UNMET: case(
        world(person(**QUIET), site("S1", survey(air__furry_animals="never"))), row()
    ),
    Rule.NEED_UNKNOWN: case(world(person(**QUIET)), row(), policy=Policy(unknown_needs="check")),
    Rule.TRAVEL_TOO_LONG: case(
        world(minutes={("P1", "S1"): 60}), row(travel_minutes=60, points=525)
    ),
    Rule.TRAVEL_UNKNOWN: case(world(minutes={("P1", "S1"): 0}), row()),
    Rule.TRAVEL_UNREACHABLE: case(world(minutes={("P1", "S1"): 0}), row()),
    Rule.HOURS_TOO_FEW: case(world(opening(hours_min=10)), row()),
    Rule.HOURS_TOO_MANY: case(world(opening(hours_max=10)), row()),
    Rule.SESSIONS_DO_NOT_FIT: case(world(person(sessions_per_week=4)), row(sessions=Sessions(15))),
    Rule.STARTS_TOO_LATE: case(world(opening(starts_until=TODAY)), row()),
    Rule.MUNICIPALITY_NOT_SERVED: case(
        world(opening(eligible_municipalities=frozenset({"0126", "0180"}))), row()
    ),
    Rule.ENROLMENT_REQUIRED: case(
        world(
            person(enrolled_with=frozenset({Enrolment.MUNICIPALITY, Enrolment.SOCIAL_INSURANCE})),
            opening(eligible_enrolment=frozenset({Enrolment.SOCIAL_INSURANCE})),
        ),
        row(),
    ),
    Rule.NOT_INSURED: case(
        world(person(insured_by=Insurer.MUNICIPALITY), opening(insurance=Insurance.REQUIRED)),
        row(),
    ),
    Rule.TOO_YOUNG: case(world(person(birth_year=2008), opening(min_age=18)), row()),
    Rule.NO_COMMON_LANGUAGE: case(
        world(person(languages=frozenset({"ar", "sv"})), opening(languages=frozenset({"sv"}))),
        row(),
    ),
    Rule.REMOTE_ONLY: case(
        world(person(remote=WorksRemotely.ONLY), opening(remote=Remote.YES)), row()
    ),
    Rule.NO_EQUAL_TREATMENT_AGREEMENT: case(
        world(provider(equal_treatment=YesNoUnknown.YES)), row(), policy=AGREED
    ),
    Rule.SEATS: case(world(opening(seats=2), BUSY), row()),
    Rule.SESSION_SEATS: case(world(opening(session_seats=1), BUSY), row()),
    Rule.SESSIONS_COUNT: case(world(), row()),
    Rule.SESSIONS_OUTSIDE: case(world(), row()),
    Rule.START_DATE: case(world(opening(starts_from=days(9))), row(starts_on=days(9), points=770)),
    Rule.TRAVEL_MINUTES: case(world(), row()),
    Rule.POINTS: case(world(), row()),
    Rule.NORM_GOAL: case(world(), row()),
    Rule.PLACED_TWICE: case(world(opening("O1"), opening("O2")), row()),
    Rule.NOT_LOOKING: case(world(placement("P1", "offered"))),
    Rule.UNKNOWN_ID: case(world(), row()),
    Rule.PINNED_MOVED: case(PINNED, pinned()),
    Rule.UNACCOUNTED: case(TWO, row("P1"), nobody("P2")),
    Rule.CAUSE: case(FULL, nobody()),
    Rule.GOAL_VALUE: Case(world(), plan(row()), goals=goal(1, 1)),
    Rule.GOAL_BOUND: Case(world(), plan(row()), goals=goal(1, 2)),
    Rule.SUPERVISOR_STARTS: case(HELPED, row("P1"), nobody("P2"), policy=ONE_START),
    Rule.ORDER: case(TWO, row("P1"), row("P2")),
}

BROKEN: Mapping[Rule, Case] = {
    Rule.OPENING_PAUSED: case(world(opening(status=OpeningStatus.PAUSED)), row()),
    Rule.ALREADY_THERE: case(world(opening("O1"), placement("P1", "ongoing", "O1")), row()),
    Rule.TASK_DECLINED: case(world(person(wishes=(avoid("group", "9412"),))), row()),
    Rule.EXCLUDED: case(world(person(excluded_sites=frozenset({"S1"}))), row()),
    Rule.NEED_UNMET: case(
        world(person(**QUIET), site("S1", survey(air__furry_animals="always"))), row()
    ),
    Rule.NEED_UNKNOWN: case(world(person(**QUIET)), row()),
    Rule.TRAVEL_TOO_LONG: case(
        world(minutes={("P1", "S1"): 61}), row(travel_minutes=61, points=520)
    ),
    Rule.TRAVEL_UNKNOWN: case(world(minutes={("P1", "S1"): -1}), row()),
    Rule.TRAVEL_UNREACHABLE: case(world(minutes={}), row()),
    Rule.HOURS_TOO_FEW: case(world(opening(hours_min=11)), row()),
    Rule.HOURS_TOO_MANY: case(world(opening(hours_max=9)), row()),
    Rule.SESSIONS_DO_NOT_FIT: case(world(person(sessions_per_week=5)), row(sessions=Sessions(31))),
    Rule.STARTS_TOO_LATE: case(world(opening(starts_until=days(-1))), row()),
    Rule.MUNICIPALITY_NOT_SERVED: case(
        world(opening(eligible_municipalities=frozenset({"0126"}))), row()
    ),
    Rule.ENROLMENT_REQUIRED: case(
        world(
            person(enrolled_with=frozenset({Enrolment.MUNICIPALITY})),
            opening(eligible_enrolment=frozenset({Enrolment.SOCIAL_INSURANCE})),
        ),
        row(),
    ),
    Rule.NOT_INSURED: case(world(opening(insurance=Insurance.REQUIRED)), row()),
    Rule.TOO_YOUNG: case(world(person(birth_year=2009), opening(min_age=18)), row()),
    Rule.NO_COMMON_LANGUAGE: case(
        world(person(languages=frozenset({"ar"})), opening(languages=frozenset({"sv"}))), row()
    ),
    Rule.REMOTE_ONLY: case(
        world(person(remote=WorksRemotely.ONLY), opening(remote=Remote.PARTLY)), row()
    ),
    Rule.NO_EQUAL_TREATMENT_AGREEMENT: case(world(), row(), policy=AGREED),
    Rule.SEATS: case(world(opening(seats=1), BUSY), row()),
    Rule.SESSION_SEATS: case(
        world(person(available=TUESDAY), opening(session_seats=1), BUSY), row(sessions=TUESDAY)
    ),
    Rule.SESSIONS_COUNT: case(world(), row(sessions=sessions_of(("mon_am",)))),
    Rule.SESSIONS_OUTSIDE: case(world(), row(sessions=sessions_of(("mon_am", "fri_pm")))),
    Rule.START_DATE: case(world(opening(starts_from=days(9))), row(starts_on=TODAY, points=770)),
    Rule.TRAVEL_MINUTES: case(world(), row(travel_minutes=None)),
    Rule.POINTS: case(world(), row(points=776)),
    Rule.NORM_GOAL: case(world(), row(norm_goal_met=True)),
    Rule.PLACED_TWICE: case(world(opening("O1"), opening("O2")), row("P1", "O1"), row("P1", "O2")),
    Rule.NOT_LOOKING: case(
        world(placement("P1", "offered"), opening("O1"), opening("O2")), row("P1", "O2")
    ),
    Rule.UNKNOWN_ID: case(world(), row(), nobody("P9")),
    Rule.PINNED_MOVED: case(PINNED),
    Rule.UNACCOUNTED: case(TWO, row("P1")),
    Rule.CAUSE: case(FULL, nobody("P1", Cause.NO_ELIGIBLE_OPENING)),
    Rule.GOAL_VALUE: Case(world(), plan(row()), goals=goal(2, 2)),
    Rule.GOAL_BOUND: Case(world(), plan(row()), goals=goal(1, 0)),
    Rule.SUPERVISOR_STARTS: case(HELPED, row("P1"), row("P2"), policy=ONE_START),
    Rule.ORDER: case(TWO, row("P2"), row("P1")),
}


def found(case: Case) -> set[Rule]:
    """Every rule that either check names."""
    quick = violations(case.problem, case.policy, case.plan, case.goals)
    return {violation.rule for violation in quick + causes(case.problem, case.policy, case.plan)}


def test_every_barrier_is_a_rule_by_its_own_code() -> None:
    """A barred pair in a plan is named by the code of its barrier."""
    assert {code.name: code.value for code in BarrierCode}.items() <= {
        rule.name: rule.value for rule in Rule
    }.items()


def test_no_rule_goes_untested() -> None:
    """Every rule has a plan that breaks it, and one that does not."""
    assert set(LAWFUL) == set(BROKEN) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_a_lawful_plan_breaks_nothing(rule: Rule) -> None:
    """The twin that just keeps the rule is lawful."""
    assert found(LAWFUL[rule]) == set()


@pytest.mark.parametrize("rule", Rule)
def test_a_broken_rule_is_named_and_no_other(rule: Rule) -> None:
    """The plan that breaks one rule names that rule only."""
    assert found(BROKEN[rule]) == {rule}


def test_a_violation_says_where_in_one_line() -> None:
    """Rule, person, opening and detail, each only where there is one."""
    (too_long,) = violations(
        *BROKEN[Rule.TRAVEL_TOO_LONG][:1], PLAIN, BROKEN[Rule.TRAVEL_TOO_LONG].plan
    )
    assert str(too_long) == "TRAVEL_TOO_LONG P1@O1 61"
    assert str(Violation(rule=Rule.SEATS, opening_id="O1", detail="3>2")) == "SEATS @O1 3>2"
    assert str(Violation(rule=Rule.UNKNOWN_ID, participant_id="P9")) == "UNKNOWN_ID P9"


def test_everything_broken_is_named_together() -> None:
    """One look finds all faults of a plan, also several of one pair."""
    problem = world(
        person("P1", hours_per_week=20, **QUIET), person("P2"), opening(hours_max=9, seats=0)
    )
    rules = [v.rule for v in violations(problem, PLAIN, plan(row("P1"), nobody("P9")))]
    assert sorted(rules) == sorted(
        [Rule.NEED_UNKNOWN, Rule.HOURS_TOO_MANY, Rule.SEATS, Rule.UNKNOWN_ID, Rule.UNACCOUNTED]
    )
