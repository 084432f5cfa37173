"""CSV files as people write them, and what can be wrong with one."""

from pathlib import Path

import pytest

from matcher.dataset import read_tables
from matcher.dataset.tables import read_all
from matcher.errors import FaultCode
from tests.matcher.dataset.one_file import SITES, F, faults_of, written

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


def test_a_long_file_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The careful reader takes a file piece by piece, and loses nothing between them."""
    monkeypatch.setattr("matcher.dataset.csv_files.CHUNK_ROWS", 2)
    rows = "".join(f'S{at},A1,"a\nb",0180,59.3,18.1\n' for at in range(5))
    table = read_tables(written(tmp_path, "sites.csv", SITES + rows))["sites"]
    assert table.column("site_id").to_pylist() == ["S0", "S1", "S2", "S3", "S4"]
