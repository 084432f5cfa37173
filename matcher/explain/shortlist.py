"""Three to talk about: a choice is a choice when the three are not alike."""

from matcher.domain import OpeningId, Problem
from matcher.explain.groups import Possible, Recommendation

THREE = 3


def shortlist(problem: Problem, found: Recommendation, size: int = THREE) -> tuple[OpeningId, ...]:
    """Some of the possible openings with spread, the first in order first.

    One by one the opening is taken that shares least with those taken: first another field of
    work, then another provider, another kind of provider, another site; among equals one with a
    seat free, then one that costs nobody their place, then the first in order. Of each opening it
    is said elsewhere what it would do; nothing is hidden by not being here.
    """
    left = list(found.possible)
    taken: list[Possible] = []
    while left and len(taken) < size:
        best = min(left, key=lambda one: (_alike(problem, one, taken), *_costs(one)))
        taken.append(best)
        left.remove(best)
    return tuple(one.opening_id for one in taken)


def _alike(problem: Problem, one: Possible, taken: list[Possible]) -> tuple[int, ...]:
    """With how many of those taken it shares field, provider, kind of provider and site."""
    mine = _marks(problem, one)
    others = [_marks(problem, other) for other in taken]
    return tuple(sum(mark == other[at] for other in others) for at, mark in enumerate(mine))


def _marks(problem: Problem, one: Possible) -> tuple[str, ...]:
    opening = problem.opening[one.opening_id]
    site = problem.site[opening.site_id]
    provider = problem.provider[site.provider_id]
    field = problem.occupations[opening.occupation_group].field
    return field, provider.provider_id, provider.kind, site.site_id


def _costs(one: Possible) -> tuple[bool, int]:
    """Whether it is full, and how many others would lose their place, as far as that is known."""
    return one.full, one.effect.lose if one.effect else 0
