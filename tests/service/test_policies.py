"""The policy of an organisation: who turns it, what it may be, and that every turn is kept."""

from sqlalchemy import select

from api.settings import Settings
from api.store.tables import AuditEntry, Organisation
from tests.service.world import World

WHERE = "/steget/v1/policies"
TURNED = {"unknown_needs": "check"}


def test_a_coordinator_turns_it(world: World, settings: Settings) -> None:
    """What is set, and with it every other number; the next plan is made with it."""
    client = world.client(settings, "north_coordinator")
    before = client.get(f"{WHERE}/current")
    assert before.json()["policy"] == {}
    assert before.json()["whole"]["unknown_needs"] == "exclude"
    body = {"policy": TURNED, "why": "The steering group asked"}
    after = client.put(f"{WHERE}/current", json=body, headers={"If-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["whole"]["unknown_needs"] == "check"
    assert client.get(f"{WHERE}/current").json()["policy"] == TURNED
    (change,) = client.get(f"{WHERE}/changes").json()["items"]
    assert (change["before"], change["after"], change["why"]) == ({}, TURNED, body["why"])
    assert change["userId"] == str(world.users["north_coordinator"])
    other = world.client(settings, "south_coordinator")
    assert other.get(f"{WHERE}/current").json()["policy"] == {}
    assert other.get(f"{WHERE}/changes").json()["total"] == 0
    with world.store.reading() as unit:
        actions = set(unit.scalars(select(AuditEntry.action)))
    assert "policy.change" in actions


def test_every_fault_of_it_and_nothing_changed(world: World, settings: Settings) -> None:
    """Checked as a policy file is; a change needs a reason and the version that was seen."""
    client = world.client(settings, "north_coordinator")
    bad = {"policy": {"horizon_days": -1, "nonsense": 1}, "why": "x"}
    refused = client.put(f"{WHERE}/current", json=bad, headers={"If-Match": '"1"'})
    pointers = {fault["pointer"] for fault in refused.json()["errors"]}
    assert refused.status_code == 422
    assert {"/policy/horizon_days", "/policy/?"} <= pointers
    good = {"policy": TURNED, "why": "x"}
    assert client.put(f"{WHERE}/current", json=good).status_code == 428
    stale = client.put(f"{WHERE}/current", json=good, headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    without = client.put(f"{WHERE}/current", json={"policy": TURNED}, headers={"If-Match": '"1"'})
    assert without.status_code == 422
    with world.store.reading() as unit:
        assert all(row.policy == {} for row in unit.scalars(select(Organisation)))


def test_others_do_not(world: World, settings: Settings) -> None:
    """A supervisor, a manager, an analyst: not theirs to read or turn."""
    for user in ("north_supervisor", "cafe_manager", "analyst", "admin"):
        assert world.client(settings, user).get(f"{WHERE}/current").status_code == 403


def test_an_administrator_takes_an_organisation_in(world: World, settings: Settings) -> None:
    """Once; by a code that nobody else has."""
    client = world.client(settings, "admin")
    body = {"code": "west", "name": "West", "municipalityCode": "0127"}
    made = client.post("/steget/v1/organisations", json=body)
    assert made.status_code == 201
    assert client.post("/steget/v1/organisations", json=body).status_code == 409
    listed = client.get("/steget/v1/organisations").json()
    assert [one["code"] for one in listed["items"]] == ["north", "south", "west"]
    assert world.client(settings, "analyst").get("/steget/v1/organisations").status_code == 403
