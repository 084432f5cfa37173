"""Wishes that no eligible opening meets, counted by hand and by brute force."""

from collections import Counter
from dataclasses import replace

from hypothesis import given

from matcher import columns, eligibility, scoring
from matcher.domain import BarrierCode, Problem
from matcher.insight.demand import UnmetDemand, unmet_demand
from matcher.policy import Policy
from tests.builders import all_rows, avoid, opening, participant, problem_of, seek
from tests.examples import examples
from tests.matcher.insight.answers import (
    blind,
    looking_people,
    without_protected,
)
from tests.strategies import lively, policies


def demand(problem: Problem, policy: Policy | None = None) -> tuple[UnmetDemand, ...]:
    """The unmet demand of a problem."""
    policy = policy or Policy()
    return unmet_demand(columns.load(problem, policy), policy)


def by_hand(problem: Problem, policy: Policy) -> Counter[tuple[str, str, str | None]]:
    """Person by person, pair by pair."""
    rows = all_rows(problem, policy)
    barriers, worth = eligibility.barriers(rows, policy), scoring.wish(rows, policy)
    places, found = len(problem.openings), Counter()
    for who in looking_people(problem):
        person = problem.participants[who]
        sought = [wish for wish in person.wishes if wish.rank]
        own = range(who * places, (who + 1) * places)
        fit = [barriers[at] for at in own if worth[at]]
        if not sought or () in fit:
            continue
        codes = [code for some in fit for code in {barrier.code for barrier in some}]
        often = [(-codes.count(code), at, code) for at, code in enumerate(BarrierCode)]
        _, code = min((wish.rank, wish.code) for wish in sought)
        field = problem.occupations[code].field if code.isdigit() else code
        found[field, person.municipality_code, min(often)[2] if codes else None] += 1
    return found


@given(lively(), policies())
@examples(100)
def test_everybody_whose_wishes_nothing_meets_is_counted(problem: Problem, policy: Policy) -> None:
    """By field, municipality and barrier; most first; nobody with protected identity."""
    found = demand(problem, policy)
    assert {
        (u.field, u.municipality_code, u.barrier_code): u.participants for u in found
    } == by_hand(problem, policy)
    keys = [(-u.participants, u.field, u.municipality_code, u.barrier_code or "") for u in found]
    assert keys == sorted(keys)


@given(lively(), policies())
@examples(30)
def test_neither_rows_nor_gender_nor_hidden_people_change_it(
    problem: Problem, policy: Policy
) -> None:
    """The same answers, and no participant in them."""
    found = demand(problem, policy)
    assert blind(found, problem, lambda other: demand(other, policy))
    assert demand(without_protected(problem), policy) == found


def unmet(field: str, barrier: BarrierCode | None, participants: int) -> UnmetDemand:
    """Unmet demand in 0180."""
    return UnmetDemand(
        field=field, municipality_code="0180", barrier_code=barrier, participants=participants
    )


def test_each_counts_by_what_is_dearest_and_stands_most_in_the_way() -> None:
    """O1 and O2 are in hotels, for 20 hours and more; O2 asks for an age of 60 too.

    P1 and P2 seek hotels, P2 repairs before that: of two barriers the hours stand there twice.
    P3 seeks the army, where there is nothing. P4 can have O1 for the field of the group sought.
    P5 seeks nothing.
    """
    problem = problem_of(
        participant("P1", wishes=(seek("hotel", 2),)),
        participant("P2", wishes=(seek("9413", 2), seek("repair", 1))),
        participant("P3", wishes=(seek("0110", 1),)),
        participant("P4", wishes=(seek("9412", 1),), hours_per_week=20),
        participant("P5"),
        *(opening("O1", hours_min=20), opening("O2", hours_min=20, min_age=60)),
    )
    hours = BarrierCode.HOURS_TOO_FEW
    assert demand(problem) == (
        *(unmet("army", None, 1), unmet("hotel", hours, 1), unmet("repair", hours, 1)),
    )


def test_of_barriers_as_common_the_first_rule_is_named() -> None:
    """Declined and too few hours, once each; a wish for what is declined is unmet."""
    problem = problem_of(
        participant(wishes=(seek("hotel", 1), avoid("9413"))), opening(hours_min=20)
    )
    assert demand(problem) == (unmet("hotel", BarrierCode.TASK_DECLINED, 1),)


def test_without_openings_every_wish_is_unmet() -> None:
    """Nothing fits, for nothing is there; without people nobody wishes."""
    problem = problem_of(*(participant(f"P{n}", wishes=(seek("hotel", 1),)) for n in (1, 2)))
    assert demand(problem) == ()
    assert demand(replace(problem, openings=())) == (unmet("hotel", None, 2),)
    assert demand(replace(problem, participants=())) == ()
