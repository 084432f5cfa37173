"""Openings: what is free, how fresh it is, what one can look for, what is changed elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api.settings import Settings
from api.store.places import keep_opening, keep_site, keep_survey
from api.store.tables import HalfDayRow, OpeningRow
from matcher.domain import OpeningStatus, Survey, SurveyMethod, sessions_of
from matcher.survey import Answer
from tests.builders import opening, site
from tests.service.test_providers import API, TERMS, cafe, new_opening
from tests.service.world import World

__all__ = ["cafe"]


def codes(client: TestClient, **asked: str | int) -> list[str]:
    """The codes of the openings that are found."""
    answer = client.get(f"{API}/openings", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["code"] for item in answer.json()["items"]]


def test_a_new_opening_has_all_its_seats_free(world: World, cafe: TestClient) -> None:
    """Two seats on two half-days, confirmed by whoever made it; and the database has the rows."""
    answer = cafe.post(f"{API}/openings", json=new_opening(world, sessionSeats=1))
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body == cafe.get(answer.headers["location"]).json()
    assert (body["seats"], body["taken"], body["freeSeats"]) == (2, 0, 2)
    assert body["halfDays"] == [
        {"name": "mon_am", "seats": 1, "free": 1},
        {"name": "wed_am", "seats": 1, "free": 1},
    ]
    assert (body["confirmedThrough"], body["stale"]) == ("account", False)
    assert body["municipalityCode"] == "0180"
    assert body["field"] is not None
    with world.store.reading() as unit:
        row = unit.get(HalfDayRow, (UUID(body["id"]), 4))
        assert row is not None
        assert row.seats == 1


def test_a_new_opening_comes_once(world: World, cafe: TestClient) -> None:
    """Sent twice with one key, there is one; without it the code is taken."""
    body, key = new_opening(world), {"Idempotency-Key": "k"}
    answers = [cafe.post(f"{API}/openings", json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert cafe.post(f"{API}/openings", json=body).status_code == 409
    assert codes(cafe) == ["O1", "O2", "O9"]


def test_what_nobody_said_is_unknown(world: World, cafe: TestClient) -> None:
    """Insurance, work that may follow, and the task: null in, null out, through an edit too."""
    made = cafe.post(f"{API}/openings", json=new_opening(world, work={"pace": "high"})).json()
    assert (made["insurance"], made["mayHire"], made["hoursMin"]) == (None, None, 4)
    assert made["work"] == {
        "posture": None,
        "liftMaxKg": None,
        "pace": "high",
        "predictability": None,
        "customerContact": None,
    }
    path, seen = f"{API}/openings/{made['id']}", {"If-Match": '"1"'}
    edit = TERMS | {"mayHire": False, "insurance": "required", "work": {"liftMaxKg": 0}}
    after = cafe.put(path, json=edit, headers=seen).json()
    assert (after["insurance"], after["mayHire"]) == ("required", False)
    assert (after["work"]["liftMaxKg"], after["work"]["pace"]) == (0, None)


def test_capacity_is_changed_elsewhere(world: World, cafe: TestClient) -> None:
    """Seats, half-days and whether it takes people at all: a clear fault, and nothing changes."""
    path = f"{API}/openings/{world.openings['O2']}"
    before = cafe.get(path).json()
    changes: tuple[dict[str, Any], ...] = (
        {"seats": 5},
        {"sessionSeats": None},
        {"halfDays": ["fri_pm"]},
        {"status": "paused"},
    )
    for change in changes:
        answer = cafe.put(path, json=TERMS | change, headers={"If-Match": '"1"'})
        assert answer.status_code == 422
        (fault,) = answer.json()["errors"]
        assert (fault["pointer"], fault["code"]) == (f"/{next(iter(change))}", "capacity")
        assert "openings/{id}/capacity" in fault["detail"]
    assert cafe.get(path).json() == before


def test_an_edit_leaves_what_is_held(world: World, cafe: TestClient) -> None:
    """A paused opening with a seat and a half-day taken stays so when its title changes."""
    one = world.openings["O2"]
    with world.store.writing() as unit:
        taken = update(OpeningRow).where(OpeningRow.id == one)
        unit.execute(taken.values(taken=1, status="paused"))
        monday = update(HalfDayRow).where(HalfDayRow.opening_id == one, HalfDayRow.session == 0)
        unit.execute(monday.values(taken=1))
    path = f"{API}/openings/{one}"
    after = cafe.put(path, json=TERMS, headers={"If-Match": '"1"'}).json()
    assert (after["title"], after["status"], after["freeSeats"]) == ("Kafébiträde", "paused", 1)
    assert [day["free"] for day in after["halfDays"]] == [1] + [2] * 9


def test_every_fault_at_once(world: World, cafe: TestClient) -> None:
    """All of them, each where it is."""
    body = new_opening(
        world,
        occupationGroup="0000",
        hoursMin=20,
        hoursMax=4,
        startsFrom="2027-02-01",
        startsUntil="2027-01-01",
        eligibleMunicipalities=["0180", "9999"],
        languages=["swedish!"],
        halfDays=["mon_am", "sat_am"],
        seats="2",
        mayHire="yes",
        work={"posture": "lying", "mood": "good"},
    )
    answer = cafe.post(f"{API}/openings", json=body)
    assert answer.status_code == 422
    assert {fault["pointer"].removeprefix("/") for fault in answer.json()["errors"]} == {
        "occupationGroup",
        "hoursMax",
        "startsUntil",
        "eligibleMunicipalities/1",
        "languages/0",
        "halfDays/1",
        "seats",
        "mayHire",
        "work/posture",
        "work/?",  # a name that is none is not repeated
    }
    assert codes(cafe) == ["O1", "O2"]


@pytest.fixture
def market(world: World) -> World:
    """Beside the others: O4 in Sigtuna, a carpenter's, paused and full."""
    with world.store.writing() as unit:
        keep_site(unit, site("S3", provider_id="B", municipality_code="0191"))
        paused = opening(
            "O4", site_id="S3", seats=0, occupation_group="7111", status=OpeningStatus.PAUSED
        )
        keep_opening(unit, paused)
    return world


def test_what_one_can_look_for(market: World, settings: Settings) -> None:
    """Field, group, municipality, provider, status and free seats, alone and together."""
    client = market.client(settings, "north_supervisor")
    garden = str(market.providers["B"])
    field = client.get(f"{API}/openings/{market.openings['O1']}").json()["field"]
    assert codes(client) == ["O1", "O2", "O3", "O4"]
    assert codes(client, occupationGroup="7111") == ["O4"]
    assert codes(client, field=field) == ["O1", "O2", "O3"]
    assert codes(client, field=field, occupationGroup="7111") == []
    assert codes(client, municipalityCode="0191") == ["O4"]
    assert codes(client, providerId=garden) == ["O3", "O4"]
    assert codes(client, providerId=garden, status="open") == ["O3"]
    assert codes(client, freeSeats=1) == ["O1", "O2", "O3"]
    assert codes(client, freeSeats=3) == ["O3"]
    for name in ("field", "occupationGroup", "municipalityCode", "status", "freeSeats"):
        answer = client.get(f"{API}/openings", params={name: "nonsense"})
        assert answer.status_code == 422, name
        assert answer.json()["errors"][0]["pointer"] == f"query:{name}"


def test_a_manager_asking_for_others_finds_nothing(market: World, settings: Settings) -> None:
    """The filter does not widen what a manager sees."""
    client = market.client(settings, "cafe_manager")
    assert codes(client, providerId=str(market.providers["B"])) == []


def _same(moment: datetime) -> datetime:
    return moment


def test_capacity_goes_stale(world: World, settings: Settings) -> None:
    """Thirty days after it was made or confirmed it still counts as fresh; then not."""
    made = datetime.now(UTC)
    for days, stale in ((29, False), (31, True)):
        moment = made + timedelta(days=days)
        later = replace(world, store=replace(world.store, clock=partial(_same, moment)))
        client = later.client(settings, "analyst")
        found = client.get(f"{API}/openings/{world.openings['O1']}").json()
        assert found["stale"] is stale


def test_how_much_is_known_of_the_site(world: World, settings: Settings) -> None:
    """Two questions answered lately count, one that is too old does not."""
    with world.store.writing() as unit:
        made: tuple[tuple[date, dict[str, Answer]], ...] = (
            (date(2001, 1, 1), {"sensory.hearing_loop": "yes"}),
            (datetime.now(UTC).date(), {"entrance.step_count": 0, "lift.type": "none"}),
        )
        for day, answers in made:
            survey = Survey(surveyed_on=day, method=SurveyMethod.PHOTO, answers=answers)
            keep_survey(unit, world.sites["S1"], survey)
    client = world.client(settings, "analyst")
    found = client.get(f"{API}/openings/{world.openings['O1']}").json()["survey"]
    assert found["answered"] == 2
    assert found["questions"] > 50


def test_half_days_are_in_the_order_of_the_week(world: World, cafe: TestClient) -> None:
    """However they were sent."""
    days = ["fri_pm", "mon_am", "wed_pm"]
    made = cafe.post(f"{API}/openings", json=new_opening(world, halfDays=days)).json()
    bits = [sessions_of([day["name"]]) for day in made["halfDays"]]
    assert all(one < other for one, other in pairwise(bits))
