"""Improves a lawful plan by small moves, as long as one helps.

Somebody without a place comes in where there is room; or in the place of another, who moves to a
place with room; or, where that is better in the goals' order, in the place of another who leaves;
and somebody with a place moves to a better one with room. Every move keeps all limits, half-days
included, and raises the goals in lexicographic order, so this ends.
"""

from collections.abc import Iterator

import numpy as np

from matcher.solve import squeeze
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions

Gain = tuple[int, ...]


class _Board:
    """A plan that moves are made on. ``at`` is each participant's pair, or ``NOBODY``."""

    def __init__(self, component: Component, chosen: Positions) -> None:
        self.component = component
        self.binds = squeeze.binding(component)
        self.room = squeeze.room(component, np.arange(len(component.seats)))
        self.load = np.zeros_like(self.room)
        self.free = component.seats.astype(np.int64).copy()
        self.starts: dict[int, int] = {}
        self.at = np.full(len(component.per_week), NOBODY, dtype=np.int64)
        self.here: list[list[int]] = [[] for _ in component.seats]
        self.first = np.searchsorted(component.participant, np.arange(len(component.per_week) + 1))
        for pair in chosen.tolist():
            self.put(pair)
