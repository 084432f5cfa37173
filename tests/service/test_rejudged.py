"""Taking a plan over: each row is judged again, and what has come between is told, not lost."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from api.settings import Settings
from api.store import places, profiles
from api.store.places import fill_opening, fill_provider
from api.store.tables import OpeningRow, Organisation, ParticipantRow, PlacementRow, ProviderRow
from matcher.domain import Need, YesNoUnknown
from tests.builders import surveyed
from tests.service.lives import V1, at_noon, look
from tests.service.pages.reading import person
from tests.service.test_barred import FAR, become, noted
from tests.service.working import turn
from tests.service.world import OPENINGS, PROVIDERS, World

FRESH = (
    ("hygiene.soap", "unscented"),
    ("air.cleaning_products", "unscented"),
    ("air.scent_policy", "required"),
)
"""Nothing that smells."""


@pytest.fixture
def here(world: World) -> World:
    """The world on the first of December."""
    return at_noon(world)[0]


@pytest.fixture
def coordinator(here: World, settings: Settings) -> TestClient:
    """The coordinator of the north."""
    return here.client(settings, "north_coordinator")


def planned(here: World, coordinator: TestClient, day: str = "2026-12-01") -> str:
    """The address of a plan that places both P1 and P2."""
    job = coordinator.post(f"{V1}/plans", json={"planDate": day})
    assert turn(here.store)
    plan = coordinator.get(job.headers["Location"]).json()["planId"]
    assert coordinator.get(f"{V1}/plans/{plan}").json()["placed"] == 2
    return f"{V1}/plans/{plan}"


def adopted(coordinator: TestClient, plan: str) -> dict[str, Any]:
    """What came of taking it over."""
    answer = coordinator.post(f"{plan}/adoption", headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def refused(answer: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Who was not proposed: pseudonym, why, and what stands between."""
    assert answer["proposed"] + len(answer["notProposed"]) == 2, "a row is gone"
    return [(one["participant"], one["code"], one["barriers"]) for one in answer["notProposed"]]


def proposed(here: World) -> set[Any]:
    """Who is proposed anything."""
    return look(here, lambda unit: set(unit.scalars(select(PlacementRow.participant_id))))


def test_what_changed_with_a_person_is_seen(here: World, coordinator: TestClient) -> None:
    """P1 moved after the plan: not proposed, told why, and noted; P2 is proposed."""
    plan = planned(here, coordinator)
    become(here, **FAR)
    assert refused(adopted(coordinator, plan)) == [("P1", "barred", ["TRAVEL_TOO_LONG"])]
    assert proposed(here) == {here.participants["P2"]}
    assert len(noted(here, "participant.judge")) == 1


def test_what_a_survey_says_since_is_seen(here: World, coordinator: TestClient) -> None:
    """A need that is known not to be met: the code, and never which need."""
    become(here, needs=frozenset({Need.SCENT_FREE}))
    with here.store.writing() as unit:
        for site in here.sites.values():
            places.keep_survey(unit, site, surveyed(*FRESH, days_ago=10))
    plan = planned(here, coordinator)
    with here.store.writing() as unit:
        for site in here.sites.values():
            places.keep_survey(unit, site, surveyed(*FRESH[1:], ("hygiene.soap", "scented")))
    answer = adopted(coordinator, plan)
    assert refused(answer) == [("P1", "barred", ["NEED_UNMET"])]
    assert str(Need.SCENT_FREE) not in str(answer)


def test_what_changed_with_an_opening_is_seen(here: World, coordinator: TestClient) -> None:
    """All openings ask for too many hours by now: nobody is proposed, and each is told of."""
    plan = planned(here, coordinator)
    with here.store.writing() as unit:
        for row in unit.scalars(select(OpeningRow)):
            fill_opening(row, replace(OPENINGS[row.code], hours_min=30))
    found = refused(adopted(coordinator, plan))
    assert sorted(found) == [(name, "barred", ["HOURS_TOO_FEW"]) for name in ("P1", "P2")]
    assert proposed(here) == set()


def test_what_the_store_refuses_is_said_first(here: World, coordinator: TestClient) -> None:
    """As of a single proposal: a paused opening is paused, whatever else stands between."""
    plan = planned(here, coordinator)
    become(here, **FAR)
    with here.store.writing() as unit:
        unit.execute(update(OpeningRow).values(status="paused"))
    found = refused(adopted(coordinator, plan))
    assert sorted(found) == [(name, "opening-paused", []) for name in ("P1", "P2")]
    assert noted(here, "participant.judge") == []


def test_unknown_bars_no_row(here: World, coordinator: TestClient) -> None:
    """A person asks, later: as of a single proposal."""
    plan = planned(here, coordinator)
    become(here, needs=frozenset({Need.QUIET}), latitude=None, longitude=None)
    assert refused_none(adopted(coordinator, plan))


def refused_none(answer: dict[str, Any]) -> bool:
    """Every row is proposed."""
    return (answer["proposed"], answer["notProposed"]) == (2, [])


def test_the_policy_of_today_judges(here: World, coordinator: TestClient) -> None:
    """An agreement on equal treatment that is demanded by now is demanded of these rows, too."""
    plan = planned(here, coordinator)
    with here.store.writing() as unit:
        row = unit.get_one(Organisation, here.organisations["north"])
        row.policy = {"require_equal_treatment": True}
        for one in unit.scalars(select(ProviderRow)):
            fill_provider(one, replace(PROVIDERS[one.code], equal_treatment=YesNoUnknown.NO))
    found = refused(adopted(coordinator, plan))
    assert sorted(found) == [
        (name, "barred", ["NO_EQUAL_TREATMENT_AGREEMENT"]) for name in ("P1", "P2")
    ]


def test_a_plan_of_a_day_to_come_is_judged_on_it(here: World, coordinator: TestClient) -> None:
    """What opens later than today's horizon is in time on the plan's day."""
    with here.store.writing() as unit:
        for row in unit.scalars(select(OpeningRow)):
            fill_opening(row, replace(OPENINGS[row.code], starts_from=date(2027, 6, 1)))
    plan = planned(here, coordinator, "2027-05-01")
    assert refused_none(adopted(coordinator, plan))


def test_who_looks_no_more_is_told_of(here: World, coordinator: TestClient) -> None:
    """Nobody is dropped in silence."""
    plan = planned(here, coordinator)
    with here.store.writing() as unit:
        row = unit.get_one(ParticipantRow, here.participants["P1"])
        row.closed_at = row.created_at
    assert refused(adopted(coordinator, plan)) == [("P1", "wrong-state", [])]


def test_the_page_says_who_and_why(here: World, settings: Settings) -> None:
    """In whole sentences, by pseudonym, and what to do; in English, too."""
    client = here.client(settings, "north_coordinator")
    for language, reason, lead in (
        ("sv", "Resan tar längre tid än deltagaren kan resa.", "Säg till deltagarnas handledare"),
        ("en", "The journey takes longer", "Tell those who support these participants"),
    ):
        become(here, latitude=59.3, longitude=18.0, max_travel_minutes=60)
        plan = planned(here, client).removeprefix(f"{V1}/plans")
        become(here, **FAR)
        page = person(here, settings, "north_coordinator")
        review = page.open(f"/planer{plan}/anta", language)
        told = page.send(f"/planer{plan}/anta", version=review.fields["version"])
        assert reason in told.text
        assert lead in told.text
        with here.store.writing() as unit:
            for row in unit.scalars(select(PlacementRow)):
                row.state = "withdrawn"


def test_a_single_proposal_says_the_same(here: World, settings: Settings) -> None:
    """What bars a row is what bars a supervisor who proposes it."""
    client = here.client(settings, "north_coordinator")
    plan = planned(here, client)
    with here.store.writing() as unit:
        row = unit.get_one(ParticipantRow, here.participants["P1"])
        far = replace(profiles.profile_of(unit, row), **FAR, hours_per_week=30)
        profiles.replace(unit, row, far, row.version)
        for one in unit.scalars(select(OpeningRow)):
            fill_opening(one, replace(OPENINGS[one.code], hours_max=20))
    ((_, _, barriers),) = refused(adopted(client, plan))
    body = {
        "participantId": str(here.participants["P1"]),
        "openingId": str(here.openings["O1"]),
        "sessions": ["mon_am"],
        "hoursPerWeek": 8,
    }
    answer = here.client(settings, "north_supervisor").post(f"{V1}/proposals", json=body)
    assert [fault["code"] for fault in answer.json()["errors"]] == barriers
    assert barriers == ["TRAVEL_TOO_LONG", "HOURS_TOO_MANY"]
