"""Which columns a table can do without."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import data
from matcher.dataset import read
from matcher.errors import DatasetError, FaultCode

TINY = Path(data.__file__).parent / "tiny"
PLAN_DATE = date(2026, 12, 1)


def without(column: str, table: str, folder: Path) -> Path:
    """A copy of the tiny data set in which one column of a table is missing."""
    copy = folder / "copy"
    shutil.copytree(TINY, copy)
    rows = [line.split(",") for line in (copy / f"{table}.csv").read_text("utf-8").splitlines()]
    at = rows[0].index(column)
    text = "\n".join(",".join(row[:at] + row[at + 1 :]) for row in rows)
    (copy / f"{table}.csv").write_text(text + "\n", "utf-8")
    return copy


@pytest.mark.parametrize(
    ("table", "column"), [("surveys", "hygiene.soap"), ("openings", "work.pace")]
)
def test_a_question_that_nobody_asked_is_unknown(table: str, column: str, tmp_path: Path) -> None:
    """A survey with fewer questions is a survey: what is not there is not known."""
    problem = read(without(column, table, tmp_path), PLAN_DATE)
    answers = [answer for s in problem.sites for survey in s.surveys for answer in survey.answers]
    assert column not in answers
    assert all(column not in opening.work for opening in problem.openings)


def test_any_other_column_must_be_there(tmp_path: Path) -> None:
    """A misspelt ``protected_identity`` must not pass in silence."""
    with pytest.raises(DatasetError) as error:
        read(without("protected_identity", "participants", tmp_path), PLAN_DATE)
    assert [(f.code, f.table, f.column) for f in error.value.faults] == [
        (FaultCode.COLUMN_MISSING, "participants", "protected_identity")
    ]
