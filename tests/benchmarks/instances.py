"""What is planned in the race: seeded counties of three sizes, and what Steget aims at in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.generate import Size
from data.generate.openings import HalfDays

SEED = 1
TRAVEL_ROWS = 5_000_000
"""Where there are 30,000 people; the smaller counties estimate their journeys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A county, how many seconds everybody gets to plan it, and Steget's aims by what is aimed at.

    An aim stands by the name of a goal, or by ``seconds`` (files to plan files) or ``memory``.
    """

    size: Size
    limit: float
    aims: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As tables show it."""
        size = self.size
        return f"{size.participants:,} x {size.openings:,} {size.half_days}"

    @property
    def longest(self) -> float:
        """Seconds after which a run is ended from outside: it also has to read, and to stop."""
        return self.limit * 1.5 + 30


def _size(people: int, openings: int, half_days: HalfDays) -> Size:
    rows = TRAVEL_ROWS if people == 30_000 else 0
    return Size(participants=people, openings=openings, half_days=half_days, travel_rows=rows)


_LARGE = _size(30_000, 9_000, "typical")
_LARGE_AIMS = {
    "placed": "within 0.05 %",
    "points": "within 0.5 %",
    "seconds": "90 s",
    "memory": "6 GB",
}
SMALL = (
    Instance(
        size=_size(300, 90, "typical"),
        limit=15,
        aims=dict.fromkeys(("placed", "waiting", "norm_goals", "points"), "proven")
        | {"seconds": "1 s"},
    ),
    Instance(
        size=_size(300, 60, "tight"),
        limit=15,
        aims={"placed": "proven", "waiting": "proven", "seconds": "15 s"},
    ),
    Instance(
        size=_size(3_000, 900, "typical"),
        limit=60,
        aims={
            "placed": "proven",
            "waiting": "proven",
            "points": "within 0.1 %",
            "seconds": "10 s",
        },
    ),
    Instance(
        size=_size(3_000, 600, "tight"),
        limit=60,
        aims={"placed": "within 2 %, better 0.5 %", "seconds": "60 s"},
    ),
)
LARGE = (
    Instance(size=_LARGE, limit=600, aims=_LARGE_AIMS),
    Instance(
        size=_size(30_000, 6_000, "tight"),
        limit=600,
        aims={"placed": "within 3 %", "seconds": "600 s"},
    ),
)
ALSO = Instance(size=_LARGE, limit=120, aims=_LARGE_AIMS)
"""What Steget alone plans at the end of ``make bench``, where there is time left."""
BLOCKS = {"race": (*SMALL, ALSO), "race of 30,000": LARGE}
"""What stands in which block of docs/performance.md: that of ``make bench``, of ``bench-all``."""
STEGET = "steget"
TITLES = {
    STEGET: "Steget",
    "cp-sat": "CP-SAT, full model",
    "highs": "HiGHS, compact MIP",
    "flow": "Min-cost flow alone",
    "greedy": "Greedy by waiting time",
    "gale-shapley": "Gale-Shapley, seats alone",
}
SEATS_ALONE = frozenset({"gale-shapley"})
"""Whose plans need not keep half-days."""
