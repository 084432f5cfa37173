"""Uploads that mean harm, or are broken: a stable code, nothing unpacked, nothing changed."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no annotations

from api.exchange.uploads import UploadError, look, unpacked
from api.settings import Settings
from api.store.tables import JobRow
from matcher.dataset import tables_of, write_tables
from matcher.dataset.schema import TABLES
from tests.builders import participant, problem_of
from tests.service.working import brought, packed, upload, zipped
from tests.service.world import World

NAMES = frozenset(TABLES)
SMALL = problem_of(participant("N1"))


def _workbook(*parts: str) -> bytes:
    """A workbook with more in it than there should be."""
    content = io.BytesIO()
    with Workbook(content) as book:
        book.add_worksheet("participants").write(0, 0, "participant_id")
    with zipfile.ZipFile(content, "a") as archive:
        for part in parts:
            archive.writestr(part, b"x")
    return content.getvalue()


def _bomb() -> bytes:
    """A kilobyte that says it is a gigabyte: the sizes stand in the directory at the end."""
    content = bytearray(packed({"participants.csv": "participant_id\n"}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1 << 30)
    return bytes(content)


def _encrypted() -> bytes:
    content = bytearray(zipped(SMALL))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


HOSTILE = {
    "empty": (b"", 422, "not_a_zip"),
    "text": (b"participant_id\nP1\n", 422, "not_a_zip"),
    "truncated": (zipped(SMALL)[:-40], 422, "not_a_zip"),
    "bomb": (_bomb(), 413, "too_large"),
    "many parts": (packed({f"{n}.csv": "" for n in range(501)}), 413, "too_large"),
    "encrypted": (_encrypted(), 422, "encrypted"),
    "macros": (_workbook("xl/vbaProject.bin"), 422, "macro_workbook"),
    "old macros": (_workbook("xl/macrosheets/sheet1.xml"), 422, "macro_workbook"),
    "links": (_workbook("xl/externalLinks/externalLink1.xml"), 422, "external_links"),
    "queries": (_workbook("xl/connections.xml"), 422, "external_links"),
    "nothing": (packed({"readme.txt": "hello"}), 422, "no_tables"),
    "twice": (packed({"a/wishes.csv": "x", "b/wishes.parquet": "x"}), 422, "table_twice"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_at_the_door(world: World, settings: Settings, name: str) -> None:
    """No job is made of it."""
    content, status, code = HOSTILE[name]
    answer = upload(world.client(settings, "north_supervisor"), content)
    assert (answer.status_code, answer.json()["errors"]) == (
        status,
        [{"pointer": "/file", "code": code, "detail": ""}],
    )
    with world.store.reading() as unit:
        assert unit.scalar(select(func.count()).select_from(JobRow)) == 0


def test_more_bytes_than_are_taken(world: World, settings: Settings) -> None:
    """The limit is a setting."""
    small = settings.model_copy(update={"max_upload_bytes": 100})
    answer = upload(world.client(small, "north_supervisor"), zipped(SMALL))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_a_part_that_is_broken_inside(world: World, settings: Settings) -> None:
    """What only unpacking shows: the checksum is wrong. The job says so."""
    content = bytearray(packed({"participants.csv": "participant_id\n" + "P1\n" * 50}))
    at = content.index(b"participants.csv") + len("participants.csv") + 4
    content[at] ^= 0xFF
    found = brought(world.client(settings, "north_supervisor"), world.store, bytes(content))
    assert [one["code"] for one in found["faults"]] == ["not_a_zip"]


def test_too_many_rows(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all tables together."""
    monkeypatch.setattr("api.jobs.importing.MOST_ROWS", 3)
    found = brought(world.client(settings, "north_supervisor"), world.store, zipped(SMALL))
    assert (found["fault"], found["faults"][0]["code"]) == ("dataset-faults", "too_large")


def test_names_in_a_zip_lead_nowhere() -> None:
    """Paths, drives and other tables' names: only the tables themselves are written."""
    content = packed(
        {"../../evil/participants.csv": "a", "/etc/wishes.csv": "b", "C:\\sites.csv": "c"}
    )
    with unpacked(content, NAMES) as folder:
        found = {file.name: file.read_text() for file in folder.iterdir()}
    assert found == {"participants.csv": "a", "wishes.csv": "b", "sites.csv": "c"}
    assert not folder.exists()


def test_what_is_said_of_size_is_what_is_unpacked() -> None:
    """A part with more in it than its directory says is broken, not read to its end."""
    content = bytearray(packed({"participants.csv": "x" * 100_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(UploadError), unpacked(bytes(content), NAMES):
        pass


def test_formulas_stay_text_both_ways(world: World, settings: Settings, tmp_path: Path) -> None:
    """A pseudonym cannot be one, but a site's name can: it comes in and goes out as text."""
    evil = "=HYPERLINK(0)"
    tables = {name: table.to_pandas() for name, table in tables_of(SMALL).items()}
    for name, key in (("providers", "provider_id"), ("sites", "site_id")):
        tables[name][key] = "Z1"
    tables["sites"]["provider_id"] = tables["openings"]["site_id"] = "Z1"
    tables["openings"]["opening_id"] = "Z1"
    tables["sites"]["name"] = evil
    client = world.client(settings, "north_supervisor")
    for form in ("csv", "xlsx"):
        place = tmp_path / ("a.xlsx" if form == "xlsx" else "a")
        write_tables(tables, place, form)  # type: ignore[arg-type]  # one of both
        files = {} if form == "xlsx" else {f.name: f.read_bytes() for f in place.iterdir()}
        content = place.read_bytes() if form == "xlsx" else packed(files)
        assert brought(client, world.store, content)["state"] == "done"
    csv = client.get("/steget/v1/exports/tables").content
    with zipfile.ZipFile(io.BytesIO(csv)) as archive:
        assert f"'{evil}" in archive.read("sites.csv").decode()
    book = client.get("/steget/v1/exports/workbook").content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_looking_reads_no_part() -> None:
    """A workbook and a zip of tables are let through unread."""
    look(_workbook(), NAMES)
    look(zipped(SMALL), NAMES)
