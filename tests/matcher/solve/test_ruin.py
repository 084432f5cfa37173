"""Ruin and recreate: whatever it does, the board is a lawful plan; in both texts of the loops."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.solve import rosters, ruin
from matcher.solve.components import Component
from matcher.solve.layout import Layout, lay_out
from matcher.solve.ruin import NOBODY, Aim, Board
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import (
    all_plans,
    component,
    components,
    crowded,
    is_plan,
)

PLAIN = in_python(ruin)
PLAIN.best = in_python(rosters).best

Case = tuple[Component, Board, Aim]


def aim_of(layout: Layout, goal: int, worth: list[int], price: list[int]) -> Aim:
    """To raise a goal, by these worths and prices."""
    used = np.diff(layout.first) > 0
    return Aim(
        worth=np.array(worth, dtype=np.int64),
        price=np.array(price, dtype=np.int64),
        goal=goal,
        seekers=np.flatnonzero(np.diff(layout.own_first) > 0),
        hot=np.flatnonzero(layout.binds & used),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component, a lawful plan to begin with, and any worths and prices."""
    part = draw(st.one_of(components(), crowded()))
    assume(len(part))
    layout = lay_out(part)
    plans = [chosen for chosen, _ in all_plans(part)]
    chosen = plans[draw(st.integers(0, len(plans) - 1))]
    rows = np.flatnonzero(np.isin(layout.pair, chosen))
    goal = draw(st.integers(0, len(part.gain) - 1))
    extra = st.lists(st.integers(-2, 50), min_size=len(part), max_size=len(part))
    people = len(part.per_week)
    price = st.lists(st.integers(0, 60), min_size=people, max_size=people)
    aim = aim_of(layout, goal, (layout.gain[:, goal] + draw(extra)).tolist(), draw(price))
    return part, ruin.board(layout, rows, draw(st.integers(0, 99))), aim


def copied(board: Board) -> Board:
    """The same board, to be changed on its own."""
    return Board(*(array.copy() for array in board))


def said(board: Board) -> list[list[int]]:
    """All that a board says, to compare."""
    return [array.tolist() for array in board]


def holds(part: Component, board: Board) -> None:
    """The plan and the best one are lawful and reach what is said; nothing is left behind."""
    layout = lay_out(part)
    for at, total in ((board.at, board.total), (board.best_at, board.best_total)):
        people = np.flatnonzero(at != NOBODY)
        rows = at[people]
        assert layout.person[rows].tolist() == people.tolist()
        assert is_plan(part, layout.pair[rows].tolist())
        assert layout.gain[rows].sum(axis=0).tolist() == total.tolist()
    desks = layout.desk[np.flatnonzero(board.at != NOBODY)]
    used = np.bincount(desks[desks != NOBODY], minlength=len(layout.starts))
    assert (board.free == layout.starts - used).all()
    assert not board.emptied.any()
    assert not board.barred.any()


@given(cases(), st.sampled_from([0, 1, 7, 40]), st.sampled_from([0.0, 0.1, 3.0, 1e6]))
@examples(150)
def test_the_board_stays_lawful_and_the_best_plan_is_kept(
    case: Case, rounds: int, heat: float
) -> None:
    """After any rounds at any heat; both texts draw the same dice and end at the same board."""
    part, board, aim = case
    start, twin = tuple(board.total), copied(board)
    ruin.ruin(lay_out(part), board, aim, rosters.MUSTS, (heat, 0.0, rounds))
    holds(part, board)
    assert tuple(board.best_total) >= max(start, tuple(board.total))
    PLAIN.ruin(lay_out(part), twin, aim, rosters.MUSTS, (heat, 0.0, rounds))
    assert said(board) == said(twin)


@given(cases())
@examples(60)
def test_when_it_is_cold_nothing_is_lost(case: Case) -> None:
    """Round by round the goals, in their order, never fall; so the plan is the best so far."""
    part, board, aim = case
    for _ in range(25):
        before = tuple(board.total)
        ruin.ruin(lay_out(part), board, aim, rosters.MUSTS, (0.0, 0.0, 1))
        assert tuple(board.total) >= before
        assert tuple(board.best_total) == tuple(board.total)
    holds(part, board)


@given(cases(), st.sampled_from([0.1, 1e6]))
@examples(60)
def test_goals_before_the_one_that_is_raised_never_fall(case: Case, heat: float) -> None:
    """However hot: only the goal that is raised may fall for a while, not those before it."""
    part, board, aim = case
    for _ in range(25):
        before = tuple(board.total[: aim.goal])
        ruin.ruin(lay_out(part), board, aim, rosters.MUSTS, (heat, heat, 1))
        assert tuple(board.total[: aim.goal]) >= before


@given(cases(), st.integers(0, 9))
@examples(30)
def test_the_same_seed_gives_the_same_plan(case: Case, seed: int) -> None:
    """Twice from the same plan with the same dice."""
    part, board, aim = case
    layout = lay_out(part)
    chosen = board.at[board.at != NOBODY]
    boards = [ruin.board(layout, chosen, seed) for _ in range(2)]
    for each in boards:
        ruin.ruin(layout, each, aim, rosters.MUSTS, (0.5, 0.0, 50))
    assert said(boards[0]) == said(boards[1])


def test_somebody_makes_room() -> None:
    """P0 sits at O0, the only place that P1 could have; P0 moves to O1, and both have one."""
    part = component([(0, 0), (0, 1), (1, 0)], [[1, 1, 1]], [1, 1])
    layout = lay_out(part)
    board = ruin.board(layout, np.array([0]), 0)
    aim = aim_of(layout, 0, [8, 8, 8], [4, 0])
    ruin.ruin(layout, board, aim, rosters.MUSTS, (0.0, 0.0, 200))
    assert board.best_total.tolist() == [2]


def test_a_better_roster_is_found() -> None:
    """Two half-days of one: P0 takes both; P1 and P2 once each are two people instead of one."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], half_days=[[1, 1]],
                     sessions=[3, 1, 2], per_week=[2, 1, 1])  # fmt: skip
    layout = lay_out(part)
    board = ruin.board(layout, np.array([0]), 0)
    aim = aim_of(layout, 0, [8, 8, 8], [0, 0, 0])
    ruin.ruin(layout, board, aim, rosters.MUSTS, (0.0, 0.0, 50))
    assert board.best_at.tolist() == [NOBODY, 1, 2]


def test_large_openings_are_left_alone() -> None:
    """65 seats are too many for a short round; nor are 40 and 40 emptied together.

    P0 could come to O0, P1 to O1 or O2: P1 comes, P0 does not.
    """
    part = component([(0, 0), (1, 1), (1, 2)], [[1, 1, 1]], [65, 40, 40])
    layout = lay_out(part)
    for loops in (ruin, PLAIN):
        board = ruin.board(layout, np.array([], dtype=np.int64), 0)
        aim = aim_of(layout, 0, [8, 8, 8], [0, 0])
        loops.ruin(layout, board, aim, rosters.MUSTS, (0.0, 0.0, 200))
        assert board.at[0] == NOBODY
        assert board.at[1] != NOBODY


def test_a_search_for_somebody_without_a_place_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has a place: after a try somebody with one is taken all the same."""
    monkeypatch.setattr(PLAIN, "TRIES", 1)
    part = component([(0, 0), (1, 1)], [[1, 1]], [1, 1])
    layout = lay_out(part)
    board = ruin.board(layout, np.array([0, 1]), 0)
    aim = aim_of(layout, 0, [8, 8], [0, 0])
    PLAIN.ruin(layout, board, aim, rosters.MUSTS, (0.0, 0.0, 50))
    assert board.best_total.tolist() == [2]


def test_a_supervisor_starts_no_more_than_the_starts_reach() -> None:
    """Two of one supervisor with one start, and seats for both: its roster is cut."""
    part = component([(0, 0), (1, 0)], [[1, 1]], [2], supervisor=[0, 0], starts=1)
    layout = lay_out(part)
    for loops in (ruin, PLAIN):
        board = ruin.board(layout, np.array([0]), 0)
        loops.ruin(layout, board, aim_of(layout, 0, [8, 8], [0, 0]), rosters.MUSTS, (0.0, 0.0, 50))
        holds(part, board)
        assert board.best_total.tolist() == [1]


def test_what_was_best_is_kept_while_it_is_hot() -> None:
    """P0 is so dear that O0 is rather left empty: that is lived with, and not remembered."""
    part = component([(0, 0)], [[1]], [1])
    layout = lay_out(part)
    for loops in (ruin, PLAIN):
        board = ruin.board(layout, np.array([0]), 0)
        loops.ruin(layout, board, aim_of(layout, 0, [1], [60]), rosters.MUSTS, (1e6, 1e6, 50))
        assert board.total.tolist() == [0]
        assert (board.best_total.tolist(), board.best_at.tolist()) == ([1], [0])


def test_any_seed_is_a_seed() -> None:
    """Seeds of more than 32 bits too."""
    part = component([(0, 0)], [[1]], [1])
    ruin.board(lay_out(part), np.array([0]), 4_000_000_000)


def test_short_is_where_a_seat_is_free() -> None:
    """O0 is full, O1 has one of two seats taken, O2 is empty but is not asked about."""
    part = component([(0, 0), (1, 1), (2, 1), (2, 2)], [[1] * 4], [1, 2, 1])
    layout = lay_out(part)
    at = np.array([0, 1, NOBODY], dtype=np.int64)
    assert ruin.short(layout, at, np.array([0, 1])).tolist() == [1]
    assert ruin.short(layout, np.full(3, NOBODY), np.array([0, 1])).tolist() == [0, 1]
    assert ruin.short(layout, at, np.array([0])).tolist() == []
