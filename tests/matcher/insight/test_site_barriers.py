"""The worth of removing a barrier at a site, against the engine's plan where it does not bar."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher import eligibility
from matcher.columns import Rows
from matcher.domain import (
    Barrier,
    BarrierCode,
    Need,
    OpeningStatus,
    Participant,
    Problem,
    ProviderId,
    WorksRemotely,
)
from matcher.insight.barriers import SiteBarrier, site_barriers
from matcher.policy import GoalName, Policy
from matcher.solve import door, trials
from matcher.solve.standing import Standing
from tests.builders import all_rows, opening, participant, problem_of, site, surveyed, week
from tests.examples import examples
from tests.matcher.insight.answers import (
    WEIGHINGS,
    WORLDS,
    blind,
    changed,
    goals_of,
    looking_people,
    more_with,
    planned,
    standing_of,
    without_protected,
)

FIELD_OF: Mapping[BarrierCode, tuple[str, object]] = {
    BarrierCode.OPENING_PAUSED: ("status", OpeningStatus.OPEN),
    BarrierCode.HOURS_TOO_FEW: ("hours_min", 0),
    BarrierCode.MUNICIPALITY_NOT_SERVED: ("eligible_municipalities", frozenset()),
}
"""Barriers that a change of an opening removes, and nothing else: points stay as they are."""
NEVER = {
    *(BarrierCode.ALREADY_THERE, BarrierCode.TASK_DECLINED, BarrierCode.EXCLUDED),
    *(BarrierCode.TRAVEL_TOO_LONG, BarrierCode.TRAVEL_UNKNOWN, BarrierCode.TRAVEL_UNREACHABLE),
    *(BarrierCode.SESSIONS_DO_NOT_FIT, BarrierCode.STARTS_TOO_LATE, BarrierCode.TOO_YOUNG),
    *(BarrierCode.ENROLMENT_REQUIRED, BarrierCode.NOT_INSURED, BarrierCode.NO_COMMON_LANGUAGE),
}
"""What is the person's, or nothing that a site changes."""


@contextmanager
def not_barring(site_at: int, barrier: Barrier) -> Iterator[None]:
    """The rules, where one barrier bars nobody at one site; the verifier looks away."""
    bits = 1 << [*Need].index(Need(barrier.detail)) if barrier.detail else -1

    def kinder(rule: eligibility.Rule) -> eligibility.Rule:
        def judged(rows: Rows, policy: Policy) -> np.ndarray:
            said = np.asarray(rule(rows, policy), dtype=np.int32)
            return np.where(rows.o.site == site_at, said & ~bits, said)

        judged.__name__ = rule.__name__
        return judged if rule.__name__.upper() == barrier.code else rule

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eligibility, "BARRIERS", tuple(map(kinder, eligibility.BARRIERS)))
        patch.setattr(door.verify, "violations", lambda *_: ())
        yield


def plan_without(standing: Standing, found: SiteBarrier) -> dict[GoalName, int] | None:
    """What the engine's plan has more without a barrier at a site."""
    problem = standing.problem
    if found.barrier.code in FIELD_OF:
        name, value = FIELD_OF[found.barrier.code]
        here = [o.opening_id for o in problem.openings if o.site_id == found.site_id]
        problem = changed(problem, [(place, name, value) for place in here])
        return more_with(standing, planned(problem, standing.policy))
    at = [s.site_id for s in problem.sites].index(found.site_id)
    with not_barring(at, found.barrier):
        return more_with(standing, planned(problem, standing.policy))


@given(WORLDS, WEIGHINGS)
@examples(150)
def test_it_is_worth_what_the_plan_without_it_has_more(problem: Problem, policy: Policy) -> None:
    """Every barrier at every site that is named: the engine plans with rules that forgo it."""
    standing = standing_of(problem, policy)
    for found in site_barriers(standing):
        assert found.proven == standing.proven
        truth = plan_without(standing, found)
        if truth is not None and standing.proven:
            assert dict(found.goals) == truth


def by_hand(problem: Problem, policy: Policy) -> dict[tuple[str, str], int]:
    """Who would get a further opening, pair by pair: by site and barrier."""
    rows = all_rows(problem, policy)
    shown = looking_people(problem)
    people = defaultdict(set)
    barriers = eligibility.barriers(rows, policy)
    for who, where, some in zip(rows.participant, rows.opening, barriers, strict=True):
        if who in shown and len(some) == 1 and some[0].code not in NEVER:
            people[problem.openings[where].site_id, str(some[0])].add(who)
    return {key: len(found) for key, found in people.items()}


@given(WORLDS, WEIGHINGS)
@examples(60)
def test_all_barriers_that_stand_alone_are_there(problem: Problem, policy: Policy) -> None:
    """Each with how many it keeps out; worth most first; the protected are not counted."""
    found = site_barriers(standing_of(problem, policy))
    assert {(f.site_id, str(f.barrier)): f.participants for f in found} == by_hand(problem, policy)
    assert by_hand(without_protected(problem), policy) == by_hand(problem, policy)
    keys = [
        ([-n for n in f.goals.values()], -f.participants, f.site_id, str(f.barrier)) for f in found
    ]
    assert keys == sorted(keys)


@given(WORLDS, WEIGHINGS)
@examples(25)
def test_neither_rows_nor_gender_matter(problem: Problem, policy: Policy) -> None:
    """The same rows otherwise ordered; another gender where there is no norm goal; no person."""
    standing = standing_of(problem, policy)
    assume(standing.proven)
    found = site_barriers(standing)
    assert blind(found, problem, lambda other: site_barriers(standing_of(other, policy)))


@given(st.permutations(["P1", "P2", "P3"]))
def test_several_pairs_that_only_together_help(names: list[str]) -> None:
    """A chain through two opened pairs, neither of which is worth anything alone.

    S2 does not serve 0126. P1 (0126) has no place; P2 sits at O1 of S2, and could go to O2 of S1,
    where P3 (0126) is, who could go to O3 of S2. So with S2 open to all: P1 to O1, P2 to O2, P3
    to O3. Neither P1 nor P3 alone can gain anything. The ids are in any order.
    """
    standing = standing_of(together(*names))
    found = {(f.site_id, str(f.barrier)): f for f in site_barriers(standing)}
    worth = found["S2", "MUNICIPALITY_NOT_SERVED"]
    assert (worth.participants, worth.proven) == (2, True)
    assert worth.goals[GoalName.PLACED] == 1


def together(first: str, second: str, third: str) -> Problem:
    """Three people whose days fit exactly the openings they are said to fit."""
    mon, tue, wed = (week(f"{day}_am") for day in ("mon", "tue", "wed"))
    half = {"sessions_per_week": 1}
    served = {"site_id": "S2", "eligible_municipalities": frozenset({"0180"})}
    return problem_of(
        participant(first, municipality_code="0126", available=mon, **half),
        participant(second, available=week("mon_am", "tue_am"), **half),
        participant(third, municipality_code="0126", available=week("tue_am", "wed_am"), **half),
        *(site("S1"), site("S2")),
        opening("O1", sessions=mon, **served),
        opening("O2", sessions=tue, site_id="S1"),
        opening("O3", sessions=wed, **served),
    )


def only(*parts: object, policy: Policy | None = None) -> SiteBarrier:
    """The one answer about a small world."""
    (found,) = site_barriers(standing_of(problem_of(*parts), policy))
    return found


def test_each_need_is_named() -> None:
    """A stair bars P1 alone: named, for planning; nobody is asked to give up a need.

    P1 has just come (waiting 100) and gets 775 points: see the seats.
    """
    stairs = surveyed(("entrance.step_count", 6), ("entrance.ramp", "none"))
    found = only(participant(needs=frozenset({Need.STEP_FREE})), site(surveys=(stairs,)))
    assert found == SiteBarrier(
        site_id="S1",
        barrier=Barrier(code=BarrierCode.NEED_UNMET, detail="STEP_FREE"),
        participants=1,
        goals=goals_of(1, 100, 0, 775),
        proven=True,
    )


def test_each_other_barrier_is_named() -> None:
    """One world for each that a site can remove: it is worth a place."""
    quiet = frozenset({Need.QUIET})
    fair = Policy(require_equal_treatment=True)
    worlds = {
        "NEED_UNKNOWN:QUIET": only(participant(needs=quiet)),
        "HOURS_TOO_FEW": only(opening(hours_min=9)),
        "HOURS_TOO_MANY": only(opening(hours_max=7)),
        "OPENING_PAUSED": only(opening(status=OpeningStatus.PAUSED)),
        "MUNICIPALITY_NOT_SERVED": only(opening(eligible_municipalities=frozenset({"0126"}))),
        "REMOTE_ONLY": only(participant(remote=WorksRemotely.ONLY)),
        "NO_EQUAL_TREATMENT_AGREEMENT": only(policy=fair),
    }
    assert {name: str(found.barrier) for name, found in worlds.items()} == {n: n for n in worlds}
    assert {found.goals[GoalName.PLACED] for found in worlds.values()} == {1}


def test_a_full_opening_would_be_possible_and_gives_no_place() -> None:
    """P1 would get a possible opening more, but O1 has no seats."""
    found = only(opening(hours_max=7, seats=0))
    assert (found.participants, found.goals[GoalName.PLACED], found.proven) == (1, 0, True)


def test_half_days_hold_fewer_than_seats_promise() -> None:
    """Both can come on the one half-day of O1 alone, which takes one; O2 takes fewer hours.

    Left out half-days, O1 would have both, and O2 nothing to add. So that bound proves nothing.
    """
    people = [participant(n, available=week("mon_am"), sessions_per_week=1) for n in ("P1", "P2")]
    days = week("mon_am", "mon_pm")
    found = only(
        *people,
        opening("O1", seats=2, session_seats=1, sessions=days),
        opening("O2", hours_max=7),
    )
    assert (found.participants, dict(found.goals)) == (2, goals_of(1, 100, 0, 775))
    assert found.proven


def test_two_barriers_are_not_one() -> None:
    """Neither alone would open the door; nor what is the person's own."""
    unsure = participant(needs=frozenset({Need.QUIET, Need.COMPANION}))
    away = participant("P2", excluded_providers=frozenset({ProviderId("A1")}))
    assert site_barriers(standing_of(problem_of(unsure, away))) == ()


@pytest.mark.parametrize(("hidden", "counts"), [((False, True), [1]), ((True, True), [])])
def test_protected_people_are_planned_and_not_counted(
    hidden: tuple[bool, bool], counts: list[int]
) -> None:
    """Both come too many hours for O1; what only protected people meet is not named at all."""
    people: list[Participant] = [
        participant(f"P{at}", protected_identity=secret) for at, secret in enumerate(hidden)
    ]
    found = site_barriers(standing_of(problem_of(*people, opening(hours_max=7, seats=2))))
    assert [f.participants for f in found] == counts


@pytest.mark.slow
@given(WORLDS, WEIGHINGS)
@examples(80)
def test_bounds_without_half_days_prove_only_what_is_true(
    problem: Problem, policy: Policy
) -> None:
    """Nothing is solved exactly here: what is called proven is what the engine finds too."""
    standing = standing_of(problem, replace(policy, supervisor_starts=None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trials, "FEW", 0)
        answers = [found for found in site_barriers(standing) if found.proven]
    for found in answers:
        assert plan_without(standing, found) in (None, dict(found.goals))


@pytest.mark.parametrize("starts", [None, 3])
def test_of_a_plan_that_is_not_proven_nothing_is(
    monkeypatch: pytest.MonkeyPatch, crowded_monday: Problem, starts: int | None
) -> None:
    """Three people, of whom two fit into O1; P4 fits in where it takes 20 hours, for another.

    Where supervisors' starts are limited, only few pairs are solved exactly and proven.
    """
    late = participant("P4", hours_per_week=20, sessions_per_week=1, available=week("mon_am"))
    (place,) = crowded_monday.openings
    people = (*crowded_monday.participants, late)
    world = replace(
        crowded_monday,
        participants=tuple(replace(p, supervisor_id="H1") for p in people),
        openings=(replace(place, hours_max=8),),
    )
    standing = standing_of(world, Policy(supervisor_starts=starts))
    (exact,) = site_barriers(standing)
    monkeypatch.setattr(trials, "FEW", 0)
    (found,) = site_barriers(standing)
    assert (exact.proven, found.proven) == (True, starts is None)
    assert found.goals == exact.goals
    (unproven,) = site_barriers(replace(standing, proven=False))
    assert unproven == replace(found, proven=False)


def test_nothing_to_remove() -> None:
    """No openings, no people, or no barrier at all."""
    assert site_barriers(standing_of(problem_of())) == ()
    assert site_barriers(standing_of(replace(problem_of(), openings=()))) == ()
    assert site_barriers(standing_of(replace(problem_of(), participants=()))) == ()
