"""What is best to do with everybody: what is kept after a change is what would be found anew."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.solve import rosters, seating, ways
from matcher.solve.components import NOBODY
from tests.examples import examples
from tests.matcher.loops import in_python
from tests.matcher.solve.small import Case, cases, component, drawn, said, seat

BOTH = (ways, in_python(ways))


@given(cases(), st.data())
@examples(150)
def test_what_is_not_forgotten_still_holds(case: Case, data: st.DataObject) -> None:
    """After another plan, somebody held or seats added: as if everything were found anew."""
    part, chosen = case
    other = drawn(data.draw, part)
    held = data.draw(st.lists(st.integers(0, len(part.per_week) - 1), max_size=2))
    seats = data.draw(st.lists(st.integers(0, len(part.seats) - 1), max_size=2))
    layout, made = seat(replace(part, seats=part.seats + 1), chosen)
    layout = layout._replace(seats=layout.seats - 1)
    kept = [loops.new_ways(made) for loops in BOTH]
    for loops, known in zip(BOTH, kept, strict=True):
        loops.look(layout, made, known)
    before, made = made, seat(replace(part, seats=part.seats + 1), other)[1]
    made.held[held] = True
    layout.seats[seats] += 1
    changed = np.zeros(len(part.seats), dtype=np.bool_)
    changed[seats] = True
    moved = np.flatnonzero((before.at != made.at) | made.held)
    for rows in (before.at[moved], made.at[moved]):
        changed[layout.opening[rows[rows != NOBODY]]] = True
    for opening in np.flatnonzero(changed).tolist():
        seating.judge(layout, made, opening, rosters.MUSTS)
    for loops, known in zip(BOTH, kept, strict=True):
        anew = loops.new_ways(made)
        loops.look(layout, made, anew)
        loops.forget(layout, made, known, changed)
        loops.look(layout, made, known)
        if anew.anew.any() or known.anew.any():
            continue  # a chain closes: then nobody looks to the end
        assert known.best.tolist() == anew.best.tolist()
    assert said(kept[0]) == said(kept[1])


def test_a_place_that_is_left_is_found_again() -> None:
    """P0 sits at O0, and P1 has no place and no way; once P0 is gone, P1 has one."""
    part = component([(0, 0), (1, 0)], [[2, 1]], [1])
    layout, made = seat(part, np.array([0]))
    empty = seat(part, np.zeros(0, dtype=np.int64))[1]
    for loops in BOTH:
        known = loops.new_ways(made)
        loops.look(layout, made, known)
        assert known.row.tolist() == [NOBODY, NOBODY]
        loops.forget(layout, empty, known, np.array([False]))
        loops.look(layout, empty, known)
        assert known.row.tolist() == [NOBODY, NOBODY]  # nobody was told that it has changed
        loops.forget(layout, empty, known, np.array([True]))
        loops.look(layout, empty, known)
        assert known.row.tolist() == [0, 1]


def test_what_bounds_before_bounds_after() -> None:
    """P0 takes the place that was best for them: nothing is left to gain, and that is seen."""
    part = component([(0, 0), (1, 0)], [[1, 2]], [1])
    layout, made = seat(part, np.zeros(0, dtype=np.int64))
    moved = seat(part, np.array([0]))[1]
    changed = np.array([True])
    for loops in BOTH:
        moved.held[0] = False
        known = loops.new_ways(made)
        assert not loops.bound(layout, moved, known, changed)  # nobody has looked yet
        loops.look(layout, made, known)
        assert known.best.tolist() == [1, 2]
        assert not loops.bound(layout, made, known, changed)  # both would come
        assert not loops.bound(layout, moved, known, changed)  # P1 still would
        known.best[1] = 0
        assert not loops.bound(layout, moved, known, changed)  # in P0's place
        assert loops.bound(layout, moved, known, np.array([False]))
        moved.held[0] = True
        assert loops.bound(layout, moved, known, changed)
