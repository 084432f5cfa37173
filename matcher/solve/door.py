"""The one door of the engine: a problem and a policy in, a verified plan with bounds out."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

import numpy as np

from matcher import columns, pairs, verify
from matcher.domain import Problem
from matcher.errors import PlanCancelledError, PlanRejectedError
from matcher.outcome import Goal, Outcome, Proposals, Status
from matcher.policy import GoalName, Limits, Policy
from matcher.solve import demand, proposals
from matcher.solve.budget import NOBODY_WATCHES, Budget, Progress, Watch
from matcher.solve.order import Solution, solve

__all__ = ["Progress", "Watch", "plan"]

NO_LIMITS = Limits()
DEFAULT_POLICY = Policy()
OFTEN = 0.1
"""Seconds between two questions whether the plan is still wanted."""


def plan(
    problem: Problem,
    policy: Policy = DEFAULT_POLICY,
    limits: Limits = NO_LIMITS,
    *,
    former: Proposals | None = None,
    watch: Watch = NOBODY_WATCHES,
) -> Outcome:
    """The best plan that the limits allow; verified, with a proven bound for every goal.

    Where half-days do not bind every goal is proven optimal. Without ``limits.seconds`` the same
    problem, policy and limits give the same plan.

    Args:
        problem: who looks for what, and what there is.
        policy: the weighing.
        limits: how much work may be done.
        former: the proposals of the plan to stay near, where the policy lists ``stability``.
        watch: who is told what is being done, and may cancel it from another thread.

    Raises:
        ValueError: the policy lists ``stability`` and no former plan is given.
        PlanCancelledError: it was cancelled; no plan was made.
        PlanRejectedError: the verifier refuses the plan; a bug in Steget.
    """
    if GoalName.STABILITY in policy.goals and former is None:
        raise ValueError("the goal stability needs a former plan: give its proposals as former")

    def made() -> Outcome:
        return _plan(problem, policy, former, Budget(limits, watch=watch))

    return made() if watch.cancelled is None else _unless(watch.cancelled, made)


def _plan(problem: Problem, policy: Policy, former: Proposals | None, budget: Budget) -> Outcome:
    budget.begin("pairs")
    table = columns.load(problem, policy)
    found = pairs.eligible(table, policy)
    budget.begin("solve")
    whole = demand.component(table, found, policy, former or frozenset())
    points = found.points[whole.pair].astype(np.int64)
    solution = solve(whole, points, table, policy, budget)
    budget.begin("verify")
    reached = _goals(policy, solution)
    proposal = proposals.make(table, found, policy, solution)
    violations = verify.violations(problem, policy, proposal, reached, former)
    if violations:
        raise PlanRejectedError(tuple(str(violation) for violation in violations))
    budget.begin("")
    status = Status.OPTIMAL if all(goal.proven for goal in reached) else Status.FEASIBLE
    cut = budget.cut and status is not Status.OPTIMAL  # what is proven lacks nothing
    return Outcome(status=status, plan=proposal, goals=reached, cut=cut, seconds=budget.seconds)


def _unless(cancelled: Callable[[], bool], made: Callable[[], Outcome]) -> Outcome:
    """What is made in a thread of its own, unless nobody wants it any more.

    Whoever cancels does not wait for the step that is under way; the thread ends soon after it.
    """
    results: SimpleQueue[Outcome | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            results.put(made())
        except BaseException as error:  # noqa: BLE001 -- it is raised again by whoever waits
            results.put(error)

    Thread(target=work, daemon=True).start()
    while True:
        try:
            result = results.get(timeout=OFTEN)
        except Empty:
            if cancelled():
                raise PlanCancelledError from None
            continue
        if isinstance(result, BaseException):
            raise result
        return result


def _goals(policy: Policy, solution: Solution) -> tuple[Goal, ...]:
    return tuple(
        Goal(name=name, value=value, bound=bound)
        for name, value, bound in zip(policy.goals, solution.values, solution.bounds, strict=True)
    )
