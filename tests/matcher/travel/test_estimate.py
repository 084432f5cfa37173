"""The offline estimate: by hand, against geopy, and by its laws."""

import math

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import Mode
from matcher.travel import estimate

kilometres = st.floats(0, 300)
latitudes, longitudes = st.floats(54.5, 70), st.floats(10, 25)
modes = st.sampled_from(Mode)


def minutes(km: float, mode: Mode) -> int:
    """The estimate of one distance."""
    return int(estimate.minutes(np.array([km]), mode)[0])


def distance(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """The distance of one pair of points."""
    points = (np.array([angle]) for angle in (lat, lon, to_lat, to_lon))
    return float(estimate.great_circle_km(*points)[0])


def formula(km: float, mode: Mode) -> float:
    """The formula of the table, said once more."""
    walk = 18.57 * km
    by_mode = {
        Mode.TRANSIT: min(3.904 + 0.602 * km + 11.456 * math.sqrt(km), walk),
        Mode.CAR: min(4.929 + 0.513 * km + 5.747 * math.sqrt(km), walk),
        Mode.WALK: walk,
        Mode.BIKE: 4.78 * km,
    }
    return by_mode[mode]


@pytest.mark.parametrize(
    ("mode", "km", "expected"),
    [
        (Mode.TRANSIT, 0.1, 2),  # on foot: 1.857
        (Mode.TRANSIT, 0.7, 13),  # on foot 12.999, by transit 13.910
        (Mode.TRANSIT, 1, 16),  # 3.904 + 0.602 + 11.456 = 15.962
        (Mode.TRANSIT, 4, 30),  # 3.904 + 2.408 + 22.912 = 29.224
        (Mode.TRANSIT, 25, 77),  # 3.904 + 15.050 + 57.280 = 76.234
        (Mode.CAR, 0.1, 2),  # on foot: 1.857
        (Mode.CAR, 1, 12),  # 4.929 + 0.513 + 5.747 = 11.189
        (Mode.CAR, 4, 19),  # 4.929 + 2.052 + 11.494 = 18.475
        (Mode.CAR, 25, 47),  # 4.929 + 12.825 + 28.735 = 46.489
        (Mode.WALK, 1, 19),  # 18.57
        (Mode.WALK, 2, 38),  # 37.14
        (Mode.BIKE, 1, 5),  # 4.78
        (Mode.BIKE, 10, 48),  # 47.8
    ],
)
def test_minutes_by_hand(mode: Mode, km: float, expected: int) -> None:
    """The formula's minutes, rounded up."""
    assert minutes(km, mode) == expected


@pytest.mark.parametrize("mode", Mode)
def test_no_distance_is_no_minutes(mode: Mode) -> None:
    """Who lives where the site is has 0 minutes, an answer like any other."""
    assert minutes(0, mode) == 0


@given(kilometres, modes)
def test_minutes_are_rounded_up(km: float, mode: Mode) -> None:
    """The least whole number that is not under the formula."""
    got = minutes(km, mode)
    assert got - 1 < formula(km, mode) + 1e-9
    assert formula(km, mode) - 1e-9 <= got


@given(kilometres, kilometres, modes)
def test_farther_is_never_quicker(one: float, other: float, mode: Mode) -> None:
    """Minutes rise with distance."""
    near, far = sorted((one, other))
    assert minutes(near, mode) <= minutes(far, mode)


@given(kilometres, modes)
def test_nobody_is_slower_than_on_foot(km: float, mode: Mode) -> None:
    """Whoever would walk quicker walks."""
    assert minutes(km, mode) <= minutes(km, Mode.WALK)


@given(st.lists(kilometres, min_size=1, max_size=9), modes)
def test_a_row_alone_is_the_row_among_others(distances: list[float], mode: Mode) -> None:
    """Element by element."""
    together = estimate.minutes(np.array(distances), mode)
    assert together.tolist() == [minutes(km, mode) for km in distances]


@given(kilometres, modes)
def test_reach_never_cuts_off_a_pair_within_the_limit(km: float, mode: Mode) -> None:
    """With just the minutes a pair takes as limit, the pair is within reach."""
    limit = minutes(km, mode)
    assert km <= estimate.reach_km(limit, mode)


@given(st.integers(1, 1440), kilometres, modes)
def test_what_is_within_the_limit_is_within_reach(limit: int, km: float, mode: Mode) -> None:
    """For every limit there may be."""
    assert minutes(km, mode) > limit or km <= estimate.reach_km(limit, mode)


@given(st.integers(1, 1440), modes)
def test_beyond_reach_is_beyond_the_limit(limit: int, mode: Mode) -> None:
    """The reach is tight: a metre more takes too long."""
    assert minutes(estimate.reach_km(limit, mode) + 0.001, mode) > limit


def test_stockholm_to_sodertalje() -> None:
    """From the central station (59.3303, 18.0581) to Södertälje (59.1955, 17.6253): 28.8 km."""
    assert distance(59.3303, 18.0581, 59.1955, 17.6253) == pytest.approx(28.8, abs=0.1)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_great_circle(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    """geopy, with its Earth of 6371.009 km, says the same to a millionth or a centimetre."""
    oracle = great_circle((lat, lon), (to_lat, to_lon)).km
    assert distance(lat, lon, to_lat, to_lon) == pytest.approx(oracle, rel=1e-6, abs=1e-5)


def test_a_degree_of_latitude() -> None:
    """2 pi R / 360 = 111.195 km, north or south."""
    assert distance(59, 18, 60, 18) == pytest.approx(2 * math.pi * 6371.0088 / 360, rel=1e-12)
    assert distance(60, 18, 59, 18) == distance(59, 18, 60, 18)


def test_half_the_way_round() -> None:
    """The far side of the Earth is pi R away, not an error in the last digit."""
    assert distance(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088, rel=1e-12)


@pytest.mark.parametrize(
    ("mode", "at", "expected"),
    [
        (Mode.TRANSIT, 60, (35, 75)),
        (Mode.TRANSIT, 25, (0, 40)),
        (Mode.TRANSIT, 10, (0, 25)),
        (Mode.CAR, 30, (23, 37)),
        (Mode.CAR, 5, (0, 12)),
        (Mode.WALK, 20, (18, 21)),
        (Mode.WALK, 25, (22, 27)),
        (Mode.BIKE, 10, (9, 11)),
        (Mode.BIKE, 0, (0, 0)),
    ],
)
def test_band(mode: Mode, at: int, expected: tuple[int, int]) -> None:
    """Transit 25 under to 15 over, car 7 and 7, on foot and by bike 90 to 105 %; never below 0."""
    assert estimate.band(at, mode) == expected


@given(st.integers(0, 1440), modes)
def test_the_estimate_lies_in_its_band(at: int, mode: Mode) -> None:
    """Low, estimate, high."""
    low, high = estimate.band(at, mode)
    assert 0 <= low <= at <= high
