"""Backup and restore: every row of one moment in one sealed file, the same for both databases.

The file is compressed JSON lines, sealed piece by piece under the keys of the store; each piece is
bound to its place, and the last one says that it is the last: nothing can be cut off, swapped or
read without the keys. Since it holds rows and not pages, a backup of SQLite can be restored into
PostgreSQL, which is how a team moves there.
"""

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from sqlalchemy import Table as SqlTable
from sqlalchemy import func, insert, select

from api.store.engine import Session, Store
from api.store.migration import Schema, schema
from api.store.sealing import SealError
from api.store.tables import Table

MAGIC = b"STEGET-BACKUP-1\n"
PIECE = 1 << 20
ROWS = 500
NAMESPACE = UUID("5b4c5d44-7a1e-4d7e-9f0d-6f1a4f6c5e31")
SIZE_BYTES = 4


class BackupError(Exception):
    """A file is no whole backup, or there is no place for it. Says which."""


def write(store: Store, file: Path) -> int:
    """Write a backup; the file appears only when it is whole.

    Returns:
        How many rows it holds.

    Raises:
        BackupError: the file is there already, or the schema is not the program's.
    """
    if file.exists():
        raise BackupError("exists")
    if schema(store.engine) is not Schema.CURRENT:
        raise BackupError("schema")
    part = file.with_name(file.name + ".part")
    try:
        with part.open("xb") as out, store.snapshot() as session:
            out.write(MAGIC)
            count = _write(store, out, session)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(store: Store, file: Path) -> int:
    """Fill an empty database from a backup: all of it, or nothing.

    Returns:
        How many rows were restored.

    Raises:
        BackupError: not a whole backup, keys that do not open it, a database with something in
            it, or another schema.
    """
    if schema(store.engine) is not Schema.CURRENT:
        raise BackupError("schema")
    with store.writing() as session:
        if any(_count(session, table) for table in _tables()):
            raise BackupError("not_empty")
        tables = {table.name: table for table in _tables()}
        counted, count = None, 0
        rows: dict[str, list[dict[str, Any]]] = {}
        for line in _lines(_opened(store, file)):
            if line["table"] is None:
                counted = line["rows"]
                continue
            table = tables.get(line["table"])
            if table is None:
                raise BackupError("schema")
            for name in [other for other in rows if other != table.name]:
                session.execute(insert(tables[name]), rows.pop(name))
            rows.setdefault(table.name, []).append(_row(table, line["row"]))
            count += 1
            if len(rows[table.name]) == ROWS:
                session.execute(insert(table), rows.pop(table.name))
        for name, last in rows.items():
            session.execute(insert(tables[name]), last)
        if counted != count:
            raise BackupError("cut")
    return count


def _write(store: Store, out: BinaryIO, session: Session) -> int:
    packer, count, number, waiting = zlib.compressobj(), 0, 0, b""
    for table in _tables():
        for row in session.execute(select(table).execution_options(yield_per=ROWS)).mappings():
            line = {"table": table.name, "row": {key: _plain(row[key]) for key in row}}
            waiting += packer.compress(json.dumps(line).encode() + b"\n")
            count += 1
            if len(waiting) >= PIECE:
                _put(store, out, number, waiting, last=False)
                number, waiting = number + 1, b""
    waiting += packer.compress(json.dumps({"table": None, "rows": count}).encode() + b"\n")
    _put(store, out, number, waiting + packer.flush(), last=True)
    return count


def _put(store: Store, out: BinaryIO, number: int, content: bytes, *, last: bool) -> None:
    sealed = store.keyring.seal(content, _place(last=last), _id(number))
    out.write(len(sealed).to_bytes(SIZE_BYTES) + sealed)


def _opened(store: Store, file: Path) -> Iterator[bytes]:
    """The pieces of a backup, in order, each opened."""
    with file.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            raise BackupError("no_backup")
        number, size = 0, source.read(SIZE_BYTES)
        while size:
            sealed = source.read(int.from_bytes(size))
            size = source.read(SIZE_BYTES)
            try:
                yield store.keyring.open(sealed, _place(last=not size), _id(number))
            except SealError:
                raise BackupError("keys") from None
            number += 1
        if number == 0:
            raise BackupError("cut")


def _lines(pieces: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    opener, rest = zlib.decompressobj(), b""
    for piece in pieces:
        *whole, rest = (rest + opener.decompress(piece)).split(b"\n")
        for line in whole:
            yield json.loads(line)
    *whole, rest = (rest + opener.flush()).split(b"\n")
    for line in whole:
        yield json.loads(line)


def _tables() -> list[SqlTable]:
    """Every table, those that others point to first."""
    return Table.metadata.sorted_tables


def _count(session: Session, table: SqlTable) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _row(table: SqlTable, row: dict[str, Any]) -> dict[str, Any]:
    if set(row) != {column.name for column in table.columns}:
        raise BackupError("schema")
    return {column.name: _typed(column.type.python_type, row[column.name]) for column in table.c}


def _typed(kind: type, value: Any) -> Any:  # noqa: ANN401 -- whatever a column holds
    if value is None:
        return None
    readers: dict[type, Callable[[str], Any]] = {
        bytes: base64.b64decode,
        UUID: UUID,
        date: date.fromisoformat,
        datetime: datetime.fromisoformat,
    }
    return readers[kind](value) if kind in readers else value


def _place(*, last: bool) -> str:
    return "backup.last" if last else "backup.piece"


def _id(number: int) -> UUID:
    return uuid5(NAMESPACE, str(number))
