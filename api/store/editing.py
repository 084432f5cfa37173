"""Editing: a version for every row that people edit, so that nobody overwrites another unseen."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from api.domain import Refusal, RefusalCode
from api.store.engine import changed, moment_of
from api.store.tables import Edited, Revision

PLACES = "places"
"""Counts every change of providers, sites, surveys and openings."""
OCCUPANCY = "occupancy"
"""Counts every change of what placements hold."""


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
    """Count a change of what many read alike: caches know by it that they are old."""
    more = update(Revision).where(Revision.name == name).values(number=Revision.number + 1)
    if changed(session, more) != 1:
        session.add(Revision(name=name, number=1))
        session.flush()


def revision(session: Session, name: str) -> int:
    """How often something has been changed."""
    found = session.get(Revision, name)
    return found.number if found else 0
