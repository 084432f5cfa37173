"""What if: the plan made again with something changed, and the difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.changes import Change, applied
from matcher.compare import Difference, compare
from matcher.outcome import Goal
from matcher.solve.standing import Standing, again


@dataclass(frozen=True, eq=False, kw_only=True)
class WhatIf:
    """What changes do to a plan: ``after`` is the plan made again with them.

    ``proven``: both plans are the best there are. Otherwise the plan made again is one that holds,
    and there may be a better one.
    """

    after: Standing
    difference: Difference
    proven: bool


def what_if(standing: Standing, changes: Sequence[Change]) -> WhatIf:
    """The plan made again from where it stands, with all the changes.

    Only goals that are sums over pairs are weighed (not ``lowest_points``, nor ``parity``).

    Raises:
        KeyError: nobody and nothing has that id, or there is no such thing to change.
        ValueError: a value that cannot be, or a new opening that is there already.
    """
    problem, policy = applied(standing.problem, standing.policy, changes)
    after = again(standing, problem, policy)
    return WhatIf(
        after=after,
        difference=compare(standing.plan, after.plan, goals_of(standing), goals_of(after)),
        proven=standing.proven and after.proven,
    )


def goals_of(standing: Standing) -> tuple[Goal, ...]:
    """What a standing plan reaches, with a bound: a generous one where nothing is proven."""
    reached = zip(standing.names, standing.values, standing.bounds, strict=True)
    return tuple(Goal(name=name, value=value, bound=bound) for name, value, bound in reached)
