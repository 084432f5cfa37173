"""Sessions of browsers: an opaque random id in a cookie, its SHA-256 in a table.

The cookie is for this host alone (``__Host-``, Secure) wherever the service is behind TLS; a
script cannot read it, and another site's form does not send it (HttpOnly, SameSite=Lax).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.auth import tokens
from api.domain import Principal
from api.settings import Settings
from api.store import Session, accounts, moment_of
from api.store.tables import User

COOKIE = "steget_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A session that holds: whose, the SHA-256 of its id, and when it was last seen."""

    who: Principal
    digest: str
    seen_at: datetime


def cookie_name(settings: Settings, name: str = COOKIE) -> str:
    """What a cookie is called; the prefix makes browsers keep it to this host and to TLS."""
    return f"__Host-{name}" if settings.secure_cookies else name


def idle_of(settings: Settings) -> timedelta:
    """How long a session may lie idle."""
    return timedelta(minutes=settings.session_idle_minutes)


def begin(session: Session, user: User, settings: Settings) -> str:
    """A new session, with an id that never was: nobody can have planted it before the login.

    Returns:
        The id for the cookie; it is kept nowhere.
    """
    number = secrets.token_urlsafe(32)
    ends_at = moment_of(session) + timedelta(hours=settings.session_hours)
    accounts.open_session(session, tokens.hashed(number), user.id, ends_at)
    return number


def held(session: Session, cookies: Mapping[str, str], settings: Settings) -> Held | None:
    """The session that a cookie names, unless it has ended or lain idle too long."""
    number = cookies.get(cookie_name(settings))
    if not number:
        return None
    digest = tokens.hashed(number)
    found = accounts.login_session(session, digest)
    if found is None:
        return None
    row, user = found
    moment = moment_of(session)
    idle = row.seen_at + idle_of(settings) <= moment
    if row.ends_at <= moment or idle or not user.active:
        return None
    return Held(who=tokens.principal(user), digest=digest, seen_at=row.seen_at)
