"""Reading a data set: everything of it, or every fault of it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.dataset.assemble import build
from matcher.dataset.check import checked_reading
from matcher.dataset.notices import Notice, notices
from matcher.dataset.tables import Reading, Tables, read_all
from matcher.domain import Problem


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """A data set as it was read: the problem, its tables, what is worth knowing, its digest.

    ``digest`` is SHA-256, in hexadecimal digits, over the names and bytes of the table files in
    the order of the names.
    """

    problem: Problem
    tables: Tables
    notices: tuple[Notice, ...]
    digest: str


def load(path: Path | str, plan_date: date) -> Dataset:
    """The data set in a folder of CSV or Parquet files, or in a workbook.

    Raises:
        DatasetError: with every fault of its files, rows and cells.
    """
    reading = read_all(Path(path))
    sheets = checked_reading(reading, plan_date)
    return Dataset(
        problem=build(sheets, plan_date),
        tables=reading.tables,
        notices=notices(reading, sheets, plan_date),
        digest=_digest(reading),
    )


def read(path: Path | str, plan_date: date) -> Problem:
    """The problem that a data set describes; see ``load``."""
    return load(path, plan_date).problem


def _digest(reading: Reading) -> str:
    digest = hashlib.sha256()
    for table, file in sorted(reading.files.items()):
        with file.open("rb") as opened:
            own = hashlib.file_digest(opened, "sha256")
        digest.update(f"{table}\n{own.hexdigest()}\n".encode())
    return digest.hexdigest()
