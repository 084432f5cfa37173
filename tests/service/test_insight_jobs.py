"""Insight: aggregates of an organisation, or of all; nobody can be found in them."""

from typing import Any

import pytest

from api.jobs.insights import FEWEST, part
from api.settings import Settings
from api.store.jobs import Kind, newest_done
from matcher.domain import Need
from tests.builders import opening, participant, problem_of, provider, seek, site
from tests.service.working import BASE, brought, turn, zipped
from tests.service.world import World

DAY = {"planDate": "2026-12-01"}


def _insight(world: World, settings: Settings, user: str) -> dict[str, Any]:
    client = world.client(settings, user)
    answer = client.post(f"{BASE}/insight", json=DAY)
    assert answer.status_code == 202, answer.text
    assert turn(world.store)
    job = client.get(answer.headers["Location"]).json()
    assert job["state"] == "done", job
    return dict(client.get(f"{BASE}/insight").json())


def _people(world: World, settings: Settings, user: str, number: int, *, of_h2: int = 1) -> None:
    """So many of an organisation need what nobody has surveyed at their site."""
    some = [
        participant(
            f"N{at}",
            needs=frozenset({Need.STEP_FREE}),
            supervisor_id="H1" if at >= of_h2 else "H2",
            wishes=(seek("7231", 1),),
        )
        for at in range(number)
    ]
    code = f"C{number}"
    places = (
        provider(code),
        site(f"S{code}", provider_id=code),
        opening(f"O{code}", site_id=f"S{code}", seats=9),
    )
    found = brought(world.client(settings, user), world.store, zipped(problem_of(*some, *places)))
    assert found["state"] == "done", found


def test_rows_of_few_are_left_out(world: World, settings: Settings) -> None:
    """Ten need what nobody knows: told. Supervisors with three and two people are not.

    These are five together, so that neither is found by taking the others from all.
    """
    _people(world, settings, "north_supervisor", 10, of_h2=3)
    found = _insight(world, settings, "north_coordinator")
    assert found["fewest"] == FEWEST
    told = {(one["siteId"], one["field"]) for one in found["unknownAnswers"]}
    assert ("SC10", "entrance.step_count") in told
    assert [(one["supervisorId"], one["participants"]) for one in found["supervisors"]] == [
        ("H1", 7)
    ]
    assert found["hidden"]["supervisors"] == 2  # H2, and those without one
    rows = found["unknownAnswers"] + found["siteBarriers"] + found["unmetDemand"]
    assert all(row["participants"] >= FEWEST for row in rows)


def test_few_who_are_left_hide_another(world: World, settings: Settings) -> None:
    """Three are left beside H1's seven: with H1 told, they would be told by what is missing."""
    _people(world, settings, "north_supervisor", 8)
    found = _insight(world, settings, "north_coordinator")
    assert found["supervisors"] == []
    assert found["hidden"]["supervisors"] == 3


def test_of_few_people_nothing_is_told(world: World, settings: Settings) -> None:
    """South has one participant: no seats, no barriers, not even how many."""
    found = _insight(world, settings, "south_coordinator")
    assert found["participants"] is None
    assert found["seats"] == found["siteBarriers"] == found["supervisors"] == []


def test_analysts_see_all_organisations_and_nobody(world: World, settings: Settings) -> None:
    """Two organisations with the same pseudonyms and supervisors are kept apart."""
    _people(world, settings, "north_supervisor", 6)
    _people(world, settings, "south_supervisor", 7)
    found = _insight(world, settings, "analyst")
    assert found["participants"] == 3 + 6 + 7
    assert [one["participants"] for one in found["supervisors"]] == [6, 5]
    with world.store.reading() as unit:
        row = newest_done(unit, Kind.INSIGHT, None)
        assert row is not None
        assert "N1" not in str(row.result)
    coordinator = world.client(settings, "north_coordinator")
    assert coordinator.get(f"{BASE}/insight").status_code == 404
    assert world.client(settings, "north_supervisor").get(f"{BASE}/insight").status_code == 403


@pytest.mark.parametrize(
    ("some", "of", "told"),
    [(0, 9, 0), (9, 9, 9), (4, 9, None), (5, 9, None), (5, 10, 5), (1, 1, None), (0, 0, 0)],
)
def test_a_part_and_the_rest(some: int, of: int, told: int | None) -> None:
    """Neither is few, so that neither can be found by taking one from the other."""
    assert part(some, of) == told
