"""The hand-made data set: its page says what the engine finds, pair by pair."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import data
from matcher import columns, eligibility, pairs
from matcher.dataset import read
from matcher.domain import BarrierCode, Problem
from matcher.outcome import Status
from matcher.policy import Limits, Policy
from matcher.solve.door import plan

TINY = Path(data.__file__).parent / "tiny"
PAGE = (TINY / "README.md").read_text(encoding="utf-8")
BARRIERS: list[tuple[str, str, str]] = re.findall(
    r"^\| `([A-Z_:]+)` \| (P\d+), (O\d+) \|", PAGE, flags=re.MULTILINE
)
STRICT = Policy(require_equal_treatment=True)


@pytest.fixture(scope="module")
def tiny() -> Problem:
    """The data set on its plan date."""
    return read(TINY, plan_date=date(2026, 12, 1))


def _barriers(problem: Problem, policy: Policy, person: str, opening: str) -> list[str]:
    """The barriers of one pair, as the page writes them."""
    table = columns.load(problem, policy)
    people = [p.participant_id for p in problem.participants]
    openings = [o.opening_id for o in problem.openings]
    row = np.array([people.index(person)]), np.array([openings.index(opening)])  # type: ignore[arg-type]
    (found,) = eligibility.barriers(table.rows(*row), policy)
    return [f"{b.code}:{b.detail}" if b.code.startswith("NEED") else str(b.code) for b in found]


def test_the_page_names_every_barrier_once() -> None:
    """Each code of the model stands in the table of the page, and no other."""
    named = [code.partition(":")[0] for code, *_ in BARRIERS]
    assert sorted(named) == sorted(code.value for code in BarrierCode)


@pytest.mark.parametrize(("code", "person", "opening"), BARRIERS)
def test_each_barrier_stands_alone(tiny: Problem, code: str, person: str, opening: str) -> None:
    """The pair on the page has that barrier and nothing else; the last one under its policy."""
    strict = code == "NO_EQUAL_TREATMENT_AGREEMENT"
    assert _barriers(tiny, STRICT if strict else Policy(), person, opening) == [code]
    if strict:
        assert _barriers(tiny, Policy(), person, opening) == []


def test_the_eligible_pairs_are_those_on_the_page(tiny: Problem) -> None:
    """Eleven pairs of people who are looking have no barrier, with the points on the page."""
    found = pairs.eligible(columns.load(tiny, Policy()), Policy())
    triples = {
        (str(tiny.participants[p].participant_id), str(tiny.openings[o].opening_id), int(points))
        for p, o, points in zip(found.participant, found.opening, found.points, strict=True)
    }
    assert triples == {
        ("P01", "O01", 883), ("P01", "O04", 765), ("P03", "O01", 865), ("P03", "O03", 645),
        ("P04", "O03", 888), ("P05", "O03", 825), ("P06", "O01", 420), ("P06", "O02", 875),
        ("P07", "O06", 1000), ("P08", "O09", 575), ("P10", "O07", 556),
    }  # fmt: skip


def test_the_optimum_is_the_one_argued_by_hand(tiny: Problem) -> None:
    """Seven placed, waiting 982, one norm goal, 5,461 points: proven, and who goes where."""
    outcome = plan(tiny, Policy(), Limits())
    assert outcome.status is Status.OPTIMAL
    assert [goal.value for goal in outcome.goals] == [7, 982, 1, 5461]
    assert outcome.plan is not None
    chosen = {a.participant_id: a.opening_id for a in outcome.plan.assignments}
    assert chosen == {
        "P01": "O04", "P03": "O01", "P05": "O03", "P06": "O02", "P07": "O06", "P08": "O09",
        "P10": "O07", "P11": "O07",
    }  # fmt: skip


def test_the_optimum_without_an_agreement(tiny: Problem) -> None:
    """When every provider must have an agreement, the norm goal is lost and P01 has the café."""
    outcome = plan(tiny, STRICT, Limits())
    assert [goal.value for goal in outcome.goals] == [7, 982, 0, 5579]
