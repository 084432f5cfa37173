"""A report as CSV: every table of it, and every protected table of the release, cell by cell."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import product

from api.reports.content import report
from api.reports.excel import heads_of, values_of
from api.reports.findings import Findings
from api.reports.parts import Sheet
from api.reports.words import Speaker
from api.texts import Language
from matcher.balance.disclosure import ProtectedTable, Reason

FORMULA = re.compile(r"^[=+\-@\t\r]")
"""What a spreadsheet would take for a formula."""
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def files(found: Findings, language: Language) -> dict[str, str]:
    """Each table as text, by the name of its file.

    ``report-*.csv`` are the tables of the report, as it shows them; ``table-*.csv`` those of the
    release in codes, one row for each cell: the total is ``*``, a hidden count is empty and
    ``hidden`` says why.
    """
    speaker = Speaker(found, language)
    made = {
        f"report-{sheet.code}.csv": _text(
            (
                _heads(sheet, speaker),
                *(
                    [
                        value
                        for cell, column in zip(row, sheet.columns, strict=True)
                        for value in values_of(cell, column)
                    ]
                    for row in sheet.rows
                ),
            )
        )
        for sheet in report(found, language).sheets
    }
    for table in found.balance.release.tables:
        name = UNSAFE.sub("-", table.name)
        made[f"table-{name}.csv"] = _text(_cells(table, speaker))
    return made


def _heads(sheet: Sheet, speaker: Speaker) -> list[str]:
    """The heads of a table; the first says when figures are changed."""
    heads = [head for one in sheet.columns for head in heads_of(one, speaker.language)]
    if speaker.found.balance.release.noise:
        heads[0] = speaker.noise("head", head=heads[0])
    return heads


def _cells(table: ProtectedTable, speaker: Speaker) -> Iterator[list[str | float]]:
    """Every cell of a table, with the totals."""
    noise = speaker.found.balance.release.noise
    count = speaker.noise("head", head="count") if noise else "count"
    yield [*(one.name for one in table.dimensions), count, "hidden"]
    codes = [(*one.codes, *((None,) if one.total else ())) for one in table.dimensions]
    for place in product(*codes):
        value = table.cell(*place)
        names = ["*" if code is None else code for code in place]
        if isinstance(value, Reason):
            yield [*names, "", speaker.say(f"why_{value}")]
        else:
            yield [*names, value, ""]


def _text(rows: Iterable[Iterable[str | float]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([_tame(value) for value in row])
    return text.getvalue()


def _tame(value: str | float) -> str | float:
    """Text that a spreadsheet would take for a formula, with a ``'`` before it."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value
