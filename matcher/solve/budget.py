"""How much work one planning may still do, and whether the clock has stopped it."""

from collections.abc import Callable

from matcher.policy import Limits


class Budget:
    """Work left in deterministic seconds, and an emergency stop by the clock."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        """Start counting now; ``clock`` gives monotonic seconds."""
        self.effort = limits.effort
        self.rounds = limits.rounds
        self.seed = limits.seed
        self._clock = clock
        self._end = None if limits.seconds is None else clock() + limits.seconds
        self.cut = False

    def spend(self, effort: float) -> None:
        """Count work that was done, in deterministic seconds."""
        self.effort = max(0.0, self.effort - effort)

    def seconds_left(self) -> float | None:
        """Seconds until the emergency stop; None without one. Notes when it has been reached."""
        if self._end is None:
            return None
        left = self._end - self._clock()
        self.cut = self.cut or left <= 0
        return max(0.0, left)

    def stopped(self) -> bool:
        """Whether the emergency stop has been reached."""
        return self.seconds_left() == 0.0
