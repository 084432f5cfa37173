"""A policy or limits that make no sense refuse to exist."""

from typing import Any

import pytest

from matcher.errors import DatasetError, Fault, FaultCode
from matcher.policy import (
    DEFAULT_GOALS,
    DEFAULT_WEIGHTS,
    Criterion,
    GoalName,
    Limits,
    Parity,
    ParityGroups,
    Policy,
)
from matcher.travel.atlas import TableAtlas
from tests.builders import opening, participant, problem_of

WRONG: dict[str, dict[str, Any]] = {
    "weights that are not all": {"weights": {Criterion.WISH: 100}},
    "weights with another sum": {"weights": {**DEFAULT_WEIGHTS, Criterion.WISH: 46}},
    "a weight that is no whole number": {
        "weights": {**DEFAULT_WEIGHTS, Criterion.WISH: 44.5, Criterion.TRAVEL: 25.5}
    },
    "no goal": {"goals": ()},
    "a goal twice": {"goals": (GoalName.PLACED, GoalName.PLACED)},
    "a goal that is none": {"goals": ("banana",)},
    "unknown needs treated otherwise": {"unknown_needs": "maybe"},
    "no horizon": {"horizon_days": 0},
    "a horizon of true": {"horizon_days": True},
    "a shelf life below nothing": {"survey_max_age_days": -1},
    "a field's shelf life below nothing": {"shelf_life_days": {"lift.in_service": -1}},
    "starts below nothing": {"supervisor_starts": -1},
    "parity without its settings": {"goals": (GoalName.PLACED, GoalName.PARITY)},
}
WRONG_PARITY: dict[str, dict[str, Any]] = {
    "gender": {"groups": "gender", "gap": 10},
    "a gap below nothing": {"groups": ParityGroups.AGE_BAND, "gap": -1},
    "a gap beyond everything": {"groups": ParityGroups.AGE_BAND, "gap": 101},
    "a gap that is no whole number": {"groups": ParityGroups.AGE_BAND, "gap": 2.5},
    "groups of nobody": {"groups": ParityGroups.AGE_BAND, "gap": 0, "smallest_group": 0},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_a_wrong_policy_refuses_to_exist(changes: dict[str, Any]) -> None:
    """Every number a steering group may turn has its range."""
    with pytest.raises(ValueError, match=r"."):
        Policy(**changes)


@pytest.mark.parametrize("changes", WRONG_PARITY.values(), ids=WRONG_PARITY)
def test_a_wrong_parity_refuses_to_exist(changes: dict[str, Any]) -> None:
    """Nor are women and men ever held together by whom they keep out: gender is no group."""
    with pytest.raises(ValueError, match=r"."):
        Parity(**changes)


def test_the_optional_goals_count_only_where_they_are_asked_for() -> None:
    """Four goals without a word; settings of parity alone ask for nothing."""
    names = ("placed", "waiting", "norm_goals", "points")
    settings = Parity(groups=ParityGroups.AGE_BAND, gap=100, smallest_group=1)
    assert Policy().goals == Policy(parity=settings).goals == DEFAULT_GOALS == names


@pytest.mark.parametrize("workers", [0, -1, 1.5, True])
def test_at_least_one_works(workers: Any) -> None:  # noqa: ANN401 -- any wrong thing
    """None is as many as there are cores."""
    with pytest.raises(ValueError, match="workers"):
        Limits(workers=workers)
    assert (Limits().workers, Limits(workers=3).workers) == (None, 3)


@pytest.mark.parametrize("name", ["rounds", "nodes", "seconds", "seed"])
def test_limits_are_not_below_nothing(name: str) -> None:
    """Less than no work cannot be done."""
    limits: dict[str, Any] = {name: -1}
    with pytest.raises(ValueError, match="0 or more"):
        Limits(**limits)


def test_a_shelf_life_is_the_fields_own_or_the_common_one() -> None:
    """180 days for a lift in service, 730 for what has none of its own."""
    assert Policy().shelf_life("lift.in_service") == 180
    assert Policy().shelf_life("hygiene.soap") == 730


def test_an_error_says_how_many_faults_and_the_first() -> None:
    """For a log: the door makes the sentences."""
    fault = Fault(code=FaultCode.DUPLICATE, table="sites")
    assert str(DatasetError((fault, fault))).startswith("2 fault(s), the first: Fault(code=")


def test_there_is_no_atlas_of_a_table_that_is_not_there() -> None:
    """Asked for by mistake it says so, and does not make everybody unreachable."""
    with pytest.raises(ValueError, match="no table"):
        TableAtlas(problem_of(participant(), opening()))
