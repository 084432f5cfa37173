"""The offline estimate of travel minutes from the distance alone: no data, no server.

    transit  min(3.904 + 0.602 d + 11.456 √d, walk)   Helsinki 2015, rush hour, wait included
    car      min(4.929 + 0.513 d +  5.747 √d, walk)   the same, with parking and walk to the car
    walk     18.57 d                                   4.2 km/h, detour 1.3
    bike      4.78 d                                   16.7 km/h, detour 1.33

with d the great-circle distance in kilometres. It is not calibrated for Stockholm. It assumes a
weekday morning and extrapolates beyond 35 km. Source: Helsinki Region Travel Time Matrix 2015;
held-out mean error of transit 8.0 minutes, 90 % within 16.5.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
import numpy.typing as npt

from matcher.domain import Mode

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

EARTH_RADIUS_KM = 6371.0088
WALK_MINUTES_PER_KM = 18.57
BIKE_MINUTES_PER_KM = 4.78
Coefficients = tuple[float, float, float]
"""Minutes at 0 km, for each km, and for each √km."""
Band = tuple[int, int]
"""How many minutes less and more than its estimate a journey mostly takes."""
TRANSIT_BAND: Band = (25, 15)
CAR_BAND: Band = (7, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The curves of transit and car, and how far off each mostly is.

    ``name`` tells them apart in answers.
    """

    name: str
    transit: Coefficients
    car: Coefficients
    transit_band: Band = TRANSIT_BAND
    car_band: Band = CAR_BAND

    def of(self, mode: Mode) -> Coefficients:
        """The coefficients of transit or car."""
        return self.car if mode is Mode.CAR else self.transit

    def band_of(self, mode: Mode) -> Band:
        """The band of transit or car."""
        return self.car_band if mode is Mode.CAR else self.transit_band


DEFAULT = Curves(name="helsinki-2015", transit=(3.904, 0.602, 11.456), car=(4.929, 0.513, 5.747))


def great_circle_km(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """Great-circle distance in kilometres, element by element (haversine, mean Earth radius)."""
    lat, lon, to_lat, to_lon = (np.radians(angle) for angle in (lat, lon, to_lat, to_lon))
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distance


def minutes(km: Floats, mode: Mode, curves: Curves = DEFAULT) -> Ints:
    """Whole minutes, rounded up, for distances in km; 0 km is 0 minutes.

    A calibrated curve may begin below 0; its minutes do not.
    """
    walk = WALK_MINUTES_PER_KM * km
    if mode is Mode.WALK:
        estimate = walk
    elif mode is Mode.BIKE:
        estimate = BIKE_MINUTES_PER_KM * km
    else:
        start, per_km, per_root = curves.of(mode)
        estimate = np.minimum(start + per_km * km + per_root * np.sqrt(km), walk)
    return np.ceil(np.maximum(estimate, 0.0)).astype(np.int32)


def reach_km(limit: int, mode: Mode) -> float:
    """The distance beyond which the estimate is more than ``limit`` minutes, for sure.

    The curves rise with distance, so the largest distance within the limit bounds all others;
    the result is a hair too large, never too small.
    """
    if mode is Mode.BIKE:
        return limit / BIKE_MINUTES_PER_KM + 1e-6
    on_foot = limit / WALK_MINUTES_PER_KM
    if mode is Mode.WALK:
        return on_foot + 1e-6
    start, per_km, per_root = DEFAULT.of(mode)
    spread = sqrt(per_root**2 + 4 * per_km * max(0.0, limit - start))
    root = (spread - per_root) / (2 * per_km)
    return float(max(on_foot, root**2)) + 1e-6


def band(estimate: int, mode: Mode, curves: Curves = DEFAULT) -> tuple[int, int]:
    """The minutes between which the true journey most likely lies.

    Transit and car by the errors measured in Helsinki and Tampere, or where the curves were
    fitted; on foot and by bike by how much the detour varied there (1.18 to 1.36 around the 1.3
    used).
    """
    if mode in (Mode.WALK, Mode.BIKE):
        return floor(estimate * 0.9), ceil(estimate * 1.05)
    less, more = curves.band_of(mode)
    return max(0, estimate - less), estimate + more
