"""Providers and openings for other systems, as Open Referral HSDS 3.1.

Names, pages and parameters are those of HSDS's own API, in snake case: an exception to the rest
of this API, so that programs that read HSDS can read this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from api.domain import RefusalCode
from api.doorway import MOST, USUAL, Asking, AtSettings, Reading
from api.exchange import hsds
from api.exchange.samples import shown
from api.routes.providers import READS
from api.routes.responses import refusals
from api.store import Session, openings, providers, sites
from api.store.engine import day_of
from api.store.openings import OpeningFilter, OpeningFound
from api.store.places import Part

router = APIRouter(prefix="/hsds", tags=["hsds"])

Document = dict[str, Any]
Id = Annotated[UUID, Path(alias="hsdsId", description="The id")]
LISTS = refusals(RefusalCode.NOT_VALID)


@dataclass(frozen=True, slots=True)
class HsdsPage:
    """Which page, from 1, and how many on each."""

    number: int
    size: int

    @property
    def part(self) -> Part:
        """Which rows stand on it."""
        return Part(self.size, (self.number - 1) * self.size)


def _page(
    number: Annotated[int, Query(alias="page", ge=1, le=1 << 24)] = 1,
    size: Annotated[int, Query(alias="per_page", ge=1, le=MOST)] = USUAL,
) -> HsdsPage:
    return HsdsPage(number, size)


OnPage = Annotated[HsdsPage, Depends(_page)]


@router.get(
    "/organizations",
    operation_id="listHsdsOrganizations",
    responses=LISTS | shown("organizations"),
)
def list_organizations(who: Asking, unit: Reading, page: OnPage) -> Document:
    """Every provider as an organization, with its locations."""
    found, total = providers.page(unit, who, page.part)
    here = sites.of_providers(unit, [one.id for one in found])
    today = day_of(unit)
    documents = [
        hsds.organization(one, [site for site in here if site.provider_id == one.id], today)
        for one in found
    ]
    return hsds.page(documents, total, page.number, page.size)


@router.get(
    "/organizations/{hsdsId}",
    operation_id="readHsdsOrganization",
    responses=READS | shown("organization"),
)
def read_organization(who: Asking, unit: Reading, one: Id) -> Document:
    """A provider as an organization."""
    found = providers.read(unit, who, one)
    return hsds.organization(found, sites.of_providers(unit, [one]), day_of(unit))


@router.get("/services", operation_id="listHsdsServices", responses=LISTS | shown("services"))
def list_services(who: Asking, unit: Reading, page: OnPage, settings: AtSettings) -> Document:
    """Every opening as a service, with its capacity and where it is."""
    found, total = openings.page(unit, who, OpeningFilter(), page.part, settings.confirm_days)
    return hsds.page(_services(unit, found), total, page.number, page.size)


@router.get(
    "/services/{hsdsId}", operation_id="readHsdsService", responses=READS | shown("service")
)
def read_service(who: Asking, unit: Reading, one: Id, settings: AtSettings) -> Document:
    """An opening as a service."""
    return _services(unit, [openings.read(unit, who, one, settings.confirm_days)])[0]


@router.get(
    "/service-at-locations",
    operation_id="listHsdsServiceAtLocations",
    responses=LISTS | shown("service_at_locations"),
)
def list_service_at_locations(
    who: Asking, unit: Reading, page: OnPage, settings: AtSettings
) -> Document:
    """Where every opening is."""
    found, total = openings.page(unit, who, OpeningFilter(), page.part, settings.confirm_days)
    here = sites.some(unit, [one.site_id for one in found])
    today = day_of(unit)
    documents = [hsds.at_location(one, here[one.site_id], today) for one in found]
    return hsds.page(documents, total, page.number, page.size)


def _services(unit: Session, found: Sequence[OpeningFound]) -> list[Document]:
    offered_by = providers.some(unit, [one.provider_id for one in found])
    here = sites.some(unit, [one.site_id for one in found])
    today = day_of(unit)
    return [
        hsds.service(one, offered_by[one.provider_id], here[one.site_id], today) for one in found
    ]
