"""The goals recomputed from the assignments, the claims about them, and the causes of no place."""

from datetime import date
from types import MappingProxyType

import pytest

from matcher.domain import Gender, Need, OpeningStatus, Problem
from matcher.outcome import Assignment, Cause, Goal, Unplaced
from matcher.policy import DEFAULT_GOALS, GoalName, Policy
from matcher.verify import Rule, causes, goal_values
from tests.matcher.verify.worlds import (
    PLAIN,
    POINTS,
    TODAY,
    TUESDAY,
    broken,
    days,
    nobody,
    opening,
    person,
    pinned,
    placement,
    plan,
    row,
    world,
)

PLACED, WAITING, NORM, SUM = DEFAULT_GOALS


def values(problem: Problem, *rows: Assignment | Unplaced) -> tuple[int, ...]:
    """The goals that every plan has: placed, waiting, norm goals, points."""
    found = goal_values(problem, PLAIN, plan(*rows))
    return tuple(found[name] for name in DEFAULT_GOALS)


def test_an_empty_plan_reaches_nothing() -> None:
    """Nobody placed is zero in every goal."""
    assert values(world(), nobody()) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("since", "value"),
    [
        (None, 100),
        (TODAY, 100),
        (days(5), 100),
        (days(-1), 100),
        (days(-3), 100),
        (days(-4), 101),
        (days(-73), 120),
        (days(-364), 199),
        (days(-365), 200),
        (days(-4000), 200),
    ],
)
def test_waiting(since: date | None, value: int) -> None:
    """100 for being placed and up to 100 for a year's waiting: 4 days are 400 // 365 = 1."""
    assert values(world(person(waiting_since=since)), row()) == (1, value, 0, POINTS)


def test_waiting_counts_to_the_plan_date() -> None:
    """Not to the start: who starts in 60 days has still waited none."""
    later = person(waiting_since=TODAY, earliest_start=days(60))
    assert values(world(later), row(starts_on=days(60)))[1] == 100


def test_the_goals_add_up() -> None:
    """Two placed of three: 100 + 150 waiting, one norm goal, 775 + 525 points."""
    woman = {"gender": Gender.WOMAN, "norm_goal": True}
    people = (
        person("P1", **woman),
        person("P2", waiting_since=days(-183)),
        person("P3", waiting_since=days(-365), **woman),
    )
    problem = world(
        *people,
        opening(occupation_group="7231"),
        minutes={("P1", "S1"): 0, ("P2", "S1"): 60, ("P3", "S1"): 0},
    )
    rows = (
        row("P1", norm_goal_met=True),
        row("P2", sessions=TUESDAY, travel_minutes=60, points=525),
        nobody("P3"),
    )
    assert broken(problem, *rows) == []
    assert values(problem, *rows) == (2, 100 + 150, 1, 1300)


def test_what_a_row_says_of_itself_is_not_believed() -> None:
    """The values come from the pair, not from its written points and norm goal."""
    assert values(world(), row(points=1000, norm_goal_met=True)) == (1, 100, 0, POINTS)


def test_the_pinned_enter_no_goal() -> None:
    """Neither as placed nor as waiting, norm goal or points."""
    woman = person("P1", gender=Gender.WOMAN, norm_goal=True, waiting_since=days(-365))
    pin = placement("P1", "pinned")
    problem = world(woman, person("P2"), opening(occupation_group="7231"), pin)
    rows = (pinned("P1", norm_goal_met=True), row("P2"))
    assert broken(problem, *rows) == []
    assert values(problem, *rows) == (1, 100, 0, POINTS)


def test_who_moves_on_from_an_ongoing_placement_is_placed() -> None:
    """They look, so they count."""
    problem = world(opening("O1"), opening("O2"), placement("P1", "ongoing", "O2"))
    assert values(problem, row()) == (1, 100, 0, POINTS)


def test_a_person_placed_twice_is_one_person() -> None:
    """Placed and waiting count people."""
    problem = world(opening("O1"), opening("O2"))
    assert values(problem, row("P1", "O1"), row("P1", "O2"))[:2] == (1, 100)


def test_an_unknown_id_enters_no_goal() -> None:
    """What is not there is worth nothing."""
    assert values(world(), row("P9"), row("P1", "O9")) == (0, 0, 0, 0)


TRUE = MappingProxyType({PLACED: 1, WAITING: 100, NORM: 0, SUM: POINTS})


def claims(**changes: int) -> tuple[Goal, ...]:
    """The plain plan's true goals with bounds that meet them, but for these."""
    said = {name: changes.get(name.value, value) for name, value in TRUE.items()}
    return tuple(Goal(name=name, value=value, bound=value) for name, value in said.items())


def test_true_claims() -> None:
    """Every goal as it is, proven; a looser bound is no fault."""
    assert broken(world(), row(), goals=claims()) == []
    loose = tuple(Goal(name=n, value=v, bound=v + 1) for n, v in TRUE.items())
    assert broken(world(), row(), goals=loose) == []


@pytest.mark.parametrize("name", DEFAULT_GOALS)
@pytest.mark.parametrize("off", [-1, 1])
def test_a_false_value_is_named(name: GoalName, off: int) -> None:
    """One too many or too few, in any goal."""
    goals = claims(**{name.value: TRUE[name] + off})
    assert broken(world(), row(), goals=goals) == [Rule.GOAL_VALUE]


@pytest.mark.parametrize("name", DEFAULT_GOALS)
def test_a_value_above_its_bound_is_named(name: GoalName) -> None:
    """No plan exceeds a proven bound, so not this one."""
    goals = (Goal(name=name, value=TRUE[name], bound=TRUE[name] - 1),)
    assert broken(world(), row(), goals=goals) == [Rule.GOAL_BOUND]


def test_a_barred_pair_leaves_points_and_norm_goals_unjudged() -> None:
    """Its points are not defined, so their sum is not; how many are placed still is."""
    problem = world(opening(hours_min=11))
    assert broken(problem, row(), goals=claims(points=1, norm_goals=1)) == [Rule.HOURS_TOO_FEW]
    assert broken(problem, row(), goals=claims(placed=2)) == [Rule.HOURS_TOO_FEW, Rule.GOAL_VALUE]
    mixed = world(person("P1", hours_per_week=20), person("P2"), opening(hours_max=10))
    rows = (row("P1"), row("P2", sessions=TUESDAY))
    goals = claims(placed=2, waiting=200, points=1)
    assert broken(mixed, *rows, goals=goals) == [Rule.HOURS_TOO_MANY]


BARRED = world(opening(status=OpeningStatus.PAUSED))
OPEN = world(opening("O1", status=OpeningStatus.PAUSED), opening("O2"))


@pytest.mark.parametrize(
    ("problem", "cause", "so"),
    [
        (BARRED, Cause.NO_ELIGIBLE_OPENING, True),
        (BARRED, Cause.OPENINGS_FULL, False),
        (BARRED, Cause.SUPERVISOR_FULL, False),
        (OPEN, Cause.NO_ELIGIBLE_OPENING, False),
        (OPEN, Cause.OPENINGS_FULL, True),
        (OPEN, Cause.SUPERVISOR_FULL, False),
    ],
)
def test_causes(problem: Problem, cause: Cause, *, so: bool) -> None:
    """None eligible only if every opening is barred; full only if one is not."""
    found = causes(problem, PLAIN, plan(nobody("P1", cause)))
    assert [str(v) for v in found] == ([] if so else [f"CAUSE P1 {cause}"])


def test_without_openings_none_is_eligible() -> None:
    """Nothing to be full."""
    problem = Problem(
        plan_date=TODAY,
        participants=(person(),),
        providers=(),
        sites=(),
        openings=(),
        occupations={},
    )
    assert causes(problem, PLAIN, plan(nobody("P1", Cause.NO_ELIGIBLE_OPENING))) == ()


@pytest.mark.parametrize(
    ("helper", "limit", "so"),
    [
        *(("H1", 1, True), ("H1", 2, False), ("H1", None, False)),
        *(("H2", 1, False), ("H2", 0, True), (None, 0, False), (None, 1, False)),
    ],
)
def test_a_full_supervisor(helper: str | None, limit: int | None, *, so: bool) -> None:
    """Only the supervisor who has all the new starts there may be, here one, is full."""
    problem = world(person("P1", supervisor_id="H1"), person("P2", supervisor_id=helper))
    rows = (row("P1"), nobody("P2", Cause.SUPERVISOR_FULL))
    found = causes(problem, Policy(supervisor_starts=limit), plan(*rows))
    assert [v.rule for v in found] == ([] if so else [Rule.CAUSE])


def test_needs_are_judged_at_openings_nobody_comes_to() -> None:
    """The slow check looks at all openings, not at the plan's."""
    asks = person(needs=frozenset({Need.OWN_PACE}))
    problem = world(asks, opening("O1"), opening("O2", work={"work.pace": "own_pace"}))
    assert causes(problem, PLAIN, plan(nobody("P1", Cause.OPENINGS_FULL))) == ()


def test_an_unknown_person_has_no_cause() -> None:
    """Somebody who is not there is named as such elsewhere."""
    assert causes(world(), PLAIN, plan(nobody("P9"))) == ()
