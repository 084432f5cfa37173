"""What a plan reaches in every goal, and what it claims to reach."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from math import ceil

from matcher.domain import Participant
from matcher.outcome import Goal, Proposals
from matcher.policy import GoalName, Parity
from matcher.verify.figures import norm_goal, points
from matcher.verify.rules import Rule, Violation, broken
from matcher.verify.sheet import Sheet, key

COUNTED = frozenset({GoalName.PLACED, GoalName.WAITING, GoalName.STABILITY, GoalName.PARITY})
"""The goals that have a value whether or not a pair is barred."""


def reached(sheet: Sheet, former: Proposals | None) -> dict[GoalName, int]:
    """The value of every goal; the pinned enter none, and a barred pair has no points."""
    pinned, today = {pin.participant_id for pin in sheet.pins}, sheet.problem.plan_date
    pairs = [pair for row, pair in sheet.new if row.participant_id not in pinned]
    people = {pair.participant.participant_id: pair.participant for pair in pairs}
    days = [max(0, (today - (p.waiting_since or today)).days) for p in people.values()]
    fair = [pair for pair in pairs if not pair.barriers]
    scores = [points(pair) for pair in fair]
    found = {
        GoalName.PLACED: len(people),
        GoalName.WAITING: sum(100 + 100 * min(waited, 365) // 365 for waited in days),
        GoalName.NORM_GOALS: sum(norm_goal(pair) for pair in fair),
        GoalName.POINTS: sum(scores),
        GoalName.LOWEST_POINTS: min(scores, default=0),
    }
    if former is not None:
        kept = {key(row) for row, _ in sheet.new if row.participant_id not in pinned}
        found[GoalName.STABILITY] = len(kept & former)
    if sheet.policy.parity is not None:
        found[GoalName.PARITY] = -_excess(sheet, sheet.policy.parity, people.keys())
    return found


def _excess(sheet: Sheet, parity: Parity, placed: Collection[str]) -> int:
    """How far the groups' placement rates lie apart beyond the gap, in percentage points, up."""
    looking: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for someone in sheet.looking:
        group = _group(someone, parity, sheet.problem.plan_date.year)
        looking[group] += 1
        got[group] += someone.participant_id in placed
    large = [g for g, people in looking.items() if g and people >= parity.smallest_group]
    rates = [Fraction(100 * got[group], looking[group]) for group in large]
    return max(0, ceil(max(rates) - min(rates) - parity.gap)) if rates else 0


def _group(someone: Participant, parity: Parity, year: int) -> str:
    """The group somebody belongs to; without an association to none."""
    if parity.groups == "association":
        return someone.association or ""
    if parity.groups == "municipality":
        return someone.municipality_code
    age = year - someone.birth_year
    if age < 25:  # noqa: PLR2004 -- the bands of docs/model.md
        return "under 25"
    return "55 and over" if age >= 55 else f"from {age - (age - 25) % 10}"  # noqa: PLR2004


def false_claims(
    sheet: Sheet, goals: Sequence[Goal], former: Proposals | None
) -> Iterator[Violation]:
    """False values, of what rests on pairs only if none is barred; and broken bounds."""
    values = reached(sheet, former) if goals else {}
    clear = not any(pair.barriers for _, pair in sheet.new)
    for goal in goals:
        if goal.name not in values:
            raise ValueError(f"{goal.name} cannot be judged without what it is about")
        said, real = f"{goal.name} {goal.value}", values[goal.name]
        if goal.value != real and (clear or goal.name in COUNTED):
            yield broken(Rule.GOAL_VALUE, detail=f"{said}, not {real}")
        if goal.value > goal.bound:
            yield broken(Rule.GOAL_BOUND, detail=f"{said}>{goal.bound}")
