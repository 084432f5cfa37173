"""Findings of a data set and a plan: what the command line reports of."""

from dataclasses import dataclass, field, replace

from api.reports.findings import Findings
from matcher import columns
from matcher.balance import fairness, followup, shadow
from matcher.balance.disclosure import Noising, Registry, Rules
from matcher.balance.door import Asked, More, balance, reference_of
from matcher.balance.measures import KIND
from matcher.balance.persons import Period
from matcher.balance.planned import planned
from matcher.balance.words import Stage
from matcher.dataset import PlanFile
from matcher.domain import Problem
from matcher.insight import PriceCurve
from matcher.outcome import Plan
from matcher.policy import GoalName, Policy


@dataclass(frozen=True, eq=False, kw_only=True)
class Wanted:
    """What is to be found, and how it is protected.

    ``name``: of what it is said. ``earlier``: what has been released before. ``kept``: a plan of
    an earlier day, to be laid beside what people decided. ``periods`` and ``crossed``: as
    ``Asked`` of the balance has them, and ``noising``. ``whole``: also the gender flip and the
    price of norm goals, which take some seconds.
    """

    name: str
    rules: Rules = field(default_factory=Rules)
    earlier: Registry = field(default_factory=Registry)
    kept: PlanFile | None = None
    periods: tuple[Period, ...] = ()
    crossed: tuple[str, ...] = (KIND,)
    noising: Noising | None = None
    whole: bool = False


def findings(problem: Problem, policy: Policy, plan: Plan | None, wanted: Wanted) -> Findings:
    """Everything that can be said of a data set, and of a plan for it where there is one.

    Rows of the plan for people or openings that the data set does not have count for nothing.

    Raises:
        ReleaseError: rules out of range.
    """
    plan = None if plan is None else known(plan, problem)
    day = problem.plan_date.isoformat()
    placed = Stage.STARTED if plan is None else Stage.PROPOSED
    asked = Asked(
        name=f"{wanted.name} {day}",
        placed=placed,
        periods=wanted.periods,
        crossed=wanted.crossed,
        rules=wanted.rules,
        earlier=wanted.earlier,
        more=_more(problem, policy, plan, wanted.kept),
        noising=wanted.noising,
    )
    return Findings(
        balance=balance(planned(problem, policy, plan), reference_of(problem.occupations), asked),
        name=wanted.name,
        day=day,
        placed=placed,
        rules=wanted.rules,
        occupations=problem.occupations,
        periods=wanted.periods,
        flip=fairness.gender_flip(problem, policy) if wanted.whole else None,
        price=_price(problem, policy, plan, wanted) if wanted.whole else None,
        freshness=followup.freshness(problem),
        coverage=followup.coverage(problem, policy),
    )


def known(plan: Plan, problem: Problem) -> Plan:
    """The rows of a plan for people and openings that there are."""
    return replace(
        plan,
        assignments=tuple(
            row
            for row in plan.assignments
            if row.participant_id in problem.participant_at and row.opening_id in problem.opening
        ),
        unplaced=tuple(
            row for row in plan.unplaced if row.participant_id in problem.participant_at
        ),
    )


def _more(
    problem: Problem, policy: Policy, plan: Plan | None, kept: PlanFile | None
) -> tuple[More, ...]:
    """The tables that only a plan, or a kept one, can fill."""
    more: list[More] = []
    if plan is not None:
        table = columns.load(problem, policy)
        more.append(lambda counting: fairness.unplaced(counting, table, policy, plan))
    if kept is not None:
        before = replace(problem, placements=(), plan_date=kept.plan_date)
        events = planned(before, kept.policy, known(kept.plan, before))
        more.append(lambda counting: shadow.agreement(counting, events, kept.plan_date))
    return tuple(more)


def _price(
    problem: Problem, policy: Policy, plan: Plan | None, wanted: Wanted
) -> PriceCurve | None:
    """The curve of norm goals, where the policy has them before points; none beside noise.

    Its figures are exact.
    """
    names = policy.goals
    before = names[: names.index(GoalName.POINTS)] if GoalName.POINTS in names else ()
    if plan is None or GoalName.NORM_GOALS not in before or wanted.noising:
        return None
    return fairness.price_of_balance(problem, policy, plan, wanted.rules.threshold)
