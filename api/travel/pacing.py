"""When a server may be called: not too often, and not while it keeps failing.

Both count within this process. Several processes that share a key share its limit out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from threading import Lock
from time import monotonic, sleep

_BURST_SHARE = 9
_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """All that a call knows of time and chance, so that a test can hand in its own.

    Attributes:
        now: the date and time, aware, UTC.
        ticks: seconds that only ever grow.
        sleep: waits so many seconds.
        chance: a number from 0 to 1, drawn for the jitter of retries.
    """

    now: Callable[[], datetime]
    ticks: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]


def _now() -> datetime:
    return datetime.now(UTC)


SYSTEM_CLOCK = Clock(now=_now, ticks=monotonic, sleep=sleep, chance=SystemRandom().random)


class TokenBucket:
    """At most ``per_minute`` calls in *any* 60 seconds, and a few of them at once.

        burst + 60 · refill = per_minute,   burst = 1 + per_minute // 9

    A full bucket and what flows in within a minute are the limit together, so that no minute
    has more, wherever it begins.
    """

    def __init__(self, per_minute: int, clock: Clock) -> None:
        """Begin with a full bucket. ``per_minute`` is at least 2, or nothing would flow in."""
        burst = 1 + per_minute // _BURST_SHARE
        self._burst = float(burst)
        self._refill = (per_minute - burst) / _MINUTE
        self._tokens = self._burst
        self._clock = clock
        self._at = clock.ticks()
        self._lock = Lock()

    def take(self) -> None:
        """Take a token, or wait until it has flowed in."""
        with self._lock:
            now = self._clock.ticks()
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._refill)
            self._at = now
            self._tokens -= 1
            wait = max(0.0, -self._tokens / self._refill)
        if wait:
            self._clock.sleep(wait)


class Circuit:
    """Leaves a server alone that has failed several times in a row (kretsbrytare).

    It opens after ``failures`` failed calls; ``seconds`` later one call is let through, and what
    becomes of that one closes it or leaves it open for as long again.
    """

    def __init__(self, clock: Clock, *, failures: int = 3, seconds: float = 60.0) -> None:
        """Begin closed: calls are let through."""
        self._clock = clock
        self._limit = failures
        self._seconds = seconds
        self._failed = 0
        self._next_trial = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Whether a call may be made now. The first one after a pause is the trial."""
        with self._lock:
            if self._failed < self._limit:
                return True
            now = self._clock.ticks()
            if now < self._next_trial:
                return False
            self._next_trial = now + self._seconds
            return True

    def report(self, *, worked: bool) -> None:
        """Tell what became of a call."""
        with self._lock:
            if worked:
                self._failed = 0
                return
            self._failed += 1
            if self._failed >= self._limit:
                self._next_trial = self._clock.ticks() + self._seconds
