"""The contract of travel times, the estimate as a source, and a chain of sources."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from matcher.domain import Mode, TravelTimes
from matcher.travel import table
from matcher.travel.atlas import TableAtlas
from matcher.travel.contract import MORNING, Point, TravelAnswer, TravelQuestion
from matcher.travel.estimate import DEFAULT, Curves
from matcher.travel.reach import Reach
from matcher.travel.sources import Chain, EstimateProvider
from tests.builders import problem_of, site

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = Point(latitude=59.0, longitude=18.0)
NEAR, FAR = Point(latitude=59.01, longitude=18.0), Point(latitude=59.2, longitude=18.0)
TAMPERE = Curves(
    name="tampere", transit=(-1.201, -0.278, 18.515), car=DEFAULT.car, transit_band=(14, 18)
)


def question(*origins: Point, mode: Mode = Mode.TRANSIT) -> TravelQuestion:
    """How long is it from here to the site?"""
    return TravelQuestion(origins=origins, site=SITE, mode=mode, day=date(2026, 11, 24))


def answer(reach: Reach, source: str = "fixed", minutes: int | None = None) -> TravelAnswer:
    """What a source says."""
    return TravelAnswer(reach=reach, source=source, computed_at=NOW, minutes=minutes)


@dataclass
class Fixed:
    """A source that knows what it was told, and remembers what it was asked."""

    known: dict[Point, TravelAnswer]
    name: str = "fixed"
    asked: list[TravelQuestion] = field(default_factory=list)

    def to_site(self, asked: TravelQuestion) -> list[TravelAnswer]:
        """What it knows; else unknown."""
        self.asked.append(asked)
        return [self.known.get(p, answer(Reach.UNKNOWN, self.name)) for p in asked.origins]


def test_a_point_is_rounded() -> None:
    """Three decimals, about a hundred metres."""
    point = Point(latitude=59.33091, longitude=18.05949)
    assert (point.latitude, point.longitude) == (59.331, 18.059)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 18), (-91, 18), (59, 181), (59, -181)])
def test_a_point_is_on_earth(latitude: float, longitude: float) -> None:
    """Anything else is no place."""
    with pytest.raises(ValueError, match="latitude"):
        Point(latitude=latitude, longitude=longitude)


def test_the_deadlines_of_a_morning() -> None:
    """08:00 to 09:00, every ten minutes."""
    assert [f"{at:%H:%M}" for at in (MORNING[0], MORNING[1], MORNING[-1])] == [
        *("08:00", "08:10", "09:00")
    ]
    assert len(MORNING) == 7


def test_an_answer_is_one_thing() -> None:
    """Minutes are given when they are known, and only then; withheld is a rule of its own."""
    assert answer(Reach.MINUTES, minutes=0).minutes == 0
    with pytest.raises(ValueError, match="minutes"):
        answer(Reach.MINUTES)
    with pytest.raises(ValueError, match="minutes"):
        answer(Reach.UNREACHABLE, minutes=3)
    with pytest.raises(ValueError, match="withheld"):
        answer(Reach.WITHHELD)
    with pytest.raises(ValueError, match="zone"):
        TravelAnswer(reach=Reach.UNKNOWN, source="", computed_at=datetime(2026, 11, 20))  # noqa: DTZ001 -- that is what is refused


def test_the_estimate_tells_minutes_with_their_band() -> None:
    """1.112 km: 3.904 + 0.669 + 12.080 = 16.65; 22.24 km: 71.32."""
    near, far = EstimateProvider(now=NOW).to_site(question(NEAR, FAR))
    assert (near.minutes, near.low, near.high) == (17, 0, 32)
    assert (far.minutes, far.low, far.high) == (72, 47, 87)
    assert near.is_estimate
    assert (near.source, near.computed_at) == ("estimate/helsinki-2015", NOW)
    assert near.step_free == "unknown"


def test_the_estimate_of_nobody_is_nothing() -> None:
    """No origin, no answer."""
    assert EstimateProvider(now=NOW).to_site(question()) == []


def test_other_curves_have_their_own_name_and_band() -> None:
    """22.24 km with Tampere's: -1.201 - 6.183 + 87.315 = 79.93."""
    (far,) = EstimateProvider(now=NOW, curves=TAMPERE).to_site(question(FAR))
    assert (far.minutes, far.low, far.high) == (80, 66, 98)
    assert far.source == "estimate/tampere"


def test_every_curve_has_a_band_of_its_own() -> None:
    """Transit's and car's replace the built-in ones, each for itself; on foot there is none.

    22.24 km: 72 minutes by transit, 44 by car, 413 on foot, 107 by bike.
    """
    near = {mode: EstimateProvider(now=NOW).to_site(question(FAR, mode=mode))[0] for mode in Mode}
    own = replace(DEFAULT, transit_band=(1, 2), car_band=(3, 4))
    found = {
        mode: EstimateProvider(now=NOW, curves=own).to_site(question(FAR, mode=mode))[0]
        for mode in Mode
    }
    assert (near[Mode.CAR].low, near[Mode.CAR].high) == (37, 51)
    assert (found[Mode.TRANSIT].low, found[Mode.TRANSIT].high) == (71, 74)
    assert (found[Mode.CAR].low, found[Mode.CAR].high) == (41, 48)
    assert all(found[mode] == near[mode] for mode in (Mode.WALK, Mode.BIKE))


@pytest.mark.parametrize("mode", Mode)
def test_at_the_site_it_is_no_minutes(mode: Mode) -> None:
    """Also where a curve begins below 0."""
    (here,) = EstimateProvider(now=NOW, curves=TAMPERE).to_site(question(SITE, mode=mode))
    assert (here.minutes, here.low) == (0, 0)


def test_a_chain_asks_the_next_what_one_does_not_know() -> None:
    """The first knows one place and that there is no way from another; the rest is estimated."""
    known = {
        NEAR: answer(Reach.MINUTES, minutes=5),
        SITE: answer(Reach.UNREACHABLE),
    }
    first, last = Fixed(known), EstimateProvider(now=NOW)
    chain = Chain((first, last))
    assert chain.name == "fixed,estimate"
    asked = question(NEAR, FAR, SITE)
    found = chain.to_site(asked)
    assert [(one.source, one.reach) for one in found] == [
        ("fixed", Reach.MINUTES),
        ("estimate/helsinki-2015", Reach.MINUTES),
        ("fixed", Reach.UNREACHABLE),
    ]
    assert first.asked == [asked]


def test_a_chain_asks_nobody_without_need() -> None:
    """Who comes after one who knew all is not asked, and of the rest only the rest."""
    knows_near = Fixed({NEAR: answer(Reach.MINUTES, minutes=5)})
    second, third = Fixed({FAR: answer(Reach.MINUTES, minutes=50)}), Fixed({})
    Chain((knows_near, second, third)).to_site(question(NEAR, FAR))
    assert second.asked == [question(FAR)]
    assert third.asked == []


def test_what_nobody_knows_stays_unknown() -> None:
    """As the last one said."""
    (found,) = Chain((Fixed({}, "one"), Fixed({}, "two"))).to_site(question(NEAR))
    assert (found.reach, found.source) == (Reach.UNKNOWN, "two")


def test_a_chain_has_a_source() -> None:
    """Else nobody would answer."""
    with pytest.raises(ValueError, match="at least one"):
        Chain(())


def times(*, low: bool = True, high: bool = True) -> TravelTimes:
    """P1 has an estimate to S1, a known journey to S2, and an unknown one to S3."""
    return TravelTimes(
        participant_ids=("P1",),
        site_ids=("S1", "S2", "S3", "S4"),
        participant=np.zeros(3, dtype=np.int32),
        site=np.array([0, 1, 2], dtype=np.int32),
        minutes=np.array([30, 20, -1], dtype=np.int32),
        low=np.array([5, -1, -1], dtype=np.int32) if low else None,
        high=np.array([45, -1, -1], dtype=np.int32) if high else None,
    )


@pytest.mark.parametrize(
    ("person", "place", "expected"),
    [
        ("P1", "S1", (5, 45)),
        *(("P1", place, None) for place in ("S2", "S3", "S4", "S9")),
        ("P9", "S1", None),
    ],
)
def test_the_band_of_a_pair(person: str, place: str, expected: tuple[int, int] | None) -> None:
    """Only an estimate has one."""
    assert table.band(times(), person, place) == expected
    assert table.is_estimate(times(), person, place) is (expected is not None)


@pytest.mark.parametrize(("low", "high"), [(False, True), (True, False), (False, False)])
def test_a_table_without_bands_has_no_estimates(low: bool, high: bool) -> None:  # noqa: FBT001 -- given by name
    """A data set's own table is one."""
    assert table.band(times(low=low, high=high), "P1", "S1") is None


def test_the_bands_of_many() -> None:
    """The same as pair by pair; without rows there are none."""
    places = tuple(site(f"S{number}") for number in range(1, 5))
    problem = problem_of(*places)
    zeros, sites = np.zeros(4, dtype=np.int32), np.arange(4, dtype=np.int32)
    for given, expected in (
        (times(), [(5, 45), (-1, -1), (-1, -1), (-1, -1)]),
        (times(low=False, high=False), [(-1, -1)] * 4),
    ):
        atlas = TableAtlas(replace(problem, travel_times=given))
        low, high = atlas.bands(atlas.look_up(zeros, sites))
        assert list(zip(low.tolist(), high.tolist(), strict=True)) == expected
    nothing = TableAtlas(problem_of(*places, minutes={}))
    low, high = nothing.bands(nothing.look_up(zeros, sites))
    assert (low.tolist(), high.tolist()) == ([-1] * 4, [-1] * 4)


def test_an_atlas_of_a_table_needs_one() -> None:
    """Without it the estimate is the source."""
    with pytest.raises(ValueError, match="no table"):
        TableAtlas(problem_of())
