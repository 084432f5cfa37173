"""An upload: looked at before it is read, unpacked no further than it may be, never by its names.

Two kinds come in: a zip of the tables as CSV or Parquet, and an Excel workbook. What is in them is
judged by ``matcher.dataset``.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

MOST_BYTES = 400 << 20
"""Unpacked, in all."""
MOST_PARTS = 500
MOST_ROWS = 500_000
"""Of all tables together."""
FORMS = (".csv", ".parquet")
_WORKBOOK = "xl/workbook.xml"
_OUTSIDE = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/")
_ACTIVE = ("xl/activex/", "xl/ctrlprops/", "xl/macrosheets/", "xl/dialogsheets/")
_ENCRYPTED = 1


class UploadFault(StrEnum):
    """Why an upload is not even opened."""

    NOT_A_ZIP = "not_a_zip"  # neither, or cut short
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    MACRO_WORKBOOK = "macro_workbook"
    EXTERNAL_LINKS = "external_links"
    TABLE_TWICE = "table_twice"
    NO_TABLES = "no_tables"


class UploadError(Exception):
    """An upload that is not opened, and why."""

    def __init__(self, fault: UploadFault) -> None:
        """Keep why."""
        super().__init__(fault)
        self.fault = fault


def look(content: bytes, tables: frozenset[str]) -> None:
    """Look at an upload without unpacking it.

    Args:
        content: the bytes.
        tables: the names that a data set's tables have.

    Raises:
        UploadError: it is not one that is opened.
    """
    with _archive(content) as archive:
        parts = archive.infolist()
        names = [part.filename.replace("\\", "/").lower() for part in parts]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise UploadError(UploadFault.TOO_LARGE)
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise UploadError(UploadFault.ENCRYPTED)
        if any(name.endswith("vbaproject.bin") or name.startswith(_ACTIVE) for name in names):
            raise UploadError(UploadFault.MACRO_WORKBOOK)
        if any(name.startswith(_OUTSIDE) for name in names):
            raise UploadError(UploadFault.EXTERNAL_LINKS)
        if _WORKBOOK not in names:
            _members(archive, tables)


@contextmanager
def unpacked(content: bytes, tables: frozenset[str]) -> Iterator[Path]:
    """An upload as a folder of tables, or a workbook, that goes away again.

    Raises:
        UploadError: it is not one that is opened.
    """
    look(content, tables)
    with TemporaryDirectory(prefix="steget-") as folder, _archive(content) as archive:
        path = Path(folder)
        if _WORKBOOK in {name.lower() for name in archive.namelist()}:
            book = path / "workbook.xlsx"
            book.write_bytes(content)
            yield book
            return
        for name, part in _members(archive, tables).items():
            try:
                (path / name).write_bytes(archive.read(part))
            except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
                raise UploadError(UploadFault.NOT_A_ZIP) from None
        yield path


@contextmanager
def _archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # noqa: BLE001 -- a broken archive makes the reader raise anything
        raise UploadError(UploadFault.NOT_A_ZIP) from None
    with archive:
        yield archive


def _members(archive: zipfile.ZipFile, tables: frozenset[str]) -> dict[str, zipfile.ZipInfo]:
    """The tables in a zip, by the file name that they get; the folder that they lie in is nothing.

    Raises:
        UploadError: there are none, or one twice.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for part in archive.infolist():
        name = PurePosixPath(part.filename.replace("\\", "/"))
        if name.stem not in tables or name.suffix.lower() not in FORMS:
            continue
        if any(PurePosixPath(known).stem == name.stem for known in found):
            raise UploadError(UploadFault.TABLE_TWICE)
        found[f"{name.stem}{name.suffix.lower()}"] = part
    if not found:
        raise UploadError(UploadFault.NO_TABLES)
    return found
