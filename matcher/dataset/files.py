"""Looking at a file before it is read, and reading no more of it than there is."""

import os
from pathlib import Path
from stat import S_ISREG

from matcher.errors import FaultCode


def refusal(path: Path, most: int) -> FaultCode | None:
    """Why a file is not even opened: it is a folder, device or pipe, or has too many bytes.

    A pipe would make the reader wait for ever, and a device may never end.

    Raises:
        OSError: there is no such file, or nobody may look at it.
    """
    found = path.stat()
    if not S_ISREG(found.st_mode):
        return FaultCode.NOT_A_FILE
    return FaultCode.TOO_LARGE if found.st_size > most else None


def content(path: Path) -> bytes:
    """The bytes of a file, no more than it says it has: some that say none never end."""
    with path.open("rb") as file:
        return file.read(os.fstat(file.fileno()).st_size)
