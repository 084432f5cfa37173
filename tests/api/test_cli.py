"""The program itself, `check` and `plan` on sound data; data/tiny/README.md argues the plan."""

import csv
import json
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from api.cli import commands
from tests.api.command_line import (
    GOALS,
    ON_THE_DAY,
    PLAN_FILES,
    TINY,
    Steget,
    copy,
    edit,
    json_of,
    plan_tables,
    swap,
)


def test_version(steget: Steget) -> None:
    """``--version`` says name and version, on one line."""
    result = steget("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("steget ")
    assert result.stdout.count("\n") == 1


def test_help_names_every_command(steget: Steget) -> None:
    """The help lists each command, and each has help of its own."""
    listed = steget("--help").stdout
    for command in commands.ALL:
        name = command.__name__.replace("_", "-")
        assert name in listed
        assert steget(name, "--help").exit_code == 0


def test_no_command_is_a_fault_of_usage(steget: Steget) -> None:
    """Without a command there is the help, and exit code 2."""
    result = steget()
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_check_says_what_a_data_set_holds(steget: Steget) -> None:
    """A sound data set is in order; the numbers are those of its files."""
    result = steget("check", TINY, *ON_THE_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "The data set is in order.\n12 participants, 3 providers, 7 sites, 9 openings.\n"
    )


def test_check_in_json(steget: Steget) -> None:
    """The same numbers by name, the digest, and no notice where there is nothing to notice."""
    answer = json_of(steget("check", TINY, *ON_THE_DAY, "--json"))
    digest = answer.pop("digest")
    assert len(digest) == 64
    assert answer == {
        "participants": 12,
        "providers": 3,
        "sites": 7,
        "openings": 9,
        "placements": 4,
        "notices": [],
    }


def test_check_notices_what_is_ignored(steget: Steget, tmp_path: Path) -> None:
    """An unknown file and column are told on stderr and in the JSON; ``--quiet`` keeps silent."""
    data = copy(tmp_path / "data")
    data.joinpath("diary.csv").write_text("x\n", encoding="utf-8")
    edit(data / "sites.csv", swap("site_id", "mood,site_id"))
    edit(data / "sites.csv", lambda text: text.replace("\n", "\n,").removesuffix(","))
    told = steget("check", data, *ON_THE_DAY)
    assert told.exit_code == 0
    assert "diary.csv" in told.stderr
    assert "mood" in told.stderr
    notices = json.loads(steget("check", data, *ON_THE_DAY, "--json").stdout)["notices"]
    assert {(n["code"], n["table"], n["column"]) for n in notices} == {
        ("table_ignored", "diary.csv", None),
        ("column_ignored", "sites", "mood"),
    }
    assert steget("check", data, *ON_THE_DAY, "--quiet").output == ""


def test_plan_tells_the_plan(steget: Steget, tmp_path: Path) -> None:
    """Who was placed, the goals proven best, why not the others, where it lies, who decides."""
    result = steget("plan", TINY, "--out", tmp_path / "plan", *ON_THE_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["7 of 10 participants placed.", "1 pinned placement kept."]
    assert lines[2] == "1 participant with an offer already: not looking."
    assert lines[4].split()[:3] == ["P01", "Bilverkstad", "Huddinge"]
    assert "  2 without a place: Every place has a barrier today." in lines
    assert "  1 without a place: The places that would do are full." in lines
    assert "  points in all: 5,461, proven best" in lines
    assert lines[-2:] == [
        f'The plan is in the folder "{tmp_path / "plan"}".',
        "This is a proposal. A person decides.",
    ]


def test_plan_writes_what_the_readme_argues(planned: Path) -> None:
    """The three files, with the seven placements, the pinned one and the goals of the README."""
    files = {file.name for file in planned.iterdir()}
    assert files == {*PLAN_FILES, "summary.json"}
    with planned.joinpath("assignments.csv").open(encoding="utf-8", newline="") as file:
        placed = {row["participant_id"]: row["opening_id"] for row in csv.DictReader(file)}
    assert placed == {
        "P01": "O04",
        "P03": "O01",
        "P05": "O03",
        "P06": "O02",
        "P07": "O06",
        "P08": "O09",
        "P10": "O07",
        "P11": "O07",
    }
    assert planned.joinpath("unplaced.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "P02,no_eligible_opening,",
        "P04,openings_full,",
        "P09,no_eligible_opening,",
    ]
    summary = json.loads(planned.joinpath("summary.json").read_text(encoding="utf-8"))
    assert summary["plan_date"] == "2026-12-01"
    assert summary["status"] == "optimal"
    assert {goal["name"]: goal["value"] for goal in summary["goals"]} == GOALS


def test_plan_in_json(steget: Steget, tmp_path: Path) -> None:
    """The same in JSON, and nothing but JSON."""
    out = tmp_path / "plan"
    answer = json_of(steget("plan", TINY, "--out", out, *ON_THE_DAY, "--json"))
    goals = [{"name": name, "value": value, "bound": value} for name, value in GOALS.items()]
    barriers, seconds = answer.pop("barriers"), answer.pop("seconds")
    assert answer == {
        "folder": str(out),
        "status": "optimal",
        "cut": False,
        "participants": 12,
        "looking": 10,
        "placed": 7,
        "pinned": 1,
        "goals": goals,
    }
    assert barriers[0]["code"] == "TRAVEL_UNREACHABLE"
    assert all(set(b) == {"code", "pairs", "alone", "participants"} for b in barriers)
    assert all(b["pairs"] >= b["alone"] and b["pairs"] > 0 for b in barriers)
    assert all(value >= 0 for value in seconds.values())


def test_quiet_is_quiet(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """``--quiet`` says nothing where nothing goes wrong."""
    silent = (
        ("check", TINY, *ON_THE_DAY),
        ("plan", TINY, "--out", tmp_path / "again", *ON_THE_DAY),
        ("verify", TINY, planned),
        ("generate", "town", "--out", tmp_path / "town"),
    )
    for line in silent:
        result = steget(*line, "--quiet")
        assert (result.exit_code, result.output) == (0, "")


def test_json_is_an_answer_also_when_quiet(steget: Steget, planned: Path) -> None:
    """Who asks for JSON gets it: from ``check``, ``plan`` and ``verify`` alike."""
    for line in (
        ("check", TINY, *ON_THE_DAY),
        ("plan", TINY, "--out", planned, *ON_THE_DAY),
        ("verify", TINY, planned),
    ):
        assert json_of(steget(*line, "--quiet", "--json"))


def test_the_plan_date_is_today_in_stockholm(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an hour before midnight in Greenwich it is already the next day in Stockholm."""

    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Late":
            late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC).astimezone(tz)
            return cls.fromtimestamp(late.timestamp(), tz)

    monkeypatch.setattr(commands, "datetime", Late)
    assert steget("plan", TINY, "--out", tmp_path / "plan").exit_code == 0
    summary = json.loads(tmp_path.joinpath("plan", "summary.json").read_text(encoding="utf-8"))
    assert summary["plan_date"] == "2026-12-01"


def test_plan_follows_the_policy(steget: Steget, tmp_path: Path) -> None:
    """With equal treatment required P01 cannot be in the workshop: 5579 points, no norm goal."""
    policy = tmp_path / "policy.toml"
    policy.write_text("require_equal_treatment = true\n", encoding="utf-8")
    line = ("plan", TINY, "--out", tmp_path / "plan", *ON_THE_DAY, "--policy", policy, "--json")
    goals = {goal["name"]: goal["value"] for goal in json_of(steget(*line))["goals"]}
    assert goals == {"placed": 7, "waiting": 982, "norm_goals": 0, "points": 5579}


def test_no_time_still_gives_a_plan_that_keeps_the_rules(steget: Steget, tmp_path: Path) -> None:
    """``--seconds 0`` stops at once; what is written then is a plan like any other."""
    out = tmp_path / "plan"
    assert steget("plan", TINY, "--out", out, *ON_THE_DAY, "--seconds", 0).exit_code == 0
    assert steget("verify", TINY, out).exit_code == 0


def test_the_largest_seed_is_a_seed(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """Every seed gives the only best plan there is."""
    out = tmp_path / "seeded"
    assert steget("plan", TINY, "--out", out, *ON_THE_DAY, "--seed", 2**31 - 1).exit_code == 0
    assert plan_tables(out) == plan_tables(planned)


def test_an_old_plan_is_replaced_and_other_files_are_left(steget: Steget, planned: Path) -> None:
    """Planning into the folder of an old plan leaves the new one, and what else lay there."""
    note = planned / "note.txt"
    note.write_text("Ring på måndag.", encoding="utf-8")
    before = planned.joinpath("summary.json").read_bytes()
    line = ("plan", TINY, "--out", planned, "--plan-date", "2026-12-02", "--quiet")
    assert steget(*line).exit_code == 0
    assert planned.joinpath("summary.json").read_bytes() != before
    assert note.read_text(encoding="utf-8") == "Ring på måndag."
    assert steget("verify", TINY, planned).exit_code == 0


def test_a_plan_may_lie_in_the_folder_of_its_data_set(steget: Steget, tmp_path: Path) -> None:
    """``--out`` equal to DATASET loses no table, and the plan still fits its data set."""
    data = copy(tmp_path / "data")
    tables = {file.name: file.read_bytes() for file in data.iterdir()}
    assert steget("plan", data, "--out", data, *ON_THE_DAY).exit_code == 0
    assert {name: data.joinpath(name).read_bytes() for name in tables} == tables
    assert json_of(steget("verify", data, data, "--json", "--quiet"))["sameDataSet"] is True


def test_paths_may_have_blanks_and_swedish_letters(steget: Steget, tmp_path: Path) -> None:
    """A folder is called what people call it."""
    data = copy(tmp_path / "Mina filer" / "Deltagare åäö")
    out = tmp_path / "Förslag (nytt) 😀"
    result = steget("plan", data, "--out", out, *ON_THE_DAY)
    assert result.exit_code == 0
    assert f'"{out}"' in result.stdout
    assert steget("verify", data, out).exit_code == 0


def test_everything_in_swedish(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """``--lang sv`` before the command: each answers in Swedish."""
    sv = ("--lang", "sv")
    assert steget(*sv, "check", TINY, *ON_THE_DAY).stdout.startswith("Datamängden är i ordning.")
    told = steget(*sv, "plan", TINY, "--out", planned, *ON_THE_DAY).stdout
    assert told.startswith("7 av 10 deltagare har fått en plats.")
    assert "5\N{NO-BREAK SPACE}461" in told
    assert steget(*sv, "verify", TINY, planned).stdout == "Planen följer alla regler.\n"
    assert "Möjliga (0)" in steget(*sv, "recommend", TINY, "P02", *ON_THE_DAY).stdout
    assert "påhittat" in steget(*sv, "generate", "town", "--out", tmp_path / "town").stdout
    assert "deltagare" in steget(*sv, "recommend", TINY, "X1", *ON_THE_DAY).stderr


def test_the_environment_may_choose_the_language(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``STEGET_LANG`` holds for answers and faults alike; the line goes before it."""
    monkeypatch.setenv("STEGET_LANG", "sv")
    assert "i ordning" in steget("check", TINY, *ON_THE_DAY).stdout
    assert "ingen mapp" in steget("check", tmp_path / "nowhere").stderr
    assert "no folder" in steget("--lang", "en", "check", tmp_path / "nowhere").stderr
