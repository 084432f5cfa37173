"""Small moves: lawful, never a loss, and each kind where it is the only one that helps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.solve import halfdays, moves, squeeze
from matcher.solve.components import Component
from tests.matcher.solve.small import (
    budget,
    choices,
    component,
    components,
    crowded,
    fits,
    has_roster,
    lawful,
)


@given(st.data(), st.one_of(components(), crowded()))
@settings(max_examples=120)
def test_a_plan_stays_lawful_and_never_gets_worse(data: st.DataObject, part: Component) -> None:
    """From any lawful plan: all limits hold, and no goal is lost in order."""
    plans = [rows for rows in choices(part) if lawful(part, rows) and fits(part, rows, {})]
    start = np.array(data.draw(st.sampled_from(plans)), dtype=np.int64)
    found = moves.improve(part, start, budget())
    rows = tuple(found.tolist())
    assert rows == tuple(sorted(rows))
    assert lawful(part, rows)
    assert fits(part, rows, {})
    assert halfdays.rosters(part, found).full.all()
    assert part.values(found) >= part.values(start)


@given(
    st.lists(st.tuples(st.integers(1, 15), st.integers(1, 3)), min_size=1, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
@settings(max_examples=150)
def test_what_must_be_taken_of_every_set_decides_whether_there_is_a_roster(
    people: list[tuple[int, int]], room: list[int]
) -> None:
    """Gale and Hoffman: adding vectors says the same as trying every roster."""
    part = component(
        [(who, 0) for who in range(len(people))],
        [[1] * len(people)],
        [4],
        half_days=[room],
        sessions=[sessions for sessions, _ in people],
        per_week=[week for _, week in people],
    )
    load = sum(squeeze.musts(part, pair).astype(int) for pair in range(len(part)))
    allowed = bool((load <= squeeze.room(part, np.array([0]))[0]).all())
    weeks = [week for _, week in people]
    assert allowed is has_roster([sessions for sessions, _ in people], weeks, room)


@pytest.mark.parametrize(
    ("pairs", "worth", "start", "end"),
    [
        pytest.param([(0, 0)], [1], [], [0], id="comes in where there is room"),
        pytest.param([(0, 0), (0, 1)], [1, 2], [0], [1], id="moves to a better place"),
        pytest.param([(0, 0), (1, 0)], [1, 2], [0], [1], id="the better one takes the place"),
        pytest.param(
            [(0, 0), (0, 1), (1, 0)], [2, 1, 2], [0], [1, 2], id="another moves to make room"
        ),
        pytest.param(
            [(0, 0), (0, 1), (1, 0), (1, 1)], [1, 2, 2, 1], [0, 3], [1, 2], id="two trade places"
        ),
    ],
)
def test_each_kind_of_move(
    pairs: list[tuple[int, int]], worth: list[int], start: list[int], end: list[int]
) -> None:
    """One seat at each opening; the move named is the only one that helps."""
    part = component(pairs, [worth], [1, 1][: 1 + max(where for _, where in pairs)])
    assert moves.improve(part, np.array(start, dtype=np.int64), budget()).tolist() == end


def test_a_supervisor_takes_no_more_starts_than_allowed() -> None:
    """Both have the same supervisor, who can take one start: the second stays out."""
    part = component([(0, 0), (1, 1)], [[1, 1]], [1, 1], supervisor=[0, 0], starts=1)
    assert moves.improve(part, np.array([0]), budget()).tolist() == [0]


def test_nothing_is_moved_when_the_clock_has_stopped() -> None:
    """The plan comes back as it was."""
    part = component([(0, 0)], [[1]], [1])
    assert moves.improve(part, np.zeros(0, dtype=np.int64), budget(seconds=0.0)).tolist() == []


def test_half_days_decide_who_fits_together() -> None:
    """Two seats, one person on each of two half-days: who shares no half-day comes in."""
    part = component(
        [(0, 0), (1, 0), (2, 0)],
        [[1, 1, 1]],
        [2],
        half_days=[[1, 1]],
        sessions=[0b01, 0b01, 0b10],
    )
    assert moves.improve(part, np.array([0]), budget()).tolist() == [0, 2]


def test_it_ends_after_so_many_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sweep is enough for somebody to come in, and then it ends."""
    monkeypatch.setattr(moves, "SWEEPS", 1)
    part = component([(0, 0), (1, 1)], [[1, 1]], [1, 1])
    assert moves.improve(part, np.array([1]), budget()).tolist() == [0, 1]
