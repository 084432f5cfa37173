"""The README shows what is so: the demo's own words, code that runs, commands that are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What ``steget demo`` prints."""
    out = tmp_path_factory.mktemp("demo") / "build" / "mia"
    command = [sys.executable, "-c", "from api.cli import main; main()", "demo", "--out", str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 -- our own command
    return done.stdout.replace(str(out), "build/mia")


@pytest.mark.slow
def test_the_plan_in_the_readme_is_what_the_demo_prints(shown: str) -> None:
    """Every line between the marks stands in the demo's output, in that order."""
    block = re.search(r"<!-- demo -->\n```text\n(.*?)```\n<!-- end of demo -->", README, re.DOTALL)
    assert block is not None
    lines = [line.rstrip() for line in block[1].splitlines() if line.strip() not in ("", "...")]
    printed = iter([line.rstrip() for line in shown.splitlines()])
    assert len(lines) >= 10
    for line in lines:
        assert line in printed, line


@pytest.mark.slow
def test_the_code_in_the_readme_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The five lines plan the county and print its status."""
    monkeypatch.chdir(ROOT)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    exec(code[1], {})  # noqa: S102 -- our own README
    assert "placed" in capsys.readouterr().out


def test_every_link_in_the_readme_leads_somewhere() -> None:
    """A newcomer follows them."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_in_the_readme_is_there() -> None:
    """``steget WORD`` for the words that the command line knows, and each of them is named."""
    from api.cli import GROUPS, commands, keeping, reporting, serving  # noqa: PLC0415 -- only this test

    named = set(re.findall(r"^steget ([\w-]+)", README, re.MULTILINE)) | {"demo"}
    every = (*commands.ALL, *reporting.ALL, *serving.ALL, *keeping.ALL)
    assert named == {command.__name__.replace("_", "-") for command in every} | set(GROUPS)


def test_every_make_verb_in_the_readme_is_there() -> None:
    """What one is told to type exists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = set(re.findall(r"\bmake ([a-z-]+)", README)) - {"and"}
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert verbs <= targets
