"""Each person once: who reached a stage in a period, and by which of their events they count.

A wish counts by the dearest, a recommendation by the first, an ending by the last; everything
else by the first there was. Equals count by opening, group and field, in the order of their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matcher.balance.events import NONE, STAGE_AT, Events
from matcher.balance.words import WHOLE, Stage
from matcher.travel.atlas import Ints, Masks

Wide = npt.NDArray[np.int64]
LATER = np.int32(1 << 30)
RANKED = (Stage.WISHED, Stage.RECOMMENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time that is told apart: from its ``first`` day to before the day ``after`` it."""

    name: str
    first: date
    after: date

    def __post_init__(self) -> None:
        if self.first >= self.after:
            raise ValueError("a period ends after it begins")
        if self.name in ("", WHOLE):
            raise ValueError(f"a period has a name, and not {WHOLE}")


@dataclass(frozen=True, eq=False, kw_only=True)
class Reached:
    """Who reached a stage, each once: positions of people, ascending, and of their events."""

    person: Ints
    row: Wide

    def of(self, column: Ints) -> Ints:
        """(people who did,) what a column of the events says of each."""
        return column[self.row]


def reached(events: Events, stage: Stage, period: Period | None = None) -> Reached:
    """Who reached a stage, in a period or ever; without a day it is in no period."""
    here = events.stage == STAGE_AT[stage]
    if period is not None:
        here &= (events.day >= period.first.toordinal()) & (events.day < period.after.toordinal())
    return _first(events, np.flatnonzero(here), stage)


def dearest_group(events: Events) -> Ints:
    """(people,) the dearest of the groups that each wishes for, whatever fields come before."""
    wished = (events.stage == STAGE_AT[Stage.WISHED]) & (events.group.codes != NONE)
    found = _first(events, np.flatnonzero(wished), Stage.WISHED)
    group = np.full(len(events.people), NONE, dtype=np.int32)
    group[found.person] = found.of(events.group.codes)
    return group


def latest_hours(events: Events) -> tuple[Ints, Ints]:
    """(people,) the hours a week at the first start that says any, and the latest known."""
    began = (events.stage == STAGE_AT[Stage.STARTED]) | (events.stage == STAGE_AT[Stage.ENDED])
    first, last = (np.full(len(events.people), NONE, dtype=np.int32) for _ in range(2))
    rows = np.flatnonzero(began & (events.hours_first != NONE))
    one = _first(events, rows, Stage.STARTED)
    first[one.person] = one.of(events.hours_first)
    rows = np.flatnonzero(began & (events.hours_last != NONE))
    one = _first(events, rows, Stage.ENDED)
    last[one.person] = one.of(events.hours_last)
    return first, last


def members(events: Events, found: Reached) -> Masks:
    """(people,) who is among those who reached a stage."""
    among = np.zeros(len(events.people), dtype=np.bool_)
    among[found.person] = True
    return among


def check_periods(periods: Sequence[Period]) -> None:
    """Refuse periods that overlap, or two of a name.

    Raises:
        ValueError: they do.
    """
    if len({one.name for one in periods}) != len(periods):
        raise ValueError("periods: each name once")
    ordered = sorted(periods, key=lambda one: one.first)
    if any(one.after > other.first for one, other in pairwise(ordered)):
        raise ValueError("periods: none overlaps another")


def _first(events: Events, rows: Wide, stage: Stage) -> Reached:
    """Of some rows the one by which each person counts at a stage."""
    before = (events.rank if stage in RANKED else events.day)[rows]
    if stage is Stage.ENDED:
        before = -before
    before = np.where(before == NONE, LATER, before)  # what has no day is not the first
    named = (events.field.codes, events.group.codes, events.opening.codes)
    rows = rows[np.lexsort((*(one[rows] for one in named), before, events.person[rows]))]
    person = events.person[rows]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = person[1:] != person[:-1]
    return Reached(person=person[first], row=rows[first])
