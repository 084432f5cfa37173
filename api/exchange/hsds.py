"""Providers, sites and openings as Open Referral HSDS 3.1: organizations, locations, services.

An opening is a service that its provider gives at one location; its free seats are its capacity.
Ids are those of the service, or made of them, so that the same thing has the same id every time.
What is unknown is left out: HSDS has no word for it.
Source: Human Services Data Specification 3.1, an Open Referral resource.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from api.domain.surveys import known
from api.store.openings import OpeningFound
from api.store.providers import ProviderFound
from api.store.sites import SiteFound
from data import reference
from matcher.domain import SESSIONS, OpeningStatus, ProviderKind
from matcher.survey import SITE_FIELDS

Document = dict[str, Any]

_NAMES = UUID("7a3a2c1e-3f0b-5d4e-9c55-6d0f1c8b7e21")
"""The name space of what has no id of its own here: the unit, the terms of SSYK."""
_SSYK = "SSYK 2012"
_KINDS: Mapping[ProviderKind, str] = {
    ProviderKind.ASF: "Arbetsintegrerande socialt företag",
    ProviderKind.PRIVATE: "Privat arbetsgivare",
    ProviderKind.PUBLIC: "Offentlig arbetsgivare",
    ProviderKind.NONPROFIT: "Idéburen organisation",
}
_STATUS: Mapping[OpeningStatus, str] = {
    OpeningStatus.OPEN: "active",
    OpeningStatus.PAUSED: "temporarily closed",
}
_DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR"}
_HALVES = {"am": "förmiddag", "pm": "eftermiddag"}


def organization(found: ProviderFound, sites: Iterable[SiteFound], today: date) -> Document:
    """A provider, with its locations."""
    provider = found.provider
    document: Document = {
        "id": str(found.id),
        "name": provider.name or str(provider.provider_id),
        "description": _KINDS[provider.kind],
        "legal_status": str(provider.kind),
        "locations": [location(site, today) for site in sites],
    }
    if provider.organisation_number:
        document["organization_identifiers"] = [
            {
                "id": str(uuid5(found.id, "organisation_number")),
                "organization_id": str(found.id),
                "identifier_type": "Organisationsnummer",
                "identifier": provider.organisation_number,
            }
        ]
    return document


def location(found: SiteFound, today: date) -> Document:
    """A site, with what counts today of its survey: one entry a question."""
    site = found.site
    document: Document = {
        "id": str(found.id),
        "location_type": "physical",
        "organization_id": str(found.provider_id),
        "latitude": site.latitude,
        "longitude": site.longitude,
        "external_identifier": str(site.site_id),
        "external_identifier_type": "steget",
        "accessibility": _accessibility(found, today),
    }
    if site.name:
        document["name"] = site.name
    return document


def service(
    found: OpeningFound, provider: ProviderFound, site: SiteFound, today: date
) -> Document:
    """An opening, with its provider, where it is, and what it has free."""
    opening = found.opening
    here = str(found.id)
    document: Document = {
        "id": here,
        "organization_id": str(found.provider_id),
        "name": opening.title or _label(opening.occupation_group),
        "status": _STATUS[opening.status],
        "last_modified": found.updated_at.isoformat(timespec="milliseconds"),
        "organization": organization(provider, (), today),
        "service_at_locations": [at_location(found, site, today)],
        "schedules": _schedules(found),
        "capacities": [_capacity(found)],
        "languages": [
            {"id": str(uuid5(found.id, f"language {tag}")), "service_id": here, "code": tag}
            for tag in sorted(opening.languages)
        ],
        "service_areas": [
            {
                "id": str(uuid5(found.id, f"area {code}")),
                "service_id": here,
                "name": reference.municipalities().get(code, code),
                "extent": code,
                "extent_type": "text",
            }
            for code in sorted(opening.eligible_municipalities)
        ],
        "attributes": [_attribute(found)],
    }
    if found.confirmed_at is not None:
        document["assured_date"] = found.confirmed_at.date().isoformat()
    if opening.min_age is not None:
        document["minimum_age"] = opening.min_age
    return document


def at_location(found: OpeningFound, site: SiteFound, today: date) -> Document:
    """Where an opening is."""
    return {
        "id": str(uuid5(found.id, "service_at_location")),
        "service_id": str(found.id),
        "location_id": str(site.id),
        "location": location(site, today),
    }


def page(contents: Sequence[Document], total: int, number: int, size: int) -> Document:
    """A page of HSDS's API; pages are counted from 1."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _capacity(found: OpeningFound) -> Document:
    said = found.confirmed_at or found.updated_at
    return {
        "id": str(uuid5(found.id, "capacity")),
        "service_id": str(found.id),
        "unit": {"id": str(uuid5(_NAMES, "seat")), "name": "Plats"},
        "available": found.opening.seats - found.taken,
        "maximum": found.opening.seats,
        "updated": said.isoformat(timespec="milliseconds"),
    }


def _schedules(found: OpeningFound) -> list[Document]:
    """Mornings and afternoons of every week; the hours are agreed with each participant."""
    names = [SESSIONS[day.session].split("_") for day in found.half_days]
    schedules = []
    for half, text in _HALVES.items():
        days = [_DAYS[day] for day, part in names if part == half]
        if days:
            schedules.append(
                {
                    "id": str(uuid5(found.id, f"schedule {half}")),
                    "service_id": str(found.id),
                    "freq": "WEEKLY",
                    "interval": 1,
                    "wkst": "MO",
                    "byday": ",".join(days),
                    "description": text,
                }
            )
    return schedules


def _attribute(found: OpeningFound) -> Document:
    code = found.opening.occupation_group
    label = _label(code)
    return {
        "id": str(uuid5(found.id, "occupation_group")),
        "link_id": str(found.id),
        "link_type": "service_category",
        "link_entity": "service",
        "value": code,
        "taxonomy_term": {
            "id": str(uuid5(_NAMES, f"{_SSYK} {code}")),
            "code": code,
            "name": label,
            "description": label,
            "taxonomy": _SSYK,
        },
    }


def _accessibility(found: SiteFound, today: date) -> list[Document]:
    answers = known(found.site, today)
    return [
        {
            "id": str(uuid5(found.id, field.name)),
            "location_id": str(found.id),
            "description": field.name,
            "details": f"{answers[field.name].answer} {field.unit}".strip(),
        }
        for field in SITE_FIELDS
        if field.name in answers and not field.name.startswith("survey.")
    ]


def _label(occupation_group: str) -> str:
    return _labels().get(occupation_group, occupation_group)


@cache
def _labels() -> Mapping[str, str]:
    return {row["occupation_group"]: row["label_sv"] for row in reference.occupations()}
