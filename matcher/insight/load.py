"""How many people each supervisor has, and how many of them the plan gives a place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher import pairs
from matcher.solve.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorLoad:
    """The people of a supervisor (SE-handledare); ``supervisor_id`` is None for those without.

    ``participants`` in all; of them ``looking`` for a place, who are ``placed`` by the plan or
    ``unplaced``.
    """

    supervisor_id: str | None
    participants: int
    looking: int
    placed: int
    unplaced: int


def supervisor_load(standing: Standing) -> tuple[SupervisorLoad, ...]:
    """The load of every supervisor: most participants first, among equals by id, none last.

    People with protected identity are in no count.
    """
    people = standing.problem.participants
    shown = ~standing.table.p.protected
    looks = pairs.looking(standing.table) & shown
    has_place = np.zeros(len(people), dtype=np.bool_)
    has_place[standing.whole.participant[standing.chosen]] = True

    def of(some: Iterable[int]) -> Counter[str | None]:
        return Counter(people[at].supervisor_id for at in some)

    everybody, looking = of(np.flatnonzero(shown)), of(np.flatnonzero(looks))
    placed = of(np.flatnonzero(looks & has_place))
    found = [
        SupervisorLoad(
            supervisor_id=name,
            participants=number,
            looking=looking[name],
            placed=placed[name],
            unplaced=looking[name] - placed[name],
        )
        for name, number in everybody.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(load: SupervisorLoad) -> tuple[int, bool, str]:
    return -load.participants, load.supervisor_id is None, load.supervisor_id or ""
