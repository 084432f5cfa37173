import pytest

from matcher.domain import Gender, Occupation
from matcher.occupations import dominant, norm_breaking
from tests.builders import OCCUPATIONS

W, M = Gender.WOMAN, Gender.MAN


def group(women_pct: float | None) -> Occupation:
    """A group with this share of women."""
    return Occupation(occupation_group="1111", field="any", women_pct=women_pct)


@pytest.mark.parametrize(
    ("women_pct", "who"),
    [
        (100.0, W),
        (60.1, W),
        (60.0, None),  # even: 40 to 60, both included
        (50.0, None),
        (40.0, None),
        (39.9, M),
        (0.0, M),
        (None, None),  # nobody knows
    ],
)
def test_dominated_is_more_than_60_per_cent(women_pct: float | None, who: Gender | None) -> None:
    """As SCB draws the line; a share of nought is a share, and nothing known is none."""
    assert dominant(group(women_pct)) is who


@pytest.mark.parametrize("gender", Gender)
def test_breaking_the_norm_is_for_women_and_men(gender: Gender) -> None:
    """A man among women, a woman among men; no one else, and nothing where it is even."""
    assert norm_breaking(gender, OCCUPATIONS["9413"]) is (gender is M)
    assert norm_breaking(gender, OCCUPATIONS["7231"]) is (gender is W)
    assert not norm_breaking(gender, OCCUPATIONS["9412"])
    assert not norm_breaking(gender, OCCUPATIONS["0110"])
