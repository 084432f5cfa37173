"""The API's document says everything, and what it shows holds."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from api import routes
from api.domain import RefusalCode
from api.openapi.pages import FILES
from api.permissions import OPERATIONS
from api.problems import MEDIA_TYPE
from api.schemas.problem import Problem
from api.settings import Settings
from api.texts.operations import SWEDISH, TAGS
from tests.service.described import Described, document, operations
from tests.service.world import World

EVERY = pytest.mark.parametrize("one", operations(), ids=lambda one: one.name)
ROUTES = {
    route.operation_id: route
    for router in routes.ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
}


def _validator(schema: object) -> Draft202012Validator:
    """A validator of a schema that may refer to the document's components."""
    return Draft202012Validator({"allOf": [schema], "components": document()["components"]})


def _resolved(shown: Mapping[str, Any]) -> Mapping[str, Any]:
    """An example, where it stands among the components too."""
    name = shown.get("$ref", "").rpartition("/")[2]
    return document()["components"]["examples"][name] if name else shown


def test_operations_are_those_of_the_permissions() -> None:
    """None is missing in the table of permissions, none stands there in vain."""
    assert {one.name for one in operations()} == set(OPERATIONS)
    assert len(operations()) == len(OPERATIONS)


def test_operations_have_a_swedish_sentence() -> None:
    """The Swedish of every operation, and of no other, stands in the texts."""
    assert {one.name for one in operations()} == set(SWEDISH)


@EVERY
def test_what_is_said_of_it(one: Described) -> None:
    """A name, a tag that is known, words, security, and a description of every answer."""
    assert re.fullmatch(r"[a-z]+([A-Z0-9][a-z0-9]*)*", one.name)
    assert set(one.told["tags"]) <= set(TAGS)
    assert len(one.told["tags"]) == 1
    assert one.told["summary"]
    assert one.told["description"]
    assert (one.told["security"] == []) is (OPERATIONS[one.name] is None)
    assert all(answer["description"] for answer in one.told["responses"].values())


@EVERY
def test_examples_hold(one: Described) -> None:
    """Something is shown wherever something goes in or comes out, and its schema allows it."""
    for where, kind, media in one.media():
        assert media["examples"], (where, kind)
        for shown in media["examples"].values():
            if kind in {"application/json", MEDIA_TYPE}:
                _validator(media["schema"]).validate(_resolved(shown)["value"])
    for parameter in one.told["parameters"]:
        if "$ref" not in parameter:
            for shown in parameter["examples"].values():
                _validator(parameter["schema"]).validate(shown["value"])


@EVERY
def test_what_is_sent_would_be_taken(one: Described) -> None:
    """The example of a body passes every check of its type, codes of places and work too."""
    route = ROUTES[one.name]
    if route.body_field is not None and one.example() is not None:
        TypeAdapter(route.body_field.field_info.annotation).validate_python(one.example())


@EVERY
def test_problems_are_told(one: Described) -> None:
    """What can be refused is a problem document, with an example of every code."""
    answers = {s: a for s, a in one.told["responses"].items() if s[0] not in "23"}
    assert "default" in answers
    assert "429" in answers
    assert OPERATIONS[one.name] is None or {"401", "403"} <= set(answers)
    assert "{" not in one.path or "404" in answers
    assert "requestBody" not in one.told or {"400", "413", "415", "422"} <= set(answers)
    for answer in answers.values():
        assert list(answer["content"]) == [MEDIA_TYPE]
        assert set(answer["content"][MEDIA_TYPE]["examples"]) <= set(RefusalCode)


@EVERY
def test_it_is_traced(one: Described) -> None:
    """``traceparent`` goes in and comes out."""
    assert {"$ref": "#/components/parameters/traceparent"} in one.told["parameters"]
    assert all("traceparent" in answer["headers"] for answer in one.told["responses"].values())


def test_nothing_of_fastapi_is_left() -> None:
    """Its own problem types are none of ours."""
    assert "ValidationError" not in str(document()["components"]["schemas"].keys())
    assert document()["info"]["version"]


def test_it_is_served(world: World, settings: Settings) -> None:
    """To everybody, the same each time; a problem that is really sent is one of the document."""
    client = world.client(settings, None)
    answer = client.get("/steget/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert client.get("/steget/v1/openapi.json").content == answer.content
    problem = client.get("/steget/v1/me")
    Problem.model_validate(problem.json())


def test_the_reader_is_all_ours(world: World, settings: Settings) -> None:
    """The page names only files of this host, each is there, and the policy is strict."""
    client = world.client(settings, None)
    page = client.get("/steget/v1/docs")
    assert page.status_code == 200
    named = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert len(named) == 6
    for name in named:
        if name != "data:,":
            assert re.fullmatch(r"[a-z./-]+", name)
            found = client.get(f"/steget/v1/{name}")
            assert found.status_code == 200
            assert "'unsafe" not in found.headers["content-security-policy"]
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert not re.search(r"<script>|style=| on[a-z]+=", page.text)


def test_the_reader_asks_nobody_else() -> None:
    """The start script sets no foreign validator, and names no other host."""
    start = (FILES / "start.js").read_text(encoding="utf-8")
    assert "validatorUrl: null" in start
    assert "http" not in start


def test_the_reader_is_what_its_source_says() -> None:
    """Each file that is not ours has the checksum that stands in SOURCES.md."""
    sources = (FILES / "SOURCES.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", sources, re.MULTILINE))
    for name, digest in listed.items():
        assert sha256((FILES / name).read_bytes()).hexdigest() == digest, name
    ours = {"start.js", "SOURCES.md"}
    assert {file.name for file in FILES.iterdir()} == set(listed) | ours
