"""Fits the curve of the estimate to real times, and says how far off it is where not fitted.

    minutes = a + b d + c √d,  d in km                                     (least squares)

The error is cross-validated by destination: every tenth of the destinations is foretold from the
others, since journeys to one place resemble each other. Draw pairs of areas or stops, never of
participants: at least 300, spread over 0 to 40 km.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.travel.estimate import WALK_MINUTES_PER_KM, Coefficients

Floats = npt.NDArray[np.float64]

FOLDS = 10
LEAST_PAIRS = 30
LIMITS = (30, 45, 60, 75)
"""Minutes at which it is told how often the estimate falls on the wrong side."""
FARTHEST_KM = 60
BAND = (0.05, 0.95)
"""The shares of errors between which the band of an estimate lies."""


class CalibrationError(ValueError):
    """There is no curve to be had: ``code`` says why, with its ``params``."""

    def __init__(self, code: str, **params: int) -> None:
        """Keep what is wrong."""
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A fitted curve with its errors in minutes, foretold by destination.

    ``bias``: how much too long it foretells on average. ``wrong_side``: for every limit the share
    of pairs, 0 to 1, that lie on its other side than foretold. ``band``: minutes less and more
    between which nine of ten real times lie.
    """

    coefficients: Coefficients
    pairs: int
    destinations: int
    farthest_km: float
    mean_error: float
    error_of_nine_in_ten: float
    bias: float
    wrong_side: dict[int, float]
    band: tuple[int, int]


def calibrate(km: Floats, minutes: Floats, destination: npt.NDArray[np.int64]) -> Calibration:
    """The curve that fits real times best.

    Args:
        km: (pairs,) great-circle distances.
        minutes: (pairs,) real times.
        destination: (pairs,) which destination each leads to.

    Raises:
        CalibrationError: too few pairs or destinations, or a curve that falls somewhere in 0 to
            60 km: then the times are no travel times, or too few.
    """
    places = np.unique(destination)
    if len(km) < LEAST_PAIRS:
        raise CalibrationError("too_few_pairs", pairs=len(km), least=LEAST_PAIRS)
    if len(places) < 2:  # noqa: PLR2004 -- one cannot be foretold from others
        raise CalibrationError("one_destination")
    coefficients = _fitted(km, minutes)
    check_rising(coefficients)
    foretold = np.empty(len(km))
    for fold in range(min(FOLDS, len(places))):
        held = np.isin(destination, places[fold::FOLDS])
        foretold[held] = _curve(_fitted(km[~held], minutes[~held]), km[held])
    error = foretold - minutes
    low, high = np.quantile(-error, BAND)
    return Calibration(
        coefficients=coefficients,
        pairs=len(km),
        destinations=len(places),
        farthest_km=float(km.max()),
        mean_error=float(np.abs(error).mean()),
        error_of_nine_in_ten=float(np.quantile(np.abs(error), 0.9)),
        bias=float(error.mean()),
        wrong_side={
            limit: float(((foretold <= limit) != (minutes <= limit)).mean()) for limit in LIMITS
        },
        band=(max(0, int(np.ceil(-low))), max(0, int(np.ceil(high)))),
    )


def _fitted(km: Floats, minutes: Floats) -> Coefficients:
    terms = np.stack([np.ones_like(km), km, np.sqrt(km)], axis=1)
    found = np.linalg.lstsq(terms, minutes)[0]
    return float(found[0]), float(found[1]), float(found[2])


def _curve(coefficients: Coefficients, km: Floats) -> Floats:
    """Minutes, but never longer than on foot."""
    start, per_km, per_root = coefficients
    ridden = start + per_km * km + per_root * np.sqrt(km)
    return np.maximum(0.0, np.minimum(ridden, WALK_MINUTES_PER_KM * km))


def check_rising(coefficients: Coefficients) -> None:
    """Refuse a curve that falls anywhere in 0 to 60 km.

    Raises:
        CalibrationError: it does.
    """
    km = np.linspace(0.01, FARTHEST_KM, 6_000)
    if (np.diff(_curve(coefficients, km)) < 0).any():
        raise CalibrationError("falling_curve", farthest=FARTHEST_KM)
