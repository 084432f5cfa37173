"""The best roster of an opening against trying every set of people; in both texts of the loops.

Machine code is invisible to coverage, so every call goes to a Python copy too and must agree.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.solve import halfdays, rosters
from matcher.solve.components import Component
from matcher.solve.layout import Layout, Wide, lay_out
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import component, components, crowded, has_roster

PLAIN = in_python(rosters)
PLENTY = 10**9


@st.composite
def asked(draw: st.DrawFn) -> tuple[Component, Wide]:
    """One opening, up to seven people on up to four half-days, and what each is worth."""
    days, people = draw(st.integers(1, 4)), draw(st.integers(1, 7))
    room = draw(st.lists(st.integers(1, 3), min_size=days, max_size=days))
    habits = draw(st.lists(st.integers(1, (1 << days) - 1), min_size=people, max_size=people))
    weeks = [draw(st.integers(1, min(3, own.bit_count()))) for own in habits]
    part = component(
        [(who, 0) for who in range(people)],
        [[1] * people],
        [draw(st.integers(1, 5))],
        half_days=[room],
        sessions=habits,
        per_week=weeks,
    )
    most = draw(st.sampled_from([2, 9, 1000]))
    worth = draw(st.lists(st.integers(-2, most), min_size=people, max_size=people))
    return part, np.array(worth, dtype=np.int64)


def groups(part: Component, opening: int = 0) -> Iterator[tuple[int, ...]]:
    """Every set of pairs that an opening can take together."""
    there = np.flatnonzero(part.opening == opening).tolist()
    room = part.half_days[opening].tolist()
    for size in range(min(len(there), int(part.seats[opening])) + 1):
        for rows in combinations(there, size):
            weeks = part.per_week[part.participant[list(rows)]].tolist()
            if has_roster(part.sessions[list(rows)].tolist(), weeks, room):
                yield rows


def most(part: Component, worth: Wide, opening: int = 0) -> int:
    """The most that people at an opening can be worth together, by trying it all."""
    return max(int(worth[list(rows)].sum()) for rows in groups(part, opening))


def most_with(part: Component, worth: Wide, row: int) -> int | None:
    """The same if one must come; None if they cannot."""
    totals = [int(worth[list(rows)].sum()) for rows in groups(part) if row in rows]
    return max(totals, default=None)


def best(layout: Layout, worth: Wide, rows: Wide | None = None) -> tuple[int, int, list[int]]:
    """The best roster of the first opening: machine code and Python agree."""
    among = np.arange(len(worth)) if rows is None else rows
    found = [loops.best(layout, 0, among, worth, rosters.MUSTS) for loops in (PLAIN, rosters)]
    (value, bound, people), other = found
    assert (value, bound, people.tolist()) == (*other[:2], other[2].tolist())
    return value, bound, people.tolist()


@given(asked())
@examples(250)
def test_the_best_roster_is_the_best_there_is(given_: tuple[Component, Wide]) -> None:
    """Nobody can do better, and those named have a roster and are worth what is said."""
    part, worth = given_
    value, bound, people = best(lay_out(part), worth)
    assert value == bound == most(part, worth) == worth[people].sum()
    assert tuple(sorted(people)) in set(groups(part))


@given(asked(), st.data())
@examples(60)
def test_only_those_asked_for_come(given_: tuple[Component, Wide], data: st.DataObject) -> None:
    """Some of the rows: what they can be worth together, by their positions among those rows."""
    part, worth = given_
    rows = np.array(sorted(data.draw(st.sets(st.sampled_from(range(len(worth)))))), dtype=np.int64)
    value, bound, people = best(lay_out(part), worth[rows], rows)
    alone = np.full_like(worth, -1)
    alone[rows] = worth[rows]
    assert value == bound == most(part, alone) == worth[rows[people]].sum()


@given(asked())
@examples(150)
def test_with_somebody_who_must_come(given_: tuple[Component, Wide]) -> None:
    """Exactly the best with that person, where half-days bind; nobody else is ever forced out."""
    part, worth = given_
    layout, rows = lay_out(part), np.arange(len(worth))
    assume(layout.binds[0])
    for row in range(len(worth)):
        found, other = (
            loops.best_with(layout, 0, (rows, worth), rosters.MUSTS, row)
            for loops in (rosters, PLAIN)
        )
        assert found == other == most_with(part, worth, row)


def losses(layout: Layout, worth: Wide, enough: int) -> Wide:
    """What every row takes off: machine code and Python agree."""
    lost, other = np.full_like(worth, -1), np.full_like(worth, -1)
    rosters.losses(layout, worth, rosters.MUSTS, enough, lost)
    PLAIN.losses(layout, worth, rosters.MUSTS, enough, other)
    assert lost.tolist() == other.tolist()
    return lost


@given(asked(), st.sampled_from([-1, 0, 1, 3, 100, PLENTY]))
@examples(200)
def test_losses_are_never_overstated(given_: tuple[Component, Wide], enough: int) -> None:
    """At most the best less the best with that row; exactly that where it is looked at closely."""
    part, worth = given_
    lost = losses(lay_out(part), worth, enough)
    for row in range(len(worth)):
        with_row = most_with(part, worth, row)
        if with_row is not None:
            true = most(part, worth) - with_row
            assert 0 <= lost[row] <= true
            assert enough < PLENTY or lost[row] == true


@given(asked(), st.sampled_from([0, 1, 2, 5]), st.sampled_from([0, rosters.TABLE]))
@examples(200)
def test_a_search_given_up_still_bounds(
    given_: tuple[Component, Wide], nodes: int, table: int
) -> None:
    """After a few rosters: the best so far is lawful, and nothing exceeds the bound."""
    part, worth = given_
    layout, rows = lay_out(part), np.arange(len(worth))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PLAIN, "NODES", nodes)
        patch.setattr(PLAIN, "TABLE", table)
        value, bound, people = PLAIN.best(layout, 0, rows, worth, rosters.MUSTS)
        lost = np.zeros_like(worth)
        PLAIN.losses(layout, worth, rosters.MUSTS, PLENTY, lost)
    assert value == worth[people].sum() <= most(part, worth) <= bound
    assert tuple(sorted(people.tolist())) in set(groups(part))
    for row in range(len(worth)):
        with_row = most_with(part, worth, row)
        assert with_row is None or lost[row] <= bound - with_row


@given(asked())
@examples(60)
def test_a_small_table_changes_nothing(given_: tuple[Component, Wide]) -> None:
    """A knapsack without half-days bounds less, but the search ends where it ended."""
    part, worth = given_
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PLAIN, "TABLE", 0)
        assert best(lay_out(part), worth)[0] == most(part, worth)


@given(st.one_of(components(), crowded()), st.data())
@examples(100)
def test_openings_are_priced_one_by_one(part: Component, data: st.DataObject) -> None:
    """The sum of their best rosters, whose rows are marked; other openings stay as they were."""
    layout = lay_out(part)
    worth = np.array(
        data.draw(st.lists(st.integers(-2, 9), min_size=len(part), max_size=len(part))),
        dtype=np.int64,
    )
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, len(part.seats))] * 2)))
    by_pair = np.empty_like(worth)
    by_pair[layout.pair] = worth
    picked, other = (np.ones(len(part), dtype=np.bool_) for _ in range(2))
    total = rosters.price(layout, worth, rosters.MUSTS, (low, high), picked)
    assert total == PLAIN.price(layout, worth, rosters.MUSTS, (low, high), other)
    assert picked.tolist() == other.tolist()
    each = {opening: most(part, by_pair, opening) for opening in range(low, high)}
    assert total == sum(each.values())
    for opening in range(len(part.seats)):
        mine = picked & (layout.opening == opening)
        if opening in each:
            assert worth[mine].sum() == each[opening]
            assert tuple(sorted(layout.pair[mine].tolist())) in set(groups(part, opening))
        else:
            assert mine.sum() == (layout.opening == opening).sum()


def thousand(sessions: list[int]) -> Layout:
    """An opening of 1,000 seats with room for 600 on each of two half-days."""
    pairs = [(who, 0) for who in range(len(sessions))]
    return lay_out(
        component(pairs, [[1] * len(pairs)], [1000], half_days=[[600, 600]], sessions=sessions)
    )


def test_a_thousand_seats() -> None:
    """1,100 people who come once, on either half-day: the thousand dearest, proven."""
    worth = np.random.default_rng(5).permutation(1100) + 1
    layout = thousand([0b11] * 1100)
    value, bound, people = rosters.best(layout, 0, np.arange(1100), worth, rosters.MUSTS)
    assert layout.binds[0]
    assert value == bound == sum(range(101, 1101)) == worth[people].sum()


def test_a_thousand_seats_whose_half_days_are_short() -> None:
    """750 dear people on one half-day, 750 cheap ones on the other: 600 dear ones and 400 others.

    The search is given up: the bound is that of seats alone, 750 dear ones and 250 others.
    """
    worth = np.concatenate([np.arange(1001, 1751), np.arange(1, 751)])
    layout = thousand([0b01] * 750 + [0b10] * 750)
    value, bound, people = rosters.best(layout, 0, np.arange(1500), worth, rosters.MUSTS)
    assert value == worth[people].sum() == sum(range(1151, 1751)) + sum(range(351, 751))
    assert bound == sum(range(1001, 1751)) + sum(range(501, 751))


def test_wide_open_half_days() -> None:
    """Nine half-days with room for 4,000 each, one for one person; two people want that one.

    The dearer one comes: 36,001 places are a lot, and yet only one of them counts.
    """
    part = component([(0, 0), (1, 0)], [[1, 1]], [2], half_days=[[1, *[4000] * 9]],
                     sessions=[1, 1])  # fmt: skip
    assert best(lay_out(part), np.array([5, 4])) == (5, 5, [0])


@pytest.mark.parametrize("days", [[5], [1]])
def test_nobody_comes_where_there_is_no_seat(days: list[int]) -> None:
    """No seats, whatever room the half-days have: nothing is gained."""
    part = component([(0, 0), (1, 0)], [[1, 1]], [0], half_days=[days], sessions=[1, 1])
    assert best(lay_out(part), np.array([5, 4])) == (0, 0, [])


def test_two_who_come_once_beat_one_who_comes_twice() -> None:
    """Two half-days of one person each: worth 5 for both, or 3 + 3 for one each."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], half_days=[[1, 1]],
                     sessions=[3, 1, 2], per_week=[2, 1, 1])  # fmt: skip
    assert best(lay_out(part), np.array([5, 3, 3])) == (6, 6, [1, 2])
    assert best(lay_out(part), np.array([7, 3, 3])) == (7, 7, [0])


def test_whoever_comes_too_often_for_what_is_left_is_passed_over() -> None:
    """With P0 there is one half-day left: P1 would come on two, P2 comes on one."""
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [3], half_days=[[1, 1]],
                     sessions=[3, 3, 3], per_week=[1, 2, 1])  # fmt: skip
    assert best(lay_out(part), np.array([6, 5, 3])) == (9, 9, [0, 2])
    assert best(lay_out(part), np.array([5, 9, 3])) == (9, 9, [1])


def test_a_very_large_opening_is_not_looked_at_closely() -> None:
    """200 people for 100 seats, each half-day for 20: a lawful roster, and a bound above it.

    Nobody is told to take anything off but those who are worth less than nothing.
    """
    people, dice = 200, np.random.default_rng(1)
    part = component([(person, 0) for person in range(people)], [[1] * people], [100],
                     half_days=[[20] * 10], per_week=dice.integers(1, 4, people).tolist(),
                     sessions=(dice.integers(1, 128, people) | 7).tolist())  # fmt: skip
    layout, rows = lay_out(part), np.arange(people)
    worth = dice.integers(-5, 100, people)
    value, bound, chosen = rosters.best(layout, 0, rows, worth, rosters.MUSTS)
    assert value == worth[chosen].sum() <= bound
    assert 2 * value > bound
    assert not len(halfdays.crowded(part, np.sort(layout.pair[chosen])))
    lost = np.full(people, -1)
    rosters.losses(layout, worth, rosters.MUSTS, PLENTY, lost)
    assert lost.tolist() == np.maximum(0, -worth).tolist()
