"""Who is compared with whom by the goal ``parity``: the groups of those who look for a place."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from matcher import pairs
from matcher.columns import Table
from matcher.domain import Participant
from matcher.policy import Parity, ParityGroups
from matcher.travel.atlas import Ints

NO_GROUP = -1
FIRST_AGES = (25, 35, 45, 55)
AGE_BANDS = ("-24", "25-34", "35-44", "45-54", "55-")


@dataclass(frozen=True, eq=False, kw_only=True)
class Groups:
    """The groups that are compared, in the order of their names.

    ``member``: (participants,) the position of each one's group, or ``NO_GROUP`` for whoever does
    not look for a place or whose group is not compared. ``looking``: (groups,) its people, > 0.
    ``gap`` is how far their placement rates may lie apart, in percentage points.
    """

    names: tuple[str, ...]
    member: Ints
    looking: Ints
    gap: int


def compared(table: Table, parity: Parity) -> Groups:
    """The groups with enough people who look for a place."""
    year = table.problem.plan_date.year
    names = [
        group_of(person, parity.groups, year) if looks else ""
        for person, looks in zip(table.problem.participants, pairs.looking(table), strict=True)
    ]
    sizes = Counter(filter(None, names))
    large = sorted(name for name, people in sizes.items() if people >= parity.smallest_group)
    at = {name: position for position, name in enumerate(large)}
    return Groups(
        names=tuple(large),
        member=np.array([at.get(name, NO_GROUP) for name in names], dtype=np.int32),
        looking=np.array([sizes[name] for name in large], dtype=np.int32),
        gap=parity.gap,
    )


def nobody(table: Table) -> Groups:
    """No groups at all, where nobody is compared."""
    nowhere = np.full(len(table.problem.participants), NO_GROUP, dtype=np.int32)
    return Groups(names=(), member=nowhere, looking=np.zeros(0, dtype=np.int32), gap=0)


def group_of(person: Participant, groups: ParityGroups, year: int) -> str:
    """The name of somebody's group; empty for whoever has no association.

    Age is that of the plan year: who turns 25 in it is 25.
    """
    if groups == ParityGroups.ASSOCIATION:
        return person.association or ""
    if groups == ParityGroups.MUNICIPALITY:
        return person.municipality_code
    return AGE_BANDS[bisect_right(FIRST_AGES, year - person.birth_year)]


def excess(groups: Groups, placed: Ints) -> int:
    """How many percentage points the placement rates lie apart beyond the gap, rounded up.

    Args:
        groups: that are compared.
        placed: (groups,) how many of each are placed.
    """
    counts = zip(placed.tolist(), groups.looking.tolist(), strict=True)
    rates = [Fraction(100 * got, looking) for got, looking in counts]
    return max(0, ceil(max(rates) - min(rates)) - groups.gap) if rates else 0
