"""Participants (deltagare): the profiles that are shared with a supervisor, and their rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response

from api.domain import Fault, Principal, Refusal, RefusalCode
from api.doorway import (
    Asking,
    IfMatch,
    OnceOnly,
    Paging,
    Reading,
    Writing,
    etag,
    links,
)
from api.matching.grounds import today
from api.routes.answering import InLanguage
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.participants import (
    ParticipantItem,
    ParticipantOut,
    Profile,
    ProfileEdit,
    ReaderOut,
    Readers,
    profile_of,
    profile_out,
)
from api.schemas.rights import ErasedOut, Export, entries, erased, placement, proposal
from api.store import Session, audit, known, moment_of, profiles, rights, sharing
from api.store.tables import ParticipantRow
from matcher.domain import AGE_YEARS, Participant, ProviderId, SiteId

router = APIRouter(tags=["participants"])

ParticipantIn = Annotated[UUID, Path(alias="participantId", description="A random number")]
UserIn = Annotated[UUID, Path(alias="userId", description="A supervisor of the organisation")]
ETAG: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"ETag": {"schema": {"type": "string"}}}}
}
LOCATION: dict[int | str, dict[str, Any]] = {
    201: {"headers": {"Location": {"schema": {"type": "string"}}}}
}


@dataclass(frozen=True, slots=True)
class Shared:
    """A participant who is shared with whoever asks, in the unit of work that changes it."""

    unit: Session
    who: Principal
    row: ParticipantRow

    def note(self, action: str, **detail: str | int) -> None:
        """Note what was done with it."""
        audit.note(self.unit, self.who, action, f"participant:{self.row.id}", **detail)


def _shared(who: Asking, unit: Writing, participant: ParticipantIn) -> Shared:
    return Shared(unit, who, profiles.mine(unit, who, participant))


Mine = Annotated[Shared, Depends(_shared)]
"""A participant who is shared with whoever asks; others are not there."""


@router.get(
    "/participants",
    operation_id="listParticipants",
    responses=refusals(RefusalCode.NOT_ALLOWED),
)
def list_participants(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Reading,
    window: Paging,
    request: Request,
    response: Response,
    stage: Annotated[
        sharing.Stage | None,
        Query(description="Only those without a place, with a placement under way, or closed"),
    ] = None,
) -> Page[ParticipantItem]:
    """Those who are shared with you, by pseudonym; no profile is opened for it."""
    rows, total = sharing.of_supervisor(unit, who, window.limit, window.offset, stage)
    states = sharing.furthest(unit, (row.id for row in rows))
    response.headers["Link"] = links(request, window, total)
    items = tuple(
        ParticipantItem(
            id=row.id,
            code=row.code,
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
            closed_at=row.closed_at,
            protected_identity=row.protected_identity,
            state=states.get(row.id),
        )
        for row in rows
    )
    return Page[ParticipantItem](
        items=items, total=total, limit=window.limit, offset=window.offset
    )


@router.post(
    "/participants",
    operation_id="createParticipant",
    status_code=201,
    response_model=ParticipantOut,
    responses=LOCATION | refusals(RefusalCode.NOT_VALID, RefusalCode.ALREADY_THERE),
)
def create_participant(
    who: Asking, unit: Writing, once: OnceOnly, body: Annotated[Profile, Body()]
) -> Response:
    """Keep a new participant, shared with you alone until you share it."""

    def make() -> tuple[ParticipantOut, dict[str, str]]:
        organisation = who.organisation_id
        assert organisation is not None  # noqa: S101 -- a supervisor's, by a check of the table
        profile = _value(unit, body, str(who.user_id))
        row = profiles.create(unit, organisation, profile, [who.user_id])
        Shared(unit, who, row).note("participant.create", version=row.version)
        headers = {"Location": f"/steget/v1/participants/{row.id}", "ETag": etag(row.version)}
        return _out(unit, row, profile), headers

    return once(make)


@router.get(
    "/participants/{participantId}",
    operation_id="readParticipant",
    responses=ETAG | refusals(RefusalCode.NOT_FOUND),
)
def read_participant(mine: Mine, response: Response) -> ParticipantOut:
    """The profile of a participant. That it was read is noted."""
    unit, row = mine.unit, mine.row
    mine.note("participant.read", version=row.version)
    response.headers["ETag"] = etag(row.version)
    return _out(unit, row, profiles.profile_of(unit, row))


@router.put(
    "/participants/{participantId}",
    operation_id="replaceParticipant",
    responses=ETAG
    | refusals(
        RefusalCode.NOT_FOUND,
        RefusalCode.NOT_VALID,
        RefusalCode.PRECONDITION_REQUIRED,
        RefusalCode.PRECONDITION_FAILED,
    ),
)
def replace_participant(
    mine: Mine, version: IfMatch, body: Annotated[ProfileEdit, Body()], response: Response
) -> ParticipantOut:
    """Put another profile in place of the one that you have seen. The pseudonym stays."""
    unit, row = mine.unit, mine.row
    before = profiles.profile_of(unit, row)
    profile = _value(unit, body, before.supervisor_id, row.code)
    profiles.replace(unit, row, profile, version, closed=body.closed)
    mine.note("participant.replace", version=row.version)
    response.headers["ETag"] = etag(row.version)
    return _out(unit, row, profile)


@router.delete(
    "/participants/{participantId}",
    operation_id="eraseParticipant",
    responses=refusals(
        RefusalCode.NOT_FOUND,
        RefusalCode.WRONG_STATE,
        RefusalCode.PRECONDITION_REQUIRED,
        RefusalCode.PRECONDITION_FAILED,
    ),
)
def erase_participant(mine: Mine, version: IfMatch, language: InLanguage) -> ErasedOut:
    """Erase a participant (GDPR, article 17); the answer says what stays, and why.

    A placement that holds a seat has to be withdrawn or ended first.
    """
    found = rights.erase(mine.unit, mine.who, mine.row, version)
    mine.note("participant.erase")
    return erased(mine.row.id, found, language)


@router.get(
    "/participants/{participantId}/export",
    operation_id="exportParticipant",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def export_participant(mine: Mine) -> Export:
    """Everything that is stored of a participant (GDPR, articles 15 and 20)."""
    unit, row = mine.unit, mine.row
    mine.note("participant.export", version=row.version)
    return Export(
        participant=_out(unit, row, profiles.profile_of(unit, row)),
        shared_with=tuple(one for one in _readers(unit, row) if one.reads),
        placements=tuple(map(placement, rights.placements(unit, row))),
        proposals=tuple(map(proposal, rights.proposed(unit, row))),
        audit=entries(rights.entries(unit, row)),
    )


@router.get(
    "/participants/{participantId}/readers",
    operation_id="listReaders",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def list_readers(who: Asking, unit: Reading, participant: ParticipantIn) -> Readers:
    """Every supervisor of the organisation, and whether the participant is shared with them."""
    return Readers(items=_readers(unit, profiles.mine(unit, who, participant)))


@router.put(
    "/participants/{participantId}/readers/{userId}",
    operation_id="addReader",
    responses=refusals(RefusalCode.NOT_FOUND),
)
def add_reader(mine: Mine, user: UserIn) -> Readers:
    """Share a participant with another supervisor of the organisation."""
    sharing.share(mine.unit, mine.row, user)
    mine.note("participant.share", reader=str(user))
    return Readers(items=_readers(mine.unit, mine.row))


@router.delete(
    "/participants/{participantId}/readers/{userId}",
    operation_id="removeReader",
    responses=refusals(RefusalCode.NOT_FOUND, RefusalCode.NOT_VALID),
)
def remove_reader(mine: Mine, user: UserIn) -> Readers:
    """Share a participant with somebody no longer; somebody has to be left."""
    sharing.unshare(mine.unit, mine.row, user)
    mine.note("participant.unshare", reader=str(user))
    return Readers(items=_readers(mine.unit, mine.row))


def _readers(unit: Session, row: ParticipantRow) -> tuple[ReaderOut, ...]:
    return tuple(
        ReaderOut(user_id=one.user_id, name=one.name, reads=one.reads)
        for one in sharing.colleagues(unit, row)
    )


def _out(unit: Session, row: ParticipantRow, profile: Participant) -> ParticipantOut:
    names = known.places(unit)
    return ParticipantOut(
        id=row.id,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
        profile=profile_out(profile, names.sites, names.providers),
    )


def _value(
    unit: Session, sent: Profile, supervisor: str | None, code: str | None = None
) -> Participant:
    """The profile that was sent, if what only the clock and the store know allows it.

    Raises:
        Refusal: with every fault (``NOT_VALID``).
    """
    names = known.places(unit)
    sites = {row: one for one, row in names.sites.items()}
    providers = {row: one for one, row in names.providers.items()}
    faults = _faults(sent, today(moment_of(unit)), (sites, providers))
    if code is not None and sent.code != code:
        faults.append(Fault(pointer="/code", code="fixed", detail="the pseudonym stays"))
    if faults:
        raise Refusal(RefusalCode.NOT_VALID, faults=tuple(faults))
    return profile_of(sent, sites, providers, supervisor)


def _faults(
    sent: Profile, day: date, known_: tuple[Mapping[UUID, SiteId], Mapping[UUID, ProviderId]]
) -> list[Fault]:
    low, high = AGE_YEARS
    faults = []
    if not low <= day.year - sent.birth_year <= high:
        detail = f"ages {low} to {high}"
        faults.append(Fault(pointer="/birthYear", code="age_out_of_range", detail=detail))
    for name, found, there in (
        ("excludedSites", sent.excluded_sites, known_[0]),
        ("excludedProviders", sent.excluded_providers, known_[1]),
    ):
        faults += [
            Fault(pointer=f"/{name}/{at}", code="dangling")
            for at, one in enumerate(found)
            if one not in there
        ]
    return faults
