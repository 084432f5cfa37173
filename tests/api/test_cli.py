"""The command line on sound data sets. What must come out of data/tiny is argued in its README."""

import csv
import json
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.cli import commands
from matcher.dataset import read_tables, write_tables
from matcher.dataset.tables import Form

ROOT = Path(__file__).parents[2]
TINY = ROOT / "data" / "tiny"
ON_THE_DAY = ("--plan-date", "2026-12-01")
PLAN_FILES = ("assignments.csv", "unplaced.csv")
OPENINGS = [f"O0{number}" for number in range(1, 10)]
GOALS = {"placed": 7, "waiting": 982, "norm_goals": 1, "points": 5461}
JOURNEY = {"kind", "minutes", "low", "high"}

Steget = Callable[..., Result]
Tamper = Callable[[str], str]


@pytest.fixture
def steget(monkeypatch: pytest.MonkeyPatch) -> Steget:
    """Runs a command; whatever is no exit is a bug, and comes out of it as it is."""
    monkeypatch.delenv("STEGET_LANG", raising=False)

    def run(*args: object) -> Result:
        return CliRunner().invoke(cli.app, [str(arg) for arg in args], catch_exceptions=False)

    return run


@pytest.fixture
def planned(steget: Steget, tmp_path: Path) -> Path:
    """The plan of data/tiny."""
    folder = tmp_path / "plan"
    assert steget("plan", TINY, "--out", folder, *ON_THE_DAY, "--quiet").exit_code == 0
    return folder


def _answer(result: Result) -> Any:  # noqa: ANN401 -- whatever JSON holds
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def _tables(folder: Path) -> tuple[bytes, ...]:
    return tuple(folder.joinpath(name).read_bytes() for name in PLAN_FILES)


def _copy(to: Path) -> Path:
    """A data set of its own to change."""
    return Path(shutil.copytree(TINY, to, ignore=shutil.ignore_patterns("*.md")))


def _edit(file: Path, change: Tamper) -> None:
    text = file.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


def _swap(old: str, new: str) -> Tamper:
    return lambda text: text.replace(old, new, 1)


# The program


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
        assert command.__name__ in listed
        assert steget(command.__name__, "--help").exit_code == 0


def test_no_command_is_a_fault_of_usage(steget: Steget) -> None:
    """Without a command there is the help, and exit code 2."""
    result = steget()
    assert result.exit_code == 2
    assert "Usage" in result.output


# check


def test_check_says_what_a_data_set_holds(steget: Steget) -> None:
    """A sound data set is in order; the numbers are those of its files."""
    result = steget("check", TINY, *ON_THE_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "The data set is in order.\n12 participants, 3 providers, 7 sites, 9 openings.\n"
    )


def test_check_in_json(steget: Steget) -> None:
    """The same numbers by name, the digest, and no notice where there is nothing to notice."""
    answer = _answer(steget("check", TINY, *ON_THE_DAY, "--json"))
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
    data = _copy(tmp_path / "data")
    data.joinpath("diary.csv").write_text("x\n", encoding="utf-8")
    _edit(data / "sites.csv", _swap("site_id", "mood,site_id"))
    _edit(data / "sites.csv", lambda text: text.replace("\n", "\n,").removesuffix(","))
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


# plan


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
    answer = _answer(steget("plan", TINY, "--out", out, *ON_THE_DAY, "--json"))
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
        assert _answer(steget(*line, "--quiet", "--json"))


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
    goals = {goal["name"]: goal["value"] for goal in _answer(steget(*line))["goals"]}
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
    assert _tables(out) == _tables(planned)


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
    data = _copy(tmp_path / "data")
    tables = {file.name: file.read_bytes() for file in data.iterdir()}
    assert steget("plan", data, "--out", data, *ON_THE_DAY).exit_code == 0
    assert {name: data.joinpath(name).read_bytes() for name in tables} == tables
    assert _answer(steget("verify", data, data, "--json", "--quiet"))["sameDataSet"] is True


def test_paths_may_have_blanks_and_swedish_letters(steget: Steget, tmp_path: Path) -> None:
    """A folder is called what people call it."""
    data = _copy(tmp_path / "Mina filer" / "Deltagare åäö")
    out = tmp_path / "Förslag (nytt) 😀"
    result = steget("plan", data, "--out", out, *ON_THE_DAY)
    assert result.exit_code == 0
    assert f'"{out}"' in result.stdout
    assert steget("verify", data, out).exit_code == 0


# The same plan, whatever the files look like


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_form_gives_the_same_plan(
    form: Form, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """CSV, Parquet and Excel copies of one data set give the same bytes."""
    data = tmp_path / f"copy.{form}"
    write_tables(read_tables(TINY), data, form)
    assert steget("plan", data, "--out", tmp_path / form, *ON_THE_DAY).exit_code == 0
    assert _tables(tmp_path / form) == _tables(planned)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_does_not_matter(
    seed: int, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """Shuffled rows give the same bytes."""
    data = _copy(tmp_path / "data")
    dice = random.Random(seed)  # noqa: S311 -- nothing to guess here
    for file in sorted(data.glob("*.csv")):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        dice.shuffle(rows)
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert steget("plan", data, "--out", tmp_path / "out", *ON_THE_DAY).exit_code == 0
    assert _tables(tmp_path / "out") == _tables(planned)


@pytest.mark.parametrize(
    ("start", "end"),
    [("\N{BYTE ORDER MARK}", "\r\n"), ("", "\r\n"), ("\N{BYTE ORDER MARK}", "\n"), ("", "\n\n")],
)
def test_what_excel_does_to_text_files_does_not_matter(
    start: str, end: str, steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """A mark at the start, Windows line ends and blank lines give the same plan."""
    data = _copy(tmp_path / "data")
    for file in data.glob("*.csv"):
        text = start + file.read_text(encoding="utf-8").replace("\n", end)
        file.write_text(text, encoding="utf-8", newline="")
    assert steget("plan", data, "--out", tmp_path / "out", *ON_THE_DAY).exit_code == 0
    assert _tables(tmp_path / "out") == _tables(planned)


# Very small data sets


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
    _edit(data / "openings.csv", lambda text: text.replace(",open,", ",paused,"))


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
    data, out = _copy(tmp_path / "data"), tmp_path / "plan"
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


# verify


def test_verify_in_json(steget: Steget, planned: Path) -> None:
    """A sound plan keeps the rules and is of this data set."""
    assert _answer(steget("verify", TINY, planned, "--json")) == {
        "keepsTheRules": True,
        "sameDataSet": True,
        "violations": [],
    }
    assert steget("verify", TINY, planned).stdout == "The plan keeps every rule.\n"


def _without(name: str) -> Tamper:
    return lambda text: "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(f"{name},")
    )


def _goal(value: int, bound: int) -> Tamper:
    def change(text: str) -> str:
        summary = json.loads(text)
        summary["goals"][0] |= {"value": value, "bound": bound}
        summary["status"] = "optimal" if value == bound else "feasible"
        return json.dumps(summary)

    return change


def _recounted(planned: Path) -> None:
    """Whoever changes the tables by hand may think of the numbers in the summary too."""
    rows = planned.joinpath("assignments.csv").read_text(encoding="utf-8").splitlines()[1:]
    left = planned.joinpath("unplaced.csv").read_text(encoding="utf-8").splitlines()[1:]
    pinned = sum(row.endswith(",yes") for row in rows)
    placed = len(rows) - pinned
    counts = {"looking": placed + len(left), "placed": placed, "pinned": pinned}
    file = planned / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(summary | counts), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "change", "rule", "words"),
    [
        ("assignments.csv", _swap("P01,O04", "P01,O08"), "OPENING_PAUSED", "takes nobody"),
        ("assignments.csv", _swap("P01,O04", "P01,O07"), "TRAVEL_UNREACHABLE", "no way"),
        ("assignments.csv", _swap("P01,O04", "P99,O04"), "UNKNOWN_ID", "does not have"),
        ("assignments.csv", _without("P01"), "UNACCOUNTED", "neither"),
        ("unplaced.csv", _without("P04"), "UNACCOUNTED", "neither"),
        ("unplaced.csv", _swap("openings_full", "no_eligible_opening"), "CAUSE", "cause"),
        ("assignments.csv", _swap(",765,", ",766,"), "POINTS", "points"),
        ("assignments.csv", _swap(",30,765", ",29,765"), "TRAVEL_MINUTES", "travel time"),
        ("assignments.csv", _swap("888,no,yes", "888,no,no"), "PINNED_MOVED", "pinned"),
        ("summary.json", _goal(8, 8), "GOAL_VALUE", "goal"),
        ("summary.json", _goal(7, 6), "GOAL_BOUND", "bound"),
    ],
)
def test_verify_names_the_rule_that_a_tampered_plan_breaks(  # noqa: PLR0913, PLR0917 -- a table
    file: str, change: Tamper, rule: str, words: str, steget: Steget, planned: Path
) -> None:
    """What is changed by hand is found, and named in words and by code; exit code 1."""
    _edit(planned / file, change)
    _recounted(planned)
    told = steget("verify", TINY, planned)
    assert told.exit_code == 1
    assert words in told.stderr
    assert told.stdout == ""
    answered = steget("verify", TINY, planned, "--json")
    assert answered.exit_code == 1
    answer = json.loads(answered.stdout)
    assert answer["keepsTheRules"] is False
    assert rule in {violation["rule"] for violation in answer["violations"]}
    assert set(answer["violations"][0]) == {"rule", "participantId", "openingId", "detail"}


def test_verify_notices_another_data_set(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan that keeps the rules of data it was not made from is no violation, but is told."""
    data = _copy(tmp_path / "data")
    _edit(data / "openings.csv", _swap("Café", "Bageri"))
    result = steget("verify", data, planned)
    assert result.exit_code == 0
    assert result.stderr == (
        "The plan was made from other files: another data set, or this in another form.\n"
    )


# recommend


@pytest.mark.parametrize("number", range(1, 13))
def test_recommend_puts_every_opening_in_one_group(number: int, steget: Steget) -> None:
    """Possible, to check and falls away hold each opening exactly once, for everybody."""
    answer = _answer(steget("recommend", TINY, f"P{number:02}", *ON_THE_DAY, "--json"))
    assert answer["participantId"] == f"P{number:02}"
    groups = [answer[group] for group in ("possible", "toCheck", "fallsAway")]
    assert sorted(row["openingId"] for group in groups for row in group) == OPENINGS
    for row in (row for group in groups for row in group):
        assert row["title"]
        assert set(row["journey"]) == JOURNEY


def test_recommend_in_json_explains(steget: Steget) -> None:
    """P02 has one place to ask about, and may bear a longer journey: codes, whom, sentences."""
    answer = _answer(steget("recommend", TINY, "P02", *ON_THE_DAY, "--json"))
    (ask,) = answer["toCheck"]
    assert ask["openingId"] == "O05"
    assert ask["questions"][0]["code"] == "TRAVEL_UNKNOWN"
    far = next(row for row in answer["fallsAway"] if row["openingId"] == "O07")
    (barrier,) = far["barriers"]
    assert (barrier["code"], barrier["detail"]) == ("TRAVEL_TOO_LONG", "52")
    assert "52" in barrier["text"]
    assert "45" in barrier["text"]


def test_recommend_gives_the_points_of_the_readme(steget: Steget) -> None:
    """P01 has two possible openings: the café with 883 points, the workshop with 765."""
    answer = _answer(steget("recommend", TINY, "P01", *ON_THE_DAY, "--json"))
    assert {row["openingId"]: row["points"] for row in answer["possible"]} == {
        "O01": 883,
        "O04": 765,
    }
    assert set(answer["possible"][0]) == {
        "openingId",
        "title",
        "site",
        "provider",
        "municipality",
        "journey",
        "points",
        "values",
        "startsOn",
        "commonHalfDays",
        "needsMet",
        "wantsMet",
        "seatsLeft",
        "full",
        "confirmedOn",
        "stale",
        "questions",
    }


def test_recommend_in_words(steget: Steget) -> None:
    """The three groups with their sizes, and who decides."""
    result = steget("recommend", TINY, "P02", *ON_THE_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "Possible (0)",
        "To check (1)",
        "Falls away for now (8)",
        "This is a proposal. A person decides.",
    ]


# Swedish


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


# generate and demo


@pytest.mark.parametrize(("form", "out"), [("csv", "a"), ("parquet", "b"), ("xlsx", "c.xlsx")])
def test_a_generated_town_is_in_order(form: str, out: str, steget: Steget, tmp_path: Path) -> None:
    """``generate`` then ``check``: 150 people, 30 openings, in every form."""
    line = ("generate", "town", "--out", tmp_path / out, "--form", form)
    assert steget(*line).exit_code == 0
    answer = _answer(steget("check", tmp_path / out, *ON_THE_DAY, "--json"))
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
