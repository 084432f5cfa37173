"""What `insight` tells: every row has words, and figures stand under their heads."""

import pytest

from api import texts
from api.cli.insights import Insights, Price, curve, everything
from api.texts import Language
from matcher.domain import Barrier, BarrierCode, Need, OpeningStatus
from matcher.explain.remedies import GOOD
from matcher.insight import SiteBarrier, UnmetDemand
from matcher.policy import GoalName
from tests.api.command_line import GAP, SECTIONS
from tests.builders import opening, participant, problem_of, seek, site
from tests.matcher.insight.answers import standing_of

EMPTY: dict[str, list[object]] = {name: [] for name in SECTIONS}
MANY = 12
languages = pytest.mark.parametrize("language", Language)


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
