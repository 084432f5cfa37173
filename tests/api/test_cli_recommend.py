"""`recommend`: every opening in one group, in words and in JSON."""

import pytest

from tests.api.command_line import JOURNEY, ON_THE_DAY, OPENINGS, TINY, Steget, json_of


@pytest.mark.parametrize("number", range(1, 13))
def test_recommend_puts_every_opening_in_one_group(number: int, steget: Steget) -> None:
    """Possible, to check and falls away hold each opening exactly once, for everybody."""
    answer = json_of(steget("recommend", TINY, f"P{number:02}", *ON_THE_DAY, "--json"))
    assert answer["participantId"] == f"P{number:02}"
    groups = [answer[group] for group in ("possible", "toCheck", "fallsAway")]
    assert sorted(row["openingId"] for group in groups for row in group) == OPENINGS
    for row in (row for group in groups for row in group):
        assert row["title"]
        assert set(row["journey"]) == JOURNEY


def test_recommend_in_json_explains(steget: Steget) -> None:
    """P02 has one place to ask about, and may bear a longer journey: codes, whom, sentences."""
    answer = json_of(steget("recommend", TINY, "P02", *ON_THE_DAY, "--json"))
    (ask,) = answer["toCheck"]
    assert ask["openingId"] == "O05"
    assert ask["questions"][0]["code"] == "TRAVEL_UNKNOWN"
    far = next(row for row in answer["fallsAway"] if row["openingId"] == "O07")
    (barrier,) = far["barriers"]
    assert (barrier["code"], barrier["detail"]) == ("TRAVEL_TOO_LONG", "52")
    assert "52" in barrier["text"]
    assert "45" in barrier["text"]


def test_recommend_gives_the_points_of_the_readme(steget: Steget) -> None:
    """P01 has two possible openings: the café with 883 points, the workshop with 765."""
    answer = json_of(steget("recommend", TINY, "P01", *ON_THE_DAY, "--json"))
    assert {row["openingId"]: row["points"] for row in answer["possible"]} == {
        "O01": 883,
        "O04": 765,
    }
    assert set(answer["possible"][0]) == {
        "openingId",
        "title",
        "site",
        "provider",
        "municipality",
        "journey",
        "points",
        "values",
        "startsOn",
        "commonHalfDays",
        "needsMet",
        "wantsMet",
        "seatsLeft",
        "full",
        "confirmedOn",
        "stale",
        "questions",
    }


def test_recommend_in_words(steget: Steget) -> None:
    """The three groups with their sizes, and who decides."""
    result = steget("recommend", TINY, "P02", *ON_THE_DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "Possible (0)",
        "To check (1)",
        "Falls away for now (8)",
        "This is a proposal. A person decides.",
    ]
