"""Plans (placeringsförslag) of an organisation: made by a job, read, compared, taken over."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response

from api.domain import Fault, Principal, Refusal, RefusalCode
from api.doorway import (
    Asking,
    IfMatch,
    OnceOnly,
    Paging,
    Reading,
    Writing,
    etag,
    links,
)
from api.matching import policies
from api.problems import language_of
from api.routes.jobs import STARTED
from api.routes.jobs import shown as job_shown
from api.routes.judging import Barring, Lacking, PlanId
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas import plans as wire
from api.schemas.jobs import PLAN, Job
from api.store import Session, adoption, audit, jobs, known, plans
from api.store.engine import day_of
from api.store.jobs import Kind
from api.store.tables import PlanRow

router = APIRouter(tags=["plans"])

MISSING = refusals(RefusalCode.NOT_FOUND)
ADOPTED = refusals(
    RefusalCode.NOT_FOUND,
    RefusalCode.WRONG_STATE,
    RefusalCode.PRECONDITION_FAILED,
    RefusalCode.PRECONDITION_REQUIRED,
)


@router.post(
    "/plans",
    operation_id="startPlan",
    status_code=202,
    response_model=Job,
    responses=STARTED | refusals(RefusalCode.NOT_VALID, RefusalCode.NOT_FOUND),
)
def start_plan(
    who: Asking,
    unit: Writing,
    once: OnceOnly,
    body: Annotated[wire.PlanAsked, Body()],
    request: Request,
) -> Response:
    """Start a plan of your organisation; ``Location`` is the job that makes it."""
    policy = None if body.policy is None else dict(body.policy)
    _check(unit, who, body, policy)

    def make() -> tuple[Job, dict[str, str]]:
        asked: dict[str, Any] = {
            "planDate": (body.plan_date or day_of(unit)).isoformat(),
            "policy": policy,
            "former": body.former and str(body.former),
            "seconds": body.seconds,
            "seed": body.seed,
        }
        row = jobs.queue(unit, who, Kind.PLAN, asked)
        audit.note(unit, who, "plan.start", f"job:{row.id}", plan_date=asked["planDate"])
        place = request.app.url_path_for("read_job", jobId=row.id)
        return job_shown(row, language_of(request)), {"Location": str(place)}

    return once(make, 202)


def _check(
    unit: Session, who: Principal, body: wire.PlanAsked, policy: dict[str, object] | None
) -> None:
    """Every fault of what is asked for, before a job is made of it."""
    from matcher.policy import GoalName  # noqa: PLC0415 -- loads numpy

    if body.former is not None:
        plans.own(unit, who, body.former)
    assert who.organisation_id is not None  # noqa: S101 -- the table of users says so
    document = plans.policy(unit, who.organisation_id) if policy is None else policy
    stays = GoalName.STABILITY in policies.checked(document).goals
    if stays is not (body.former is not None):
        code = "former_missing" if stays else "former_unasked"
        raise Refusal(RefusalCode.NOT_VALID, faults=(Fault(pointer="/former", code=code),))


def shown(row: PlanRow) -> wire.Plan:
    """A plan on the wire."""
    summary = row.summary
    return wire.Plan(
        id=row.id,
        job_id=row.job_id,
        plan_date=row.plan_date,
        created_at=row.created_at,
        goals=tuple(wire.Goal(**goal) for goal in summary["goals"]),
        policy=row.policy,
        adopted_at=row.adopted_at,
        **{name: summary[name] for name in ("status", "cut", "former", "unplaced")},
        **{name: summary[name] for name in ("participants", "looking", "placed", "pinned")},
    )


@router.get("/plans", operation_id="listPlans")
def list_plans(
    who: Asking, unit: Reading, window: Paging, request: Request, response: Response
) -> Page[wire.Plan]:
    """The plans of your organisation, newest first."""
    rows, total = plans.of_organisation(unit, who.organisation_id, window.limit, window.offset)
    response.headers["Link"] = links(request, window, total)
    items = tuple(shown(row) for row in rows)
    return Page[wire.Plan](items=items, total=total, limit=window.limit, offset=window.offset)


@router.get("/plans/{planId}", operation_id="readPlan", responses=MISSING)
def read_plan(who: Asking, unit: Reading, plan: PlanId, response: Response) -> wire.Plan:
    """A plan: what it reaches, and how many got no place, by cause."""
    row = plans.own(unit, who, plan)
    response.headers["ETag"] = etag(row.version)
    return shown(row)


@router.get("/plans/{planId}/assignments", operation_id="listPlanAssignments", responses=MISSING)
def list_assignments(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    who: Asking,
    unit: Writing,
    plan: PlanId,
    window: Paging,
    request: Request,
    response: Response,
) -> Page[wire.Assignment]:
    """Who is proposed where, by pseudonym; who was erased since is left out."""
    from matcher.domain import session_names  # noqa: PLC0415 -- loads numpy

    row = plans.own(unit, who, plan)
    people, openings = plans.people(unit, row), known.places(unit).openings
    found = [
        one
        for one in plans.opened(unit, row).assignments
        if one.participant_id in people and one.opening_id in openings
    ]
    response.headers["Link"] = links(request, window, len(found))
    audit.note(unit, who, "plan.read", f"plan:{row.id}", rows="assignments")
    told = found[window.offset : window.offset + window.limit]
    titles = known.titles(unit, [openings[one.opening_id] for one in told])
    items = tuple(
        wire.Assignment(
            participant_id=people[one.participant_id],
            participant=one.participant_id,
            opening_id=openings[one.opening_id],
            opening=one.opening_id,
            title=titles[openings[one.opening_id]][0],
            site=titles[openings[one.opening_id]][1],
            starts_on=one.starts_on,
            sessions=session_names(one.sessions),
            points=one.points,
            norm_goal_met=one.norm_goal_met,
            pinned=one.pinned,
            from_home=one.from_home,
        )
        for one in told
    )
    return Page[wire.Assignment](
        items=items, total=len(found), limit=window.limit, offset=window.offset
    )


@router.get("/plans/{planId}/unplaced", operation_id="listPlanUnplaced", responses=MISSING)
def list_unplaced(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    who: Asking,
    unit: Writing,
    plan: PlanId,
    window: Paging,
    request: Request,
    response: Response,
) -> Page[wire.Unplaced]:
    """Who looks for a place and got none, by pseudonym, and why."""
    row = plans.own(unit, who, plan)
    people = plans.people(unit, row)
    found = [one for one in plans.opened(unit, row).unplaced if one.participant_id in people]
    response.headers["Link"] = links(request, window, len(found))
    audit.note(unit, who, "plan.read", f"plan:{row.id}", rows="unplaced")
    items = tuple(
        wire.Unplaced(
            participant_id=people[one.participant_id],
            participant=one.participant_id,
            cause=str(one.cause),
        )
        for one in found[window.offset : window.offset + window.limit]
    )
    return Page[wire.Unplaced](
        items=items, total=len(found), limit=window.limit, offset=window.offset
    )


@router.get("/plans/{planId}/comparison", operation_id="comparePlans", responses=MISSING)
def compare_plans(
    who: Asking,
    unit: Writing,
    plan: PlanId,
    other: Annotated[UUID, Query(alias="with", description="The other plan", examples=[PLAN])],
) -> wire.Comparison:
    """What is different in this plan from another one of yours."""
    from matcher.compare import Move, compare  # noqa: PLC0415 -- loads numpy

    after, before = plans.own(unit, who, plan), plans.own(unit, who, other)
    people = plans.people(unit, after)
    found = compare(
        plans.opened(unit, before),
        plans.opened(unit, after),
        plans.goals(before),
        plans.goals(after),
    )
    audit.note(unit, who, "plan.compare", f"plan:{after.id}", other=str(before.id))

    def moves(of: tuple[Move, ...]) -> tuple[wire.Move, ...]:
        return tuple(
            wire.Move(participant=one.participant_id, before=one.before, after=one.after)
            for one in of
            if one.participant_id in people
        )

    return wire.Comparison(
        goals=tuple(
            wire.GoalChange(name=str(goal.name), before=goal.before, after=goal.after)
            for goal in found.goals
        ),
        gained=moves(found.gained),
        lost=moves(found.lost),
        moved=moves(found.moved),
        rescheduled=tuple(name for name in found.rescheduled if name in people),
        kept=found.kept,
    )


@router.post("/plans/{planId}/adoption", operation_id="adoptPlan", responses=ADOPTED)
def adopt_plan(  # noqa: PLR0913, PLR0917 -- what the doorway hands in
    who: Asking,
    version: IfMatch,
    lacking: Lacking,
    barred: Barring,
    unit: Writing,
    plan: PlanId,
    response: Response,
) -> wire.Adoption:
    """Make proposals of a plan's rows; each still needs its people's yes. A plan is adopted once.

    A row whose seat is not free yet waits until it is. Each row is judged again, as a single
    proposal is: where something is known by now to stand between, it is not proposed, and the
    codes of the barriers are told. Rows that cannot be proposed any more undo nothing. What those
    lack who got no place is recorded as unmet demand, without persons.
    """
    row = plans.own(unit, who, plan)
    plans.adopted(unit, who, row, version)
    adoption.note_lacks(unit, lacking)
    found = adoption.adopt(unit, who, row, barred)
    audit.note(unit, who, "plan.adopt", f"plan:{row.id}", proposed=found.proposed)
    response.headers["ETag"] = etag(row.version)
    return wire.Adoption(
        plan_id=row.id,
        proposed=found.proposed,
        waiting=tuple(
            wire.Waiting(participant=code, placement_id=placement, waits_until=day)
            for code, placement, day in found.waiting
        ),
        not_proposed=tuple(
            wire.NotProposed(
                participant=one.participant,
                opening=one.opening,
                code=str(one.code),
                barriers=one.barriers,
            )
            for one in found.refused
        ),
    )
