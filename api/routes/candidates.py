"""Who could come to an opening: the reverse match, for those who may know of participants."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from api.domain import Refusal, RefusalCode, Role
from api.doorway import AtSettings, Paging, links
from api.matching.grounds import places_of
from api.matching.standing import candidates, stood
from api.routes.answering import TIMED, Arrived, InLanguage
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.advice import candidates as told
from api.schemas.candidates import CandidateOut
from api.store import audit, known

router = APIRouter(tags=["openings"])


@router.get(
    "/openings/{openingId}/candidates",
    operation_id="listCandidates",
    response_model=Page[CandidateOut],
    responses=TIMED | refusals(RefusalCode.NOT_FOUND),
)
def list_candidates(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    arrival: Arrived,
    settings: AtSettings,
    opening: Annotated[UUID, Path(alias="openingId", description="A random number")],
    window: Paging,
    language: InLanguage,
    request: Request,
) -> Response:
    """Who could come: no barrier, or only needs of which nobody knows; by the plan's own goals.

    A supervisor sees those who are shared with them; a coordinator sees pseudonyms.
    """
    stages, who, store = arrival.stages, arrival.who, arrival.store
    organisation = who.organisation_id
    assert organisation is not None  # noqa: S101 -- of both roles, by a check of the table
    with store.reading() as unit:
        places = places_of(unit)
        names = known.visible(unit, who)
    if opening not in places.opening:
        raise Refusal(RefusalCode.NOT_FOUND)
    stages.ended("read")
    plan = stood(store, organisation, travel=settings.travel_store)
    found = candidates(plan, places.opening[opening], names)
    page = found[window.offset : window.offset + window.limit]
    stages.ended("match")
    ids = names if who.role is Role.SUPERVISOR else None
    answer = Page[CandidateOut](
        items=told(page, plan, ids, (places, language)),
        total=len(found),
        limit=window.limit,
        offset=window.offset,
    )
    stages.ended("explain")
    with store.writing() as unit:
        for one in page:
            subject = f"participant:{names[one.participant_id]}"
            audit.note(unit, who, "participant.candidate", subject, opening=str(opening))
        audit.note(unit, who, "opening.candidates", f"opening:{opening}", told=len(page))
    stages.ended("audit")
    return stages.answer(answer, language, Link=links(request, window, len(found)))
