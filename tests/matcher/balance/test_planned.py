"""Events of a data set and a plan: what counts as which stage."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from matcher import columns, pairs
from matcher.balance.events import NONE, STAGE_AT, Events
from matcher.balance.planned import RECOMMENDED, planned, sought
from matcher.balance.words import Ending, Stage
from matcher.domain import OpeningId, ParticipantId, PlacementStatus, Problem, Sessions
from matcher.explain import recommend
from matcher.outcome import Assignment, Plan
from matcher.policy import Policy
from tests.builders import PLAN_DATE, avoid, day, opening, participant, placement, problem_of, seek
from tests.examples import examples
from tests.strategies import lively

PINNED, ONGOING, OFFERED = (
    PlacementStatus.PINNED,
    PlacementStatus.ONGOING,
    PlacementStatus.OFFERED,
)


def assigned(person: str, place: str, *, pinned: bool = False) -> Assignment:
    """One line of a plan."""
    return Assignment(
        participant_id=ParticipantId(person),
        opening_id=OpeningId(place),
        starts_on=PLAN_DATE,
        sessions=Sessions(1),
        travel_minutes=0,
        points=0,
        norm_goal_met=False,
        pinned=pinned,
    )


def at_stage(events: Events, stage: Stage) -> list[tuple[int, str, int]]:
    """Who, the opening or what is wished for, and the rank, in the order of who and rank."""
    found = []
    for row in range(len(events)):
        if events.stage[row] == STAGE_AT[stage]:
            for column in (events.opening, events.group, events.field):
                if column.codes[row] != NONE:
                    name = column.names[column.codes[row]]
                    break
            found.append((int(events.person[row]), name, int(events.rank[row])))
    return sorted(found, key=lambda one: (one[0], one[2]))


def test_wishes_that_are_also_declined_are_none() -> None:
    """Sought is 9413 in a declined field, 9412 that is declined itself, and repair."""
    wishes = (seek("9413", 1), seek("7231", 2), seek("repair", 3), seek("army", 4))
    away = (avoid("hotel"), avoid("7231"))
    events = planned(problem_of(participant(wishes=(*wishes, *away))), Policy())
    assert at_stage(events, Stage.WISHED) == [(0, "repair", 3), (0, "army", 4)]


def test_proposals_are_those_of_the_plan() -> None:
    """P1 has one; what is pinned was decided before."""
    problem = problem_of(participant("P1"), participant("P2"), opening("O1"), opening("O2"))
    plan = Plan(assignments=(assigned("P1", "O2"), assigned("P2", "O1", pinned=True)), unplaced=())
    assert at_stage(planned(problem, Policy(), plan), Stage.PROPOSED) == [(0, "O2", NONE)]
    assert at_stage(planned(problem, Policy()), Stage.PROPOSED) == []


def stages_of(status: PlacementStatus, starts: date | None, ends: date | None) -> list[Stage]:
    """What one placement of P1 comes to."""
    row = placement(status=status, starts_on=starts, ends_on=ends)
    events = planned(problem_of(row), Policy())
    late = (Stage.ACCEPTED, Stage.STARTED, Stage.ENDED)
    return [stage for stage in late if at_stage(events, stage)]


def test_placements_say_what_was_decided() -> None:
    """An offer is nothing yet; what is pinned begins on its day, what is ongoing has begun."""
    accepted, started, ended = [Stage.ACCEPTED], [Stage.STARTED], [Stage.ENDED]
    assert stages_of(OFFERED, day(-5), None) == []
    assert stages_of(PINNED, None, None) == accepted
    assert stages_of(PINNED, day(1), None) == accepted
    assert stages_of(PINNED, day(0), None) == accepted + started
    assert stages_of(ONGOING, None, day(0)) == accepted + started
    assert stages_of(ONGOING, day(-5), day(-1)) == accepted + started + ended


def test_how_a_placement_ended_is_not_known() -> None:
    """The table of placements does not say."""
    events = planned(problem_of(placement(ends_on=day(-1))), Policy())
    codes = events.ending.codes[events.stage == STAGE_AT[Stage.ENDED]]
    assert [events.ending.names[at] for at in codes] == [Ending.UNKNOWN]


def test_people_are_as_they_are_given() -> None:
    """P1 has an offer and does not look; P2 has no association and no supervisor."""
    problem = problem_of(
        participant("P1", association="HBS", supervisor_id="H1", norm_goal=True),
        participant("P2", waiting_since=day(-9), hours_goal=20),
        placement(status=OFFERED),
    )
    people = planned(problem, Policy()).people
    assert people.looks.tolist() == [False, True]
    assert people.association.codes.tolist() == [0, NONE]
    assert people.supervisor.tolist() == [0, NONE]
    assert people.norm_goal.tolist() == [True, False]
    assert people.waiting_since.tolist() == [NONE, day(-9).toordinal()]
    assert people.hours_goal.tolist() == [NONE, 20]


def test_what_is_sought_alone() -> None:
    """The wishes and the recommendations, as columns for a history's events."""
    columns_ = sought(problem_of(participant(wishes=(seek("9413", 1),))), Policy())
    assert list(columns_.stage) == [Stage.WISHED, Stage.RECOMMENDED]
    assert list(columns_.group) == ["9413", "9413"]


def test_an_empty_data_set() -> None:
    """Nobody, and nothing."""
    empty = replace(problem_of(), participants=(), openings=())
    assert len(planned(empty, Policy())) == 0


@given(lively())
@examples(30)
def test_recommended_are_the_first_possible(problem: Problem) -> None:
    """In the very order of ``explain.recommend``, for everybody who looks and is not hidden."""
    events = planned(problem, Policy())
    table = columns.load(problem, Policy())
    looks = pairs.looking(table)
    shown = [at for at, p in enumerate(problem.participants) if not p.protected_identity]
    expected = []
    for number, at in enumerate(shown):
        found = recommend(table, Policy(), problem.participants[at].participant_id).possible
        first = found[:RECOMMENDED] if looks[at] else ()
        expected += [(number, one.opening_id, rank) for rank, one in enumerate(first, 1)]
    assert at_stage(events, Stage.RECOMMENDED) == expected


def test_no_more_than_some_are_recommended() -> None:
    """Seven openings are possible for P1."""
    places = [opening(f"O{at}") for at in range(RECOMMENDED + 2)]
    found = at_stage(planned(problem_of(*places), Policy()), Stage.RECOMMENDED)
    assert [rank for _, _, rank in found] == list(range(1, RECOMMENDED + 1))
