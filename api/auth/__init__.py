"""Who is it? Tokens of programs, sessions of browsers."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.auth import sessions, tokens
from api.domain import Principal
from api.settings import Settings
from api.store import Session, accounts, moment_of

__all__ = ["Visit", "bearer", "note_seen", "recognise"]

BEARER = "bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody recognised, and by what.

    ``session`` is the SHA-256 of a session's id, ``token`` of a token: one of the two is None.
    ``unseen``: more than a minute has passed since it was noted that they were here.
    """

    who: Principal
    session: str | None = None
    token: str | None = None
    unseen: bool = False


def bearer(headers: Mapping[str, str]) -> str | None:
    """The token of a request; a request that has one never counts as a browser's."""
    authorization = headers.get("authorization", "")
    if not authorization.lower().startswith(BEARER):
        return None
    return authorization[len(BEARER) :].strip()


def recognise(
    session: Session, headers: Mapping[str, str], cookies: Mapping[str, str], settings: Settings
) -> Visit | None:
    """Whoever a request comes from, by its token or, without one, its session cookie."""
    ago = moment_of(session) - accounts.SEEN_EVERY
    token = bearer(headers)
    if token is not None:
        found = tokens.held(session, token)
        if found is None:
            return None
        who, used_at = found
        unseen = used_at is None or used_at <= ago
        return Visit(who=who, token=tokens.hashed(token), unseen=unseen)
    held = sessions.held(session, cookies, settings)
    if held is None:
        return None
    return Visit(who=held.who, session=held.digest, unseen=held.seen_at <= ago)


def note_seen(session: Session, visit: Visit) -> None:
    """Note that somebody was here."""
    if visit.session is not None:
        accounts.session_seen(session, visit.session)
    if visit.token is not None:
        accounts.token_used(session, visit.token)
