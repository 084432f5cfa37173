"""What each unknown answer would open: counted once a day, told as codes, found by nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from api.jobs import chores, unknowns
from api.jobs.worker import run
from api.settings import Settings
from api.store import Store, profiles
from api.store.demand import FEWEST
from api.store.settling import SETTLED_DAYS, Settled
from api.store.tables import OpeningRow, SiteRow, SiteUnknownsRow
from api.store.unknowns import Count, coded, keep
from matcher.domain import Need
from tests.builders import participant, seek
from tests.service.working import QUICK
from tests.service.world import World

PATIENCE = 60.0
"""Seconds until a worker that does not count, or does not stop, fails the test."""
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NEWS = Settled(openings=frozenset(), stood={}, counted_from={})
"""Of a count whose places nobody looked at."""
SOAP = {"surveyedOn": "2026-11-30", "method": "on_site", "hygiene": {"soap": "unscented"}}


def at(world: World, days: int = 0) -> World:
    """The world on a day."""
    clock = NOON + timedelta(days=days)
    return replace(world, store=replace(world.store, clock=lambda: clock))


def long_there(world: World, days: int = SETTLED_DAYS) -> None:
    """Every site and opening was made so many days before the first day."""
    made = NOON - timedelta(days=days)
    with world.store.writing() as unit:
        unit.execute(update(SiteRow).values(created_at=made))
        unit.execute(update(OpeningRow).values(created_at=made))


@pytest.fixture
def old(world: World) -> World:
    """The world, whose places have long been there."""
    long_there(world)
    return world


def keep_people(world: World, count: int, *, protected: bool = False) -> None:
    """So many more who look and need a place without scents."""
    with world.store.writing() as unit:
        for number in range(count):
            one = participant(
                f"{'X' if protected else 'N'}{number}",
                wishes=(seek("9413", 1),),
                needs=frozenset({Need.SCENT_FREE}),
                protected_identity=protected,
            )
            profiles.create(unit, world.organisations["north"], one, [])


def told(world: World, settings: Settings, user: str, site: str) -> dict[str, object]:
    """Who waits for which answer at a site, by pointer."""
    client = world.client(settings, user)
    answer = client.get(f"/steget/v1/sites/{world.sites[site]}/unknowns")
    assert answer.status_code == 200, answer.text
    return {one["pointer"]: one["participants"] for one in answer.json()["waiting"]}


def test_a_few_are_never_a_number_and_five_are(old: World, settings: Settings) -> None:
    """Four who wait are "a few", in the database too; the fifth makes a number of them."""
    keep_people(old, FEWEST - 1)
    today = at(old)
    assert unknowns.count(today.store, settings)
    assert told(today, settings, "cafe_manager", "S1")["/hygiene/soap"] is None
    with old.store.reading() as unit:
        kept = unit.scalars(select(SiteUnknownsRow.waiting)).all()
    assert any(site["counted"] for site in kept)
    assert all(
        number is None or number >= FEWEST
        for site in kept
        for fields in site["counted"].values()
        for number in fields.values()
    )
    keep_one_more(old)
    tomorrow = at(old, 1)
    assert unknowns.count(tomorrow.store, settings)
    assert told(tomorrow, settings, "cafe_manager", "S1")["/hygiene/soap"] == FEWEST


def keep_one_more(world: World) -> None:
    """One more."""
    with world.store.writing() as unit:
        one = participant("M1", wishes=(seek("9413", 1),), needs=frozenset({Need.SCENT_FREE}))
        profiles.create(unit, world.organisations["north"], one, [])


def test_it_is_counted_once_a_day_whatever_changes(old: World, settings: Settings) -> None:
    """Somebody who comes after the count is in none until the next day."""
    today = at(old)
    assert unknowns.count(today.store, settings)
    keep_people(old, FEWEST)
    assert not unknowns.count(today.store, settings)
    assert not chores.daily(today.store, settings)
    assert "/hygiene/soap" not in told(today, settings, "cafe_manager", "S1")
    assert chores.daily(at(old, 1).store, settings)
    assert told(at(old, 1), settings, "cafe_manager", "S1")["/hygiene/soap"] == FEWEST


def test_a_worker_counts_when_it_first_looks(world: World, settings: Settings) -> None:
    """Beside its jobs, and nobody has to ask for it."""
    stop = Event()
    working = Thread(target=run, args=(world.store, settings, stop, QUICK))
    working.start()
    path = f"/steget/v1/sites/{world.sites['S1']}/unknowns"
    client = world.client(settings, "cafe_manager")
    until = monotonic() + PATIENCE
    while client.get(path).json()["countedOn"] is None and monotonic() < until:
        stop.wait(0.5)
    stop.set()
    working.join(PATIENCE)
    assert not working.is_alive()
    assert client.get(path).json()["countedOn"] is not None


def test_protected_identities_are_in_no_count(old: World, settings: Settings) -> None:
    """However many there are, nothing tells that they wait."""
    keep_people(old, FEWEST, protected=True)
    today = at(old)
    assert unknowns.count(today.store, settings)
    assert told(today, settings, "cafe_manager", "S1") == {}


def test_what_has_been_answered_since_is_left_out(old: World, settings: Settings) -> None:
    """The others stay as they were counted: an answer changes no number."""
    keep_people(old, FEWEST)
    today = at(old)
    assert unknowns.count(today.store, settings)
    before = told(today, settings, "cafe_manager", "S1")
    manager = today.client(settings, "cafe_manager")
    made = manager.post(f"/steget/v1/sites/{old.sites['S1']}/surveys", json=SOAP)
    assert made.status_code == 201, made.text
    after = told(today, settings, "cafe_manager", "S1")
    assert after == {place: number for place, number in before.items() if "soap" not in place}


def test_the_task_of_an_opening_is_asked_about_by_itself(world: World, settings: Settings) -> None:
    """Its pointer is that of the opening's own answers; what is known of it is left out."""
    with at(world).store.writing() as unit:
        counts = [
            Count(site="S1", opening="O1", field="work.pace", participants=9),
            Count(site="S1", opening="gone", field="work.pace", participants=9),
            Count(site="S1", opening=None, field="toilet.type", participants=0),
        ]
        keep(unit, counts, NEWS)
    path = f"/steget/v1/sites/{world.sites['S1']}/unknowns"
    found = at(world).client(settings, "cafe_manager").get(path).json()
    expected = {"pointer": "/work/pace", "openingId": str(world.openings["O1"]), "participants": 9}
    assert found["waiting"] == [expected]
    assert (found["countedOn"], found["fewest"]) == ("2026-12-01", FEWEST)


def test_nothing_counted_yet_is_said_so(world: World, settings: Settings) -> None:
    """Not that nobody waits."""
    path = f"/steget/v1/sites/{world.sites['S1']}/unknowns"
    found = world.client(settings, "cafe_manager").get(path).json()
    assert found["countedOn"] is None
    assert found["waiting"] == []


@pytest.mark.parametrize("user", ["garden_manager", "north_supervisor", "analyst"])
def test_it_is_for_managers_of_the_site_alone(world: World, settings: Settings, user: str) -> None:
    """Others' sites are not there; other roles may not ask."""
    client: TestClient = world.client(settings, user)
    answer = client.get(f"/steget/v1/sites/{world.sites['S1']}/unknowns")
    assert answer.status_code == (404 if user == "garden_manager" else 403)


def test_a_store_without_sites_has_nothing_to_count(store: Store, settings: Settings) -> None:
    """And every site has a row after a count, also where nobody waits."""
    assert not unknowns.count(store, settings)


def test_every_site_is_counted(world: World, settings: Settings) -> None:
    """A site without a row would look as if it had not been counted."""
    assert unknowns.count(world.store, settings)
    with world.store.reading() as unit:
        counted = set(unit.scalars(select(SiteUnknownsRow.site_id)))
        assert counted == set(unit.scalars(select(SiteRow.id)))


@pytest.mark.parametrize(
    ("participants", "kept"), [(1, None), (FEWEST - 1, None), (FEWEST, FEWEST), (77, 77)]
)
def test_a_number_as_it_is_kept(participants: int, kept: int | None) -> None:
    """Fewer than five are a few."""
    assert coded(participants) == kept
