"""Small frames for tests of the balance: a line for each person and each event."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from data import reference
from matcher.balance.disclosure import Table
from matcher.balance.events import EventColumns, Events, PeopleColumns, collect
from matcher.balance.measures import CROSSED, Counting
from matcher.balance.words import Stage
from matcher.domain import Occupation

DAY = date(2026, 12, 1)
KNOWN = {
    "9413": Occupation(occupation_group="9413", field="hotel", women_pct=79.1),
    "9412": Occupation(occupation_group="9412", field="hotel", women_pct=58.1),
    "7231": Occupation(occupation_group="7231", field="repair", women_pct=3.8),
    "0110": Occupation(occupation_group="0110", field="army"),
}
"""Dominated by women, even, dominated by men, not known."""


class Person(NamedTuple):
    """Somebody; a woman of 36 who looks for a place, until a test says otherwise."""

    name: str
    gender: str = "woman"
    association: str = "HBS"
    norm_goal: bool = False
    birth_year: int = 1990
    supervisor: str = "H1"
    waiting_since: date | None = None
    hours: int | None = None
    looks: bool = True
    protected: bool = False


class Event(NamedTuple):
    """Something that happened to somebody, at the café of A1 unless a test says otherwise."""

    who: str
    stage: str
    group: str = ""
    day: date | None = DAY
    opening: str = ""
    field: str = ""
    provider: str = ""
    kind: str = ""
    rank: int | None = None
    ending: str = ""
    hours: tuple[int | None, int | None] = (None, None)
    reason: str = ""


def printed() -> list[Person]:
    """The participants of MIA's eight associations, as many of each gender as is printed."""
    genders = (("woman", "women"), ("man", "men"), ("undisclosed", "undisclosed"))
    return [
        Person(f"{row['association']}-{gender}-{at}", gender, row["association"])
        for row in reference.mia_associations()
        for gender, column in genders
        for at in range(int(row[column]))
    ]


def after(days: int) -> date:
    """The day so many days later."""
    return DAY + timedelta(days=days)


def wish(who: str, code: str, rank: int = 1) -> Event:
    """A wish for a group (four digits) or a field."""
    if code.isdigit():
        return Event(who, Stage.WISHED, code, rank=rank)
    return Event(who, Stage.WISHED, field=code, rank=rank)


def people_columns(people: Sequence[Person]) -> PeopleColumns:
    """The people as ``collect`` takes them; ages are those of 2026."""
    return PeopleColumns(
        year=2026,
        participant_id=[p.name for p in people],
        protected=[p.protected for p in people],
        gender=[p.gender for p in people],
        birth_year=[p.birth_year for p in people],
        association=[p.association for p in people],
        municipality=["0126" for _ in people],
        supervisor=[p.supervisor for p in people],
        norm_goal=[p.norm_goal for p in people],
        waiting_since=[p.waiting_since for p in people],
        hours=[p.hours for p in people],
        hours_goal=[None for _ in people],
        looks=[p.looks for p in people],
    )


def event_columns(events: Sequence[Event]) -> EventColumns:
    """The events as ``collect`` takes them; the field of a group is that of ``KNOWN``."""
    return EventColumns(
        participant_id=[e.who for e in events],
        stage=[e.stage for e in events],
        day=[e.day for e in events],
        opening=[e.opening for e in events],
        group=[e.group for e in events],
        field=[KNOWN[e.group].field if e.group else e.field for e in events],
        provider=[e.provider for e in events],
        kind=[e.kind for e in events],
        rank=[e.rank for e in events],
        ending=[e.ending for e in events],
        hours_first=[e.hours[0] for e in events],
        hours_last=[e.hours[1] for e in events],
        reason=[e.reason for e in events],
    )


def frame(*parts: Person | Event, salt: bytes = b"") -> Events:
    """The frame of these people and events."""
    people = [part for part in parts if isinstance(part, Person)]
    events = [part for part in parts if isinstance(part, Event)]
    return collect(people_columns(people), event_columns(events), salt)


def counting(
    *parts: Person | Event, placed: Stage = Stage.STARTED, events: Events | None = None
) -> Counting:
    """These people and events, about to be counted."""
    return Counting(events or frame(*parts), KNOWN, placed, (), CROSSED)


def number(table: Table, *codes: str | None) -> int:
    """What a raw table says of a cell; None is the total."""
    at = zip(table.dimensions, codes, strict=True)
    return int(table.counts[tuple(one.place(code) for one, code in at)])


def named(tables: Iterable[Table], name: str) -> Table:
    """The table of a name."""
    return next(table for table in tables if table.name == name)


def many(times: int, *parts: Person | Event) -> list[Person | Event]:
    """The same people and events so many times over: no cell is small, and all can be told."""
    found: list[Person | Event] = []
    for at in range(times):
        for part in parts:
            if isinstance(part, Person):
                found.append(part._replace(name=f"{part.name}-{at}"))
            else:
                found.append(part._replace(who=f"{part.who}-{at}"))
    return found
