"""Jobs: where they are, told once or as it changes; and asking that one be stopped."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import texts
from api.domain import ImportFault as UploadFault
from api.domain import Principal, RefusalCode
from api.doorway import Asking, AtStore, Paging, Reading, Writing, links
from api.problems import language_of
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.jobs import JOB, Import, ImportFault, Job, Progress, TravelBuilt
from api.store import Store, audit, jobs
from api.store.jobs import OVER, JobState, Kind
from api.store.tables import JobRow
from api.texts import Language

router = APIRouter(tags=["jobs"])

JobId = Annotated[UUID, Path(alias="jobId", examples=[JOB])]
GLANCE = 0.5
"""Seconds between two looks at a job whose progress is followed."""
LONGEST = 600.0
"""Seconds that a stream lasts; a browser opens another by itself."""
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "``progress`` as it changes, then ``over``; each holds a job."}
}
STARTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "It waits for a worker",
        "headers": {"Location": {"schema": {"type": "string"}}},
    }
}


def shown(row: JobRow, language: Language) -> Job:
    """A job on the wire."""
    result = row.result or {}
    return Job(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # the database holds these words alone
        state=row.state,  # type: ignore[arg-type]  # as above
        progress=Progress(**row.progress) if row.progress else None,
        plan_id=result.get("planId"),
        travel=_built(row),
        fault=row.fault,
        fault_detail=row.fault and texts.say(language, f"job_faults.{row.fault}"),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def _built(row: JobRow) -> TravelBuilt | None:
    done = row.kind == Kind.TRAVEL and row.state == JobState.DONE
    return TravelBuilt.model_validate(row.result) if done else None


def shown_import(row: JobRow, language: Language) -> Import:
    """An import on the wire, with every fault as a code and as a sentence."""
    result = row.result or {}
    return Import(
        **shown(row, language).model_dump(),
        new=result.get("new", {}),
        changed=result.get("changed", {}),
        unshared=result.get("unshared", 0),
        ignored=tuple(result.get("ignored", ())),
        faults=tuple(_faults(result.get("faults", ()), language)),
        faults_left_out=result.get("leftOut", 0),
    )


def _faults(found: Iterable[dict[str, Any]], language: Language) -> Iterator[ImportFault]:
    for document in found:
        fault = UploadFault(**document)
        yield ImportFault(
            table=fault.table,
            row=fault.row,
            column=fault.column,
            code=fault.code,
            detail=texts.import_sentence(fault, language),
        )


@router.get("/jobs", operation_id="listJobs")
def list_jobs(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[Job]:
    """Your jobs, newest first; to a coordinator also the plans and insight of colleagues."""
    rows, total = jobs.of_somebody(unit, who, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(shown(row, language_of(request)) for row in rows)
    return Page[Job](items=items, total=total, limit=window.limit, offset=window.offset)


@router.get("/jobs/{jobId}", operation_id="readJob", responses=refusals(RefusalCode.NOT_FOUND))
def read_job(who: Asking, unit: Reading, job: JobId, request: Request) -> Job:
    """Where a job is, and how far."""
    return shown(jobs.own(unit, who, job), language_of(request))


def _followed(who: Asking, unit: Reading, job: JobId) -> UUID:
    """A job that there is: said before the stream begins."""
    return jobs.own(unit, who, job).id


@router.get(
    "/jobs/{jobId}/progress",
    operation_id="followJob",
    response_class=EventSourceResponse,
    responses=EVENTS | refusals(RefusalCode.NOT_FOUND),
)
async def follow_job(
    who: Asking, store: AtStore, followed: Annotated[UUID, Depends(_followed)], request: Request
) -> AsyncIterator[ServerSentEvent]:
    """A job's progress as server-sent events; without JavaScript, read the job again instead."""
    language, before = language_of(request), None
    for _ in range(int(LONGEST / GLANCE)):
        now = await run_in_threadpool(glance, store, who, followed, language)
        over = JobState(now.state) in OVER
        if now != before:
            yield ServerSentEvent(
                raw_data=now.model_dump_json(), event="over" if over else "progress"
            )
        if over:
            return
        before = now
        await asyncio.sleep(GLANCE)


def glance(store: Store, who: Principal, job: UUID, language: Language) -> Job:
    """A job as it is now."""
    with store.reading() as unit:
        return shown(jobs.own(unit, who, job), language)


@router.post(
    "/jobs/{jobId}/cancellation",
    operation_id="cancelJob",
    status_code=202,
    responses=refusals(RefusalCode.NOT_FOUND, RefusalCode.WRONG_STATE),
)
def cancel_job(who: Asking, unit: Writing, job: JobId, request: Request) -> Job:
    """Ask that a job be stopped: at once where it waits, in a second or so where it runs."""
    row = jobs.own(unit, who, job)
    jobs.cancel(unit, row)
    audit.note(unit, who, "job.cancel", f"job:{row.id}", kind=str(Kind(row.kind)))
    return shown(row, language_of(request))
