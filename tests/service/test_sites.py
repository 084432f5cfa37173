"""Sites: made by managers at their own provider, and never moved to another."""

from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from api.settings import Settings
from api.store.places import keep_site
from api.store.tables import SiteRow
from tests.builders import site
from tests.service.test_providers import API, SITE, cafe, noted
from tests.service.world import World

__all__ = ["cafe"]


def test_a_manager_makes_a_site_at_the_own_provider(world: World, cafe: TestClient) -> None:
    """Once for one key; the body has no word for another provider."""
    body, key = SITE | {"code": "S9"}, {"Idempotency-Key": "k"}
    answers = [cafe.post(f"{API}/sites", json=body, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    made = answers[0].json()
    assert made == answers[1].json() == cafe.get(answers[0].headers["location"]).json()
    assert made["providerId"] == str(world.providers["A"])
    assert (made["surveys"], made["lastSurveyedOn"]) == (0, None)
    with world.store.reading() as unit:
        rows = unit.scalars(select(SiteRow).where(SiteRow.code == "S9")).all()
        assert [row.provider_id for row in rows] == [world.providers["A"]]
    assert noted(world.store, "site.create") == 1
    other = body | {"code": "S8", "providerId": str(world.providers["B"])}
    assert cafe.post(f"{API}/sites", json=other).status_code == 422


def test_a_code_of_another_is_taken(world: World, cafe: TestClient) -> None:
    """Nothing of the other's site changes."""
    answer = cafe.post(f"{API}/sites", json=SITE | {"code": "S2"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already-there")
    with world.store.reading() as unit:
        row = unit.get(SiteRow, world.sites["S2"])
        assert row is not None
        assert (row.provider_id, row.version) == (world.providers["B"], 1)


def test_an_edit_keeps_the_surveys(world: World, cafe: TestClient) -> None:
    """They belong to the site, not to what is said of it."""
    path = f"{API}/sites/{world.sites['S1']}"
    survey = {"surveyedOn": "2026-05-04", "method": "photo", "lift": {"type": "none"}}
    assert cafe.post(f"{path}/surveys", json=survey).status_code == 201
    after = cafe.put(path, json=SITE, headers={"If-Match": '"1"'}).json()
    assert (after["surveys"], after["lastSurveyedOn"]) == (1, "2026-05-04")
    assert cafe.get(f"{path}/survey").json()["lift"]["type"] == "none"


BAD: tuple[dict[str, Any], ...] = (
    {"municipalityCode": "9999"},
    {"latitude": 18.07, "longitude": 18.0},
    {"longitude": None},
    {"name": " Torget"},
)


def test_bad_sites(world: World, cafe: TestClient) -> None:
    """A municipality that is none, a swapped point, half a point, space around a name."""
    path = f"{API}/sites/{world.sites['S1']}"
    for change in BAD:
        answer = cafe.put(path, json=SITE | change, headers={"If-Match": '"1"'})
        assert answer.status_code == 422
        (fault,) = answer.json()["errors"]
        assert fault["pointer"] == f"/{next(iter(change))}"


def test_what_one_can_look_for(world: World, settings: Settings) -> None:
    """A municipality, a provider."""
    with world.store.writing() as unit:
        keep_site(unit, site("S3", provider_id="B", municipality_code="0191"))
    client = world.client(settings, "analyst")

    def codes(**asked: str) -> list[str]:
        items = client.get(f"{API}/sites", params=asked).json()["items"]
        return [item["code"] for item in items]

    assert codes() == ["S1", "S2", "S3"]
    assert codes(municipalityCode="0191") == ["S3"]
    assert codes(providerId=str(world.providers["B"])) == ["S2", "S3"]
    assert codes(providerId=str(world.providers["A"]), municipalityCode="0191") == []
    manager = world.client(settings, "cafe_manager").get(f"{API}/sites").json()
    assert [item["code"] for item in manager["items"]] == ["S1"]
