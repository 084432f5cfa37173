"""The audit, for administrators: entries, and whether the chain holds."""

import json
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime

from api.doorway import Asking, AtStore, Paging, Writing, given, links
from api.schemas import Page
from api.schemas.audit import AuditCheck, AuditFault, AuditItem
from api.store import audit
from api.store.tables import AuditEntry

router = APIRouter(tags=["audit"])

FAULTS = 100
_CODE = r"^[A-Za-z0-9_.:-]*$"


def _utc(moment: datetime) -> str:
    """As the entries write it; a moment at the end of the calendar stays where it is."""
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        found = moment.replace(tzinfo=UTC)
    return audit.written(found)


def _wanted(
    action: Annotated[
        str, Query(max_length=60, pattern=_CODE, description="As placement.offer")
    ] = "",
    subject: Annotated[
        str, Query(max_length=120, pattern=_CODE, description="The kind and the id")
    ] = "",
    since: Annotated[AwareDatetime | None, Query(description="From this moment on")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Before this moment")] = None,
) -> audit.Wanted:
    return audit.Wanted(
        action=action,
        subject=subject,
        since="" if since is None else _utc(since),
        until="" if until is None else _utc(until),
    )


def _item(entry: AuditEntry) -> AuditItem:
    return AuditItem(
        number=entry.number,
        at=entry.at,
        who=entry.who,
        action=entry.action,
        subject=entry.subject,
        detail=json.loads(entry.detail),
        hash=entry.hash,
    )


@router.get("/audit-entries", operation_id="listAuditEntries", response_model=Page[AuditItem])
def list_entries(
    who: Asking,
    unit: Writing,
    window: Paging,
    wanted: Annotated[audit.Wanted, Depends(_wanted)],
    request: Request,
) -> Response:
    """Who did what to whom, when: newest first. That you looked is noted, too."""
    rows, total = audit.entries(unit, wanted, window.limit, window.offset)
    audit.note(unit, who, "audit.list", entries=len(rows))
    items = tuple(_item(row) for row in rows)
    page = Page[AuditItem](items=items, total=total, limit=window.limit, offset=window.offset)
    return given(page, {"Link": links(request, window, total)})


@router.get("/audit-entries/verification", operation_id="verifyAudit")
def verify(who: Asking, store: AtStore) -> AuditCheck:
    """Walk the whole chain. Keep the last hash elsewhere: an owner could rewrite the chain."""
    with store.reading() as unit:
        count, last, broken = audit.verify(unit)
    with store.writing() as unit:
        audit.note(unit, who, "audit.verify", entries=count, faults=len(broken))
    return AuditCheck(
        holds=not broken,
        entries=count,
        last_hash=last,
        faults=tuple(
            AuditFault.model_validate({"number": one.number, "what": one.what})
            for one in broken[:FAULTS]
        ),
    )
