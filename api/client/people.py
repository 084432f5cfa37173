"""The client's methods for participants, what is possible for them, and placements.

A method is named as its operation; what it may raise stands in ``Calls``.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from api.client.calls import Answer, Calls, Sent, new_key
from api.domain import State
from api.schemas import Page
from api.schemas.duties import Duties
from api.schemas.offers import Answered, NewRefusal, Offer, OfferInFull
from api.schemas.participants import ParticipantItem, ParticipantOut, Profile, ProfileEdit, Readers
from api.schemas.placements import (
    NewDecline,
    NewEnding,
    NewHours,
    NewOffer,
    NewProposal,
    NewStart,
    NewWithdrawal,
    Proposal,
    ProposalInFull,
    RevisedProposal,
)
from api.schemas.recommendations import (
    Explanation,
    GroupName,
    Recommendations,
)
from api.schemas.rights import ErasedOut, Export
from api.schemas.trying import WhatIfIn, WhatIfOut
from matcher.domain import ProviderKind


class People(Calls):
    """The client's methods for participants, what is possible for them, and placements."""

    def list_duties(self, *, limit: int = 20) -> Duties:
        """What waits for you today; of each duty the first few, and how many there are."""
        return self._value(Duties, "GET", "/duties", Sent(params={"limit": limit}))

    def list_participants(
        self,
        *,
        stage: Literal["noPlace", "underWay", "closed"] | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page[ParticipantItem]:
        """Those who are shared with you, by pseudonym; no profile is opened for it."""
        return self._value(
            Page[ParticipantItem],
            "GET",
            "/participants",
            Sent(params={"stage": stage, "limit": limit, "offset": offset}),
        )

    def create_participant(
        self, body: Profile, *, key: str | None = None
    ) -> Answer[ParticipantOut]:
        """Keep a new participant, shared with you alone until you share it."""
        return self._answer(
            ParticipantOut, "POST", "/participants", Sent(body=body, key=new_key(key))
        )

    def read_participant(self, participant_id: UUID) -> Answer[ParticipantOut]:
        """The profile of a participant."""
        return self._answer(ParticipantOut, "GET", f"/participants/{participant_id}")

    def replace_participant(
        self, participant_id: UUID, body: ProfileEdit, *, version: str
    ) -> Answer[ParticipantOut]:
        """Put another profile in place of the one that you have seen."""
        return self._answer(
            ParticipantOut,
            "PUT",
            f"/participants/{participant_id}",
            Sent(body=body, version=version),
        )

    def erase_participant(self, participant_id: UUID, *, version: str) -> Answer[ErasedOut]:
        """Erase a participant (GDPR, article 17); the answer says what stays, and why."""
        return self._answer(
            ErasedOut, "DELETE", f"/participants/{participant_id}", Sent(version=version)
        )

    def export_participant(self, participant_id: UUID) -> Answer[Export]:
        """Everything that is stored of a participant (GDPR, articles 15 and 20)."""
        return self._answer(Export, "GET", f"/participants/{participant_id}/export")

    def list_readers(self, participant_id: UUID) -> Answer[Readers]:
        """Every supervisor of the organisation."""
        return self._answer(Readers, "GET", f"/participants/{participant_id}/readers")

    def add_reader(self, participant_id: UUID, user_id: UUID) -> Readers:
        """Share a participant with another supervisor of the organisation."""
        return self._value(Readers, "PUT", f"/participants/{participant_id}/readers/{user_id}")

    def remove_reader(self, participant_id: UUID, user_id: UUID) -> Readers:
        """Share a participant with somebody no longer; somebody has to be left."""
        return self._value(Readers, "DELETE", f"/participants/{participant_id}/readers/{user_id}")

    def list_recommendations(  # noqa: PLR0913 -- what the operation takes
        self,
        participant_id: UUID,
        *,
        group: GroupName | None = None,
        municipality_code: str | None = None,
        field: str | None = None,
        provider_kind: ProviderKind | None = None,
        free_only: bool | None = None,
        opening_ids: tuple[UUID, ...] | None = None,
        as_of: date | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Recommendations:
        """Every opening in one of three groups, or those that are looked for."""
        return self._value(
            Recommendations,
            "GET",
            f"/participants/{participant_id}/recommendations",
            Sent(
                params={
                    "group": group,
                    "municipalityCode": municipality_code,
                    "field": field,
                    "providerKind": provider_kind,
                    "freeOnly": free_only,
                    "openingId": opening_ids,
                    "asOf": as_of,
                    "limit": limit,
                    "offset": offset,
                }
            ),
        )

    def explain_opening(
        self, participant_id: UUID, opening_id: UUID, *, as_of: date | None = None
    ) -> Explanation:
        """Why an opening stands where it stands, the next best, and what it would displace."""
        return self._value(
            Explanation,
            "GET",
            f"/participants/{participant_id}/openings/{opening_id}/explanation",
            Sent(params={"asOf": as_of}),
        )

    def try_what_if(
        self, participant_id: UUID, body: WhatIfIn, *, as_of: date | None = None
    ) -> Answer[WhatIfOut]:
        """What if something of the participant, an opening or a survey were otherwise?."""
        return self._answer(
            WhatIfOut,
            "POST",
            f"/participants/{participant_id}/what-if",
            Sent(body=body, params={"asOf": as_of}),
        )

    def propose_placement(self, body: NewProposal, *, key: str | None = None) -> Answer[Proposal]:
        """Propose a place for a participant; it holds no seat yet."""
        return self._answer(Proposal, "POST", "/proposals", Sent(body=body, key=new_key(key)))

    def list_proposals(
        self, *, state: State | None = None, limit: int = 20, offset: int = 0
    ) -> Page[Proposal]:
        """Placements of those shared with the supervisor."""
        return self._value(
            Page[Proposal],
            "GET",
            "/proposals",
            Sent(params={"state": state, "limit": limit, "offset": offset}),
        )

    def list_participant_proposals(
        self, participant_id: UUID, *, limit: int = 20, offset: int = 0
    ) -> Page[Proposal]:
        """Placements of one participant; none, where the participant is not shared."""
        return self._value(
            Page[Proposal],
            "GET",
            f"/participants/{participant_id}/proposals",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def read_proposal(self, proposal_id: UUID) -> Answer[ProposalInFull]:
        """One placement with what was agreed and every step; the audit notes that it was read."""
        return self._answer(ProposalInFull, "GET", f"/proposals/{proposal_id}")

    def replace_proposal(
        self, proposal_id: UUID, body: RevisedProposal, *, version: str
    ) -> Answer[ProposalInFull]:
        """Change half-days, hours, days or company before it is offered."""
        return self._answer(
            ProposalInFull, "PUT", f"/proposals/{proposal_id}", Sent(body=body, version=version)
        )

    def offer_proposal(
        self, proposal_id: UUID, body: NewOffer, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Offer it to the provider: from now on it holds a seat, for as many days as are set."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/offers",
            Sent(body=body, version=version),
        )

    def accept_proposal(
        self, proposal_id: UUID, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Record that the participant says yes."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/acceptances",
            Sent(version=version),
        )

    def decline_proposal(
        self, proposal_id: UUID, body: NewDecline, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Record that the participant, or the supervisor, says no."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/declines",
            Sent(body=body, version=version),
        )

    def withdraw_proposal(
        self, proposal_id: UUID, body: NewWithdrawal, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Take it back before it has started."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/withdrawals",
            Sent(body=body, version=version),
        )

    def start_proposal(
        self, proposal_id: UUID, body: NewStart, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Record the first day."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/starts",
            Sent(body=body, version=version),
        )

    def change_proposal_hours(
        self, proposal_id: UUID, body: NewHours, *, version: str
    ) -> Answer[ProposalInFull]:
        """Step up, or down, the hours; each step is kept with its day."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/hours",
            Sent(body=body, version=version),
        )

    def end_proposal(
        self, proposal_id: UUID, body: NewEnding, *, version: str | None = None
    ) -> Answer[ProposalInFull]:
        """Record the last day, and how it ended."""
        return self._answer(
            ProposalInFull,
            "POST",
            f"/proposals/{proposal_id}/endings",
            Sent(body=body, version=version),
        )

    def list_offers(self, *, limit: int = 20, offset: int = 0) -> Page[Offer]:
        """The offers that wait for the own provider's answer, the most urgent first."""
        return self._value(
            Page[Offer], "GET", "/offers", Sent(params={"limit": limit, "offset": offset})
        )

    def read_offer(self, offer_id: UUID) -> OfferInFull:
        """One offer, with what the participant agreed should be arranged."""
        return self._value(OfferInFull, "GET", f"/offers/{offer_id}")

    def accept_offer(self, offer_id: UUID) -> Answered:
        """Say yes for the provider."""
        return self._value(Answered, "POST", f"/offers/{offer_id}/acceptances")

    def decline_offer(self, offer_id: UUID, body: NewRefusal) -> Answered:
        """Say no for the provider; the seat is free again."""
        return self._value(Answered, "POST", f"/offers/{offer_id}/declines", Sent(body=body))
