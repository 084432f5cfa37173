"""A report as a workbook and as CSV: numbers as numbers, hidden ones as words, no formula."""

import csv
import io
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from api.reports import comma, pictures
from api.reports.content import report
from api.reports.excel import workbook
from api.reports.findings import Findings
from api.reports.parts import Bar, Bars, Curve, Kind
from api.texts import Language
from matcher.balance.disclosure import Reason
from tests.api.reports.conftest import FORMULA


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(text)))


def test_the_workbook_has_a_sheet_for_each_table(found: Findings) -> None:
    """By their codes, after one with the words; figures are numbers, hidden ones words."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(found, Language.SWEDISH)))
    made = report(found, Language.SWEDISH)
    assert book.sheet_names == ["Innehåll", *(sheet.code[:31] for sheet in made.sheets)]
    for sheet in made.sheets:
        rows = book.get_sheet_by_name(sheet.code[:31]).to_python()
        assert rows[0][0] == sheet.caption
        for row, shown in zip(sheet.rows, rows[2:], strict=False):
            assert shown[0] in (row[0].text, row[0].number)
            at = 1
            for cell, column in zip(row[1:], sheet.columns[1:], strict=True):
                number = column.kind is not Kind.TEXT and cell.number is not None
                assert shown[at] == (cell.number if number else cell.text)
                at += 3 if column.kind is Kind.SHARE else 1
    words = [row[0] for row in book.get_sheet_by_name("Innehåll").to_python()]
    assert "Varför vissa siffror är dolda" in words


def test_no_cell_of_the_workbook_is_a_formula(armed: Findings) -> None:
    """An association that is called like one stays text, and is no link."""
    with zipfile.ZipFile(BytesIO(workbook(armed, Language.ENGLISH))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
        words = parts.read("xl/sharedStrings.xml").decode()
    assert sheets
    assert not [one for one in sheets if b"<f>" in one or b"hyperlink" in one.lower()]
    assert "=HYPERLINK(" in words


def test_a_formula_in_csv_is_armoured(armed: Findings) -> None:
    """In the tables of the report, and in those of the release."""
    made = comma.files(armed, Language.ENGLISH)
    cells = {cell for text in made.values() for row in rows_of(text) for cell in row}
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells


def test_every_protected_table_is_a_file(found: Findings) -> None:
    """One row for each cell: a count, or nothing and why."""
    made = comma.files(found, Language.ENGLISH)
    for table in found.balance.release.tables:
        rows = rows_of(made[f"table-{table.name.replace('/', '-')}.csv"])
        assert rows[0] == [*(one.name for one in table.dimensions), "count", "hidden"]
        assert len(rows) == 1 + table.values.size
    table = found.balance.release.table("unplaced/gender")
    for *codes, count, why in rows_of(made["table-unplaced-gender.csv"])[1:]:
        cell = table.cell(*(None if code == "*" else code.removeprefix("'") for code in codes))
        assert (count == "") == bool(why) == isinstance(cell, Reason)
        assert count in ("", str(cell))


def test_the_tables_of_the_report_are_files(found: Findings) -> None:
    """As many rows as the report shows, with an interval in three columns."""
    made = comma.files(found, Language.ENGLISH)
    for sheet in report(found, Language.ENGLISH).sheets:
        rows = rows_of(made[f"report-{sheet.code}.csv"])
        wide = sum(3 if column.kind is Kind.SHARE else 1 for column in sheet.columns)
        assert len(rows) == 1 + len(sheet.rows)
        assert {len(row) for row in rows} == {wide}


def test_a_bar_is_as_long_as_its_number() -> None:
    """The largest fills the room; half is half; a hidden one has no length, only its word."""
    bars = (
        Bar(label="a", values=(10, 5), words=("10", "5")),
        Bar(label="b" * 60, values=(None, 0), words=("hidden", "0")),
    )
    drawn = pictures.bars(Bars(series=("x", "y"), bars=bars))
    widths = [[bar.width for bar in row.bars] for row in drawn.rows]
    room = pictures.WIDE - pictures.NAMES - pictures.FIGURES
    assert widths == [[room, room // 2], [0, 0]]
    assert drawn.rows[1].bars[0].words == "hidden"
    assert len(drawn.rows[1].label) == pictures.LETTERS


def test_nothing_to_draw_is_drawn() -> None:
    """Bars that are all hidden divide nothing by nothing."""
    one = Bar(label="a", values=(None,), words=("hidden",))
    assert pictures.bars(Bars(series=("x",), bars=(one,))).rows[0].bars[0].width == 0
    assert pictures.bars(Bars(series=(), bars=())).rows == ()


@pytest.mark.parametrize(
    "points", [((5, 100), (9, 60)), ((5, 100), (5, 100)), ((0, 3), (4, 2), (9, 0))]
)
def test_a_curve_lies_within_its_picture(points: tuple[tuple[int, int], ...]) -> None:
    """More of the goal is to the right, more points up; also where all are one."""
    drawn = pictures.curve(Curve(across="x", up="y", points=points, now=points[0]))
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in drawn.points)
    assert [x for x, _ in drawn.points] == sorted(x for x, _ in drawn.points)
    assert [y for _, y in drawn.points] == sorted(y for _, y in drawn.points)
    assert drawn.now == drawn.points[0]
