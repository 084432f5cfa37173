"""Attacks: what somebody could try to learn or do that is not theirs; each worked once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from time import sleep
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from api.auth import logins, passwords
from api.domain import Principal, Refusal, Role
from api.doorway import Once
from api.jobs import insights
from api.settings import Settings
from api.store import known, placements, rights, sharing
from api.store.tables import OpeningRow, ParticipantRow, PlacementRow, User
from matcher.domain import Need, PlacementStatus
from tests.builders import opening, participant, placement, problem_of, provider, seek, site, week
from tests.service.lives import V1, desk, look, state, taken
from tests.service.visitors import PASSWORD, SESSIONS, give_password, visitor
from tests.service.working import brought, queued, turn, zipped
from tests.service.world import OPENINGS, PROVIDERS, SITES, World


def _placed(code: str, *beside: str) -> bytes:
    """A data set in which somebody of that pseudonym has started, with profiles of others."""
    there = placement(
        participant_id=code,
        opening_id="O9",
        status=PlacementStatus.ONGOING,
        sessions=week("mon_am"),
    )
    places = (provider("P9"), site("S9", provider_id="P9"), opening("O9", site_id="S9", seats=5))
    return zipped(problem_of(*map(participant, beside or ("N9",)), *places, there))


def test_nobody_places_participants_of_a_colleague(world: World, settings: Settings) -> None:
    """By an upload a supervisor neither starts a placement of P2 nor learns of one."""
    mine = world.client(settings, "north_supervisor")
    answers = [brought(mine, world.store, _placed("P2"))]
    assert look(world, lambda unit: unit.query(PlacementRow).count()) == 0
    brought(world.client(settings, "north_coordinator"), world.store, _placed("P2", "N8"))
    answers.append(brought(mine, world.store, _placed("P2")))
    told = [[(one["table"], one["code"]) for one in answer["faults"]] for answer in answers]
    assert told == [[("placements", "not_shared")]] * 2


def test_nobody_fills_a_managed_place_with_nobody(world: World, settings: Settings) -> None:
    """Whom nobody knows nobody could end: such a seat would be gone for good."""
    nobody = placement(participant_id="X1", opening_id="O3", sessions=week("mon_am"))
    garden = (PROVIDERS["B"], SITES["S2"], OPENINGS["O3"])
    content = zipped(problem_of(participant("N9"), *garden, nobody))
    for user in ("north_supervisor", "south_coordinator"):
        found = brought(world.client(settings, user), world.store, content)
        assert [one["code"] for one in found["faults"]] == ["kept_by_provider"]
    assert taken(world, "O3") == 0


def test_one_s_own_are_placed_by_an_upload(world: World, settings: Settings) -> None:
    """P1 is shared with the supervisor, and is placed."""
    mine = world.client(settings, "north_supervisor")
    found = brought(mine, world.store, _placed("P1"))
    assert (found["state"], found["new"]["placements"]) == ("done", 1)
    told = world.client(settings, "admin").get(f"{V1}/audit-entries?action=placement.import")
    who = f"supervisor:{world.users['north_supervisor']}"  # who brought it in, not only how
    assert [one["who"] for one in told.json()["items"]] == [who]


def test_jobs_stay_with_the_organisation(world: World, settings: Settings) -> None:
    """A coordinator who moves to South sees and cancels no job of North any more."""
    job = queued(world)
    with world.store.writing() as unit:
        user = unit.get_one(User, world.users["north_coordinator"])
        user.organisation_id = world.organisations["south"]
    client = world.client(settings, "north_coordinator")
    assert client.get(f"{V1}/jobs").json()["total"] == 0
    assert client.get(f"{V1}/jobs/{job}").status_code == 404
    assert client.post(f"{V1}/jobs/{job}/cancellation").status_code == 404


def _erase(world: World) -> str:
    """What comes of erasing P1."""
    who = Principal(
        user_id=world.users["north_other"],
        role=Role.SUPERVISOR,
        organisation_id=world.organisations["north"],
    )
    try:
        with world.store.writing() as unit:
            row = unit.get_one(ParticipantRow, world.participants["P1"])
            rights.erase(unit, who, row, row.version)
    except Refusal as refusal:
        return str(refusal.code)
    return "erased"


def test_who_is_being_offered_a_seat_is_not_erased(world: World, settings: Settings) -> None:
    """The offer is not done yet when the erasure looks: it waits, and then refuses."""
    made = desk(world, settings, "north_supervisor").proposed("P1", "O1")
    who = Principal(
        user_id=world.users["north_supervisor"],
        role=Role.SUPERVISOR,
        organisation_id=world.organisations["north"],
    )
    offered, go_on = Event(), Event()

    def offer() -> None:
        with world.store.writing() as unit:
            placements.offer(unit, who, UUID(made), placements.Terms(days=14))
            offered.set()
            go_on.wait()

    with ThreadPoolExecutor(2) as pool:
        offering = pool.submit(offer)
        offered.wait()
        erasing = pool.submit(_erase, world)
        sleep(0.2)  # the erasure stands where it waits
        go_on.set()
        offering.result()
        assert erasing.result() == "wrong-state"
    assert state(world, made) == "offered"  # and the counters agree


class _Number(BaseModel):
    number: UUID


def test_a_key_sent_twice_at_once_is_done_once(world: World) -> None:
    """The second waits for the answer of the first, and is given it."""
    who = Principal(user_id=world.users["admin"], role=Role.ADMIN)
    inside, go_on = Event(), Event()

    def ask(*, first: bool) -> bytes:
        with world.store.writing() as unit:
            once = Once(unit, who, "k", b"body")
            answer = bytes(once(lambda: (_Number(number=uuid4()), {})).body)
            if first:
                inside.set()
                go_on.wait()
            return answer

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(ask, first=True)
        inside.wait()
        two = pool.submit(ask, first=False)
        sleep(0.2)  # the second stands where it waits
        go_on.set()
        assert one.result() == two.result()


def test_a_token_that_nobody_looks_at_is_no_way_round(world: World, settings: Settings) -> None:
    """What needs no login does not look at tokens: with any, one is slowed all the same."""
    client = visitor(world, settings.model_copy(update={"requests_per_minute": 3}))
    headers = {"Authorization": "Bearer anything", "Capacity-Link": "anything"}
    path = f"{V1}/capacity-links/capacity"
    assert [client.get(path, headers=headers).status_code for _ in range(4)] == [404] * 3 + [429]


def test_a_password_that_was_changed_meanwhile(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the old one is worked on, an administrator sets another: no session comes of it."""
    give_password(world, "analyst")
    holds = passwords.holds

    def slow(kept: str | None, password: str) -> bool:
        found = holds(kept, password)
        with world.store.writing() as unit:
            user = unit.get_one(User, world.users["analyst"])
            logins.keep_password(unit, user, "another")
        return found

    monkeypatch.setattr(passwords, "holds", slow)
    client = visitor(world, settings)
    answer = client.post(SESSIONS, json={"login": "analyst", "password": PASSWORD})
    assert answer.status_code == 401


def _twins(world: World, settings: Settings, *needs: Need) -> UUID:
    """Two who differ by a protected identity alone, and an opening that both could go to."""
    people = [
        participant(
            name,
            protected_identity=name == "N1",
            needs=frozenset(needs),
            wishes=(seek("7231", 1),),
        )
        for name in ("N1", "N2")
    ]
    places = (provider("P9"), site("S9", provider_id="P9"), opening("O9", site_id="S9", seats=5))
    supervisor = world.client(settings, "north_supervisor")
    assert brought(supervisor, world.store, zipped(problem_of(*people, *places)))["new"]
    return look(world, lambda unit: unit.query(OpeningRow).filter_by(code="O9").one()).id


def test_candidates_tell_a_coordinator_of_no_need(world: World, settings: Settings) -> None:
    """A question about a need is for whom they are shared with; so is whom it is put to."""
    where = f"{V1}/openings/{_twins(world, settings, Need.STEP_FREE)}/candidates"
    mine = world.client(settings, "north_supervisor").get(where)
    assert "STEP_FREE" in mine.text
    theirs = world.client(settings, "north_coordinator").get(where)
    assert "STEP_FREE" not in theirs.text
    twins = [row for row in theirs.json()["items"] if row["code"] in {"N1", "N2"}]
    assert [row | {"code": ""} for row in twins] == [twins[0] | {"code": ""}] * 2


def test_a_plan_does_not_tell_who_is_protected(world: World, settings: Settings) -> None:
    """Nothing of journeys: the one that is not known would be theirs."""
    _twins(world, settings)
    client = world.client(settings, "north_coordinator")
    job = client.post(f"{V1}/plans", json={})
    assert turn(world.store)
    plan = client.get(job.headers["Location"]).json()["planId"]
    rows = client.get(f"{V1}/plans/{plan}/assignments").json()["items"]
    told = {"participant", "participantId", "opening", "openingId", "startsOn", "sessions"}
    told |= {"title", "site", "points", "normGoalMet", "pinned", "fromHome"}
    assert {"N1", "N2"} <= {row["participant"] for row in rows}
    assert {key for row in rows for key in row} == told


def _load(participants: int, looking: int, placed: int) -> Any:  # noqa: ANN401 -- as the engine's
    return SimpleNamespace(
        supervisor_id="H",
        participants=participants,
        looking=looking,
        placed=placed,
        unplaced=looking - placed,
    )


def test_few_are_not_found_by_subtraction() -> None:
    """Two of twelve do not look: their number is not told by the parts of the ten who do."""
    told = insights.load_of(_load(12, 10, 5))
    assert (told["looking"], told["placed"], told["unplaced"]) == (None, None, None)
    rows = insights.supervisors_of([_load(9, 9, 9), _load(6, 6, 6), _load(2, 2, 2)])
    assert [row["participants"] for row in rows] == [9]  # 17 - 9 - 6 would tell of the two
    rows = insights.supervisors_of([_load(9, 9, 9), _load(4, 4, 4), _load(3, 3, 3)])
    assert [row["participants"] for row in rows] == [9]


def test_whoever_is_protected_is_in_no_figure() -> None:
    """Not in how many there are, and not in what another seat would give; what they hold stays."""
    hidden = participant("P2", protected_identity=True)
    held = placement(participant_id="P2", status=PlacementStatus.ONGOING)
    found = insights.unprotected(
        problem_of(participant("P1"), hidden, held, provider(), site(), opening())
    )
    assert [one.participant_id for one in found.participants] == ["P1"]
    assert [one.participant_id for one in found.placements] == ["P2"]


@pytest.mark.parametrize("reason", ["health", "chemistry", "other_activity"])
def test_reasons_of_a_person_are_not_in_the_audit(
    world: World, settings: Settings, reason: str
) -> None:
    """Administrators read it, and it outlives an erasure; the step itself keeps the reason."""
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.proposed()
    answer = supervisor.step(made, "declines", by="participant", reason=reason)
    assert answer.json()["steps"][-1]["reason"] == reason
    told = world.client(settings, "admin").get(f"{V1}/audit-entries", params={"limit": 100}).text
    assert "placement.decline" in told
    assert reason not in told


def test_sharing_twice_at_once_does_no_harm(world: World) -> None:
    """The second waits until the first is done, and finds that it is."""
    inside, go_on = Event(), Event()

    def share(*, first: bool) -> None:
        with world.store.writing() as unit:
            row = unit.get_one(ParticipantRow, world.participants["P2"])
            sharing.share(unit, row, world.users["north_supervisor"])
            if first:
                inside.set()
                go_on.wait()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(share, first=True)
        inside.wait()
        two = pool.submit(share, first=False)
        sleep(0.2)  # the second stands where it waits
        go_on.set()
        one.result()
        two.result()


def test_a_change_that_began_first_and_ended_last_is_seen(world: World) -> None:
    """The newest moment stays the same; the plan that stands is another all the same."""
    north = world.organisations["north"]
    with world.store.reading() as unit:
        before = known.state_of_people(unit, north)
        row = unit.get_one(ParticipantRow, world.participants["P1"])
    with replace(world.store, clock=lambda: row.created_at).writing() as unit:
        changed = unit.get_one(ParticipantRow, row.id)
        changed.version += 1
    with world.store.reading() as unit:
        assert known.state_of_people(unit, north) != before
