"""How much work is done, who may stop it, what is told meanwhile, and that none of it is dice."""

import pickle
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread, get_ident

import pytest

from data.generate import Size, county
from matcher import verify
from matcher.dataset import read, write_tables
from matcher.domain import Problem
from matcher.errors import PlanCancelledError
from matcher.outcome import Outcome, Status
from matcher.policy import DEFAULT_GOALS, GoalName, Limits, Policy
from matcher.solve import door
from matcher.solve.door import Progress, Watch, plan
from tests.builders import PLAN_DATE

STAGES = ["pairs", "solve", "verify"]
SOME = Limits(rounds=5, nodes=50)
POLICY = Policy()


def made(folder: Path, participants: int, openings: int) -> Problem:
    """A county of this size in which half-days are scarce."""
    size = Size(participants=participants, openings=openings, half_days="tight")
    write_tables(county(size), folder, "csv")
    return read(folder, plan_date=PLAN_DATE)


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    """Large enough that the flow alone does not solve it, small enough to be solved often."""
    return made(tmp_path_factory.mktemp("tight"), 160, 40)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    """Planning this to the end takes long."""
    return made(tmp_path_factory.mktemp("large"), 600, 150)


@pytest.fixture(scope="module")
def usual(tight: Problem) -> Outcome:
    """The plan of some work, as whoever makes it again has to have it."""
    return plan(tight, POLICY, SOME)


def lawful(problem: Problem, outcome: Outcome, policy: Policy = POLICY) -> bool:
    """Whether the verifier finds nothing, and no value is beyond its bound."""
    return (
        not verify.violations(problem, policy, outcome.plan, outcome.goals)
        and not verify.causes(problem, policy, outcome.plan)
        and all(goal.value <= goal.bound for goal in outcome.goals)
    )


def content(outcome: Outcome) -> bytes:
    """Everything about an outcome but the seconds."""
    return pickle.dumps(replace(outcome, seconds={}))


# What is told.


@pytest.fixture(scope="module")
def told(tight: Problem) -> list[Progress]:
    """What the engine tells of one planning."""
    words: list[Progress] = []
    plan(tight, POLICY, SOME, watch=Watch(report=words.append))
    return words


def test_stages_are_told_in_their_order(told: list[Progress]) -> None:
    """Each begins once, with a word about no goal; only while solving are goals told of."""
    assert [word.stage for word in told if word.goal is None] == STAGES
    assert {word.stage for word in told if word.goal is not None} == {"solve"}
    assert [word.stage for word in told] == sorted((w.stage for w in told), key=STAGES.index)


def test_goals_are_told_in_the_policys_order(told: list[Progress]) -> None:
    """Within a part from the first goal to the last; a new part begins again at the first."""
    goals = [DEFAULT_GOALS.index(word.goal) for word in told if word.goal is not None]
    assert set(goals) == set(range(len(DEFAULT_GOALS)))
    assert all(after in {before, before + 1, 0} for before, after in pairwise(goals))


def test_a_value_is_never_beyond_its_bound(told: list[Progress]) -> None:
    """A goal is told with a value; a bound, where there is one, is not below it."""
    for word in told:
        assert (word.goal is None) is (word.value is None)
        assert word.bound is None or word.value <= word.bound


def test_time_only_passes(told: list[Progress]) -> None:
    """From nothing on, and never back."""
    times = [word.elapsed for word in told]
    assert times[0] >= 0
    assert times == sorted(times)


def test_one_thread_tells_everything(tight: Problem) -> None:
    """However many work: whoever is told need not guard against being told twice at once."""
    tellers: list[int] = []
    limits = replace(SOME, workers=3)
    plan(tight, POLICY, limits, watch=Watch(report=lambda _: tellers.append(get_ident())))
    assert set(tellers) == {get_ident()}


def test_the_goal_told_is_the_one_asked_for(tight: Problem) -> None:
    """Points first, and nothing else: nobody hears of another goal."""
    words: list[Progress] = []
    plan(tight, Policy(goals=(GoalName.POINTS,)), SOME, watch=Watch(report=words.append))
    assert {word.goal for word in words} == {None, GoalName.POINTS}


# Who stops it.


def test_another_thread_may_cancel_it(large: Problem) -> None:
    """With far more work allowed than anybody would wait for, it ends soon after it is asked to.

    Another thread sets the event when the first goal is told of; hardly a word comes after that.
    """
    asked, cancelled = Event(), Event()
    after: list[Progress] = []

    def report(word: Progress) -> None:
        if asked.is_set():
            after.append(word)
        elif word.goal is not None:
            asked.set()
            other.join()

    def cancel() -> None:
        asked.wait()
        cancelled.set()

    other = Thread(target=cancel)
    other.start()
    try:
        with pytest.raises(PlanCancelledError):
            plan(
                large,
                POLICY,
                Limits(rounds=1_000_000, nodes=1_000_000),
                watch=Watch(report=report, cancelled=cancelled.is_set),
            )
    finally:
        asked.set()
        other.join()
    assert len(after) <= 3
    assert "verify" not in {word.stage for word in after}


@pytest.mark.parametrize("stage", STAGES)
def test_it_may_be_cancelled_in_every_stage(tight: Problem, stage: str) -> None:
    """Also in the last: a plan that nobody wants is never handed over."""
    cancelled = Event()

    def report(word: Progress) -> None:
        if word.stage == stage:
            cancelled.set()

    with pytest.raises(PlanCancelledError):
        plan(tight, POLICY, SOME, watch=Watch(report=report, cancelled=cancelled.is_set))


def test_cancelled_before_it_begins_nothing_is_done(tight: Problem) -> None:
    """Not a word is told."""
    words: list[Progress] = []
    with pytest.raises(PlanCancelledError):
        plan(tight, POLICY, SOME, watch=Watch(report=words.append, cancelled=lambda: True))
    assert words == []


def test_whoever_might_cancel_and_does_not_has_the_same_plan(
    tight: Problem, usual: Outcome
) -> None:
    """That somebody may lose patience leaves no trace."""
    outcome = plan(tight, POLICY, SOME, watch=Watch(cancelled=lambda: False))
    assert content(outcome) == content(usual)


def test_what_a_report_raises_comes_out(tight: Problem) -> None:
    """Ctrl-C may hit the one who is told: the engine does not swallow it."""

    def report(word: Progress) -> None:
        if word.goal is not None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(tight, POLICY, SOME, watch=Watch(report=report))


# No dice.


def test_two_runs_are_the_same(tight: Problem, usual: Outcome) -> None:
    """Byte for byte: plan, goals, status."""
    assert content(plan(tight, POLICY, SOME)) == content(usual)


def test_how_many_work_changes_nothing(
    tight: Problem, usual: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, two or three threads, also where they share the openings of this small county."""
    monkeypatch.setattr("matcher.solve.goals.THREADED", 0)
    outcomes = [plan(tight, POLICY, replace(SOME, workers=n)) for n in (1, 2, 3)]
    assert {content(outcome) for outcome in outcomes} == {content(usual)}


@pytest.mark.parametrize("seed", [1, 2**31 - 1])
def test_another_seed_is_as_lawful(tight: Problem, seed: int) -> None:
    """It may give another plan; what it says of it is true, and twice the same."""
    limits = replace(SOME, seed=seed)
    outcome = plan(tight, POLICY, limits)
    assert lawful(tight, outcome)
    assert content(outcome) == content(plan(tight, POLICY, limits))


# Little work.


@pytest.mark.parametrize("seconds", [0.0, 1e-9])
def test_the_emergency_stop_leaves_a_lawful_plan(
    tight: Problem, usual: Outcome, seconds: float
) -> None:
    """It is cut and says so; its bounds hold: no plan made with time exceeds the first."""
    outcome = plan(tight, POLICY, Limits(seconds=seconds))
    assert (outcome.cut, outcome.status) == (True, Status.FEASIBLE)
    assert lawful(tight, outcome)
    assert outcome.goals[0].bound >= usual.goals[0].value


def test_with_no_work_allowed_there_is_still_a_plan(tight: Problem, usual: Outcome) -> None:
    """No rounds, no nodes: lawful, with bounds that hold; and no clock has cut it."""
    outcome = plan(tight, POLICY, Limits(rounds=0, nodes=0))
    assert not outcome.cut
    assert lawful(tight, outcome)
    assert outcome.goals[0].value > 0
    assert outcome.goals[0].bound >= usual.goals[0].value


def test_more_work_is_never_worse(tight: Problem, usual: Outcome) -> None:
    """By the goals in their order, than none at all."""
    little = plan(tight, POLICY, Limits(rounds=0, nodes=0))
    assert [g.value for g in usual.goals] >= [g.value for g in little.goals]
    assert usual.goals[0].bound <= little.goals[0].bound


def test_enough_seconds_cut_nothing(tight: Problem, usual: Outcome) -> None:
    """A limit that is not reached leaves no trace."""
    assert content(plan(tight, POLICY, replace(SOME, seconds=1e6))) == content(usual)


def test_cancelling_does_not_wait_for_the_step_under_way(
    tight: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that does not end before the test: whoever cancels has an answer all the same."""
    step = Event()
    monkeypatch.setattr(door, "_plan", lambda *_: step.wait())
    with pytest.raises(PlanCancelledError):
        plan(tight, POLICY, SOME, watch=Watch(cancelled=lambda: True))
    step.set()
