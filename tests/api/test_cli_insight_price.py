"""`insight --price`: what one more of a goal costs in points."""

import re
from pathlib import Path

import pytest

from api.cli.insights import Price
from tests.api.command_line import FAULTY, GAP, TINY, Steget, json_of, plan_of, words_of


def test_the_price_of_a_goal(steget: Steget, planned: Path) -> None:
    """One more norm goal costs 118 points: P01 at the car workshop and not the café."""
    assert words_of(steget, "insight", TINY, planned, "--price", "norm_goals") == [
        "What one more costs in points: own norm goals met",
        "value points one more costs",
        "0 5,579 118.0",
        "1 5,461 -",
        "The plan as it stands: 1, with 5,461 points.",
        "",
        "This is a proposal. A person decides.",
    ]
    assert words_of(steget, "insight", TINY, planned, "--price", "norm_goals", lang="sv") == [
        "Vad en till kostar i poäng: egna normmål som nås",
        "värde poäng en till kostar",
        f"0 5{GAP}579 118,0",
        f"1 5{GAP}461 -",
        f"Planen som den är: 1, med 5{GAP}461 poäng.",
        "",
        "Det här är ett förslag. En människa bestämmer.",
    ]


def test_the_price_of_a_goal_in_json(steget: Steget, planned: Path) -> None:
    """Only the curve; the last corner has no next."""
    answer = json_of(steget("insight", TINY, planned, "--price", "norm_goals", "--json"))
    assert answer == {
        "sameDataSet": True,
        "proven": True,
        "notes": [],
        "curve": {
            "goal": "norm_goals",
            "corners": [
                {"value": 0, "points": 5579, "oneMoreCosts": 118.0},
                {"value": 1, "points": 5461, "oneMoreCosts": None},
            ],
            "now": {"value": 1, "points": 5461},
            "proven": True,
            "whole": True,
        },
    }


def test_goals_between_are_left_out_of_a_price(steget: Steget, planned: Path) -> None:
    """They are named; where giving up is no gain in points, that is said."""
    lines = words_of(steget, "insight", TINY, planned, "--price", "placed")
    assert lines[0] == (
        "Not counted here: priority to long waits (100 to 200 for each) and own norm goals met."
    )
    assert lines[3:6] == [
        "7 5,642 -",
        "Nothing is to be had in points by giving up any of it.",
        "The plan as it stands: 7, with 5,461 points.",
    ]
    answer = json_of(steget("insight", TINY, planned, "--price", "waiting", "--json"))
    assert [note["code"] for note in answer["notes"]] == ["not_counted"]


@pytest.mark.parametrize("goal", Price)
def test_a_goal_that_does_not_stand_before_points(
    goal: Price, steget: Steget, tmp_path: Path
) -> None:
    """After points, absent, or without points: a mistake of usage that names the goals."""
    others = [name for name in Price if name != goal]
    for number, goals in enumerate((("points", goal), (*others, "points"), (goal,))):
        listed = ", ".join(f'"{name}"' for name in goals)
        folder = plan_of(steget, TINY, tmp_path / f"plan{number}", f"goals = [{listed}]\n")
        result = steget("insight", TINY, folder, "--price", goal)
        assert (result.exit_code, result.stdout) == (FAULTY, "")
        words = " ".join(re.sub(r"[^\w,.-]+", " ", result.stderr).split())
        assert "--price" in words
        assert f"Its goals are {', '.join(goals)}." in words
        told = steget("--lang", "sv", "insight", TINY, folder, "--price", goal)
        assert (told.exit_code, told.stdout) == (FAULTY, "")
        assert "Ett mål har ett pris" in told.stderr


def test_goals_that_have_no_price(steget: Steget, planned: Path) -> None:
    """Only three can be asked for."""
    for goal in ("points", "lowest_points", "nonsense"):
        result = steget("insight", TINY, planned, "--price", goal)
        assert (result.exit_code, result.stdout) == (FAULTY, "")
