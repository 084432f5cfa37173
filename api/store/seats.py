"""Seats and half-days: held and given back by conditional updates, never by reading first.

The order is fixed, so that two who hold at once wait for each other instead of standing still
(deadlock): the rows of placements first, then the opening, then its half-days from Monday on. The
checks of the tables stand behind: what a mistake here would overbook, the database refuses.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.domain import HOLDING, Refusal, RefusalCode
from api.store.engine import changed
from api.store.tables import HalfDayRow, OpeningRow, PlacementRow
from matcher.domain import SESSIONS, OpeningStatus

HOLDS = [str(state) for state in sorted(HOLDING)]


def hold(session: Session, opening: UUID, sessions: int) -> None:
    """Take a seat of an opening, and its half-days (bits).

    Raises:
        Refusal: ``OPENING_PAUSED``, ``OPENING_FULL`` or ``HALF_DAY_FULL``.
    """
    take = (
        update(OpeningRow)
        .where(
            OpeningRow.id == opening,
            OpeningRow.status == str(OpeningStatus.OPEN),
            OpeningRow.taken < OpeningRow.seats,
        )
        .values(taken=OpeningRow.taken + 1)
    )
    if changed(session, take) != 1:
        status = session.scalar(select(OpeningRow.status).where(OpeningRow.id == opening))
        paused = status == str(OpeningStatus.PAUSED)
        raise Refusal(RefusalCode.OPENING_PAUSED if paused else RefusalCode.OPENING_FULL)
    shift(session, opening, 0, sessions)


def release(session: Session, opening: UUID, sessions: int) -> None:
    """Give a seat and its half-days back."""
    back = update(OpeningRow).where(OpeningRow.id == opening).values(taken=OpeningRow.taken - 1)
    changed(session, back)
    shift(session, opening, sessions, 0)


def shift(session: Session, opening: UUID, before: int, after: int) -> None:
    """Change which half-days one seat holds.

    Raises:
        Refusal: one of the new ones has no room, or the opening does not have it
            (``HALF_DAY_FULL``).
    """
    for at in half_days(before ^ after):
        here = (HalfDayRow.opening_id == opening, HalfDayRow.session == at)
        if before >> at & 1:
            give = update(HalfDayRow).where(*here).values(taken=HalfDayRow.taken - 1)
            changed(session, give)
            continue
        take = (
            update(HalfDayRow)
            .where(*here, HalfDayRow.taken < HalfDayRow.seats)
            .values(taken=HalfDayRow.taken + 1)
        )
        if changed(session, take) != 1:
            raise Refusal(RefusalCode.HALF_DAY_FULL)


def half_days(sessions: int) -> Iterator[int]:
    """The numbers of the half-days in a set, in the order of the week."""
    return (at for at in range(len(SESSIONS)) if sessions >> at & 1)


def free_from(session: Session, opening: OpeningRow, sessions: int, today: date) -> date | None:
    """From which day on an opening has a seat with these half-days; None where nobody knows.

    Who holds a seat now holds it to the last day that was agreed, if one was; whoever stays
    longer than that leaves on a day that nobody knows.
    """
    held = [
        (taken, last if last is not None and last >= today else None)
        for taken, last in session.execute(
            select(PlacementRow.sessions, PlacementRow.ends_on).where(
                PlacementRow.opening_id == opening.id, PlacementRow.state.in_(HOLDS)
            )
        )
    ]
    leaves = sorted({last + timedelta(days=1) for _, last in held if last is not None})
    for day in (today, *leaves):
        left = [taken for taken, last in held if last is None or last >= day]
        on = Counter(at for taken in left for at in half_days(taken))
        if len(left) < opening.seats and all(
            on[at] < opening.session_seats for at in half_days(sessions)
        ):
            return day
    return None


def miscounted(session: Session) -> list[UUID]:
    """The openings whose counters say another thing than the placements: none, always."""
    seats: Counter[UUID] = Counter()
    days: Counter[tuple[UUID, int]] = Counter()
    for opening, sessions in session.execute(
        select(PlacementRow.opening_id, PlacementRow.sessions).where(PlacementRow.state.in_(HOLDS))
    ):
        seats[opening] += 1
        days.update((opening, at) for at in half_days(sessions))
    wrong = {
        opening
        for opening, taken in session.execute(select(OpeningRow.id, OpeningRow.taken))
        if taken != seats[opening]
    } | {
        opening
        for opening, at, taken in session.execute(
            select(HalfDayRow.opening_id, HalfDayRow.session, HalfDayRow.taken)
        )
        if taken != days[opening, at]
    }
    return sorted(wrong)
