"""The travel times of a store as a table for a plan: the plan itself asks nobody."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from api.travel.build import area_of, how
from api.travel.store import Columns, TravelStore, Wide, place_number, way_number
from matcher.domain import Participant, Problem, TravelTimes
from matcher.travel.contract import Point
from matcher.travel.reach import Reach

Minutes = npt.NDArray[np.int32]
Signs = npt.NDArray[np.int8]

UNKNOWN = -1
NO_WAY = -2
"""Stands for no way, which is not the same as unknown."""
FEW = 2
"""So many ways and places are looked up one by one: a participant needs no county's journeys."""
SPAN = place_number(Point(latitude=90, longitude=180)) + 1
"""More than the number of any place."""


def times_of(store: TravelStore, problem: Problem, today: date) -> TravelTimes:
    """A table of travel times for everybody whose journeys are computed, and every site.

    What the store does not have is unknown; what has no way is not in the table. Minutes that are
    estimates keep their band. Those who travel from the same area in the same way share their
    rows, which are those of the first of them.
    """
    points = [Point(latitude=s.latitude, longitude=s.longitude) for s in problem.sites]
    places, place = np.unique(
        np.array([place_number(p) for p in points], dtype=np.int64), return_inverse=True
    )
    asked = np.array([at for at, p in enumerate(problem.participants) if _asks(p)], dtype=np.int64)
    kinds, first, kind = np.unique(
        np.array([_kind(problem.participants[at]) for at in asked], dtype=np.int64),
        return_index=True,
        return_inverse=True,
    )
    minutes, low, high, step_free = _matrices(store, today, kinds, places)
    order = np.argsort(first)
    row, site = np.nonzero((minutes != NO_WAY)[order][:, place])
    cell = order[row], place[site]
    shared = np.arange(len(problem.participants), dtype=np.int32)
    shared[asked] = asked[first][kind]
    return TravelTimes(
        participant_ids=tuple(p.participant_id for p in problem.participants),
        site_ids=tuple(s.site_id for s in problem.sites),
        participant=asked[first[order[row]]].astype(np.int32),
        site=site.astype(np.int32),
        minutes=minutes[cell],
        low=low[cell],
        high=high[cell],
        step_free=step_free[cell],
        shared=shared,
    )


def _asks(person: Participant) -> bool:
    """Whether somebody's journeys are in the table: nobody's with protected identity."""
    return not person.protected_identity


def _kind(person: Participant) -> int:
    """From where and how somebody travels, as a number; ``UNKNOWN`` where no point is given."""
    way = how(person)
    if way is None:
        return UNKNOWN
    return way_number(way[0], step_free=way[1]) * SPAN + place_number(area_of(person))


def _matrices(
    store: TravelStore, today: date, kinds: Wide, places: Wide
) -> tuple[Minutes, Minutes, Minutes, Signs]:
    """(kinds, places) minutes, ``UNKNOWN`` or ``NO_WAY``, their bands' ends, and step-free."""
    shape = len(kinds), len(places)
    minutes, low, high = (np.full(shape, UNKNOWN, dtype=np.int32) for _ in range(3))
    step_free = np.full(shape, UNKNOWN, dtype=np.int8)
    ended = np.append(kinds, NO_WAY)  # nobody's, after the last one
    for site, known in _known(store, today, kinds, places):
        column = np.searchsorted(places, site)
        keys = known.way * SPAN + known.origin
        row = np.searchsorted(kinds, keys)
        ours = np.flatnonzero(ended[row] == keys)
        said = np.where(known.reach == Reach.UNREACHABLE, NO_WAY, known.minutes)
        for matrix, values in ((minutes, said), (low, known.low), (high, known.high)):
            matrix[row[ours], column[ours]] = values[ours]
        step_free[row[ours], column[ours]] = known.step_free[ours]
    return minutes, low, high, step_free


def _known(
    store: TravelStore, today: date, kinds: Wide, places: Wide
) -> Iterator[tuple[Wide, Columns]]:
    """What is stored, with the site of each answer: of few kinds by kind, else site by site."""
    if len(kinds) <= FEW:
        for kind in kinds[kinds != UNKNOWN].tolist():
            way, origin = divmod(kind, SPAN)
            yield store.columns_from(origin, way, places.tolist(), today)
        return
    for place in places.tolist():
        known = store.columns(place, today)
        yield np.full(len(known.origin), place), known
