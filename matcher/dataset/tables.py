"""The tables of a data set, from and to a folder of CSV or Parquet files or one workbook."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyarrow as pa

from matcher.dataset.cells import tidy
from matcher.dataset.csv_files import read_csv, write_csv
from matcher.dataset.echo import echo
from matcher.dataset.files import refusal
from matcher.dataset.parquet_files import read_parquet, write_parquet
from matcher.dataset.schema import TABLES, TableSchema
from matcher.errors import DatasetError, Fault, FaultCode

if TYPE_CHECKING:
    import pandas as pd

    AnyTable: TypeAlias = pa.Table | pd.DataFrame
    """A table of Arrow or of pandas."""

Tables = dict[str, pa.Table]
"""Tables by name; every column is text, null where a cell is empty. A blank row is all null, so
that row ``i`` of a table stands in row ``i + 2`` of its file."""

Form = Literal["csv", "parquet", "xlsx"]
MAX_BYTES = 4_000_000_000
_PLACE = {table: place for place, table in enumerate(TABLES)}
_COLUMN = {
    (table.name, column.name): place
    for table in TABLES.values()
    for place, column in enumerate(table.columns)
}
_READERS: Mapping[str, Callable[[Path, TableSchema], tuple[pa.Table | None, list[Fault]]]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
}


@dataclass(kw_only=True)
class Reading:
    """What was read of a data set.

    ``torn`` names the tables of which something is missing: they say nothing of what is not
    there. ``ignored`` are files and sheets that are no table. ``files`` are those that were read,
    by table.
    """

    tables: Tables = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)


def read_tables(path: Path) -> Tables:
    """The tables of a data set, as text.

    Args:
        path: a folder of CSV or Parquet files, or a workbook (``.xlsx``).

    Raises:
        DatasetError: with every fault of every file. What stands in the cells is not judged.
    """
    reading = read_all(path)
    if reading.faults:
        raise DatasetError(tuple(sorted(reading.faults, key=fault_order)))
    return reading.tables


def read_all(path: Path) -> Reading:
    """Everything that can be read of a data set, and every fault of its files."""
    path = Path(path)
    reading = Reading()
    if path.is_dir():
        try:
            _read_folder(path, reading)
        except OSError:
            reading.faults.append(Fault(code=FaultCode.FOLDER_MISSING, table=path.name))
    elif not path.exists():
        reading.faults.append(Fault(code=FaultCode.FOLDER_MISSING, table=path.name))
    elif path.suffix.lower() == ".xlsx":
        _read_workbook(path, reading)
    else:
        macros = path.suffix.lower() == ".xlsm"
        code = FaultCode.MACRO_WORKBOOK if macros else FaultCode.TABLE_UNREADABLE
        reading.faults.append(Fault(code=code, table=path.name))
    reading.tables = {name: reading.tables[name] for name in TABLES if name in reading.tables}
    if reading.faults:
        named = {fault.table for fault in reading.faults}
        whole = named <= set(TABLES)  # else the fault is one of the folder or workbook
        reading.torn |= named if whole else set(TABLES)
    return reading


def write_tables(tables: Mapping[str, "AnyTable"], path: Path, form: Form = "csv") -> None:
    """Write tables so that ``read_tables`` gives them back; only those given are touched.

    A table that stands there in the other form goes away: one table has one file. Each file is
    replaced at one stroke.

    Args:
        tables: of text or typed columns; unknown columns are kept.
        path: a folder, made when missing; for ``xlsx`` the workbook itself.
        form: how to write.

    Raises:
        KeyError: a table that no data set has.
        DatasetError: a workbook cannot hold a table.
    """
    path = Path(path)
    ordered = {name: tables[name] for name in sorted(tables, key=list(TABLES).index)}
    tidied = {name: tidy(arrow(table), TABLES[name]) for name, table in ordered.items()}
    if form == "xlsx":
        from matcher.dataset.workbooks import write_workbook  # noqa: PLC0415 -- pandas is slow

        with replacing(path) as target:
            write_workbook(tidied, target, TABLES)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, table in tidied.items():
        with replacing(path / f"{name}.{form}") as target:
            if form == "csv":
                write_csv(table, target, TABLES[name])
            else:
                write_parquet(table, target)
        (path / f"{name}.{'parquet' if form == 'csv' else 'csv'}").unlink(missing_ok=True)


def arrow(table: "AnyTable") -> pa.Table:
    """A table of pandas or Arrow as one of Arrow."""
    return (
        table if isinstance(table, pa.Table) else pa.Table.from_pandas(table, preserve_index=False)
    )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write; it takes the place of ``path`` at the end, or goes away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}-{secrets.token_hex(8)}{path.suffix}")
    with speaking_of(path, temporary):
        try:
            yield temporary
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def speaking_of(path: Path, temporary: Path) -> Iterator[None]:
    """What the system says inside of a temporary file or folder, it says of the real one."""
    try:
        yield
    except OSError as error:
        told = _told(error, str(path), str(temporary))
        if told is None:
            raise
        raise told from None


def _told(error: OSError, real: str, temporary: str) -> OSError | None:
    """The same error with the real name; None if it is about something else."""
    name = temporary if error.filename is None else str(error.filename)
    if not name.startswith(temporary):
        return None
    reason = str(error).replace(temporary, real)
    if error.errno is not None:
        reason = os.strerror(error.errno)
    return type(error)(error.errno, reason, name.replace(temporary, real, 1))


def fault_order(fault: Fault) -> tuple[int, int, int, str, str, str]:
    """Tables as in the schema (files first), rows, columns; then whatever tells two apart."""
    column = fault.column or ""
    return (
        _PLACE.get(fault.table, -1),
        fault.row or 0,
        _COLUMN.get((fault.table, column), -1),
        column,
        fault.code,
        fault.value or "",
    )


def _read_folder(folder: Path, reading: Reading) -> None:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in _READERS)
    for file in files:
        if file.name.startswith("."):
            continue
        name = file.stem
        if name not in TABLES:
            reading.ignored.append(file.name)
        elif name in reading.files:
            reading.faults.append(Fault(code=FaultCode.TABLE_TWICE, table=name))
        else:
            reading.files[name] = file
            _read_file(file, TABLES[name], reading)


def _read_file(file: Path, schema: TableSchema, reading: Reading) -> None:
    try:
        refused = refusal(file, MAX_BYTES)
        if refused is None:
            table, faults = _READERS[file.suffix.lower()](file, schema)
        else:
            table, faults = None, [Fault(code=refused, table=schema.name)]
    except OSError:
        table, faults = None, [Fault(code=FaultCode.TABLE_UNREADABLE, table=schema.name)]
    reading.faults += faults
    if table is not None:
        _keep(table, schema, reading)


def _read_workbook(path: Path, reading: Reading) -> None:
    from matcher.dataset.workbooks import read_workbook  # noqa: PLC0415 -- pandas is slow

    tables, faults, reading.ignored = read_workbook(path, TABLES)
    reading.faults += faults
    reading.files["workbook"] = path
    for name in (name for name in TABLES if name in tables):
        _keep(tables[name], TABLES[name], reading)


def _keep(table: pa.Table, schema: TableSchema, reading: Reading) -> None:
    """Take a table in, once its header is in order."""
    reading.tables[schema.name], faults = heads(table, schema)
    reading.faults += faults


def heads(table: pa.Table, schema: TableSchema) -> tuple[pa.Table, list[Fault]]:
    """A table with each named column once, and the faults of those that were more or nameless."""
    faults: list[Fault] = []
    kept: list[int] = []
    seen: set[str] = set()
    for at, name in enumerate(table.column_names):
        if name and name not in seen:
            kept.append(at)
        elif name:
            shown, _ = echo(None, name)
            faults.append(
                Fault(code=FaultCode.COLUMN_TWICE, table=schema.name, row=1, column=shown)
            )
        elif table.column(at).null_count < table.num_rows:
            params = {"position": at + 1}
            faults.append(
                Fault(code=FaultCode.COLUMN_UNNAMED, table=schema.name, row=1, params=params)
            )
        seen.add(name)
    return table.select(kept), faults
