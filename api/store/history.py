"""What has happened to whom: every stage that a placement reached, for the balance.

Only a worker reads this; what it makes of it is protected before anybody sees it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from api.domain import State
from api.store.engine import SWEDEN
from api.store.tables import (
    OpeningRow,
    ParticipantRow,
    PlacementRow,
    PlacementStep,
    ProviderRow,
)

REACHED = frozenset({State.PROPOSED, State.ACCEPTED, State.STARTED, State.ENDED, State.DECLINED})
"""The states that are stages of the balance; the others are ways between them."""

ANSWERED = frozenset({State.PROPOSED, State.DECLINED})
"""Whose reason says why somebody wanted another place, or none; that of an end is the ending."""

ORDER = {state: at for at, state in enumerate(State)}
"""Which of two steps of the same moment was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A stage that somebody's placement reached, on a day; hours a week as they were known."""

    participant_id: UUID
    state: State
    on: date
    opening_id: UUID
    occupation_group: str
    provider_id: UUID
    provider_kind: str
    recommended: int | None
    ending: str | None
    hours_first: int | None
    hours_last: int | None
    reason: str | None


def people(session: Session) -> Iterator[ParticipantRow]:
    """Everybody who is not erased, of every organisation, whether they still look or not."""
    yield from session.scalars(select(ParticipantRow).order_by(ParticipantRow.id))


def happened(session: Session) -> Iterator[Happened]:
    """Every stage that was reached, placement by placement, in order.

    Placements without their participant (erased, or never known) are left out: nobody knows of
    whom they tell.
    """
    found = session.execute(
        select(PlacementRow, PlacementStep, OpeningRow.occupation_group, ProviderRow.kind)
        .join(PlacementStep, PlacementStep.placement_id == PlacementRow.id)
        .join(OpeningRow, OpeningRow.id == PlacementRow.opening_id)
        .join(ProviderRow, ProviderRow.id == PlacementRow.provider_id)
        .where(PlacementRow.participant_id.is_not(None))
        .order_by(PlacementRow.id, PlacementStep.at)
    )
    for _, rows in groupby(found, key=lambda row: row[0].id):
        yield from _stages(sorted(rows, key=lambda row: (row[1].at, ORDER[State(row[1].after)])))


def _stages(
    rows: Iterable[Row[PlacementRow, PlacementStep, str, str]],
) -> Iterator[Happened]:
    """The stages of one placement; a row that was brought in begins where it stood."""
    hours: int | None = None
    first: int | None = None
    for placement, step, group, kind in rows:
        hours = step.hours_per_week or hours or placement.hours_per_week or None
        state = State(step.after)
        if step.before == step.after or state not in REACHED:
            continue
        if state is State.STARTED:
            first = hours
        assert placement.participant_id is not None  # noqa: S101 -- the query says so
        yield Happened(
            participant_id=placement.participant_id,
            state=state,
            on=step.on or step.at.astimezone(SWEDEN).date(),
            opening_id=placement.opening_id,
            occupation_group=group,
            provider_id=placement.provider_id,
            provider_kind=kind,
            recommended=placement.recommended,
            ending=placement.ending if state is State.ENDED else None,
            hours_first=first,
            hours_last=(placement.ended_hours or hours) if state is State.ENDED else hours,
            reason=step.reason if state in ANSWERED else None,
        )
