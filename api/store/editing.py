"""Editing: a version for every row that people edit, so that nobody overwrites another unseen."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.domain import Refusal, RefusalCode
from api.store.engine import at_the_end, changed, moment_of
from api.store.tables import Edited, Revision

PLACES = "places"
"""Counts every change of providers, sites, surveys and openings."""
OCCUPANCY = "occupancy"
"""Counts every change of what placements hold."""
_COUNTERS = select(Revision.name, Revision.number)
_INSERT: dict[str, Callable[..., Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def version_held(session: Session, row: Edited, version: int) -> None:
    """Take a row for changing, if it still has that version; the update itself decides.

    Raises:
        Refusal: it has another one (``PRECONDITION_FAILED``).
    """
    table = type(row)
    held = (
        update(table)
        .where(table.id == row.id, table.version == version)
        .values(version=version + 1)
    )
    if changed(session, held) != 1:
        raise Refusal(RefusalCode.PRECONDITION_FAILED)
    session.refresh(row)


def edited(session: Session, row: Edited) -> None:
    """Note when a row was changed; its version is up already."""
    row.updated_at = moment_of(session)
    session.flush()


def turned(session: Session, name: str) -> None:
    """Count a change of what many read alike: caches know by it that they are old.

    It is counted when the unit of work ends: every writer wants that row, and from then on one
    waits for the other.
    """
    at_the_end(session, name, lambda: _count(session, name))


def _count(session: Session, name: str) -> None:
    insert = _INSERT[session.get_bind().dialect.name]
    session.execute(
        insert(Revision)
        .values(name=name, number=1)
        .on_conflict_do_update(index_elements=["name"], set_={"number": Revision.number + 1})
    )


def revisions(session: Session) -> tuple[int, int]:
    """How often places, and what placements hold, have been changed, at one moment."""
    found = {row.name: row.number for row in session.execute(_COUNTERS)}
    return found.get(PLACES, 0), found.get(OCCUPANCY, 0)
