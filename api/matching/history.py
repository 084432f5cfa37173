"""What has happened to everybody, with what they look for now, as the balance counts it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from api.domain import State
from api.store import Session, history, plans, profiles

if TYPE_CHECKING:
    from api.store.history import Happened
    from api.store.plans import Suggested
    from matcher.balance.events import EventColumns, Events, PeopleColumns
    from matcher.domain import Problem


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Lived:
    """Everybody who is not erased, and every stage that their placements reached.

    ``suggested``: for shadow mode, by the first plan that suggested something to somebody.
    """

    people: "PeopleColumns"
    rows: "EventColumns"
    suggested: "list[Suggested]"


def lived(unit: Session, day: date) -> Lived:
    """Read it; people are random numbers here, and their profiles are opened."""
    from matcher.balance.events import PeopleColumns

    everybody = [(row, profiles.profile_of(unit, row)) for row in history.people(unit)]
    people = PeopleColumns(
        year=day.year,
        participant_id=[row.id.hex for row, _ in everybody],
        protected=[row.protected_identity for row, _ in everybody],
        gender=[row.gender for row, _ in everybody],
        birth_year=[row.birth_year for row, _ in everybody],
        association=[row.association or "" for row, _ in everybody],
        municipality=[row.municipality_code for row, _ in everybody],
        supervisor=[
            f"{row.organisation_id.hex[:8]}-{one.supervisor_id}" if one.supervisor_id else ""
            for row, one in everybody
        ],
        norm_goal=[one.norm_goal for _, one in everybody],
        waiting_since=[one.waiting_since for _, one in everybody],
        hours=[one.hours_per_week for _, one in everybody],
        hours_goal=[one.hours_goal for _, one in everybody],
        looks=[row.closed_at is None for row, _ in everybody],
    )
    return Lived(
        people=people, rows=_rows(history.happened(unit)), suggested=plans.suggested(unit)
    )


def _rows(found: "Iterable[Happened]") -> "EventColumns":
    from matcher import occupations
    from matcher.balance.events import EventColumns

    known, happened = occupations.shipped(), list(found)
    return EventColumns(
        participant_id=[one.participant_id.hex for one in happened],
        stage=[str(one.state) for one in happened],
        day=[one.on for one in happened],
        opening=[one.opening_id.hex for one in happened],
        group=[one.occupation_group for one in happened],
        field=[known[one.occupation_group].field for one in happened],
        provider=[one.provider_id.hex for one in happened],
        kind=[one.provider_kind for one in happened],
        rank=[one.recommended for one in happened],
        ending=[one.ending or ("unknown" if one.state is State.ENDED else "") for one in happened],
        hours_first=[one.hours_first for one in happened],
        hours_last=[one.hours_last for one in happened],
        reason=[one.reason or "" for one in happened],
    )


def events(lived: Lived, problem: "Problem") -> "Events":
    """What has happened, and what those who look for a place wish for and are recommended."""
    from matcher.balance.events import EventColumns, collect
    from matcher.balance.planned import sought
    from matcher.policy import Policy

    now = sought(problem, Policy())
    both = {
        one.name: [*getattr(now, one.name), *getattr(lived.rows, one.name)]
        for one in fields(EventColumns)
    }
    return collect(lived.people, EventColumns(**both))


def suggestions(lived: Lived) -> "Events | None":
    """What plans suggested, to be laid beside ``events``; None where they suggested nothing."""
    from matcher.balance.events import EventColumns, collect
    from matcher.balance.words import Stage

    found = lived.suggested
    if not found:
        return None
    nothing, none = [""] * len(found), [None] * len(found)
    rows = EventColumns(
        participant_id=[one.participant_id.hex for one in found],
        stage=[str(Stage.PROPOSED)] * len(found),
        day=[one.on for one in found],
        opening=[one.opening_id.hex for one in found],
        group=nothing,
        field=nothing,
        provider=nothing,
        kind=nothing,
        rank=none,
        ending=nothing,
        hours_first=none,
        hours_last=none,
        reason=nothing,
    )
    return collect(lived.people, rows)
