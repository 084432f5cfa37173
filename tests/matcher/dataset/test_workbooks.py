"""Workbooks: typed cells become text, and one that would do harm is not opened."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no annotations
from xlsxwriter.utility import xl_cell_to_rowcol  # type: ignore[import-untyped]  # as above

from matcher.dataset import Tables, write_tables
from matcher.dataset.schema import TABLES
from matcher.dataset.tables import read_all
from matcher.errors import DatasetError, FaultCode
from tests.matcher.dataset.one_file import F, faults_of


def test_a_workbook_is_the_same_byte_for_byte(tables: Tables, tmp_path: Path) -> None:
    """The same tables give the same workbook: the clock is not in it."""
    write_tables(tables, tmp_path / "a.xlsx", "xlsx")
    write_tables(tables, tmp_path / "b.xlsx", "xlsx")
    with ZipFile(tmp_path / "a.xlsx") as one, ZipFile(tmp_path / "b.xlsx") as other:
        assert all(one.read(name) == other.read(name) for name in one.namelist())


def test_a_typed_workbook_is_the_same_as_text(tmp_path: Path) -> None:
    """Numbers, dates and truth values of a spreadsheet become text; codes get their zero back."""
    with xlsxwriter.Workbook(str(tmp_path / "typed.xlsx")) as book:
        sheet = book.add_worksheet("openings")
        book.add_worksheet("Läs mig").write(0, 0, "hej")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        names = ["opening_id", "occupation_group", "eligible_municipalities", "seats"]
        sheet.write_row(0, 0, [*names, "hours_max", "starts_from", "may_hire", "title"])
        sheet.write_row(1, 0, [17, 110, 114, 3, 7.5])
        sheet.write_datetime(1, 5, dt.datetime(2026, 12, 10), day)  # noqa: DTZ001
        sheet.write_boolean(1, 6, True)  # noqa: FBT003 -- a cell
        sheet.write_formula(1, 7, "=1+1", None, 2)
        sheet.write_row(3, 0, ["O2", "110", "0114;114"])
        sheet.write_datetime(3, 3, dt.time(8, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_datetime(3, 4, dt.timedelta(1.5), book.add_format({"num_format": "[h]:mm"}))
        when = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime(3, 5, dt.datetime(2026, 12, 10, 8, 30), when)  # noqa: DTZ001
    reading = read_all(tmp_path / "typed.xlsx")
    first, blank, second = reading.tables["openings"].to_pylist()
    assert list(first.values()) == ["17", "0110", "0114", "3", "7.5", "2026-12-10", "yes", "2"]
    assert set(blank.values()) == {None}
    assert list(second.values())[:3] == ["O2", "110", "0114;114"]
    assert list(second.values())[3:6] == ["08:30:00", "1 day, 12:00:00", "2026-12-10 08:30:00"]
    assert reading.ignored == ["Läs mig"]


def test_an_empty_sheet_has_no_header(tmp_path: Path) -> None:
    """A sheet with the name of a table must at least have its columns."""
    with xlsxwriter.Workbook(str(tmp_path / "typed.xlsx")) as book:
        book.add_worksheet("sites")
    assert faults_of(tmp_path / "typed.xlsx") == [(F.TABLE_EMPTY, "sites", None)]


Rewrite = Callable[[dict[str, bytes]], None]


def _far_cell(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b'r="B1"', b'r="XFD1048576"'
    )


def _very_far_row(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b'r="B1"', b'r="B199999999"'
    )


def _hidden_cell(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b'r="B1"', b'r = "XFD&#49;048576"'
    )


def _macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"..."


def _other_kind(parts: dict[str, bytes]) -> None:
    parts["content.xml"] = parts.pop("xl/workbook.xml")


def _other_letters(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].decode().encode("utf-16")


@pytest.mark.parametrize(
    ("rewrite", "code"),
    [
        (_far_cell, F.TOO_LARGE),
        (_very_far_row, F.TABLE_UNREADABLE),
        (_hidden_cell, F.TABLE_UNREADABLE),
        (_macros, F.MACRO_WORKBOOK),
        (_other_kind, F.TABLE_UNREADABLE),
        (_other_letters, F.TABLE_UNREADABLE),
    ],
)
def test_a_workbook_that_would_do_harm_is_not_opened(
    tables: Tables, tmp_path: Path, rewrite: Rewrite, code: FaultCode
) -> None:
    """One cell far away would make the reader ask for all memory; macros are never welcome."""
    write_tables(tables, tmp_path / "good.xlsx", "xlsx")
    with ZipFile(tmp_path / "good.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rewrite(parts)
    with ZipFile(tmp_path / "bad.xlsx", "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert faults_of(tmp_path / "bad.xlsx") == [(code, "bad.xlsx", None)]


def test_more_rows_than_a_sheet_holds_are_not_written(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet ends somewhere; nothing is cut off."""
    monkeypatch.setattr("matcher.dataset.workbooks.MAX_ROWS", 3)
    with pytest.raises(DatasetError) as error:
        write_tables(tables, tmp_path / "book.xlsx", "xlsx")
    too_long = [name for name, table in tables.items() if table.num_rows > 2]
    assert [(fault.code, fault.table) for fault in error.value.faults] == [
        (F.TOO_LARGE, name) for name in too_long
    ]


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file may hold a large one."""
    write_tables(tables, tmp_path / "book.xlsx", "xlsx")
    monkeypatch.setattr("matcher.dataset.workbooks.MAX_UNPACKED_BYTES", 1000)
    assert faults_of(tmp_path / "book.xlsx") == [(F.TOO_LARGE, "book.xlsx", None)]


def test_codes_are_offered_as_lists(tables: Tables, tmp_path: Path) -> None:
    """A column of one code has its codes to choose from, in every row; other columns have none."""
    write_tables({"openings": tables["openings"]}, tmp_path / "a.xlsx", "xlsx")
    with ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    found = re.findall(r'sqref="([A-Z]+)2:[A-Z]+1048576"><formula1>"([^"]*)"', sheet)
    names = [column.name for column in TABLES["openings"].columns]
    lists = {names[xl_cell_to_rowcol(f"{letters}1")[1]]: codes for letters, codes in found}
    assert lists["status"] == "open,paused"
    assert lists["may_hire"] == "yes,no"
    assert "title" not in lists
