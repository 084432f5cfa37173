import pytest

from matcher.domain import Need, Survey
from matcher.policy import Policy
from tests.builders import barriers_of, participant, site, surveyed

TOILET = participant(needs=frozenset({Need.ACCESSIBLE_TOILET}))
UNKNOWN = ["NEED_UNKNOWN:ACCESSIBLE_TOILET"]
UNMET = ["NEED_UNMET:ACCESSIBLE_TOILET"]
YES = ("toilet.type", "rwc")
NO = ("toilet.type", "none")

LIFT = participant(needs=frozenset({Need.STEP_FREE}))
BUILDING = (
    *(("entrance.step_count", 0), ("entrance.threshold_mm", 0)),
    *(("levels.work_floor", 3), ("lift.type", "passenger"), ("lift.reaches_work", "yes")),
)
RUNS = ("lift.in_service", "yes")
STUCK = ["NEED_UNKNOWN:STEP_FREE"]


def test_holds_where_nobody_has_asked() -> None:
    """An empty field is neither yes nor no."""
    assert barriers_of(TOILET) == UNKNOWN


def test_is_silent_where_the_policy_lets_it_be_checked() -> None:
    """Under ``check`` the pair is allowed; the question goes with the answer."""
    assert barriers_of(TOILET, policy=Policy(unknown_needs="check")) == []


def test_a_want_that_nobody_knows_of_is_no_barrier() -> None:
    """Only what is required can bar."""
    assert barriers_of(participant(wants=frozenset({Need.ACCESSIBLE_TOILET}))) == []


@pytest.mark.parametrize(("days", "expected"), [(0, []), (730, []), (731, UNKNOWN)])
def test_an_answer_keeps_for_730_days(days: int, expected: list[str]) -> None:
    """Two years: on the last day it still counts, the day after nobody knows any more."""
    assert barriers_of(TOILET, site(surveys=(surveyed(YES, days_ago=days),))) == expected


def test_a_no_grows_stale_too() -> None:
    """What is old is unknown, whichever way it went."""
    assert barriers_of(TOILET, site(surveys=(surveyed(NO, days_ago=731),))) == UNKNOWN


@pytest.mark.parametrize(("days", "expected"), [(0, []), (180, []), (181, STUCK), (730, STUCK)])
def test_that_a_lift_runs_keeps_for_180_days(days: int, expected: list[str]) -> None:
    """A lift can break: that it runs is known for half a year, the rest of the survey for two."""
    place = site(surveys=(surveyed(*BUILDING, RUNS, days_ago=days),))
    assert barriers_of(LIFT, place) == expected


def test_each_answer_has_the_date_of_its_own_survey() -> None:
    """A call today that the lift runs renews that answer; the building is known from before."""
    old, call = surveyed(*BUILDING, RUNS, days_ago=700), surveyed(RUNS, days_ago=1)
    assert barriers_of(LIFT, site(surveys=(old, call))) == []


def test_the_policy_sets_the_shelf_life() -> None:
    """With 30 days for all, and one field for longer, the field's own number counts."""
    place = site(surveys=(surveyed(YES, days_ago=31),))
    assert barriers_of(TOILET, place, policy=Policy(survey_max_age_days=31)) == []
    assert barriers_of(TOILET, place, policy=Policy(survey_max_age_days=30)) == UNKNOWN
    longer = Policy(survey_max_age_days=30, shelf_life_days={"toilet.type": 31})
    assert barriers_of(TOILET, place, policy=longer) == []


def test_an_answer_without_a_date_is_unknown() -> None:
    """Nobody can say that it is fresh."""
    assert barriers_of(TOILET, site(surveys=(surveyed(YES, days_ago=None),))) == UNKNOWN


NEW_NO, OLD_YES = surveyed(NO, days_ago=10), surveyed(YES, days_ago=20)


@pytest.mark.parametrize("surveys", [(NEW_NO, OLD_YES), (OLD_YES, NEW_NO)])
def test_the_newest_answer_counts(surveys: tuple[Survey, ...]) -> None:
    """In whatever order the rows stand."""
    assert barriers_of(TOILET, site(surveys=surveys)) == UNMET


def test_a_newer_survey_that_does_not_ask_hides_nothing() -> None:
    """For each field the newest answer counts, not the newest survey."""
    newer = surveyed(("hygiene.soap", "scented"), days_ago=1)
    assert barriers_of(TOILET, site(surveys=(surveyed(YES, days_ago=20), newer))) == []


def test_an_expired_newest_answer_hides_older_ones() -> None:
    """A no that has expired is unknown; the older yes below it does not come back."""
    older = (surveyed(YES, days_ago=None), surveyed(YES, days_ago=800))
    place = site(surveys=(*older, surveyed(NO, days_ago=731)))
    assert barriers_of(TOILET, place) == UNKNOWN


def test_an_undated_answer_hides_no_dated_one() -> None:
    """Undated is older than everything with a date."""
    surveys = (surveyed(NO, days_ago=None), surveyed(YES, days_ago=700))
    assert barriers_of(TOILET, site(surveys=surveys)) == []


def test_part_of_a_formula_can_settle_it() -> None:
    """Unknown and false is false: a scented soap is enough to know; unscented alone is not."""
    person = participant(needs=frozenset({Need.SCENT_FREE}))
    scented = site(surveys=(surveyed(("hygiene.soap", "scented")),))
    assert barriers_of(person, scented) == ["NEED_UNMET:SCENT_FREE"]
    unscented = site(surveys=(surveyed(("hygiene.soap", "unscented")),))
    assert barriers_of(person, unscented) == ["NEED_UNKNOWN:SCENT_FREE"]
