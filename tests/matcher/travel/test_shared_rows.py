"""Rows of travel times that participants share say what rows of their own would say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import columns, pairs, verify
from matcher.dataset import tables_of
from matcher.domain import Problem, SiteId, TravelTimes
from matcher.policy import Limits, Policy
from matcher.solve.door import plan
from matcher.travel import Reach, between, table
from matcher.travel.atlas import TableAtlas
from tests.builders import opening, participant, problem_of, site
from tests.examples import examples
from tests.strategies import problems


@st.composite
def sharing(draw: st.DrawFn) -> Problem:
    """A problem of whose people some have the rows of others; some have bands and signs."""
    problem = draw(problems())
    people = len(problem.participants)
    ids = tuple(p.participant_id for p in problem.participants)
    sites = tuple(f"S{number}" for number in range(3))
    shared = np.array([draw(st.integers(0, at)) for at in range(people)], dtype=np.int32)
    shared = shared[shared]
    owners = [at for at in range(people) if shared[at] == at]
    cells = [(at, to) for at in owners for to in range(3) if draw(st.integers(0, 3))]
    minutes = [draw(st.integers(-1, 80)) for _ in cells]
    rows = np.array(cells, dtype=np.int32).reshape(-1, 2)
    spread = draw(st.none() | st.integers(1, 9))
    column = np.array(minutes, dtype=np.int32)
    times = TravelTimes(
        participant_ids=ids,
        site_ids=sites,
        participant=rows[:, 0],
        site=rows[:, 1],
        minutes=column,
        low=None if spread is None else np.maximum(column - spread, -1),
        high=None if spread is None else column + spread,
        step_free=None if spread is None else (column % 3 - 1).astype(np.int8),
        shared=shared,
    )
    return replace(problem, travel_times=times)


def own_rows(problem: Problem) -> Problem:
    """The same with rows of their own for everybody."""
    assert problem.travel_times is not None
    return replace(problem, travel_times=table.spelled_out(problem.travel_times))


@examples(60)
@given(sharing())
def test_the_plan_is_the_same(problem: Problem) -> None:
    """Pairs, plan and proof; and verification, which looks up pair by pair, agrees."""
    own = own_rows(problem)
    policy = Policy()
    found = [pairs.eligible(columns.load(each, policy), policy) for each in (problem, own)]
    for name in ("participant", "opening", "minutes", "points"):
        assert np.array_equal(getattr(found[0], name), getattr(found[1], name))
    one, other = (plan(each, policy, Limits(workers=1)) for each in (problem, own))
    assert (one.plan, one.goals, one.status) == (other.plan, other.goals, other.status)
    assert one.plan is not None
    assert verify.violations(problem, policy, one.plan, one.goals) == ()


@given(sharing(), st.integers(0, 2))
def test_every_journey_is_the_same(problem: Problem, fewer: int) -> None:
    """One by one and all at once, with bands and signs; of some sites as of all."""
    drop = {SiteId(f"S{number}") for number in range(fewer)}
    problem = replace(
        problem,
        sites=tuple(s for s in problem.sites if s.site_id not in drop),
        openings=tuple(o for o in problem.openings if o.site_id not in drop),
        placements=(),
        participants=problem.participants[1:],
    )
    own = own_rows(problem)
    for person in problem.participants:
        for place in problem.sites:
            assert between(problem, person, place) == between(own, person, place)
    people, places = len(problem.participants), len(problem.sites)
    who = np.repeat(np.arange(people, dtype=np.int32), places)
    where = np.tile(np.arange(places, dtype=np.int32), people)
    limits = np.array([p.max_travel_minutes for p in problem.participants], dtype=np.int32)
    said = []
    for each in (problem, own):
        atlas = TableAtlas(each)
        journeys = atlas.look_up(who, where)
        near = atlas.within(0, people, limits)
        low, high = atlas.bands(journeys)
        said.append(
            [
                *(journeys.reach, journeys.minutes, low, high, atlas.step_free(journeys)),
                *(near.participant, near.site, near.reach, near.minutes),
            ]
        )
    assert all(np.array_equal(one, other) for one, other in zip(*said, strict=True))


def neighbours() -> TravelTimes:
    """P1 and P2 share 20 minutes to S1; P3 has none."""
    return TravelTimes(
        participant_ids=("P1", "P2", "P3"),
        site_ids=("S1",),
        participant=np.array([0], dtype=np.int32),
        site=np.array([0], dtype=np.int32),
        minutes=np.array([20], dtype=np.int32),
        shared=np.array([0, 0, 2], dtype=np.int32),
    )


def test_a_table_is_written_with_everybodys_rows() -> None:
    """A data set has a row for each pair."""
    people = [participant(name) for name in ("P1", "P2", "P3")]
    problem = replace(problem_of(*people, site(), opening()), travel_times=neighbours())
    assert tables_of(problem)["travel_times"].to_pylist() == [
        {"participant_id": name, "site_id": "S1", "minutes": "20"} for name in ("P1", "P2")
    ]


def test_whom_the_table_does_not_name_it_takes_nowhere() -> None:
    """P4 is not in it: no way, as for P3 who has no rows, and nothing within reach."""
    people = [participant(name) for name in ("P1", "P2", "P3", "P4")]
    problem = replace(problem_of(*people, site(), opening()), travel_times=neighbours())
    atlas, everybody = TableAtlas(problem), np.arange(4, dtype=np.int32)
    found = atlas.look_up(everybody, np.zeros(4, dtype=np.int32))
    assert found.minutes.tolist() == [20, 20, -1, -1]
    assert found.reach.tolist() == [Reach.MINUTES] * 2 + [Reach.UNREACHABLE] * 2
    assert atlas.within(0, 4, np.full(4, 60, dtype=np.int32)).participant.tolist() == [0, 1]


def test_for_how_many_a_row_counts() -> None:
    """For P1 and P2; where nobody shares, for one; rows of their own are spelled out already."""
    own = table.spelled_out(neighbours())
    assert neighbours().people.tolist() == [2]
    assert own.people.tolist() == [1, 1]
    assert table.spelled_out(own) is own


def test_whose_rows_count_is_told_of_everybody() -> None:
    """Of two of three is not enough."""
    with pytest.raises(ValueError, match="every participant"):
        replace(neighbours(), shared=np.array([0, 0], dtype=np.int32))


def test_the_digest_tells_who_shares() -> None:
    """P3 with the others' rows has another way there: other times."""
    everybody = replace(neighbours(), shared=np.zeros(3, dtype=np.int32))
    assert everybody.digest != neighbours().digest
    assert replace(neighbours(), shared=np.array([0, 0, 2], dtype=np.int32)).digest == (
        neighbours().digest
    )


def test_runs() -> None:
    """From 5 two, from 0 none, from 1 three."""
    found = table.runs(np.array([5, 0, 1]), np.array([2, 0, 3]))
    assert found.tolist() == [5, 6, 1, 2, 3]
    assert table.runs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []
