"""Drafts of surveys: what was answered so far of a survey that nobody has handed in yet.

A site has one draft at most, for everybody who manages it: whoever goes on, goes on with it. No
person is in it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store import audit
from api.store.editing import edited, version_held
from api.store.engine import changed, moment_of
from api.store.sites import own
from api.store.tables import SurveyDraftRow, User
from matcher.domain import Survey, SurveyMethod

NOT_BEGUN = 0
"""The version of a draft that is not there yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it stands; ``saved_at`` is empty where none was begun."""

    site_id: UUID
    version: int
    survey: Survey
    saved_at: datetime | None
    saved_by: str | None


def read(session: Session, who: Principal, site: UUID) -> Draft:
    """The draft of an own site; an empty one of version 0 where none was begun.

    Raises:
        Refusal: the site is another's, or none (``NOT_FOUND``).
    """
    number = own(session, who, site).id
    row = _row(session, number)
    if row is None:
        return Draft(
            site_id=number, version=NOT_BEGUN, survey=Survey(), saved_at=None, saved_by=None
        )
    return _draft(session, row)


def save(session: Session, who: Principal, site: UUID, version: int, survey: Survey) -> Draft:
    """Keep the draft of an own site, which nobody has saved since that version.

    Raises:
        Refusal: the site is another's, or none (``NOT_FOUND``); or somebody saved, began or
            removed the draft meanwhile (``PRECONDITION_FAILED``).
    """
    number = own(session, who, site).id
    row = _row(session, number)
    if row is None:
        row = _begun(session, number, version)
    else:
        version_held(session, row, version)
    row.surveyed_on = survey.surveyed_on
    row.method = None if survey.method is None else str(survey.method)
    row.answers = dict(survey.answers)
    row.user_id = who.user_id
    edited(session, row)
    audit.note(session, who, "survey-draft.save", f"site:{number}", answers=len(survey.answers))
    return _draft(session, row)


def remove(session: Session, who: Principal, site: UUID) -> None:
    """Throw the draft of an own site away, if there is one.

    Raises:
        Refusal: the site is another's, or none (``NOT_FOUND``).
    """
    number = own(session, who, site).id
    gone = delete(SurveyDraftRow).where(SurveyDraftRow.site_id == number)
    if changed(session, gone):
        audit.note(session, who, "survey-draft.remove", f"site:{number}")


def _begun(session: Session, site: UUID, version: int) -> SurveyDraftRow:
    if version != NOT_BEGUN:
        raise Refusal(RefusalCode.PRECONDITION_FAILED)
    moment = moment_of(session)
    row = SurveyDraftRow(
        id=uuid4(), site_id=site, answers={}, version=1, created_at=moment, updated_at=moment
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # somebody else began at the same moment
        raise Refusal(RefusalCode.PRECONDITION_FAILED) from None
    return row


def _row(session: Session, site: UUID) -> SurveyDraftRow | None:
    return session.scalar(select(SurveyDraftRow).where(SurveyDraftRow.site_id == site))


def _draft(session: Session, row: SurveyDraftRow) -> Draft:
    user = None if row.user_id is None else session.get(User, row.user_id)
    return Draft(
        site_id=row.site_id,
        version=row.version,
        survey=Survey(
            surveyed_on=row.surveyed_on,
            method=None if row.method is None else SurveyMethod(row.method),
            answers=row.answers,
        ),
        saved_at=row.updated_at,
        saved_by=None if user is None else user.name,
    )
