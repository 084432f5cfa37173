"""The one door of the engine: a problem and a policy in, a verified plan with bounds out."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from matcher import columns, pairs, verify
from matcher.domain import Problem
from matcher.errors import PlanRejectedError
from matcher.outcome import Goal, Outcome, Proposals, Status
from matcher.policy import GoalName, Limits, Policy
from matcher.solve import demand, goals, proposals
from matcher.solve.budget import Budget
from matcher.solve.components import split

NO_LIMITS = Limits()
DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Progress:
    """What the engine is doing: ``done`` of ``total`` in a stage."""

    stage: str
    done: int
    total: int


Report = Callable[[Progress], None]


def plan(
    problem: Problem,
    policy: Policy = DEFAULT_POLICY,
    limits: Limits = NO_LIMITS,
    *,
    former: Proposals | None = None,
    report: Report = lambda _: None,
) -> Outcome:
    """The best plan that the limits allow; verified, with a proven bound for every goal.

    Where half-days do not bind every goal is proven optimal. Without ``limits.seconds`` the same
    problem, policy and limits give the same plan.

    Args:
        problem: who looks for what, and what there is.
        policy: the weighing.
        limits: how much work may be done.
        former: who a former plan proposed where, for the goal ``stability``.
        report: told what the engine is doing.

    Raises:
        ValueError: the policy lists ``stability``, and no former plan is given.
        PlanRejectedError: the verifier refuses the plan; a bug in Steget.
    """
    _can_ask(policy, former)
    watch = _Watch(report)
    budget = Budget(limits, monotonic, lambda done, total: report(Progress("repair", done, total)))
    watch.begin("pairs")
    table = columns.load(problem, policy)
    found = pairs.eligible(table, policy)
    watch.begin("solve")
    whole = demand.component(table, found, policy, former or frozenset())
    parts = list(split(whole))
    solved = []
    for part in parts:
        solved.append(goals.solve(part, budget))
        report(Progress("solve", len(solved), len(parts)))
    watch.begin("bounds")
    reached = _goals(policy, solved)
    watch.begin("verify")
    proposal = proposals.make(table, found, policy, solved)
    violations = verify.violations(problem, policy, proposal, reached, former)
    if violations:
        raise PlanRejectedError(tuple(str(violation) for violation in violations))
    watch.begin("")
    status = Status.OPTIMAL if all(goal.proven for goal in reached) else Status.FEASIBLE
    cut = budget.cut and status is not Status.OPTIMAL  # what is proven lacks nothing
    return Outcome(status=status, plan=proposal, goals=reached, cut=cut, seconds=watch.seconds)


def _can_ask(policy: Policy, former: Proposals | None) -> None:
    if GoalName.STABILITY in policy.goals and former is None:
        raise ValueError("the goal stability needs a former plan: give its proposals as former")
    unknown = {GoalName.LOWEST_POINTS, GoalName.PARITY}.intersection(policy.goals)
    if unknown:
        raise NotImplementedError(f"the engine has not yet learned {', '.join(sorted(unknown))}")


class _Watch:
    """Seconds by stage, for the summary; nothing is decided by them."""

    def __init__(self, report: Report) -> None:
        self.seconds: dict[str, float] = {}
        self._report = report
        self._stage = ""
        self._since = monotonic()

    def begin(self, stage: str) -> None:
        now = monotonic()
        if self._stage:
            self.seconds[self._stage] = round(now - self._since, 3)
        self._stage, self._since = stage, now
        if stage:
            self._report(Progress(stage, 0, 1))


def _goals(policy: Policy, solved: list[goals.Solved]) -> tuple[Goal, ...]:
    bounds = goals.bounds(solved, len(policy.goals))
    values = [sum(part.values[goal] for part in solved) for goal in range(len(policy.goals))]
    return tuple(
        Goal(name=name, value=value, bound=bound)
        for name, value, bound in zip(policy.goals, values, bounds, strict=True)
    )
