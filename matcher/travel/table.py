"""Looking up journeys in a ``travel_times`` table."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.domain import TravelTimes

Positions = npt.NDArray[np.int64]

UNKNOWN = -1


def look_up(times: TravelTimes, participant_id: str, site_id: str) -> int | None:
    """The minutes the table has for a pair: -1 where it has the pair but no minutes.

    Returns:
        None when the table does not have the pair.
    """
    at = _row(times, participant_id, site_id)
    return None if at is None else int(times.minutes[at])


def is_estimate(times: TravelTimes, participant_id: str, site_id: str) -> bool:
    """Whether the minutes the table has for a pair are an estimate."""
    return band(times, participant_id, site_id) is not None


def band(times: TravelTimes, participant_id: str, site_id: str) -> tuple[int, int] | None:
    """The least and the most minutes of a pair whose minutes are an estimate; None of others."""
    at = _row(times, participant_id, site_id)
    if at is None or times.low is None or times.high is None or int(times.low[at]) < 0:
        return None
    return int(times.low[at]), int(times.high[at])


def _row(times: TravelTimes, participant_id: str, site_id: str) -> int | None:
    participant = times.participant_at.get(participant_id)
    site = times.site_at.get(site_id)
    if participant is None or site is None:
        return None
    key = int(times.rows_of[participant]) * max(1, len(times.site_ids)) + site
    at = int(np.searchsorted(times.keys, key))
    return at if at < len(times.keys) and int(times.keys[at]) == key else None


def rows_for(times: TravelTimes) -> tuple[Positions, Positions]:
    """Where the rows of everybody are, shared or own.

    Returns:
        (participants,) the first row of each, and how many they have.
    """
    first, after = (
        np.searchsorted(times.participant, times.rows_of, side) for side in ("left", "right")
    )
    return first, after - first


def runs(first: Positions, counts: Positions) -> Positions:
    """(sum of counts,) every row of each run, one run after the other."""
    before = np.cumsum(counts) - counts
    rows: Positions = np.arange(counts.sum()) + np.repeat(first - before, counts)
    return rows


def spelled_out(times: TravelTimes) -> TravelTimes:
    """The same table with rows of their own for everybody."""
    if times.shared is None:
        return times
    first, counts = rows_for(times)
    rows = runs(first, counts)
    return replace(
        times,
        participant=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        site=times.site[rows],
        minutes=times.minutes[rows],
        low=None if times.low is None else times.low[rows],
        high=None if times.high is None else times.high[rows],
        step_free=None if times.step_free is None else times.step_free[rows],
        shared=None,
    )


def positions(known: tuple[str, ...], wanted: tuple[str, ...]) -> Positions:
    """(wanted,) where each wanted id stands among the known ones, -1 where it does not."""
    index = {name: at for at, name in enumerate(known)}
    return np.array([index.get(name, -1) for name in wanted], dtype=np.int64)
