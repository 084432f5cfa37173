"""The policy as a document: what it may say, and every way to get it wrong."""

import json
from pathlib import Path

import pytest

from matcher.dataset import policy_document, policy_of, read_policy
from matcher.errors import FaultCode, PolicyError
from matcher.policy import Criterion, GoalName, Parity, ParityGroups, Policy

F = FaultCode
AGES = {"groups": "age_band", "gap": 10}
FULL = """
goals = ["points", "placed", "stability", "lowest_points", "parity"]
unknown_needs = "check"
horizon_days = 30
require_equal_treatment = true
supervisor_starts = 0

[parity]
groups = "municipality"
gap = 15
smallest_group = 8

[weights]
wish = 20
travel = 20
want = 20
hours = 20
start = 20

[survey_max_age_days]
default = 365
"toilet.type" = 3650
"""


def faults_of(document: dict[str, object]) -> list[tuple[FaultCode, str | None]]:
    """The code and the key of each fault."""
    with pytest.raises(PolicyError) as error:
        policy_of(document, "policy.toml")
    assert all(fault.table == "policy.toml" for fault in error.value.faults)
    return [(fault.code, fault.column) for fault in error.value.faults]


def test_nothing_said_is_the_default() -> None:
    """Missing keys keep their defaults."""
    assert policy_of({}, "policy.toml") == Policy()


def test_a_file_says_everything(tmp_path: Path) -> None:
    """Every key of the file reaches the policy; an exception by field stays beside the others."""
    path = tmp_path / "policy.toml"
    path.write_text(FULL, "utf-8")
    assert read_policy(path) == Policy(
        weights=dict.fromkeys(Criterion, 20),
        goals=(
            GoalName.POINTS,
            GoalName.PLACED,
            GoalName.STABILITY,
            GoalName.LOWEST_POINTS,
            GoalName.PARITY,
        ),
        unknown_needs="check",
        horizon_days=30,
        survey_max_age_days=365,
        shelf_life_days={"lift.in_service": 180, "toilet.type": 3650},
        require_equal_treatment=True,
        supervisor_starts=0,
        parity=Parity(groups=ParityGroups.MUNICIPALITY, gap=15, smallest_group=8),
    )


def test_one_shelf_life_for_all_is_a_number() -> None:
    """A number stands for the default; the lift keeps its own."""
    policy = policy_of({"survey_max_age_days": 100}, "policy.toml")
    assert (policy.shelf_life("toilet.type"), policy.shelf_life("lift.in_service")) == (100, 180)


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(
            supervisor_starts=3, unknown_needs="check", goals=(GoalName.PLACED,), horizon_days=1
        ),
        Policy(survey_max_age_days=0, shelf_life_days={"lift.in_service": 1, "info.tactile": 5}),
        Policy(
            goals=(GoalName.STABILITY, GoalName.PARITY, GoalName.LOWEST_POINTS),
            parity=Parity(groups=ParityGroups.AGE_BAND, gap=0, smallest_group=1),
        ),
        Policy(parity=Parity(groups=ParityGroups.ASSOCIATION, gap=100)),
    ],
    ids=["default", "limits", "shelf life", "optional goals", "parity not listed"],
)
def test_a_document_comes_back(policy: Policy) -> None:
    """A policy survives being written as JSON."""
    document = json.loads(json.dumps(policy_document(policy)))
    assert policy_of(document, "summary.json") == policy


def test_a_policy_without_exceptions_says_so_by_field() -> None:
    """Where the lift has no shelf life of its own, the document gives it that of the others."""
    policy = Policy(shelf_life_days={}, survey_max_age_days=50)
    again = policy_of(policy_document(policy), "summary.json")
    assert again.shelf_life("lift.in_service") == 50


@pytest.mark.parametrize(
    ("document", "code", "key"),
    [
        ({"weigths": {}}, F.UNKNOWN_KEY, "weigths"),
        ({"weights": {"wishes": 45}}, F.UNKNOWN_KEY, "weights.wishes"),
        ({"weights": {"wish": 44}}, F.WEIGHTS_SUM, "weights"),
        ({"weights": {"wish": 45.0}}, F.NOT_A_WHOLE_NUMBER, "weights.wish"),
        ({"weights": {"wish": "45"}}, F.NOT_A_WHOLE_NUMBER, "weights.wish"),
        ({"weights": {"wish": True}}, F.NOT_A_WHOLE_NUMBER, "weights.wish"),
        ({"weights": {"wish": -5}}, F.OUT_OF_RANGE, "weights.wish"),
        ({"weights": 45}, F.NOT_A_TABLE, "weights"),
        ({"goals": "placed"}, F.NOT_A_LIST, "goals"),
        ({"goals": []}, F.VALUE_MISSING, "goals"),
        ({"goals": ["placed", "happy"]}, F.NOT_ONE_OF, "goals.1"),
        ({"goals": ["placed", 1]}, F.NOT_A_TEXT, "goals.1"),
        ({"goals": ["placed", "points", "placed"]}, F.DUPLICATE, "goals"),
        ({"goals": ["parity"]}, F.PARITY_MISSING, "parity"),
        ({"goals": ["parity"], "parity": None}, F.PARITY_MISSING, "parity"),
        ({"goals": ["parity"], "parity": {"gap": 5}}, F.VALUE_MISSING, "parity.groups"),
        ({"parity": {"gap": 5}}, F.VALUE_MISSING, "parity.groups"),
        ({"parity": {"groups": "age_band"}}, F.VALUE_MISSING, "parity.gap"),
        ({"parity": {**AGES, "groups": "gender"}}, F.NOT_ONE_OF, "parity.groups"),
        ({"parity": {**AGES, "groups": 1}}, F.NOT_A_TEXT, "parity.groups"),
        ({"parity": {**AGES, "gap": 101}}, F.OUT_OF_RANGE, "parity.gap"),
        ({"parity": {**AGES, "gap": 2.5}}, F.NOT_A_WHOLE_NUMBER, "parity.gap"),
        ({"parity": {**AGES, "smallest_group": 0}}, F.OUT_OF_RANGE, "parity.smallest_group"),
        ({"parity": {**AGES, "smallest": 5}}, F.UNKNOWN_KEY, "parity.smallest"),
        ({"parity": 5}, F.NOT_A_TABLE, "parity"),
        ({"parity": []}, F.NOT_A_TABLE, "parity"),
        ({"unknown_needs": "allow"}, F.NOT_ONE_OF, "unknown_needs"),
        ({"horizon_days": 0}, F.OUT_OF_RANGE, "horizon_days"),
        ({"horizon_days": None}, F.NOT_A_WHOLE_NUMBER, "horizon_days"),
        ({"survey_max_age_days": -1}, F.OUT_OF_RANGE, "survey_max_age_days.default"),
        ({"survey_max_age_days": 1.5}, F.NOT_A_WHOLE_NUMBER, "survey_max_age_days.default"),
        ({"survey_max_age_days": {"lift": 1}}, F.UNKNOWN_KEY, "survey_max_age_days.lift"),
        ({"require_equal_treatment": "yes"}, F.NOT_ONE_OF, "require_equal_treatment"),
        ({"require_equal_treatment": 1}, F.NOT_ONE_OF, "require_equal_treatment"),
        ({"supervisor_starts": -1}, F.OUT_OF_RANGE, "supervisor_starts"),
    ],
)
def test_a_fault_names_its_key(document: dict[str, object], code: FaultCode, key: str) -> None:
    """One thing wrong is one fault, with the path of its key."""
    assert faults_of(document) == [(code, key)]


def test_all_faults_come_together() -> None:
    """Whoever mends a policy sees everything at once."""
    wrong = {"weights": {"wish": 44}, "horizon_days": "ninety", "goals": ["x", "points"], "new": 1}
    assert set(faults_of(wrong)) == {
        (F.WEIGHTS_SUM, "weights"),
        (F.NOT_A_WHOLE_NUMBER, "horizon_days"),
        (F.NOT_ONE_OF, "goals.0"),
        (F.UNKNOWN_KEY, "new"),
    }


def test_settings_that_are_missing_come_with_the_other_faults() -> None:
    """Parity is listed and says nothing of itself; and the weights do not add up."""
    wrong = {"goals": ["placed", "parity"], "weights": {"wish": 44}, "new": 1}
    assert set(faults_of(wrong)) == {
        (F.PARITY_MISSING, "parity"),
        (F.WEIGHTS_SUM, "weights"),
        (F.UNKNOWN_KEY, "new"),
    }


def test_an_unknown_goal_is_told_which_there_are() -> None:
    """All seven, the optional ones too; of groups all three, and gender is none."""
    with pytest.raises(PolicyError) as error:
        policy_of({"goals": ["happy"], "parity": {"groups": "gender", "gap": 0}}, "p")
    assert [(fault.value, fault.params["expected"]) for fault in error.value.faults] == [
        ("happy", ", ".join(GoalName)),
        ("gender", "association, municipality, age_band"),
    ]


def test_a_fault_tells_what_was_expected() -> None:
    """The value, and what would have been right."""
    with pytest.raises(PolicyError) as error:
        policy_of({"unknown_needs": "allow", "horizon_days": 0, "weights": {"wish": 44}}, "p")
    told = {fault.code: (fault.value, dict(fault.params)) for fault in error.value.faults}
    assert told == {
        F.NOT_ONE_OF: ("allow", {"expected": "exclude, check"}),
        F.OUT_OF_RANGE: ("0", {"low": 1, "high": 3650}),
        F.WEIGHTS_SUM: (None, {"sum": 99, "expected": 100}),
    }


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b'horizon_days = 90\ngoals = ["placed"\n[weights]\n', F.NOT_TOML, 3),
        (b"horizon_days = 90\nhorizon_days = 91\n", F.NOT_TOML, 2),
        (b'goals = ["\xff"]', F.NOT_TOML, None),
        (b"a = " + b"[" * 5000, F.NOT_TOML, None),
        (b"horizon_days = " + b"9" * 5000, F.NOT_TOML, None),
        (b"#" * 1_000_001, F.TOO_LARGE, None),
    ],
    ids=["unclosed", "key twice", "not utf-8", "deep", "many digits", "large"],
)
def test_a_file_that_is_no_toml(
    tmp_path: Path, content: bytes, code: FaultCode, row: int | None
) -> None:
    """What is no TOML is told with its line, where there is one."""
    path = tmp_path / "policy.toml"
    path.write_bytes(content)
    with pytest.raises(PolicyError) as error:
        read_policy(path)
    (fault,) = error.value.faults
    assert (fault.code, fault.table, fault.row) == (code, "policy.toml", row)


def test_a_number_too_large_to_write_out(tmp_path: Path) -> None:
    """In hexadecimal digits a file may hold it, and its beginning is shown."""
    path = tmp_path / "policy.toml"
    path.write_text("horizon_days = 0x" + "f" * 5000, "utf-8")
    with pytest.raises(PolicyError) as error:
        read_policy(path)
    (fault,) = error.value.faults
    assert (fault.code, fault.value) == (F.OUT_OF_RANGE, "0x" + "f" * 58)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A policy that was asked for and is missing is a fault, never the default."""
    with pytest.raises(PolicyError) as error:
        read_policy(tmp_path / "policy.toml")
    assert error.value.faults[0].code is F.FILE_MISSING
