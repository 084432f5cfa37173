"""Loading a data set: notices, the digest, and what importing costs."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

import matcher.dataset
from matcher.dataset import NoticeCode, Tables, load, read, write_tables
from matcher.dataset.tables import Form


def test_what_is_ignored_is_noticed(tables: Tables, tmp_path: Path, plan_date: date) -> None:
    """A column or file that no data set has is kept out of the problem, and told."""
    note = pa.array(["x", None, "y"])
    tables["participants"] = tables["participants"].append_column("anteckning", note)
    write_tables(tables, tmp_path)
    (tmp_path / "budget.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "README.md").write_text("text", "utf-8")
    dataset = load(tmp_path, plan_date)
    assert [(notice.code, notice.table, notice.column) for notice in dataset.notices] == [
        (NoticeCode.TABLE_IGNORED, "budget.csv", None),
        (NoticeCode.COLUMN_IGNORED, "participants", "anteckning"),
    ]
    assert dataset.tables["participants"].column("anteckning").to_pylist() == ["x", None, "y"]


def test_placements_that_hold_no_half_day_are_noticed(
    changed: Callable[..., Tables], tmp_path: Path, plan_date: date
) -> None:
    """They take a seat but no half-day, which is seldom meant; those that ended do not count."""
    tables = changed(
        ("placements", 2, "sessions", None),
        ("placements", 3, "sessions", None),
        ("placements", 4, "starts_on", "2026-01-07"),
        ("placements", 4, "ends_on", "2026-11-30"),
    )
    write_tables(tables, tmp_path)
    (notice,) = load(tmp_path, plan_date).notices
    assert notice.code is NoticeCode.PLACEMENT_WITHOUT_SESSIONS
    assert (notice.table, notice.row, notice.params) == ("placements", 2, {"rows": 2})


def test_a_notice_shows_no_personal_number(
    tables: Tables, tmp_path: Path, plan_date: date
) -> None:
    """Not even as the name of a column or a file."""
    note = pa.array(["x", None, "y"])
    tables["participants"] = tables["participants"].append_column("850312-1234", note)
    write_tables(tables, tmp_path)
    (tmp_path / "850312-1234.csv").write_text("a,b\n1,2\n", "utf-8")
    notices = load(tmp_path, plan_date).notices
    assert [(notice.table, notice.column, notice.params) for notice in notices] == [
        ("", None, {"withheld": "name"}),
        ("participants", None, {"withheld": "name"}),
    ]
    assert "850312" not in repr(notices)


FULL = (
    (("openings", 2, "seats", "0"),),
    (("openings", 3, "seats", "0"), ("placements", 2, "opening_id", "O2")),
    (("openings", 2, "session_seats", "0"), ("placements", 2, "sessions", "mon_am;wed_am")),
    (
        ("openings", 3, "session_seats", "1"),
        ("placements", 4, "sessions", "tue_am;wed_am"),
        ("placements", 5, "participant_id", "X8"),
    ),
)
TOLD = (
    (2, "seats", {"seats": 1}),
    (3, "seats", {"seats": 2}),
    (2, "session_seats", {"half_days": 2, "people": 1}),
    (3, "session_seats", {"half_days": 2, "people": 2}),
)


@pytest.mark.parametrize(("changes", "told"), list(zip(FULL, TOLD, strict=True)), ids=str)
def test_an_opening_that_holds_too_much_is_noticed(
    changed: Callable[..., Tables],
    tmp_path: Path,
    plan_date: date,
    changes: tuple[tuple[str, int, str, str], ...],
    told: tuple[int, str, dict[str, int]],
) -> None:
    """More placements than seats, or than there is room for on a half-day: where, how many."""
    write_tables(changed(("openings", 3, "seats", "9"), *changes), tmp_path)
    (notice,) = load(tmp_path, plan_date).notices
    assert (notice.code, notice.table) == (NoticeCode.OPENING_OVERFULL, "openings")
    assert (notice.row, notice.column, notice.params) == told


def test_an_opening_that_is_just_full_is_not_noticed(
    changed: Callable[..., Tables], tmp_path: Path, plan_date: date
) -> None:
    """Nor one where a placement too many has ended."""
    full = (("openings", 2, "seats", "1"), ("openings", 2, "session_seats", "1"))
    more = (("placements", 4, "opening_id", "O1"), ("placements", 4, "sessions", "mon_am"))
    write_tables(changed(*full, *more, ("placements", 4, "ends_on", "2026-11-30")), tmp_path)
    assert load(tmp_path, plan_date).notices == ()
    write_tables(changed(*full, *more, ("placements", 4, "ends_on", "2026-12-01")), tmp_path)
    assert [notice.column for notice in load(tmp_path, plan_date).notices] == [
        "seats",
        "session_seats",
    ]


def test_the_digest_is_of_the_files(tables: Tables, tmp_path: Path, plan_date: date) -> None:
    """The same bytes have the same digest wherever they lie; one other byte has another."""
    write_tables(tables, tmp_path / "a")
    write_tables(tables, tmp_path / "b")
    (tmp_path / "b" / "README.md").write_text("not a table", "utf-8")
    one, other = load(tmp_path / "a", plan_date), load(tmp_path / "b", plan_date)
    assert one.digest == other.digest
    assert len(one.digest) == 64
    with (tmp_path / "b" / "sites.csv").open("a") as file:
        file.write("\n")
    assert load(tmp_path / "b", plan_date).digest != one.digest


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_form_is_read(tables: Tables, tmp_path: Path, plan_date: date, form: Form) -> None:
    """A folder or a workbook, given as a path or as text."""
    path = tmp_path / ("set.xlsx" if form == "xlsx" else "set")
    write_tables(tables, path, form)
    assert len(read(str(path), plan_date).participants) == 3


def test_importing_the_package_is_cheap() -> None:
    """Neither pandas nor pyarrow is loaded before a file is read, nor pandas for a folder."""
    program = (
        "import sys, datetime, matcher.dataset as d\n"
        "assert not {'pandas', 'pyarrow', 'pydantic'} & set(sys.modules)\n"
        "d.read('data/tiny', datetime.date(2026, 12, 1))\n"
        "assert 'pandas' not in sys.modules\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root)  # noqa: S603 -- our own


def test_everything_that_is_exported_is_there() -> None:
    """The list of names is true, and no other name is."""
    for name in matcher.dataset.__all__:
        assert getattr(matcher.dataset, name) is not None
    with pytest.raises(AttributeError):
        _ = matcher.dataset.nothing
