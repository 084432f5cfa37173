"""Insight: what would open more doors; made by a job, the newest is read."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from api.domain import Refusal, RefusalCode
from api.doorway import Asking, OnceOnly, Reading, Writing
from api.problems import language_of
from api.routes.jobs import STARTED, shown
from api.routes.responses import refusals
from api.schemas.insight import Insight, InsightAsked
from api.schemas.jobs import Job
from api.store import audit, jobs
from api.store.engine import day_of
from api.store.jobs import Kind

router = APIRouter(tags=["insight"])


@router.post(
    "/insight",
    operation_id="startInsight",
    status_code=202,
    response_model=Job,
    responses=STARTED,
)
def start_insight(
    who: Asking,
    unit: Writing,
    once: OnceOnly,
    body: Annotated[InsightAsked, Body()],
    request: Request,
) -> Response:
    """Start it: of your organisation, or, for analysts, of all. ``Location`` is the job."""

    def make() -> tuple[Job, dict[str, str]]:
        asked: dict[str, Any] = {"planDate": (body.plan_date or day_of(unit)).isoformat()}
        row = jobs.queue(unit, who, Kind.INSIGHT, asked)
        audit.note(unit, who, "insight.start", f"job:{row.id}")
        place = request.app.url_path_for("read_job", jobId=row.id)
        return shown(row, language_of(request)), {"Location": str(place)}

    return once(make, 202)


@router.get("/insight", operation_id="readInsight", responses=refusals(RefusalCode.NOT_FOUND))
def read_insight(who: Asking, unit: Reading) -> Insight:
    """The newest that is done; nothing is found where none is."""
    row = jobs.newest_done(unit, Kind.INSIGHT, who.organisation_id)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return Insight.model_validate(row.result)
