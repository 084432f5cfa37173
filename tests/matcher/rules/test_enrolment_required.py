import pytest

from matcher.domain import Enrolment
from tests.builders import barriers_of, opening, participant

BARRED = ["ENROLMENT_REQUIRED"]
M, E, S = Enrolment.MUNICIPALITY, Enrolment.EMPLOYMENT_SERVICE, Enrolment.SOCIAL_INSURANCE


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        ({E}, {E}, []),
        ({E, S}, {M, S}, []),  # one in common is enough
        ({E}, {M, S}, BARRED),
        ({E}, set(), BARRED),  # enrolled nowhere that is known
        (set(), set(), []),  # nothing asked
        (set(), {M}, []),
        ({M, E, S}, {S}, []),
    ],
)
def test_asks_for_one_in_common(
    asked: set[Enrolment], given: set[Enrolment], expected: list[str]
) -> None:
    """Where an opening names authorities, the participant is enrolled with one of them."""
    person = participant(enrolled_with=frozenset(given))
    assert barriers_of(person, opening(eligible_enrolment=frozenset(asked))) == expected
