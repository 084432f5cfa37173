"""``--noise``: the key's file, what the tables say, and a registry of the other way."""

import csv
import os
import stat
from pathlib import Path

import pytest

from matcher.balance.disclosure import Registry
from tests.api.command_line import FAULTY, ON_THE_DAY, ROOT, TINY, Steget, plan_of

TOWN = ROOT / "data" / "town"
SAID = "Every figure of people is changed a little at random"
HEAD = "count (figures changed a little at random, do not add up)"


def key_in(file: Path, text: str, mode: int = 0o600) -> Path:
    """A file of a key."""
    file.write_text(text, encoding="ascii")
    file.chmod(mode)
    return file


def test_a_key_is_made_and_kept_and_tables_have_noise(steget: Steget, tmp_path: Path) -> None:
    """Nobody else may read it, nobody is told it; the same figures come out again."""
    plan = plan_of(steget, TOWN, tmp_path / "plan")
    key, registry = tmp_path / "key", tmp_path / "released.json"
    line = ("balance", TOWN, "--plan", plan, "--kept", plan, "--period", "2026", "--by")
    line = (*line, "association", "--noise", key, "--registry", registry)
    first = steget(*line, "--out", tmp_path / "first")
    assert (first.exit_code, SAID in first.stdout) == (0, True)
    assert "Figures from 1 to" not in first.stdout
    assert first.stderr.startswith(f'There is a new key in the file "{key}". Keep it')
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text(encoding="ascii").strip()
    assert len(bytes.fromhex(secret)) == 32
    kept = registry.read_text(encoding="utf-8")
    assert secret not in first.stdout + first.stderr + kept
    assert (Registry.of_json(kept).tables, Registry.of_json(kept).noise is None) == ((), False)
    again = steget(*line, "--out", tmp_path / "again")
    assert (again.exit_code, again.stderr) == (0, "")
    assert key.read_text(encoding="ascii").strip() == secret
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    for name in names:
        one, other = (tmp_path / folder / name for folder in ("first", "again"))
        assert one.read_bytes() == other.read_bytes()
        head = one.read_text(encoding="utf-8").splitlines()[0]
        assert "changed a little at random" in head, name
    with (tmp_path / "first" / "table-proposed-branch.csv").open(newline="") as file:
        counts = [int(row[HEAD]) for row in csv.DictReader(file)]
    assert all(count == 0 or count >= 5 for count in counts)
    assert any(counts)


@pytest.mark.parametrize("form", [".html", ".xlsx"])
def test_a_report_says_that_figures_are_changed(steget: Steget, tmp_path: Path, form: str) -> None:
    """And nothing exact of people stands beside them."""
    out = tmp_path / f"report{form}"
    plan = plan_of(steget, TINY, tmp_path / "plan")
    told = steget("report", TINY, "--plan", plan, "--noise", tmp_path / "key", "--out", out)
    assert told.exit_code == 0
    if form == ".html":
        page = out.read_text(encoding="utf-8")
        assert SAID in page
        assert "How many were tried is not told." in page
        assert "How the figures are changed" in page


def test_hidden_and_noisy_are_not_mixed(steget: Steget, tmp_path: Path) -> None:
    """The registry remembers which; it stays as it was."""
    hidden, noisy, key = tmp_path / "hidden.json", tmp_path / "noisy.json", tmp_path / "key"
    line = ("balance", TINY, *ON_THE_DAY, "--registry")
    assert steget(*line, noisy, "--noise", key).exit_code == 0
    assert steget(*line, hidden).exit_code == 0
    before = hidden.read_bytes(), noisy.read_bytes()
    for more in ((hidden, "--noise", key), (noisy,)):
        told = steget(*line, *more)
        assert (told.exit_code, told.stdout) == (FAULTY, "")
        assert told.stderr.startswith("What this registry holds was published with figures hidden")
    other = key_in(tmp_path / "other", bytes(range(40)).hex())
    for more in (("--noise", other), ("--noise", key, "--threshold", "6")):
        told = steget(*line, noisy, *more)
        assert (told.exit_code, told.stdout) == (FAULTY, "")
        assert "another key or another threshold" in told.stderr
    gone = tmp_path / "gone"
    assert steget(*line, noisy, "--noise", gone).exit_code == FAULTY
    assert not gone.exists()
    assert (hidden.read_bytes(), noisy.read_bytes()) == before


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("", 0o600),
        ("not hexadecimal", 0o600),
        (bytes(range(31)).hex(), 0o600),
        ("00" * 32, 0o600),
        (bytes(range(32)).hex(), 0o640),
        (bytes(range(32)).hex(), 0o604),
    ],
)
def test_a_key_that_is_none_or_is_open_is_refused(
    steget: Steget, tmp_path: Path, text: str, mode: int
) -> None:
    """Nothing is told, of the key neither."""
    key = key_in(tmp_path / "key", text, mode)
    told = steget("balance", TINY, *ON_THE_DAY, "--noise", key)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert not text or text not in told.stderr
    assert key.read_text(encoding="ascii") == text


def test_a_long_key_will_do_and_a_high_threshold_will_not(steget: Steget, tmp_path: Path) -> None:
    """What is longer than the engine takes is made shorter."""
    key = key_in(tmp_path / "key", os.urandom(100).hex())
    line = ("balance", TINY, *ON_THE_DAY, "--noise", key)
    assert steget(*line).exit_code == 0
    assert steget(*line, "--threshold", 101).exit_code == FAULTY
