"""The coordinator's plans: started, followed, read with who and why, compared, and taken over."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.client import ProblemError
from api.domain import State
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault, body, faults_of
from api.pages.lists import Listed, Offset, listed
from api.pages.visit import Visit, Visiting
from api.schemas.jobs import Job
from api.schemas.plans import (
    Adoption,
    Assignment,
    Comparison,
    Plan,
    PlanAsked,
    Unplaced,
)

router = APIRouter()

PLANS, JOBS = "/planer", "/jobb"
LIMIT, CHOICES = 25, 20
STAYS = "stability"
"""The goal of staying near another plan, before the points."""
_NONE: tuple[FormFault, ...] = ()
OVER = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Where things are today: the last plan, what is being made, and proposals by state."""

    plan: Plan | None
    jobs: tuple[Job, ...]
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansPage:
    """Every plan, and the form for a new one."""

    plans: Listed[Plan]
    form: Form
    faults: tuple[FormFault, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """How far a job is."""

    job: Job
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan: its goals, who is proposed where, and who got no place and why."""

    plan: Plan
    assignments: Listed[Assignment]
    unplaced: Listed[Unplaced]
    others: tuple[Plan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """What is different in a plan from an earlier one."""

    plan: Plan
    other: Plan
    found: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionPage:
    """A plan that is about to be taken over, or what came of it."""

    plan: Plan
    version: str
    done: Adoption | None
    faults: tuple[FormFault, ...]


def overview(visit: Visit) -> Response:
    """The coordinator's first page."""
    plans = visit.api.list_plans(limit=1)
    jobs = visit.api.list_jobs(limit=10)
    states = tuple(
        (str(state), visit.api.list_proposals(state=state, limit=1).total)
        for state in (State.PROPOSED, State.OFFERED, State.ACCEPTED, State.STARTED)
    )
    context = Overview(
        plan=plans.items[0] if plans.items else None,
        jobs=tuple(one for one in jobs.items if one.state not in OVER),
        states=states,
    )
    return visit.shown("overview.html", context)


@router.get(PLANS, name="page:plans")
def plans(visit: Visiting, offset: Offset) -> Response:
    """Every plan of the organisation, newest first, and the form for a new one."""
    return _plans(visit, offset)


@router.post(PLANS, name="page:start-plan")
def start_plan(visit: Visiting, form: Filled) -> Response:
    """Start a plan, and follow it."""
    try:
        made = visit.api.start_plan(_asked(visit, form), key=form.key())
    except FormError as found:
        return _plans(visit, 0, form, found.faults)
    except ProblemError as problem:
        return _plans(visit, 0, form, faults_of(problem))
    return visit.gone_to(f"{JOBS}/{made.value.id}")


@router.get(f"{JOBS}/{{job_id}}", name="page:job")
def job(visit: Visiting, job_id: UUID) -> Response:
    """How far a job is; a script asks for its middle part again and again."""
    found = visit.api.read_job(job_id)
    template = "job_progress.html" if visit.part else "job.html"
    return visit.shown(template, JobPage(job=found, over=found.state in OVER))


@router.post(f"{JOBS}/{{job_id}}/avbryt", name="page:cancel-job")
def cancel_job(visit: Visiting, job_id: UUID) -> Response:
    """Ask that a job be stopped."""
    try:
        visit.api.cancel_job(job_id)
    except ProblemError as problem:
        faults_of(problem)  # it was over already: its page says so
    return visit.gone_to(f"{JOBS}/{job_id}")


@router.get(f"{PLANS}/{{plan_id}}", name="page:plan")
def plan(
    visit: Visiting,
    plan_id: UUID,
    offset: Offset,
    others_from: Annotated[int, Query(alias="utan", ge=0, le=1 << 31)] = 0,
) -> Response:
    """A plan: what it reaches, who is proposed where, who got no place and why."""
    api, path = visit.api, f"{PLANS}/{plan_id}"
    assignments = api.list_plan_assignments(plan_id, limit=LIMIT, offset=offset)
    unplaced = api.list_plan_unplaced(plan_id, limit=LIMIT, offset=others_from)
    known = api.list_plans(limit=CHOICES).items
    context = PlanPage(
        plan=api.read_plan(plan_id).value,
        assignments=listed(assignments, path, {"utan": str(others_from)}),
        unplaced=listed(unplaced, path, {"from": str(offset)}, "utan"),
        others=tuple(one for one in known if one.id != plan_id),
    )
    return visit.shown("plan.html", context)


@router.get(f"{PLANS}/{{plan_id}}/jamfor", name="page:compare-plans")
def compare(
    visit: Visiting, plan_id: UUID, other: Annotated[UUID, Query(alias="med")]
) -> Response:
    """What is different in a plan from another one."""
    context = ComparisonPage(
        plan=visit.api.read_plan(plan_id).value,
        other=visit.api.read_plan(other).value,
        found=visit.api.compare_plans(plan_id, other=other).value,
    )
    return visit.shown("plan_compare.html", context)


@router.get(f"{PLANS}/{{plan_id}}/anta", name="page:review-plan")
def review(visit: Visiting, plan_id: UUID) -> Response:
    """What happens when a plan is taken over, before it is."""
    found = visit.api.read_plan(plan_id)
    context = AdoptionPage(plan=found.value, version=found.etag or "", done=None, faults=())
    return visit.shown("plan_adopt.html", context)


@router.post(f"{PLANS}/{{plan_id}}/anta", name="page:adopt-plan")
def adopt(visit: Visiting, plan_id: UUID, form: Filled) -> Response:
    """Take a plan over: its rows become proposals that people say yes or no to."""
    done, faults = None, _NONE
    try:
        done = visit.api.adopt_plan(plan_id, version=form.text("version")).value
    except ProblemError as problem:
        faults = faults_of(problem)
    found = visit.api.read_plan(plan_id)
    context = AdoptionPage(plan=found.value, version=found.etag or "", done=done, faults=faults)
    return visit.shown("plan_adopt.html", context, 422 if faults else 200)


def _asked(visit: Visit, form: Form) -> PlanAsked:
    """The plan that was asked for; one that stays near another also strives to.

    Raises:
        FormError: with every fault.
    """
    given = {"planDate": form.given("planDate"), "former": form.given("former")}
    asked: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if "former" in asked:
        document = dict(visit.api.read_policy().value.whole)
        goals = [one for one in document["goals"] if one != STAYS]
        before = goals.index("points") if "points" in goals else len(goals)
        asked["policy"] = document | {"goals": [*goals[:before], STAYS, *goals[before:]]}
    return body(PlanAsked, asked)


def _plans(
    visit: Visit, offset: int, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    found = visit.api.list_plans(limit=LIMIT, offset=offset)
    context = PlansPage(plans=listed(found, PLANS), form=form, faults=faults, today=visit.today)
    return visit.shown("plans.html", context, 422 if faults else 200)
