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
