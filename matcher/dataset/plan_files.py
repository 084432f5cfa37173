"""A plan as a folder: what is proposed, who is left, and a summary of how it came about.

``summary.json`` is what makes a folder a plan: it goes first and comes last, so that a process
killed half-way leaves no plan, never half of one.
"""

import json
import platform
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.dataset.csv_files import read_csv, write_csv
from matcher.dataset.echo import readable
from matcher.dataset.export import table_of
from matcher.dataset.files import content, refusal
from matcher.dataset.parse import Sheet, parse
from matcher.dataset.policy_file import faults_of, policy_document, policy_of
from matcher.dataset.schema import PLAN_TABLES, QUESTIONS, AskedAbout
from matcher.dataset.tables import MAX_BYTES, replacing, speaking_of
from matcher.domain import Need, OpeningId, ParticipantId, Sessions
from matcher.errors import Fault, FaultCode, PlanFilesError, PolicyError
from matcher.outcome import Assignment, Goal, Outcome, Plan, Status, Unplaced
from matcher.policy import GoalName, Policy

SCHEMA_VERSION = 1
SUMMARY = "summary.json"
MAX_SUMMARY_BYTES = 10_000_000
PACKAGES = ("steget", "ortools", "numpy", "scipy", "pandas", "pyarrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """What a plan folder tells: the outcome, and what it was made from.

    ``digest`` is the data set's, ``participants`` how many it has, looking or not. ``former`` is
    the digest of the former plan that the goal ``stability`` keeps to, where the policy lists it.
    ``journeys``: who is placed where no journey without steps is known, though they need one.
    """

    outcome: Outcome
    plan_date: date
    policy: Policy
    digest: str
    participants: int
    former: str | None = None
    journeys: tuple[tuple[ParticipantId, OpeningId], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as it was read from its folder."""

    plan: Plan
    goals: tuple[Goal, ...]
    plan_date: date
    policy: Policy
    digest: str
    status: Status
    cut: bool
    former: str | None = None


def write_plan(folder: Path | str, report: PlanReport) -> None:
    """Write a plan; the same plan gives the same two tables, byte for byte.

    A folder that is not there yet appears whole, at one stroke. In one that is, the files of the
    plan are replaced and others left alone.

    Raises:
        ValueError: the outcome has no plan.
    """
    folder = Path(folder)
    plan = report.outcome.plan
    if plan is None:
        raise ValueError("an outcome without a plan cannot be written")
    summary = json.dumps(_summary(report, plan), ensure_ascii=False, indent=2) + "\n"
    if folder.exists():
        folder.joinpath(SUMMARY).unlink(missing_ok=True)
        _write(folder, report, plan, summary)
        return
    temporary = folder.with_name(f".{folder.name}-{secrets.token_hex(8)}")
    with speaking_of(folder, temporary):
        temporary.mkdir(parents=True)
        try:
            _write(temporary, report, plan, summary)
            temporary.rename(folder)
        except BaseException:
            for file in temporary.iterdir():
                file.unlink()
            temporary.rmdir()
            raise


def read_plan(folder: Path | str) -> PlanFile:
    """The plan in a folder.

    Raises:
        PlanFilesError: with every fault of its files.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise PlanFilesError((Fault(code=FaultCode.FOLDER_MISSING, table=folder.name),))
    faults: list[Fault] = []
    summary = _read_summary(folder / SUMMARY, faults)
    policy = _policy(summary, faults)
    plan = _read_tables(folder, faults)
    if summary is not None and plan is not None:
        faults += _miscounted(summary, plan)
    if summary is None or policy is None or plan is None or faults:
        raise PlanFilesError(tuple(faults))
    return PlanFile(
        plan=plan,
        goals=tuple(Goal(**goal.model_dump()) for goal in summary.goals),
        plan_date=summary.plan_date,
        policy=policy,
        digest=summary.digest,
        status=summary.status,
        cut=summary.cut,
        former=summary.former,
    )


def read_assignments(folder: Path) -> tuple[Assignment, ...]:
    """The assignments of the plan in a folder, whatever else is there.

    Raises:
        PlanFilesError: with every fault of the table.
    """
    if not folder.is_dir():
        raise PlanFilesError((Fault(code=FaultCode.FOLDER_MISSING, table=folder.name),))
    faults: list[Fault] = []
    sheet = _read_sheet(folder, "assignments", faults)
    if sheet is None or faults:
        raise PlanFilesError(tuple(faults))
    return tuple(_assignment(cells) for cells in sheet.records())


def _write(folder: Path, report: PlanReport, plan: Plan, summary: str) -> None:
    _write_table(folder, "assignments", plan.assignments)
    _write_table(folder, "unplaced", plan.unplaced)
    _write_questions(folder, report, plan)
    with replacing(folder / SUMMARY) as target:
        target.write_text(summary, encoding="utf-8", newline="\n")


def _write_table(folder: Path, name: str, items: Iterable[Assignment | Unplaced]) -> None:
    schema = PLAN_TABLES[name]
    names = [column.name for column in schema.columns]
    ordered = sorted(items, key=lambda item: item.participant_id)
    records = [{name: getattr(item, name) for name in names} for item in ordered]
    with replacing(folder / f"{name}.csv") as target:
        write_csv(table_of(records, schema), target, schema)


def _write_questions(folder: Path, report: PlanReport, plan: Plan) -> None:
    """One row for each need to ask about; no file when there is nothing to ask.

    Of journeys without steps too, where the policy allows a plan with something left to ask.
    """
    file = folder / f"{QUESTIONS.name}.csv"
    ordered = sorted(plan.assignments, key=lambda a: a.participant_id)
    rows = [
        (a.participant_id, a.opening_id, need, AskedAbout.SITE) for a in ordered for need in a.ask
    ]
    if report.policy.unknown_needs == "check":
        rows += [(*pair, Need.STEP_FREE, AskedAbout.JOURNEY) for pair in report.journeys]
    names = [column.name for column in QUESTIONS.columns]
    records = [dict(zip(names, row, strict=True)) for row in sorted(rows, key=_first)]
    file.unlink(missing_ok=True)
    if records:
        with replacing(file) as target:
            write_csv(table_of(records, QUESTIONS), target, QUESTIONS)


def _first(row: tuple[ParticipantId, OpeningId, Need, AskedAbout]) -> ParticipantId:
    return row[0]


def _summary(report: PlanReport, plan: Plan) -> dict[str, object]:
    outcome = report.outcome
    return {
        "schema_version": SCHEMA_VERSION,
        "plan_date": report.plan_date.isoformat(),
        "policy": policy_document(report.policy),
        "digest": report.digest,
        **({} if report.former is None else {"former": report.former}),
        "status": str(outcome.status),
        "cut": outcome.cut,
        "goals": [
            {"name": str(goal.name), "value": goal.value, "bound": goal.bound}
            for goal in outcome.goals
        ],
        "participants": report.participants,
        **_counts(plan),
        "seconds": {stage: round(seconds, 3) for stage, seconds in outcome.seconds.items()},
        "versions": _versions(),
    }


def _counts(plan: Plan) -> dict[str, int]:
    """How many were looking, placed, and kept as pinned."""
    pinned = sum(assignment.pinned for assignment in plan.assignments)
    placed = len(plan.assignments) - pinned
    return {"looking": placed + len(plan.unplaced), "placed": placed, "pinned": pinned}


def _versions() -> dict[str, str]:
    """What made the plan; a package that is not installed is left out."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


Count = Annotated[int, Field(strict=True)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Goal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: GoalName
    value: Count
    bound: Count


class _Summary(BaseModel):
    """What is read of ``summary.json``; what only informs may be missing."""

    model_config = ConfigDict(extra="ignore")
    schema_version: Literal[1]
    plan_date: Annotated[date, Field(strict=True)]
    policy: dict[str, object]
    digest: Digest
    former: Digest | None = None
    status: Status
    goals: list[_Goal]
    cut: Annotated[bool, Field(strict=True)] = False
    looking: Count = 0
    placed: Count = 0
    pinned: Count = 0


def _read_summary(path: Path, faults: list[Fault]) -> _Summary | None:
    try:
        code = refusal(path, MAX_SUMMARY_BYTES)
        if code is None:
            return _Summary.model_validate_json(content(path))
    except OSError:
        code = FaultCode.FILE_MISSING
    except ValidationError as error:
        broken = any(details["type"] == "json_invalid" for details in error.errors())
        if not broken:
            faults += faults_of(error, SUMMARY)
            return None
        code = FaultCode.NOT_JSON
    faults.append(Fault(code=code, table=SUMMARY))
    return None


def _policy(summary: _Summary | None, faults: list[Fault]) -> Policy | None:
    if summary is None:
        return None
    try:
        policy = policy_of(summary.policy, SUMMARY)
    except PolicyError as error:
        faults += [replace(fault, column=f"policy.{fault.column}") for fault in error.faults]
        return None
    faults += _false_claims(summary, policy)
    faults += _without_former(summary, policy)
    return policy


def _false_claims(summary: _Summary, policy: Policy) -> Iterator[Fault]:
    """Goals that are not the policy's in its order; else a status that they do not bear out."""
    goals = tuple(goal.name for goal in summary.goals)
    if goals != policy.goals:
        found, expected = readable(", ".join(goals)), ", ".join(policy.goals)
        yield _false(FaultCode.GOALS_DIFFER, "goals", found or None, expected)
        return
    proven = all(goal.value == goal.bound for goal in summary.goals)
    status = Status.OPTIMAL if proven else Status.FEASIBLE  # with a plan there is no other
    if summary.status is not status:
        yield _false(FaultCode.STATUS_DIFFERS, "status", summary.status, status)


def _without_former(summary: _Summary, policy: Policy) -> Iterator[Fault]:
    """A former plan is named if and only if the policy lists ``stability``."""
    asked = GoalName.STABILITY in policy.goals
    if asked and summary.former is None:
        yield Fault(code=FaultCode.VALUE_MISSING, table=SUMMARY, column="former")
    if summary.former is not None and not asked:
        yield Fault(code=FaultCode.VALUE_UNEXPECTED, table=SUMMARY, column="former")


def _miscounted(summary: _Summary, plan: Plan) -> Iterator[Fault]:
    """Numbers of people that are not those of the tables; one that is not given is no fault."""
    for name, expected in _counts(plan).items():
        found = getattr(summary, name)
        if name in summary.model_fields_set and found != expected:
            yield _false(FaultCode.COUNT_DIFFERS, name, readable(str(found)), expected)


def _false(code: FaultCode, key: str, found: str | None, expected: str | int) -> Fault:
    params = {"expected": expected if isinstance(expected, int) else str(expected)}
    return Fault(code=code, table=SUMMARY, column=key, value=found, params=params)


def _read_tables(folder: Path, faults: list[Fault]) -> Plan | None:
    torn: list[Fault] = []
    sheets = [_read_sheet(folder, name, torn) for name in PLAN_TABLES]
    faults += torn
    if torn:
        return None
    assignments, unplaced = ((sheet.records() if sheet else ()) for sheet in sheets)
    return Plan(
        assignments=tuple(_assignment(cells) for cells in assignments),
        unplaced=tuple(Unplaced(**cells) for cells in unplaced),
    )


def _read_sheet(folder: Path, name: str, faults: list[Fault]) -> Sheet | None:
    file, table = folder / f"{name}.csv", None
    try:
        code = refusal(file, MAX_BYTES)
        if code is None:
            table, found = read_csv(file, PLAN_TABLES[name])
            faults += found
    except OSError:
        code = FaultCode.TABLE_MISSING
    if code is not None:
        faults.append(Fault(code=code, table=name))
    if table is None:
        return None
    sheet, found = parse(table, PLAN_TABLES[name])
    faults += found
    return sheet


def _assignment(cells: Mapping[str, object]) -> Assignment:
    empty = {"starts_on": None, "sessions": Sessions(0), "travel_minutes": None, "points": None}
    return Assignment(**{**empty, **cells})  # type: ignore[arg-type]  # kinds as in the schema
