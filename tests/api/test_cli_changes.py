"""`what-if` and `compare`: what a change does to a plan, and what differs between two."""

from pathlib import Path

import pytest

from api.cli import changing
from tests.api.command_line import (
    FAULTY,
    GOALS,
    OTHER_DATA,
    PERSONAL,
    TINY,
    Steget,
    copy,
    edit,
    json_of,
    swap,
    told_faults,
)

SEAT = ("--set", "openings.O03.seats=2")
"""P04 and P05 have only O03, which has one seat left: with another one both get a place."""
GAINED = {"participantId": "P04", "before": None, "after": "O03"}


def test_one_more_seat(steget: Steget, planned: Path) -> None:
    """P04 gains a place for 127 of waiting and 888 points; everybody else keeps theirs."""
    answer = json_of(steget("what-if", TINY, planned, *SEAT, "--json"))
    goals = answer.pop("goals")
    assert answer == {
        "sameDataSet": True,
        "asWritten": True,
        "proven": True,
        "folder": None,
        "gained": [GAINED],
        "lost": [],
        "moved": [],
        "rescheduled": [],
        "kept": 8,
    }
    assert {goal["name"]: goal["before"] for goal in goals} == GOALS
    assert [goal["after"] for goal in goals] == [8, 1109, 1, 6349]


def test_one_more_seat_in_words(steget: Steget, planned: Path) -> None:
    """Every goal before and after, who gains, how many stay, whether it is proven, who decides."""
    result = steget("what-if", TINY, planned, *SEAT)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines == [
        "goal before after change",
        "participants placed 7 8 +1",
        "priority to long waits (100 to 200 for each) 982 1,109 +127",
        "own norm goals met 1 1 0",
        "points in all 5,461 6,349 +888",
        "1 participant gains a place",
        "participant before after",
        "P04 - O03",
        "0 participants lose their places",
        "0 participants move to another place",
        "8 participants keep their places",
        "Proven: before and after the change no plan is better in these goals.",
        "This is a proposal. A person decides.",
    ]


def test_a_lost_seat_in_swedish(steget: Steget, planned: Path) -> None:
    """O01 keeps P10's seat alone: P03 loses the place, and points are counted by other weights."""
    changes = ("--set", "openings.O01.seats=1", "--set", "policy.weights=wish:50,travel:20")
    result = steget("--lang", "sv", "what-if", TINY, planned, *changes)
    assert (result.exit_code, result.stderr) == (0, "")
    for words in (
        "1 deltagare mister sin plats\n",
        "7 deltagare behåller sin plats\n",
        "Deras poäng räknas med olika vikter",
        "Bevisat: före och efter",
        "En människa bestämmer.",
    ):
        assert words in result.stdout


def test_require_equal_treatment(steget: Steget, planned: Path) -> None:
    """What data/tiny/README.md says of it: P01 goes from O04 to O01."""
    changes = ("--set", "policy.require_equal_treatment=true", "--json")
    answer = json_of(steget("what-if", TINY, planned, *changes))
    assert answer["moved"] == [{"participantId": "P01", "before": "O04", "after": "O01"}]
    assert [goal["after"] for goal in answer["goals"]] == [7, 982, 0, 5579]


def test_new_openings(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """Another place like O03 takes the one who is left."""
    head, *rows = TINY.joinpath("openings.csv").read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if row.startswith("O03,")).replace("O03", "O99")
    file = tmp_path / "new.csv"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    answer = json_of(steget("what-if", TINY, planned, "--opening", file, "--json"))
    assert len(answer["gained"]) == 1
    assert {move["after"] for move in answer["gained"] + answer["moved"]} <= {"O03", "O99"}
    file.write_text(f"{head}\n{row.replace('O99', 'O01')}\n", encoding="utf-8")
    faults = told_faults(
        steget("what-if", TINY, planned, "--opening", file, "--set", "openings.O77.seats=1")
    )
    assert faults == [
        'Table "openings": found "O77"; there is nothing with this id in the table "openings".',
        (
            'Table "new", row 2, column opening_id: found "O01"; the same already stands there;'
            " keep one."
        ),
    ]


def test_the_plan_made_again_is_written(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """It is a plan of the changed data; of other settings alone it is one of this data set."""
    out = tmp_path / "again"
    result = steget("what-if", TINY, planned, *SEAT, "--out", out)
    assert f'The plan is in the folder "{out}".' in result.stdout
    data = copy(tmp_path / "data")
    edit(data / "openings.csv", swap("O03,S2,Hunddagis,6122,1", "O03,S2,Hunddagis,6122,2"))
    checked = steget("verify", data, out)
    assert (checked.exit_code, checked.stderr) == (0, OTHER_DATA)
    compared = json_of(steget("compare", planned, out, "--json"))
    assert (compared["gained"], compared["sameDataSet"]) == ([GAINED], False)
    setting = ("--set", "policy.require_equal_treatment=true", "--out", out, "--json")
    assert json_of(steget("what-if", TINY, planned, *setting))["folder"] == str(out)
    assert json_of(steget("verify", TINY, out, "--json"))["keepsTheRules"]


def test_stability_is_counted_against_the_plan(
    steget: Steget, planned: Path, tmp_path: Path
) -> None:
    """Asked for by a change, it keeps to the plan that is asked about, which verify wants then."""
    out = tmp_path / "again"
    goals = ("--set", "policy.goals=stability,placed", "--out", out, "--json")
    answer = json_of(steget("what-if", TINY, planned, *goals))
    assert {g["name"]: g["after"] for g in answer["goals"]}["stability"] == GOALS["placed"]
    assert json_of(steget("verify", TINY, out, "--former", planned, "--json"))["keepsTheRules"]


def test_goals_that_are_no_sums(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """They are named as not compared; without any other there is no plan to write."""
    told = steget("what-if", TINY, planned, "--set", "policy.goals=placed,lowest_points").stdout
    assert "Not compared here: least points of anyone placed." in told
    assert "Not proven: " in told
    alone = ("--set", "policy.goals=lowest_points", "--out", tmp_path / "again")
    result = steget("what-if", TINY, planned, *alone)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert not (tmp_path / "again").exists()


def test_a_plan_of_other_files(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """As verify says it; what was proven was proven of them, and the plan may have to give way."""
    data = copy(tmp_path / "data")
    edit(data / "openings.csv", swap("O03,S2,Hunddagis,6122,1", "O03,S2,Hunddagis,6122,2"))
    result = steget("what-if", data, planned, "--set", "policy.horizon_days=91")
    assert (result.exit_code, result.stderr) == (0, OTHER_DATA)
    assert "Even without a change the plan can be made better" in result.stdout


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_mistakes_of_usage(lang: str, steget: Steget, planned: Path) -> None:
    """Nothing to change, or the plan that is asked about in the way: exit code 2."""
    before = {file.name: file.read_bytes() for file in planned.iterdir()}
    for options in ((), (*SEAT, "--out", planned)):
        result = steget("--lang", lang, "what-if", TINY, planned, *options)
        assert (result.exit_code, result.stdout) == (FAULTY, "")
    assert {file.name: file.read_bytes() for file in planned.iterdir()} == before


def test_faults_of_changes(steget: Steget, planned: Path) -> None:
    """All together, in words; nothing that may not be shown is repeated."""
    wrong = (
        *("hello", "opening.O01.seats=1", "openings.O03.seats=many", "wishes.P01.rank=2"),
        *("participants.P01.needs=MS sedan 2019", f"participants.{PERSONAL}.needs=QUIET"),
        *("openings.O03.site_id=S1", "policy.weights.wish=50", "openings.O03.seat=1"),
    )
    options = [part for text in wrong for part in ("--set", text)]
    told = told_faults(steget("what-if", TINY, planned, *options, "--json"))
    assert len(told) == len(wrong)
    assert told[0].startswith('"--set": change number 1 is none; write it as ')
    assert told[1].startswith('"--set": found "opening"; expected one of: participants, ')
    assert told[2] == '"openings.O03.seats": found "many"; expected a whole number.'
    assert told[7] == '"policy.weights": the weights have the sum 105; it must be 100.'
    assert not [line for line in told if "MS sedan" in line or PERSONAL in line]
    swedish = steget("--lang", "sv", "what-if", TINY, planned, *options)
    assert swedish.exit_code == FAULTY
    assert "”openings.O03.site_id”: det här går inte att pröva" in swedish.stderr


def test_a_plan_beside_itself(steget: Steget, planned: Path) -> None:
    """Nothing differs, and everybody keeps the place, the pinned one too."""
    answer = json_of(steget("compare", planned, planned, "--json"))
    assert {name: answer[name] for name in ("gained", "lost", "moved", "rescheduled")} == {
        "gained": [],
        "lost": [],
        "moved": [],
        "rescheduled": [],
    }
    assert (answer["kept"], answer["proven"]) == (8, True)
    assert all(answer[name] for name in ("sameDataSet", "samePlanDate", "samePolicy"))
    told = steget("compare", planned, planned).stdout
    assert "Proven: each of the plans is the best there is" in told
    assert "different" not in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "The plans were made from different files: ",
                "The plans are for different days: 2026-12-01 and 2026-12-02.",
                "The plans were made with different policies.",
                "Their points are counted by different weights",
            ),
        ),
        (
            "sv",
            (
                "Planerna gjordes från olika filer: ",
                "Planerna gäller olika dagar: 2026-12-01 och 2026-12-02.",
                "Planerna gjordes med olika avvägningar.",
                "Deras poäng räknas med olika vikter",
            ),
        ),
    ],
)
def test_two_plans_of_different_things(
    lang: str, said: tuple[str, ...], steget: Steget, planned: Path, data: Path
) -> None:
    """Other files, another day, other weights: said, not refused."""
    edit(data / "openings.csv", swap("Café", "Bageri"))
    other, policy = data.parent / "other", data.parent / "policy.toml"
    policy.write_text("[weights]\nwish = 50\ntravel = 20\n", encoding="utf-8")
    options = ("--plan-date", "2026-12-02", "--policy", policy, "--quiet")
    assert steget("plan", data, "--out", other, *options).exit_code == 0
    result = steget("--lang", lang, "compare", planned, other)
    assert (result.exit_code, result.stderr) == (0, "")
    for words in said:
        assert words in result.stdout


def test_who_stays_on_other_half_days(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan whose rows start a week later keeps everybody, and says who starts another day."""
    other = tmp_path / "later"
    other.mkdir()
    for file in planned.iterdir():
        other.joinpath(file.name).write_bytes(file.read_bytes())
    edit(other / "assignments.csv", lambda text: text.replace("2026-12-01", "2026-12-08"))
    answer = json_of(steget("compare", planned, other, "--json"))
    assert answer["kept"] == 8
    names = ", ".join(answer["rescheduled"])
    assert names
    assert f"another day: {names}\n" in steget("compare", planned, other).stdout


def test_what_is_no_plan(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A folder that is none, on either side."""
    for folders in ((planned, tmp_path / "none"), (tmp_path / "none", planned)):
        assert len(told_faults(steget("compare", *folders))) == 1
    assert len(told_faults(steget("what-if", TINY, tmp_path / "none", *SEAT))) == 1


def test_long_lists_are_cut(
    steget: Steget, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those who are not shown the number is told; JSON has all."""
    monkeypatch.setattr(changing, "SHOWN", 0)
    told = steget("what-if", TINY, planned, *SEAT).stdout
    assert "1 participant gains a place\nand 1 more\n" in told
    assert "P04" not in told
    assert json_of(steget("what-if", TINY, planned, *SEAT, "--json"))["gained"] == [GAINED]
