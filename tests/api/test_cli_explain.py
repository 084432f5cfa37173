"""`explain`: why here, why not there, what it would take."""

import json
from pathlib import Path

import pytest

from tests.api.command_line import (
    FAULTY,
    JOURNEY,
    ON_THE_DAY,
    OTHER_DATA,
    PERSONAL,
    TINY,
    Steget,
    copy,
    edit,
    json_of,
    lines_of,
    swap,
    told_faults,
)

PLACE = {"openingId", "title", "site", "provider", "municipality", "journey"}


def test_where_the_plan_has_somebody_and_why(steget: Steget, planned: Path) -> None:
    """P01 is at the car workshop for her norm goal, and could choose the café."""
    assert lines_of(steget, "explain", TINY, planned, "P01", lang="sv") == [
        "Planen har P01 här:",
        "  O04  Bilverkstad: Havreuttern, Huddinge, Huddinge; 30 minuter",
        "      börjar 1 december 2026; halvdagar: mån fm, mån em, tis fm, tis em, ons fm",
        "      765 poäng:",
        "        deltagarens önskemål: 850 av 1\N{NO-BREAK SPACE}000, väger 45",
        "        kort resa: 333 av 1\N{NO-BREAK SPACE}000, väger 25",
        (
            "        sådant som vore bra att ha: 1\N{NO-BREAK SPACE}000 av 1\N{NO-BREAK SPACE}000,"
            " väger 15"
        ),
        (
            "        utrymme för fler timmar: 1\N{NO-BREAK SPACE}000 av 1\N{NO-BREAK SPACE}000,"
            " väger 10"
        ),
        "        tidig start: 1\N{NO-BREAK SPACE}000 av 1\N{NO-BREAK SPACE}000, väger 5",
        "",
        "Närmast i poäng",
        "  O01  Café: Lingonräven, Tumba, Botkyrka; 20 minuter",
        "      1 eget normmål färre skulle nås. Ingen skulle förlora sin plats.",
        "",
        "Att prata om",
        "  O01  Café: Lingonräven, Tumba, Botkyrka; 20 minuter; 883 poäng",
        "      1 eget normmål färre skulle nås. Ingen skulle förlora sin plats.",
        "  O04  Bilverkstad: Havreuttern, Huddinge, Huddinge; 30 minuter; 765 poäng",
        "      Här har planen deltagaren.",
    ]


@pytest.mark.parametrize(
    ("who_asks", "english", "swedish"),
    [
        (
            "P02",
            (
                "If the participant can travel up to 52 minutes instead of 45, there would be a"
                " place: Parkskötsel, Klövertranan, Tullinge."
            ),
            (
                "Om deltagaren kan resa upp till 52 minuter i stället för 45, så finns det en"
                " plats: Parkskötsel, Klövertranan, Tullinge."
            ),
        ),
        (
            "P04",
            "If the place has 1 more seat, there would be a place: Hunddagis, Lingonräven, Alby.",
            (
                "Om platsen kan ta emot 1 person till, så finns det en plats: Hunddagis,"
                " Lingonräven, Alby."
            ),
        ),
        (
            "P09",
            (
                "If the place can change to: unscented soap, there would be a place: Café,"
                " Lingonräven, Tumba."
            ),
            (
                "Om platsen kan ändra till: oparfymerad tvål, så finns det en plats: Café,"
                " Lingonräven, Tumba."
            ),
        ),
    ],
)
def test_what_it_would_take(
    who_asks: str, english: str, swedish: str, steget: Steget, planned: Path
) -> None:
    """The smallest step to a place for each of the three without one, proven."""
    said = lines_of(steget, "explain", TINY, planned, who_asks)
    assert said[0].startswith(f"The plan has no place for {who_asks}. ")
    assert said[2:5] == [
        "The smallest steps to a place",
        f"  {english}",
        "  Proven: no smaller step of these kinds is enough.",
    ]
    assert f"  {swedish}" in lines_of(steget, "explain", TINY, planned, who_asks, lang="sv")


def test_what_it_would_take_in_json(steget: Steget, planned: Path) -> None:
    """Codes with their parameters, and a text beside each."""
    answer = json_of(steget("explain", TINY, planned, "P02", "--json"))
    assert set(answer) == {
        *("participantId", "looking", "sameDataSet", "proven", "notes", "placed", "cause"),
        *("nextBest", "better", "nearest", "shortlist"),
    }
    assert (answer["looking"], answer["sameDataSet"], answer["proven"]) == (True, True, True)
    assert answer["notes"] == []
    assert answer["placed"] is None
    assert answer["cause"]["code"] == "no_eligible_opening"
    assert answer["cause"]["text"]
    near = answer["nearest"]
    assert set(near) == {"today", "ways", "tried", "thinkable", "text"}
    (way,) = near["ways"]
    assert set(way) == PLACE | {"steps", "proven", "questions", "text"}
    assert (way["openingId"], way["proven"]) == ("O07", True)
    assert way["steps"] == [
        {
            "dimension": "minutes",
            "amount": 7,
            "whom": "participant",
            "changes": [
                {
                    "subject": "participant",
                    "id": "P02",
                    "name": "max_travel_minutes",
                    "before": 45,
                    "value": 52,
                }
            ],
            "text": "if the participant can travel up to 52 minutes instead of 45",
        }
    ]
    (dearer,) = answer["better"]
    assert dearer["reason"] == "barrier"
    assert dearer["barriers"][0]["code"] == "HOURS_TOO_FEW"
    assert dearer["barriers"][0]["removableBy"] == "site"


def test_where_somebody_is_in_json(steget: Steget, planned: Path) -> None:
    """Points by criterion, the effect of the next best, and three to talk about at most."""
    answer = json_of(steget("explain", TINY, planned, "P01", "--json"))
    placed = answer["placed"]
    assert set(placed) == PLACE | {
        *("pinned", "barred", "points", "criteria", "startsOn", "halfDays", "needsMet"),
        *("wantsMet", "questions"),
    }
    assert set(placed["journey"]) == JOURNEY
    assert placed["halfDays"] == ["mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am"]
    assert next((c["code"], c["value"], c["weight"]) for c in placed["criteria"]) == (
        *("wish", 850, 45),
    )
    following = answer["nextBest"]
    assert (following["openingId"], following["reason"]) == ("O01", "goal_falls")
    assert (following["goal"], following["less"]) == ("norm_goals", 1)
    assert following["effect"]["goals"]["points"] > 0
    assert following["effect"]["proven"] is True
    assert [one["openingId"] for one in answer["shortlist"]] == ["O01", "O04"]
    assert answer["nearest"] is None


def test_why_not_here_with_barriers(steget: Steget, planned: Path) -> None:
    """Every barrier, and who could remove it."""
    line = ("explain", TINY, planned, "P01", "--opening", "O09")
    assert lines_of(steget, *line) == [
        "",
        "Why not here",
        "  O09  Kök och disk: Klövertranan, Vårby, Huddinge; no way to get there in time",
        "      There is no way to get there in time.",
        (
            "      Fewer than 5 half-days a week suit both the participant and the place. Only the"
            " participant can choose to change this."
        ),
        (
            "      The place is for people enrolled with another authority. The authority that"
            " has the case could change this."
        ),
    ]
    answer = json_of(steget(*line, "--json"))
    assert answer["whyNot"]["reason"] == "barrier"
    assert answer["whyNot"]["text"] == "3 things stand between."
    assert [b["removableBy"] for b in answer["whyNot"]["barriers"]] == [
        *(None, "participant", "authority"),
    ]


def test_why_not_here_with_the_goal_that_falls(steget: Steget, planned: Path) -> None:
    """P04 in the dog day-care: the one who has waited longer would lose the place, unnamed."""
    said = lines_of(steget, "explain", TINY, planned, "P04", "--opening", "O03", lang="sv")
    assert said[-1] == (
        "      Lång väntan skulle väga mindre: planens företräde för den skulle sjunka med 73"
        " sammanlagt. 1 annan deltagare skulle förlora sin plats."
    )
    assert "P05" not in "\n".join(said)


def test_why_not_where_the_plan_has_them(steget: Steget, planned: Path) -> None:
    """It does."""
    said = lines_of(steget, "explain", TINY, planned, "P01", "--opening", "O04")
    assert said[-1] == "      This is where the plan has the participant."


def test_who_could_come(steget: Steget, planned: Path) -> None:
    """In the order of the plan's goals; with a question where nobody knows."""
    assert lines_of(steget, "explain", TINY, planned, "--opening", "O03") == [
        "",
        "Who could come",
        "  O03  Hunddagis: Lingonräven, Alby, Botkyrka",
        "  In the order of what each adds to the plan's goals; equals by pseudonym.",
        "  P05: the plan has this place",
        "  P04: without a place in the plan",
        "  P03: the plan has Café, Lingonräven, Tumba",
        "  P09: without a place in the plan",
        (
            "      Ask the site: Are soap and cleaning products unscented, and are people asked"
            " not to wear scent?"
        ),
    ]
    answer = json_of(steget("explain", TINY, planned, "--opening", "O03", "--json"))
    assert [one["participantId"] for one in answer["who"]] == ["P05", "P04", "P03", "P09"]
    assert answer["who"][0]["gains"]["waiting"] == 200
    assert answer["who"][0]["placedAt"] == "O03"
    assert answer["who"][3]["gains"] is None
    assert answer["who"][3]["questions"][0]["whom"] == "site"


def test_nobody_could_come(steget: Steget, planned: Path) -> None:
    """A paused place."""
    said = lines_of(steget, "explain", TINY, planned, "--opening", "O08", lang="sv")
    assert said[-1] == "  Ingen av dem som söker kan komma hit som det är nu."


@pytest.mark.parametrize(
    ("lang", "pinned", "offered"),
    [
        (
            "en",
            "P11 has a pinned placement, which every plan keeps:",
            "P12 has a placement or an offer already, and looks for no place.",
        ),
        (
            "sv",
            "P11 har en fastställd placering, som varje plan behåller:",
            "P12 har redan en placering eller ett erbjudande och söker ingen plats.",
        ),
    ],
)
def test_somebody_who_does_not_look(
    lang: str, pinned: str, offered: str, steget: Steget, planned: Path
) -> None:
    """A pinned placement is shown; of an offer it is said that there is one."""
    said = lines_of(steget, "explain", TINY, planned, "P11", lang=lang)
    assert said[0] == pinned
    assert said[1].startswith("  O07  ")
    assert lines_of(steget, "explain", TINY, planned, "P12", lang=lang) == [offered]
    told = lines_of(steget, "explain", TINY, planned, "P12", "--opening", "O01", lang=lang)
    assert told[0] == offered


def test_why_somebody_who_does_not_look_is_not_there(steget: Steget, planned: Path) -> None:
    """Room is no reason for somebody who looks for none; a pinned placement is being there."""
    for name, place, reasons in (
        ("P11", "O07", {"there"}),
        ("P12", "O01", {"not_looking", "barrier"}),
    ):
        answer = json_of(steget("explain", TINY, planned, name, "--opening", place, "--json"))
        assert [note["code"] for note in answer["notes"]] == ["not_looking"]
        assert answer["whyNot"]["reason"] in reasons
        assert answer["looking"] is False


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_an_unknown_participant_or_opening(lang: str, steget: Steget, planned: Path) -> None:
    """One sentence, exit code 2; a personal identity number is never repeated."""
    words = {
        "en": ('There is no participant "P77"', 'There is no opening "O77"', "identity number"),
        "sv": ("Det finns ingen deltagare ”P77”", "Det finns ingen plats ”O77”", "personnummer"),
    }[lang]
    for line, said in (
        (("P77",), words[0]),
        (("--opening", "O77"), words[1]),
        (("P01", "--opening", "O77"), words[1]),
        ((PERSONAL,), words[2]),
        (("--opening", PERSONAL), words[2]),
    ):
        told = steget("--lang", lang, "explain", TINY, planned, *line)
        assert (told.exit_code, told.stdout) == (FAULTY, "")
        assert said in told.stderr
        assert told.stderr.count("\n") == 1
        assert PERSONAL not in told.stderr


def test_nothing_to_explain(steget: Steget, planned: Path) -> None:
    """A participant, an opening, or both."""
    told = steget("explain", TINY, planned)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "--opening" in told.stderr


def test_no_plan_and_no_data(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """Every fault of a folder is told, as elsewhere."""
    (fault,) = told_faults(steget("explain", TINY, tmp_path / "nowhere", "P01"))
    assert "no folder" in fault
    (fault,) = told_faults(steget("explain", tmp_path / "nowhere", planned, "P01"))
    assert "no folder" in fault


def test_a_plan_of_other_data(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """It is said as `verify` says it, and the answer is for the data that are given."""
    changed = copy(tmp_path / "data")
    edit(changed / "openings.csv", swap("Café", "Bageri"))
    told = steget("explain", changed, planned, "P01", "--json")
    assert told.exit_code == 0
    assert told.stderr == (OTHER_DATA)
    answer = json.loads(told.stdout)
    assert answer["sameDataSet"] is False
    assert answer["nextBest"]["title"] == "Bageri"


def test_a_plan_that_no_longer_fits(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """P01's place is paused: the plan is made again, and it is said for how many."""
    changed = copy(tmp_path / "data")
    edit(changed / "openings.csv", lambda text: _paused(text, "O04"))
    told = steget("--lang", "sv", "explain", changed, planned, "P01")
    assert told.exit_code == 0
    assert "1 deltagare har ett annat förslag." in told.stdout.splitlines()[0]
    assert "  O01  Café" in told.stdout


def _paused(text: str, name: str) -> str:
    rows = text.splitlines(keepends=True)
    return "".join(
        row.replace(",open,", ",paused,") if row.startswith(f"{name},") else row for row in rows
    )


def test_a_plan_with_a_former_one(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan that keeps to another is explained beside it, and only beside it."""
    policy = tmp_path / "stable.toml"
    policy.write_text('goals = ["placed", "stability", "points"]\n', encoding="utf-8")
    again = tmp_path / "again"
    line = ("--out", again, *ON_THE_DAY, "--policy", policy, "--former", planned, "--quiet")
    assert steget("plan", TINY, *line).exit_code == 0
    (fault,) = told_faults(steget("explain", TINY, again, "P01"))
    assert "--former" in fault
    line = ("explain", TINY, again, "P01", "--former", planned, "--json")
    answer = json_of(steget(*line))
    assert (answer["nextBest"]["goal"], answer["nextBest"]["less"]) == ("stability", 1)
