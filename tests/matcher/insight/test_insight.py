"""What would open more doors, counted by hand and by brute force."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given

from matcher import columns, eligibility
from matcher.domain import BarrierCode, Need, PlacementStatus, Problem
from matcher.insight import BarrierCount, barrier_counts
from matcher.policy import Policy
from tests.builders import all_rows, opening, participant, placement, problem_of
from tests.examples import examples
from tests.strategies import lively, policies


def counts(problem: Problem, policy: Policy) -> dict[BarrierCode, tuple[int, int, int]]:
    """Pairs, alone, participants: by code."""
    found = barrier_counts(columns.load(problem, policy), policy)
    return {count.code: (count.pairs, count.alone, count.participants) for count in found}


def settled(problem: Problem) -> set[str]:
    """Who has an offer or is pinned, by placements that have not ended."""
    found = set()
    for row in problem.placements:
        begins = problem.opening[row.opening_id].starts_from or problem.plan_date
        if row.status != "ongoing" and (
            row.ends_on is None or row.ends_on >= max(begins, problem.plan_date)
        ):
            found.add(row.participant_id)
    return found


def by_brute_force(problem: Problem, policy: Policy) -> dict[BarrierCode, tuple[int, int, int]]:
    """Pair by pair, barrier by barrier; a code with two needs is two barriers, of one kind."""
    pairs, alone = defaultdict(int), defaultdict(int)
    people = defaultdict(set)
    rows = all_rows(problem, policy)
    away = settled(problem)
    for who, barriers in zip(rows.participant, eligibility.barriers(rows, policy), strict=True):
        person = problem.participants[who]
        if person.participant_id not in away and not person.protected_identity:
            for code in {barrier.code for barrier in barriers}:
                pairs[code] += 1
                alone[code] += len(barriers) == 1
                people[code].add(who)
    return {code: (pairs[code], alone[code], len(people[code])) for code in BarrierCode}


@given(lively(), policies())
@examples(30)
def test_barriers_are_counted_over_all_pairs_of_those_who_look(
    problem: Problem, policy: Policy
) -> None:
    """Every code, also those that occur nowhere: pairs, alone, people."""
    assert counts(problem, policy) == by_brute_force(problem, policy)


def test_commonest_first_then_by_code() -> None:
    """Two people and two openings: the hours bar three pairs, the age two, alone one and none.

    P1 comes eight hours and P2 twenty; O1 takes seven at most and 60-year-olds, O2 ten.
    """
    problem = problem_of(
        *(participant("P1"), participant("P2", hours_per_week=20)),
        *(opening("O1", hours_max=7, min_age=60), opening("O2", hours_max=10)),
    )
    first, second, third, *_ = barrier_counts(columns.load(problem, Policy()), Policy())
    assert first == BarrierCount(code=BarrierCode.HOURS_TOO_MANY, pairs=3, alone=1, participants=2)
    assert second == BarrierCount(code=BarrierCode.TOO_YOUNG, pairs=2, alone=0, participants=2)
    assert (third.code, third.pairs) == (min(set(BarrierCode) - {first.code, second.code}), 0)


def test_two_needs_that_fail_are_two_barriers() -> None:
    """Neither stands alone: to meet one of them would not open the door."""
    two = frozenset({Need.QUIET, Need.NO_ANIMALS})
    assert counts(problem_of(participant(needs=two)), Policy())[BarrierCode.NEED_UNKNOWN] == (
        *(1, 0, 1),
    )
    one = frozenset({Need.QUIET})
    assert counts(problem_of(participant(needs=one)), Policy())[BarrierCode.NEED_UNKNOWN] == (
        *(1, 1, 1),
    )


def test_who_is_settled_or_hidden_is_not_counted() -> None:
    """P1 has an offer, P2 has protected identity, P3 looks: the hours bar one pair, of one."""
    people = [participant(f"P{n}") for n in (1, 2, 3)]
    people[1] = replace(people[1], protected_identity=True)
    there = placement(status=PlacementStatus.OFFERED)
    problem = problem_of(*people, opening(hours_max=1), there)
    assert counts(problem, Policy())[BarrierCode.HOURS_TOO_MANY] == (1, 1, 1)


def test_nothing_to_count() -> None:
    """No openings, no participants: every code at nought."""
    empty = replace(problem_of(), participants=())
    assert set(counts(empty, Policy()).values()) == {(0, 0, 0)}
    bare = replace(problem_of(), openings=())
    assert set(counts(bare, Policy()).values()) == {(0, 0, 0)}
