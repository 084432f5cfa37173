"""Plans: the same as the command line's, of the own organisation, compared, and taken over."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

import data
from api.settings import Settings
from api.store import plans
from api.store.tables import OpeningRow, Organisation, ParticipantRow, PlacementRow, PlanRow
from matcher.dataset import read
from matcher.policy import Policy
from matcher.solve.door import plan
from tests.builders import opening, participant, placement, problem_of, provider, seek, site
from tests.service.working import BASE, brought, turn, zipped
from tests.service.world import PLAN_DATE, World

TOWN = Path(data.__file__).parent / "town"
DAY = {"planDate": PLAN_DATE.isoformat()}


def _made(client: TestClient, world: World, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A plan, made by a worker."""
    answer = client.post(f"{BASE}/plans", json=DAY | asked)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"{BASE}/jobs/{answer.json()['id']}"
    assert turn(world.store)
    job = client.get(answer.headers["Location"]).json()
    assert job["state"] == "done", job
    found = client.get(f"{BASE}/plans/{job['planId']}")
    assert found.headers["ETag"] == '"1"'
    return dict(found.json())


def test_the_plan_is_the_engines(world: World, settings: Settings) -> None:
    """What a worker makes of what was brought in is what the engine makes of the files."""
    supervisor = world.client(settings, "north_supervisor")
    assert brought(supervisor, world.store, zipped(read(TOWN, PLAN_DATE)))["state"] == "done"
    with world.store.writing() as unit:  # the world's own would be planned along
        for row in unit.scalars(
            select(ParticipantRow).where(ParticipantRow.code.in_(["P1", "P2"]))
        ):
            row.closed_at = row.created_at
        for one in unit.scalars(select(OpeningRow).where(OpeningRow.code.in_(["O1", "O2", "O3"]))):
            one.status = "paused"
    client = world.client(settings, "north_coordinator")
    made = _made(client, world)
    outcome = plan(read(TOWN, PLAN_DATE), Policy())
    assert outcome.plan is not None
    assert made["status"] == outcome.status
    assert [(goal["name"], goal["value"], goal["bound"]) for goal in made["goals"]] == [
        (goal.name, goal.value, goal.bound) for goal in outcome.goals
    ]
    with world.store.reading() as unit:
        row = unit.get(PlanRow, UUID(made["id"]))
        assert row is not None
        stored = plans.opened(unit, row)
        assert b"P0001" not in row.rows
    known = {p.participant_id for p in read(TOWN, PLAN_DATE).participants}
    of_plan = [one for one in outcome.plan.assignments if one.participant_id in known]
    assert [one for one in stored.assignments if one.participant_id in known] == of_plan
    assert stored.unplaced == outcome.plan.unplaced


def test_who_is_placed_and_who_is_not(world: World, settings: Settings) -> None:
    """Pseudonyms in pages; another organisation's plan is not found, other roles may not."""
    client = world.client(settings, "north_coordinator")
    made = _made(client, world)
    assert (made["placed"], made["looking"], made["participants"]) == (2, 2, 2)
    page = client.get(f"{BASE}/plans/{made['id']}/assignments", params={"limit": 1})
    assert (page.json()["total"], len(page.json()["items"])) == (2, 1)
    assert 'rel="next"' in page.headers["Link"]
    first = page.json()["items"][0]
    assert first["participant"] == "P1"
    assert first["participantId"] == str(world.participants["P1"])
    assert "ask" not in first
    rest = client.get(f"{BASE}/plans/{made['id']}/unplaced").json()
    assert rest["total"] == 0
    for path in ("", "/assignments", "/unplaced", f"/comparison?with={made['id']}"):
        url = f"{BASE}/plans/{made['id']}{path}"
        assert world.client(settings, "south_coordinator").get(url).status_code == 404
        assert world.client(settings, "north_supervisor").get(url).status_code == 403
    assert client.get(f"{BASE}/plans").json()["total"] == 1
    assert world.client(settings, "south_coordinator").get(f"{BASE}/plans").json()["total"] == 0


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"policy": {"horizon_days": 0}}, [("/policy/horizon_days", "out_of_range")]),
        ({"policy": {"colour": 1}}, [("/policy/?", "unknown_key")]),
        ({"policy": {"goals": ["stability"]}}, [("/former", "former_missing")]),
        ({"seconds": 0}, [("/seconds", "greater_than_equal")]),
    ],
)
def test_what_cannot_be_planned(
    world: World, settings: Settings, asked: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    """Said before a job is made of it."""
    answer = world.client(settings, "north_coordinator").post(f"{BASE}/plans", json=DAY | asked)
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == faults
    assert not turn(world.store)


def test_a_plan_is_started_once(world: World, settings: Settings) -> None:
    """The same key: the same job."""
    client = world.client(settings, "north_coordinator")
    head = {"Idempotency-Key": "k"}
    sent = [client.post(f"{BASE}/plans", json=DAY, headers=head).json()["id"] for _ in "ab"]
    assert sent[0] == sent[1]
    assert client.get(f"{BASE}/jobs").json()["total"] == 1


def test_a_former_plan_and_a_comparison(world: World, settings: Settings) -> None:
    """The seat that P1 had is gone: the new plan stays near, and says what is different."""
    client = world.client(settings, "north_coordinator")
    before = _made(client, world)
    with world.store.writing() as unit:
        for one in unit.scalars(select(OpeningRow).where(OpeningRow.code.in_(["O1", "O2"]))):
            one.status = "paused"
    goals = {"goals": ["placed", "stability"]}
    after = _made(client, world, policy=goals, former=before["id"])
    assert after["former"] == before["id"]
    url = f"{BASE}/plans/{after['id']}/comparison"
    found = client.get(url, params={"with": before["id"]}).json()
    assert (found["gained"], found["lost"]) == ([], [])
    assert {one["after"] for one in found["moved"]} <= {"O3"}
    assert found["kept"] + len(found["moved"]) == 2
    assert found["goals"][0]["name"] == "placed"
    other = world.client(settings, "south_coordinator")
    theirs = _made(other, world)
    assert client.get(url, params={"with": theirs["id"]}).status_code == 404
    stolen = other.post(f"{BASE}/plans", json=DAY | {"policy": goals, "former": before["id"]})
    assert stolen.status_code == 404


def test_adopting(world: World, settings: Settings) -> None:
    """A proposal for each row, once; with the plan that it comes from."""
    client = world.client(settings, "north_coordinator")
    made = _made(client, world)
    url = f"{BASE}/plans/{made['id']}/adoption"
    assert client.post(url).status_code == 428
    assert client.post(url, headers={"If-Match": '"7"'}).status_code == 412
    answer = client.post(url, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["proposed"], answer.json()["notProposed"]) == (2, [])
    assert client.post(url, headers={"If-Match": '"2"'}).status_code == 409
    with world.store.reading() as unit:
        rows = unit.scalars(select(PlacementRow)).all()
        assert {(row.state, row.plan_id) for row in rows} == {("proposed", UUID(made["id"]))}
        assert {row.participant_id for row in rows} == {
            world.participants["P1"],
            world.participants["P2"],
        }
    assert client.get(f"{BASE}/plans/{made['id']}").json()["adoptedAt"]


def test_a_seat_that_is_not_free_yet(world: World, settings: Settings) -> None:
    """N1's seat is held until the end of May, and the place takes people from June: it waits."""
    ends = date(2035, 5, 31)
    later = opening("O9", site_id="S9", seats=1)
    later = replace(later, starts_from=date(2035, 6, 1))
    wanted = participant("N1", wishes=(seek("9413", 1),))
    there = placement(participant_id="N2", opening_id="O9", ends_on=ends)
    problem = problem_of(
        wanted, participant("N2"), provider("C"), site("S9", provider_id="C"), later, there
    )
    supervisor = world.client(settings, "north_supervisor")
    assert brought(supervisor, world.store, zipped(problem))["state"] == "done"
    with world.store.writing() as unit:
        for one in unit.scalars(select(OpeningRow).where(OpeningRow.code.in_(["O1", "O2", "O3"]))):
            one.status = "paused"
    client = world.client(settings, "north_coordinator")
    with world.store.writing() as unit:
        unit.get_one(Organisation, world.organisations["north"]).policy = {"horizon_days": 3650}
    made = _made(client, world, planDate="2026-12-01")
    assert made["placed"] == 1
    answer = client.post(f"{BASE}/plans/{made['id']}/adoption", headers={"If-Match": '"1"'})
    (waiting,) = answer.json()["waiting"]
    assert waiting["waitsUntil"] == "2035-06-01"
