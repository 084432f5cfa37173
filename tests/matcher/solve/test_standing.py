"""A plan as it stands: what a choice or a change does to it, held against every lawful plan."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.domain import OpeningId, ParticipantId, Problem
from matcher.outcome import Effect
from matcher.policy import GoalName, Parity, ParityGroups, Policy
from matcher.solve import standing as module
from matcher.solve.components import NOBODY
from matcher.solve.door import plan
from matcher.solve.layout import lay_out
from matcher.solve.standing import Standing, again, choose, choose_each, stand
from matcher.solve.trials import seat_worths
from matcher.whatif import what_if
from tests.builders import opening, participant, placement, problem_of, seek, week
from tests.examples import examples
from tests.matcher.explain.asked import TINY, standing_of, tight, weighed
from tests.matcher.explain.truth import Values, Where, World, world
from tests.matcher.solve.small import component
from tests.strategies import former_plans, policies

NO_CHAINS = SimpleNamespace(improve=lambda *_: None, improve_again=lambda *_: None, ROUNDS=0)
LOWEST = (GoalName.PLACED, GoalName.LOWEST_POINTS, GoalName.POINTS)


def effects(standing: Standing) -> dict[tuple[str, str], Effect | None]:
    """What every choice there is would do."""
    people, places = standing.problem.participants, standing.problem.openings
    names = [(p.participant_id, o.opening_id) for p in people for o in places]
    return {pair: choose(standing, *pair) for pair in names}


def reached(standing: Standing, effect: Effect) -> Values:
    """What the plan comes to with a choice."""
    changes = [effect.goals[name] for name in standing.names]
    return tuple(a + b for a, b in zip(standing.values, changes, strict=True))


def moves(before: Where, after: Where, who: str) -> tuple[int, int, int]:
    """How many others lose a place, get one, and go elsewhere."""
    others = (before.keys() | after.keys()) - {who}
    both = [name for name in others if name in before and name in after]
    lose = sum(name in before for name in others) - len(both)
    gain = sum(name in after for name in others) - len(both)
    return lose, gain, sum(before[name] != after[name] for name in both)


@given(TINY, weighed(), st.data())
@examples(60)
def test_the_best_plan_stands_as_it_is(
    problem: Problem, policy: Policy, data: st.DataObject
) -> None:
    """A proven plan is kept to the last person; and from nothing, what is proven is the best."""
    former = data.draw(former_plans(problem))
    made = plan(problem, policy, former=former)
    kept = standing_of(problem, policy, former)
    assert kept.proposals == made.plan.proposals == kept.plan.proposals
    assert kept.values == tuple(goal.value for goal in made.goals)
    best = world(problem, policy, former).best()
    for one in (kept, stand(problem, policy, frozenset(), former=former)):
        assert one.values <= best
        assert not one.proven or one.values == best


def check(standing: Standing, true: World, pair: tuple[str, str], effect: Effect | None) -> None:
    """An effect is that of a best plan with the pair, where it says so; None: there is none."""
    best = true.best(*pair)
    assert (effect is None) == (best is None)
    if effect is None:
        return
    got = reached(standing, effect)
    assert got == best if effect.proven else got <= best
    told = (effect.lose, effect.gain, effect.move)
    assert told in {
        moves(dict(standing.proposals), one.where, pair[0])
        for one in true.plans
        if one.where.get(pair[0]) == pair[1] and one.values == got
    }
    harmless = effect.lose == 0 and min(effect.goals.values()) >= 0
    assert effect.harmless is harmless


@given(TINY, weighed(), st.data())
@examples(60)
def test_a_choice_does_what_the_best_plan_with_it_does(
    problem: Problem, policy: Policy, data: st.DataObject
) -> None:
    """In every goal, exactly where proven; None where no plan has the pair; counts of such a plan.

    Whether asked of the best plan, or of one that chains made from nothing.
    """
    former = data.draw(former_plans(problem))
    true = world(problem, policy, former)
    for standing in (
        standing_of(problem, policy, former),
        stand(problem, policy, frozenset(), former=former),
    ):
        for pair, effect in effects(standing).items():
            check(standing, true, pair, effect)
            assert effect is None or effect.proven or not standing.proven or standing.limited


@given(TINY, weighed())
@examples(25)
def test_of_large_parts_what_a_choice_does_is_never_too_good(
    problem: Problem, policy: Policy
) -> None:
    """Where parts are too large to be solved exactly, no more is claimed than is possible."""
    true = world(problem, policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", 0)
        standing = stand(problem, policy, frozenset())
        assert standing.values <= true.best()
        assert not standing.proven or standing.values == true.best()
        for pair, effect in effects(standing).items():
            check(standing, true, pair, effect)


@given(tight(), weighed())
@examples(20)
def test_small_parts_are_solved_whatever_chains_find(problem: Problem, policy: Policy) -> None:
    """Where more than seats binds: with no chain, a choice still does what is best."""
    standing, true = standing_of(problem, policy), world(problem, policy)
    assume(standing.limited)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "chains", NO_CHAINS)
        for pair, effect in effects(standing).items():
            check(standing, true, pair, effect)
            assert effect is None or not standing.proven or effect.proven


@given(TINY, weighed(), st.integers(0, 3), st.data())
@examples(40)
def test_a_plan_is_made_again_as_well_as_it_can_be(
    problem: Problem, policy: Policy, kind: int, data: st.DataObject
) -> None:
    """After any change, from where it stood: the best of all lawful plans, where proven."""
    former = data.draw(former_plans(problem))
    standing = standing_of(problem, policy, former)
    other, turned = problem, policy
    if kind == 0:
        other = replace(problem, participants=problem.participants[1:])
    elif kind == 1:
        gone = {o.opening_id for o in problem.openings[:1]}
        held = tuple(p for p in problem.placements if p.opening_id not in gone)
        other = replace(problem, openings=problem.openings[1:], placements=held)
    elif kind == 2:
        more = (replace(o, seats=o.seats + 1, session_seats=None) for o in problem.openings)
        other = replace(problem, openings=tuple(more))
    else:
        turned = data.draw(weighed())
    made = again(standing, other, turned)
    best = world(other, turned, former).best()
    assert made.values == best if made.proven else made.values <= best
    assert made.proven or made.limited


def one_seat_more(problem: Problem, at: int) -> Problem:
    """The same problem with a seat more at one opening."""
    places = list(problem.openings)
    places[at] = replace(places[at], seats=places[at].seats + 1)
    return replace(problem, openings=tuple(places))


@given(problem=TINY, policy=weighed(), loose=st.booleans())
@examples(60)
def test_a_seat_is_worth_what_the_best_plan_with_one_more_adds(
    problem: Problem, policy: Policy, *, loose: bool
) -> None:
    """In every goal, at every opening, full or not; proven where nothing but seats binds."""
    if loose:
        open_ = (replace(o, session_seats=99) for o in problem.openings)
        problem = replace(problem, openings=tuple(open_))
        policy = replace(policy, supervisor_starts=None)
    standing = standing_of(problem, policy)
    for at, worth in enumerate(seat_worths(standing)):
        best = world(one_seat_more(problem, at), policy).best()
        more = tuple(a - b for a, b in zip(best, standing.values, strict=True))
        told = tuple(worth.goals[name] for name in standing.names)
        assert told == more if worth.proven else told <= more
        assert worth.proven or not loose


@given(TINY, policies(), st.sampled_from([GoalName.LOWEST_POINTS, GoalName.PARITY]))
@examples(20)
def test_nothing_is_proven_where_a_goal_is_no_sum(
    problem: Problem, policy: Policy, other: GoalName
) -> None:
    """Neither the plan nor a choice: these goals play no part, and have no name here."""
    parity = Parity(groups=ParityGroups.MUNICIPALITY, gap=0, smallest_group=1)
    asked = replace(policy, goals=(GoalName.PLACED, other), parity=parity)
    standing = standing_of(problem, asked)
    assert not standing.proven
    assert standing.names == (GoalName.PLACED,)
    assert not any(effect.proven for effect in effects(standing).values() if effect)


@given(TINY, policies())
@examples(15)
def test_what_is_not_proven_is_bounded(problem: Problem, policy: Policy) -> None:
    """No plan has more of any goal than its bound; of a proven plan, the bounds are its values."""
    best = standing_of(problem, policy)
    assert not best.proven or best.bounds == best.values
    goals = (GoalName.LOWEST_POINTS, GoalName.PLACED, GoalName.POINTS)
    other = standing_of(problem, replace(policy, goals=goals))
    for one in world(problem, other.policy).plans:
        assert all(map(int.__le__, one.values, other.bounds))


def test_one_seat_for_two_goes_to_the_chosen(one_seat_for_two: Problem) -> None:
    """P1 has the seat for its points; with P2 there P1 loses it, and only points fall."""
    standing = standing_of(one_seat_for_two)
    assert standing.proposals == {("P1", "O1")}
    told = choose(standing, ParticipantId("P2"), OpeningId("O1"))
    assert (told.lose, told.gain, told.move, told.proven) == (1, 0, 0, True)
    assert [name for name, change in told.goals.items() if change] == [GoalName.POINTS]
    assert not told.harmless


def test_a_chain_moves_somebody_and_nobody_loses(greedy_trap: Problem) -> None:
    """P1 to O1, where P2 is, who can have nothing else: P2 loses the place."""
    standing = standing_of(greedy_trap)
    told = choose(standing, ParticipantId("P1"), OpeningId("O1"))
    assert (told.lose, told.gain, told.move, told.goals[GoalName.PLACED]) == (1, 0, 0, -1)


def test_no_start_left_is_no_choice() -> None:
    """The supervisor may start nobody: no plan has the pair; with one start, one does.

    Then whoever has it gives way.
    """
    people = [participant(name, supervisor_id="H") for name in ("P1", "P2")]
    problem = problem_of(*people, opening(seats=2))
    none = standing_of(problem, Policy(supervisor_starts=0))
    assert choose(none, ParticipantId("P1"), OpeningId("O1")) is None
    one = standing_of(problem, Policy(supervisor_starts=1))
    out = next(row.participant_id for row in one.plan.unplaced)
    assert choose(one, out, OpeningId("O1")).lose == 1


def test_many_choices_at_a_time_are_as_one_by_one(crowded_monday: Problem) -> None:
    """Asked on several threads, in the order they are asked."""
    standing = standing_of(crowded_monday)
    for person in crowded_monday.participants:
        name = person.participant_id
        asked = [OpeningId("O1"), OpeningId("O1")]
        assert choose_each(standing, name, asked) == [choose(standing, name, o) for o in asked]
    free = standing_of(problem_of())
    assert choose_each(free, ParticipantId("P1"), []) == []


def test_a_choice_in_a_large_part_is_not_proven(
    crowded_monday: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of three fit, and P3 wishes for something else: with P3 points fall, surely or not."""
    *others, last = crowded_monday.participants
    problem = replace(
        crowded_monday, participants=(*others, replace(last, wishes=(seek("7231", 1),)))
    )
    standing = standing_of(problem)
    sure = choose(standing, last.participant_id, OpeningId("O1"))
    monkeypatch.setattr(module, "SMALL", 0)
    told = choose(standing, last.participant_id, OpeningId("O1"))
    assert sure.goals == told.goals
    assert sure.goals[GoalName.POINTS] < 0
    assert (sure.proven, told.proven) == (True, False)


@pytest.mark.parametrize(
    ("small", "start", "people", "proven"),
    [(3, [3], 3, True), (2, [3], 1, False), (3, [1, 2, 3], 3, True)],
)
def test_parts_are_solved_one_by_one(
    small: int, start: list[int], people: int, monkeypatch: pytest.MonkeyPatch, *, proven: bool
) -> None:
    """Two of P0 to P2 fit at O0; P3 has O1, as good as can be. Without chains nobody comes.

    A part of three pairs is solved exactly if it is small, and else left as it is; P1 and P2 are
    the best two already.
    """
    whole = component(
        [(0, 0), (1, 0), (2, 0), (3, 1)],
        [[1, 1, 1, 1], [1, 2, 3, 1]],
        [3, 1],
        half_days=[[1, 1, 1], [1, 1, 1]],
        sessions=[0b011, 0b011, 0b011, 0b001],
    )
    monkeypatch.setattr(module, "SMALL", small)
    monkeypatch.setattr(module, "chains", NO_CHAINS)
    seated, sure = module.solved(whole, lay_out(whole), np.array(start))
    assert (int((seated.at != NOBODY).sum()), sure) == (people, proven)


def test_nobody_of_that_name() -> None:
    """Neither a participant nor an opening: said so."""
    standing = standing_of(problem_of())
    for pair in (("P9", "O1"), ("P1", "O9")):
        with pytest.raises(KeyError):
            choose(standing, *pair)


def test_what_no_longer_fits_is_left_out() -> None:
    """Proposals of people and openings that are gone, or of a seat too many, are not kept."""
    problem = problem_of(participant("P1"), participant("P2"))
    wanted = [("P1", "O1"), ("P2", "O1"), ("P9", "O1"), ("P1", "O9")]
    made = stand(problem, Policy(), frozenset(wanted))
    assert made.proposals == {("P1", "O1")}


def test_a_plan_with_lowest_points_stands_as_it_is() -> None:
    """The plan on the screen is the plan that is asked, whatever its goals."""
    problem = problem_of(
        participant("P1", wishes=(seek("9413", 2), seek("7231", 7))),
        participant("P2", wishes=(seek("9413", 1), seek("7231", 5))),
        opening("O1"),
        opening("O2", occupation_group="7231"),
    )
    policy = Policy(goals=LOWEST)
    assert standing_of(problem, policy).proposals == plan(problem, policy).plan.proposals


def test_a_seat_at_a_full_opening_is_worth_something() -> None:
    """X holds the one seat; one more places P1."""
    standing = standing_of(problem_of(participant("P1"), placement(participant_id="X")))
    (worth,) = seat_worths(standing)
    assert (worth.goals[GoalName.PLACED], worth.goals[GoalName.WAITING]) == (1, 100)
    assert worth.proven


def test_a_plan_with_other_goals_is_made_again_by_the_engine(crowded_monday: Problem) -> None:
    """Where a goal is no sum, and nothing has changed: the plan is the engine's own again."""
    standing = standing_of(crowded_monday, Policy(goals=LOWEST))
    made = again(standing, crowded_monday, standing.policy)
    assert made.proposals == plan(crowded_monday, standing.policy).plan.proposals
    assert not made.proven


def test_two_places_for_one_person_are_one() -> None:
    """P1 is proposed at both openings, and has one of them; the other seat is P2's."""
    problem = problem_of(
        participant("P1"), participant("P2", available=week("mon_am", "tue_am")),
        opening("O1", sessions=week("mon_am", "tue_am")), opening("O2"),
    )  # fmt: skip
    both = frozenset({("P1", "O1"), ("P1", "O2")})
    made = stand(problem, Policy(), both)
    assert made.seated.people.sum() == len(made.proposals) == 2


def test_nothing_changed_is_no_difference() -> None:
    """A plan made again with no change has the same values, stability among them."""
    policy = Policy(goals=(GoalName.PLACED, GoalName.STABILITY, GoalName.POINTS))
    problem = problem_of(participant("P1"), participant("P2"), opening("O1"), opening("O2"))
    former = frozenset({(ParticipantId("P1"), OpeningId("O1"))})
    standing = standing_of(problem, policy, former)
    changes = what_if(standing, []).difference.goals
    assert [goal.before for goal in changes] == [goal.after for goal in changes]
