"""Imports: the tables of a data set, or a workbook, brought in as a whole by a job."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, Path, Request, Response, UploadFile
from pydantic import AwareDatetime

from api.domain import Fault, Refusal, RefusalCode
from api.doorway import Asking, AtSettings, Once, Reading, Writing
from api.exchange.uploads import UploadError, UploadFault, look
from api.problems import language_of
from api.routes.jobs import STARTED, shown_import
from api.routes.responses import refusals
from api.schemas.jobs import JOB, Import
from api.store import audit, jobs
from api.store.engine import day_of
from api.store.jobs import Kind

router = APIRouter(tags=["imports"])


@router.post(
    "/imports",
    operation_id="startImport",
    status_code=202,
    response_model=Import,
    responses=STARTED | refusals(RefusalCode.NOT_VALID, RefusalCode.TOO_LARGE),
)
def start_import(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    who: Asking,
    unit: Writing,
    settings: AtSettings,
    request: Request,
    file: Annotated[UploadFile, File(description="A zip of CSV or Parquet tables, or a .xlsx")],
    plan_date: Annotated[
        date | None, Form(alias="planDate", description="The day ages are seen from; today")
    ] = None,
    unchanged_since: Annotated[
        AwareDatetime | None,
        Form(
            alias="unchangedSince",
            description="When the tables were exported: a profile that was changed later stays",
            examples=["2026-12-01T08:30:00Z"],
        ),
    ] = None,
    *,
    replace: Annotated[
        bool, Form(description="Overwrite every profile that differs, whenever it was changed")
    ] = False,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Response:
    """Bring in a data set; ``Location`` tells what came of it, or every fault together.

    Participants come to your organisation, shared with their supervisor where the login is known.
    A profile that is there, and differs, is changed only if nobody changed it since
    `unchangedSince`, which the name of an exported file says; or with `replace`.
    """
    content = file.file.read(settings.max_upload_bytes + 1)
    if len(content) > settings.max_upload_bytes:
        raise Refusal(RefusalCode.TOO_LARGE)
    _look(content)

    def make() -> tuple[Import, dict[str, str]]:
        asked: dict[str, Any] = {
            "planDate": (plan_date or day_of(unit)).isoformat(),
            "offerDays": settings.offer_days,
            "unchangedSince": unchanged_since and unchanged_since.isoformat(),
            "replace": replace,
        }
        row = jobs.queue(unit, who, Kind.IMPORT, asked, content)
        audit.note(unit, who, "import.start", f"job:{row.id}", bytes=len(content), replace=replace)
        place = request.app.url_path_for("read_import", jobId=row.id)
        return shown_import(row, language_of(request)), {"Location": str(place)}

    said = f"{request.url.path}\n{plan_date}\n{unchanged_since}\n{replace}\n".encode() + content
    return Once(unit, who, idempotency_key, said)(make, 202)


def _look(content: bytes) -> None:
    """Refuse at the door what no worker needs to open."""
    from matcher.dataset.schema import TABLES  # noqa: PLC0415 -- loads numpy

    try:
        look(content, frozenset(TABLES))
    except UploadError as error:
        large = error.fault is UploadFault.TOO_LARGE
        fault = Fault(pointer="/file", code=str(error.fault))
        code = RefusalCode.TOO_LARGE if large else RefusalCode.NOT_VALID
        raise Refusal(code, faults=(fault,)) from None


@router.get(
    "/imports/{jobId}", operation_id="readImport", responses=refusals(RefusalCode.NOT_FOUND)
)
def read_import(
    who: Asking,
    unit: Reading,
    job: Annotated[UUID, Path(alias="jobId", examples=[JOB])],
    request: Request,
) -> Import:
    """What came of an import: rows by table, or every fault; nothing is ever half brought in."""
    row = jobs.own(unit, who, job)
    if row.kind != Kind.IMPORT:
        raise Refusal(RefusalCode.NOT_FOUND)
    return shown_import(row, language_of(request))
