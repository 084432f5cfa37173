"""What there is: providers and openings as they stand, and who holds a seat where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import State
from api.store.places import opening_of, provider_of, sites_of
from api.store.tables import (
    OpeningRow,
    Organisation,
    ParticipantRow,
    PlacementRow,
    ProviderRow,
    SiteRow,
)
from matcher.domain import (
    Opening,
    OpeningId,
    OpeningStatus,
    ParticipantId,
    Placement,
    PlacementStatus,
    Provider,
    Sessions,
    Site,
)

STATUS: Mapping[State, PlacementStatus] = {
    State.STARTED: PlacementStatus.ONGOING,
    State.OFFERED: PlacementStatus.OFFERED,
    State.ACCEPTED: PlacementStatus.PINNED,
}
"""What a placement that holds a seat is to the engine: both yeses pin it."""

LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A random number in letters alone looks like no personal identity number."""


def providers(session: Session) -> Iterator[Provider]:
    """Every provider, by code."""
    for row in session.scalars(select(ProviderRow).order_by(ProviderRow.code)):
        yield provider_of(row)


def openings(session: Session) -> Iterator[tuple[OpeningRow, Opening]]:
    """Every opening with the seats and the status that it has now, by code."""
    for row in session.scalars(select(OpeningRow).order_by(OpeningRow.code)):
        yield row, opening_now(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An opening as it stands, with its site, the site's surveys, and its provider."""

    provider: Provider
    site: Site
    opening: Opening


def place(session: Session, opening: UUID) -> Place | None:
    """One opening and what it stands on; None where there is none."""
    row = session.get(OpeningRow, opening)
    if row is None:
        return None
    site = session.get_one(SiteRow, row.site_id)
    return Place(
        provider=provider_of(session.get_one(ProviderRow, row.provider_id)),
        site=sites_of(session, [site])[site.id],
        opening=opening_now(row),
    )


def opening_now(row: OpeningRow) -> Opening:
    """An opening with the seats, half-days, status and last confirmation of its columns."""
    plain = opening_of(row)
    per_half_day = row.session_seats
    as_said = plain.session_seats is None and per_half_day == row.seats
    return replace(
        plain,
        seats=row.seats,
        session_seats=None if as_said else per_half_day,
        sessions=Sessions(row.sessions),
        status=OpeningStatus(row.status),
        updated_at=plain.updated_at if row.confirmed_at is None else row.confirmed_at.date(),
    )


def placements(session: Session, names: Mapping[UUID, ParticipantId]) -> Iterator[Placement]:
    """Every placement that holds a seat, whoever has it.

    Args:
        session: a unit of work.
        names: by what name participants are known here; the others are known by none.
    """
    found = session.execute(
        select(PlacementRow, OpeningRow.code)
        .join(OpeningRow, OpeningRow.id == PlacementRow.opening_id)
        .where(PlacementRow.state.in_([str(state) for state in STATUS]))
        .order_by(PlacementRow.id)
    )
    for row, opening in found:
        nobody = ParticipantId("held-" + row.id.hex.translate(LETTERS))
        who = row.participant_id
        yield Placement(
            participant_id=nobody if who is None else names.get(who, nobody),
            opening_id=OpeningId(opening),
            status=STATUS[State(row.state)],
            sessions=Sessions(row.sessions),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )


def names(session: Session, organisation: UUID) -> dict[UUID, ParticipantId]:
    """The pseudonym of everybody of an organisation, looking or not."""
    found = session.execute(
        select(ParticipantRow.id, ParticipantRow.code).where(
            ParticipantRow.organisation_id == organisation
        )
    )
    return {row: ParticipantId(code) for row, code in found}


def organisations(session: Session) -> list[UUID]:
    """Every organisation, by code."""
    return list(session.scalars(select(Organisation.id).order_by(Organisation.code)))
