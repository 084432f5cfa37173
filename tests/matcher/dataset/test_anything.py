"""Whatever is handed in, the answer is a problem or its faults: never a traceback."""

import random
import tempfile
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.dataset import Tables, load, read_tables, tables_of, to_problem, write_tables
from matcher.dataset.schema import TABLES, Column, Kind
from matcher.dataset.tables import Form
from matcher.domain import SESSIONS, Problem
from matcher.errors import DatasetError
from tests.examples import examples

PLAN_DATE = date(2026, 12, 1)
CALM = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Changes = list[tuple[tuple[str, int], int, str | None]]
FORMS: tuple[Form, ...] = ("csv", "parquet", "xlsx")
CELLS = [(table.name, at) for table in TABLES.values() for at in range(len(table.columns))]
TRICKY = st.sampled_from(
    (
        *("", " ", ";", "0", "-1", "yes", "P1", "S1", "9413", "nan", "inf", "1e99", "9" * 400),
        *("2026-13-01", "0000-00-00", "\x00", "\ufeff", "'", '"', "=A1", "\r", "\u0660", "true"),
    )
)
TEXTS = st.one_of(TRICKY, st.text(max_size=20), st.none())
CHANGES = st.lists(st.tuples(st.sampled_from(CELLS), st.integers(0, 3), TEXTS), max_size=6)


def _changed(tables: Tables, changes: Changes) -> Tables:
    new = dict(tables)
    for (name, column), row, text in changes:
        cells = new[name].column(column).to_pylist()
        cells[row % len(cells)] = text
        at = new[name].column_names[column]
        new[name] = new[name].set_column(column, at, pa.array(cells, pa.string()))
    return new


@examples(80, CALM)
@given(changes=CHANGES)
def test_any_text_in_any_cell(tables: Tables, changes: Changes) -> None:
    """Any text in any cell gives a problem or faults, and each fault stands in a table."""
    try:
        assert isinstance(to_problem(_changed(tables, changes), PLAN_DATE), Problem)
    except DatasetError as error:
        assert {fault.table for fault in error.faults} <= set(TABLES)  # noqa: PT017 -- either will do


@examples(25, CALM)
@given(changes=CHANGES, form=st.sampled_from(FORMS))
def test_any_text_survives_any_form(tables: Tables, changes: Changes, form: Form) -> None:
    """What is written is read again: what was made tidy once stays as it is."""
    changed = _changed(tables, changes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("book.xlsx" if form == "xlsx" else "folder")
        write_tables(changed, path, form)
        once = read_tables(path)
        write_tables(once, path, form)
        again = read_tables(path)
    assert {name: table.to_pylist() for name, table in once.items()} == {
        name: table.to_pylist() for name, table in again.items()
    }


@examples(80, CALM)
@given(
    content=st.binary(max_size=200), name=st.sampled_from(["sites.csv", "sites.parquet", "b.xlsx"])
)
def test_any_bytes_for_a_file(content: bytes, name: str) -> None:
    """A file of rubbish is a fault."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with pytest.raises(DatasetError):
            load(path if name == "b.xlsx" else path.parent, PLAN_DATE)


@examples(100, CALM)
@given(
    rows=st.lists(
        st.lists(st.text(alphabet="aS1,;\"\n\r\t\x00 å='", max_size=6), max_size=8), max_size=6
    )
)
def test_any_lines_for_a_csv_file(rows: list[list[str]]) -> None:
    """Quotes, breaks and separators anywhere are rows or faults."""
    header = ",".join(column.name for column in TABLES["sites"].columns)
    with tempfile.TemporaryDirectory() as folder:
        lines = [header, *(",".join(row) for row in rows)]
        (Path(folder) / "sites.csv").write_text("\n".join(lines), "utf-8", newline="")
        with pytest.raises(DatasetError):
            load(Path(folder), PLAN_DATE)


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_file_of_a_real_data_set(tables: Tables, tmp_path: Path, seed: int) -> None:
    """Bytes that fell over in Parquet, CSV or inside a workbook give a problem or faults."""
    write_tables(tables, tmp_path / "parquet", "parquet")
    write_tables(tables, tmp_path / "csv", "csv")
    write_tables(tables, tmp_path / "good.xlsx", "xlsx")
    with ZipFile(tmp_path / "good.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dice = random.Random(seed)  # noqa: S311 -- a test that repeats
    for _ in range(10):
        for form in ("parquet", "csv"):
            file = dice.choice(sorted((tmp_path / form).iterdir()))
            sound = file.read_bytes()
            file.write_bytes(_damaged(sound, dice))
            _answered(tmp_path / form)
            file.write_bytes(sound)
        name = dice.choice(sorted(parts))
        with ZipFile(tmp_path / "bad.xlsx", "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, _damaged(content, dice) if part == name else content)
        _answered(tmp_path / "bad.xlsx")


def _damaged(content: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(dice.choice([1, 4])):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged[: dice.choice([len(damaged), dice.randrange(len(damaged))])])


def _answered(path: Path) -> None:
    try:
        load(path, PLAN_DATE)
    except DatasetError as error:
        assert error.faults  # noqa: PT017 -- either will do


def _valid(column: Column) -> st.SearchStrategy[str]:
    """Lawful texts for a column that no other table depends on."""
    several = st.lists(st.sampled_from(column.choices or SESSIONS), min_size=1, max_size=3)
    if column.kind is Kind.WHOLE:
        return st.integers(column.low, column.high).map(str)
    if column.kind is Kind.DECIMAL:
        return st.integers(column.low * 4, column.high * 4).map(lambda n: str(n / 4))
    return {
        Kind.DATE: st.dates(date(2024, 1, 1), date(2028, 1, 1)).map(str),
        Kind.CHOICE: st.sampled_from(column.choices or ("",)),
        Kind.CHOICES: several.map(";".join),
        Kind.SESSIONS: several.map(";".join),
        Kind.LANGUAGES: st.sampled_from(["sv", "sv;EN", "zh-hant-tw;swl"]),
        Kind.MUNICIPALITY: st.sampled_from(["0180", "2584"]),
        Kind.MUNICIPALITIES: st.sampled_from(["0180", "2584;0114"]),
        Kind.GROUP: st.sampled_from(["9413", "7231"]),
        Kind.YES_NO: st.sampled_from(["yes", "no"]),
        Kind.TEXT: st.text(st.characters(exclude_categories=["C"]), max_size=9),
    }[column.kind]


FREE = [
    (table.name, at, column)
    for table in TABLES.values()
    for at, column in enumerate(table.columns)
    if column.kind not in {Kind.ID, Kind.REFERENCE, Kind.FIELD, Kind.FIELD_OR_GROUP}
    and column.name not in {"birth_year", "latitude", "longitude"}
    and table.name not in {"wishes", "exclusions", "occupations"}
]


@examples(40, CALM)
@given(data=st.data())
def test_any_problem_comes_back_from_its_tables(tables: Tables, data: st.DataObject) -> None:
    """Lawful values in any cells make a problem that its own tables make again."""
    for _ in range(12):
        name, at, column = data.draw(st.sampled_from(FREE))
        row = data.draw(st.integers(0, 2))
        tables = _changed(tables, [((name, at), row, data.draw(_valid(column)))])
    try:
        problem = to_problem(tables, PLAN_DATE)
    except DatasetError:
        assume(False)  # noqa: FBT003 -- an interval that ends before it begins
    again = to_problem(tables_of(problem), PLAN_DATE)
    for part in ("participants", "providers", "sites", "openings", "placements", "occupations"):
        assert getattr(again, part) == getattr(problem, part)
