"""One journey: from the table where there is one, else estimated; unknown is not unreachable."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import (
    Mode,
    Participant,
    ParticipantId,
    Problem,
    ProviderId,
    Sessions,
    Site,
    SiteId,
    TravelTimes,
)
from matcher.travel import Answer, Reach, between, table

UNREACHABLE, UNKNOWN = Answer(reach=Reach.UNREACHABLE), Answer(reach=Reach.UNKNOWN)


def minutes(number: int) -> Answer:
    """So many minutes."""
    return Answer(reach=Reach.MINUTES, minutes=number)


def person(name: str = "P1", **changes: object) -> Participant:
    """Somebody at 59.3 N 18 E."""
    plain = {
        "participant_id": ParticipantId(name),
        "birth_year": 1990,
        "municipality_code": "0180",
        "hours_per_week": 10,
        "sessions_per_week": 2,
        "available": Sessions(3),
        "max_travel_minutes": 60,
        "latitude": 59.3,
        "longitude": 18.0,
    }
    return Participant(**(plain | changes))


def site(name: str = "S1", north: float = 0.0) -> Site:
    """A site so many degrees north of 59.3 N 18 E."""
    return Site(
        site_id=SiteId(name),
        provider_id=ProviderId("A1"),
        municipality_code="0180",
        latitude=59.3 + north,
        longitude=18.0,
    )


def times(known: Mapping[tuple[str, str], int]) -> TravelTimes:
    """A table of these pairs; -1 for a row without minutes."""
    people, sites = (tuple(sorted({pair[at] for pair in known})) for at in (0, 1))
    rows = sorted(known)
    return TravelTimes(
        participant_ids=people,
        site_ids=sites,
        participant=np.array([people.index(who) for who, _ in rows], dtype=np.int32),
        site=np.array([sites.index(where) for _, where in rows], dtype=np.int32),
        minutes=np.array([known[row] for row in rows], dtype=np.int32),
    )


def problem(known: Mapping[tuple[str, str], int] | None = None) -> Problem:
    """A problem with this table, or without one."""
    return Problem(
        plan_date=date(2026, 12, 1),
        participants=(),
        providers=(),
        sites=(),
        openings=(),
        occupations={},
        travel_times=None if known is None else times(known),
    )


TABLE = {
    ("P1", "S1"): 42,
    ("P1", "S2"): 0,
    ("P1", "S3"): -1,
    ("P2", "S1"): 7,
    ("P3", "S3"): 1440,
}


@pytest.mark.parametrize(
    ("who", "where", "expected"),
    [
        ("P1", "S1", minutes(42)),
        ("P1", "S2", minutes(0)),
        ("P1", "S3", UNKNOWN),
        ("P2", "S1", minutes(7)),
        ("P2", "S2", UNREACHABLE),
        ("P3", "S3", minutes(1440)),
        ("P3", "S1", UNREACHABLE),
        ("P2", "S3", UNREACHABLE),
        ("P9", "S1", UNREACHABLE),
        ("P1", "S9", UNREACHABLE),
    ],
)
def test_a_table_tells_four_things_apart(who: str, where: str, expected: Answer) -> None:
    """Minutes, zero minutes, a row without minutes (unknown) and no row (unreachable)."""
    assert between(problem(TABLE), person(who), site(where)) == expected


def test_a_table_is_the_only_source() -> None:
    """Where there is one nothing is estimated, and no point is needed."""
    nowhere = person("P1", latitude=None, longitude=None)
    assert between(problem(TABLE), nowhere, site("S1")) == minutes(42)
    assert between(problem(TABLE), person("P9"), site("S1")) == UNREACHABLE
    assert between(problem({}), person("P1"), site("S1")) == UNREACHABLE


def test_without_a_table_minutes_are_estimated() -> None:
    """0.01 degree is 1.112 km: 16.7 by transit, 11.6 by car, 20.6 on foot, 5.3 by bike."""
    expected = {Mode.TRANSIT: 17, Mode.CAR: 12, Mode.WALK: 21, Mode.BIKE: 6}
    found = {m: between(problem(), person(travel_mode=m), site(north=0.01)) for m in Mode}
    assert found == {mode: minutes(number) for mode, number in expected.items()}


def test_on_the_spot_is_zero_minutes() -> None:
    """Zero is an answer, not a lack of one."""
    assert between(problem(), person(), site()) == minutes(0)


def test_without_a_point_nothing_is_estimated() -> None:
    """Coordinates that are not given make travel unknown, never unreachable."""
    assert between(problem(), person(latitude=None, longitude=None), site()) == UNKNOWN


pairs = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE"))


@given(st.dictionaries(pairs, st.integers(-1, 1440)), pairs)
def test_look_up_is_a_dictionary(known: Mapping[tuple[str, str], int], pair: tuple) -> None:
    """The sorted arrays say what a dictionary of the same rows says."""
    assert table.look_up(times(known), *pair) == known.get(pair)


def test_a_table_is_sorted_and_has_each_pair_once() -> None:
    """One that is not refuses to be."""
    for participant in ([1, 0], [0, 0]):
        with pytest.raises(ValueError, match="sorted"):
            TravelTimes(
                participant_ids=("P1", "P2"),
                site_ids=("S1",),
                participant=np.array(participant, dtype=np.int32),
                site=np.array([0, 0], dtype=np.int32),
                minutes=np.array([1, 2], dtype=np.int32),
            )


def test_positions() -> None:
    """Where the wanted stand among the known; -1 where they do not."""
    assert table.positions(("a", "b", "c"), ("c", "x", "a")).tolist() == [2, -1, 0]
    assert table.positions((), ("a",)).tolist() == [-1]
