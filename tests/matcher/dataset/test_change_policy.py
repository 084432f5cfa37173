"""Changes of the policy as text: what they make, and what is no setting."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.changes import applied
from matcher.dataset import policy_of
from matcher.dataset.change_texts import read_changes
from matcher.dataset.policy_file import policy_document
from matcher.errors import ChangeError, FaultCode
from matcher.policy import DEFAULT_WEIGHTS, Criterion, GoalName, Parity, ParityGroups, Policy
from tests.matcher.dataset.tiny_changes import PERSONAL, POLICY, PROBLEM, WRONG, changed, told

WISH_50 = {**DEFAULT_WEIGHTS, Criterion.WISH: 50, Criterion.TRAVEL: 20}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("weights=wish:50, travel:20",), Policy(weights=WISH_50)),
        (("weights.wish=50", "weights.travel=20"), Policy(weights=WISH_50)),
        (("unknown_needs=check",), Policy(unknown_needs="check")),
        (("horizon_days=120",), Policy(horizon_days=120)),
        (("supervisor_starts=3",), Policy(supervisor_starts=3)),
        (("require_equal_treatment=true",), Policy(require_equal_treatment=True)),
        (("goals=placed, points",), Policy(goals=(GoalName.PLACED, GoalName.POINTS))),
        (("survey_max_age_days=365",), Policy(survey_max_age_days=365)),
        (("survey_max_age_days.default=365",), Policy(survey_max_age_days=365)),
        (
            ("survey_max_age_days.hygiene.soap=9",),
            Policy(shelf_life_days={"lift.in_service": 180, "hygiene.soap": 9}),
        ),
        (
            ("goals=placed,parity", "parity.groups=association", "parity.gap=10"),
            Policy(
                goals=(GoalName.PLACED, GoalName.PARITY),
                parity=Parity(groups=ParityGroups.ASSOCIATION, gap=10),
            ),
        ),
    ],
)
def test_the_policy(texts: tuple[str, ...], expected: Policy) -> None:
    """What is not named stays; several weights make one change."""
    problem, policy = changed(*(f"policy.{text}" for text in texts))
    assert problem is PROBLEM
    assert policy == expected


def test_a_limit_is_taken_away() -> None:
    """An empty text is no limit; the settings of parity stay when another is changed."""
    parity = Parity(groups=ParityGroups.MUNICIPALITY, gap=10)
    policy = Policy(supervisor_starts=3, parity=parity)
    texts = ("policy.supervisor_starts=", "policy.parity.gap=20")
    _, made = changed(*texts, policy=policy)
    assert made == Policy(parity=replace(parity, gap=20))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("weights.wish=50",), [(FaultCode.WEIGHTS_SUM, "policy.weights", None)]),
        (("weights=50",), [(FaultCode.NOT_A_TABLE, "policy.weights", "50")]),
        (
            ("weights=50", "weights.wish=5"),
            [(FaultCode.NOT_A_TABLE, "policy.weights", "50")],
        ),
        (("weights.wish=x",), [(FaultCode.NOT_A_WHOLE_NUMBER, "policy.weights.wish", "x")]),
        (("unknown_needs=",), [(FaultCode.NOT_ONE_OF, "policy.unknown_needs", "")]),
        (
            ("require_equal_treatment=yes",),
            [(FaultCode.NOT_ONE_OF, "policy.require_equal_treatment", "yes")],
        ),
        (("goals=",), [(FaultCode.VALUE_MISSING, "policy.goals", None)]),
        (("goals=placed,fun",), [(FaultCode.NOT_ONE_OF, "policy.goals.1", "fun")]),
        (("goals=placed,parity",), [(FaultCode.PARITY_MISSING, "policy.parity", None)]),
        (("mood=1",), [(FaultCode.UNKNOWN_KEY, "policy.mood", "1")]),
        ((f"{PERSONAL}=1",), [(FaultCode.UNKNOWN_KEY, "policy", "1")]),
        (("horizon_days.x=1",), [(FaultCode.UNKNOWN_KEY, "policy.horizon_days.x", "1")]),
    ],
)
def test_a_fault_of_the_policy(
    texts: tuple[str, ...], expected: list[tuple[FaultCode, str, str | None]]
) -> None:
    """As of a policy file; the key stands where it was written."""
    faults = told(*(f"policy.{text}" for text in texts))
    assert [(fault.code, fault.table, fault.value) for fault in faults] == expected


@given(
    key=st.sampled_from([field.name for field in fields(Policy)]),
    text=st.one_of(WRONG, st.integers(-1, 4000).map(str), st.text(max_size=5)),
)
def test_any_text_for_any_setting(key: str, text: str) -> None:
    """A policy that its own document gives back, or faults; one setting, one change."""
    try:
        found = read_changes((f"policy.{key}={text}",), PROBLEM, POLICY)
    except ChangeError as error:
        assert error.faults  # noqa: PT017 -- either will do
        return
    _, policy = applied(PROBLEM, POLICY, found)
    assert policy_of(policy_document(policy), "policy") == policy
    assert len(found) == 1
