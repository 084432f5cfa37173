"""Capacity (kapacitet): how many an opening takes, and when somebody last said so.

Managers of the provider change and confirm their own; a signed link lets whoever has it confirm,
or change how many seats are free, once and without logging in. Seats never go below what is taken.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode, Role, links
from api.store import audit
from api.store.editing import PLACES, edited, turned, version_held
from api.store.engine import changed, day_of, moment_of
from api.store.seats import half_days
from api.store.tables import HalfDayRow, OpeningRow, UsedLink, User
from matcher.domain import SEATS, OpeningStatus, Sessions

BY_LINK = "link"
"""Who confirms without logging in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How many an opening shall take: at a time, on each half-day (None: as many), and whether.

    ``sessions``: on which half-days; None: on those of now.
    """

    seats: int
    session_seats: int | None
    status: OpeningStatus
    sessions: Sessions | None = None


def visible(session: Session, who: Principal, opening: UUID) -> OpeningRow:
    """An opening that somebody may see: a manager those of the own provider, others all.

    Raises:
        Refusal: there is none (``NOT_FOUND``).
    """
    found = select(OpeningRow).where(OpeningRow.id == opening)
    if who.role is Role.PROVIDER_MANAGER:
        found = found.where(OpeningRow.provider_id == who.provider_id)
    row = session.scalar(found)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return row


def change(
    session: Session, who: Principal, opening: UUID, version: int, wanted: Wanted
) -> OpeningRow:
    """Change how many an own opening takes; that confirms it, too.

    Raises:
        Refusal: ``NOT_FOUND``, ``PRECONDITION_FAILED``, ``BELOW_TAKEN``.
    """
    row = _own(session, who, opening)
    version_held(session, row, version)
    _change(session, row, wanted)
    _confirm(session, row, who.key)
    audit.note(
        session,
        who,
        "capacity.change",
        f"opening:{row.id}",
        seats=row.seats,
        session_seats=row.session_seats,
        status=row.status,
    )
    return row


def confirm(session: Session, who: Principal, opening: UUID) -> OpeningRow:
    """Confirm what an own opening takes ("Stämmer fortfarande").

    Raises:
        Refusal: ``NOT_FOUND``.
    """
    row = _own(session, who, opening)
    _lock(session, row)
    _confirm(session, row, who.key)
    audit.note(session, who, "capacity.confirm", f"opening:{row.id}")
    return row


def stale(row: OpeningRow, moment: datetime, days: int) -> bool:
    """Whether nobody confirmed it for so many days (inaktuell); a new one was right when made."""
    return moment - (row.confirmed_at or row.created_at) > timedelta(days=days)


def confirmed_by(session: Session, row: OpeningRow) -> str | None:
    """The name of the manager who confirmed last; None where a link did, or nobody."""
    if row.confirmed_by is None or row.confirmed_by == BY_LINK:
        return None
    user = session.get(User, UUID(row.confirmed_by.partition(":")[2]))
    return None if user is None else user.name


def link(session: Session, who: Principal, opening: UUID, secret: bytes) -> tuple[str, links.Link]:
    """A new signed link for an own opening: see ``api.domain.links``.

    Raises:
        Refusal: ``NOT_FOUND``.
    """
    row = _own(session, who, opening)
    audit.note(session, who, "capacity.link", f"opening:{row.id}")
    return links.sign(secret, links.CAPACITY, row.id, who.user_id, moment_of(session))


def linked(session: Session, text: str, secret: bytes) -> OpeningRow:
    """The opening that a link is for; looking does not use it up.

    Raises:
        Refusal: ``NOT_FOUND`` (not made here), ``LINK_USED_UP`` (used, its time is over, or
            whoever made it manages the opening no more).
    """
    found = links.read(secret, links.CAPACITY, text, moment_of(session))
    if session.get(UsedLink, links.digest(text)) is not None:
        raise Refusal(RefusalCode.LINK_USED_UP)
    row = session.get(OpeningRow, found.opening_id)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    maker = session.get(User, found.maker_id)
    if maker is None or not maker.active or maker.provider_id != row.provider_id:
        raise Refusal(RefusalCode.LINK_USED_UP)
    return row


def use_link(session: Session, text: str, secret: bytes, free: int | None) -> OpeningRow:
    """Confirm the capacity of the opening that a link is for, or change how many seats are free.

    Args:
        session: a writing unit of work.
        text: the link.
        secret: what it was signed with.
        free: how many seats are free; None where what stands there is right.

    Raises:
        Refusal: ``NOT_FOUND``, ``LINK_USED_UP``, ``BELOW_TAKEN`` (a half-day has fewer seats than
            are taken on it), ``NOT_VALID`` (more than an opening can have).
    """
    row = linked(session, text, secret)
    ends = links.read(secret, links.CAPACITY, text, moment_of(session)).ends_at
    session.add(UsedLink(hash=links.digest(text), ends_at=ends))
    try:
        session.flush()
    except IntegrityError:
        raise Refusal(RefusalCode.LINK_USED_UP) from None
    _lock(session, row)
    if free is not None:
        if row.taken + free > SEATS[1]:
            raise Refusal(RefusalCode.NOT_VALID)
        as_seats = row.document.get("session_seats") is None
        per_half_day = None if as_seats else row.session_seats
        wanted = Wanted(
            seats=row.taken + free,
            session_seats=per_half_day,
            status=OpeningStatus(row.status),
        )
        _change(session, row, wanted)
        row.version += 1
    _confirm(session, row, BY_LINK)
    audit.note(session, BY_LINK, "capacity.use-link", f"opening:{row.id}", seats=row.seats)
    return row


def _own(session: Session, who: Principal, opening: UUID) -> OpeningRow:
    if who.role is not Role.PROVIDER_MANAGER:
        raise Refusal(RefusalCode.NOT_FOUND)
    return visible(session, who, opening)


def _lock(session: Session, row: OpeningRow) -> None:
    """Hold the opening's row: what is read of it now stays so until the unit of work ends."""
    held = update(OpeningRow).where(OpeningRow.id == row.id).values(taken=OpeningRow.taken)
    changed(session, held)
    session.refresh(row)


def _change(session: Session, row: OpeningRow, wanted: Wanted) -> None:
    """Set seats and half-days, each only if no more are taken; in the order of ``seats``.

    A half-day is taken away only while nobody comes on it.
    """
    per_half_day = wanted.seats if wanted.session_seats is None else wanted.session_seats
    fits = (
        update(OpeningRow)
        .where(OpeningRow.id == row.id, OpeningRow.taken <= wanted.seats)
        .values(seats=wanted.seats, session_seats=per_half_day, status=str(wanted.status))
    )
    if changed(session, fits) != 1:
        raise Refusal(RefusalCode.BELOW_TAKEN)
    sessions = row.sessions if wanted.sessions is None else int(wanted.sessions)
    for at in half_days(row.sessions | sessions):
        if not row.sessions >> at & 1:
            session.add(HalfDayRow(opening_id=row.id, session=at, seats=per_half_day, taken=0))
        elif not _fits(session, row, at, per_half_day, kept=bool(sessions >> at & 1)):
            raise Refusal(RefusalCode.BELOW_TAKEN)
    session.flush()
    session.refresh(row)
    row.sessions = sessions
    row.document = row.document | {
        "seats": wanted.seats,
        "session_seats": wanted.session_seats,
        "sessions": sessions,
        "status": str(wanted.status),
    }


def _fits(session: Session, row: OpeningRow, at: int, seats: int, *, kept: bool) -> bool:
    """Set the seats of a half-day, or take it away; whether no more are taken on it."""
    here = (HalfDayRow.opening_id == row.id, HalfDayRow.session == at)
    if kept:
        more = update(HalfDayRow).where(*here, HalfDayRow.taken <= seats).values(seats=seats)
        return changed(session, more) == 1
    return changed(session, delete(HalfDayRow).where(*here, HalfDayRow.taken == 0)) == 1


def _confirm(session: Session, row: OpeningRow, by: str) -> None:
    row.confirmed_at, row.confirmed_by = moment_of(session), by
    row.document = row.document | {"updated_at": day_of(session).isoformat()}
    edited(session, row)
    turned(session, PLACES)
