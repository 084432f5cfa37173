"""`insight`: what would open more doors; nobody is named, and protected people are not counted."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import texts
from api.cli.insights import Insights, Price, curve, everything
from api.texts import Language
from matcher.domain import Barrier, BarrierCode, Need, OpeningStatus
from matcher.explain.remedies import GOOD
from matcher.insight import SiteBarrier, UnmetDemand
from matcher.policy import GoalName
from tests.api.command_line import (
    FAULTY,
    GOALS,
    ON_THE_DAY,
    ROOT,
    TINY,
    Steget,
    copy,
    edit,
    json_of,
    swap,
    told_faults,
)
from tests.builders import opening, participant, problem_of, seek, site
from tests.matcher.insight.answers import standing_of

TOWN = ROOT / "data" / "town"
GAP = "\N{NO-BREAK SPACE}"
NONE = dict.fromkeys(GOALS, 0)
OTHER_FILES = "The plan was made from other files: another data set, or this in another form.\n"
SECTIONS = ("seats", "siteBarriers", "unknownAnswers", "unmetDemand", "supervisors")
EMPTY: dict[str, list[object]] = {name: [] for name in SECTIONS}
MANY = 12

languages = pytest.mark.parametrize("language", Language)


def people_of(data: Path) -> list[str]:
    """Every pseudonym of a data set."""
    with data.joinpath("participants.csv").open(encoding="utf-8", newline="") as file:
        return [row["participant_id"] for row in csv.DictReader(file)]


def plan_of(steget: Steget, data: Path, out: Path, policy: str = "") -> Path:
    """A plan of a data set, with a policy of its own."""
    options: tuple[object, ...] = ()
    if policy:
        file = out.with_suffix(".toml")
        file.write_text(policy, encoding="utf-8")
        options = ("--policy", file)
    assert steget("plan", data, "--out", out, *ON_THE_DAY, *options, "--quiet").exit_code == 0
    return out


def lines_of(steget: Steget, *line: object, lang: str = "en") -> list[str]:
    """What a command says, each line without the blanks that align it."""
    told = steget("--lang", lang, *line)
    assert (told.exit_code, told.stderr) == (0, "")
    return [" ".join(part for part in row.split(" ") if part) for row in told.stdout.splitlines()]


def keys_of(answer: object) -> Iterator[str]:
    """Every key of an answer, but the names of goals."""
    for value in answer if isinstance(answer, list) else ():
        yield from keys_of(value)
    for key, value in answer.items() if isinstance(answer, dict) else ():
        yield key
        yield from () if key == "goals" else keys_of(value)


def test_every_insight_in_words(steget: Steget, planned: Path) -> None:
    """One more seat for the dogs and unscented soap at the café would each place one more."""
    lines = lines_of(steget, "insight", TINY, planned)
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
    lines = lines_of(steget, "insight", TINY, planned, lang="sv")
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


@languages
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
    lines = lines_of(steget, "insight", data, folder)
    at = lines.index("Participants of each supervisor (11)")
    assert lines[at + 1 : at + 13] == [
        "supervisor participants looking with a place without",
        *(line for line in lines[at + 2 : at + 12] if line.startswith("H1")),
        "... and 1 more: --json shows all.",
    ]
    assert len(json_of(steget("insight", data, folder, "--json"))["supervisors"]) == 11


@languages
def test_numbers_stand_under_their_heads(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the right, with thousands as the language writes them, and the sign of a gain."""
    rows = [
        {"openingId": f"O{at}", "title": "Café", "municipality": "Salem", "proven": True}
        | {"goals": {"placed": at, "points": -1234 * at}}
        for at in range(MANY)
    ]
    answer = {"notes": [], "proven": True, **EMPTY, "seats": rows}
    screen = Insights(language)
    screen.shown(answer, (GoalName.PLACED, GoalName.POINTS))
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.endswith(f"({MANY})"))
    table = lines[at + 1 : at + 12]
    assert {len(line.rstrip()) for line in table} == {len(table[0])}
    assert table[1].split()[-2:] == ["0", "0"]
    gone = {Language.ENGLISH: "-1,234", Language.SWEDISH: f"-1{GAP}234"}[language]
    assert table[2].split(" ")[-1] == gone
    assert "+1" in table[2]
    more = {Language.ENGLISH: "... and 2 more", Language.SWEDISH: "... och 2 till"}[language]
    assert lines[at + 12].strip().startswith(more)


@languages
@pytest.mark.parametrize("code", [*BarrierCode, None])
def test_every_barrier_has_words(
    language: Language, code: BarrierCode | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a site and between people and what they wish, with its need; no opening at all too."""
    standing = standing_of(problem_of(participant(), opening(), site()))
    detail = Need.QUIET if code in (BarrierCode.NEED_UNMET, BarrierCode.NEED_UNKNOWN) else ""
    unmet = UnmetDemand(field="x", municipality_code="0000", barrier_code=code, participants=1)
    at_site = SiteBarrier(
        site_id=site().site_id,
        barrier=Barrier(code=code or BarrierCode.OPENING_PAUSED, detail=detail),
        participants=1,
        goals={},
        proven=True,
    )
    monkeypatch.setattr("matcher.insight.unmet_demand", lambda *_: (unmet,))
    monkeypatch.setattr("matcher.insight.site_barriers", lambda *_: (at_site,))
    answer = everything(standing, language)
    (row,), (removed,) = answer["unmetDemand"], answer["siteBarriers"]
    assert (row["fieldName"], row["municipality"]) == ("x", "0000")
    if code is None:
        assert row["barrier"] is None
    else:
        assert row["barrier"]["text"] == texts.barrier_sentence(Barrier(code=code), language)
        assert removed["barrier"]["code"] == code
    quiet = texts.say(language, f"needs.{Need.QUIET}")
    assert (quiet in removed["barrier"]["text"]) == bool(detail)


@languages
def test_every_question_has_words(language: Language) -> None:
    """Each field that a need asks for, and no other, in words of its own."""
    names = texts.GROUPS[language]["survey"]
    assert set(names) == {name for good in GOOD.values() for name in good}
    assert len(set(names.values())) == len(names)


@languages
def test_every_question_that_somebody_waits_for(language: Language) -> None:
    """At a place that nobody has surveyed, for somebody with every need."""
    needs = frozenset(Need)
    standing = standing_of(problem_of(participant(needs=needs), opening(title="Café"), site()))
    rows = everything(standing, language)["unknownAnswers"]
    assert {row["text"] for row in rows} == set(texts.GROUPS[language]["survey"].values())
    for row in rows:
        about_task = row["field"].startswith("work.")
        assert (row["openingId"], row["title"]) == (("O1", "Café") if about_task else (None, None))


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


def test_the_price_of_a_goal(steget: Steget, planned: Path) -> None:
    """One more norm goal costs 118 points: P01 at the car workshop and not the café."""
    assert lines_of(steget, "insight", TINY, planned, "--price", "norm_goals") == [
        "What one more costs in points: own norm goals met",
        "value points one more costs",
        "0 5,579 118.0",
        "1 5,461 -",
        "The plan as it stands: 1, with 5,461 points.",
        "",
        "This is a proposal. A person decides.",
    ]
    assert lines_of(steget, "insight", TINY, planned, "--price", "norm_goals", lang="sv") == [
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
    lines = lines_of(steget, "insight", TINY, planned, "--price", "placed")
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


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_goals_that_are_no_sums(lang: str, steget: Steget, tmp_path: Path) -> None:
    """They are named as not counted, and the plan is not proven."""
    goals = 'goals = ["placed", "lowest_points", "points"]\n'
    folder = plan_of(steget, TINY, tmp_path / "plan", goals)
    answer = json_of(steget("--lang", lang, "insight", TINY, folder, "--json"))
    assert [note["code"] for note in answer["notes"]] == ["not_proven", "not_counted"]
    assert set(answer["seats"][0]["goals"]) == {"placed", "points"}
    language = Language(lang)
    told = lines_of(steget, "insight", TINY, folder, lang=lang)
    assert told[0] == texts.say(language, "explain.not_proven")
    assert texts.say(language, "goals.lowest_points") in told[1]


def test_a_plan_of_other_files(steget: Steget, planned: Path, data: Path) -> None:
    """As explain says it: other files on stderr, and that the plan is made again."""
    edit(data / "openings.csv", swap("O03,S2,Hunddagis,6122,1", "O03,S2,Hunddagis,6122,2"))
    result = steget("insight", data, planned)
    assert (result.exit_code, result.stderr) == (0, OTHER_FILES)
    first = result.stdout.splitlines()[0]
    assert first.startswith("The plan does not fit the data as they are, or can be made better:")
    answer = json.loads(steget("--lang", "sv", "insight", data, planned, "--json").stdout)
    assert not answer["sameDataSet"]
    assert answer["notes"][0]["code"] == "remade"


def test_rows_that_are_not_proven(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a proven plan they are counted; of another one that is said already."""
    seat = {"openingId": "O1", "title": "Café", "municipality": "Salem", "goals": {"placed": 1}}
    screen = Insights(Language.ENGLISH)
    for open_rows, words in ((1, "1 row is not proven"), (2, "2 rows are not proven")):
        rows = [seat | {"proven": at >= open_rows} for at in range(3)]
        answer = {"notes": [], **EMPTY, "seats": rows}
        screen.shown(answer | {"proven": True}, (GoalName.PLACED,))
        assert words in capsys.readouterr().out
        screen.shown(answer | {"proven": False}, (GoalName.PLACED,))
        assert "not proven" not in capsys.readouterr().out


@languages
def test_a_curve_that_is_neither_proven_nor_whole(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are said; the first only where the plan is proven."""
    corners = [
        {"value": 1, "points": 1001, "oneMoreCosts": 0.25},
        {"value": 2, "points": 1, "oneMoreCosts": None},
    ]
    found = {"goal": "waiting", "corners": corners, "now": {"value": 2, "points": 1}}
    answer = {"notes": [], "curve": found | {"proven": False, "whole": False}}
    screen = Insights(language)
    open_curve = texts.say(language, "insights.curve_not_proven")
    for proven in (True, False):
        screen.shown(answer | {"proven": proven}, ())
        told = capsys.readouterr().out
        assert (open_curve in told) == proven
        assert texts.say(language, "insights.curve_cut") in told
        one = {Language.ENGLISH: "with 1 point.", Language.SWEDISH: "med 1 poäng."}
        assert one[language] in told


def test_nothing_to_tell(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody looks: each section says that it has no rows, and a curve is one corner."""
    paused = opening(status=OpeningStatus.PAUSED)
    problem = problem_of(participant(protected_identity=True, wishes=(seek("7231", 1),)), paused)
    standing = standing_of(problem)
    answer = everything(standing, Language.ENGLISH)
    assert [answer[name] for name in SECTIONS[1:]] == [[], [], [], []]
    screen = Insights(Language.ENGLISH)
    screen.shown({"notes": [], "proven": True} | answer, standing.names)
    assert "Participants of each supervisor (0)\n" in capsys.readouterr().out
    assert curve(standing, Price.PLACED)["corners"] == [
        {"value": 0, "points": 0, "oneMoreCosts": None}
    ]


def test_the_plan_to_stay_near(steget: Steget, planned: Path, tmp_path: Path) -> None:
    """A plan with stability needs the former one; then kept proposals are among the goals."""
    out = tmp_path / "near"
    policy = tmp_path / "policy.toml"
    policy.write_text('goals = ["placed", "stability", "points"]\n', encoding="utf-8")
    line = ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", policy, "--former", planned, "-q")
    assert steget(*line).exit_code == 0
    assert told_faults(steget("insight", TINY, out))
    lines = lines_of(steget, "insight", TINY, out, "--former", planned)
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
