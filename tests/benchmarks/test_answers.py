"""Answers about a plan, measured: why, what if, what is it worth. Nothing is asserted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import data
from tests.benchmarks.conftest import Figures, Folders
from tests.benchmarks.instances import ALSO

pytestmark = pytest.mark.bench

ANSWERS = Path(__file__).parent / "answers.py"


def measured(what: str, folder: Path) -> dict[str, float]:
    """The figures of one run in a process of its own."""
    command = [sys.executable, str(ANSWERS), what, str(folder)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own script
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def note(answers: Figures, what: str, run: dict[str, float], aim: str) -> None:
    """The percentiles of one kind of question."""
    kind, words = what.split(": ")
    asked = f"{words}, p50 / p95 of {run[f'{kind} asked']:.0f}"
    answers.note(asked, f"{run[f'{kind} p50']:.0f} / {run[f'{kind} p95']:.0f} ms", aim)


def test_answers_about_a_county(answers: Figures) -> None:
    """The shipped county: recommendations, what-ifs, the smallest change, insight."""
    run = measured("county", Path(data.__file__).parent / "mia")
    answers.note("MIA county, a plan from scratch, for comparison", f"{run['scratch']:.1f} s")
    answers.note("... to have it stand, ready to be asked", f"{run['stand']:.2f} s")
    note(answers, "plain: recommend", run, "p95 15 ms")
    note(answers, "effect: recommend with the effect of every possible opening", run, "")
    note(answers, "forty: the effects of forty openings", run, "p95 150 ms")
    note(answers, "what-if: what if, one participant or opening", run, "p95 300 ms")
    note(answers, "switch: what if, a weight or a switch of the policy", run, "p95 1000 ms")
    note(answers, "nearest: the smallest change for somebody without a place", run, "")
    answers.note("Worth of one more seat, every opening", f"{run['seats']:.2f} s", "2 s")
    answers.note("Worth of removing a barrier, every site", f"{run['barriers']:.1f} s", "20 s")
    answers.note("Price of a norm goal, the whole curve", f"{run['curve']:.1f} s")


def test_recommendations_in_a_country(folders: Folders, answers: Figures) -> None:
    """One participant against 9,000 openings."""
    run = measured("country", folders(ALSO))
    note(answers, "plain: recommend in 30,000 x 9,000", run, "p95 100 ms")
