"""The points of a pair, in whole numbers: what each criterion gives, and their weighted sum.

points = (Σ weight · value) // 100, each value 0..1000, division rounding down. Gender changes
nothing here.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matcher.columns import Rows, bit_count
from matcher.policy import WEIGHT_SUM, Criterion, Policy
from matcher.travel.atlas import Ints, Masks
from matcher.travel.reach import Reach

Score = Callable[[Rows, Policy], Ints]

FULL = 1000
HALF = 500
LEAST_WORTH = 300
STEP = 150


def wish(rows: Rows, _: Policy) -> Ints:
    """How dear the task is to the participant: 500 without wishes, 0 when none fits."""
    wishes = rows.table.wishes
    value = np.maximum.reduce(
        [
            worth(wishes.group_rank[rows.participant, rows.o.group]),
            worth(wishes.field_rank[rows.participant, rows.o.field]),
            worth(wishes.kin_rank[rows.participant, rows.o.field]) // 2,
        ]
    )
    return np.where(rows.p.has_seek, value, HALF)


def worth(rank: npt.NDArray[np.int16]) -> Ints:
    """What a wish of this rank is worth: 1000, 850, 700, ... but at least 300; 0 for no wish."""
    value = np.maximum(LEAST_WORTH, FULL - STEP * (rank.astype(np.int32) - 1))
    return np.where(rank > 0, value, 0)


def travel(rows: Rows, _: Policy) -> Ints:
    """How much of the participant's travel limit is left; 500 where travel is withheld."""
    left = np.maximum(0, rows.p.max_travel_minutes - rows.minutes)
    value = FULL * left // rows.p.max_travel_minutes
    known = np.where(rows.reach == Reach.MINUTES, value, 0)
    return np.where(rows.reach == Reach.WITHHELD, HALF, known)


def want(rows: Rows, _: Policy) -> Ints:
    """The share of the wanted, not required, needs that are met; 1000 when none is wanted."""
    wanted = bit_count(rows.p.wants)
    met = bit_count(rows.p.wants & rows.met)
    return np.where(wanted == 0, FULL, FULL * met // np.maximum(wanted, 1))


def hours(rows: Rows, _: Policy) -> Ints:
    """Whether the participant can step up here to the hours they aim for."""
    room = np.maximum(0, rows.o.hours_max - rows.p.hours_per_week)
    step_up = np.maximum(1, rows.p.hours_goal - rows.p.hours_per_week)
    enough: Masks = (rows.p.hours_goal <= rows.p.hours_per_week) | (
        rows.o.hours_max >= rows.p.hours_goal
    )
    part = FULL * room // step_up
    return np.where(enough, FULL, part)


def start(rows: Rows, policy: Policy) -> Ints:
    """How soon it can start, against the first day the participant could."""
    wait = rows.start - rows.p.earliest_start
    left: Ints = np.maximum(0, policy.horizon_days - wait)
    return FULL * left // policy.horizon_days


CRITERIA: tuple[Score, ...] = (wish, travel, want, hours, start)


def values(rows: Rows, policy: Policy) -> dict[Criterion, Ints]:
    """(rows,) the value 0..1000 of each criterion."""
    return {Criterion(score.__name__): score(rows, policy) for score in CRITERIA}


def points(rows: Rows, policy: Policy) -> Ints:
    """(rows,) the points of each pair: one division, at the end."""
    total = np.zeros(len(rows.opening), dtype=np.int32)
    for criterion, value in values(rows, policy).items():
        total += policy.weights[criterion] * value
    return total // WEIGHT_SUM
