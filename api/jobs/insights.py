"""Insight: what would open more doors, as aggregates in which nobody can be found.

Rows of fewer than ``FEWEST`` people are left out and only counted; of a supervisor's people a part
is told only where neither it nor the rest is few. With protected identity nobody is in any count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.jobs.desk import Desk, Made, NotWantedError, Told
from api.matching.problems import problem_of_all, problem_of_organisation
from api.store import Session, plans

if TYPE_CHECKING:
    from matcher.columns import Table
    from matcher.domain import Problem
    from matcher.insight.load import SupervisorLoad
    from matcher.policy import GoalName, Policy
    from matcher.solve.standing import Standing

FEWEST = 5
"""Fewer people than this are never a row of their own."""


def insight(desk: Desk) -> Made:
    """Seats, barriers, unknown answers, unmet demand and load, on a plan made for it."""
    desk.stage("reading")
    problem, document = _read(desk)
    result = _told(desk, desk.with_journeys(unprotected(problem)), document)

    def keep(_: Session) -> Told:
        return result

    return Made(keep=keep)


def _read(desk: Desk) -> "tuple[Problem, Mapping[str, object]]":
    """An organisation's problem with its own policy; for analysts everybody's, with the usual."""
    day, organisation = date.fromisoformat(desk.job.asked["planDate"]), desk.job.organisation_id
    with desk.store.snapshot() as unit:
        if organisation is None:
            return problem_of_all(unit, day), {}
        problem = problem_of_organisation(unit, organisation, day)
        return problem, dict(plans.policy(unit, organisation))


def unprotected(problem: "Problem") -> "Problem":
    """Without those with protected identity: what they hold is held, by nobody who counts."""
    people = tuple(one for one in problem.participants if not one.protected_identity)
    return replace(problem, participants=people)


def _told(desk: Desk, problem: "Problem", document: Mapping[str, object]) -> Told:
    from matcher import insight as engine  # noqa: PLC0415 -- loads OR-Tools
    from matcher.dataset import policy_of  # noqa: PLC0415 -- as above
    from matcher.policy import GoalName  # noqa: PLC0415 -- as above

    policy = policy_of(document, "policy")
    standing = _stood(desk, problem, policy)
    table, people = standing.table, len(problem.participants)
    result: dict[str, object] = {
        "planDate": problem.plan_date.isoformat(),
        "participants": people if people >= FEWEST else None,
        "fewest": FEWEST,
        "goals": [str(name) for name in standing.names if name is not GoalName.STABILITY],
        "proven": standing.proven,
    }
    hidden: dict[str, int] = {}
    desk.stage("seats")
    result["seats"] = [
        {"openingId": one.opening_id, "goals": _goals(one.goals), "proven": one.proven}
        for one in engine.seats(standing)
        if people >= FEWEST
    ]
    desk.stage("site_barriers")
    barriers = engine.site_barriers(standing)
    result["siteBarriers"] = [
        {
            "siteId": one.site_id,
            "barrier": str(one.barrier.code),
            "need": one.barrier.detail or None,
            "participants": one.participants,
            "goals": _goals(one.goals),
            "proven": one.proven,
        }
        for one in barriers
        if one.participants >= FEWEST
    ]
    hidden["siteBarriers"] = _few([one.participants for one in barriers])
    desk.stage("unknown_answers")
    _demands(table, policy, result, hidden)
    load = engine.supervisor_load(standing)
    result["supervisors"] = supervisors_of(load)
    hidden["supervisors"] = len(load) - len(supervisors_of(load))
    return result | {"hidden": hidden}


def supervisors_of(load: "Sequence[SupervisorLoad]") -> list[Told]:
    """Those of many, unless few are left: these would be found by taking the others from all."""
    shown = [one for one in load if one.participants >= FEWEST]
    while shown and 0 < sum(one.participants for one in load if one not in shown) < FEWEST:
        shown.pop()  # the one with fewest
    return [load_of(one) for one in shown]


def load_of(one: "SupervisorLoad") -> Told:
    """What is told of one; with both its parts, those who look would be told after all."""
    looking = part(one.looking, one.participants)
    known = looking is not None
    return {
        "supervisorId": one.supervisor_id,
        "participants": one.participants,
        "looking": looking,
        "placed": part(one.placed, one.looking) if known else None,
        "unplaced": part(one.unplaced, one.looking) if known else None,
    }


def _demands(
    table: "Table", policy: "Policy", result: dict[str, object], hidden: dict[str, int]
) -> None:
    from matcher import insight as engine  # noqa: PLC0415 -- loads OR-Tools

    unknown = engine.unknown_answers(table, policy)
    result["unknownAnswers"] = [
        {
            "siteId": one.site_id,
            "openingId": one.opening_id,
            "field": one.field,
            "participants": one.participants,
        }
        for one in unknown
        if one.participants >= FEWEST
    ]
    hidden["unknownAnswers"] = _few([one.participants for one in unknown])
    demand = engine.unmet_demand(table, policy)
    result["unmetDemand"] = [
        {
            "field": one.field,
            "municipalityCode": one.municipality_code,
            "barrier": one.barrier_code and str(one.barrier_code),
            "participants": one.participants,
        }
        for one in demand
        if one.participants >= FEWEST
    ]
    hidden["unmetDemand"] = _few([one.participants for one in demand])


def _stood(desk: Desk, problem: "Problem", policy: "Policy") -> "Standing":
    """A plan of today, made and stood up; without the goal that keeps to a former plan."""
    from matcher.errors import PlanCancelledError  # noqa: PLC0415 -- loads OR-Tools
    from matcher.policy import GoalName  # noqa: PLC0415 -- as above
    from matcher.solve import door, standing  # noqa: PLC0415 -- as above

    goals = tuple(name for name in policy.goals if name is not GoalName.STABILITY)
    if not goals:
        goals = (GoalName.PLACED,)
    weighing = replace(policy, goals=goals)
    desk.stage("planning")
    try:
        outcome = door.plan(problem, weighing, watch=door.Watch(cancelled=desk.cancelled))
    except PlanCancelledError:
        raise NotWantedError from None
    proposed = outcome.plan.proposals if outcome.plan else frozenset()
    proven = all(goal.proven for goal in outcome.goals)
    return standing.stand(problem, weighing, proposed, proven=proven)


def part(some: int, of: int) -> int | None:
    """A part of some people; None where it, or the rest, is few."""
    return None if 0 < some < FEWEST or 0 < of - some < FEWEST else some


def _few(counts: Sequence[int]) -> int:
    """How many rows are left out."""
    return sum(0 < count < FEWEST for count in counts)


def _goals(goals: "Mapping[GoalName, int]") -> dict[str, int]:
    return {str(name): change for name, change in goals.items()}
