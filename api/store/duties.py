"""What waits for a supervisor today: placements, and participants without one under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import OPEN, Party, Principal, State
from api.domain.duties import Duty, Situation, day_of, duty_of
from api.store import engine, sharing
from api.store.placements import shared
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, ProviderRow

_OPEN = [str(state) for state in OPEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that waits: what, about whom, and where; of a placement, whose yes is missing."""

    duty: Duty
    participant_id: UUID
    participant: str
    placement_id: UUID | None = None
    opening: str | None = None
    provider: str | None = None
    day: date | None = None
    awaited: tuple[Party, ...] = ()


def waiting(session: Session, who: Principal) -> tuple[Found, ...]:
    """Everything that waits for a supervisor, by duty, then by day (none first) and pseudonym.

    Of the profiles nothing is opened.
    """
    today = engine.day_of(session)
    found = [*_placements(session, who, today), *_without_a_place(session, who)]
    order = list(Duty)
    return tuple(
        sorted(
            found,
            key=lambda one: (order.index(one.duty), one.day or date.min, one.participant),
        )
    )


def _placements(session: Session, who: Principal, today: date) -> Iterator[Found]:
    rows = session.execute(
        shared(who)
        .where(PlacementRow.state.in_(_OPEN))
        .join(ParticipantRow, ParticipantRow.id == PlacementRow.participant_id)
        .join(OpeningRow, OpeningRow.id == PlacementRow.opening_id)
        .join(ProviderRow, ProviderRow.id == PlacementRow.provider_id)
        .add_columns(ParticipantRow.id, ParticipantRow.code, OpeningRow.title, ProviderRow.name)
    )
    for row, participant, code, opening, provider in rows:
        situation = _situation(row)
        duty = duty_of(situation, today)
        if duty is not None:
            yield Found(
                duty=duty,
                participant_id=participant,
                participant=code,
                placement_id=row.id,
                opening=opening,
                provider=provider,
                day=day_of(duty, situation),
                awaited=_awaited(row),
            )


def _without_a_place(session: Session, who: Principal) -> Iterator[Found]:
    rows = session.execute(
        select(ParticipantRow.id, ParticipantRow.code).where(
            *sharing.shared_with(who), *sharing.in_stage(sharing.Stage.NO_PLACE)
        )
    )
    for participant, code in rows:
        yield Found(duty=Duty.PROPOSE, participant_id=participant, participant=code)


def _situation(row: PlacementRow) -> Situation:
    return Situation(
        state=State(row.state),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        waits_until=row.waits_until,
        offered_until=None if row.offered_until is None else _day(row.offered_until),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(engine.SWEDEN).date()


def _awaited(row: PlacementRow) -> tuple[Party, ...]:
    if row.state != str(State.OFFERED):
        return ()
    said = {Party.PARTICIPANT: row.participant_yes, Party.PROVIDER: row.provider_yes}
    return tuple(party for party, yes in said.items() if yes is None)
