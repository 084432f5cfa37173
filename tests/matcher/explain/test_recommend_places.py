"""Advice on columns of openings that were laid out before: for one participant after another."""

from dataclasses import replace

import pytest
from hypothesis import given

from matcher import columns
from matcher.domain import Problem
from matcher.explain import recommend
from matcher.policy import Policy
from tests.builders import day, opening, participant, problem_of
from tests.examples import examples
from tests.strategies import lively, policies


@given(lively(), policies())
@examples(30)
def test_one_alone_is_told_what_one_among_others_is_told(problem: Problem, policy: Policy) -> None:
    """The openings are laid out once, without anybody; each answer is the same to the letter."""
    whole = columns.load(problem, policy)
    places = columns.load(replace(problem, participants=()), policy)
    for person in problem.participants:
        alone = columns.load(replace(problem, participants=(person,)), policy, places)
        assert alone.o is places.o
        who = person.participant_id
        assert recommend(alone, policy, who) == recommend(whole, policy, who)


@pytest.mark.parametrize(("days", "order"), [(30, ["O2", "O1"]), (31, ["O1", "O2"])])
def test_how_long_a_confirmation_lasts_can_be_said(days: int, order: list[str]) -> None:
    """O1 was confirmed 31 days ago, O2 today: of equals the stale one comes after."""
    old, new = opening("O1", updated_at=day(-31)), opening("O2", updated_at=day(0))
    problem = problem_of(participant("P1"), old, new)
    table = columns.load(problem, Policy())
    found = recommend(table, Policy(), problem.participants[0].participant_id, stale_days=days)
    assert [one.opening_id for one in found.possible] == order
