"""Shares, differences and their intervals; when there is no figure, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from matcher.balance.figures import WIDE, Share, added, difference, share, wilson
from matcher.balance.words import Few
from tests.examples import examples

FLOOR = 20


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
@examples(60)
def test_the_interval_is_that_of_scipy(parts: tuple[int, int]) -> None:
    """Wilson without correction, at 95 per cent."""
    count, of = parts
    expected = binomtest(count, of).proportion_ci(method="wilson")
    assert wilson(count, of) == pytest.approx((expected.low, expected.high))


def test_the_printed_outcomes() -> None:
    """MIA Vidare: of 100 people, 20 to work or studies and 34 to a preparatory step.

    By hand for 20 of 100: the middle is (0.2 + 0.0192) / 1.0384 = 0.211, the half width
    1.96 / 1.0384 * sqrt(0.0016 + 0.000096) = 0.0777: between 13 and 29 per cent.
    """
    assert share(20, 100, FLOOR) == Share(count=20, of=100, percent=20, low=13, high=29)
    assert share(34, 100, FLOOR) == Share(count=34, of=100, percent=34, low=25, high=44)


def test_the_printed_people() -> None:
    """931 women of 1,638 are 56.8 per cent, 57 in whole ones; 664 men are 40.5, 41."""
    assert share(931, 1638, FLOOR).percent == 57
    assert share(664, 1638, FLOOR).percent == 41


@pytest.mark.parametrize(
    ("count", "of", "few"),
    [
        (None, 100, Few.HIDDEN),
        (10, None, Few.HIDDEN),
        (0, 0, Few.NOBODY),
        (5, 19, Few.TOO_FEW),
    ],
)
def test_no_figure(count: int | None, of: int | None, few: Few) -> None:
    """Hidden parts, nobody at all, or fewer than the floor: no per cent, no interval."""
    assert share(count, of, FLOOR) == Share(count=count, of=of, few=few)


def test_a_figure_that_says_little() -> None:
    """Ten of twenty: between 30 and 70 per cent; of a thousand the same share is sure."""
    assert share(10, 20, FLOOR) == Share(
        count=10, of=20, percent=50, low=30, high=70, few=Few.UNSURE
    )
    assert share(500, 1000, FLOOR).few is None


def test_nobody_needs_no_floor() -> None:
    """A floor of 0 does not divide by it."""
    assert share(0, 0, 0).few is Few.NOBODY


@given(st.integers(20, 300), st.integers(20, 300), st.data())
@examples(40)
def test_a_difference_lies_in_its_interval(one: int, other: int, data: st.DataObject) -> None:
    """It is told only where the interval leaves out 0, and turns round with the sides."""
    first = share(data.draw(st.integers(0, one)), one, FLOOR)
    second = share(data.draw(st.integers(0, other)), other, FLOOR)
    apart, back = difference(first, second), difference(second, first)
    assert apart.low <= apart.points <= apart.high
    assert (apart.low, apart.points, apart.high) == (-back.high, -back.points, -back.low)
    assert apart.told is back.told
    assert apart.told or apart.low <= 0 <= apart.high


def test_differences_by_hand() -> None:
    """Newcombe's own example: 56 of 70 against 48 of 80 is 20 points, from 5 to 33."""
    apart = difference(share(56, 70, FLOOR), share(48, 80, FLOOR))
    assert (apart.points, apart.low, apart.high, apart.told) == (20, 5, 33, True)


def test_too_few_to_tell_a_difference() -> None:
    """Ten of 20 against nine of 20: anything could be, and it is said so."""
    apart = difference(share(10, 20, FLOOR), share(9, 20, FLOOR))
    assert (apart.told, apart.few) == (False, Few.UNSURE)
    assert apart.high - apart.low > WIDE


def test_enough_to_say_that_there_is_none() -> None:
    """Half of a thousand on both sides: no difference, and that is sure."""
    apart = difference(share(500, 1000, FLOOR), share(500, 1000, FLOOR))
    assert (apart.points, apart.told, apart.few) == (0, False, None)


@pytest.mark.parametrize("turned", [False, True])
def test_a_difference_needs_both_sides(*, turned: bool) -> None:
    """Why one side has none is why there is no difference."""
    sides = share(50, 100, FLOOR), share(None, 100, FLOOR)
    assert difference(*(sides[::-1] if turned else sides)).few is Few.HIDDEN


def test_a_sum_is_hidden_when_a_part_is() -> None:
    """Shown parts alone would give the hidden one away."""
    assert added(1, 2) == 3
    assert added(1, None) is None
