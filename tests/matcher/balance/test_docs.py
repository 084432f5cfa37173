"""docs/balance.md says what each measure is, under the name of its function."""

import re
from pathlib import Path

import pytest

from matcher.balance import fairness, followup, measures, ratios, shadow, waits
from matcher.balance.followup import CASELOAD
from matcher.balance.planned import RECOMMENDED
from matcher.balance.ratios import PRINTED
from matcher.balance.words import Few, Stage

DOC = Path(__file__).parents[3] / "docs" / "balance.md"
TEXT = DOC.read_text(encoding="utf-8")
MODULES = (fairness, followup, measures, ratios, shadow, waits)
MEASURES = re.findall(r"^### (.+)$", TEXT, re.MULTILINE)
TABLES = ("rates", "branch", "norm_breaking", "steering", "hours", "outcomes")


@pytest.mark.parametrize("name", MEASURES)
def test_every_heading_is_a_measure(name: str) -> None:
    """A function of that name, that says what it is."""
    found = [vars(module)[name] for module in MODULES if name in vars(module)]
    assert found
    assert all(each.__doc__ for each in found)


def test_every_table_has_its_heading() -> None:
    """The tables of the balance stand first, in the order in which they are made."""
    assert tuple(MEASURES[: len(TABLES)]) == TABLES
    assert len(set(MEASURES)) == len(MEASURES)


@pytest.mark.parametrize("name", MEASURES)
def test_no_heading_is_empty(name: str) -> None:
    """Something is said below each."""
    assert re.search(rf"^### {name}\n\n\w", TEXT, re.MULTILINE)


@pytest.mark.parametrize("word", [*Few, *Stage])
def test_codes_are_explained(word: str) -> None:
    """Why there is no figure, and how far it went."""
    assert f"`{word}`" in TEXT


def test_numbers_are_those_of_the_code() -> None:
    """What is printed beside, the reference for caseloads, how many are recommended."""
    assert "{} % to work or studies, {} % to a preparatory step".format(*PRINTED.values()) in TEXT
    assert f"above **{CASELOAD}**" in TEXT
    assert RECOMMENDED == 5
    assert "the first five openings" in TEXT
