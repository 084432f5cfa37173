"""The command line as a process of its own: signals, pipes, encodings, hash seeds."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.api.command_line import ON_THE_DAY, PLAN_FILES, ROOT, TINY

STEGET = (sys.executable, "-c", "from api.cli import main; main()")

Done = subprocess.CompletedProcess[bytes]


def _run(
    *args: object,
    start: tuple[str, ...] = STEGET,
    stdout: int = subprocess.PIPE,
    at: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> Done:
    """Run a command with nothing on its input; no environment but what a program needs."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(  # noqa: S603 -- our own command
        [*start, *(os.fsencode(str(arg)) for arg in args)],
        cwd=at,
        env={**kept, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.slow
def test_the_dice_of_python_do_not_matter(tmp_path: Path) -> None:
    """Two runs with different hash seeds write the same bytes."""
    plans = []
    for seed in ("1", "4294967295"):
        out = tmp_path / seed
        done = _run("plan", TINY, "--out", out, *ON_THE_DAY, env={"PYTHONHASHSEED": seed})
        assert (done.returncode, done.stderr) == (0, b"")
        plans.append([out.joinpath(name).read_bytes() for name in PLAN_FILES])
    assert plans[0] == plans[1]


def test_no_progress_where_nobody_watches(tmp_path: Path) -> None:
    """Without a terminal stderr stays empty and stdout plain, whatever is said of colours."""
    colours = dict.fromkeys(("FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"), "1")
    done = _run("plan", TINY, "--out", tmp_path / "out", *ON_THE_DAY, env=colours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
        *(
            pytest.param(environment, id=" ".join(environment.values()), marks=pytest.mark.slow)
            for environment in (
                {"PYTHONIOENCODING": "cp1252"},
                {"PYTHONIOENCODING": "iso8859-5"},
                {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            )
        ),
    ],
)
def test_no_encoding_is_too_narrow(environment: dict[str, str], tmp_path: Path) -> None:
    """Swedish letters and quotes may become question marks, never a traceback."""
    out = tmp_path / "förslag 😀"
    line = ("--lang", "sv", "plan", TINY, "--out", out, *ON_THE_DAY)
    done = _run(*line, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"7 av 10 deltagare" in done.stdout


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="paths are text there")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A folder named in another encoding can be read from, written to and told of."""
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/deltagare \xe5\xe4\xf6")
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    done = _run("plan", TINY, "--out", strange, *ON_THE_DAY, env=strict)
    assert (done.returncode, done.stderr) == (0, b"")
    missing = _run("--lang", "sv", "check", f"{strange}!", env=strict)
    assert missing.returncode == 2
    assert b"1 fel hittades" in missing.stderr
    assert b"Traceback" not in missing.stderr


@pytest.mark.parametrize("options", [(), pytest.param(("--json",), marks=pytest.mark.slow)])
def test_nobody_needs_to_read_on(options: tuple[str, ...]) -> None:
    """``steget recommend ... | head -1``: a reader who leaves causes no traceback."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = _run("recommend", TINY, "P01", *ON_THE_DAY, *options, stdout=write)
    finally:
        os.close(write)
    assert done.stderr == b""


def test_an_interrupted_process_ends_with_one_sentence(tmp_path: Path) -> None:
    """A real SIGINT while planning: exit code 130, no traceback, no folder."""
    interrupted = f"""
import signal
from api.cli import main
from matcher.solve import door
door.plan = lambda *_, **__: signal.raise_signal({int(signal.SIGINT)})
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
main()
"""
    start = (sys.executable, "-c", interrupted)
    done = _run("plan", TINY, "--out", tmp_path / "out", *ON_THE_DAY, start=start)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr == f"Cancelled; nothing was written.{os.linesep}".encode()
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command(tmp_path: Path) -> None:
    """``steget`` stands beside the Python it was installed for, and works from any folder."""
    command = Path(sys.executable).with_name("steget")
    assert command.exists(), "make install puts it there"
    done = _run("check", TINY, *ON_THE_DAY, start=(str(command),), at=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"The data set is in order.")


def test_the_version_answers_at_once() -> None:
    """``--version`` loads neither numpy nor pandas nor the solver."""
    heavy = "{'numpy', 'pandas', 'pyarrow', 'scipy', 'ortools', 'pydantic'}"
    look = f"""
import sys
from api.cli import app
try:
    app()
finally:
    print(sorted({heavy} & set(sys.modules)))
"""
    done = _run("--version", start=(sys.executable, "-c", look))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == b"[]"
