"""Groups are told when somebody looks, in an order that is known before anything is told."""

import numpy as np
from hypothesis import given

from matcher import columns, eligibility
from matcher.domain import Problem
from matcher.explain import recommend
from matcher.explain.groups import FAR, Told
from matcher.policy import Policy
from tests.builders import all_rows
from tests.examples import examples
from tests.strategies import lively, policies


@given(lively(), policies())
@examples(30)
def test_the_order_is_that_of_what_is_told(problem: Problem, policy: Policy) -> None:
    """Fewest barriers, fewest questions and then short journeys first; at last by id."""
    table = columns.load(problem, policy)
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        away = [(len(one.barriers), one.opening_id) for one in found.falls_away]
        assert away == sorted(away)
        unsure = [
            (
                len(one.questions),
                FAR if one.journey.minutes is None else one.journey.minutes,
                one.opening_id,
            )
            for one in found.to_check
        ]
        assert unsure == sorted(unsure)


@given(lively(), policies())
@examples(20)
def test_as_many_barriers_as_are_named(problem: Problem, policy: Policy) -> None:
    """Of every pair: what is counted is what is told."""
    rows = all_rows(problem, policy)
    counted = eligibility.how_many(eligibility.judged(rows, policy))
    assert counted.tolist() == [len(each) for each in eligibility.barriers(rows, policy)]


def test_only_what_somebody_looks_at_is_told_and_once() -> None:
    """A page, the same page again, one of it, and the last."""
    told: list[int] = []

    def tell(at: int) -> str:
        told.append(at)
        return f"O{at}"

    group = Told(np.array([3, 1, 2, 0]), tell)
    assert (len(group), group.positions, told) == (4, (3, 1, 2, 0), [])
    assert group[:2] == group[0:2] == ("O3", "O1")
    assert (group[0], group[-1]) == ("O3", "O0")
    assert told == [3, 1, 0]
    assert group.among({0, 2})[:] == ("O2", "O0")


def test_groups_are_equal_where_the_same_is_told() -> None:
    """In the same order; what they are told by does not matter."""
    first = Told(np.array([3, 1]), "O{}".format)
    again = Told(np.array([13, 11]), lambda at: f"O{at - 10}")
    assert first == again
    assert hash(first) == hash(again)
    assert first != Told(np.array([1, 3]), "O{}".format)
    assert first != ("O3", "O1")
    assert repr(first) == "('O3', 'O1')"
