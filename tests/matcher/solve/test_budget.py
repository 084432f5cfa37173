from os import cpu_count

import pytest

from matcher.errors import PlanCancelledError
from matcher.policy import GoalName, Limits
from matcher.solve.budget import Budget, Progress, Watch


def ticking(*times: float) -> Budget:
    """Ten seconds at most, by a clock that shows these times, the first when it starts."""
    clock = iter(times)
    return Budget(Limits(seconds=10), lambda: next(clock))


def test_without_seconds_nothing_is_cut() -> None:
    """Work alone counts, however late it is."""
    clock = iter([0.0, 1e9])
    budget = Budget(Limits(), lambda: next(clock))
    assert (budget.seconds_left(), budget.stopped(), budget.cut) == (None, False, False)


def test_the_emergency_stop_is_noted() -> None:
    """Four seconds left, then none, then less than none: which is none, and it was cut."""
    budget = ticking(100, 106, 110, 115)
    assert (budget.seconds_left(), budget.cut) == (4, False)
    assert (budget.stopped(), budget.cut) == (True, True)
    assert budget.seconds_left() == 0


def test_limits_are_taken_over() -> None:
    """Rounds, nodes, seed and threads; without a number of threads, one for each core."""
    budget = Budget(Limits(rounds=3, nodes=4, seed=5, workers=6))
    assert (budget.rounds, budget.nodes, budget.seed, budget.workers) == (3, 4, 5, 6)
    assert Budget(Limits()).workers == (cpu_count() or 1)


def test_rounds_come_in_pieces() -> None:
    """Five rounds by two: the last piece is the rest; none is none."""
    budget = Budget(Limits(), lambda: 0.0)
    assert list(budget.pieces(5, 2)) == [(0, 2), (2, 4), (4, 5)]
    assert list(budget.pieces(0, 2)) == []


def test_the_emergency_stop_ends_the_pieces() -> None:
    """By the clock: begun at 100, one piece at 105; at 110 it is over."""
    budget = ticking(100, 105, 110)
    assert list(budget.pieces(5, 2)) == [(0, 2)]
    assert budget.cut


def test_stages_are_told_and_timed() -> None:
    """One after the other; the last is ended by none, and is not told."""
    clock = iter([10.0, 11.0, 13.5, 14.0])
    told: list[Progress] = []
    budget = Budget(Limits(), lambda: next(clock), watch=Watch(report=told.append))
    for stage in ("pairs", "plan", ""):
        budget.begin(stage)
    assert budget.seconds == {"pairs": 2.5, "plan": 0.5}
    assert told == [Progress(stage="pairs", elapsed=1.0), Progress(stage="plan", elapsed=3.5)]


def test_goals_are_told_by_name() -> None:
    """In the order they were named; one that was not is not told."""
    told: list[Progress] = []
    budget = Budget(
        Limits(), lambda: 0.0, goals=(GoalName.PLACED,), watch=Watch(report=told.append)
    )
    budget.begin("plan")
    budget.tell(0, 3, 4)
    budget.tell(1, 5, None)
    assert told[1:] == [
        Progress(stage="plan", elapsed=0.0, goal=GoalName.PLACED, value=3, bound=4)
    ]


@pytest.mark.parametrize("seconds", [None, 10])
def test_nobody_wants_it_any_more(seconds: float | None) -> None:
    """Once it is cancelled, every look at the budget says so; nobody need report."""
    wanted = [True]
    budget = Budget(
        Limits(seconds=seconds), lambda: 0.0, watch=Watch(cancelled=lambda: not wanted[0])
    )
    budget.begin("plan")
    budget.tell(0, 1, 1)
    wanted[0] = False
    for look in (budget.seconds_left, budget.stopped, lambda: budget.begin("check")):
        with pytest.raises(PlanCancelledError):
            look()
    with pytest.raises(PlanCancelledError):
        list(budget.pieces(5, 2))
