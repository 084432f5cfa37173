"""Every number a steering group may turn (avvägningar), and how long the engine may work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal


class Criterion(StrEnum):
    """What points are given for, in the order of the table in docs/model.md."""

    WISH = "wish"
    TRAVEL = "travel"
    WANT = "want"
    HOURS = "hours"
    START = "start"


class GoalName(StrEnum):
    """What a plan strives for; the order is the policy's. The last three only where it asks."""

    PLACED = "placed"
    WAITING = "waiting"
    NORM_GOALS = "norm_goals"
    POINTS = "points"
    LOWEST_POINTS = "lowest_points"
    STABILITY = "stability"
    PARITY = "parity"


class ParityGroups(StrEnum):
    """Whose placement rates ``parity`` holds together. Gender is never a group."""

    ASSOCIATION = "association"
    MUNICIPALITY = "municipality"
    AGE_BAND = "age_band"


DEFAULT_WEIGHTS = MappingProxyType(
    {
        Criterion.WISH: 45,
        Criterion.TRAVEL: 25,
        Criterion.WANT: 15,
        Criterion.HOURS: 10,
        Criterion.START: 5,
    }
)
DEFAULT_GOALS = (GoalName.PLACED, GoalName.WAITING, GoalName.NORM_GOALS, GoalName.POINTS)
DEFAULT_SHELF_LIFE_DAYS = MappingProxyType({"lift.in_service": 180})
WEIGHT_SUM = 100
HORIZON_DAYS = (1, 3650)
SHELF_LIFE_DAYS = (0, 36_500)
SUPERVISOR_STARTS = (0, 100_000)
PARITY_GAP = (0, 100)
SMALLEST_GROUP = (1, 1_000_000)
USUAL_SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How far the placement rates of groups may lie apart before ``parity`` counts against a plan.

    ``gap`` is in percentage points. Groups with fewer than ``smallest_group`` people looking are
    not compared: one person's place would decide their rate.

    Raises:
        ValueError: groups that there are not, or a number out of its range.
    """

    groups: ParityGroups
    gap: int
    smallest_group: int = USUAL_SMALLEST_GROUP

    def __post_init__(self) -> None:
        if self.groups not in tuple(ParityGroups):
            raise ValueError(f"parity groups: among {', '.join(ParityGroups)}")
        _within("parity gap", self.gap, PARITY_GAP)
        _within("smallest_group", self.smallest_group, SMALLEST_GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The weighing of one planning.

    ``unknown_needs``: whether a need that nobody has surveyed bars (``exclude``) or is allowed
    with a question to put (``check``). ``survey_max_age_days`` is the shelf life of a survey
    answer, ``shelf_life_days`` the exceptions by field. ``supervisor_starts`` is how many new
    starts one supervisor can take in one plan; None is no limit. ``parity`` is what the goal of
    that name asks, and plays no part where it is not among the goals.

    Raises:
        ValueError: weights that are not whole numbers with sum 100, a goal twice or none,
            ``parity`` among the goals without its settings, or a number out of its range.
    """

    weights: Mapping[Criterion, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    goals: tuple[GoalName, ...] = DEFAULT_GOALS
    unknown_needs: Literal["exclude", "check"] = "exclude"
    horizon_days: int = 90
    survey_max_age_days: int = 730
    shelf_life_days: Mapping[str, int] = field(default_factory=lambda: DEFAULT_SHELF_LIFE_DAYS)
    require_equal_treatment: bool = False
    supervisor_starts: int | None = None
    parity: Parity | None = None

    def __post_init__(self) -> None:
        if set(self.weights) != set(Criterion) or sum(self.weights.values()) != WEIGHT_SUM:
            raise ValueError(f"weights: one for each criterion, sum {WEIGHT_SUM}")
        if any(type(weight) is not int or weight < 0 for weight in self.weights.values()):
            raise ValueError("weights must be whole numbers, 0 or more")
        if not self.goals or len(set(self.goals)) != len(self.goals):
            raise ValueError("goals: at least one, each at most once")
        if not set(self.goals) <= set(GoalName):
            raise ValueError(f"goals: among {', '.join(GoalName)}")
        if GoalName.PARITY in self.goals and self.parity is None:
            raise ValueError("the goal parity needs its settings: groups and gap")
        if self.unknown_needs not in ("exclude", "check"):
            raise ValueError("unknown_needs must be exclude or check")
        _within("horizon_days", self.horizon_days, HORIZON_DAYS)
        _within("survey_max_age_days", self.survey_max_age_days, SHELF_LIFE_DAYS)
        for name, days in self.shelf_life_days.items():
            _within(f"shelf life of {name}", days, SHELF_LIFE_DAYS)
        if self.supervisor_starts is not None:
            _within("supervisor_starts", self.supervisor_starts, SUPERVISOR_STARTS)

    def shelf_life(self, name: str) -> int:
        """How many days an answer to this survey field is valid."""
        return self.shelf_life_days.get(name, self.survey_max_age_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much work a planning may do.

    ``rounds`` is how often every opening where half-days bind is planned anew for every goal, more
    often where much is missing, and how many steps prices may take; ``nodes`` bounds the search of
    every exact model. Both count work, so that the same input gives the same plan. ``seconds`` is
    an emergency stop by the clock; a plan it cuts says so. ``workers`` is how many threads share
    the work; None is as many as there are cores. It changes no plan.
    """

    rounds: int = 100
    nodes: int = 2_000
    seconds: float | None = None
    seed: int = 0
    workers: int | None = None

    def __post_init__(self) -> None:
        if min(self.rounds, self.nodes, self.seed, self.seconds or 0) < 0:
            raise ValueError("rounds, nodes, seconds and seed must be 0 or more")
        if self.workers is not None and (type(self.workers) is not int or self.workers < 1):
            raise ValueError(f"workers must be a whole number, 1 or more, not {self.workers}")


def _within(name: str, value: int, legal: tuple[int, int]) -> None:
    if type(value) is not int or not legal[0] <= value <= legal[1]:
        raise ValueError(f"{name} must be a whole number {legal[0]}-{legal[1]}, not {value}")
