"""Tokens of programs: everybody makes, lists and revokes their own."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response

from api.auth import tokens
from api.domain import Fault, Principal, Refusal, RefusalCode
from api.doorway import Asking, InSession, OnceOnly, Paging, Reading, Writing, links
from api.permissions import OPERATIONS
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.accounts import TOKEN, MadeToken, NewToken, Token
from api.store import Session, accounts, audit, moment_of
from api.store.tables import ApiToken

router = APIRouter(tags=["tokens"])

LONGEST = timedelta(days=366)


def view(row: ApiToken) -> Token:
    """A token's row on the wire."""
    return Token(
        id=row.id,
        name=row.name,
        scope=tuple(row.scope),
        created_at=row.created_at,
        ends_at=row.ends_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
    )


@router.get("/tokens", operation_id="listTokens")
def list_tokens(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[Token]:
    """Your own tokens, newest first; what they are is not kept."""
    rows, total = accounts.tokens_of(unit, who.user_id, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(view(row) for row in rows)
    return Page[Token](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/tokens",
    operation_id="createToken",
    status_code=201,
    response_model=MadeToken,
    responses=refusals(RefusalCode.NOT_VALID, RefusalCode.KEY_REUSED),
)
def create_token(
    who: Asking, _: InSession, unit: Writing, once: OnceOnly, body: Annotated[NewToken, Body()]
) -> Response:
    """Make a token. Only somebody who has logged in can, not a program with a token.

    It is shown this once; the same request sent again is answered without it.
    """
    _check(who, body, moment_of(unit))

    def make() -> tuple[MadeToken, dict[str, str]]:
        row, token = tokens.make(unit, who.user_id, body.name, body.ends_at, body.scope)
        audit.note(unit, who, "token.create", f"token:{row.id}", operations=len(row.scope))
        made = MadeToken(**view(row).model_dump(), token=token)
        return made, {"Location": f"/steget/v1/tokens/{row.id}"}

    return once(make, kept_as=lambda made: made.model_copy(update={"token": None}))


def _check(who: Principal, body: NewToken, moment: datetime) -> None:
    """Every fault of a token that is asked for: its scope and its end."""
    faults = [
        Fault(pointer=f"/scope/{place}", code="not_yours")
        for place, operation in enumerate(body.scope)
        if who.role not in (OPERATIONS.get(operation) or ())
    ]
    if not moment < body.ends_at <= moment + LONGEST:
        detail = f"from now on, at most {LONGEST.days} days"
        faults.append(Fault(pointer="/endsAt", code="out_of_range", detail=detail))
    if faults:
        raise Refusal(RefusalCode.NOT_VALID, faults=tuple(faults))


TokenId = Annotated[UUID, Path(alias="tokenId", description="The token's id", examples=[TOKEN])]


@router.delete(
    "/tokens/{tokenId}",
    operation_id="revokeToken",
    status_code=204,
    responses=refusals(RefusalCode.NOT_FOUND),
)
def revoke_token(who: Asking, unit: Writing, token: TokenId) -> None:
    """End one of your tokens now."""
    revoke(unit, who, who.user_id, token)


def revoke(unit: Session, who: Principal, owner: UUID, token: UUID) -> None:
    """End a token of somebody.

    Raises:
        Refusal: they have none with that id (``NOT_FOUND``).
    """
    if not accounts.revoke_token(unit, owner, token):
        raise Refusal(RefusalCode.NOT_FOUND)
    audit.note(unit, who, "token.revoke", f"token:{token}")
