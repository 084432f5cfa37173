"""Jobs on the wire: where one is, how far, and what came of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.schemas import Wire

JOB = "5f0c1b7e-3f3f-4f0a-9b53-0a8f6a0c9d11"
PLAN = "9c5b94b1-35ad-49bb-b118-8e8fc24abf80"


class Progress(Wire):
    """How far a job is; while a plan is made, the goal with its value and at most what it can be.

    Value and bound are those of the part that is being planned. While travel times are built:
    ``done`` questions of ``of``, one for each site and way of travelling.
    """

    stage: str = Field(examples=["solve"])
    seconds: int | None = Field(default=None, examples=[4])
    goal: str | None = Field(default=None, examples=["placed"])
    value: int | None = Field(default=None, examples=[812])
    bound: int | None = Field(default=None, examples=[840])
    done: int | None = Field(default=None, examples=[120])
    of: int | None = Field(default=None, examples=[400])


class ImportFault(Wire):
    """What of an upload cannot be brought in: where it stands, and why.

    What stands there is not repeated. Rows are counted as in a spreadsheet.
    """

    table: str | None = Field(examples=["participants"])
    row: int | None = Field(examples=[14])
    column: str | None = Field(examples=["sessions_per_week"])
    code: str = Field(examples=["out_of_range"])
    detail: str = Field(examples=["participants, row 14: expected a number from 1 to 10"])


class TravelBuildAsked(Wire):
    """For which day journeys are asked: the next Tuesday, of a timetable one on which it runs."""

    day: date | None = Field(
        default=None, ge=date(2000, 1, 1), le=date(2100, 12, 31), examples=["2026-12-01"]
    )


class TravelBuilt(Wire):
    """What is known of the journeys that a build asked for, as counts.

    ``estimates`` are among ``minutes``; ``fresh``: asked for now, the others were known.
    ``sources``: who told them. ``troubles``: of servers that failed, why, and of how many
    journeys. ``withoutPoint``: participants of whom no area is known.
    """

    day: date = Field(examples=["2026-12-01"])
    fresh: int = Field(examples=[1200])
    minutes: int = Field(examples=[1150])
    estimates: int = Field(examples=[300])
    unreachable: int = Field(examples=[40])
    unknown: int = Field(examples=[10])
    without_point: int = Field(examples=[2])
    sources: Mapping[str, int] = Field(examples=[{"estimate/helsinki-2015": 300}])
    troubles: Mapping[str, Mapping[str, int]] = Field(examples=[{"valhalla": {"busy": 12}}])


class Job(Wire):
    """Something that takes time."""

    id: UUID = Field(examples=[JOB])
    kind: Literal["plan", "import", "insight", "travel", "balance"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: Progress | None = None
    plan_id: UUID | None = Field(
        default=None, description="The plan that it made", examples=[PLAN]
    )
    travel: TravelBuilt | None = Field(default=None, description="The travel times that it built")
    fault: str | None = Field(
        default=None, description="Why it failed: a code", examples=["dataset-faults"]
    )
    fault_detail: str | None = Field(default=None, description="The same as a sentence")
    created_at: datetime
    finished_at: datetime | None = None


class Import(Job):
    """An import: rows new and changed by table, or every fault of the upload.

    ``faults_left_out``: how many more there are. ``unshared``: new participants whose supervisor
    is not known here. ``ignored``: tables that the service has from elsewhere.
    """

    new: Mapping[str, int] = Field(default={}, examples=[{"participants": 12}])
    changed: Mapping[str, int] = Field(default={}, examples=[{"openings": 2}])
    unshared: int = 0
    ignored: tuple[str, ...] = ()
    faults: tuple[ImportFault, ...] = ()
    faults_left_out: int = 0
