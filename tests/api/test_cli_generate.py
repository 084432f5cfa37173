"""`generate` and `demo`."""

import json
from pathlib import Path

import pytest

from api.cli import commands
from tests.api.command_line import ON_THE_DAY, Steget, json_of


@pytest.mark.parametrize(("form", "out"), [("csv", "a"), ("parquet", "b"), ("xlsx", "c.xlsx")])
def test_a_generated_town_is_in_order(form: str, out: str, steget: Steget, tmp_path: Path) -> None:
    """``generate`` then ``check``: 150 people, 30 openings, in every form."""
    line = ("generate", "town", "--out", tmp_path / out, "--form", form)
    assert steget(*line).exit_code == 0
    answer = json_of(steget("check", tmp_path / out, *ON_THE_DAY, "--json"))
    assert (answer["participants"], answer["openings"]) == (150, 30)


def test_the_same_seed_gives_the_same_tables(steget: Steget, tmp_path: Path) -> None:
    """A seed says it all; another one gives another town."""
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        steget("generate", "town", "--out", tmp_path / name, "--seed", seed, "--quiet")
    a, b, c = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in "abc"
    )
    assert a == b
    assert a != c


def test_a_county_of_any_size(steget: Steget, tmp_path: Path) -> None:
    """From one person and one opening on, with travel times or without; it can be planned."""
    sizes = ((1, 1, 0), (1, 3, 2), (25, 8, 60))
    for people, openings, rows in sizes:
        data, out = tmp_path / f"{people}-{openings}", tmp_path / f"plan-{people}-{openings}"
        size = ("--participants", people, "--openings", openings, "--travel-rows", rows)
        line = ("generate", "county", "--out", data, *size, "--half-days", "tight")
        assert steget(*line).exit_code == 0
        assert steget("plan", data, "--out", out, *ON_THE_DAY).exit_code == 0
        assert steget("verify", data, out).exit_code == 0


def test_generate_does_not_mix_data_sets(steget: Steget, tmp_path: Path) -> None:
    """Travel times left from another data set would be believed: refused, with --force too."""
    size = ("--participants", 9, "--openings", 4)
    first = steget("generate", "county", "--out", tmp_path, *size, "--travel-rows", 9)
    assert first.exit_code == 0
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    result = steget("generate", "county", "--out", tmp_path, *size, "--force")
    assert result.exit_code == 2
    assert "travel_times" in result.stderr
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_generate_replaces_a_data_set_only_when_told_to(steget: Steget, tmp_path: Path) -> None:
    """Somebody's real data set is not overwritten by an invented one in silence."""
    assert steget("generate", "town", "--out", tmp_path).exit_code == 0
    before = (tmp_path / "participants.csv").read_bytes()
    refused = steget("generate", "town", "--out", tmp_path, "--seed", 1)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "participants.csv").read_bytes() == before
    assert steget("generate", "town", "--out", tmp_path, "--seed", 1, "--force").exit_code == 0
    assert (tmp_path / "participants.csv").read_bytes() != before


def test_a_workbook_needs_its_ending(steget: Steget, tmp_path: Path) -> None:
    """Without .xlsx nothing could read it again: exit code 2, and nothing is written."""
    result = steget("generate", "town", "--out", tmp_path / "town", "--form", "xlsx")
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_demo_plans_the_county(steget: Steget, tmp_path: Path) -> None:
    """The demo plans the county for the day it was made for; of many rows the first are shown."""
    out = tmp_path / "mia"
    result = steget("demo", "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "participants placed." in result.stdout.splitlines()[0]
    assert "more in assignments.csv." in result.stdout
    summary = json.loads(out.joinpath("summary.json").read_text(encoding="utf-8"))
    assert summary["plan_date"] == commands.DEMO_DATE.isoformat()
    assert summary["placed"] > 0
    assert summary["looking"] > summary["placed"]
