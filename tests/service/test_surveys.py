"""Surveys: kept beside each other, never overwritten, and unknown stays unknown all the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.domain.personal import holds_personal_number, is_organisation_number
from api.domain.surveys import found, known
from api.schemas.surveys import SurveyIn, answers_of, pointer, sections_of
from api.settings import Settings
from api.store.places import keep_survey
from api.store.tables import SurveyRow
from matcher.columns import valid_answers
from matcher.domain import Survey, SurveyMethod
from matcher.policy import Policy
from matcher.survey import SITE_FIELDS, Answer, SurveyField
from tests.builders import site
from tests.service.test_providers import API, cafe, noted, revision
from tests.service.world import World

__all__ = ["cafe"]

FIRST = {
    "surveyedOn": "2026-05-04",
    "method": "on_site",
    "entrance": {"stepCount": 2, "rampSlopePct": 6.5, "accessControl": ["keypad", "keycard"]},
    "air": {"scentSources": ["none"]},
}
SECOND = {
    "surveyedOn": "2026-06-01",
    "method": "phone",
    "entrance": {"stepCount": 0, "isLevel": None},
    "survey": {"note": "Dörren mot gården.", "byRole": "external"},
}


def surveys(world: World) -> str:
    """Where the surveys of the Café are."""
    return f"{API}/sites/{world.sites['S1']}/surveys"


def test_a_new_survey_stands_beside_the_old(world: World, cafe: TestClient) -> None:
    """Both can be read as they were made; the newest answer to each question is what is known."""
    made = [cafe.post(surveys(world), json=body) for body in (FIRST, SECOND)]
    assert [answer.status_code for answer in made] == [201, 201]
    for answer, body in zip(made, (FIRST, SECOND), strict=True):
        kept = cafe.get(answer.headers["location"]).json()
        assert kept == answer.json()
        assert kept["entrance"]["stepCount"] == body["entrance"]["stepCount"]  # type: ignore[index]
    listed = cafe.get(surveys(world)).json()
    assert [item["surveyedOn"] for item in listed["items"]] == ["2026-06-01", "2026-05-04"]
    now = cafe.get(f"{API}/sites/{world.sites['S1']}/survey").json()
    assert now["entrance"]["stepCount"] == 0
    assert now["entrance"]["accessControl"] == ["keypad", "keycard"]
    assert now["entrance"]["isLevel"] is None
    by = {source["pointer"]: source for source in now["sources"]}
    assert by["/entrance/stepCount"]["method"] == "phone"
    assert by["/entrance/rampSlopePct"]["surveyedOn"] == "2026-05-04"
    assert "/entrance/isLevel" not in by
    assert now["answered"] == 4  # who answered, and the note, are no questions
    with world.store.reading() as unit:
        first = unit.scalar(select(SurveyRow).order_by(SurveyRow.surveyed_on))
        assert first is not None
        assert first.answers["entrance.step_count"] == 2
        assert first.user_id == world.users["cafe_manager"]
    assert noted(world.store, "survey.create") == 2


def test_an_older_survey_that_comes_later_does_not_win(world: World, cafe: TestClient) -> None:
    """What counts is when it was found, not when it was written in."""
    for body in (SECOND, FIRST):
        assert cafe.post(surveys(world), json=body).status_code == 201
    now = cafe.get(f"{API}/sites/{world.sites['S1']}/survey").json()
    assert now["entrance"]["stepCount"] == 0


def test_a_survey_comes_once(world: World, cafe: TestClient) -> None:
    """Sent twice with one key, there is one."""
    before = revision(world.store)
    for _ in range(2):
        answer = cafe.post(surveys(world), json=FIRST, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
    with world.store.reading() as unit:
        assert unit.scalar(select(func.count()).select_from(SurveyRow)) == 1
    assert revision(world.store) == before + 1


def test_there_is_no_way_to_change_a_survey(world: World, cafe: TestClient) -> None:
    """No operation takes it."""
    place = cafe.post(surveys(world), json=FIRST).headers["location"]
    for method in ("PUT", "PATCH", "DELETE"):
        assert cafe.request(method, place, json=SECOND).status_code == 405


def test_a_survey_is_found_at_its_site_alone(world: World, settings: Settings) -> None:
    """Not at another site; not by another provider's manager."""
    cafe = world.client(settings, "cafe_manager")
    place = cafe.post(surveys(world), json=FIRST).headers["location"]
    analyst = world.client(settings, "analyst")
    assert analyst.get(place).status_code == 200
    elsewhere = place.replace(str(world.sites["S1"]), str(world.sites["S2"]))
    assert analyst.get(elsewhere).status_code == 404
    garden = world.client(settings, "garden_manager")
    for path in (place, surveys(world), f"{API}/sites/{world.sites['S1']}/survey"):
        assert garden.get(path).status_code == 404


def test_what_is_too_old_is_shown_but_does_not_count(world: World, settings: Settings) -> None:
    """A lift that worked 200 days ago: shown, with the day until which it counted."""
    day = datetime.now(UTC).date() - timedelta(days=200)
    answers: dict[str, Answer] = {"lift.in_service": "yes", "lift.type": "passenger"}
    with world.store.writing() as unit:
        survey = Survey(surveyed_on=day, method=SurveyMethod.PHOTO, answers=answers)
        keep_survey(unit, world.sites["S1"], survey)
        keep_survey(unit, world.sites["S1"], Survey(answers={"toilet.type": "rwc"}))
    client = world.client(settings, "analyst")
    now = client.get(f"{API}/sites/{world.sites['S1']}/survey").json()
    by = {source["pointer"]: source for source in now["sources"]}
    assert now["lift"]["inService"] == "yes"
    assert by["/lift/inService"]["counts"] is False
    assert by["/lift/inService"]["validUntil"] == str(day + timedelta(days=180))
    assert by["/lift/type"]["counts"] is True
    assert (by["/toilet/type"]["counts"], by["/toilet/type"]["validUntil"]) == (False, None)
    assert now["answered"] == 1


def test_every_fault_at_once(world: World, cafe: TestClient) -> None:
    """Each with its place, none with what was sent; nothing is kept."""
    body = {
        "surveyedOn": "not a day",
        "method": "guess",
        "entrance": {"stepCount": "2", "isLevel": "unknown", "stairs": 3, "rampSlopePct": 101},
        "sensory": {"noiseDba": 40.5, "hearingLoop": True},
        "air": {"scentSources": ["none", "flowers"], "foodAllergens": []},
        "survey": {"note": "Ring 19811218-9876"},
        "dreams": {},
    }
    answer = cafe.post(surveys(world), json=body)
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {
        "/surveyedOn",
        "/method",
        "/entrance/stepCount",
        "/entrance/isLevel",
        "/entrance/?",  # a name that is none is not repeated
        "/entrance/rampSlopePct",
        "/sensory/noiseDba",
        "/sensory/hearingLoop",
        "/air/scentSources",
        "/air/foodAllergens",
        "/survey/note",
        "/?",
    }
    assert "9876" not in answer.text
    assert cafe.get(surveys(world)).json()["total"] == 0


BAD: tuple[tuple[dict[str, object], str], ...] = (
    ({"surveyedOn": "2199-01-01"}, "future"),
    ({"entrance": {}, "air": {}}, "empty"),
    ({"survey": {"note": "x" * 301}}, "string_too_long"),
)


def test_other_faults(world: World, cafe: TestClient) -> None:
    """A day to come, a survey that says nothing, a note that is too long."""
    for change, code in BAD:
        answer = cafe.post(surveys(world), json=FIRST | change)
        assert answer.status_code == 422
        assert [fault["code"] for fault in answer.json()["errors"]] == [code]


def answers(field: SurveyField) -> st.SearchStrategy[Answer]:
    """What can be answered to a question."""
    if field.many:
        several = tuple(code for code in field.choices if code != "none")
        some = st.lists(st.sampled_from(several), min_size=1, unique=True)
        return some.map(lambda chosen: ";".join(code for code in several if code in chosen))
    if field.choices:
        return st.sampled_from(field.choices)
    if not field.unit:
        return st.sampled_from(("Kort.", "Dörren mot gården"))
    if field.decimals:
        return st.floats(field.low, field.high, allow_nan=False)
    return st.integers(field.low, field.high)


FOUND = st.fixed_dictionaries({}, optional={field.name: answers(field) for field in SITE_FIELDS})


@given(FOUND.filter(bool))
def test_unknown_stays_unknown_on_the_way(given_answers: dict[str, Answer]) -> None:
    """To the wire and back: the same answers, and not one more."""
    sections = {
        name: section.model_dump(by_alias=True, mode="json")
        for name, section in sections_of(given_answers).items()
    }
    body = {"surveyedOn": "2026-05-04", "method": "phone", **sections}
    assert answers_of(SurveyIn.model_validate(body)) == given_answers


DAYS = st.none() | st.dates(date(2022, 1, 1), date(2026, 12, 31))


@given(
    st.lists(st.tuples(DAYS, FOUND), max_size=4), st.dates(date(2024, 1, 1), date(2026, 12, 31))
)
def test_what_counts_is_what_the_engine_says(
    made: list[tuple[date | None, dict[str, Answer]]], today: date
) -> None:
    """The pages and the matching never disagree on what is known of a site."""
    one = site("S1", surveys=tuple(Survey(surveyed_on=day, answers=of) for day, of in made))
    says = {name: answer.answer for name, answer in known(one, today).items()}
    assert says == valid_answers(one, Policy(), today)
    assert set(says) <= set(found(one))


def test_every_question_has_its_place_on_the_wire() -> None:
    """No two at the same place."""
    places = [pointer(field.name) for field in SITE_FIELDS]
    assert len(set(places)) == len(places)
    assert "/entrance/doorClearWidthCm" in places


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("19811218-9876", True),
        ("Anna, 8112189876, kommer", True),
        ("811278+9876", True),  # a coordination number: the day and 60
        ("811218 9876", True),
        ("Org. nr 556036-0793", False),  # 60 is no month
        ("Vån 3, 120 cm, 08-123 456 78", False),
        ("811232-9876", False),  # no day
        ("1981121898761", False),  # too long to be one
    ],
)
def test_what_looks_like_a_personal_number(text: str, holds: bool) -> None:  # noqa: FBT001
    """By its shape and its date."""
    assert holds_personal_number(text) is holds


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("556036-0793", True), ("5560360793", True), ("556036-0794", False), ("811218-9876", False)],
)
def test_what_is_an_organisation_number(text: str, is_one: bool) -> None:  # noqa: FBT001
    """A person's is none; nor is one with another check digit."""
    assert is_organisation_number(text) is is_one
