"""Files as the system has them: what is not opened, and what is said when writing fails."""

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no annotations
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above

from matcher.dataset import PlanReport, Tables, read_policy, write_plan, write_tables
from matcher.dataset.files import content
from matcher.dataset.plan_files import read_plan
from matcher.dataset.tables import Form, read_all, replacing
from matcher.errors import FaultCode, PlanFilesError, PolicyError
from matcher.outcome import Outcome, Plan, Status
from matcher.policy import Policy

F = FaultCode
Spoil = Callable[[Path], None]
NOBODY = PlanReport(
    outcome=Outcome(status=Status.OPTIMAL, plan=Plan(assignments=(), unplaced=())),
    plan_date=date(2026, 12, 1),
    policy=Policy(),
    digest="0f" * 32,
    participants=0,
)
"""A plan without people."""


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


spoilt = pytest.mark.parametrize("spoil", [_pipe, _device, _folder])


@spoilt
@pytest.mark.parametrize("name", ["sites.csv", "travel_times.parquet"])
def test_a_table_that_is_no_file_is_not_opened(tmp_path: Path, spoil: Spoil, name: str) -> None:
    """A pipe would hold the reader for ever, a device has no end."""
    spoil(tmp_path / name)
    (fault,) = read_all(tmp_path).faults
    assert (fault.code, fault.table) == (F.NOT_A_FILE, Path(name).stem)


@pytest.mark.parametrize("spoil", [_pipe, _device])
def test_a_workbook_that_is_no_file_is_not_opened(tmp_path: Path, spoil: Spoil) -> None:
    """A folder of that name would be a data set."""
    spoil(tmp_path / "book.xlsx")
    (fault,) = read_all(tmp_path / "book.xlsx").faults
    assert (fault.code, fault.table) == (F.NOT_A_FILE, "book.xlsx")


@spoilt
def test_a_policy_that_is_no_file_is_not_opened(tmp_path: Path, spoil: Spoil) -> None:
    """It says nothing of what should be in it."""
    spoil(tmp_path / "policy.toml")
    with pytest.raises(PolicyError) as error:
        read_policy(tmp_path / "policy.toml")
    assert [fault.code for fault in error.value.faults] == [F.NOT_A_FILE]


@spoilt
def test_a_plan_of_no_files_is_not_opened(tmp_path: Path, spoil: Spoil) -> None:
    """All three are told."""
    for name in ("summary.json", "assignments.csv", "unplaced.csv"):
        spoil(tmp_path / name)
    with pytest.raises(PlanFilesError) as error:
        read_plan(tmp_path)
    assert [(fault.code, fault.table) for fault in error.value.faults] == [
        (F.NOT_A_FILE, "summary.json"),
        (F.NOT_A_FILE, "assignments"),
        (F.NOT_A_FILE, "unplaced"),
    ]


@pytest.mark.skipif(not Path("/proc/self/pagemap").exists(), reason="only Linux has it")
def test_a_file_that_says_it_is_empty_and_never_ends(tmp_path: Path) -> None:
    """No more is read of a file than it says it has."""
    assert content(Path("/proc/self/pagemap")) == b""
    (tmp_path / "sites.csv").symlink_to("/proc/self/pagemap")
    (fault,) = read_all(tmp_path).faults
    assert fault.code is F.TABLE_EMPTY


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("form", "name"), [("csv", "sites.csv"), ("parquet", "sites.parquet"), ("xlsx", "d.xlsx")]
)
def test_a_table_that_cannot_be_written_is_called_by_its_name(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form, name: str
) -> None:
    """Not by the name it had until it was whole; whatever wrote it, and whatever went wrong."""
    folder = tmp_path / "gone"
    mkdir = Path.mkdir

    def taken_away(path: Path, *args: object, **kwargs: object) -> None:
        mkdir(path, *args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        path.rmdir()

    monkeypatch.setattr(Path, "mkdir", taken_away)
    with pytest.raises(FileNotFoundError) as error:
        write_tables({"sites": tables["sites"]}, folder / name if form == "xlsx" else folder, form)
    assert error.value.filename == str(folder / name)
    assert error.value.strerror == os.strerror(errno.ENOENT)
    assert ".sites-" not in str(error.value)
    assert ".d-" not in str(error.value)


def test_a_disk_that_is_full_is_told_of_the_file(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system names no file then; the one that was being written is meant."""
    monkeypatch.setattr("matcher.dataset.tables.write_csv", _full)
    with pytest.raises(OSError, match="No space left") as error:
        write_tables({"sites": tables["sites"]}, tmp_path)
    assert (error.value.errno, error.value.filename) == (
        errno.ENOSPC,
        str(tmp_path / "sites.csv"),
    )
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_a_writer_keeps_its_words(tmp_path: Path) -> None:
    """Without a number of the system its own words stand, with the real name in them."""
    with pytest.raises(OSError, match="lost") as error, replacing(tmp_path / "x.csv") as at:
        raise OSError(f"lost {at}")
    assert error.value.filename == str(tmp_path / "x.csv")
    assert error.value.strerror == f"lost {tmp_path / 'x.csv'}"


def test_an_error_of_another_file_is_left_alone(tmp_path: Path) -> None:
    """What is said of something else is not said of the file that was being written."""
    told = PermissionError(errno.EACCES, "no", "/elsewhere")
    with pytest.raises(PermissionError) as error, replacing(tmp_path / "x.csv"):
        raise told
    assert error.value is told


def test_a_workbook_that_cannot_be_closed_says_what_the_system_said(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library's own error never comes out."""
    whole = xlsxwriter.Workbook.close

    def close(book: xlsxwriter.Workbook) -> None:
        whole(book)
        raise FileCreateError(PermissionError(errno.EACCES, os.strerror(errno.EACCES)))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", close)
    with pytest.raises(PermissionError) as error:
        write_tables(tables, tmp_path / "d.xlsx", "xlsx")
    assert error.value.filename == str(tmp_path / "d.xlsx")


@pytest.mark.parametrize("there", [False, True])
def test_a_plan_that_cannot_be_written_is_called_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """Neither the folder nor the file goes by a temporary name."""
    if there:
        (tmp_path / "plan").mkdir()
    monkeypatch.setattr("matcher.dataset.plan_files.write_csv", _full)
    with pytest.raises(OSError, match="No space left") as error:
        write_plan(tmp_path / "plan", NOBODY)
    assert error.value.filename == str(tmp_path / "plan" / "assignments.csv")


def test_a_plan_folder_that_cannot_be_made_is_called_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that was asked for, not the one it would have been made as."""

    def forbidden(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(PermissionError) as error:
        write_plan(tmp_path / "plan", NOBODY)
    assert error.value.filename == str(tmp_path / "plan")
