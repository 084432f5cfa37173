"""The three forms of a data set: what they hold alike, and faults in whichever form."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from matcher.dataset import Tables, load, read_tables, write_tables
from matcher.dataset.tables import Form
from matcher.errors import DatasetError
from tests.matcher.dataset.alike import same_tables
from tests.matcher.dataset.one_file import FORMS, PROVIDERS, SITES, F, faults_of, written


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
    assert same_tables(odd, first)
    assert same_tables(first, parquet)
    assert same_tables(parquet, book)
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
    assert same_tables(read_tables(tmp_path), tables)


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


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """It stands in the folder, and nobody can look at what it stands for."""
    (tmp_path / "sites.csv").symlink_to(tmp_path / "gone.csv")
    assert faults_of(tmp_path) == [(F.TABLE_UNREADABLE, "sites", None)]


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


def test_a_table_of_nothing_has_its_columns(tmp_path: Path) -> None:
    """Columns without rows, of any kind, are columns without rows."""
    kinds = {"a": pa.null(), "b": pa.int8(), "c": pa.dictionary(pa.int8(), pa.string())}
    table = pa.schema(kinds.items()).empty_table()
    for form in FORMS:
        path = tmp_path / ("book.xlsx" if form == "xlsx" else form)
        write_tables({"sites": table, "travel_times": table}, path, form)
        for read in read_tables(path).values():
            assert (read.num_rows, read.column_names) == (0, ["a", "b", "c"])
