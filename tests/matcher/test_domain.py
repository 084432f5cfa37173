"""A value that would be wrong refuses to exist, and so does a problem that does not add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.domain import (
    OpeningId,
    Placement,
    PlacementStatus,
    Sessions,
    SiteId,
    Survey,
    SurveyMethod,
    TravelTimes,
    Wish,
    WishKind,
    WishLevel,
    session_names,
    sessions_of,
)
from tests.builders import opening, participant, problem_of, seek, site

WRONG: dict[str, Callable[[], object]] = {
    "hours below one": lambda: participant(hours_per_week=0),
    "eleven half-days a week": lambda: participant(sessions_per_week=11),
    "no travel at all": lambda: participant(max_travel_minutes=0),
    "an eleventh half-day": lambda: participant(available=Sessions(1 << 10)),
    "half a coordinate": lambda: participant(latitude=59.3, longitude=None),
    "a goal of no hours": lambda: participant(hours_goal=0),
    "seats below zero": lambda: opening(seats=-1),
    "half-day seats below zero": lambda: opening(session_seats=-1),
    "an empty answer of a task": lambda: opening(work={"work.pace": ""}),
    "an empty answer of a survey": lambda: Survey(answers={"hygiene.soap": ""}),
    "a wish without a rank": lambda: Wish(kind=WishKind.SEEK, level=WishLevel.GROUP, code="9413"),
    "an avoided task with a rank": lambda: Wish(
        kind=WishKind.AVOID, level=WishLevel.GROUP, code="9413", rank=1
    ),
    "a rank of nought": lambda: seek("9413", 0),
    "a half-day that is none": lambda: sessions_of(["sat_am"]),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_a_wrong_value_refuses_to_exist(make: Callable[[], object]) -> None:
    """Beyond its legal range, or contradicting itself, nothing is made."""
    with pytest.raises(ValueError, match=r"."):
        make()


def test_ids_are_unique() -> None:
    """Two people with one pseudonym are no problem that could be planned."""
    one = problem_of(participant("P1"), opening())
    with pytest.raises(ValueError, match="P1 occurs twice"):
        replace(one, participants=one.participants * 2)


STRAY = Placement(
    participant_id=participant().participant_id,
    opening_id=OpeningId("O9"),
    status=PlacementStatus.ONGOING,
)


def test_every_id_leads_somewhere() -> None:
    """An opening at no site, a placement at no opening, a wish for no known group."""
    one = problem_of(participant(), opening())
    lost = replace(one.openings[0], site_id=SiteId("S9"))
    with pytest.raises(ValueError, match="no site S9"):
        replace(one, openings=(lost,))
    with pytest.raises(ValueError, match="no opening O9"):
        replace(one, placements=(STRAY,))
    with pytest.raises(ValueError, match="no occupation 0000"):
        problem_of(participant(wishes=(seek("0000", 1),)), opening())


def test_parts_stand_in_the_order_of_their_ids() -> None:
    """However they come, so that nothing hangs on the order of rows."""
    made = problem_of(participant("P2"), participant("P1"), opening("O2"), opening("O1"))
    assert [p.participant_id for p in made.participants] == ["P1", "P2"]
    assert [o.opening_id for o in made.openings] == ["O1", "O2"]


def test_on_one_day_what_was_seen_counts_above_what_was_told() -> None:
    """Of two surveys of one day the one on site stands last, whatever their order."""
    told, seen = (
        Survey(surveyed_on=date(2026, 1, 1), method=method)
        for method in (SurveyMethod.SELF_REPORTED, SurveyMethod.ON_SITE)
    )
    assert site(surveys=(told, seen)).surveys == site(surveys=(seen, told)).surveys
    assert site(surveys=(seen, told)).surveys[-1] is seen


def test_travel_times_hold_each_pair_once_and_in_order() -> None:
    """What is looked up by halving must be sorted."""
    column = np.array([0, 0], dtype=np.int32)
    with pytest.raises(ValueError, match="sorted"):
        TravelTimes(
            participant_ids=("P1",),
            site_ids=("S1",),
            participant=column,
            site=column,
            minutes=column,
        )


def test_half_days_are_named_in_the_order_of_the_week() -> None:
    """Whatever order they were given in."""
    assert session_names(sessions_of(["fri_pm", "mon_am"])) == ("mon_am", "fri_pm")
