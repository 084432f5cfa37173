"""Users, their tokens and sessions, and logins that failed or are under way, as rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, Delete, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from api.store.engine import changed, moment_of
from api.store.tables import ApiToken, LoginAttempt, LoginFailure, LoginSession, User

SEEN_EVERY = timedelta(minutes=1)
"""When somebody was seen is written at most so often."""


TOKENS_KEPT = timedelta(days=30)
"""A token that is over is shown to its owner for so long."""
FAILURES_LOCK = 0x4C4F47  # "LOG"


# Tokens


def token(session: Session, digest: str) -> tuple[ApiToken, User] | None:
    """The token with that SHA-256, and its user."""
    found = session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.hash == digest)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def tokens_of(
    session: Session, user: UUID, limit: int, offset: int
) -> tuple[Sequence[ApiToken], int]:
    """The tokens of a user, newest first, and how many there are in all."""
    own = select(ApiToken).where(ApiToken.user_id == user)
    total = session.scalar(select(func.count()).select_from(own.subquery())) or 0
    page = own.order_by(ApiToken.created_at.desc(), ApiToken.id).limit(limit).offset(offset)
    return session.scalars(page).all(), total


def revoke_token(session: Session, user: UUID, number: UUID) -> bool:
    """End a token of a user now; whether there is one with that id."""
    found = session.scalar(select(ApiToken).where(ApiToken.id == number, ApiToken.user_id == user))
    if found is not None and found.revoked_at is None:
        found.revoked_at = moment_of(session)
    return found is not None


def token_used(session: Session, digest: str) -> None:
    """Note that a token was used."""
    moment = moment_of(session)
    changed(session, update(ApiToken).where(ApiToken.hash == digest).values(used_at=moment))


# Sessions


def login_session(session: Session, digest: str) -> tuple[LoginSession, User] | None:
    """The session whose id has that SHA-256, and its user."""
    found = session.execute(
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.hash == digest)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def open_session(session: Session, digest: str, user: UUID, ends_at: datetime) -> None:
    """A session that begins now."""
    moment = moment_of(session)
    session.add(
        LoginSession(hash=digest, user_id=user, created_at=moment, seen_at=moment, ends_at=ends_at)
    )
    session.flush()


def session_seen(session: Session, digest: str) -> None:
    """Note that a session was used."""
    moment = moment_of(session)
    changed(
        session, update(LoginSession).where(LoginSession.hash == digest).values(seen_at=moment)
    )


def close_session(session: Session, digest: str) -> None:
    """End a session."""
    session.execute(delete(LoginSession).where(LoginSession.hash == digest))


def close_sessions(session: Session, user: UUID, but: str | None = None) -> None:
    """End every session of a user, but for the one with that SHA-256."""
    over = delete(LoginSession).where(
        LoginSession.user_id == user, LoginSession.hash != (but or "")
    )
    session.execute(over)


# Logins


def by_login(session: Session, login: str) -> User | None:
    """The user with a login; capitals do not matter."""
    return session.scalar(select(User).where(User.login == login_of(login)))


def by_subject(session: Session, subject: str) -> User | None:
    """The user with a subject of an identity provider: ``issuer|sub``."""
    return session.scalar(select(User).where(User.oidc_subject == subject))


def link_subject(session: Session, user: UUID, subject: str) -> bool:
    """Link a user to a subject; whether they had none, which the update itself decides."""
    held = (
        update(User)
        .where(User.id == user, User.oidc_subject.is_(None))
        .values(oidc_subject=subject, version=User.version + 1, updated_at=moment_of(session))
    )
    return changed(session, held) == 1


def keep_password(session: Session, user: UUID, password_hash: str) -> None:
    """Keep the hash of a user's password."""
    held = update(User).where(User.id == user).values(password_hash=password_hash)
    changed(session, held)


def login_of(text: str) -> str:
    """A login as it is kept and compared: without capitals, and without spaces around it."""
    return text.strip().casefold()


def failures(session: Session, who: str, since: datetime) -> tuple[int, datetime | None]:
    """How many logins failed since a moment, and the first of them."""
    found = session.execute(
        select(func.count(), func.min(LoginFailure.at)).where(
            LoginFailure.who == who, LoginFailure.at > since
        )
    ).one()
    return found[0], found[1]


def hold_failures(session: Session, who: str) -> None:
    """Nobody else counts the same failures until this writing unit of work is done."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        lock = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:who))")
        session.execute(lock, {"kind": FAILURES_LOCK, "who": who})


def failed(session: Session, who: str) -> None:
    """Note a login that failed."""
    session.add(LoginFailure(who=who, at=moment_of(session)))
    session.flush()


def forget_failures(session: Session, who: str) -> None:
    """After a login that succeeded, the failures before it do not count any more."""
    session.execute(delete(LoginFailure).where(LoginFailure.who == who))


def keep_attempt(session: Session, attempt: LoginAttempt) -> None:
    """Keep a login at an identity provider that is under way."""
    session.add(attempt)
    session.flush()


def take_attempt(session: Session, state: str) -> LoginAttempt | None:
    """The attempt with that SHA-256 of its state, once: it is gone after that."""
    found = session.get(LoginAttempt, state)
    if found is None or _gone(session, delete(LoginAttempt).where(LoginAttempt.state == state)):
        return None
    return found if found.ends_at > moment_of(session) else None


def clean(session: Session, idle: timedelta, window: timedelta) -> None:
    """Remove what is over: sessions, logins under way, failures that do not count, old tokens.

    Args:
        session: a writing unit of work.
        idle: how long a session may lie idle.
        window: how long a failure counts.
    """
    moment = moment_of(session)
    over = or_(LoginSession.ends_at <= moment, LoginSession.seen_at <= moment - idle)
    session.execute(delete(LoginSession).where(over))
    session.execute(delete(LoginAttempt).where(LoginAttempt.ends_at <= moment))
    session.execute(delete(LoginFailure).where(LoginFailure.at <= moment - window))
    before = moment - TOKENS_KEPT
    ended = or_(ApiToken.ends_at <= before, ApiToken.revoked_at <= before)
    session.execute(delete(ApiToken).where(ended))


def _gone(session: Session, statement: Delete) -> bool:
    """Whether another took it meanwhile."""
    done = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)  # noqa: S101 -- what a delete gives
    return bool(done.rowcount != 1)
