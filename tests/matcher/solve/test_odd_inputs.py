"""Odd problems and odd policies: a plan or a clear outcome, and never another question."""

from collections import Counter
from dataclasses import replace

import pytest

from matcher import verify
from matcher.domain import OpeningStatus, PlacementStatus, Problem
from matcher.outcome import Cause, Outcome, Proposals, Status
from matcher.policy import GoalName, Limits, Parity, ParityGroups, Policy
from matcher.solve.door import plan
from tests.builders import (
    ALL_WEEK,
    avoid,
    day,
    opening,
    participant,
    placement,
    problem_of,
    seek,
    week,
)

FOUR = tuple(participant(f"P{number}") for number in range(1, 5))
PARITY = Parity(groups=ParityGroups.AGE_BAND, gap=0, smallest_group=1)
NO_WORK = Limits(rounds=0, nodes=0)
FEW_SEATS = problem_of(
    participant("P1", wishes=(seek("9413", 1),)),
    participant("P2", waiting_since=day(-300)),
    participant("P3", available=week("mon_am"), sessions_per_week=1),
    opening("O1", seats=1),
    opening("O2", seats=1, session_seats=1, sessions=week("mon_am", "mon_pm")),
)


def planned(problem: Problem, policy: Policy | None = None, **more: object) -> Outcome:
    """The outcome, in which everybody stands once and the verifier finds no fault or cause.

    The goals told are those asked for, in their order, and no value is beyond its bound.
    """
    asked = policy or Policy()
    outcome = plan(problem, asked, **more)
    assert not verify.violations(problem, asked, outcome.plan, outcome.goals, more.get("former"))
    assert not verify.causes(problem, asked, outcome.plan)
    assert tuple(goal.name for goal in outcome.goals) == asked.goals
    assert all(goal.value <= goal.bound for goal in outcome.goals)
    names = [row.participant_id for row in (*outcome.plan.assignments, *outcome.plan.unplaced)]
    assert len(names) == len(set(names))
    return outcome


def causes(outcome: Outcome) -> Counter[Cause]:
    """How many have no place, by the reason."""
    return Counter(row.cause for row in outcome.plan.unplaced)


def new(outcome: Outcome) -> dict[str, str]:
    """Who is newly placed where."""
    return {a.participant_id: a.opening_id for a in outcome.plan.assignments if not a.pinned}


PAUSED = OpeningStatus.PAUSED
NOTHING_TO_PLAN: dict[str, tuple[Problem, Cause | None]] = {
    "no participants": (replace(problem_of(), participants=()), None),
    "no openings": (replace(problem_of(*FOUR), openings=()), Cause.NO_ELIGIBLE_OPENING),
    "nothing at all": (
        replace(
            problem_of(), participants=(), openings=(), sites=(), providers=(), occupations={}
        ),
        None,
    ),
    "neither": (replace(problem_of(), participants=(), openings=()), None),
    "all paused": (
        problem_of(*FOUR, *(opening(name, status=PAUSED, seats=9) for name in ("O1", "O2"))),
        Cause.NO_ELIGIBLE_OPENING,
    ),
    "nobody can": (
        problem_of(*(replace(p, wishes=(avoid("9413"),)) for p in FOUR), opening(seats=9)),
        Cause.NO_ELIGIBLE_OPENING,
    ),
    "barred by hours": (problem_of(*FOUR, opening(hours_min=60)), Cause.NO_ELIGIBLE_OPENING),
    "an empty travel table": (
        problem_of(*FOUR, opening(seats=9), minutes={}),
        Cause.NO_ELIGIBLE_OPENING,
    ),
    "no half-days": (
        problem_of(*FOUR, opening(seats=9, sessions=0)),
        Cause.NO_ELIGIBLE_OPENING,
    ),
    "no room on half-days": (
        problem_of(*FOUR, opening(seats=9, session_seats=0)),
        Cause.OPENINGS_FULL,
    ),
    "zero seats": (problem_of(*FOUR, opening(seats=0)), Cause.OPENINGS_FULL),
    "more half-days than free ones": (
        problem_of(
            *(replace(p, sessions_per_week=3, available=week("mon_am", "tue_am")) for p in FOUR),
            opening(seats=9),
        ),
        Cause.NO_ELIGIBLE_OPENING,
    ),
}
POLICIES = {
    "as it is": Policy(),
    "points": Policy(goals=(GoalName.POINTS,)),
    "norm goals": Policy(goals=(GoalName.NORM_GOALS,)),
    "lowest points": Policy(goals=(GoalName.LOWEST_POINTS,)),
    "parity": Policy(goals=(GoalName.PARITY,), parity=PARITY),
    "stability": Policy(goals=(GoalName.STABILITY,)),
    "all": Policy(goals=tuple(GoalName), parity=PARITY),
    "all, turned round": Policy(goals=tuple(reversed(GoalName)), parity=PARITY),
    "no starts": Policy(supervisor_starts=0),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize(("problem", "cause"), NOTHING_TO_PLAN.values(), ids=list(NOTHING_TO_PLAN))
def test_nothing_to_plan_is_a_proven_plan_of_nobody(
    problem: Problem, cause: Cause | None, policy: Policy
) -> None:
    """Whatever is asked for: nobody is placed, that is the best, and everybody has the reason."""
    outcome = planned(problem, policy, former=frozenset())
    assert (outcome.status, outcome.cut) == (Status.OPTIMAL, False)
    assert outcome.plan.assignments == ()
    assert all(goal.value == 0 for goal in outcome.goals)
    assert set(causes(outcome)) == ({cause} if cause else set())
    assert len(outcome.plan.unplaced) == len(problem.participants)


@pytest.mark.parametrize("limits", [Limits(), NO_WORK, Limits(seconds=0.0)])
@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_every_policy_gets_a_lawful_plan_with_any_work(policy: Policy, limits: Limits) -> None:
    """One seat each at two openings, for three: two are placed at most, and the plan is lawful."""
    outcome = planned(FEW_SEATS, policy, limits=limits, former=frozenset())
    assert len(outcome.plan.assignments) <= 2
    assert len(outcome.plan.assignments) + len(outcome.plan.unplaced) == 3


def test_only_points_are_counted_where_only_points_are_asked_for() -> None:
    """The dearest wish takes the only seat, though another has waited for a year."""
    people = (
        participant("P1", wishes=(seek("9413", 1),)),
        participant("P2", waiting_since=day(-365)),
    )
    assert new(planned(problem_of(*people), Policy(goals=(GoalName.POINTS,)))) == {"P1": "O1"}


def test_whom_no_opening_suits_stands_in_nobodys_way() -> None:
    """P1 is too far from anything; the others are placed as if P1 were not there."""
    far = replace(FOUR[0], latitude=67.8, longitude=20.2)
    outcome = planned(problem_of(far, *FOUR[1:], opening(seats=9)))
    assert (outcome.status, sorted(new(outcome))) == (Status.OPTIMAL, ["P2", "P3", "P4"])
    assert causes(outcome) == {Cause.NO_ELIGIBLE_OPENING: 1}


@pytest.mark.parametrize(
    ("room", "number"),
    [(None, 1000), (500, 1000), (100, 500), (0, 0)],
    ids=["no limit", "just enough", "half-days bind", "no room"],
)
def test_a_thousand_seats_for_twelve_hundred(room: int | None, number: int) -> None:
    """All come twice on any of ten half-days: 10 x room / 2 fit, and never more than the seats."""
    people = [participant(f"P{n:04}", sessions_per_week=2) for n in range(1200)]
    outcome = planned(problem_of(*people, opening(seats=1000, session_seats=room)))
    placed = outcome.goals[0]
    assert (placed.value, placed.bound) == (number, number)
    assert causes(outcome) == {Cause.OPENINGS_FULL: 1200 - number}


def test_more_seats_than_people_and_one_person_for_many_openings() -> None:
    """Nobody is placed twice, and nobody is made up."""
    outcome = planned(problem_of(*FOUR, opening(seats=100_000)))
    assert (outcome.status, len(new(outcome))) == (Status.OPTIMAL, 4)
    outcome = planned(problem_of(FOUR[0], *(opening(f"O{n:03}") for n in range(200))))
    assert (outcome.status, len(new(outcome))) == (Status.OPTIMAL, 1)


def overdrawn(seats: int, session_seats: int | None) -> Problem:
    """Three are there already, all week; four look, and there is one other seat."""
    there = [placement(participant_id=f"X{n}", sessions=ALL_WEEK) for n in range(3)]
    full = opening("O1", seats=seats, session_seats=session_seats)
    return problem_of(*FOUR, full, opening("O2"), *there)


@pytest.mark.parametrize(("seats", "session_seats"), [(1, None), (9, 2), (9, 3), (1, 1), (0, 0)])
def test_an_overdrawn_opening_takes_nobody_and_owes_nothing(
    seats: int, session_seats: int | None
) -> None:
    """More are there than seats or half-days allow: it counts as full, and O2 as ever."""
    outcome = planned(overdrawn(seats, session_seats))
    assert outcome.status is Status.OPTIMAL
    assert list(new(outcome).values()) == ["O2"]
    assert causes(outcome) == {Cause.OPENINGS_FULL: 3}


@pytest.mark.parametrize("since", [None, day(0), day(-100), day(-4000), day(9)])
def test_all_have_waited_as_long(since: object) -> None:
    """Nobody has priority: as many are placed, and each counts the same."""
    people = [replace(person, waiting_since=since) for person in FOUR]
    outcome = planned(problem_of(*people, opening(seats=3)))
    assert outcome.status is Status.OPTIMAL
    assert outcome.goals[0].value == 3
    assert outcome.goals[1].value % 3 == 0


UNKNOWN: Proposals = frozenset({("X1", "O1"), ("P1", "X9")})


@pytest.mark.parametrize("former", [frozenset(), UNKNOWN], ids=["empty", "of nobody here"])
@pytest.mark.parametrize("first", [True, False], ids=["stability first", "stability last"])
def test_a_former_plan_of_nothing_changes_nothing(former: Proposals, first: bool) -> None:  # noqa: FBT001
    """Nothing can be kept: 0 and at most 0, and the other goals are as good as without it."""
    plain = Policy().goals
    goals = (GoalName.STABILITY, *plain) if first else (*plain, GoalName.STABILITY)
    outcome = planned(FEW_SEATS, Policy(goals=goals), former=former)
    kept = {goal.name: (goal.value, goal.bound) for goal in outcome.goals}
    assert kept.pop(GoalName.STABILITY) == (0, 0)
    assert kept == {g.name: (g.value, g.bound) for g in planned(FEW_SEATS).goals}


def test_no_starts_at_all() -> None:
    """Supervisors take nobody new: only who has none is placed, and that is proven."""
    people = [replace(p, supervisor_id="S1") for p in FOUR[:3]]
    problem = problem_of(*people, FOUR[3], opening(seats=9))
    outcome = planned(problem, Policy(supervisor_starts=0))
    assert (outcome.status, new(outcome)) == (Status.OPTIMAL, {"P4": "O1"})
    assert causes(outcome) == {Cause.SUPERVISOR_FULL: 3}


def test_an_offer_holds_the_last_seat() -> None:
    """P1 has it and is not looking; the other three find it full."""
    there = placement(status=PlacementStatus.OFFERED)
    outcome = planned(problem_of(*FOUR, there))
    assert (new(outcome), causes(outcome)) == ({}, {Cause.OPENINGS_FULL: 3})
    names = {row.participant_id for row in outcome.plan.unplaced}
    assert names == {"P2", "P3", "P4"}


@pytest.mark.parametrize("seats", [0, 1, 5])
def test_the_pinned_stay_at_a_paused_opening(seats: int) -> None:
    """A person has decided: P1 and P2 stay, whatever the seats; nobody new comes there."""
    pins = [
        placement(participant_id=p.participant_id, status=PlacementStatus.PINNED) for p in FOUR[:2]
    ]
    places = (opening("O1", status=PAUSED, seats=seats), opening("O2"))
    outcome = planned(problem_of(*FOUR, *places, *pins))
    pinned = [a.participant_id for a in outcome.plan.assignments if a.pinned]
    assert pinned == ["P1", "P2"]
    assert list(new(outcome).values()) == ["O2"]
    assert outcome.goals[0].value == 1
