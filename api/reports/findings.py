"""What a report tells: the balance, and what else was found of the same data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.balance.disclosure import Reason, Rules
from matcher.balance.door import Balance
from matcher.balance.fairness import Flip
from matcher.balance.followup import Coverage, Freshness
from matcher.balance.persons import Period
from matcher.balance.words import Stage
from matcher.domain import Occupation
from matcher.insight import PriceCurve


@dataclass(frozen=True, eq=False, kw_only=True)
class Findings:
    """All that a report is made of.

    ``name``: of what; ``day``: the day that it is of, as text. ``placed``: the stage from which
    on somebody is said to have a place. ``rules``: what was few. ``occupations``: what groups are
    called, by code. ``periods`` are told apart besides the whole. What is None was not asked; the
    report says so or leaves it out.
    """

    balance: Balance
    name: str
    day: str
    placed: Stage
    rules: Rules = field(default_factory=Rules)
    occupations: Mapping[str, Occupation] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    flip: Flip | None = None
    price: PriceCurve | None = None
    freshness: Freshness | None = None
    coverage: Coverage | None = None

    def has(self, table: str) -> bool:
        """Whether the release has a table of that name."""
        return any(one.name == table for one in self.balance.release.tables)

    def refused(self) -> tuple[str, ...]:
        """The tables that are not published because of an earlier release."""
        return tuple(
            table.name
            for table in self.balance.release.tables
            if table.cell(*(None for _ in table.dimensions)) is Reason.REFUSED
        )
