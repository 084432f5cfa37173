"""What is listed twice agrees: codes with functions, columns with documents."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from matcher import needs, verify
from matcher.dataset.schema import PLAN_TABLES, TABLES
from matcher.domain import BarrierCode, Need
from matcher.eligibility import BARRIERS
from matcher.needs import FORMULAS
from matcher.policy import Criterion
from matcher.scoring import CRITERIA
from matcher.survey import SITE_FIELDS, WORK_FIELDS, SurveyField

DOCS = Path(__file__).parents[2] / "docs"
THE_REST = {
    "surveys": ("one column per survey field of the site", SITE_FIELDS),
    "openings": ("one column per field of the task", WORK_FIELDS),
}
"""The columns that docs/model.md leaves to docs/glossary.md."""


def _rows(path: Path) -> list[list[str]]:
    """The cells of every table row of a document."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]


def _columns() -> Mapping[str, str]:
    """The columns of each table of files, as docs/model.md lists them."""
    names = {*TABLES, *PLAN_TABLES}
    cells = [row for row in _rows(DOCS / "model.md") if len(row) == 2]
    return {name.strip("`"): text for name, text in cells if name.strip("`") in names}


def _values(field: SurveyField) -> str:
    """What may stand in a cell of a survey field, in the words of docs/glossary.md."""
    if field.choices:
        return ("list: " if field.many else "") + ", ".join(field.choices)
    if not field.unit:
        return "text"
    kind = "decimal" if field.decimals else "whole"
    return f"{kind}, {field.low} to {field.high} {field.unit}"


def _read_by_needs() -> set[str]:
    """The survey fields that ``matcher.needs`` names."""
    source = Path(needs.__file__).read_text(encoding="utf-8")
    return set(re.findall(r'"([a-z]+\.[a-z_]+)"', source))


def test_barrier_codes_are_the_rules() -> None:
    """Every rule's name in capitals is a code, every code has a rule, and the order is one."""
    assert [code.value for code in BarrierCode] == [rule.__name__.upper() for rule in BARRIERS]


def test_criteria_are_the_scores() -> None:
    """Every score's name is a criterion, every criterion has a score, and the order is one."""
    assert [name.value for name in Criterion] == [score.__name__ for score in CRITERIA]


def test_needs_are_the_formulas() -> None:
    """Every need has one formula of its name; the order, which is that of the bits, is one."""
    assert list(FORMULAS) == list(Need)
    assert [formula.__name__.upper() for formula in FORMULAS.values()] == list(Need)


def test_the_verifier_knows_every_barrier() -> None:
    """``verify`` names each barrier by its own code, in the same order, before its own rules."""
    rules = [rule.value for rule in verify.Rule]
    assert rules[: len(BarrierCode)] == [code.value for code in BarrierCode]


@pytest.mark.parametrize("name", [*TABLES, *PLAN_TABLES])
def test_columns_stand_in_the_model(name: str) -> None:
    """docs/model.md lists every column of a table, in the order of the schema."""
    schema = {**TABLES, **PLAN_TABLES}[name]
    listed = _columns()[name]
    text, fields = THE_REST.get(name, ("", ()))
    if text:
        assert listed.endswith(text)
        listed = listed.removesuffix(text).removesuffix("and ").strip(", ")
    columns = listed.split(", ") + [field.name for field in fields]
    assert columns == [column.name for column in schema.columns]


def test_tables_stand_in_the_model_in_order() -> None:
    """docs/model.md lists the tables of a data set, then those of a plan."""
    assert list(_columns()) == [*TABLES, *PLAN_TABLES]


def test_survey_fields_stand_in_the_glossary() -> None:
    """docs/glossary.md lists every survey field in order, with its values, and nothing else."""
    listed = [
        (row[0].strip("`*"), row[2])
        for row in _rows(DOCS / "glossary.md")
        if re.match(r"`[a-z]+\.", row[0])
    ]
    assert listed == [(field.name, _values(field)) for field in (*SITE_FIELDS, *WORK_FIELDS)]


def test_a_star_marks_the_fields_that_a_need_reads() -> None:
    """docs/glossary.md puts a star to a field if and only if a need's formula reads it."""
    cells = [row[0] for row in _rows(DOCS / "glossary.md")]
    starred = {cell.strip("`*") for cell in cells if re.fullmatch(r"`[a-z]+\.\w+`\*", cell)}
    assert starred == _read_by_needs()
