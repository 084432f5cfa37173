"""The smallest change that would do: every told way confirmed, and nothing smaller does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from matcher import eligibility
from matcher.changes import Change, applied
from matcher.domain import Need, ParticipantId, Problem, Remote, WorksRemotely
from matcher.explain import nearest as module
from matcher.explain.nearest import Nearest, nearest
from matcher.explain.remedies import Case, Dimension, Step, one_more_seat, remedies
from matcher.explain.whom import Whom
from matcher.policy import GoalName, Policy
from matcher.solve.standing import Standing
from tests.builders import (
    ALL_WEEK,
    all_rows,
    avoid,
    day,
    opening,
    participant,
    placement,
    problem_of,
    site,
    surveyed,
    week,
)
from tests.examples import examples
from tests.matcher.explain.asked import NO_FORMER, TINY, less, standing_of, weighed
from tests.matcher.explain.truth import world

P1 = ParticipantId("P1")
NEVER = {
    *("needs", "wants", "wishes", "excluded_sites", "excluded_providers", "languages"),
    *("birth_year", "min_age", "hours_per_week", "sessions_per_week", "protected_identity"),
}
"""What nobody is asked to change."""


def does(standing: Standing, who: str, steps: tuple[Step, ...] | list[Change]) -> bool:
    """Whether changes would do, by trying every plan."""
    changes = [c for s in steps for c in (s.changes if isinstance(s, Step) else [s])]
    problem, policy = applied(standing.problem, standing.policy, changes)
    return world(problem, policy, standing.former).would_do(who, standing.values)


def without(standing: Standing) -> list[ParticipantId]:
    """Who has no place."""
    return [row.participant_id for row in standing.plan.unplaced]


def smaller(steps: tuple[Step, ...]) -> Iterator[list[Change]]:
    """Steps with one of them smaller; a site's single step stays whole."""
    for at, step in enumerate(steps):
        rest = [c for other in steps[:at] + steps[at + 1 :] for c in other.changes]
        if step.whom is Whom.PARTICIPANT or step.amount > 1:
            for some in less(step):
                if some or step.whom is Whom.PARTICIPANT:
                    yield [*rest, *some]


def catalogue(standing: Standing, who: ParticipantId) -> list[tuple[Step, ...]]:
    """Every change there is: what takes all barriers of an opening away, and seats."""
    problem = standing.problem
    rows = all_rows(problem, standing.policy)
    barriers = eligibility.barriers(rows, standing.policy)
    person = problem.participant_at[who]
    found: list[tuple[Step, ...]] = []
    for at, place in enumerate(problem.openings):
        row = person * len(problem.openings) + at
        case = Case(
            problem=problem,
            policy=standing.policy,
            person=problem.participants[person],
            opening=place,
            minutes=int(rows.minutes[row]),
        )
        ways = remedies(case, barriers[row]) if barriers[row] else [()]
        seats = one_more_seat(case)
        found += [way for way in ways if way]
        found += [(*way, seat) for way in ways if len(way) <= 1 for seat in seats]
    return found


def check(standing: Standing, who: ParticipantId, told: Nearest) -> None:
    """Every told way does, by trying every plan; and so does nothing that is a step smaller."""
    for way in told.ways:
        assert way.proven
        assert does(standing, who, way.steps)
        assert not any(does(standing, who, some) for some in smaller(way.steps))
        changes = [change for step in way.steps for change in step.changes]
        assert not {change.name for change in changes} & NEVER
        problem, policy = applied(standing.problem, standing.policy, changes)
        true = world(problem, policy, standing.former)
        best, _ = true.claimed(who)
        assert any(
            one.where.get(who) == way.opening_id and one.values[: true.before] == best
            for one in true.plans
        )


@given(TINY, weighed(NO_FORMER))
@examples(35)
def test_what_is_told_would_do_and_nothing_smaller(problem: Problem, policy: Policy) -> None:
    """Confirmed by brute force; where nothing is told, nothing in the catalogue does.

    And a place today is told exactly where there is one that lowers nothing.
    """
    standing = standing_of(problem, policy)
    if not standing.proven:
        return
    true = world(problem, policy)
    for who in without(standing):
        told = nearest(standing, who)
        assert (told.today is not None) == true.would_do(who, standing.values)
        assert [way.size for way in told.ways] == sorted(way.size for way in told.ways)
        assert not (told.today and told.ways)
        check(standing, who, told)
        if told.today is None and not told.ways:
            assert not any(does(standing, who, steps) for steps in catalogue(standing, who))


@given(TINY, weighed(NO_FORMER))
@examples(15)
def test_of_large_plans_what_is_told_would_do(problem: Problem, policy: Policy) -> None:
    """Where not all can be tried, those most likely are; what is told still does."""
    standing = standing_of(problem, policy)
    if not standing.proven:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", 0)
        patch.setattr(module, "TRIED", 2)
        for who in without(standing):
            told = nearest(standing, who)
            assert told.tried <= 4
            assert all(does(standing, who, way.steps) for way in told.ways)


def told_of(*parts: object, minutes: dict[tuple[str, str], int] | None = None) -> list[list[str]]:
    """The ways for P1, in short: dimension, amount, whom, name."""
    found = nearest(standing_of(problem_of(*parts, minutes=minutes)), P1)
    return [
        [f"{s.dimension} {s.amount} {s.whom} {s.changes[0].name}" for s in way.steps]
        for way in found.ways
    ]


def test_a_few_minutes_more() -> None:
    """The journey takes 70 minutes, the limit is 60: ten minutes, and no other way."""
    assert told_of(minutes={("P1", "S1"): 70}) == [["minutes 10 participant max_travel_minutes"]]


def test_two_barriers_are_two_steps() -> None:
    """Ten minutes and four hours: told together, since neither alone does."""
    told = told_of(opening(hours_min=12), minutes={("P1", "S1"): 70})
    assert told == [["minutes 10 participant max_travel_minutes", "hours 4 site hours_min"]]


def test_a_seat_more_where_others_have_waited_longer() -> None:
    """P2 has waited longer and has the seat; half-days have room, so a seat is what is missing."""
    told = told_of(participant("P1"), participant("P2", waiting_since=day(-300)))
    assert told == [["seats 1 site seats"]]


def test_what_would_do_today_needs_no_change() -> None:
    """P2 has the seat for its points alone: P1 could have it as well, and nothing need change."""
    standing = standing_of(problem_of(participant("P1", wants=frozenset({Need.QUIET})),
                                      participant("P2")))  # fmt: skip
    assert without(standing) == ["P1"]
    assert nearest(standing, P1) == Nearest(
        participant_id=P1, today="O1", ways=(), tried=0, thinkable=0
    )


@pytest.mark.parametrize(
    "parts",
    [
        (participant(wishes=(avoid("9413"),)),),
        (participant(excluded_sites=frozenset({"S1"})),),
        (participant(birth_year=2010), opening(min_age=18)),
        (participant(languages=frozenset({"ar"})), opening(languages=frozenset({"sv"}))),
        (participant(), placement(sessions=week("mon_am"))),
    ],
)
def test_never_a_way_past_a_no(parts: tuple) -> None:
    """Declined, excluded, too young, no common language, there already: none is asked."""
    assert told_of(*parts) == []


def test_who_has_a_place_or_looks_for_none() -> None:
    """Nothing is missing: said so; and so is a name that is nobody's."""
    standing = standing_of(problem_of())
    with pytest.raises(ValueError, match="not without a place"):
        nearest(standing, P1)
    with pytest.raises(KeyError):
        nearest(standing, ParticipantId("P9"))


def test_work_from_home_takes_the_journey_away() -> None:
    """P1 works from home only: that the opening allows it is enough, however long the journey.

    Nor is anything asked about the site's music.
    """
    alone = [["rule 1 site remote"]]
    person = participant(remote=WorksRemotely.ONLY, needs=frozenset({Need.QUIET}))
    assert told_of(person, opening(remote=Remote.NO), minutes={("P1", "S1"): 70}) == alone
    nowhere = replace(person, latitude=None, longitude=None)
    assert told_of(nowhere, opening(remote=Remote.NO)) == alone


def test_five_days_earlier_is_told_and_not_ten() -> None:
    """O1 takes people until day 15, O2 until day 10; P1 can from day 20: five days do."""
    told = told_of(
        participant(earliest_start=day(20)),
        opening("O1", starts_until=day(15)),
        opening("O2", starts_until=day(10)),
    )
    assert sorted(told) == [
        ["days 10 site starts_until"],
        ["days 5 participant earliest_start"],
        ["days 5 site starts_until"],
    ]


def test_a_little_may_let_another_in() -> None:
    """Q, 15 hours, has waited longer and has O2; O1 takes 10 hours, P1 comes 20.

    Five hours more let Q in at O1, and P1 has O2: ten would be more than need be.
    """
    told = told_of(
        participant("P1", hours_per_week=20, waiting_since=day(-10)),
        participant("Q", hours_per_week=15, waiting_since=day(-300)),
        opening("O1", hours_max=10),
        opening("O2"),
    )
    assert sorted(told) == [["hours 5 site hours_max"], ["seats 1 site seats"]]


def test_half_days_that_let_another_in() -> None:
    """Q has O2 and could come to O1 with Monday morning more: P1 need not fit there."""
    told = told_of(
        participant("P1", available=week("mon_am", "tue_am")),
        participant("Q", available=week("mon_am", "wed_am"), waiting_since=day(-300)),
        opening("O1", sessions=week("wed_am")),
        opening("O2", sessions=ALL_WEEK),
    )
    assert ["half_days 1 site sessions"] in told
    assert ["half_days 2 site sessions"] not in told


def test_a_way_does_not_lower_stability() -> None:
    """P1 was at O1 before and is kept; hours that let P in there would move P1: not told."""
    mon, tue = ("mon_am", "mon_pm"), ("tue_am", "tue_pm")
    problem = problem_of(
        participant("P", hours_per_week=20, available=week(*mon)),
        participant("P1", available=week(*mon, *tue)),
        participant("P3", available=week("wed_am", "wed_pm")),
        opening("O1", sessions=week(*mon), hours_max=10, session_seats=1),
        opening("O3", sessions=week(*tue)),
        opening("O5", sessions=week("wed_am", "wed_pm")),
    )
    policy = Policy(goals=(GoalName.PLACED, GoalName.STABILITY, GoalName.POINTS))
    standing = standing_of(problem, policy, frozenset({(P1, problem.openings[0].opening_id)}))
    told = nearest(standing, ParticipantId("P"))
    assert not any(step.dimension is Dimension.HOURS for way in told.ways for step in way.steps)
    check(standing, ParticipantId("P"), told)


def test_answers_and_a_date_that_let_another_in() -> None:
    """Q has O2, waits longer, and could come to O1 with less than P1 asks there: that is told.

    Q needs a quiet place, P1 a meeting-up besides; Q can from day 5, P1 from day 20.
    """
    short = participant("P1", needs=frozenset({Need.QUIET, Need.HEARING_LOOP}))
    calm = participant("Q", needs=frozenset({Need.QUIET}), waiting_since=day(-300))
    known = [("sensory.noise_category", "quiet"), ("sensory.background_music", "no")]
    there = site("S2", surveys=(surveyed(*known, ("sensory.hearing_loop", "yes")),))
    told = told_of(short, calm, site("S1"), there, opening("O1"), opening("O2", site_id="S2"))
    assert ["survey 2 site sensory.noise_category"] in told
    assert not any("survey 3" in step for way in told for step in way)
    told = told_of(
        participant("P1", earliest_start=day(20)),
        participant("Q", earliest_start=day(5), waiting_since=day(-300)),
        opening("O1", starts_until=day(2)),
        opening("O2"),
    )
    assert ["days 3 site starts_until"] in told


def test_an_earlier_first_day_and_fewer_hours_that_let_another_in() -> None:
    """Q may start until later than P1, and comes more hours: less than P1 asks lets Q in at O1."""
    told = told_of(
        participant("P1", hours_per_week=8),
        participant("Q", hours_per_week=10, waiting_since=day(-300)),
        opening("O1", hours_min=12),
        opening("O2"),
    )
    assert ["hours 2 site hours_min"] in told


def test_five_minutes_more_are_told_and_not_ten() -> None:
    """The journey to O1 takes 65 minutes, to O2 70: five more do, so ten are not asked for."""
    places = opening("O1"), opening("O2", site_id="S2")
    minutes = {("P1", "S1"): 65, ("P1", "S2"): 70}
    told = told_of(site("S1"), site("S2"), *places, minutes=minutes)
    assert told == [["minutes 5 participant max_travel_minutes"]]
