"""Journeys as they are shown: with the band of an estimate, and whether there are steps.

Whether a journey can be made without steps is told and asked of those who need it. It is no rule
and no criterion: it bars nothing, moves no opening to another group and changes no order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

import numpy as np

from matcher import needs
from matcher.columns import Rows, Table
from matcher.domain import OpeningId, ParticipantId, YesNoUnknown
from matcher.explain.whom import Whom
from matcher.outcome import Plan
from matcher.travel.atlas import Ints, Journeys, Masks, Signs
from matcher.travel.reach import Reach

NEEDS_NO_STEPS = needs.bits(needs.TRAVELS_STEP_FREE)
_SAID: Mapping[int, YesNoUnknown] = {
    1: YesNoUnknown.YES,
    0: YesNoUnknown.NO,
    -1: YesNoUnknown.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A journey as it is shown: ``low`` and ``high`` are the band of an estimate.

    ``from_home``: there is none, the work is done from home. ``step_free``: whether it can be made
    without steps, for those who need that; None for others, and where there is no journey.
    ``ask``: whom to ask for a way without steps; None where nothing is to be asked.
    ``near_limit``: the minutes are within the participant's limit, and ``high`` is not: whether
    the journey is too long is to be asked.
    """

    reach: Reach
    minutes: int | None = None
    low: int | None = None
    high: int | None = None
    from_home: bool = False
    step_free: YesNoUnknown | None = None
    ask: Whom | None = None
    near_limit: bool = False


class Shown:
    """The journeys of some pairs of a participant and an opening, as they are shown.

    ``low`` and ``high``: (pairs,) the band of an estimate; -1 where there is none. ``unsure``:
    (pairs,) whether the participant's limit lies inside it, so that an estimate on either side of
    the limit decides nothing; ``near_limit``: (pairs,) those of them that are within the limit.
    """

    def __init__(self, rows: Rows) -> None:
        """Look up what is shown besides minutes."""
        journeys = Journeys(
            participant=rows.participant, site=rows.o.site, reach=rows.reach, minutes=rows.minutes
        )
        low, high = rows.table.atlas.bands(journeys)
        shown = (rows.reach == Reach.MINUTES) & ~rows.remote
        there = (rows.reach != Reach.UNREACHABLE) & ~rows.remote
        self._rows = rows
        self.low: Ints = np.where(shown, low, -1)
        self.high: Ints = np.where(shown, high, -1)
        limit = rows.p.max_travel_minutes
        self.unsure: Masks = (self.low >= 0) & (self.low <= limit) & (self.high > limit)
        self.near_limit: Masks = self.unsure & (rows.minutes <= limit)
        self._asked: Masks = ((rows.p.needs & NEEDS_NO_STEPS) != 0) & there
        known = rows.reach == Reach.MINUTES
        self._step_free: Signs = np.where(known, rows.table.atlas.step_free(journeys), np.int8(-1))

    def journey(self, at: int, *, asking: bool) -> Journey:
        """The journey of a pair.

        Args:
            at: position of the pair.
            asking: whether anything is to be asked: for a way without steps, if none is known,
                and whether it is too long, if that is not decided.
        """
        rows = self._rows
        reach, minutes = Reach(int(rows.reach[at])), int(rows.minutes[at])
        step_free = _SAID[int(self._step_free[at])] if self._asked[at] else None
        unsure = asking and step_free in {YesNoUnknown.NO, YesNoUnknown.UNKNOWN}
        estimated = int(self.low[at]) >= 0
        return Journey(
            reach=reach,
            minutes=minutes if reach is Reach.MINUTES else None,
            low=int(self.low[at]) if estimated else None,
            high=int(self.high[at]) if estimated else None,
            from_home=bool(rows.remote[at]),
            step_free=step_free,
            ask=_whom(protected=bool(rows.p.protected[at])) if unsure else None,
            near_limit=asking and bool(self.near_limit[at]),
        )


def to_ask(table: Table, plan: Plan) -> tuple[tuple[ParticipantId, OpeningId], ...]:
    """Who is newly placed where no journey without steps is known, though they need one; in order.

    It is asked before a start, whatever the policy does with unknown needs.
    """
    problem = table.problem
    new = [row for row in plan.assignments if not row.pinned]
    people = [problem.participant_at[row.participant_id] for row in new]
    openings = [problem.opening_at[row.opening_id] for row in new]
    rows = table.rows(np.array(people, dtype=np.int32), np.array(openings, dtype=np.int32))
    shown = Shown(rows)
    asked = (shown.journey(at, asking=True).ask is not None for at in range(len(new)))
    found = [(row.participant_id, row.opening_id) for row in compress(new, asked)]
    return tuple(sorted(found))


def _whom(*, protected: bool) -> Whom:
    """Whom to ask for a way without steps: no travel planner is told of a protected identity."""
    return Whom.PARTICIPANT if protected else Whom.TRAVEL_PLANNER
