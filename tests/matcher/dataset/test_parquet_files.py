"""Parquet files: typed columns become text, and too many rows are not read."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher.dataset import Tables, read_tables, write_tables
from matcher.dataset.tables import read_all
from matcher.errors import Fault
from tests.matcher.dataset.one_file import F, faults_of


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


def test_too_many_rows_are_not_read(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Parquet file tells its rows before it is unpacked."""
    monkeypatch.setattr("matcher.dataset.parquet_files.MAX_ROWS", 1)
    write_tables({"sites": tables["sites"]}, tmp_path, "parquet")
    (fault,) = read_all(tmp_path).faults
    assert fault == Fault(code=F.TOO_LARGE, table="sites", params={"rows": 2, "most": 1})
