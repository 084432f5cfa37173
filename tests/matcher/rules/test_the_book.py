"""The rule book is complete: every rule has a code and a file of tests."""

from pathlib import Path

from matcher import eligibility, scoring
from matcher.domain import BarrierCode
from matcher.policy import Criterion
from tests.builders import barriers_of, opening, participant


def test_the_rules_are_the_codes_in_their_order() -> None:
    """A rule's name in capitals is its code; none is missing and none is there twice."""
    names = [rule.__name__.upper() for rule in eligibility.BARRIERS]
    assert names == [code.value for code in BarrierCode]


def test_every_rule_has_a_test_file() -> None:
    """Who changes a rule knows where its claims stand."""
    here = Path(__file__).parent
    names = [rule.__name__ for rule in eligibility.BARRIERS]
    assert [name for name in names if not (here / f"test_{name}.py").exists()] == []


def test_the_criteria_are_those_of_the_policy() -> None:
    """Points are given for what the policy weighs, in its order."""
    assert [score.__name__ for score in scoring.CRITERIA] == [name.value for name in Criterion]


def test_barriers_are_told_together_in_the_order_of_the_rules() -> None:
    """Nothing hides behind the first barrier."""
    person = participant(hours_per_week=30, sessions_per_week=10, municipality_code="0126")
    place = opening(
        hours_max=8, sessions=1, eligible_municipalities=frozenset({"0180"}), min_age=66
    )
    assert barriers_of(person, place) == [
        *("HOURS_TOO_MANY", "SESSIONS_DO_NOT_FIT", "MUNICIPALITY_NOT_SERVED", "TOO_YOUNG"),
    ]
