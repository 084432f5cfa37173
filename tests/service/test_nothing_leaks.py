"""A marker in every sensitive field, and then nowhere: not in a log, an error, a URL, the audit.

The first tests walk every operation of the document, so that a new one is looked at as well.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response
from sqlalchemy import MetaData, select
from starlette.testclient import TestClient

from api import logs
from api.settings import Settings
from tests.service.described import Described, operations
from tests.service.lives import TODAY, desk
from tests.service.test_participants import NEW
from tests.service.visitors import PASSWORD, SESSIONS, browser, visitor
from tests.service.world import World

MARKER = "xq7hemligtxq7"
V1 = "/steget/v1"
BODIES: tuple[Any, ...] = (
    MARKER,
    [MARKER],
    {MARKER: MARKER},
    {"needs": [MARKER], "wishes": [{"code": MARKER}], "note": {MARKER: MARKER}},
)
"""Bodies that no operation takes."""


def _spoilt(example: Any) -> Iterator[Any]:  # noqa: ANN401 -- JSON
    """An example with the marker in each of its fields in turn, and in one that is not known."""
    if not isinstance(example, dict):
        return
    for name in example:
        yield {**example, name: MARKER}
        yield {**example, name: [MARKER]}
        yield {**example, name: {MARKER: MARKER}}
    yield {**example, MARKER: MARKER}


def _sent(client: TestClient, operation: Described) -> Iterator[Response]:
    """An operation, asked with the marker wherever something can be sent."""
    headers = {"If-Match": '"1"', "X-Any": MARKER, "traceparent": MARKER}
    path = operation.path
    for name in (MARKER, str(uuid4())):
        filled = "/".join(name if part[:1] == "{" else part for part in path.split("/"))
        for query in ({}, {MARKER: MARKER}, {"limit": MARKER}):
            yield client.request(operation.method, filled, params=query, headers=headers)
    example = operation.example()
    for body in (*BODIES, *_spoilt(example)):
        yield client.request(operation.method, filled, json=body, headers=headers)
    raw = f'{{"needs": "{MARKER}'.encode()
    for kind in ("application/json", "text/csv", MARKER):
        yield client.request(
            operation.method, filled, content=raw, headers={**headers, "Content-Type": kind}
        )


def _told(answer: Response) -> str:
    """All that an answer tells: an error whole, of anything else the headers."""
    headers = json.dumps(dict(answer.headers))
    return headers + answer.text if answer.status_code >= 400 else headers


@pytest.mark.slow
@pytest.mark.parametrize(
    "user", ["north_supervisor", "cafe_manager", "north_coordinator", "admin"]
)
def test_no_error_and_no_log_repeats_what_was_sent(
    world: World, settings: Settings, user: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every operation, with what it does not take in path, query, header, body: and no failure."""
    logs.configure()
    generous = settings.model_copy(update={"requests_per_minute": 1_000_000})
    client = world.client(generous, user)
    for operation in operations():
        if operation.name == "followJob":  # goes on until its job is done
            continue
        for answer in _sent(client, operation):
            assert answer.status_code < 500, operation.name
            assert MARKER not in _told(answer), operation.name
    log = capsys.readouterr().err
    assert '"request"' in log
    assert MARKER not in log
    assert MARKER not in _audit(world)


def _rows(world: World) -> Iterator[tuple[str, str]]:
    """Every value of every table, as it stands in the database."""
    tables = MetaData()
    tables.reflect(world.store.engine)
    with world.store.engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    yield f"{table.name}.{column}", text


def _without_dice(told: str) -> str:
    """What was told without moments, random numbers and durations: any digits may stand there."""
    moment, number = r"\d{4}-\d\d-\d\dT[\d:.]+", r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}"
    return re.sub(rf'{moment}|{number}|"milliseconds": [\d.]+', "", told)


def _audit(world: World) -> str:
    return " ".join(value for place, value in _rows(world) if place.startswith("audit."))


def test_what_is_kept_of_people_is_sealed(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Needs, notes, arrangements: readable to whom they are for, and to nobody else."""
    logs.configure()
    supervisor = desk(world, settings, "north_supervisor")
    key = {"Idempotency-Key": MARKER}
    made = supervisor.client.post(f"{V1}/participants", json=NEW, headers=key)
    assert made.status_code == 201, made.text
    assert "SCENT_FREE" in supervisor.client.get(made.headers["location"]).text
    proposal = supervisor.proposed(note=MARKER)
    offer = supervisor.step(proposal, "offers", arrangements=MARKER, consented=True)
    assert offer.status_code == 200, offer.text
    manager = world.client(settings, "cafe_manager")
    assert MARKER in manager.get(f"{V1}/offers/{proposal}").text
    said = supervisor.step(proposal, "declines", by="participant", reason="health", note=MARKER)
    assert said.status_code == 200, said.text
    assert MARKER in said.text
    for secret in (MARKER, "SCENT_FREE", "59.31"):
        assert {place for place, value in _rows(world) if secret in value} == set()
    assert MARKER not in capsys.readouterr().err


def test_needs_and_reasons_are_in_no_log_and_no_audit(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a code tells of somebody's health or wishes stands where it is sealed, only."""
    logs.configure()
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.client.post(f"{V1}/participants", json=NEW)
    supervisor.client.get(made.headers["location"])
    supervisor.client.get(f"{made.headers['location']}/recommendations")
    proposal = supervisor.offered()
    supervisor.step(proposal, "starts", on=TODAY)  # refused: nobody has said yes
    told = _without_dice(capsys.readouterr().err + _audit(world))
    assert "participant.read" in told
    for code in ("SCENT_FREE", "9413", "59.31", "18.03", "1991", "N-9", "woman"):
        assert code not in told


def test_passwords_and_tokens_are_nowhere(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What opens a door is kept as a hash, told once to whom it is for, and logged never."""
    logs.configure()
    admin = browser(world, settings, "admin")
    path = f"{V1}/users/{world.users['analyst']}/password"
    assert admin.put(path, json={"password": PASSWORD}).status_code == 204
    person = visitor(world, settings)
    body = {"login": "analyst", "password": PASSWORD}
    assert person.post(SESSIONS, json={**body, "password": MARKER}).status_code == 401
    assert person.post(SESSIONS, json=body).status_code == 201
    asked = {"name": "Program", "endsAt": "2027-06-01T00:00:00Z"}
    token = person.post(f"{V1}/tokens", json=asked, headers={"Idempotency-Key": "k"})
    assert token.status_code == 201, token.text
    secret = [
        PASSWORD,
        MARKER,
        token.json()["token"],
        person.cookies["steget_session"],
        admin.cookies["steget_session"],
    ]
    told = capsys.readouterr().err
    kept = " ".join(value for _, value in _rows(world))
    assert "createSession" in told
    assert [word for word in secret if word in told or word in kept] == []
