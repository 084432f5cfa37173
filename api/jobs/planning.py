"""Making a plan of an organisation."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from api.jobs.desk import Desk, JobFaultError, Made, NotWantedError, Told
from api.matching.problems import problem_of_organisation
from api.store import Session, plans
from api.store.plans import NewPlan

if TYPE_CHECKING:
    from matcher.domain import Problem
    from matcher.outcome import Outcome, Plan, Proposals
    from matcher.solve.door import Progress

NO_PLAN = "no-plan"


def plan(desk: Desk) -> Made:
    """The plan that was asked for, to be kept beside those that there are."""
    from matcher.dataset import policy_document, policy_of  # noqa: PLC0415 -- loads numpy
    from matcher.errors import PlanCancelledError  # noqa: PLC0415 -- as above
    from matcher.policy import Limits  # noqa: PLC0415 -- as above
    from matcher.solve import door  # noqa: PLC0415 -- loads OR-Tools

    asked = desk.job.asked
    desk.stage("reading")
    problem, document, former = _read(desk)
    problem = desk.with_journeys(problem)
    policy = policy_of(document, "policy")

    def report(progress: "Progress") -> None:
        desk.tell(told(progress))

    try:
        outcome = door.plan(
            problem,
            policy,
            Limits(seconds=asked["seconds"], seed=asked["seed"]),
            former=former,
            watch=door.Watch(report=report, cancelled=desk.cancelled),
        )
    except PlanCancelledError:
        raise NotWantedError from None
    made = outcome.plan
    if made is None:
        raise JobFaultError(NO_PLAN, {"status": str(outcome.status)})
    new = NewPlan(
        organisation_id=_organisation(desk),
        job_id=desk.job.id,
        plan_date=problem.plan_date,
        policy=policy_document(policy),
        summary=summary(problem, outcome, made) | {"former": asked["former"]},
        plan=made,
    )

    def keep(unit: Session) -> Told:
        return {"planId": str(plans.keep(unit, new).id)}

    return Made(keep=keep)


def told(progress: "Progress") -> Told:
    """What the engine is doing, as codes and numbers."""
    goal = {"goal": str(progress.goal), "value": progress.value, "bound": progress.bound}
    about = {"stage": progress.stage, "seconds": int(progress.elapsed)}
    return about | (goal if progress.goal else {})


def summary(problem: "Problem", outcome: "Outcome", made: "Plan") -> Told:
    """What may be told of a plan without telling of anybody."""
    pinned = sum(row.pinned for row in made.assignments)
    placed = len(made.assignments) - pinned
    return {
        "status": str(outcome.status),
        "cut": outcome.cut,
        "goals": [
            {"name": str(goal.name), "value": goal.value, "bound": goal.bound}
            for goal in outcome.goals
        ],
        "participants": len(problem.participants),
        "looking": placed + len(made.unplaced),
        "placed": placed,
        "pinned": pinned,
        "unplaced": dict(Counter(str(row.cause) for row in made.unplaced)),
        "seconds": {stage: round(time, 3) for stage, time in outcome.seconds.items()},
    }


def _read(desk: Desk) -> "tuple[Problem, dict[str, object], Proposals | None]":
    """The problem, the policy as a document, and the former plan's proposals, in one state."""
    asked, organisation = desk.job.asked, _organisation(desk)
    with desk.store.snapshot() as unit:
        problem = problem_of_organisation(
            unit, organisation, date.fromisoformat(asked["planDate"])
        )
        own = asked["policy"]
        document = dict(plans.policy(unit, organisation) if own is None else own)
        former = asked["former"] and plans.of(unit, organisation, UUID(asked["former"]))
        return problem, document, former.proposals if former else None


def _organisation(desk: Desk) -> UUID:
    found = desk.job.organisation_id
    if found is None:
        raise JobFaultError(NO_PLAN)
    return found
