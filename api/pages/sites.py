"""Own sites (arbetsplatser) with what is known of them, and the provider's own facts."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.pages import forms, survey_form
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.openings import Managing
from api.pages.reference import Choice, municipalities
from api.pages.survey_form import SECTIONS, Question, Section
from api.pages.surveying import known_of
from api.pages.visit import Visit
from api.schemas.openings import OpeningOut
from api.schemas.providers import ProviderChange, ProviderOut
from api.schemas.sites import SiteChange, SiteIn, SiteOut
from api.schemas.surveys import SurveyOut
from api.texts import GROUPS
from matcher.domain import ProviderKind

router = APIRouter()

PATH = "/arbetsplatser"
PROVIDER = "/anordnare"
SURVEYS = 10
"""Surveys that are listed; the newest ones."""
OPENINGS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSitePage:
    """A new site as a form."""

    form: Form
    municipalities: tuple[Choice, ...]
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is known of a section."""

    section: Section
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A site, its openings, what is known of it and what is not, and its facts as a form."""

    site: SiteOut
    version: str
    openings: tuple[OpeningOut, ...]
    answered: int
    questions: int
    sections: tuple[Answered, ...]
    drafted: int
    surveys: tuple[SurveyOut, ...]
    form: Form
    municipalities: tuple[Choice, ...]
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """The provider's own facts as a form."""

    provider: ProviderOut
    version: str
    kinds: tuple[Choice, ...]
    form: Form
    faults: tuple[FormFault, ...] = ()


@router.get(f"{PATH}/ny", name="page:new-site")
def new_site(visit: Managing) -> Response:
    """A new site."""
    return visit.shown("site_new.html", NewSitePage(form=EMPTY, municipalities=municipalities()))


@router.post(f"{PATH}/ny", name="page:make-site")
def make_site(visit: Managing, form: Filled) -> Response:
    """Keep a new site of the own provider."""
    try:
        body = forms.body(SiteIn, _facts(form) | {"code": form.text("code")})
        made = visit.api.create_site(body).value
    except FormError as wrong:
        faults = wrong.faults
    except ProblemError as problem:
        faults = forms.faults_of(problem)
    else:
        return visit.gone_to(f"{PATH}/{made.id}", "site_made")
    page = NewSitePage(form=form, municipalities=municipalities(), faults=faults)
    return visit.shown("site_new.html", page, 422)


@router.get(f"{PATH}/{{site_id}}", name="page:site")
def site(visit: Managing, site_id: UUID) -> Response:
    """An own site with what is known of it."""
    return _page(visit, site_id)


@router.post(f"{PATH}/{{site_id}}", name="page:site-facts")
def change_site(visit: Managing, site_id: UUID, form: Filled) -> Response:
    """Change the facts of a site."""
    try:
        body = forms.body(SiteChange, _facts(form))
        visit.api.replace_site(site_id, body, version=form.text("version"))
    except FormError as wrong:
        return _page(visit, site_id, form, wrong.faults)
    except ProblemError as problem:
        return _page(visit, site_id, form, _faults(visit, problem))
    return visit.gone_to(f"{PATH}/{site_id}", "saved")


@router.get(PROVIDER, name="page:provider")
def provider(visit: Managing) -> Response:
    """The provider's own facts."""
    return _provider(visit)


@router.post(PROVIDER, name="page:provider-facts")
def change_provider(visit: Managing, form: Filled) -> Response:
    """Change the provider's own facts."""
    values = {
        "kind": form.text("kind"),
        "name": form.text("name"),
        "organisationNumber": form.given("organisationNumber"),
        "equalTreatment": form.given("equalTreatment"),
    }
    number = visit.api.list_providers(limit=1).items[0].id
    try:
        body = forms.body(ProviderChange, values)
        visit.api.replace_provider(number, body, version=form.text("version"))
    except FormError as wrong:
        return _provider(visit, form, wrong.faults)
    except ProblemError as problem:
        return _provider(visit, form, _faults(visit, problem))
    return visit.gone_to(PROVIDER, "saved")


def _facts(form: Form) -> dict[str, object]:
    return {
        "name": form.text("name"),
        "municipalityCode": form.text("municipalityCode"),
        "latitude": form.number("latitude"),
        "longitude": form.number("longitude"),
    }


def _faults(visit: Visit, problem: ProblemError) -> tuple[FormFault, ...]:
    if problem.code == "precondition-failed":
        said = visit.says("openings.changed_meanwhile")
        return (FormFault(field="", code=problem.code, text=said),)
    return forms.faults_of(problem)


def _page(
    visit: Visit, site_id: UUID, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    found = visit.api.read_site(site_id)
    now = found.value
    known = known_of(visit, site_id)
    answered, questions = known.progress(field for one in SECTIONS for field in one.fields)
    openings = visit.api.list_openings(provider_id=now.provider_id, limit=OPENINGS).items
    facts = {
        "name": (now.name,),
        "municipalityCode": (now.municipality_code,),
        "latitude": (str(now.latitude),),
        "longitude": (str(now.longitude),),
    }
    page = SitePage(
        site=now,
        version=found.etag or "",
        openings=tuple(one for one in openings if one.site_id == site_id),
        answered=answered,
        questions=questions,
        sections=tuple(
            Answered(
                section=one,
                questions=survey_form.questions(one.fields, known, EMPTY, visit.language),
            )
            for one in SECTIONS
        ),
        drafted=visit.api.read_survey_draft(site_id).value.answered,
        surveys=visit.api.list_surveys(site_id, limit=SURVEYS).items,
        form=form if form.fields else Form(facts),
        municipalities=municipalities(),
        faults=faults,
    )
    return visit.shown("site.html", page, 422 if faults else 200)


def _provider(visit: Visit, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()) -> Response:
    found = visit.api.read_provider(visit.api.list_providers(limit=1).items[0].id)
    now, texts = found.value, GROUPS[visit.language]["page_provider_kinds"]
    known = {
        "kind": (str(now.kind),),
        "name": (now.name,),
        "organisationNumber": (now.organisation_number or "",),
        "equalTreatment": (now.equal_treatment or "",),
    }
    page = ProviderPage(
        provider=now,
        version=found.etag or "",
        kinds=tuple((str(one), texts[one]) for one in ProviderKind),
        form=form if form.fields else Form(known),
        faults=faults,
    )
    return visit.shown("provider.html", page, 422 if faults else 200)
