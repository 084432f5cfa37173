"""An estimate whose band holds the limit: the question stands wherever the opening is shown."""

from pathlib import Path

import pytest

from api import texts
from api.matching.advising import missing, of_table
from api.texts import Language
from matcher import columns
from matcher.domain import Barrier, BarrierCode, Need
from matcher.explain import Journey, question
from matcher.policy import Policy
from matcher.travel.reach import Reach
from tests.api.command_line import ON_THE_DAY, Steget, copy, json_of
from tests.builders import participant, problem_of, seek, site

ENGLISH, SWEDISH = Language.ENGLISH, Language.SWEDISH
ASKED = {
    "en": (
        "Look in a travel planner: How long does the journey really take? It is estimated at 34"
        " minutes, between 9 and 49; the limit is 45."
    ),
    "sv": (
        "Se efter i en reseplanerare: Hur lång tid tar resan egentligen? Den är uppskattad till 34"
        " minuter, mellan 9 och 49; gränsen är 45."
    ),
}
languages = pytest.mark.parametrize("lang", ["en", "sv"])


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The tiny data set without travel times: P01, whose limit is 45, has O06 within it."""
    folder = copy(tmp_path / "towns")
    (folder / "travel_times.csv").unlink()
    return folder


@languages
def test_a_recommendation_asks(steget: Steget, towns: Path, lang: str) -> None:
    """Of O06, 9 to 49 minutes; not of O07, whose band ends at the limit, nor of O01."""
    line = ("--lang", lang, "recommend", towns, "P01", *ON_THE_DAY)
    answer = json_of(steget(*line, "--json"))
    asked = {one["openingId"]: one["questions"] for one in answer["possible"]}
    told = {"code": "TRAVEL_TOO_LONG", "detail": "34", "whom": "travel_planner"}
    assert asked == {"O01": [], "O07": [], "O06": [told | {"text": ASKED[lang]}]}
    high = {one["openingId"]: one["journey"]["high"] for one in answer["possible"]}
    assert high == {"O01": 18, "O07": 45, "O06": 49}
    assert [one["openingId"] for one in answer["toCheck"]] == ["O04", "O05"]
    assert steget(*line).stdout.count(f"      {ASKED[lang]}\n") == 1


@languages
def test_a_plan_that_is_explained_asks_as_well(
    steget: Steget, towns: Path, tmp_path: Path, lang: str
) -> None:
    """Why not at O06, three to talk about, and who could come there; the plan asks nothing."""
    out = tmp_path / "plan"
    assert steget("plan", towns, "--out", out, *ON_THE_DAY, "-q").exit_code == 0
    line = ("--lang", lang, "explain", towns, out)
    there = ("P01", "--opening", "O06")
    assert f"      {ASKED[lang]}" in steget(*line, *there).stdout.splitlines()
    known = json_of(steget(*line, *there, "--json"))["whyNot"]
    assert [one["text"] for one in known["questions"]] == [ASKED[lang]]
    listed = json_of(steget(*line, "P01", "--json"))["shortlist"]
    asked = {one["openingId"]: [each["text"] for each in one["questions"]] for one in listed}
    assert asked == {"O01": [], "O07": [], "O06": [ASKED[lang]]}
    who = json_of(steget(*line, "--opening", "O06", "--json"))["who"]
    codes = {one["participantId"]: [each["code"] for each in one["questions"]] for one in who}
    assert codes["P01"] == ["TRAVEL_TOO_LONG"]
    assert next(one for one in who if one["participantId"] == "P01")["gains"]


def test_a_question_is_not_counted_among_what_stands_between() -> None:
    """Nothing is possible, for nobody knows whether it is quiet; the journey is near the limit."""
    person = participant(
        needs=frozenset({Need.QUIET}), wishes=(seek("9413", 1),), max_travel_minutes=34
    )
    problem = problem_of(person, site(latitude=59.3 + 1.628 / 111.195))
    advice = of_table(columns.load(problem, Policy()), Policy(), stale_days=30)
    (one,) = advice.found.to_check
    assert [str(each.barrier) for each in one.questions] == [
        "NEED_UNKNOWN:QUIET",
        "TRAVEL_TOO_LONG:20",
    ]
    found = missing(advice)
    assert found is not None
    assert found.barriers == ("NEED_UNKNOWN",)


@pytest.mark.parametrize(
    ("minutes", "limit", "english", "swedish"),
    [
        (1, 1, "at 1 minute, between 0 and 16; the", "till 1 minut, mellan 0 och 16; gränsen"),
        (2, 2, "at 2 minutes, between 0 and 17; the", "till 2 minuter, mellan 0 och 17; gränsen"),
        (1, None, "at 1 minute, between 0 and 16.", "till 1 minut, mellan 0 och 16."),
        (2, None, "at 2 minutes, between 0 and 17.", "till 2 minuter, mellan 0 och 17."),
    ],
)
def test_one_minute_and_two(minutes: int, limit: int | None, english: str, swedish: str) -> None:
    """In both languages; without the limit where many people's are looked at."""
    asked = question(Barrier(code=BarrierCode.TRAVEL_TOO_LONG, detail=str(minutes)))
    journey = Journey(reach=Reach.MINUTES, minutes=minutes, low=0, high=minutes + 15)
    for language, words in ((ENGLISH, english), (SWEDISH, swedish)):
        told = texts.question_sentence(asked, language, limit=limit, journey=journey)
        assert words in told
        assert told.endswith(".")
