"""The three forms of a data set: what they hold alike, and what can be wrong with a file."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no annotations

from matcher.dataset import Tables, load, read_tables, write_tables
from matcher.dataset.tables import Form, read_all
from matcher.errors import DatasetError, Fault, FaultCode

F = FaultCode
FORMS: tuple[Form, ...] = ("csv", "parquet", "xlsx")
SITES = "site_id,provider_id,name,municipality_code,latitude,longitude\n"
PROVIDERS = "provider_id,name,kind,organisation_number,equal_treatment\n"


def faults_of(folder: Path) -> list[tuple[FaultCode, str, int | None]]:
    """What is wrong with the files of a folder, apart from the cells in them."""
    return [(fault.code, fault.table, fault.row) for fault in read_all(folder).faults]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A folder with one file of this content."""
    folder.mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return folder


def same(one: Tables, other: Tables) -> bool:
    """Whether two data sets say the same in the same order."""
    return list(one) == list(other) and all(
        one[name].column_names == other[name].column_names
        and one[name].to_pylist() == other[name].to_pylist()
        for name in one
    )


@pytest.fixture
def odd(tables: Tables) -> Tables:
    """A data set with what is hard to write: formulas, quotes, lines, extra columns, blanks."""
    texts = ["=1+1", "'=x", "''@y", "-5", "+46", '"q", r', "a\nb", "c\td", "'plain", "007", "å;ä"]
    rows = tables["openings"].to_pylist()
    odd = [{**rows[0], "opening_id": f"O{at}", "title": text} for at, text in enumerate(texts)]
    odd.insert(3, dict.fromkeys(rows[0]))
    schema = tables["openings"].schema
    tables["openings"] = pa.Table.from_pylist(odd, schema=schema)
    extra = pa.array(["=2+2", None, "1.0"])
    tables["participants"] = tables["participants"].append_column("vår egen", extra)
    return tables


def test_the_three_forms_hold_the_same(odd: Tables, tmp_path: Path) -> None:
    """From CSV to Parquet to a workbook and back to CSV, nothing is lost, and no byte changes."""
    write_tables(odd, tmp_path / "first", "csv")
    first = read_tables(tmp_path / "first")
    write_tables(first, tmp_path / "parquet", "parquet")
    parquet = read_tables(tmp_path / "parquet")
    write_tables(parquet, tmp_path / "book.xlsx", "xlsx")
    book = read_tables(tmp_path / "book.xlsx")
    write_tables(book, tmp_path / "last", "csv")
    assert same(odd, first)
    assert same(first, parquet)
    assert same(parquet, book)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "last" / file.name).read_bytes(), file.name


def test_a_formula_in_free_text_is_disarmed(odd: Tables, tmp_path: Path) -> None:
    """What a spreadsheet would run stands behind a quote, in free text and unknown columns."""
    write_tables(odd, tmp_path)
    openings = (tmp_path / "openings.csv").read_text("utf-8")
    assert ",'=1+1," in openings
    assert ",'''@y," in openings
    assert ",'plain," in openings
    assert ",'=2+2" in (tmp_path / "participants.csv").read_text("utf-8")


def test_csv_quotes_only_what_must_be(odd: Tables, tmp_path: Path) -> None:
    """A small difference in the data is a small difference in the file."""
    write_tables({"providers": odd["providers"]}, tmp_path)
    content = (tmp_path / "providers.csv").read_bytes()
    assert content == (PROVIDERS + "A1,Kafé,asf,,\nA2,Verkstad,private,,\n").encode()


def test_a_pandas_table_can_be_written(tmp_path: Path) -> None:
    """Text, whole numbers that may be missing, and None become the same cells as text."""
    frame = pd.DataFrame(
        {
            "participant_id": ["P1", "P2"],
            "site_id": ["S1", None],
            "minutes": pd.array([7, None], dtype="Int64"),
        }
    )
    for form in ("csv", "parquet"):
        write_tables({"travel_times": frame}, tmp_path, form)
        assert read_tables(tmp_path)["travel_times"].to_pylist() == [
            {"participant_id": "P1", "site_id": "S1", "minutes": "7"},
            {"participant_id": "P2", "site_id": None, "minutes": None},
        ]


def test_a_large_table_can_be_given_to_pandas(tmp_path: Path) -> None:
    """Its columns are categories, each once and none of them empty; an empty cell has none."""
    rows = 'P1,S1,7\n"P1 ",S2,\n,S1,"7"\n'
    written(tmp_path, "travel_times.csv", f"participant_id,site_id,minutes\n{rows}")
    frame = read_tables(tmp_path)["travel_times"].to_pandas()
    assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == [
        ["P1", "S1", "7"],
        ["P1", "S2", None],
        [None, "S1", "7"],
    ]
    assert list(frame["participant_id"].cat.categories) == ["P1"]


def test_writing_a_table_in_one_form_takes_the_other_away(tables: Tables, tmp_path: Path) -> None:
    """One table has one file; tables that are not written are left alone."""
    write_tables(tables, tmp_path, "csv")
    write_tables({"sites": tables["sites"]}, tmp_path, "parquet")
    assert not (tmp_path / "sites.csv").exists()
    assert (tmp_path / "providers.csv").exists()
    assert same(read_tables(tmp_path), tables)


def test_a_failed_writing_leaves_the_old_file(tables: Tables, tmp_path: Path) -> None:
    """A file is replaced at one stroke or not at all, and nothing is left lying about."""
    book = tmp_path / "book.xlsx"
    write_tables(tables, book, "xlsx")
    before = book.read_bytes()
    tables["openings"] = tables["openings"].set_column(2, "title", pa.array(["x" * 40_000, "y"]))
    with pytest.raises(DatasetError) as error:
        write_tables(tables, book, "xlsx")
    assert error.value.faults[0].code is F.TOO_LARGE
    assert (error.value.faults[0].table, error.value.faults[0].row) == ("openings", 2)
    assert book.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_workbook_is_the_same_byte_for_byte(tables: Tables, tmp_path: Path) -> None:
    """The same tables give the same workbook: the clock is not in it."""
    write_tables(tables, tmp_path / "a.xlsx", "xlsx")
    write_tables(tables, tmp_path / "b.xlsx", "xlsx")
    with ZipFile(tmp_path / "a.xlsx") as one, ZipFile(tmp_path / "b.xlsx") as other:
        assert all(one.read(name) == other.read(name) for name in one.namelist())


BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "content",
    [
        (SITES + "S1,A1,Ett,0180,59.3,18.1\nS2,A2,Två,0180,59.3,18.2\n").encode(),
        BOM + (SITES + "S1,A1,Ett,0180,59.3,18.1\nS2,A2,Två,0180,59.3,18.2").encode(),
        (SITES + "S1,A1,Ett,0180,59.3,18.1\nS2,A2,Två,0180,59.3,18.2\n")
        .replace("\n", "\r\n")
        .encode(),
        (
            SITES + '"S1","A1","Ett","0180","59.3","18.1"\n S2 ,A2,\u00a0Två, 0180,59.3,18.2 \n'
        ).encode(),
        (
            SITES.replace(",", " , ") + "S1,A1,Ett,0180,59.3,18.1\nS2,A2,Två,0180,59.3,18.2\n"
        ).encode(),
    ],
    ids=[
        "plain",
        "bom, no last line end",
        "carriage returns",
        "quotes and blanks",
        "header blanks",
    ],
)
def test_csv_may_be_written_in_several_ways(tmp_path: Path, content: bytes) -> None:
    """A byte order mark, other line ends, quotes and surrounding blanks change nothing."""
    rows = read_tables(written(tmp_path, "sites.csv", content))["sites"].to_pylist()
    assert [row["site_id"] for row in rows] == ["S1", "S2"]
    assert [row["name"] for row in rows] == ["Ett", "Två"]
    assert [row["municipality_code"] for row in rows] == ["0180", "0180"]


def test_blank_lines_and_line_breaks_in_cells_keep_the_count(tmp_path: Path) -> None:
    """A row has the number that a spreadsheet gives it, whatever stands before it."""
    rows = (
        SITES + 'S1,A1,"Ett\noch ett",0180,59.3,18.1\n\n\nS2,A2,"En\r\nrad",0180,59.3,18.1\nS3,x\n'
    )
    written(tmp_path, "sites.csv", rows)
    assert faults_of(tmp_path) == [(F.ROW_LENGTH, "sites", 6)]
    table = read_all(tmp_path).tables["sites"].to_pylist()
    assert [row["name"] for row in table] == ["Ett\noch ett", None, None, "En\nrad", None]


def test_every_row_of_the_wrong_length_is_told(tmp_path: Path) -> None:
    """Too short, too long: each with its row; an all too short row of blanks is just blank."""
    rows = SITES + "S1,A1\nS2,A2,Två,0180,59.3,18.2\nS3,A1,Tre,0180,59.3,18.2,7,8\n,,\n"
    written(tmp_path, "sites.csv", rows)
    first, second = read_all(tmp_path).faults
    assert (first.code, first.row, first.params) == (F.ROW_LENGTH, 2, {"expected": 6, "found": 2})
    assert (second.code, second.row, second.params) == (
        F.ROW_LENGTH,
        4,
        {"expected": 6, "found": 8},
    )


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (SITES.replace(",", ";") + "S1;A1;Ett;0180;59,3;18,1\n", F.TABLE_SEMICOLONS, 1),
        ("sep=;\n" + SITES.replace(",", ";"), F.TABLE_SEMICOLONS, 1),
        (
            SITES.encode() + b"S1,A1,Ett,0180,59.3,18.1\nS2,A1,Tv\xe5,0180,59.3,18.1\n",
            F.TABLE_NOT_UTF8,
            3,
        ),
        (SITES.encode("utf-16"), F.TABLE_NOT_UTF8, 1),
        ('"site_id,provider_id\n', F.QUOTE_OPEN, 1),
        ("", F.TABLE_EMPTY, None),
        ("\n\n", F.TABLE_EMPTY, None),
        (SITES + 'S1,A1,"Ett,0180,59.3,18.1\nS2,A1,Tre,0180,59.3,18.1\n', F.QUOTE_OPEN, 2),
        (SITES + 'S1,A1,Ett,0180,59.3,18.1\nS2,A1,Tre,0180,59.3,"18.1\n', F.QUOTE_OPEN, 3),
        (SITES + '\nS1,A1,"Ett" hus,0180,59.3,18.1\n', F.QUOTE_OPEN, 3),
        (SITES.replace("name", "site_id"), F.COLUMN_TWICE, 1),
        (SITES.replace("name", "") + "S1,A1,Ett,0180,59.3,18.1\n", F.COLUMN_UNNAMED, 1),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, content: bytes | str, code: FaultCode, row: int | None
) -> None:
    """Each way of getting a CSV file wrong has its own name, and its row where there is one."""
    assert faults_of(written(tmp_path, "sites.csv", content)) == [(code, "sites", row)]


def test_a_cell_without_end_is_told_from_one_that_is_too_long(tmp_path: Path) -> None:
    """An open quotation mark may swallow more than a cell can hold; so may somebody's report."""
    swallowed = SITES + 'S1,A1,"Ett' + ",\n" * 200_000
    assert faults_of(written(tmp_path, "sites.csv", swallowed)) == [(F.QUOTE_OPEN, "sites", 2)]
    report = SITES + '\nS1,A1,"' + "E" * 200_000 + '",0180,59.3,18.1'
    assert faults_of(written(tmp_path, "sites.csv", report)) == [(F.TABLE_UNREADABLE, "sites", 3)]


def test_nameless_columns_of_nothing_are_dropped(tmp_path: Path) -> None:
    """The empty columns that spreadsheets leave at the end are nobody's fault."""
    rows = SITES.replace("\n", ",,\n") + "S1,A1,Ett,0180,59.3,18.1,,\n"
    table = read_tables(written(tmp_path, "sites.csv", rows))["sites"]
    assert table.column_names == SITES.strip().split(",")


def test_faults_of_files_and_cells_come_together(tables: Tables, tmp_path: Path) -> None:
    """A file that cannot be read does not hide what is wrong in the others, nor blame them."""
    write_tables(tables, tmp_path)
    (tmp_path / "sites.csv").write_text(SITES + "S1\n", "utf-8")
    (tmp_path / "providers.csv").write_bytes(b"\xff\xfe")
    (tmp_path / "wishes.csv").write_text(
        "participant_id,wish,rank,level,code\nP1,seek,0,group,9413\n", "utf-8"
    )
    with pytest.raises(DatasetError) as error:
        load(tmp_path, dt.date(2026, 12, 1))
    assert [(fault.code, fault.table, fault.row) for fault in error.value.faults] == [
        (F.OUT_OF_RANGE, "wishes", 2),
        (F.TABLE_NOT_UTF8, "providers", 1),
        (F.ROW_LENGTH, "sites", 2),
    ]


def test_one_table_in_two_files_is_a_fault(tables: Tables, tmp_path: Path) -> None:
    """Of a table in both forms nobody knows which is right."""
    write_tables(tables, tmp_path, "csv")
    write_tables(tables, tmp_path / "other", "parquet")
    (tmp_path / "other" / "sites.parquet").rename(tmp_path / "sites.parquet")
    assert faults_of(tmp_path) == [(F.TABLE_TWICE, "sites", None)]


def test_a_data_set_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A folder that does not exist, or a file that is no data set, is a fault of its own."""
    assert faults_of(tmp_path / "none") == [(F.FOLDER_MISSING, "none", None)]
    written(tmp_path, "data.xlsm", b"")
    assert faults_of(tmp_path / "data.xlsm") == [(F.MACRO_WORKBOOK, "data.xlsm", None)]
    written(tmp_path, "data.txt", b"")
    assert faults_of(tmp_path / "data.txt") == [(F.TABLE_UNREADABLE, "data.txt", None)]


def test_a_long_file_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The careful reader takes a file piece by piece, and loses nothing between them."""
    monkeypatch.setattr("matcher.dataset.csv_files.CHUNK_ROWS", 2)
    rows = "".join(f'S{at},A1,"a\nb",0180,59.3,18.1\n' for at in range(5))
    table = read_tables(written(tmp_path, "sites.csv", SITES + rows))["sites"]
    assert table.column("site_id").to_pylist() == ["S0", "S1", "S2", "S3", "S4"]


def test_what_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the name of a table, or one that nobody may look into."""
    (tmp_path / "sites.csv").mkdir()
    (tmp_path / "wishes.parquet").mkdir()
    (tmp_path / ".sites-1234.csv").write_text("left behind", "utf-8")
    with pytest.raises(DatasetError) as error:
        read_tables(tmp_path)
    assert [(fault.code, fault.table) for fault in error.value.faults] == [
        (F.NOT_A_FILE, "wishes"),
        (F.NOT_A_FILE, "sites"),
    ]

    def forbidden(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert faults_of(tmp_path) == [(F.FOLDER_MISSING, tmp_path.name, None)]


def test_typed_parquet_is_the_same_as_text(tmp_path: Path) -> None:
    """Numbers, dates, truth values and lists of any width become the text they stand for."""
    when = dt.datetime(2026, 12, 10)  # noqa: DTZ001 -- a date as pandas writes it
    columns = {
        "opening_id": pa.array(["O1", "O2"]).dictionary_encode(),
        "site_id": pa.array(["S1", "S2"], pa.large_string()),
        "title": pa.array(["=1", None]),
        "occupation_group": pa.array([9413, 110], pa.int16()),
        "seats": pa.array([2.0, float("nan")]),
        "session_seats": pa.array([Decimal("1.00"), None]),
        "sessions": pa.array([["mon_am", "tue_am"], None]),
        "hours_min": pa.nulls(2),
        "hours_max": pa.array([1.5, 20.0], pa.float32()),
        "starts_from": pa.array([when, None], pa.timestamp("ns")),
        "starts_until": pa.array([when.date(), None], pa.date32()),
        "eligible_municipalities": pa.array([114, 1880], pa.uint32()),
        "updated_at": pa.array([when, when.replace(hour=9)], pa.timestamp("us", "UTC")),
        "starts": pa.array([when.date(), None], pa.date64()),
        "days": pa.array([[when.date(), None], None]),
        "may_hire": pa.array([True, None]),
    }
    pq.write_table(pa.table(columns), tmp_path / "openings.parquet")
    first, second = read_tables(tmp_path)["openings"].to_pylist()
    assert first == {
        "opening_id": "O1",
        "site_id": "S1",
        "title": "=1",
        "occupation_group": "9413",
        "seats": "2",
        "session_seats": "1",
        "sessions": "mon_am;tue_am",
        "hours_min": None,
        "hours_max": "1.5",
        "starts_from": "2026-12-10",
        "starts_until": "2026-12-10",
        "eligible_municipalities": "0114",
        "updated_at": "2026-12-10",
        "starts": "2026-12-10",
        "days": "2026-12-10;",
        "may_hire": "yes",
    }
    assert (second["occupation_group"], second["seats"], second["hours_max"]) == (
        "0110",
        None,
        "20",
    )
    assert str(second["updated_at"]).startswith("2026-12-10 09:00")


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"a": 1}]),
        pa.array([b"\xff\xfe"], pa.binary()),
        pa.Array.from_buffers(
            pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
        ),
    ],
    ids=["record", "bytes", "text that is not UTF-8"],
)
def test_parquet_that_holds_no_text_is_told(tmp_path: Path, column: pa.Array) -> None:
    """What cannot be text is a fault of the table."""
    pq.write_table(pa.table({"site_id": column}), tmp_path / "sites.parquet")
    assert faults_of(tmp_path) == [(F.TABLE_UNREADABLE, "sites", None)]


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


@pytest.mark.parametrize("name", ["sites.csv", "sites.parquet", "book.xlsx"])
def test_a_file_beyond_the_limit_is_not_read(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file larger than a machine should take in is told so, not tried."""
    monkeypatch.setattr("matcher.dataset.tables.MAX_BYTES", 10)
    monkeypatch.setattr("matcher.dataset.workbooks.MAX_BYTES", 10)
    if name == "book.xlsx":
        write_tables(tables, tmp_path / name, "xlsx")
        assert faults_of(tmp_path / name) == [(F.TOO_LARGE, name, None)]
    else:
        form: Form = "csv" if name.endswith("csv") else "parquet"
        write_tables({"sites": tables["sites"]}, tmp_path, form)
        assert faults_of(tmp_path) == [(F.TOO_LARGE, "sites", None)]


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


def test_a_table_of_nothing_has_its_columns(tmp_path: Path) -> None:
    """Columns without rows, of any kind, are columns without rows."""
    kinds = {"a": pa.null(), "b": pa.int8(), "c": pa.dictionary(pa.int8(), pa.string())}
    table = pa.schema(kinds.items()).empty_table()
    for form in FORMS:
        path = tmp_path / ("book.xlsx" if form == "xlsx" else form)
        write_tables({"sites": table, "travel_times": table}, path, form)
        for read in read_tables(path).values():
            assert (read.num_rows, read.column_names) == (0, ["a", "b", "c"])


def test_too_many_rows_are_not_read(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Parquet file tells its rows before it is unpacked."""
    monkeypatch.setattr("matcher.dataset.parquet_files.MAX_ROWS", 1)
    write_tables({"sites": tables["sites"]}, tmp_path, "parquet")
    (fault,) = read_all(tmp_path).faults
    assert fault == Fault(code=F.TOO_LARGE, table="sites", params={"rows": 2, "most": 1})
