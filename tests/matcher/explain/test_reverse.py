"""Who could come to an opening: the other side of the recommendations, in the plan's own order."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from matcher.domain import (
    BarrierCode,
    Need,
    OpeningId,
    ParticipantId,
    PlacementStatus,
    Problem,
)
from matcher.explain.groups import recommend
from matcher.explain.reverse import Candidate, who_could_come
from matcher.policy import GoalName, Policy
from matcher.solve.standing import Standing
from tests.builders import day, opening, participant, placement, problem_of, week
from tests.examples import examples
from tests.matcher.explain.asked import TINY, standing_of, weighed
from tests.matcher.explain.truth import world

O1 = OpeningId("O1")
UNKNOWN = BarrierCode.NEED_UNKNOWN


def told(standing: Standing) -> dict[tuple[str, str], Candidate]:
    """Everybody told of any opening."""
    return {
        (one.participant_id, place.opening_id): one
        for place in standing.problem.openings
        for one in who_could_come(standing, place.opening_id)
    }


def names(found: Sequence[Candidate]) -> list[str]:
    """Who, in order."""
    return [one.participant_id for one in found]


@given(TINY, weighed())
@examples(40)
def test_exactly_those_for_whom_it_is_possible_or_to_check(
    problem: Problem, policy: Policy
) -> None:
    """Everybody who looks and has the opening as possible, or to check for needs alone."""
    standing = standing_of(problem, policy)
    found, expected = told(standing), set()
    looking = {p.participant_id for p in standing.plan.unplaced} | {
        who for who, _ in standing.proposals
    }
    for who in looking:
        advice = recommend(standing.table, policy, who)
        expected |= {(who, one.opening_id) for one in advice.possible}
        for one in advice.to_check:
            if all(ask.barrier.code is UNKNOWN for ask in one.questions):
                expected.add((who, one.opening_id))
                asks = tuple(ask.barrier for ask in one.questions)
                assert found[who, one.opening_id].questions == asks
    assert found.keys() == expected


@given(TINY, weighed())
@examples(40)
def test_they_stand_in_the_order_of_what_they_add(problem: Problem, policy: Policy) -> None:
    """What each pair adds to the goals, true by brute force, decides; whatever else is so.

    Those with a question come last; equals stand by pseudonym. Where the plan has them is told.
    """
    standing = standing_of(problem, policy)
    true = world(problem, policy)
    placed = dict(standing.proposals)
    for place in problem.openings:
        found = who_could_come(standing, place.opening_id)
        for one in found:
            gain = true.gains.get((one.participant_id, place.opening_id))
            assert (gain is None) == bool(one.questions)
            assert one.gains == (gain or ())
            assert one.placed_at == placed.get(one.participant_id)
        keys = [
            (bool(one.questions), [-gain for gain in one.gains], one.participant_id)
            for one in found
        ]
        assert keys == sorted(keys)


def test_the_longest_waiting_first_though_it_is_full() -> None:
    """X holds the one seat: who could come stands in the same order as if it were free."""
    people = participant("P1"), participant("P2", waiting_since=day(-300))
    full = standing_of(problem_of(*people, placement(participant_id="X")))
    assert names(who_could_come(full, O1)) == ["P2", "P1"]
    assert names(who_could_come(standing_of(problem_of(*people)), O1)) == ["P2", "P1"]


def test_no_room_on_the_half_day_is_no_advantage() -> None:
    """P2 can on Monday only, which is taken, and has waited less: after P1."""
    problem = problem_of(
        participant("P1", sessions_per_week=1, waiting_since=day(-70), available=week("tue_am")),
        participant("P2", sessions_per_week=1, available=week("mon_am")),
        opening(seats=3, session_seats=1, sessions=week("mon_am", "tue_am")),
        placement(participant_id="X", sessions=week("mon_am")),
    )
    assert names(who_could_come(standing_of(problem), O1)) == ["P1", "P2"]


def test_who_is_to_ask_comes_last_and_who_does_not_look_not_at_all() -> None:
    """Nobody knows whether it is quiet, which P1 needs; P3 has an offer; P2 is first."""
    problem = problem_of(
        participant("P1", needs=frozenset({Need.QUIET}), waiting_since=day(-300)),
        participant("P2"),
        participant("P3"),
        placement(participant_id="P3", opening_id="O2", status=PlacementStatus.OFFERED),
        opening("O1"),
        opening("O2", hours_min=20),
    )
    found = who_could_come(standing_of(problem), O1)
    assert names(found) == ["P2", "P1"]
    assert [[str(ask) for ask in one.questions] for one in found] == [[], ["NEED_UNKNOWN:QUIET"]]
    assert [one.placed_at for one in found] == ["O1", None]


def test_no_goal_is_a_sum(one_seat_for_two: Problem) -> None:
    """Where nothing can be said of what a pair adds, they stand by pseudonym."""
    standing = standing_of(one_seat_for_two, Policy(goals=(GoalName.LOWEST_POINTS,)))
    found = who_could_come(standing, O1)
    assert [(one.participant_id, one.gains) for one in found] == [("P1", ()), ("P2", ())]


def test_the_former_plan_counts_where_it_is_to_stay(one_seat_for_two: Problem) -> None:
    """P2 was there: with ``stability`` first, P2 adds 1 to it and stands first."""
    policy = replace(Policy(), goals=(GoalName.STABILITY, GoalName.POINTS))
    former = frozenset({(ParticipantId("P2"), O1)})
    found = who_could_come(standing_of(one_seat_for_two, policy, former), O1)
    assert [(one.participant_id, one.gains[0]) for one in found] == [("P2", 1), ("P1", 0)]


def test_no_such_opening() -> None:
    """Said so."""
    with pytest.raises(KeyError):
        who_could_come(standing_of(problem_of()), OpeningId("O9"))
