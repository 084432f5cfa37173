import pytest

from matcher.domain import Insurance, Insurer
from tests.builders import barriers_of, opening, participant

BARRED = ["NOT_INSURED"]


@pytest.mark.parametrize(
    ("insurer", "expected"),
    [
        (Insurer.MUNICIPALITY, []),
        (Insurer.EMPLOYMENT_SERVICE, []),
        (Insurer.SOCIAL_INSURANCE, []),
        (Insurer.NONE, BARRED),
        (Insurer.UNKNOWN, BARRED),
    ],
)
def test_holds_where_insurance_is_required(insurer: Insurer, expected: list[str]) -> None:
    """Somebody must insure; whoever it is will do, and not knowing is not enough."""
    place = opening(insurance=Insurance.REQUIRED)
    assert barriers_of(participant(insured_by=insurer), place) == expected


@pytest.mark.parametrize("insurance", [Insurance.PROVIDED, Insurance.UNKNOWN])
@pytest.mark.parametrize("insurer", Insurer)
def test_is_silent_where_it_is_not_required(insurance: Insurance, insurer: Insurer) -> None:
    """The opening insures, or does not say that somebody else must."""
    assert barriers_of(participant(insured_by=insurer), opening(insurance=insurance)) == []
