"""Journeys without steps, on the command line: a question in words and in JSON, no barrier."""

import csv
from datetime import date
from pathlib import Path

import pytest

from api.travel.build import build
from api.travel.store import open_store
from matcher.dataset import load
from matcher.travel.contract import TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach
from tests.api.command_line import ON_THE_DAY, PLAN_FILES, Steget, copy, json_of, plan_tables
from tests.api.travel.small_towns import Scripted, asked, said

DAY = date(2026, 12, 1)
ASKING = {
    "en": {
        "unknown": "Look in a travel planner: Can the whole journey be made without steps?",
        "no": (
            "The journey as it is known has steps. Look in a travel planner: Is there another way"
            " there, without steps?"
        ),
    },
    "sv": {
        "unknown": "Se efter i en reseplanerare: Går hela resan att göra utan trappsteg?",
        "no": (
            "Resan som den är känd har trappsteg. Se efter i en reseplanerare: Finns det en annan"
            " väg dit, utan trappsteg?"
        ),
    },
}
KNOWN = ("yes", "no", "unknown")


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The tiny data set without travel times; P08, who needs it step-free, has a known place."""
    folder = copy(tmp_path / "towns")
    (folder / "travel_times.csv").unlink()
    file = folder / "participants.csv"
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    changes = {"latitude": "59.2", "longitude": "17.9", "protected_identity": "no"}
    rows = [row | changes if row["participant_id"] == "P08" else row for row in rows]
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture
def stores(towns: Path, tmp_path: Path) -> dict[str, Path]:
    """Its journeys, 20 minutes each: what is known of steps on the way differs, nothing else."""
    problem = load(towns, DAY).problem
    found = {}
    for known in KNOWN:

        def answer(question: TravelQuestion, known: str = known) -> TravelAnswer:
            return said(Reach.MINUTES, 20, step_free=known if question.step_free else "unknown")

        found[known] = tmp_path / f"{known}.db"
        with open_store(found[known], make=True) as store:
            build(problem, asked(Scripted(answer)), store, DAY)
    return found


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("known", KNOWN)
def test_a_recommendation_asks(
    steget: Steget, towns: Path, stores: dict[str, Path], lang: str, known: str
) -> None:
    """Under the one possible opening; not where it falls away, nor where it is known to be so."""
    line = ("--lang", lang, "recommend", towns, "P08", *ON_THE_DAY, "--travel", stores[known])
    answer = json_of(steget(*line, "--json"))
    (one,) = answer["possible"]
    assert one["journey"]["stepFree"] == known
    text = ASKING[lang].get(known)
    told = {"code": "JOURNEY_STEP_FREE", "detail": known, "whom": "travel_planner", "text": text}
    assert one["questions"] == ([told] if text else [])
    assert one["journey"]["askWhom"] == ("travel_planner" if text else None)
    away = answer["fallsAway"]
    assert away
    assert {(row["journey"]["stepFree"], row["journey"]["askWhom"]) for row in away} == {
        (known, None)
    }
    assert steget(*line).stdout.count("      " + (text or "travel planner")) == bool(text)


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_a_plan_and_its_explanation_ask(
    steget: Steget, towns: Path, stores: dict[str, Path], lang: str, tmp_path: Path
) -> None:
    """`plan` says for how many, `explain` what; the plans are the same, byte for byte."""
    counted = {
        "en": "1 participant who needs a journey without steps placed where none is known",
        "sv": "1 deltagare som behöver en resa utan trappsteg fick en plats dit ingen sådan är",
    }
    plans = {}
    for known, store in stores.items():
        out, travel = tmp_path / known, ("--travel", store)
        made = steget("--lang", lang, "plan", towns, "--out", out, *ON_THE_DAY, *travel)
        assert (counted[lang] in made.stdout) == (known != "yes")
        assert not (out / "questions.csv").exists()
        plans[known] = plan_tables(out)
        line = ("--lang", lang, "explain", towns, out)
        text = ASKING[lang].get(known, "travel planner")
        placed = json_of(steget(*line, "P08", *travel, "--json"))
        asked_ = [(row["code"], row["text"]) for row in placed["placed"]["questions"]]
        assert asked_ == ([] if known == "yes" else [("JOURNEY_STEP_FREE", text)])
        times = 0 if known == "yes" else 1 + len(placed["shortlist"])
        assert steget(*line, "P08", *travel).stdout.count(text) == times
        here = placed["placed"]["openingId"]
        could = json_of(steget(*line, "--opening", here, *travel, "--json"))["who"]
        (mine,) = (row for row in could if row["participantId"] == "P08")
        assert [row["text"] for row in mine["questions"]] == [text] * (known != "yes")
        assert mine["gains"]
    assert len(set(plans.values())) == 1
    assert all(len(tables) == len(PLAN_FILES) for tables in plans.values())


def test_what_to_ask_stands_in_the_file_where_the_policy_allows_it(
    steget: Steget, towns: Path, stores: dict[str, Path], tmp_path: Path
) -> None:
    """Under "check": beside what is to be asked of the sites."""
    policy = tmp_path / "check.toml"
    policy.write_text('unknown_needs = "check"\n', encoding="utf-8")
    rows = {}
    for known, store in stores.items():
        out = tmp_path / known
        line = ("plan", towns, "--out", out, *ON_THE_DAY, "--policy", policy, "--travel", store)
        assert steget(*line, "-q").exit_code == 0
        text = (out / "questions.csv").read_text(encoding="utf-8")
        rows[known] = {tuple(row.values()) for row in csv.DictReader(text.splitlines())}
    (more,) = rows["no"] - rows["yes"]
    assert (more[0], *more[2:]) == ("P08", "STEP_FREE", "journey")
    assert rows["yes"] <= rows["no"] == rows["unknown"]
    assert {row[3] for row in rows["yes"]} <= {"site"}


def test_a_plan_made_again_asks_as_well(
    steget: Steget, towns: Path, stores: dict[str, Path], tmp_path: Path
) -> None:
    """`what-if --out` writes the question too."""
    policy = tmp_path / "check.toml"
    policy.write_text('unknown_needs = "check"\n', encoding="utf-8")
    travel = ("--travel", stores["unknown"])
    made, again = tmp_path / "made", tmp_path / "again"
    line = ("plan", towns, "--out", made, *ON_THE_DAY, "--policy", policy, *travel, "-q")
    assert steget(*line).exit_code == 0
    changed = ("--set", "openings.O01.seats=4", "--out", again)
    told = steget("what-if", towns, made, *changed, *travel)
    assert told.exit_code == 0, told.output
    assert "P08" in (again / "questions.csv").read_text(encoding="utf-8")


def test_why_not_elsewhere_asks_where_nothing_stands_between(
    steget: Steget, towns: Path, stores: dict[str, Path], tmp_path: Path
) -> None:
    """Of an opening with a barrier nothing is asked."""
    out, travel = tmp_path / "plan", ("--travel", stores["no"])
    made = ("plan", towns, "--out", out, *ON_THE_DAY, *travel, "-q")
    assert steget(*made).exit_code == 0
    said_of = {
        opening: steget("explain", towns, out, "P08", "--opening", opening, *travel).stdout
        for opening in ("O09", "O01")
    }
    assert {o: text.count(ASKING["en"]["no"]) for o, text in said_of.items()} == {
        "O09": 1,
        "O01": 0,
    }


def test_a_way_to_a_place_asks(
    steget: Steget, towns: Path, stores: dict[str, Path], tmp_path: Path
) -> None:
    """Somebody else has the one seat at O09: one more would do, and the journey is asked about."""
    with (towns / "placements.csv").open("a", encoding="utf-8") as table:
        table.write("X02,O09,ongoing,tue_am;thu_am,2026-09-07,2027-06-30\n")
    out, travel = tmp_path / "plan", ("--travel", stores["unknown"])
    made = ("plan", towns, "--out", out, *ON_THE_DAY, *travel, "-q")
    assert steget(*made).exit_code == 0
    line = ("explain", towns, out, "P08", *travel)
    answer = json_of(steget(*line, "--json"))
    assert answer["placed"] is None
    ways = [(way["openingId"], way["journey"]["askWhom"]) for way in answer["nearest"]["ways"]]
    assert ("O09", "travel_planner") in ways
    lines = steget(*line).stdout.splitlines()
    (at,) = (n for n, text in enumerate(lines) if "Kök och disk" in text and "seat" in text)
    assert lines[at + 1].strip() == ASKING["en"]["unknown"]
