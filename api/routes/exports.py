"""Exports: the tables of a data set, with the participants that are shared with whoever asks."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Response

from api.domain import Principal
from api.doorway import Asking, AtStore
from api.exchange import outgoing
from api.store import Store, audit, moment_of
from api.store.engine import day_of

if TYPE_CHECKING:
    from matcher.dataset import Tables

router = APIRouter(tags=["exports"])

ZIP = "application/zip"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/exports/tables",
    operation_id="exportTables",
    response_class=Response,
    responses={200: {"content": {ZIP: _BINARY}, "description": "A zip of CSV files"}},
)
def export_tables(who: Asking, store: AtStore) -> Response:
    """Every place as CSV tables; for supervisors also the participants shared with them."""
    tables, moment = _tables(store, who)
    return _file(outgoing.as_zip(tables), ZIP, f"steget-tables-{moment}.zip")


@router.get(
    "/exports/workbook",
    operation_id="exportWorkbook",
    response_class=Response,
    responses={200: {"content": {WORKBOOK: _BINARY}, "description": "An Excel workbook"}},
)
def export_workbook(who: Asking, store: AtStore) -> Response:
    """The same as a workbook: a sheet for each table, with lists to choose codes from."""
    tables, moment = _tables(store, who)
    return _file(outgoing.as_workbook(tables), WORKBOOK, f"steget-{moment}.xlsx")


def _tables(store: Store, who: Principal) -> "tuple[Tables, str]":
    """What goes out, and of which second; each profile that is read is noted before it does."""
    with store.snapshot() as unit:
        problem, people = outgoing.readable(unit, who, day_of(unit))
        moment = f"{moment_of(unit):%Y%m%dT%H%M%SZ}"
    with store.writing() as unit:
        audit.note(unit, who, "export", profiles=len(people))
        for row in people:
            audit.note(unit, who, "participant.export", f"participant:{row}")
    return outgoing.tables(problem), moment


def _file(content: bytes, media_type: str, name: str) -> Response:
    how = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=how)
