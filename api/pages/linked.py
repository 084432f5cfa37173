"""The page of a signed link: free seats confirmed or changed on a phone, without logging in.

The link itself is the key. It stands in the address alone: logs write routes, not addresses, and
no page tells the next where somebody came from (``Referrer-Policy``).
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.client import ProblemError
from api.pages import forms
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault
from api.pages.visit import Passing, Visit
from api.schemas.capacity import LinkedCapacity, LinkUse

router = APIRouter()

Link = Annotated[str, Path(pattern=r"^[A-Za-z0-9._~-]{1,200}$")]
OVER = frozenset({"link-used-up", "not-found"})
"""A link that has been used or whose time is over, and one that is none."""
GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """What the link is for; None where it is over. ``done``: it has just been used."""

    capacity: LinkedCapacity | None
    done: bool
    address: str
    form: Form
    faults: tuple[FormFault, ...] = ()


@router.get("/capacity-links/{link}", name="page:link")
def look(visit: Passing, link: Link) -> Response:
    """What a link is for; looking does not use it up."""
    return _page(visit, link)


@router.post("/capacity-links/{link}", name="page:use-link")
def use(visit: Passing, link: Link, form: Filled) -> Response:
    """Confirm, or say how many seats are free; the link is used up by that.

    What then stands there is shown at once: the link cannot be looked at again.
    """
    changes = form.text("does") == "change"
    try:
        if changes and not isinstance(form.number("free"), int):
            return _page(visit, link, form, (FormFault(field="free", code="not_a_number"),))
        body = forms.body(LinkUse, {"free": form.number("free") if changes else None})
        now = visit.api.use_capacity_link(body, capacity_link=link)
    except FormError as wrong:
        return _page(visit, link, form, wrong.faults)
    except ProblemError as problem:
        if problem.code in OVER:
            return _page(visit, link)
        fault = forms.faults_of(problem)[0]
        told = FormFault(field="free", code=fault.code, text=problem.problem.detail)
        return _page(visit, link, form, (told,))
    return visit.shown("link.html", LinkPage(capacity=now, done=True, address="", form=EMPTY))


def _page(
    visit: Visit, link: str, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    try:
        found = visit.api.read_linked_capacity(capacity_link=link)
    except ProblemError as problem:
        if problem.code not in OVER:
            raise
        over = LinkPage(capacity=None, done=False, address="", form=EMPTY)
        return visit.shown("link.html", over, GONE)
    page = LinkPage(
        capacity=found,
        done=False,
        address=f"/capacity-links/{link}",
        form=form,
        faults=faults,
    )
    return visit.shown("link.html", page, 422 if faults else 200)
