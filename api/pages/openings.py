"""Own openings (våra platser): the list, a new one, its terms, its capacity, and signed links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.client import ProblemError
from api.domain import Refusal, RefusalCode, Role
from api.pages import forms, reference, survey_form
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.lists import LIMIT, Listed, Offset, every, listed
from api.pages.reference import Choice
from api.pages.survey_form import Question
from api.pages.visit import Visit, Visiting
from api.schemas.capacity import Capacity, CapacityLink, NewCapacity
from api.schemas.openings import OpeningChange, OpeningIn, OpeningOut
from api.schemas.sites import SiteOut
from api.schemas.surveys import task_pointer
from api.texts import GROUPS
from matcher.domain import Enrolment, OpeningStatus, Remote, WishLevel
from matcher.survey import WORK_FIELDS

router = APIRouter()

PATH = "/platser"
CHANGED = "precondition-failed"
_WORK = {task_pointer(one.name): one for one in WORK_FIELDS}


def _managing(visit: Visiting) -> Visit:
    if visit.me is None or Role(visit.me.role) is not Role.PROVIDER_MANAGER:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return visit


Managing = Annotated[Visit, Depends(_managing)]
"""A manager at a page that is about what is their own: others find these things elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningsPage:
    """Own openings, and the sites they are at."""

    openings: Listed[OpeningOut]
    sites: tuple[SiteOut, ...]
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be chosen among in the terms of an opening."""

    groups: tuple[str, ...]
    enrolment: tuple[Choice, ...]
    insurance: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    remote: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    municipalities: tuple[Choice, ...]
    tasks: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpeningPage:
    """A new opening as a form."""

    sites: tuple[SiteOut, ...]
    form: Form
    choices: Choices
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """An own opening: its capacity, its terms, and a link that was just made."""

    opening: OpeningOut
    site: SiteOut
    capacity: Capacity
    version: str
    form: Form
    seats: Form
    choices: Choices
    link: CapacityLink | None
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was filled in and is wrong, in either form of an opening's page."""

    terms: Form = EMPTY
    seats: Form = EMPTY
    faults: tuple[FormFault, ...] = ()
    link: CapacityLink | None = None


@router.get(PATH, name="page:openings")
def openings(visit: Managing, offset: Offset) -> Response:
    """The own openings, and the sites they are at."""
    found = visit.api.list_openings(limit=LIMIT, offset=offset)
    sites = own_sites(visit)
    names = {site.id: site.name or site.code for site in sites}
    page = OpeningsPage(openings=listed(found, PATH), sites=sites, names=names)
    return visit.shown("openings.html", page)


@router.get(f"{PATH}/ny", name="page:new-opening")
def new_opening(visit: Managing) -> Response:
    """A new opening."""
    return _new(visit)


@router.post(f"{PATH}/ny", name="page:make-opening")
def make_opening(visit: Managing, form: Filled) -> Response:
    """Keep a new opening; whoever makes it confirms its seats thereby."""
    capacity = {
        "code": form.text("code"),
        "siteId": form.text("siteId"),
        "seats": form.number("seats"),
        "halfDays": form.all("halfDays"),
    }
    try:
        made = visit.api.create_opening(_body(OpeningIn, _terms(form) | capacity)).value
    except FormError as wrong:
        return _new(visit, form, wrong.faults)
    except ProblemError as problem:
        return _new(visit, form, _faults(visit, problem))
    return visit.gone_to(f"{PATH}/{made.id}", "opening_made")


@router.get(f"{PATH}/{{opening_id}}", name="page:opening")
def opening(visit: Managing, opening_id: UUID) -> Response:
    """An own opening."""
    return _page(visit, opening_id)


@router.post(f"{PATH}/{{opening_id}}/villkor", name="page:opening-terms")
def change_terms(visit: Managing, opening_id: UUID, form: Filled) -> Response:
    """Change what an opening offers and asks for."""
    try:
        body = _body(OpeningChange, _terms(form))
        visit.api.replace_opening(opening_id, body, version=form.text("version"))
    except FormError as wrong:
        return _page(visit, opening_id, Written(terms=form, faults=wrong.faults))
    except ProblemError as problem:
        faults = _faults(visit, problem)
        return _page(visit, opening_id, Written(terms=form, faults=faults))
    return visit.gone_to(f"{PATH}/{opening_id}", "saved")


@router.post(f"{PATH}/{{opening_id}}/antal", name="page:capacity")
def change_capacity(visit: Managing, opening_id: UUID, form: Filled) -> Response:
    """Change how many an opening takes, on which half-days, and whether it takes anybody now."""
    values = {
        "seats": form.number("seats"),
        "sessionSeats": form.number("sessionSeats"),
        "halfDays": form.all("halfDays"),
        "status": form.text("status"),
    }
    try:
        body = forms.body(NewCapacity, values)
        visit.api.replace_capacity(opening_id, body, version=form.text("version"))
    except FormError as wrong:
        return _page(visit, opening_id, Written(seats=form, faults=wrong.faults))
    except ProblemError as problem:
        faults = _faults(visit, problem)
        return _page(visit, opening_id, Written(seats=form, faults=faults))
    return visit.gone_to(f"{PATH}/{opening_id}", "free_changed")


@router.post(f"{PATH}/{{opening_id}}/lank", name="page:make-link")
def make_link(visit: Managing, opening_id: UUID) -> Response:
    """Make a signed link; it is shown on the page that answers, and never again."""
    made = visit.api.create_capacity_link(opening_id).value
    return _page(visit, opening_id, Written(link=made))


def own_sites(visit: Visit) -> tuple[SiteOut, ...]:
    """Every site of the own provider."""
    return every(lambda limit, offset: visit.api.list_sites(limit=limit, offset=offset))


def _terms(form: Form) -> dict[str, object]:
    """What was filled in of an opening's terms, as the API takes it."""
    wish = (
        reference.wish_of(form.text("occupationGroup")) if form.text("occupationGroup") else None
    )
    known = wish is not None and wish[0] == str(WishLevel.GROUP)
    added = form.given("municipality")
    return {
        "title": form.text("title"),
        "occupationGroup": wish[1] if wish and known else form.text("occupationGroup")[:4],
        "hoursMin": form.number("hoursMin") or 0,
        "hoursMax": form.number("hoursMax"),
        "startsFrom": form.given("startsFrom"),
        "startsUntil": form.given("startsUntil"),
        "eligibleMunicipalities": tuple(
            dict.fromkeys((*form.all("eligibleMunicipalities"), *([added] if added else [])))
        ),
        "eligibleEnrolment": form.all("eligibleEnrolment"),
        "insurance": form.given("insurance"),
        "minAge": form.number("minAge"),
        "languages": form.all("languages"),
        "remote": form.text("remote") or str(Remote.NO),
        "mayHire": form.yes("mayHire"),
        "work": {
            place.rpartition("/")[2]: survey_form.filled(field, survey_form.name_of(place), form)
            for place, field in _WORK.items()
        },
    }


def _body(kind: type[forms.Model], values: Mapping[str, object]) -> forms.Model:
    """A body with the answers about the task in it.

    Raises:
        FormError: with every fault beside its field.
    """
    try:
        return survey_form.checked(kind, values)
    except FormError as wrong:
        raise FormError(
            FormFault(field="occupationGroup", code="not_among")
            if one.field == "occupationGroup"
            else one
            for one in wrong.faults
        ) from None


def _faults(visit: Visit, problem: ProblemError) -> tuple[FormFault, ...]:
    if problem.code == CHANGED:
        said = visit.says("openings.changed_meanwhile")
        return (FormFault(field="", code=CHANGED, text=said),)
    return survey_form.faults_of(problem)


def _new(visit: Visit, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()) -> Response:
    page = NewOpeningPage(
        sites=own_sites(visit),
        form=form,
        choices=_choices(visit, survey_form.task_questions({}, {}, form, visit.language)),
        faults=faults,
    )
    return visit.shown("opening_new.html", page, 422 if faults else 200)


def _page(visit: Visit, opening_id: UUID, written: Written | None = None) -> Response:
    told = written or Written()
    found = visit.api.read_opening(opening_id)
    now, capacity = found.value, visit.api.read_capacity(opening_id).value
    work = now.work.model_dump(by_alias=True)
    answers = {place: work[place.rpartition("/")[2]] for place in _WORK}
    waits = {
        one.pointer: one.participants or 0
        for one in visit.api.read_site_unknowns(now.site_id).waiting
        if one.opening_id == now.id
    }
    tasks = survey_form.task_questions(answers, waits, told.terms, visit.language)
    page = OpeningPage(
        opening=now,
        site=visit.api.read_site(now.site_id).value,
        capacity=capacity,
        version=found.etag or "",
        form=told.terms if told.terms.fields else _known(visit, now),
        seats=told.seats if told.seats.fields else _seats(capacity),
        choices=_choices(visit, tasks),
        link=told.link,
        faults=told.faults,
    )
    return visit.shown("opening.html", page, 422 if told.faults else 200)


def _choices(visit: Visit, tasks: tuple[Question, ...]) -> Choices:
    texts = GROUPS[visit.language]
    unknown = ("", texts["page_form"]["unknown"])
    wishes = reference.wishes(visit.language)
    return Choices(
        groups=tuple(text for (kind, _), text in wishes.items() if kind == str(WishLevel.GROUP)),
        enrolment=tuple((str(one), texts["authorities"][one]) for one in Enrolment),
        insurance=(
            unknown,
            *((one, texts["page_openings"][one]) for one in ("provided", "required")),
        ),
        languages=tuple(texts["page_languages"].items()),
        remote=tuple((str(one), texts["page_from_home"][one]) for one in Remote),
        statuses=tuple((str(one), texts["page_openings"][one]) for one in OpeningStatus),
        municipalities=reference.municipalities(),
        tasks=tasks,
    )


def _known(visit: Visit, now: OpeningOut) -> Form:
    """The terms as they stand, as a form holds them."""
    group = reference.wishes(visit.language).get((str(WishLevel.GROUP), now.occupation_group))
    hire = {True: ("yes",), False: ("no",), None: ()}[now.may_hire]
    one = survey_form.written
    return Form(
        {
            "title": (now.title,),
            "occupationGroup": (group or now.occupation_group,),
            "hoursMin": one(now.hours_min),
            "hoursMax": one(now.hours_max),
            "startsFrom": one(now.starts_from),
            "startsUntil": one(now.starts_until),
            "eligibleMunicipalities": now.eligible_municipalities,
            "eligibleEnrolment": tuple(map(str, now.eligible_enrolment)),
            "insurance": one(now.insurance),
            "minAge": one(now.min_age),
            "languages": now.languages,
            "remote": (str(now.remote),),
            "mayHire": hire,
        },
    )


def _seats(now: Capacity) -> Form:
    """The capacity as it stands; half-days that take as many as there are seats say nothing."""
    several = () if now.session_seats == now.seats else (str(now.session_seats),)
    return Form(
        {
            "seats": (str(now.seats),),
            "sessionSeats": several,
            "halfDays": tuple(now.half_days),
            "status": (str(now.status),),
        },
    )
