"""Who takes part in the measurements: a small crowded world for storms, and the whole county."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

import data
from api.auth import tokens
from api.domain import Role
from api.store import Session, Store, organisations, places, profiles, seeding
from api.store.imported import Sitting, seat_placements
from api.store.seeding import NewUser
from api.store.tables import ParticipantRow
from matcher import dataset
from tests.builders import opening, participant, provider, seek, site

LATER = datetime(2100, 1, 1, tzinfo=UTC)
COUNTY_DATE = date(2026, 12, 1)
PROVIDERS, SUPERVISORS = 4, 4


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Supervisors with tokens, those shared with all of them, openings with their managers."""

    supervisors: dict[str, str]
    """Tokens, by who it is to the audit."""
    coordinator: str
    coordinates: str
    """A token, and who it is to the audit."""
    people: tuple[UUID, ...]
    openings: dict[UUID, tuple[str, str]]
    """The token of the manager and who that is to the audit."""
    seats: dict[UUID, int]
    """Of every opening, at the beginning."""


def crowd(store: Store, people: int, openings: int, seats: int | None = None) -> Crowd:
    """A town where there is too little room.

    Args:
        store: with every table, and nothing in it.
        people: how many look for a place.
        openings: how many there are, with one to four seats, and fewer on a half-day.
        seats: of every opening, instead of that.
    """
    with store.writing() as unit:
        north = organisations.create(unit, "0180", "North", "0180")
        supervisors = [
            _somebody(unit, f"supervisor{at}", Role.SUPERVISOR, organisation=north)
            for at in range(SUPERVISORS)
        ]
        coordinator = _somebody(unit, "coordinator", Role.COORDINATOR, organisation=north)
        managers = []
        for at in range(PROVIDERS):
            row = places.keep_provider(unit, provider(f"A{at}"))
            places.keep_site(unit, site(f"S{at}", provider_id=f"A{at}"))
            managers.append(
                _somebody(unit, f"manager{at}", Role.PROVIDER_MANAGER, provider=row.id)
            )
        there, room = {}, {}
        for at in range(openings):
            many = seats or 1 + at % 4
            made = opening(f"O{at}", site_id=f"S{at % PROVIDERS}", seats=many)
            row = places.keep_opening(unit, made)
            there[row.id], room[row.id] = managers[at % PROVIDERS][1:], many
        readers = [user for user, _, _ in supervisors]
        some = tuple(
            profiles.create(
                unit, north, participant(f"Q{at}", wishes=(seek("9413", 1),)), readers
            ).id
            for at in range(people)
        )
    return Crowd(
        supervisors={who: token for _, token, who in supervisors},
        coordinator=coordinator[1],
        coordinates=coordinator[2],
        people=some,
        openings=there,
        seats=room,
    )


@dataclass(frozen=True, kw_only=True)
class County:
    """The shipped county as one organisation: everybody with the token of their supervisor."""

    coordinator: str
    people: tuple[tuple[UUID, str], ...]


def county(store: Store) -> County:
    """Everybody of the shipped county, each shared with their supervisor, and who sits where."""
    problem = dataset.read(Path(data.__file__).parent / "mia", COUNTY_DATE)
    with store.writing() as unit:
        seeding.keep_places(unit, problem)
        whole = organisations.create(unit, "0001", "County", None)
        names = sorted({one.supervisor_id or "nobody" for one in problem.participants})
        users = {
            name: _somebody(unit, name, Role.SUPERVISOR, organisation=whole) for name in names
        }
        shares = [(one, [users[one.supervisor_id or "nobody"][0]]) for one in problem.participants]
        profiles.keep_all(unit, whole, shares)
        seat_placements(unit, Sitting(organisation_id=whole, offer_days=365), problem)
        coordinator = _somebody(unit, "coordinator", Role.COORDINATOR, organisation=whole)
        whose = {
            str(one.participant_id): users[one.supervisor_id or "nobody"][1]
            for one in problem.participants
        }
        rows = unit.execute(select(ParticipantRow.id, ParticipantRow.code))
        people = tuple((row, whose[code]) for row, code in rows)
    return County(coordinator=coordinator[1], people=people)


def _somebody(
    unit: Session,
    login: str,
    role: Role,
    *,
    organisation: UUID | None = None,
    provider: UUID | None = None,
) -> tuple[UUID, str, str]:
    """A new user: the id, a token, and who that is to the audit."""
    user = seeding.keep_user(
        unit,
        NewUser(
            login=login,
            name=login,
            role=role,
            password_hash="",
            organisation_id=organisation,
            provider_id=provider,
        ),
    )
    unit.flush()
    token = tokens.make(unit, user, "measured", LATER)[1]
    return user, token, f"{role}:{user}"
