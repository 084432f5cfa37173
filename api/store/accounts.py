"""Users, tokens and sessions as rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.tables import ApiToken, LoginSession, User


def token(session: Session, digest: str) -> tuple[ApiToken, User] | None:
    """The token with that SHA-256, and its user."""
    found = session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.hash == digest)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def login_session(session: Session, digest: str) -> tuple[LoginSession, User] | None:
    """The session whose id has that SHA-256, and its user."""
    found = session.execute(
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.hash == digest)
    ).one_or_none()
    return None if found is None else (found[0], found[1])
