"""What is listed twice agrees: codes with functions, columns with documents."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from matcher import needs, verify
from matcher.dataset import policy_of
from matcher.dataset.schema import PLAN_TABLES, QUESTIONS, TABLES
from matcher.domain import BarrierCode, Need
from matcher.eligibility import BARRIERS
from matcher.needs import FORMULAS
from matcher.policy import Criterion, GoalName, Parity, ParityGroups, Policy
from matcher.scoring import CRITERIA
from matcher.survey import SITE_FIELDS, WORK_FIELDS, SurveyField

DOCS = Path(__file__).parents[2] / "docs"


def _rows(path: Path) -> list[list[str]]:
    """The cells of every table row of a document."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]


def _columns() -> Mapping[str, list[list[str]]]:
    """For each table of files what docs/dataset.md says of its columns: name, holds, empty."""
    text = (DOCS / "dataset.md").read_text(encoding="utf-8")
    tables = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    rows = {
        table.split("\n", 1)[0]: re.findall(r"^\| `(.*) \|$", table, re.MULTILINE)
        for table in tables
    }
    return {
        name: [row.replace("`", "", 1).split(" | ") for row in own] for name, own in rows.items()
    }


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


FILES = {**TABLES, **PLAN_TABLES, QUESTIONS.name: QUESTIONS}


@pytest.mark.parametrize("name", FILES)
def test_columns_stand_in_the_documents(name: str) -> None:
    """docs/dataset.md lists every column, in order; a survey's fields stand in the glossary."""
    columns = [column for column in FILES[name].columns if "." not in column.name]
    assert [row[0] for row in _columns()[name]] == [column.name for column in columns]


@pytest.mark.parametrize("name", FILES)
def test_the_documents_say_what_a_column_holds(name: str) -> None:
    """Every code that a column takes is named, and whether it may be empty."""
    for column, (_, holds, empty) in zip(FILES[name].columns, _columns()[name], strict=False):
        codes = () if set(column.choices) == set(Need) else column.choices
        assert all(code in holds for code in codes), column.name
        assert column.required is (empty == "never empty"), column.name


def test_tables_stand_in_the_documents_in_order() -> None:
    """docs/dataset.md lists the tables of a data set, then those of a plan."""
    assert list(_columns()) == list(FILES)


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


def test_the_policy_in_the_documents_is_lawful() -> None:
    """The TOML of docs/dataset.md is read without a fault, and shows every default but one."""
    text = (DOCS / "dataset.md").read_text(encoding="utf-8")
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    policy = policy_of(tomllib.loads(block[1]), "dataset.md")
    assert replace(policy, supervisor_starts=None) == Policy()


def test_the_optional_goals_in_the_documents_are_lawful() -> None:
    """The second TOML block lists every goal, and its settings are what it says of defaults."""
    text = (DOCS / "dataset.md").read_text(encoding="utf-8")
    _, block = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    policy = policy_of(tomllib.loads(block), "dataset.md")
    assert set(policy.goals) == set(GoalName)
    assert policy.parity == Parity(groups=ParityGroups.ASSOCIATION, gap=20)
