"""Fairness: the flip finds what gender moves; the unplaced are counted by what stands between."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from matcher import columns, eligibility, scoring
from matcher.balance import fairness
from matcher.balance.fairness import ASKED, CAUSES, gender_flip, price_of_balance, unplaced
from matcher.balance.measures import LOOKING, Counting
from matcher.balance.planned import planned
from matcher.balance.words import NOT_GIVEN, PARTICIPANTS, Sex, Stage
from matcher.columns import Rows
from matcher.domain import BarrierCode, Gender, Need, ParticipantId, Problem
from matcher.outcome import Cause, Plan, Unplaced
from matcher.policy import GoalName, Policy
from matcher.solve.door import plan
from matcher.travel.atlas import Ints
from tests.builders import OCCUPATIONS, opening, participant, problem_of, seek
from tests.examples import examples
from tests.matcher.balance.frames import number
from tests.matcher.balance.test_planned import assigned
from tests.strategies import lively, policies

POLICY = Policy()


@given(lively(), policies())
@examples(25)
def test_gender_moves_nothing(problem: Problem, policy: Policy) -> None:
    """Whatever the world: every pair of everybody who looks and is not hidden was tried."""
    flip = gender_flip(problem, policy)
    assert flip.differences == ()
    assert flip.pairs == flip.people * len(problem.openings)
    assert flip.recommendations == flip.people  # so few are all asked


def test_whom_it_flips() -> None:
    """P1 has a norm goal and stays, P2 is flipped, P3 is hidden and in no number."""
    people = (
        participant("P1", norm_goal=True),
        participant("P2"),
        participant("P3", protected_identity=True),
    )
    flip = gender_flip(problem_of(*people), POLICY)
    assert (flip.people, flip.flipped, flip.pairs) == (2, 1, 2)


def test_of_many_some_are_asked_whole() -> None:
    """About ``ASKED`` of them, spread over all."""
    flip = gender_flip(problem_of(*(participant(f"P{at:03}") for at in range(90))), POLICY)
    assert ASKED <= flip.recommendations < 2 * ASKED


def unfair(rows: Rows, _: Policy) -> Ints:
    """Something that looks at gender: 1 for women."""
    people = rows.table.problem.participants
    women = np.array([p.gender is Gender.WOMAN for p in people], dtype=np.int32)
    return women[rows.participant]


def as_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A barrier for women alone, in the place of the first rule."""
    rules = (unfair, *eligibility.BARRIERS[1:])
    unfair_named = {"__name__": "opening_paused"}
    monkeypatch.setattr(unfair, "__name__", unfair_named["__name__"])
    monkeypatch.setattr(eligibility, "BARRIERS", rules)


def as_criterion(monkeypatch: pytest.MonkeyPatch) -> None:
    """A criterion that gives women a point."""
    monkeypatch.setattr(unfair, "__name__", "wish")
    monkeypatch.setattr(scoring, "CRITERIA", (unfair, *scoring.CRITERIA[1:]))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (as_rule, ("OPENING_PAUSED", "RECOMMENDATION")),
        (as_criterion, ("RECOMMENDATION", "WISH")),
    ],
)
def test_an_unfair_rule_would_be_found(
    spoil: Callable[[pytest.MonkeyPatch], None],
    expected: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The check can fail: a rule or a criterion that reads gender is named."""
    spoil(monkeypatch)
    assert (
        gender_flip(problem_of(participant(gender=Gender.WOMAN)), POLICY).differences == expected
    )


def test_an_inferred_norm_goal_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If everybody were held to have one, another gender would meet it elsewhere."""
    everybody = lambda table: unfair(  # noqa: E731 -- a rule in a line
        table.rows(np.arange(1, dtype=np.int32), np.arange(1, dtype=np.int32)), POLICY
    ).reshape(1, 1)
    monkeypatch.setattr(fairness.pairs, "norm_goals", everybody)
    assert (
        "NORM_GOAL" in gender_flip(problem_of(participant(gender=Gender.MAN)), POLICY).differences
    )


def left(problem: Problem, made: Plan, policy: Policy = POLICY) -> dict[str, int]:
    """How many are left without a place, by what stands between; those there are."""
    counting = Counting(planned(problem, policy, made), OCCUPATIONS, Stage.PROPOSED, ())
    tables, nested = unplaced(counting, columns.load(problem, policy), policy, made)
    assert [table.name for table in tables] == [
        *(f"unplaced/{name}" for name in ("gender", "age", "association"))
    ]
    assert [one.outer for one in nested] == [PARTICIPANTS, LOOKING]
    counts = {code: number(tables[0], None, code) for code in (*CAUSES, NOT_GIVEN)}
    assert sum(counts.values()) == number(tables[0], None, None)
    return {code: count for code, count in counts.items() if count}


def without(*names: str, cause: Cause = Cause.NO_ELIGIBLE_OPENING) -> Plan:
    """A plan that leaves these without a place."""
    rows = tuple(Unplaced(participant_id=ParticipantId(name), cause=cause) for name in names)
    return Plan(assignments=(), unplaced=rows)


def test_the_barrier_that_alone_stands_before_most() -> None:
    """Two openings want more hours and nothing else; three are paused and want more hours."""
    few = [opening(f"O{at}", hours_min=20) for at in (1, 2)]
    shut = [opening(f"O{at}", hours_min=20, status="paused") for at in (3, 4, 5)]
    problem = problem_of(participant(), *few, *(replace(o, min_age=60) for o in shut))
    assert left(problem, without("P1")) == {BarrierCode.HOURS_TOO_FEW: 1}


def test_where_none_stands_alone_the_commonest() -> None:
    """Two needs fail at both openings, and one is paused besides: the needs stand before two."""
    two = frozenset({Need.QUIET, Need.NO_ANIMALS})
    problem = problem_of(participant(needs=two), opening("O1"), opening("O2", min_age=60))
    assert left(problem, without("P1")) == {BarrierCode.NEED_UNKNOWN: 1}


def test_who_could_have_something_that_is_full() -> None:
    """No barrier stands between: the seats, or the supervisor's starts."""
    full, busy = Cause.OPENINGS_FULL, Cause.SUPERVISOR_FULL
    assert left(problem_of(), without("P1", cause=full)) == {"OPENINGS_FULL": 1}
    assert left(problem_of(), without("P1", cause=busy)) == {"SUPERVISOR_FULL": 1}


def test_nothing_stands_between() -> None:
    """There is no opening at all; or the plan left somebody out who could have had one."""
    nowhere = replace(problem_of(), openings=())
    assert left(nowhere, without("P1")) == {NOT_GIVEN: 1}
    assert left(problem_of(), without("P1")) == {NOT_GIVEN: 1}
    assert left(problem_of(), without()) == {}


def test_the_hidden_are_not_among_the_unplaced() -> None:
    """P2 has protected identity; P3 is a man of no association."""
    people = (
        participant("P1", hours_per_week=1),
        participant("P2", hours_per_week=1, protected_identity=True),
        participant("P3", hours_per_week=1, gender=Gender.MAN),
    )
    problem = problem_of(*people, opening(hours_min=2))
    made = without("P1", "P2", "P3")
    assert left(problem, made) == {BarrierCode.HOURS_TOO_FEW: 2}
    counting = Counting(planned(problem, POLICY, made), OCCUPATIONS, Stage.PROPOSED, ())
    tables, _ = unplaced(counting, columns.load(problem, POLICY), POLICY, made)
    assert number(tables[0], Sex.MAN, BarrierCode.HOURS_TOO_FEW) == 1


def test_events_of_other_people_are_refused() -> None:
    """Positions would mean somebody else."""
    counting = Counting(planned(problem_of(), POLICY), OCCUPATIONS, Stage.PROPOSED, ())
    two = problem_of(participant("P1"), participant("P2"))
    with pytest.raises(ValueError, match="of other people"):
        unplaced(counting, columns.load(two, POLICY), POLICY, without())


def wishing(number: int, *, protected: bool = False) -> Problem:
    """Women with a norm goal who like the café best, next the garage, where they meet it."""
    people = [
        participant(
            f"P{at}",
            gender=Gender.WOMAN,
            norm_goal=True,
            protected_identity=protected and at == 0,
            wishes=(seek("9413", 1), seek("7231", 2)),
        )
        for at in range(number)
    ]
    places = opening("O1", seats=number), opening("O2", occupation_group="7231", seats=number)
    return problem_of(*people, *places)


def test_a_norm_goal_costs_what_the_second_wish_is_worth_less() -> None:
    """Each of six gives up 150 // weight: the curve goes from none to six."""
    problem = wishing(6)
    made = plan(problem, POLICY).plan
    assert made is not None
    curve = price_of_balance(problem, POLICY, made, 5)
    assert curve is not None
    assert curve.now.value == 6
    assert [corner.value for corner in curve.corners] == [0, 6]
    assert curve.whole


def test_corners_of_few_are_left_out() -> None:
    """With a threshold of 7 six is too few: no curve. With three people of five: none either."""
    problem = wishing(6)
    made = plan(problem, POLICY).plan
    assert made is not None
    assert price_of_balance(problem, POLICY, made, 7) is None


def test_the_hidden_take_no_part_in_the_price() -> None:
    """P0 keeps the seat that the plan gives, and counts nowhere: five goals are met, not six."""
    problem = wishing(6, protected=True)
    made = plan(problem, POLICY).plan
    assert made is not None
    curve = price_of_balance(problem, POLICY, made, 5)
    assert curve is not None
    assert curve.now.value == 5


def test_what_the_hidden_are_given_stays_occupied() -> None:
    """One seat: P1 is hidden and has it; what is pinned is a placement already."""
    problem = problem_of(participant(protected_identity=True))
    held = fairness.without_protected(
        problem, Plan(assignments=(assigned("P1", "O1"),), unplaced=())
    )
    assert held.participants == ()
    assert [(row.participant_id, row.opening_id) for row in held.placements] == [("P1", "O1")]
    pinned = Plan(assignments=(assigned("P1", "O1", pinned=True),), unplaced=())
    assert fairness.without_protected(problem, pinned).placements == ()


def test_a_policy_without_norm_goals_has_no_price() -> None:
    """There is nothing to pay for."""
    policy = Policy(goals=(GoalName.PLACED, GoalName.POINTS))
    with pytest.raises(ValueError, match="does not stand before points"):
        price_of_balance(wishing(1), policy, without(), 5)
