"""The balance (balans): what has happened to whom, released so that nobody can be found in it."""

from fastapi import APIRouter, Request, Response

from api.domain import Refusal, RefusalCode
from api.doorway import Asking, OnceOnly, Reading, Writing
from api.problems import language_of
from api.routes.jobs import STARTED, shown
from api.routes.responses import refusals
from api.schemas.balance import Balance
from api.schemas.jobs import Job
from api.store import audit, jobs
from api.store.jobs import Kind

router = APIRouter(tags=["balance"])


@router.post(
    "/balance",
    operation_id="startBalance",
    status_code=202,
    response_model=Job,
    responses=STARTED,
)
def start_balance(who: Asking, unit: Writing, once: OnceOnly, request: Request) -> Response:
    """Count what has happened to everybody until today; ``Location`` is the job.

    Nothing can be chosen: whoever could ask for one part and then another would find people by
    the difference. Each release knows what has been told before.
    """

    def make() -> tuple[Job, dict[str, str]]:
        row = jobs.queue(unit, who, Kind.BALANCE, {})
        audit.note(unit, who, "balance.start", f"job:{row.id}")
        place = request.app.url_path_for("read_job", jobId=row.id)
        return shown(row, language_of(request)), {"Location": str(place)}

    return once(make, 202)


@router.get("/balance", operation_id="readBalance", responses=refusals(RefusalCode.NOT_FOUND))
def read_balance(_: Asking, unit: Reading) -> Balance:
    """The newest release, of all organisations together; nothing is found where there is none."""
    row = jobs.newest_done(unit, Kind.BALANCE, None)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return Balance.model_validate(
        (row.result or {}) | {"job_id": row.id, "released_at": row.finished_at}
    )
