"""``balance`` and ``report``: files, a registry of what was released, and mistakes of usage."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from matcher.balance.disclosure import Registry
from tests.api.command_line import (
    FAULTY,
    ON_THE_DAY,
    OTHER_DATA,
    ROOT,
    TINY,
    Steget,
    edit,
    json_of,
    plan_of,
    swap,
)

TOWN = ROOT / "data" / "town"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the tests of this file share."""
    return tmp_path_factory.mktemp("balance")


@pytest.fixture
def town(steget: Steget, folder: Path) -> Path:
    """A plan of the town."""
    plan = folder / "town"
    return plan if plan.exists() else plan_of(steget, TOWN, plan)


def test_a_balance_is_told_and_written(steget: Steget, town: Path, tmp_path: Path) -> None:
    """The main tables on the screen, every table as CSV, and how hidden figures came to be."""
    out = tmp_path / "tables"
    told = steget("balance", TOWN, "--plan", town, "--out", out)
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0] == "Balance and follow-up: town, 2026-12-01"
    assert lines[-1] == f'The tables are in the folder "{out}".'
    assert "People at each stage, by gender" in lines
    assert any(line.startswith("Figures from 1 to 4 are hidden") for line in lines)
    names = {path.name for path in out.iterdir()}
    assert {"report-stages.csv", "report-steering.csv", "table-proposed-branch.csv"} <= names
    with (out / "table-participants-age.csv").open(encoding="utf-8", newline="") as file:
        counts = [row["count"] for row in csv.DictReader(file)]
    assert all(count in ("", "0") or int(count) >= 5 for count in counts)


def test_a_balance_speaks_swedish_and_json(steget: Steget, town: Path) -> None:
    """The same in either language; in JSON every table with its rows."""
    told = steget("--lang", "sv", "balance", TOWN, "--plan", town)
    assert told.stdout.startswith("Balans och uppföljning: town, 2026-12-01\n")
    answer = json_of(steget("balance", TOWN, "--plan", town, "--json"))
    sections = {one["code"]: one for one in answer["sections"]}
    assert {"people", "branch", "norm", "outcomes", "fairness", "principles"} <= set(sections)
    rows = sections["people"]["tables"][0]["rows"]
    assert all(cell["number"] is None for row in rows for cell in row if cell["hidden"])


def test_quiet_says_nothing(steget: Steget, town: Path) -> None:
    """Only what goes wrong."""
    told = steget("balance", TOWN, "--plan", town, "--quiet")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "")


def test_a_threshold_hides_more(steget: Steget, town: Path, tmp_path: Path) -> None:
    """With 10, counts from 1 to 9 are hidden."""
    told = steget("balance", TOWN, "--plan", town, "--threshold", 10, "--out", tmp_path / "t")
    assert "Figures from 1 to 9 are hidden" in told.stdout
    for file in (tmp_path / "t").glob("table-*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            counts = {row["count"] for row in csv.DictReader(text)}
        assert counts.isdisjoint({str(count) for count in range(1, 10)}), file.name
    assert steget("balance", TOWN, "--threshold", 2).exit_code == FAULTY


def test_without_a_plan_only_what_happened_is_counted(steget: Steget) -> None:
    """Whoever has started has a place."""
    told = steget("balance", TOWN, *ON_THE_DAY)
    assert "Whoever has started counts as having a place." in told.stdout


def test_a_registry_is_begun_and_goes_on(steget: Steget, town: Path, tmp_path: Path) -> None:
    """It holds what was published; published again, the same figures are shown."""
    registry = tmp_path / "released.json"
    line = ("balance", TOWN, "--plan", town, "--registry", registry)
    first, second = tmp_path / "first", tmp_path / "second"
    told = steget(*line, "--out", first)
    assert "Not in a registry" not in told.stdout
    begun = Registry.of_json(registry.read_text(encoding="utf-8"))
    assert {table.name for table in begun.tables} >= {"participants/age", "proposed/branch"}
    assert steget(*line, "--out", second).exit_code == 0
    again = Registry.of_json(registry.read_text(encoding="utf-8"))
    assert len(again.tables) >= len(begun.tables)
    name = "table-participants-age.csv"
    assert (first / name).read_bytes() == (second / name).read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"dimensions": [], "tables": [{}]}', "né"])
def test_what_is_no_registry_is_refused(steget: Steget, tmp_path: Path, text: str) -> None:
    """Nothing is told, and the file stays as it was."""
    registry = tmp_path / "released.json"
    registry.write_text(text, encoding="latin-1")
    told = steget("balance", TINY, *ON_THE_DAY, "--registry", registry)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert registry.read_text(encoding="latin-1") == text


def test_a_registry_that_contradicts_the_tables_is_told(
    steget: Steget, town: Path, tmp_path: Path
) -> None:
    """A group that lies in another field than it was published in: nothing can be released."""
    registry = tmp_path / "released.json"
    line = ("balance", TOWN, "--plan", town, "--registry", registry)
    assert steget(*line, "--quiet").exit_code == 0
    written = json.loads(registry.read_text(encoding="utf-8"))
    for name, codes, parents, _ in written["dimensions"]:
        if name == "branch" and any(parents):
            at = parents.index(next(filter(None, parents)))
            parents[at] = next(one for one in codes if one not in (parents[at], codes[at]))
    text = json.dumps(written)
    registry.write_text(text, encoding="utf-8")
    told = steget(*line)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert told.stderr == "These tables cannot be published: DISAGREE, branch.\n"
    assert registry.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("form", [".html", ".xlsx"])
def test_a_report_is_one_file(steget: Steget, town: Path, tmp_path: Path, form: str) -> None:
    """A page or a workbook, and a line that says where it is."""
    out = tmp_path / f"report{form}"
    told = steget("report", TOWN, "--plan", town, "--out", out)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines()[-1] == f'The report is in the file "{out}".'
    assert out.read_bytes()[:2] == (b"PK" if form == ".xlsx" else b"<!")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_mistakes_of_usage(steget: Steget, town: Path, tmp_path: Path) -> None:
    """Another form, a plan with a day, a folder that is not there."""
    for line in (
        ("report", TOWN, "--out", tmp_path / "report.pdf"),
        ("balance", TOWN, "--plan", town, *ON_THE_DAY),
        ("balance", TOWN, "--plan", tmp_path / "nowhere"),
        ("report", TOWN, *ON_THE_DAY, "--out", tmp_path / "nowhere" / "report.html"),
    ):
        told = steget(*line)
        assert (told.exit_code, told.stdout) == (FAULTY, ""), line
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_other_data_is_told(steget: Steget, town: Path) -> None:
    """Its rows for people whom the data set does not have count for nothing."""
    told = steget("balance", TINY, "--plan", town)
    assert (told.exit_code, told.stderr) == (0, OTHER_DATA)


def test_a_kept_plan_stands_beside_what_people_decided(
    steget: Steget, data: Path, tmp_path: Path
) -> None:
    """Shadow mode: a plan of an earlier day, and placements that have begun since."""
    kept = plan_of(steget, data, tmp_path / "kept")
    with (kept / "assignments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pinned"] != "yes"]
    placements = data / "placements.csv"
    columns = placements.read_text(encoding="utf-8").splitlines()[0].split(",")
    begun = {
        "participant_id": rows[0]["participant_id"],
        "opening_id": rows[0]["opening_id"],
        "status": "ongoing",
        "starts_on": "2026-12-02",
        "sessions": rows[0]["sessions"],
    }
    line = ",".join(f'"{begun[name]}"' if begun.get(name) else "" for name in columns)
    placements.write_text(
        placements.read_text(encoding="utf-8").rstrip("\n") + f"\n{line}\n", encoding="utf-8"
    )
    later = ("--plan-date", "2026-12-10", "--json")
    answer = json_of(steget("balance", data, "--kept", kept, *later))
    (section,) = (one for one in answer["sections"] if one["code"] == "shadow")
    assert [one["code"] for one in section["tables"]] == [
        "agreement",
        "overrides",
        "agreement_ending",
    ]
    without = json_of(steget("balance", data, *later))
    assert "shadow" not in {one["code"] for one in without["sections"]}


def test_protected_identity_is_in_no_figure(steget: Steget, tmp_path: Path) -> None:
    """One person more with protected identity changes nothing that is told."""
    plain = shutil.copytree(TOWN, tmp_path / "town")
    before = steget("balance", plain, *ON_THE_DAY, "--json").stdout
    people = plain / "participants.csv"
    first = people.read_text(encoding="utf-8").splitlines()
    at = first[0].split(",").index("protected_identity")
    row = next(line for line in first[1:] if line.split(",")[at] == "no")
    cells = row.split(",")
    cells[0], cells[at] = "P9999", "yes"
    edit(people, swap(row, row + "\n" + ",".join(cells)))
    after = steget("balance", plain, *ON_THE_DAY, "--json")
    assert after.exit_code == 0
    assert json.loads(after.stdout) == json.loads(before)
