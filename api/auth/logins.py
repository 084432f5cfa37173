"""Logging in: whoever shows a password that holds, or comes from the identity provider."""

import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from api.auth import passwords, sessions, throttle, tokens
from api.domain import Refusal, RefusalCode
from api.settings import Settings
from api.store import Session, Store, accounts, audit, moment_of, users
from api.store.tables import LoginAttempt, User

if TYPE_CHECKING:  # loads httpx and joserfc, half a second that most do not need
    from api.auth.oidc import Identity, IdentityProvider

NOBODY = "nobody"
"""Who did it, for the audit, where nobody was recognised."""
ATTEMPT_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A login as it is tried; ``former`` is the session that the browser had until now."""

    login: str
    password: str = field(repr=False)
    address: str
    former: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a browser brings back from the identity provider.

    ``cookie`` is the state that it was given when it left, ``back`` the address it comes to.
    """

    state: str = field(repr=False)
    code: str | None = field(repr=False)
    issuer: str | None
    cookie: str | None = field(repr=False)
    former: str | None = field(default=None, repr=False)
    back: str


def by_password(store: Store, settings: Settings, tried: Tried) -> tuple[User, str]:
    """Log in with a password.

    The password is worked on outside any unit of work. Failures are counted again before the
    answer, so that many tries at once are not more tries.

    Returns:
        The user, and the new session's id for the cookie.

    Raises:
        Refusal: there were too many failures (``TOO_MANY_TRIES``), or it does not hold
            (``LOGIN_FAILED``), whether there is such a user or not.
    """
    pair = throttle.pair(tried.login, tried.address)
    with store.reading() as unit:
        throttle.check(unit, pair, settings)
        user = accounts.by_login(unit, tried.login)
    kept = user.password_hash if user is not None and user.active else None
    holds = passwords.holds(kept, tried.password)
    renewed = passwords.hashed(tried.password) if holds and passwords.is_old(kept or "") else None
    with store.writing() as unit:
        accounts.hold_failures(unit, pair)
        throttle.check(unit, pair, settings)
        user = accounts.by_login(unit, tried.login)  # the password may be another by now
        if user is not None and holds and user.active and user.password_hash == kept:
            accounts.forget_failures(unit, pair)
            if renewed is not None:
                accounts.keep_password(unit, user.id, renewed)
            return user, _begin(unit, user, settings, tried.former)
        accounts.failed(unit, pair)
        audit.note(unit, NOBODY, "session.refuse", f"user:{user.id}" if user else "")
    raise Refusal(RefusalCode.LOGIN_FAILED)


def change_password(
    store: Store, settings: Settings, tried: Tried, password: str, session: str
) -> None:
    """Change the own password; tokens end, and every session but this, named by its SHA-256.

    Raises:
        Refusal: the one until now is not it (``LOGIN_FAILED``), or was missed too often.
    """
    pair = throttle.pair(tried.login, tried.address)
    with store.reading() as unit:
        throttle.check(unit, pair, settings)
        user = accounts.by_login(unit, tried.login)
    kept = None if user is None else user.password_hash
    holds = passwords.holds(kept, tried.password)
    new = passwords.hashed(password) if holds else ""
    with store.writing() as unit:
        accounts.hold_failures(unit, pair)
        throttle.check(unit, pair, settings)
        if user is not None and holds:
            keep_password(unit, user, new, but=session)
            audit.note(unit, tokens.principal(user), "user.password", f"user:{user.id}")
            return
        accounts.failed(unit, pair)
    raise Refusal(RefusalCode.LOGIN_FAILED)


def keep_password(session: Session, user: User, new: str, but: str | None = None) -> None:
    """Keep a new password's hash; the user's tokens and sessions end, but for one session.

    Whoever knew the former password can have made tokens with it.
    """
    accounts.keep_password(session, user.id, new)
    users.end_access(session, user.id, but=but)


def leave(store: Store, provider: "IdentityProvider", back: str, back_to: str) -> tuple[str, str]:
    """Begin a login at the identity provider.

    Returns:
        The state for the cookie that ties it to this browser, and where the browser is sent.
    """
    attempt = provider.begin(back)
    with store.writing() as unit:
        accounts.keep_attempt(
            unit,
            LoginAttempt(
                state=tokens.hashed(attempt.state),
                nonce=attempt.nonce,
                verifier=attempt.verifier,
                back_to=back_to,
                ends_at=moment_of(unit) + ATTEMPT_LASTS,
            ),
        )
    return attempt.state, attempt.url


def by_identity(
    store: Store, settings: Settings, provider: "IdentityProvider", returned: Returned
) -> tuple[User, str, str]:
    """Log in as whom the identity provider names.

    Returns:
        The user, the new session's id for the cookie, and the page to go on to.

    Raises:
        Refusal: the login did not begin in this browser, was over, or does not hold
            (``LOGIN_FAILED``); the provider does not answer (``UNAVAILABLE``); nobody here is
            whom it names (``NOT_ALLOWED``).
    """
    same = hmac.compare_digest((returned.cookie or "").encode(), returned.state.encode())
    with store.writing() as unit:
        attempt = accounts.take_attempt(unit, tokens.hashed(returned.state)) if same else None
        moment = moment_of(unit)
    if attempt is None or not returned.code or not provider.is_issuer(returned.issuer):
        raise Refusal(RefusalCode.LOGIN_FAILED)
    kept = attempt.nonce, attempt.verifier
    identity = provider.identity(returned.code, returned.back, kept, moment)
    with store.writing() as unit:
        user = _known(unit, identity)
        if user is not None and user.active:
            return user, _begin(unit, user, settings, returned.former), attempt.back_to
        audit.note(unit, NOBODY, "session.refuse", f"user:{user.id}" if user else "")
    raise Refusal(RefusalCode.NOT_ALLOWED)


def _known(session: Session, identity: "Identity") -> User | None:
    """The user with that subject; the first time, the one whose login is the verified address."""
    user = accounts.by_subject(session, identity.subject)
    if user is not None or identity.email is None:
        return user
    user = accounts.by_login(session, identity.email)
    if user is None or not user.active:
        return user
    if not accounts.link_subject(session, user.id, identity.subject):
        return None  # the login is another subject's
    audit.note(session, tokens.principal(user), "user.link", f"user:{user.id}")
    return user


def clean(session: Session, settings: Settings) -> None:
    """Remove logins, failures and tokens that are over: at every login, and with retention."""
    accounts.clean(session, sessions.idle_of(settings), throttle.window_of(settings))


def _begin(session: Session, user: User, settings: Settings, former: str | None) -> str:
    """A new session; the one that the browser had is over, and so is what is long over."""
    if former:
        accounts.close_session(session, tokens.hashed(former))
    clean(session, settings)
    number = sessions.begin(session, user, settings)
    audit.note(session, tokens.principal(user), "session.create")
    return number
