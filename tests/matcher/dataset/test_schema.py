"""The schema says the same as the domain and as the survey's list of questions."""

from dataclasses import fields

import pytest

from matcher.dataset.schema import PLAN_TABLES, TABLES, Kind
from matcher.domain import Occupation, Opening, Participant, Placement, Provider, Site
from matcher.outcome import Assignment, Unplaced
from matcher.survey import SITE_FIELDS, WORK_FIELDS

NOT_COLUMNS = {
    "wishes",
    "excluded_sites",
    "excluded_providers",
    "surveys",
    "work",
    "ask",
    "from_home",
}
OBJECTS = {
    "participants": Participant,
    "providers": Provider,
    "sites": Site,
    "openings": Opening,
    "placements": Placement,
    "occupations": Occupation,
    "assignments": Assignment,
    "unplaced": Unplaced,
}


@pytest.mark.parametrize("table", OBJECTS)
def test_a_table_has_the_fields_of_its_object(table: str) -> None:
    """Every field of a domain object is a column, and every column a field."""
    columns = {c.name for c in {**TABLES, **PLAN_TABLES}[table].columns}
    names = {field.name for field in fields(OBJECTS[table])}
    assert names - NOT_COLUMNS == {name for name in columns if not name.startswith("work.")}


def test_the_survey_has_one_column_for_each_question_in_order() -> None:
    """Site fields stand in surveys after who, when and how; task fields last in openings."""
    surveys = [column.name for column in TABLES["surveys"].columns]
    assert surveys[:3] == ["site_id", "surveyed_on", "method"]
    assert surveys[3:] == [field.name for field in SITE_FIELDS]
    openings = [column.name for column in TABLES["openings"].columns]
    assert openings[-5:] == [field.name for field in WORK_FIELDS]


def test_what_is_required_is_what_the_domain_has_no_default_for() -> None:
    """A cell may be empty exactly where the domain object can do without."""
    for table, kind in OBJECTS.items():
        needed = {f.name for f in fields(kind) if f.default is f.default_factory}
        if table in PLAN_TABLES:  # a pinned row may lack what its fields must be told
            continue
        required = {c.name for c in TABLES[table].columns if c.required}
        assert required == needed, table


def test_every_reference_leads_to_a_table() -> None:
    """A reference names a table whose first column is an id."""
    for table in TABLES.values():
        for column in table.columns:
            if column.kind is Kind.REFERENCE:
                assert TABLES[column.table].columns[0].kind is Kind.ID
