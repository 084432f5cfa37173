"""Claims: whether somebody could have a place with nothing before points falling."""

from dataclasses import replace

import pytest
from hypothesis import given

from matcher.domain import OpeningId, ParticipantId, Problem
from matcher.policy import GoalName, Policy
from matcher.solve import standing as module
from matcher.solve.claims import before_points, claim, may_come
from matcher.solve.standing import Standing
from tests.builders import avoid, day, opening, participant, problem_of
from tests.examples import examples
from tests.matcher.explain.asked import NO_FORMER, TINY, standing_of, weighed
from tests.matcher.explain.truth import World, world

P1, P2, O1 = ParticipantId("P1"), ParticipantId("P2"), OpeningId("O1")


def test_the_goals_before_points() -> None:
    """As many as stand before it, or all."""
    assert before_points((GoalName.PLACED, GoalName.POINTS, GoalName.WAITING)) == 1
    assert before_points((GoalName.POINTS,)) == 0
    assert before_points((GoalName.PLACED, GoalName.WAITING)) == 2


def check(standing: Standing, problem: Problem, true: World) -> None:
    """Everybody's claim is the true one where proven, and never more than is possible."""
    for person in problem.participants:
        name = person.participant_id
        made = claim(standing, name, problem, standing.policy)
        best, placed = true.claimed(name)
        assert (made.values, made.opening_id is not None) <= (best, placed)
        if made.proven:
            assert (made.values, made.opening_id is not None) == (best, placed)
        if made.opening_id is not None:
            assert any(
                one.where.get(name) == made.opening_id and one.values[: true.before] == made.values
                for one in true.plans
            )


@given(TINY, weighed(NO_FORMER))
@examples(50)
def test_a_claim_is_the_best_plan_with_one_person_last(problem: Problem, policy: Policy) -> None:
    """The goals before points as good as can be, then a place for one, if there is one."""
    standing = standing_of(problem, policy)
    check(standing, problem, world(problem, policy))
    assert not standing.proven or all(
        claim(standing, p.participant_id, problem, policy).proven for p in problem.participants
    )


@given(TINY, weighed(NO_FORMER))
@examples(25)
def test_a_claim_in_another_problem(problem: Problem, policy: Policy) -> None:
    """The same where the problem has changed: here, a seat more everywhere."""
    standing = standing_of(problem, policy)
    more = tuple(replace(o, seats=o.seats + 1) for o in problem.openings)
    other = replace(problem, openings=more)
    check(standing, other, world(other, policy))


@given(TINY, weighed(NO_FORMER))
@examples(15)
def test_a_claim_in_large_parts_is_never_too_much(problem: Problem, policy: Policy) -> None:
    """Where parts are too large to be solved exactly, proven is still what is true."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", 0)
        check(standing_of(problem, policy), problem, world(problem, policy))


@given(TINY, weighed(NO_FORMER))
@examples(40)
def test_nowhere_is_overlooked_where_somebody_may_come(problem: Problem, policy: Policy) -> None:
    """Where only seats bind: whoever could have an opening, were there no barrier, may come there.

    Everybody who now declines the one field could take its openings: they may come wherever the
    best plan without the barrier, them last, places them.
    """
    loose = tuple(replace(o, session_seats=99, seats=max(1, o.seats)) for o in problem.openings)
    free = replace(problem, openings=loose)
    policy = replace(policy, supervisor_starts=None)
    for person in free.participants:
        refused = {o.occupation_group for o in loose}
        wishes = (*person.wishes, *map(avoid, sorted(refused)))
        barred = replace(
            free,
            participants=tuple(
                replace(p, wishes=wishes) if p is person else p for p in free.participants
            ),
        )
        standing = standing_of(barred, policy)
        looks = any(u.participant_id == person.participant_id for u in standing.plan.unplaced)
        if not looks or not standing.proven or standing.limited:
            continue
        may = may_come(standing, person.participant_id)
        true = world(free, policy)
        for place in loose:
            fits = (
                one.values[: true.before]
                for one in true.plans
                if one.where.get(person.participant_id) == place.opening_id
            )
            now = standing.values[: true.before]
            does = any(all(map(int.__ge__, values, now)) for values in fits)
            assert not does or place.opening_id in may


def test_a_free_seat_and_a_seat_of_somebody_who_waited_less() -> None:
    """P1 declines the hotel; P2, who waits no longer, has O1, O2 is free: P1 may come to both.

    Not to O1 if P2 has waited longer.
    """
    for since, found in ((day(-9), {"O1", "O2"}), (day(-300), {"O2"})):
        problem = problem_of(
            participant("P1", wishes=(avoid("9413"),), waiting_since=day(-9)),
            participant("P2", waiting_since=since, wishes=(avoid("7231"),)),
            opening("O1"),
            opening("O2", occupation_group="7231", hours_min=20),
        )
        assert may_come(standing_of(problem), P1) == found


def test_nobody_of_that_name() -> None:
    """No such participant: said so."""
    standing = standing_of(problem_of())
    with pytest.raises(KeyError):
        may_come(standing, ParticipantId("P9"))
    with pytest.raises(KeyError):
        claim(standing, ParticipantId("P9"), standing.problem, standing.policy)
