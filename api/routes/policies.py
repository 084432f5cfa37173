"""The policy (avvägningar) of an organisation: coordinators turn it, each change with why."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from api.domain import RefusalCode
from api.doorway import Asking, IfMatch, Paging, Reading, Writing, etag, links
from api.matching import policies as documents
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas import policies as wire
from api.store import policies
from api.store.tables import Organisation

router = APIRouter(tags=["plans"])

CHANGES = refusals(
    RefusalCode.NOT_FOUND,
    RefusalCode.NOT_VALID,
    RefusalCode.PRECONDITION_REQUIRED,
    RefusalCode.PRECONDITION_FAILED,
)


@router.get(
    "/policies/current",
    operation_id="readPolicy",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def read_policy(who: Asking, unit: Reading, response: Response) -> wire.Policy:
    """What your organisation plans with."""
    return _shown(policies.own(unit, who), response)


@router.put("/policies/current", operation_id="replacePolicy", responses=CHANGES)
def replace_policy(
    who: Asking,
    unit: Writing,
    version: IfMatch,
    body: Annotated[wire.NewPolicy, Body()],
    response: Response,
) -> wire.Policy:
    """Change what your organisation plans with; plans that are made stay as they are."""
    documents.checked(body.policy)
    return _shown(policies.change(unit, who, version, body.policy, body.why), response)


@router.get(
    "/policies/changes",
    operation_id="listPolicyChanges",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def list_changes(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[wire.PolicyChange]:
    """Every change of your organisation's policy, the newest first."""
    own = policies.own(unit, who)
    found, total = policies.changes(unit, own.id, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(
        wire.PolicyChange(
            id=one.id,
            at=one.at,
            user_id=one.user_id,
            why=one.why,
            before=one.before,
            after=one.after,
        )
        for one in found
    )
    return Page[wire.PolicyChange](
        items=items, total=total, limit=window.limit, offset=window.offset
    )


def _shown(row: Organisation, response: Response) -> wire.Policy:
    response.headers["ETag"] = etag(row.version)
    return wire.Policy(policy=row.policy, whole=documents.whole(row.policy), version=row.version)
