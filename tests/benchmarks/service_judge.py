"""What must hold after a storm, asked of the database in ways that the service does not use."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.store import Session, audit
from tests.benchmarks.service_people import Crowd
from tests.benchmarks.service_storm import ACTIONS, Done

HOLDS = ("offered", "accepted", "started")
HELD = "('offered', 'accepted', 'started')"
RELEASES = frozenset({"ended", "declined", "withdrawn", "expired"})


def wrong(unit: Session, town: Crowd, done: Iterable[Done], *, every: bool) -> list[str]:
    """Everything that is not as it must be: nothing, always.

    Args:
        unit: a unit of work.
        town: whom the storm was about.
        done: what was acknowledged.
        every: nothing but that was done; else more may have been, whose answer was lost.
    """
    broken = audit.verify(unit)[2]
    return [
        *(f"chain: {one.number} {one.what}" for one in broken),
        *_overbooked(unit),
        *_overbooked_once(unit, town),
        *_lives(unit),
        *_unsaid(unit, done, every=every),
    ]


def _overbooked(unit: Session) -> Iterator[str]:
    """Openings and half-days with more placements than seats, or other counters than those."""
    held: Counter[str] = Counter()
    on: Counter[tuple[str, int]] = Counter()
    for opening, sessions in unit.execute(
        text(f"SELECT opening_id, sessions FROM placement WHERE state IN {HELD}")  # noqa: S608 -- ours
    ):
        held[str(opening)] += 1
        for at in range(10):
            if sessions & (1 << at):
                on[str(opening), at] += 1
    for opening, seats, taken in unit.execute(text("SELECT id, seats, taken FROM opening")):
        if not held[str(opening)] == taken <= seats:
            yield f"opening: {held[str(opening)]} hold, {taken} counted, {seats} seats"
    for opening, at, seats, taken in unit.execute(
        text("SELECT opening_id, session, seats, taken FROM half_day")
    ):
        if not on.pop((str(opening), at), 0) == taken <= seats:
            yield f"half-day {at}: {taken} counted, {seats} seats"
    yield from (f"half-day {at} that there is not" for (_, at), count in on.items() if count)
    for name, states in (("coming", "('offered', 'accepted')"), ("started", "('started')")):
        twice = unit.scalar(
            text(
                "SELECT count(*) FROM (SELECT participant_id FROM placement "  # noqa: S608 -- ours
                f"WHERE state IN {states} GROUP BY participant_id HAVING count(*) > 1) AS twice"
            )
        )
        if twice:
            yield f"{twice} participants have two {name}"


def _overbooked_once(unit: Session, town: Crowd) -> Iterator[str]:
    """Moments in which an opening was overbooked, even if it is not now: in the audit's order."""
    opening_of = {
        str(_id(number)): str(opening)
        for number, opening in unit.execute(text("SELECT id, opening_id FROM placement"))
    }
    seats = {str(opening): many for opening, many in town.seats.items()}
    held: Counter[str] = Counter()
    for action, subject, detail in unit.execute(
        text("SELECT action, subject, detail FROM audit ORDER BY number")
    ):
        kind, _, number = subject.partition(":")
        told = _json(detail)
        if action == "capacity.change":
            seats[_plain(number)] = told["seats"]
            opening = _plain(number)
        elif kind == "placement" and "after" in told:
            opening = _plain(opening_of[number])
            if action == "placement.offer":
                held[opening] += 1
            elif told["after"] in RELEASES and told["before"] in HOLDS:
                held[opening] -= 1
        else:
            continue
        if held[opening] > seats[opening]:
            yield f"{held[opening]} held {seats[opening]} seats after {action}"


def _lives(unit: Session) -> Iterator[str]:
    """Placements whose steps do not lead, one after the other, to where they are."""
    steps: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for placement, before, after in unit.execute(
        text("SELECT placement_id, before, after FROM placement_step ORDER BY at, id")
    ):
        steps[_plain(placement)].append((before, after))
    for number, state in unit.execute(text("SELECT id, state FROM placement")):
        balance: Counter[str | None] = Counter()
        for before, after in steps[_plain(number)]:
            balance[before] -= 1
            balance[after] += 1
        expected = Counter({None: -1, state: 1})
        if {key: value for key, value in balance.items() if value} != dict(expected):
            yield f"a placement is {state}, and its steps do not lead there"


def _unsaid(unit: Session, done: Iterable[Done], *, every: bool) -> Iterator[str]:
    """What was acknowledged and is not in the audit, or is there and nobody was told.

    A second yes changes nothing and leaves no entry; of a yes there has to be one.
    """
    said: Counter[tuple[str, str, str]] = Counter()
    for who, action, subject in unit.execute(
        text("SELECT who, action, subject FROM audit WHERE who <> 'clock'")
    ):
        said[who, action, subject] += 1
    asked = Counter((one.who, ACTIONS[one.operation], one.subject) for one in done)
    yes: dict[tuple[str, str], int] = Counter()
    for (who, action, subject), count in said.items():
        yes[_party(who), subject] += count * (action == "placement.accept")
    for key, count in asked.items():
        who, action, subject = key
        if action == "placement.accept":
            if not yes[_party(who), subject]:
                yield f"no entry of {action}"
        elif said[key] < count:
            yield f"{count} times {action} acknowledged, {said[key]} entries"
    if every:
        kinds = set(ACTIONS.values()) - {"placement.accept"}
        for key, count in said.items():
            if key[1] in kinds and count != asked[key] and not _by_the_way(key[1]):
                yield f"{count} entries of {key[1]}, {asked[key]} acknowledged"


def _by_the_way(action: str) -> bool:
    """A start may end the placement before: an entry that nobody asked for by itself."""
    return action == "placement.end"


def _party(who: str) -> str:
    return who.partition(":")[0]


def _json(document: object) -> dict[str, Any]:
    """What a database gives as text, or as what it says."""
    found: dict[str, Any] = json.loads(document) if isinstance(document, str) else document
    return found


def _id(number: object) -> object:
    return number if isinstance(number, UUID) else UUID(str(number))


def _plain(number: object) -> str:
    return str(_id(number))
