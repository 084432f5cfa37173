"""The coordinator's weights (avvägningar): what a plan weighs, tried before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.client import Answer, ProblemError
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault, body, faults_of
from api.pages.plans import JOBS
from api.pages.visit import Visit, Visiting
from api.schemas.plans import PlanAsked
from api.schemas.policies import NewPolicy, Policy, PolicyChange

router = APIRouter()

PATH = "/avvagningar"
CRITERIA = ("wish", "travel", "want", "hours", "start")
SUM = 100
NUMBERS = ("horizon_days", "supervisor_starts")
CHANGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """What is weighed now, the form, and what was changed before."""

    policy: Policy
    version: str
    form: Form
    total: int | None
    faults: tuple[FormFault, ...]
    changes: tuple[PolicyChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the weights make together; None where one is no whole number."""

    total: int | None


@router.get(PATH, name="page:policy")
def policy(visit: Visiting) -> Response:
    """What the organisation plans with."""
    return _page(visit)


@router.post(PATH, name="page:change-policy")
def change(visit: Visiting, form: Filled) -> Response:
    """Try the weights in a plan of its own, or keep them, with why."""
    if visit.part:
        return visit.shown("policy_sum.html", Sum(total=_sum(form)))
    found = visit.api.read_policy()
    try:
        wanted = _wanted(found, form)
        if form.text("do") == "try":
            made = visit.api.start_plan(body(PlanAsked, {"policy": wanted}))
            return visit.gone_to(f"{JOBS}/{made.value.id}")
        new = body(NewPolicy, {"policy": wanted, "why": form.text("why")})
        visit.api.replace_policy(new, version=form.text("version"))
    except FormError as wrong:
        return _page(visit, form, wrong.faults)
    except ProblemError as problem:
        return _page(visit, form, _faults(problem))
    return visit.gone_to(PATH, "policy_kept")


def _sum(form: Form) -> int | None:
    weights = [form.number(f"weight_{one}") for one in CRITERIA]
    whole = [one for one in weights if isinstance(one, int)]
    return sum(whole) if len(whole) == len(weights) else None


def _wanted(now: Answer[Policy], form: Form) -> dict[str, Any]:
    """The policy as it was filled in; what the form does not ask about stays.

    Raises:
        FormError: weights that are no whole numbers, or do not make 100 together.
    """
    weights = {one: form.number(f"weight_{one}") for one in CRITERIA}
    faults = [
        FormFault(field=f"weight_{one}", code="not_a_number")
        for one, weight in weights.items()
        if not isinstance(weight, int) or weight < 0
    ]
    if not faults and _sum(form) != SUM:
        faults = [FormFault(field="weight_wish", code="not_100")]
    if faults:
        raise FormError(faults)
    kept = {name: value for name, value in now.value.policy.items() if name not in NUMBERS}
    numbers = {name: form.number(name) for name in NUMBERS}
    return (
        kept
        | {"weights": weights, "unknown_needs": form.text("unknown_needs") or "exclude"}
        | {"require_equal_treatment": form.text("require_equal_treatment") == "yes"}
        | {name: value for name, value in numbers.items() if value is not None}
    )


def _faults(problem: ProblemError) -> tuple[FormFault, ...]:
    """Faults of a policy at the fields of the form: ``/policy/horizon_days``."""
    found = []
    for fault in problem.faults:
        parts = [part for part in fault.pointer.split("/") if part and part != "policy"]
        name = parts[0] if parts else ""
        found.append(FormFault(field=name, code=fault.code, detail=fault.detail))
    return tuple(found) or faults_of(problem)


def _page(visit: Visit, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()) -> Response:
    found = visit.api.read_policy()
    filled = form if form is not EMPTY else _filled(found.value.whole)
    context = PolicyPage(
        policy=found.value,
        version=form.text("version") or found.etag or "",
        form=filled,
        total=_sum(filled),
        faults=faults,
        changes=visit.api.list_policy_changes(limit=CHANGES).items,
    )
    return visit.shown("policy.html", context, 422 if faults else 200)


def _filled(whole: Mapping[str, Any]) -> Form:
    """The form as the policy fills it."""
    told = {f"weight_{one}": str(whole["weights"][one]) for one in CRITERIA}
    told |= {name: "" if whole.get(name) is None else str(whole[name]) for name in NUMBERS}
    told["unknown_needs"] = str(whole["unknown_needs"])
    told["require_equal_treatment"] = "yes" if whole["require_equal_treatment"] else "no"
    return Form({name: (value,) for name, value in told.items()})
