"""What is left of seats and half-days once ongoing, offered and pinned placements have theirs."""

from dataclasses import dataclass

import numpy as np

from matcher.columns import Rows, active, bit_count
from matcher.domain import SESSIONS, Problem
from matcher.travel.atlas import Ints, Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Capacity:
    """What each opening can still take; never below 0, also where it is overdrawn already.

    ``seats``: (openings,) people at the same time; ``half_days``: (openings, 10) people on each
    half-day, 0 outside the opening's half-days.
    """

    seats: Ints
    half_days: Ints


def left(problem: Problem) -> Capacity:
    """The seats and half-days that a plan may give away."""
    at = {o.opening_id: position for position, o in enumerate(problem.openings)}
    seats = np.array([o.seats for o in problem.openings], dtype=np.int32)
    a_day = [o.seats if o.session_seats is None else o.session_seats for o in problem.openings]
    sessions = np.array([o.sessions for o in problem.openings], dtype=np.int32)
    half_days = np.array(a_day, dtype=np.int32)[:, None] * members(sessions)
    held = [placement for placement in problem.placements if active(placement, problem)]
    where = np.array([at[placement.opening_id] for placement in held], dtype=np.int64)
    taken = np.array([placement.sessions for placement in held], dtype=np.int32)
    np.subtract.at(seats, where, 1)
    np.subtract.at(half_days, where, members(taken))
    return Capacity(seats=np.maximum(0, seats), half_days=np.maximum(0, half_days))


def members(sessions: Ints) -> Ints:
    """(sets, 10) 1 where a set of half-days has the half-day."""
    return (sessions[:, None] >> np.arange(len(SESSIONS)) & 1).astype(np.int32)


def common_with_room(room: Capacity, opening: Ints, available: Ints) -> Ints:
    """(rows,) the half-days on which somebody is available and the opening has room, as bits."""
    weights = 1 << np.arange(len(SESSIONS), dtype=np.int32)
    bits: Ints = (room.half_days > 0).astype(np.int32) @ weights
    return available & bits[opening]


def has_room(room: Capacity, rows: Rows) -> Masks:
    """(rows,) whether the opening has a seat, and enough half-days with room for this person."""
    common = common_with_room(room, rows.opening, rows.p.available)
    enough: Masks = bit_count(common) >= rows.p.sessions_per_week
    return enough & (room.seats[rows.opening] > 0)
