"""`verify`: what a tampered plan breaks is named."""

import json
from pathlib import Path

import pytest

from tests.api.command_line import (
    OTHER_DATA,
    TINY,
    Steget,
    Tamper,
    copy,
    edit,
    json_of,
    swap,
)


def test_verify_in_json(steget: Steget, planned: Path) -> None:
    """A sound plan keeps the rules and is of this data set."""
    assert json_of(steget("verify", TINY, planned, "--json")) == {
        "keepsTheRules": True,
        "sameDataSet": True,
        "violations": [],
    }
    assert steget("verify", TINY, planned).stdout == "The plan keeps every rule.\n"


def _without(name: str) -> Tamper:
    return lambda text: "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(f"{name},")
    )


def _goal(value: int, bound: int) -> Tamper:
    def change(text: str) -> str:
        summary = json.loads(text)
        summary["goals"][0] |= {"value": value, "bound": bound}
        summary["status"] = "optimal" if value == bound else "feasible"
        return json.dumps(summary)

    return change


def _recounted(planned: Path) -> None:
    """Whoever changes the tables by hand may think of the numbers in the summary too."""
    rows = planned.joinpath("assignments.csv").read_text(encoding="utf-8").splitlines()[1:]
    left = planned.joinpath("unplaced.csv").read_text(encoding="utf-8").splitlines()[1:]
    pinned = sum(row.endswith(",yes") for row in rows)
    placed = len(rows) - pinned
    counts = {"looking": placed + len(left), "placed": placed, "pinned": pinned}
    file = planned / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(summary | counts), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "change", "rule", "words"),
    [
        ("assignments.csv", swap("P01,O04", "P01,O08"), "OPENING_PAUSED", "takes nobody"),
        ("assignments.csv", swap("P01,O04", "P01,O07"), "TRAVEL_UNREACHABLE", "no way"),
        ("assignments.csv", swap("P01,O04", "P99,O04"), "UNKNOWN_ID", "does not have"),
        ("assignments.csv", _without("P01"), "UNACCOUNTED", "neither"),
        ("unplaced.csv", _without("P04"), "UNACCOUNTED", "neither"),
        ("unplaced.csv", swap("openings_full", "no_eligible_opening"), "CAUSE", "cause"),
        ("assignments.csv", swap(",765,", ",766,"), "POINTS", "points"),
        ("assignments.csv", swap(",30,765", ",29,765"), "TRAVEL_MINUTES", "travel time"),
        ("assignments.csv", swap("888,no,yes", "888,no,no"), "PINNED_MOVED", "pinned"),
        ("summary.json", _goal(8, 8), "GOAL_VALUE", "goal"),
        ("summary.json", _goal(7, 6), "GOAL_BOUND", "bound"),
    ],
)
def test_verify_names_the_rule_that_a_tampered_plan_breaks(  # noqa: PLR0913, PLR0917 -- a table
    file: str, change: Tamper, rule: str, words: str, steget: Steget, planned: Path
) -> None:
    """What is changed by hand is found, and named in words and by code; exit code 1."""
    edit(planned / file, change)
    _recounted(planned)
    told = steget("verify", TINY, planned)
    assert told.exit_code == 1
    assert words in told.stderr
    assert told.stdout == ""
    answered = steget("verify", TINY, planned, "--json")
    assert answered.exit_code == 1
    answer = json.loads(answered.stdout)
    assert answer["keepsTheRules"] is False
    assert rule in {violation["rule"] for violation in answer["violations"]}
    assert set(answer["violations"][0]) == {"rule", "participantId", "openingId", "detail"}


def test_verify_notices_another_data_set(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan that keeps the rules of data it was not made from is no violation, but is told."""
    data = copy(tmp_path / "data")
    edit(data / "openings.csv", swap("Café", "Bageri"))
    result = steget("verify", data, planned)
    assert result.exit_code == 0
    assert result.stderr == (OTHER_DATA)
