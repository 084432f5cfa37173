"""What if: the plan made again is the one that the door makes, and what is undone is undone."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.changes import Change, Subject, applied, before
from matcher.domain import Gender, OpeningStatus, Problem, Sessions
from matcher.outcome import Outcome
from matcher.policy import DEFAULT_GOALS, Criterion, GoalName, Policy
from matcher.solve import standing as standings
from matcher.solve.door import plan
from matcher.solve.standing import Standing, stand
from matcher.whatif import WhatIf, goals_of, what_if
from tests.builders import opening, participant, problem_of, week
from tests.examples import examples
from tests.strategies import crowds, lively

POLICIES = st.sampled_from(
    [
        Policy(),
        Policy(unknown_needs="check", supervisor_starts=1),
        Policy(goals=(GoalName.POINTS, GoalName.PLACED)),
    ]
)
WORLDS = st.one_of(crowds(most_people=6), lively(most_people=6, most_openings=4))
CALM = examples(40)


def planned(problem: Problem, policy: Policy | None = None) -> tuple[Outcome, Standing]:
    """The plan of the door, and the same as it stands."""
    policy = policy or Policy()
    outcome = plan(problem, policy)
    assert outcome.plan is not None
    proven = all(goal.proven for goal in outcome.goals)
    return outcome, stand(problem, policy, outcome.plan.proposals, proven=proven)


def alike(found: WhatIf) -> bool:
    """Whether nothing differs."""
    differs = found.difference
    moves = (differs.gained, differs.lost, differs.moved, differs.rescheduled)
    return not any(moves) and all(goal.before == goal.after for goal in differs.goals)


@st.composite
def changes(draw: st.DrawFn, problem: Problem) -> tuple[Change, ...]:
    """A few lawful changes of a problem and its policy."""
    made = []
    for _ in range(draw(st.integers(1, 2))):
        choices = [
            Change(subject=Subject.POLICY, name="horizon_days", value=draw(st.integers(1, 90))),
            Change(
                subject=Subject.POLICY,
                name="weights",
                value=dict(zip(Criterion, (0, 0, 0, 0, 100), strict=True)),
            ),
        ]
        for place in problem.openings:
            seats = draw(st.integers(0, 4))
            week = Sessions(draw(st.sampled_from([0b1111100000, 0b1, 0b1111111111])))
            choices += [
                _opening(place.opening_id, "seats", seats),
                _opening(place.opening_id, "session_seats", draw(st.sampled_from([None, 0, 1]))),
                _opening(place.opening_id, "status", draw(st.sampled_from(OpeningStatus))),
                _opening(place.opening_id, "sessions", week | _held(problem, place.opening_id)),
                _opening("O99", "", opening("O99", site_id=place.site_id, seats=seats)),
            ]
        made.append(draw(st.sampled_from(choices)))
    new = [change for change in made if not change.name]
    return tuple(change for change in made if change not in new[1:])


def _opening(name: str, field: str, value: object) -> Change:
    return Change(subject=Subject.OPENING, id=name, name=field, value=value)


def _held(problem: Problem, name: str) -> int:
    """Half-days that placements at an opening have: they stay open."""
    held = 0
    for placement in problem.placements:
        held |= placement.sessions if placement.opening_id == name else 0
    return held


def test_one_more_seat() -> None:
    """Two people, one seat: with two seats the other one gains a place, nobody moves."""
    _, standing = planned(problem_of(participant("P1"), participant("P2"), opening("O1")))
    found = what_if(standing, [_opening("O1", "seats", 2)])
    (gained,) = found.difference.gained
    assert (gained.before, gained.after) == (None, "O1")
    assert (found.difference.lost, found.difference.moved, found.difference.kept) == ((), (), 1)
    assert found.difference.goals[0].before == 1
    assert found.difference.goals[0].after == 2
    assert found.proven


def test_a_new_opening() -> None:
    """It takes the one whom the other has no seat for."""
    _, standing = planned(problem_of(participant("P1"), participant("P2"), opening("O1")))
    found = what_if(standing, [_opening("O2", "", opening("O2"))])
    assert [move.after for move in found.difference.gained] == ["O2"]


def test_the_standing_plan_is_left_alone() -> None:
    """A question changes nothing: asked again it has the same answer."""
    _, standing = planned(problem_of(participant("P1"), participant("P2"), opening("O1")))
    before_ = (standing.values, standing.proposals)
    first = what_if(standing, [_opening("O1", "seats", 0)])
    second = what_if(standing, [_opening("O1", "seats", 0)])
    assert (standing.values, standing.proposals) == before_
    assert first.difference == second.difference
    assert [move.after for move in first.difference.lost] == [None]


def only_tuesday() -> Problem:
    """Two seats, two half-days, one person on each; P1 and P2 can both come on Tuesday only.

    By seats and half-days together there is room for both: it takes more to prove that one fits.
    """
    return problem_of(
        *(
            participant(name, sessions_per_week=1, available=week("tue_am"))
            for name in ("P1", "P2")
        ),
        opening("O1", seats=2, session_seats=1, sessions=week("tue_am", "wed_am")),
    )


def test_what_is_not_proven_is_not_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where half-days bind in a part that is too large to be solved exactly."""
    _, standing = planned(only_tuesday())
    assert standing.values[0] == 1
    there_and_back = [_opening("O1", "session_seats", 2), _opening("O1", "session_seats", 1)]
    assert what_if(standing, there_and_back).proven
    monkeypatch.setattr(standings, "SMALL", -1)
    one_more = [_opening("O1", "seats", 3)]
    assert not what_if(standing, one_more).proven
    assert alike(what_if(standing, one_more))


def test_goals_that_are_no_sums_are_not_weighed() -> None:
    """They are left out, and nothing is said to be proven."""
    policy = Policy(goals=(GoalName.PLACED, GoalName.LOWEST_POINTS))
    _, standing = planned(problem_of(), policy)
    found = what_if(standing, ())
    assert [goal.name for goal in found.difference.goals] == [GoalName.PLACED]
    assert not found.proven


def test_the_goals_of_a_proven_plan_are_those_of_the_door() -> None:
    """Value and bound."""
    outcome, standing = planned(problem_of(participant("P1"), participant("P2")))
    assert goals_of(standing) == outcome.goals


@pytest.mark.parametrize("error", [KeyError, ValueError])
def test_what_cannot_be_is_refused(error: type[Exception]) -> None:
    """As by the changes themselves."""
    _, standing = planned(problem_of())
    wrong = {KeyError: _opening("O9", "seats", 1), ValueError: _opening("O1", "seats", -1)}
    with pytest.raises(error):
        what_if(standing, [wrong[error]])


@CALM
@given(problem=WORLDS, policy=POLICIES)
def test_a_change_of_nothing_differs_in_nothing(problem: Problem, policy: Policy) -> None:
    """The plan stands: nobody moves, no half-day changes."""
    _, standing = planned(problem, policy)
    assert alike(what_if(standing, ()))


@CALM
@given(problem=WORLDS, policy=POLICIES, data=st.data())
def test_the_plan_made_again_is_as_good_as_the_door_makes_it(
    problem: Problem, policy: Policy, data: st.DataObject
) -> None:
    """Where both are proven, in every goal; and it is never better than what is proven."""
    _, standing = planned(problem, policy)
    wanted = data.draw(changes(problem))
    found = what_if(standing, wanted)
    truth = plan(*applied(problem, policy, wanted))
    values = tuple(goal.value for goal in truth.goals)
    assume(all(goal.proven for goal in truth.goals))
    assert found.after.values <= values
    assert found.after.values == values or not found.proven
    assert tuple(goal.after for goal in found.difference.goals) == found.after.values
    assert found.difference.kept + len(found.difference.moved) + len(found.difference.gained) == (
        len(found.after.plan.assignments)
    )


@CALM
@given(problem=WORLDS, policy=POLICIES, data=st.data())
def test_what_is_undone_is_undone(problem: Problem, policy: Policy, data: st.DataObject) -> None:
    """The changes taken back in reverse give the same goal values again."""
    _, standing = planned(problem, policy)
    wanted = [change for change in data.draw(changes(problem)) if change.name]
    back, now = [], (problem, policy)
    for change in wanted:
        back.insert(0, replace(change, value=before(*now, change)))
        now = applied(*now, [change])
    there = what_if(standing, wanted)
    again = what_if(there.after, back)
    assume(there.proven and again.proven)
    assert again.after.values == standing.values
    assert again.after.problem.openings == problem.openings
    assert again.after.policy == policy


@CALM
@given(problem=WORLDS, data=st.data())
def test_gender_without_a_norm_goal_changes_nothing(problem: Problem, data: st.DataObject) -> None:
    """Whoever has no norm goal may be of any gender: the plan is the same."""
    _, standing = planned(problem)
    flipped = [
        Change(
            subject=Subject.PARTICIPANT,
            id=person.participant_id,
            name="gender",
            value=data.draw(st.sampled_from(Gender)),
        )
        for person in problem.participants
        if not person.norm_goal
    ]
    found = what_if(standing, flipped)
    assert alike(found)
    assert found.after.plan == standing.plan


def test_a_change_of_nothing_keeps_stability() -> None:
    """P1 is new: the former plan proposed nobody. Nothing changes, so neither does the goal."""
    policy = Policy(goals=(GoalName.PLACED, GoalName.STABILITY, *DEFAULT_GOALS[1:]))
    outcome = plan(problem_of(), policy, former=frozenset())
    assert outcome.plan is not None
    standing = stand(problem_of(), policy, outcome.plan.proposals, proven=True)
    assert alike(what_if(standing, ()))


def test_the_bound_of_a_goal_that_is_not_proven_is_not_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One of two gets a place, and nobody has proven that one is best."""
    monkeypatch.setattr(standings, "SMALL", -1)
    standing = stand(only_tuesday(), Policy(), frozenset())
    assert not standing.proven
    assert not goals_of(standing)[0].proven
