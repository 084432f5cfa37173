"""What the document shows of HSDS and A11yJSON is what the shipped demo world gives."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

import data
from api.exchange import a11y, hsds
from api.exchange.samples import SHOWN, sample
from api.store.openings import HalfDayFound, OpeningFound
from api.store.providers import ProviderFound
from api.store.sites import SiteFound
from matcher.dataset import read
from matcher.domain import SESSIONS, Opening, Provider, Site
from tests.service.described import operations
from tests.service.test_open_exports import check

DAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
SITE = "S080"
"""The only site of its provider, with one opening; of it least is known of those."""
NAMES = UUID("6f0d1c54-5a0e-4f53-9b1c-0a5c8ad8e0d1")
ANSWERS = 3
"""So many of the answers to the survey are shown."""


def made() -> dict[str, Any]:
    """Every sample, made of the data set by what makes the answers."""
    problem = read(Path(data.__file__).parent / "mia", DAY)
    (site,) = (one for one in problem.sites if one.site_id == SITE)
    (opening,) = (one for one in problem.openings if one.site_id == SITE)
    given, here, task = _found(problem.provider[site.provider_id], site, opening)
    organization = hsds.organization(given, [here], DAY)
    service = hsds.service(task, given, here, DAY)
    at_location = hsds.at_location(task, here, DAY)
    for place in (
        organization["locations"][0],
        at_location["location"],
        service["service_at_locations"][0]["location"],
    ):
        place["accessibility"] = place["accessibility"][:ANSWERS]
    return {
        "organization": organization,
        "organizations": hsds.page([organization], 1, 1, 20),
        "service": service,
        "services": hsds.page([service], 1, 1, 20),
        "service_at_locations": hsds.page([at_location], 1, 1, 20),
        "place_info": a11y.place_info(site, DAY),
    }


def _found(
    provider: Provider, site: Site, opening: Opening
) -> tuple[ProviderFound, SiteFound, OpeningFound]:
    """As they would stand in a store where nobody has a place yet."""
    provider_id, site_id, opening_id = (
        uuid5(NAMES, name) for name in (provider.provider_id, site.site_id, opening.opening_id)
    )
    version: dict[str, Any] = {"version": 1, "updated_at": NOON}
    here = SiteFound(id=site_id, provider_id=provider_id, site=site, **version)
    per_half_day = opening.seats if opening.session_seats is None else opening.session_seats
    task = OpeningFound(
        id=opening_id,
        site_id=site_id,
        provider_id=provider_id,
        opening=opening,
        site=site,
        session_seats=per_half_day,
        taken=0,
        half_days=tuple(
            HalfDayFound(session=at, seats=per_half_day, taken=0)
            for at in range(len(SESSIONS))
            if opening.sessions >> at & 1
        ),
        confirmed_at=None,
        by_link=False,
        stale=False,
        **version,
    )
    return ProviderFound(id=provider_id, provider=provider, **version), here, task


@pytest.fixture(scope="module")
def remade() -> dict[str, Any]:
    """Every sample, made anew."""
    return json.loads(json.dumps(made()))


@pytest.mark.parametrize("name", SHOWN)
def test_a_sample_is_of_the_demo_world(name: str, remade: dict[str, Any]) -> None:
    """What is shown is what the shipped data gives, to the last field."""
    assert sample(name) == remade[name]


def test_samples_are_valid(remade: dict[str, Any]) -> None:
    """By the schemas of HSDS; and they show something."""
    check(remade["organization"], "organization")
    check(remade["service"], "service")
    for one in remade["service_at_locations"]["contents"]:
        check(one, "service_at_location")
    assert remade["organization"]["locations"][0]["accessibility"]
    assert remade["place_info"]["properties"]["accessibility"]


def test_the_document_shows_them() -> None:
    """Each with the operation that answers like that."""
    shown = {
        one.name: one.told["responses"]["200"]["content"]["application/json"]["examples"]
        for one in operations()
        if one.name.endswith("Accessibility") or "Hsds" in one.name
    }
    assert {name: next(iter(some.values()))["value"] for name, some in shown.items()} == {
        "listHsdsOrganizations": sample("organizations"),
        "readHsdsOrganization": sample("organization"),
        "listHsdsServices": sample("services"),
        "readHsdsService": sample("service"),
        "listHsdsServiceAtLocations": sample("service_at_locations"),
        "exportSiteAccessibility": sample("place_info"),
    }
