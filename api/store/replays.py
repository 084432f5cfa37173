"""Answers kept under an ``Idempotency-Key``, sealed: they may hold a profile."""

import base64
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.store.engine import moment_of, store_of
from api.store.tables import Replay

COLUMN = "replay.answer"
ONCE_LOCK = 0x4F4E43  # "ONC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer, and the mark of the request that it answered."""

    body_hash: str
    status: int
    headers: dict[str, str]
    content: bytes


def find(session: Session, user: UUID, key: str) -> Kept | None:
    """The answer that somebody was given under a key, if any.

    Whoever sends the key again at the same moment waits here for the first one's answer.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        lock = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:who))")
        session.execute(lock, {"kind": ONCE_LOCK, "who": f"{user}\n{_digest(key)}"})
    row = session.get(Replay, (user, _digest(key)))
    if row is None:
        return None
    found = json.loads(store_of(session).keyring.open(row.answer, COLUMN, row.id))
    return Kept(
        body_hash=row.body_hash,
        status=row.status,
        headers=found["headers"],
        content=base64.b64decode(found["content"]),
    )


def tells(session: Session, row: Replay, words: str) -> bool:
    """Whether a kept answer has a text in it: for erasing what is told of somebody."""
    found = json.loads(store_of(session).keyring.open(row.answer, COLUMN, row.id))
    return words in base64.b64decode(found["content"]).decode()


def keep(session: Session, user: UUID, key: str, kept: Kept) -> None:
    """Keep an answer in the unit of work that made it."""
    row = uuid4()
    answer = json.dumps(
        {"headers": kept.headers, "content": base64.b64encode(kept.content).decode()}
    ).encode()
    session.add(
        Replay(
            user_id=user,
            key=_digest(key),
            id=row,
            body_hash=kept.body_hash,
            status=kept.status,
            answer=store_of(session).keyring.seal(answer, COLUMN, row),
            at=moment_of(session),
        )
    )
    session.flush()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
