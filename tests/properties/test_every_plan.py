"""What holds for every plan, whatever the problem."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher import columns, verify
from matcher.domain import Gender, Opening, OpeningStatus, Participant, Placement, Problem, Site
from matcher.explain import recommend
from matcher.outcome import Outcome, Status
from matcher.policy import GoalName, Limits, Policy
from matcher.solve.door import plan
from tests.examples import examples
from tests.strategies import crowds, former_plans, goal_orders, lively, policies

ANY = st.one_of(lively(), crowds(most_people=6))
LIMITS = st.sampled_from(
    [Limits(), Limits(rounds=0, nodes=0), Limits(rounds=1, nodes=1), Limits(seconds=0.0)]
)


@given(ANY, policies(), LIMITS)
@examples(80)
def test_every_plan_is_lawful(problem: Problem, policy: Policy, limits: Limits) -> None:
    """The verifier finds nothing: no barrier, no seat or half-day too many, no false figure.

    Nor a false cause: whoever is not placed stands there with the reason that is so.
    """
    outcome = plan(problem, policy, limits)
    assert verify.violations(problem, policy, outcome.plan, outcome.goals) == ()
    assert verify.causes(problem, policy, outcome.plan) == ()


@given(ANY, policies(), goal_orders(), st.data())
@examples(40)
def test_every_plan_is_lawful_whatever_it_strives_for(
    problem: Problem, policy: Policy, goals: tuple[GoalName, ...], data: st.DataObject
) -> None:
    """Goals in any order, optional ones among them: each value is what the verifier counts."""
    asked = replace(policy, goals=goals)
    former = data.draw(former_plans(problem))
    outcome = plan(problem, asked, former=former)
    assert verify.violations(problem, asked, outcome.plan, outcome.goals, former) == ()
    assert verify.causes(problem, asked, outcome.plan) == ()


@given(ANY, policies(), st.randoms(use_true_random=False))
@examples(35)
def test_the_order_of_rows_does_not_matter(problem: Problem, policy: Policy, dice: Random) -> None:
    """Shuffled tables give the same plan, the same goals and the same recommendations."""

    def shuffled(rows: tuple) -> tuple:
        return tuple(dice.sample(rows, len(rows)))

    people = [replace(p, wishes=shuffled(p.wishes)) for p in problem.participants]
    places = [replace(s, surveys=shuffled(s.surveys)) for s in problem.sites]
    other = replace(
        problem,
        participants=shuffled(tuple(people)),
        providers=shuffled(problem.providers),
        sites=shuffled(tuple(places)),
        openings=shuffled(problem.openings),
        occupations=dict(shuffled(tuple(problem.occupations.items()))),
        placements=shuffled(problem.placements),
    )
    assert same(plan(problem, policy), plan(other, policy))
    assert advice(problem, policy) == advice(other, policy)


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are equal but for the seconds."""
    return replace(one, seconds={}) == replace(other, seconds={})


def advice(problem: Problem, policy: Policy) -> list[object]:
    """Everybody's recommendations."""
    table = columns.load(problem, policy)
    return [recommend(table, policy, p.participant_id) for p in problem.participants]


@given(ANY, policies())
@examples(35)
def test_ids_do_not_matter(problem: Problem, policy: Policy) -> None:
    """Under other names, which turn every order round, all goals are worth the same."""
    outcome, other = plan(problem, policy), plan(turned(problem), policy)
    assume(outcome.status is other.status is Status.OPTIMAL)
    assert outcome.goals == other.goals
    assert len(outcome.plan.unplaced) == len(other.plan.unplaced)


def new_name(name: str) -> str:
    """Another name, so that what came first comes last: P01 becomes ``Z/no``."""
    return "Z" + "".join(chr(ord("~") - ord(letter) + ord(" ")) for letter in name)


def turned(problem: Problem) -> Problem:
    """The same problem under new names."""
    times = problem.travel_times
    if times is not None:
        times = replace(
            times,
            participant_ids=tuple(map(new_name, times.participant_ids)),
            site_ids=tuple(map(new_name, times.site_ids)),
        )
    return replace(
        problem,
        participants=tuple(map(_new_person, problem.participants)),
        providers=tuple(
            replace(p, provider_id=new_name(p.provider_id)) for p in problem.providers
        ),
        sites=tuple(map(_new_site, problem.sites)),
        openings=tuple(map(_new_opening, problem.openings)),
        placements=tuple(map(_new_placement, problem.placements)),
        travel_times=times,
    )


def _new_person(person: Participant) -> Participant:
    return replace(
        person,
        participant_id=new_name(person.participant_id),
        supervisor_id=person.supervisor_id and new_name(person.supervisor_id),
        excluded_sites=frozenset(map(new_name, person.excluded_sites)),
        excluded_providers=frozenset(map(new_name, person.excluded_providers)),
    )


def _new_site(place: Site) -> Site:
    return replace(place, site_id=new_name(place.site_id), provider_id=new_name(place.provider_id))


def _new_opening(place: Opening) -> Opening:
    return replace(place, opening_id=new_name(place.opening_id), site_id=new_name(place.site_id))


def _new_placement(row: Placement) -> Placement:
    return replace(
        row,
        participant_id=new_name(row.participant_id),
        opening_id=new_name(row.opening_id),
    )


@given(ANY, policies(), st.data())
@examples(35)
def test_gender_changes_nothing_without_a_norm_goal(
    problem: Problem, policy: Policy, data: st.DataObject
) -> None:
    """Any other gender for anyone who has no norm goal: the same plan, the same advice."""
    genders = st.sampled_from(Gender)
    other = replace(
        problem,
        participants=tuple(
            p if p.norm_goal else replace(p, gender=data.draw(genders))
            for p in problem.participants
        ),
    )
    assert same(plan(problem, policy), plan(other, policy))
    assert advice(problem, policy) == advice(other, policy)


@given(ANY, policies())
@examples(20)
def test_a_norm_goal_changes_no_advice(problem: Problem, policy: Policy) -> None:
    """Points know nothing of it: all norm goals and genders away, the advice is the same."""
    plain = [replace(p, norm_goal=False, gender=Gender.UNDISCLOSED) for p in problem.participants]
    other = replace(problem, participants=tuple(plain))
    assert advice(problem, policy) == advice(other, policy)


def one_more_seat(place: Opening) -> Opening:
    """A seat more, and one on each half-day where those are limited."""
    room = None if place.session_seats is None else place.session_seats + 1
    return replace(place, seats=place.seats + 1, session_seats=room)


def reopened(place: Opening) -> Opening:
    """Open, for all municipalities, authorities, ages and languages."""
    nothing = frozenset()
    return replace(
        place,
        status=OpeningStatus.OPEN,
        eligible_municipalities=nothing,
        eligible_enrolment=nothing,
        languages=nothing,
        min_age=None,
    )


def never_worse(problem: Problem, policy: Policy, change: Callable[[Opening], Opening]) -> None:
    """Changed at the first opening, the plan places at least as many; where both are proven."""
    first, *others = problem.openings
    outcome = plan(problem, policy)
    better = plan(replace(problem, openings=(change(first), *others)), policy)
    assert outcome.status is better.status is Status.OPTIMAL
    assert better.goals[0].value >= outcome.goals[0].value


@given(ANY.filter(lambda problem: problem.openings), policies())
@examples(35)
def test_one_more_seat_places_no_fewer(problem: Problem, policy: Policy) -> None:
    """Whatever was lawful stays so with a seat more."""
    never_worse(problem, policy, one_more_seat)


@given(lively().filter(lambda problem: problem.openings), policies())
@examples(30)
def test_a_barrier_less_places_no_fewer(problem: Problem, policy: Policy) -> None:
    """What bars somebody and is taken away bars nobody new."""
    never_worse(problem, policy, reopened)


@given(crowds(most_people=5), st.sampled_from([0, 1, 2]))
@examples(30)
def test_a_limit_less_places_no_fewer(problem: Problem, starts: int) -> None:
    """One more start for each supervisor, and none limited at all: never fewer placed."""
    number = [
        plan(problem, Policy(supervisor_starts=limit)).goals[0].value
        for limit in (starts, starts + 1, None)
    ]
    assert number == sorted(number)


@given(lively(), policies())
@examples(25)
def test_who_is_placed_has_the_opening_among_the_possible_ones(
    problem: Problem, policy: Policy
) -> None:
    """Plan and advice cannot disagree: same points, same start, same minutes."""
    table = columns.load(problem, policy)
    for row in plan(problem, policy).plan.assignments:
        if not row.pinned:
            possible = recommend(table, policy, row.participant_id).possible
            (found,) = (one for one in possible if one.opening_id == row.opening_id)
            assert (found.points, found.starts_on) == (row.points, row.starts_on)
            assert found.journey.minutes == row.travel_minutes
            assert row.sessions & ~found.common_half_days == 0


@given(lively(), policies())
@examples(20)
def test_nothing_that_comes_in_is_changed(problem: Problem, policy: Policy) -> None:
    """Planning leaves the problem as it was, its travel table too."""
    before = replace(problem)
    times = problem.travel_times
    cells = None if times is None else times.minutes.copy()
    plan(problem, policy)
    assert before.participants == problem.participants
    assert before.openings == problem.openings
    assert cells is None or np.array_equal(cells, times.minutes)
