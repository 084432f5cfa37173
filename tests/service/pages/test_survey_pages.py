"""The survey, section by section: drafts, progress, what answers would open, handing in."""

import pytest

from api.jobs import unknowns
from api.pages.survey_form import SECTIONS
from api.settings import Settings
from tests.service import test_unknowns as counting
from tests.service.pages.reading import Person, person
from tests.service.visitors import actions
from tests.service.world import World


@pytest.fixture
def manager(world: World, settings: Settings) -> Person:
    """The manager of the Café."""
    return person(world, settings, "cafe_manager")


def at(world: World, word: str = "", site: str = "S1") -> str:
    """The address of a site's survey, or of one of its sections."""
    path = f"/arbetsplatser/{world.sites[site]}/kartlaggning"
    return f"{path}/{word}" if word else path


@pytest.mark.parametrize("word", [one.word for one in SECTIONS])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_section_asks_its_questions(
    manager: Person, world: World, word: str, language: str
) -> None:
    """Unknown is the first choice, and what stands there at first."""
    found = manager.open(at(world, word), language)
    assert found.status == 200
    section = next(one for one in SECTIONS if one.word == word)
    assert len([name for name in found.ids if name.endswith("-help")]) == len(section.fields)
    chosen = {name: value for name, value in found.fields.items() if "-" in name}
    assert set(chosen.values()) <= {""}


def test_what_there_is_no_section_of_is_not_there(manager: Person, world: World) -> None:
    """And another provider's survey neither; other roles may not look."""
    assert manager.open(at(world, "taket")).status == 404
    assert manager.open(at(world, site="S2")).status == 404
    assert manager.open(at(world, "entren", site="S2")).status == 404


@pytest.mark.parametrize("user", ["north_supervisor", "north_coordinator", "analyst", "admin"])
def test_only_managers_survey(world: World, settings: Settings, user: str) -> None:
    """What the API refuses a role, no page shows it."""
    who = person(world, settings, user)
    assert who.open(at(world)).status == 403
    assert who.send(at(world, "entren"), version='"0"').status == 403


def test_a_section_is_saved_as_a_draft_and_the_next_comes(manager: Person, world: World) -> None:
    """What was answered is there again, on the page and in the progress; nothing counts yet."""
    seen = manager.open(at(world, "entren"))
    assert "0 av 57 besvarade" in seen.text
    answers = {"entrance-stepCount": "2", "entrance-rampSlopePct": "6,5", "entrance-ramp": "fixed"}
    told = manager.send(at(world, "entren"), **(seen.fields | answers))
    assert "Utkastet är sparat" in told.text
    assert "Inne" in told.text
    assert "3 av 57 besvarade" in told.text
    again = manager.open(at(world, "entren"))
    assert again.fields["entrance-stepCount"] == "2"
    assert again.fields["entrance-rampSlopePct"] == "6.5"
    assert again.fields["entrance-ramp"] == "fixed"
    over = manager.send(at(world, "inne"), version=again.fields["version"], till="oversikt")
    assert "3 svar i utkastet" in over.text
    assert "Entrén 3 av 8" in over.text.replace("? ", "")
    site = manager.open(f"/arbetsplatser/{world.sites['S1']}")
    assert "Ett utkast är sparat" in site.text
    assert "0 av 57 besvarade" in site.text


def test_several_answers_to_one_question_are_kept_and_taken_back(
    manager: Person, world: World
) -> None:
    """And a contradiction is told beside it."""
    path = at(world, "luft")
    version = manager.open(path).fields["version"]
    wrong = manager.send(path, version=version, **{"air-scentSources": ["none", "flowers"]})
    assert wrong.status == 422
    assert "#air-scentSources" in wrong.links
    right = {"air-scentSources": ["flowers", "candles"]}
    manager.send(path, version=version, **right)
    found = manager.open(path)
    assert found.fields["air-scentSources"] in {"flowers", "candles"}
    manager.send(path, version=found.fields["version"])
    assert "air-scentSources" not in manager.open(path).fields


def test_what_is_wrong_stands_beside_its_question_and_nothing_is_lost(
    manager: Person, world: World
) -> None:
    """A half step, and words where a number is wanted."""
    path = at(world, "entren")
    version = manager.open(path).fields["version"]
    given = {
        "version": version,
        "entrance-stepCount": "1,5",
        "entrance-thresholdMm": "låg",
        "entrance-doorClearWidthCm": "92",
    }
    told = manager.send(path, **given)
    assert told.status == 422
    assert {"#entrance-stepCount", "#entrance-thresholdMm"} <= set(told.links)
    assert told.fields["entrance-stepCount"] == "1,5"
    assert told.fields["entrance-doorClearWidthCm"] == "92"
    assert "0 av 57 besvarade" in told.text


def test_nobody_loses_what_a_colleague_saved_meanwhile(manager: Person, world: World) -> None:
    """The page tells, keeps what was written, and the next save keeps both."""
    mine, theirs = at(world, "entren"), at(world, "skyltar")
    version = manager.open(mine).fields["version"]
    manager.send(theirs, version=version, **{"info-tactile": "yes"})
    told = manager.send(mine, version=version, **{"entrance-stepCount": "1"})
    assert told.status == 422
    assert "Någon annan har sparat utkastet under tiden" in told.text
    assert told.fields["entrance-stepCount"] == "1"
    manager.send(mine, version=told.fields["version"], **{"entrance-stepCount": "1"})
    assert manager.open(theirs).fields["info-tactile"] == "yes"
    assert manager.open(mine).fields["entrance-stepCount"] == "1"


def test_a_survey_is_handed_in_and_counts(manager: Person, world: World) -> None:
    """Its draft is gone, and the site tells what is known and since when."""
    empty = manager.send(at(world), surveyedOn="2026-01-01", method="on_site")
    assert empty.status == 422
    assert "Svara på minst en fråga" in empty.text
    version = manager.open(at(world, "toalett")).fields["version"]
    manager.send(at(world, "toalett"), version=version, **{"hygiene-soap": "unscented"})
    wrong = manager.send(at(world), surveyedOn="", **{"survey-note": "Hiss lagas"})
    assert {"#surveyedOn", "#method"} <= set(wrong.links)
    assert wrong.fields["survey-note"] == "Hiss lagas"
    ahead = manager.send(at(world), surveyedOn="2999-01-01", method="on_site")
    assert "#surveyedOn" in ahead.links
    today = manager.open(at(world)).fields["surveyedOn"]
    told = manager.send(at(world), surveyedOn=today, method="on_site")
    assert "Kartläggningen är inlämnad" in told.text
    assert "1 av 57 besvarade" in told.text
    assert "Oparfymerat" in told.text
    assert f"{today}: På plats" in told.text
    assert actions(world)[-2:] == ["survey.create", "survey-draft.remove"]
    section = manager.open(at(world, "toalett"))
    assert f"Nu gäller: Oparfymerat (sedan {today})" in section.text
    assert section.fields["hygiene-soap"] == ""


def test_a_draft_is_thrown_away(manager: Person, world: World) -> None:
    """And said to be gone."""
    version = manager.open(at(world, "stod")).fields["version"]
    manager.send(at(world, "stod"), version=version, **{"safety-visualAlarm": "no"})
    assert "Utkastet är borta" in manager.send(f"{at(world)}/kasta").text
    assert "Utkastet är tomt" in manager.open(at(world)).text


def test_a_new_site_says_from_when_it_is_counted(world: World, settings: Settings) -> None:
    """In the overview and in every section."""
    today = counting.at(world)
    manager = person(today, settings, "cafe_manager")
    counting.long_there(world, 26)
    assert unknowns.count(today.store, settings)
    assert "Här räknas det från 2026-12-03" in manager.open(at(world)).text
    assert "Here people are counted from" in manager.open(at(world, "toalett"), "en").text


def test_what_an_answer_would_open_stands_beside_it(world: World, settings: Settings) -> None:
    """A few, or the number, as it was counted; in the overview and on the site's page, too."""
    today = counting.at(world)
    manager = person(today, settings, "cafe_manager")
    counting.keep_people(world, 4)
    counting.long_there(world)
    assert unknowns.count(today.store, settings)
    few = "Några få till kan kanske komma om ni svarar"
    assert few in manager.open(at(world, "toalett")).text
    assert few in manager.open(f"/arbetsplatser/{world.sites['S1']}").text
    wanted = "Skulle öppna mest: Vad för tvål finns det? några få till"
    assert wanted in manager.open(at(world)).text
    assert few not in manager.open(at(world, "skyltar")).text
