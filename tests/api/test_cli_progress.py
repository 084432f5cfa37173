"""What is shown while a plan is made, and what Ctrl-C does to it."""

import io
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli.progress import Doing
from api.cli.screen import Screen
from api.cli.stop import stoppable
from api.texts import Language
from matcher.errors import PlanCancelledError
from matcher.outcome import Outcome
from matcher.policy import GoalName
from matcher.solve import door
from matcher.solve.door import Progress
from tests.api.command_line import ON_THE_DAY, TINY, Steget

ENGLISH, SWEDISH = Language.ENGLISH, Language.SWEDISH
INTERRUPTED = 130
CANCELLED = {
    ENGLISH: "Cancelled; nothing was written.\n",
    SWEDISH: "Avbrutet; inget har skrivits.\n",
}
AT = Progress(stage="solve", elapsed=1.0)


def placed(value: int, bound: int | None) -> Progress:
    """So many are placed so far."""
    return replace(AT, goal=GoalName.PLACED, value=value, bound=bound)


def said(language: Language, *told: Progress) -> list[str]:
    """What is said of it, one after the other."""
    doing = Doing(language)
    return [doing.words(word) for word in told]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("stage", ["pairs", "solve", "verify"])
def test_every_stage_has_words(language: Language, stage: str) -> None:
    """A stage alone is its name in words, and nothing else."""
    (words,) = said(language, Progress(stage=stage, elapsed=0.0))
    assert words.replace(" ", "").isalpha()


def test_a_goal_is_told_with_its_value_and_bound() -> None:
    """In both languages, the figures first: a narrow terminal cuts the end."""
    assert said(ENGLISH, placed(1200, 1300)) == [
        "Planning part by part: 1,200, at most 1,300 \N{EN DASH} participants placed"
    ]
    (swedish,) = said(SWEDISH, placed(1200, 1300))
    assert swedish.replace("\N{NO-BREAK SPACE}", " ") == (
        "Planerar del för del: 1 200, högst 1 300 \N{EN DASH} placerade deltagare"
    )


def test_a_bound_holds_until_there_is_another_or_another_goal() -> None:
    """The engine tells a better value without it; another goal has none yet."""
    points = replace(AT, goal=GoalName.POINTS, value=5)
    lines = said(ENGLISH, placed(3, 9), placed(4, None), placed(4, 8), points, AT)
    figures = [words.partition(" \N{EN DASH} ")[0].partition(": ")[2] for words in lines]
    assert figures == ["3, at most 9", "4, at most 9", "4, at most 8", "5", ""]


class Terminal(io.StringIO):
    """A stream that a person watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in the place of stderr; pytest has its own there again in the next test."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return stream


def test_it_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stage, goal, value, bound, and a clock."""
    terminal = watched(monkeypatch)
    with Screen(ENGLISH).working("planning") as report:
        report(placed(4, 9))
    assert "4, at most 9 \N{EN DASH} participants placed" in terminal.getvalue()
    assert "0:00:0" in terminal.getvalue()


def test_nothing_is_shown_where_silence_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """``--quiet`` says only what goes wrong."""
    terminal = watched(monkeypatch)
    with Screen(ENGLISH, quiet=True).working("planning") as report:
        report(placed(4, 9))
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or a pipe is no terminal."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with Screen(ENGLISH).working("planning") as report:
        report(placed(4, 9))
    assert stream.getvalue() == ""


# Ctrl-C.


@pytest.fixture
def usual() -> Iterator[None]:
    """An interrupt does what it usually does, and does so again when the test is over."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def press() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("usual")
def test_ctrl_c_is_passed_on_and_ends_in_no_plan() -> None:
    """The engine is asked to stop; where it had just finished, no plan comes of it either."""
    seen = []

    def engine() -> None:
        with stoppable() as cancelled:
            seen.append(cancelled())
            press()
            seen.append(cancelled())

    with pytest.raises(PlanCancelledError):
        engine()
    assert seen == [False, True]


@pytest.mark.usefixtures("usual")
def test_ctrl_c_twice_does_not_wait() -> None:
    """The second one stops at once, wherever the engine is."""
    reached = []

    def engine() -> None:
        with stoppable():
            press()
            reached.append("after the first")
            press()
            reached.append("after the second")

    with pytest.raises(PlanCancelledError):
        engine()
    assert reached == ["after the first"]


@pytest.mark.usefixtures("usual")
def test_without_ctrl_c_nothing_happens() -> None:
    """And an interrupt that somebody ignores stays ignored."""
    with stoppable() as cancelled:
        assert not cancelled()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stoppable() as cancelled:
        press()
        assert not cancelled()
    signal.signal(signal.SIGINT, signal.default_int_handler)


TRUE_PLAN = door.plan


def pressed_when(stage: str) -> Callable[..., Outcome]:
    """The engine, in which Ctrl-C is pressed as soon as a stage begins."""

    def interrupted(*args: object, **more: object) -> Outcome:
        watch = more["watch"]

        def report(told: Progress) -> None:
            watch.report(told)
            if told.stage == stage:
                press()

        return TRUE_PLAN(*args, **(more | {"watch": replace(watch, report=report)}))

    return interrupted


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("stage", ["pairs", "solve", "verify"])
def test_ctrl_c_ends_with_one_sentence_and_nothing_written(
    stage: str,
    language: Language,
    steget: Steget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In whatever stage it is pressed: 130, one sentence, no folder."""
    monkeypatch.setattr(door, "plan", pressed_when(stage))
    result = steget("--lang", language, "plan", TINY, "--out", tmp_path / "out", *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (INTERRUPTED, "")
    assert result.stderr == CANCELLED[language]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("usual")
def test_ctrl_c_leaves_an_old_plan_as_it_was(
    steget: Steget, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of an old plan keeps every byte."""
    before = {file.name: file.read_bytes() for file in planned.iterdir()}
    monkeypatch.setattr(door, "plan", pressed_when("verify"))
    result = steget("plan", TINY, "--out", planned, "--plan-date", "2026-12-02")
    assert result.exit_code == INTERRUPTED
    assert {file.name: file.read_bytes() for file in planned.iterdir()} == before
