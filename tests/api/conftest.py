"""A command that can be run, a data set to change, and a plan."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api import cli
from tests.api.command_line import ON_THE_DAY, TINY, Steget, copy


@pytest.fixture(autouse=True)
def no_service_before() -> Iterator[None]:
    """A command has a process of its own, in which no service has set up its log."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = [one for one in handlers if type(one).__module__ != "api.logs"]
    root.setLevel(logging.WARNING)
    yield
    root.handlers = handlers
    root.setLevel(level)


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
    return copy(tmp_path / "data")


@pytest.fixture(scope="session")
def plan_of_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of data/tiny, which nobody changes."""
    folder = tmp_path_factory.mktemp("tiny") / "plan"
    line = ["--lang", "en", "plan", str(TINY), "--out", str(folder), *ON_THE_DAY, "--quiet"]
    assert CliRunner().invoke(cli.app, line, catch_exceptions=False).exit_code == 0
    return folder


@pytest.fixture
def planned(plan_of_tiny: Path, tmp_path: Path) -> Path:
    """A plan of data/tiny of its own to spoil."""
    return Path(shutil.copytree(plan_of_tiny, tmp_path / "plan"))
