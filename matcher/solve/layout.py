"""The pairs of a component laid out by opening, as flat arrays for the compiled loops."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.domain import SESSIONS
from matcher.solve import halfdays
from matcher.solve.components import Component
from matcher.travel.atlas import Ints, Masks

Wide = npt.NDArray[np.int64]


class Layout(NamedTuple):
    """Rows are pairs sorted by opening, then participant; all numbers are 64 bits wide.

    ``pair``: (rows,) where each stands in the component. ``first``: (openings + 1,) the rows of
    opening o are ``first[o]`` up to ``first[o + 1]``. ``person``, ``opening``, ``week``: (rows,).
    ``sessions``: (rows,) as bits over the half-days on which the opening has room, whose
    ``room`` stands at ``room_first[o]`` up to ``room_first[o + 1]``. ``gain``: (rows, goals).
    ``seats``, ``binds``: (openings,). ``own``: (rows,) the rows by participant, those of p at
    ``own_first[p]`` up to ``own_first[p + 1]``. ``desk``: (participants,) the supervisor's number
    or -1. ``starts``: (supervisors,) how many each can take.
    """

    pair: Wide
    first: Wide
    person: Wide
    opening: Wide
    week: Wide
    sessions: Wide
    gain: Wide
    room: Wide
    room_first: Wide
    seats: Wide
    binds: Masks
    own: Wide
    own_first: Wide
    desk: Wide
    starts: Wide


def lay_out(component: Component) -> Layout:
    """The layout of a component."""
    people, openings = len(component.per_week), len(component.seats)
    pair = np.lexsort((component.participant, component.opening))
    person, opening = component.participant[pair], component.opening[pair]
    has_room = component.half_days > 0
    own = np.argsort(person, kind="stable")
    desks = int(component.supervisor.max(initial=-1)) + 1
    return Layout(
        pair=_wide(pair),
        first=_wide(np.searchsorted(opening, np.arange(openings + 1))),
        person=_wide(person),
        opening=_wide(opening),
        week=_wide(component.per_week[person]),
        sessions=_wide(_local(component.sessions[pair], has_room[opening])),
        gain=np.ascontiguousarray(component.gain[:, pair].T),
        room=_wide(component.half_days[has_room]),
        room_first=_wide(np.concatenate([[0], np.cumsum(has_room.sum(axis=1))])),
        seats=_wide(component.seats),
        binds=halfdays.binding(component),
        own=_wide(own),
        own_first=_wide(np.searchsorted(person[own], np.arange(people + 1))),
        desk=_wide(component.supervisor),
        starts=np.full(desks, component.starts, dtype=np.int64),
    )


def rows_of(layout: Layout) -> Wide:
    """(pairs,) the row of each pair of the component."""
    row = np.empty_like(layout.pair)
    row[layout.pair] = np.arange(len(row))
    return row


def _local(sessions: Ints, has_room: Masks) -> Wide:
    """(rows,) bits over the half-days of the week as bits over those with room there."""
    place = np.cumsum(has_room, axis=1) - 1
    local: Wide = np.zeros(len(sessions), dtype=np.int64)
    for day in range(len(SESSIONS)):
        comes = (sessions >> day & 1).astype(np.int64)
        local |= np.where(has_room[:, day], comes << np.maximum(place[:, day], 0), 0)
    return local


def _wide(values: npt.NDArray[np.integer]) -> Wide:
    return np.ascontiguousarray(values, dtype=np.int64)
