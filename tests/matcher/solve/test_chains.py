"""Chains of moves: lawful, never worse, and the flow's best where half-days do not bind.

Machine code is invisible to coverage, so every plan is improved by a Python copy too, and the two
must agree.
"""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.solve import chains, flow, halfdays, rosters, seating, ways
from matcher.solve.components import NOBODY, Component, Positions
from matcher.solve.layout import Layout, lay_out
from matcher.solve.seating import Seating
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import (
    Case,
    Values,
    all_values,
    cases,
    component,
    components,
    crowded,
    drawn,
    is_plan,
    said,
    seat,
)

PLAIN = in_python(chains)
PLAIN_SEATING, PLAIN_WAYS = in_python(seating), in_python(ways)
PLAIN.judge, PLAIN.move = PLAIN_SEATING.judge, PLAIN_SEATING.move
for name in ("bound", "forget", "look", "new_ways", "turning"):
    setattr(PLAIN, name, getattr(PLAIN_WAYS, name))
BOTH = (chains, PLAIN)
ENOUGH = 1_000
"""Rounds after which every small plan must be done."""


@st.composite
def networks(draw: st.DrawFn) -> Case:
    """The same where neither half-days nor supervisors bind."""
    part = draw(components(loose=True))
    part = replace(part, supervisor=np.full_like(part.supervisor, NOBODY))
    return part, drawn(draw, part)


def improve(
    layout: Layout, made: Seating, loops: ModuleType = chains, rounds: int = ENOUGH
) -> None:
    """Improves a plan as far as chains can, so many rounds at a time."""
    for _ in range(ENOUGH):
        if not loops.improve(layout, made, rosters.MUSTS, rounds):
            return
    pytest.fail("chains never end")


def improved(
    part: Component, chosen: list[int] | Positions, change: Callable[[Seating], None] | None = None
) -> list[int]:
    """The pairs of a plan improved as far as chains can: machine code and Python agree.

    ``change``: what is changed in the seating before.
    """
    ends = []
    for loops in BOTH:
        layout, made = seat(part, np.array(chosen, dtype=np.int64))
        if change is not None:
            change(made)
        improve(layout, made, loops)
        assert is_plan(part, pairs_of(layout, made))
        ends.append(said(made))
    assert ends[0] == ends[1]
    return pairs_of(layout, made)


def pairs_of(layout: Layout, made: Seating) -> list[int]:
    """The pairs of a plan, ascending."""
    return sorted(layout.pair[made.at[made.at != NOBODY]].tolist())


def values_of(part: Component, layout: Layout, made: Seating) -> Values:
    """What a plan reaches in every goal."""
    return part.values(np.array(pairs_of(layout, made), dtype=np.int64))


def there(made: Seating) -> list[list[int]]:
    """Who is at each opening, as they stand there."""
    lengths = zip(made.seat_first[:-1], made.people, strict=True)
    return [made.there[low : low + count].tolist() for low, count in lengths]


def replaced(layout: Layout, made: Seating) -> list[set[int]]:
    """Whose place each row could take; ``NOBODY``'s if it could join."""
    found = []
    for row, takes in enumerate(made.takes.tolist()):
        people = dict(enumerate(there(made)[layout.opening[row]])) | {seating.JOINS: NOBODY}
        found.append({people[bit] for bit in range(63) if takes >> bit & 1})
    return found


@given(cases(), st.sampled_from([1, 2, ENOUGH]))
@examples(150)
def test_every_plan_stays_lawful_and_is_never_worse(case: Case, rounds: int) -> None:
    """Each once, within seats, starts and rosters; goals in their order; in both texts."""
    part, chosen = case
    layout, made = seat(part, chosen)
    twin = seat(part, chosen)[1]
    for _ in range(ENOUGH):
        before = values_of(part, layout, made)
        goes_on = chains.improve(layout, made, rosters.MUSTS, rounds)
        assert PLAIN.improve(layout, twin, rosters.MUSTS, rounds) == goes_on
        assert said(made) == said(twin)
        pairs = pairs_of(layout, made)
        assert is_plan(part, pairs)
        assert halfdays.rosters(part, np.array(pairs, dtype=np.int64)).full.all()
        assert values_of(part, layout, made) >= before
        if not goes_on:
            return
    pytest.fail("chains never end")


@given(cases())
@examples(150)
def test_where_chains_end_none_improves(case: Case) -> None:
    """Whoever begins anew there, knowing nothing, finds nothing to gain either."""
    part, chosen = case
    layout, made = seat(part, chosen)
    improve(layout, made)
    reached = said(made)
    for loops in BOTH:
        assert not loops.improve(layout, made, rosters.MUSTS, 1)
        assert said(made)[0] == reached[0]


@given(cases(), st.integers(1, 4))
@examples(150)
def test_a_seating_says_the_same_as_one_made_anew(case: Case, rounds: int) -> None:
    """However far it came: the people, their half-days and who could take whose place."""
    part, chosen = case
    layout, made = seat(part, chosen)
    PLAIN.improve(layout, made, rosters.MUSTS, rounds)
    anew = seat(part, np.array(pairs_of(layout, made), dtype=np.int64))[1]
    for name in ("at", "free", "people", "load"):
        assert getattr(made, name).tolist() == getattr(anew, name).tolist(), name
    assert [sorted(rows) for rows in there(made)] == [sorted(rows) for rows in there(anew)]
    assert replaced(layout, made) == replaced(layout, anew)


@given(networks())
@examples(150)
def test_the_flow_knows_no_better_plan(case: Case) -> None:
    """Where only seats count, chains lead from any plan, and from none, to the best one."""
    part, chosen = case
    best = part.values(flow.best(part, part.seats))
    for start in (chosen, []):
        assert part.values(np.array(improved(part, start), dtype=np.int64)) == best


@given(st.one_of(components(), crowded()))
@examples(100)
def test_nobody_alone_could_do_better(part: Component) -> None:
    """Where no supervisor is limited: nobody can join or take a place so that goals rise."""
    part = replace(part, supervisor=np.full_like(part.supervisor, NOBODY))
    pairs = improved(part, [])
    values = part.values(np.array(pairs, dtype=np.int64))
    for pair in set(range(len(part))) - set(pairs):
        others = [p for p in pairs if part.participant[p] != part.participant[pair]]
        there_too = [p for p in others if part.opening[p] == part.opening[pair]]
        for out in [None, *there_too]:
            changed = [*(p for p in others if p != out), pair]
            better = part.values(np.array(changed)) > values
            assert not (better and is_plan(part, changed))


@given(cases(), st.data())
@examples(80)
def test_whoever_is_held_stays(case: Case, data: st.DataObject) -> None:
    """With their place or without: they are where they were, in both texts."""
    part, chosen = case
    people = len(part.per_week)
    held = data.draw(st.lists(st.booleans(), min_size=people, max_size=people))
    pairs = improved(part, chosen, lambda made: np.copyto(made.held, held))
    of_held = np.array(held)[part.participant]
    assert {p for p in pairs if of_held[p]} == {p for p in chosen.tolist() if of_held[p]}


@given(cases(), st.data())
@examples(80)
def test_nobody_comes_by_a_row_that_is_not_open(case: Case, data: st.DataObject) -> None:
    """Rows that may not be chosen are left as they are, or left; in both texts."""
    part, chosen = case
    is_open = data.draw(st.lists(st.booleans(), min_size=len(part), max_size=len(part)))
    by_row = np.array(is_open, dtype=np.bool_)[lay_out(part).pair]
    pairs = improved(part, chosen, lambda made: np.copyto(made.open, by_row))
    assert all(is_open[pair] for pair in set(pairs) - set(chosen.tolist()))


@given(cases(), st.integers(0, 3))
@examples(80)
def test_short_chains_are_lawful_too(case: Case, longest: int) -> None:
    """However few moves a chain may have, even none: no plan is worse, in both texts."""
    part, chosen = case
    pairs = improved(part, chosen, lambda made: made.longest.fill(longest))
    assert part.values(np.array(pairs, dtype=np.int64)) >= part.values(chosen)
    assert longest > 0 or pairs == sorted(chosen.tolist())


@given(cases())
@examples(30)
def test_the_same_plan_ends_the_same(case: Case) -> None:
    """Twice from the same plan: the same in everything a seating says."""
    part, chosen = case
    ends = []
    for _ in range(2):
        layout, made = seat(part, chosen)
        improve(layout, made)
        ends.append(said(made))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("seed", [3, 7])
def test_a_crowd_is_placed_as_the_flow_places_it(seed: int) -> None:
    """200 people, 30 openings of three seats, four goals: from nobody placed to the best plan."""
    dice = np.random.default_rng(seed)
    pairs = sorted((who, int(where)) for who in range(200) for where in dice.permutation(30)[:8])
    waiting = dice.integers(100, 201, 200)[[who for who, _ in pairs]]
    points = dice.integers(0, 1001, len(pairs))
    gain = [[1] * len(pairs), waiting, dice.integers(0, 2, len(pairs)), points]
    part = component(pairs, gain, [3] * 30)
    layout, made = seat(part, np.zeros(0, dtype=np.int64))
    improve(layout, made)
    assert is_plan(part, pairs_of(layout, made))
    assert values_of(part, layout, made) == part.values(flow.best(part, part.seats))


def test_two_make_room_for_a_third() -> None:
    """P0 at O0, P1 at O1; P2 can have O0 only: P0 moves on to O1, P1 to the free seat at O2."""
    pairs = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0)]
    part = component(pairs, [[1] * 5], [1, 1, 1])
    assert improved(part, [0, 2]) == [1, 3, 4]


@pytest.mark.parametrize("people", [2, 3])
def test_they_trade_places(people: int) -> None:
    """Each is worth more one opening further on, and all seats are taken: they all move."""
    pairs = [(who, where) for who in range(people) for where in range(people)]
    gain = [2 if where == (who + 1) % people else 1 for who, where in pairs]
    part = component(pairs, [gain], [1] * people)
    start = [who * (people + 1) for who in range(people)]
    assert improved(part, start) == [i for i, worth in enumerate(gain) if worth == 2]


def test_a_longer_chain_than_allowed_is_left() -> None:
    """P3 gets a place if P2, P1 and P0 all move: that takes four moves, and two are too few."""
    pairs = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3)]
    part = component(pairs, [[1] * 7], [1] * 4)
    for longest, pairs_left in ((2, [1, 3, 5]), (4, [0, 2, 4, 6])):
        assert (
            improved(part, [1, 3, 5], lambda made, n=longest: made.longest.fill(n)) == pairs_left
        )


def test_a_chain_has_at_most_so_many_moves() -> None:
    """Four moves found, and then only three allowed: the chain is none."""
    pairs = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3)]
    part = component(pairs, [[1] * 7], [1] * 4)
    layout, made = seat(part, np.array([1, 3, 5]))
    for loops in BOTH:
        ways = loops.new_ways(made)
        made.longest[0] = 4
        loops.look(layout, made, ways)
        assert len(loops.chain(layout, made, ways, 3)[0]) == 4
        made.longest[0] = 3
        assert list(loops.chain(layout, made, ways, 3)[0]) == []


def test_a_chain_that_runs_into_a_cycle_never_ends() -> None:
    """P2 would take P0's place, while P0 and P1 take each other's for ever: nobody comes."""
    part = component([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)], [[1] * 5], [1, 1])
    layout, made = seat(part, np.array([0, 3]))
    row = np.argsort(layout.pair)
    for loops in BOTH:
        ways = loops.new_ways(made)
        ways.row[:] = row[[1, 2, 4]]
        ways.out[:] = row[[3, 0, 0]]
        assert list(loops.chain(layout, made, ways, 2)[0]) == []
        assert sorted(loops.chain(layout, made, ways, 0)[0]) == sorted(row[[1, 2]])


@pytest.mark.parametrize(("supervisor", "comes"), [([0, 0], True), ([0, 1], False)])
def test_starts_are_full(supervisor: list[int], *, comes: bool) -> None:
    """One start each: P1 can take the place of P0 only if P0's start becomes theirs.

    Another supervisor's only start is with P2, who cannot be replaced by P1.
    """
    part = component([(0, 0), (1, 0), (2, 1)], [[1, 5, 9]], [1, 1],
                     supervisor=[*supervisor, 1], starts=1)  # fmt: skip
    assert improved(part, [0, 2]) == ([1, 2] if comes else [0, 2])


def test_a_start_passes_along_a_chain() -> None:
    """P0 and P2 share one start: P0 takes P1's place, P1 that of P2, who goes without."""
    part = component([(0, 0), (1, 0), (1, 1), (2, 1)], [[9, 5, 5, 1]], [1, 1],
                     supervisor=[0, NOBODY, 0], starts=1)  # fmt: skip
    assert improved(part, [1, 3]) == [0, 2]


def test_a_chain_that_comes_twice_to_where_half_days_bind() -> None:
    """P1 for P0, P0 for P2, P2 beside P1: each fits by itself, all do not; it is barred, and ends.

    O0 has two half-days of one: P0 comes on the second, P2 on the first, P1 on both. O1 has one
    seat, for P0 or P2. Two people are the most: P1 leaves room at O0 for nobody.
    """
    part = component([(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)], [[1] * 5], [2, 1],
                     half_days=[[1, 1], [1]], sessions=[0b10, 1, 0b11, 0b01, 1],
                     per_week=[1, 2, 1])  # fmt: skip
    assert max(all_values(part)) == (2,)
    for loops in BOTH:
        layout, made = seat(part, np.array([0, 4]))
        assert layout.binds.tolist() == [True, False]
        assert loops.improve(layout, made, rosters.MUSTS, 1)
        assert made.barred.tolist() == [False, False, True, False, False]
        improve(layout, made, loops)
        assert pairs_of(layout, made) == [0, 4]


def test_what_led_nowhere_is_tried_again_once_something_helped() -> None:
    """The same, while P3 has a free seat at O2: P3 comes, and nothing stays barred."""
    pairs = [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (3, 2)]
    part = component(pairs, [[1] * 6], [2, 1, 1], half_days=[[1, 1], [1], [1]],
                     sessions=[0b10, 1, 0b11, 0b01, 1, 1], per_week=[1, 2, 1, 1])  # fmt: skip
    for loops in BOTH:
        layout, made = seat(part, np.array([0, 4]))
        assert loops.improve(layout, made, rosters.MUSTS, 1)
        assert not made.barred.any()
        improve(layout, made, loops)
        assert pairs_of(layout, made) == [0, 4, 5]


def test_a_chain_that_failed_leaves_the_next_one_right() -> None:
    """The same with P3 beside P0, on a third half-day: P1, worth 3, then just takes P0's place.

    P1 cannot take the place of P3. The best there is: P1 and P3 at O0, P0 or P2 at O1.
    """
    pairs = [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (3, 0)]
    part = component(pairs, [[1, 1, 3, 1, 1, 1]], [3, 1], half_days=[[1, 1, 1], [1]],
                     sessions=[2, 1, 3, 1, 1, 4], per_week=[1, 2, 1, 1])  # fmt: skip
    values = part.values(np.array(improved(part, [0, 4, 5]), dtype=np.int64))
    assert values == max(all_values(part)) == (5,)


def test_more_than_62_people_where_half_days_bind() -> None:
    """64 people fill a half-day, each worth 1; two more are worth 5: they come, and two leave.

    Those beyond the first 62 there cannot be replaced, but others can.
    """
    pairs = [(who, 0) for who in range(66)]
    part = component(pairs, [[1] * 64 + [5] * 2], [65], half_days=[[64]], sessions=[1] * 66)
    left = improved(part, list(range(64)))
    assert len(left) == 64
    assert {64, 65} < set(left)


@pytest.mark.parametrize("people", [0, 2])
def test_nobody_and_nothing(people: int) -> None:
    """Openings without pairs, with people or without: nothing to improve."""
    part = component([], [[], []], seats=[2, 1], per_week=[1] * people)
    assert improved(part, []) == []


def test_people_and_openings_without_pairs_are_passed_by() -> None:
    """P1 and O0 have no pairs; P0 comes to O1."""
    part = component([(0, 1)], [[1]], [1, 1], per_week=[1, 1])
    assert improved(part, []) == [0]


def test_no_rounds_say_that_there_may_be_more() -> None:
    """Nothing was tried, so nothing is known."""
    part = component([(0, 0)], [[1]], [1])
    for loops in BOTH:
        layout, made = seat(part, np.zeros(0, dtype=np.int64))
        assert loops.improve(layout, made, rosters.MUSTS, 0)
        assert made.at.tolist() == [NOBODY]
