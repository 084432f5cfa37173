"""A data set of one file, and what is wrong with it."""

from pathlib import Path

from matcher.dataset.tables import Form, read_all
from matcher.errors import FaultCode

F = FaultCode
FORMS: tuple[Form, ...] = ("csv", "parquet", "xlsx")
SITES = "site_id,provider_id,name,municipality_code,latitude,longitude\n"
PROVIDERS = "provider_id,name,kind,organisation_number,equal_treatment\n"


def faults_of(folder: Path) -> list[tuple[FaultCode, str, int | None]]:
    """What is wrong with the files of a folder, apart from the cells in them."""
    return [(fault.code, fault.table, fault.row) for fault in read_all(folder).faults]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A folder with one file of this content."""
    folder.mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return folder
