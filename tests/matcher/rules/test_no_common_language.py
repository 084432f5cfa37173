import pytest

from tests.builders import barriers_by_pair, barriers_of, opening, participant

BARRED = ["NO_COMMON_LANGUAGE"]


@pytest.mark.parametrize(
    ("spoken", "asked", "expected"),
    [
        ({"sv"}, {"sv"}, []),
        ({"ar", "sv"}, {"en", "sv"}, []),  # one in common is enough
        ({"ar"}, {"en", "sv"}, BARRED),
        (set(), {"sv"}, BARRED),  # nothing said is nothing in common
        ({"ar"}, set(), []),  # nothing asked
        (set(), set(), []),
    ],
)
def test_asks_for_one_in_common(spoken: set[str], asked: set[str], expected: list[str]) -> None:
    """Where an opening names languages, the participant speaks one of them."""
    person = participant(languages=frozenset(spoken))
    assert barriers_of(person, opening(languages=frozenset(asked))) == expected


def test_each_pair_is_judged_by_its_own_sets() -> None:
    """Three kinds of people, three kinds of openings, two people of the same kind."""
    people = [
        participant(f"P{n}", languages=frozenset(spoken))
        for n, spoken in enumerate(({"ar"}, {"sv", "en"}, set(), {"ar"}), start=1)
    ]
    places = [
        opening(f"O{n}", languages=frozenset(asked))
        for n, asked in enumerate(({"sv"}, set(), {"ar", "so"}), start=1)
    ]
    found = barriers_by_pair(*people, *places)
    assert {pair for pair, barriers in found.items() if barriers == BARRED} == {
        *("P1@O1", "P4@O1", "P2@O3", "P3@O1", "P3@O3"),
    }
    assert all(barriers in ([], BARRED) for barriers in found.values())
