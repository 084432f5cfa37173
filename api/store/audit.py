"""The audit: who did what to whom, when; append-only, each entry hashed with the one before.

What a unit of work notes is written as its last act, in the same transaction: nothing is done
without its entry, and no entry speaks of what was not done. One unit at a time takes the tail
(the write lock of SQLite; an advisory lock in PostgreSQL). Entries hold codes and numbers, never a
need, a wish or a note.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from api.domain import Principal
from api.store.tables import AuditEntry

FIRST = "0" * 64
TAIL_LOCK = 0x53544547  # "STEG"
_LOCK = select(func.pg_advisory_xact_lock(TAIL_LOCK))
_TAIL = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
_ADD = insert(AuditEntry.metadata.tables[AuditEntry.__tablename__])
"""Statements made once: while they are done, everybody else who writes waits."""
CLOCK = "clock"
"""Who does what nobody does: expiry, retention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Where the chain does not hold: the number of the entry, and what is wrong with it."""

    number: int
    what: str  # "hash", "before" or "number"


def note(
    session: Session,
    who: Principal | str,
    action: str,
    subject: str | UUID = "",
    **detail: str | int | bool | None,
) -> None:
    """Note an entry; it is written when the unit of work ends.

    Args:
        session: a writing unit of work.
        who: who did it; ``CLOCK`` for what nobody did, else a name such as ``command``.
        action: what, as ``placement.offer`` or ``participant.read``.
        subject: what it was done to: the kind and the id, or the id.
        detail: codes and numbers that tell more; never anything of health, never free text.
    """
    name = who.key if isinstance(who, Principal) else who
    canonical = json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    session.info.setdefault("audit", []).append((name, action, str(subject), canonical))


def append(session: Session) -> None:
    """Write what was noted, at the end of the chain."""
    noted = session.info.pop("audit", [])
    if not noted:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK)
    number, before = session.execute(_TAIL).one_or_none() or (0, FIRST)
    at, rows = written(session.info["now"]), []
    for who, action, subject, detail in noted:
        number += 1
        fields = (str(number), at, who, action, subject, detail)
        digest = _hash(before, fields)
        rows.append(
            {
                "number": number,
                "at": at,
                "who": who,
                "action": action,
                "subject": subject,
                "detail": detail,
                "before": before,
                "hash": digest,
            }
        )
        before = digest
    session.execute(_ADD, rows)


def written(moment: datetime) -> str:
    """A moment in UTC as the entries write it: in the order of time."""
    return moment.isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries; what is empty does not choose. Moments as ``written``."""

    action: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


def entries(
    session: Session, wanted: Wanted, limit: int, offset: int
) -> tuple[Sequence[AuditEntry], int]:
    """Entries, newest first, and how many there are in all."""
    conditions = (
        (wanted.action, AuditEntry.action == wanted.action),
        (wanted.subject, AuditEntry.subject == wanted.subject),
        (wanted.since, AuditEntry.at >= wanted.since),
        (wanted.until, AuditEntry.at < wanted.until),
    )
    found = select(AuditEntry).where(*(condition for given, condition in conditions if given))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(AuditEntry.number.desc()).limit(limit).offset(offset)
    return session.scalars(page).all(), total


def verify(session: Session) -> tuple[int, str, tuple[Broken, ...]]:
    """Walk the whole chain.

    Returns:
        How many entries there are, the hash of the last one (to be kept elsewhere: triggers do not
        stop the owner of the database), and where the chain is broken.
    """
    count, before, broken = 0, FIRST, []
    for entry in _entries(session):
        count += 1
        fields = (
            str(entry.number),
            entry.at,
            entry.who,
            entry.action,
            entry.subject,
            entry.detail,
        )
        if entry.number != count:
            broken.append(Broken(number=entry.number, what="number"))
            count = entry.number
        if entry.before != before:
            broken.append(Broken(number=entry.number, what="before"))
        if entry.hash != _hash(entry.before, fields):
            broken.append(Broken(number=entry.number, what="hash"))
        before = entry.hash
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0, before, tuple(broken)


def _entries(session: Session) -> Iterator[AuditEntry]:
    found = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)
    yield from session.scalars(found)


def _hash(before: str, fields: tuple[str, ...]) -> str:
    """SHA-256 of the entry before and of every field; lengths keep fields apart."""
    content = "".join(f"{len(field)}:{field}" for field in (before, *fields))
    return hashlib.sha256(content.encode()).hexdigest()
