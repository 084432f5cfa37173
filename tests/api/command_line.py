"""What the tests of the command line share: their data set, and ways to change a copy of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result

from api import texts
from api.texts import Language

ROOT = Path(__file__).parents[2]
TINY = ROOT / "data" / "tiny"
ON_THE_DAY = ("--plan-date", "2026-12-01")
FAULTY = 2
PLAN_FILES = ("assignments.csv", "unplaced.csv")
OPENINGS = [f"O0{number}" for number in range(1, 10)]
GOALS = {"placed": 7, "waiting": 982, "norm_goals": 1, "points": 5461}
DECIDES = ["", "This is a proposal. A person decides."]
JOURNEY = {"kind", "minutes", "low", "high", "stepFree", "askWhom"}
OTHER_DATA = texts.say(Language.ENGLISH, "cli.other_data") + "\n"
SECTIONS = ("seats", "siteBarriers", "unknownAnswers", "unmetDemand", "supervisors")
PERSONAL = "19860101-1234"
GAP = "\N{NO-BREAK SPACE}"

Steget = Callable[..., Result]
Tamper = Callable[[str], str]
Change = Callable[[Path], None]


def json_of(result: Result) -> Any:  # noqa: ANN401 -- whatever JSON holds
    """What a command answered in JSON, and nothing else."""
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def plan_tables(folder: Path) -> tuple[bytes, ...]:
    """The bytes of the two tables of a plan."""
    return tuple(folder.joinpath(name).read_bytes() for name in PLAN_FILES)


def copy(to: Path) -> Path:
    """A data set of its own to change."""
    return Path(shutil.copytree(TINY, to, ignore=shutil.ignore_patterns("*.md")))


def edit(file: Path, change: Tamper) -> None:
    """Change the text of a file; a change that changes nothing is a mistake of the test."""
    text = file.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


def swap(old: str, new: str) -> Tamper:
    """Another text in the first place where one stands."""
    return lambda text: text.replace(old, new, 1)


def swaps(*pairs: tuple[str, str]) -> Tamper:
    """Other texts in every place where some stand; each must stand somewhere."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        return text

    return change


def told_faults(result: Result) -> list[str]:
    """The lines that name faults; the last one counts them and says that nothing was loaded."""
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    *faults, last = result.stderr.splitlines()
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    assert last == f"{number} found. Nothing was loaded."
    return faults


def plan_of(steget: Steget, data: Path, out: Path, policy: str = "") -> Path:
    """A plan of a data set, with a policy of its own."""
    options: tuple[object, ...] = ()
    if policy:
        file = out.with_suffix(".toml")
        file.write_text(policy, encoding="utf-8")
        options = ("--policy", file)
    assert steget("plan", data, "--out", out, *ON_THE_DAY, *options, "--quiet").exit_code == 0
    return out


def lines_of(steget: Steget, *line: object, lang: str = "en") -> list[str]:
    """What a command says, without who decides."""
    told = steget("--lang", lang, *line)
    assert (told.exit_code, told.stderr) == (0, "")
    lines: list[str] = told.stdout.splitlines()
    if lang == "en":
        assert lines[-2:] == DECIDES
    return lines[:-2]


def words_of(steget: Steget, *line: object, lang: str = "en") -> list[str]:
    """What a command says, each line without the blanks that align it."""
    told = steget("--lang", lang, *line)
    assert (told.exit_code, told.stderr) == (0, "")
    return [" ".join(part for part in row.split(" ") if part) for row in told.stdout.splitlines()]
