"""The whole plan against trying everything, and what comes out of the door."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher import capacity, columns, pairs, verify
from matcher.domain import Opening, Participant, PlacementStatus, Problem
from matcher.errors import PlanRejectedError
from matcher.outcome import Cause, Goal, Outcome, Proposals, Status
from matcher.policy import GoalName, Limits, Policy
from matcher.solve.door import Progress, Watch, plan
from tests.builders import (
    avoid,
    day,
    opening,
    participant,
    placement,
    problem_of,
    seek,
    week,
)
from tests.examples import examples
from tests.matcher.solve.small import (
    Values,
    all_values,
    component,
    one_more,
    true_bounds,
)
from tests.strategies import crowds, former_plans, goal_orders, lively, policies

SMALL = crowds(most_people=5, most_openings=3)
SUMS = tuple(g for g in GoalName if g not in {GoalName.LOWEST_POINTS, GoalName.PARITY})
"""The goals that every pair adds to."""
LIMITS = st.builds(
    Limits,
    rounds=st.sampled_from([0, 1, 40]),
    nodes=st.sampled_from([0, 1, 2_000]),
)


def everything(problem: Problem, policy: Policy, former: Proposals = frozenset()) -> list[Values]:
    """The goal values of every lawful plan, in the policy's order; nothing of the solver is used.

    Waiting counts 100 and another 100 for a year, by days; 100 where nothing is given.
    """
    found = pairs.eligible(columns.load(problem, policy), policy)
    room = capacity.left(problem)
    people = problem.participants
    days = [
        max(0, (problem.plan_date - (p.waiting_since or problem.plan_date)).days) for p in people
    ]
    ids = [
        (people[p].participant_id, problem.openings[o].opening_id)
        for p, o in zip(found.participant, found.opening, strict=True)
    ]
    gains = {
        GoalName.PLACED: np.ones(len(found)),
        GoalName.WAITING: np.array([100 + 100 * min(d, 365) // 365 for d in days])[
            found.participant
        ],
        GoalName.NORM_GOALS: found.norm,
        GoalName.POINTS: found.points,
        GoalName.STABILITY: np.array([pair in former for pair in ids]),
    }
    desks = sorted({p.supervisor_id for p in people if p.supervisor_id})
    limited = policy.supervisor_starts is not None
    whole = component(
        list(zip(found.participant.tolist(), found.opening.tolist(), strict=True)),
        [gains[goal] for goal in policy.goals],
        room.seats.tolist(),
        half_days=room.half_days.tolist(),
        sessions=[
            people[p].available & problem.openings[o].sessions
            for p, o in zip(found.participant, found.opening, strict=True)
        ],
        per_week=[p.sessions_per_week for p in people],
        supervisor=[
            desks.index(p.supervisor_id) if limited and p.supervisor_id else -1 for p in people
        ],
        starts=policy.supervisor_starts or 0,
    )
    return all_values(whole)


def numbers(outcome: Outcome) -> tuple[Values, Values]:
    """Values and bounds, in the policy's order."""
    return tuple(g.value for g in outcome.goals), tuple(g.bound for g in outcome.goals)


@given(SMALL, st.sampled_from([None, None, 0, 1, 2]))
@examples(60)
def test_a_plan_is_the_best_of_all_plans(problem: Problem, starts: int | None) -> None:
    """Half-days, seats and supervisors included: every goal in order, proven, and optimal."""
    policy = Policy(supervisor_starts=starts)
    outcome = plan(problem, policy)
    best = max(everything(problem, policy))
    assert numbers(outcome) == (best, best)
    assert outcome.status is Status.OPTIMAL


@given(lively(most_people=5, most_openings=4), policies())
@examples(40)
def test_it_is_the_best_with_everything_in_it_too(problem: Problem, policy: Policy) -> None:
    """Placements, pins, offers, barriers of every kind."""
    outcome = plan(problem, policy)
    best = max(everything(problem, policy))
    assert numbers(outcome) == (best, best)


@given(SMALL, LIMITS)
@examples(70)
def test_with_little_work_the_bounds_are_true(problem: Problem, limits: Limits) -> None:
    """Lawful, never above the optimum, and no plan that reaches the values exceeds a bound."""
    outcome = plan(problem, Policy(), limits)
    values, bounds = numbers(outcome)
    lawful = everything(problem, Policy())
    assert values in lawful
    assert all(b >= t for b, t in zip(bounds, true_bounds(lawful, values), strict=True))
    assert (outcome.status is Status.OPTIMAL) is (values == bounds)
    assert not verify.violations(problem, Policy(), outcome.plan, outcome.goals)


@given(SMALL, goal_orders(SUMS), st.data())
@examples(40)
def test_goals_count_in_the_policys_order(
    problem: Problem, order: tuple[GoalName, ...], data: st.DataObject
) -> None:
    """Any order, any number of them: points first gives the most points, and so on."""
    policy, former = Policy(goals=order), data.draw(former_plans(problem))
    outcome = plan(problem, policy, former=former)
    assert tuple(goal.name for goal in outcome.goals) == policy.goals
    assert numbers(outcome)[0] == max(everything(problem, policy, former))


@given(SMALL, st.sampled_from([Limits(), Limits(rounds=1, nodes=1)]))
@examples(30)
def test_the_same_input_gives_the_same_outcome(problem: Problem, limits: Limits) -> None:
    """Plan, goals and status, byte for byte; only the seconds may differ."""
    once, again = (replace(plan(problem, Policy(), limits), seconds={}) for _ in range(2))
    assert once == again
    assert pickle.dumps(once.plan) == pickle.dumps(again.plan)


@given(st.lists(SMALL, min_size=2, max_size=2))
@examples(30)
def test_problems_that_do_not_touch_add_up(pair: list[Problem]) -> None:
    """Planned as one, two problems reach in every goal what they reach apart, together."""
    both = [renamed(problem, name) for problem, name in zip(pair, "AB", strict=True)]
    union = replace(
        both[0],
        participants=both[0].participants + both[1].participants,
        openings=both[0].openings + both[1].openings,
    )
    apart = [numbers(plan(problem))[0] for problem in both]
    assert numbers(plan(union))[0] == tuple(map(sum, zip(*apart, strict=True)))


def renamed(problem: Problem, name: str) -> Problem:
    """The same crowd under other ids, at openings where only they are served."""
    people = [
        replace(p, participant_id=name + p.participant_id, municipality_code=name)
        for p in problem.participants
    ]
    places = [
        replace(o, opening_id=name + o.opening_id, eligible_municipalities=frozenset({name}))
        for o in problem.openings
    ]
    return replace(problem, participants=tuple(people), openings=tuple(places))


# Instances one can see through.


def placed(outcome: Outcome) -> dict[str, str]:
    """Who is where."""
    return {a.participant_id: a.opening_id for a in outcome.plan.assignments}


def causes(outcome: Outcome) -> dict[str, Cause]:
    """Why not the others."""
    return {row.participant_id: row.cause for row in outcome.plan.unplaced}


def test_one_seat_goes_where_it_gives_most(one_seat_for_two: Problem) -> None:
    """Both could have it and have waited as long: P1, who wishes for it, has more points."""
    outcome = plan(one_seat_for_two)
    assert placed(outcome) == {"P1": "O1"}
    assert causes(outcome) == {"P2": Cause.OPENINGS_FULL}
    assert [g.value for g in outcome.goals] == [1, 100, 0, 1000]


def test_everybody_placed_comes_before_the_dearest_wish(greedy_trap: Problem) -> None:
    """P1's first wish is the only place P2 can have: P1 takes the second wish, and both have one.

    P1 at O2: 45·850 + 55·1000, // 100 = 932. P2 at O1, no wishes: 45·500 + 55·1000, // 100 = 775.
    """
    outcome = plan(greedy_trap)
    assert placed(outcome) == {"P1": "O2", "P2": "O1"}
    assert [g.value for g in outcome.goals] == [2, 200, 0, 932 + 775]


def test_half_days_are_counted(crowded_monday: Problem) -> None:
    """Three seats, but two half-days with room for one: two come, on a half-day each."""
    outcome = plan(crowded_monday)
    assert [g.value for g in outcome.goals][:2] == [g.bound for g in outcome.goals][:2] == [2, 200]
    assert sorted(a.sessions for a in outcome.plan.assignments) == [1, 2]
    assert list(causes(outcome).values()) == [Cause.OPENINGS_FULL]


def test_whoever_has_waited_longer_comes_first() -> None:
    """A year (365 days) counts 200, half a year (182) 100 + 49: before points, and capped."""
    people = (
        participant("P1", waiting_since=day(-182), wishes=(seek("9413", 1),)),
        participant("P2", waiting_since=day(-365)),
    )
    outcome = plan(problem_of(*people))
    assert placed(outcome) == {"P2": "O1"}
    assert outcome.goals[1] == Goal(name=GoalName.WAITING, value=200, bound=200)


def test_waiting_is_counted_to_a_year_and_never_below_nothing() -> None:
    """Two years count as one (200), a day in the future as none (100), nothing given as none."""
    people = (
        participant("P1", waiting_since=day(-730)),
        participant("P2", waiting_since=day(5)),
        participant("P3"),
    )
    assert plan(problem_of(*people, opening(seats=3))).goals[1].value == 400


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (None, {"P1": "O1", "P2": "O1", "P3": "O1"}),
        (2, {"P1": "O1", "P2": "O1", "P3": "O1"}),
        (1, {"P2": "O1", "P3": "O1"}),
        (0, {"P3": "O1"}),
    ],
)
def test_a_supervisor_starts_only_so_many(starts: int | None, expected: dict[str, str]) -> None:
    """P1 and P2 share a supervisor, P3 has none and so no limit; P2 has waited longest."""
    people = (
        participant("P1", supervisor_id="S1"),
        participant("P2", supervisor_id="S1", waiting_since=day(-100)),
        participant("P3"),
    )
    outcome = plan(problem_of(*people, opening(seats=3)), Policy(supervisor_starts=starts))
    assert placed(outcome) == expected
    assert set(causes(outcome).values()) <= {Cause.SUPERVISOR_FULL}


def test_a_pinned_placement_is_kept_and_enters_no_goal() -> None:
    """P1 is pinned on Monday morning from a day; P2 gets the other seat, on another half-day."""
    pin = placement(status=PlacementStatus.PINNED, sessions=week("mon_am"), starts_on=day(-7))
    place = opening(seats=2, session_seats=1, sessions=week("mon_am", "mon_pm"))
    people = (participant("P1"), participant("P2", sessions_per_week=1))
    outcome = plan(problem_of(*people, place, pin))
    kept, new = outcome.plan.assignments
    assert (kept.pinned, kept.starts_on, kept.sessions) == (True, day(-7), week("mon_am"))
    assert (new.participant_id, new.sessions, new.pinned) == ("P2", week("mon_pm"), False)
    assert outcome.goals[0] == Goal(name=GoalName.PLACED, value=1, bound=1)


def test_a_pinned_pair_that_is_barred_today_has_no_figures() -> None:
    """It is kept all the same: a person has decided. Minutes and points are empty."""
    pin = placement(status=PlacementStatus.PINNED)
    (kept,) = plan(problem_of(participant(wishes=(avoid("9413"),)), pin)).plan.assignments
    assert (kept.travel_minutes, kept.points, kept.norm_goal_met) == (None, None, False)


def test_an_offer_settles_it() -> None:
    """P1 has an offer: not looking, so in neither list; the seat is taken, so P2 gets none."""
    there = placement(status=PlacementStatus.OFFERED)
    outcome = plan(problem_of(participant("P1"), participant("P2"), there))
    assert (placed(outcome), causes(outcome)) == ({}, {"P2": Cause.OPENINGS_FULL})


def test_an_ongoing_placement_may_be_followed_by_another() -> None:
    """P1 is at O1 and looks for the next place: O2; the old seat stays taken for P2."""
    people = (participant("P1"), participant("P2", wishes=(seek("9413", 1),)))
    outcome = plan(problem_of(*people, opening("O1"), opening("O2", seats=2), placement()))
    assert placed(outcome) == {"P1": "O2", "P2": "O2"}


def test_the_start_is_the_latest_of_three_days() -> None:
    """The plan date, the day the participant can and the day the opening starts."""
    people = (
        participant("P1", earliest_start=day(-9), available=week("mon_am"), sessions_per_week=1),
        participant("P2", earliest_start=day(20)),
    )
    place = opening(seats=2, starts_from=day(7))
    outcome = plan(problem_of(*people, place))
    assert [a.starts_on for a in outcome.plan.assignments] == [day(7), day(20)]


def test_nobody_eligible_is_told_from_nothing_free() -> None:
    """P1 declines the task; P2 finds the seats taken, P3 the half-days."""
    people = (
        participant("P1", wishes=(avoid("9413"),)),
        participant("P2"),
        participant("P3", municipality_code="0126"),
    )
    places = (
        opening("O1", seats=0, eligible_municipalities=frozenset({"0180"})),
        opening("O2", session_seats=0, eligible_municipalities=frozenset({"0126"})),
    )
    assert causes(plan(problem_of(*people, *places))) == {
        "P1": Cause.NO_ELIGIBLE_OPENING,
        "P2": Cause.OPENINGS_FULL,
        "P3": Cause.OPENINGS_FULL,
    }


# What comes out.


def test_no_seconds_still_give_a_lawful_plan() -> None:
    """Cut at once: two of three seats are taken on Monday, and the gap that is left is told.

    P1 to P3, who have waited longest, can come on two half-days with room for one; P4 comes when
    nobody else can. The flow promises three and picks P1 to P3; there is no time to make it good.
    """
    days = week("mon_am", "mon_pm")
    people = [
        participant(name, sessions_per_week=1, available=days, waiting_since=day(-365))
        for name in ("P1", "P2", "P3")
    ]
    people.append(participant("P4", sessions_per_week=1, available=week("tue_am")))
    place = opening(seats=3, session_seats=1, sessions=days | week("tue_am"))
    problem = problem_of(*people, place)
    outcome = plan(problem, Policy(), Limits(seconds=0.0))
    assert (outcome.cut, outcome.status) == (True, Status.FEASIBLE)
    assert outcome.goals[0] == Goal(name=GoalName.PLACED, value=2, bound=3)
    assert plan(problem).goals[0] == Goal(name=GoalName.PLACED, value=3, bound=3)


def test_a_stop_that_costs_nothing_is_none(crowded_monday: Problem) -> None:
    """No time at all, but what was found is proven the best: nothing was cut."""
    outcome = plan(crowded_monday, Policy(), Limits(seconds=0.0))
    assert (outcome.cut, outcome.status) == (False, Status.OPTIMAL)


def test_the_seconds_are_those_of_the_stages_told(one_seat_for_two: Problem) -> None:
    """Each stage in its turn, and none twice."""
    told: list[Progress] = []
    outcome = plan(one_seat_for_two, watch=Watch(report=told.append))
    stages = [word.stage for word in told if word.goal is None]
    assert stages == list(outcome.seconds) == ["pairs", "solve", "verify"]
    assert all(seconds >= 0 for seconds in outcome.seconds.values())


@given(SMALL)
@examples(30)
def test_what_the_verifier_refuses_never_leaves(problem: Problem) -> None:
    """A seat too many, claimed by a bug: no plan comes out but an error that names the rule."""
    full = replace(problem, openings=tuple(crowd_out(o) for o in problem.openings))
    assume(any(wants(p, o) for p in full.participants for o in full.openings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capacity, "left", one_more(capacity.left, seats=1, half_days=0))
        with pytest.raises(PlanRejectedError) as error:
            plan(full)
    assert {text.split()[0] for text in error.value.violations} == {"SEATS"}
    assert pickle.loads(pickle.dumps(error.value)).violations == error.value.violations  # noqa: S301


def crowd_out(place: Opening) -> Opening:
    """The same opening without seats, and with room on its half-days."""
    return replace(place, seats=0, session_seats=9)


def wants(person: Participant, place: Opening) -> bool:
    """Whether the half-days of a crowd's participant and opening fit."""
    return (person.available & place.sessions).bit_count() >= person.sessions_per_week
