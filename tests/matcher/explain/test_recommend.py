"""Advice to one participant: every opening in one of three groups, with what to ask and whom."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given

from matcher import columns, eligibility, scoring
from matcher.domain import Barrier, BarrierCode, Need, ParticipantId, PlacementStatus, Problem
from matcher.explain import Journey, Question, Whom, recommend
from matcher.policy import Criterion, Policy
from matcher.travel.reach import Reach
from tests.builders import (
    all_rows,
    day,
    opening,
    participant,
    placement,
    problem_of,
    seek,
    site,
    surveyed,
    week,
)
from tests.examples import examples
from tests.matcher.explain.advice import CHECK, HERE, advise, groups, only
from tests.strategies import lively, policies


@given(lively(), policies())
@examples(30)
def test_every_opening_stands_in_exactly_one_group(problem: Problem, policy: Policy) -> None:
    """Nothing is ranked away in silence; and possible is what no rule bars, neither more nor less.

    The points and barriers are those that the plan sees.
    """
    table, rows = columns.load(problem, policy), all_rows(problem, policy)
    points = scoring.points(rows, policy).tolist()
    barriers = eligibility.barriers(rows, policy)
    for at, person in enumerate(problem.participants):
        found = recommend(table, policy, person.participant_id)
        assert sorted(chain(*groups(found))) == [o.opening_id for o in problem.openings]
        for number, place in enumerate(problem.openings):
            row = at * len(problem.openings) + number
            possible = {one.opening_id: one.points for one in found.possible}
            named = {o.opening_id: [b for b, _ in o.barriers] for o in found.falls_away}
            asks = {o.opening_id: [q.barrier for q in o.questions] for o in found.to_check}
            assert (place.opening_id in possible) is (not barriers[row])
            assert possible.get(place.opening_id, points[row]) == points[row]
            known = named | asks
            assert not barriers[row] or set(barriers[row]) <= set(known[place.opening_id])


@given(lively(), policies())
@examples(25)
def test_what_is_to_check_rests_on_what_is_unknown(problem: Problem, policy: Policy) -> None:
    """Nothing known stands between; what falls away has at least one barrier that is known."""
    table = columns.load(problem, policy)
    unknown = {
        BarrierCode.NEED_UNKNOWN,
        BarrierCode.TRAVEL_UNKNOWN,
        BarrierCode.TRAVEL_TOO_LONG,  # within the band of an estimate
        BarrierCode.NOT_INSURED,  # where nobody knows
        BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT,
    }
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        for one in found.to_check:
            assert {question.barrier.code for question in one.questions} <= unknown
        for one in found.falls_away:
            assert {b.code for b, _ in one.barriers} - {BarrierCode.NEED_UNKNOWN}


def test_somebody_who_is_not_there() -> None:
    """No such participant: said so, not an empty list."""
    table = columns.load(problem_of(), Policy())
    with pytest.raises(KeyError):
        recommend(table, Policy(), ParticipantId("P9"))


# Possible.


def test_most_points_come_first() -> None:
    """First wish 1000, second 850, none 0: in the order of their points, not of their ids."""
    person = participant(wishes=(seek("7231", 1), seek("9413", 2)))
    found = advise(
        person,
        opening("O1", occupation_group="0110"),
        opening("O2"),
        opening("O3", occupation_group="7231"),
    )
    assert groups(found) == (["O3", "O2", "O1"], [], [])
    assert [one.points for one in found.possible] == [1000, 932, 550]


def test_on_equal_points_confirmed_then_near_then_the_id() -> None:
    """Travel weighs nothing here, so all have the same points.

    O4 was confirmed today, the others never; of those O3 is nearest; O1 and O2 are as far.
    """
    weights = {**dict.fromkeys(Criterion, 0), Criterion.WISH: 100}
    found = advise(
        *(site("S1"), site("S2")),
        *(opening("O2"), opening("O1"), opening("O3", site_id="S2")),
        opening("O4", updated_at=day(0)),
        policy=Policy(weights=weights),
        minutes={HERE: 20, ("P1", "S2"): 10},
    )
    assert groups(found)[0] == ["O4", "O3", "O1", "O2"]


def test_minutes_that_are_withheld_come_last_on_equal_points() -> None:
    """Nobody may read from the order that a hidden person lives near: unknown goes last."""
    weights = {**dict.fromkeys(Criterion, 0), Criterion.WISH: 100}
    found = advise(
        participant(protected_identity=True),
        *(site("S1"), site("S2")),
        *(opening("O1"), opening("O2", site_id="S2")),
        policy=Policy(weights=weights),
        minutes={("P1", "S2"): 55},
    )
    assert groups(found)[0] == ["O2", "O1"]


@pytest.mark.parametrize(
    ("updated_at", "stale"),
    [(day(0), False), (day(-30), False), (day(-31), True), (None, True), (day(5), False)],
)
def test_an_opening_is_stale_after_30_days(updated_at: date | None, *, stale: bool) -> None:
    """Confirmed 30 days ago is fresh, 31 is stale; never confirmed is stale."""
    one = only(advise(opening(updated_at=updated_at)))
    assert (one.stale, one.confirmed_on) == (stale, updated_at)


def test_a_stale_opening_is_shown() -> None:
    """Marked, not hidden; and better points go before freshness."""
    person = participant(wishes=(seek("7231", 1),))
    old = opening("O1", occupation_group="7231", updated_at=day(-300))
    assert groups(advise(person, old, opening("O2", updated_at=day(0))))[0] == ["O1", "O2"]


@pytest.mark.parametrize(("seats", "left"), [(0, 0), (1, 0), (2, 1)])
def test_a_full_opening_is_marked_not_hidden(seats: int, left: int) -> None:
    """X9 has one of the seats; the opening stands there all the same, ranked by its points."""
    there = placement(participant_id="X9", status=PlacementStatus.OFFERED)
    one = only(advise(opening(seats=seats), there))
    assert one.seats_left == left
    assert one.full is (left == 0)


def test_an_opening_whose_half_days_are_taken_is_full() -> None:
    """Two seats, room for one on each half-day, and X9 has all but Friday: P1 comes twice."""
    days = week("mon_am", "tue_am", "fri_am")
    there = placement(participant_id="X9", sessions=week("mon_am", "tue_am"))
    place = opening(seats=2, session_seats=1, sessions=days)
    one = only(advise(place, there))
    assert (one.seats_left, one.full) == (1, True)
    once = only(advise(participant(sessions_per_week=1), place, there))
    assert (once.seats_left, once.full) == (1, False)


def test_the_whole_answer() -> None:
    """Everything a conversation needs: points by criterion, start, half-days, what is met."""
    person = participant(
        available=week("mon_am", "tue_am", "wed_am"),
        wishes=(seek("9413", 2),),
        needs=frozenset({Need.ACCESSIBLE_TOILET}),
        wants=frozenset({Need.NO_ANIMALS, Need.QUIET}),
        earliest_start=day(10),
    )
    place = site(surveys=(surveyed(("toilet.type", "rwc"), ("air.furry_animals", "never")),))
    task = opening(sessions=week("tue_am", "wed_am", "fri_am"), starts_from=day(19), seats=3)
    one = only(advise(person, place, task, minutes={HERE: 30}))
    assert dict(one.values) == {
        Criterion.WISH: 850,
        Criterion.TRAVEL: 500,
        Criterion.WANT: 500,  # quiet: nobody knows
        Criterion.HOURS: 1000,
        Criterion.START: 900,  # nine of ninety days
    }
    assert one.points == (45 * 850 + 25 * 500 + 15 * 500 + 10 * 1000 + 5 * 900) // 100
    assert (one.starts_on, one.seats_left) == (day(19), 3)
    assert one.common_half_days == week("tue_am", "wed_am")
    assert (one.needs_met, one.wants_met) == ((Need.ACCESSIBLE_TOILET,), (Need.NO_ANIMALS,))
    assert one.journey == Journey(reach=Reach.MINUTES, minutes=30)
    assert one.questions == ()


def test_needs_that_nobody_knows_of_are_asked_where_the_policy_allows_them() -> None:
    """Under ``check`` the opening is possible, and says what to ask the site."""
    person = participant(needs=frozenset({Need.QUIET, Need.ACCESSIBLE_TOILET}))
    place = site(surveys=(surveyed(("toilet.type", "rwc")),))
    one = only(advise(person, place, policy=CHECK))
    quiet = Barrier(code=BarrierCode.NEED_UNKNOWN, detail="QUIET")
    assert one.questions == (Question(barrier=quiet, whom=Whom.SITE, between=False),)
    assert one.needs_met == (Need.ACCESSIBLE_TOILET,)


def test_advice_is_given_to_whoever_asks() -> None:
    """Also to somebody who is pinned, or has an offer: advice is no plan."""
    pinned = placement(opening_id="O2", status=PlacementStatus.PINNED)
    found = advise(opening("O1"), opening("O2"), pinned)
    assert groups(found) == (["O1", "O2"], [], [])


def test_without_openings_there_is_nothing_to_say() -> None:
    """Three empty groups."""
    table = columns.load(
        Problem(
            plan_date=day(0),
            participants=(participant(),),
            providers=(),
            sites=(),
            openings=(),
            occupations={},
        ),
        Policy(),
    )
    assert groups(recommend(table, Policy(), ParticipantId("P1"))) == ([], [], [])
