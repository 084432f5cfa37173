"""What can be known of a journey: minutes, unreachable, unknown, withheld. Zero is minutes."""

from dataclasses import dataclass
from enum import IntEnum


class Reach(IntEnum):
    """What is known of a journey."""

    MINUTES = 0
    UNREACHABLE = 1
    UNKNOWN = 2
    WITHHELD = 3
    """Not computed, for a participant with protected identity: no barrier, no minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of one journey; ``minutes`` only with ``MINUTES``, and then 0 is an answer."""

    reach: Reach
    minutes: int | None = None
