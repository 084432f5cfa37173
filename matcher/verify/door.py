"""The doors of the verifier: what a plan breaks, what it reaches, and false causes."""

from collections.abc import Mapping

from matcher.domain import Problem
from matcher.outcome import Cause, Goal, Plan, Proposals, Unplaced
from matcher.policy import GoalName, Policy
from matcher.verify import plans, values
from matcher.verify.rules import Rule, Violation, broken
from matcher.verify.sheet import Pair, Sheet, barriers


def violations(
    problem: Problem,
    policy: Policy,
    plan: Plan,
    goals: tuple[Goal, ...] = (),
    former: Proposals | None = None,
) -> tuple[Violation, ...]:
    """Everything a plan breaks, and every false claim of its goals; empty for a lawful plan.

    Raises:
        ValueError: a goal that cannot be judged: ``stability`` without the former plan, or
            ``parity`` without its settings.
    """
    sheet = Sheet(problem, policy, plan)
    broken_rules = (v for check in plans.CHECKS for v in check(sheet))
    return (*broken_rules, *values.false_claims(sheet, goals, former))


def goal_values(
    problem: Problem, policy: Policy, plan: Plan, former: Proposals | None = None
) -> Mapping[GoalName, int]:
    """What a plan reaches in every goal, from its assignments alone.

    ``stability`` is there only if the former plan's proposals are given, ``parity`` only if the
    policy has its settings.
    """
    return values.reached(Sheet(problem, policy, plan), former)


def causes(problem: Problem, policy: Policy, plan: Plan) -> tuple[Violation, ...]:
    """The causes given for no place that are not so; looks at every opening for each person.

    ``no_eligible_opening`` says that every opening is barred; the other two that one is not, and
    ``supervisor_full`` that the supervisor has all the new starts the policy allows.
    """
    sheet = Sheet(problem, policy, plan, *problem.opening)
    rows = (row for row in plan.unplaced if row.participant_id in problem.participant)
    false = (row for row in rows if not _is_so(sheet, row))
    return tuple(broken(Rule.CAUSE, row.participant_id, detail=row.cause) for row in false)


def _is_so(sheet: Sheet, row: Unplaced) -> bool:
    someone = sheet.problem.participant[row.participant_id]
    pairs = (Pair(sheet, someone, opening) for opening in sheet.problem.openings)
    eligible = any(next(barriers(pair), None) is None for pair in pairs)
    if row.cause is not Cause.SUPERVISOR_FULL:
        return eligible is (row.cause is Cause.OPENINGS_FULL)
    limit, supervisor = sheet.policy.supervisor_starts, someone.supervisor_id
    full = limit is not None and supervisor is not None and sheet.starts[supervisor] >= limit
    return eligible and full
