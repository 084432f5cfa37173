"""A report as an Excel workbook: a sheet for each table, hidden figures said in words.

Nothing in a sheet becomes a formula or a link; figures are numbers, so that they can be summed
and drawn, but for those with an interval, which take three columns.
"""

from collections.abc import Iterator
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from api import texts
from api.reports.content import report
from api.reports.findings import Findings
from api.reports.parts import Cell, Column, Kind, Report, Sheet
from api.texts import Language

LONGEST = 31
"""Letters in the name of a sheet, at most."""
WIDTHS = {Kind.TEXT: 34, Kind.NUMBER: 12, Kind.SHARE: 12}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(found: Findings, language: Language) -> bytes:
    """The report as a workbook; the first sheet has its words."""
    made = report(found, language)
    content = BytesIO()
    with xlsxwriter.Workbook(content, dict(OPTIONS)) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        front = book.add_worksheet(texts.say(language, "report.contents"))
        front.set_column(0, 0, 110)
        for at, line in enumerate(_words(made)):
            front.write_string(at, 0, line, bold if at == 0 else wrapped)
        for sheet in made.sheets:
            page = book.add_worksheet(sheet.code[:LONGEST])
            _fill(page, sheet, language, bold)
    return content.getvalue()


def _words(made: Report) -> Iterator[str]:
    """Everything that is said outside the tables, and which sheets there are."""
    yield f"{made.title}: {made.of}"
    yield from made.words
    for section in made.sections:
        yield ""
        yield section.heading
        yield from section.words
        yield from section.after
        for sheet in section.sheets:
            yield f"{sheet.code}: {sheet.caption}"


def _fill(page: Worksheet, sheet: Sheet, language: Language, bold: object) -> None:
    """The caption, the heads, the rows and the note of a table."""
    heads = [name for column in sheet.columns for name in heads_of(column, language)]
    page.write_string(0, 0, sheet.caption, bold)
    for at, head in enumerate(heads):
        page.write_string(1, at, head, bold)
    page.freeze_panes(2, 1)
    page.set_column(0, 0, WIDTHS[Kind.TEXT])
    page.set_column(1, len(heads), WIDTHS[Kind.NUMBER])
    for down, row in enumerate(sheet.rows, start=2):
        values = [
            value
            for cell, column in zip(row, sheet.columns, strict=True)
            for value in values_of(cell, column)
        ]
        for at, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(down, at, value)
            else:
                page.write_number(down, at, value)
    if sheet.note:
        page.write_string(len(sheet.rows) + 3, 0, sheet.note)


def heads_of(column: Column, language: Language) -> list[str]:
    """What stands above a column: of percentages, above three."""
    if column.kind is not Kind.SHARE:
        return [column.head]
    keys = ("percent_head", "low_head", "high_head")
    return [texts.say(language, f"report.{key}", head=column.head) for key in keys]


def values_of(cell: Cell, column: Column) -> list[str | float]:
    """What stands in a cell: a number where there is one, else its words."""
    first: str | float = cell.text
    if cell.number is not None and column.kind is not Kind.TEXT:
        first = cell.number
    if column.kind is not Kind.SHARE:
        return [first]
    return [first, *("" if end is None else end for end in (cell.low, cell.high))]
