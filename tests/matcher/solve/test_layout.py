"""The layout of a component says what the component says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.solve import halfdays
from matcher.solve.components import NOBODY, Component
from matcher.solve.layout import lay_out, rows_of
from tests.examples import examples
from tests.matcher.solve.small import component, components, crowded, days_of

PARTS = st.one_of(components(), crowded())


@given(PARTS)
@examples(80)
def test_rows_are_the_pairs_by_opening_then_participant(part: Component) -> None:
    """Every pair once, with its own participant, opening, week and gains."""
    layout = lay_out(part)
    assert sorted(layout.pair.tolist()) == list(range(len(part)))
    order = list(zip(layout.opening.tolist(), layout.person.tolist(), strict=True))
    assert order == sorted(order)
    assert np.array_equal(layout.person, part.participant[layout.pair])
    assert np.array_equal(layout.opening, part.opening[layout.pair])
    assert np.array_equal(layout.week, part.per_week[layout.person])
    assert np.array_equal(layout.gain, part.gain[:, layout.pair].T)


@given(PARTS)
@examples(80)
def test_rows_are_found_by_opening_and_by_participant(part: Component) -> None:
    """Between the numbers in ``first`` stand an opening's rows, in ``own`` a participant's."""
    layout = lay_out(part)
    for opening in range(len(part.seats)):
        rows = np.arange(layout.first[opening], layout.first[opening + 1])
        assert rows.tolist() == np.flatnonzero(layout.opening == opening).tolist()
    for person in range(len(part.per_week)):
        rows = layout.own[layout.own_first[person] : layout.own_first[person + 1]]
        assert rows.tolist() == np.flatnonzero(layout.person == person).tolist()
    assert layout.pair[rows_of(layout)].tolist() == list(range(len(part)))


@given(PARTS)
@examples(80)
def test_local_half_days_mean_the_same(part: Component) -> None:
    """Bit by bit: the n-th half-day with room, and how much room it has."""
    layout = lay_out(part)
    for row, pair in enumerate(layout.pair):
        opening = layout.opening[row]
        open_days = np.flatnonzero(part.half_days[opening])
        days = [int(open_days[bit]) for bit in days_of(int(layout.sessions[row]))]
        assert days == days_of(int(part.sessions[pair]))
        room = layout.room[layout.room_first[opening] : layout.room_first[opening + 1]]
        assert room.tolist() == part.half_days[opening][open_days].tolist()


@given(PARTS)
@examples(40)
def test_limits_are_those_of_the_component(part: Component) -> None:
    """Seats, supervisors and their starts; and where half-days bind."""
    layout = lay_out(part)
    assert np.array_equal(layout.seats, part.seats)
    assert np.array_equal(layout.binds, halfdays.binding(part))
    assert np.array_equal(layout.desk, part.supervisor)
    assert layout.starts.tolist() == [part.starts] * (1 + int(part.supervisor.max(initial=NOBODY)))


def test_an_opening_closed_in_the_middle_of_the_week() -> None:
    """Room on the half-days 0, 2 and 3: they become 0, 1 and 2, and 0b1101 becomes 0b111."""
    part = component([(0, 0), (1, 0)], [[1, 1]], [2], half_days=[[1, 0, 2, 1]],
                     sessions=[0b1101, 0b1000])  # fmt: skip
    layout = lay_out(part)
    assert layout.sessions.tolist() == [0b111, 0b100]
    assert layout.room.tolist() == [1, 2, 1]
