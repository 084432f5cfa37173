"""A plan seated says what the plan says, against trying it all; in both texts of the loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.solve import rosters, seating
from matcher.solve.components import NOBODY, Component, Positions
from matcher.solve.layout import Layout, Wide, lay_out
from matcher.solve.seating import JOINS, Seating
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import all_plans, component, components, crowded, fits

PLAIN = in_python(seating)
PARTS = st.one_of(components(), crowded())

Case = tuple[Component, list[int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component and the rows of a lawful plan, in any order."""
    part = draw(PARTS)
    plans = [chosen for chosen, _ in all_plans(part)]
    chosen = plans[draw(st.integers(0, len(plans) - 1))]
    return part, draw(st.permutations(rows_of(lay_out(part), chosen)))


def rows_of(layout: Layout, chosen: Positions) -> list[int]:
    """Where some pairs stand in a layout."""
    return np.flatnonzero(np.isin(layout.pair, chosen)).tolist()


def wide(rows: list[int]) -> Wide:
    """Rows as the loops want them."""
    return np.array(rows, dtype=np.int64)


def seat(layout: Layout, rows: list[int]) -> Seating:
    """A plan seated: machine code and Python agree."""
    made = PLAIN.seat(layout, wide(rows))
    assert said(made) == said(seating.seat(layout, wide(rows)))
    return made


def said(made: Seating) -> list[list[int]]:
    """All that a seating says, to compare."""
    lengths = made.seat_first[:-1], made.people
    there = [made.there[low : low + count].tolist() for low, count in zip(*lengths, strict=True)]
    others = made._replace(there=made.people)
    return [array.tolist() for array in others] + there


def there_of(layout: Layout, rows: list[int], opening: int) -> list[int]:
    """The rows among some that are an opening's, ascending."""
    return sorted(row for row in rows if layout.opening[row] == opening)


def agree(part: Component, layout: Layout, rows: list[int]) -> bool:
    """Whether the people at each opening have a roster there."""
    return fits(part, layout.pair[rows].tolist(), {})


@given(cases())
@examples(80)
def test_everybody_is_where_the_plan_says(case: Case) -> None:
    """By person, by opening and by supervisor: who is there, and what is left."""
    part, rows = case
    layout = lay_out(part)
    made = seat(layout, rows)
    where = dict(zip(layout.person[rows].tolist(), rows, strict=True))
    people = range(len(part.per_week))
    assert made.at.tolist() == [where.get(person, NOBODY) for person in people]
    desks = part.supervisor[list(where)]
    used = np.bincount(desks[desks != NOBODY], minlength=len(layout.starts))
    assert made.free.tolist() == (layout.starts - used).tolist()
    for opening, count in enumerate(made.people):
        low = made.seat_first[opening]
        there = there_of(layout, rows, opening)
        assert sorted(made.there[low : low + count].tolist()) == there
    assert not made.held.any()
    assert made.open.all()
    assert not made.barred.any()


@given(cases())
@examples(60)
def test_every_set_of_half_days_says_what_is_taken(case: Case) -> None:
    """Where half-days bind: what people there must take of a set, and the set's room."""
    part, rows = case
    layout = lay_out(part)
    made = seat(layout, rows)
    for opening in range(len(part.seats)):
        low, high = made.load_first[opening : opening + 2]
        rooms = layout.room[layout.room_first[opening] : layout.room_first[opening + 1]]
        assert high - low == (1 << len(rooms) if layout.binds[opening] else 0)
        for days in range(high - low):
            there = there_of(layout, rows, opening)
            outside = [int(layout.sessions[row] & ~days).bit_count() for row in there]
            must = [
                max(0, int(layout.week[row]) - n) for row, n in zip(there, outside, strict=True)
            ]
            assert made.load[low + days] == sum(must)
            inside = [int(room) for day, room in enumerate(rooms) if days >> day & 1]
            assert made.room[low + days] == sum(inside)


def takes_of(part: Component, layout: Layout, made: Seating) -> list[int]:
    """Whose place each row could take and whether it could join, as bits, by trying it all."""
    found = [0] * len(layout.pair)
    for row, opening in enumerate(layout.opening.tolist()):
        low, count = made.seat_first[opening], made.people[opening]
        there = made.there[low : low + count].tolist()
        if layout.binds[opening] and row not in there:
            for place in range(count):
                left = [*there[:place], *there[place + 1 :], row]
                found[row] |= agree(part, layout, left) << place
            joins = count < layout.seats[opening] and agree(part, layout, [*there, row])
            found[row] |= joins << JOINS
    return found


@given(cases())
@examples(60)
def test_a_row_takes_a_place_if_the_opening_then_has_a_roster(case: Case) -> None:
    """Exactly the people whose place it could take, and whether it could join; nothing else."""
    part, rows = case
    layout = lay_out(part)
    made = seat(layout, rows)
    assert made.takes.tolist() == takes_of(part, layout, made)


@given(cases(), st.data())
@examples(150)
def test_people_move_only_if_every_opening_then_has_a_roster(
    case: Case, data: st.DataObject
) -> None:
    """From a lawful plan to any one within the seats: it is reached, or nothing changes."""
    part, rows = case
    layout = lay_out(part)
    made = PLAIN.seat(layout, wide(rows))
    plans = [chosen for chosen, _ in all_plans(part, half_days=False)]
    wanted = rows_of(layout, plans[data.draw(st.integers(0, len(plans) - 1))])
    gone = data.draw(st.permutations([row for row in rows if row not in wanted]))
    come = data.draw(st.permutations([row for row in wanted if row not in rows]))
    moved = PLAIN.move(layout, made, come, gone, rosters.MUSTS)
    assert moved == agree(part, layout, wanted)
    anew = PLAIN.seat(layout, wide(wanted if moved else rows))
    assert plain(made) == plain(anew)
    for opening in range(len(part.seats) if moved else 0):
        PLAIN.judge(layout, made, opening, rosters.MUSTS)
    assert made.takes.tolist() == takes_of(part, layout, made)


def plain(made: Seating) -> list[list[int]]:
    """All that a seating says of who is where, but not the order in which they stand there."""
    lengths = zip(made.seat_first[:-1], made.people, strict=True)
    there = [sorted(made.there[low : low + count].tolist()) for low, count in lengths]
    return [array.tolist() for array in (made.at, made.free, made.people, made.load)] + there


def test_a_move_that_fails_changes_nothing() -> None:
    """P2 cannot come instead of P1, who is first: it is still P0 whose place P2 could take.

    Half-days of one: P0 and P2 come on the first, P1 on the second. Who can take whose place is
    known by the places of those who are there, in their order.
    """
    part = component([(0, 0), (1, 0), (2, 0)], [[1, 1, 1]], [2], half_days=[[1, 1]],
                     sessions=[1, 2, 1])  # fmt: skip
    layout = lay_out(part)
    made = PLAIN.seat(layout, wide([1, 0]))
    assert not PLAIN.move(layout, made, [2], [1], rosters.MUSTS)
    there = dict(enumerate(made.there.tolist()))
    assert [there[place] for place in range(2) if made.takes[2] >> place & 1] == [0]


def test_only_the_first_62_can_be_replaced() -> None:
    """64 people come once, on one half-day; three more could join them or replace most of them.

    Two of 66 seats are free, and one of 65 places on the half-day.
    """
    pairs = [(who, 0) for who in range(67)]
    part = component(pairs, [[1] * 67], [66], half_days=[[65, 9]], sessions=[1] * 67)
    layout = lay_out(part)
    made = seat(layout, list(range(64)))
    assert layout.binds[0]
    assert made.takes.tolist() == [0] * 64 + [(1 << JOINS + 1) - 1] * 3


@st.composite
def stacks(draw: st.DrawFn) -> tuple[Wide, list[int], list[int]]:
    """Gains of some rows, and some that come and some that go, as often as one likes."""
    goals, count = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    most = draw(st.sampled_from([1, 3, 1000, 30_000 if goals < 4 else 1_500]))
    row = st.lists(st.sampled_from([0, 1, most - 1, most]), min_size=goals, max_size=goals)
    gain = np.array(draw(st.lists(row, min_size=count, max_size=count)), dtype=np.int64)
    often = st.lists(st.integers(0, 100), min_size=count, max_size=count)
    return gain, draw(often), draw(often)


def at_most(often: list[int], longest: int) -> Wide:
    """How often each row is taken, cut off after so many in all."""
    return np.diff(np.minimum(np.cumsum(often), longest), prepend=0)


@given(stacks())
@examples(200)
def test_stacked_goals_keep_their_order(given_: tuple[Wide, list[int], list[int]]) -> None:
    """As many rows as a chain may have come and go: the dearest goal that differs decides.

    And what they add to every goal can be told from what they add to all.
    """
    gain, come, gone = given_
    worth, longest = seating.stacked(gain)
    differs = at_most(come, longest) - at_most(gone, longest)
    goals = (differs @ gain).tolist()
    total = int(differs @ worth)
    assert np.sign(total) == np.sign(next(filter(None, goals), 0))
    assert seating.unstacked(gain, total) == tuple(goals)


@pytest.mark.parametrize(
    ("peak", "longest"),
    [(1, 100), (6_000, 100), (10_000, 50), (20_000, 25), (40_000, 12), (100_000, 3)],
)
def test_chains_are_shorter_where_goals_are_large(peak: int, longest: int) -> None:
    """Three goals up to a peak; one unit of a goal outweighs as many peaks of those after it."""
    gain = np.array([[peak, peak, peak], [1, 0, 0], [0, peak, peak], [0, 1, 0], [0, 0, peak]])
    worth, found = seating.stacked(gain)
    assert found == longest
    _, dear, cheap, middle, last = (int(value) for value in worth)
    assert dear > longest * cheap
    assert middle > longest * last
    assert int(worth.max()) * longest < seating.SAFE_RANGE


def test_goals_too_large_to_be_stacked() -> None:
    """Three goals of 1,000,000 are beyond 64 bits even for chains of three: that is said."""
    with pytest.raises(OverflowError, match="too large"):
        seating.stacked(np.full((1, 3), 1_000_000))


def test_no_rows_and_no_goals_weigh_nothing() -> None:
    """Nothing to stack: chains may be long, and rows are worth 0 where there is no goal."""
    for shape in ((0, 3), (2, 0)):
        worth, longest = seating.stacked(np.zeros(shape, dtype=np.int64))
        assert (worth.tolist(), longest) == ([0] * shape[0], seating.LENGTHS[0])


@pytest.mark.parametrize("people", [0, 2])
def test_nobody_who_could_come(people: int) -> None:
    """An opening without pairs, with people or without: nobody is anywhere."""
    part = component([], [[], []], seats=[2], per_week=[1] * people)
    made = seat(lay_out(part), [])
    assert made.at.tolist() == [NOBODY] * people
    assert made.people.tolist() == [0]
