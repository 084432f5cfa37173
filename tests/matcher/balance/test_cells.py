"""Counting: every table adds up, whatever is not given."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.balance.cells import counted, family, variable
from matcher.balance.events import NONE
from tests.examples import examples

BRANCH = family("branch", ("hotel", "repair"), ("9412", "9413", "7231"), (0, 0, 1))
COLOUR = variable("colour", ("red", "blue"))


def test_a_group_counts_in_its_field_and_the_total() -> None:
    """Two in 9413, one in the field alone, one of whom nothing is known: 2, 3 and 4."""
    table = counted("t", "p", [BRANCH], [np.array([1, 1, 3, NONE], dtype=np.int32)])
    cells = dict(zip((*BRANCH.dimension.codes, None), table.counts.tolist(), strict=True))
    assert cells == {"hotel": 3, "repair": 0, "9412": 0, "9413": 2, "7231": 0, None: 4}
    assert BRANCH.dimension.parents == ("", "", "hotel", "hotel", "repair")


def test_a_group_without_a_field_counts_in_the_total() -> None:
    """It lies in the total alone."""
    orphan = family("ending", ("work",), ("job", "care"), (0, NONE))
    assert orphan.dimension.parents == ("", "work", "")
    table = counted("t", "p", [orphan], [np.array([0, 1], dtype=np.int32)])
    assert table.counts.tolist() == [1, 1, 1, 2]


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 1)), max_size=30))
@examples(60)
def test_a_table_counts_every_person_once(people: list[tuple[int, int]]) -> None:
    """By hand: each cell is how many are in it; the last one is everybody."""
    columns = np.array(people, dtype=np.int32).reshape(-1, 2)
    table = counted("t", "p", [BRANCH, COLOUR], [columns[:, 0], columns[:, 1]])
    inside = {"hotel": {0, 1, 3}, "repair": {2, 4}, "9412": {0}, "9413": {1}, "7231": {2}}
    anyone = set(range(-1, 5))
    for row, code in enumerate((*BRANCH.dimension.codes, "")):
        for column, colours in enumerate(({0}, {1}, {-1, 0, 1})):
            here = [b in inside.get(code, anyone) and c in colours for b, c in people]
            assert table.counts[row, column] == sum(here)
