"""What cannot be right is refused with a stable code; nothing is changed, nothing is repeated."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.permissions import OPERATIONS
from api.settings import Settings
from api.store import Store
from api.store.tables import Table
from tests.service.described import Described, operations
from tests.service.world import USERS, World

PLANTED = "planted-7f3a9c"
"""What no answer may repeat."""
JSON = {"content-type": "application/json"}
OF_ITSELF = frozenset({"used_at", "seen_at"})
"""Columns that asking alone changes."""


def _user(one: Described) -> str | None:
    """Somebody who may call an operation with a token; None where everybody may."""
    allowed = OPERATIONS[one.name]
    if allowed is None:
        return None
    return next(name for name, (role, _, _) in USERS.items() if role in allowed)


def _with_token(one: Described) -> bool:
    return one.told["security"] != [{"session": []}]


SENDING = [one for one in operations() if one.example() is not None and _with_token(one)]
ASKED = [one for one in operations() if OPERATIONS[one.name] is not None and _with_token(one)]


class Asking:
    """Clients of the application, one for each user."""

    def __init__(self, world: World, settings: Settings) -> None:
        """On a world."""
        often = settings.model_copy(update={"requests_per_minute": 10**9})
        self.clients = {name: world.client(often, name) for name in (*USERS, None)}
        self.ids = {
            "participantId": world.participants["P1"],
            "openingId": world.openings["O1"],
            "siteId": world.sites["S1"],
            "providerId": world.providers["A"],
        }

    def ask(self, one: Described, **sent: Any) -> Any:  # noqa: ANN401 -- of the test client
        """Call an operation with ids of the world, where it has such; else of nothing."""
        path = re.sub(r"{(\w+)}", lambda found: str(self.ids.get(found[1], uuid4())), one.path)
        client: TestClient = self.clients[_user(one)]
        headers = {"if-match": '"1"'} | sent.pop("headers", {})
        return client.request(one.method, path, headers=headers, **sent)


@pytest.fixture
def asking(world: World, settings: Settings) -> Asking:
    """Whoever may."""
    return Asking(world, settings)


def _rows(store: Store) -> Mapping[str, list[Any]]:
    """Every row of every table, without the columns that asking alone changes."""
    with store.reading() as unit:
        return {
            table.name: sorted(
                map(repr, unit.execute(select(*_columns(table))).all()),
            )
            for table in Table.metadata.sorted_tables
        }


def _columns(table: Any) -> Iterator[Any]:  # noqa: ANN401 -- a table
    return (column for column in table.columns if column.name not in OF_ITSELF)


def _refused(answer: Any, code: str, one: Described) -> None:  # noqa: ANN401 -- of the test client
    told = answer.json()
    assert told["code"] == code, (one.name, told)
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(answer.status_code) in one.told["responses"], one.name
    assert PLANTED not in answer.text + str(answer.headers), one.name


def test_what_is_no_json(world: World, asking: Asking) -> None:
    """Cut off in the middle, or in no encoding."""
    before = _rows(world.store)
    for one in SENDING:
        for content in (f'{{"{PLANTED}": "{PLANTED}'.encode(), b'{"\xff\xfe": 1}'):
            _refused(asking.ask(one, content=content, headers=JSON), "malformed", one)
    assert _rows(world.store) == before


def test_what_has_the_wrong_type(world: World, asking: Asking) -> None:
    """A list, a word, nothing at all: every fault is told by its place."""
    before = _rows(world.store)
    for one in SENDING:
        for content in (f'["{PLANTED}"]', f'"{PLANTED}"', "null"):
            _refused(asking.ask(one, content=content, headers=JSON), "not-valid", one)
    assert _rows(world.store) == before


def test_what_nobody_asked_for(world: World, asking: Asking) -> None:
    """A field that is none: neither its name nor what it holds comes back."""
    before = _rows(world.store)
    for one in SENDING:
        body = one.example() | {PLANTED: PLANTED}
        answer = asking.ask(one, json=body)
        _refused(answer, "not-valid", one)
        assert "extra_forbidden" in {fault["code"] for fault in answer.json()["errors"]}
    assert _rows(world.store) == before


def test_each_field_of_another_type(world: World, asking: Asking) -> None:
    """One field at a time holds what it never may; the rest is as it should be."""
    before = _rows(world.store)
    for one in SENDING:
        for name in one.example():
            body = one.example() | {name: {PLANTED: [PLANTED]}}
            answer = asking.ask(one, content=json.dumps(body), headers=JSON)
            assert answer.status_code in {404, 422}, (one.name, name)
            assert PLANTED not in answer.text, (one.name, name)
    assert _rows(world.store) == before


def test_another_kind_of_content(world: World, asking: Asking) -> None:
    """Text, XML, a form, or no kind at all."""
    before = _rows(world.store)
    for one in SENDING:
        for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
            answer = asking.ask(one, content=PLANTED, headers={"content-type": kind})
            _refused(answer, "media-type", one)
    assert _rows(world.store) == before


def test_what_is_too_large(world: World, settings: Settings) -> None:
    """By what it says, and by what comes without having said."""
    small = settings.model_copy(update={"max_body_bytes": 1000, "requests_per_minute": 10**9})
    asking = Asking(world, small)
    before = _rows(world.store)

    def drops() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 10

    for one in SENDING:
        _refused(asking.ask(one, content=b" " * 2000, headers=JSON), "too-large", one)
        _refused(asking.ask(one, content=drops(), headers=JSON), "too-large", one)
    assert _rows(world.store) == before


def test_parameters_that_nobody_knows(world: World, asking: Asking) -> None:
    """Refused, not passed over; but for what an identity provider adds to its own answer."""
    before = _rows(world.store)
    told = [one for one in operations() if _with_token(one) and one.name != "finishOidcLogin"]
    assert {"readApiInfo", "createSession", "useCapacityLink"} <= {one.name for one in told}
    for one in told:
        answer = asking.ask(one, params={PLANTED: PLANTED}, json=one.example())
        _refused(answer, "unknown-parameter", one)
    assert _rows(world.store) == before


def test_ids_that_are_none(world: World, asking: Asking) -> None:
    """A path with a word where an id should be."""
    before = _rows(world.store)
    for one in ASKED:
        if "{" in one.path:
            path = one.path.replace("{", PLANTED).replace("}", "")
            headers = {"if-match": '"1"'}
            client = asking.clients[_user(one)]
            answer = client.request(one.method, path, headers=headers, json=one.example())
            _refused(answer, "not-valid", one)
    assert _rows(world.store) == before


@pytest.mark.parametrize("page", ["limit=0", "limit=101", "offset=-1", "limit=ten", "offset=1e3"])
def test_pages_that_are_none(asking: Asking, page: str) -> None:
    """Outside of what is lawful, or no number."""
    for one in ASKED:
        names = {parameter.get("name") for parameter in one.told["parameters"]}
        if {"limit", "offset"} <= names:
            _refused(asking.ask(one, params=page), "not-valid", one)


def test_versions_that_are_none(world: World, asking: Asking) -> None:
    """No If-Match: 428. One that was never given out: 412, or 404 where nothing is."""
    before = _rows(world.store)
    for one in ASKED:
        if "428" in one.told["responses"]:
            missing = asking.ask(one, json=one.example(), headers={"if-match": ""})
            _refused(missing, "precondition-required", one)
            strange = asking.ask(one, json=one.example(), headers={"if-match": PLANTED})
            _refused(strange, "precondition-failed", one)
    assert _rows(world.store) == before


@pytest.mark.parametrize(
    "token", ["", "Bearer", f"Bearer {PLANTED}", f"Basic {PLANTED}", f"Bearer steget_{PLANTED}"]
)
def test_tokens_that_are_none(asking: Asking, token: str) -> None:
    """Not known, cut off, or of another kind: nobody."""
    client = asking.clients[None]
    for one in (ASKED[0], ASKED[-1]):
        answer = client.request(one.method, one.path, headers={"authorization": token})
        _refused(answer, "not-authenticated", one)


def test_methods_that_are_none(asking: Asking) -> None:
    """Another method than the path has."""
    answer = asking.clients[None].patch("/steget/v1/api-info", content=PLANTED)
    assert answer.status_code == 405
    assert answer.json()["code"] == "method"
    assert PLANTED not in answer.text
