"""Fitting the curve: known coefficients come back, what is no curve is refused."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from matcher.travel import calibrate as module
from matcher.travel.calibrate import CalibrationError, calibrate, check_rising
from matcher.travel.estimate import DEFAULT, WALK_MINUTES_PER_KM, great_circle_km

FOLDER = os.environ.get("STEGET_TEST_FEED")
Floats = npt.NDArray[np.float64]

KM = np.linspace(1.0, 40.0, 200)
TO = np.arange(200) % 20


def curve(km: Floats, start: float, per_km: float, per_root: float) -> Floats:
    """The formula, said once more."""
    return start + per_km * km + per_root * np.sqrt(km)


@pytest.mark.parametrize("known", [DEFAULT.transit, DEFAULT.car, (-1.2, -0.28, 18.5)])
def test_known_coefficients_come_back(known: tuple[float, float, float]) -> None:
    """Times that lie on a curve give the curve, and no error where it was not fitted."""
    found = calibrate(KM, curve(KM, *known), TO)
    assert found.coefficients == pytest.approx(known, abs=1e-6)
    assert (found.pairs, found.destinations, found.farthest_km) == (200, 20, 40.0)
    assert found.mean_error == pytest.approx(0, abs=1e-6)
    assert found.error_of_nine_in_ten == pytest.approx(0, abs=1e-6)
    assert found.bias == pytest.approx(0, abs=1e-6)
    assert set(found.wrong_side) == {30, 45, 60, 75}


def test_errors_by_hand() -> None:
    """Half of the times ten minutes later, half ten earlier: ten off, on average none."""
    late = np.where(np.arange(200) // 20 % 2 == 0, 10.0, -10.0)
    found = calibrate(KM, curve(KM, 20, 1, 5) + late, TO)
    assert found.mean_error == pytest.approx(10, abs=1)
    assert found.bias == pytest.approx(0, abs=0.5)
    less, more = found.band
    assert 9 <= less <= 13
    assert 9 <= more <= 13
    assert 0 < found.wrong_side[45] < 0.5


def test_a_bias_that_no_curve_takes_up_is_told() -> None:
    """A destination that is 30 minutes farther than it looks is foretold too short."""
    slow = (TO == 0) * 30.0
    found = calibrate(KM, curve(KM, 5, 1, 10) + slow, TO)
    assert found.bias == pytest.approx(-1.5 + 30 / 20, abs=0.5)
    assert found.error_of_nine_in_ten < 5
    assert found.mean_error > 2


def test_few_pairs_are_refused() -> None:
    """29 are too few, 30 will do."""
    times = curve(KM, *DEFAULT.transit)
    with pytest.raises(CalibrationError) as refused:
        calibrate(KM[:29], times[:29], TO[:29])
    assert (refused.value.code, refused.value.params) == (
        "too_few_pairs",
        {"pairs": 29, "least": 30},
    )
    assert calibrate(KM[:30], times[:30], TO[:30]).pairs == 30


def test_one_destination_is_refused() -> None:
    """It cannot be foretold from others."""
    with pytest.raises(CalibrationError, match="one_destination"):
        calibrate(KM, curve(KM, *DEFAULT.transit), np.zeros(200, dtype=np.int64))


def test_a_falling_curve_is_refused() -> None:
    """Times that fall with the distance are no travel times."""
    with pytest.raises(CalibrationError, match="falling_curve"):
        calibrate(KM, 100 - KM, TO)
    with pytest.raises(CalibrationError, match="falling_curve"):
        check_rising((0.0, -1.0, 10.0))  # falls from 25 km on
    check_rising((-1.201, -0.278, 18.515))


def test_the_held_out_destination_is_never_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each destination is left out of one fit by which it is foretold; the first fit is of all."""
    seen: list[set[float]] = []
    fit: Callable[[Floats, Floats], module.Coefficients] = module._fitted  # noqa: SLF001 -- watched

    def watched(km: Floats, minutes: Floats) -> module.Coefficients:
        seen.append(set(km.tolist()))
        return fit(km, minutes)

    monkeypatch.setattr(module, "_fitted", watched)
    calibrate(KM, curve(KM, *DEFAULT.transit), TO)
    first, *folds = seen
    assert first == set(KM.tolist())
    assert len(folds) == 10
    left = [first - fold for fold in folds]
    for number, out in enumerate(left):
        here = {float(km) for km, to in zip(KM, TO, strict=True) if to % 10 == number}
        assert out == here
    assert set().union(*left) == first


def test_two_destinations_are_two_folds() -> None:
    """Fewer destinations than folds will do."""
    found = calibrate(KM, curve(KM, *DEFAULT.transit), TO % 2)
    assert found.destinations == 2
    assert found.mean_error == pytest.approx(0, abs=1e-6)


def test_nobody_rides_where_walking_is_faster() -> None:
    """Foretold minutes are at most those on foot, as in the estimate."""
    km = np.linspace(0.2, 40, 200)
    times = np.minimum(curve(km, *DEFAULT.transit), WALK_MINUTES_PER_KM * km)
    found = calibrate(km, times, TO)
    assert found.mean_error < 0.5
    assert found.bias == pytest.approx(0, abs=0.2)


@pytest.mark.skipif(FOLDER is None, reason="STEGET_TEST_FEED names no folder with a real feed")
def test_tampere() -> None:
    """14,280 pairs of 120 points: the curve and the errors of docs/travel.md."""
    folder = Path(FOLDER or "")
    with (folder / "points.csv").open(encoding="utf-8") as file:
        at = {r["point"]: (r["latitude"], r["longitude"]) for r in csv.DictReader(file)}
    with (folder / "door_to_door.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["median_0730_0830_s"]]
    ends = [
        np.array([at[r[end]] for r in rows], dtype=np.float64).T
        for end in ("origin", "destination")
    ]
    found = calibrate(
        great_circle_km(*ends[0], *ends[1]),
        np.array([float(r["median_0730_0830_s"]) / 60 for r in rows]),
        np.array([int(r["destination"]) for r in rows]),
    )
    assert found.coefficients == pytest.approx((-1.201, -0.278, 18.515), abs=0.0006)
    assert (found.pairs, found.destinations) == (14_280, 120)
    assert round(found.mean_error, 1) == 7.2
    assert round(found.error_of_nine_in_ten, 1) == 14.5
