"""What somebody finds who has never seen Steget: a fresh clone, and a wheel."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACED = re.compile(r"^[0-9,]+ of [0-9,]+ participants placed\.$", re.MULTILINE)
SHIPPED = ("data/mia", "data/reference")

pytestmark = pytest.mark.slow


def _bare(**more: str) -> dict[str, str]:
    """An environment with next to nothing in it but where programs and packages come from."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    return {**kept, "PATH": os.environ["PATH"], "HOME": str(Path.home()), **more}


def _run(*words: object, at: Path, env: Mapping[str, str] | None = None) -> str:
    """What a command says; where it fails, everything it said."""
    done = subprocess.run(  # noqa: S603 -- our own commands
        [str(word) for word in words],
        cwd=at,
        env=_bare() if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last commit, in a folder of its own."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git history here, as in an unpacked archive: there is nothing to clone")
    folder = tmp_path_factory.mktemp("newcomer") / "steget"
    _run("git", "clone", "--quiet", "--no-hardlinks", ROOT, folder, at=ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(clone: Path) -> Path:
    """The wheel of the last commit."""
    words = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")
    _run(sys.executable, *words, at=clone)
    (built,) = clone.joinpath("dist").glob("steget-*.whl")
    return built


def test_make_demo_in_a_fresh_clone(clone: Path) -> None:
    """``make demo`` sets up and plans the county on a machine that has nothing; it verifies."""
    python = Path(sys.executable).resolve()
    said = _run("make", "demo", f"PYTHON={python}", at=clone)
    assert PLACED.search(said)
    verdict = _run(".venv/bin/steget", "verify", "data/mia", "build/mia", at=clone)
    assert verdict == "The plan keeps every rule.\n"


def test_the_wheel_has_what_the_command_needs(clone: Path, wheel: Path) -> None:
    """Every committed table of the county and the reference, and the texts; no tests."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    tables = {str(f.relative_to(clone)) for at in SHIPPED for f in clone.glob(f"{at}/*.csv")}
    assert len(tables) >= len(SHIPPED)
    assert tables <= inside
    texts = {str(f.relative_to(clone)) for f in clone.glob("api/texts/*.py")}
    assert texts
    assert texts <= inside
    assert not any(name.startswith("tests/") for name in inside)


def test_the_wheel_runs_the_demo_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    """Installed from the wheel, ``steget demo`` plans the county from a folder of its own."""
    site, here = tmp_path / "site", tmp_path / "here"
    here.mkdir()
    words = ("-m", "pip", "install", "--quiet", "--no-deps", "--target", site, wheel)
    _run(sys.executable, *words, at=here)
    env = _bare(PYTHONPATH=str(site))  # before the packages of this Python, an own copy included
    where = _run(sys.executable, "-c", "import api; print(api.__file__)", at=here, env=env)
    assert Path(where.strip()).is_relative_to(site)
    assert PLACED.search(_run(site / "bin" / "steget", "demo", at=here, env=env))
    verify = ("verify", site / "data" / "mia", here / "build" / "mia")
    assert _run(site / "bin" / "steget", *verify, at=here, env=env)
