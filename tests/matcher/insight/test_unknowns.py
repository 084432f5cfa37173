"""Which unknown answers people wait for, counted by hand and by brute force."""

import inspect
import re
from collections import defaultdict
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from matcher import columns, eligibility, needs
from matcher.domain import BarrierCode, Need, Problem, Remote, WorksRemotely
from matcher.insight.unknowns import UnknownAnswer, unknown_answers
from matcher.policy import Policy
from tests.builders import all_rows, opening, participant, problem_of, site, surveyed
from tests.examples import examples
from tests.matcher.insight.answers import (
    blind,
    looking_people,
    without_protected,
)
from tests.strategies import lively, policies

WITH_NEEDS = st.sampled_from([frozenset({need}) for need in Need])


@st.composite
def wanting(draw: st.DrawFn) -> Problem:
    """A lively world in which everybody needs something."""
    problem = draw(lively())
    people = (replace(p, needs=draw(WITH_NEEDS) | draw(WITH_NEEDS)) for p in problem.participants)
    return replace(problem, participants=tuple(people))


def asked_by(need: Need) -> set[str]:
    """The fields of a formula, read from its text."""
    text = inspect.getsource(needs.FORMULAS[need])
    found = set(re.findall(r'place\.\w+\(\s*"([a-z]+\.[a-z_]+)"', text))
    return found | (asked_by(Need.STEP_FREE) if "step_free(place)" in text else set())


def answers(problem: Problem, policy: Policy) -> tuple[UnknownAnswer, ...]:
    """The answers about a problem."""
    return unknown_answers(columns.load(problem, policy), policy)


def by_hand(problem: Problem, policy: Policy) -> dict[tuple[str, str | None, str], int]:
    """Pair by pair: whose every barrier is a need of which nobody knows, and what it asks."""
    rows = all_rows(problem, policy)
    waits = defaultdict(set)
    shown = looking_people(problem)
    barriers = eligibility.barriers(rows, policy)
    for who, where, some in zip(rows.participant, rows.opening, barriers, strict=True):
        place = problem.openings[where]
        known = columns.valid_answers(problem.site[place.site_id], policy, problem.plan_date)
        if who not in shown or {b.code for b in some} != {BarrierCode.NEED_UNKNOWN}:
            continue
        for field in {f for barrier in some for f in asked_by(Need(barrier.detail))}:
            task = field in needs.WORK_FIELD_NAMES
            if field not in (place.work if task else known):
                waits[place.site_id, place.opening_id if task else None, field].add(who)
    return {key: len(people) for key, people in waits.items()}


@given(wanting(), policies())
@examples(60)
def test_everybody_who_waits_for_an_answer_is_counted_once(
    problem: Problem, policy: Policy
) -> None:
    """By site, or opening of the task, and field; most first; nobody with protected identity."""
    found = answers(problem, policy)
    counts = {(a.site_id, a.opening_id, a.field): a.participants for a in found}
    assert counts == by_hand(problem, policy)
    keys = [(-a.participants, a.site_id, a.opening_id or "", a.field) for a in found]
    assert keys == sorted(keys)
    assert len(counts) == len(found)


@given(wanting(), policies())
@examples(30)
def test_neither_rows_nor_gender_nor_protected_people_change_it(
    problem: Problem, policy: Policy
) -> None:
    """The same answers, and no participant in them."""
    found = answers(problem, policy)
    assert blind(found, problem, lambda other: answers(other, policy))
    assert answers(without_protected(problem), policy) == found


def test_the_question_most_people_wait_for_comes_first() -> None:
    """Two need no music and quiet, of which one is answered; one needs slow work at O1 too.

    P3 waits for two needs at once: each of their fields counts.
    """
    quiet = frozenset({Need.QUIET})
    problem = problem_of(
        *(participant("P1", needs=quiet), participant("P2", needs=quiet)),
        participant("P3", needs=quiet | {Need.OWN_PACE}),
        site(surveys=(surveyed(("sensory.noise_category", "quiet")),)),
    )
    music = UnknownAnswer(
        site_id="S1", opening_id=None, field="sensory.background_music", participants=3
    )
    pace = UnknownAnswer(site_id="S1", opening_id="O1", field="work.pace", participants=1)
    assert answers(problem, Policy()) == (music, pace)


def test_an_answer_that_is_too_old_is_asked_again() -> None:
    """Two years and a day: nobody knows any more."""
    old = surveyed(("sensory.hearing_loop", "yes"), days_ago=731)
    person = participant(needs=frozenset({Need.HEARING_LOOP}))
    (found,) = answers(problem_of(person, site(surveys=(old,))), Policy())
    assert found.field == "sensory.hearing_loop"


def test_one_who_fits_several_openings_of_a_site_waits_once_for_it() -> None:
    """The site's question counts P1 once, each task's own question at its own opening."""
    person = participant(needs=frozenset({Need.HEARING_LOOP, Need.SEATED_WORK}))
    sitting = opening("O2", work=MappingProxyType({"work.posture": "sitting"}))
    found = answers(problem_of(person, opening("O1"), sitting), Policy())
    assert {(a.opening_id, a.field, a.participants) for a in found} == {
        (None, "sensory.hearing_loop", 1),
        ("O1", "work.posture", 1),
    }


def test_nobody_waits_where_another_barrier_stands_or_nothing_is_asked() -> None:
    """Too many hours as well; or the work is done from home; or the policy allows the unknown."""
    person = participant(needs=frozenset({Need.HEARING_LOOP}))
    assert answers(problem_of(person, opening(hours_max=1)), Policy()) == ()
    home = replace(person, remote=WorksRemotely.PARTLY)
    assert answers(problem_of(home, opening(remote=Remote.YES)), Policy()) == ()
    assert answers(problem_of(person), Policy(unknown_needs="check")) == ()
    assert answers(replace(problem_of(person), openings=()), Policy()) == ()
