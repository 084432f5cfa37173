"""Whether a plan is lawful, judged by arrays and a max-flow of SciPy alone.

Neither the engine nor a peer plays a part: OR-Tools, which most of them stand on, is left out too.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from matcher.solve.components import Component

DAYS = 10
Whole = npt.NDArray[np.int64]


def faults(part: Component, chosen: Whole, *, half_days: bool = True) -> list[str]:
    """What is wrong with the chosen pairs: nothing, if they are a lawful plan.

    Args:
        part: what there was to plan.
        chosen: positions of pairs in it.
        half_days: whether everybody must have exact half-days, too.
    """
    found = []
    if len(np.unique(chosen)) < len(chosen):
        found.append("a pair is chosen twice")
    if np.bincount(part.participant[chosen]).max(initial=0) > 1:
        found.append("somebody has two places")
    taken = np.bincount(part.opening[chosen], minlength=len(part.seats))
    if (taken > part.seats).any():
        found.append("an opening has more people than seats")
    missing = _without_half_days(part, chosen) if half_days else 0
    if missing:
        found.append(f"{missing} half-days have no room")
    return found


def _without_half_days(part: Component, chosen: Whole) -> int:
    """How many half-days are missing when all get as many as there is room for."""
    if not len(chosen):
        return 0
    row, day = np.nonzero((part.sessions[chosen][:, None] >> np.arange(DAYS)) & 1)
    cells, cell = np.unique(part.opening[chosen][row] * DAYS + day, return_inverse=True)
    week = part.per_week[part.participant[chosen]]
    source, people, ends = 0, 1 + np.arange(len(chosen)), 1 + len(chosen) + np.arange(len(cells))
    sink = 1 + len(chosen) + len(cells)
    tail = np.concatenate([np.full(len(chosen), source), people[row], ends])
    head = np.concatenate([people, ends[cell], np.full(len(cells), sink)])
    room = np.concatenate([week, np.ones(len(row)), part.half_days.ravel()[cells]])
    graph = csr_array((room.astype(np.int32), (tail, head)), shape=(sink + 1, sink + 1))
    return int(week.sum()) - int(maximum_flow(graph, source, sink).flow_value)
