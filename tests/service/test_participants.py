"""Participants over the wire: only what is shared is seen, and every reading is noted."""

from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from api.store import audit, profiles
from api.store.tables import AuditEntry, ParticipantRow
from tests.service.world import World

BASE = "/steget/v1/participants"
NEW: dict[str, Any] = {
    "code": "N-9",
    "gender": "woman",
    "birthYear": 1991,
    "municipalityCode": "0180",
    "homeArea": {"latitude": 59.31, "longitude": 18.03},
    "hoursPerWeek": 8,
    "sessionsPerWeek": 2,
    "available": ["mon_am", "tue_am"],
    "maxTravelMinutes": 45,
    "needs": ["SCENT_FREE"],
    "wishes": [{"kind": "seek", "level": "group", "code": "9413", "rank": 1}],
}


@pytest.fixture
def north(world: World, settings: Settings) -> TestClient:
    """A supervisor of North, with whom P1 is shared."""
    return world.client(settings, "north_supervisor")


def noted(world: World) -> list[tuple[str, str]]:
    """What the audit has: actions and subjects; its chain holds."""
    with world.store.reading() as unit:
        _, _, broken = audit.verify(unit)
        assert broken == ()
        rows = unit.query(AuditEntry).order_by(AuditEntry.number)
        return [(row.action, row.subject) for row in rows]


def edited(profile: dict[str, Any], **changes: object) -> dict[str, Any]:
    """A profile as it was read, with something otherwise."""
    return {**profile, **changes}


def test_only_what_is_shared_is_listed(world: World, settings: Settings) -> None:
    """P1 is shared with both of North, P2 with the second; nobody else sees either."""
    codes = {
        user: [one["code"] for one in world.client(settings, user).get(BASE).json()["items"]]
        for user in ("north_supervisor", "north_other", "south_supervisor")
    }
    assert codes == {
        "north_supervisor": ["P1"],
        "north_other": ["P1", "P2"],
        "south_supervisor": ["P3"],
    }


@pytest.mark.parametrize("name", ["P2", "P3"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("GET", "/export"),
        ("GET", "/readers"),
        ("GET", "/recommendations"),
        ("POST", "/what-if"),
    ],
)
def test_what_is_not_shared_is_not_there(
    world: World, north: TestClient, name: str, method: str, path: str
) -> None:
    """A colleague's participant and another organisation's are answered alike, and not noted."""
    body = {
        "PUT": NEW,
        "POST": {"changes": [{"subject": "participant", "name": "hoursPerWeek", "value": 9}]},
    }
    answer = north.request(
        method,
        f"{BASE}/{world.participants[name]}{path}",
        json=body.get(method),
        headers={"If-Match": '"1"'},
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert noted(world) == []


def test_created_read_and_replaced(world: World, north: TestClient) -> None:
    """What was sent is what is read; the version goes up; each act has its entry."""
    made = north.post(BASE, json=NEW)
    assert made.status_code == 201
    one = made.headers["Location"]
    assert made.headers["ETag"] == '"1"'
    profile = north.get(one).json()["profile"]
    assert {name: profile[name] for name in NEW} == NEW
    changed = edited(profile, hoursPerWeek=12, closed=True)
    answer = north.put(one, json=changed, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert answer.json()["profile"]["hoursPerWeek"] == 12
    assert answer.json()["closedAt"] is not None
    assert [action for action, _ in noted(world)] == [
        "participant.create",
        "participant.read",
        "participant.replace",
    ]
    with world.store.reading() as unit:
        row = unit.query(ParticipantRow).filter_by(code="N-9").one()
        assert profiles.profile_of(unit, row).supervisor_id == str(world.users["north_supervisor"])
        assert b"SCENT" not in row.profile


def test_nobody_overwrites_another(world: World, north: TestClient) -> None:
    """Without a version it is not done, with an old one neither."""
    one = f"{BASE}/{world.participants['P1']}"
    profile = north.get(one).json()["profile"]
    changed = edited(profile, hoursPerWeek=12)
    assert north.put(one, json=changed).status_code == 428
    assert north.put(one, json=changed, headers={"If-Match": '"7"'}).status_code == 412
    assert north.delete(one).status_code == 428
    assert north.get(one).json()["profile"] == profile


def test_the_same_key_creates_once(north: TestClient) -> None:
    """Sent twice, made once, answered alike; another body under the same key is refused."""
    key = {"Idempotency-Key": "once"}
    first, again = (north.post(BASE, json=NEW, headers=key) for _ in range(2))
    assert first.content == again.content
    assert north.post(BASE, json=edited(NEW, code="N-10"), headers=key).status_code == 409
    codes = [one["code"] for one in north.get(BASE).json()["items"]]
    assert codes == ["N-9", "P1"]


def test_a_pseudonym_is_taken_once(world: World, settings: Settings, north: TestClient) -> None:
    """In the organisation: another one may use it too."""
    taken = north.post(BASE, json=edited(NEW, code="P2"))
    assert (taken.status_code, taken.json()["code"]) == (409, "already-there")
    south = world.client(settings, "south_supervisor")
    assert south.post(BASE, json=edited(NEW, code="P2")).status_code == 201


def test_all_faults_come_together_without_what_was_sent(north: TestClient) -> None:
    """Each at its place; neither a personal number nor a need is repeated."""
    wrong = edited(
        NEW,
        code="19900101-1234",
        birthYear="soon",
        municipalityCode="9999",
        hoursPerWeek=0,
        available=["sun_am"],
        needs=["MARKER-DIAGNOSIS"],
        languages=["svenska!"],
        wishes=[
            {"kind": "seek", "level": "group", "code": "0001", "rank": 1},
            {"kind": "avoid", "level": "group", "code": "9413", "rank": 2},
        ],
        street="MARKER-STREET",
    )
    answer = north.post(BASE, json=wrong)
    assert answer.status_code == 422
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == {
        "/code": "personal_number",
        "/birthYear": "number_type",
        "/municipalityCode": "unknown_municipality",
        "/hoursPerWeek": "greater_than_equal",
        "/available/0": "literal_error",
        "/needs/0": "enum",
        "/languages/0": "not_a_language",
        "/wishes/0": "unknown_occupation_group",
        "/wishes/1": "value_unexpected",
        "/?": "extra_forbidden",  # a name that nobody knows is what was sent
    }
    for sent in ("MARKER", "19900101", "svenska!", "9999"):
        assert sent not in answer.text


def test_what_only_the_store_knows_is_told_together(world: World, north: TestClient) -> None:
    """An age that cannot be, a site that is none, a pseudonym that may not change."""
    site = str(world.sites["S1"])
    wrong = edited(NEW, birthYear=1930, excludedSites=[site, str(uuid4())])
    answer = north.put(
        f"{BASE}/{world.participants['P1']}", json=wrong, headers={"If-Match": '"1"'}
    )
    found = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert found == {
        "/birthYear": "age_out_of_range",
        "/excludedSites/1": "dangling",
        "/code": "fixed",
    }


def test_exclusions_are_random_numbers_outside_and_codes_inside(
    world: World, north: TestClient
) -> None:
    """What is excluded falls away in the answer."""
    sent = edited(NEW, needs=[], excludedProviders=[str(world.providers["B"])])
    one = north.post(BASE, json=sent).headers["Location"]
    assert north.get(one).json()["profile"]["excludedProviders"] == sent["excludedProviders"]
    answer = north.get(f"{one}/recommendations").json()
    away = {row["openingId"] for row in answer["fallsAway"]["items"]}
    assert away == {str(world.openings["O3"])}
    assert [b["code"] for b in answer["fallsAway"]["items"][0]["barriers"]] == ["EXCLUDED"]


def test_shared_and_shared_no_longer(world: World, settings: Settings) -> None:
    """P2 is shared with the first supervisor of North, never with South, never with nobody."""
    other = world.client(settings, "north_other")
    readers = f"{BASE}/{world.participants['P2']}/readers"
    first, second = (world.users[name] for name in ("north_supervisor", "north_other"))
    assert other.put(f"{readers}/{world.users['south_supervisor']}").status_code == 404
    assert other.put(f"{readers}/{world.users['north_coordinator']}").status_code == 404
    last = other.delete(f"{readers}/{second}")
    assert (last.status_code, last.json()["errors"][0]["code"]) == (422, "last_reader")
    items = other.put(f"{readers}/{first}").json()["items"]
    assert {one["userId"]: one["reads"] for one in items} == {str(first): True, str(second): True}
    assert other.put(f"{readers}/{first}").status_code == 200
    assert other.delete(f"{readers}/{second}").status_code == 200
    assert other.get(f"{BASE}/{world.participants['P2']}").status_code == 404
    mine = world.client(settings, "north_supervisor").get(BASE).json()["items"]
    assert [one["code"] for one in mine] == ["P1", "P2"]
    assert [action for action, _ in noted(world)] == [
        "participant.share",
        "participant.share",
        "participant.unshare",
    ]
