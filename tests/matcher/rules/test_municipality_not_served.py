import pytest

from tests.builders import barriers_by_pair, barriers_of, opening, participant

BARRED = ["MUNICIPALITY_NOT_SERVED"]


@pytest.mark.parametrize(
    ("served", "expected"),
    [({"0180"}, []), ({"0126", "0180"}, []), ({"0126"}, BARRED), (set(), [])],
)
def test_holds_outside_the_served_ones(served: set[str], expected: list[str]) -> None:
    """P1 lives in 0180; an opening that names no municipality serves all."""
    assert barriers_of(opening(eligible_municipalities=frozenset(served))) == expected


def test_each_opening_has_its_own_set() -> None:
    """Three people, three sets, two of them the same: every pair is judged by its own."""
    people = [
        participant(f"P{n}", municipality_code=code)
        for n, code in enumerate(("0126", "0180", "0188"), start=1)
    ]
    sets = ({"0126"}, {"0180", "0188"}, set(), {"0126"})
    places = [
        opening(f"O{n}", eligible_municipalities=frozenset(served))
        for n, served in enumerate(sets, start=1)
    ]
    found = barriers_by_pair(*people, *places)
    assert {pair for pair, barriers in found.items() if barriers == BARRED} == {
        *("P1@O2", "P2@O1", "P2@O4", "P3@O1", "P3@O4"),
    }
    assert all(barriers in ([], BARRED) for barriers in found.values())
