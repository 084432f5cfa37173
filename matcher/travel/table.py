"""Looking up journeys in a ``travel_times`` table."""

import numpy as np
import numpy.typing as npt

from matcher.domain import TravelTimes

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
    key = participant * max(1, len(times.site_ids)) + site
    at = int(np.searchsorted(times.keys, key))
    return at if at < len(times.keys) and int(times.keys[at]) == key else None


def positions(known: tuple[str, ...], wanted: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """(wanted,) where each wanted id stands among the known ones, -1 where it does not."""
    index = {name: at for at, name in enumerate(known)}
    return np.array([index.get(name, -1) for name in wanted], dtype=np.int64)
