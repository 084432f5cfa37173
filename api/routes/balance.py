"""The balance (balans): what has happened to whom, released so that nobody can be found in it."""

import io
import zipfile
from typing import Any

from fastapi import APIRouter, Request, Response

from api.domain import Refusal, RefusalCode
from api.doorway import Asking, OnceOnly, Reading, Writing
from api.problems import language_of
from api.routes.answering import InLanguage
from api.routes.jobs import STARTED, shown
from api.routes.responses import refusals
from api.schemas.balance import Balance
from api.schemas.jobs import Job
from api.store import Session, audit, jobs, releases
from api.store.jobs import Kind

router = APIRouter(tags=["balance"])

HTML, ZIP = "text/html", "application/zip"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
)
"""A report is one file, whose style stands in it; it runs nothing and loads nothing."""


def _had(kind: str, what: str) -> dict[int | str, dict[str, Any]]:
    """What can be had, as the document says it."""
    schema: dict[str, Any] = {"type": "string"}
    if kind != HTML:
        schema["format"] = "binary"
    return {200: {"content": {kind: {"schema": schema}}, "description": what}}


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


@router.get(
    "/balance/report",
    operation_id="exportBalanceReport",
    response_class=Response,
    responses=_had(HTML, "One page with pictures and tables, which needs nothing else")
    | refusals(RefusalCode.NOT_FOUND),
)
def export_report(_: Asking, unit: Reading, language: InLanguage) -> Response:
    """The newest release as a page to read and print, in the language that is asked for."""
    number, reports = _newest(unit)
    with zipfile.ZipFile(io.BytesIO(reports)) as made:
        page = made.read(f"{language}/report.html")
    headers = {"Content-Security-Policy": REPORT_POLICY, "Content-Language": str(language)}
    return Response(page, headers=headers | _named(number, "html"), media_type=HTML)


@router.get(
    "/balance/workbook",
    operation_id="exportBalanceWorkbook",
    response_class=Response,
    responses=_had(WORKBOOK, "An Excel workbook") | refusals(RefusalCode.NOT_FOUND),
)
def export_workbook(_: Asking, unit: Reading, language: InLanguage) -> Response:
    """The newest release as a workbook: a sheet for each table."""
    number, reports = _newest(unit)
    with zipfile.ZipFile(io.BytesIO(reports)) as made:
        book = made.read(f"{language}/workbook.xlsx")
    return Response(book, headers=_named(number, "xlsx"), media_type=WORKBOOK)


@router.get(
    "/balance/tables",
    operation_id="exportBalanceTables",
    response_class=Response,
    responses=_had(ZIP, "A zip of CSV files") | refusals(RefusalCode.NOT_FOUND),
)
def export_tables(_: Asking, unit: Reading, language: InLanguage) -> Response:
    """The newest release as CSV tables: those of the report, and every cell by its codes."""
    number, reports = _newest(unit)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(reports)) as made,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as chosen,
    ):
        for name in made.namelist():
            if name.startswith(f"{language}/tables/"):
                chosen.writestr(name.rpartition("/")[2], made.read(name))
    return Response(packed.getvalue(), headers=_named(number, "zip"), media_type=ZIP)


def _newest(unit: Session) -> tuple[int, bytes]:
    found = releases.reports(unit)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def _named(number: int, kind: str) -> dict[str, str]:
    how = "inline" if kind == "html" else "attachment"
    return {"Content-Disposition": f'{how}; filename="steget-balance-{number}.{kind}"'}


@router.get("/balance", operation_id="readBalance", responses=refusals(RefusalCode.NOT_FOUND))
def read_balance(_: Asking, unit: Reading) -> Balance:
    """The newest release, of all organisations together; nothing is found where there is none."""
    row = jobs.newest_done(unit, Kind.BALANCE, None)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return Balance.model_validate(
        (row.result or {}) | {"job_id": row.id, "released_at": row.finished_at}
    )
