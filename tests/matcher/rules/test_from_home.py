"""The remote rule: who works from home travels nowhere and climbs no stairs."""

from types import MappingProxyType

import pytest

from matcher.domain import Need, Remote, WorksRemotely
from matcher.policy import Criterion, Policy
from tests.builders import (
    all_rows,
    barriers_of,
    opening,
    participant,
    problem_of,
    site,
    surveyed,
    value_of,
)

AT_HOME = participant(remote=WorksRemotely.PARTLY)
FROM_HOME = opening(remote=Remote.YES)
STAIRS = site(surveys=(surveyed(("entrance.step_count", 9), ("entrance.ramp", "none")),))


@pytest.mark.parametrize(
    ("wants", "remote", "minutes"),
    [
        (WorksRemotely.NO, Remote.YES, 30),  # the participant does not want to
        (WorksRemotely.PARTLY, Remote.YES, 0),
        (WorksRemotely.ONLY, Remote.YES, 0),
        (WorksRemotely.PARTLY, Remote.PARTLY, 30),  # the opening is not for that
        (WorksRemotely.PARTLY, Remote.NO, 30),
    ],
)
def test_no_minutes_where_both_agree(wants: WorksRemotely, remote: Remote, minutes: int) -> None:
    """Travel is 0 when the opening says yes and the participant not no; else as the table says."""
    problem = problem_of(
        participant(remote=wants), opening(remote=remote), minutes={("P1", "S1"): 30}
    )
    assert all_rows(problem, Policy()).minutes.tolist() == [minutes]


@pytest.mark.parametrize("minutes", [{}, {("P1", "S1"): -1}, {("P1", "S1"): 900}])
def test_no_journey_bars_from_home(minutes: dict[tuple[str, str], int]) -> None:
    """Unreachable, unknown, too long: none of it matters, and 0 minutes give full points."""
    assert barriers_of(AT_HOME, FROM_HOME, minutes=minutes) == []
    assert value_of(Criterion.TRAVEL, AT_HOME, FROM_HOME, minutes=minutes) == 1000


def test_needs_of_the_site_count_as_met() -> None:
    """Stairs at the site, and questions nobody has asked there: both are met from home."""
    person = participant(
        remote=WorksRemotely.ONLY, needs=frozenset({Need.STEP_FREE, Need.HEARING_LOOP})
    )
    assert barriers_of(person, STAIRS, FROM_HOME) == []
    there = participant(needs=person.needs)
    assert barriers_of(there, STAIRS, FROM_HOME) == [
        *("NEED_UNMET:STEP_FREE", "NEED_UNKNOWN:HEARING_LOOP"),
    ]


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        ({"work.pace": "own_pace"}, []),
        ({"work.pace": "high"}, ["NEED_UNMET:OWN_PACE"]),
        ({}, ["NEED_UNKNOWN:OWN_PACE"]),
    ],
)
def test_needs_of_the_task_are_judged_from_home_too(
    pace: dict[str, str], expected: list[str]
) -> None:
    """The work is the same work at home."""
    person = participant(remote=WorksRemotely.ONLY, needs=frozenset({Need.OWN_PACE}))
    task = opening(remote=Remote.YES, work=MappingProxyType(pace))
    assert barriers_of(person, task) == expected


def test_wants_of_the_site_count_as_met_from_home() -> None:
    """One of two wants is over the site, so met; the other is over the task, and unknown: half."""
    person = participant(
        remote=WorksRemotely.PARTLY, wants=frozenset({Need.STEP_FREE, Need.OWN_PACE})
    )
    assert value_of(Criterion.WANT, person, STAIRS, FROM_HOME) == 500
    assert value_of(Criterion.WANT, participant(wants=person.wants), STAIRS, FROM_HOME) == 0


def test_every_other_rule_stays() -> None:
    """Working from home one still comes too many hours, or speaks another language."""
    place = opening(remote=Remote.YES, hours_max=1, languages=frozenset({"sv"}))
    assert barriers_of(AT_HOME, place) == ["HOURS_TOO_MANY", "NO_COMMON_LANGUAGE"]
