"""What holds for every answer: order of rows and gender change nothing, nobody else is named."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import Gender, Need, OpeningId, Problem
from matcher.explain import groups
from matcher.explain.groups import recommend
from matcher.explain.nearest import nearest
from matcher.explain.reasons import why, why_not
from matcher.explain.reverse import who_could_come
from matcher.explain.shortlist import shortlist
from matcher.outcome import Proposals
from matcher.policy import GoalName, Policy
from matcher.solve.door import plan
from matcher.solve.standing import Standing, choose, stand
from matcher.solve.trials import seat_worths
from tests.builders import day, opening, participant, problem_of
from tests.examples import examples
from tests.matcher.explain.asked import TINY, standing_of, weighed

ALL_BUT_PARITY = tuple(name for name in GoalName if name is not GoalName.PARITY)
Answers = dict[tuple[str, str], object]


def asked(problem: Problem, policy: Policy, proposed: Proposals, *, proven: bool) -> Answers:
    """Everything that can be asked about everybody and every opening."""
    standing = stand(problem, policy, proposed, proven=proven)
    answers: Answers = {("", "seats"): seat_worths(standing)}
    for person in problem.participants:
        answers |= {(person.participant_id, k): a for k, a in of(standing, person.participant_id)}
    for place in problem.openings:
        answers["", place.opening_id] = who_could_come(standing, place.opening_id)
    return answers


def of(standing: Standing, who: str) -> list[tuple[str, object]]:
    """Everything that is answered about one participant."""
    advice = recommend(standing.table, standing.policy, who, standing)
    answers = [
        ("why", why(standing, who)),
        ("recommend", advice),
        ("shortlist", shortlist(standing.problem, advice)),
    ]
    places = [place.opening_id for place in standing.problem.openings]
    answers += [(name, why_not(standing, who, name)) for name in places]
    if any(row.participant_id == who for row in standing.plan.unplaced):
        answers.append(("nearest", nearest(standing, who)))
    return answers


def shuffled(problem: Problem, dice: Random) -> Problem:
    """The same problem with its tables in another order."""

    def turned(rows: tuple) -> tuple:
        return tuple(dice.sample(rows, len(rows)))

    people = (replace(p, wishes=turned(p.wishes)) for p in problem.participants)
    return replace(
        problem,
        participants=turned(tuple(people)),
        providers=turned(problem.providers),
        sites=turned(problem.sites),
        openings=turned(problem.openings),
        placements=turned(problem.placements),
    )


@given(TINY, weighed(ALL_BUT_PARITY), st.randoms(use_true_random=False))
@examples(18)
def test_neither_order_nor_gender_changes_an_answer_and_nobody_else_is_named(
    problem: Problem, policy: Policy, dice: Random
) -> None:
    """Of everybody without a norm goal the gender is turned; about one, no other id is told."""
    made = plan(problem, policy, former=frozenset())
    proven = all(goal.proven for goal in made.goals)
    told = asked(problem, policy, made.plan.proposals, proven=proven)
    other = shuffled(problem, dice)
    genders = list(Gender)
    people = (
        p if p.norm_goal else replace(p, gender=dice.choice(genders)) for p in other.participants
    )
    other = replace(other, participants=tuple(people))
    assert asked(other, policy, made.plan.proposals, proven=proven) == told
    names = {p.participant_id for p in problem.participants}
    for (who, _), answer in told.items():
        assert not who or not any(name in repr(answer) for name in names - {who})


def test_no_need_of_another_is_told() -> None:
    """P2 has the seat and needs quiet: in no answer about P1 does the word stand."""
    problem = problem_of(
        participant("P1"),
        participant("P2", waiting_since=day(-300), wants=frozenset({Need.QUIET}),
                    norm_goal=True, supervisor_id="H7"),
        opening("O1"), opening("O2", hours_min=12),
    )  # fmt: skip
    for _, answer in of(standing_of(problem), "P1"):
        assert not any(word in repr(answer) for word in ("QUIET", "P2", "H7"))


@given(TINY, weighed())
@examples(18)
def test_a_recommendation_tells_what_each_choice_would_do(
    problem: Problem, policy: Policy
) -> None:
    """Of every possible opening, as if it were asked alone; all else is as without a plan."""
    standing = standing_of(problem, policy)
    for person in problem.participants:
        who = person.participant_id
        with_plan = recommend(standing.table, policy, who, standing)
        for one in with_plan.possible:
            assert one.effect == choose(standing, who, one.opening_id)
        bare = tuple(replace(one, effect=None) for one in with_plan.possible)
        without = recommend(standing.table, policy, who)
        assert replace(with_plan, possible=bare) == without


def test_of_very_many_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many, the effect is left out, and no opening is."""
    monkeypatch.setattr(groups, "EFFECTS", 2)
    standing = standing_of(problem_of(*(opening(f"O{n}") for n in range(4))))
    found = recommend(standing.table, standing.policy, "P1", standing)
    assert [one.effect is not None for one in found.possible] == [True, True, False, False]


def test_where_somebody_is_nothing_would_change() -> None:
    """The effect of the opening they have is none at all."""
    standing = standing_of(problem_of())
    (one,) = recommend(standing.table, standing.policy, "P1", standing).possible
    assert one.opening_id == OpeningId("O1")
    assert one.effect.harmless
    assert not any(one.effect.goals.values())
