"""What administrators do: users and their tokens. Never a participant."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Request, Response

from api.auth import logins, passwords
from api.domain import RefusalCode, Role
from api.doorway import (
    Asking,
    AtStore,
    IfMatch,
    OnceOnly,
    Paging,
    Reading,
    Writing,
    etag,
    given,
    links,
)
from api.routes import tokens
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.accounts import (
    TOKEN,
    USER,
    AtProvider,
    InOrganisation,
    NewPassword,
    Token,
    UserBody,
    UserView,
)
from api.store import accounts, audit, users
from api.store.tables import User

router = APIRouter(tags=["admin"])

UserId = Annotated[UUID, Path(alias="userId", description="The user's id", examples=[USER])]
TokenId = Annotated[UUID, Path(alias="tokenId", description="The token's id", examples=[TOKEN])]


MISSING = refusals(RefusalCode.NOT_FOUND)
CHANGED = refusals(
    RefusalCode.NOT_FOUND,
    RefusalCode.ALREADY_THERE,
    RefusalCode.LAST_ADMIN,
    RefusalCode.PRECONDITION_FAILED,
    RefusalCode.PRECONDITION_REQUIRED,
)


def _view(row: User) -> UserView:
    return UserView(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role).value,
        organisation_id=row.organisation_id,
        provider_id=row.provider_id,
        language="en" if row.language == "en" else "sv",
        active=row.active,
        oidc_subject=row.oidc_subject,
        has_password=row.password_hash is not None,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _account(body: UserBody) -> users.Account:
    return users.Account(
        login=body.login,
        name=body.name,
        role=Role(body.role),
        language=body.language,
        active=body.active,
        organisation_id=body.organisation_id if isinstance(body, InOrganisation) else None,
        provider_id=body.provider_id if isinstance(body, AtProvider) else None,
        oidc_subject=body.oidc_subject,
    )


@router.get("/users", operation_id="listUsers")
def list_users(
    _: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[UserView]:
    """Everybody who can log in, or could, by login."""
    rows, total = users.page(unit, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(_view(row) for row in rows)
    return Page[UserView](items=items, total=total, limit=window.limit, offset=window.offset)


@router.post(
    "/users",
    operation_id="createUser",
    status_code=201,
    response_model=UserView,
    responses=refusals(RefusalCode.NOT_FOUND, RefusalCode.ALREADY_THERE, RefusalCode.KEY_REUSED),
)
def create_user(
    who: Asking, unit: Writing, once: OnceOnly, body: Annotated[UserBody, Body()]
) -> Response:
    """A new user; the password is set apart, so that no answer that is kept knows of it."""

    def make() -> tuple[UserView, dict[str, str]]:
        row = users.create(unit, _account(body))
        audit.note(unit, who, "user.create", f"user:{row.id}", role=row.role)
        return _view(row), {
            "Location": f"/steget/v1/users/{row.id}",
            "ETag": etag(row.version),
        }

    return once(make)


@router.get("/users/{userId}", operation_id="readUser", responses=MISSING)
def read_user(_: Asking, unit: Reading, user: UserId, response: Response) -> UserView:
    """A user, with the version to change it by."""
    row = users.one(unit, user)
    response.headers["ETag"] = etag(row.version)
    return _view(row)


@router.put(
    "/users/{userId}", operation_id="replaceUser", response_model=UserView, responses=CHANGED
)
def replace_user(
    who: Asking,
    unit: Writing,
    version: IfMatch,
    user: UserId,
    body: Annotated[UserBody, Body()],
) -> Response:
    """Change a user; with another role or house, sessions and tokens end."""
    row = users.replace(unit, user, _account(body), version)
    audit.note(unit, who, "user.replace", f"user:{user}", role=row.role, active=row.active)
    return given(_view(row), {"ETag": etag(row.version)})


@router.delete(
    "/users/{userId}", operation_id="deactivateUser", status_code=204, responses=CHANGED
)
def deactivate_user(who: Asking, unit: Writing, version: IfMatch, user: UserId) -> None:
    """Nobody logs in as this user any more; sessions and tokens end. The audit keeps the id."""
    users.deactivate(unit, user, version)
    audit.note(unit, who, "user.deactivate", f"user:{user}")


@router.put(
    "/users/{userId}/password", operation_id="setPassword", status_code=204, responses=MISSING
)
def set_password(
    who: Asking, store: AtStore, user: UserId, body: Annotated[NewPassword, Body()]
) -> None:
    """Set a user's password; the user's sessions and tokens end."""
    with store.reading() as unit:
        users.one(unit, user)
    new = passwords.hashed(body.password.get_secret_value())
    with store.writing() as unit:
        logins.keep_password(unit, users.one(unit, user), new)
        audit.note(unit, who, "user.password", f"user:{user}")


@router.get(
    "/users/{userId}/tokens",
    operation_id="listUserTokens",
    response_model=Page[Token],
    responses=MISSING,
)
def list_user_tokens(
    _: Asking, unit: Reading, user: UserId, window: Paging, request: Request
) -> Response:
    """A user's tokens, newest first."""
    users.one(unit, user)
    rows, total = accounts.tokens_of(unit, user, window.limit, window.offset)
    items = tuple(tokens.view(row) for row in rows)
    page = Page[Token](items=items, total=total, limit=window.limit, offset=window.offset)
    return given(page, {"Link": links(request, window, total)})


@router.delete(
    "/users/{userId}/tokens/{tokenId}",
    operation_id="revokeUserToken",
    status_code=204,
    responses=MISSING,
)
def revoke_user_token(who: Asking, unit: Writing, user: UserId, token: TokenId) -> None:
    """End a token of a user now."""
    tokens.revoke(unit, who, user, token)
