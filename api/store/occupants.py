"""Nameless occupants: who came with imported tables, is no participant here, and holds a seat.

Nobody here leads such a placement, so the clock ends it after the last day that the tables say.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import HOLDING, Ending, State, Step
from api.store import seats, steps
from api.store.editing import OCCUPANCY, turned
from api.store.engine import day_of
from api.store.steps import Said
from api.store.tables import PlacementRow

AT_ONCE = 500


def leave_due(session: Session) -> int:
    """Let those leave whose last day is over: what had started has ended, how nobody knows.

    Returns:
        How many did, at most ``AT_ONCE``; the seats and half-days that they held are free.
    """
    due = session.scalars(
        select(PlacementRow)
        .where(
            PlacementRow.participant_id.is_(None),
            PlacementRow.state.in_([str(state) for state in HOLDING]),
            PlacementRow.ends_on < day_of(session),
        )
        .order_by(PlacementRow.opening_id, PlacementRow.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        if row.state == str(State.STARTED):
            row.state, row.ending = str(State.ENDED), str(Ending.UNKNOWN)
            said = Said(on=row.ends_on, reason=str(Ending.UNKNOWN))
            steps.taken(session, row, None, Step.END, said)
        else:
            row.state = str(State.WITHDRAWN)
            steps.taken(session, row, None, Step.WITHDRAW, Said(on=row.ends_on))
    for row in due:
        seats.release(session, row.opening_id, row.sessions)
    if due:
        turned(session, OCCUPANCY)
    return len(due)
