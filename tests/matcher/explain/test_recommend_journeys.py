"""Journeys in advice: the band of an estimate, what is withheld, and the limit inside the band."""

import pytest

from matcher.domain import Mode, Remote, WorksRemotely
from matcher.explain import Journey, Whom
from matcher.travel.reach import Reach
from tests.builders import opening, participant, site
from tests.matcher.explain.advice import HERE, advise, asked, groups, only


@pytest.mark.parametrize(
    ("mode", "km", "low", "high"),
    [
        (Mode.TRANSIT, 1.628, 0, 35),  # 3.904 + 0.980 + 14.617; 20 - 25 is never below nothing
        (Mode.CAR, 4.538, 13, 27),  # 4.929 + 2.328 + 12.243
        (Mode.BIKE, 4.08, 18, 21),  # 4.78 · 4.08; 0.9 and 1.05 of 20
        (Mode.WALK, 1.05, 18, 21),  # 18.57 · 1.05
    ],
)
def test_an_estimate_is_shown_with_its_band(mode: Mode, km: float, low: int, high: int) -> None:
    """19.5 minutes to the north are 20 (a degree is 111.195 km): each mode has its band."""
    found = advise(participant(travel_mode=mode), site(latitude=59.3 + km / 111.195))
    assert only(found).journey == Journey(reach=Reach.MINUTES, minutes=20, low=low, high=high)


@pytest.mark.parametrize(
    ("minutes", "journey"),
    [
        ({HERE: 0}, Journey(reach=Reach.MINUTES, minutes=0)),
        ({HERE: 30}, Journey(reach=Reach.MINUTES, minutes=30)),
    ],
)
def test_a_table_is_shown_without_a_band(
    minutes: dict[tuple[str, str], int], journey: Journey
) -> None:
    """What somebody has looked up is no estimate."""
    assert only(advise(minutes=minutes)).journey == journey


def test_from_home_there_is_no_band() -> None:
    """Nought minutes are no estimate either."""
    found = advise(participant(remote=WorksRemotely.ONLY), opening(remote=Remote.YES))
    assert only(found).journey == Journey(reach=Reach.MINUTES, minutes=0, from_home=True)


def test_a_hidden_journey_shows_nothing() -> None:
    """Protected identity: withheld, no minutes, no band."""
    found = advise(participant(protected_identity=True))
    assert only(found).journey == Journey(reach=Reach.WITHHELD)


WALKER = participant(travel_mode=Mode.WALK, max_travel_minutes=60)


@pytest.mark.parametrize(
    ("km", "group"),
    [
        (3.20, 0),  # 59.4: 60 minutes
        (3.24, 1),  # 60.2: 61 minutes; 0.9 of it is 54
        (3.60, 1),  # 66.9: 67 minutes; 0.9 of it is 60.3, rounded down 60: could be
        (3.64, 2),  # 67.6: 68 minutes; 0.9 of it is 61.2: cannot be
    ],
)
def test_an_estimate_beyond_the_limit_may_be_within(km: float, group: int) -> None:
    """On foot 18.57 min/km: while the limit of 60 lies inside the band, the way is to check."""
    found = advise(WALKER, site(latitude=59.3 + km / 111.195))
    assert [len(some) for some in groups(found)] == [int(group == n) for n in range(3)]
    if group == 1:
        ((barrier, whom),) = asked(found)
        assert barrier.startswith("TRAVEL_TOO_LONG:")
        assert whom is Whom.TRAVEL_PLANNER


def test_a_minute_too_much_in_the_table_falls_away() -> None:
    """A table has no band: 61 of 60 minutes is too long, and only the participant can say yes."""
    found = advise(WALKER, minutes={HERE: 61})
    (one,) = found.falls_away
    assert [(str(b), whom) for b, whom in one.barriers] == [
        ("TRAVEL_TOO_LONG:61", Whom.PARTICIPANT)
    ]
