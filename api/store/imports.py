"""Bringing in a data set: what is new is added, what differs is changed, all of it or nothing.

What stands in the way is told together, by table and id. An import never changes what is not the
importer's: participants that are not shared with a supervisor, places whose provider keeps them
itself, and placements, whose life goes on by its own steps. Nor a profile that may be newer than
the tables, unless that is said: tables carry no versions.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import Role
from api.store import audit, places
from api.store.editing import PLACES, edited, turned
from api.store.imported import KEPT_BY_PROVIDER, Sitting, seat_placements
from api.store.profiles import keep_all, profile_of, seal
from api.store.supply import opening_now
from api.store.tables import (
    Edited,
    HalfDayRow,
    OpeningRow,
    ParticipantRow,
    ProviderRow,
    Reader,
    SiteRow,
    User,
)
from matcher.domain import SESSIONS, Opening, Participant, Problem, Provider, Site

Row = TypeVar("Row", bound=Edited)
ALREADY_THERE = "already_there"
ELSEWHERE = "elsewhere"
BELOW_TAKEN = "below_taken"
CHANGED_HERE = "changed_here"
"""Why something cannot be brought in; besides, the refusals of a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Something that cannot be brought in: the table, the id that its row has, and why."""

    table: str
    id: str
    code: str


class ClashesError(Exception):
    """A data set that cannot be brought in; nothing of it was."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        """Keep everything that stands in the way."""
        self.clashes = tuple(clashes)
        super().__init__(len(self.clashes))


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How it is brought in: for how many days an offer holds its seat, and which profiles change.

    Those that nobody changed since ``since``, when the tables were exported; with ``replace``
    all, with neither none.
    """

    offer_days: int
    since: datetime | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """Who brings in, a user of an organisation, and how."""

    user_id: UUID
    organisation_id: UUID
    role: Role
    how: How

    @property
    def key(self) -> str:
        """How the audit names them, as it names whoever asks."""
        return f"{self.role}:{self.user_id}"


@dataclass(eq=False, slots=True)
class Brought:
    """What came of an import: rows new and changed by table, and what is in the way.

    ``unshared``: participants without a supervisor who is known here.
    """

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    clashes: list[Clash] = field(default_factory=list)
    unshared: int = 0

    def clash(self, table: str, name: str, code: str) -> None:
        """Note what is in the way."""
        self.clashes.append(Clash(table=table, id=name, code=code))


def importer(session: Session, user: UUID, how: How) -> Importer | None:
    """Who brings in, as things are now; None where they may no longer."""
    row = session.get(User, user)
    if row is None or not row.active or row.organisation_id is None:
        return None
    return Importer(
        user_id=row.id,
        organisation_id=row.organisation_id,
        role=Role(row.role),
        how=how,
    )


def bring_in(session: Session, who: Importer, problem: Problem) -> Brought:
    """Bring in everything of a problem.

    Raises:
        ClashesError: something stands in the way; the unit of work must not be done.
    """
    brought = Brought()
    kept = _kept_by_provider(session)
    for table in (ProviderRow, SiteRow, OpeningRow):  # before the counter of places, as others do
        session.execute(select(table.id).order_by(table.id).with_for_update())
    _providers(session, problem.providers, kept, brought)
    _sites(session, problem.sites, kept, brought)
    _openings(session, problem, kept, brought)
    if brought.new or brought.changed:
        turned(session, PLACES)
    _participants(session, who, problem.participants, brought)
    if not brought.clashes:  # what is not there can hold no seat
        into = Sitting(
            organisation_id=who.organisation_id,
            offer_days=who.how.offer_days,
            known=_may_place(session, who, problem),
            by=who.key,
            replace=who.how.replace,
            kept=frozenset(
                session.scalars(select(ProviderRow.id).where(ProviderRow.code.in_(kept)))
            ),
        )
        seated = seat_placements(session, into, problem)
        brought.new["placements"] = seated.new
        if seated.ending:
            brought.changed["placements"] = seated.ending
        brought.clashes += [
            Clash(table="placements", id=name, code=code) for name, code in seated.refused
        ]
    if brought.clashes:
        raise ClashesError(brought.clashes)
    return brought


def _may_place(session: Session, who: Importer, problem: Problem) -> frozenset[str] | None:
    """A supervisor places those who come now, and those who are shared with them; else all."""
    if who.role is not Role.SUPERVISOR:
        return None
    shared = (
        select(ParticipantRow.code)
        .join(Reader, Reader.participant_id == ParticipantRow.id)
        .where(
            Reader.user_id == who.user_id, ParticipantRow.organisation_id == who.organisation_id
        )
    )
    return frozenset(session.scalars(shared)) | {str(name) for name in problem.participant}


def _kept_by_provider(session: Session) -> frozenset[str]:
    """The providers that somebody of their own keeps."""
    managed = (
        select(ProviderRow.code)
        .join(User, User.provider_id == ProviderRow.id)
        .where(User.active, User.role == str(Role.PROVIDER_MANAGER))
    )
    return frozenset(session.scalars(managed))


def _locked(session: Session, table: type[Row], code: Callable[[Row], str]) -> Mapping[str, Row]:
    """Every row by code, held until the import is done."""
    return {code(row): row for row in session.scalars(select(table).with_for_update())}


def _raise_version(session: Session, row: Edited) -> None:
    row.version += 1
    edited(session, row)


def _providers(
    session: Session, items: Iterable[Provider], kept: frozenset[str], brought: Brought
) -> None:
    there = _locked(session, ProviderRow, lambda row: row.code)
    for item in items:
        row = there.get(item.provider_id)
        if row is None:
            places.keep_provider(session, item)
            brought.new["providers"] += 1
        elif places.provider_of(row) != item:
            if item.provider_id in kept:
                brought.clash("providers", item.provider_id, KEPT_BY_PROVIDER)
                continue
            row.name, row.kind = item.name, str(item.kind)
            row.document = places.provider_document(item)
            _raise_version(session, row)
            brought.changed["providers"] += 1
    session.flush()


def _sites(
    session: Session, items: Iterable[Site], kept: frozenset[str], brought: Brought
) -> None:
    _locked(session, SiteRow, lambda row: row.code)
    there = {str(site.site_id): (row, site) for row, site in places.sites(session)}
    for item in items:
        if item.site_id not in there:
            if item.provider_id in kept:
                brought.clash("sites", item.site_id, KEPT_BY_PROVIDER)
                continue
            places.keep_site(session, item)
            brought.new["sites"] += 1
            continue
        row, now = there[item.site_id]
        surveys = [one for one in item.surveys if one not in now.surveys]
        alike = replace(now, surveys=()) == replace(item, surveys=())
        if alike and not surveys:
            continue
        if now.provider_id in kept:
            brought.clash("sites", item.site_id, KEPT_BY_PROVIDER)
        elif now.provider_id != item.provider_id:
            brought.clash("sites", item.site_id, ELSEWHERE)
        else:
            for survey in surveys:
                places.keep_survey(session, row.id, survey)
            row.name, row.municipality_code = item.name, item.municipality_code
            row.document = places.site_document(item)
            _raise_version(session, row)
            brought.changed["sites"] += 1
    session.flush()


def _openings(session: Session, problem: Problem, kept: frozenset[str], brought: Brought) -> None:
    there = _locked(session, OpeningRow, lambda row: row.code)
    site_ids = {row.code: row.id for row in session.scalars(select(SiteRow))}
    for item in problem.openings:
        row = there.get(item.opening_id)
        if row is not None and opening_now(row) == item:
            continue
        if problem.site[item.site_id].provider_id in kept:
            brought.clash("openings", item.opening_id, KEPT_BY_PROVIDER)
        elif row is None:
            places.keep_opening(session, item)
            brought.new["openings"] += 1
        elif row.site_id != site_ids[item.site_id]:
            brought.clash("openings", item.opening_id, ELSEWHERE)
        elif not _refitted(session, row, item):
            brought.clash("openings", item.opening_id, BELOW_TAKEN)
        else:
            row.title, row.occupation_group = item.title, item.occupation_group
            row.status, row.document = str(item.status), places.opening_document(item)
            _raise_version(session, row)
            brought.changed["openings"] += 1
    session.flush()


def _refitted(session: Session, row: OpeningRow, item: Opening) -> bool:
    """Give an opening other seats and half-days; False where more of the old are taken."""
    per_half_day = item.seats if item.session_seats is None else item.session_seats
    of_it = select(HalfDayRow).where(HalfDayRow.opening_id == row.id).with_for_update()
    days = {day.session: day for day in session.scalars(of_it)}
    most = {at: per_half_day for at in range(len(SESSIONS)) if item.sessions >> at & 1}
    if row.taken > item.seats or any(day.taken > most.get(at, 0) for at, day in days.items()):
        return False
    row.seats, row.session_seats, row.sessions = item.seats, per_half_day, int(item.sessions)
    for at, seats in most.items():
        if at in days:
            days[at].seats = seats
        else:
            session.add(HalfDayRow(opening_id=row.id, session=at, seats=seats, taken=0))
    for at, day in days.items():
        if at not in most:
            session.delete(day)
    return True


def _participants(
    session: Session, who: Importer, items: Iterable[Participant], brought: Brought
) -> None:
    ours = select(ParticipantRow).where(ParticipantRow.organisation_id == who.organisation_id)
    there = {row.code: row for row in session.scalars(ours.with_for_update())}
    shared = frozenset(
        session.scalars(select(Reader.participant_id).where(Reader.user_id == who.user_id))
    )
    supervisors = _supervisors(session, who.organisation_id)
    new: list[tuple[Participant, tuple[UUID, ...]]] = []
    for item in items:
        row = there.get(item.participant_id)
        if row is None:
            readers = tuple(_readers(who, item, supervisors))
            brought.unshared += not readers
            new.append((item, readers))
        elif who.role is Role.SUPERVISOR and row.id not in shared:
            brought.clash("participants", item.participant_id, ALREADY_THERE)
        elif profile_of(session, row) == item:
            continue
        elif not _may_change(row, who.how):
            brought.clash("participants", item.participant_id, CHANGED_HERE)
        else:
            row.gender, row.birth_year = str(item.gender), item.birth_year
            row.municipality_code, row.association = item.municipality_code, item.association
            row.protected_identity = item.protected_identity
            row.profile = seal(session, item, row.id)
            _raise_version(session, row)
            brought.changed["participants"] += 1
            audit.note(session, who.key, "participant.import", f"participant:{row.id}", new=False)
    for number in keep_all(session, who.organisation_id, new):
        audit.note(session, who.key, "participant.import", f"participant:{number}", new=True)
    brought.new["participants"] = len(new)


def _may_change(row: ParticipantRow, how: How) -> bool:
    """Whether a profile is no newer than the tables, or is to be replaced all the same."""
    return how.replace or (how.since is not None and row.updated_at <= how.since)


def _supervisors(session: Session, organisation: UUID) -> Mapping[str, UUID]:
    """The supervisors of an organisation by login, and by number."""
    rows = session.execute(
        select(User.login, User.id).where(
            User.organisation_id == organisation,
            User.role == str(Role.SUPERVISOR),
            User.active,
        )
    )
    found: dict[str, UUID] = {}
    for login, user in rows:
        found |= {login.lower(): user, str(user): user}
    return found


def _readers(who: Importer, item: Participant, supervisors: Mapping[str, UUID]) -> Iterator[UUID]:
    """Whom a new participant is shared with: the own supervisor, else one who brings it in."""
    own = supervisors.get((item.supervisor_id or "").lower())
    if own is not None:
        yield own
    elif who.role is Role.SUPERVISOR:
        yield who.user_id
