"""API tokens: 256 random bits with a prefix; the table keeps the SHA-256, scope and end."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from api.domain import Principal, Role
from api.store import Session, accounts, moment_of
from api.store.tables import ApiToken, User

PREFIX = "steget_"


def make(
    session: Session, user: UUID, name: str, ends_at: datetime, scope: Iterable[str] = ()
) -> tuple[ApiToken, str]:
    """A new token: its row, and the token itself, which is never shown again."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        id=uuid4(),
        user_id=user,
        name=name,
        hash=hashed(token),
        scope=sorted(scope),
        created_at=moment_of(session),
        ends_at=ends_at,
    )
    session.add(row)
    session.flush()
    return row, token


def held(session: Session, token: str) -> tuple[Principal, datetime | None] | None:
    """Whose token it is and when it was last used, if it holds and its user is active."""
    found = accounts.token(session, hashed(token))
    if found is None:
        return None
    row, user = found
    if row.revoked_at is not None or row.ends_at <= moment_of(session) or not user.active:
        return None
    return principal(user, frozenset(row.scope) or None), row.used_at


def principal(user: User, scope: frozenset[str] | None = None) -> Principal:
    """A user as somebody who asks."""
    return Principal(
        user_id=user.id,
        role=Role(user.role),
        organisation_id=user.organisation_id,
        provider_id=user.provider_id,
        scope=scope,
    )


def hashed(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
