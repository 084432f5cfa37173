"""The worth of one more seat, against the engine's plan with that seat."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from matcher.domain import SEATS, Problem
from matcher.insight.seats import SeatWorth, seats
from matcher.policy import GoalName, Policy
from matcher.solve import places, trials
from tests.builders import day, opening, participant, placement, problem_of, week
from tests.examples import examples
from tests.matcher.insight.answers import (
    WEIGHINGS,
    WORLDS,
    blind,
    changed,
    goals_of,
    more_with,
    planned,
    standing_of,
)
from tests.strategies import crowds


def in_order(found: tuple[SeatWorth, ...]) -> bool:
    """Worth most first, then by id."""
    keys = [([-n for n in seat.goals.values()], seat.opening_id) for seat in found]
    return keys == sorted(keys)


@given(WORLDS, WEIGHINGS)
@examples(120)
def test_a_seat_is_worth_what_the_plan_with_it_has_more(problem: Problem, policy: Policy) -> None:
    """Every opening: the engine plans with one more seat there; and the best stand first."""
    standing = standing_of(problem, policy)
    found = seats(standing)
    assert in_order(found)
    assert sorted(seat.opening_id for seat in found) == [o.opening_id for o in problem.openings]
    for seat in found:
        now = problem.opening[seat.opening_id].seats
        more = changed(problem, [(seat.opening_id, "seats", now + 1)])
        truth = more_with(standing, planned(more, policy))
        assert seat.proven == standing.proven
        if truth is not None and standing.proven:
            assert dict(seat.goals) == truth


@given(WORLDS, WEIGHINGS)
@examples(25)
def test_neither_the_order_of_rows_nor_gender_matters(problem: Problem, policy: Policy) -> None:
    """The same rows otherwise ordered; another gender where there is no norm goal; no person."""
    standing = standing_of(problem, policy)
    assume(standing.proven)
    found = seats(standing)
    assert blind(found, problem, lambda other: seats(standing_of(other, policy)))


def test_the_next_in_line_and_nobody_else() -> None:
    """Two people, one seat at O1, where both fit; O2 takes nobody: the second gets in at O1.

    P2 has just come, so placing P2 adds 100 to waiting. All at home: wish 500, want, hours, start
    and travel 1000: (45·500 + 55·1000) // 100 = 775 points.
    """
    problem = problem_of(
        *(participant("P1", waiting_since=day(-365)), participant("P2")),
        *(opening("O1"), opening("O2", hours_max=1)),
    )
    assert seats(standing_of(problem)) == (
        SeatWorth(opening_id="O1", goals=goals_of(1, 100, 0, 775), proven=True),
        SeatWorth(opening_id="O2", goals=goals_of(0, 0, 0, 0), proven=True),
    )


def test_a_full_opening_gets_its_first_seat_to_give() -> None:
    """O1's only seat is taken by somebody else: no pair has room there today."""
    problem = problem_of(participant("P1"), opening(), placement(participant_id="P9"))
    (found,) = seats(standing_of(problem))
    assert found.goals[GoalName.PLACED] == 1


def test_an_opening_that_owes_seats_needs_more_than_one() -> None:
    """Two people sit on O1's one seat: with another nobody comes in yet."""
    taken = (placement(participant_id="P8"), placement(participant_id="P9"))
    (found,) = seats(standing_of(problem_of(participant("P1"), opening(), *taken)))
    assert found.goals[GoalName.PLACED] == 0


def test_a_seat_without_half_days_is_worth_nothing() -> None:
    """One person at a time and two half-days, both P1's: a second seat has no day to give."""
    days = week("mon_am", "mon_pm")
    people = [participant(name, available=days) for name in ("P1", "P2")]
    problem = problem_of(*people, opening(session_seats=1, sessions=days))
    assert not standing_of(problem).limited
    (found,) = seats(standing_of(problem))
    assert (dict(found.goals), found.proven) == (goals_of(0, 0, 0, 0), True)


def test_as_many_seats_as_there_can_be() -> None:
    """No opening can have more seats than the most there can be: one more is worth nothing."""
    (found,) = seats(standing_of(problem_of(opening(seats=SEATS[1]))))
    assert found.goals[GoalName.PLACED] == 0


def test_what_the_former_plan_proposed_counts_as_kept() -> None:
    """P1 and P2 were at O1, which has one seat: with two both stay."""
    policy = Policy(goals=(GoalName.STABILITY, GoalName.PLACED))
    problem = problem_of(participant("P1"), participant("P2"), opening())
    former = frozenset({("P1", "O1"), ("P2", "O1")})
    (found,) = seats(standing_of(problem, policy, former))
    assert dict(found.goals) == {GoalName.STABILITY: 1, GoalName.PLACED: 1}


@pytest.mark.slow
@given(crowds(most_people=6), WEIGHINGS)
@examples(60)
def test_a_bound_without_half_days_proves_only_what_is_true(
    problem: Problem, policy: Policy
) -> None:
    """Nothing is solved exactly here: what is called proven is what the engine finds too."""
    standing = standing_of(problem, replace(policy, supervisor_starts=None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trials, "FEW", 0)
        found = [seat for seat in seats(standing) if seat.proven]
    for seat in found:
        now = problem.opening[seat.opening_id].seats
        more = changed(problem, [(seat.opening_id, "seats", now + 1)])
        assert more_with(standing, planned(more, standing.policy)) in (None, dict(seat.goals))


@pytest.mark.parametrize(("starts", "proven"), [(None, True), (3, False)])
def test_large_parts_are_proven_by_what_half_days_leave(
    monkeypatch: pytest.MonkeyPatch, crowded_monday: Problem, starts: int | None, *, proven: bool
) -> None:
    """Nothing is solved exactly here. Two half-days hold two of three, whatever the seats.

    Where supervisors' starts are limited nothing bounds the trial: the answer holds, no more.
    """
    people = (replace(p, supervisor_id="H1") for p in crowded_monday.participants)
    problem = replace(crowded_monday, participants=tuple(people))
    standing = standing_of(problem, Policy(supervisor_starts=starts))
    (exact,) = seats(standing)
    monkeypatch.setattr(trials, "FEW", 0)
    (found,) = seats(standing)
    assert (exact.proven, found.proven) == (True, proven)
    assert found.goals == exact.goals == goals_of(0, 0, 0, 0)


def test_chains_alone_find_who_joins_where_half_days_bind() -> None:
    """Three people who come once, two half-days for two each, two seats: a third one is filled."""
    days = week("mon_am", "mon_pm")
    people = [participant(f"P{n}", sessions_per_week=1, available=days) for n in (1, 2, 3)]
    problem = problem_of(*people, opening(seats=2, session_seats=2, sessions=days))
    (found,) = seats(replace(standing_of(problem), proven=False))
    assert (dict(found.goals), found.proven) == (goals_of(1, 100, 0, 775), False)


def test_a_pass_that_errs_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the one pass wrong about the seats worth most, every seat is tried instead."""
    problem = problem_of(participant("P1"), participant("P2"))
    true = seats(standing_of(problem))
    monkeypatch.setattr(places, "seat_worths", lambda layout, *_: np.full(len(layout.seats), 7))
    assert seats(standing_of(problem)) == true


def test_a_plan_that_is_not_known_to_be_the_best(crowded_monday: Problem) -> None:
    """The goal that is no sum plays no part, and so nothing is proven."""
    policy = Policy(goals=(GoalName.PLACED, GoalName.LOWEST_POINTS))
    (found,) = seats(standing_of(crowded_monday, policy))
    assert (dict(found.goals), found.proven) == ({GoalName.PLACED: 0}, False)


def test_nothing_to_seat() -> None:
    """No openings: no answers. No people: no seat is worth anything."""
    assert seats(standing_of(replace(problem_of(), openings=()))) == ()
    (found,) = seats(standing_of(replace(problem_of(), participants=())))
    assert not any(found.goals.values())
