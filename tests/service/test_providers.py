"""Providers, sites and openings: who may look, who may change, and nothing is overwritten."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.settings import Settings
from api.store.engine import Store
from api.store.tables import AuditEntry, OpeningRow, ProviderRow, Revision
from tests.service.world import USERS, World

API = "/steget/v1"
PROVIDER = {"kind": "asf", "name": "Kafé Kastanjen", "equalTreatment": "yes"}
SITE = {"name": "Torget", "municipalityCode": "0180", "latitude": 59.3, "longitude": 18.0}
TERMS = {"title": "Kafébiträde", "occupationGroup": "9413", "hoursMin": 4, "hoursMax": 20}


def revision(store: Store) -> int:
    """How often the places were changed."""
    with store.reading() as unit:
        return unit.scalar(select(Revision.number).where(Revision.name == "places")) or 0


def noted(store: Store, action: str) -> int:
    """How many entries of the audit say so."""
    with store.reading() as unit:
        found = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
        return unit.scalar(found) or 0


@pytest.fixture
def cafe(world: World, settings: Settings) -> TestClient:
    """The manager of the Café."""
    return world.client(settings, "cafe_manager")


def everybody(world: World, settings: Settings) -> Iterator[tuple[str, TestClient]]:
    """One client, which asks as each user in turn."""
    client = world.client(settings, None)
    for user in USERS:
        client.headers["Authorization"] = f"Bearer {world.tokens[user]}"
        yield user, client


def new_opening(world: World, **changes: object) -> dict[str, Any]:
    """An opening that the Café could have."""
    site = str(world.sites["S1"])
    days = ["mon_am", "wed_am"]
    return {"code": "O9", "siteId": site, "seats": 2, "halfDays": days, **TERMS, **changes}


def test_who_looks(world: World, settings: Settings) -> None:
    """Everybody sees providers; sites and openings all but the administrator; managers theirs."""
    pairs = (
        ("providers", world.providers["A"], world.providers["B"]),
        ("sites", world.sites["S1"], world.sites["S2"]),
        ("openings", world.openings["O1"], world.openings["O3"]),
    )
    for user, client in everybody(world, settings):
        for kind, cafes, gardens in pairs:
            seen = {
                "cafe_manager": {cafes},
                "garden_manager": {gardens},
                "admin": {cafes, gardens} if kind == "providers" else None,
            }.get(user, {cafes, gardens})
            listed = client.get(f"{API}/{kind}")
            if seen is None:
                assert listed.status_code == 403
                continue
            items = {item["id"] for item in listed.json()["items"]}
            for one in (cafes, gardens):
                assert (str(one) in items) == (one in seen), (user, kind)
                status = client.get(f"{API}/{kind}/{one}").status_code
                assert status == (200 if one in seen else 404), (user, kind)


def test_nobody_looks_without_a_login(world: World, settings: Settings) -> None:
    """Free seats are not for everybody on the web."""
    client = world.client(settings, None)
    for path in ("providers", "sites", "openings", "hsds/services", "hsds/organizations"):
        assert client.get(f"{API}/{path}").status_code == 401


def test_who_may_not_change(world: World, settings: Settings) -> None:
    """Another provider's manager finds nothing; other roles may not; nothing is changed."""
    before = revision(world.store)
    survey = {"surveyedOn": "2026-05-04", "method": "phone", "lift": {"type": "none"}}
    for user, client in everybody(world, settings):
        if user == "cafe_manager":
            continue
        refused = 404 if user == "garden_manager" else 403
        for path, body in (
            (f"providers/{world.providers['A']}", PROVIDER),
            (f"sites/{world.sites['S1']}", SITE),
            (f"openings/{world.openings['O1']}", TERMS),
        ):
            answer = client.put(f"{API}/{path}", json=body, headers={"If-Match": '"1"'})
            assert answer.status_code == refused, (user, path)
        answer = client.post(f"{API}/sites/{world.sites['S1']}/surveys", json=survey)
        assert answer.status_code == refused, user
        opening = client.post(f"{API}/openings", json=new_opening(world))
        if user == "garden_manager":
            assert opening.status_code == 422
            assert opening.json()["errors"][0]["pointer"] == "/siteId"
        else:
            assert opening.status_code == 403, user
            site = client.post(f"{API}/sites", json=SITE | {"code": "S9"})
            assert site.status_code == 403, user
    assert revision(world.store) == before


@pytest.mark.parametrize(
    ("things", "name", "body"),
    [("providers", "A", PROVIDER), ("sites", "S1", SITE), ("openings", "O1", TERMS)],
)
def test_two_do_not_overwrite_each_other(
    world: World, cafe: TestClient, things: str, name: str, body: dict[str, object]
) -> None:
    """Without a version 428; with an old one 412, and what the first wrote stays."""
    path = f"{API}/{things}/{getattr(world, things)[name]}"
    seen = cafe.get(path).headers["etag"]
    assert cafe.put(path, json=body).status_code == 428
    before = revision(world.store)
    first = cafe.put(path, json=body, headers={"If-Match": seen})
    assert first.status_code == 200
    assert first.headers["etag"] == '"2"'
    assert revision(world.store) == before + 1
    word = "title" if things == "openings" else "name"
    late = cafe.put(path, json=body | {word: "Sen"}, headers={"If-Match": seen})
    assert late.status_code == 412
    now = cafe.get(path)
    assert now.json()[word] == body[word]
    assert now.headers["etag"] == '"2"'
    assert now.json()["code"] == name
    assert noted(world.store, f"{things[:-1]}.replace") == 1


def test_a_provider_comes_in_once(world: World, settings: Settings) -> None:
    """The same request again gets the same answer; another with its code is refused."""
    client = world.client(settings, "north_coordinator")
    body, key = PROVIDER | {"code": "kastanjen"}, {"Idempotency-Key": "one"}
    first = client.post(f"{API}/providers", json=body, headers=key)
    again = client.post(f"{API}/providers", json=body, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    assert client.get(first.headers["location"]).json() == first.json()
    other = client.post(f"{API}/providers", json=body | {"name": "Annan"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    taken = client.post(f"{API}/providers", json=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "already-there")
    with world.store.reading() as unit:
        found = select(func.count()).select_from(ProviderRow)
        assert unit.scalar(found.where(ProviderRow.code == "kastanjen")) == 1
    assert noted(world.store, "provider.create") == 1


def test_who_takes_a_provider_in(world: World, settings: Settings) -> None:
    """Coordinators and administrators; a manager keeps the own one alone."""
    for user, client in everybody(world, settings):
        answer = client.post(f"{API}/providers", json=PROVIDER | {"code": user.replace("_", "-")})
        allowed = user == "admin" or user.endswith("_coordinator")
        assert answer.status_code == (201 if allowed else 403), user


def test_what_is_unknown_of_a_provider_stays_so(world: World, cafe: TestClient) -> None:
    """Left out is unknown: null, not no."""
    path = f"{API}/providers/{world.providers['A']}"
    body = {"kind": "public", "name": "Kommunen"}
    answer = cafe.put(path, json=body, headers={"If-Match": '"1"'}).json()
    assert answer["equalTreatment"] is None
    assert answer["organisationNumber"] is None


BAD = (
    ({"organisationNumber": "19811218-9876"}, "string_too_long"),
    ({"organisationNumber": "811218-9876"}, "not_an_organisation_number"),
    ({"organisationNumber": "556036-0794"}, "not_an_organisation_number"),
    ({"name": "Anna 811218-9876"}, "personal_number"),
    ({"name": "två\nrader"}, "not_printable"),
    ({"kind": "other"}, "enum"),
    ({"equalTreatment": "unknown"}, "literal_error"),
)


def test_bad_providers(world: World, cafe: TestClient) -> None:
    """A person's number is no organisation's; each fault has its place, and no value."""
    path = f"{API}/providers/{world.providers['A']}"
    for change, code in BAD:
        answer = cafe.put(path, json=PROVIDER | change, headers={"If-Match": '"1"'})
        assert answer.status_code == 422
        faults = [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
        assert faults == [(f"/{next(iter(change))}", code)]
        assert "9876" not in answer.text
    assert cafe.get(path).headers["etag"] == '"1"'


def test_an_organisation_number_is_kept(world: World, cafe: TestClient) -> None:
    """With or without its hyphen."""
    path = f"{API}/providers/{world.providers['A']}"
    body = PROVIDER | {"organisationNumber": "556036-0793"}
    answer = cafe.put(path, json=body, headers={"If-Match": '"1"'})
    assert answer.json()["organisationNumber"] == "5560360793"


def test_pages_have_links(world: World, settings: Settings) -> None:
    """Three openings, one a page: the middle one has a page before and one after."""
    client = world.client(settings, "analyst")
    answer = client.get(f"{API}/openings", params={"limit": 1, "offset": 1})
    body = answer.json()
    assert (body["total"], body["limit"], body["offset"]) == (3, 1, 1)
    assert [item["code"] for item in body["items"]] == ["O2"]
    link = answer.headers["link"]
    assert 'offset=2>; rel="next"' in link
    assert 'offset=0>; rel="prev"' in link
    assert client.get(f"{API}/openings", params={"limit": 101}).status_code == 422
    assert client.get(f"{API}/openings", params={"colour": "red"}).status_code == 422


def test_taken_by_another_while_unseen(world: World, cafe: TestClient) -> None:
    """The code of another provider's opening cannot be taken, and the other's stays."""
    answer = cafe.post(f"{API}/openings", json=new_opening(world, code="O3"))
    assert (answer.status_code, answer.json()["code"]) == (409, "already-there")
    with world.store.reading() as unit:
        row = unit.get(OpeningRow, world.openings["O3"])
        assert row is not None
        assert row.provider_id == world.providers["B"]
