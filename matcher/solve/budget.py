"""How much work one planning may still do, who wants to stop it, and what is told on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import cpu_count
from time import monotonic

from matcher.errors import PlanCancelledError
from matcher.policy import GoalName, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the engine is doing.

    ``elapsed``: seconds since it began. ``goal`` with its ``value`` and ``bound`` as far as they
    are known in the part that is being solved; None where a stage is about no goal.
    """

    stage: str
    elapsed: float
    goal: GoalName | None = None
    value: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who watches a planning.

    ``report`` is told what is being done; from another thread, where ``cancelled`` is given.
    ``cancelled`` is asked several times a second whether nobody wants the plan any more, such as
    ``is_set`` of a ``threading.Event`` that another thread sets.
    """

    report: Callable[[Progress], None] = lambda _: None
    cancelled: Callable[[], bool] | None = None


NOBODY_WATCHES = Watch()


class Budget:
    """Work left, an emergency stop by the clock, a stop from outside, and the one who reports."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = monotonic,
        *,
        goals: tuple[GoalName, ...] = (),
        watch: Watch = NOBODY_WATCHES,
    ) -> None:
        """Start counting now.

        Args:
            limits: how much may be done.
            clock: gives monotonic seconds.
            goals: the names of the goals, in their order, for the reports.
            watch: who watches.
        """
        self.rounds = limits.rounds
        self.nodes = limits.nodes
        self.seed = limits.seed
        self.workers = limits.workers or cpu_count() or 1
        self.cut = False
        self.seconds: dict[str, float] = {}
        self.goals = goals
        self._watch = watch
        self._clock = clock
        self._began = self._since = clock()
        self._end = None if limits.seconds is None else self._began + limits.seconds
        self._stage = ""

    def begin(self, stage: str) -> None:
        """A stage begins, and the one before it ends; "" ends the last."""
        self.stopped()
        now = self._clock()
        if self._stage:
            self.seconds[self._stage] = round(now - self._since, 3)
        self._stage, self._since = stage, now
        if stage:
            self._watch.report(Progress(stage=stage, elapsed=now - self._began))

    def tell(self, goal: int, value: int, bound: int | None) -> None:
        """Report what a goal is known to reach, and at most can."""
        if goal >= len(self.goals):  # a goal of ours on the way, not one of the policy's
            return
        name = self.goals[goal]
        elapsed = self._clock() - self._began
        self._watch.report(
            Progress(stage=self._stage, elapsed=elapsed, goal=name, value=value, bound=bound)
        )

    def pieces(self, rounds: int, size: int) -> Iterator[tuple[int, int]]:
        """Rounds in pieces, from and to, until the emergency stop."""
        for first in range(0, rounds, size):
            if self.stopped():
                return
            yield first, min(first + size, rounds)

    def seconds_left(self) -> float | None:
        """Seconds until the emergency stop; None without one. Notes when it has been reached.

        Raises:
            PlanCancelledError: nobody wants the plan any more.
        """
        if self._watch.cancelled is not None and self._watch.cancelled():
            raise PlanCancelledError
        if self._end is None:
            return None
        left = self._end - self._clock()
        self.cut = self.cut or left <= 0
        return max(0.0, left)

    def stopped(self) -> bool:
        """Whether the emergency stop has been reached.

        Raises:
            PlanCancelledError: nobody wants the plan any more.
        """
        return self.seconds_left() == 0.0
