"""`insight`: what would open more doors; nobody is named, and protected people are not counted."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import texts
from api.texts import Language
from tests.api.command_line import (
    GOALS,
    ON_THE_DAY,
    OTHER_DATA,
    ROOT,
    SECTIONS,
    TINY,
    Steget,
    copy,
    edit,
    json_of,
    plan_of,
    swap,
    told_faults,
    words_of,
)

TOWN = ROOT / "data" / "town"
NONE = dict.fromkeys(GOALS, 0)


def people_of(data: Path) -> list[str]:
    """Every pseudonym of a data set."""
    with data.joinpath("participants.csv").open(encoding="utf-8", newline="") as file:
        return [row["participant_id"] for row in csv.DictReader(file)]


def keys_of(answer: object) -> Iterator[str]:
    """Every key of an answer, but the names of goals."""
    for value in answer if isinstance(answer, list) else ():
        yield from keys_of(value)
    for key, value in answer.items() if isinstance(answer, dict) else ():
        yield key
        yield from () if key == "goals" else keys_of(value)


def test_every_insight_in_words(steget: Steget, planned: Path) -> None:
    """One more seat for the dogs and unscented soap at the café would each place one more."""
    lines = words_of(steget, "insight", TINY, planned)
    assert lines[:4] == [
        "People with protected identity are left out where participants are counted.",
        (
            "The goals are those of the whole plan. placed: participants placed; waiting: priority"
            " to long waits (100 to 200 for each); norm goals: own norm goals met; points: points"
            " in all."
        ),
        "",
        "What one more seat would add to the plan's goals (9)",
    ]
    for line in (
        "id place where placed waiting norm goals points",
        "O03 Hunddagis Botkyrka +1 +127 0 +888",
        "O04 Bilverkstad Huddinge 0 0 0 0",
        "site barrier participants placed waiting norm goals points",
        "Lingonräven, Tumba Not met at the place: free from scents. 1 +1 +157 0 +686",
        "What nobody knows, and how many wait for the answer (1)",
        "Lingonräven, Alby - whether the soap is unscented 1",
        "Wishes that no opening meets, and what most often stands between (1)",
        "Participants of each supervisor (2)",
        "supervisor participants looking with a place without",
        "H1 6 6 4 2",
        "H2 5 3 2 1",
    ):
        assert line in lines
    (unmet,) = (line for line in lines if line.startswith("Installation, operation, maintenance"))
    assert "Botkyrka" in unmet
    assert lines[-2:] == ["", "This is a proposal. A person decides."]


def test_every_insight_in_swedish(steget: Steget, planned: Path) -> None:
    """The same rows, the fields by their Swedish names."""
    lines = words_of(steget, "insight", TINY, planned, lang="sv")
    for line in (
        "Vad utrymme för en person till skulle ge planens mål (9)",
        "id plats var placerade väntan normmål poäng",
        "O03 Hunddagis Botkyrka +1 +127 0 +888",
        "Lingonräven, Tumba Inte uppfyllt på platsen: fritt från dofter. 1 +1 +157 0 +686",
        "Lingonräven, Alby - om tvålen är oparfymerad 1",
        "handledare deltagare söker med plats utan",
    ):
        assert line in lines
    (unmet,) = (line for line in lines if line.startswith("Installation, drift, underhåll"))
    assert unmet.endswith(" 1")


def test_every_insight_in_json(steget: Steget, planned: Path) -> None:
    """All rows, with codes and a text beside each."""
    answer = json_of(steget("insight", TINY, planned, "--json"))
    assert tuple(answer) == ("sameDataSet", "proven", "notes", *SECTIONS)
    assert (answer["sameDataSet"], answer["proven"], answer["notes"]) == (True, True, [])
    assert [len(answer[name]) for name in SECTIONS] == [9, 7, 1, 1, 2]
    assert answer["seats"][0] == {
        "openingId": "O03",
        "title": "Hunddagis",
        "site": "Lingonräven, Alby",
        "provider": "Lingonräven arbetskooperativ (påhittad)",
        "municipality": "Botkyrka",
        "goals": {"placed": 1, "waiting": 127, "norm_goals": 0, "points": 888},
        "proven": True,
    }
    assert all(seat["goals"] == NONE for seat in answer["seats"][1:])
    assert answer["siteBarriers"][1] == {
        "siteId": "S1",
        "site": "Lingonräven, Tumba",
        "municipality": "Botkyrka",
        "barrier": {
            "code": "NEED_UNMET",
            "detail": "SCENT_FREE",
            "text": "Not met at the place: free from scents.",
        },
        "participants": 1,
        "goals": {"placed": 1, "waiting": 157, "norm_goals": 0, "points": 686},
        "proven": True,
    }
    assert answer["unknownAnswers"] == [
        {
            "siteId": "S2",
            "site": "Lingonräven, Alby",
            "municipality": "Botkyrka",
            "openingId": None,
            "title": None,
            "field": "hygiene.soap",
            "text": "whether the soap is unscented",
            "participants": 1,
        }
    ]
    assert answer["unmetDemand"] == [
        {
            "field": "yhCP_AqT_tns",
            "fieldName": "Installation, operation, maintenance",
            "municipalityCode": "0127",
            "municipality": "Botkyrka",
            "barrier": {
                "code": "HOURS_TOO_FEW",
                "detail": "",
                "text": "The place asks for more hours a week than the participant comes.",
            },
            "participants": 1,
        }
    ]
    loads = [tuple(row.values()) for row in answer["supervisors"]]
    assert loads == [("H1", 6, 6, 4, 2), ("H2", 5, 3, 2, 1)]


def test_the_keys_are_camel_case(steget: Steget, planned: Path) -> None:
    """Of both answers; goals go by their names in the policy."""
    for options in ((), ("--price", "waiting")):
        answer = json_of(steget("insight", TINY, planned, *options, "--json"))
        assert not [
            key for key in keys_of(answer) if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", key)
        ]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("data", [TINY, TOWN], ids=["tiny", "town"])
def test_nobody_is_named(language: Language, data: Path, steget: Steget, tmp_path: Path) -> None:
    """No pseudonym stands anywhere in any answer, in words or in JSON."""
    folder = plan_of(steget, data, tmp_path / "plan")
    named = people_of(data)
    assert len(named) > 1
    for options in ((), ("--json",), ("--price", "placed", "--json")):
        told = steget("--lang", language, "insight", data, folder, *options)
        assert (told.exit_code, told.stderr) == (0, "")
        assert not [name for name in named if name in told.stdout]


def test_protected_people_are_not_counted(steget: Steget, planned: Path, data: Path) -> None:
    """P08 is of H2, who has six; where nobody else is counted, a row says nothing of her."""
    answer = json_of(steget("insight", TINY, planned, "--json"))
    assert answer["supervisors"][1]["participants"] == 5
    edit(
        data / "participants.csv",
        lambda text: text.replace("SCENT_FREE,,sv,no,no,no", "SCENT_FREE,,sv,no,no,yes"),
    )
    hidden = json_of(
        steget("insight", data, plan_of(steget, data, data.parent / "other"), "--json")
    )
    assert hidden["supervisors"][1]["participants"] == 4
    assert hidden["unknownAnswers"] == []
    assert not [row for row in hidden["siteBarriers"] if row["barrier"]["detail"] == "SCENT_FREE"]


def test_the_ten_largest_of_many_rows(steget: Steget, data: Path) -> None:
    """A section says how many rows there are in all, and how many are not shown."""
    file = data / "participants.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    rows = [re.sub(r",H\d,", f",H{100 + at},", row) for at, row in enumerate(rows)]
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    folder = plan_of(steget, data, data.parent / "plan")
    lines = words_of(steget, "insight", data, folder)
    at = lines.index("Participants of each supervisor (11)")
    assert lines[at + 1 : at + 13] == [
        "supervisor participants looking with a place without",
        *(line for line in lines[at + 2 : at + 12] if line.startswith("H1")),
        "... and 1 more: --json shows all.",
    ]
    assert len(json_of(steget("insight", data, folder, "--json"))["supervisors"]) == 11


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_there_fits_a_wish(lang: str, steget: Steget, data: Path) -> None:
    """Somebody seeks what no place has: it says so, by the field's name."""
    edit(
        data / "wishes.csv",
        swap("P01,seek,1,group,9413\nP01,seek,2,group,7231", "P01,seek,1,group,7231"),
    )
    edit(data / "openings.csv", swap("Bilverkstad,7231", "Bilverkstad,9413"))
    folder = plan_of(steget, data, data.parent / "plan")
    answer = json_of(steget("--lang", lang, "insight", data, folder, "--json"))
    assert None in [row["barrier"] for row in answer["unmetDemand"]]
    said = {"en": "No opening there is fits the wish.", "sv": "Ingen plats som finns passar"}
    assert said[lang] in steget("--lang", lang, "insight", data, folder).stdout


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_goals_that_are_no_sums(lang: str, steget: Steget, tmp_path: Path) -> None:
    """They are named as not counted, and the plan is not proven."""
    goals = 'goals = ["placed", "lowest_points", "points"]\n'
    folder = plan_of(steget, TINY, tmp_path / "plan", goals)
    answer = json_of(steget("--lang", lang, "insight", TINY, folder, "--json"))
    assert [note["code"] for note in answer["notes"]] == ["not_proven", "not_counted"]
    assert set(answer["seats"][0]["goals"]) == {"placed", "points"}
    language = Language(lang)
    told = words_of(steget, "insight", TINY, folder, lang=lang)
    assert told[0] == texts.say(language, "explain.not_proven")
    assert texts.say(language, "goals.lowest_points") in told[1]


def test_a_plan_of_other_files(steget: Steget, planned: Path, data: Path) -> None:
    """As explain says it: other files on stderr, and that the plan is made again."""
    edit(data / "openings.csv", swap("O03,S2,Hunddagis,6122,1", "O03,S2,Hunddagis,6122,2"))
    result = steget("insight", data, planned)
    assert (result.exit_code, result.stderr) == (0, OTHER_DATA)
    first = result.stdout.splitlines()[0]
    assert first.startswith("The plan does not fit the data as they are, or can be made better:")
    answer = json.loads(steget("--lang", "sv", "insight", data, planned, "--json").stdout)
    assert not answer["sameDataSet"]
    assert answer["notes"][0]["code"] == "remade"


def test_the_plan_to_stay_near(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan with stability needs the former one; then kept proposals are among the goals."""
    out = tmp_path / "near"
    policy = tmp_path / "policy.toml"
    policy.write_text('goals = ["placed", "stability", "points"]\n', encoding="utf-8")
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", policy, "--former", planned, "-q")
    assert steget(*line).exit_code == 0
    assert told_faults(steget("insight", TINY, out))
    lines = words_of(steget, "insight", TINY, out, "--former", planned)
    assert "id place where placed kept points" in lines
    answer = json_of(
        steget("insight", TINY, out, "--former", planned, "--price", "placed", "--json")
    )
    assert [note["code"] for note in answer["notes"]] == ["not_counted"]


def test_faults_of_what_is_read(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """No plan there, or a faulty data set: named, and nothing is answered."""
    assert told_faults(steget("insight", TINY, tmp_path))
    data = copy(tmp_path / "spoilt")
    edit(data / "openings.csv", swap("O03,S2", "O03,S99"))
    assert told_faults(steget("insight", data, planned, "--json"))
