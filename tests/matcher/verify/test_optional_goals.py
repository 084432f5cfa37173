"""The goals that count only where the policy lists them, recomputed from the assignments."""

import pytest

from matcher.domain import Problem
from matcher.outcome import Assignment, Goal, Proposals, Unplaced
from matcher.policy import GoalName, Parity, ParityGroups, Policy
from matcher.verify import Rule, goal_values, violations
from tests.matcher.verify.worlds import (
    PLAIN,
    POINTS,
    TODAY,
    TUESDAY,
    nobody,
    opening,
    person,
    pinned,
    placement,
    plan,
    row,
    world,
)

LOWEST, STABILITY, PARITY = GoalName.LOWEST_POINTS, GoalName.STABILITY, GoalName.PARITY
TWO_PEOPLE = (person("P1"), person("P2"))
TWO_OPENINGS = (opening("O1"), opening("O2"))
FORMER = frozenset({("P1", "O1"), ("P2", "O2")})


def value(
    name: GoalName,
    problem: Problem,
    *rows: Assignment | Unplaced,
    policy: Policy = PLAIN,
    former: Proposals | None = None,
) -> int:
    """What a plan of these rows reaches in one goal."""
    return goal_values(problem, policy, plan(*rows), former)[name]


# lowest_points


def test_the_lowest_of_all_placed() -> None:
    """P2 lives an hour away: 525 points, where P1 has 775."""
    minutes = {("P1", "S1"): 0, ("P2", "S1"): 60}
    problem = world(person("P1"), person("P2"), minutes=minutes)
    assert value(LOWEST, problem, row("P1"), row("P2")) == 525
    assert value(LOWEST, problem, row("P1"), nobody("P2")) == POINTS


def test_nobody_placed_has_no_points() -> None:
    """Zero, not the most there is."""
    assert value(LOWEST, world(), nobody()) == 0


def test_the_pinned_do_not_pull_it_down() -> None:
    """P1 is pinned an hour away, and enters no goal."""
    minutes = {("P1", "S1"): 60, ("P2", "S1"): 0}
    problem = world(person("P1"), person("P2"), placement("P1", "pinned"), minutes=minutes)
    assert value(LOWEST, problem, pinned("P1"), row("P2")) == POINTS
    assert value(LOWEST, problem, pinned("P1"), nobody("P2")) == 0


# stability


def test_kept_is_who_stands_where_they_stood() -> None:
    """P1 stays, though on another day; P2 moves from O2 to O1."""
    problem = world(*TWO_PEOPLE, *TWO_OPENINGS)
    rows = (row("P1", sessions=TUESDAY), row("P2", "O1"))
    assert value(STABILITY, problem, *rows, former=FORMER) == 1


@pytest.mark.parametrize(
    "former",
    [
        frozenset(),
        frozenset({("P1", "O2"), ("P2", "O1")}),
        frozenset({("P9", "O1"), ("P1", "O9")}),
    ],
    ids=["none", "exchanged", "gone"],
)
def test_what_is_elsewhere_or_gone_is_not_kept(former: Proposals) -> None:
    """Who has left, or an opening that is no more, is no fault and no value."""
    problem = world(*TWO_PEOPLE, *TWO_OPENINGS)
    assert value(STABILITY, problem, row("P1", "O1"), row("P2", "O2"), former=former) == 0


def test_a_proposal_that_was_pinned_is_kept_in_no_goal() -> None:
    """P1 said yes to what the former plan proposed: fixed, and no longer a proposal."""
    problem = world(person("P1"), person("P2"), placement("P1", "pinned"))
    rows = (pinned("P1"), row("P2"))
    assert value(STABILITY, problem, *rows, former=FORMER | {("P2", "O1")}) == 1


def test_a_row_that_stands_twice_is_kept_once() -> None:
    """Proposals are counted, not rows."""
    assert value(STABILITY, world(), row(), row(), former=FORMER) == 1


def test_without_a_former_plan_there_is_no_value() -> None:
    """Nothing is made up; who claims a value without one is refused."""
    assert STABILITY not in goal_values(world(), PLAIN, plan(row()))
    claim = (Goal(name=STABILITY, value=0, bound=0),)
    with pytest.raises(ValueError, match="stability cannot be judged"):
        violations(world(), PLAIN, plan(row()), claim)


# parity


def parity(
    groups: ParityGroups = ParityGroups.ASSOCIATION, gap: int = 0, smallest: int = 1
) -> Policy:
    """A policy that compares groups."""
    settings = Parity(groups=groups, gap=gap, smallest_group=smallest)
    return Policy(goals=(PARITY,), parity=settings)


def crowd(**sizes: int) -> tuple[Problem, dict[str, list[str]]]:
    """So many people in each association, ``none`` for those without, and their ids."""
    names: dict[str, list[str]] = {}
    people = []
    for association, size in sizes.items():
        ids = [f"{association}{number:02}" for number in range(size)]
        names[association] = ids
        own = None if association == "none" else association
        people += [person(name, association=own) for name in ids]
    return world(*people, opening(seats=99)), names


@pytest.mark.parametrize(
    ("gap", "expected"), [(0, -28), (20, -8), (27, -1), (28, 0), (29, 0), (100, 0)]
)
def test_the_excess_is_rounded_up(gap: int, expected: int) -> None:
    """7 of 9 and 5 of 10: 77.78 and 50 %, 27.78 points apart."""
    problem, ids = crowd(A=9, B=10)
    rows = [row(who) for who in ids["A"][:7] + ids["B"][:5]]
    assert value(PARITY, problem, *rows, policy=parity(gap=gap)) == expected


def test_a_third_is_a_third() -> None:
    """1 of 3 and 2 of 6 are the same share: no decimal stands between them."""
    problem, ids = crowd(A=3, B=6)
    rows = [row(who) for who in ids["A"][:1] + ids["B"][:2]]
    assert value(PARITY, problem, *rows, policy=parity()) == 0


@pytest.mark.parametrize(("smallest", "expected"), [(4, -100), (5, -50), (6, 0), (11, 0)])
def test_small_groups_are_not_compared(smallest: int, expected: int) -> None:
    """None of the four of C, half of the ten of B, all five of A: then one group, then none."""
    problem, ids = crowd(A=5, B=10, C=4)
    rows = [row(who) for who in ids["A"] + ids["B"][:5]]
    assert value(PARITY, problem, *rows, policy=parity(smallest=smallest)) == expected


def test_five_is_the_usual_least() -> None:
    """Four are too few to be compared when the policy says nothing, five are enough."""
    policy = Policy(goals=(PARITY,), parity=Parity(groups=ParityGroups.ASSOCIATION, gap=0))
    for size, expected in ((4, 0), (5, -100)):
        problem, ids = crowd(A=5, B=size)
        assert value(PARITY, problem, *map(row, ids["A"]), policy=policy) == expected


def test_who_has_no_association_is_in_no_group() -> None:
    """All of A are placed and none of those without: nothing to compare A with."""
    problem, ids = crowd(A=5, none=5)
    assert value(PARITY, problem, *map(row, ids["A"]), policy=parity()) == 0


def test_municipalities_are_the_participants() -> None:
    """One from each of two; one placed."""
    problem = world(person("P1"), person("P2", municipality_code="0126"))
    policy = parity(ParityGroups.MUNICIPALITY)
    assert value(PARITY, problem, row("P1"), nobody("P2"), policy=policy) == -100
    assert value(PARITY, problem, row("P1"), row("P2"), policy=policy) == 0


@pytest.mark.parametrize("edge", [25, 35, 45, 55])
def test_age_bands_begin_where_they_say(edge: int) -> None:
    """Placed at the edge, not placed a year below it: two bands; a year above: one."""
    policy = parity(ParityGroups.AGE_BAND)
    born = TODAY.year - edge
    for other, expected in ((born + 1, -100), (born - 1, 0)):
        problem = world(person("P1", birth_year=born), person("P2", birth_year=other))
        assert value(PARITY, problem, row("P1"), nobody("P2"), policy=policy) == expected


def test_the_oldest_and_the_youngest_are_one_band_each() -> None:
    """15 and 24 are one band, 55 and 80 are one."""
    policy = parity(ParityGroups.AGE_BAND)
    for one, other in ((15, 24), (55, 80)):
        people = (person("P1", birth_year=2026 - one), person("P2", birth_year=2026 - other))
        assert value(PARITY, world(*people), row("P1"), nobody("P2"), policy=policy) == 0


def test_the_pinned_and_the_offered_are_in_no_rate() -> None:
    """Of A only P1 looks, and is placed; B's P4 is not: 100 points apart, whoever is settled."""
    people = [person(f"P{n}", association="A" if n < 4 else "B") for n in range(1, 5)]
    there = (placement("P2", "pinned"), placement("P3", "offered"))
    problem = world(*people, opening(seats=9), *there)
    rows = (row("P1"), pinned("P2"), nobody("P4"))
    assert value(PARITY, problem, *rows, policy=parity()) == -100
    rows = (row("P1"), pinned("P2"), row("P4"))
    assert value(PARITY, problem, *rows, policy=parity()) == 0


def test_without_settings_there_is_no_value() -> None:
    """Whom to compare is never guessed."""
    assert PARITY not in goal_values(world(), PLAIN, plan(row()))
    with pytest.raises(ValueError, match="parity cannot be judged"):
        violations(world(), PLAIN, plan(row()), (Goal(name=PARITY, value=0, bound=0),))


# Claims.

EVERYTHING = Policy(
    goals=(LOWEST, STABILITY, PARITY),
    parity=Parity(groups=ParityGroups.MUNICIPALITY, gap=40, smallest_group=1),
)
TRUE = {LOWEST: POINTS, STABILITY: 1, PARITY: -60}


def broken(*changes: tuple[GoalName, int], barred: bool = False) -> list[Rule]:
    """The rules broken by a plan that claims these values beside true ones.

    P1 of 0180 is placed where the former plan had them; P2 of 0126 is not: 100 - 40 points.
    """
    far = person("P2", municipality_code="0126")
    hours = opening(hours_min=60) if barred else opening()
    said = {**TRUE, **dict(changes)}
    goals = tuple(Goal(name=name, value=v, bound=max(v, 0)) for name, v in said.items())
    rows = plan(row("P1"), nobody("P2"))
    problem = world(person("P1"), far, hours)
    return [v.rule for v in violations(problem, EVERYTHING, rows, goals, FORMER)]


def test_true_claims() -> None:
    """Each as it is."""
    assert broken() == []


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.parametrize("off", [-1, 1])
def test_a_false_value_is_named(name: GoalName, off: int) -> None:
    """One too many or too few."""
    assert broken((name, TRUE[name] + off)) == [Rule.GOAL_VALUE]


@pytest.mark.parametrize(("name", "judged"), [(LOWEST, False), (STABILITY, True), (PARITY, True)])
def test_a_barred_pair_leaves_only_its_points_unjudged(name: GoalName, *, judged: bool) -> None:
    """Who stands where and how many are placed is so all the same."""
    found = broken((name, TRUE[name] - 1), barred=True)
    assert found == [Rule.HOURS_TOO_FEW, *([Rule.GOAL_VALUE] if judged else [])]
