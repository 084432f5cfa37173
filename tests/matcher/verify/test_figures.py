"""Points, minutes and norm goals of one pair, by hand.

Of the plain pair's 77,500 hundredths 22,500 are wish, 25,000 travel, 15,000 want, 10,000 hours and
5,000 start.
"""

import pytest

from matcher.domain import Gender, Need, Problem, Remote, Wish, WorksRemotely
from matcher.policy import Criterion, Policy
from matcher.verify import Rule
from tests.matcher.verify.worlds import (
    POINTS,
    broken,
    days,
    opening,
    person,
    row,
    seek,
    site,
    survey,
    world,
)


def only(criterion: Criterion) -> Policy:
    """A policy that scores this alone: points are then its value."""
    return Policy(weights=dict.fromkeys(Criterion, 0) | {criterion: 100})


def worth(problem: Problem, criterion: Criterion, value: int, **changes: object) -> bool:
    """Whether a row with this value is lawful, and with one more or less is not."""
    policy = only(criterion)
    rows = [row(points=points, **changes) for points in (value - 1, value, value + 1)]
    rules = [broken(problem, r, policy=policy) for r in rows]
    return rules == [[Rule.POINTS], [], [Rule.POINTS]]


@pytest.mark.parametrize(
    ("wishes", "value"),
    [
        ((), 500),
        ((seek(1, "group", "9412"),), 1000),
        ((seek(2, "group", "9412"),), 850),
        ((seek(3, "field", "hotel"),), 700),
        ((seek(5, "group", "9412"),), 400),
        ((seek(6, "group", "9412"),), 300),
        ((seek(9, "field", "hotel"),), 300),
        ((seek(1, "group", "9413"),), 500),
        ((seek(2, "group", "9413"),), 425),
        ((seek(9, "group", "9413"),), 150),
        ((seek(1, "group", "7231"),), 0),
        ((seek(1, "field", "repair"),), 0),
        ((seek(2, "field", "9412"),), 0),
        ((seek(1, "group", "9413"), seek(3, "group", "9412")), 700),
        ((seek(1, "group", "9413"), seek(5, "field", "hotel")), 500),
        ((seek(4, "group", "9412"), seek(2, "group", "9412")), 850),
        ((seek(1, "group", "7231"), seek(2, "group", "9412")), 850),
    ],
)
def test_wish(wishes: tuple[Wish, ...], value: int) -> None:
    """The best wish that fits: 1000, 850, ..., never under 300; half for a neighbouring group."""
    assert worth(world(person(wishes=wishes)), Criterion.WISH, value)


@pytest.mark.parametrize(
    ("minutes", "limit", "value"),
    [(0, 60, 1000), (60, 60, 0), (59, 60, 16), (30, 60, 500), (1, 7, 857), (1, 1440, 999)],
)
def test_travel(minutes: int, limit: int, value: int) -> None:
    """The share of the limit that is left, rounded down: 1 of 60 is 16."""
    problem = world(person(max_travel_minutes=limit), minutes={("P1", "S1"): minutes})
    assert worth(problem, Criterion.TRAVEL, value, travel_minutes=minutes)


def test_travel_withheld_is_500() -> None:
    """With protected identity and no row the value is 500 and the minutes are empty."""
    hidden = person(protected_identity=True)
    assert worth(world(hidden), Criterion.TRAVEL, 500, travel_minutes=None)


NEEDS = {"MET": Need.NO_ANIMALS, "UNMET": Need.ASSISTANCE_DOG, "UNKNOWN": Need.QUIET}


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ((), 1000),
        (("MET",), 1000),
        (("UNMET",), 0),
        (("UNKNOWN",), 0),
        (("MET", "UNKNOWN"), 500),
        (("MET", "UNMET", "UNKNOWN"), 333),
    ],
)
def test_want(wanted: tuple[str, ...], value: int) -> None:
    """The share of the wanted that is met: unknown is not, and none wanted is all."""
    who = person(wants=frozenset(NEEDS[name] for name in wanted))
    place = site("S1", survey(air__furry_animals="never"))
    assert worth(world(who, place), Criterion.WANT, value)


def test_what_is_required_is_not_wanted_too() -> None:
    """A need that is both counts as required only: one of one wanted is unmet."""
    both = person(
        needs=frozenset({Need.NO_ANIMALS}), wants=frozenset({Need.NO_ANIMALS, Need.ASSISTANCE_DOG})
    )
    place = site("S1", survey(air__furry_animals="never"))
    assert worth(world(both, place), Criterion.WANT, 0)
    same = person(needs=both.needs, wants=both.needs)
    assert worth(world(same, place), Criterion.WANT, 1000)


def test_what_is_wanted_of_the_site_is_met_from_home() -> None:
    """From home only the needs over the task are judged, the other count as met."""
    wants = frozenset({Need.QUIET, Need.STEP_FREE, Need.OWN_PACE})
    who = person(wants=wants, remote=WorksRemotely.PARTLY)
    assert worth(world(who, opening(remote=Remote.YES)), Criterion.WANT, 666)
    paced = opening(remote=Remote.YES, work={"work.pace": "own_pace"})
    assert worth(world(who, paced), Criterion.WANT, 1000)


@pytest.mark.parametrize(
    ("goal", "most", "value"),
    [
        (None, None, 1000),
        (None, 10, 1000),
        (5, 10, 1000),
        (10, 10, 1000),
        (20, None, 1000),
        (20, 20, 1000),
        (20, 19, 900),
        (20, 10, 0),
        (13, 11, 333),
        (13, 12, 666),
    ],
)
def test_hours(goal: int | None, most: int | None, value: int) -> None:
    """How far from ten hours towards the goal the opening lets somebody grow."""
    assert worth(world(person(hours_goal=goal), opening(hours_max=most)), Criterion.HOURS, value)


@pytest.mark.parametrize(
    ("ready", "opens", "start", "value"),
    [
        (None, None, 0, 1000),
        (30, None, 30, 1000),
        (None, 30, 30, 666),
        (30, 31, 31, 988),
        (-400, 90, 90, 0),
        (30, 20, 30, 1000),
    ],
)
def test_start(ready: int | None, opens: int | None, start: int, value: int) -> None:
    """The days one waits from being ready, of the 90 of the horizon."""
    problem = world(
        person(earliest_start=None if ready is None else days(ready)),
        opening(starts_from=None if opens is None else days(opens)),
    )
    assert worth(problem, Criterion.START, value, starts_on=days(start))


def test_points_are_divided_once() -> None:
    """Wish 850 * 45, travel 16 * 25, want 333 * 15, hours 333 * 10, start 988 * 5: 519.15."""
    who = person(
        wishes=(seek(2, "group", "9412"),),
        wants=frozenset(NEEDS.values()),
        hours_goal=13,
    )
    place = site("S1", survey(air__furry_animals="never"))
    ours = opening(hours_max=11, starts_from=days(1))
    problem = world(who, place, ours, minutes={("P1", "S1"): 59})
    total = 850 * 45 + 16 * 25 + 333 * 15 + 333 * 10 + 988 * 5
    assert total == 51915
    written = row(starts_on=days(1), travel_minutes=59, points=519)
    assert broken(problem, written) == []


def test_the_weights_are_the_policys() -> None:
    """All on travel: an unlucky wish costs nothing."""
    unlucky = world(person(wishes=(seek(1, "field", "army"),)))
    assert broken(unlucky, row(points=550)) == []
    assert broken(unlucky, row(points=1000), policy=only(Criterion.TRAVEL)) == []


def test_a_barred_pair_has_no_points_to_be_wrong() -> None:
    """Points belong to eligible pairs: where a barrier is named, it alone is named."""
    problem = world(opening(hours_min=11))
    for points in (None, 0, POINTS, -5):
        wrong = row(points=points, travel_minutes=points, norm_goal_met=True)
        assert broken(problem, wrong) == [Rule.HOURS_TOO_FEW]


def test_points_must_be_there() -> None:
    """Somebody new has points."""
    assert broken(world(), row(points=None)) == [Rule.POINTS]


WOMAN, MAN = Gender.WOMAN, Gender.MAN


@pytest.mark.parametrize(
    ("gender", "group", "breaks"),
    [
        (WOMAN, "7231", True),
        (MAN, "7231", False),
        (MAN, "9413", True),
        (WOMAN, "9413", False),
        (WOMAN, "9412", False),
        (MAN, "9412", False),
        (MAN, "6000", False),
        (MAN, "6001", True),
        (WOMAN, "4000", False),
        (WOMAN, "3999", True),
        (WOMAN, "0110", False),
        (MAN, "0110", False),
        (Gender.NONBINARY, "7231", False),
        (Gender.NONBINARY, "9413", False),
        (Gender.UNDISCLOSED, "7231", False),
        (Gender.UNDISCLOSED, "9413", False),
    ],
)
def test_norm_breaking(gender: Gender, group: str, *, breaks: bool) -> None:
    """More than 60 % of the other gender in the group; never for other or undisclosed gender."""
    problem = world(person(gender=gender, norm_goal=True), opening(occupation_group=group))
    assert broken(problem, row(norm_goal_met=breaks)) == []
    assert broken(problem, row(norm_goal_met=not breaks)) == [Rule.NORM_GOAL]


@pytest.mark.parametrize(
    ("wishes", "opted", "met", "points"),
    [
        ((), True, True, POINTS),
        ((), False, False, POINTS),
        ((seek(1, "field", "repair"),), True, True, 1000),
        ((seek(9, "group", "7231"),), True, True, 685),
        ((seek(1, "group", "9413"),), True, False, 550),
    ],
)
def test_a_norm_goal_is_the_participants_own(
    wishes: tuple[Wish, ...], *, opted: bool, met: bool, points: int
) -> None:
    """Met only by who has opted in, and only where a wish fits, or none is made."""
    who = person(gender=WOMAN, norm_goal=opted, wishes=wishes)
    problem = world(who, opening(occupation_group="7231"))
    assert broken(problem, row(norm_goal_met=met, points=points)) == []
    assert broken(problem, row(norm_goal_met=not met, points=points)) == [Rule.NORM_GOAL]


@pytest.mark.parametrize("group", ["7231", "9413", "9412"])
def test_gender_gives_no_points(group: str) -> None:
    """The same row is lawful for every gender when there is no norm goal."""
    for gender in Gender:
        assert broken(world(person(gender=gender), opening(occupation_group=group)), row()) == []
