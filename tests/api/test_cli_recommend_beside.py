"""`recommend --plan`: what choosing each opening would do to the plan, and which to talk about."""

from pathlib import Path

import pytest

from tests.api.command_line import FAULTY, ON_THE_DAY, TINY, Steget, json_of, lines_of


def test_recommend_beside_a_plan(steget: Steget, planned: Path) -> None:
    """Each possible opening with what choosing it would do, and whether to talk about it."""
    line = ("recommend", TINY, "P01", "--plan", planned)
    answer = json_of(steget(*line, "--json"))
    cafe, workshop = answer["possible"]
    assert cafe["effect"]["goals"]["norm_goals"] == -1
    assert cafe["effectText"].startswith("1 fewer own norm goal would be met.")
    assert workshop["effectText"] == "This is where the plan has the participant."
    assert (cafe["talkAbout"], workshop["talkAbout"]) == (True, True)
    assert answer["notes"] == []
    said = lines_of(steget, *line, lang="sv")
    assert "      1 eget normmål färre skulle nås. Ingen skulle förlora sin plats." in said
    assert said.count("      En av dem att prata om: de skiljer sig från varandra.") == 2


def test_recommend_beside_a_plan_for_somebody_who_does_not_look(
    steget: Steget, planned: Path
) -> None:
    """No effect is told, and nothing is put forward."""
    line = ("recommend", TINY, "P11", "--plan", planned)
    answer = json_of(steget(*line, "--json"))
    assert [note["code"] for note in answer["notes"]] == ["not_looking"]
    assert not any(one["talkAbout"] or one["effect"] for one in answer["possible"])
    said = lines_of(steget, *line, lang="sv")
    assert said[0].startswith("P11 har redan en placering")


@pytest.mark.parametrize(
    "line", [("--policy", "policy.toml"), ON_THE_DAY, ("--former", "somewhere")]
)
def test_recommend_beside_a_plan_has_its_policy_and_day(
    line: tuple[str, ...], steget: Steget, planned: Path
) -> None:
    """Two policies or two days would be one too many; a former plan belongs to a plan."""
    beside = () if "--former" in line else ("--plan", planned)
    told = steget("recommend", TINY, "P01", *beside, *line)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert told.stderr


def test_recommend_beside_a_plan_for_nobody(steget: Steget, planned: Path) -> None:
    """As without a plan."""
    told = steget("recommend", TINY, "P77", "--plan", planned)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert 'no participant "P77"' in told.stderr
