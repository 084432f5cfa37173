"""What Steget is measured against: the plans are lawful, and the exact models agree."""

import numpy as np
import pytest

from data.generate import Size, county
from matcher import columns, pairs
from matcher.dataset import to_problem
from matcher.domain import Problem
from matcher.policy import Policy
from matcher.solve import demand
from matcher.solve.components import Component
from tests.benchmarks import peers
from tests.benchmarks.instances import SEATS_ALONE, STEGET, TITLES
from tests.benchmarks.lawful import faults
from tests.builders import PLAN_DATE

EXACT = ("cp-sat", "highs")
LONG = 60.0
"""Seconds that nobody needs here."""


def _component(problem: Problem) -> Component:
    table = columns.load(problem, Policy())
    return demand.component(table, pairs.eligible(table, Policy()), Policy())


@pytest.fixture(scope="module")
def tight() -> Component:
    """A county of 120 people whose half-days bind."""
    size = Size(participants=120, openings=24, half_days="tight")
    return _component(to_problem(county(size), PLAN_DATE))


def test_every_way_in_the_tables_is_there() -> None:
    """Each title but Steget's is a peer's, in the same order."""
    assert list(TITLES) == [STEGET, *peers.PEERS]
    assert set(peers.PEERS) >= SEATS_ALONE


@pytest.mark.parametrize("name", peers.PEERS)
def test_plans_are_lawful(name: str, tight: Component) -> None:
    """Everybody at most once, seats, and half-days for all who promise them."""
    for answer in peers.PEERS[name](tight, LONG):
        assert faults(tight, answer.chosen, half_days=name not in SEATS_ALONE) == []


def test_the_exact_models_agree(tight: Component) -> None:
    """Two solvers of one model prove the same values, and nobody else has better ones."""
    answers = {name: list(peer(tight, LONG))[-1] for name, peer in peers.PEERS.items()}
    values = {name: tight.values(answer.chosen) for name, answer in answers.items()}
    assert values["cp-sat"] == values["highs"]
    assert all(answer.ended for answer in answers.values())
    assert answers["cp-sat"].bounds == answers["highs"].bounds == values["highs"]
    assert values["highs"] == max(v for name, v in values.items() if name not in SEATS_ALONE)
    assert answers["flow"].bounds[0] >= values["highs"][0]


@pytest.mark.parametrize("name", peers.PEERS)
def test_two_of_three_have_half_days(name: str, crowded_monday: Problem) -> None:
    """Two half-days with room for one each: two people fit, though three have seats."""
    part = _component(crowded_monday)
    *_, last = peers.PEERS[name](part, LONG)
    assert len(last.chosen) == (3 if name in SEATS_ALONE else 2)


def test_what_is_unlawful_is_seen(crowded_monday: Problem, one_seat_for_two: Problem) -> None:
    """A pair twice is one person twice; two people on one seat; three people on two half-days."""
    crowd, seat = _component(crowded_monday), _component(one_seat_for_two)
    twice = ["a pair is chosen twice", "somebody has two places"]
    assert faults(crowd, np.array([0, 0])) == twice
    assert faults(seat, np.array([0, 1])) == ["an opening has more people than seats"]
    assert faults(crowd, np.array([0, 1, 2])) == ["1 half-days have no room"]
    assert faults(crowd, np.array([0, 1])) == []
    assert faults(crowd, np.zeros(0, dtype=np.int64)) == []


def test_no_time_is_no_plan(tight: Component) -> None:
    """A solver that gets no time gives no answer."""
    assert list(peers.cp_sat(tight, 0.0)) == []
