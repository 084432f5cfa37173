"""What `explain` tells: there are words for everything, and nobody else is named."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from api.cli.explaining import about_one, who, why_not_there
from api.cli.stood import Asked
from api.cli.telling import Telling
from api.texts import Language
from matcher.dataset import load
from matcher.domain import OpeningId, ParticipantId
from matcher.policy import Policy
from matcher.solve.door import plan
from matcher.solve.standing import stand
from tests.api.command_line import ROOT
from tests.builders import day, opening, participant, problem_of, seek, site, surveyed, week

PSEUDONYM = re.compile(r"\bP\d+\b")
languages = pytest.mark.parametrize("language", Language)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The plan is not proven best: this is the best that was found."),
        ("sv", "Planen är inte bevisat bäst: det här är det bästa som hittats."),
    ],
)
def test_a_plan_that_is_not_proven(lang: str, words: str) -> None:
    """The first thing that is said."""
    asked = _asked(Policy(), proven=False)
    notes = dict(asked.notes(Language(lang)))
    assert notes == {"not_proven": words}


def _asked(policy: Policy, scenario: str = "tiny", *, proven: bool = True) -> Asked:
    problem = load(ROOT / "data" / scenario, date(2026, 12, 1)).problem
    found = plan(problem, policy).plan
    assert found is not None
    standing = stand(problem, policy, found.proposals, proven=proven)
    if not proven:
        object.__setattr__(standing, "proven", False)
    return Asked(standing=standing, digest="", same_data=True, remade=0)


def test_everybody_can_be_told_everything_and_nobody_else_is_named() -> None:
    """Every sentence can be made from real answers, in both languages.

    An answer for one participant holds no other pseudonym, neither in words nor in values.
    """
    asked = _asked(Policy())
    _tell(asked, [p.participant_id for p in asked.standing.problem.participants])


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(Policy(), id="default"),
        pytest.param(Policy(unknown_needs="check"), id="check", marks=pytest.mark.slow),
    ],
)
def test_some_of_a_town_can_be_told_everything(policy: Policy) -> None:
    """The first few who have a place, and the first few who have none."""
    asked = _asked(policy, "town")
    found = asked.standing.plan
    rows = (*found.assignments[:3], *found.unplaced[:1])
    _tell(asked, [row.participant_id for row in rows])


@pytest.mark.slow
@pytest.mark.parametrize("policy", [Policy(), Policy(unknown_needs="check")], ids=["", "check"])
def test_a_whole_town_can_be_told_everything(policy: Policy) -> None:
    """The same, for everybody."""
    asked = _asked(policy, "town")
    _tell(asked, [p.participant_id for p in asked.standing.problem.participants])


def _tell(asked: Asked, people: list[ParticipantId]) -> None:
    names = {str(p.participant_id) for p in asked.standing.problem.participants}
    for name in people:
        for language, lines in _told(asked, name):
            for line in lines:
                assert set(PSEUDONYM.findall(line)) & names <= {name}, (language, line)
                assert "None" not in line, line
                assert "=" not in line, line


def _told(asked: Asked, name: ParticipantId) -> Iterator[tuple[Language, list[str]]]:
    for language in Language:
        answer = about_one(asked, name, language)
        values = json.dumps(answer, ensure_ascii=False)
        assert set(PSEUDONYM.findall(values)) <= {name}
        yield language, list(Telling(language).about_one(answer))


@languages
def test_every_opening_can_be_asked_about(language: Language) -> None:
    """Who could come, and why not for everybody: there is a sentence for each."""
    asked = _asked(Policy())
    problem = asked.standing.problem
    for opening_id in (one.opening_id for one in problem.openings):
        answer = who(asked, opening_id, language)
        json.dumps(answer)
        assert len(list(Telling(language).who(answer))) >= 4
        for person in problem.participants:
            name = person.participant_id
            found = why_not_there(asked, name, opening_id, language)
            said = "\n".join(Telling(language).why_not(found))
            assert set(PSEUDONYM.findall(json.dumps(found) + said)) <= {str(name)}


def _small(*parts: object) -> Asked:
    problem = problem_of(*parts)  # type: ignore[arg-type]
    found = plan(problem, Policy()).plan
    assert found is not None
    standing = stand(problem, Policy(), found.proposals, proven=True)
    return Asked(standing=standing, digest="", same_data=True, remade=0)


def _nearest(asked: Asked, name: str = "P1") -> list[str]:
    answer = about_one(asked, ParticipantId(name), Language.SWEDISH)
    json.dumps(answer)
    found = answer["nearest"]
    return [*(way["text"] for way in found["ways"]), found["text"]]


def test_a_pair_of_steps_is_told_together() -> None:
    """One half-day too few and no day to start: no single step does."""
    asked = _small(
        participant(available=week("mon_am"), earliest_start=day(20), wishes=(seek("9413", 1),)),
        opening(sessions=week("mon_am", "thu_am"), starts_until=day(11), title="Café"),
    )
    first, *_ = _nearest(asked)
    assert first == (
        "Om deltagaren kan komma 1 halvdag till (tors fm), och om det går att börja på platsen så"
        " sent som 21 december 2026, inte bara till 12 december 2026, så finns det en plats: Café,"
        " S1."
    )


def test_nothing_that_anybody_could_change() -> None:
    """Somebody too young: it is said, not left out."""
    asked = _small(participant(birth_year=2010), opening(min_age=18))
    assert _nearest(asked) == [
        "Ingen ändring för sig, och inga två tillsammans, skulle öppna en plats."
    ]


def test_as_good_a_plan_today() -> None:
    """Two who have waited alike for one place: another plan has the other one there."""
    asked = _small(participant("P1"), participant("P2"), opening(title="Café"))
    (left,) = asked.standing.plan.unplaced
    said = _nearest(asked, left.participant_id)
    assert said == [
        f"En annan plan som är lika bra har redan en plats för {left.participant_id}: Café, S1."
    ]


def test_an_answer_that_a_site_could_give() -> None:
    """Unknown answers are to be confirmed, known ones changed."""
    soap = surveyed(
        ("hygiene.soap", "scented"), ("air.cleaning_products", "unscented"), days_ago=10
    )
    asked = _small(
        participant(needs=frozenset({"SCENT_FREE"})),
        replace(site(surveys=(soap,)), name="Kajan"),
        opening(title="Café"),
    )
    first, *_ = _nearest(asked)
    assert first == (
        "Om platsen kan ändra till: oparfymerad tvål, och om platsen kan bekräfta: att alla ombeds"
        " att inte använda parfym, så finns det en plats: Café, Kajan."
    )


def test_no_room_whoever_gives_way() -> None:
    """No seat at all: the plan's own goals have no part in it."""
    asked = _small(participant(), opening(seats=0))
    found = why_not_there(asked, ParticipantId("P1"), OpeningId("O1"), Language.ENGLISH)
    assert found["whyNot"]["reason"] == "no_room"
    assert found["whyNot"]["text"] == "What is decided already takes all the room there."
    answer = about_one(asked, ParticipantId("P1"), Language.ENGLISH)
    assert answer["shortlist"][0]["text"] == "What is decided already takes all the room there."
