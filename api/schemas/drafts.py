"""Drafts of surveys, and what would help at a site, on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.domain.surveys import QUESTIONS
from api.schemas.surveys import SurveySections, pointer, sections_of, task_pointer
from api.schemas.wire import Wire
from api.store.demand import FEWEST
from api.store.drafts import Draft
from api.store.unknowns import Unknowns
from matcher.domain import SurveyMethod

_SITE = "0e0f7f3c-6f0a-4a53-9c3b-6a1f7f0a9b11"
_DRAFT: JsonDict = {
    "surveyedOn": "2026-11-20",
    "method": "on_site",
    "entrance": {"stepCount": 0, "doorClearWidthCm": 92},
}
_OUT: JsonDict = {
    "siteId": _SITE,
    "version": 3,
    "savedAt": "2026-11-20T08:30:00Z",
    "savedBy": "Kim Ek",
    "questions": len(QUESTIONS),
    "answered": 2,
    **_DRAFT,
}
_UNKNOWNS: JsonDict = {
    "siteId": _SITE,
    "countedOn": "2026-11-20",
    "countedFrom": None,
    "fewest": FEWEST,
    "waiting": [
        {"pointer": "/hygiene/soap", "openingId": None, "participants": 9},
        {"pointer": "/toilet/type", "openingId": None, "participants": None},
    ],
}


class SurveyDraftIn(SurveySections):
    """What is known so far of a survey that is being made; everything may still be missing."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DRAFT]})

    surveyed_on: date | None = None
    method: SurveyMethod | None = None


class SurveyDraft(SurveySections):
    """A draft as it was saved; version 0, and empty, where none was begun."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUT]})

    site_id: UUID
    version: int
    saved_at: datetime | None
    saved_by: str | None = Field(description="The manager's name")
    surveyed_on: date | None
    method: SurveyMethod | None
    questions: int
    answered: int = Field(description="Questions that the draft answers")


class WaitingAnswer(Wire):
    """An answer that nobody has, and how many could perhaps come if somebody had it."""

    pointer: str = Field(examples=["/hygiene/soap"])
    opening_id: UUID | None = Field(
        description="The opening whose task is asked about; null: the site is"
    )
    participants: int | None = Field(
        ge=FEWEST, description="null: a few, fewer than `fewest`, but somebody"
    )


class SiteUnknowns(Wire):
    """What would help at a site, most first; counted once a day, never when something changes.

    Nobody is counted at a site, or an opening, that is new or was moved in the last weeks.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_UNKNOWNS]})

    site_id: UUID
    counted_on: date | None = Field(description="null: not counted yet")
    counted_from: date | None = Field(
        description="The day from which the site, or an opening there, has stood as it is for long"
        " enough that anybody is counted; null: it has, or it is not known"
    )
    fewest: int = Field(description="No number under it is told", examples=[FEWEST])
    waiting: tuple[WaitingAnswer, ...]


def draft_out(found: Draft) -> SurveyDraft:
    """A draft as it stands."""
    answers = found.survey.answers
    return SurveyDraft.model_validate(
        {
            **sections_of(answers),
            "site_id": found.site_id,
            "version": found.version,
            "saved_at": found.saved_at,
            "saved_by": found.saved_by,
            "surveyed_on": found.survey.surveyed_on,
            "method": found.survey.method,
            "questions": len(QUESTIONS),
            "answered": sum(name in answers for name in QUESTIONS),
        }
    )


def unknowns_out(found: Unknowns) -> SiteUnknowns:
    """What was counted of a site."""
    waiting = tuple(
        WaitingAnswer(
            pointer=pointer(one.field) if one.opening_id is None else task_pointer(one.field),
            opening_id=one.opening_id,
            participants=one.participants,
        )
        for one in found.waiting
    )
    return SiteUnknowns(
        site_id=found.site_id,
        counted_on=found.counted_on,
        counted_from=found.counted_from,
        fewest=FEWEST,
        waiting=waiting,
    )
