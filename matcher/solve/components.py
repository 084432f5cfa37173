"""Splits the pairs into parts that share no participant, opening or supervisor with each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.travel.atlas import Ints, Masks

Gains = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int64]

NOBODY = -1


@dataclass(frozen=True, eq=False, kw_only=True)
class Component:
    """A planning problem on its own, in local positions; pairs sorted by participant, opening.

    ``pair``: (pairs,) where each stands among all pairs. ``participant``, ``opening``: (pairs,).
    ``gain``: (goals, pairs) what a pair adds to each goal, >= 0, dearest goal first.
    ``sessions``: (pairs,) the half-days the two have in common and that have room, as bits.
    ``per_week``: (participants,) half-days a week. ``supervisor``: (participants,) or ``NOBODY``,
    of whom each can take ``starts``. ``seats``: (openings,), ``half_days``: (openings, 10) left.
    """

    pair: Positions
    participant: Ints
    opening: Ints
    gain: Gains
    sessions: Ints
    per_week: Ints
    supervisor: Ints
    starts: int
    seats: Ints
    half_days: Ints

    def __len__(self) -> int:
        return len(self.pair)

    def keep(self, mask: Masks) -> "Component":
        """The pairs where the mask holds; participants and openings keep their positions."""
        return replace(
            self,
            pair=self.pair[mask],
            participant=self.participant[mask],
            opening=self.opening[mask],
            gain=self.gain[:, mask],
            sessions=self.sessions[mask],
        )

    def values(self, chosen: Positions) -> tuple[int, ...]:
        """What these pairs together reach in each goal."""
        return tuple(int(total) for total in self.gain[:, chosen].sum(axis=1))


def split(whole: Component) -> Iterator[Component]:
    """The independent parts of a component, in the order of their first pair."""
    label = _labels(whole)
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    bounds = [*starts.tolist(), len(order)]
    first_pair = sorted(pairwise(bounds), key=lambda ends: order[ends[0]])
    for low, high in first_pair:
        yield _part(whole, order[low:high])


def _labels(whole: Component) -> Ints:
    """(pairs,) which part each pair belongs to."""
    people, openings = len(whole.per_week), len(whole.seats)
    limited = np.flatnonzero(whole.supervisor != NOBODY)
    tail = np.concatenate([whole.participant, limited])
    head = np.concatenate([people + whole.opening, people + openings + whole.supervisor[limited]])
    nodes = people + openings + int(whole.supervisor.max(initial=NOBODY)) + 1
    links = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(nodes, nodes))
    labels = connected_components(links.tocsr(), directed=False)[1]
    found: Ints = labels[whole.participant]
    return found


def _part(whole: Component, rows: Positions) -> Component:
    people, participant = np.unique(whole.participant[rows], return_inverse=True)
    openings, opening = np.unique(whole.opening[rows], return_inverse=True)
    return Component(
        pair=whole.pair[rows],
        participant=participant.astype(np.int32),
        opening=opening.astype(np.int32),
        gain=whole.gain[:, rows],
        sessions=whole.sessions[rows],
        per_week=whole.per_week[people],
        supervisor=whole.supervisor[people],
        starts=whole.starts,
        seats=whole.seats[openings],
        half_days=whole.half_days[openings],
    )
