"""Places: who gives way, what a seat is worth, who comes first; the compiled loops and Python."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.solve import places, rosters, seating
from matcher.solve.components import NOBODY, Component
from matcher.solve.layout import Layout, lay_out
from matcher.solve.seating import Seating
from matcher.solve.ways import Ways, look, new_ways
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import (
    Values,
    all_plans,
    all_values,
    component,
    components,
    crowded,
    is_plan,
)

PLAIN = in_python(places)
Case = tuple[Component, list[int]]


@st.composite
def cases(draw: st.DrawFn, *, loose: bool = False) -> Case:
    """A component and the positions of a lawful plan of it."""
    part = draw(components(loose=loose) if loose else st.one_of(components(), crowded()))
    plans = [chosen.tolist() for chosen, _ in all_plans(part)]
    return part, plans[draw(st.integers(0, len(plans) - 1))]


def rows_of(layout: Layout, pairs: list[int]) -> list[int]:
    """The rows of some pairs."""
    return [int(np.flatnonzero(layout.pair == pair)[0]) for pair in pairs]


def seated(part: Component, pairs: list[int]) -> tuple[Layout, Seating]:
    """A plan seated."""
    layout = lay_out(part)
    return layout, seating.seat(layout, np.array(rows_of(layout, pairs), dtype=np.int64))


def pairs_in(layout: Layout, made: Seating) -> list[int]:
    """The pairs of a seating, ascending."""
    return sorted(layout.pair[made.at[made.at != NOBODY]].tolist())


def ways_of(layout: Layout, made: Seating) -> Ways:
    """What is best to do with everybody."""
    ways = new_ways(made)
    look(layout, made, ways)
    return ways


def enter(part: Component, pairs: list[int], row: int, loops: object) -> tuple[bool, list[int]]:
    """Whether somebody could enter a plan, and the pairs then."""
    layout, made = seated(part, pairs)
    done = loops.enter(layout, made, ways_of(layout, made), row, rosters.MUSTS)
    if done:
        assert made.held[layout.person[row]]
        fresh = seated(part, pairs_in(layout, made))[1]
        assert made.free.tolist() == fresh.free.tolist()
        assert made.people.tolist() == fresh.people.tolist()
        assert made.load.tolist() == fresh.load.tolist()
    return done, pairs_in(layout, made) if done else []


@given(cases(), st.data())
@examples(120)
def test_whoever_enters_is_there_and_the_plan_is_lawful(case: Case, data: st.DataObject) -> None:
    """False exactly where no plan has the pair; else nobody but the one who enters comes anew."""
    part, pairs = case
    assume(len(part))
    row = data.draw(st.integers(0, len(part) - 1))
    layout = lay_out(part)
    wanted = int(layout.pair[row])
    done, after = enter(part, pairs, row, PLAIN)
    assert (done, after) == enter(part, pairs, row, places)
    assert done == any(wanted in chosen for chosen, _ in all_plans(part))
    if done:
        assert is_plan(part, after)
        assert wanted in after
        assert set(after) <= {*pairs, wanted}


@given(cases(loose=True), st.data())
@examples(60)
def test_the_one_who_loses_least_gives_way(case: Case, data: st.DataObject) -> None:
    """At a full opening without binding half-days one goes: by this place and the next best."""
    part, pairs = case
    part = replace(part, supervisor=np.full_like(part.supervisor, NOBODY))
    assume(len(part))
    row = data.draw(st.integers(0, len(part) - 1))
    layout, made = seated(part, pairs)
    ways = ways_of(layout, made)
    before = {int(layout.opening[at]): [] for at in range(len(layout.pair))}
    for at in made.at[made.at != NOBODY].tolist():
        before[int(layout.opening[at])].append(at)
    _, after = enter(part, pairs, row, PLAIN)
    wanted = int(layout.pair[row])
    out = set(pairs) - set(after)
    out = {pair for pair in out if part.participant[pair] != layout.person[row]}
    there = [
        at for at in before[int(layout.opening[row])] if layout.person[at] != layout.person[row]
    ]
    full = wanted not in pairs and len(there) == part.seats[layout.opening[row]]
    assert len(out) == full
    if full:
        loss = {
            int(layout.pair[at]): made.worth[at] - ways.best[layout.person[at]] for at in there
        }
        assert loss[out.pop()] == min(loss.values())


@given(st.one_of(components(), crowded()), st.randoms(use_true_random=False))
@examples(80)
def test_people_settle_one_by_one_while_there_is_room(part: Component, dice: object) -> None:
    """Each in turn comes if the plan with them is lawful, and is left out if not."""
    wanted = {int(part.participant[row]): row for row in dice.sample(range(len(part)), len(part))}
    layout = lay_out(part)
    taken: list[int] = []
    for pair in wanted.values():
        taken += [pair] if is_plan(part, [*taken, pair]) else []
    for loops in (PLAIN, places):
        made = seated(part, [])[1]
        rows = np.array(rows_of(layout, list(wanted.values())), dtype=np.int64)
        loops.settle(layout, made, rows, rosters.MUSTS)
        assert pairs_in(layout, made) == sorted(taken)


def worths(part: Component, loops: object) -> list[Values]:
    """What one more seat is worth in the best plan, by chains."""
    _, pairs = max(((values, chosen.tolist()) for chosen, values in all_plans(part)))
    layout, made = seated(part, pairs)
    found = loops.seat_worths(layout, made, rosters.MUSTS)
    assert pairs_in(layout, made) == sorted(pairs)
    return [seating.unstacked(layout.gain, int(worth)) for worth in found]


@given(components(loose=True))
@examples(80)
def test_a_seat_is_worth_what_trying_it_all_gives(part: Component) -> None:
    """Where nothing but seats binds: the best plan with a seat more, less the best plan."""
    part = replace(part, supervisor=np.full_like(part.supervisor, NOBODY))
    found = worths(part, PLAIN)
    assert found == worths(part, places)
    best = max(all_values(part))
    for opening, worth in enumerate(found):
        seats = part.seats.copy()
        seats[opening] += 1
        more = max(all_values(replace(part, seats=seats)))
        assert worth == tuple(a - b for a, b in zip(more, best, strict=True))


@given(st.one_of(components(), crowded()))
@examples(80)
def test_where_half_days_bind_a_seat_for_nobody_is_worth_nothing(part: Component) -> None:
    """Who comes must have half-days left: nothing is worth less than nothing, compiled or not."""
    found = worths(part, PLAIN)
    assert found == worths(part, places)
    nothing = (0,) * len(part.gain)
    assert all(worth >= nothing for worth in found)
    for opening in range(len(part.seats)):
        rows = np.flatnonzero(part.opening == opening)
        if not len(rows):
            assert found[opening] == nothing


def test_a_long_chain_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no sweep, only those without a place are counted: a seat frees no seat elsewhere.

    P0 is at O0 and would rather be at O1; P1 has no place and could have O0.
    """
    part = component([(0, 0), (0, 1), (1, 0)], [[1, 1, 1]], [1, 0])
    layout, made = seated(part, [0])
    assert PLAIN.seat_worths(layout, made, rosters.MUSTS).tolist() == [1, 1]
    monkeypatch.setattr(PLAIN, "SWEEPS", 0)
    assert PLAIN.seat_worths(layout, made, rosters.MUSTS).tolist() == [1, 0]


def test_whose_start_is_given_up_loses_least() -> None:
    """One supervisor with two starts; P2 enters a free seat, and of P0 and P1 the lesser goes."""
    part = component(
        [(0, 0), (1, 0), (2, 0), (3, 0)],
        [[5, 3, 1, 1]],
        [9],
        supervisor=[0, 0, 0, NOBODY],
        starts=2,
    )
    for loops in (PLAIN, places):
        assert enter(part, [0, 1, 3], 2, loops) == (True, [0, 2, 3])
        assert enter(part, [1, 0, 3], 2, loops) == (True, [0, 2, 3])


def test_where_nobody_can_give_up_a_start() -> None:
    """A supervisor without starts: nobody enters."""
    part = component([(0, 0)], [[1]], [1], supervisor=[0], starts=0)
    assert enter(part, [], 0, PLAIN) == (False, [])


def test_whoever_has_more_to_lose_keeps_the_start() -> None:
    """Two of one supervisor, in the other order: P0 is worth less, and goes."""
    part = component([(0, 0), (1, 0), (2, 0)], [[3, 5, 1]], [9], supervisor=[0, 0, 0], starts=2)
    assert enter(part, [0, 1], 2, PLAIN) == (True, [1, 2])


@pytest.mark.parametrize(("gains", "stays"), [([3, 5, 1], 1), ([5, 3, 1], 0)])
def test_whoever_has_more_to_lose_keeps_the_seat(gains: list[int], stays: int) -> None:
    """Two seats; P2 enters, and of P0 and P1 the lesser goes, whichever is asked first."""
    part = component([(0, 0), (1, 0), (2, 0)], [gains], [2])
    for loops in (PLAIN, places):
        assert enter(part, [0, 1], 2, loops) == (True, [stays, 2])


def test_nobody_who_is_held_gives_way() -> None:
    """P0 keeps the one seat, as somebody who has entered does: P1 finds no room."""
    part = component([(0, 0), (1, 0)], [[1, 5]], [1])
    layout, made = seated(part, [0])
    made.held[0] = True
    assert not PLAIN.enter(layout, made, ways_of(layout, made), 1, rosters.MUSTS)


def test_one_person_settles_once() -> None:
    """P0 is wished at both openings and has the first; the other seat is P1's."""
    part = component([(0, 0), (0, 1), (1, 1)], [[1, 1, 1]], [1, 1])
    layout, made = seated(part, [])
    rows = np.array(rows_of(layout, [0, 1, 2]), dtype=np.int64)
    PLAIN.settle(layout, made, rows, rosters.MUSTS)
    assert pairs_in(layout, made) == [0, 2]
