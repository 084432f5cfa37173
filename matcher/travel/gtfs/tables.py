"""Tables of a feed, streamed out of the zip file: one block of one table at a time."""

import csv
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.csv as pa_csv

from matcher.errors import Fault, FaultCode, FeedError
from matcher.travel.gtfs.faults import Faults
from matcher.travel.gtfs.values import HEADER_ROW, Rows

BLOCK_BYTES = 8 << 20
_HEADER_BYTES = 1 << 16
_BROKEN = (pa.ArrowException, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)
"""What a damaged, encrypted or strangely packed table raises (NotImplementedError included)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A table of a feed: the columns it must have, and those it may have."""

    name: str
    needed: tuple[str, ...]
    welcome: tuple[str, ...] = ()


class Archive:
    """The tables in a zip file."""

    def __init__(self, archive: zipfile.ZipFile, faults: Faults) -> None:
        """Of an open zip file; what is wrong with its tables goes to ``faults``."""
        self._archive = archive
        self._names = set(archive.namelist())
        self._faults = faults

    def has(self, shape: Shape) -> bool:
        """Whether there is such a table."""
        return shape.name in self._names

    def miss(self, shape: Shape) -> None:
        """The table is needed and missing."""
        self._faults.add(FaultCode.TABLE_MISSING, shape.name)

    def rows(self, shape: Shape) -> Iterator[Rows]:
        """The rows of a table, block by block; nothing of a table whose header is wrong."""
        try:
            with cast("zipfile.ZipExtFile", self._archive.open(shape.name)) as file:
                header = _header(file.readline(_HEADER_BYTES))
                wanted = self._wanted(shape, header)
                if wanted and file.peek(1):
                    yield from self._blocks(shape, file, header, wanted)
        except (*_BROKEN, UnicodeDecodeError, csv.Error):
            feed = Path(self._archive.filename or "").name
            self._faults.add(FaultCode.TABLE_UNREADABLE, shape.name, feed=feed)

    def _wanted(self, shape: Shape, header: list[str]) -> list[str]:
        """The columns to read; none where a needed one is missing or one stands there twice."""
        missing = [name for name in shape.needed if name not in header]
        wanted = [name for name in (*shape.needed, *shape.welcome) if name in header]
        twice = [name for name in wanted if header.count(name) > 1]
        for name in missing:
            self._faults.add(FaultCode.COLUMN_MISSING, shape.name, column=name)
        for name in twice:
            self._faults.add(FaultCode.COLUMN_TWICE, shape.name, column=name)
        return [] if missing or twice else wanted

    def _blocks(
        self, shape: Shape, file: object, header: list[str], wanted: list[str]
    ) -> Iterator[Rows]:
        """Blocks of rows; a row of the wrong length is a fault, and not counted in later ones."""
        skipped: dict[int, pa_csv.InvalidRow] = {}  # kept only: a thread of Arrow's calls it
        reader = pa_csv.open_csv(
            file,
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=BLOCK_BYTES, column_names=header
            ),
            parse_options=pa_csv.ParseOptions(
                newlines_in_values=True,
                invalid_row_handler=lambda row: ("skip", skipped.setdefault(len(skipped), row))[0],
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.dictionary(pa.int32(), pa.string())),
            ),
        )
        row = HEADER_ROW + 1
        for batch in reader:
            columns = dict(zip(wanted, batch.columns, strict=True))
            yield Rows(shape.name, row, batch.num_rows, columns, self._faults)
            row += batch.num_rows
        for wrong in skipped.values():
            number = None if wrong.number is None else wrong.number + HEADER_ROW
            cells = {"found": wrong.actual_columns, "expected": wrong.expected_columns}
            self._faults.add(FaultCode.ROW_LENGTH, shape.name, number, **cells)


@contextmanager
def unpacked(path: Path, faults: Faults) -> Iterator[Archive]:
    """The tables of a zip file.

    Raises:
        FeedError: there is no such file, or it is no zip file.
    """
    if not path.is_file():
        raise FeedError((Fault(code=FaultCode.FILE_MISSING, table=path.name),))
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise FeedError((Fault(code=FaultCode.NOT_A_ZIP, table=path.name),)) from None
    with archive:
        yield Archive(archive, faults)


def _header(line: bytes) -> list[str]:
    """The names of the columns."""
    return [name.strip() for name in next(csv.reader([line.decode("utf-8-sig")], strict=True), [])]
