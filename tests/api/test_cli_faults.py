"""A faulty policy, plan folder or usage; where a plan goes; what the engine may answer."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import PlanRejectedError
from matcher.outcome import Outcome, Status
from matcher.solve import door
from tests.api.command_line import FAULTY, ON_THE_DAY, TINY, Steget, told_faults


@pytest.mark.parametrize(
    ("text", "faults", "words"),
    [
        ("horizn_days = 3\n[weights]\nfoo = 1\n", 2, "no setting of this name"),
        ("[weights]\nwish = 46\n", 1, "101"),
        ("horizon_days = 'x'\ngoals = 'placed'\nsupervisor_starts = -1\n", 3, "whole number"),
        ("goals = ['placed', 'placed']\n", 1, "already"),
        ("goals = []\n", 1, "needed"),
        ("[parity]\nx = 1\n", 3, "needed"),
        ("goals = ['placed', 'parity']\n", 1, "percentage points"),
        ("[parity]\ngroups = 'gender'\ngap = 5\n", 1, "association, municipality, age_band"),
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
    told = told_faults(steget(*line))
    assert len(told) == faults
    assert all(fault.startswith('"policy.toml"') for fault in told)
    assert words in "\n".join(told)
    assert not out.exists()


def test_a_policy_that_is_not_there(steget: Steget, tmp_path: Path) -> None:
    """A missing file and a folder are no policy."""
    for policy in (tmp_path / "nowhere.toml", tmp_path):
        line = ("recommend", TINY, "P01", *ON_THE_DAY, "--policy", policy)
        assert len(told_faults(steget(*line))) == 1


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
    told = told_faults(steget("verify", TINY, planned, "--json"))
    assert len(told) == faults
    assert all(Path(file).stem in fault for fault in told)


def test_a_folder_without_a_plan(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """What is missing is named: the folder, the three files, or the one."""
    assert len(told_faults(steget("verify", TINY, tmp_path / "nowhere"))) == 1
    assert len(told_faults(steget("verify", TINY, TINY))) == 3
    planned.joinpath("summary.json").unlink()
    (fault,) = told_faults(steget("verify", TINY, planned))
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
    (fault,) = told_faults(steget("verify", TINY, planned))
    assert fault.startswith(f'"summary.json", setting {key}')


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
    assert result.stderr == "Cancelled; nothing was written.\n"
    assert list(tmp_path.iterdir()) == []
