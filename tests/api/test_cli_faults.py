"""The command line on what is wrong: every fault told in plain words, and the exit code."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api import cli
from matcher.dataset import read_tables, write_tables
from matcher.errors import PlanRejectedError
from matcher.outcome import Outcome, Status
from matcher.solve import door

ROOT = Path(__file__).parents[2]
TINY = ROOT / "data" / "tiny"
ON_THE_DAY = ("--plan-date", "2026-12-01")
FAULTY = 2
PERSONAL = "19860101-1234"

Steget = Callable[..., Result]
Change = Callable[[Path], None]


@pytest.fixture
def steget(monkeypatch: pytest.MonkeyPatch) -> Steget:
    """Runs a command; whatever is no exit is a bug, and comes out of it as it is."""
    monkeypatch.delenv("STEGET_LANG", raising=False)

    def run(*args: object) -> Result:
        return CliRunner().invoke(cli.app, [str(arg) for arg in args], catch_exceptions=False)

    return run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data set of its own to spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "data", ignore=shutil.ignore_patterns("*.md")))


@pytest.fixture
def planned(steget: Steget, tmp_path: Path) -> Path:
    """The plan of data/tiny."""
    folder = tmp_path / "plan"
    assert steget("plan", TINY, "--out", folder, *ON_THE_DAY, "--quiet").exit_code == 0
    return folder


def _edit(file: Path, *swaps: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def _faults(result: Result) -> list[str]:
    """The lines that name faults; the last one counts them and says that nothing was loaded."""
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    *faults, last = result.stderr.splitlines()
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    assert last == f"{number} found. Nothing was loaded."
    return faults


# The data set


def test_all_faults_are_told_together(steget: Steget, data: Path) -> None:
    """Faults of three tables come in one go, each with table, row, column and what was found."""
    _edit(data / "participants.csv", ("P01,woman,1986", "P01,woman,86"))
    _edit(data / "openings.csv", ("O02,S1", "O02,S99"), ("O03,S2,Hunddagis,6122", "O03,S2,Hund,0"))
    _edit(data / "wishes.csv", ("P03", "P77"))
    told = "\n".join(_faults(steget("check", data, *ON_THE_DAY)))
    for words in (
        'Table "participants", row 2, column birth_year: found "86"',
        'Table "openings", row 3, column site_id: found "S99"',
        'Table "openings", row 4, column occupation_group: found "0"',
        'column participant_id: found "P77"',
    ):
        assert words in told


@pytest.mark.parametrize("command", ["check", "plan", "recommend", "verify"])
def test_no_command_loads_a_faulty_data_set(
    command: str, steget: Steget, data: Path, planned: Path, tmp_path: Path
) -> None:
    """Whatever is asked, the fault is told, exit code 2, and no plan is written."""
    _edit(data / "openings.csv", ("O02,S1", "O02,S99"))
    out = tmp_path / "new"
    line: dict[str, tuple[object, ...]] = {
        "check": (*ON_THE_DAY, "--json"),
        "plan": ("--out", out, *ON_THE_DAY, "--json", "--quiet"),
        "recommend": ("P01", *ON_THE_DAY, "--json"),
        "verify": (planned, "--json"),
    }
    (fault,) = _faults(steget(command, data, *line[command]))
    assert "S99" in fault
    assert not out.exists()


def test_a_faulty_data_set_leaves_the_old_plan(steget: Steget, data: Path, planned: Path) -> None:
    """Where there is no new plan, the old one stays as it was."""
    before = {file.name: file.read_bytes() for file in planned.iterdir()}
    _edit(data / "openings.csv", ("O02,S1", "O02,S99"))
    assert steget("plan", data, "--out", planned, *ON_THE_DAY).exit_code == FAULTY
    assert {file.name: file.read_bytes() for file in planned.iterdir()} == before


def test_many_faults_are_cut_and_counted(steget: Steget, data: Path) -> None:
    """Fifty are shown; of the rest the number is told."""
    wishes = data / "wishes.csv"
    row = wishes.read_text(encoding="utf-8").splitlines()[1].replace("P01", "P77")
    wishes.write_text(
        wishes.read_text(encoding="utf-8").splitlines()[0] + f"\n{row}" * 70 + "\n",
        encoding="utf-8",
    )
    result = steget("check", data, *ON_THE_DAY)
    assert result.exit_code == FAULTY
    *_, more, last = lines = result.stderr.splitlines()
    assert len(lines) == 52
    found = int(last.split()[0])
    assert found >= 70
    assert more == f"There are {found - 50} more."


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_sensitive_is_repeated(lang: str, steget: Steget, data: Path) -> None:
    """Personal identity numbers and what is told of health or threats stay where they are."""
    _edit(
        data / "participants.csv",
        ("woman,1986", f"woman,{PERSONAL}"),
        ("STEP_FREE", "MS sedan 2019"),
        ("P09", "860101-1234"),
    )
    _edit(data / "exclusions.csv", ("provider", "hotad av honom"))
    data.joinpath(f"Anna {PERSONAL}.csv").write_text("x\n", encoding="utf-8")
    result = steget("--lang", lang, "check", data, *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    for secret in (PERSONAL, "860101", "MS sedan", "hotad"):
        assert secret not in result.stderr


def test_a_personal_identity_number_is_not_repeated_from_the_line(steget: Steget) -> None:
    """Who types one instead of a pseudonym does not get it back on the screen."""
    result = steget("recommend", TINY, PERSONAL, *ON_THE_DAY)
    assert result.exit_code == FAULTY
    assert PERSONAL not in result.output
    assert "pseudonym" in result.stderr


@pytest.mark.parametrize("name", ["P99", "", "p01", "P01 ", "\x1b[31mP01\n", "P" * 5000])
def test_an_unknown_participant(name: str, steget: Steget) -> None:
    """It is told in one short printable line; exit code 2."""
    result = steget("recommend", TINY, name, *ON_THE_DAY, "--json")
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    (line,) = result.stderr.splitlines()
    assert line.isprintable()
    assert len(line) < 130


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "semicolons": (lambda text: text.replace(b";", b"|").replace(b",", b";"), "semicolons"),
    "semicolons alone": (lambda text: text.replace(b",", b";"), "semicolons"),
    "utf-16": (lambda text: text.decode().encode("utf-16"), "UTF-8"),
    "latin-1": (lambda text: text.replace(b"H1", b"H\xe5"), "UTF-8"),
    "decimal comma": (lambda text: text.replace(b"59.201", b'"59,201"'), "a point before"),
    "bare decimal comma": (lambda text: text.replace(b"59.201", b"59,201"), "25 cells"),
    "column twice": (lambda text: text.replace(b"birth_year", b"gender"), "twice"),
    "column missing": (lambda text: text.replace(b"birth_year,", b""), "birth_year"),
    "huge": (lambda text: text.replace(b"1986", b"9" * 5000), "whole number"),
    "infinite": (lambda text: text.replace(b"1986", b"1e999"), "whole number"),
    "negative": (lambda text: text.replace(b",45,transit", b",-1,transit"), "max_travel"),
    "NUL in an id": (lambda text: text.replace(b"P02", b"P\x0002"), "expected an id"),
    "emoji in an id": (lambda text: text.replace(b"P02", "P😀".encode()), "P02"),
    "open quote": (lambda text: text.replace(b"P02,man", b'P02,"man'), "row 3: a quotation mark"),
    "person twice": (lambda text: text.replace(b"P02", b"P01"), "already"),
    "empty": (lambda _: b"", "header"),
    "nothing but NUL": (lambda _: b"\x00" * 1000, "participants"),
    "nothing but lines": (lambda _: b"\n\n\n", "participants"),
}


@pytest.mark.parametrize("accident", SPOILT)
def test_a_spoilt_table(accident: str, steget: Steget, data: Path) -> None:
    """What spreadsheets and accidents do to a table is told in a sentence that helps."""
    change, words = SPOILT[accident]
    table = data / "participants.csv"
    table.write_bytes(change(table.read_bytes()))
    told = "\n".join(_faults(steget("check", data, *ON_THE_DAY)))
    assert words in told


def test_titles_may_have_emojis_but_control_nothing(steget: Steget, data: Path) -> None:
    """An emoji is text; what would control a terminal is a fault, and is shown escaped."""
    _edit(data / "openings.csv", ("Bilverkstad", "🚗 [red]Bil[/red]"))
    result = steget("recommend", data, "P01", *ON_THE_DAY)
    assert result.exit_code == 0
    assert "🚗 [red]Bil[/red]" in result.stdout
    _edit(data / "openings.csv", ("🚗", "\x1b[2J"))
    (fault,) = _faults(steget("check", data, *ON_THE_DAY))
    assert r"\x1b[2J" in fault
    assert fault.isprintable()


@pytest.mark.parametrize("name", ["d.xlsx", "d.csv", "d.ods", "d.xls", "d.xlsm", "d.XLSX", "d"])
@pytest.mark.parametrize("content", [b"", b"rubbish \xff\x00", b"PK\x03\x04" + b"\0" * 99])
def test_garbage_is_no_data_set(name: str, content: bytes, steget: Steget, tmp_path: Path) -> None:
    """A file that is no workbook is refused in one sentence, whatever its name."""
    file = tmp_path / name
    file.write_bytes(content)
    assert len(_faults(steget("check", file, *ON_THE_DAY))) == 1


def test_no_data_set_at_all(steget: Steget, tmp_path: Path) -> None:
    """A path that is not there is one fault; a folder without tables lacks the four it needs."""
    assert len(_faults(steget("check", tmp_path / "nowhere", *ON_THE_DAY))) == 1
    lacking = _faults(steget("check", tmp_path, *ON_THE_DAY))
    assert [fault.split('"')[1] for fault in lacking] == [
        "participants",
        "providers",
        "sites",
        "openings",
    ]


def test_links_that_lead_round_in_circles(steget: Steget, data: Path, tmp_path: Path) -> None:
    """A loop of links is a file that cannot be opened, as data set, table, policy or plan."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    out = tmp_path / "out"
    data.joinpath("wishes.csv").unlink()
    data.joinpath("wishes.csv").symlink_to("wishes.csv")
    for line in (
        ("check", loop, *ON_THE_DAY),
        ("check", data, *ON_THE_DAY),
        ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", loop),
        ("plan", TINY, "--out", loop, *ON_THE_DAY),
        ("verify", TINY, loop),
    ):
        result = steget(*line)
        assert (result.exit_code, result.stdout) == (FAULTY, "")
        assert result.stderr
    assert not out.exists()


def test_what_never_ends_is_not_read(steget: Steget, data: Path, planned: Path) -> None:
    """A pipe that nobody writes to, and a device that never ends: refused, as whatever file."""
    pipe, plan = data / "wishes.csv", planned / "summary.json"
    for file in (pipe, plan):
        file.unlink()
    os.mkfifo(pipe)
    os.mkfifo(plan)
    data.joinpath("sites.csv").unlink()
    data.joinpath("sites.csv").symlink_to("/dev/zero")
    for line, names in (
        (("check", data, *ON_THE_DAY), ("wishes", "sites")),
        (("recommend", TINY, "P01", *ON_THE_DAY, "--policy", "/dev/zero"), ("zero",)),
        (("verify", TINY, planned), ("summary.json",)),
    ):
        told = [f'"{name}": this is no ordinary file' for name in names]
        for fault, words in zip(_faults(steget(*line)), told, strict=True):
            assert fault.startswith(words)


def test_a_broken_parquet_file(steget: Steget, tmp_path: Path) -> None:
    """Rubbish that calls itself Parquet is one fault of its table."""
    write_tables(read_tables(TINY), tmp_path / "data", "parquet")
    tmp_path.joinpath("data", "openings.parquet").write_bytes(b"PAR1 rubbish PAR1")
    (fault,) = _faults(steget("check", tmp_path / "data", *ON_THE_DAY))
    assert '"openings"' in fault


# The policy


@pytest.mark.parametrize(
    ("text", "faults", "words"),
    [
        ("horizn_days = 3\n[weights]\nfoo = 1\n", 2, "no setting of this name"),
        ("[weights]\nwish = 46\n", 1, "101"),
        ("horizon_days = 'x'\ngoals = 'placed'\nsupervisor_starts = -1\n", 3, "whole number"),
        ("goals = ['placed', 'placed']\n", 1, "already"),
        ("goals = []\n", 1, "needed"),
        ("[parity]\nx = 1\n", 1, "yet"),
        ("goals = [\n", 1, "TOML"),
        ("a = '\x00'\n", 1, "TOML"),
        ("a = " + "[" * 5000, 1, "TOML"),
        ("horizon_days = " + "9" * 5000, 1, "TOML"),
    ],
)
def test_a_faulty_policy(
    text: str, faults: int, words: str, steget: Steget, tmp_path: Path
) -> None:
    """All faults of a policy come together, with its name; exit code 2 and no plan."""
    policy, out = tmp_path / "policy.toml", tmp_path / "out"
    policy.write_text(text, encoding="utf-8")
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", policy)
    told = _faults(steget(*line))
    assert len(told) == faults
    assert all(fault.startswith('"policy.toml"') for fault in told)
    assert words in "\n".join(told)
    assert not out.exists()


def test_a_policy_that_is_not_there(steget: Steget, tmp_path: Path) -> None:
    """A missing file and a folder are no policy."""
    for policy in (tmp_path / "nowhere.toml", tmp_path):
        line = ("recommend", TINY, "P01", *ON_THE_DAY, "--policy", policy)
        assert len(_faults(steget(*line))) == 1


# The plan folder


@pytest.mark.parametrize(
    ("file", "content", "faults"),
    [
        ("summary.json", b"{", 1),
        ("summary.json", b"\xff\x00", 1),
        ("summary.json", b"[" * 100_000, 1),
        ("summary.json", b"[]", 1),
        ("assignments.csv", b"", 1),
        ("assignments.csv", b"a;b;c\n", 1),
        ("assignments.csv", b"participant_id\nP01\n", 7),
        ("unplaced.csv", b"\xff\xfe", 1),
    ],
)
def test_a_plan_folder_that_cannot_be_read(
    file: str, content: bytes, faults: int, steget: Steget, planned: Path
) -> None:
    """A spoilt file of a plan is a fault of the input, not a plan that breaks a rule."""
    planned.joinpath(file).write_bytes(content)
    told = _faults(steget("verify", TINY, planned, "--json"))
    assert len(told) == faults
    assert all(Path(file).stem in fault for fault in told)


def test_a_folder_without_a_plan(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """What is missing is named: the folder, the three files, or the one."""
    assert len(_faults(steget("verify", TINY, tmp_path / "nowhere"))) == 1
    assert len(_faults(steget("verify", TINY, TINY))) == 3
    planned.joinpath("summary.json").unlink()
    (fault,) = _faults(steget("verify", TINY, planned))
    assert "summary.json" in fault


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema_version", 2),
        ("plan_date", "yesterday"),
        ("status", "best"),
        ("digest", "abc"),
        ("policy", {"weights": {"wish": 46}}),
        ("goals", [{"name": "fun", "value": 1, "bound": 1}]),
        ("goals", []),
        ("status", "nothing_found"),
        ("placed", 99),
    ],
)
def test_a_summary_that_says_what_it_cannot(
    key: str, value: object, steget: Steget, planned: Path
) -> None:
    """The setting is named; exit code 2."""
    file = planned / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    assert key in summary
    file.write_text(json.dumps(summary | {key: value}), encoding="utf-8")
    (fault,) = _faults(steget("verify", TINY, planned))
    assert fault.startswith(f'"summary.json", setting {key}')


# Usage


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("--lang", "de", "check", TINY),
        ("check",),
        ("check", TINY, "--plan-date", "1 dec"),
        ("check", TINY, "--plan-date", "2026-02-30"),
        ("check", TINY, "--plan-date", "2026-12-01T08:00"),
        ("plan", TINY),
        ("plan", TINY, "--out", "x", "--seconds", "-1"),
        ("plan", TINY, "--out", "x", "--seconds", "nan"),
        ("plan", TINY, "--out", "x", "--seconds", "soon"),
        ("plan", TINY, "--out", "x", "--seed", "-1"),
        ("plan", TINY, "--out", "x", "--seed", 2**31),
        ("plan", TINY, "--out", "x", "--seed", "9" * 5000),
        ("verify", TINY),
        ("recommend", TINY),
        ("generate", "moon", "--out", "x"),
        ("generate", "county", "--out", "x", "--participants", 0),
        ("generate", "town", "--out", "x", "--seed", "-3"),
        ("generate", "town", "--out", "x", "--form", "pdf"),
    ],
    ids=lambda words: " ".join(map(str, words)).replace(str(TINY), "TINY")[:60],
)
def test_wrong_usage(
    words: tuple[object, ...], steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be meant is refused with a hint; exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    result = steget(*words)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert "Usage" in result.stderr
    assert list(tmp_path.iterdir()) == []


# Where a plan goes


def _file(at: Path) -> Path:
    at.write_text("mine", encoding="utf-8")
    return at


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: _file(folder / "file"),
        lambda folder: _file(folder / "file") / "plan",
        lambda folder: _file(folder / "file") / "far" / "down" / "plan",
    ],
    ids=["a file", "below a file", "far below a file"],
)
def test_a_folder_that_cannot_be_is_told_before_the_work(
    make: Callable[[Path], Path],
    steget: Steget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody waits for a plan that cannot be written: the file in the way is named at once."""
    monkeypatch.setattr(door, "plan", None)  # would fail if it were called
    result = steget("plan", TINY, "--out", make(tmp_path), *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert result.stderr == f'The file or folder "{tmp_path / "file"}": Not a directory.\n'
    assert tmp_path.joinpath("file").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_ours(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system lets nobody write, it is said before the work."""
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    result = steget("plan", TINY, "--out", tmp_path / "plan", *ON_THE_DAY)
    assert result.exit_code == FAULTY
    assert result.stderr == f'The file or folder "{tmp_path}": Permission denied.\n'


def test_a_disk_that_is_full(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure while writing is told with the reason of the system; exit code 2."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "assignments.csv")

    monkeypatch.setattr("matcher.dataset.plan_files.write_plan", full)
    result = steget("--lang", "sv", "plan", TINY, "--out", tmp_path / "plan", *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert "Filen eller mappen ”assignments.csv”" in result.stderr


def test_generate_below_a_file(steget: Steget, tmp_path: Path) -> None:
    """Tables that cannot be written are told the same way."""
    result = steget("generate", "town", "--out", _file(tmp_path / "file") / "town")
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert result.stderr.startswith("The file or folder")


# What the engine may answer


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.NOTHING_FOUND])
def test_no_plan(
    status: Status, lang: str, steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no plan, the reason is told; exit code 1 and nothing written."""
    outcome = Outcome(plan=None, status=status)
    monkeypatch.setattr(door, "plan", lambda *_, **__: outcome)
    out = tmp_path / "out"
    result = steget("--lang", lang, "plan", TINY, "--out", out, *ON_THE_DAY, "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 2
    assert not out.exists()


def test_a_plan_of_ours_that_is_refused(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If our own verifier refuses our plan, we say so; exit code 1, nothing written."""

    def refused(*_: object, **__: object) -> None:
        raise PlanRejectedError(("SEATS @O01 4>3",))

    monkeypatch.setattr(door, "plan", refused)
    out = tmp_path / "out"
    result = steget("plan", TINY, "--out", out, *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "@O01 4>3: More people than the place has seats.\n"
        "This is a fault in Steget, not in your data. Nothing was written.\n"
    )
    assert not out.exists()


def test_an_interruption_leaves_no_plan(
    steget: Steget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while planning ends with 130, the shell's word for it, and leaves nothing behind."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "plan", interrupted)
    result = steget("plan", TINY, "--out", tmp_path / "out", *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (130, "")
    assert list(tmp_path.iterdir()) == []
