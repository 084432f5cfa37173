"""Why, and why not: reasons that are true by brute force, in the order of the plan's goals."""

from dataclasses import replace

import pytest
from hypothesis import given

from matcher.domain import (
    OpeningId,
    OpeningStatus,
    ParticipantId,
    PlacementStatus,
    Problem,
)
from matcher.explain.groups import recommend
from matcher.explain.reasons import WISHES, Reason, WhyNot, why, why_not
from matcher.outcome import Cause
from matcher.policy import GoalName, Policy
from matcher.scoring import wish
from matcher.solve.standing import Standing
from tests.builders import (
    all_rows,
    day,
    opening,
    participant,
    placement,
    problem_of,
    seek,
    week,
)
from tests.examples import examples
from tests.matcher.explain.asked import TINY, standing_of, weighed
from tests.matcher.explain.truth import World, world

P1, P2, O1, O2 = ParticipantId("P1"), ParticipantId("P2"), OpeningId("O1"), OpeningId("O2")
PIN = PlacementStatus.PINNED


def looks(standing: Standing, who: ParticipantId) -> bool:
    """Whether somebody looks for a place."""
    names = {row.participant_id for row in standing.plan.unplaced}
    return who in names | {name for name, _ in standing.proposals}


def check(standing: Standing, true: World, who: ParticipantId, told: WhyNot) -> None:
    """A reason is so: of a proven plan, in every number."""
    pair = (who, told.opening_id)
    best, now = true.best(*pair), true.best()
    there = {(row.participant_id, row.opening_id) for row in standing.plan.assignments}
    assert (told.reason is Reason.THERE) == (pair in there)
    if told.reason is Reason.THERE:
        return
    barred = told.reason is Reason.BARRIER
    assert barred == bool(told.barriers)
    assert (told.effect is not None) == (told.reason in (Reason.NOTHING, Reason.GOAL_FALLS))
    if looks(standing, who):
        assert barred == (pair not in true.gains)
        assert (best is None) == (told.reason in (Reason.BARRIER, Reason.NO_ROOM))
    else:
        assert barred or told.reason is Reason.NOT_LOOKING
    if told.effect and standing.proven and told.effect.proven:
        assert (told.reason is Reason.NOTHING) == (best == now)
        lost = [a - b for a, b in zip(now, best, strict=True)]
        falls = next((at for at, less in enumerate(lost) if less), None)
        assert told.goal == (None if falls is None else standing.names[falls])
        assert told.less == (0 if falls is None else lost[falls])


@given(TINY, weighed())
@examples(45)
def test_what_stands_between_is_so(problem: Problem, policy: Policy) -> None:
    """A barrier, no room, or the first goal that must fall, and by how much; nothing: as good."""
    standing, true = standing_of(problem, policy), world(problem, policy)
    for person in problem.participants:
        for place in problem.openings:
            told = why_not(standing, person.participant_id, place.opening_id)
            assert told.opening_id == place.opening_id
            check(standing, true, person.participant_id, told)


@given(TINY, weighed())
@examples(35)
def test_why_somebody_is_where_they_are(problem: Problem, policy: Policy) -> None:
    """The place, or the cause; the next by points; and every dearer wish with what was between."""
    standing, true = standing_of(problem, policy), world(problem, policy)
    rows = all_rows(problem, policy)
    wishes = wish(rows, policy).reshape(len(problem.participants), -1)
    plan = {row.participant_id: row for row in standing.plan.assignments}
    causes = {row.participant_id: row.cause for row in standing.plan.unplaced}
    for at, person in enumerate(problem.participants):
        who = person.participant_id
        told, mine = why(standing, who), plan.get(who)
        assert told.participant_id == who
        assert told.cause == causes.get(who)
        assert told.pinned == bool(mine and mine.pinned)
        assert told.half_days == (mine.sessions if mine else None)
        possible = [o.opening_id for o in recommend(standing.table, policy, who).possible]
        here = mine.opening_id if mine and mine.opening_id in possible else None
        assert (told.placed.opening_id if told.placed else None) == here
        rest = [name for name in possible if not mine or name != mine.opening_id]
        asked = told.next_best is not None
        assert asked == bool(rest and looks(standing, who))
        now = wishes[at][problem.opening_at[mine.opening_id]] if mine else 0
        seeks = any(w.kind == "seek" for w in person.wishes) and looks(standing, who)
        dearer = {
            o.opening_id: wishes[at][n]
            for n, o in enumerate(problem.openings)
            if seeks and wishes[at][n] > now
        }
        worth = [dearer[one.opening_id] for one in told.better]
        assert worth == sorted(dearer.values(), reverse=True)[:WISHES]
        for one in (*told.better, *((told.next_best,) if asked else ())):
            check(standing, true, who, one)
            assert one == why_not(standing, who, one.opening_id)
        assert not asked or told.next_best.opening_id == rest[0]


def test_the_first_goal_that_falls_is_told_with_how_much(one_seat_for_two: Problem) -> None:
    """P1 has the seat for the first wish, P2's is another: with P2 there only points fall."""
    standing = standing_of(one_seat_for_two)
    told = why_not(standing, P2, O1)
    assert (told.reason, told.goal, told.less) == (Reason.GOAL_FALLS, GoalName.POINTS, 450)
    assert told.effect.lose == 1
    found = why(standing, P2)
    assert (found.placed, found.cause, found.next_best) == (None, Cause.OPENINGS_FULL, told)


def test_it_would_do_just_as_well() -> None:
    """P1 and P2 are alike: the other could have the seat, and nothing falls."""
    standing = standing_of(problem_of(participant("P1"), participant("P2")))
    other = standing.plan.unplaced[0].participant_id
    assert why_not(standing, other, O1).reason is Reason.NOTHING


def test_what_is_there_already_holds_it_all() -> None:
    """X holds the one seat: no plan has room for P1."""
    standing = standing_of(problem_of(placement(participant_id="X")))
    assert why_not(standing, P1, O1) == WhyNot(opening_id=O1, reason=Reason.NO_ROOM)


@pytest.mark.parametrize("status", [PIN, PlacementStatus.OFFERED])
def test_who_does_not_look(status: PlacementStatus) -> None:
    """P1 is pinned, or has an offer, at O1; O2 is free all the same; O3 is barred.

    A pinned place is in the plan; an offered one is not.
    """
    places = opening("O1"), opening("O2"), opening("O3", status=OpeningStatus.PAUSED)
    there = placement(status=status, sessions=week("mon_am", "tue_am"))
    standing = standing_of(problem_of(*places, there))
    at_home = Reason.THERE if status is PIN else Reason.NOT_LOOKING
    reasons = [why_not(standing, P1, place.opening_id).reason for place in places]
    assert reasons == [at_home, Reason.NOT_LOOKING, Reason.BARRIER]
    found = why(standing, P1)
    assert (found.pinned, found.next_best, found.better) == (status is PIN, None, ())
    assert (found.placed is not None) == (status is PIN)


def test_a_pinned_place_that_is_barred_today() -> None:
    """It stands as it is, and no place is described that has a barrier."""
    problem = problem_of(
        opening(status=OpeningStatus.PAUSED),
        placement(status=PIN, sessions=week("mon_am", "tue_am")),
    )
    found = why(standing_of(problem), P1)
    assert (found.pinned, found.placed, found.cause) == (True, None, None)
    assert why_not(standing_of(problem), P1, O1).reason is Reason.THERE


def test_a_dearer_wish_and_what_was_between() -> None:
    """P1 has the second wish: the first went to P2, who has waited; another is paused."""
    problem = problem_of(
        participant("P1", wishes=(seek("9413", 1), seek("7231", 2))),
        participant("P2", waiting_since=day(-300), wishes=(seek("9413", 1),)),
        opening("O1"),
        opening("O2", occupation_group="7231"),
        opening("O3", status=OpeningStatus.PAUSED),
    )
    found = why(standing_of(problem), P1)
    assert found.placed.opening_id == "O2"
    between = {one.opening_id: one.reason for one in found.better}
    assert between == {"O1": Reason.GOAL_FALLS, "O3": Reason.BARRIER}
    assert next(iter(between)) == "O1"


def test_the_plan_that_is_asked_is_the_one_that_stands() -> None:
    """With ``lowest_points`` P1 keeps O1, though chains would have more points otherwise."""
    problem = problem_of(
        participant("P1", wishes=(seek("9413", 2), seek("7231", 7))),
        participant("P2", wishes=(seek("9413", 1), seek("7231", 5))),
        opening("O1"),
        opening("O2", occupation_group="7231"),
    )
    goals = (GoalName.PLACED, GoalName.LOWEST_POINTS, GoalName.POINTS)
    standing = standing_of(problem, replace(Policy(), goals=goals))
    for who, where in standing.proposals:
        assert why(standing, who).placed.opening_id == where
        assert why_not(standing, who, where).reason is Reason.THERE


def test_no_such_name() -> None:
    """Neither a participant nor an opening: said so."""
    standing = standing_of(problem_of())
    for who, where in ((ParticipantId("P9"), O1), (P1, O2)):
        with pytest.raises(KeyError):
            why_not(standing, who, where)
    with pytest.raises(KeyError):
        why(standing, ParticipantId("P9"))
