"""What others can read: HSDS 3.1 and A11yJSON 31.1, valid by their own schemas, without needs."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from api.exchange import a11y
from api.settings import Settings
from api.store import profiles
from api.store.places import keep_opening, keep_provider, keep_site, keep_survey
from matcher.domain import Need, OpeningStatus, ProviderKind, Survey, SurveyMethod
from matcher.survey import SITE_FIELDS, Answer
from tests.builders import opening, participant, provider, seek, site
from tests.service.test_providers import API, everybody
from tests.service.test_surveys import FOUND
from tests.service.world import World

SCHEMAS = Path(__file__).parent / "schemas"
GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
TODAY = date(2026, 12, 1)
NOTHING = "\N{EN DASH}"


@cache
def hsds(name: str) -> Draft7Validator:
    """A schema of HSDS, as strict as its formats: ids are UUIDs."""
    documents = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("hsds/*.json")}
    resources = [
        (file, Resource.from_contents(document, default_specification=DRAFT7))
        for file, document in documents.items()
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft7Validator(
        documents[f"{name}.json"], registry=registry, format_checker=FormatChecker()
    )


def check(document: Mapping[str, Any], name: str) -> None:
    """A document is valid, and has no field that HSDS does not know, down to the last."""
    hsds(name).validate(document)
    assert not list(_unknown(document, name))


def _unknown(document: Mapping[str, Any], name: str) -> Iterator[str]:
    properties = json.loads((SCHEMAS / "hsds" / f"{name}.json").read_text())["properties"]
    for key, value in document.items():
        if key not in properties:
            yield f"{name}.{key}"
            continue
        kind = properties[key].get("$ref") or properties[key].get("items", {}).get("$ref")
        for one in value if isinstance(value, list) else [value]:
            if kind:
                yield from _unknown(one, kind.removesuffix(".json"))


@pytest.fixture
def filled(world: World) -> World:
    """The world with a survey, and a provider of which everything is said."""
    today = datetime.now(UTC).date()
    with world.store.writing() as unit:
        answers: dict[str, Answer] = {"entrance.step_count": 0, "air.smoking": "onlyOutside"}
        survey = Survey(surveyed_on=today, method=SurveyMethod.ON_SITE, answers=answers)
        keep_survey(unit, world.sites["S1"], survey)
        old = Survey(surveyed_on=today - timedelta(days=3000), answers={"toilet.type": "rwc"})
        keep_survey(unit, world.sites["S1"], old)
        parks = provider("C", kind=ProviderKind.PUBLIC, organisation_number="5560360793")
        keep_provider(unit, replace(parks, name="Parken"))
        keep_site(unit, replace(site("S3", provider_id="C"), name="Växthuset"))
        keep_opening(
            unit,
            opening(
                "O4",
                site_id="S3",
                title="Odling",
                seats=2,
                status=OpeningStatus.PAUSED,
                min_age=18,
                languages=frozenset({"sv", "swl"}),
                eligible_municipalities=frozenset({"0180", "0191"}),
            ),
        )
    return world


def test_hsds_is_valid(filled: World, settings: Settings) -> None:
    """Every organization, service and service at a location, in lists and alone."""
    client = filled.client(settings, "analyst")
    for path, name in (
        ("organizations", "organization"),
        ("services", "service"),
        ("service-at-locations", "service_at_location"),
    ):
        page = client.get(f"{API}/hsds/{path}").json()
        assert page["contents"]
        for document in page["contents"]:
            check(document, name)
            if name != "service_at_location":
                assert client.get(f"{API}/hsds/{path}/{document['id']}").json() == document


def test_hsds_says_what_is_free(filled: World, settings: Settings) -> None:
    """A paused opening is closed for a time; its capacity is its seats; its terms are there."""
    contents = filled.client(settings, "analyst").get(f"{API}/hsds/services").json()["contents"]
    by_name = {document["name"]: document for document in contents}
    garden = by_name["Odling"]
    assert garden["status"] == "temporarily closed"
    (capacity,) = garden["capacities"]
    assert (capacity["available"], capacity["maximum"]) == (2, 2)
    assert garden["minimum_age"] == 18
    assert [language["code"] for language in garden["languages"]] == ["sv", "swl"]
    assert [area["extent"] for area in garden["service_areas"]] == ["0180", "0191"]
    assert [schedule["byday"] for schedule in garden["schedules"]] == ["MO,TU,WE,TH,FR"] * 2
    (identifier,) = garden["organization"]["organization_identifiers"]
    assert identifier["identifier"] == "5560360793"


def test_hsds_leaves_out_what_is_unknown(filled: World, settings: Settings) -> None:
    """The questions with an answer that counts, and no others: not the toilet of long ago."""
    one = filled.client(settings, "analyst").get(
        f"{API}/hsds/organizations/{filled.providers['A']}"
    )
    (location,) = one.json()["locations"]
    said = {entry["description"]: entry["details"] for entry in location["accessibility"]}
    assert said == {"entrance.step_count": "0 steps", "air.smoking": "onlyOutside"}


def test_hsds_has_pages_of_its_own(filled: World, settings: Settings) -> None:
    """Counted from 1; past the last one there is nothing."""
    client = filled.client(settings, "analyst")
    second = client.get(f"{API}/hsds/services", params={"page": 2, "per_page": 3}).json()
    assert (second["total_items"], second["total_pages"], second["size"]) == (4, 2, 1)
    assert (second["first_page"], second["last_page"], second["empty"]) == (False, True, False)
    past = client.get(f"{API}/hsds/services", params={"page": 3, "per_page": 3}).json()
    assert (past["empty"], past["contents"]) == (True, [])
    assert client.get(f"{API}/hsds/services", params={"page": 0}).status_code == 422


def test_a_manager_exports_the_own_alone(filled: World, settings: Settings) -> None:
    """Another provider's is not found."""
    client = filled.client(settings, "cafe_manager")
    page = client.get(f"{API}/hsds/services").json()
    assert page["total_items"] == 2
    for path, one in (("services", "openings"), ("organizations", "providers")):
        other = getattr(filled, one)["O3" if one == "openings" else "B"]
        assert client.get(f"{API}/hsds/{path}/{other}").status_code == 404
    path = f"{API}/sites/{filled.sites['S2']}/a11y"
    assert client.get(path).status_code == 404


@cache
def a11yjson() -> Draft7Validator:
    """The schema of a PlaceInfo: see ``schemas/README.md``."""
    schema = json.loads((SCHEMAS / "a11yjson_place_info.json").read_text())
    return Draft7Validator(schema, format_checker=FormatChecker())


def test_a11yjson_of_a_site(filled: World, settings: Settings) -> None:
    """What counts is said in A11yJSON's words, what is unknown is left out."""
    client = filled.client(settings, "analyst")
    document = client.get(f"{API}/sites/{filled.sites['S1']}/a11y").json()
    a11yjson().validate(document)
    accessibility = document["properties"]["accessibility"]
    assert accessibility == {
        "entrances": [{"properties": {"stairs": {"count": 0}}}],
        "smokingPolicy": "onlyOutside",
    }
    assert document["geometry"]["coordinates"] == [18.0, 59.3]


@given(FOUND)
def test_any_survey_is_valid_a11yjson(answers: dict[str, Answer]) -> None:
    """Every answer to every question, in any company."""
    survey = Survey(surveyed_on=TODAY, answers=answers)
    a11yjson().validate(
        a11y.place_info(replace(site("S1", surveys=(survey,)), name="Kafé"), TODAY)
    )


def test_no_answer_is_said_that_nobody_gave() -> None:
    """Without a survey nothing is said; in part, mechanical, n/a and pictures are no yes or no."""
    for answers in (
        {},
        {
            "arrival.route_step_free": "partly",
            "toilet.type": "partly",
            "air.ventilation": "mechanical",
            "levels.stairs_contrast": "n/a",
            "info.written_instructions": "pictures",
            "lift.in_service": "intermittent",
        },
    ):
        survey = Survey(surveyed_on=TODAY, answers=answers)
        document = a11y.place_info(site("S1", surveys=(survey,)), TODAY)
        assert document["properties"]["accessibility"] == {}


def test_the_lift_says_since_when_it_works() -> None:
    """As of the day that somebody looked."""
    day = TODAY - timedelta(days=10)
    answers: dict[str, Answer] = {"lift.type": "platform", "lift.in_service": "no"}
    one = site("S1", surveys=(Survey(surveyed_on=day, answers=answers),))
    (lift,) = a11y.place_info(one, TODAY)["properties"]["accessibility"]["availableEquipment"]
    assert lift == {
        "category": "wheelchairLift",
        "isWorking": False,
        "stateLastUpdate": "2026-11-21T00:00:00Z",
    }


def test_every_field_of_the_glossary_is_said() -> None:
    """What the glossary maps is mapped, or told as what cannot be; and nothing else is."""
    rows = re.findall(r"^\| `(\w+\.\w+)`\*? \|(.*)\|$", GLOSSARY.read_text(), re.MULTILINE)
    mapped = {name for name, row in rows if row.split("|")[-1].strip() != NOTHING}
    assert set(a11y.SAYS) | a11y.NOT_SAID == mapped
    assert not set(a11y.SAYS) & a11y.NOT_SAID
    assert mapped <= {field.name for field in SITE_FIELDS}


PATHS = (
    "providers",
    "sites",
    "openings",
    "hsds/organizations",
    "hsds/services",
    "hsds/service-at-locations",
    "sites/{S1}",
    "sites/{S1}/survey",
    "sites/{S1}/surveys",
    "sites/{S1}/a11y",
    "openings/{O1}",
)


def test_no_need_is_reachable(world: World, settings: Settings) -> None:
    """Somebody with every need, and words of their own: no answer here has any of it."""
    needy = replace(
        participant("PSEUDONYM-7", wishes=(seek("9413", 1),)),
        needs=frozenset(Need),
        languages=frozenset({"tlh"}),
        supervisor_id="SUPERVISOR-7",
    )
    with world.store.writing() as unit:
        reader = world.users["north_supervisor"]
        row = profiles.create(unit, world.organisations["north"], needy, [reader])
    marks = {*Need, "PSEUDONYM-7", "SUPERVISOR-7", "tlh", str(row.id)}
    names = {"S1": world.sites["S1"], "O1": world.openings["O1"]}
    for user, client in everybody(world, settings):
        if user in {"admin", "garden_manager"}:  # who see less
            continue
        for path in PATHS:
            answer = client.get(f"{API}/{path.format(**names)}")
            assert answer.status_code == 200
            assert not [mark for mark in marks if mark in answer.text]
