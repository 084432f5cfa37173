"""Rosters: exact where one exists, and true bounds where none does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.graph.python import max_flow

from matcher.solve import flow, halfdays
from matcher.solve.components import Component
from tests.examples import examples
from tests.matcher.solve.small import (
    all_values,
    choices,
    component,
    components,
    cuts_allow,
    days_of,
    fits,
    has_roster,
    lawful,
)

SETS = st.integers(1, 15)


@given(
    st.lists(st.tuples(SETS, st.integers(1, 4)), max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
@examples(200)
def test_a_roster_is_found_where_one_exists(
    people: list[tuple[int, int]], room: list[int]
) -> None:
    """One opening, four half-days: found exactly where trying everything finds one; and it holds.

    Who wants more half-days than there are in common makes it impossible.
    """
    part = component(
        [(who, 0) for who in range(len(people))],
        [[1] * len(people)],
        [4],
        half_days=[room],
        sessions=[sessions for sessions, _ in people],
        per_week=[week for _, week in people],
    )
    found = halfdays.rosters(part, np.arange(len(people)))
    weeks = [week for _, week in people]
    possible = has_roster([sessions for sessions, _ in people], weeks, room)
    assert possible is cuts_allow([s for s, _ in people], weeks, [*room, *[0] * 6])
    assert bool(found.full.all()) is possible
    assert halfdays.crowded(part, np.arange(len(people))).tolist() == [0] * (not possible)
    holds(part, found)


def holds(part: Component, found: halfdays.Rosters) -> None:
    """Only common half-days, at most so often as wanted, within the room of each."""
    comers = np.zeros(10, dtype=np.int64)
    for given_, own, full, week in zip(
        found.half_days, part.sessions, found.full, part.per_week, strict=True
    ):
        assert given_ & ~own == 0
        assert len(days_of(given_)) <= week
        assert full == (len(days_of(given_)) == week)
        comers[days_of(given_)] += 1
    assert (comers <= part.half_days[0]).all()


def test_nobody_chosen_needs_no_roster() -> None:
    """An empty choice is not crowded anywhere."""
    part = component([(0, 0)], [[1]], seats=[1])
    nobody = np.zeros(0, dtype=np.int64)
    assert halfdays.rosters(part, nobody).half_days.tolist() == []
    assert halfdays.crowded(part, nobody).tolist() == []


def test_openings_do_not_share_half_days() -> None:
    """Monday at O0 is not Monday at O1: one person at each, both come."""
    part = component([(0, 0), (1, 1)], [[1, 1]], [1, 1], half_days=[[1], [1]], sessions=[1, 1])
    assert halfdays.rosters(part, np.arange(2)).half_days.tolist() == [1, 1]


@given(components())
@examples(60)
def test_the_bound_on_seats_is_true(part: Component) -> None:
    """No lawful choice puts more people anywhere than the bound; the bound is within the seats."""
    bound = halfdays.seat_bound(part)
    assert (bound <= part.seats).all()
    known: dict[tuple[int, ...], bool] = {}
    for rows in choices(part):
        if lawful(part, rows) and fits(part, rows, known):
            there = np.bincount(part.opening[list(rows)], minlength=len(bound))
            assert (there <= bound).all()


@pytest.mark.parametrize(
    ("weeks", "bound"), [([1, 1, 1], 3), ([1, 2, 2], 2), ([2, 2, 2], 2), ([3, 4, 4], 1)]
)
def test_the_bound_on_seats_takes_those_who_come_least(weeks: list[int], bound: int) -> None:
    """Four half-days of one person each: 1+1+1, 1+2, 2+2 and 3 go into four."""
    part = component(
        [(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], half_days=[[1] * 4], per_week=weeks
    )
    assert halfdays.seat_bound(part).tolist() == [bound]


@given(components())
@examples(60)
def test_where_half_days_cannot_bind_they_do_not(part: Component) -> None:
    """Where no opening is binding, leaving half-days out changes nothing."""
    if not halfdays.binding(part).any():
        assert all_values(part) == all_values(part, half_days=False)


@pytest.mark.parametrize(
    ("seats", "room", "binds"), [(2, 2, False), (2, 1, True), (1, 1, False), (3, 2, False)]
)
def test_half_days_bind_where_more_can_come_than_there_is_room(
    seats: int, room: int, *, binds: bool
) -> None:
    """Two people want the same half-day: room for two, or one seat, is enough."""
    part = component([(0, 0), (1, 0)], [[1, 1]], [seats], half_days=[[room]], sessions=[1, 1])
    assert halfdays.binding(part).tolist() == [binds]


@given(components())
@examples(60)
def test_whoever_stays_has_a_roster(part: Component) -> None:
    """From any choice: whom is let go is enough, and nobody is let go where it is not crowded."""
    for rows in list(choices(part))[-20:]:
        chosen = np.array(rows, dtype=np.int64)
        crowd = halfdays.crowded(part, chosen)
        away = halfdays.without_last(part, chosen, crowd)
        assert set(part.opening[away].tolist()) <= set(crowd.tolist())
        stay = np.setdiff1d(chosen, away)
        assert halfdays.rosters(part, stay).full.all()
        assert len(away) >= len(crowd)


def test_the_one_who_adds_least_is_let_go() -> None:
    """One half-day, one person: P1 adds more to the second goal, so P0 goes."""
    part = component([(0, 0), (1, 0)], [[1, 1], [3, 5]], [2], half_days=[[1]], sessions=[1, 1])
    assert halfdays.without_last(part, np.arange(2), np.array([0])).tolist() == [0]


def test_those_who_come_least_stay() -> None:
    """Two half-days: P0 takes both, P1 and P2 one each; two people are more than one."""
    part = component(
        [(0, 0), (1, 0), (2, 0)],
        [[1, 1, 1]],
        [3],
        half_days=[[1, 1]],
        sessions=[3, 3, 3],
        per_week=[2, 1, 1],
    )
    assert halfdays.without_last(part, np.arange(3), np.array([0])).tolist() == [0]


class Broken(max_flow.SimpleMaxFlow):
    """A solver that says that it could not."""

    def solve(self, *_: int) -> object:
        """Not even try."""
        return self.BAD_INPUT


def test_a_roster_flow_that_ends_badly_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that gives up has proven nothing: no roster is made of it."""
    part = component([(0, 0)], [[1]], seats=[1])
    monkeypatch.setattr(max_flow, "SimpleMaxFlow", Broken)
    with pytest.raises(RuntimeError, match="max-flow"):
        halfdays.rosters(part, np.arange(1))
    with pytest.raises(RuntimeError, match="max-flow"):
        flow.fullest(part, part.seats)


def test_what_is_left_when_some_stand_where_half_days_bind() -> None:
    """P0 stands at the café, so its other pair is out; P1 does not, and may be at the shop."""
    part = component([(0, 0), (0, 1), (1, 0), (1, 1)], [[1] * 4], [2, 2], per_week=[1, 1])
    at_cafe = part.opening == 0
    assert halfdays.elsewhere(part, at_cafe, np.array([0])).tolist() == [False, False, False, True]
    nobody = np.zeros(0, dtype=np.int64)
    assert halfdays.elsewhere(part, at_cafe, nobody).tolist() == [False, True, False, True]
