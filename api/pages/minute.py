"""The manager's minute: what is free, confirmed or changed by one tap; answers to give."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.pages import forms
from api.pages.forms import Filled, FormError, FormFault
from api.pages.lists import LIMIT, Listed, every, listed
from api.pages.openings import own_sites
from api.pages.survey_form import SECTIONS, Question, asked
from api.pages.visit import Visit, Visiting
from api.schemas.capacity import Capacity, NewCapacity
from api.schemas.drafts import SiteUnknowns, WaitingAnswer
from api.schemas.offers import Offer
from api.schemas.openings import OpeningOut
from api.schemas.sites import SiteOut
from api.schemas.surveys import pointer, task_pointer
from matcher.survey import SITE_FIELDS, WORK_FIELDS

router = APIRouter()

OFFERS = 5
SITES = 10
"""Sites that are asked what would help there."""
MOST = 5
"""Unknown answers that are told."""
CHANGED = "precondition-failed"
_FIELDS = {pointer(one.name): one for one in SITE_FIELDS}
_TASKS = {task_pointer(one.name): one for one in WORK_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An opening with what it has free, where it is, and what was wrong with a change."""

    opening: OpeningOut
    at: str
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An answer that would help: the question, where it is asked, and where to answer it."""

    question: Question
    at: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """The first page of a manager.

    ``counted``: whether any own site was counted; ``waits``: whether at any nobody is counted yet,
    since it is new.
    """

    offers: tuple[Offer, ...]
    offers_total: int
    rows: tuple[Row, ...]
    openings: Listed[OpeningOut]
    stale: int
    wanted: tuple[Wanted, ...]
    counted: bool
    waits: bool
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAlone:
    """A row, for a script that puts it in the place of the one before."""

    row: Row
    done: str


def home(visit: Visit) -> Response:
    """What waits for an answer, what is free, and what would help most."""
    return _page(visit)


@router.post("/platser/bekrafta", name="page:confirm-all")
def confirm_all(visit: Visiting) -> Response:
    """Say of every own opening that it still is right."""
    for one in every(lambda limit, offset: visit.api.list_openings(limit=limit, offset=offset)):
        visit.api.confirm_capacity(one.id)
    return visit.gone_to("/", "all_confirmed")


@router.post("/platser/{opening_id}/bekrafta", name="page:confirm")
def confirm(visit: Visiting, opening_id: UUID) -> Response:
    """Say of one that it still is right ("Stämmer fortfarande")."""
    return _taken(visit, opening_id, lambda: visit.api.confirm_capacity(opening_id), "confirmed")


@router.post("/platser/{opening_id}/lediga", name="page:free-seats")
def change_free(visit: Visiting, opening_id: UUID, form: Filled) -> Response:
    """Say how many seats are free; that confirms it, too.

    What was seen goes with the form: where somebody else has changed it since, nothing is.
    """

    def change() -> object:
        now = visit.api.read_capacity(opening_id)
        if form.text("seen") != f"{now.value.seats}-{now.value.taken}":
            raise FormError([FormFault(field="free", code=CHANGED)])
        body = with_free(now.value, form.number("free"))
        return visit.api.replace_capacity(opening_id, body, version=now.etag or "")

    return _taken(visit, opening_id, change, "free_changed")


def with_free(now: Capacity, free: object) -> NewCapacity:
    """The capacity with so many free seats; half-days that take all seats go on taking all.

    Raises:
        FormError: that is no number of seats.
    """
    if not isinstance(free, int) or free < 0:
        raise FormError([FormFault(field="free", code="not_a_number")])
    whole = now.session_seats == now.seats
    values = {
        "seats": now.taken + free,
        "sessionSeats": None if whole else now.session_seats,
        "status": now.status,
    }
    return forms.body(NewCapacity, values)


def _taken(visit: Visit, opening_id: UUID, act: Callable[[], object], done: str) -> Response:
    """The row alone for a script, else the page again."""
    fault = ""
    try:
        act()
    except FormError as wrong:
        changed = wrong.faults[0].code == CHANGED
        fault = visit.says("minute.changed_meanwhile" if changed else "minute.no_number")
    except ProblemError as problem:
        fault = forms.faults_of(problem)[0].text or visit.says("minute.no_number")
        if problem.code == CHANGED:
            fault = visit.says("minute.changed_meanwhile")
    if visit.part:
        now = visit.api.read_opening(opening_id).value
        site = visit.api.read_site(now.site_id).value
        row = Row(opening=now, at=site.name or site.code, fault=fault)
        return visit.shown("minute_row.html", RowAlone(row=row, done="" if fault else done))
    if fault:
        return _page(visit, {opening_id: fault})
    return visit.gone_to("/", done)


def _page(visit: Visit, faults: dict[UUID, str] | None = None) -> Response:
    told = faults or {}
    offers = visit.api.list_offers(limit=OFFERS)
    start = _start(visit)
    openings = visit.api.list_openings(limit=LIMIT, offset=start)
    sites = own_sites(visit)
    names = {site.id: site.name or site.code for site in sites}
    unknowns = tuple((one, visit.api.read_site_unknowns(one.id)) for one in sites[:SITES])
    page = Minute(
        offers=offers.items,
        offers_total=offers.total,
        rows=tuple(
            Row(opening=one, at=names[one.site_id], fault=told.get(one.id, ""))
            for one in sorted(openings.items, key=lambda one: not one.stale)
        ),
        openings=listed(openings, "/"),
        stale=sum(one.stale for one in openings.items),
        wanted=_wanted(visit, unknowns),
        counted=any(one.counted_on is not None for _, one in unknowns),
        waits=any(one.counted_from is not None for _, one in unknowns),
        faults=tuple(FormFault(field="", code="row", text=text) for text in told.values()),
    )
    return visit.shown("minute.html", page, 422 if told else 200)


def _start(visit: Visit) -> int:
    asked_for = visit.request.query_params.get("from", "0")
    return int(asked_for[:9]) if asked_for.isascii() and asked_for.isdigit() else 0


def _wanted(
    visit: Visit, unknowns: tuple[tuple[SiteOut, SiteUnknowns], ...]
) -> tuple[Wanted, ...]:
    """The unknown answers that most wait for, at any own site."""
    found = [
        (one.participants or 0, _want(visit, site, one))
        for site, counted in unknowns
        for one in counted.waiting
    ]
    found.sort(key=lambda one: -one[0])
    return tuple(one for _, one in found[:MOST])


def _want(visit: Visit, site: SiteOut, waiting: WaitingAnswer) -> Wanted:
    place = waiting.pointer
    if waiting.opening_id is not None:
        field, path = _TASKS[place], f"/platser/{waiting.opening_id}"
    else:
        field = _FIELDS[place]
        part = next(one for one in SECTIONS if field in one.fields)
        path = f"/arbetsplatser/{site.id}/kartlaggning/{part.word}"
    question = replace(asked(field, place, visit.language), waits=waiting.participants or 0)
    return Wanted(question=question, at=site.name or site.code, path=f"{path}#{question.name}")
