"""Keys that change: everything sealed is sealed again under the newest key."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from api.store import profiles, releases, replays
from api.store.engine import Store
from api.store.sealing import key_number
from api.store.tables import (
    JobRow,
    ParticipantRow,
    PlacementRow,
    PlacementStep,
    PlanRow,
    ReleaseRow,
    Replay,
)

ROWS = 500

SEALED: tuple[tuple[InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None], str], ...]
SEALED = (
    (ParticipantRow.profile, profiles.COLUMN),
    (PlacementRow.arrangements, "placement.arrangements"),
    (PlacementStep.note, "placement_step.note"),
    (JobRow.content, "job.content"),
    (JobRow.answer, "job.answer"),
    (PlanRow.rows, "plan.rows"),
    (ReleaseRow.reports, releases.COLUMN),
    (Replay.answer, replays.COLUMN),
)
"""Every sealed column with what binds its values to it; a test finds all of them in the tables."""


def rotate(store: Store) -> int:
    """Seal again what is not under the newest key; may be stopped and begun again.

    Returns:
        How many values were sealed again.

    Raises:
        SealError: a value does not open.
    """
    count = 0
    for column, bound in SEALED:
        table = column.class_
        with store.reading() as session:
            ids = session.scalars(select(table.id).where(column.is_not(None))).all()
        for first in range(0, len(ids), ROWS):
            with store.writing() as session:
                some = ids[first : first + ROWS]
                for row in session.scalars(select(table).where(table.id.in_(some))):
                    sealed = getattr(row, column.key)
                    if sealed is None or key_number(sealed) == store.keyring.newest:
                        continue
                    content = store.keyring.open(sealed, bound, row.id)
                    setattr(row, column.key, store.keyring.seal(content, bound, row.id))
                    count += 1
    return count
