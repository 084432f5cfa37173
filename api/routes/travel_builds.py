"""Travel times: built by a job, into the store that answers and plans read."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from api.domain import Refusal, RefusalCode
from api.doorway import Asking, AtSettings, OnceOnly, Writing
from api.problems import language_of
from api.routes.jobs import STARTED, shown
from api.routes.responses import refusals
from api.schemas.jobs import Job, TravelBuildAsked
from api.store import audit, jobs
from api.store.engine import day_of
from api.store.jobs import Kind

router = APIRouter(tags=["travel"])


@router.post(
    "/travel-builds",
    operation_id="startTravelBuild",
    status_code=202,
    response_model=Job,
    responses=STARTED | refusals(RefusalCode.NO_TRAVEL_STORE),
)
def start_travel_build(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    who: Asking,
    unit: Writing,
    settings: AtSettings,
    once: OnceOnly,
    body: Annotated[TravelBuildAsked, Body()],
    request: Request,
) -> Response:
    """Compute the journeys of your organisation that are not known yet; ``Location`` is the job.

    From the areas of all who look to every site; with protected identity nothing is asked.
    """
    if settings.travel_store is None:
        raise Refusal(RefusalCode.NO_TRAVEL_STORE)

    def make() -> tuple[Job, dict[str, str]]:
        asked: dict[str, Any] = {
            "planDate": day_of(unit).isoformat(),
            "day": body.day and body.day.isoformat(),
        }
        row = jobs.queue(unit, who, Kind.TRAVEL, asked)
        audit.note(unit, who, "travel.start", f"job:{row.id}")
        place = request.app.url_path_for("read_job", jobId=row.id)
        return shown(row, language_of(request)), {"Location": str(place)}

    return once(make, 202)
