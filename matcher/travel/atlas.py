"""Journeys of many participants to many sites at once, from the problem's one source."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from matcher.domain import Mode, Problem
from matcher.travel import estimate, table
from matcher.travel.reach import Reach

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Masks = npt.NDArray[np.bool_]
Reaches = npt.NDArray[np.int8]
Signs = npt.NDArray[np.int8]

Positions = npt.NDArray[np.int64]

MODES = tuple(Mode)


@dataclass(frozen=True, eq=False, kw_only=True)
class Journeys:
    """Journeys, element by element: all arrays have shape (journeys,).

    ``minutes`` is -1 unless ``reach`` is ``MINUTES``. Participants and sites are positions in the
    problem, participants ascending.
    """

    participant: Ints
    site: Ints
    reach: Reaches
    minutes: Ints

    def keep(self, mask: Masks | Positions | slice) -> "Journeys":
        """The journeys of these rows: where a mask holds, at positions, or of a slice."""
        return Journeys(
            participant=self.participant[mask],
            site=self.site[mask],
            reach=self.reach[mask],
            minutes=self.minutes[mask],
        )


class TableAtlas:
    """Journeys from a ``travel_times`` table."""

    def __init__(self, problem: Problem) -> None:
        """Translate the table's positions into the problem's.

        Raises:
            ValueError: the problem has no table.
        """
        times = problem.travel_times
        if times is None:
            raise ValueError("the problem has no table of travel times")
        people = tuple(p.participant_id for p in problem.participants)
        places = tuple(s.site_id for s in problem.sites)
        nobody = np.append(times.rows_of, -1)
        self._rows_of = nobody[table.positions(times.participant_ids, people)]
        self._sites = max(1, len(places))
        rows: Positions | slice = slice(None)
        self._keys = times.keys
        if places != times.site_ids:
            site = table.positions(places, times.site_ids)[times.site]
            keys = times.participant.astype(np.int64) * self._sites + site
            rows = np.flatnonzero(site >= 0)
            rows = rows[np.argsort(keys[rows], kind="stable")]
            self._keys = keys[rows]
        self._minutes = times.minutes[rows]
        nobody_knows = np.broadcast_to(np.int8(-1), times.minutes.shape)
        self._step_free = (nobody_knows if times.step_free is None else times.step_free)[rows]
        nothing = np.broadcast_to(np.int32(-1), times.minutes.shape)
        ends = (nothing if end is None else end for end in (times.low, times.high))
        self._low, self._high = (end[rows] for end in ends)

    def look_up(self, participant: Ints, site: Ints) -> Journeys:
        """The journeys of these pairs; a pair that is not in the table is unreachable."""
        keys = self._keys_of(participant, site)
        if not len(self._keys):
            return _absent(participant, site)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = self._keys[at] == keys
        minutes = np.where(found, self._minutes[at], -1).astype(np.int32)
        known = np.where(minutes < 0, Reach.UNKNOWN, Reach.MINUTES)
        reach = np.where(found, known, Reach.UNREACHABLE).astype(np.int8)
        return Journeys(participant=participant, site=site, reach=reach, minutes=minutes)

    def bands(self, journeys: Journeys) -> tuple[Ints, Ints]:
        """(journeys,) the band of every estimate; -1 where the minutes are none, or unknown."""
        if not len(self._keys):
            nothing = np.full(len(journeys.site), -1, dtype=np.int32)
            return nothing, nothing
        keys = self._keys_of(journeys.participant, journeys.site)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = self._keys[at] == keys
        return np.where(found, self._low[at], -1), np.where(found, self._high[at], -1)

    def step_free(self, journeys: Journeys) -> Signs:
        """(journeys,) 1 where they can be made without steps, 0 where not, -1: nobody knows."""
        if not len(self._keys):
            return np.full(len(journeys.site), -1, dtype=np.int8)
        keys = self._keys_of(journeys.participant, journeys.site)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._step_free[at], np.int8(-1))

    def within(self, first: int, last: int, limits: Ints) -> Journeys:
        """Every journey of the participants ``first`` to ``last`` - 1 within their limits.

        Args:
            first: position of the first participant.
            last: position after the last one.
            limits: (participants,) minutes, of everybody.
        """
        block = np.arange(first, last, dtype=np.int32)
        start = self._keys_of(block, np.zeros(1, dtype=np.int32))
        low, high = (np.searchsorted(self._keys, keys) for keys in (start, start + self._sites))
        rows = table.runs(low, high - low)
        participant = np.repeat(block, high - low)
        minutes = self._minutes[rows]
        fits = (minutes >= 0) & (minutes <= limits[participant])
        return Journeys(
            participant=participant[fits],
            site=(self._keys[rows[fits]] % self._sites).astype(np.int32),
            reach=np.full(np.count_nonzero(fits), Reach.MINUTES, dtype=np.int8),
            minutes=minutes[fits],
        )

    def _keys_of(self, participant: Ints, site: Ints) -> Positions:
        """The keys of these pairs' rows: below 0 of participants whom the table does not name."""
        keys: Positions = self._rows_of[participant].astype(np.int64) * self._sites + site
        return keys


class EstimateAtlas:
    """Journeys by the offline estimate, from the points of participants and sites."""

    def __init__(self, problem: Problem) -> None:
        """Lay out the points; without one, or with protected identity, journeys are unknown."""
        people, places = problem.participants, problem.sites
        shown = [None if p.protected_identity else p.latitude for p in people]
        self._lat = np.array([_degrees(latitude) for latitude in shown], dtype=np.float64)
        self._lon = np.array([_degrees(p.longitude) for p in people], dtype=np.float64)
        self._mode = np.array([MODES.index(p.travel_mode) for p in people], dtype=np.int8)
        self._site_lat = np.array([s.latitude for s in places], dtype=np.float64)
        self._site_lon = np.array([s.longitude for s in places], dtype=np.float64)
        self._tree = cKDTree(_unit_vectors(self._site_lat, self._site_lon))

    def look_up(self, participant: Ints, site: Ints) -> Journeys:
        """The journeys of these pairs; unknown where the participant has no point."""
        minutes = np.full(len(participant), -1, dtype=np.int32)
        known = ~np.isnan(self._lat[participant])
        for number, mode in enumerate(MODES):
            rows = np.flatnonzero(known & (self._mode[participant] == number))
            minutes[rows] = self._minutes(participant[rows], site[rows], mode)
        reach = np.where(known, Reach.MINUTES, Reach.UNKNOWN).astype(np.int8)
        return Journeys(participant=participant, site=site, reach=reach, minutes=minutes)

    def bands(self, journeys: Journeys) -> tuple[Ints, Ints]:
        """(journeys,) the band of every estimate; -1 where nothing is known."""
        low, high = np.full_like(journeys.minutes, -1), np.full_like(journeys.minutes, -1)
        for number, mode in enumerate(MODES):
            here = (journeys.minutes >= 0) & (self._mode[journeys.participant] == number)
            minutes, place = np.unique(journeys.minutes[here], return_inverse=True)
            ends = [estimate.band(int(each), mode) for each in minutes]
            pairs = np.array(ends, dtype=np.int32).reshape(-1, 2)[place]
            low[here], high[here] = pairs[:, 0], pairs[:, 1]
        return low, high

    def step_free(self, journeys: Journeys) -> Signs:
        """(journeys,) -1: a distance knows nothing of stairs and lifts."""
        return np.full(len(journeys.site), -1, dtype=np.int8)

    def within(self, first: int, last: int, limits: Ints) -> Journeys:
        """Every journey of the participants ``first`` to ``last`` - 1 within their limits."""
        block = np.arange(first, last, dtype=np.int32)
        block = block[~np.isnan(self._lat[block])]
        if not len(block):
            return _absent(np.zeros(0, np.int32), np.zeros(0, np.int32))
        reach = [estimate.reach_km(int(limits[i]), MODES[self._mode[i]]) for i in block]
        participant, site = self._near(block, np.array(reach))
        journeys = self.look_up(participant, site)
        return journeys.keep(journeys.minutes <= limits[participant])

    def _near(self, block: Ints, reach_km: Floats) -> tuple[Ints, Ints]:
        """The sites within each participant's reach, by straight lines through the Earth."""
        points = _unit_vectors(self._lat[block], self._lon[block])
        angle = np.minimum(reach_km / estimate.EARTH_RADIUS_KM, np.pi)
        chord = 2 * np.sin(angle / 2) + 1e-9
        found = self._tree.query_ball_point(points, chord, return_sorted=True)
        counts = np.array([len(sites) for sites in found], dtype=np.int64)
        site = np.concatenate([np.asarray(sites, dtype=np.int32) for sites in found])
        return np.repeat(block, counts), site

    def _minutes(self, participant: Ints, site: Ints, mode: Mode) -> Ints:
        km = estimate.great_circle_km(
            self._lat[participant],
            self._lon[participant],
            self._site_lat[site],
            self._site_lon[site],
        )
        return estimate.minutes(km, mode)


Atlas = TableAtlas | EstimateAtlas


def atlas(problem: Problem) -> Atlas:
    """The problem's one source of journeys: its table where it has one, else the estimate."""
    if problem.travel_times is not None:
        return TableAtlas(problem)
    return EstimateAtlas(problem)


def _absent(participant: Ints, site: Ints) -> Journeys:
    return Journeys(
        participant=participant,
        site=site,
        reach=np.full(len(participant), Reach.UNREACHABLE, dtype=np.int8),
        minutes=np.full(len(participant), -1, dtype=np.int32),
    )


def _degrees(angle: float | None) -> float:
    return np.nan if angle is None else angle


def _unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """(points, 3) places on a sphere of radius 1."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
