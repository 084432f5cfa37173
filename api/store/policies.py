"""What an organisation plans with (avvägningar), and every change of it: who, when, why."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store import audit
from api.store.editing import edited, version_held
from api.store.engine import moment_of
from api.store.tables import Organisation, PolicyChange


def own(session: Session, who: Principal) -> Organisation:
    """The organisation of somebody who works at one.

    Raises:
        Refusal: they work at none (``NOT_FOUND``).
    """
    row = session.get(Organisation, who.organisation_id) if who.organisation_id else None
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return row


def change(
    session: Session, who: Principal, version: int, after: Mapping[str, object], why: str
) -> Organisation:
    """Change what an organisation plans with; the change is kept.

    Raises:
        Refusal: ``NOT_FOUND``, ``PRECONDITION_FAILED``.
    """
    row = own(session, who)
    version_held(session, row, version)
    kept = PolicyChange(
        id=uuid4(),
        organisation_id=row.id,
        at=moment_of(session),
        user_id=who.user_id,
        why=why,
        before=dict(row.policy),
        after=dict(after),
    )
    session.add(kept)
    row.policy = dict(after)
    edited(session, row)
    audit.note(session, who, "policy.change", f"organisation:{row.id}", change=str(kept.id))
    return row


def changes(
    session: Session, organisation: UUID, limit: int, offset: int
) -> tuple[list[PolicyChange], int]:
    """Some changes of an organisation's policy, the newest first, and how many there are."""
    found = select(PolicyChange).where(PolicyChange.organisation_id == organisation)
    newest = found.order_by(PolicyChange.at.desc(), PolicyChange.id).limit(limit).offset(offset)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return list(session.scalars(newest)), total
