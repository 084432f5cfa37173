"""Journeys without steps: told and asked, for those who need them, and never a barrier."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import columns
from matcher.domain import (
    Need,
    OpeningId,
    Participant,
    PlacementStatus,
    Problem,
    Remote,
    Site,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.explain import Journey, Recommendation, Whom, recommend
from matcher.explain.journeys import to_ask
from matcher.explain.reverse import who_could_come
from matcher.policy import Policy
from matcher.solve.door import plan
from matcher.travel.reach import Reach
from matcher.travel.table import spelled_out
from tests.builders import day, opening, participant, placement, problem_of, site, surveyed
from tests.matcher.explain.advice import CHECK, HERE, advice, only
from tests.matcher.explain.asked import standing_of
from tests.strategies import lively, policies, problems

IN = frozenset({Need.STEP_FREE})
"""What somebody needs who uses a wheelchair."""
ROLLING = participant(needs=IN)
FLAT = surveyed(
    ("entrance.step_count", 0),
    ("levels.work_floor", 0),
    ("levels.inside_steps", 0),
    ("entrance.threshold_mm", 0),
    ("entrance.door_clear_width_cm", 90),
    ("inside.min_passage_cm", 100),
    ("inside.turning_space_cm", 160),
)
STEPLESS = site(surveys=(FLAT,))
ASKED = {YesNoUnknown.NO, YesNoUnknown.UNKNOWN}


def with_steps(problem: Problem, *known: int) -> Problem:
    """The same, with what is known of each row of its table: 1 without steps, 0 with, -1."""
    assert problem.travel_times is not None
    signs = np.array(known, dtype=np.int8)
    return replace(problem, travel_times=replace(problem.travel_times, step_free=signs))


def world(
    known: int | None, person: Participant = ROLLING, place: Site = STEPLESS, minutes: int = 20
) -> Problem:
    """P1 and O1, 20 minutes apart; what is known of steps on the way, if it is told at all."""
    problem = problem_of(person, place, opening(), minutes={HERE: minutes})
    return problem if known is None else with_steps(problem, known)


@pytest.mark.parametrize("need", [Need.STEP_FREE, Need.WIDE_PASSAGE])
@pytest.mark.parametrize(
    ("known", "step_free", "ask"),
    [
        (1, YesNoUnknown.YES, None),
        (0, YesNoUnknown.NO, Whom.TRAVEL_PLANNER),
        (-1, YesNoUnknown.UNKNOWN, Whom.TRAVEL_PLANNER),
        (None, YesNoUnknown.UNKNOWN, Whom.TRAVEL_PLANNER),
    ],
)
def test_what_is_known_is_told_and_the_rest_asked(
    need: Need, known: int | None, step_free: YesNoUnknown, ask: Whom | None
) -> None:
    """A table that tells nothing of steps is one that does not know."""
    one = only(advice(world(known, participant(needs=frozenset({need})))))
    assert one.journey == Journey(reach=Reach.MINUTES, minutes=20, step_free=step_free, ask=ask)
    assert one.questions == ()


@pytest.mark.parametrize("known", [1, 0, -1, None])
@pytest.mark.parametrize("wants", [frozenset(), IN])
def test_nobody_else_is_told_of_steps(known: int | None, wants: frozenset[Need]) -> None:
    """Who does not need it, or only wants it at the place, is asked nothing."""
    one = only(advice(world(known, participant(wants=wants))))
    assert one.journey == Journey(reach=Reach.MINUTES, minutes=20)


def test_an_estimate_knows_nothing_of_steps() -> None:
    """Without a table every journey carries the question."""
    (one,) = advice(problem_of(ROLLING, STEPLESS)).possible
    assert (one.journey.step_free, one.journey.ask) == (
        YesNoUnknown.UNKNOWN,
        Whom.TRAVEL_PLANNER,
    )
    assert one.journey.low is not None


def test_an_empty_table_knows_nothing_of_steps() -> None:
    """Every pair is unreachable: no journey, nothing to ask."""
    (one,) = advice(problem_of(ROLLING, STEPLESS, minutes={})).falls_away
    assert one.journey == Journey(reach=Reach.UNREACHABLE)


def test_from_home_there_are_no_steps() -> None:
    """Nobody goes anywhere."""
    person = participant(needs=IN, remote=WorksRemotely.ONLY)
    (one,) = advice(problem_of(person, opening(remote=Remote.YES))).possible
    assert one.journey == Journey(reach=Reach.MINUTES, minutes=0, from_home=True)


@pytest.mark.parametrize("minutes", [None, {HERE: 20}])
def test_no_travel_planner_is_told_of_a_protected_identity(
    minutes: dict[tuple[str, str], int] | None,
) -> None:
    """The participant knows how they travel."""
    person = participant(needs=IN, protected_identity=True)
    one = only(advice(problem_of(person, STEPLESS, minutes=minutes)))
    assert one.journey.reach is (Reach.WITHHELD if minutes is None else Reach.MINUTES)
    assert (one.journey.step_free, one.journey.ask) == (YesNoUnknown.UNKNOWN, Whom.PARTICIPANT)


def test_an_opening_to_check_carries_the_question_beside_its_own() -> None:
    """Nobody has surveyed the site, or nobody knows how long the journey is: both are asked."""
    (unseen,) = advice(world(-1, place=site())).to_check
    assert [str(q.barrier) for q in unseen.questions] == ["NEED_UNKNOWN:STEP_FREE"]
    assert unseen.journey.ask is Whom.TRAVEL_PLANNER
    (far,) = advice(world(1, minutes=-1)).to_check
    assert [str(q.barrier) for q in far.questions] == ["TRAVEL_UNKNOWN"]
    assert far.journey == Journey(
        reach=Reach.UNKNOWN, step_free=YesNoUnknown.UNKNOWN, ask=Whom.TRAVEL_PLANNER
    )


def test_where_an_opening_falls_away_nothing_is_asked() -> None:
    """What is known is told all the same; journeys that are not alike are not mixed up."""
    near, far = (opening(f"O{n}", site_id=f"S{n}", status="paused") for n in (1, 2))
    places = (site(f"S{n}", surveys=(FLAT,)) for n in (1, 2))
    problem = problem_of(ROLLING, *places, near, far, minutes={HERE: 20, ("P1", "S2"): 20})
    found = advice(with_steps(problem, 1, 0)).falls_away
    assert [(one.journey.step_free, one.journey.ask) for one in found] == [
        (YesNoUnknown.YES, None),
        (YesNoUnknown.NO, None),
    ]


def test_who_could_come_carries_it_too() -> None:
    """P1 needs a journey without steps, P2 does not: the order is that of the goals."""
    people = participant("P1", needs=IN), participant("P2")
    problem = problem_of(*people, STEPLESS, minutes={("P1", "S1"): 20, ("P2", "S1"): 20})
    found = who_could_come(standing_of(problem), OpeningId("O1"))
    assert {one.participant_id: one.journey.ask for one in found} == {
        "P1": Whom.TRAVEL_PLANNER,
        "P2": None,
    }
    assert all(one.gains and not one.questions for one in found)


@pytest.mark.parametrize(
    ("known", "pairs"), [(1, ()), (0, (("P1", "O1"),)), (-1, (("P1", "O1"),))]
)
def test_what_a_plan_leaves_to_ask(known: int, pairs: tuple[tuple[str, str], ...]) -> None:
    """The placed whose way is not known to be without steps; the pinned have been asked."""
    problem = world(known)
    table = columns.load(problem, Policy())
    assert to_ask(table, plan(problem, Policy()).plan) == pairs
    kept = placement(status=PlacementStatus.PINNED, starts_on=day(0))
    decided = replace(problem, placements=(kept,))
    outcome = plan(decided, Policy())
    assert [row.pinned for row in outcome.plan.assignments] == [True]
    assert to_ask(columns.load(decided, Policy()), outcome.plan) == ()


def test_the_digest_tells_what_is_known_of_steps() -> None:
    """Three tables that differ in nothing else are three."""
    tables = [world(known).travel_times for known in (None, -1, 0, 1)]
    assert len({times.digest for times in tables if times}) == 4


def test_shared_rows_keep_what_is_known_of_steps() -> None:
    """Spelled out for everybody, P2 has what P1 has."""
    problem = world(0)
    both = replace(
        problem.travel_times,
        participant_ids=("P1", "P2"),
        shared=np.array([0, 0], dtype=np.int32),
    )
    assert spelled_out(both).step_free.tolist() == [0, 0]
    people = participant("P1", needs=IN), participant("P2", needs=IN)
    for times in (both, spelled_out(both)):
        told = replace(problem, participants=people, travel_times=times)
        for person in told.participants:
            table = columns.load(told, CHECK)
            (one,) = recommend(table, CHECK, person.participant_id).possible
            assert one.journey.step_free is YesNoUnknown.NO


# Whatever is known of steps, everything else stays as it is.


@st.composite
def rolling(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """A world where many need to travel without steps, with two opinions of its journeys."""
    problem = draw(st.one_of(lively(5, 4), problems(5, 4)))
    needed = draw(st.lists(st.booleans(), min_size=5, max_size=5))
    problem = replace(
        problem,
        sites=tuple(replace(one, surveys=(FLAT,)) for one in problem.sites),
        participants=tuple(
            replace(p, needs=p.needs | IN) if need else p
            for p, need in zip(problem.participants, needed, strict=False)
        ),
    )
    if problem.travel_times is None:
        return problem, problem
    rows = len(problem.travel_times.minutes)
    opinions = st.lists(st.sampled_from([-1, 0, 1]), min_size=rows, max_size=rows)
    one = problem if draw(st.booleans()) else with_steps(problem, *draw(opinions))
    return one, with_steps(problem, *draw(opinions))


def bare(found: Recommendation) -> Recommendation:
    """Advice without what is said of steps."""
    return replace(
        found,
        **{
            group: tuple(
                replace(one, journey=replace(one.journey, step_free=None, ask=None))
                for one in getattr(found, group)
            )
            for group in ("possible", "to_check", "falls_away")
        },
    )


@given(rolling(), policies())
def test_what_is_known_of_steps_changes_no_plan_and_no_advice(
    worlds: tuple[Problem, Problem], policy: Policy
) -> None:
    """The same plan, goals, points, groups and order; and the question stands where it should."""
    outcomes = [plan(each, policy) for each in worlds]
    assert outcomes[0].plan == outcomes[1].plan
    assert outcomes[0].goals == outcomes[1].goals
    tables = [columns.load(each, policy) for each in worlds]
    for person in worlds[0].participants:
        found = [recommend(table, policy, person.participant_id) for table in tables]
        assert bare(found[0]) == bare(found[1])
        for each in found:
            for one in (*each.possible, *each.to_check):
                assert (one.journey.ask is not None) == (one.journey.step_free in ASKED)
                needed = IN & person.needs or Need.WIDE_PASSAGE in person.needs
                goes = not one.journey.from_home
                assert (one.journey.step_free is not None) == bool(needed and goes)
            assert all(one.journey.ask is None for one in each.falls_away)
