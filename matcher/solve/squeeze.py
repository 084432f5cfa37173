r"""Whether people have a roster together, as whole numbers: the condition of Gale and Hoffman.

Somebody who comes k half-days among those in A must take at least max(0, k - |A \\ H|) of the
half-days in a set H. People have a roster at an opening exactly when, for every one of the 1,024
sets H, what they must take of it is within its room:

    Σ_p max(0, k(p) - |A(p) \\ H|) <= Σ_h∈H room(h)         for all H

so a roster can be judged by adding vectors, without looking for it.
Source: Gale, Pacific J. Math. 7 (1957); Hoffman, Proc. Symp. Appl. Math. 10 (1960).
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from matcher.capacity import members
from matcher.domain import SESSIONS
from matcher.solve.components import Component
from matcher.travel.atlas import Ints

SETS = 1 << len(SESSIONS)
Loads = npt.NDArray[np.int32]


@cache
def _musts() -> npt.NDArray[np.int8]:
    """(half-days a week, sets A, sets H) what somebody must take of H."""
    every = np.arange(SETS, dtype=np.int32)
    outside = np.bitwise_count(every[:, None] & ~every[None, :]).astype(np.int8)
    weeks = np.arange(len(SESSIONS) + 1, dtype=np.int8)[:, None, None]
    musts: npt.NDArray[np.int8] = np.maximum(0, weeks - outside)
    return musts


def musts(component: Component, pair: int) -> npt.NDArray[np.int8]:
    """(sets,) what the participant of a pair must take there of every set of half-days."""
    week = component.per_week[component.participant[pair]]
    taken: npt.NDArray[np.int8] = _musts()[week, component.sessions[pair]]
    return taken


def room(component: Component, openings: Ints) -> Loads:
    """(openings, sets) the room in every set of half-days."""
    in_set = members(np.arange(SETS, dtype=np.int32))
    rooms: Loads = component.half_days[openings].astype(np.int32) @ in_set.T
    return rooms
