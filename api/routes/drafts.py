"""What a manager works with at an own site: the survey's draft, and which answers would help.

What would help is read from what a worker counted and coded; nothing is counted here.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from api.domain import RefusalCode
from api.doorway import Asking, IfMatch, Reading, Writing, etag
from api.routes.providers import CHANGES, READS
from api.routes.responses import refusals
from api.routes.sites import SiteId
from api.schemas.drafts import SiteUnknowns, SurveyDraft, SurveyDraftIn, draft_out, unknowns_out
from api.schemas.surveys import answers_of
from api.store import drafts, unknowns
from matcher.domain import Survey

router = APIRouter(tags=["sites"])


@router.get("/sites/{siteId}/survey-draft", operation_id="readSurveyDraft", responses=READS)
def read_draft(who: Asking, unit: Reading, site: SiteId, response: Response) -> SurveyDraft:
    """The draft of an own site's next survey; version 0, and empty, where none was begun."""
    found = drafts.read(unit, who, site)
    response.headers["ETag"] = etag(found.version)
    return draft_out(found)


@router.put("/sites/{siteId}/survey-draft", operation_id="saveSurveyDraft", responses=CHANGES)
def save_draft(  # noqa: PLR0913, PLR0917 -- what the door hands in
    who: Asking,
    unit: Writing,
    site: SiteId,
    version: IfMatch,
    body: Annotated[SurveyDraftIn, Body()],
    response: Response,
) -> SurveyDraft:
    """Keep the draft as it now stands; ``If-Match: "0"`` begins one.

    It is no survey yet: nothing matches on a draft.
    """
    survey = Survey(surveyed_on=body.surveyed_on, method=body.method, answers=answers_of(body))
    found = drafts.save(unit, who, site, version, survey)
    response.headers["ETag"] = etag(found.version)
    return draft_out(found)


@router.delete(
    "/sites/{siteId}/survey-draft",
    operation_id="deleteSurveyDraft",
    status_code=204,
    responses=refusals(RefusalCode.NOT_FOUND),
)
def delete_draft(who: Asking, unit: Writing, site: SiteId) -> None:
    """Throw the draft away; where there is none, nothing happens."""
    drafts.remove(unit, who, site)


@router.get("/sites/{siteId}/unknowns", operation_id="readSiteUnknowns", responses=READS)
def read_unknowns(who: Asking, unit: Reading, site: SiteId) -> SiteUnknowns:
    """Which unknown answers would open an own site for somebody, and for how many.

    Counted once a day, where the site has stood as it is for four weeks; under five it says only
    that there are a few. What has been answered since is left out.
    """
    return unknowns_out(unknowns.of_site(unit, who, site))
