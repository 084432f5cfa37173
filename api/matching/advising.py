"""Advice to one participant on what the store has: by the engine's rules, on columns that wait."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from api.matching.grounds import Ground

if TYPE_CHECKING:
    from matcher.columns import Table
    from matcher.domain import OpeningId, Participant
    from matcher.explain import FallsAway, Possible, Recommendation, ToCheck
    from matcher.policy import Policy


@dataclass(frozen=True, eq=False, kw_only=True)
class Advised:
    """A recommendation, and what it was made from; ``shortlist`` are those to talk about."""

    table: "Table"
    policy: "Policy"
    found: "Recommendation"
    shortlist: "tuple[OpeningId, ...]"

    def of(self, opening_id: "OpeningId") -> "Possible | ToCheck | FallsAway":
        """Where an opening stands: it is in exactly one of the three groups.

        Raises:
            KeyError: no such opening.
        """
        found = self.found
        everything: tuple[Possible | ToCheck | FallsAway, ...] = (
            *found.possible,
            *found.to_check,
            *found.falls_away,
        )
        for one in everything:
            if one.opening_id == opening_id:
                return one
        raise KeyError(opening_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What was looked for and is nowhere possible: a field, and what stands between there.

    ``barriers`` is empty where there is no opening in that field at all.
    """

    field: str
    barriers: tuple[str, ...]


def advised(ground: Ground, profile: "Participant", row: UUID, *, stale_days: int) -> Advised:
    """Every opening for a participant, in three groups."""
    return of_table(ground.with_one(profile, row), ground.policy, stale_days=stale_days)


def of_table(table: "Table", policy: "Policy", *, stale_days: int) -> Advised:
    """The same for the one participant of a table."""
    from matcher.explain import recommend
    from matcher.explain.shortlist import shortlist

    problem = table.problem
    who = problem.participants[0].participant_id
    found = recommend(table, policy, who, stale_days=stale_days)
    return Advised(table=table, policy=policy, found=found, shortlist=shortlist(problem, found))


def missing(advice: Advised) -> Missing | None:
    """What is missing where nothing is possible; None where something is.

    The field is that of the dearest wish; without a wish it is not known.
    """
    from api.store.demand import NO_FIELD

    if advice.found.possible:
        return None
    problem = advice.table.problem
    person = problem.participants[0]
    sought = sorted((wish.rank, wish.code, wish.level) for wish in person.wishes if wish.rank)
    if not sought:
        return Missing(field=NO_FIELD, barriers=_barriers(advice, None))
    _, code, level = sought[0]
    field = code if level == "field" else problem.occupations[code].field
    return Missing(field=field, barriers=_barriers(advice, field))


def _barriers(advice: Advised, field: str | None) -> tuple[str, ...]:
    """The codes of what stands between in a field, the commonest first."""
    problem = advice.table.problem
    there = {
        at
        for at, opening in enumerate(problem.openings)
        if field is None or problem.occupations[opening.occupation_group].field == field
    }
    counts = Counter(code for codes in _stands_between(advice, there) for code in codes)
    return tuple(code for code, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _stands_between(advice: Advised, there: Container[int]) -> Iterator[set[str]]:
    """The codes of what stands between at each of some openings; others are not told."""
    for away in advice.found.falls_away.among(there):
        yield {str(barrier.code) for barrier, _ in away.barriers}
    for unsure in advice.found.to_check.among(there):
        yield {str(asked.barrier.code) for asked in unsure.questions if asked.between}
