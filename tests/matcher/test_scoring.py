"""Points by hand: every expected number is worked out beside it."""

import pytest

from matcher.domain import Need, Remote, Wish, WorksRemotely
from matcher.policy import Criterion, Policy
from tests.builders import (
    avoid,
    day,
    opening,
    participant,
    points_of,
    seek,
    site,
    surveyed,
    value_of,
)

HERE = ("P1", "S1")
START_ONLY = Policy(weights={**dict.fromkeys(Criterion, 0), Criterion.START: 100})


def wish_value(*wishes: Wish) -> int:
    """What these wishes give at a café, group 9413 of the field hotel."""
    return value_of(Criterion.WISH, participant(wishes=wishes))


@pytest.mark.parametrize(
    ("rank", "worth"),
    [(1, 1000), (2, 850), (3, 700), (4, 550), (5, 400), (6, 300), (7, 300), (1000, 300)],
)
def test_a_wish_loses_150_a_rank_and_keeps_300(rank: int, worth: int) -> None:
    """1000 - 150 a rank; the sixth would be 250, so the floor of 300 holds from there on."""
    assert wish_value(seek("9413", rank)) == worth
    assert wish_value(seek("hotel", rank)) == worth


@pytest.mark.parametrize(
    ("rank", "worth"), [(1, 500), (2, 425), (3, 350), (4, 275), (5, 200), (6, 150)]
)
def test_a_wish_for_a_group_of_the_same_field_gives_half(rank: int, worth: int) -> None:
    """Kitchen assistant (9412) is of the café's field: half of 1000, 850, 700, ..."""
    assert wish_value(seek("9412", rank)) == worth


def test_no_wish_that_fits_gives_nothing() -> None:
    """Neither another field, nor a group of it, nor a group or a field that no opening has."""
    assert wish_value(seek("7231", 1), seek("repair", 2), seek("0110", 3), seek("sea", 4)) == 0


def test_no_wishes_at_all_give_500() -> None:
    """Who has not said anything is neither for nor against; declining says nothing of the rest."""
    assert wish_value() == 500
    assert wish_value(avoid("7231")) == 500


@pytest.mark.parametrize(
    ("wishes", "worth"),
    [
        ((seek("9413", 5), seek("9412", 1)), 500),  # 400 by itself, 1000 // 2 by kin
        ((seek("9413", 3), seek("9412", 1)), 700),  # 700 by itself, 500 by kin
        ((seek("9413", 7), seek("hotel", 2)), 850),  # 300 by the group, 850 by the field
        ((seek("9413", 6), seek("9413", 2)), 850),  # sought twice: the best rank
        ((seek("9412", 4), seek("9412", 2)), 425),  # by kin too: 850 // 2
        ((seek("7231", 1), seek("hotel", 4)), 550),  # what does not fit takes nothing away
    ],
)
def test_the_best_of_the_wishes_counts(wishes: tuple[Wish, ...], worth: int) -> None:
    """Each wish is worth what it is worth; the best one counts, in whatever order."""
    assert wish_value(*wishes) == wish_value(*reversed(wishes)) == worth


def test_declining_leaves_the_wish_what_it_is() -> None:
    """Avoid wins by a barrier; the points of a sought group stay out of it."""
    assert wish_value(seek("9413", 1), avoid("9413")) == 1000


@pytest.mark.parametrize(
    ("minutes", "value"), [(0, 1000), (1, 983), (30, 500), (59, 16), (60, 0), (90, 0)]
)
def test_travel_is_the_share_of_the_limit_that_is_left(minutes: int, value: int) -> None:
    """Of 60 minutes: 59 left are 983.3, 1 left is 16.7, both rounded down; beyond it nothing."""
    assert value_of(Criterion.TRAVEL, minutes={HERE: minutes}) == value


def test_zero_minutes_are_full_points_with_any_limit() -> None:
    """Next door is next door, also for who can travel a minute only."""
    person = participant(max_travel_minutes=1)
    assert value_of(Criterion.TRAVEL, person, minutes={HERE: 0}) == 1000


def test_travel_that_is_not_known_gives_nothing() -> None:
    """Unknown and unreachable are barriers; they are never read as near."""
    assert value_of(Criterion.TRAVEL, minutes={HERE: -1}) == 0
    assert value_of(Criterion.TRAVEL, minutes={}) == 0


def test_withheld_travel_gives_the_middle() -> None:
    """Protected identity: 500, neither an advantage nor a drawback."""
    assert value_of(Criterion.TRAVEL, participant(protected_identity=True)) == 500


THREE = frozenset({Need.ACCESSIBLE_TOILET, Need.NO_ANIMALS, Need.HEARING_LOOP})
PLACE = site(surveys=(surveyed(("toilet.type", "rwc"), ("air.furry_animals", "always")),))
"""A toilet, animals, and nobody knows of a hearing loop."""


@pytest.mark.parametrize(
    ("wants", "needs", "value"),
    [
        (set(), set(), 1000),  # none wanted
        ({Need.ACCESSIBLE_TOILET}, set(), 1000),
        ({Need.NO_ANIMALS}, set(), 0),  # unmet
        ({Need.HEARING_LOOP}, set(), 0),  # unknown is not met
        (THREE, set(), 333),  # one of three, rounded down
        (THREE, {Need.NO_ANIMALS}, 500),  # what is required is not counted: one of two
        (THREE, {Need.ACCESSIBLE_TOILET}, 0),  # none of the other two
        (THREE, THREE, 1000),  # nothing is left to want
    ],
)
def test_want_is_the_share_of_wants_that_are_met(
    wants: set[Need], needs: set[Need], value: int
) -> None:
    """Wanted and not required, and met for sure."""
    person = participant(wants=frozenset(wants), needs=frozenset(needs))
    assert value_of(Criterion.WANT, person, PLACE) == value


@pytest.mark.parametrize(
    ("now", "goal", "most", "value"),
    [
        (8, None, 8, 1000),  # no goal: the hours of now
        (8, 8, 8, 1000),  # already there
        (8, 6, 8, 1000),  # aiming lower
        (8, 20, None, 1000),  # no limit
        (8, 20, 20, 1000),  # just enough
        (8, 20, 19, 916),  # eleven of twelve hours
        (8, 20, 9, 83),  # one of twelve
        (8, 20, 8, 0),  # no step up at all
        (8, 20, 4, 0),  # barred by its hours; never below nothing
    ],
)
def test_hours_are_the_share_of_the_step_up(
    now: int, goal: int | None, most: int | None, value: int
) -> None:
    """From now to the goal: how much of the way the opening has room for."""
    person = participant(hours_per_week=now, hours_goal=goal)
    assert value_of(Criterion.HOURS, person, opening(hours_max=most)) == value


@pytest.mark.parametrize(
    ("ready", "opens", "value"),
    [
        (None, None, 1000),
        (-100, -50, 1000),  # both in the past: today
        (None, 1, 988),  # 89 of 90 days left
        (None, 45, 500),
        (None, 89, 11),
        (None, 90, 0),
        (None, 120, 0),  # barred; never below nothing
        (30, 30, 1000),  # no wait beyond the participant's own
        (30, 45, 833),  # 15 days later than could be: 75 of 90
        (60, 30, 1000),
    ],
)
def test_start_is_how_soon_after_one_could(
    ready: int | None, opens: int | None, value: int
) -> None:
    """Counted from the day the participant can, not from the plan date."""
    person = participant(earliest_start=None if ready is None else day(ready))
    place = opening(starts_from=None if opens is None else day(opens))
    assert value_of(Criterion.START, person, place) == value


def test_start_follows_the_horizon_of_the_policy() -> None:
    """Five days of a horizon of ten are half; of a horizon of one nothing is left."""
    place = opening(starts_from=day(5))
    assert value_of(Criterion.START, place, policy=Policy(horizon_days=10)) == 500
    assert value_of(Criterion.START, place, policy=Policy(horizon_days=1)) == 0


def test_points_are_the_weighted_sum_divided_once() -> None:
    """(45·850 + 25·983 + 15·333 + 10·916 + 5·988) // 100 = 81 920 // 100 = 819.

    Divided one by one they would be 382 + 245 + 49 + 91 + 49 = 816.
    """
    person = participant(wishes=(seek("9413", 2),), wants=THREE, hours_goal=20)
    place = opening(hours_max=19, starts_from=day(1))
    assert points_of(person, place, PLACE, minutes={HERE: 1}) == 819


def test_points_are_at_most_1000() -> None:
    """Everything at its best is 1000 exactly, whatever the weights."""
    person = participant(wishes=(seek("9413", 1),))
    assert points_of(person) == points_of(person, policy=START_ONLY) == 1000


def test_a_weight_of_nothing_counts_for_nothing() -> None:
    """With all weight on the start, neither wish nor way matters: 45 of 90 days are 500."""
    person = participant(wishes=(seek("7231", 1),))
    place = opening(starts_from=day(45))
    assert points_of(person, place, minutes={HERE: 60}, policy=START_ONLY) == 500


def test_from_home_wish_and_hours_stay() -> None:
    """From home only travel and the site's wants change: (45·0 + 25·1000 + 30·1000) // 100."""
    person = participant(wishes=(seek("7231", 1),), remote=WorksRemotely.ONLY, wants=THREE)
    assert points_of(person, opening(remote=Remote.YES), PLACE, minutes={}) == 550
