import pytest

from matcher.domain import YesNoUnknown
from matcher.policy import Policy
from tests.builders import barriers_by_pair, barriers_of, opening, provider, site

BARRED = ["NO_EQUAL_TREATMENT_AGREEMENT"]
STRICT = Policy(require_equal_treatment=True)


@pytest.mark.parametrize(
    ("signed", "expected"),
    [(YesNoUnknown.YES, []), (YesNoUnknown.NO, BARRED), (YesNoUnknown.UNKNOWN, BARRED)],
)
def test_holds_where_the_policy_requires_it(signed: YesNoUnknown, expected: list[str]) -> None:
    """Only a signed agreement will do: unknown is no yes."""
    assert barriers_of(provider(equal_treatment=signed), policy=STRICT) == expected


@pytest.mark.parametrize("signed", YesNoUnknown)
def test_is_silent_where_it_does_not(signed: YesNoUnknown) -> None:
    """By default nobody asks."""
    assert barriers_of(provider(equal_treatment=signed)) == []


def test_the_provider_of_the_site_counts() -> None:
    """Two sites, two providers: each opening follows its own."""
    found = barriers_by_pair(
        *(provider("A1", equal_treatment=YesNoUnknown.YES), provider("A2")),
        *(site("S1"), site("S2", provider_id="A2")),
        *(opening("O1", site_id="S2"), opening("O2", site_id="S1")),
        policy=STRICT,
    )
    assert found == {"P1@O1": BARRED, "P1@O2": []}
