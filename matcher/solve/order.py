"""All goals in the policy's order, with those that no pair carries on its own.

Most goals are sums over pairs (``goals``). Two are not:

- ``lowest_points`` is raised by leaving out pairs below a threshold, as long as the goals before
  it keep their values; the highest threshold is found by bisection.
- ``parity`` is raised by a goal of its own put in its place, which counts as many people of each
  group as would even the rates; of the plans so found the best is kept, by all goals in order.
"""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from matcher import groups
from matcher.columns import Table
from matcher.policy import GoalName, Policy
from matcher.solve import goals, together
from matcher.solve.budget import Budget
from matcher.solve.components import Component, Gains, Positions, split
from matcher.travel.atlas import Ints, Masks

NOT_SUMS = frozenset({GoalName.LOWEST_POINTS, GoalName.PARITY})
PARITY_ROUNDS = 6
"""How often other people are made to weigh more."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Solution:
    """A plan of everything there is to solve.

    ``pair``: (chosen,) where each stands among all pairs, and its ``half_days`` as bits.
    ``values`` and ``bounds`` follow the policy's goals.
    """

    pair: Positions
    half_days: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Answer:
    """A plan by goals that are sums: ``chosen`` in the whole, with values and bounds of those."""

    chosen: Positions
    half_days: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Ask:
    """What is asked: the whole, the policy's goals, every pair's points and everybody's group."""

    whole: Component
    names: tuple[GoalName, ...]
    points: Gains
    groups: groups.Groups
    budget: Budget

    def before(self, name: GoalName) -> int:
        """How many goals that are sums stand before another."""
        return sum(n not in NOT_SUMS for n in self.names[: self.names.index(name)])


def solve(
    whole: Component, points: Gains, table: Table, policy: Policy, budget: Budget
) -> Solution:
    """The best plan that the budget allows, by all goals in their order.

    Args:
        whole: everything there is to solve, with the goals that are sums.
        points: (pairs,) of the whole.
        table: whom the pairs are about.
        policy: the goals.
        budget: how much work may be done.
    """
    ask = _Ask(
        whole=whole,
        names=policy.goals,
        points=points,
        groups=groups.compared(table, policy.parity) if policy.parity else groups.nobody(table),
        budget=budget,
    )
    best = _lowest_kept(ask, _sums(ask, whole))
    if GoalName.PARITY in policy.goals:
        best = _evened(ask, best)
    return Solution(
        pair=whole.pair[best.chosen],
        half_days=best.half_days,
        values=best.values,
        bounds=best.bounds,
    )


def _sums(
    ask: _Ask, component: Component, keep: Masks | None = None, *, named: bool = True
) -> _Answer:
    """The best plan by the goals that are sums, part by part; ``named``: they are the policy's."""
    sums = tuple(name for name in ask.names if name not in NOT_SUMS)
    ask.budget.goals = sums if named else ()
    rows = np.arange(len(component)) if keep is None else np.flatnonzero(keep)
    rest = component if keep is None else component.keep(keep)
    local = replace(rest, pair=rows)
    parts = [goals.solve(part, ask.budget) for part in split(local)]
    chosen = [part.component.pair[part.chosen] for part in parts]
    count = len(component.gain)
    return _Answer(
        chosen=np.concatenate([np.zeros(0, dtype=np.int64), *chosen]),
        half_days=np.concatenate([np.zeros(0, dtype=np.int32), *(p.half_days for p in parts)]),
        values=tuple(sum(part.values[goal] for part in parts) for goal in range(count)),
        bounds=together.bounds(parts, count, ask.budget),
    )


def _lowest_kept(ask: _Ask, base: _Answer) -> _Answer:
    """The answer with all goals of the policy: the lowest points raised, where they are a goal."""
    if GoalName.LOWEST_POINTS not in ask.names:
        return _whole_answer(ask, base, base.bounds, None)
    first = ask.before(GoalName.LOWEST_POINTS)
    whole = ask.whole
    ones = np.ones((1, len(whole)), dtype=np.int64)  # so that somebody is placed at all
    head = replace(whole, gain=np.concatenate([whole.gain[:first], ones]))
    full = replace(whole, gain=np.concatenate([whole.gain, ones]))
    levels = np.unique(ask.points)
    low = -1
    if len(base.chosen):
        low = int(np.searchsorted(levels, ask.points[base.chosen].min()))
    high = len(levels)  # the first level that no plan is known to reach
    refused = len(levels)
    while low + 1 < high and not ask.budget.stopped():
        level = (low + high) // 2
        trial = _sums(ask, head, ask.points >= levels[level], named=False)
        if len(trial.chosen) and trial.values[:first] >= base.values[:first]:
            low = level
        else:
            high = level
            if _impossible(trial, (*base.values[:first], 1)):
                refused = min(refused, level)
    bound = int(levels[refused - 1]) if refused else 0
    if low < 0:
        return _whole_answer(ask, base, base.bounds, bound)
    raised = _sums(ask, full, ask.points >= levels[low])
    raised = replace(raised, values=raised.values[:-1], bounds=raised.bounds[:-1])
    if raised.values[:first] < base.values[:first]:
        raised = base
    bounds = _held(ask, raised, base, first) + raised.bounds[first:]
    return _whole_answer(ask, raised, bounds, bound)


def _held(ask: _Ask, answer: _Answer, base: _Answer, count: int) -> tuple[int, ...]:
    """Bounds of the leading goals that are sums: the base's, while the answer keeps its values."""
    bounds = []
    for goal in range(count):
        pairs = zip(answer.values[:goal], base.values[:goal], strict=True)
        if all(mine >= theirs for mine, theirs in pairs):
            bounds.append(max(base.bounds[goal], answer.values[goal]))
        else:
            alone = replace(ask.whole, gain=ask.whole.gain[goal : goal + 1])
            bounds.append(goals.relaxed(alone)[0])
    return tuple(bounds)


def _impossible(trial: _Answer, floors: tuple[int, ...]) -> bool:
    """Whether a trial proves that no plan among its pairs reaches some floors."""
    reached = zip(trial.values, trial.bounds, floors, strict=True)
    return next((bound < floor for value, bound, floor in reached if value < floor), False)


def _whole_answer(
    ask: _Ask, answer: _Answer, bounds: tuple[int, ...], lowest_bound: int | None
) -> _Answer:
    """Values and bounds of all goals in the policy's order."""
    sums = iter(zip(answer.values, bounds, strict=False))
    values, limits = [], []
    for name in ask.names:
        if name is GoalName.LOWEST_POINTS:
            value = int(ask.points[answer.chosen].min()) if len(answer.chosen) else 0
            bound = max(value, lowest_bound or 0)
        elif name is GoalName.PARITY:
            value, bound = -_excess(ask, answer.chosen), 0
        else:
            value, bound = next(sums)
        values.append(value)
        limits.append(bound)
    return replace(answer, values=tuple(values), bounds=tuple(limits))


def _excess(ask: _Ask, chosen: Positions) -> int:
    return groups.excess(ask.groups, _placed(ask.groups, ask.whole.participant[chosen]))


def _placed(compared: groups.Groups, people: Ints) -> Ints:
    """(groups,) how many of each are placed."""
    member = compared.member[people]
    counts = np.bincount(member[member >= 0], minlength=len(compared.names))
    return counts.astype(np.int32)


def _evened(ask: _Ask, base: _Answer) -> _Answer:
    """The best of some plans by all goals, in which people weigh more who would even the rates."""
    at = ask.names.index(GoalName.PARITY)
    best = base
    for number in range(PARITY_ROUNDS):
        if best.values[at] == 0 or ask.budget.stopped():
            break
        tried = _weighed(ask, _even(ask.groups, ask.whole, best.chosen, number))
        if tried.values > best.values:
            best = tried
    return best if best is base else replace(best, bounds=_bounds_after(ask, best, base, at))


def _even(compared: groups.Groups, whole: Component, chosen: Positions, skip: int) -> Masks:
    """(participants,) who weighs more: of every group, as many as would bring all to one rate.

    That rate lies half way between the highest and the lowest. Those with a place come first;
    which of the others, ``skip`` says.
    """
    placed = _placed(compared, whole.participant[chosen])
    rate = placed / compared.looking
    middle = (rate.max() + rate.min()) / 2
    weighs = np.zeros(len(compared.member), dtype=np.bool_)
    has_place, hopeful = weighs.copy(), weighs.copy()
    has_place[whole.participant[chosen]] = True
    hopeful[whole.participant] = True
    for group, looking in enumerate(compared.looking.tolist()):
        members = compared.member == group
        others = np.roll(np.flatnonzero(members & hopeful & ~has_place), -skip)
        first = np.concatenate([np.flatnonzero(members & has_place), others])
        weighs[first[: ceil(middle * looking)]] = True
    return weighs


def _weighed(ask: _Ask, weighs: Masks) -> _Answer:
    """The best plan with a goal that counts some people in the place of parity."""
    first = ask.before(GoalName.PARITY)
    extra = weighs[ask.whole.participant].astype(np.int64)
    gain = np.insert(ask.whole.gain, first, extra, axis=0)
    plain = _sums(ask, replace(ask.whole, gain=gain), named=False)
    values, bounds = (row[:first] + row[first + 1 :] for row in (plain.values, plain.bounds))
    without = replace(plain, values=values, bounds=bounds)
    return _whole_answer(ask, without, without.bounds, int(ask.points.max(initial=0)))


def _bounds_after(ask: _Ask, best: _Answer, base: _Answer, at: int) -> tuple[int, ...]:
    """Bounds of a plan that gives later goals up for parity.

    The base plan's bounds hold up to parity where it reaches the same values there; a later
    goal is bounded by what pairs can give at most when the goals before it are let go.
    """
    bounds = []
    sums = iter(ask.whole.gain)
    for number, name in enumerate(ask.names):
        gain = None if name in NOT_SUMS else next(sums)
        if number <= at and best.values[:number] == base.values[:number]:
            bounds.append(max(base.bounds[number], best.values[number]))
        elif gain is None:
            most = 0 if name is GoalName.PARITY else int(ask.points.max(initial=0))
            bounds.append(max(most, best.values[number]))
        else:
            alone = goals.relaxed(replace(ask.whole, gain=gain[None, :]))
            bounds.append(max(alone[0], best.values[number]))
    return tuple(bounds)
