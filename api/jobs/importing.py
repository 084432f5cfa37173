"""Bringing in an upload: everything of it, or nothing and every fault of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from api.exchange.uploads import MOST_ROWS, UploadError, unpacked
from api.jobs.desk import Desk, JobFaultError, Made, Told
from api.store import Session, imports
from api.store.tables import Document

if TYPE_CHECKING:
    from matcher.dataset import Dataset
    from matcher.errors import Fault

FAULTS = "dataset-faults"
CLASHES = "clashes"
NOT_ALLOWED = "not-allowed"
MOST_TOLD = 1_000
NOT_KEPT = ("travel_times", "occupations")
"""Tables that the service has from elsewhere."""
_KEYS = {
    "participants": "participant_id",
    "placements": "participant_id",
    "providers": "provider_id",
    "sites": "site_id",
    "openings": "opening_id",
}


def bring_in(desk: Desk) -> Made:
    """Read an upload, and bring it in at one stroke."""
    desk.stage("reading")
    loaded = _loaded(desk.job.content or b"", date.fromisoformat(desk.job.asked["planDate"]))
    desk.stage("writing")

    def keep(unit: Session) -> Told:
        who = imports.importer(unit, desk.job.user_id, _how(desk.job.asked))
        if who is None or who.organisation_id != desk.job.organisation_id:
            raise JobFaultError(NOT_ALLOWED)
        try:
            brought = imports.bring_in(unit, who, loaded.problem)
        except imports.ClashesError as error:
            raise JobFaultError(CLASHES, _clashes(error.clashes, loaded)) from None
        return {
            "new": dict(brought.new),
            "changed": dict(brought.changed),
            "unshared": brought.unshared,
            "ignored": [name for name in NOT_KEPT if name in loaded.tables],
        }

    return Made(keep=keep)


def _how(asked: Document) -> imports.How:
    """How it was asked to be brought in."""
    since = asked.get("unchangedSince")
    return imports.How(
        offer_days=asked["offerDays"],
        since=None if since is None else datetime.fromisoformat(since),
        replace=asked.get("replace", False),
    )


def _loaded(content: bytes, day: date) -> "Dataset":
    from matcher.dataset import load  # noqa: PLC0415 -- loads numpy and pyarrow
    from matcher.dataset.schema import TABLES  # noqa: PLC0415 -- as above
    from matcher.errors import DatasetError  # noqa: PLC0415 -- as above

    try:
        with unpacked(content, frozenset(TABLES)) as path:
            loaded = load(path, day)
    except UploadError as error:
        raise JobFaultError(FAULTS, _told([_fault(code=str(error.fault))])) from None
    except DatasetError as error:
        told = [_of_dataset(fault) for fault in error.faults]
        raise JobFaultError(FAULTS, _told(told, error.left_out)) from None
    rows = sum(len(table) for table in loaded.tables.values())
    if rows > MOST_ROWS:
        raise JobFaultError(FAULTS, _told([_fault(code="too_large")]))
    return loaded


def _of_dataset(fault: "Fault") -> Told:
    """A fault of a cell without what stands in it."""
    return _fault(
        code=str(fault.code),
        table=fault.table,
        row=fault.row,
        column=fault.column,
        params=dict(fault.params),
    )


def _clashes(clashes: Iterable[imports.Clash], loaded: "Dataset") -> Told:
    """What is in the way, by row: who or what it is stands there, and only there."""
    rows: dict[tuple[str, str], int] = {}
    for table, key in _KEYS.items():
        if table in loaded.tables:
            names = loaded.tables[table].column(key).to_pylist()
            rows |= {(table, name): at + 2 for at, name in reversed(list(enumerate(names)))}
    return _told(
        [
            _fault(
                code=clash.code,
                table=clash.table,
                row=rows.get((clash.table, clash.id)),
                column=_KEYS[clash.table],
            )
            for clash in clashes
        ]
    )


def _fault(
    *,
    code: str,
    table: str | None = None,
    row: int | None = None,
    column: str | None = None,
    params: Told | None = None,
) -> Told:
    return {"code": code, "table": table, "row": row, "column": column, "params": params or {}}


def _told(faults: list[Told], left_out: int = 0) -> Told:
    more = max(0, len(faults) - MOST_TOLD) + left_out
    return {"faults": faults[:MOST_TOLD], "leftOut": more}
