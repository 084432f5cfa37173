"""Who is compared with whom by ``parity``, and how far apart is too far."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import columns, groups, pairs, verify
from matcher.domain import PlacementStatus, Problem
from matcher.groups import NO_GROUP, Groups
from matcher.outcome import Assignment, Plan
from matcher.policy import GoalName, Parity, ParityGroups, Policy
from tests.builders import ALL_WEEK, PLAN_DATE, opening, participant, placement, problem_of
from tests.examples import examples
from tests.strategies import crowds, lively, parities


def compared(problem: Problem, parity: Parity) -> Groups:
    """The groups of a problem."""
    return groups.compared(columns.load(problem, Policy()), parity)


def by_association(smallest: int = 1, gap: int = 0) -> Parity:
    """Associations, no gap allowed, no group too small."""
    return Parity(groups=ParityGroups.ASSOCIATION, gap=gap, smallest_group=smallest)


def test_groups_stand_in_the_order_of_their_names() -> None:
    """Two in VKS, one in HBS, and one who has no association and so no group."""
    people = (
        participant("P1", association="VKS"),
        participant("P2", association="HBS"),
        participant("P3"),
        participant("P4", association="VKS"),
    )
    found = compared(problem_of(*people), by_association(gap=7))
    assert (found.names, found.gap) == (("HBS", "VKS"), 7)
    assert found.member.tolist() == [1, 0, NO_GROUP, 1]
    assert found.looking.tolist() == [1, 2]


def test_only_who_looks_is_counted() -> None:
    """P1 is pinned, P2 has an offer; P3's ongoing placement is no hindrance."""
    people = [participant(f"P{n}", association="HBS") for n in range(1, 4)]
    there = [
        placement(participant_id="P1", status=PlacementStatus.PINNED),
        placement(participant_id="P2", status=PlacementStatus.OFFERED),
        placement(participant_id="P3"),
    ]
    found = compared(problem_of(*people, opening(seats=9), *there), by_association())
    assert found.member.tolist() == [NO_GROUP, NO_GROUP, 0]
    assert found.looking.tolist() == [1]


@pytest.mark.parametrize(("smallest", "names"), [(1, ("HBS", "VKS")), (2, ("VKS",)), (3, ())])
def test_a_small_group_is_not_compared(smallest: int, names: tuple[str, ...]) -> None:
    """One in HBS, two in VKS: exactly as many as the least is enough."""
    people = [participant(f"P{n}", association="VKS" if n else "HBS") for n in range(3)]
    found = compared(problem_of(*people), by_association(smallest))
    assert found.names == names
    assert (found.member >= 0).sum() == found.looking.sum()


def test_municipalities() -> None:
    """By the participant's own, never the site's."""
    people = (participant("P1"), participant("P2", municipality_code="0126"))
    parity = Parity(groups=ParityGroups.MUNICIPALITY, gap=0, smallest_group=1)
    assert compared(problem_of(*people), parity).names == ("0126", "0180")


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *((15, "-24"), (24, "-24"), (25, "25-34"), (34, "25-34"), (35, "35-44"), (44, "35-44")),
        *((45, "45-54"), (54, "45-54"), (55, "55-"), (80, "55-")),
    ],
)
def test_age_bands(age: int, band: str) -> None:
    """By age in the plan year; each band from its first age to the one before the next."""
    person = participant(birth_year=PLAN_DATE.year - age)
    parity = Parity(groups=ParityGroups.AGE_BAND, gap=0, smallest_group=1)
    assert compared(problem_of(person), parity).names == (band,)


def some(*looking: int, gap: int = 0) -> Groups:
    """Groups of so many people."""
    return Groups(
        names=tuple(f"G{n}" for n in range(len(looking))),
        member=np.zeros(0, dtype=np.int32),
        looking=np.array(looking, dtype=np.int32),
        gap=gap,
    )


@pytest.mark.parametrize(
    ("looking", "placed", "gap", "excess"),
    [
        ((), (), 0, 0),
        ((5,), (0,), 0, 0),
        ((5, 5), (3, 3), 0, 0),
        ((5, 10), (1, 2), 0, 0),
        ((5, 5), (5, 0), 0, 100),
        ((5, 5), (5, 0), 100, 0),
        ((5, 5), (5, 0), 99, 1),
        ((5, 10), (2, 2), 20, 0),
        ((5, 10), (2, 2), 19, 1),
        ((9, 10), (7, 5), 20, 8),
        ((9, 10), (7, 5), 27, 1),
        ((9, 10), (7, 5), 28, 0),
        ((3, 6, 9), (1, 2, 3), 0, 0),
        ((3, 3, 7), (1, 2, 3), 33, 1),
        ((100_000, 99_999), (1, 1), 0, 1),
    ],
)
def test_the_excess(
    looking: tuple[int, ...], placed: tuple[int, ...], gap: int, excess: int
) -> None:
    """The widest gap of all, beyond the one allowed, up to the next whole point.

    7 of 9 is 77.78 %, 5 of 10 is 50 %: 27.78 apart. A third is a third of any number. One of
    100,000 and one of 99,999 differ by a hundred-millionth of a point, which counts as one.
    """
    assert groups.excess(some(*looking, gap=gap), np.array(placed, dtype=np.int32)) == excess


@given(st.one_of(lively(), crowds()), parities, st.data())
@examples(60)
def test_the_verifier_counts_the_same(
    problem: Problem, parity: Parity, data: st.DataObject
) -> None:
    """Written a second time without a shared line, whoever is placed."""
    table = columns.load(problem, Policy())
    looking = np.flatnonzero(pairs.looking(table)).tolist() if problem.openings else []
    some_of_them = st.sets(st.sampled_from(looking)) if looking else st.just(set())
    placed = sorted(data.draw(some_of_them))
    found = groups.compared(table, parity)
    member = found.member[placed]
    counts = np.bincount(member[member != NO_GROUP], minlength=len(found.names))
    rows = tuple(row_of(problem, who) for who in placed)
    policy = Policy(goals=(GoalName.PARITY,), parity=parity)
    values = verify.goal_values(problem, policy, Plan(assignments=rows, unplaced=()))
    assert values[GoalName.PARITY] == -groups.excess(found, counts)


def row_of(problem: Problem, who: int) -> Assignment:
    """Somebody at the first opening, lawful or not: only who is placed plays a part."""
    return Assignment(
        participant_id=problem.participants[who].participant_id,
        opening_id=problem.openings[0].opening_id,
        starts_on=None,
        sessions=ALL_WEEK,
        travel_minutes=None,
        points=None,
        norm_goal_met=False,
    )
