"""A plan as a folder: the same bytes for the same plan, and never half of one."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.dataset import PlanFile, PlanReport, csv_files, plan_files, read_plan, write_plan
from matcher.domain import OpeningId, ParticipantId, Sessions, sessions_of
from matcher.errors import FaultCode, PlanFilesError
from matcher.outcome import Assignment, Cause, Goal, Outcome, Plan, Status, Unplaced
from matcher.policy import GoalName, Policy

F = FaultCode
ASSIGNMENTS = (
    Assignment(
        participant_id=ParticipantId("P1"),
        opening_id=OpeningId("O2"),
        starts_on=date(2026, 12, 1),
        sessions=sessions_of(("fri_pm", "mon_am")),
        travel_minutes=0,
        points=815,
        norm_goal_met=True,
    ),
    Assignment(
        participant_id=ParticipantId("P2"),
        opening_id=OpeningId("O2"),
        starts_on=None,
        sessions=Sessions(0),
        travel_minutes=None,
        points=None,
        norm_goal_met=False,
        pinned=True,
    ),
)
UNPLACED = (
    Unplaced(
        participant_id=ParticipantId("P3"),
        cause=Cause.NO_ELIGIBLE_OPENING,
        nearest="TRAVEL_TOO_LONG:52@O12",
    ),
    Unplaced(participant_id=ParticipantId("P4"), cause=Cause.OPENINGS_FULL),
)
TABLE = """\
participant_id,opening_id,starts_on,sessions,travel_minutes,points,norm_goal_met,pinned
P1,O2,2026-12-01,mon_am;fri_pm,0,815,yes,no
P2,O2,,,,,no,yes
"""
OTHERS = """\
participant_id,cause,nearest
P3,no_eligible_opening,TRAVEL_TOO_LONG:52@O12
P4,openings_full,
"""


@pytest.fixture
def report() -> PlanReport:
    """A plan for four people: one placed, one pinned, two left."""
    return PlanReport(
        outcome=Outcome(
            status=Status.FEASIBLE,
            plan=Plan(assignments=ASSIGNMENTS[::-1], unplaced=UNPLACED[::-1]),
            goals=(
                Goal(name=GoalName.PLACED, value=1, bound=1),
                Goal(name=GoalName.POINTS, value=815, bound=820),
            ),
            cut=True,
            seconds={"pairs": 0.12345, "solve": 2.0},
        ),
        plan_date=date(2026, 12, 1),
        policy=Policy(horizon_days=30, goals=(GoalName.PLACED, GoalName.POINTS)),
        digest="0f" * 32,
        participants=5,
    )


@pytest.fixture
def folder(report: PlanReport, tmp_path: Path) -> Path:
    """That plan, written."""
    write_plan(tmp_path / "plan", report)
    return tmp_path / "plan"


def faults_of(folder: Path) -> list[tuple[FaultCode, str, int | None, str | None]]:
    """Where and what is wrong with a plan folder."""
    with pytest.raises(PlanFilesError) as error:
        read_plan(folder)
    return [(fault.code, fault.table, fault.row, fault.column) for fault in error.value.faults]


def test_the_tables_of_a_plan(folder: Path) -> None:
    """Sorted by participant, half-days in the order of the week, empty for what is not known."""
    assert (folder / "assignments.csv").read_bytes() == TABLE.encode()
    assert (folder / "unplaced.csv").read_bytes() == OTHERS.encode()
    assert sorted(file.name for file in folder.iterdir()) == [
        "assignments.csv",
        "summary.json",
        "unplaced.csv",
    ]


def test_the_summary_of_a_plan(folder: Path) -> None:
    """What the plan was made from, what it came to, and with what."""
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    versions = summary.pop("versions")
    assert {"python", "ortools", "numpy", "steget"} <= set(versions)
    assert summary.pop("policy")["horizon_days"] == 30
    assert summary == {
        "schema_version": 1,
        "plan_date": "2026-12-01",
        "digest": "0f" * 32,
        "status": "feasible",
        "cut": True,
        "goals": [
            {"name": "placed", "value": 1, "bound": 1},
            {"name": "points", "value": 815, "bound": 820},
        ],
        "participants": 5,
        "looking": 3,
        "placed": 1,
        "pinned": 1,
        "seconds": {"pairs": 0.123, "solve": 2.0},
    }


def test_a_package_that_is_not_installed_has_no_version(
    report: PlanReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary tells what was there, and makes nothing up."""
    monkeypatch.setattr(plan_files, "PACKAGES", ("numpy", "no-such-package"))
    write_plan(tmp_path / "plan", report)
    summary = json.loads((tmp_path / "plan" / "summary.json").read_text("utf-8"))
    assert list(summary["versions"]) == ["python", "numpy"]


def test_a_plan_comes_back(folder: Path, report: PlanReport) -> None:
    """What was written is read, with what is needed to verify it."""
    assert read_plan(folder) == PlanFile(
        plan=Plan(assignments=ASSIGNMENTS, unplaced=UNPLACED),
        goals=report.outcome.goals,
        plan_date=report.plan_date,
        policy=report.policy,
        digest=report.digest,
        status=Status.FEASIBLE,
        cut=True,
    )


STABLE = Policy(goals=(GoalName.PLACED, GoalName.STABILITY))


def test_a_plan_with_a_former_one_comes_back(report: PlanReport, tmp_path: Path) -> None:
    """The summary tells of the former plan by its digest; without one it does not speak of it."""
    goals = (report.outcome.goals[0], Goal(name=GoalName.STABILITY, value=0, bound=1))
    outcome = replace(report.outcome, goals=goals)
    kept = replace(report, policy=STABLE, outcome=outcome, former="1e" * 32)
    write_plan(tmp_path / "plan", kept)
    summary = json.loads((tmp_path / "plan" / "summary.json").read_text("utf-8"))
    assert summary["former"] == "1e" * 32
    assert read_plan(tmp_path / "plan").former == "1e" * 32


def test_a_former_plan_that_is_not_named_is_told(report: PlanReport, tmp_path: Path) -> None:
    """Nobody could judge what was kept."""
    goals = (report.outcome.goals[0], Goal(name=GoalName.STABILITY, value=0, bound=1))
    unnamed = replace(report, policy=STABLE, outcome=replace(report.outcome, goals=goals))
    write_plan(tmp_path / "plan", unnamed)
    assert faults_of(tmp_path / "plan") == [(F.VALUE_MISSING, "summary.json", None, "former")]


def test_a_plan_of_nobody(report: PlanReport, tmp_path: Path) -> None:
    """An empty plan is a plan."""
    nobody = Plan(assignments=(), unplaced=())
    goals = tuple(replace(goal, value=0, bound=0) for goal in report.outcome.goals)
    empty = replace(report.outcome, plan=nobody, goals=goals, status=Status.OPTIMAL)
    write_plan(tmp_path / "deep" / "plan", replace(report, outcome=empty))
    assert read_plan(tmp_path / "deep" / "plan").plan == empty.plan


def test_without_a_plan_nothing_is_written(report: PlanReport, tmp_path: Path) -> None:
    """An outcome without a plan is no plan folder."""
    nothing = replace(report, outcome=Outcome(status=Status.NOTHING_FOUND, plan=None))
    with pytest.raises(ValueError, match="without a plan"):
        write_plan(tmp_path / "plan", nothing)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_is_written_over_another(folder: Path, report: PlanReport) -> None:
    """The old plan goes, what else lies in the folder stays."""
    (folder / "notes.txt").write_text("kvar", "utf-8")
    plan = Plan(assignments=ASSIGNMENTS[:1], unplaced=())
    write_plan(folder, replace(report, outcome=replace(report.outcome, plan=plan)))
    assert read_plan(folder).plan == plan
    assert (folder / "notes.txt").read_text("utf-8") == "kvar"
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("after", [0, 1])
def test_a_writing_that_dies_leaves_no_plan(
    report: PlanReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool, after: int
) -> None:
    """Whenever it dies, what is left is not taken for a plan, and no old summary for a new one."""
    if there:
        write_plan(tmp_path / "plan", report)
    written: list[object] = []
    write = csv_files.write_csv

    def dies(*args: object) -> None:
        if len(written) == after:
            raise KeyboardInterrupt
        written.append(args)
        write(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(plan_files, "write_csv", dies)
    with pytest.raises(KeyboardInterrupt):
        write_plan(tmp_path / "plan", report)
    assert (tmp_path / "plan").exists() == there
    assert [path.name for path in tmp_path.iterdir()] == ["plan"] * there
    code = F.FILE_MISSING if there else F.FOLDER_MISSING
    assert faults_of(tmp_path / "plan")[0][0] is code


def test_files_that_are_missing_are_told(folder: Path) -> None:
    """All three, together."""
    for file in list(folder.iterdir()):
        file.unlink()
    assert faults_of(folder) == [
        (F.FILE_MISSING, "summary.json", None, None),
        (F.TABLE_MISSING, "assignments", None, None),
        (F.TABLE_MISSING, "unplaced", None, None),
    ]


def test_cells_that_are_wrong_are_told(folder: Path) -> None:
    """A cell that no plan of ours has is told as one of a data set would be."""
    path = folder / "assignments.csv"
    path.write_text(TABLE.replace("815", "1815").replace("no,yes", "no,"), "utf-8")
    (folder / "unplaced.csv").write_text(OTHERS.replace("openings_full", "bored"), "utf-8")
    assert faults_of(folder) == [
        (F.OUT_OF_RANGE, "assignments", 2, "points"),
        (F.VALUE_MISSING, "assignments", 3, "pinned"),
        (F.NOT_ONE_OF, "unplaced", 3, "cause"),
    ]


def test_a_table_that_is_torn_is_told(folder: Path) -> None:
    """A row cut short, or a file that is no text."""
    (folder / "assignments.csv").write_text(TABLE[:-8], "utf-8")
    (folder / "unplaced.csv").write_bytes(b"\xff\xfe")
    assert faults_of(folder) == [
        (F.ROW_LENGTH, "assignments", 3, None),
        (F.TABLE_NOT_UTF8, "unplaced", 1, None),
    ]


@pytest.mark.parametrize(
    ("new", "code", "key"),
    [
        ({"digest": "x"}, F.NOT_A_TEXT, "digest"),
        ({"former": "x"}, F.NOT_A_TEXT, "former"),
        ({"former": "0f" * 32}, F.VALUE_UNEXPECTED, "former"),
        ({"schema_version": 2}, F.NOT_ONE_OF, "schema_version"),
        ({"plan_date": "today"}, F.NOT_A_DATE, "plan_date"),
        ({"plan_date": None}, F.NOT_A_DATE, "plan_date"),
        ({"status": "splendid"}, F.NOT_ONE_OF, "status"),
        ({"goals": {}}, F.NOT_A_LIST, "goals"),
        (
            {"goals": [{"name": "placed", "value": 1.5, "bound": 2}]},
            F.NOT_A_WHOLE_NUMBER,
            "goals.0.value",
        ),
        ({"policy": []}, F.NOT_A_TABLE, "policy"),
        ({"policy": {"speed": 1}}, F.UNKNOWN_KEY, "policy.speed"),
    ],
    ids=str,
)
def test_a_summary_that_is_wrong_is_told(
    folder: Path, new: dict[str, object], code: FaultCode, key: str
) -> None:
    """With the path of its key, the policy's too."""
    path = folder / "summary.json"
    summary = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(summary | new), "utf-8")
    assert faults_of(folder) == [(code, "summary.json", None, key)]


PLACED = {"name": "placed", "value": 1, "bound": 1}
POINTS = {"name": "points", "value": 815, "bound": 820}
BEST = {**POINTS, "bound": 815}
WAITING = {"name": "waiting", "value": 1, "bound": 1}
FALSE: tuple[tuple[dict[str, object], FaultCode, str, str | None, str | int], ...] = (
    ({"goals": []}, F.GOALS_DIFFER, "goals", None, "placed, points"),
    ({"goals": [POINTS, PLACED]}, F.GOALS_DIFFER, "goals", "points, placed", "placed, points"),
    ({"goals": [PLACED] * 2}, F.GOALS_DIFFER, "goals", "placed, placed", "placed, points"),
    ({"goals": [PLACED]}, F.GOALS_DIFFER, "goals", "placed", "placed, points"),
    ({"goals": [PLACED, WAITING]}, F.GOALS_DIFFER, "goals", "placed, waiting", "placed, points"),
    ({"status": "optimal"}, F.STATUS_DIFFERS, "status", "optimal", "feasible"),
    ({"goals": [PLACED, BEST]}, F.STATUS_DIFFERS, "status", "feasible", "optimal"),
    ({"status": "nothing_found"}, F.STATUS_DIFFERS, "status", "nothing_found", "feasible"),
    ({"status": "infeasible"}, F.STATUS_DIFFERS, "status", "infeasible", "feasible"),
    ({"looking": 4}, F.COUNT_DIFFERS, "looking", "4", 3),
    ({"placed": 10**2000}, F.COUNT_DIFFERS, "placed", "1" + "0" * 59, 1),
    ({"pinned": -1}, F.COUNT_DIFFERS, "pinned", "-1", 1),
)


@pytest.mark.parametrize("case", FALSE, ids=lambda case: f"{case[2]} {case[3]}"[:60])
def test_a_summary_that_does_not_bear_out_its_claims_is_told(
    folder: Path, case: tuple[dict[str, object], FaultCode, str, str | None, str | int]
) -> None:
    """Goals are the policy's, the status follows from them, and the counts from the tables."""
    new, *told, expected = case
    path = folder / "summary.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | new), "utf-8")
    with pytest.raises(PlanFilesError) as error:
        read_plan(folder)
    (fault,) = error.value.faults
    assert [fault.code, fault.column, fault.value] == told
    assert (fault.table, fault.params) == ("summary.json", {"expected": expected})


def test_a_summary_may_do_without_counts(folder: Path) -> None:
    """They only inform; but one that is there is a number."""
    path = folder / "summary.json"
    summary = json.loads(path.read_text("utf-8"))
    for name in ("looking", "placed", "pinned"):
        del summary[name]
    path.write_text(json.dumps(summary), "utf-8")
    assert read_plan(folder).plan.assignments == ASSIGNMENTS
    path.write_text(json.dumps(summary | {"placed": None}), "utf-8")
    assert faults_of(folder) == [(F.NOT_A_WHOLE_NUMBER, "summary.json", None, "placed")]


def test_a_false_claim_and_a_false_count_come_together(folder: Path) -> None:
    """Of a table that cannot be read nothing is counted."""
    path = folder / "summary.json"
    summary = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(summary | {"status": "optimal", "placed": 7}), "utf-8")
    assert [code for code, *_ in faults_of(folder)] == [F.STATUS_DIFFERS, F.COUNT_DIFFERS]
    (folder / "unplaced.csv").unlink()
    assert [code for code, *_ in faults_of(folder)] == [F.STATUS_DIFFERS, F.TABLE_MISSING]


def test_a_summary_that_lacks_something_is_told(folder: Path) -> None:
    """What verifying needs must be there."""
    path = folder / "summary.json"
    path.write_text('{"schema_version": 1, "plan_date": "2026-12-01", "cut": false}', "utf-8")
    assert faults_of(folder) == [
        (F.VALUE_MISSING, "summary.json", None, key)
        for key in ("policy", "digest", "status", "goals")
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000], ids=["empty", "cut", "no text", "deep"]
)
def test_a_summary_that_is_no_json(folder: Path, content: bytes) -> None:
    """A file that was cut, or never was one."""
    (folder / "summary.json").write_bytes(content)
    assert faults_of(folder) == [(F.NOT_JSON, "summary.json", None, None)]


def test_a_summary_beyond_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than any summary is not read."""
    monkeypatch.setattr(plan_files, "MAX_SUMMARY_BYTES", 10)
    assert faults_of(folder) == [(F.TOO_LARGE, "summary.json", None, None)]
