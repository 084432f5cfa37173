import pytest

from matcher.policy import Limits
from matcher.solve.budget import Budget


def ticking(*times: float) -> Budget:
    """Ten seconds at most, by a clock that shows these times, the first when it starts."""
    clock = iter(times)
    return Budget(Limits(seconds=10), lambda: next(clock))


def test_without_seconds_the_clock_is_not_looked_at() -> None:
    """Work alone counts: the clock may say what it wants."""
    budget = Budget(Limits(), lambda: pytest.fail("somebody looked at the clock"))
    assert (budget.seconds_left(), budget.stopped(), budget.cut) == (None, False, False)


def test_the_emergency_stop_is_noted() -> None:
    """Four seconds left, then none, then less than none: which is none, and it was cut."""
    budget = ticking(100, 106, 110, 115)
    assert (budget.seconds_left(), budget.cut) == (4, False)
    assert (budget.stopped(), budget.cut) == (True, True)
    assert budget.seconds_left() == 0


def test_work_is_spent_to_nothing() -> None:
    """Never below: what is overdrawn is used up."""
    budget = Budget(Limits(effort=2.0), lambda: 0.0)
    budget.spend(1.5)
    assert budget.effort == 0.5
    budget.spend(1.5)
    assert budget.effort == 0


def test_rounds_are_counted_and_told() -> None:
    """Three rounds: each is told before it begins, of how many."""
    told: list[tuple[int, int]] = []
    budget = Budget(Limits(rounds=3), lambda: 0.0, lambda done, total: told.append((done, total)))
    assert list(budget.each_round()) == [0, 1, 2]
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_no_rounds_are_none() -> None:
    """A budget without rounds repairs nothing."""
    assert list(Budget(Limits(rounds=0), lambda: 0.0).each_round()) == []


def test_the_emergency_stop_ends_the_rounds() -> None:
    """By the clock: begun at 100, one round at 105; at 110 it is over."""
    budget = ticking(100, 105, 110)
    assert list(budget.each_round()) == [0]
    assert budget.cut
