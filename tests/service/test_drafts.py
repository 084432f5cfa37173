"""Drafts of surveys: kept on the server, one for each site, lost by nobody, counted by nothing."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.service.visitors import actions
from tests.service.world import World

DRAFT = {"entrance": {"stepCount": 2}, "air": {"scentSources": ["flowers"]}}


def path(world: World, site: str = "S1") -> str:
    """Where a site's draft is."""
    return f"/steget/v1/sites/{world.sites[site]}/survey-draft"


def saved(client: TestClient, world: World, body: object, version: int) -> Any:  # noqa: ANN401
    """Save, as somebody who has seen a version."""
    return client.put(path(world), json=body, headers={"If-Match": f'"{version}"'})


@pytest.fixture
def manager(world: World, settings: Settings) -> TestClient:
    """The manager of the Café."""
    return world.client(settings, "cafe_manager")


def test_a_draft_is_begun_saved_and_thrown_away(world: World, manager: TestClient) -> None:
    """From nothing (version 0) to something and back; what was saved is what is read."""
    empty = manager.get(path(world))
    assert empty.headers["etag"] == '"0"'
    assert (empty.json()["answered"], empty.json()["savedAt"]) == (0, None)
    made = saved(manager, world, DRAFT, 0)
    assert made.status_code == 200, made.text
    found = manager.get(path(world))
    assert found.json() == made.json()
    assert found.json()["entrance"]["stepCount"] == 2
    assert found.json()["savedBy"] == "cafe_manager"
    assert (found.json()["answered"], found.json()["questions"]) == (2, 57)
    again = saved(manager, world, {"method": "photo"}, int(found.headers["etag"].strip('"')))
    assert again.json()["answered"] == 0
    assert again.json()["method"] == "photo"
    assert manager.delete(path(world)).status_code == 204
    assert manager.delete(path(world)).status_code == 204
    assert manager.get(path(world)).json()["version"] == 0
    assert actions(world)[-3:] == ["survey-draft.save", "survey-draft.save", "survey-draft.remove"]


def test_nobody_overwrites_what_they_have_not_seen(world: World, manager: TestClient) -> None:
    """Neither a draft that somebody else began, nor one that was saved since."""
    assert saved(manager, world, DRAFT, 0).status_code == 200
    assert saved(manager, world, {}, 0).status_code == 412
    assert saved(manager, world, {}, 7).status_code == 412
    assert manager.put(path(world), json=DRAFT).status_code == 428
    assert manager.get(path(world)).json()["entrance"]["stepCount"] == 2
    assert manager.delete(path(world)).status_code == 204
    assert saved(manager, world, DRAFT, 1).status_code == 412


def test_a_draft_is_no_survey(world: World, manager: TestClient) -> None:
    """Nothing is known of the site by it, and it may say what a survey may not: nothing."""
    assert saved(manager, world, DRAFT, 0).status_code == 200
    site = f"/steget/v1/sites/{world.sites['S1']}"
    assert manager.get(f"{site}/survey").json()["answered"] == 0
    assert manager.get(f"{site}/surveys").json()["total"] == 0


def test_what_is_no_answer_is_told_by_its_place(world: World, manager: TestClient) -> None:
    """As in a survey; nothing is kept."""
    wrong = saved(manager, world, {"entrance": {"stepCount": -1}}, 0)
    assert wrong.status_code == 422
    assert "/entrance/stepCount" in {one["pointer"] for one in wrong.json()["errors"]}
    assert manager.get(path(world)).json()["version"] == 0


@pytest.mark.parametrize("user", ["garden_manager", "north_supervisor", "admin"])
def test_a_draft_is_its_managers(world: World, settings: Settings, user: str) -> None:
    """Another provider's is not there; other roles may not ask."""
    client = world.client(settings, user)
    expected = 404 if user == "garden_manager" else 403
    assert client.get(path(world)).status_code == expected
    assert saved(client, world, DRAFT, 0).status_code == expected
    assert client.delete(path(world)).status_code == expected
