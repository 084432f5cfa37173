"""The rights of a participant: to see everything that is stored, and to be forgotten."""

from typing import Any

import pytest

from api.domain import Principal, Role
from api.settings import Settings
from api.store import Store, audit, jobs, plans
from api.store.tables import (
    AuditEntry,
    JobRow,
    ParticipantRow,
    PlacementRow,
    PlacementStep,
    PlanRow,
    Replay,
)
from tests.service.lives import Desk, at_noon, desk
from tests.service.test_participants import BASE, NEW
from tests.service.town import town
from tests.service.world import World

NOTE = "MARKER-NOTE"


@pytest.fixture
def noon(world: World) -> World:
    """The world at noon."""
    return at_noon(world)[0]


def person(noon: World, name: str = "P1") -> str:
    """Where a participant is read."""
    return f"{BASE}/{noon.participants[name]}"


def declined(noon: World, settings: Settings) -> Desk:
    """Somebody at the API, who has offered P1 a place and noted the participant's no."""
    supervisor = desk(noon, settings, "north_supervisor")
    offered = supervisor.offered("P1", "O1")
    said = supervisor.step(offered, "declines", by="participant", reason="other", note=NOTE)
    assert said.status_code == 200, said.text
    return supervisor


def test_everything_that_is_stored_is_exported(noon: World, settings: Settings) -> None:
    """The profile, with whom it is shared, placements with notes, and the audit about them."""
    client = declined(noon, settings).client
    found = client.get(f"{person(noon)}/export").json()
    assert found["participant"]["profile"]["code"] == "P1"
    assert {one["name"] for one in found["sharedWith"]} == {"north_supervisor", "north_other"}
    (placement,) = found["placements"]
    assert (placement["state"], placement["openingId"]) == (
        "declined",
        str(noon.openings["O1"]),
    )
    steps = {(one["step"], one["reason"], one["note"]) for one in placement["steps"]}
    assert steps == {
        ("propose", None, None),
        ("offer", None, None),
        ("decline", "other", NOTE),
    }
    actions = [entry["action"] for entry in found["audit"]]
    assert actions == ["placement.propose", "placement.offer", "placement.decline"]
    again = client.get(f"{person(noon)}/export").json()
    assert [entry["action"] for entry in again["audit"]][-1] == "participant.export"


def test_what_plans_have_is_exported_too(store: Store, settings: Settings) -> None:
    """Everybody stands in the plan: with a place, or with the cause why not."""
    tiny = town(store)
    plan = tiny.planned()
    engine = {a.participant_id: a for a in tiny.engine().plan.assignments}
    for name, row in tiny.people.items():
        found = tiny.client(settings).get(f"{BASE}/{row}/export").json()["proposals"]
        expected = engine.get(name)  # type: ignore[call-overload]
        assert {one["planId"] for one in found} <= {str(plan)}
        assert [one["openingCode"] for one in found if one["openingCode"]] == (
            [expected.opening_id] if expected else []
        )


def test_erased_is_gone_everywhere(noon: World, settings: Settings) -> None:
    """No profile, no note, no kept answer; the placement stays without a person in it."""
    supervisor = declined(noon, settings)
    client = supervisor.client
    client.post(BASE, json=NEW, headers={"Idempotency-Key": "k"})
    proposed = supervisor.proposed("P1", "O2")
    answer = client.delete(person(noon), headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["placements"], told["notes"], told["participantId"]) == (
        2,
        1,
        str(noon.participants["P1"]),
    )
    assert [one["code"] for one in told["kept"]] == [
        "placements",
        "audit",
        "unmet_demand",
        "backups",
    ]
    assert client.get(person(noon)).status_code == 404
    with noon.store.reading() as unit:
        assert unit.get(ParticipantRow, noon.participants["P1"]) is None
        rows = unit.query(PlacementRow).all()
        assert {row.participant_id for row in rows} == {None}
        states = {str(row.id): row.state for row in rows}
        assert states[proposed] == "withdrawn"
        assert {step.note for step in unit.query(PlacementStep)} == {None}
        actions = [entry.action for entry in unit.query(AuditEntry).order_by(AuditEntry.number)]
        assert actions[-2:] == ["placement.withdraw", "participant.erase"]
        assert audit.verify(unit)[2] == ()
        assert unit.query(Replay).count() == 1  # the answer about another


def test_a_held_seat_is_given_back_first(noon: World, settings: Settings) -> None:
    """An offer that waits holds a seat: nobody is erased from under it, and nothing is changed."""
    supervisor = desk(noon, settings, "north_supervisor")
    offered = supervisor.offered("P1", "O1")
    answer = supervisor.client.delete(person(noon), headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
    assert [fault["code"] for fault in answer.json()["errors"]] == ["holds_a_seat"]
    assert supervisor.client.get(person(noon)).headers["ETag"] == '"1"'
    assert supervisor.step(offered, "withdrawals", reason="other").status_code == 200
    gone = supervisor.client.delete(person(noon), headers={"If-Match": '"1"'})
    assert gone.status_code == 200


def test_kept_answers_plans_and_uploads_are_forgotten(store: Store, settings: Settings) -> None:
    """What an answer, a plan, a job of the organisation had of them is there no more."""
    tiny = town(store)
    client = tiny.client(settings)
    made = client.post(BASE, json=NEW, headers={"Idempotency-Key": "k"})
    plan = tiny.planned()
    who = Principal(
        user_id=tiny.supervisor, role=Role.COORDINATOR, organisation_id=tiny.organisation
    )
    with tiny.store.writing() as unit:
        job = jobs.queue(unit, who, jobs.Kind.IMPORT, {}, b"N-9;SCENT_FREE")
        job.state = "done"
    erased: list[dict[str, Any]] = []
    for where in (made.headers["Location"], f"{BASE}/{tiny.people['P01']}"):
        answer = client.delete(where, headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
        erased.append(answer.json())
    assert [(one["plans"], one["answers"]) for one in erased] == [(0, 2), (1, 0)]
    with tiny.store.reading() as unit:
        assert unit.query(Replay).count() == 0
        assert [row.content for row in unit.query(JobRow).filter_by(kind="import")] == [None]
        rows = plans.opened(unit, unit.get_one(PlanRow, plan))
        names = {one.participant_id for one in (*rows.assignments, *rows.unplaced)}
        assert "P01" not in names
        assert names
