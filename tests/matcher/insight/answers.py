"""What every test of insight needs: a plan made and standing, and the truth to hold answers to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from matcher import columns, pairs
from matcher.changes import Change, Subject, applied
from matcher.domain import Gender, Problem
from matcher.outcome import Outcome, Proposals, Status
from matcher.policy import GoalName, Limits, Policy
from matcher.solve.door import plan
from matcher.solve.standing import Standing, stand
from tests.strategies import crowds, goal_orders, lively, policies

SUMS = (GoalName.PLACED, GoalName.WAITING, GoalName.NORM_GOALS, GoalName.POINTS)
WORLDS = st.one_of(lively(), crowds(most_people=6))
WEIGHINGS = st.builds(
    lambda policy, goals: replace(policy, goals=goals), policies(), goal_orders(SUMS)
)


def planned(problem: Problem, policy: Policy, former: Proposals | None = None) -> Outcome:
    """The engine's own plan."""
    return plan(problem, policy, Limits(workers=1), former=former)


def standing_of(
    problem: Problem, policy: Policy | None = None, former: Proposals = frozenset()
) -> Standing:
    """The engine's plan, standing; known to be the best where it is."""
    policy = policy or Policy()
    made = planned(problem, policy, former)
    best = made.status is Status.OPTIMAL
    return stand(problem, policy, made.plan.proposals, former=former, proven=best)


def more_with(standing: Standing, made: Outcome) -> dict[GoalName, int] | None:
    """What another plan of the engine has more; None where it is not proven."""
    if made.status is not Status.OPTIMAL:
        return None
    before = dict(zip(standing.names, standing.values, strict=True))
    return {goal.name: goal.value - before[goal.name] for goal in made.goals}


def changed(problem: Problem, changes: Sequence[tuple[str, str, object]]) -> Problem:
    """The problem with fields of openings set: (opening_id, field, value)."""
    made = [Change(subject=Subject.OPENING, id=i, name=n, value=v) for i, n, v in changes]
    return applied(problem, Policy(), made)[0]


def goals_of(placed: int, waiting: int, norm: int, points: int) -> Mapping[GoalName, int]:
    """The four goals of a policy without a word."""
    return dict(zip(SUMS, (placed, waiting, norm, points), strict=True))


def turned(problem: Problem) -> Problem:
    """The same problem, its rows given the other way round."""
    return replace(
        problem,
        participants=problem.participants[::-1],
        sites=problem.sites[::-1],
        openings=problem.openings[::-1],
        placements=problem.placements[::-1],
    )


def other_gender(problem: Problem) -> Problem:
    """Everybody without a norm goal has another gender."""
    order = [*Gender]
    return replace(
        problem,
        participants=tuple(
            p if p.norm_goal else replace(p, gender=order[order.index(p.gender) - 1])
            for p in problem.participants
        ),
    )


def blind(found: object, problem: Problem, ask: Callable[[Problem], object]) -> bool:
    """Whether neither the order of rows nor gender changes an answer, and it names no person."""
    same = all(ask(other) == found for other in (turned(problem), other_gender(problem)))
    return same and not any(p.participant_id in repr(found) for p in problem.participants)


def without_protected(problem: Problem) -> Problem:
    """The problem of those whose identity is not protected."""
    kept = tuple(p for p in problem.participants if not p.protected_identity)
    return replace(problem, participants=kept)


def looking_people(problem: Problem) -> list[int]:
    """Who looks and is not hidden, as positions."""
    table = columns.load(problem, Policy())
    return [
        at
        for at, looks in enumerate(pairs.looking(table).tolist())
        if looks and not problem.participants[at].protected_identity
    ]
