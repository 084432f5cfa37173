"""Logging in and out: with a password, or at an identity provider; and who it is then."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.auth import logins, sessions, throttle
from api.domain import Refusal, RefusalCode, Role
from api.doorway import Asking, AtSettings, AtStore, InSession, Reading, Writing
from api.permissions import OPERATIONS
from api.routes.responses import refusals
from api.schemas.accounts import Credentials, Me, OwnPassword
from api.settings import Settings
from api.store import accounts, audit, users
from api.store.tables import User

if TYPE_CHECKING:  # loads httpx and joserfc
    from api.auth.oidc import IdentityProvider

router = APIRouter(tags=["login"])

ATTEMPT = "steget_login"
"""The cookie that ties a login at an identity provider to the browser that began it."""


def _address(request: Request) -> str:
    return throttle.address_of(request.client.host if request.client else None)


def _provider(request: Request) -> "IdentityProvider":
    found: IdentityProvider | None = request.app.state.identity_provider
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def _keep(response: Response, settings: Settings, name: str, value: str, minutes: int) -> None:
    """A cookie that no script can read and no other site's form sends."""
    response.set_cookie(
        sessions.cookie_name(settings, name),
        value,
        max_age=60 * minutes,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def _forget(response: Response, settings: Settings, name: str) -> None:
    response.delete_cookie(
        sessions.cookie_name(settings, name),
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def me(user: User) -> Me:
    """A user on the wire, with what the role may do."""
    role = Role(user.role)
    return Me(
        id=user.id,
        login=user.login,
        name=user.name,
        role=role.value,
        organisation_id=user.organisation_id,
        provider_id=user.provider_id,
        language="en" if user.language == "en" else "sv",
        operations=tuple(
            sorted(name for name, roles in OPERATIONS.items() if roles is None or role in roles)
        ),
    )


@router.post(
    "/sessions",
    operation_id="createSession",
    status_code=201,
    responses=refusals(
        RefusalCode.LOGIN_FAILED, RefusalCode.TOO_MANY_TRIES, RefusalCode.NOT_ALLOWED
    ),
)
def log_in(
    store: AtStore,
    settings: AtSettings,
    request: Request,
    response: Response,
    body: Annotated[Credentials, Body()],
) -> Me:
    """Log in with a password; the session is in a cookie that no script can read.

    Not where an identity provider is set: people log in there.
    """
    if settings.oidc_issuer is not None:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    user, number = logins.by_password(
        store,
        settings,
        logins.Tried(
            login=body.login,
            password=body.password.get_secret_value(),
            address=_address(request),
            former=request.cookies.get(sessions.cookie_name(settings)),
        ),
    )
    _keep(response, settings, sessions.COOKIE, number, 60 * settings.session_hours)
    response.headers["Location"] = "/steget/v1/sessions/current"
    return me(user)


@router.delete("/sessions/current", operation_id="deleteSession", status_code=204)
def log_out(
    who: Asking, session: InSession, unit: Writing, settings: AtSettings, response: Response
) -> None:
    """Log out: the session ends here, not only in the browser."""
    accounts.close_session(unit, session)
    audit.note(unit, who, "session.end")
    _forget(response, settings, sessions.COOKIE)


@router.get("/me", operation_id="readMe")
def read_me(who: Asking, unit: Reading) -> Me:
    """Who you are here, and which operations you may call."""
    return me(users.one(unit, who.user_id))


@router.put(
    "/me/password",
    operation_id="changePassword",
    status_code=204,
    responses=refusals(RefusalCode.LOGIN_FAILED, RefusalCode.TOO_MANY_TRIES),
)
def change_password(
    who: Asking,
    session: InSession,
    store: AtStore,
    request: Request,
    body: Annotated[OwnPassword, Body()],
) -> None:
    """Change your own password; your tokens and your other sessions end."""
    with store.reading() as unit:
        login = users.one(unit, who.user_id).login
    tried = logins.Tried(
        login=login, password=body.current.get_secret_value(), address=_address(request)
    )
    settings: Settings = request.app.state.settings
    new = body.password.get_secret_value()
    logins.change_password(store, settings, tried, new, session)


@router.get(
    "/login/oidc",
    operation_id="startOidcLogin",
    status_code=303,
    responses=refusals(RefusalCode.NOT_FOUND, RefusalCode.UNAVAILABLE),
    response_class=RedirectResponse,
)
def start_oidc(
    store: AtStore,
    settings: AtSettings,
    request: Request,
    back_to: Annotated[
        str,
        Query(
            alias="backTo",
            max_length=500,
            pattern=r"^/([^/\\\s][^\\\s]*)?$",
            description="The page to come back to, on this host",
            examples=["/"],
        ),
    ] = "/",
) -> RedirectResponse:
    """Go to the identity provider to log in."""
    back = f"{settings.public_url.rstrip('/')}{request.url.path}/callback"
    state, url = logins.leave(store, _provider(request), back, back_to)
    response = RedirectResponse(url, 303)
    minutes = int(logins.ATTEMPT_LASTS.total_seconds() // 60)
    _keep(response, settings, ATTEMPT, state, minutes)
    return response


@router.get(
    "/login/oidc/callback",
    operation_id="finishOidcLogin",
    status_code=303,
    responses=refusals(
        RefusalCode.LOGIN_FAILED,
        RefusalCode.NOT_ALLOWED,
        RefusalCode.NOT_FOUND,
        RefusalCode.UNAVAILABLE,
    ),
    response_class=RedirectResponse,
)
def finish_oidc(
    store: AtStore,
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
) -> RedirectResponse:
    """Come back from the identity provider; used by it, through the browser."""
    settings: Settings = request.app.state.settings
    returned = logins.Returned(
        state=state,
        code=code,
        issuer=iss,
        cookie=request.cookies.get(sessions.cookie_name(settings, ATTEMPT)),
        former=request.cookies.get(sessions.cookie_name(settings)),
        back=f"{settings.public_url.rstrip('/')}{request.url.path}",
    )
    _, number, back_to = logins.by_identity(store, settings, _provider(request), returned)
    response = RedirectResponse(back_to, 303)
    _keep(response, settings, sessions.COOKIE, number, 60 * settings.session_hours)
    _forget(response, settings, ATTEMPT)
    return response
