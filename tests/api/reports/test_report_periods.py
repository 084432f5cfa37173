"""Sections of periods and of associations: only what was asked; what cannot be told is said."""

from dataclasses import replace
from datetime import date

from api.reports.content import report
from api.reports.findings import Findings
from api.reports.gather import Wanted, findings
from api.reports.page import document
from api.reports.parts import Report, Section
from api.texts import Language
from matcher import Policy
from matcher.balance.persons import Period
from matcher.domain import Problem
from tests.api.reports.conftest import TAGS

YEAR = Period(name="2026", first=date(2026, 1, 1), after=date(2027, 1, 1))
APART = {"periods", "crossed"}


def sections(made: Report) -> dict[str, Section]:
    """The sections by their codes."""
    return {one.code: one for one in made.sections}


def test_what_was_not_asked_is_not_there(found: Findings) -> None:
    """No heading without a table."""
    assert APART.isdisjoint(sections(report(found, Language.ENGLISH)))


def test_where_nothing_has_a_day_it_is_said(town: Problem) -> None:
    """A data set without placements and without a plan: no table, and a sentence."""
    empty = replace(town, placements=())
    made = report(
        findings(empty, Policy(), None, Wanted(name="x", periods=(YEAR,))), Language.SWEDISH
    )
    section = sections(made)["periods"]
    assert section.sheets == ()
    (words,) = section.words
    assert words.startswith("Inget av det som hänt har en dag.")


def test_associations_are_named_and_escaped(town: Problem) -> None:
    """Each row has its association and its field, the sum of them last, and a warning above."""
    people = tuple(replace(one, association=TAGS) for one in town.participants)
    problem = replace(town, participants=people)
    found = findings(problem, Policy(), None, Wanted(name="x", crossed=("association",)))
    section = sections(report(found, Language.ENGLISH))["crossed"]
    wished = next(one for one in section.sheets if one.code == "association_wished")
    assert {row[0].text for row in wished.rows} == {TAGS}
    assert wished.rows[-1][1].text == "All"
    assert [column.head for column in wished.columns][:3] == ["Association", "Field", "Women"]
    table = found.balance.release.table("wished/branch/association")
    field, everybody = wished.rows[0][1].text, wished.rows[-1][-1]
    assert field
    assert everybody.number == table.cell(None, None, TAGS)
    assert TAGS not in document(found, Language.ENGLISH)
    assert section.words[0].startswith("This makes many small figures.")
