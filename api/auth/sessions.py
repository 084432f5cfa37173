"""Sessions of browsers: an opaque random id in a cookie, its SHA-256 in a table."""

from collections.abc import Mapping

from api.auth import tokens
from api.domain import Principal
from api.store import Session, accounts, moment_of

COOKIE = "steget_session"


def holder(session: Session, cookies: Mapping[str, str]) -> Principal | None:
    """Whose session it is, if the cookie names one that has not ended."""
    found = accounts.login_session(session, tokens.hashed(cookies.get(COOKIE, "")))
    if found is None:
        return None
    row, user = found
    over = row.ends_at <= moment_of(session) or not user.active
    return None if over else tokens.principal(user)
