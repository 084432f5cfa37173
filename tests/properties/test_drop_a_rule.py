"""A rule that can go missing unnoticed is not tested: without it, the verifier names it.

The engine is made to forget one rule at a time. It then places somebody who is barred by that rule
alone, and no plan may come out but an error that names that rule and no other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pytest

from matcher import capacity, columns, eligibility, pairs, scoring
from matcher.domain import (
    Enrolment,
    Gender,
    Insurance,
    Need,
    OpeningStatus,
    PlacementStatus,
    Problem,
    WorksRemotely,
)
from matcher.eligibility import Rule
from matcher.errors import PlanRejectedError
from matcher.outcome import Proposals
from matcher.policy import GoalName, Policy
from matcher.solve import demand, halfdays, proposals, together
from matcher.solve.door import plan
from tests.builders import (
    ALL_WEEK,
    Part,
    avoid,
    barriers_of,
    day,
    opening,
    participant,
    placement,
    problem_of,
    site,
    surveyed,
    week,
)
from tests.matcher.solve.small import one_more

STRICT = Policy(require_equal_treatment=True)
STABLE = Policy(goals=(GoalName.PLACED, GoalName.STABILITY))
TOILET = participant(needs=frozenset({Need.ACCESSIBLE_TOILET}))
HERE = ("P1", "S1")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A world in which one rule bars P1 from O1, and no other rule does."""

    parts: tuple[Part, ...] = ()
    minutes: Mapping[tuple[str, str], int] | None = None
    policy: Policy = Policy()  # noqa: RUF009 -- frozen


def case(*parts: Part, **more: object) -> Case:
    """A world of these parts."""
    return Case(parts=parts, **more)


CASES = {
    "opening_paused": case(opening(status=OpeningStatus.PAUSED)),
    "already_there": case(opening(seats=2), placement()),
    "task_declined": case(participant(wishes=(avoid("9413"),))),
    "excluded": case(participant(excluded_sites=frozenset({"S1"}))),
    "need_unmet": case(TOILET, site(surveys=(surveyed(("toilet.type", "none")),))),
    "need_unknown": case(TOILET),
    "travel_too_long": case(minutes={HERE: 61}),
    "travel_unknown": case(minutes={HERE: -1}),
    "travel_unreachable": case(minutes={}),
    "hours_too_few": case(opening(hours_min=9)),
    "hours_too_many": case(opening(hours_max=7)),
    "sessions_do_not_fit": case(opening(sessions=week("mon_am"))),
    "starts_too_late": case(opening(starts_from=day(91))),
    "municipality_not_served": case(opening(eligible_municipalities=frozenset({"0126"}))),
    "enrolment_required": case(
        opening(eligible_enrolment=frozenset({Enrolment.EMPLOYMENT_SERVICE}))
    ),
    "not_insured": case(opening(insurance=Insurance.REQUIRED)),
    "too_young": case(opening(min_age=37)),
    "no_common_language": case(opening(languages=frozenset({"sv"}))),
    "remote_only": case(participant(remote=WorksRemotely.ONLY)),
    "no_equal_treatment_agreement": case(policy=STRICT),
}


def test_every_rule_has_its_case() -> None:
    """In the order of the rules; who adds one adds a case."""
    assert list(CASES) == [rule.__name__ for rule in eligibility.BARRIERS]


@pytest.mark.parametrize("rule", eligibility.BARRIERS, ids=lambda rule: rule.__name__)
def test_the_rule_alone_stands_between(rule: Rule) -> None:
    """The case is what it says; with all rules in place nobody is placed."""
    this = CASES[rule.__name__]
    found = barriers_of(*this.parts, policy=this.policy, minutes=this.minutes)
    assert [text.partition(":")[0] for text in found] == [rule.__name__.upper()]
    outcome = plan(problem_of(*this.parts, minutes=this.minutes), this.policy)
    assert outcome.plan.assignments == ()


@pytest.mark.parametrize("rule", eligibility.BARRIERS, ids=lambda rule: rule.__name__)
def test_a_rule_that_goes_missing_is_named(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left out of ``BARRIERS``, and of what else skips such pairs: P1 gets O1, and it shows."""
    this = CASES[rule.__name__]
    others = tuple(other for other in eligibility.BARRIERS if other is not rule)
    monkeypatch.setattr(eligibility, "BARRIERS", others)
    monkeypatch.setattr(pairs, "_candidates", every_pair)
    if rule is eligibility.sessions_do_not_fit:
        monkeypatch.setattr(demand, "component", free_all_week)
    assert named(problem_of(*this.parts, minutes=this.minutes), this.policy) == {
        rule.__name__.upper()
    }


def every_pair(table: columns.Table) -> object:
    """The pairs without an index, which skips what travel and a pause bar."""
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    people = np.flatnonzero(pairs.looking(table)).astype(np.int32)
    return pairs.every(table, people, openings)


TRUE_DEMAND = demand.component


def free_all_week(
    table: columns.Table, found: pairs.Pairs, policy: Policy, *former: Proposals
) -> object:
    """What there is to solve, when everybody is thought free on all half-days, and all open."""
    problem = table.problem
    widened = replace(
        problem,
        participants=tuple(replace(p, available=ALL_WEEK) for p in problem.participants),
        openings=tuple(replace(o, sessions=ALL_WEEK) for o in problem.openings),
    )
    return TRUE_DEMAND(columns.load(widened, policy), found, policy, *former)


def named(problem: Problem, policy: Policy | None = None) -> set[str]:
    """The rules that the error names; nothing may come out."""
    with pytest.raises(PlanRejectedError) as error:
        plan(problem, policy or Policy())
    return {text.split()[0] for text in error.value.violations}


# A seat, a half-day, a start too many.

TWO = (participant("P1"), participant("P2"))


def test_a_seat_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One seat; the engine is told two, and places two on different half-days."""
    monkeypatch.setattr(capacity, "left", one_more(capacity.left, seats=1))
    assert named(problem_of(*TWO, opening(seats=1))) == {"SEATS"}


@pytest.mark.parametrize("status", PlacementStatus)
def test_a_seat_that_is_taken_is_named(
    status: PlacementStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one seat is X9's, ongoing, offered or pinned; the engine forgets placements."""
    true = capacity.left
    monkeypatch.setattr(capacity, "left", lambda p: true(replace(p, placements=())))
    there = placement(participant_id="X9", status=status)
    assert named(problem_of(participant(), there)) == {"SEATS"}


def test_a_half_day_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seats, one half-day, room for one; the engine is told two."""
    people = [replace(person, sessions_per_week=1) for person in TWO]
    place = opening(seats=3, session_seats=1, sessions=week("mon_am"))
    monkeypatch.setattr(capacity, "left", one_more(capacity.left, half_days=1))
    assert named(problem_of(*people, place)) == {"SESSION_SEATS"}


def test_a_start_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One start for the supervisor of two; the engine is told two."""
    people = [replace(person, supervisor_id="S1") for person in TWO]

    def one_start_more(*given: object) -> object:
        true = TRUE_DEMAND(*given)
        return replace(true, starts=true.starts + 1)

    monkeypatch.setattr(demand, "component", one_start_more)
    problem = problem_of(*people, opening(seats=2))
    assert named(problem, Policy(supervisor_starts=1)) == {"SUPERVISOR_STARTS"}


# Other bugs of the engine.


def test_a_forgotten_former_plan_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 is kept at O1, and the engine, which has forgotten that there was a plan, counts none."""
    monkeypatch.setattr(demand, "component", lambda *given: TRUE_DEMAND(*given[:3]))
    with pytest.raises(PlanRejectedError) as error:
        plan(problem_of(), STABLE, former=frozenset({("P1", "O1")}))
    assert error.value.violations == ("GOAL_VALUE stability 0, not 1",)


def test_who_is_not_looking_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 has an offer elsewhere; the engine forgets, and plans P1 anew."""
    there = placement(opening_id="O2", status=PlacementStatus.OFFERED)
    monkeypatch.setattr(pairs, "looking", lambda _: np.ones(1, dtype=np.bool_))
    assert named(problem_of(opening("O1"), opening("O2"), there)) == {"NOT_LOOKING"}


def test_a_forgotten_pin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 is pinned at O1, and the plan says nothing of it."""
    pin = placement(status=PlacementStatus.PINNED)
    monkeypatch.setattr(proposals, "_pinned", lambda *_: [])
    assert "PINNED_MOVED" in named(problem_of(pin))


def test_a_half_day_too_few_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 comes twice a week, and the roster gives one half-day."""
    true = halfdays.rosters

    def one_day_less(*given: object) -> halfdays.Rosters:
        found = true(*given)
        return replace(found, half_days=found.half_days & (found.half_days - 1))

    monkeypatch.setattr(halfdays, "rosters", one_day_less)
    assert named(problem_of()) == {"SESSIONS_COUNT"}


def test_a_half_day_that_is_not_common_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """P1 comes on Monday, and the roster says Tuesday."""
    true = halfdays.rosters

    def a_day_later(*given: object) -> halfdays.Rosters:
        found = true(*given)
        return replace(found, half_days=found.half_days << 2)

    monkeypatch.setattr(halfdays, "rosters", a_day_later)
    monday = participant(available=week("mon_am", "mon_pm"))
    assert named(problem_of(monday)) == {"SESSIONS_OUTSIDE"}


def add_to(column: str) -> Callable[..., pairs.Pairs]:
    """The eligible pairs with one more in a column."""
    true = pairs.eligible

    def wrong(*given: object) -> pairs.Pairs:
        found = true(*given)
        return replace(found, **{column: getattr(found, column) + 1})

    return wrong


@pytest.mark.parametrize(
    ("column", "rules"),
    [
        ("minutes", {"TRAVEL_MINUTES"}),
        ("start", {"START_DATE"}),
        ("points", {"POINTS", "GOAL_VALUE"}),
    ],
)
def test_a_false_figure_is_named(
    column: str, rules: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minute, a day or a point too many in one column; points also make a goal false."""
    monkeypatch.setattr(pairs, "eligible", add_to(column))
    assert named(problem_of()) == rules


def test_a_false_norm_goal_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A man among car mechanics breaks no norm, though the engine may think that all do."""
    monkeypatch.setattr("matcher.occupations.norm_breaking", lambda *_: True)
    person = participant(gender=Gender.MAN, norm_goal=True)
    problem = problem_of(person, opening(occupation_group="7231"))
    assert named(problem) == {"NORM_GOAL", "GOAL_VALUE"}


@pytest.mark.parametrize("criterion", scoring.CRITERIA, ids=lambda score: score.__name__)
def test_a_criterion_that_goes_wrong_is_named(
    criterion: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each criterion in turn gives 100 too little of 1000: these are not the model's points."""

    def wrong(rows: columns.Rows, policy: Policy) -> object:
        return criterion(rows, policy) - 100

    wrong.__name__ = criterion.__name__
    scores = [wrong if score is criterion else score for score in scoring.CRITERIA]
    monkeypatch.setattr(scoring, "CRITERIA", tuple(scores))
    assert named(problem_of()) == {"POINTS", "GOAL_VALUE"}


def test_a_bound_below_the_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that the plan itself exceeds is no bound."""
    monkeypatch.setattr(together, "bounds", lambda *_: (0, 100, 0, 1000))
    assert named(problem_of()) == {"GOAL_BOUND"}


def test_what_a_task_says_is_read_from_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's survey claims an own pace, and the engine believes it: the need is not met."""
    person = participant(needs=frozenset({Need.OWN_PACE}))
    place = site(surveys=(surveyed(("work.pace", "own_pace")),))
    task = opening(work=MappingProxyType({"work.pace": "high"}))
    assert barriers_of(person, place, task) == ["NEED_UNMET:OWN_PACE"]
    others = tuple(r for r in eligibility.BARRIERS if r is not eligibility.need_unmet)
    monkeypatch.setattr(eligibility, "BARRIERS", others)
    assert named(problem_of(person, place, task)) == {"NEED_UNMET"}
