"""The survey (tillgänglighetskartläggning) of an own site, section by section, with its draft."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.domain import Refusal, RefusalCode
from api.pages import survey_form
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.survey_form import ABOUT_IT, SECTIONS, Known, Question, Section
from api.pages.visit import Visit, Visiting
from api.schemas.drafts import SiteUnknowns
from api.schemas.sites import SiteOut
from api.schemas.surveys import SurveyIn
from api.texts import GROUPS
from matcher.domain import SurveyMethod

router = APIRouter()

PATH = "/arbetsplatser/{site_id}/kartlaggning"
OVERVIEW = "oversikt"
MOST = 3
"""Unknown answers that are told of a section in the overview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section in the overview, with how far it is and which of its answers would help most."""

    section: Section
    answered: int
    questions: int
    wanted: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The sections, and the form to hand the survey in."""

    site: SiteOut
    known: Known
    version: str
    answered: int
    questions: int
    sections: tuple[Part, ...]
    drafted: int
    methods: tuple[tuple[str, str], ...]
    about: tuple[Question, ...]
    form: Form
    today: date
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section as a form."""

    site: SiteOut
    section: Section
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    answered: int
    total: int
    version: str
    following: Section | None
    unknowns: SiteUnknowns
    faults: tuple[FormFault, ...] = ()


@router.get(PATH, name="page:survey")
def overview(visit: Visiting, site_id: UUID) -> Response:
    """How far the survey is, section by section."""
    return _overview(visit, site_id)


@router.post(PATH, name="page:hand-in")
def hand_in(visit: Visiting, site_id: UUID, form: Filled) -> Response:
    """Hand the survey in: from now on it counts; its draft is gone."""
    draft = visit.api.read_survey_draft(site_id).value
    about = {"surveyedOn": form.given("surveyedOn"), "method": form.given("method")}
    if not draft.answered:
        nothing = FormFault(field="", code="empty", text=visit.says("survey.empty"))
        return _overview(visit, site_id, form, (nothing,))
    try:
        full = survey_form.with_filled(draft, ABOUT_IT, form)
        values = full.model_dump(by_alias=True) | about
        survey = survey_form.checked(SurveyIn, values)
        visit.api.create_survey(site_id, survey)
    except FormError as wrong:
        return _overview(visit, site_id, form, wrong.faults)
    except ProblemError as problem:
        return _overview(visit, site_id, form, survey_form.faults_of(problem))
    visit.api.delete_survey_draft(site_id)
    return visit.gone_to(f"/arbetsplatser/{site_id}", "survey_made")


@router.post(f"{PATH}/kasta", name="page:discard-draft")
def discard(visit: Visiting, site_id: UUID) -> Response:
    """Throw the draft away."""
    visit.api.delete_survey_draft(site_id)
    return visit.gone_to(f"/arbetsplatser/{site_id}", "draft_gone")


@router.get(f"{PATH}/{{word}}", name="page:survey-section")
def section(visit: Visiting, site_id: UUID, word: str) -> Response:
    """A section of the survey as a form."""
    return _section(visit, site_id, _found(word))


@router.post(f"{PATH}/{{word}}", name="page:save-section")
def save(visit: Visiting, site_id: UUID, word: str, form: Filled) -> Response:
    """Save a section in the draft, and go on to the next; nothing counts until handed in."""
    part = _found(word)
    draft = visit.api.read_survey_draft(site_id).value
    try:
        body = survey_form.with_filled(draft, part.fields, form)
        visit.api.save_survey_draft(site_id, body, version=form.text("version"))
    except FormError as wrong:
        return _section(visit, site_id, part, form, wrong.faults)
    except ProblemError as problem:
        return _section(visit, site_id, part, form, _faults(visit, problem))
    following = _after(part)
    path = f"/arbetsplatser/{site_id}/kartlaggning"
    if form.text("till") != OVERVIEW and following is not None:
        path += f"/{following.word}"
    return visit.gone_to(path, "draft_saved")


def _faults(visit: Visit, problem: ProblemError) -> tuple[FormFault, ...]:
    if problem.code == "precondition-failed":
        said = visit.says("survey.changed_meanwhile")
        return (FormFault(field="", code=problem.code, text=said),)
    return survey_form.faults_of(problem)


def _found(word: str) -> Section:
    for one in SECTIONS:
        if one.word == word:
            return one
    raise Refusal(RefusalCode.NOT_FOUND)


def _after(part: Section) -> Section | None:
    at = SECTIONS.index(part) + 1
    return SECTIONS[at] if at < len(SECTIONS) else None


def _overview(
    visit: Visit, site_id: UUID, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    found = visit.api.read_survey_draft(site_id)
    known = known_of(visit, site_id, draft=True)
    every = tuple(field for one in SECTIONS for field in one.fields)
    answered, questions = known.progress(every)
    texts = GROUPS[visit.language]["page_method"]
    page = Overview(
        site=visit.api.read_site(site_id).value,
        known=known,
        version=found.etag or "",
        answered=answered,
        questions=questions,
        sections=tuple(_part(visit, known, one) for one in SECTIONS),
        drafted=found.value.answered,
        methods=tuple((str(one), texts[one]) for one in SurveyMethod),
        about=survey_form.questions(ABOUT_IT, known, form, visit.language),
        form=form,
        today=visit.today,
        faults=faults,
    )
    return visit.shown("survey.html", page, 422 if faults else 200)


def _part(visit: Visit, known: Known, part: Section) -> Part:
    answered, questions = known.progress(part.fields)
    every = survey_form.questions(part.fields, known, EMPTY, visit.language)
    wanted = [one for one in every if one.waits is not None and not one.values]
    wanted.sort(key=lambda one: -(one.waits or 0))
    return Part(section=part, answered=answered, questions=questions, wanted=tuple(wanted[:MOST]))


def _section(
    visit: Visit,
    site_id: UUID,
    part: Section,
    form: Form = EMPTY,
    faults: tuple[FormFault, ...] = (),
) -> Response:
    found = visit.api.read_survey_draft(site_id)
    known = known_of(visit, site_id, draft=True)
    answered, total = known.progress(field for one in SECTIONS for field in one.fields)
    page = SectionPage(
        site=visit.api.read_site(site_id).value,
        section=part,
        sections=SECTIONS,
        questions=survey_form.questions(part.fields, known, form, visit.language),
        answered=answered,
        total=total,
        version=found.etag or "",
        following=_after(part),
        unknowns=known.unknowns,
        faults=faults,
    )
    return visit.shown("survey_section.html", page, 422 if faults else 200)


def known_of(visit: Visit, site_id: UUID, *, draft: bool = False) -> Known:
    """What is known of an own site, and who waits for what is not."""
    return Known(
        current=visit.api.read_site_survey(site_id).value,
        draft=visit.api.read_survey_draft(site_id).value if draft else None,
        unknowns=visit.api.read_site_unknowns(site_id),
    )
