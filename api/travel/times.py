"""The travel times of a store as a table for a plan: the plan itself asks nobody."""

from datetime import date

import numpy as np

from api.travel.build import area_of, how
from api.travel.store import Columns, TravelStore, Wide, place_number, way_number
from matcher.domain import Participant, Problem, TravelTimes
from matcher.travel.contract import Point
from matcher.travel.reach import Reach

UNKNOWN = -1


def times_of(store: TravelStore, problem: Problem, today: date) -> TravelTimes:
    """A table of travel times for everybody whose journeys are computed, and every site.

    What the store does not have is unknown; what has no way is not in the table. Minutes that are
    estimates keep their band.
    """
    sites = np.array(
        [place_number(Point(latitude=s.latitude, longitude=s.longitude)) for s in problem.sites]
    )
    asked = np.array([at for at, p in enumerate(problem.participants) if _asks(p)], dtype=np.int64)
    ways = np.array([_way(problem.participants[at]) for at in asked], dtype=np.int64)
    areas = np.array([_area(problem.participants[at]) for at in asked], dtype=np.int64)
    kinds, kind = np.unique(np.stack([ways, areas]), axis=1, return_inverse=True)
    places, place = np.unique(sites, return_inverse=True)
    minutes, low, high = _matrices(store.columns(today), kinds, places)
    there = minutes[kind][:, place]
    person, site = np.nonzero(there != NO_WAY)
    cell = kind[person], place[site]
    return TravelTimes(
        participant_ids=tuple(p.participant_id for p in problem.participants),
        site_ids=tuple(s.site_id for s in problem.sites),
        participant=asked[person].astype(np.int32),
        site=site.astype(np.int32),
        minutes=minutes[cell].astype(np.int32),
        low=low[cell].astype(np.int32),
        high=high[cell].astype(np.int32),
    )


NO_WAY = -2
"""Stands for no way, which is not the same as unknown."""


def _asks(person: Participant) -> bool:
    """Whether somebody's journeys are in the table: nobody's with protected identity."""
    return not person.protected_identity


def _way(person: Participant) -> int:
    """How somebody travels, as a number; ``UNKNOWN`` where no point is given."""
    kind = how(person)
    return UNKNOWN if kind is None else way_number(kind[0], step_free=kind[1])


def _area(person: Participant) -> int:
    return UNKNOWN if how(person) is None else place_number(area_of(person))


def _matrices(known: Columns, kinds: Wide, places: Wide) -> tuple[Wide, Wide, Wide]:
    """(kinds, places) minutes, ``UNKNOWN`` or ``NO_WAY``, and the ends of their bands."""
    shape = kinds.shape[1], len(places)
    span = int(max(known.origin.max(initial=0), kinds[1].max(initial=0))) + 1
    keys, asked = known.way * span + known.origin, kinds[0] * span + kinds[1]
    order = np.argsort(asked)
    row = (
        order[np.minimum(np.searchsorted(asked[order], keys), len(order) - 1)]
        if len(order)
        else keys[:0]
    )
    column = np.minimum(np.searchsorted(places, known.site), len(places) - 1)
    if not (len(order) and len(places)):
        return (np.full(shape, UNKNOWN, dtype=np.int64),) * 3
    fits = (asked[row] == keys) & (places[column] == known.site)
    cell = row[fits], column[fits]
    said = np.where(known.reach == Reach.UNREACHABLE, NO_WAY, known.minutes)
    found = []
    for values in (said, known.low, known.high):
        matrix = np.full(shape, UNKNOWN, dtype=np.int64)
        matrix[cell] = values[fits]
        found.append(matrix)
    return found[0], found[1], found[2]
