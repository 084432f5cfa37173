"""`plan --former` and `verify --former`: a new plan that keeps to a former one."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.api.command_line import (
    ON_THE_DAY,
    TINY,
    Steget,
    edit,
    json_of,
    plan_tables,
    swap,
    told_faults,
)

STABLE = 'goals = ["placed", "stability", "waiting", "norm_goals", "points"]\n'
GONE = "P98,O01,2026-12-01,mon_am,0,500,no,no\nP99,O77,2026-12-01,mon_am,0,500,no,no\n"


@pytest.fixture
def stable(tmp_path: Path) -> Path:
    """A policy that keeps to the former plan once as many as possible are placed."""
    policy = tmp_path / "stable.toml"
    policy.write_text(STABLE, encoding="utf-8")
    return policy


@pytest.fixture
def replanned(steget: Steget, planned: Path, stable: Path, tmp_path: Path) -> Path:
    """The plan of data/tiny once more, kept to itself."""
    out = tmp_path / "again"
    line = ("--out", out, *ON_THE_DAY, "--policy", stable, "--former", planned, "--quiet")
    assert steget("plan", TINY, *line).exit_code == 0
    return out


def test_a_plan_kept_to_itself_is_the_same_plan(planned: Path, replanned: Path) -> None:
    """All seven proposals stay; P11, who is pinned, was no proposal and is not counted."""
    assert plan_tables(replanned) == plan_tables(planned)
    summary = json.loads(replanned.joinpath("summary.json").read_text(encoding="utf-8"))
    assert summary["goals"][1] == {"name": "stability", "value": 7, "bound": 7}
    former = planned.joinpath("assignments.csv").read_bytes()
    assert summary["former"] == hashlib.sha256(former).hexdigest()
    assert "former" not in json.loads(planned.joinpath("summary.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "  proposals kept from the former plan: 7, proven best"),
        ("sv", "  förslag som är kvar från den tidigare planen: 7, bevisat bäst"),
    ],
)
def test_what_was_proposed_counts_before_the_wait(  # noqa: PLR0913, PLR0917 -- fixtures
    language: str, words: str, steget: Steget, planned: Path, stable: Path, tmp_path: Path
) -> None:
    """The former plan gave O03 to P04, who has waited less than P05: P04 keeps it.

    The goals are told in the policy's order: stability after placed, before waiting.
    """
    edit(planned / "assignments.csv", swap("P05,O03", "P04,O03"))
    out = tmp_path / "again"
    line = ("--out", out, *ON_THE_DAY, "--policy", stable, "--former", planned)
    told = steget("--lang", language, "plan", TINY, *line)
    assert (told.exit_code, told.stderr) == (0, "")
    goals = [line for line in told.stdout.splitlines() if line.startswith("  ")]
    assert goals[-4] == words
    table = out.joinpath("assignments.csv").read_text(encoding="utf-8")
    assert "P04,O03" in table
    assert "P05" not in table


def test_verify_needs_the_former_plan(steget: Steget, planned: Path, replanned: Path) -> None:
    """With it the plan keeps every rule; without it a goal could not be judged."""
    told = steget("verify", TINY, replanned, "--former", planned)
    assert (told.exit_code, told.stdout) == (0, "The plan keeps every rule.\n")
    (fault,) = told_faults(steget("verify", TINY, replanned))
    assert fault.startswith('"summary.json", setting goals: ')
    assert "--former" in fault


def test_verify_knows_the_former_plan(
    steget: Steget, planned: Path, replanned: Path, tmp_path: Path
) -> None:
    """One row otherwise and it is another plan; and a plan without one takes none."""
    other = tmp_path / "other"
    other.mkdir()
    text = planned.joinpath("assignments.csv").read_text(encoding="utf-8")
    other.joinpath("assignments.csv").write_text(text.replace("P05,O03", "P04,O03"), "utf-8")
    (fault,) = told_faults(steget("verify", TINY, replanned, "--former", other))
    assert fault.startswith('"--former": this is not the former plan')
    (fault,) = told_faults(steget("verify", TINY, planned, "--former", other))
    assert "leave --former out" in fault


def test_a_false_number_of_kept_proposals_is_named(
    steget: Steget, planned: Path, replanned: Path
) -> None:
    """The verifier counts them itself."""

    def one_less(text: str) -> str:
        summary = json.loads(text)
        summary["goals"][1]["value"] -= 1
        return json.dumps(summary | {"status": "feasible"})

    edit(replanned / "summary.json", one_less)
    told = steget("verify", TINY, replanned, "--former", planned)
    assert told.exit_code == 1
    assert "stability 6, not 7" in told.stderr


def test_stability_without_a_former_plan(steget: Steget, stable: Path, tmp_path: Path) -> None:
    """The question cannot be answered, and is not changed in silence."""
    out = tmp_path / "out"
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", stable)
    (fault,) = told_faults(steget(*line))
    assert fault == (
        '"stable.toml", setting goals: the goal stability keeps to a former plan; give the folder'
        " of that plan with --former."
    )
    assert not out.exists()


def test_a_former_plan_without_stability(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """It would change nothing, which nobody would guess: it is told where to list it."""
    out = tmp_path / "out"
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--former", planned)
    (fault,) = told_faults(steget(*line))
    assert fault == (
        '"--former": a former plan counts only if the goals of the policy have stability among'
        " them; list stability where it should stand, or leave --former out."
    )
    assert not out.exists()


@pytest.mark.parametrize("there", [False, True])
def test_a_former_plan_that_is_none(
    steget: Steget, stable: Path, tmp_path: Path, *, there: bool
) -> None:
    """No folder, or an empty one."""
    former, out = tmp_path / "nowhere", tmp_path / "out"
    if there:
        former.mkdir()
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", stable, "--former", former)
    (fault,) = told_faults(steget(*line))
    assert ("table is missing" if there else "no folder") in fault
    assert not out.exists()


def test_every_fault_of_a_former_plan_is_told(
    steget: Steget, planned: Path, stable: Path, tmp_path: Path
) -> None:
    """With row and column, as of a data set."""
    edit(planned / "assignments.csv", swap(",765,yes", ",1765,maybe"))
    line = ("--out", tmp_path / "out", *ON_THE_DAY, "--policy", stable, "--former", planned)
    told = told_faults(steget("plan", TINY, *line))
    assert len(told) == 2
    assert all(fault.startswith('Table "assignments", row 2, column ') for fault in told)


LEFT_OUT = {
    "en": (
        "2 proposals of the former plan left out: the person or the place is not in the data set"
    ),
    "sv": (
        "2 förslag i den tidigare planen räknas inte: personen eller platsen finns inte i"
        " datamängden"
    ),
}


@pytest.mark.parametrize("language", LEFT_OUT)
def test_who_or_what_is_gone_is_left_out_with_a_notice(
    language: str, steget: Steget, planned: Path, stable: Path, tmp_path: Path
) -> None:
    """People leave, and places close: no fault, but it is said how many."""
    edit(planned / "assignments.csv", lambda text: text + GONE)
    line = ("--out", tmp_path / "out", *ON_THE_DAY, "--policy", stable, "--former", planned)
    told = steget("--lang", language, "plan", TINY, *line, "--json")
    assert told.exit_code == 0
    assert told.stderr.endswith(f": {LEFT_OUT[language]}.\n")
    assert len(told.stderr.splitlines()) == 1
    assert json.loads(told.stdout)["goals"][1] == {"name": "stability", "value": 7, "bound": 7}


def test_the_former_plan_is_not_written_over(steget: Steget, planned: Path, stable: Path) -> None:
    """Without it the new plan could not be verified: the new one goes to another folder."""
    before = plan_tables(planned)
    told = steget(
        "plan", TINY, "--out", planned, *ON_THE_DAY, "--policy", stable, "--former", planned
    )
    assert (told.exit_code, told.stdout) == (2, "")
    assert "former plan" in told.stderr
    assert plan_tables(planned) == before


def test_how_many_work_changes_no_plan(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """One or two at the same time; nobody at all is a fault of usage."""
    for workers in (1, 2):
        out = tmp_path / f"by-{workers}"
        line = ("--out", out, *ON_THE_DAY, "--workers", workers, "--json")
        assert json_of(steget("plan", TINY, *line))["status"] == "optimal"
        assert plan_tables(out) == plan_tables(planned)
    nobody = steget("plan", TINY, "--out", tmp_path / "out", *ON_THE_DAY, "--workers", 0)
    assert (nobody.exit_code, nobody.stdout) == (2, "")
