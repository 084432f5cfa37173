"""How much work one planning may still do, and whether the clock has stopped it."""

from collections.abc import Callable, Iterator

from matcher.policy import Limits


class Budget:
    """Work left in deterministic seconds, and an emergency stop by the clock."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float],
        note: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        """Start counting now.

        Args:
            limits: how much may be done.
            clock: gives monotonic seconds.
            note: told how many rounds of how many are done.
        """
        self._note = note
        self.effort = limits.effort
        self.rounds = limits.rounds
        self.seed = limits.seed
        self._clock = clock
        self._end = None if limits.seconds is None else clock() + limits.seconds
        self.cut = False

    def spend(self, effort: float) -> None:
        """Count work that was done, in deterministic seconds."""
        self.effort = max(0.0, self.effort - effort)

    def each_round(self) -> Iterator[int]:
        """The rounds that may still be done, each noted, until the emergency stop."""
        for number in range(self.rounds):
            if self.stopped():
                return
            self._note(number, self.rounds)
            yield number

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
