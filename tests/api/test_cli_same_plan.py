"""The same plan whatever the files look like, and plans of very little."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.dataset import read_tables, write_tables
from matcher.dataset.tables import Form
from tests.api.command_line import (
    ON_THE_DAY,
    TINY,
    Steget,
    copy,
    edit,
    plan_tables,
)


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_form_gives_the_same_plan(
    form: Form, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """CSV, Parquet and Excel copies of one data set give the same bytes."""
    data = tmp_path / f"copy.{form}"
    write_tables(read_tables(TINY), data, form)
    assert steget("plan", data, "--out", tmp_path / form, *ON_THE_DAY).exit_code == 0
    assert plan_tables(tmp_path / form) == plan_tables(planned)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_does_not_matter(
    seed: int, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """Shuffled rows give the same bytes."""
    data = copy(tmp_path / "data")
    dice = random.Random(seed)  # noqa: S311 -- nothing to guess here
    for file in sorted(data.glob("*.csv")):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        dice.shuffle(rows)
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert steget("plan", data, "--out", tmp_path / "out", *ON_THE_DAY).exit_code == 0
    assert plan_tables(tmp_path / "out") == plan_tables(planned)


@pytest.mark.parametrize(
    ("start", "end"),
    [("\N{BYTE ORDER MARK}", "\r\n"), ("", "\r\n"), ("\N{BYTE ORDER MARK}", "\n"), ("", "\n\n")],
)
def test_what_excel_does_to_text_files_does_not_matter(
    start: str, end: str, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """A mark at the start, Windows line ends and blank lines give the same plan."""
    data = copy(tmp_path / "data")
    for file in data.glob("*.csv"):
        text = start + file.read_text(encoding="utf-8").replace("\n", end)
        file.write_text(text, encoding="utf-8", newline="")
    assert steget("plan", data, "--out", tmp_path / "out", *ON_THE_DAY).exit_code == 0
    assert plan_tables(tmp_path / "out") == plan_tables(planned)


def _only_headers(*tables: str) -> Callable[[Path], None]:
    def empty(data: Path) -> None:
        for table in tables:
            file = data / f"{table}.csv"
            header = file.read_text(encoding="utf-8").splitlines()[0]
            file.write_text(header + "\n", encoding="utf-8")

    return empty


def _only_the_first(data: Path) -> None:
    for file in data.glob("*.csv"):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        if header.startswith("participant_id,"):
            rows = [row for row in rows if row.startswith("P01,")]
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def _all_paused(data: Path) -> None:
    edit(data / "openings.csv", lambda text: text.replace(",open,", ",paused,"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_only_headers(*(file.stem for file in TINY.glob("*.csv"))), "0 of 0 participants placed"),
        (
            _only_headers("participants", "wishes", "exclusions", "travel_times"),
            "0 of 0 participants placed",
        ),
        (_only_the_first, "1 of 1 participant placed"),
        (_all_paused, "0 of 10 participants placed"),
    ],
    ids=["only headers", "nobody", "one participant", "all paused"],
)
def test_little_or_nothing_can_be_planned(
    change: Callable[[Path], None], said: str, steget: Steget, tmp_path: Path
) -> None:
    """A plan of nobody is a plan: it is written and verifies, and no empty table is shown."""
    data, out = copy(tmp_path / "data"), tmp_path / "plan"
    change(data)
    result = steget("plan", data, "--out", out, *ON_THE_DAY)
    assert result.exit_code == 0
    assert said in result.stdout
    rows = len(out.joinpath("assignments.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert ("half-days" in result.stdout) is (rows > 0)
    answer = json.loads(steget("plan", data, "--out", out, *ON_THE_DAY, "--json").stdout)
    assert all(barrier["pairs"] > 0 for barrier in answer["barriers"])
    assert ("commonest" in result.stdout) is bool(answer["barriers"])
    assert steget("verify", data, out).exit_code == 0
