"""The client's methods for providers, sites, surveys, openings and their capacity.

A method is named as its operation; what it may raise stands in ``Calls``.
"""

from typing import Any
from uuid import UUID

from api.client.calls import Answer, Calls, Sent, new_key
from api.schemas import Page
from api.schemas.candidates import CandidateOut
from api.schemas.capacity import Capacity, CapacityLink, LinkedCapacity, LinkUse, NewCapacity
from api.schemas.drafts import SiteUnknowns, SurveyDraft, SurveyDraftIn
from api.schemas.openings import OpeningChange, OpeningIn, OpeningOut
from api.schemas.providers import ProviderChange, ProviderIn, ProviderOut
from api.schemas.sites import SiteChange, SiteIn, SiteOut
from api.schemas.surveys import CurrentSurvey, SurveyIn, SurveyOut
from matcher.domain import OpeningStatus


class Places(Calls):
    """The client's methods for providers, sites, surveys, openings and their capacity."""

    def list_candidates(
        self, opening_id: UUID, *, limit: int = 20, offset: int = 0
    ) -> Page[CandidateOut]:
        """Who could come: no barrier, or only needs of which nobody knows."""
        return self._value(
            Page[CandidateOut],
            "GET",
            f"/openings/{opening_id}/candidates",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def list_providers(self, *, limit: int = 20, offset: int = 0) -> Page[ProviderOut]:
        """Every provider, by code; a manager sees the own one."""
        return self._value(
            Page[ProviderOut], "GET", "/providers", Sent(params={"limit": limit, "offset": offset})
        )

    def create_provider(self, body: ProviderIn, *, key: str | None = None) -> Answer[ProviderOut]:
        """Take a new provider in; its managers get their accounts from an administrator."""
        return self._answer(ProviderOut, "POST", "/providers", Sent(body=body, key=new_key(key)))

    def read_provider(self, provider_id: UUID) -> Answer[ProviderOut]:
        """A provider."""
        return self._answer(ProviderOut, "GET", f"/providers/{provider_id}")

    def replace_provider(
        self, provider_id: UUID, body: ProviderChange, *, version: str
    ) -> Answer[ProviderOut]:
        """Change the own provider; its code stays."""
        return self._answer(
            ProviderOut, "PUT", f"/providers/{provider_id}", Sent(body=body, version=version)
        )

    def list_sites(
        self,
        *,
        municipality_code: str | None = None,
        provider_id: UUID | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page[SiteOut]:
        """The sites of a municipality, or of a provider, or all, by code; a manager's own."""
        return self._value(
            Page[SiteOut],
            "GET",
            "/sites",
            Sent(
                params={
                    "municipalityCode": municipality_code,
                    "providerId": provider_id,
                    "limit": limit,
                    "offset": offset,
                }
            ),
        )

    def create_site(self, body: SiteIn, *, key: str | None = None) -> Answer[SiteOut]:
        """A new site of the own provider."""
        return self._answer(SiteOut, "POST", "/sites", Sent(body=body, key=new_key(key)))

    def read_site(self, site_id: UUID) -> Answer[SiteOut]:
        """A site."""
        return self._answer(SiteOut, "GET", f"/sites/{site_id}")

    def replace_site(self, site_id: UUID, body: SiteChange, *, version: str) -> Answer[SiteOut]:
        """Change an own site; its code, its provider and its surveys stay."""
        return self._answer(SiteOut, "PUT", f"/sites/{site_id}", Sent(body=body, version=version))

    def read_site_survey(self, site_id: UUID) -> Answer[CurrentSurvey]:
        """The newest answer to every question about a site, with when and how it was found."""
        return self._answer(CurrentSurvey, "GET", f"/sites/{site_id}/survey")

    def list_surveys(self, site_id: UUID, *, limit: int = 20, offset: int = 0) -> Page[SurveyOut]:
        """Every survey of a site as it was made, the newest first."""
        return self._value(
            Page[SurveyOut],
            "GET",
            f"/sites/{site_id}/surveys",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def create_survey(
        self, site_id: UUID, body: SurveyIn, *, key: str | None = None
    ) -> Answer[SurveyOut]:
        """A new survey of an own site; it stands beside those that there are."""
        return self._answer(
            SurveyOut, "POST", f"/sites/{site_id}/surveys", Sent(body=body, key=new_key(key))
        )

    def read_survey(self, site_id: UUID, survey_id: UUID) -> SurveyOut:
        """A survey as it was made."""
        return self._value(SurveyOut, "GET", f"/sites/{site_id}/surveys/{survey_id}")

    def read_survey_draft(self, site_id: UUID) -> Answer[SurveyDraft]:
        """The draft of an own site's next survey; version 0, and empty, where none was begun."""
        return self._answer(SurveyDraft, "GET", f"/sites/{site_id}/survey-draft")

    def save_survey_draft(
        self, site_id: UUID, body: SurveyDraftIn, *, version: str
    ) -> Answer[SurveyDraft]:
        """Keep the draft as it now stands; ``version='"0"'`` begins one."""
        return self._answer(
            SurveyDraft,
            "PUT",
            f"/sites/{site_id}/survey-draft",
            Sent(body=body, version=version),
        )

    def delete_survey_draft(self, site_id: UUID) -> None:
        """Throw the draft away; where there is none, nothing happens."""
        self._ask("DELETE", f"/sites/{site_id}/survey-draft")

    def read_site_unknowns(self, site_id: UUID) -> SiteUnknowns:
        """Which unknown answers would open an own site for somebody, and for how many."""
        return self._value(SiteUnknowns, "GET", f"/sites/{site_id}/unknowns")

    def export_site_accessibility(self, site_id: UUID) -> Answer[dict[str, Any]]:
        """What counts today of a site's survey, as A11yJSON 31.1; what is unknown is left out."""
        return self._answer(dict[str, Any], "GET", f"/sites/{site_id}/a11y")

    def list_openings(  # noqa: PLR0913 -- what the operation takes
        self,
        *,
        status: OpeningStatus | None = None,
        free_seats: int | None = None,
        municipality_code: str | None = None,
        provider_id: UUID | None = None,
        field: str | None = None,
        occupation_group: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page[OpeningOut]:
        """The openings that are looked for, by code; a manager sees the own ones."""
        return self._value(
            Page[OpeningOut],
            "GET",
            "/openings",
            Sent(
                params={
                    "status": status,
                    "freeSeats": free_seats,
                    "municipalityCode": municipality_code,
                    "providerId": provider_id,
                    "field": field,
                    "occupationGroup": occupation_group,
                    "limit": limit,
                    "offset": offset,
                }
            ),
        )

    def create_opening(self, body: OpeningIn, *, key: str | None = None) -> Answer[OpeningOut]:
        """A new opening at an own site; who makes it confirms its capacity thereby."""
        return self._answer(OpeningOut, "POST", "/openings", Sent(body=body, key=new_key(key)))

    def read_opening(self, opening_id: UUID) -> Answer[OpeningOut]:
        """An opening, with its free seats and half-days and how much is known of its site."""
        return self._answer(OpeningOut, "GET", f"/openings/{opening_id}")

    def replace_opening(
        self, opening_id: UUID, body: OpeningChange, *, version: str
    ) -> Answer[OpeningOut]:
        """Change what an own opening offers and asks for; its code, site and capacity stay."""
        return self._answer(
            OpeningOut, "PUT", f"/openings/{opening_id}", Sent(body=body, version=version)
        )

    def read_capacity(self, opening_id: UUID) -> Answer[Capacity]:
        """How many the opening takes, how many seats are free, and when that was confirmed."""
        return self._answer(Capacity, "GET", f"/openings/{opening_id}/capacity")

    def replace_capacity(
        self, opening_id: UUID, body: NewCapacity, *, version: str
    ) -> Answer[Capacity]:
        """Change how many the opening takes; that confirms it, too."""
        return self._answer(
            Capacity, "PUT", f"/openings/{opening_id}/capacity", Sent(body=body, version=version)
        )

    def confirm_capacity(self, opening_id: UUID) -> Answer[Capacity]:
        """Say that it still is right ("Stämmer fortfarande")."""
        return self._answer(Capacity, "POST", f"/openings/{opening_id}/confirmations")

    def create_capacity_link(
        self, opening_id: UUID, *, key: str | None = None
    ) -> Answer[CapacityLink]:
        """Make a link to confirm or change the free seats with, without a login."""
        return self._answer(
            CapacityLink, "POST", f"/openings/{opening_id}/capacity-links", Sent(key=new_key(key))
        )

    def read_linked_capacity(self, *, capacity_link: str) -> LinkedCapacity:
        """What a link is for; reading does not use it up."""
        return self._value(
            LinkedCapacity,
            "GET",
            "/capacity-links/capacity",
            Sent(headers={"Capacity-Link": capacity_link}),
        )

    def use_capacity_link(self, body: LinkUse, *, capacity_link: str) -> LinkedCapacity:
        """Confirm, or say how many seats are free; the link is used up by that."""
        return self._value(
            LinkedCapacity,
            "POST",
            "/capacity-links/confirmations",
            Sent(body=body, headers={"Capacity-Link": capacity_link}),
        )

    def list_hsds_organizations(self, *, page: int = 1, per_page: int = 20) -> dict[str, Any]:
        """Every provider as an organization, with its locations."""
        return self._value(
            dict[str, Any],
            "GET",
            "/hsds/organizations",
            Sent(params={"page": page, "per_page": per_page}),
        )

    def read_hsds_organization(self, hsds_id: UUID) -> dict[str, Any]:
        """A provider as an organization."""
        return self._value(dict[str, Any], "GET", f"/hsds/organizations/{hsds_id}")

    def list_hsds_services(self, *, page: int = 1, per_page: int = 20) -> dict[str, Any]:
        """Every opening as a service, with its capacity and where it is."""
        return self._value(
            dict[str, Any],
            "GET",
            "/hsds/services",
            Sent(params={"page": page, "per_page": per_page}),
        )

    def read_hsds_service(self, hsds_id: UUID) -> dict[str, Any]:
        """An opening as a service."""
        return self._value(dict[str, Any], "GET", f"/hsds/services/{hsds_id}")

    def list_hsds_service_at_locations(
        self, *, page: int = 1, per_page: int = 20
    ) -> dict[str, Any]:
        """Where every opening is."""
        return self._value(
            dict[str, Any],
            "GET",
            "/hsds/service-at-locations",
            Sent(params={"page": page, "per_page": per_page}),
        )
