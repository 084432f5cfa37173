"""Who is it? Tokens of programs, sessions of browsers."""

from collections.abc import Mapping

from api.auth import sessions, tokens
from api.domain import Principal
from api.store import Session

__all__ = ["recognise"]

BEARER = "bearer "


def recognise(
    session: Session, headers: Mapping[str, str], cookies: Mapping[str, str]
) -> Principal | None:
    """Whoever a request comes from, by its token or, without one, its session cookie."""
    authorization = headers.get("authorization", "")
    if authorization.lower().startswith(BEARER):
        return tokens.holder(session, authorization[len(BEARER) :].strip())
    return sessions.holder(session, cookies)
