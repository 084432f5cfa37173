import numpy as np
from hypothesis import given

from matcher.solve.components import NOBODY, Component, split
from tests.examples import examples
from tests.matcher.solve.small import component, components


@given(components())
@examples(60)
def test_every_pair_is_in_one_part_as_it_was(whole: Component) -> None:
    """Nothing is lost, nothing changed: gains, half-days, weeks, seats and desks of each pair."""
    seen: list[int] = []
    for part in split(whole):
        rows = part.pair
        seen += rows.tolist()
        assert np.array_equal(part.gain, whole.gain[:, rows])
        assert np.array_equal(part.sessions, whole.sessions[rows])
        for name in ("per_week", "supervisor"):
            mine = getattr(part, name)[part.participant]
            assert np.array_equal(mine, getattr(whole, name)[whole.participant[rows]])
        for name in ("seats", "half_days"):
            mine = getattr(part, name)[part.opening]
            assert np.array_equal(mine, getattr(whole, name)[whole.opening[rows]])
        assert part.starts == whole.starts
    assert sorted(seen) == list(range(len(whole)))


@given(components())
@examples(60)
def test_parts_share_nothing(whole: Component) -> None:
    """No participant, opening or supervisor stands in two parts."""
    parts = list(split(whole))
    for column in (
        whole.participant,
        whole.opening,
        whole.supervisor[whole.participant],
    ):
        owned = [set(column[part.pair].tolist()) - {NOBODY} for part in parts]
        assert sum(map(len, owned)) == len(set.union(set(), *owned))


def test_what_hangs_together_stays_together() -> None:
    """P0-O0-P1-O1 is a chain, P2-O2 is by itself; a common supervisor joins the two."""
    pairs = [(0, 0), (1, 0), (1, 1), (2, 2)]
    apart = component(pairs, [[1] * 4], [1, 1, 1])
    assert [part.pair.tolist() for part in split(apart)] == [[0, 1, 2], [3]]
    joined = component(pairs, [[1] * 4], [1, 1, 1], supervisor=[7, NOBODY, 7], starts=1)
    assert [part.pair.tolist() for part in split(joined)] == [[0, 1, 2, 3]]


def test_parts_come_in_the_order_of_their_first_pair() -> None:
    """Whatever the openings are called."""
    whole = component([(0, 2), (1, 0), (2, 1), (3, 0)], [[1] * 4], [1, 1, 1])
    assert [part.pair.tolist() for part in split(whole)] == [[0], [1, 3], [2]]


def test_nothing_has_no_parts() -> None:
    """No pairs, or not even people: nothing to solve."""
    assert list(split(component([], [[]], []))) == []
    assert list(split(component([], [[]], [1], per_week=[1, 1], supervisor=[0, 0]))) == []
