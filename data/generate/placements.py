"""Invented placements that already are: going on, offered, or pinned by a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Ints, Mask, Texts
from data.generate.tables import Tables, half_days, names, table
from matcher.domain import SESSIONS
from matcher.travel.estimate import great_circle_km

_KM_PER_MINUTE = 0.12
"""So near that neither the estimate nor a timetable should say it takes too long."""
_TRIES = 60
_BIT = {session: 1 << i for i, session in enumerate(SESSIONS)}

Row = dict[str, Any]


class Wanted(NamedTuple):
    """How many placements of each kind to make."""

    outsiders: int = 40
    ongoing: int = 20
    offered: int = 25
    pinned: int = 15


class Placed(NamedTuple):
    """One placement: who, the place of the opening in its table, status, half-days, dates."""

    person: str
    opening: int
    status: str
    sessions: int
    starts_on: date
    ends_on: date | None


@dataclass(slots=True, kw_only=True)
class Board:
    """The openings and what is left of them.

    Attributes:
        plan_date: the day of the data set.
        openings: rows of the table, with the site's point and the half-days as `bits`.
        seats: (openings,) seats left.
        room: (openings, 10) how many more may come on each half-day.
    """

    plan_date: date
    openings: list[Row]
    seats: Ints
    room: Ints

    def free(self, opening: int) -> int:
        """Its half-days on which one more may come, as bits; none when no seat is left."""
        if self.seats[opening] < 1:
            return 0
        roomy = sum(1 << i for i in range(10) if self.room[opening, i] > 0)
        return roomy & int(self.openings[opening]["bits"])

    def take(self, opening: int, sessions: int) -> None:
        """Occupy a seat and its half-days."""
        self.seats[opening] -= 1
        for i in range(10):
            self.room[opening, i] -= sessions >> i & 1

    def has_begun(self, opening: int) -> bool:
        """Whether people can have started there by now."""
        starts = self.openings[opening]["starts_from"]
        return starts is None or starts <= self.plan_date.isoformat()


def draw(dice: Dice, plan_date: date, tables: Tables, wanted: Wanted) -> pd.DataFrame:
    """Placements in openings that have room, within their half-days; nothing is overfilled.

    The pinned and the offered ones are lawful as far as hours, half-days, dates, enrolment,
    insurance, language and distance go, and their people have no required needs.
    """
    board = _board(plan_date, tables)
    found = list(_outsiders(dice, board, wanted.outsiders))
    for person, status in _candidates(dice, tables, wanted):
        placed = _place(dice, board, person, status)
        if placed:
            board.take(placed.opening, placed.sessions)
            found.append(placed)
    return _table(_enough(found, wanted), board.openings)


def _board(plan_date: date, tables: Tables) -> Board:
    """All seats free; nobody comes to a paused opening."""
    sites = tables["sites"][["site_id", "latitude", "longitude"]]
    rows = _rows(tables["openings"].merge(sites, on="site_id", how="left"))
    for row in rows:
        row["bits"] = _bits(row["sessions"])
    seats = np.array([o["seats"] if o["status"] == "open" else 0 for o in rows], dtype=np.int64)
    limit = np.array([o["session_seats"] or o["seats"] for o in rows], dtype=np.int64)
    room = np.repeat(limit[:, None], 10, axis=1)
    return Board(plan_date=plan_date, openings=rows, seats=seats, room=room)


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows as dictionaries, empty cells as `None`."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy(dtype=object)]


def _bits(cell: str) -> int:
    return sum(_BIT[session] for session in cell.split(";"))


def _outsiders(dice: Dice, board: Board, count: int) -> Iterator[Placed]:
    """Ongoing placements of people who are not looking; one in twelve has ended already."""
    left = iter(names("X", max(1, count))[:count])
    for opening in dice.order(len(board.openings)).tolist():
        size = int(dice.whole(2, 5, 1)[0])
        sessions = _some(dice, board.free(opening), size)
        if not sessions or not board.has_begun(opening):
            continue
        person = next(left, None)
        if person is None:
            return
        board.take(opening, sessions)
        ended = bool(dice.chance(1 / 12, 1)[0])
        dates = _past(dice, board.plan_date, ended=ended)
        yield Placed(person, opening, "ongoing", sessions, *dates)


def _past(dice: Dice, plan_date: date, *, ended: bool) -> tuple[date, date | None]:
    """A start behind us, and an end behind, ahead or, for one in three, not set."""
    starts = plan_date - timedelta(days=int(dice.whole(45, 240, 1)[0]))
    ahead, behind = int(dice.whole(5, 150, 1)[0]), int(dice.whole(1, 40, 1)[0])
    is_open = bool(dice.chance(0.35, 1)[0])
    if ended:
        return starts, plan_date - timedelta(days=behind)
    return starts, None if is_open else plan_date + timedelta(days=ahead)


def _some(dice: Dice, bits: int, size: int) -> int:
    """That many of the half-days in a mask, or none when there are too few."""
    choices = [i for i in range(10) if bits >> i & 1]
    if len(choices) < size:
        return 0
    return sum(1 << choices[i] for i in dice.order(len(choices))[:size].tolist())


def _candidates(dice: Dice, tables: Tables, wanted: Wanted) -> list[tuple[Row, str]]:
    """People with a point, without needs or things to avoid, in turn for each status.

    Three times as many as wanted, since not everyone finds a place.
    """
    people = tables["participants"]
    fussy = people["participant_id"].isin(
        [*_avoiders(tables), *tables["exclusions"]["participant_id"]]
    )
    plain = people["needs"].isna() & people["latitude"].notna() & ~fussy
    plain &= ~people["remote"].isin(["only"]) & ~people["travel_mode"].isin(["walk"])
    rows = _rows(people[plain])
    turns = (["ongoing"] * wanted.ongoing + ["offered"] * wanted.offered
             + ["pinned"] * wanted.pinned) * 3  # fmt: skip
    order = dice.order(len(rows)).tolist()
    return [(rows[i], status) for i, status in zip(order, turns, strict=False)]


def _avoiders(tables: Tables) -> list[str]:
    wishes = tables["wishes"]
    return wishes.loc[wishes["wish"] == "avoid", "participant_id"].tolist()


def _enough(found: list[Placed], wanted: Wanted) -> list[Placed]:
    """Of each kind no more than wanted."""
    left = {"ongoing": wanted.ongoing, "offered": wanted.offered, "pinned": wanted.pinned}
    kept = []
    for placed in found:
        if not placed.person.startswith("X"):
            left[placed.status] -= 1
            if left[placed.status] < 0:
                continue
        kept.append(placed)
    return sorted(kept, key=lambda placed: (placed.person, placed.opening))


def _place(dice: Dice, board: Board, person: Row, status: str) -> Placed | None:
    """The first of some openings nearby that the person may have, if there is one."""
    near = _near(person, board.openings)
    for opening in near[dice.order(len(near))][:_TRIES].tolist():
        there = board.openings[opening]
        starts = _first_day(person, there, board.plan_date)
        free = _bits(person["available"]) & board.free(opening)
        sessions = _some(dice, free, int(person["sessions_per_week"]))
        if not sessions or not _lawful(person, there, starts, board.plan_date):
            continue
        if status != "ongoing":
            ends = starts + timedelta(weeks=int(dice.whole(8, 26, 1)[0]))
            return Placed(person["participant_id"], opening, status, sessions, starts, ends)
        if board.has_begun(opening):
            dates = _past(dice, board.plan_date, ended=False)
            return Placed(person["participant_id"], opening, status, sessions, *dates)
    return None


def _first_day(person: Row, there: Row, plan_date: date) -> date:
    """The first day on which both can start, from the plan date on."""
    given = (person["earliest_start"], there["starts_from"])
    return max((plan_date, *(date.fromisoformat(day) for day in given if day)))


def _near(person: Row, openings: list[Row]) -> Ints:
    """The openings well within the person's travel limit."""
    latitude = np.array([o["latitude"] for o in openings], dtype=np.float64)
    longitude = np.array([o["longitude"] for o in openings], dtype=np.float64)
    here = np.full(len(openings), person["latitude"], dtype=np.float64)
    there = np.full(len(openings), person["longitude"], dtype=np.float64)
    km = great_circle_km(here, there, latitude, longitude)
    found: Mask = km <= _KM_PER_MINUTE * person["max_travel_minutes"]
    return np.flatnonzero(found)


def _lawful(person: Row, there: Row, starts: date, plan_date: date) -> bool:
    """Whether the hours, the dates and the conditions of the opening allow the person."""
    hours, age = person["hours_per_week"], starts.year - person["birth_year"]
    until = date.fromisoformat(there["starts_until"] or date.max.isoformat())
    insured = person["insured_by"] not in {None, "none", "unknown"}
    return (
        (there["hours_min"] or 0) <= hours <= (there["hours_max"] or hours)
        and starts <= min(until, plan_date + timedelta(days=90))
        and age >= (there["min_age"] or 0)
        and _shares(there["eligible_municipalities"], person["municipality_code"])
        and _shares(there["eligible_enrolment"], person["enrolled_with"])
        and _shares(there["languages"], person["languages"])
        and (there["insurance"] != "required" or insured)
    )


def _shares(demanded: str | None, given: str | None) -> bool:
    """Whether something demanded is among what is given; nothing demanded suits all."""
    return demanded is None or not {*demanded.split(";")}.isdisjoint((given or "").split(";"))


def _table(found: list[Placed], openings: list[Row]) -> pd.DataFrame:
    ends: Texts = np.array([p.ends_on and p.ends_on.isoformat() for p in found], dtype=object)
    columns = {
        "participant_id": [p.person for p in found],
        "opening_id": [openings[p.opening]["opening_id"] for p in found],
        "status": [p.status for p in found],
        "sessions": half_days(np.array([p.sessions for p in found], dtype=np.int64)),
        "starts_on": [p.starts_on.isoformat() for p in found],
        "ends_on": ends,
    }
    return table("placements", columns)
