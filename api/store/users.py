"""Users (användare) as administrators keep them. Never a participant."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import Fault, Refusal, RefusalCode, Role
from api.store import accounts
from api.store.editing import edited, version_held
from api.store.engine import changed, moment_of
from api.store.tables import ApiToken, Organisation, ProviderRow, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user as an administrator writes it; the password is set apart."""

    login: str
    name: str
    role: Role
    language: str = "sv"
    active: bool = True
    organisation_id: UUID | None = None
    provider_id: UUID | None = None
    oidc_subject: str | None = None


def page(session: Session, limit: int, offset: int) -> tuple[Sequence[User], int]:
    """Users by login, and how many there are in all."""
    total = session.scalar(select(func.count()).select_from(User)) or 0
    found = session.scalars(select(User).order_by(User.login).limit(limit).offset(offset))
    return found.all(), total


def one(session: Session, number: UUID) -> User:
    """A user.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    found = session.get(User, number)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def create(session: Session, account: Account) -> User:
    """A new user, who has no password yet.

    Raises:
        Refusal: as ``replace``, but for the version.
    """
    _check_house(session, account)
    moment = moment_of(session)
    row = User(id=uuid4(), version=1, created_at=moment, updated_at=moment)
    _write(row, account)
    session.add(row)
    _flush(session)
    return row


def replace(session: Session, number: UUID, account: Account, version: int) -> User:
    """Change a user; sessions and tokens end where the role, the house or activity changes.

    Raises:
        Refusal: there is no such user, organisation or provider (``NOT_FOUND``); it has another
            version (``PRECONDITION_FAILED``); another has the login or subject
            (``ALREADY_THERE``); no administrator would be left (``LAST_ADMIN``).
    """
    row = one(session, number)
    _check_house(session, account)
    _hold_admins(session)
    version_held(session, row, version)
    before = (row.role, row.organisation_id, row.provider_id)
    _write(row, account)
    _flush(session)
    if not row.active or before != (row.role, row.organisation_id, row.provider_id):
        end_access(session, number)
    _check_admins(session)
    edited(session, row)
    return row


def deactivate(session: Session, number: UUID, version: int) -> None:
    """A user who cannot log in any more; the row stays, because the audit names it.

    Raises:
        Refusal: as ``replace``.
    """
    row = one(session, number)
    _hold_admins(session)
    version_held(session, row, version)
    row.active = False
    session.flush()
    end_access(session, number)
    _check_admins(session)
    edited(session, row)


def end_access(session: Session, user: UUID, but: str | None = None) -> None:
    """End every session and token of a user, but for the session with that SHA-256."""
    accounts.close_sessions(session, user, but=but)
    over = (
        update(ApiToken)
        .where(ApiToken.user_id == user, ApiToken.revoked_at.is_(None))
        .values(revoked_at=moment_of(session))
    )
    changed(session, over)


def _write(row: User, account: Account) -> None:
    row.login = accounts.login_of(account.login)
    row.name, row.role, row.language = account.name, str(account.role), account.language
    row.organisation_id, row.provider_id = account.organisation_id, account.provider_id
    row.oidc_subject, row.active = account.oidc_subject, account.active


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError:  # of the login or the subject: all else is checked before
        raise Refusal(RefusalCode.ALREADY_THERE) from None


def _check_house(session: Session, account: Account) -> None:
    """The organisation or provider that a user belongs to is there."""
    for table, number, name in (
        (Organisation, account.organisation_id, "organisationId"),
        (ProviderRow, account.provider_id, "providerId"),
    ):
        if number is not None and session.get(table, number) is None:
            fault = Fault(pointer=f"/{name}", code="not_there")
            raise Refusal(RefusalCode.NOT_FOUND, faults=(fault,))


def _hold_admins(session: Session) -> None:
    """Nobody else changes an administrator until this unit of work is done."""
    admins = select(User.id).where(User.role == str(Role.ADMIN)).order_by(User.id)
    session.execute(admins.with_for_update()).all()


def _check_admins(session: Session) -> None:
    active = (
        select(func.count())
        .select_from(User)
        .where(User.role == str(Role.ADMIN), User.active.is_(True))
    )
    if not session.scalar(active):
        raise Refusal(RefusalCode.LAST_ADMIN)
