"""Proposals and placements: the list, and one with its steps and a form for each that is next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import Client, ProblemError
from api.domain import DeclineReason, Ending, Refusal, RefusalCode, Role, State, Step, may
from api.pages import forms
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.lists import LIMIT, Listed, Offset, listed
from api.pages.reference import Choice
from api.pages.visit import Visit, Visiting
from api.schemas.placements import (
    NewDecline,
    NewEnding,
    NewHours,
    NewOffer,
    NewStart,
    NewWithdrawal,
    Proposal,
    ProposalInFull,
    RevisedProposal,
)
from api.texts import GROUPS

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Some placements; ``state`` is the filter, empty for all."""

    proposals: Listed[Proposal]
    state: str
    states: tuple[str, ...]


@router.get("/forslag", name="page:proposals")
def proposals(visit: Visiting, offset: Offset, lage: State | None = None) -> Response:
    """The placements of those who are shared with the supervisor."""
    visit.only("readProposal")
    found = visit.api.list_proposals(state=lage, limit=LIMIT, offset=offset)
    kept = {} if lage is None else {"lage": str(lage)}
    page = ListPage(
        proposals=listed(found, "/forslag", kept),
        state="" if lage is None else str(lage),
        states=tuple(map(str, State)),
    )
    return visit.shown("proposals.html", page)


Take = Callable[[Client, UUID, Form], object]


def _revise(api: Client, proposal: UUID, form: Form) -> object:
    values = {
        "sessions": form.all("sessions"),
        "hoursPerWeek": form.number("hoursPerWeek"),
        "startsOn": form.given("startsOn"),
        "endsOn": form.given("endsOn"),
        "goesAlong": form.yes("goesAlong"),
    }
    body = forms.body(RevisedProposal, values)
    return api.replace_proposal(proposal, body, version=form.text("version"))


def _offer(api: Client, proposal: UUID, form: Form) -> object:
    values = {
        "arrangements": form.given("arrangements"),
        "consented": form.yes("consented") is True,
        "goesAlong": form.yes("goesAlong"),
    }
    return api.offer_proposal(proposal, forms.body(NewOffer, values))


def _accept(api: Client, proposal: UUID, _: Form) -> object:
    return api.accept_proposal(proposal)


def _decline(api: Client, proposal: UUID, form: Form) -> object:
    values = {
        "by": form.text("by"),
        "reason": form.text("reason"),
        "note": form.given("note"),
    }
    return api.decline_proposal(proposal, forms.body(NewDecline, values))


def _withdraw(api: Client, proposal: UUID, form: Form) -> object:
    values = {"reason": form.given("reason"), "note": form.given("note")}
    return api.withdraw_proposal(proposal, forms.body(NewWithdrawal, values))


def _start(api: Client, proposal: UUID, form: Form) -> object:
    values = {"on": form.text("on"), "endsEarlier": form.yes("endsEarlier") is True}
    return api.start_proposal(proposal, forms.body(NewStart, values))


def _change_hours(api: Client, proposal: UUID, form: Form) -> object:
    values = {
        "on": form.text("on"),
        "hoursPerWeek": form.number("hoursPerWeek"),
        "sessions": form.all("sessions"),
        "note": form.given("note"),
    }
    body = forms.body(NewHours, values)
    return api.change_proposal_hours(proposal, body, version=form.text("version"))


def _end(api: Client, proposal: UUID, form: Form) -> object:
    values = {
        "on": form.text("on"),
        "ending": form.text("ending"),
        "hoursPerWeek": form.number("hoursPerWeek"),
        "note": form.given("note"),
    }
    return api.end_proposal(proposal, forms.body(NewEnding, values))


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with a placement: the step, how it is taken, the code of what was done.

    ``step`` decides in which states it can be; a change of a proposal can be where an offer can.
    """

    step: Step
    take: Take
    done: str


DEEDS: Mapping[str, Deed] = {
    "erbjud": Deed(Step.OFFER, _offer, "offered"),
    "ja": Deed(Step.ACCEPT, _accept, "yes_noted"),
    "borja": Deed(Step.START, _start, "started"),
    "timmar": Deed(Step.CHANGE_HOURS, _change_hours, "hours_changed"),
    "avsluta": Deed(Step.END, _end, "ended"),
    "andra": Deed(Step.OFFER, _revise, "proposal_saved"),
    "nej": Deed(Step.DECLINE, _decline, "no_noted"),
    "ta-tillbaka": Deed(Step.WITHDRAW, _withdraw, "withdrawn"),
}
"""By the word that stands in addresses, in order of use."""
FORWARD = ("erbjud", "ja", "borja")
"""What leads on: the form of the one that can be is open when nobody has chosen another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """A placement with its steps, the form that is open, and what else can be done.

    ``deed``: whose form is open, empty where there is none; ``forward``: it is one that leads on;
    ``half_days``: those of the place.
    """

    proposal: ProposalInFull
    version: str
    deed: str
    forward: bool
    others: tuple[str, ...]
    half_days: tuple[str, ...]
    reasons: tuple[Choice, ...]
    endings: tuple[Choice, ...]
    form: Form
    faults: tuple[FormFault, ...] = ()


@router.get("/forslag/{proposal_id}", name="page:proposal")
def proposal(visit: Visiting, proposal_id: UUID, steg: str = "") -> Response:
    """One placement, with the form of the step that was chosen, or of the next one."""
    return _page(visit, proposal_id, steg)


@router.post("/forslag/{proposal_id}/{deed}", name="page:step")
def take(visit: Visiting, proposal_id: UUID, deed: str, form: Filled) -> Response:
    """Take a step; or the form again with what is wrong."""
    found = DEEDS.get(deed)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    try:
        found.take(visit.api, proposal_id, form)
    except FormError as wrong:
        return _page(visit, proposal_id, deed, form, wrong.faults)
    except ProblemError as problem:
        return _page(visit, proposal_id, deed, form, _faults(visit, problem))
    return visit.gone_to(f"/forslag/{proposal_id}", found.done)


def _faults(visit: Visit, problem: ProblemError) -> tuple[FormFault, ...]:
    faults = forms.faults_of(problem)
    if problem.code == "precondition-failed":
        said = visit.says("proposal.changed_meanwhile")
        return (FormFault(field="", code=problem.code, text=said),)
    if problem.code == "not-consented":
        return (FormFault(field="consented", code=problem.code, text=problem.problem.detail),)
    return faults


def _page(
    visit: Visit,
    proposal_id: UUID,
    deed: str,
    form: Form = EMPTY,
    faults: tuple[FormFault, ...] = (),
) -> Response:
    found = visit.api.read_proposal(proposal_id)
    value = found.value
    possible = tuple(word for word in DEEDS if _can(word, value))
    opened = deed if deed in possible else next((one for one in FORWARD if one in possible), "")
    texts = GROUPS[visit.language]
    page = ProposalPage(
        proposal=value,
        version=found.etag or "",
        deed=opened,
        forward=opened in FORWARD,
        others=tuple(word for word in possible if word != opened),
        half_days=_half_days(visit, value, opened),
        reasons=tuple((str(one), texts["page_reason"][one]) for one in DeclineReason),
        endings=tuple((str(one), texts["page_ending"][one]) for one in Ending),
        form=form if form.fields else _known(value),
        faults=faults,
    )
    return visit.shown("proposal.html", page, 422 if faults else 200)


def _can(deed: str, found: ProposalInFull) -> bool:
    """Whether something can be done now; a yes is noted once."""
    if deed == "ja" and found.participant_yes is not None:
        return False
    return may(DEEDS[deed].step, found.state, Role.SUPERVISOR)


def _half_days(visit: Visit, found: ProposalInFull, deed: str) -> tuple[str, ...]:
    """The half-days to choose among: those of the place, and those that stand there."""
    if deed not in {"andra", "timmar"}:
        return ()
    place = visit.api.read_opening(found.opening_id).value
    return (*(one.name for one in place.half_days), *found.sessions)


def _known(found: ProposalInFull) -> Form:
    """A form as it is before somebody has written in it: with what is known."""
    along = {True: ("yes",), False: ("no",), None: ()}[found.goes_along]
    accepted = found.state is State.ACCEPTED and found.starts_on is not None
    known = {
        "sessions": tuple(found.sessions),
        "hoursPerWeek": (str(found.hours_per_week),),
        "startsOn": () if found.starts_on is None else (str(found.starts_on),),
        "endsOn": () if found.ends_on is None else (str(found.ends_on),),
        "goesAlong": along,
        "by": ("participant",),
        "on": (str(found.starts_on),) if accepted else (),
    }
    return Form(known)
