"""`travel build`, `travel calibrate`, and `--travel`: from real journeys to a plan."""

import csv
import json
import logging
import socket
from pathlib import Path

import numpy as np
import pytest

from api.cli import travelling
from api.travel.store import open_store
from api.travel.times import times_of
from matcher.dataset import load
from tests.api.command_line import FAULTY, ON_THE_DAY, TINY, Steget, copy, json_of
from tests.matcher.travel.gtfs.small import mini, write

PLACES = ("from_latitude", "from_longitude", "to_latitude", "to_longitude")


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The tiny data set without its own table of travel times."""
    folder = copy(tmp_path / "towns")
    (folder / "travel_times.csv").unlink()
    return folder


@pytest.fixture
def store(steget: Steget, towns: Path, tmp_path: Path) -> Path:
    """Its journeys, estimated."""
    path = tmp_path / "s.db"
    assert steget("travel", "build", towns, "--store", path, *ON_THE_DAY, "-q").exit_code == 0
    return path


def journeys(path: Path, *, mode: str | None = None, start: float = 5) -> Path:
    """A table of made-up real journeys on a curve, to twenty places."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([*PLACES, "minutes", *(["mode"] if mode else [])])
        for at, km in enumerate(np.linspace(1, 40, 200)):
            north = round(59 + at % 20 / 100, 3)
            minutes = start + 0.5 * km + 10 * km**0.5
            angle = km / 111.195
            table.writerow([north + angle, 18, north, 18, minutes, *([mode] if mode else [])])
    return path


def free_port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def test_a_store_is_built_and_not_built_twice(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """All journeys are estimates; the second time nothing is asked."""
    line = ("travel", "build", towns, "--store", tmp_path / "s.db", *ON_THE_DAY, "--json")
    answer = json_of(steget(*line))
    assert answer["day"] == "2026-12-01"
    assert answer["minutes"] == answer["estimates"] == answer["fresh"] > 0
    assert (answer["unreachable"], answer["unknown"], answer["troubles"]) == (0, 0, {})
    assert answer["sources"] == {"estimate/helsinki-2015": answer["minutes"]}
    assert answer["withoutPoint"] == 1
    assert json_of(steget(*line)) == {**answer, "fresh": 0}


def test_a_build_in_words(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """What is known, how, and who is nowhere on the map."""
    told = steget("--lang", "sv", "travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY)
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0] == f"Restiderna för 2026-12-01 finns i lagret ”{tmp_path / 's'}”."
    assert "1 deltagare har ingen punkt på kartan: resorna är okända." in lines
    assert lines[-2] == "Per källa:"


@pytest.mark.parametrize(
    ("plan_date", "day"), [("2026-12-01", "2026-12-01"), ("2026-12-02", "2026-12-08")]
)
def test_the_day_is_the_next_tuesday(
    steget: Steget, towns: Path, tmp_path: Path, plan_date: str, day: str
) -> None:
    """On or after the plan date."""
    line = ("travel", "build", towns, "--store", tmp_path / "s", "--plan-date", plan_date)
    assert json_of(steget(*line, "--json"))["day"] == day


def test_a_timetable_and_its_tuesday(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """The feed runs on 24 November only; where it does not know, the estimate answers."""
    feed = write(tmp_path, mini())
    line = ("travel", "build", towns, "--store", tmp_path / "s", "--gtfs", feed)
    answer = json_of(steget(*line, "--plan-date", "2026-11-20", "--json"))
    assert answer["day"] == "2026-11-24"
    by = {source.split("/")[0]: count for source, count in answer["sources"].items()}
    assert set(by) == {"gtfs", "estimate"}
    only = json_of(steget(*line, "--sources", "gtfs", "--plan-date", "2026-11-20", "--json"))
    assert only["estimates"] == 0
    assert only["unknown"] == by["estimate"]
    late = steget(*line, "--plan-date", "2026-11-25")
    assert (late.exit_code, "no Tuesday from 2026-11-25 on" in late.stderr) == (FAULTY, True)


def test_a_timetable_with_faults(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """Each is told, and nothing is computed."""
    tables = mini()
    tables["stops.txt"] = [*tables["stops.txt"], "A1,59,18"]
    tables["stop_times.txt"] = [*tables["stop_times.txt"], "a7,A1,9,soon,08:00:00,,,"]
    feed = write(tmp_path, tables)
    told = steget("travel", "build", towns, "--store", tmp_path / "s", "--gtfs", feed)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert told.stderr.splitlines() == [
        'Table "stops", row 14, column stop_id: the same already stands there; keep one.',
        'Table "stop_times", row 26, column arrival_time: expected a time, such as 08:05:00.',
        "2 faults found. Nothing was loaded.",
    ]
    told = steget(
        "--lang", "sv", "travel", "build", towns, "--store", tmp_path / "s", "--gtfs", feed
    )
    assert told.stderr.splitlines()[1] == (
        "Tabellen ”stop_times”, rad 26, kolumn arrival_time: här ska stå ett klockslag, till"
        " exempel 08:05:00."
    )
    assert not (tmp_path / "s").exists()


def test_a_server_that_is_down(
    steget: Steget,
    towns: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its journeys are unknown, it is said how many, and no place or address is told."""
    monkeypatch.setattr("api.travel.calls.FIRST_PAUSE_SECONDS", 0.0)
    caplog.set_level(logging.DEBUG)
    url = f"http://127.0.0.1:{free_port()}/secret-path"
    line = ("travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY, "--motis", url)
    alone = steget(*line, "--sources", "motis", "--json")
    answer = json.loads(alone.stdout)
    assert alone.exit_code == 0
    assert (answer["minutes"], answer["sources"].keys()) == (
        0,
        {"motis: no_connection", "motis: circuit_open", "motis: not_offered"}
        & answer["sources"].keys(),
    )
    assert sum(answer["troubles"]["motis"].values()) > 0
    assert "The source motis could not tell" in alone.stderr
    quiet = steget(*line, "--quiet")
    assert (quiet.exit_code, quiet.stdout) == (0, "")
    assert "The source motis could not tell" in quiet.stderr
    both = json.loads(steget(*line, "--json").stdout)
    assert both["fresh"] > 0
    assert both["unknown"] == 0
    for said in (alone.output, quiet.output, caplog.text):
        assert not any(word in said for word in ("secret-path", "59.", "18.0", "17.8"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--sources", "gtfs"), "--gtfs"),
        (("--sources", "magic"), "no source of this name"),
        (("--sources", "estimate,estimate"), "stands there once"),
        (("--motis", "http://own.example", "--sources", "estimate"), "--sources"),
        (("--motis", "ftp://own.example"), "server of your own"),
        (("--valhalla", "https://user:pw@own.example"), "server of your own"),
        (("--osrm-walk", "https://router.project-osrm.org"), "server of your own"),
        (("--otp", "https://own.example?key=geheim"), "server of your own"),
    ],
)
def test_usage(
    steget: Steget, towns: Path, tmp_path: Path, line: tuple[str, ...], words: str
) -> None:
    """A mistake is told, without repeating an address."""
    told = steget("travel", "build", towns, "--store", tmp_path / "s", *line)
    assert told.exit_code == FAULTY
    assert words in " ".join(told.stderr.replace("│", " ").split())
    assert "geheim" not in told.stderr
    assert "pw@" not in told.stderr


@pytest.mark.parametrize("option", ["--store", "--travel"])
def test_a_file_that_is_no_store(steget: Steget, towns: Path, tmp_path: Path, option: str) -> None:
    """Neither built into nor read from; it stays as it is."""
    file = tmp_path / "notes.txt"
    file.write_text("Not a store.\n" * 99, encoding="utf-8")
    command = ("travel", "build") if option == "--store" else ("recommend",)
    person = () if option == "--store" else ("P01",)
    told = steget(*command, towns, *person, option, file)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "is no store of travel times" in " ".join(told.stderr.replace("│", " ").split())
    assert file.read_text(encoding="utf-8") == "Not a store.\n" * 99


def test_a_store_that_is_not_there(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """A misspelt name is a fault, not an empty store."""
    told = steget("recommend", towns, "P01", "--travel", tmp_path / "no.db", *ON_THE_DAY)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "No such file" in told.stderr
    assert not (tmp_path / "no.db").exists()


def test_ctrl_c_keeps_what_is_known(
    steget: Steget, towns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says that the same command goes on."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.travel.build._with", stop)
    told = steget("travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY)
    assert (told.exit_code, told.stdout) == (130, "")
    assert "the same command goes on there" in told.stderr
    monkeypatch.undo()
    line = ("travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY, "--json")
    answer = json_of(steget(*line))
    assert 0 < answer["fresh"] < answer["minutes"]


def test_every_command_reads_the_store(
    steget: Steget, towns: Path, store: Path, tmp_path: Path
) -> None:
    """The plan is the same as by the estimate itself, holds, and is explained with its bands."""
    with_store, without = tmp_path / "with", tmp_path / "without"
    travel = ("--travel", store)
    told = steget("plan", towns, "--out", with_store, *ON_THE_DAY, *travel)
    assert told.exit_code == 0
    assert "min (" in told.stdout
    assert "about" in told.stdout
    assert "Journeys are estimated" not in told.stdout
    assert told.stderr.startswith(f'Travel times from "{store}": ')
    assert steget("plan", towns, "--out", without, *ON_THE_DAY, "-q").exit_code == 0
    for name in ("assignments.csv", "unplaced.csv"):
        assert (with_store / name).read_bytes() == (without / name).read_bytes()
    digests = [
        json.loads((folder / "summary.json").read_text(encoding="utf-8"))["digest"]
        for folder in (with_store, without)
    ]
    assert digests[0] != digests[1]
    assert steget("verify", towns, with_store).stderr.startswith("The plan was made from other")
    assert json_of(steget("verify", towns, with_store, *travel, "--json"))["keepsTheRules"]
    shown = json_of(steget("recommend", towns, "P01", *ON_THE_DAY, *travel, "--json"))
    assert shown == json_of(steget("recommend", towns, "P01", *ON_THE_DAY, "--json"))
    kinds = ("possible", "toCheck", "fallsAway")
    assert any(one["journey"]["low"] is not None for kind in kinds for one in shown[kind])
    for command, *rest in (
        ("recommend", "P01", "--plan"),
        ("explain", "P01"),
        ("what-if", "--set", "openings.O03.seats=2"),
    ):
        answers = []
        for folder, times in ((with_store, travel), (without, ())):
            plan = (*rest, folder) if rest[-1] == "--plan" else (folder, *rest)
            answers.append(json_of(steget(command, towns, *plan, *times, "--json")))
        assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "line", [("recommend", TINY, "P01"), ("plan", TINY, "--out", "nowhere/plan")]
)
def test_a_table_and_a_store_are_too_many(
    steget: Steget,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: tuple[object, ...],
) -> None:
    """The table is the only source where there is one."""
    monkeypatch.chdir(tmp_path)
    told = steget(*line, "--travel", store, *ON_THE_DAY)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "table of travel times" in " ".join(told.stderr.replace("│", " ").split())


def test_curves_are_fitted_and_used(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """The coefficients come back; the digest of the file names the curve in the answers."""
    table, out = journeys(tmp_path / "real.csv"), tmp_path / "curve.json"
    answer = json_of(steget("travel", "calibrate", table, "--out", out, "--json"))
    assert answer["transit"]["coefficients"] == pytest.approx([5, 0.5, 10], abs=0.05)
    assert (answer["transit"]["pairs"], answer["transit"]["destinations"]) == (200, 20)
    assert json.loads(out.read_text()).items() <= answer.items()
    line = ("travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY, "--curve", out)
    assert set(json_of(steget(*line, "--json"))["sources"]) == {f"estimate/{answer['name']}"}
    with open_store(tmp_path / "s") as opened:
        loaded = load(towns, travelling._today(None))  # noqa: SLF001 -- any day will do
        times = times_of(opened, loaded.problem, loaded.problem.plan_date)
    assert int((times.minutes >= 0).sum()) > 0


def test_curves_in_words(steget: Steget, tmp_path: Path) -> None:
    """Coefficients, pairs, errors, wrong sides, band; of every way of travelling alike."""
    table = journeys(tmp_path / "real.csv", mode="car")
    told = steget("travel", "calibrate", table)
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0].startswith("By car: ")
    assert "200 pairs to 20 destinations" in lines[1]
    assert "-0.0" not in told.stdout
    assert "nine of ten" in lines[-2]
    assert lines[-1] == "Nothing is written without --out."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "column from_latitude: the column is missing"),
        ("a;b\n", "semicolons"),
        ("", "no header"),
        (f"{','.join(PLACES)},minutes\n59,18,59,18\n", "row 2: the row has 4 cells"),
        (f"{','.join(PLACES)},minutes\n59,18,59,18,\n", "column minutes: the cell is empty"),
        (f"{','.join(PLACES)},minutes\n59,18,59,18,nan\n", "column minutes: expected a number"),
        (
            f"{','.join(PLACES)},minutes\n99,18,59,18,1\n",
            "from_latitude: expected a number from -90",
        ),
        (f"{','.join(PLACES)},minutes,mode\n59,18,59,18,1,bike\n", "one of: transit, car"),
        (f"{','.join(PLACES)},minutes,minutes\n", "stands there twice"),
        (f'{",".join(PLACES)},minutes\n"59,18,59,18,1\n', "quotation mark"),
        (f"{','.join(PLACES)},minutes\n", "no pairs"),
        (f"{','.join(PLACES)},minutes\n59,18,59.1,18,9\n", "There are 1 pairs; at least 30"),
    ],
)
def test_faults_of_a_table(steget: Steget, tmp_path: Path, text: str, words: str) -> None:
    """Each is named, and no place is repeated."""
    table = tmp_path / "real.csv"
    table.write_text(text, encoding="utf-8")
    told = steget("travel", "calibrate", table)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert words in " ".join(told.stderr.replace("│", " ").split())


def test_a_table_that_is_not_there(steget: Steget, tmp_path: Path) -> None:
    """Told as any missing file; so is a text in another alphabet."""
    assert "no file of this name" in steget("travel", "calibrate", tmp_path / "no.csv").stderr
    table = tmp_path / "real.csv"
    table.write_bytes("från".encode("latin-1"))
    assert "UTF-8" in steget("travel", "calibrate", table).stderr


FITTED = {
    "coefficients": [5, 0.5, 10.5],
    "band": [10, 12],
    "pairs": 200,
    "destinations": 20,
    "farthestKm": 40.0,
    "meanError": 1.0,
    "errorOfNineInTen": 2.0,
    "bias": 0.0,
    "wrongSide": {"30": 0.1, "45": 0.1, "60": 0.1, "75": 0.1},
}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "JSON"),
        ("[]", "expected a group of settings"),
        ({}, "a value is needed"),
        ({"form": "steget-curves-2", "transit": FITTED}, "steget-curves-1"),
        ({"transit": {**FITTED, "more": 1}}, "transit.more"),
        ({"transit": {**FITTED, "coefficients": [1, 2]}}, "transit.coefficients"),
        ({"transit": {**FITTED, "coefficients": [1, 2, "3"]}}, "expected a number"),
        ({"transit": {**FITTED, "coefficients": [1, 2, 2000]}}, "from -1000 to 1000"),
        ({"transit": {**FITTED, "band": [-1, 2]}}, "from 0 to 1440"),
        ({"car": {**FITTED, "wrongSide": {"30": 0.1}}}, "30, 45, 60, 75"),
        ({"car": {**FITTED, "coefficients": [0, -1, 10]}}, "The curve falls"),
    ],
)
def test_faults_of_a_curve(
    steget: Steget, towns: Path, tmp_path: Path, document: object, words: str
) -> None:
    """A curve file is read strictly."""
    file = tmp_path / "curve.json"
    text = document if isinstance(document, str) else json.dumps(document)
    file.write_text(text, encoding="utf-8")
    told = steget("travel", "build", towns, "--store", tmp_path / "s", "--curve", file)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert words in told.stderr
    assert not (tmp_path / "s").exists()
