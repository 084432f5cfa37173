"""A former plan: read from its assignments alone, and asked for or refused."""

import hashlib
from pathlib import Path

import pytest

from matcher.dataset import (
    FormerPlan,
    PlanFile,
    check_asked,
    check_same,
    former_notices,
    read_former,
)
from matcher.dataset.notices import Notice, NoticeCode
from matcher.domain import OpeningId, ParticipantId
from matcher.errors import BadInputError, FaultCode, PlanFilesError, PolicyError
from matcher.outcome import Plan, Status
from matcher.policy import GoalName, Policy
from tests.builders import PLAN_DATE, opening, participant, problem_of

F = FaultCode
TABLE = """\
participant_id,opening_id,starts_on,sessions,travel_minutes,points,norm_goal_met,pinned
P1,O2,2026-12-01,mon_am;fri_pm,0,815,yes,no
P2,O2,,,,,no,yes
P3,O1,2026-12-01,mon_am,10,700,no,no
"""
STABLE = Policy(goals=(GoalName.PLACED, GoalName.STABILITY))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A former plan of which only the assignments are left."""
    (tmp_path / "assignments.csv").write_text(TABLE, "utf-8")
    return tmp_path


def former(*pairs: tuple[str, str]) -> FormerPlan:
    """A former plan with these proposals."""
    known = frozenset((ParticipantId(who), OpeningId(where)) for who, where in pairs)
    return FormerPlan(proposals=known, digest="0f" * 32)


def faults_of(error: pytest.ExceptionInfo[BadInputError]) -> list[tuple[object, ...]]:
    """The code, the place and the key of each fault."""
    return [(fault.code, fault.table, fault.column) for fault in error.value.faults]


def test_its_proposals_are_read(folder: Path) -> None:
    """P1 and P3; P2 was pinned, which is no proposal. The digest is that of the file."""
    found = read_former(folder)
    assert found.proposals == {("P1", "O2"), ("P3", "O1")}
    assert found.digest == hashlib.sha256(TABLE.encode()).hexdigest()
    assert read_former(str(folder)) == found


def test_an_empty_former_plan_is_a_plan(folder: Path) -> None:
    """Nobody was proposed anything."""
    (folder / "assignments.csv").write_text(TABLE.splitlines()[0] + "\n", "utf-8")
    assert read_former(folder).proposals == frozenset()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Nor is a file a folder."""
    (tmp_path / "file").write_text("x", "utf-8")
    for name in ("nowhere", "file"):
        with pytest.raises(PlanFilesError) as error:
            read_former(tmp_path / name)
        assert faults_of(error) == [(F.FOLDER_MISSING, name, None)]


def test_a_folder_without_assignments(tmp_path: Path) -> None:
    """An empty folder is no plan in which nobody was proposed anything."""
    with pytest.raises(PlanFilesError) as error:
        read_former(tmp_path)
    assert faults_of(error) == [(F.TABLE_MISSING, "assignments", None)]


def test_every_fault_of_its_table_is_told(folder: Path) -> None:
    """A wrong cell in a former plan is a fault like any other."""
    wrong = TABLE.replace("815", "1815").replace("mon_am,10", "sun_am,10")
    (folder / "assignments.csv").write_text(wrong, "utf-8")
    with pytest.raises(PlanFilesError) as error:
        read_former(folder)
    assert {(code, column) for code, _, column in faults_of(error)} == {
        (F.OUT_OF_RANGE, "points"),
        (F.NOT_ONE_OF, "sessions"),
    }


def test_a_former_plan_and_stability_come_together() -> None:
    """Both or neither; else it is said which is missing, and the question is never changed."""
    check_asked(STABLE, former(), "policy.toml")
    check_asked(Policy(), None, "policy.toml")
    with pytest.raises(PolicyError) as error:
        check_asked(STABLE, None, "policy.toml")
    assert faults_of(error) == [(F.FORMER_MISSING, "policy.toml", "goals")]
    with pytest.raises(PolicyError) as error:
        check_asked(Policy(), former(), "policy.toml")
    assert faults_of(error) == [(F.FORMER_UNASKED, "--former", None)]


def plan_file(policy: Policy, digest: str | None) -> PlanFile:
    """An empty plan that was made with a former one of this digest."""
    return PlanFile(
        plan=Plan(assignments=(), unplaced=()),
        goals=(),
        plan_date=PLAN_DATE,
        policy=policy,
        digest="1e" * 32,
        status=Status.OPTIMAL,
        cut=False,
        former=digest,
    )


def test_the_former_plan_is_known_by_its_digest() -> None:
    """The same is taken; another, one too many and one too few are told."""
    check_same(plan_file(STABLE, "0f" * 32), former())
    check_same(plan_file(Policy(), None), None)
    with pytest.raises(PlanFilesError) as other:
        check_same(plan_file(STABLE, "2d" * 32), former())
    assert faults_of(other) == [(F.FORMER_DIFFERS, "--former", None)]
    with pytest.raises(PolicyError) as missing:
        check_same(plan_file(STABLE, "0f" * 32), None)
    assert faults_of(missing) == [(F.FORMER_MISSING, "summary.json", "goals")]
    with pytest.raises(PolicyError) as unasked:
        check_same(plan_file(Policy(), None), former())
    assert faults_of(unasked) == [(F.FORMER_UNASKED, "--former", None)]


def test_who_is_gone_is_noticed() -> None:
    """A person, an opening, and both at once: three proposals are left out, one stays."""
    problem = problem_of(participant("P1"), opening("O1"))
    pairs = (("P1", "O1"), ("P1", "O9"), ("P9", "O1"), ("P9", "O9"))
    assert list(former_notices(former(*pairs), problem)) == [
        Notice(code=NoticeCode.FORMER_UNKNOWN, table="assignments.csv", params={"rows": 3})
    ]
    assert list(former_notices(former(("P1", "O1")), problem)) == []
