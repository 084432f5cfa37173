"""The eligible pairs: the index skips nothing, and a row says the same alone and among others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import columns, eligibility, pairs, scoring
from matcher.columns import Rows
from matcher.domain import (
    Gender,
    Mode,
    Participant,
    PlacementStatus,
    Problem,
    Remote,
    WorksRemotely,
)
from matcher.occupations import norm_breaking
from matcher.pairs import Pairs
from matcher.policy import Policy
from tests.builders import (
    OCCUPATIONS,
    all_rows,
    avoid,
    barriers_of,
    day,
    opening,
    participant,
    placement,
    problem_of,
    seek,
    site,
)
from tests.examples import examples
from tests.strategies import lively, policies, problems

Row = tuple[int, int, int, int, int, bool]
"""Participant, opening, minutes, start, points, norm goal."""


def eligible(problem: Problem, policy: Policy | None = None) -> list[Row]:
    """What the engine finds."""
    return as_rows(pairs.eligible(columns.load(problem, policy or Policy()), policy or Policy()))


def as_rows(found: Pairs) -> list[Row]:
    """Pairs as tuples."""
    names = ("participant", "opening", "minutes", "start", "points", "norm")
    return list(zip(*(getattr(found, name).tolist() for name in names), strict=True))


def settled(problem: Problem) -> set[str]:
    """Who has an offer or is pinned, by placements that have not ended."""
    found = set()
    for row in problem.placements:
        begins = problem.opening[row.opening_id].starts_from or problem.plan_date
        lasts = row.ends_on is None or row.ends_on >= max(begins, problem.plan_date)
        if lasts and row.status in ("offered", "pinned"):
            found.add(row.participant_id)
    return found


def by_brute_force(problem: Problem, policy: Policy) -> list[Row]:
    """Every pair looked at: no index, no blocks."""
    rows = all_rows(problem, policy)
    bars, points = eligibility.barred(rows, policy), scoring.points(rows, policy)
    wish = scoring.wish(rows, policy)
    found = []
    for at, (who, where) in enumerate(zip(rows.participant, rows.opening, strict=True)):
        person, place = problem.participants[who], problem.openings[where]
        group = problem.occupations[place.occupation_group]
        norm = person.norm_goal and norm_breaking(person.gender, group) and wish[at] > 0
        if not bars[at] and person.participant_id not in settled(problem):
            figures = (int(rows.minutes[at]), int(rows.start[at]), int(points[at]))
            found.append((int(who), int(where), *figures, bool(norm)))
    return found


@given(st.one_of(problems(), lively()), policies())
@examples(50)
def test_the_index_skips_only_what_is_barred(problem: Problem, policy: Policy) -> None:
    """The eligible pairs are those of all pairs that no rule bars, sorted, each once."""
    assert eligible(problem, policy) == by_brute_force(problem, policy)


@given(lively())
@examples(20)
def test_the_index_skips_nothing_without_a_table(problem: Problem) -> None:
    """The same by the estimate, with journeys from next door to out of reach."""
    near = replace(problem, travel_times=None)
    assert eligible(near) == by_brute_force(near, Policy())


@given(lively())
@examples(20)
def test_blocks_do_not_show(problem: Problem) -> None:
    """Worked through two people and three rows at a time, the pairs are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "PEOPLE_AT_A_TIME", 2)
        patch.setattr(pairs, "ROWS_AT_A_TIME", 3)
        in_blocks = eligible(problem)
    assert in_blocks == eligible(problem)


@given(lively(most_people=5, most_openings=4), policies())
@examples(20)
def test_a_row_alone_is_the_row_among_others(problem: Problem, policy: Policy) -> None:
    """Every rule and every criterion judges a pair alone as it does among all pairs.

    So an explanation cannot disagree with the plan.
    """
    together = all_rows(problem, policy)
    for judge in (*eligibility.BARRIERS, *scoring.CRITERIA, scoring.points):
        alone = [judge(row, policy)[0] for row in one_by_one(together)]
        assert np.array_equal(judge(together, policy), alone), judge.__name__


@given(lively(most_people=4, most_openings=3), policies())
@examples(20)
def test_barriers_alone_are_the_barriers_among_others(problem: Problem, policy: Policy) -> None:
    """Named barriers too; and a pair has one exactly where it is barred."""
    together = all_rows(problem, policy)
    named = eligibility.barriers(together, policy)
    assert named == [eligibility.barriers(row, policy)[0] for row in one_by_one(together)]
    assert [bool(some) for some in named] == eligibility.barred(together, policy).tolist()


def one_by_one(rows: Rows) -> list[Rows]:
    """Each row as a table of its own."""
    table = rows.table
    return [
        table.rows(rows.participant[at : at + 1], rows.opening[at : at + 1])
        for at in range(len(rows.opening))
    ]


@given(lively(most_people=4, most_openings=3), policies())
@examples(20)
def test_one_pair_by_its_ids_is_the_pair_among_all(problem: Problem, policy: Policy) -> None:
    """``pairs.of`` finds the same figures, and nothing where the pair is barred."""
    table = columns.load(problem, policy)
    found = {row[:2]: row for row in eligible(problem, policy)}
    away = settled(problem)
    for who, person in enumerate(problem.participants):
        for where, place in enumerate(problem.openings):
            pair = as_rows(pairs.of(table, policy, person.participant_id, place.opening_id))
            if person.participant_id not in away:
                expected = [found[who, where]] if (who, where) in found else []
                assert [(who, where, *row[2:]) for row in pair] == expected


@pytest.mark.parametrize("mode", Mode)
def test_at_the_edge_of_reach_nothing_is_lost(mode: Mode) -> None:
    """Sites every 22 m up to 13 km, a limit of 30 minutes: whatever takes 30 is still there."""
    sites = [site(f"S{n:03}", latitude=59.3 + n * 0.0002) for n in range(600)]
    openings = [opening(f"O{n:03}", site_id=f"S{n:03}") for n in range(600)]
    problem = problem_of(participant(travel_mode=mode, max_travel_minutes=30), *sites, *openings)
    found = eligible(problem)
    assert found == by_brute_force(problem, Policy())
    assert max(row[2] for row in found) == 30


@pytest.mark.parametrize(
    ("status", "ends", "looks"),
    [
        (PlacementStatus.OFFERED, None, False),
        (PlacementStatus.PINNED, None, False),
        (PlacementStatus.ONGOING, None, True),
        (PlacementStatus.OFFERED, 0, False),  # the last day still counts
        (PlacementStatus.OFFERED, -1, True),
        (PlacementStatus.PINNED, -1, True),
    ],
)
def test_who_has_an_offer_or_is_pinned_is_not_looking(
    status: PlacementStatus, ends: int | None, *, looks: bool
) -> None:
    """An offer or a pin that has not ended settles it; an ongoing placement does not."""
    there = placement(opening_id="O2", status=status, ends_on=None if ends is None else day(ends))
    problem = problem_of(opening("O1"), opening("O2"), there)
    assert pairs.looking(columns.load(problem, Policy())).tolist() == [looks]
    assert (0, 0) in {row[:2] for row in eligible(problem)} or not looks
    assert looks or not eligible(problem)


def test_a_hidden_person_and_work_from_home_are_not_lost_to_the_index() -> None:
    """Both have pairs beyond every reach: withheld minutes are -1, from home 0."""
    problem = problem_of(
        participant("P1", protected_identity=True),
        participant("P2", remote=WorksRemotely.PARTLY, latitude=None, longitude=None),
        participant("P3"),
        site(latitude=69.0),
        opening("O1", remote=Remote.YES),
    )
    assert [row[:3] for row in eligible(problem)] == [(0, 0, -1), (1, 0, 0)]


def norm_of(person: Participant, group: str) -> list[bool]:
    """Whether the pair of this person and an opening of this group meets a norm goal."""
    return [row[5] for row in eligible(problem_of(person, opening(occupation_group=group)))]


@pytest.mark.parametrize(
    ("gender", "group", "meets"),
    [
        (Gender.WOMAN, "7231", True),  # 3.8 % women
        (Gender.MAN, "7231", False),
        (Gender.MAN, "9413", True),  # 79.1 % women
        (Gender.WOMAN, "9413", False),
        (Gender.WOMAN, "9412", False),  # 58.1 %: even
        (Gender.MAN, "9412", False),
        (Gender.WOMAN, "0110", False),  # nobody knows
        (Gender.NONBINARY, "7231", False),  # never scored
        (Gender.UNDISCLOSED, "9413", False),
    ],
)
def test_a_norm_goal_is_met_where_the_other_gender_dominates(
    gender: Gender, group: str, *, meets: bool
) -> None:
    """Opted in, without wishes (500, so more than nothing): dominance decides."""
    assert norm_of(participant(gender=gender, norm_goal=True), group) == [meets]


def test_a_norm_goal_is_ones_own() -> None:
    """Without opting in nothing is inferred from a gender."""
    assert norm_of(participant(gender=Gender.WOMAN), "7231") == [False]


@pytest.mark.parametrize(("sought", "meets"), [("7231", True), ("repair", True), ("9413", False)])
def test_a_norm_goal_is_met_only_by_what_is_wished_for(sought: str, *, meets: bool) -> None:
    """A wish that fits not at all (value 0) is no step the participant asked for."""
    person = participant(gender=Gender.WOMAN, norm_goal=True, wishes=(seek(sought, 1),))
    assert norm_of(person, "7231") == [meets]


def test_dominance_is_judged_on_the_group_not_the_field() -> None:
    """A wish for the field reaches an even group too, and that one is not norm-breaking."""
    person = participant(gender=Gender.MAN, norm_goal=True, wishes=(seek("hotel", 1),))
    assert norm_of(person, "9413") == [True]
    assert norm_of(person, "9412") == [False]
    assert OCCUPATIONS["9413"].field == OCCUPATIONS["9412"].field


def test_what_is_declined_meets_nothing() -> None:
    """A barred pair has no row at all."""
    person = participant(gender=Gender.WOMAN, norm_goal=True, wishes=(avoid("7231"),))
    assert norm_of(person, "7231") == []
    assert barriers_of(person, opening(occupation_group="7231")) == ["TASK_DECLINED"]


@given(lively())
@examples(20)
def test_gender_is_not_in_the_table(problem: Problem) -> None:
    """Where nobody has a norm goal, all genders turned round leave every pair as it is."""
    plain = replace(
        problem, participants=tuple(replace(p, norm_goal=False) for p in problem.participants)
    )
    turned = replace(
        plain,
        participants=tuple(
            replace(p, gender=list(Gender)[n % 4]) for n, p in enumerate(plain.participants)
        ),
    )
    assert eligible(plain) == eligible(turned)
