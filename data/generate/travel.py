"""A table of travel minutes from every participant to the sites nearest to them."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from data.generate.dice import Dice, Floats, Ints
from matcher.domain import Mode
from matcher.travel.estimate import great_circle_km, minutes

_EARTH_KM = 6371.0


def draw(
    dice: Dice, people: pd.DataFrame, sites: pd.DataFrame, rows: int, noise: float
) -> pd.DataFrame:
    """Minutes by public transport: the estimate, times a chance of its own for each pair.

    Whoever has no point, or a protected identity, has no row. People get as many of the nearest
    sites as the number of rows allows, some one more than others.

    Args:
        dice: the stream to draw from.
        people: the table of participants.
        sites: the table of sites.
        rows: about how many pairs; fewer when there are not so many.
        noise: the standard deviation of the journey's length, as a share of the estimate.
    """
    located = np.flatnonzero(people["latitude"].notna().to_numpy())
    here = _points(people.iloc[located])
    there = _points(sites)
    person, site = _nearest(here, there, rows)
    km = great_circle_km(here[person, 0], here[person, 1], there[site, 0], there[site, 1])
    long = minutes(km, Mode.TRANSIT) * np.maximum(0.4, 1 + noise * dice.bell(len(km)))
    ids = pd.array(people["participant_id"].to_numpy()[located], dtype="str")
    places = pd.array(sites["site_id"].to_numpy(), dtype="str")
    return pd.DataFrame(
        {
            "participant_id": ids.take(person),
            "site_id": places.take(site),
            "minutes": pd.array(np.ceil(long).astype(np.int64), dtype="Int64"),
        }
    )


def _points(frame: pd.DataFrame) -> Floats:
    """(rows, 2) latitude and longitude in degrees."""
    return frame[["latitude", "longitude"]].to_numpy(dtype=np.float64)


def _on_the_ball(points: Floats) -> Floats:
    """(rows, 3) kilometres from the middle of the Earth, so that near is near."""
    north, east = np.radians(points).T
    ring = np.cos(north)
    ball: Floats = _EARTH_KM * np.column_stack(
        [ring * np.cos(east), ring * np.sin(east), np.sin(north)]
    )
    return ball


def _nearest(here: Floats, there: Floats, rows: int) -> tuple[Ints, Ints]:
    """Pairs of person and site, person by person, the nearest site first."""
    each = min(len(there), -(-rows // max(1, len(here))))
    _, found = cKDTree(_on_the_ball(there)).query(_on_the_ball(here), k=np.arange(1, each + 1))
    spare = max(0, len(here) * each - rows)
    person = np.repeat(np.arange(len(here)), each)
    kept = np.ones((len(here), each), dtype=bool)
    kept[len(here) - spare :, -1] = False
    return person[kept.ravel()], found.ravel()[kept.ravel()].astype(np.int64)
