"""An estimate within the limit, with a band above it: possible, and never kept in silence."""

from itertools import chain

import pytest
from hypothesis import given

from matcher import columns
from matcher.domain import (
    Barrier,
    BarrierCode,
    Mode,
    Need,
    OpeningId,
    Problem,
    Remote,
    WorksRemotely,
)
from matcher.domain import ParticipantId as Person
from matcher.explain import Possible, Question, ToCheck, Whom, about_minutes, question, recommend
from matcher.explain.reasons import why
from matcher.explain.reverse import who_could_come
from matcher.policy import Policy
from tests.builders import opening, participant, problem_of, site
from tests.examples import examples
from tests.matcher.explain.advice import CHECK, HERE, advise, groups, only
from tests.matcher.explain.asked import standing_of
from tests.strategies import lively, policies

TOO_LONG = BarrierCode.TRAVEL_TOO_LONG
NEAR = site(latitude=59.3 + 1.628 / 111.195)
"""By public transport 20 minutes, 0 to 35: see ``test_recommend_journeys``."""


def told(one: Possible | ToCheck) -> list[tuple[str, Whom, bool]]:
    """What is asked about an opening, whom, and whether it stands between."""
    return [(str(each.barrier), each.whom, each.between) for each in one.questions]


ASKED = [("TRAVEL_TOO_LONG:20", Whom.TRAVEL_PLANNER, False)]


@pytest.mark.parametrize(
    ("limit", "group", "asked"),
    [
        (36, 0, []),
        (35, 0, []),  # even the longest is within
        (34, 0, ASKED),  # the longest is a minute too long
        (20, 0, ASKED),  # the estimate itself is just within
        (19, 1, [("TRAVEL_TOO_LONG:20", Whom.TRAVEL_PLANNER, True)]),
        (1, 1, [("TRAVEL_TOO_LONG:20", Whom.TRAVEL_PLANNER, True)]),  # the shortest is nothing
    ],
)
def test_while_the_limit_lies_inside_the_band_it_is_asked(
    limit: int, group: int, asked: list[tuple[str, Whom, bool]]
) -> None:
    """On either side of the limit a travel planner decides; from its upper end on, nobody."""
    found = advise(participant(max_travel_minutes=limit), NEAR)
    assert [len(some) for some in groups(found)] == [int(group == n) for n in range(3)]
    (one,) = chain(found.possible, found.to_check)
    assert told(one) == asked
    assert one.journey.near_limit is (asked == ASKED)


@pytest.mark.parametrize(("km", "asked"), [(3.05, []), (3.10, ["TRAVEL_TOO_LONG:58"])])
def test_on_foot_the_band_is_narrow(km: float, asked: list[str]) -> None:
    """1.05 of 57 minutes is 59.85, at most 60; of 58 it is 60.9, which may be 61."""
    walker = participant(travel_mode=Mode.WALK, max_travel_minutes=60)
    one = only(advise(walker, site(latitude=59.3 + km / 111.195)))
    assert [str(each.barrier) for each in one.questions] == asked


def test_a_table_leaves_nothing_to_ask() -> None:
    """Exactly as many minutes as the limit, looked up by somebody: possible, and no question."""
    one = only(advise(participant(max_travel_minutes=20), minutes={HERE: 20}))
    assert (one.journey.minutes, one.questions) == (20, ())


def test_from_home_there_is_nothing_to_ask() -> None:
    """There is no journey, whatever the limit."""
    person = participant(max_travel_minutes=1, remote=WorksRemotely.ONLY)
    one = only(advise(person, opening(remote=Remote.YES), NEAR))
    assert (one.journey.from_home, one.questions) == (True, ())


def test_a_hidden_journey_is_not_asked_about() -> None:
    """Protected identity: no estimate is made, and no travel planner is told."""
    hidden = participant(protected_identity=True, max_travel_minutes=20)
    assert only(advise(hidden, NEAR)).questions == ()


def test_what_is_to_check_for_something_else_asks_of_the_journey_too() -> None:
    """It stands between that nobody knows whether it is quiet; the journey comes after."""
    found = advise(participant(needs=frozenset({Need.QUIET}), max_travel_minutes=34), NEAR)
    (one,) = found.to_check
    assert told(one) == [("NEED_UNKNOWN:QUIET", Whom.SITE, True), *ASKED]


def test_under_check_needs_and_journey_are_asked_of_what_is_possible() -> None:
    """Neither stands between."""
    person = participant(needs=frozenset({Need.QUIET}), max_travel_minutes=34)
    one = only(advise(person, NEAR, policy=CHECK))
    assert told(one) == [("NEED_UNKNOWN:QUIET", Whom.SITE, False), *ASKED]


def test_where_an_opening_falls_away_nothing_is_asked() -> None:
    """Too few half-days suit both: how long the journey takes does not matter."""
    person = participant(max_travel_minutes=34, sessions_per_week=10)
    (one,) = advise(person, NEAR, opening(sessions=1)).falls_away
    assert not one.journey.near_limit


def test_a_question_moves_nothing() -> None:
    """O1 is near the limit and O2 is not: the order is that of points, as without a question."""
    places = NEAR, site("S2", latitude=59.3), opening("O1"), opening("O2", site_id="S2")
    calm, near = (advise(participant(max_travel_minutes=most), *places) for most in (36, 34))
    assert [one.opening_id for one in calm.possible] == [one.opening_id for one in near.possible]
    assert {one.opening_id: bool(one.questions) for one in near.possible} == {
        "O1": True,
        "O2": False,
    }


def test_the_fewest_questions_come_first_among_those_to_check() -> None:
    """Both ask about quiet; the farther one, O1, asks about its journey besides."""
    found = advise(
        participant(needs=frozenset({Need.QUIET}), max_travel_minutes=34),
        *(NEAR, site("S2", latitude=59.3)),
        *(opening("O1"), opening("O2", site_id="S2")),
    )
    assert [(one.opening_id, len(one.questions)) for one in found.to_check] == [
        ("O2", 1),
        ("O1", 2),
    ]


def test_why_somebody_is_there_asks_it_too() -> None:
    """A plan takes the minutes as minutes; the question goes along with its answer."""
    standing = standing_of(problem_of(participant(max_travel_minutes=34), NEAR))
    placed = why(standing, Person("P1")).placed
    assert placed is not None
    assert told(placed) == ASKED


def test_of_who_could_come_it_is_known_too() -> None:
    """P1 has a limit inside the band, P2 has not: both could come, and of P1 it is asked."""
    people = participant("P1", max_travel_minutes=34), participant("P2", max_travel_minutes=35)
    found = who_could_come(standing_of(problem_of(*people, NEAR)), OpeningId("O1"))
    asked = {one.participant_id: about_minutes(one.journey) for one in found}
    barrier = Barrier(code=TOO_LONG, detail="20")
    assert asked == {"P1": (question(barrier, between=False),), "P2": ()}
    assert [one.questions for one in found] == [(), ()]


def test_what_never_rests_on_something_unknown_is_no_question() -> None:
    """Somebody was excluded: nobody is asked whether that is so."""
    unknown = Barrier(code=BarrierCode.TRAVEL_UNKNOWN)
    assert question(unknown) == Question(barrier=unknown, whom=Whom.TRAVEL_PLANNER)
    with pytest.raises(KeyError):
        question(Barrier(code=BarrierCode.EXCLUDED))


@given(lively(), policies())
@examples(30)
def test_no_estimate_near_the_limit_is_kept_or_dropped_in_silence(
    problem: Problem, policy: Policy
) -> None:
    """Of everything that does not fall away it is asked exactly where the band holds the limit.

    What is asked stands between exactly where the estimate is above the limit.
    """
    table = columns.load(problem, policy)
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        limit = person.max_travel_minutes
        for one in chain(found.possible, found.to_check):
            journey = one.journey
            asked = [each.between for each in one.questions if each.barrier.code is TOO_LONG]
            inside = journey.low is not None and journey.low <= limit < journey.high
            assert asked == ([journey.minutes > limit] if inside else [])
