"""New openings from a file: what the table with their rows would give, faults and all."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from matcher.changes import Subject, applied
from matcher.dataset import to_problem
from matcher.dataset.change_texts import read_openings
from matcher.dataset.schema import TABLES
from matcher.errors import ChangeError, FaultCode
from tests.matcher.dataset.alike import same_problem
from tests.matcher.dataset.tiny_changes import PLAN_DATE, POLICY, PROBLEM, TABLES_OF_TINY, TINY

HEAD = ",".join(column.name for column in TABLES["openings"].columns)
NEW = next(
    line
    for line in TINY.joinpath("openings.csv").read_text(encoding="utf-8").splitlines()
    if line.startswith("O02,")
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of openings."""

    def file(*lines: str) -> Path:
        path = tmp_path / "new.csv"
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return path

    return file


def told_of(path: Path) -> list[tuple[FaultCode, str, int | None, str | None, str | None]]:
    """The faults of a file of openings."""
    with pytest.raises(ChangeError) as error:
        read_openings(path, PROBLEM)
    return [(f.code, f.table, f.row, f.column, f.value) for f in error.value.faults]


def test_new_openings(write: Callable[..., Path]) -> None:
    """They are what the table with their rows would give; blank rows are left out."""
    rows = [NEW.replace("O02", "O97"), NEW.replace("O02", "O98").replace("S1", "S7")]
    found = read_openings(write(HEAD, rows[0], "," * HEAD.count(","), rows[1]), PROBLEM)
    assert [(change.subject, change.id) for change in found] == [
        (Subject.OPENING, "O97"),
        (Subject.OPENING, "O98"),
    ]
    made, _ = applied(PROBLEM, POLICY, found)
    table = TABLES_OF_TINY["openings"]
    records = table.to_pylist()
    copied = next(row for row in records if row["opening_id"] == "O02")
    records += [copied | {"opening_id": "O97"}, copied | {"opening_id": "O98", "site_id": "S7"}]
    grown = {**TABLES_OF_TINY, "openings": pa.Table.from_pylist(records, schema=table.schema)}
    assert same_problem(made, to_problem(grown, PLAN_DATE))
    assert read_openings(write(HEAD), PROBLEM) == ()


def test_faults_of_new_openings(write: Callable[..., Path]) -> None:
    """Told of the file by its name, with row and column; all together."""
    rows = (
        NEW.replace("5223", "0000"),
        NEW.replace("O02", "O98").replace("S1", "S99"),
        NEW.replace("O02", "O98").replace(",2,", ",two,"),
        NEW.replace("O02", ""),
        "O97",
    )
    assert told_of(write(HEAD, *rows)) == [
        (FaultCode.DUPLICATE, "new", 2, "opening_id", "O02"),
        (FaultCode.UNKNOWN_OCCUPATION_GROUP, "new", 2, "occupation_group", "0000"),
        (FaultCode.DANGLING, "new", 3, "site_id", "S99"),
        (FaultCode.DUPLICATE, "new", 4, "opening_id", "O98"),
        (FaultCode.NOT_A_WHOLE_NUMBER, "new", 4, "seats", "two"),
        (FaultCode.VALUE_MISSING, "new", 5, "opening_id", None),
        (FaultCode.ROW_LENGTH, "new", 6, None, None),
    ]


def test_columns_of_new_openings(write: Callable[..., Path]) -> None:
    """One that is missing, and one that is there twice."""
    faults = told_of(write(HEAD.replace("opening_id,", ""), NEW.removeprefix("O02,")))
    assert faults == [(FaultCode.COLUMN_MISSING, "new", 1, "opening_id", None)]
    faults = told_of(write(HEAD.replace("title", "seats"), NEW.replace("O02", "O98")))
    codes = {(code, column) for code, _, _, column, _ in faults}
    assert {(FaultCode.COLUMN_TWICE, "seats"), (FaultCode.COLUMN_MISSING, "title")} <= codes


def test_a_file_that_is_no_table(write: Callable[..., Path], tmp_path: Path) -> None:
    """Missing, a folder, empty, with semicolons."""
    missing, folder = tmp_path / "none.csv", tmp_path / "folder.csv"
    folder.mkdir()
    assert told_of(missing) == [(FaultCode.FILE_MISSING, "none.csv", None, None, None)]
    assert told_of(folder) == [(FaultCode.NOT_A_FILE, "folder.csv", None, None, None)]
    assert told_of(write("")) == [(FaultCode.TABLE_EMPTY, "new", None, None, None)]
    (fault,) = told_of(write(HEAD.replace(",", ";")))
    assert fault[:2] == (FaultCode.TABLE_SEMICOLONS, "new")
