"""Some of the openings of an answer: those in a municipality, a field, with a seat free.

How many there are of each is counted without telling them: people look at the first few.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from api.matching.advising import Advised

if TYPE_CHECKING:
    from matcher.domain import OpeningId, ProviderKind
    from matcher.explain import FallsAway, Recommendation, ToCheck
    from matcher.explain.groups import Told

GROUPS = ("possible", "toCheck", "fallsAway")
Counts = Mapping[str, tuple[int, int, int]]
"""By code: how many are possible, to check, and fall away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which openings somebody wants to see; None is any.

    ``free``: where a seat is left, and where it is possible, room on enough half-days too.
    """

    municipality: str | None = None
    field: str | None = None
    kind: "ProviderKind | None" = None
    free: bool = False
    openings: "Collection[OpeningId] | None" = None


class Narrowed:
    """A recommendation, and some of it."""

    def __init__(self, advice: Advised, sought: Sought) -> None:
        """Keep what is looked at, and what somebody wants to see of it."""
        self._advice, self._sought = advice, sought

    @property
    def found(self) -> "Recommendation":
        """Those that are wanted, in the same groups and order."""
        found = self._advice.found
        if self._sought == Sought():
            return found
        wanted = frozenset(at for at in self._groups if self._fits(at, self._sought))
        at = self._advice.table.problem.opening_at
        return replace(
            found,
            possible=tuple(one for one in found.possible if at[one.opening_id] in wanted),
            to_check=self._to_check.among(wanted),
            falls_away=self._falls_away.among(wanted),
        )

    @property
    def municipalities(self) -> Counts:
        """How many there are in each municipality, if any would do."""
        return self._counts(self._municipality, replace(self._sought, municipality=None))

    @property
    def fields(self) -> Counts:
        """How many there are in each field, if any would do."""
        return self._counts(self._field, replace(self._sought, field=None))

    @cached_property
    def _groups(self) -> Mapping[int, int]:
        """The group of every opening, by its position."""
        problem = self._advice.table.problem
        free = (problem.opening_at[one.opening_id] for one in self._advice.found.possible)
        orders = (free, self._to_check.positions, self._falls_away.positions)
        return {at: group for group, order in enumerate(orders) for at in order}

    @cached_property
    def _free(self) -> frozenset[int]:
        """Positions where there is room."""
        from matcher import capacity

        problem = self._advice.table.problem
        full = {
            problem.opening_at[one.opening_id] for one in self._advice.found.possible if one.full
        }
        seats = capacity.left(problem).seats.tolist()
        return frozenset(at for at, left in enumerate(seats) if left > 0 and at not in full)

    @property
    def _to_check(self) -> "Told[ToCheck]":
        return self._advice.found.to_check

    @property
    def _falls_away(self) -> "Told[FallsAway]":
        return self._advice.found.falls_away

    def _fits(self, at: int, sought: Sought) -> bool:
        problem = self._advice.table.problem
        opening = problem.openings[at]
        provider = problem.provider[problem.site[opening.site_id].provider_id]
        return (
            (sought.municipality is None or self._municipality(at) == sought.municipality)
            and (sought.field is None or self._field(at) == sought.field)
            and (sought.kind is None or provider.kind == sought.kind)
            and (sought.openings is None or opening.opening_id in sought.openings)
            and (not sought.free or at in self._free)
        )

    def _counts(self, code: Callable[[int], str], sought: Sought) -> Counts:
        found = Counter(
            (code(at), group) for at, group in self._groups.items() if self._fits(at, sought)
        )
        codes = sorted({name for name, _ in found})
        return {name: (found[name, 0], found[name, 1], found[name, 2]) for name in codes}

    def _municipality(self, at: int) -> str:
        problem = self._advice.table.problem
        return problem.site[problem.openings[at].site_id].municipality_code

    def _field(self, at: int) -> str:
        problem = self._advice.table.problem
        return problem.occupations[problem.openings[at].occupation_group].field
